"""The command line. The only module that prints, and the only one that turns an error into text and an exit code.

Exit codes: 0 all went well, 1 something was found wrong, 2 the command or a file was not usable, 3 the grader failed.
"""

import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from autograder import assignment, classroom, demo, render
from autograder.errors import AuthorErrors, GraderError, KitError
from autograder.grade import Grader
from autograder.limits import Limits
from autograder.sandbox import Zygote

REPORTS = Path("reports")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Build, grade and verify neural-network homework."""


@cli.command()
@click.argument("homeworks", nargs=-1)
def build(homeworks: tuple[str, ...]) -> None:
    """Make the student folder and the solution notebook of HOMEWORKS (default: all)."""
    from autograder import build as builder

    for homework in homeworks or [found.name for found in assignment.find_homeworks()]:
        for path in builder.build(homework):
            click.echo(f"wrote {_relative(path)}", err=True)


@cli.command()
@click.argument("homework")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def grade(homework: str, notebook: Path, as_json: bool) -> None:
    """Grade one NOTEBOOK of HOMEWORK and print the report."""
    with _grader(homework) as grader:
        report = grader.grade(notebook)
    click.echo(render.report_json(report) if as_json else render.report_text(report), nl=False)


@cli.command("class")
@click.argument("homework")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the results go (default: reports/HOMEWORK).")
def grade_class(homework: str, folder: Path, out: Path | None) -> None:
    """Grade every notebook in FOLDER: a table, grades.csv and one JSON report each."""
    with _grader(homework) as grader:
        out = out or REPORTS / grader.assignment.name
        paths = classroom.submissions(folder)
        with Progress(console=Console(stderr=True)) as progress:
            reports = list(
                progress.track(classroom.grade_class(grader, paths, folder), total=len(paths), description="grading")
            )
    out.mkdir(parents=True, exist_ok=True)
    (out / "grades.csv").write_text(render.class_csv(reports), "utf-8")
    for report in reports:
        name = report.submission.replace("/", "__").removesuffix(".ipynb")
        (out / f"{name}.json").write_text(render.report_json(report), "utf-8")
    Console(width=None if sys.stdout.isatty() else 160).print(render.class_table(reports))
    click.echo(f"{len(reports)} submissions graded; see {_relative(out)}/grades.csv", err=True)


@cli.command("demo")
@click.argument("homework")
@click.argument("folder", type=click.Path(path_type=Path))
def write_demo(homework: str, folder: Path) -> None:
    """Fill FOLDER with a class of made-up submissions to HOMEWORK, from its bank of right and wrong answers."""
    written = demo.write(assignment.load(homework), folder)
    click.echo(f"wrote {len(written)} submissions to {_relative(folder)}", err=True)


@contextmanager
def _grader(homework: str) -> Iterator[Grader]:
    loaded = assignment.load(homework)
    limits = replace(Limits(), **loaded.limits)
    with tempfile.TemporaryDirectory() as scratch, Zygote(limits, Path(scratch)) as zygote:
        yield Grader(loaded, zygote, _secret(loaded.name), limits)


def _secret(name: str) -> bytes:
    """The instructor's secret for a homework; made once, kept, readable to its owner alone."""
    path = REPORTS / name / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return bytes.fromhex(path.read_text())


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def main() -> None:
    """Run the command line; every error of the kit becomes a sentence."""
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except AuthorErrors as errors:
        for message in errors.messages:
            click.echo(message, err=True)
        sys.exit(1)
    except GraderError as error:
        click.echo(f"The grader itself failed: {error}", err=True)
        sys.exit(3)
    except KitError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
