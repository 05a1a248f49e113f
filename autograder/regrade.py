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
from autograder.text import one_line, plural

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


def other_texts(before: Iterable[StudentResult], after: Iterable[StudentResult]) -> int:
    """How many students will read something else in a check that was there before, a hint or what it says."""
    old = {result.student: _texts(result) for result in before}
    pairs = ((old.get(result.student, {}), _texts(result)) for result in after)
    return sum(any(one[name] != two[name] for name in one.keys() & two.keys()) for one, two in pairs)


def other_points(before: Iterable[StudentResult], after: Iterable[StudentResult]) -> bool:
    """Whether what an exercise can earn is another than before."""
    old = {result.student: _points(result) for result in before}
    return any(_points(result) not in ({}, old.get(result.student) or _points(result)) for result in after)


def summary(found: Sequence[Change], graded: int, texts: int = 0) -> str:
    """All changes in one sentence."""
    rises = sum(1 for one in found if (one.after or 0) > (one.before or 0))
    falls = sum(1 for one in found if (one.after or 0) < (one.before or 0))
    scores = "1 score changes" if len(found) == 1 else f"{len(found)} scores change"
    others = f"; hints or texts change for {plural(texts, 'student')}" if texts else ""
    return f"{graded} graded again, {scores}: {rises} up, {falls} down{others}"


def _change(before: StudentResult, after: StudentResult) -> Change:
    old, new = _checks(before), _checks(after)
    names = [*new, *(name for name in old if name not in new)]
    differing = (CheckChange(*name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))
    scores = (before.score, after.score, before.points, after.points)
    return Change(after.student, *scores, tuple(differing), after.adjustments)


def _checks(result: StudentResult) -> Mapping[tuple[str, str], float]:
    exercises = result.report["exercises"] if result.report else ()
    return {(e["name"], check["name"]): check["earned"] for e in exercises for check in e["checks"]}


def _texts(result: StudentResult) -> Mapping[tuple[str, str], tuple[str, ...]]:
    exercises = (result.published or {}).get("exercises", ())
    read = ("sentence", "message", "hint")
    return {(e["name"], check["name"]): tuple(check[key] for key in read) for e in exercises for check in e["checks"]}


def _points(result: StudentResult) -> Mapping[str, float]:
    return {e["name"]: e["points"] for e in (result.published or {}).get("exercises", ())}


def _step(change: CheckChange) -> str:
    if change.before is None:
        return f"new, {number(change.after)}"
    if change.after is None:
        return f"gone, was {number(change.before)}"
    return f"{number(change.before)} -> {number(change.after)} ({change.after - change.before:+g})"
