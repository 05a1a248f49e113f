"""The gradebook: what each student of a class got and why. The only state of grading a class; see `database`.

A result is used again only if student, homework, the file's bytes, checks, kit version and limits are all the same.
Everything that is written about a class (tables, CSV, pages) is derived from here.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder import adjustments
from autograder.adjustments import Adjustment
from autograder.assignment import Assignment
from autograder.database import Database
from autograder.judge import GRADER_ERROR

RESULTS = """
SELECT a.*, r.graded, r.report, r.staff,
    (SELECT count(*) FROM results h WHERE h.homework = a.homework AND h.student = a.student AND h.id IS NOT a.result)
    AS history
FROM attempts a LEFT JOIN results r ON r.id = a.result WHERE a.homework = ? ORDER BY a.student, a.attempt
"""


@dataclass(frozen=True)
class StudentResult:
    """What one student got, and why."""

    student: str
    name: str
    report: Mapping[str, Any] | None  # the staff JSON of `render.report_json`; None: there was nothing to grade
    score: float | None  # after the adjustments; None: a person has to look
    points: float
    adjustments: tuple[Adjustment, ...] = ()
    history: int = 0  # earlier results of this student
    problem: str = ""  # why there was nothing to grade
    note: str = ""  # what the layout said about the file
    exercises: Mapping[str, float | None] = field(default_factory=dict)  # scores after the adjustments
    published: Mapping[str, Any] | None = None  # the JSON that the student may read
    attempt: int = 1
    digest: str = ""  # of the file's bytes
    graded: str = ""  # when, as ISO 8601


@dataclass(frozen=True)
class Key:
    """What a result depends on besides the submission."""

    homework: str
    checks: str
    kit: str
    limits: str


@dataclass(frozen=True)
class Attempt:
    """Something that a student handed in; `submission` is the digest of the file's bytes."""

    student: str
    name: str
    attempt: int
    path: Path | None
    submission: str
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Graded:
    """The two JSON texts of one report, as `render.report_json` makes them: the student's and the staff's."""

    report: str
    staff: str


class Gradebook:
    """An open gradebook; nobody else can use it until it is closed."""

    def __init__(self, path: Path) -> None:
        """Open or make it; raises `KitError` as `Database` does."""
        self._database = Database(path)

    def __enter__(self) -> "Gradebook":
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._database.close()

    def enrol(self, homework: str, attempts: Iterable[Attempt], *, best: bool = False, layout: str = "") -> None:
        """Write down what the class handed in; what was known before is replaced, results are kept."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT * FROM attempts WHERE homework = ?", [homework])
            standing = {(row["student"], row["submission"]): row["result"] for row in rows}
            connection.execute("DELETE FROM attempts WHERE homework = ?", [homework])
            for one in attempts:
                result = standing.get((one.student, one.submission))
                connection.execute(
                    "INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [homework, *_values(one), result]
                )
            connection.execute("REPLACE INTO classes VALUES (?, ?, ?)", [homework, best, layout])

    def adjust(self, homework: str, decisions: Sequence[Adjustment]) -> None:
        """Replace the adjustments of a homework."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM adjustments WHERE homework = ?", [homework])
            for place, one in enumerate(decisions):
                row = [homework, place, one.student, one.exercise, one.change, one.reason]
                connection.execute("INSERT INTO adjustments VALUES (?, ?, ?, ?, ?, ?)", row)

    def attempts(self, homework: str) -> list[Attempt]:
        """The attempts that may count: every student's last one, or all if the best one counts."""
        rows = self._database.rows("SELECT * FROM attempts WHERE homework = ? ORDER BY student, attempt", [homework])
        return [_attempt(row) for row in (rows if self._takes_best(homework) else _last(rows))]

    def pending(self, key: Key) -> list[Attempt]:
        """The attempts that have to be graded; to all others, a result that there is has been given.

        An error of the grader is no result to be used again.
        """
        usable = self._database.rows(
            "SELECT id, student, submission FROM results WHERE homework = ? AND checks = ? AND kit = ? AND limits = ?"
            " AND earned IS NOT NULL",
            [key.homework, key.checks, key.kit, key.limits],
        )
        found = {(row["student"], row["submission"]): row["id"] for row in usable}
        with self._database.transaction() as connection:
            for (student, submission), result in found.items():
                _stand_for(connection, key.homework, student, submission, result)
        gradable = {(one.student, one.submission): one for one in self.attempts(key.homework) if one.path is not None}
        return [one for identity, one in gradable.items() if identity not in found]

    def record(self, key: Key, attempt: Attempt, graded: Graded) -> None:
        """Keep a result: when this returns, it survives the end of the process."""
        submission = [key.homework, attempt.student, attempt.submission, key.checks, key.kit, key.limits]
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with self._database.transaction() as connection:
            added = connection.execute(
                "REPLACE INTO results (homework, student, submission, checks, kit, limits,"
                " graded, earned, report, staff) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*submission, now, json.loads(graded.report)["earned"], graded.report, graded.staff],
            )
            _stand_for(connection, key.homework, attempt.student, attempt.submission, added.lastrowid)

    def results(self, assignment: Assignment) -> list[StudentResult]:
        """Every student's result, with the adjustments, in the order of the students' ids."""
        rows = self._database.rows(RESULTS, [assignment.name])
        counting = _best(rows) if self._takes_best(assignment.name) else _last(rows)
        decisions = self._decisions(assignment.name)
        return [_student_result(row, decisions.get(row["student"], ()), assignment) for row in counting]

    def copy(self, path: Path) -> "Gradebook":
        """A gradebook in another file with the same content, to try something out."""
        twin = Gradebook(path)
        self._database.copy_to(twin._database)
        return twin

    def _takes_best(self, homework: str) -> bool:
        return any(row["best"] for row in self._database.rows("SELECT * FROM classes WHERE homework = ?", [homework]))

    def _decisions(self, homework: str) -> Mapping[str, Sequence[Adjustment]]:
        decisions: dict[str, list[Adjustment]] = {}
        for row in self._database.rows("SELECT * FROM adjustments WHERE homework = ? ORDER BY place", [homework]):
            one = Adjustment(row["student"], row["exercise"], row["change"], row["reason"])
            decisions.setdefault(one.student, []).append(one)
        return decisions


def _values(one: Attempt) -> list[Any]:
    path = None if one.path is None else os.fsencode(one.path)
    return [one.student, one.attempt, one.name, path, one.submission, one.problem, one.note]


def _attempt(row: sqlite3.Row) -> Attempt:
    path = None if row["path"] is None else Path(os.fsdecode(row["path"]))
    identity = (row["student"], row["name"], row["attempt"])
    return Attempt(*identity, path, row["submission"], row["problem"], row["note"])


def _stand_for(connection: sqlite3.Connection, homework: str, student: str, submission: str, result: Any) -> None:
    connection.execute(
        "UPDATE attempts SET result = ? WHERE homework = ? AND student = ? AND submission = ?",
        [result, homework, student, submission],
    )


def _last(rows: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    """Every student's last attempt that can be graded, else the last one; rows are in the order of the attempts."""
    return _foremost(rows, lambda row: row["path"] is not None)


def _best(rows: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    """Every student's best attempt, of equal ones the last; one that a person has to look at comes before all."""
    return _foremost(rows, _worth)


def _worth(row: sqlite3.Row) -> tuple[bool, bool, float]:
    earned = None if row["report"] is None else json.loads(row["report"])["earned"]
    return row["report"] is not None, row["report"] is not None and earned is None, earned or 0.0


def _foremost(rows: Iterable[sqlite3.Row], worth: Any) -> list[sqlite3.Row]:
    foremost: dict[str, sqlite3.Row] = {}
    for row in rows:
        held = foremost.get(row["student"])
        if held is None or worth(row) >= worth(held):
            foremost[row["student"]] = row
    return list(foremost.values())


def _student_result(row: sqlite3.Row, decisions: Sequence[Adjustment], assignment: Assignment) -> StudentResult:
    staff = None if row["staff"] is None else json.loads(row["staff"])
    earned = {e["name"]: _earned(e) for e in staff["exercises"]} if staff else _nothing(assignment)
    exercises, score = adjustments.apply(earned, decisions)
    return StudentResult(
        student=row["student"],
        name=row["name"],
        report=staff,
        score=score,
        points=staff["points"] if staff else sum(exercise.points for exercise in assignment.exercises),
        adjustments=tuple(decisions),
        history=row["history"],
        problem=row["problem"],
        note=row["note"],
        exercises=exercises,
        published=None if row["report"] is None else json.loads(row["report"]),
        attempt=row["attempt"],
        digest=row["submission"],
        graded=row["graded"] or "",
    )


def _earned(exercise: Mapping[str, Any]) -> float | None:
    failed = any(check["status"] == GRADER_ERROR for check in exercise["checks"])
    return None if failed else exercise["earned"]


def _nothing(assignment: Assignment) -> dict[str, float | None]:
    return {exercise.name: 0.0 for exercise in assignment.exercises}
