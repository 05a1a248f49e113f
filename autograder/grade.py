"""Grades one submission. Read this file first: it is the way a notebook takes, in six steps.

    submission.read   bytes -> cells; nothing is executed
    Session           a worker process, forked anew whenever one is lost
    run_cell          cell by cell, in the notebook's order
    judge.run         at an exercise's last check cell, else after the last cell: its public checks
    once more         the hidden checks; for exercises that failed, in a fresh worker and at their place in the
                      notebook, then with the earlier functions repaired
    Report            frozen; the only place where points are added

Everything that a student gets to read of what the code did (exceptions, values in public checks) was said before the
code saw a hidden input. Of what comes later only verdicts are told.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from autograder import judge, submission
from autograder.assignment import Assignment, Exercise, public_seed
from autograder.check import Check
from autograder.diagnose import diagnose
from autograder.errors import SubmissionError
from autograder.guard import Guarded
from autograder.judge import FAILED, Verdict
from autograder.limits import Limits
from autograder.report import KIT_VERSION, ExerciseResult, Report, with_hint
from autograder.sandbox import FreshZygotes, Zygote
from autograder.session import CellOutcome, Session
from autograder.submission import Submission

Verdicts = dict[str, list[Verdict]]
HELPED = "graded with right versions of your earlier functions{}"


@dataclass(frozen=True)
class Grader:
    """What grading needs besides the submission: the homework, a zygote, the instructor's secret and the limits."""

    assignment: Assignment
    zygote: Zygote | FreshZygotes
    secret: bytes
    limits: Limits
    selftest: str = ""  # what was tried in a worker before anything was graded
    watch: Callable[[Verdict], None] = lambda verdict: None  # told of every verdict, with the calls behind it

    def grade(self, path: Path, name: str = "") -> Report:
        """Grade the notebook at `path`; a file that is no notebook gives a report that says so."""
        try:
            found = submission.read(path, self.limits)
        except SubmissionError as error:
            return self._unreadable(name or path.name, str(error))
        return self.grade_cells(found, name or path.name)

    def grade_cells(self, found: Submission, name: str) -> Report:
        """Grade the cells of a notebook that has been read."""
        if self._is_of_another_homework(found):
            problem = f"This is the notebook of {found.homework}, not of {self.assignment.name}. {submission.HAND_IN}"
            return self._unreadable(name, problem)
        with Session(self.zygote, self.limits) as session:
            cells, verdicts = self._run(found, session, {e.name: e.public for e in self.assignment.exercises})
            hidden = self._hidden(
                found, session, [e.name for e in self.assignment.exercises if _passed(verdicts[e.name])]
            )
            verdicts = {e.name: verdicts[e.name] + hidden[e.name] for e in self.assignment.exercises}
            repaired = self._follow_through(found, session, verdicts)
        exercises = tuple(
            self._result(e, verdicts[e.name], repaired.get(e.name), found.answer_digest(e.name))
            for e in self.assignment.exercises
        )
        return Report(
            self.assignment.name,
            name,
            exercises,
            tuple(cells),
            altered=self._altered(found),
            provenance=self._provenance(found),
        )

    def _hidden(self, found: Submission, session: Session, well: Collection[str]) -> Verdicts:
        """The verdicts of all hidden checks.

        Exercises that did `well` are tried where the session stands, behind the last cell. The others, and those that
        fail there (a later cell may have used the name for something else), are judged in a fresh run.
        """
        exercises = self.assignment.exercises
        verdicts = {e.name: self._judge(e.hidden, session, found) for e in exercises if e.name in well}
        rest = {e.name: e.hidden for e in exercises if e.name not in well or not _passed(verdicts[e.name])}
        if rest:
            session.start_over()
            verdicts |= self._run(found, session, rest)[1]
        return verdicts

    def _run(
        self, found: Submission, session: Session, checks: Mapping[str, tuple[Check, ...]]
    ) -> tuple[list[CellOutcome], Verdicts]:
        """Run every cell that the student may have changed; judge each exercise where its check stands."""
        verdicts: Verdicts = {}
        last_check = {name: cell.number for cell in found.cells for name in cell.checks}
        untouched_figures = {cell.source.strip() for cell in self.assignment.cells if cell.role == "figure"}
        cells = []
        for cell in found.cells:
            if not cell.only_checks and cell.source.strip() not in untouched_figures:
                cells.append(replace(session.run_cell(cell.number, cell.source), begins=cell.first_line))
            due = [name for name in checks if last_check.get(name) == cell.number]
            verdicts |= {name: self._judge(checks[name], session, found) for name in due}
        for name in checks:
            if name not in verdicts or _undefined(verdicts[name]):
                verdicts[name] = self._judge(checks[name], session, found)
        return cells, verdicts

    def _follow_through(self, found: Submission, session: Session, verdicts: Verdicts) -> dict[str, str]:
        """A mistake costs once: grade what failed again, with the student's earlier functions replaced by right ones.

        The better result counts; gives, for the exercises that it helped, where their points were lost.
        """
        exercises = self.assignment.exercises
        again = [e for e in exercises[1:] if self._may_be_helped(e, verdicts)]
        session.forgive()
        notes, replaced = {}, 0
        for exercise in again:
            place = exercises.index(exercise)
            for earlier in exercises[replaced:place]:
                session.replace(earlier.name, earlier.reference)
            replaced = place
            first, better = verdicts[exercise.name], self._judge(exercise.checks, session, found)
            if _earned(better) > _earned(first):
                verdicts[exercise.name] = [
                    replace(new, message=old.message) for new, old in zip(better, first, strict=True)
                ]
                notes[exercise.name] = ", ".join(e.name for e in exercises[:place] if not _passed(verdicts[e.name]))
        return notes

    def _may_be_helped(self, exercise: Exercise, verdicts: Verdicts) -> bool:
        """It failed, and not for sure by itself: an endless loop is tried again only if something before it failed."""
        earlier = self.assignment.exercises[: self.assignment.exercises.index(exercise)]
        failed = [v for v in verdicts[exercise.name] if v.status == FAILED]
        endless = any(v.code == "TIMEOUT" for v in failed)
        return bool(failed) and (not endless or not all(_passed(verdicts[e.name]) for e in earlier))

    def _judge(self, checks: Iterable[Check], session: Session, found: Submission) -> list[Verdict]:
        def function(name: str) -> Guarded:
            return session.function(name, self._parameters.get(name, ()))

        verdicts = [judge.run(check, function, self._seed(check, found)) for check in checks]
        for verdict in verdicts:
            self.watch(verdict)
        return verdicts

    @cached_property
    def _parameters(self) -> dict[str, tuple[str, ...]]:
        """The parameters of every exercise, for messages."""
        return {exercise.name: exercise.parameters for exercise in self.assignment.exercises}

    def _seed(self, check: Check, found: Submission) -> int:
        if check.public:
            return public_seed(check)
        return judge.hidden_seed(self.secret, self.assignment.name, check, found.digest)

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

    def _is_of_another_homework(self, found: Submission) -> bool:
        """It says so, and no cell of this one is in it."""
        own = {cell.id for cell in self.assignment.cells}
        return found.homework not in ("", self.assignment.name) and not any(cell.id in own for cell in found.cells)

    def _altered(self, found: Submission) -> tuple[str, ...]:
        """Given cells that the student changed or removed; a prediction (`guess = None`) is meant to be changed."""
        there = {cell.source.strip() for cell in found.cells}
        given = [cell for cell in self.assignment.cells if cell.role in ("setup", "given")]
        return tuple(c.id for c in given if c.source.strip() not in there and not c.source.strip().endswith("= None"))

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
