"""Grades again what changed, and says whose score changes, by which check and by how much.

A result stands as long as its checks, kit version and limits are the present ones. What replaces it is a new result;
the old one stays in the gradebook, and adjustments apply to the new one as they did to the old.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.adjustments import Adjustment
from autograder.classroom import file_digest
from autograder.gradebook import Attempt, Gradebook, StudentResult
from autograder.limits import Limits
from autograder.render import number
from autograder.text import one_line

Points = float | None  # None: a person has to look, or there is no such check


@dataclass(frozen=True)
class CheckChange:
    """What one check gave before and gives now; None where it did not exist."""

    exercise: str
    check: str
    before: Points
    after: Points


@dataclass(frozen=True)
class Change:
    """A student's score before and after, the checks that made the difference, and the adjustments in force."""

    student: str
    before: Points
    after: Points
    points_before: float
    points_after: float
    checks: tuple[CheckChange, ...]
    decisions: tuple[Adjustment, ...]


@contextmanager
def trial(gradebook: Gradebook) -> Iterator[Gradebook]:
    """A copy of a gradebook that vanishes, for grading without writing anything."""
    with tempfile.TemporaryDirectory() as folder, gradebook.copy(Path(folder) / "trial.sqlite") as copy:
        yield copy


def still_there(pending: Iterable[Attempt], limits: Limits) -> tuple[list[Attempt], list[Attempt]]:
    """The attempts whose file still holds what was handed in, and those of which it is gone or was changed."""
    there: list[Attempt] = []
    gone: list[Attempt] = []
    for attempt in pending:
        same = attempt.path is not None and file_digest(attempt.path, limits) == attempt.submission
        (there if same else gone).append(attempt)
    return there, gone


def changes(before: Iterable[StudentResult], after: Iterable[StudentResult]) -> list[Change]:
    """Everyone whose score changes, or the most that they could earn."""
    old = {result.student: result for result in before}
    pairs = [(old[result.student], result) for result in after if result.student in old]
    return [_change(one, two) for one, two in pairs if (one.score, one.points) != (two.score, two.points)]


def described(change: Change) -> list[str]:
    """A change in words: one line for the score, one for each check and for each adjustment."""
    before, after = number(change.before), number(change.after)
    if change.points_before != change.points_after:
        before = f"{before} of {number(change.points_before)}"
    lines = [f"{one_line(change.student, 60)}: {before} -> {after} of {number(change.points_after)}"]
    lines += [f"    {one.exercise}, {one.check}: {_step(one)}" for one in change.checks]
    return lines + [f"    decided: {one_line(str(one), 400)}" for one in change.decisions]


def summary(found: Sequence[Change], graded: int) -> str:
    """All changes in one sentence."""
    rises = sum(1 for one in found if (one.after or 0) > (one.before or 0))
    falls = sum(1 for one in found if (one.after or 0) < (one.before or 0))
    return f"{graded} graded again, {len(found)} scores change: {rises} up, {falls} down"


def _change(before: StudentResult, after: StudentResult) -> Change:
    old, new = _checks(before), _checks(after)
    names = [*new, *(name for name in old if name not in new)]
    differing = (CheckChange(*name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))
    scores = (before.score, after.score, before.points, after.points)
    return Change(after.student, *scores, tuple(differing), after.adjustments)


def _checks(result: StudentResult) -> Mapping[tuple[str, str], float]:
    exercises = result.report["exercises"] if result.report else ()
    return {(e["name"], check["name"]): check["earned"] for e in exercises for check in e["checks"]}


def _step(change: CheckChange) -> str:
    if change.before is None:
        return f"new, {number(change.after)}"
    if change.after is None:
        return f"gone, was {number(change.before)}"
    return f"{number(change.before)} -> {number(change.after)} ({change.after - change.before:+g})"
