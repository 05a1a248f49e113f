"""A class in the terminal: the table, and the bar while it is graded."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.gradebook import StudentResult
from autograder.look_at import SEVERAL, UNDECIDED, graded, look_at
from autograder.render import number
from autograder.text import one_line, plural

LINES = 10  # below the table, of one kind


def class_table(results: Sequence[StudentResult]) -> Table:
    """One row a student, one numbered column an exercise, the names of the exercises below."""
    names = list(dict.fromkeys(name for result in results for name in result.exercises))
    legend = ", ".join(f"{place} {name}" for place, name in enumerate(names, 1))
    table = Table(caption=legend, caption_justify="left")
    table.add_column("student", overflow="fold")
    for place in range(1, len(names) + 1):
        table.add_column(str(place), justify="right")
    table.add_column("total", justify="right")
    table.add_column("look at")
    looks = look_at(results)
    for result in results:
        scores = [number(result.exercises.get(name)) for name in names]
        total = f"{number(result.score)} / {number(result.points)}"
        look = [*(look.reason for look in looks[result.student]), *map(str, result.adjustments)]
        table.add_row(Text(_who(result)), *scores, total, Text(one_line("; ".join(look), 400)))
    return table


def to_decide(results: Sequence[StudentResult]) -> Iterator[str]:
    """A line for each student for whom a notebook has to be chosen, or was chosen by a rule."""
    looks = look_at(results)
    for reason, heading in ((UNDECIDED, "LOOK, no points until a notebook is chosen: "), (SEVERAL, "look: ")):
        found = [(result, look) for result in results for look in looks[result.student] if look.reason == reason]
        for result, look in found[:LINES]:
            yield f"{heading}{_who(result)}: {one_line(look.detail, 400)}"
        if len(found) > LINES:
            yield f"{heading}{len(found) - LINES} more; grades.csv names them all"


def ending(results: Sequence[StudentResult], folder: Path) -> str:
    """The last line: how many there are, how many could not be graded, and where the files are."""
    missing = len(results) - len(graded(results))
    without = f", {missing} of them without a notebook that can be graded" if missing else ""
    return f"{plural(len(results), 'student')}{without}; see grades.csv and class.html in {folder}"


def _who(result: StudentResult) -> str:
    """The name, with the id where that is something else."""
    student, name = one_line(result.student, 40), one_line(result.name, 40)
    return student if not name or name.casefold() == student.casefold() else f"{name} ({student})"


def progress() -> Progress:
    """A bar on stderr with how many are graded in a second and how long the rest will take."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


class _Rate(ProgressColumn):
    """Submissions in a second."""

    def render(self, task: Task) -> Text:
        """The text of the column."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")
