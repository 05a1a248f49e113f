"""What an attack is: a notebook or file made to break something, and what it must earn."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FILES, PROCESSES = "files", "processes"  # what a worker without isolation could get at; see `open_to`


@dataclass(frozen=True)
class Attack:
    """One attack. Sources may hold $-names, which stand for what a well-informed attacker knows (see `arena`)."""

    name: str
    kind: str
    tries: str
    answers: dict[str, str] = field(default_factory=dict)  # sources by exercise, in place of the honest ones
    before: tuple[str, ...] = ()  # cells in front of all exercises
    after: tuple[str, ...] = ()
    on: str = "double"  # the exercise that must not profit
    earns: float = 0.0  # what that exercise must earn: 0, or its points where the answer beside is honest
    file: Callable[[Path], None] | None = None  # writes the submission itself in place of a notebook
    called: str = "attack.ipynb"  # the submission's name
    problem: str = ""  # words of the report about a file that must be refused
    smoke: bool = False  # also run by `make test`
    open_to: str = ""  # succeeds by design in a worker without isolation (FILES) or without any layer (PROCESSES)


ATTEMPT = """
def attempt():
{body}

def {on}(*arguments):
    try:
        found = attempt()
    except BaseException:
        return None
    raise RuntimeError("BR" + "EACH " + str(found)[:300])
"""


def attempts(kind: str) -> Callable[..., Attack]:
    """For attacks that succeed when their body runs to its end: what it returns is then reported to the arena."""

    def attempt(name: str, tries: str, body: str, **rest: object) -> Attack:
        source = ATTEMPT.format(body=textwrap.indent(textwrap.dedent(body).strip(), "    "), on="double")
        return Attack(name, kind, tries, {"double": source}, **rest)  # type: ignore[arg-type]

    return attempt


def answers(kind: str) -> Callable[..., Attack]:
    """For attacks whose answer to an exercise is the attack; `before` and `after` are further cells."""

    def answer(name: str, tries: str, source: str = "", *, on: str = "double", **rest: object) -> Attack:
        replaced = {on: textwrap.dedent(source).strip() + "\n"} if source else {}
        return Attack(name, kind, tries, replaced, on=on, **rest)  # type: ignore[arg-type]

    return answer
