"""The command line. The only module that prints, and the only one that turns an error into text and an exit code.

Exit codes: 0 all went well, 1 something was found wrong, 2 the command or a file was not usable, 3 the grader failed.
"""

import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from autograder import (
    assignment,
    class_commands,
    demo,
    deploy,
    follow,
    isolation,
    new_homework,
    render,
    secret,
    selftest,
)
from autograder.errors import AuthorErrors, GraderError, KitError
from autograder.homework import ROOT, find, find_homeworks
from autograder.limits import Limits
from autograder.sandbox import Zygote
from autograder.slots import open_grader

REPORTS = Path("reports")
VERIFY_SECRET = b"no student is graded with it"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Build, grade and verify neural-network homework."""


cli.add_command(class_commands.grade_class)
cli.add_command(class_commands.regrade_class)
cli.add_command(new_homework.new_homework)
cli.add_command(deploy.make_zip)


@cli.command()
@click.argument("homeworks", nargs=-1)
def build(homeworks: tuple[str, ...]) -> None:
    """Make the student folder and the solution notebook of HOMEWORKS (default: all)."""
    from autograder import build as builder
    from autograder import index

    for homework in homeworks or [found.name for found in find_homeworks()]:
        click.echo(f"{homework}: {len(builder.build(homework))} files", err=True)
    if not homeworks:
        click.echo(f"wrote {_relative(index.write())}", err=True)


@cli.command()
@click.argument("homework")
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--trust-submissions", is_flag=True, help="Grade even where submissions cannot be isolated.")
@click.option("--fresh", is_flag=True, help="A new interpreter for every worker: slower, shares nothing.")
@click.option("--explain", is_flag=True, help="For staff: show every check with its calls and values.")
def grade(homework: str, notebook: Path, as_json: bool, trust_submissions: bool, fresh: bool, explain: bool) -> None:
    """Grade one NOTEBOOK of HOMEWORK and print the report."""
    loaded = assignment.load(homework)
    limits = replace(Limits(), **loaded.limits)
    key = secret.read_or_make(REPORTS / loaded.name)
    with open_grader(loaded, key, limits, trust=trust_submissions, fresh=fresh) as grader:
        if explain:
            grader = replace(grader, watch=lambda verdict: click.echo(render.verdict_text(verdict), nl=False))
        report = grader.grade(notebook)
    click.echo(render.report_json(report) if as_json else render.report_text(report), nl=False)


@cli.command("demo")
@click.argument("homework")
@click.argument("folder", type=click.Path(path_type=Path))
def write_demo(homework: str, folder: Path) -> None:
    """Fill FOLDER with a class of made-up submissions to HOMEWORK, from its bank of right and wrong answers."""
    written = demo.write(assignment.load(homework), folder)
    click.echo(f"wrote {len(written)} submissions to {_relative(folder)}", err=True)


@cli.command("selftest")
@click.option("--layers", help="Try these layers only, separated by commas, instead of what this machine offers.")
def run_selftest(layers: str | None) -> None:
    """Try what submissions must not do, and say what was blocked."""
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


@cli.command("verify")
@click.argument("homeworks", nargs=-1)
@click.option("--seeds", default=20, show_default=True, help="How often each answer is judged, on fresh inputs.")
def run_verify(homeworks: tuple[str, ...], seeds: int) -> None:
    """Grade the grader of HOMEWORKS (default: all) with its bank of right and wrong answers, and with mutants."""
    from autograder import verify, verify_render

    green, console = True, Console(width=None if sys.stdout.isatty() else 160)
    for name in homeworks or [found.name for found in find_homeworks()]:
        homework = find(name).name
        proofs = verify.verify(homework, seeds)
        console.print(verify_render.table(homework, proofs))
        click.echo(verify_render.findings(proofs), nl=False)
        followed = _followed(homework)
        console.print(verify_render.follow_table(homework, followed))
        click.echo(verify_render.follow_findings(followed), nl=False)
        out = REPORTS / homework / "verify.json"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(verify_render.as_json(homework, seeds, proofs, followed), "utf-8")
        green = green and all(proof.green for proof in proofs) and all(found.green for found in followed)
    sys.exit(0 if green else 1)


def _followed(homework: str) -> list[follow.Follow]:
    loaded = assignment.load(homework)
    with open_grader(loaded, VERIFY_SECRET, replace(Limits(), **loaded.limits)) as grader:
        return list(follow.follow(grader))


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
