"""The command `gradescope`: it verifies, keeps the secret, and writes the zip and a notebook to try it with."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from autograder import assignment, deploy, notebook_run, secret, verify
from autograder.errors import AuthorError
from autograder.follow import Follow
from autograder.verify import ExerciseProof


@pytest.fixture
def command(tmp_path):
    """Runs the command with the output and the secret in a folder of its own; gives that folder."""

    def run(*arguments):
        options = ["--out", str(tmp_path / "dist"), "--secret-from", str(tmp_path / "gradebook")]
        done = CliRunner().invoke(deploy.make_zip, ["hw3", *options, *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done.output

    return run


def _in_zip(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "dist" / "hw3_backprop-autograder.zip") as archive:
        return archive.read(name).decode()


def test_command_writes_the_zip_and_a_notebook_to_try_it(command, tmp_path):
    """The notebook is the solution, and the output says what it must earn."""
    said = command("--skip-verify")

    solution = assignment.load("hw3").homework.solution_notebook.read_bytes()
    assert (tmp_path / "dist" / "hw3_backprop-trial.ipynb").read_bytes() == solution
    assert "it must earn 50 of 50 points" in said
    assert (tmp_path / "dist" / "hw3_backprop-autograder.zip").stat().st_mode & 0o077 == 0


def test_secret_stays_the_same_when_the_zip_is_made_again(command, tmp_path):
    """It is the gradebook's, so that an appeal can be replayed; the zip has the same bytes."""
    command("--skip-verify")
    first = (tmp_path / "dist" / "hw3_backprop-autograder.zip").read_bytes()

    command("--skip-verify")

    assert (tmp_path / "dist" / "hw3_backprop-autograder.zip").read_bytes() == first
    assert bytes.fromhex(_in_zip(tmp_path, "secret")) == secret.read_or_make(tmp_path / "gradebook")


def test_options_reach_the_settings(command, tmp_path):
    """Minutes become seconds."""
    command("--skip-verify", "--hidden-checks", "after_published", "--timeout", "20")

    settings = json.loads(_in_zip(tmp_path, "settings.json"))
    assert (settings["hidden"], settings["seconds"]) == ("after_published", 1200)


@pytest.mark.parametrize("wrong", ["nothing", "a check", "the notebook", "what a mistake costs"])
def test_homework_that_is_not_verified_is_not_deployed(command, tmp_path, monkeypatch, wrong):
    """Whatever part of verifying is not green stops the command; else it goes on."""
    proof = ExerciseProof("square", misjudged=["something"] if wrong == "a check" else [])
    follow = Follow("square", 1, 0, ("something",) if wrong == "what a mistake costs" else (), 0, (), 1, ())
    monkeypatch.setattr(verify, "verify", lambda name: [proof])
    monkeypatch.setattr(notebook_run, "mistakes", lambda name: ["something"] if wrong == "the notebook" else [])
    monkeypatch.setattr(deploy, "follow_through", lambda name: [follow])

    if wrong == "nothing":
        command()
        assert (tmp_path / "dist").exists()
        return
    with pytest.raises(AuthorError, match=r"something(.|\n)*`make verify` has to be green first"):
        command()
    assert not (tmp_path / "dist").exists()
