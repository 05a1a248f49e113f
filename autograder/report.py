"""What grading one submission found: frozen values, and the only place where points are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.judge import FAILED, GRADER_ERROR, NOT_RUN, PASSED, Verdict
from autograder.session import CellOutcome

KIT_VERSION = "0.1.0"
SLIP_HINTS = {
    "transposed": "Write the shape beside each product, with sizes that all differ. Which order fits?",
    "sign": "Take one example and one number, by hand. Should this value come out positive or negative?",
    "factor 2": "Work it by hand for one example and one number. Where does a factor 2 come in, and how often?",
    "half": "Work it by hand for one example and one number. Where does a factor 2 come in, and how often?",
    "summed": "Give it the same batch twice over. Should the result stay the same or double?",
    "averaged": "Give it the same batch twice over. Should the result stay the same or double?",
}


@dataclass(frozen=True)
class CheckResult:
    """One check of one submission. `message` may be shown to the student; `detail` is for staff alone."""

    exercise: str
    check: str
    sentence: str
    public: bool
    points: float
    earned: float
    status: str
    code: str = ""
    message: str = ""
    hint: str = ""
    detail: str = ""

    @classmethod
    def of(cls, verdict: Verdict, hint: str = "") -> "CheckResult":
        """From a verdict. The feedback policy: a hidden check's message holds hidden values and stays with staff."""
        check = verdict.check
        shown = verdict.message if check.public or verdict.status == NOT_RUN else ""
        return cls(
            exercise=check.exercise,
            check=check.name,
            sentence=check.sentence,
            public=check.public,
            points=check.points,
            earned=verdict.earned,
            status=verdict.status,
            code=verdict.code,
            message="" if verdict.status == GRADER_ERROR else shown,
            hint=hint if verdict.status == FAILED else "",
            detail=verdict.message,
        )


def with_hint(verdicts: Sequence[Verdict], hint: str = "") -> tuple[CheckResult, ...]:
    """The results of an exercise's verdicts; the hint stands at the first that failed, else a slip's where it shows."""
    failed = [verdict for verdict in verdicts if verdict.status == FAILED]
    slip = "" if hint else _common_slip(failed)
    place = next((v for v in failed if hint or (slip and v.slip == slip)), None)
    return tuple(CheckResult.of(v, (hint or SLIP_HINTS[slip]) if v is place else "") for v in verdicts)


def _common_slip(failed: Sequence[Verdict]) -> str:
    """The slip that at least half of the wrong values show: in one check of several it may be chance."""
    wrong = [verdict.slip for verdict in failed if verdict.code in ("WRONG", "SHAPE")]
    slip = next((slip for slip in wrong if slip in SLIP_HINTS), "")
    return slip if 2 * wrong.count(slip) >= len(wrong) else ""


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise: its checks, a note if it was graded with repaired earlier functions, and what its mistake is."""

    name: str
    checks: tuple[CheckResult, ...]
    note: str = ""
    diagnosis: tuple[str, ...] = ()  # the entries of the bank that behave like the answer; for staff
    answer_digest: str = ""  # of the cell that defines it; for staff

    @property
    def points(self) -> float:
        """The most that it can earn."""
        return sum(check.points for check in self.checks)

    @property
    def earned(self) -> float:
        """What it earned."""
        return sum(check.earned for check in self.checks)

    @property
    def status(self) -> str:
        """PASSED, NOT_RUN if nothing ran, GRADER_ERROR if the grader failed, else FAILED."""
        found = {check.status for check in self.checks}
        if GRADER_ERROR in found:
            return GRADER_ERROR
        return found.pop() if len(found) == 1 and found <= {PASSED, NOT_RUN} else FAILED


@dataclass(frozen=True)
class Report:
    """The whole result. `problem` is the sentence about a file that could not be read as a notebook."""

    assignment: str
    submission: str
    exercises: tuple[ExerciseResult, ...]
    cells: tuple[CellOutcome, ...] = ()
    problem: str = ""
    altered: tuple[str, ...] = ()  # given cells that are not in the notebook as they were handed out
    provenance: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """The most that the homework can earn."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> float | None:
        """The score; None where the grader itself failed and a person has to look."""
        if any(exercise.status == GRADER_ERROR for exercise in self.exercises):
            return None
        return sum(exercise.earned for exercise in self.exercises)

    @property
    def troubled_cells(self) -> tuple[CellOutcome, ...]:
        """Cells that did not run through, or of which lines were left out."""
        return tuple(cell for cell in self.cells if cell.code or cell.dropped)

    @property
    def needs_attention(self) -> str:
        """Why a person may want to look, or nothing."""
        if self.problem:
            return "no notebook"
        codes = {check.code for exercise in self.exercises for check in exercise.checks} | {
            cell.code for cell in self.cells
        }
        serious = [code for code in ("GRADER_ERROR", "PROTOCOL", "CRASHED", "MEMORY", "TIMEOUT") if code in codes]
        if not serious and not any(exercise.earned for exercise in self.exercises):
            return "nothing earned"
        return ", ".join(serious).lower().replace("_", " ")
