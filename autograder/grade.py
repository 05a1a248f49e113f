"""Grades one submission. Read this file first: it is the way a notebook takes, in five steps.

submission.read   bytes -> cells; nothing is executed
Session           a worker process, forked anew whenever one is lost
run_cell          cell by cell, in the notebook's order
judge.run         at an exercise's last check cell, else after the last cell: public checks, then hidden ones
Report            frozen; the only place where points are added
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder import judge, submission
from autograder.assignment import Assignment, Exercise, public_seed
from autograder.check import Check
from autograder.diagnose import diagnose
from autograder.errors import SubmissionError
from autograder.judge import FAILED, Verdict
from autograder.limits import Limits
from autograder.report import KIT_VERSION, ExerciseResult, Report, with_hint
from autograder.sandbox import Zygote
from autograder.session import CellOutcome, Session
from autograder.submission import Submission

Verdicts = dict[str, list[Verdict]]
HELPED = "graded with right versions of your earlier functions{}"


@dataclass(frozen=True)
class Grader:
    """What grading needs besides the submission: the homework, a zygote, the instructor's secret and the limits."""

    assignment: Assignment
    zygote: Zygote
    secret: bytes
    limits: Limits
    selftest: str = ""  # what was tried in a worker before anything was graded

    def grade(self, path: Path, name: str = "") -> Report:
        """Grade the notebook at `path`; a file that is no notebook gives a report that says so."""
        try:
            found = submission.read(path, self.limits)
        except SubmissionError as error:
            return self._unreadable(name or path.name, str(error))
        with Session(self.zygote, self.limits) as session:
            cells, verdicts = self._run(found, session)
            repaired = self._follow_through(found, session, verdicts)
        exercises = tuple(
            self._result(e, verdicts[e.name], repaired.get(e.name), found.answer_digest(e.name))
            for e in self.assignment.exercises
        )
        return Report(
            self.assignment.name, name or path.name, exercises, tuple(cells), provenance=self._provenance(found)
        )

    def _run(self, found: Submission, session: Session) -> tuple[list[CellOutcome], Verdicts]:
        """Run every cell that the student may have changed; judge each exercise where its check stands."""
        verdicts: Verdicts = {}
        last_check = {name: cell.number for cell in found.cells for name in cell.checks}
        untouched_figures = {cell.source.strip() for cell in self.assignment.cells if cell.role == "figure"}
        cells = []
        for cell in found.cells:
            if cell.source.strip() not in untouched_figures:
                cells.append(session.run_cell(cell.number, cell.source))
            due = [name for name, number in last_check.items() if number == cell.number]
            verdicts |= self._judge_all(self._named(due), session, found)
        unfinished = [e for e in self.assignment.exercises if e.name not in verdicts or _undefined(verdicts[e.name])]
        return cells, verdicts | self._judge_all(unfinished, session, found)

    def _follow_through(self, found: Submission, session: Session, verdicts: Verdicts) -> dict[str, str]:
        """A mistake costs once: grade what failed again, with the student's earlier functions replaced by right ones.

        The better result counts; gives, for the exercises that it helped, where their points were lost.
        """
        exercises = self.assignment.exercises
        again = [e for e in exercises[1:] if any(v.status == FAILED for v in verdicts[e.name])]
        if again:
            session.restart()
        notes, replaced = {}, 0
        for exercise in again:
            place = exercises.index(exercise)
            for earlier in exercises[replaced:place]:
                session.replace(earlier.name, earlier.reference)
            replaced = place
            better = self._judge_all([exercise], session, found)[exercise.name]
            if _earned(better) > _earned(verdicts[exercise.name]):
                verdicts[exercise.name] = better
                notes[exercise.name] = ", ".join(e.name for e in exercises[:place] if not _passed(verdicts[e.name]))
        return notes

    def _judge_all(self, exercises: Iterable[Exercise], session: Session, found: Submission) -> Verdicts:
        return {e.name: [self._judge(check, session, found) for check in e.checks] for e in exercises}

    def _judge(self, check: Check, session: Session, found: Submission) -> Verdict:
        seed = (
            public_seed(check)
            if check.public
            else judge.hidden_seed(self.secret, self.assignment.name, check, found.digest)
        )
        parameters = {exercise.name: exercise.parameters for exercise in self.assignment.exercises}
        return judge.run(check, lambda name: session.function(name, parameters.get(name, ())), seed)

    def _named(self, names: list[str]) -> list[Exercise]:
        return [exercise for exercise in self.assignment.exercises if exercise.name in names]

    def _result(self, exercise: Exercise, verdicts: list[Verdict], helped: str | None, answer: str) -> ExerciseResult:
        note = "" if helped is None else HELPED.format(f" ({helped}: lost once, there)" if helped else "")
        found = diagnose(verdicts, self.assignment.wrongs[exercise.name], exercise.reference)
        return ExerciseResult(exercise.name, with_hint(verdicts, found.hint), note, found.names, answer)

    def _unreadable(self, name: str, problem: str) -> Report:
        exercises = tuple(
            ExerciseResult(e.name, with_hint([Verdict(check, judge.NOT_RUN, "NO_NOTEBOOK") for check in e.checks]))
            for e in self.assignment.exercises
        )
        return Report(self.assignment.name, name, exercises, problem=problem, provenance=self._provenance(None))

    def _provenance(self, found: Submission | None) -> dict[str, str]:
        return {
            "kit": KIT_VERSION,
            "checks": self.assignment.digest,
            "submission": found.digest if found else "",
            "isolation": str(self.zygote.isolation),
            "selftest": self.selftest,
            **self.zygote.versions,
        }


def _passed(verdicts: list[Verdict]) -> bool:
    return all(verdict.status == judge.PASSED for verdict in verdicts)


def _undefined(verdicts: list[Verdict]) -> bool:
    return all(verdict.code == "NOT_DEFINED" for verdict in verdicts)


def _earned(verdicts: list[Verdict]) -> float:
    return sum(verdict.earned for verdict in verdicts)
