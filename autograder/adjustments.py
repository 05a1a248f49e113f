"""What a person decided about a score, with the reason: from a CSV with the columns student, exercise, score, reason.

    student,exercise,score,reason
    ada,linear_backward,4,the transpose is right in a copy that I ran by hand
    ada,total,-10%,one day late

`exercise` is an exercise's name or `total` (or empty, which means the same). `score` is a new score (`4`), points added
or taken off (`+1`, `-0.5`), or a share of the score added or taken off (`-10%`). Exercises come first, then the total,
each in the order of the rows. No score falls below 0. Students read the reason.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AuthorErrors, KitError, at, did_you_mean

COLUMNS = ("student", "exercise", "score", "reason")
TOTAL = "total"
CHANGE = re.compile(r"([+-]?)(\d{1,6}(?:\.\d{1,4})?)(%?)", re.ASCII)

Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class Adjustment:
    """One decision: `exercise` is a name or `total`, `change` the text of the CSV's score column."""

    student: str
    exercise: str
    change: str
    reason: str

    def apply(self, score: float | None) -> float | None:
        """The score after the decision; a score that a person has to find stays so unless it is given here."""
        sign, digits, percent = CHANGE.fullmatch(self.change).groups()  # type: ignore[union-attr]  # checked when read
        if not sign:
            return float(digits)
        if score is None:
            return None
        size = float(digits) / 100 * score if percent else float(digits)
        return max(0.0, round(score - size if sign == "-" else score + size, 4))

    def __str__(self) -> str:
        """In words: `total -10%: one day late`."""
        joined = " " if self.change[0] in "+-" else " set to "
        return f"{self.exercise}{joined}{self.change}: {self.reason}"


def apply(earned: Scores, adjustments: Sequence[Adjustment]) -> tuple[dict[str, float | None], float | None]:
    """The exercises' scores and the total after a student's adjustments."""
    scores = dict(earned)
    for adjustment in adjustments:
        if adjustment.exercise in scores:
            scores[adjustment.exercise] = adjustment.apply(scores[adjustment.exercise])
    known = [score for score in scores.values() if score is not None]
    total = sum(known) if len(known) == len(scores) else None
    for adjustment in adjustments:
        if adjustment.exercise == TOTAL:
            total = adjustment.apply(total)
    return scores, total


def read(path: Path, students: Collection[str], points: Mapping[str, float]) -> tuple[Adjustment, ...]:
    """The adjustments in a CSV file.

    Args:
        path: the file, UTF-8, separated by commas or semicolons.
        students: the ids that are known.
        points: the exercises and the most that each can earn.

    Raises:
        KitError: the file cannot be read, or has not the four columns.
        AuthorErrors: rows are wrong; all of them, each with file and line.
    """
    known = dict(points) | {TOTAL: sum(points.values())}
    found, mistakes = [], []
    for line, row in _rows(path):
        adjustment, problems = _adjustment(row), []
        problems = list(_problems(adjustment, students, known))
        found.append(adjustment)
        mistakes += [at(path, line, problem) for problem in problems]
    if mistakes:
        raise AuthorErrors(mistakes)
    return tuple(found)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise KitError(f"{path} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise KitError(f"{path} is not UTF-8 text; save it as CSV UTF-8") from None
    heading = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in heading else ",")
    header = [name.strip().lower() for name in next(reader, [])]
    if sorted(header) != sorted(COLUMNS):
        raise KitError(at(path, 1, f"the columns are {', '.join(header) or 'missing'}; expected {', '.join(COLUMNS)}"))
    for cells in reader:
        if any(cell.strip() for cell in cells):
            filled = [*cells, *[""] * len(header)]
            yield reader.line_num, dict(zip(header, map(str.strip, filled), strict=False))


def _adjustment(row: Mapping[str, str]) -> Adjustment:
    exercise = row["exercise"] if row["exercise"].lower() not in ("", TOTAL) else TOTAL
    return Adjustment(row["student"], exercise, row["score"], row["reason"])


def _problems(adjustment: Adjustment, students: Collection[str], points: Mapping[str, float]) -> Iterator[str]:
    if adjustment.student not in students:
        yield f"no student {adjustment.student or '(empty)'}{did_you_mean(adjustment.student, students)}"
    if adjustment.exercise not in points:
        yield f"no exercise {adjustment.exercise}{did_you_mean(adjustment.exercise, points)}"
    if not adjustment.reason:
        yield "a reason is missing; students read it"
    match = CHANGE.fullmatch(adjustment.change)
    if match is None or (match[3] and not match[1]):
        yield f"the score {adjustment.change or '(empty)'} is none of 4 (new score), +1 or -0.5 (points), -10% (share)"
    elif not match[1] and float(match[2]) > points.get(adjustment.exercise, float("inf")):
        yield f"{adjustment.exercise} has {points[adjustment.exercise]:g} points, got {match[2]}; write +1 for a bonus"
