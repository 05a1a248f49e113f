"""What the results of a class say to its teacher: scores, checks, misconceptions, shared mistakes.

Computes and formats nothing for a medium. Reads the staff JSON of each student's report.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.gradebook import StudentResult
from autograder.judge import FAILED, NOT_RUN, PASSED
from autograder.look_at import graded

BINS = 10
RARE_SHARE, RARE_COUNT = 0.05, 3  # a mistake of more students than both of these is common, and copies prove nothing


@dataclass(frozen=True)
class Scores:
    """How the scores are spread: counts of [0 %, 10 %), ... [90 %, 100 %), and full marks."""

    counts: tuple[int, ...]
    points: float
    median: float
    quartiles: tuple[float, float]


@dataclass(frozen=True)
class CheckRate:
    """One check: how many students passed, failed or did not get to it."""

    name: str
    sentence: str
    public: bool
    passed: int
    failed: int
    not_run: int


@dataclass(frozen=True)
class ExerciseRate:
    """One exercise: the mean share of its points, how many have all and none of them, and its checks."""

    name: str
    points: float
    mean_share: float
    full: int
    nothing: int
    checks: tuple[CheckRate, ...]
    source: str

    @property
    def hardest(self) -> CheckRate | None:
        """The check that most students failed, the first of equal ones; None if nobody failed any."""
        hardest = max(self.checks, key=lambda check: check.failed, default=None)
        return hardest if hardest and hardest.failed else None


@dataclass(frozen=True)
class Misconception:
    """A mistake that was recognised: the names it has in the bank, its hint, who made it, and the slide to reteach."""

    exercise: str
    names: tuple[str, ...]
    hint: str
    students: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Shared:
    """Students whose code for these exercises is the same, character for character, and wrong in the same checks."""

    students: tuple[str, ...]
    exercises: tuple[str, ...]


def scores(results: Sequence[StudentResult]) -> Scores | None:
    """The spread of the scores that are settled; None if there is none."""
    settled = [result for result in graded(results) if result.score is not None]
    if not settled:
        return None
    values, points = sorted(float(result.score or 0) for result in settled), settled[0].points
    counts = [0] * (BINS + 1)
    for value in values:
        counts[_bin(value / points if points else 1.0)] += 1
    low, _, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Scores(tuple(counts), points, statistics.median(values), (low, high))


def _bin(share: float) -> int:
    # 0.1 + 0.2 is not 0.3: a score of exactly 30 % belongs to the bin that begins there
    return max(0, min(BINS, int(share * BINS + 1e-9)))


def exercises(results: Sequence[StudentResult], sources: Mapping[str, str]) -> list[ExerciseRate]:
    """Every exercise in the homework's order."""
    own: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for result in graded(results):
        for exercise in (result.report or {})["exercises"]:
            own[exercise["name"]].append(exercise)
    return [_rate(name, found, sources.get(name, "")) for name, found in own.items()]


def _rate(name: str, found: Sequence[Mapping[str, Any]], source: str) -> ExerciseRate:
    points = found[0]["points"]
    shares = [exercise["earned"] / points if points else 1.0 for exercise in found]
    checks = zip(*(exercise["checks"] for exercise in found), strict=False)
    return ExerciseRate(
        name,
        points,
        statistics.fmean(shares),
        full=sum(exercise["earned"] == points for exercise in found),
        nothing=sum(exercise["earned"] == 0 for exercise in found),
        checks=tuple(_check_rate(column) for column in checks),
        source=source,
    )


def _check_rate(column: Sequence[Mapping[str, Any]]) -> CheckRate:
    first, statuses = column[0], [check["status"] for check in column]
    counts = [statuses.count(status) for status in (PASSED, FAILED, NOT_RUN)]
    return CheckRate(first["name"], first["sentence"], first["public"], *counts)


def misconceptions(results: Sequence[StudentResult], sources: Mapping[str, str]) -> list[Misconception]:
    """The mistakes that were recognised, the commonest first; those with a hint alone count by their hint."""
    found: dict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    for result, exercise in _exercises(results):
        names = tuple(exercise.get("diagnosis") or ())
        hint = next((check["hint"] for check in exercise["checks"] if check.get("hint")), "")
        if names or hint:
            found[exercise["name"], names, hint].append(result.student)
    made = [
        Misconception(exercise, names, hint, tuple(sorted(students)), sources.get(exercise, ""))
        for (exercise, names, hint), students in found.items()
    ]
    return sorted(made, key=lambda one: (-len(one.students), one.exercise, one.names))


def shared_mistakes(results: Sequence[StudentResult]) -> list[Shared]:
    """Groups with the same wrong code, where few students made the mistake; most exercises first."""
    digests: dict[tuple[str, str], list[str]] = defaultdict(list)
    mistakes: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    failing: dict[tuple[str, str], tuple[str, ...]] = {}
    for result, exercise in _exercises(results):
        failed = tuple(check["name"] for check in exercise["checks"] if check["status"] == FAILED)
        if failed and exercise.get("answer_digest"):
            code = exercise["name"], exercise["answer_digest"]
            digests[code].append(result.student)
            failing[code] = failed
            mistakes[exercise["name"], failed].add(result.student)
    common = max(RARE_COUNT, RARE_SHARE * len(graded(results)))
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for (exercise_name, digest), students in digests.items():
        makers = mistakes[exercise_name, failing[exercise_name, digest]]
        if len(students) > 1 and len(makers) <= common:
            groups[tuple(sorted(students))].append(exercise_name)
    found = [Shared(students, tuple(names)) for students, names in groups.items()]
    return sorted(found, key=lambda one: (-len(one.exercises), one.students))


def _exercises(results: Iterable[StudentResult]) -> Iterator[tuple[StudentResult, Mapping[str, Any]]]:
    for result in graded(results):
        for exercise in (result.report or {})["exercises"]:
            yield result, exercise
