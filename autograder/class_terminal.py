"""A class in the terminal: the table, and the bar while it is graded."""

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.gradebook import StudentResult
from autograder.render import number
from autograder.text import one_line


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
    for result in results:
        scores = [number(result.exercises.get(name)) for name in names]
        total = f"{number(result.score)} / {number(result.points)}"
        table.add_row(Text(one_line(result.student, 40)), *scores, total, Text(_look_at(result)))
    return table


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


def _look_at(result: StudentResult) -> str:
    attention = result.report["attention"] if result.report else ""
    return one_line("; ".join(filter(None, [result.problem, attention, *map(str, result.adjustments)])), 400)
