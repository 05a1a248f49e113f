"""The commands that grade a class, `class` and `regrade`: what is said, in which order, and where the files go."""

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from autograder import adjustments, class_files, classroom, exports, layouts, regrade, roster
from autograder.choice import Entry
from autograder.class_run import PATH, Run, shared_options
from autograder.class_terminal import class_table, ending, progress, to_decide
from autograder.classroom import Engine
from autograder.errors import KitError
from autograder.gradebook import Attempt, Gradebook, StudentResult
from autograder.layouts import Found
from autograder.text import few, one_line, plural


@click.command("class", short_help="Grade a class: a table, CSV files and pages.")
@shared_options
@click.argument("folder", type=PATH)
@click.option("--layout", type=click.Choice(["auto", *layouts.LAYOUTS]), default="auto", help="How FOLDER is laid out.")
@click.option("--best", is_flag=True, help="The best attempt of a student counts, not the last.")
@click.option("--replace", is_flag=True, help="Go on although students of the class graded before are missing.")
@click.option("--roster", "listed", type=PATH, help="CSV of the class (id,name), to name who handed nothing in.")
@click.option("--format", "platform", type=click.Choice(["canvas", "moodle"]), help="Fill the platform's CSV as well.")
@click.option("--export", type=PATH, help="For --format: the gradebook or worksheet as the platform exported it.")
@click.option("--column", help='For --format canvas: the column to fill, such as "Homework 1".')
def grade_class(
    folder: Path,
    layout: str,
    best: bool,
    replace: bool,
    listed: Path | None,
    decisions: Path | None,
    **options: Any,
) -> None:
    """Grade every submission in FOLDER: a table, grades.csv, a page for the class and for each student.

    What is graded already is not graded again; a run that was stopped goes on with the same command.
    """
    platform = {name: options.pop(name) for name in ("platform", "export", "column")}
    run = Run(**options)
    _require_export(**platform)
    _filled(run, (), **platform)  # a file that cannot be filled is told before anything is graded
    with Gradebook(run.book) as gradebook:
        found = _found(run, folder, layout)
        attempts = classroom.attempts_of(_listed(found.entries, listed), run.limits)
        if not replace:
            _require_whole_class(run, folder, gradebook.attempts(run.loaded.name), attempts)
        _decide(run, gradebook, decisions, {attempt.student for attempt in attempts})
        gradebook.enrol(run.loaded.name, attempts, best=best, layout=found.layout)
        _grade(run, gradebook, gradebook.pending(run.key))
        results = gradebook.results(run.loaded)
        class_files.write(results, run.loaded, run.folder)
        _fill(run, results, **platform)
    _print(class_table(results))
    for line in to_decide(results):
        click.echo(line)
    click.echo(ending(results, _relative(run.folder)), err=True)


@click.command("regrade", short_help="Grade again what changed; say whose score changes.")
@shared_options
@click.option("--preview", is_flag=True, help="Say what would change and write nothing.")
def regrade_class(preview: bool, decisions: Path | None, **options: Any) -> None:
    """Grade again what changed since the class was graded, and print whose score changes, by which check."""
    run = Run(**options)
    if not run.book.exists():
        raise KitError(
            f"there is no gradebook {run.book}; grade the class first (make grade HW={run.loaded.name} "
            "SUBMISSIONS=folder), or name the folder that its results went to with --out"
        )
    with Gradebook(run.book) as gradebook:
        before = gradebook.results(run.loaded)
        click.echo(_which_class(run, before), err=True)
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
    texts = regrade.other_texts(before, after)
    click.echo(regrade.summary(found, len(there), texts) + ("; nothing was written" if preview else ""))
    if regrade.other_points(before, after):
        click.echo("the notebook that students have shows other points: make build writes it anew", err=True)
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
    roster.require_match(listed, students, entries)
    for stranger in roster.strangers(students, entries):
        click.echo(f"not on the roster: {one_line(stranger, 60)}", err=True)
    return roster.apply(students, entries)


def _require_whole_class(run: Run, folder: Path, known: Sequence[Attempt], given: Sequence[Attempt]) -> None:
    """Stop if students of the gradebook's class who handed something in would drop out of it."""
    enrolled = {attempt.student for attempt in known if attempt.problem != roster.ABSENT}
    gone = sorted(enrolled - {attempt.student for attempt in given})
    if gone:
        raise KitError(
            f"{len(gone)} of the {plural(len(enrolled), 'student')} in {_relative(run.book)} "
            f"{'is' if len(gone) == 1 else 'are'} not in {folder}: {few(gone, 5)}. "
            "Nothing was changed. With --out ANOTHER/FOLDER this becomes a class of its own; "
            "with --replace it takes the place of the class that was graded before"
        )


def _which_class(run: Run, results: Sequence[StudentResult]) -> str:
    graded = max((result.graded for result in results), default="").replace("T", " ").removesuffix("+00:00")
    when = f"graded {graded} UTC" if graded else "not graded yet"
    return f"{_relative(run.book)}: class of {plural(len(results), 'student')}, {when}"


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


def _fill(run: Run, results: Sequence[StudentResult], platform: str | None, **options: Any) -> None:
    filled = _filled(run, results, platform, **options)
    if filled is None:
        return
    class_files.write_text(run.folder / f"{platform}.csv", filled.text)
    for note in filled.notes:
        click.echo(note, err=True)
    click.echo(f"to upload: {_relative(run.folder)}/{platform}.csv", err=True)


def _filled(
    run: Run, results: Sequence[StudentResult], platform: str | None, export: Path | None, column: str | None
) -> exports.Filled | None:
    if platform is None or export is None:
        return None
    title = column or run.loaded.name
    return exports.canvas(results, export, title) if platform == "canvas" else exports.moodle(results, export)


def _tell_gone(gone: Sequence[Attempt]) -> None:
    for attempt in gone:
        click.echo(f"{one_line(attempt.student, 60)}: the file is gone or changed; the result stays", err=True)


def _print(table: Table) -> None:
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
