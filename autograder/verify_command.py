"""The command `verify`: grade the grader with a homework's bank, with mutants, and with mistakes in early exercises."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from autograder import assignment, follow, notebook_run, verify, verify_render
from autograder.engine import Job, open_grader
from autograder.homework import find, find_homeworks
from autograder.limits import Limits
from autograder.verify import ExerciseProof

REPORTS = Path("reports")
SECRET = b"no student is graded with it"


@click.command("verify", short_help="Grade the grader with right and wrong answers, and mutants.")
@click.argument("homeworks", nargs=-1)
@click.option("--seeds", default=20, show_default=True, help="How often each answer is judged, on fresh inputs.")
def run_verify(homeworks: tuple[str, ...], seeds: int) -> None:
    """Grade the grader of HOMEWORKS (default: all) with its bank of right and wrong answers, and with mutants."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    names = homeworks or [found.name for found in find_homeworks()]
    proofs, count = {}, 0
    for name in [find(name).name for name in names]:
        proofs[name] = verify.verify(name, seeds)
        count += _say(name, seeds, proofs[name], console)
    if len(proofs) > 1:
        console.print(verify_render.totals(proofs))
    click.echo(verify_render.verdict(count))
    sys.exit(1 if count else 0)


def _say(homework: str, seeds: int, proofs: Sequence[ExerciseProof], console: Console) -> int:
    """Print and keep what was found about one homework; how many things are to mend."""
    notebook = notebook_run.mistakes(homework)
    console.print(verify_render.table(homework, proofs))
    click.echo(verify_render.findings(proofs) + verify_render.lines(notebook), nl=False)
    followed = follow_through(homework) if not any(proof.key_fails for proof in proofs) else []
    if followed:
        console.print(verify_render.follow_table(homework, followed))
    click.echo(verify_render.follow_findings(followed), nl=False)
    out = REPORTS / homework / "verify.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(verify_render.as_json(homework, seeds, proofs, followed, notebook), "utf-8")
    return len([*notebook, *verify_render.to_mend(proofs), *verify_render.costs(followed)])


def follow_through(homework: str) -> list[follow.Follow]:
    """What mistakes cost in exercises that call the wrong function."""
    loaded = assignment.load(homework)
    with open_grader(lambda: Job(loaded, SECRET, replace(Limits(), **loaded.limits))) as grader:
        return list(follow.follow(grader))
