"""The command line. Only commands print, and only here does an error become text and an exit code.

Exit codes: 0 all went well, 1 something was found wrong, 2 the command or a file was not usable, 3 the grader failed.
"""

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import click

from autograder.engine import Job, open_grader
from autograder.errors import AuthorErrors, GraderError, KitError
from autograder.homework import ROOT, find, find_homeworks
from autograder.limits import Limits

REPORTS, DIST = Path("reports"), Path("dist")


ELSEWHERE = {  # commands that need more than one submission does: imported when they are asked for
    "class": "class_commands.grade_class",
    "regrade": "class_commands.regrade_class",
    "new": "new_homework.new_homework",
    "gradescope": "deploy.make_zip",
    "verify": "verify_command.run_verify",
}


class Commands(click.Group):
    """The commands of this module and those of ELSEWHERE."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, for the help."""
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in ELSEWHERE:
            return super().get_command(ctx, name)
        module, _, attribute = ELSEWHERE[name].partition(".")
        command: click.Command = getattr(importlib.import_module(f"autograder.{module}"), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Build, grade and verify neural-network homework."""


@cli.command(short_help="Make what students get, and the solution notebooks.")
@click.argument("homeworks", nargs=-1)
def build(homeworks: tuple[str, ...]) -> None:
    """Make the student folder, also as a zip in dist/, and the solution notebook of HOMEWORKS (default: all)."""
    from autograder import build as builder
    from autograder import index

    for homework in homeworks or [found.name for found in find_homeworks()]:
        files = builder.build(homework)
        zipped = builder.student_zip(find(homework), DIST)
        click.echo(f"{homework}: {len(files)} files, and {zipped}", err=True)
    if not homeworks:
        click.echo(f"wrote {_relative(index.write())}", err=True)
        for note in index.unlisted():
            click.echo(f"note: {note}", err=True)


@cli.command(short_help="Grade one notebook and print the report.")
@click.argument("homework")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--trust-submissions", is_flag=True, help="Grade even where submissions cannot be isolated.")
@click.option("--fresh", is_flag=True, help="A new interpreter for every worker: slower, shares nothing.")
@click.option("--explain", is_flag=True, help="For staff: show every check with its calls and values.")
def grade(homework: str, notebook: Path, as_json: bool, trust_submissions: bool, fresh: bool, explain: bool) -> None:
    """Grade one NOTEBOOK of HOMEWORK and print the report."""

    def job() -> Job:
        from autograder import assignment, secret

        loaded = assignment.load(homework)
        return Job(loaded, secret.read_or_make(REPORTS / loaded.name), replace(Limits(), **loaded.limits))

    with open_grader(job, trust=trust_submissions, fresh=fresh) as grader:
        from autograder import render

        if explain:
            grader = replace(grader, watch=lambda verdict: click.echo(render.verdict_text(verdict), nl=False))
        report = grader.grade(notebook)
    click.echo(render.report_json(report) if as_json else render.report_text(report), nl=False)


@cli.command("demo", short_help="Write a class of made-up submissions.")
@click.argument("homework")
@click.argument("folder", type=click.Path(path_type=Path))
def write_demo(homework: str, folder: Path) -> None:
    """Fill FOLDER with a class of made-up submissions to HOMEWORK, from its bank of right and wrong answers."""
    from autograder import assignment, demo

    written = demo.write(assignment.load(homework), folder)
    click.echo(f"wrote {len(written)} submissions to {_relative(folder)}", err=True)


@cli.command("selftest", short_help="Try what submissions must not do; say what was blocked.")
@click.option("--layers", help="Try these layers only, separated by commas, instead of what this machine offers.")
def run_selftest(layers: str | None) -> None:
    """Try what submissions must not do, and say what was blocked."""
    from autograder import isolation, selftest
    from autograder.sandbox import Zygote

    chosen = isolation.choose(isolation.this_machine(), trust=True)
    if layers is not None:
        chosen = isolation.Isolation(tuple(filter(None, layers.split(","))))
    with Zygote(selftest.LIMITS, chosen) as zygote:
        tested = selftest.run(zygote, ROOT / "nnref" / "__init__.py")
    click.echo(f"isolation: {chosen}")
    for name, outcome in tested.outcomes.items():
        click.echo(f"  {outcome:<9} {name}")
    click.echo(str(tested))
    sys.exit(1 if tested.breaches or not chosen.isolated else 0)


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
