"""Shows that a mistake costs once: every wrong answer of the bank, alone in an otherwise right notebook.

Later exercises call earlier ones, so a wrong answer can make others fail. What it costs outside its own exercise has to
be nothing, and two mistakes in two exercises have to cost what each costs alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder import submission
from autograder.assignment import Exercise
from autograder.check import Answer
from autograder.grade import Grader
from autograder.report import Report
from autograder.source import answer_source
from autograder.submission import Cell, Submission


@dataclass(frozen=True)
class Follow:
    """One exercise: how many wrong answers were tried, for how many others were repaired, and what went wrong."""

    exercise: str
    answers: int
    followed: int  # answers that made later exercises fail, which were then graded with right versions
    costs_elsewhere: tuple[str, ...]
    pairs: int
    pairs_that_differ: tuple[str, ...]
    rights: int
    rights_refused: tuple[
        str, ...
    ]  # right answers that lose points in the engine, whatever the checks say by themselves

    @property
    def green(self) -> bool:
        """No mistake costs elsewhere and no pair differs."""
        return not (self.costs_elsewhere or self.pairs_that_differ or self.rights_refused)


class SameSeeds(Submission):
    """A submission whose hidden checks draw what all others of its kind draw, so that costs can be compared."""

    @property
    def digest(self) -> str:
        """The same for all."""
        return "follow"


def follow(grader: Grader) -> Iterator[Follow]:
    """Grade every wrong answer of a homework, and pairs of them, through the whole engine."""
    solution = submission.read(grader.assignment.homework.solution_notebook, grader.limits)
    exercises = grader.assignment.exercises
    first_costs: dict[str, float] = {}
    for exercise in exercises:
        answers, rights = grader.assignment.wrongs[exercise.name], grader.assignment.rights[exercise.name]
        reports = [_graded(grader, solution, [answer]) for answer in answers]
        first_costs[exercise.name] = _lost(reports[0])
        earlier = exercises[: exercises.index(exercise)]
        yield Follow(
            exercise.name,
            len(answers),
            sum(any(e.note for e in report.exercises) for report in reports),
            tuple(_elsewhere(a, r) for a, r in zip(answers, reports, strict=True) if _elsewhere(a, r)),
            len(earlier),
            tuple(_pairs_that_differ(grader, solution, exercise, earlier, first_costs)),
            len(rights),
            tuple(f"right answer {a.name} loses points" for a in rights if _lost(_graded(grader, solution, [a]))),
        )


def _pairs_that_differ(
    grader: Grader, solution: Submission, exercise: Exercise, earlier: Sequence[Exercise], costs: dict[str, float]
) -> Iterator[str]:
    for other in earlier:
        pair = [grader.assignment.wrongs[e.name][0] for e in (other, exercise)]
        lost, expected = _lost(_graded(grader, solution, pair)), costs[other.name] + costs[exercise.name]
        if lost != expected:
            yield f"{pair[0].name} and {pair[1].name} lose {lost:g} together, {expected:g} one by one"


def _graded(grader: Grader, solution: Submission, answers: Sequence[Answer]) -> Report:
    sources = {answer.exercise: answer_source(answer) for answer in answers}
    cells = (Cell(cell.number, cell.id, sources.get(cell.id, cell.source)) for cell in solution.cells)
    return grader.grade_cells(SameSeeds(tuple(cells)), answers[0].name)


def _lost(report: Report) -> float:
    return report.points - (report.earned or 0)


def _elsewhere(answer: Answer, report: Report) -> str:
    """What a wrong answer cost outside its exercise, or nothing."""
    lost = [e for e in report.exercises if e.name != answer.exercise and e.earned < e.points]
    return f"{answer.name} costs {', '.join(f'{e.points - e.earned:g} in {e.name}' for e in lost)}" if lost else ""
