"""The command `gradescope`: verify a homework, write the zip for Gradescope and a submission to try it with."""

from pathlib import Path

import click

from autograder import assignment, bundle, notebook_run, secret, verify, verify_render
from autograder.assignment import Assignment
from autograder.errors import AuthorError
from autograder.results_json import VISIBILITIES
from autograder.verify_command import follow_through

DIST, REPORTS = Path("dist"), Path("reports")
PATH = click.Path(path_type=Path)


@click.command("gradescope", short_help="Verify a homework and make the zip for Gradescope.")
@click.argument("homework")
@click.option("--hidden-checks", type=click.Choice(VISIBILITIES), default=VISIBILITIES[0], show_default=True,
              help="When students see the results of hidden checks.")  # fmt: skip
@click.option("--timeout", type=click.IntRange(5, 40), default=10, show_default=True,
              help="The assignment's timeout on Gradescope, in minutes.")  # fmt: skip
@click.option("--out", type=PATH, default=DIST, show_default=True, help="Where the zip goes.")
@click.option("--secret-from", type=PATH, help="The folder with the secret (default: reports/HOMEWORK).")
@click.option("--skip-verify", is_flag=True, help="Do not verify first; for trying things out.")
def make_zip(
    homework: str, hidden_checks: str, timeout: int, out: Path, secret_from: Path | None, skip_verify: bool
) -> None:
    """Make the zip that Gradescope grades HOMEWORK with, after verifying the homework."""
    loaded = assignment.load(homework)
    if not skip_verify:
        require_verified(loaded)
    key = secret.read_or_make(secret_from or REPORTS / loaded.name)
    content = bundle.make(loaded, key, hidden_checks, 60 * timeout)
    zip_path, trial = out / f"{loaded.name}-autograder.zip", out / f"{loaded.name}-trial.ipynb"
    out.mkdir(parents=True, exist_ok=True)
    zip_path.touch(0o600)
    zip_path.write_bytes(content)
    trial.write_bytes(loaded.homework.solution_notebook.read_bytes())
    points = sum(exercise.points for exercise in loaded.exercises)
    click.echo(f"wrote {zip_path} ({len(content) / 1000:.0f} kB): upload it as the autograder; it holds the answers")
    click.echo(f"wrote {trial}: hand it in with Test Autograder; it must earn {points:g} of {points:g} points")


def require_verified(loaded: Assignment) -> None:
    """Verify the homework.

    Raises:
        AuthorError: something is misjudged; the text says what.
    """
    proofs = verify.verify(loaded.name)
    found = "" if all(proof.green for proof in proofs) else verify_render.findings(proofs)
    found = found or verify_render.lines(notebook_run.mistakes(loaded.name))
    found = found or verify_render.follow_findings(follow_through(loaded.name))
    if found:
        raise AuthorError(f"{found}{loaded.name} is not ready for students: `make verify` has to be green first")
