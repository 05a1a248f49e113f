"""Whom of a class a person may want to look at, and why: one list for the terminal, grades.csv and the class's page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.choice import WHICH
from autograder.gradebook import StudentResult
from autograder.platforms import LATE
from autograder.roster import ABSENT
from autograder.text import one_line

UNDECIDED, SEVERAL, SAME = "which notebook", "several notebooks", "same notebook"
REASONS = {
    "grader error": "The grader itself failed. There is no score until a person has looked.",
    UNDECIDED: "Different notebooks were handed in and none is named like the homework: no points until one is chosen.",
    "crashed": "A worker process ended while it ran this code.",
    "memory": "The code used up the memory allowed.",
    "timeout": "The code ran longer than allowed.",
    "protocol": "The code sent something that could not be read; look whether it tampers with the grader.",
    "altered given code": "Cells that were given, and that graded code may rely on, were changed.",
    SAME: "The same code cells, character for character; one line for each group of students.",
    SEVERAL: "More than one notebook was handed in; one was chosen.",
    "nothing earned": "A notebook was handed in, but no check passed.",
    "no notebook": "What was handed in cannot be graded.",
    "late": "The platform marks these as late. The kit takes nothing off; --adjustments does.",
    "nothing handed in": "These students are on the roster.",
}


@dataclass(frozen=True)
class Look:
    """One reason to look at one student, a key of `REASONS`, and what a person should know about it."""

    reason: str
    detail: str = ""

    def __str__(self) -> str:
        """In words."""
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


@dataclass(frozen=True)
class Attention:
    """A reason why a person may want to look, what it means, and the students concerned with a detail each."""

    reason: str
    meaning: str
    students: tuple[tuple[str, str], ...]


def look_at(results: Sequence[StudentResult]) -> dict[str, tuple[Look, ...]]:
    """The reasons of each student, the most urgent first; a student without one has none."""
    twins = _same_as(_twins(results))
    return {result.student: tuple(sorted(_looks(result, twins), key=_urgency)) for result in results}


def attention(results: Sequence[StudentResult]) -> list[Attention]:
    """The same by reason, the most urgent first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    told = {(SAME, one.student) for group in _twins(results) for one in group[1:]}  # with the first of their group
    for student, looks in sorted(look_at(results).items()):
        for look in looks:
            if (look.reason, student) not in told:
                found[look.reason].append((student, look.detail))
    reasons = sorted(found, key=lambda reason: _urgency(Look(reason)))
    return [Attention(reason, REASONS.get(reason, ""), tuple(found[reason])) for reason in reasons]


def graded(results: Iterable[StudentResult]) -> list[StudentResult]:
    """The results of notebooks that could be read."""
    return [result for result in results if result.report and not result.report.get("problem")]


def _urgency(look: Look) -> tuple[int, str]:
    order = list(REASONS)
    return (order.index(look.reason) if look.reason in order else len(order), look.reason)


def _looks(result: StudentResult, twins: Mapping[str, str]) -> Iterator[Look]:
    report = result.report
    yield from _of_the_files(result)
    if report is None:
        return
    for reason in filter(None, str(report.get("attention", "")).split(", ")):
        yield Look(reason, str(report.get("problem", "")))
    if report.get("altered"):
        yield Look("altered given code", ", ".join(map(str, report["altered"])))
    if result.student in twins:
        yield Look(SAME, twins[result.student])


def _of_the_files(result: StudentResult) -> Iterator[Look]:
    """What the layout found: nothing, nothing that can be graded, several notebooks, a mark of the platform."""
    if result.problem == ABSENT:
        yield Look("nothing handed in")
    elif result.problem:
        yield Look(UNDECIDED if WHICH in result.problem else "no notebook", result.problem)
    if result.note.endswith(LATE):
        yield Look("late")
    if chosen := result.note.removesuffix(LATE).removesuffix("; "):
        yield Look(SEVERAL, chosen)


def _twins(results: Iterable[StudentResult]) -> list[list[StudentResult]]:
    """The groups of students with the same code, each in order.

    Notebooks that earned nothing are left out: they are often as they were given.
    """
    same: dict[str, list[StudentResult]] = defaultdict(list)
    for result in graded(results):
        if _digest(result) and (result.report or {}).get("earned"):
            same[_digest(result)].append(result)
    return [sorted(group, key=lambda result: result.student) for group in same.values() if len(group) > 1]


def _same_as(twins: Iterable[Sequence[StudentResult]]) -> dict[str, str]:
    """For each student with twins, who they are: at most five names."""
    found = {}
    for group in twins:
        shown = {one.student: one_line(one.name or one.student, 40) for one in group[:6]}
        for one in group:
            others = [name for student, name in shown.items() if student != one.student][:5]
            more = f" and {len(group) - 1 - len(others)} more" if len(group) - 1 > len(others) else ""
            found[one.student] = f"the same as {', '.join(others)}{more}"
    return found


def _digest(result: StudentResult) -> str:
    return str((result.report or {}).get("provenance", {}).get("submission", ""))
