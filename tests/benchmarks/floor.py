"""What grading costs without isolation, in one warm process: `python -m tests.benchmarks.floor HOMEWORK KIND`.

`checks`: the floor. Every cell that the engine would run, once, and every check, once; nothing is recorded or reported.
`grader`: the engine itself, with all it does (hidden checks in a second run, repaired functions, diagnosis, reports),
on a session without processes; what is left to the engine's own time is the price of isolation.
"""

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder import assignment, grade, guard, isolation, judge, render, submission
from autograder.assignment import Assignment
from autograder.check import Check
from autograder.failure import Failure
from autograder.guard import Guarded
from autograder.limits import Limits
from autograder.sandbox import CLEAN_ENVIRONMENT
from autograder.session import CellOutcome
from autograder.submission import Cell, Submission
from autograder.worker import stand_ins
from autograder.worker.cells import plain_python
from tests.benchmarks.peers.serve import serve

SECRET = b"no student is graded with it"


def main(homework: str, kind: str) -> None:
    """Serve notebooks."""
    os.environ.update(CLEAN_ENVIRONMENT)
    stand_ins.install()
    loaded = assignment.load(homework)
    limits = replace(Limits(), **loaded.limits)
    if kind == "checks":
        serve(lambda path: _cells_and_checks(submission.read(Path(path), limits), loaded))
    else:
        grade.Session = OneProcess  # the grader opens it by this name
        grader = grade.Grader(loaded, NoZygote(), SECRET, limits)
        serve(lambda path: _report(grader, Path(path)))


# ---- the floor ------------------------------------------------------------------------------------------------


def _cells_and_checks(found: Submission, loaded: Assignment) -> float:
    """The public points that a notebook earns."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    figures = {cell.source.strip() for cell in loaded.cells if cell.role == "figure"}
    last = {name: cell.number for cell in found.cells for name in cell.checks}
    digest, points = found.digest, 0.0
    for cell in found.cells:
        if cell.source.strip() not in figures:
            _run_cell(cell, namespace)
        due = [e for e in loaded.exercises if last.get(e.name, found.cells[-1].number) == cell.number]
        points += sum(_earned(check, namespace, loaded.name, digest) for e in due for check in e.checks)
    return points


def _run_cell(cell: Cell, namespace: dict[str, Any]) -> str:
    """Run a cell as a worker does; gives the kind of its error."""
    output = StringIO()
    try:
        with redirect_stdout(output), redirect_stderr(output):
            source = compile(plain_python(cell.source)[0], f"<cell {cell.number}>", "exec")
            exec(source, namespace)  # noqa: S102  the notebooks are made from the bank
    except Exception as error:
        return type(error).__name__
    return ""


def _earned(check: Check, namespace: dict[str, Any], homework: str, digest: str) -> float:
    """The check's points, if it is public and passes."""
    seed = assignment.public_seed(check) if check.public else judge.hidden_seed(SECRET, homework, check, digest)
    try:
        guard.run(check.function, namespace, seed)
    except Failure:
        return 0.0
    return check.points if check.public else 0.0


# ---- the engine without processes -----------------------------------------------------------------------------


class NoZygote:
    """What the grader asks of a zygote, besides workers."""

    isolation = isolation.Isolation((), isolated=False)
    versions: dict[str, str] = {}  # noqa: RUF012  never changed


class OneProcess:
    """`autograder.session.Session` in this very process."""

    def __init__(self, zygote: NoZygote, limits: Limits) -> None:
        """Nothing is started or limited."""
        self.start_over()
        self._replaced: dict[str, Callable[..., Any]] = {}

    def __enter__(self) -> "OneProcess":
        """As a session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """As a session."""

    def start_over(self) -> None:
        """An empty namespace."""
        self._namespace: dict[str, Any] = {"__name__": "__main__"}

    def forgive(self) -> None:
        """Nothing is ever stopped."""

    def run_cell(self, number: int, source: str) -> CellOutcome:
        """Run one cell."""
        kind = _run_cell(Cell(number, "", source), self._namespace)
        return CellOutcome(number, "RAISED" if kind else "", kind)

    def function(self, name: str, parameters: tuple[str, ...] = ()) -> Guarded:
        """The student's function of that name."""

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._namespace[name](*args, **kwargs)

        return Guarded(name, call, parameters)

    def replace(self, name: str, function: Callable[..., Any]) -> None:
        """Put a right version in its place."""
        self._namespace[name] = function


def _report(grader: grade.Grader, path: Path) -> float:
    """Grade and write both reports, as a slot does; gives the public points."""
    report = grader.grade(path)
    render.report_json(report)
    render.report_json(report, staff=True)
    return sum(check.earned for exercise in report.exercises for check in exercise.checks if check.public)


if __name__ == "__main__":
    main(*sys.argv[1:])
