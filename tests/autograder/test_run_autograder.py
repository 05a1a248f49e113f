"""What runs in a Gradescope container, without one: which file is graded, what is closed, what is written."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from autograder import assignment, bundle, isolation, run_autograder, submission
from autograder.errors import GraderError, SubmissionError
from autograder.homework import ROOT
from autograder.run_autograder import Deployed, Settings, pick

SETTINGS = Settings("hw3_backprop", "digest of the checkout", "hidden", 600)
RUN = """
import sys
from pathlib import Path
from autograder import run_autograder
run_autograder.run(Path(sys.argv[1]), Path(sys.argv[2]))
print("FILES", sorted({m.__file__ for m in sys.modules.values() if getattr(m, "__file__", None)}))
"""


@pytest.fixture
def home(tmp_path):
    """The documented folders."""
    for name in ("source", "submission", "results"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def deployed(home):
    """The folders with the zip's content and a solution in it; gives both."""
    loaded = assignment.load("hw3")
    for name, content in bundle.files(loaded, SETTINGS).items():
        path = home / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (home / "source" / "secret").write_text("ab" * 32)
    shutil.copy(loaded.homework.solution_notebook, home / "submission" / "my homework.ipynb")
    return home


def _put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


@pytest.mark.parametrize(
    ("names", "picked"),
    [
        (["hw3.ipynb"], "hw3.ipynb"),
        (["Homework 3 (1).IPYNB", "notes.txt", "data/points.csv"], "Homework 3 (1).IPYNB"),
        (["deep/down/x.ipynb", ".ipynb_checkpoints/x-checkpoint.ipynb", "__MACOSX/._x.ipynb", "._x.ipynb"], "x.ipynb"),
        (["renamed.json"], "renamed.json"),
        (["hw3.py"], "hw3.py"),
        (["hw3.zip", ".DS_Store"], "hw3.zip"),
    ],
)
def test_one_notebook_or_the_only_file_is_picked(tmp_path, names, picked):
    """Under any name, beside files that systems add; what a lone other file is, reading it will tell."""
    _put(tmp_path, *names)

    assert pick(tmp_path).name == picked


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "There is no notebook in what was handed in, no file at all."),
        ([".DS_Store"], "no file at all"),
        (["a.py", "b.py"], "only a.py and b.py. Please hand in the notebook"),
        (["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"], "only 1.txt, 2.txt, 3.txt and 2 more."),
        (
            ["a.ipynb", "b/c.ipynb"],
            "a.ipynb and c.ipynb were handed in. Which one counts? Please hand in one notebook.",
        ),
    ],
)
def test_none_or_several_are_refused_with_a_sentence(tmp_path, names, said):
    """The student reads what was found and what to do."""
    _put(tmp_path, *names)

    with pytest.raises(SubmissionError) as refused:
        pick(tmp_path)

    assert said in str(refused.value)


def test_links_are_not_followed(tmp_path):
    """A link to the solution is no notebook, and a link to a folder is not entered."""
    _put(tmp_path / "elsewhere", "solution.ipynb")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "mine.ipynb").symlink_to(tmp_path / "elsewhere" / "solution.ipynb")
    (folder / "more").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SubmissionError, match="no file at all"):
        pick(folder)


def test_names_of_files_are_made_harmless(tmp_path):
    """A name with control characters stands in the sentence without them."""
    _put(tmp_path, "a\x1b[31m.ipynb", "b.ipynb")

    with pytest.raises(SubmissionError) as refused:
        pick(tmp_path)

    assert "\x1b" not in str(refused.value)


def test_everything_private_is_closed_first(home, monkeypatch):
    """Source, results and what the platform tells of earlier submissions: for root alone, before anything else."""
    (home / "submission_metadata.json").write_text("{}")
    modes = []
    paths = [home / "source", home / "results", home / "submission_metadata.json"]
    monkeypatch.setattr(
        run_autograder, "_results", lambda *_: modes.extend(path.stat().st_mode & 0o777 for path in paths) or {}
    )

    run_autograder.run(home, home / "source")

    assert modes == [0o700, 0o700, 0o600]


def test_any_exception_becomes_results_without_a_score(home, capsys):
    """The traceback is printed, for staff; students read that it is not their fault."""
    run_autograder.run(home, home / "source")  # nothing lies there

    results = json.loads((home / "results" / "results.json").read_text())
    assert "score" not in json.dumps(results).replace("not a score", "")
    assert "FileNotFoundError" in capsys.readouterr().out
    assert "FileNotFoundError" not in json.dumps(results)


def test_results_are_written_whole(home, monkeypatch):
    """A write that breaks off leaves what was there before, and no part of the new."""
    run_autograder.write({"score": 1}, home / "results")

    with pytest.raises(TypeError):
        run_autograder.write({"score": 2, "later": object()}, home / "results")

    assert json.loads((home / "results" / "results.json").read_text()) == {"score": 1}


def test_secret_that_is_missing_is_our_fault(deployed):
    """A new one would change every hidden input, unseen."""
    (deployed / "source" / "secret").unlink()

    with pytest.raises(GraderError, match="secret is missing"):
        Deployed.read(deployed / "source")
    assert not (deployed / "source" / "secret").exists()


def test_zip_grades_by_itself(deployed):
    """Full marks from the zip's own files: no module is loaded from the checkout, and no package that is not pinned."""
    try:
        isolation.choose(isolation.this_machine())
    except isolation.IsolationError as error:
        pytest.skip(str(error))

    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", RUN, str(deployed), str(deployed / "source")],
        cwd=deployed / "source",
        env={**os.environ, "PYTHONPATH": str(deployed / "source")},
        capture_output=True,
        text=True,
        timeout=120,
    )

    results = json.loads((deployed / "results" / "results.json").read_text())
    assert results["score"] == sum(test["max_score"] for test in results["tests"]) > 0, done.stdout + done.stderr
    assert results["extra_data"]["provenance"]["checks"] == SETTINGS.checks
    assert {test["visibility"] for test in results["tests"]} == {"visible", "hidden"}
    files = done.stdout.partition("FILES")[2]
    assert f"{ROOT}/autograder" not in files
    assert "site-packages/nbformat" not in files


def test_solution_is_the_solution_notebook(deployed):
    """Its code cells, put together from the student's notebook and the answers."""
    found = Deployed.read(deployed / "source")

    put_together = run_autograder.solution(found, deployed / "source")

    notebook = assignment.load("hw3").homework.solution_notebook
    assert put_together.digest == submission.read(notebook, found.limits).digest


def test_hidden_seeds_are_those_of_the_checkout(deployed):
    """The same secret and name: hidden inputs are those of grading the class, and an appeal can be replayed."""
    found = Deployed.read(deployed / "source")

    assert found.secret == bytes.fromhex("ab" * 32)
    assert found.loaded.name == SETTINGS.homework
    assert found.loaded.digest == SETTINGS.checks
