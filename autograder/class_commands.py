"""The commands that grade a class, `class` and `regrade`: what is said, in which order, and where the files go."""

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from autograder import adjustments, assignment, class_files, classroom, exports, layouts, regrade, roster, secret
from autograder.assignment import Assignment
from autograder.choice import Entry
from autograder.class_terminal import class_table, progress
from autograder.classroom import Engine, Outcomes
from autograder.errors import KitError
from autograder.gradebook import Attempt, Gradebook, Key, StudentResult
from autograder.layouts import Found
from autograder.limits import Limits
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
    fresh: bool

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
        setup = Setup.of(
            self.loaded, secret.read_or_make(self.book.parent), self.limits, trust=self.trust, fresh=self.fresh
        )
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
        click.option("--fresh", is_flag=True, help="A new interpreter for every worker: slower, shares nothing."),
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
        found = _found(run, folder, layout)
        attempts = classroom.attempts_of(_listed(found.entries, listed), run.limits)
        _decide(run, gradebook, decisions, {attempt.student for attempt in attempts})
        gradebook.enrol(run.loaded.name, attempts, best=best, layout=found.layout)
        _grade(run, gradebook, gradebook.pending(run.key))
        results = gradebook.results(run.loaded)
        class_files.write(results, run.loaded, run.folder)
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
            _grade(run, book, there, kept=not preview)
            after = book.results(run.loaded)
        if not preview:
            class_files.write(after, run.loaded, run.folder)
    found = regrade.changes(before, after)
    for line in (line for change in found for line in regrade.described(change)):
        click.echo(line)
    click.echo(regrade.summary(found, len(there)) + ("; nothing was written" if preview else ""))
    _tell_gone(gone)


@contextmanager
def _written(gradebook: Gradebook, preview: bool) -> Iterator[Gradebook]:
    """The gradebook to write into: a copy for a preview."""
    if not preview:
        yield gradebook
        return
    with regrade.trial(gradebook) as copy:
        yield copy


def _found(run: Run, folder: Path, layout: str) -> Found:
    """What was handed in; said."""
    into = run.book.parent / "unpacked" / run.loaded.name
    found = layouts.find(folder, layout, homework=run.loaded.homework.short, into=into, limits=run.limits)
    click.echo(found.said, err=True)
    return found


def _listed(entries: Sequence[Entry], listed: Path | None) -> Sequence[Entry]:
    """The entries with the roster's names and absent students; who is not on it is said."""
    if listed is None:
        return entries
    students = roster.read(listed)
    for stranger in roster.strangers(students, entries):
        click.echo(f"not on the roster: {one_line(stranger, 60)}", err=True)
    return roster.apply(students, entries)


def _decide(run: Run, gradebook: Gradebook, decisions: Path | None, students: Collection[str]) -> None:
    """Take over the adjustments of a CSV; without one, those that are known stay."""
    if decisions:
        points = {exercise.name: exercise.points for exercise in run.loaded.exercises}
        gradebook.adjust(run.loaded.name, adjustments.read(decisions, students, points))


def _grade(run: Run, gradebook: Gradebook, pending: Sequence[Attempt], *, kept: bool = True) -> None:
    """Grade what is pending behind a progress bar."""
    if not pending:
        click.echo("every submission is graded already", err=True)
        return
    engine: Engine = run.engine
    with progress() as bar:
        task = bar.add_task("grading", total=len(pending))
        try:
            classroom.grade(gradebook, run.loaded, run.key, engine, pending, on_result=lambda: bar.advance(task))
        except KeyboardInterrupt:
            done = int(bar.tasks[0].completed)
            bar.stop()
            then = "graded and kept; the same command goes on from here" if kept else "graded; nothing was written"
            click.echo(f"{done} of {len(pending)} {then}", err=True)
            raise click.Abort from None


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


def _print(table: Table) -> None:
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
