"""What the results of a class say to its teacher: scores, checks, misconceptions, shared mistakes, whom to look at.

Computes and formats nothing for a medium. Reads the staff JSON of each student's report.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.gradebook import StudentResult
from autograder.judge import FAILED, NOT_RUN, PASSED
from autograder.roster import ABSENT
from autograder.text import one_line

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


@dataclass(frozen=True)
class Attention:
    """A reason why a person may want to look, what it means, and the students concerned with a detail each."""

    reason: str
    meaning: str
    students: tuple[tuple[str, str], ...]


REASONS = {
    "grader error": "The grader itself failed. There is no score until a person has looked.",
    "crashed": "A worker process ended while it ran this code.",
    "memory": "The code used up the memory allowed.",
    "timeout": "The code ran longer than allowed.",
    "protocol": "The code sent something that could not be read; look whether it tampers with the grader.",
    "altered given code": "Cells that were given, and that graded code may rely on, were changed.",
    "same notebook": "The same code cells, character for character; one line for each group of students.",
    "nothing earned": "A notebook was handed in, but no check passed.",
    "no notebook": "What was handed in cannot be graded.",
    "nothing handed in": "These students are on the roster.",
}


def graded(results: Iterable[StudentResult]) -> list[StudentResult]:
    """The results of notebooks that could be read."""
    return [result for result in results if result.report and not result.report.get("problem")]


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


def attention(results: Sequence[StudentResult]) -> list[Attention]:
    """Whom a person may want to look at, the most urgent reason first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    twins = _twins(results)
    for result in sorted(results, key=lambda result: result.student):
        for reason, detail in _reasons(result, twins):
            found[reason].append((result.student, detail))
    return [Attention(reason, REASONS.get(reason, ""), tuple(found[reason])) for reason in _urgency(found)]


def _urgency(found: Mapping[str, Any]) -> list[str]:
    return [reason for reason in REASONS if reason in found] + sorted(found.keys() - REASONS.keys())


def _reasons(result: StudentResult, twins: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    report = result.report
    if report is None:
        absent = result.problem == ABSENT
        yield ("nothing handed in", "") if absent else ("no notebook", result.problem)
        return
    for reason in filter(None, str(report.get("attention", "")).split(", ")):
        yield reason, str(report.get("problem", ""))
    if report.get("altered"):
        yield "altered given code", ", ".join(map(str, report["altered"]))
    if others := twins.get(result.student):
        yield (
            "same notebook",
            f"the same as {', '.join(others[:5])}" + (f" and {len(others) - 5} more" * (len(others) > 5)),
        )


def _twins(results: Iterable[StudentResult]) -> dict[str, list[str]]:
    """For the first of the students with the same code, the names of the others.

    Notebooks that earned nothing are left out: they are often as they were given.
    """
    same: dict[str, list[StudentResult]] = defaultdict(list)
    for result in graded(results):
        if _digest(result) and (result.report or {}).get("earned"):
            same[_digest(result)].append(result)
    groups = [sorted(group, key=lambda result: result.student) for group in same.values() if len(group) > 1]
    return {group[0].student: [one_line(other.name or other.student, 40) for other in group[1:]] for group in groups}


def _digest(result: StudentResult) -> str:
    return str((result.report or {}).get("provenance", {}).get("submission", ""))


def _exercises(results: Iterable[StudentResult]) -> Iterator[tuple[StudentResult, Mapping[str, Any]]]:
    for result in graded(results):
        for exercise in (result.report or {})["exercises"]:
            yield result, exercise
