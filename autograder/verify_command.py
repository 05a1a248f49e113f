"""The command `verify`: grade the grader with a homework's bank, with mutants, and with mistakes in early exercises."""

import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from autograder import assignment, follow, verify, verify_render
from autograder.engine import Job, open_grader
from autograder.homework import find, find_homeworks
from autograder.limits import Limits

REPORTS = Path("reports")
SECRET = b"no student is graded with it"


@click.command("verify", short_help="Grade the grader with right and wrong answers, and mutants.")
@click.argument("homeworks", nargs=-1)
@click.option("--seeds", default=20, show_default=True, help="How often each answer is judged, on fresh inputs.")
def run_verify(homeworks: tuple[str, ...], seeds: int) -> None:
    """Grade the grader of HOMEWORKS (default: all) with its bank of right and wrong answers, and with mutants."""
    green, console = True, Console(width=None if sys.stdout.isatty() else 160)
    for name in homeworks or [found.name for found in find_homeworks()]:
        homework = find(name).name
        proofs = verify.verify(homework, seeds)
        console.print(verify_render.table(homework, proofs))
        click.echo(verify_render.findings(proofs), nl=False)
        followed = follow_through(homework)
        console.print(verify_render.follow_table(homework, followed))
        click.echo(verify_render.follow_findings(followed), nl=False)
        out = REPORTS / homework / "verify.json"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(verify_render.as_json(homework, seeds, proofs, followed), "utf-8")
        green = green and all(proof.green for proof in proofs) and all(found.green for found in followed)
    sys.exit(0 if green else 1)


def follow_through(homework: str) -> list[follow.Follow]:
    """What mistakes cost in exercises that call the wrong function."""
    loaded = assignment.load(homework)
    with open_grader(lambda: Job(loaded, SECRET, replace(Limits(), **loaded.limits))) as grader:
        return list(follow.follow(grader))
