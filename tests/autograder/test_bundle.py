"""The zip for Gradescope: the same bytes each time, everything that grading needs, nothing else."""

import io
import json
import re
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from autograder import assignment, bundle, run_autograder
from autograder.errors import AuthorError
from autograder.homework import ROOT

SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def loaded():
    """A homework of the project."""
    return assignment.load("hw3")


@pytest.fixture(scope="module")
def content(loaded):
    """Its zip."""
    return bundle.make(loaded, SECRET, "after_due_date", 600)


@pytest.fixture(scope="module")
def entries(content):
    """What is in the zip, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: entry for entry in archive.infolist()}


def _text(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_zip_is_the_same_from_another_checkout_at_another_time(loaded, content, tmp_path):
    """Copied elsewhere, with new times and other modes: the same bytes."""
    for name in ("autograder", "nnref", "assignments", "solutions", "requirements.lock"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, tmp_path / name)
    for path in tmp_path.rglob("*.py"):
        path.chmod(0o600)

    elsewhere = assignment.load("hw3", tmp_path)

    assert bundle.make(elsewhere, SECRET, "after_due_date", 600, tmp_path) == content


def test_zip_is_small(content):
    """Under 200 kB."""
    assert len(content) < 200_000


def test_names_times_and_modes_are_fixed(entries):
    """Sorted names; the two scripts can be executed, all else is for root alone."""
    assert list(entries) == sorted(entries)
    assert {entry.date_time for entry in entries.values()} == {(1980, 1, 1, 0, 0, 0)}
    modes = {name: stat.S_IMODE(entry.external_attr >> 16) for name, entry in entries.items()}
    assert {name for name, mode in modes.items() if mode == 0o755} == {"setup.sh", "run_autograder"}
    assert set(modes.values()) == {0o755, 0o600}


def test_platform_finds_its_two_files_at_the_top(entries):
    """As documented: setup.sh and run_autograder, not in a folder."""
    assert {"setup.sh", "run_autograder", "requirements.txt", "settings.json", "secret", "failed.json"} <= set(entries)


def test_nothing_of_other_homeworks_is_in_it(entries):
    """Neither their files nor the parts of the answer key that this one does not use."""
    homeworks = {match[1] for name in entries if (match := re.match(r"(?:assignments|solutions)/(\w+)/", name))}
    keys = {Path(name).stem for name in entries if name.startswith("nnref/")}

    assert homeworks == {"hw3_backprop"}
    assert {"__init__", "layers", "network", "graph"} <= keys
    assert not keys & {"rnn", "optimizers", "normalization", "landscape"}


def test_nothing_that_only_builds_verifies_or_serves_classes_is_in_it(entries):
    """No builder, no pages, no command line, no right answers but the key, no rewrites."""
    unwanted = {"build", "master", "pages", "__main__", "verify", "mutate", "layouts", "cluster", "deploy", "bundle"}

    assert not {f"autograder/{name}.py" for name in unwanted} & set(entries)
    assert not [name for name in entries if name.endswith((".html", ".css", ".md", "rewrites.py", "equivalent.py"))]


def test_worker_is_in_it_whole(entries):
    """The zygote loads it by its place, so every file of it has to be there."""
    worker = {path.name for path in (ROOT / "autograder" / "worker").glob("*.py")}

    assert {Path(name).name for name in entries if name.startswith("autograder/worker/")} == worker


def test_notebooks_hold_code_cells_alone(content):
    """Prose is not needed to grade; the cells that count are those of the student's notebook."""
    cells = json.loads(_text(content, "assignments/hw3_backprop/student/hw3.ipynb"))["cells"]

    assert {cell["cell_type"] for cell in cells} == {"code"}


def test_answers_are_what_the_solution_has_in_place_of_the_students_cells(loaded, content):
    """The exercises, and nothing else."""
    answers = json.loads(_text(content, "answers.json"))

    assert set(answers) == {exercise.name for exercise in loaded.exercises}


def test_settings_say_what_was_chosen(loaded):
    """Visibility, timeout and the digest of the checkout's checks."""
    content = bundle.make(loaded, SECRET, "after_published", 1200)

    settings = run_autograder.Settings(**json.loads(_text(content, "settings.json")))
    assert settings == run_autograder.Settings("hw3_backprop", loaded.digest, "after_published", 1200)
    assert bytes.fromhex(_text(content, "secret")) == SECRET


@pytest.mark.parametrize("seconds", [300, 600, 2400])
def test_script_ends_the_grader_before_the_platform_does(loaded, seconds):
    """With time left to write the results."""
    script = _text(bundle.make(loaded, SECRET, "hidden", seconds), "run_autograder")

    allowed = int(re.search(r"timeout --kill-after=(\d+) (\d+) ", script)[2])
    assert seconds - 60 < allowed < seconds - 5
    assert "@" not in script


def test_zip_that_is_too_large_is_refused(loaded, monkeypatch):
    """The author reads how large it is."""
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)

    with pytest.raises(AuthorError, match=r"has \d+ bytes; at most 1000 are meant to be"):
        bundle.make(loaded, SECRET, "hidden", 600)


def test_scripts_are_valid_shell():
    """Read by the shells that run them."""
    for name, shell in (("setup.sh", "bash"), ("run_autograder", "sh")):
        command = [shell, "-n", str(bundle.TEMPLATES / name)]
        done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603  our own files
        assert (done.returncode, done.stderr) == (0, "")
