"""A homework while it is built: what its author wrote, and what is wrong with it.

All mistakes are found in one go, and what only follows from another mistake is counted behind it.
"""

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from autograder import author_rules, master, otter_tests
from autograder.assignment import Parts, load_parts
from autograder.causes import Mistake, Rank, summary
from autograder.check import Answer, Check
from autograder.errors import AuthorError, AuthorErrors, at, at_function, did_you_mean
from autograder.homework import Homework

AT_LEAST = {"public check": 1, "hidden check": 2, "right answer": 3, "wrong answer": 5}


@dataclass(frozen=True)
class Draft:
    """A homework while it is built: what its author wrote."""

    homework: Homework
    master: master.Master
    parts: Parts
    references: Mapping[str, Callable[..., Any]]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Public checks, then hidden ones."""
        return self.parts.public + self.parts.hidden

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The bank."""
        return self.parts.rights + self.parts.wrongs + self.parts.rewrites


def read(homework: Homework) -> Draft:
    """What the author of a homework wrote.

    Raises:
        AuthorErrors: every mistake that was found, with file and line.
    """
    found: list[str] = []
    story = _or_note(found, master.read, homework.folder / f"{homework.short}.md")
    parts = _or_note(found, load_parts, homework)
    if parts:
        bare = [check for check in parts.public + parts.hidden if not check.needs]
        found += [at_function(check.function, f"{check.name} has no parameter: the exercise") for check in bare]
    if story and parts and not found:
        draft = Draft(homework, story, parts, master.references(story))
        found += summary(_mistakes(draft), [cell.exercise for cell in story.exercises])
        if not found:
            return draft
    raise AuthorErrors(found)


def _or_note(found: list[str], load: Callable[[Any], Any], argument: Any) -> Any:
    try:
        return load(argument)
    except AuthorError as error:
        found += str(error).splitlines()


def _mistakes(draft: Draft) -> Iterator[Mistake]:
    yield from master.mistakes(draft.master)
    yield from _ranked(draft)
    own = draft.homework
    checks = own.folder / "public.py", own.solutions / "hidden.py"
    yield from chain(*map(author_rules.undefined, checks))
    banks = [path for path in sorted(own.solutions.glob("*.py")) if path.name != "__init__.py"]
    keys = {cell.reference_name.split(".")[0] for cell in draft.master.exercises}
    texts = [otter_tests.mistakes(own.folder / "public.py"), _doubles(draft), author_rules.rebound(draft.master)]
    texts += map(author_rules.of_checks, checks)
    yield from map(Mistake, chain(*texts, author_rules.imports(banks, keys)))


def _ranked(draft: Draft) -> Iterator[Mistake]:
    """What may follow from a misspelt exercise, or is one."""
    above = {cell.exercise: cell.introduced for cell in draft.master.exercises}
    for cell in draft.master.exercises:
        for message in _too_few(draft.parts, cell.exercise):
            yield Mistake(at(draft.master.path, cell.line, message), cell.exercise, Rank.FOLLOWS)
    for check in draft.checks:
        if check.exercise not in above:
            hint = did_you_mean(check.exercise, above)
            message = f"the first parameter of {check.name} is {check.exercise}, which is no exercise{hint}"
            yield Mistake(at_function(check.function, message), check.exercise, Rank.CHECK)
        for message in otter_tests.check_mistakes(check, above):
            yield Mistake(at_function(check.function, message))
    for answer in draft.answers:
        for message, about, rank in _answer_mistakes(draft, answer, above):
            yield Mistake(at_function(answer.function, message), about, rank)


def _too_few(parts: Parts, exercise: str) -> Iterator[str]:
    lists: tuple[tuple[Check | Answer, ...], ...] = (parts.public, parts.hidden, parts.rights, parts.wrongs)
    for items, (kind, needed) in zip(lists, AT_LEAST.items(), strict=True):
        have = sum(item.exercise == exercise for item in items)
        if have < needed:
            yield f"{exercise} has {have} {kind}{'' if have == 1 else 's'}; it needs at least {needed}"


def _answer_mistakes(draft: Draft, answer: Answer, above: Mapping[str, frozenset[str]]) -> Iterator[Mistake]:
    exercise = answer.exercise
    if exercise not in above:
        message = f"no exercise {exercise} in {draft.master.path.name}{did_you_mean(exercise, above)}"
        yield Mistake(message, exercise, Rank.ANSWER)
        return
    names = [check.name for check in draft.checks if check.exercise == exercise]
    if answer not in draft.parts.rights and answer.caught_by not in names:
        astray = any(check.name == answer.caught_by and check.exercise not in above for check in draft.checks)
        message = f"{exercise} has no check {answer.caught_by}{did_you_mean(answer.caught_by, names)}"
        yield Mistake(message, exercise, Rank.FOLLOWS if astray else Rank.OWN)
    for name, _ in master.strangers(master.source_of(answer.function), above[exercise]):
        message = f"{answer.name} uses {name}, which the notebook has not introduced above {exercise}"
        yield Mistake(message, name, Rank.FOLLOWS)
    yield from map(Mistake, _own_mistakes(draft, answer))


def _own_mistakes(draft: Draft, answer: Answer) -> Iterator[str]:
    if answer in draft.parts.wrongs and not answer.hint:
        yield f"{answer.name} has no docstring: the hint"
    reference = draft.references.get(answer.exercise)
    if reference and not _takes_the_same(answer.function, reference):
        yield f"{answer.name} does not take {inspect.signature(reference)}"


def _takes_the_same(function: Callable[..., Any], reference: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind(*inspect.signature(reference).parameters)
    except TypeError:
        return False
    return True


def _doubles(draft: Draft) -> Iterator[str]:
    """Functions of one name in one file, of which Python forgets all but the last, and checks of one name in both."""
    public = {check.name for check in draft.parts.public}
    for path in (draft.homework.folder / "public.py", *sorted(draft.homework.solutions.glob("*.py"))):
        seen = public if path.name == "hidden.py" else set[str]()
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                if node.name in seen:
                    yield at(path, node.lineno, f"{node.name} is defined for the second time")
                seen.add(node.name)
