"""The commands that grade a class, `class` and `regrade`: what is said, in which order, and where the files go."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder import adjustments, assignment, class_files, classroom, exports, layouts, regrade, roster, secret
from autograder.assignment import Assignment
from autograder.choice import Entry
from autograder.classroom import Engine, Outcomes
from autograder.errors import KitError
from autograder.gradebook import Attempt, Gradebook, Key, StudentResult
from autograder.limits import Limits
from autograder.render import number
from autograder.slots import Setup
from autograder.text import one_line

REPORTS = Path("reports")
PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Run:
    """What both commands were told about grading; None stands for the default."""

    homework: str
    out: Path | None
    gradebook: Path | None
    slots: int | None
    scheduler: str | None
    trust: bool

    @cached_property
    def loaded(self) -> Assignment:
        """The homework."""
        return assignment.load(self.homework)

    @property
    def limits(self) -> Limits:
        """What a submission may use."""
        return replace(Limits(), **self.loaded.limits)

    @property
    def key(self) -> Key:
        """What all results of this run have in common."""
        return classroom.key_of(self.loaded, self.limits)

    @property
    def folder(self) -> Path:
        """Where files are written."""
        return self.out or REPORTS / self.loaded.name

    @property
    def book(self) -> Path:
        """The gradebook's file."""
        return self.gradebook or REPORTS / self.loaded.name / "gradebook.sqlite"

    def engine(self, attempts: Sequence[Attempt]) -> Outcomes:
        """Grade on the cluster, or in slots of this machine."""
        setup = Setup.of(self.loaded, secret.read_or_make(self.book.parent), self.limits, trust=self.trust)
        if self.scheduler is None:
            return classroom.in_slots(setup, attempts, self.slots or _cores())
        try:
            from autograder import cluster
        except ModuleNotFoundError as error:
            raise KitError(f"--scheduler needs the group `cluster` of pyproject.toml ({error})") from error
        return cluster.in_cluster(setup, attempts, self.scheduler)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both commands."""
    for option in (
        click.option("--trust-submissions", "trust", is_flag=True, help="Grade even where nothing can be isolated."),
        click.option("--scheduler", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler."),
        click.option("--adjustments", "decisions", type=PATH, help="CSV of overrides and penalties, with reasons."),
        click.option("--slots", type=click.IntRange(1, 1024), help="How many are graded at a time (default: cores)."),
        click.option("--gradebook", type=PATH, help="The gradebook (default: reports/HOMEWORK/gradebook.sqlite)."),
        click.option("--out", type=PATH, help="Where the results go (default: reports/HOMEWORK)."),
        click.argument("homework"),
    ):
        command = option(command)
    return command


@click.command("class")
@shared_options
@click.argument("folder", type=PATH)
@click.option("--layout", type=click.Choice(["auto", *layouts.LAYOUTS]), default="auto", help="How FOLDER is laid out.")
@click.option("--best", is_flag=True, help="The best attempt of a student counts, not the last.")
@click.option("--roster", "listed", type=PATH, help="CSV of the class, to name who handed nothing in.")
@click.option("--format", "platform", type=click.Choice(["canvas", "moodle"]), help="Fill the platform's CSV as well.")
@click.option("--export", type=PATH, help="For --format: the gradebook or worksheet as the platform exported it.")
@click.option("--column", help="For --format canvas: the title of the homework's column (default: its name).")
def grade_class(
    folder: Path, layout: str, best: bool, listed: Path | None, decisions: Path | None, **options: Any
) -> None:
    """Grade every submission in FOLDER: a table, grades.csv, a page for the class and for each student.

    What is graded already is not graded again; a run that was stopped goes on with the same command.
    """
    platform = {name: options.pop(name) for name in ("platform", "export", "column")}
    run = Run(**options)
    _require_export(**platform)
    with Gradebook(run.book) as gradebook:
        entries = _entries(run, folder, layout, listed, gradebook, best)
        _decide(run, gradebook, decisions, {entry.student for entry in entries})
        _grade(run, gradebook, gradebook.pending(run.key))
        results = gradebook.results(run.loaded)
    _write(run, results)
    _fill(run, results, **platform)
    _print(class_table(results))
    click.echo(f"{len(results)} students; see grades.csv and class.html in {_relative(run.folder)}", err=True)


@click.command("regrade")
@shared_options
@click.option("--preview", is_flag=True, help="Say what would change and write nothing.")
def regrade_class(preview: bool, decisions: Path | None, **options: Any) -> None:
    """Grade again what changed since the class was graded, and print whose score changes, by which check."""
    run = Run(**options)
    if not run.book.exists():
        raise KitError(f"there is no gradebook {run.book}; grade the class first: python -m autograder class")
    with Gradebook(run.book) as gradebook:
        before = gradebook.results(run.loaded)
        with _written(gradebook, preview) as book:
            _decide(run, book, decisions, {result.student for result in before})
            there, gone = regrade.still_there(book.pending(run.key), run.limits)
            _grade(run, book, there)
            after = book.results(run.loaded)
    found = regrade.changes(before, after)
    for line in (line for change in found for line in regrade.described(change)):
        click.echo(line)
    click.echo(regrade.summary(found, len(there)) + ("; nothing was written" if preview else ""))
    _tell_gone(gone)
    if not preview:
        _write(run, after)


@contextmanager
def _written(gradebook: Gradebook, preview: bool) -> Iterator[Gradebook]:
    """The gradebook to write into: a copy for a preview."""
    if not preview:
        yield gradebook
        return
    with regrade.trial(gradebook) as copy:
        yield copy


def _entries(
    run: Run, folder: Path, layout: str, listed: Path | None, gradebook: Gradebook, best: bool
) -> Sequence[Entry]:
    """What was handed in, by the roster's names; written into the gradebook and said."""
    into = run.book.parent / "unpacked" / run.loaded.name
    found = layouts.find(folder, layout, homework=run.loaded.homework.short, into=into, limits=run.limits)
    click.echo(found.said, err=True)
    entries: Sequence[Entry] = found.entries
    if listed:
        students = roster.read(listed)
        for stranger in roster.strangers(students, entries):
            click.echo(f"not on the roster: {one_line(stranger, 60)}", err=True)
        entries = roster.apply(students, entries)
    attempts = classroom.attempts_of(entries, run.limits)
    gradebook.enrol(run.loaded.name, attempts, best=best, layout=found.layout)
    return entries


def _decide(run: Run, gradebook: Gradebook, decisions: Path | None, students: set[str]) -> None:
    if decisions:
        points = {exercise.name: exercise.points for exercise in run.loaded.exercises}
        gradebook.adjust(run.loaded.name, adjustments.read(decisions, students, points))


def _grade(run: Run, gradebook: Gradebook, pending: Sequence[Attempt]) -> None:
    """Grade what is pending behind a progress bar."""
    if not pending:
        click.echo("every submission is graded already", err=True)
        return
    engine: Engine = run.engine
    with _progress() as progress:
        task = progress.add_task("grading", total=len(pending))
        try:
            classroom.grade(gradebook, run.loaded, run.key, engine, pending, on_result=lambda: progress.advance(task))
        except KeyboardInterrupt:
            done = int(progress.tasks[0].completed)
            progress.stop()
            click.echo(f"{done} of {len(pending)} graded and kept; the same command goes on from here", err=True)
            raise click.Abort from None


def _write(run: Run, results: Sequence[StudentResult]) -> None:
    class_files.write(results, run.loaded, run.folder)


def _require_export(platform: str | None, export: Path | None, column: str | None) -> None:
    if platform and export is None:
        raise click.UsageError(f"--format {platform} needs --export FILE, the CSV that the platform gave you")
    if not platform and (export or column):
        raise click.UsageError("--export and --column need --format canvas or --format moodle")


def _fill(
    run: Run, results: Sequence[StudentResult], platform: str | None, export: Path | None, column: str | None
) -> None:
    if platform is None or export is None:
        return
    title = column or run.loaded.name
    filled = exports.canvas(results, export, title) if platform == "canvas" else exports.moodle(results, export)
    class_files.write_text(run.folder / f"{platform}.csv", filled.text)
    for note in filled.notes:
        click.echo(note, err=True)
    click.echo(f"to upload: {_relative(run.folder)}/{platform}.csv", err=True)


def _tell_gone(gone: Sequence[Attempt]) -> None:
    for attempt in gone:
        click.echo(f"{one_line(attempt.student, 60)}: the file is gone or changed; the result stays", err=True)


def class_table(results: Sequence[StudentResult]) -> Table:
    """A class for a terminal: one row a student, one numbered column an exercise, the names below."""
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


def _look_at(result: StudentResult) -> str:
    attention = result.report["attention"] if result.report else ""
    return "; ".join(filter(None, [result.problem, attention, *map(str, result.adjustments)]))


class _Rate(ProgressColumn):
    """Submissions in a second."""

    def render(self, task: Task) -> Text:
        """The text of the column."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def _progress() -> Progress:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def _print(table: Table) -> None:
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
