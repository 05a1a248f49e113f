"""The zip in a replica of Gradescope: setup.sh for real, then honest and mistaken submissions, and other files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import exports
from autograder.gradebook import StudentResult
from autograder.homework import ROOT
from autograder.limits import Limits
from tests.gradescope import submissions as made
from tests.gradescope.judged import score, sound
from tests.gradescope.machine import CPUS, MEMORY_BYTES
from tests.gradescope.replica import PLATFORM_SECONDS

pytestmark = pytest.mark.slow


def test_setup_ends_with_an_image_that_can_grade(built):
    """setup.sh ends well, after the self-test blocked what it has to and the solution earned everything."""
    _, setup = built

    assert setup.code == 0
    assert "The image is ready to grade." in setup.printed
    assert re.search(r"isolation: processes \+ uid \+ seccomp", setup.printed)
    assert setup.survivors == []


def test_image_holds_nothing_but_python_and_what_grading_imports(replica):
    """No notebook server, no otter, no conda, no browser, no LaTeX."""
    packages = {path.name for path in (replica.image / "opt/homework-kit").glob("lib/python*/site-packages/*")}

    assert {"numpy", "matplotlib", "msgpack"} <= packages
    assert not packages & {"otter", "notebook", "jupytext", "nbformat", "pandas", "playwright", "IPython"}
    assert not [name for name in ("conda", "chromium", "xelatex") if list(replica.image.glob(f"usr/bin/{name}*"))]


def test_source_is_closed_once_the_image_is_built(replica):
    """Nobody but root can list the folder that holds checks, key and secret."""
    source = replica.image / "autograder" / "source"

    assert source.stat().st_mode & 0o777 == 0o700
    assert not [path for path in source.rglob("*") if path.stat().st_mode & 0o077]


def test_solution_earns_everything(outcomes, loaded, valid):
    """Full marks, one test for each check, max scores that add up to the homework."""
    results = sound(outcomes["solution"], valid)

    points = sum(exercise.points for exercise in loaded.exercises)
    assert score(results) == points
    assert sum(test["max_score"] for test in results["tests"]) == points
    assert len(results["tests"]) == sum(len(exercise.checks) for exercise in loaded.exercises)


def test_untouched_notebook_earns_nothing(outcomes, valid):
    """Nothing is earned, and the first test says what to do."""
    results = sound(outcomes["untouched"], valid)

    assert score(results) == 0
    assert "is not started yet" in results["tests"][0]["output"]


@pytest.mark.parametrize("exercise", made.MISTAKEN)
def test_mistake_costs_the_check_that_it_names_and_shows_its_hint(outcomes, loaded, valid, exercise):
    """A wrong answer fails the check that must catch it, reads its hint, and all other exercises stay whole."""
    results = sound(outcomes[f"wrong_{exercise}"], valid)

    answer = loaded.wrongs[exercise][0]
    failed = [test for test in results["tests"] if test["status"] == "failed"]
    assert {test["extra_data"]["exercise"] for test in failed} == {exercise}
    assert answer.caught_by in {test["extra_data"]["check"] for test in failed}
    assert f"Hint: {' '.join(answer.hint.split())}" in failed[0]["output"]


def test_verdicts_equal_those_of_grading_the_class(outcomes, honest, loaded, gradebook, tmp_path):
    """The canonical CSV made from the results files is, byte for byte, the one of the class command."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name, content in honest.items():
        (folder / f"{name}.ipynb").write_bytes(content)
    command = [sys.executable, "-m", "autograder", "class", loaded.name, str(folder), "--out", str(tmp_path)]
    book = gradebook / "gradebook.sqlite"
    subprocess.run([*command, "--gradebook", str(book)], cwd=ROOT, check=True, capture_output=True, timeout=300)  # noqa: S603

    results = [_student_result(name, outcome.results) for name, outcome in outcomes.items()]

    assert exports.grades_csv(results).encode() == (tmp_path / "grades.csv").read_bytes()


def _student_result(name, results):
    """What the platform was told, as the gradebook would hold it."""
    scores, points = {}, {}
    for test in results["tests"]:
        exercise = test["extra_data"]["exercise"]
        scores[exercise] = scores.get(exercise, 0.0) + test["score"]
        points[exercise] = points.get(exercise, 0.0) + test["max_score"]
    exercises = [{"name": exercise, "points": points[exercise]} for exercise in points]
    report = results["extra_data"] | {"exercises": exercises, "earned": results["score"]}
    total = sum(points.values())
    return StudentResult(name, name, report, results["score"], total, exercises=scores)


def test_checks_of_the_zip_are_identified_as_in_the_checkout(outcomes, loaded):
    """A result names the digest, versions and isolation with which it can be replayed."""
    provenance = outcomes["solution"].results["extra_data"]["provenance"]

    assert provenance["checks"] == loaded.digest
    assert {"kit", "submission", "isolation", "selftest", "python", "numpy"} <= provenance.keys()


def test_limits_are_those_of_the_container(outcomes, loaded):
    """Half a processor and 768 MB are seen: twice the time, and memory below the container's."""
    limits = outcomes["solution"].results["extra_data"]["limits"]

    assert limits["submission_seconds"] < PLATFORM_SECONDS
    assert limits["cell_seconds"] == Limits(**loaded.limits).cell_seconds / CPUS
    assert limits["address_space_mb"] < MEMORY_BYTES / 2**20 + 300


def test_notebook_counts_under_any_name(replica, solution, loaded, valid):
    """A name with spaces, brackets and an upper-case ending, in a folder, beside files that do not matter."""
    files = {"final (2)/Homework 3 FINAL.IPYNB": made.encoded(solution), "data.csv": b"1,2\n", "._x.ipynb": b"x"}
    files["final (2)/.ipynb_checkpoints/hw3-checkpoint.ipynb"] = b"{}"

    results = sound(replica.submit(files), valid)

    assert score(results) == sum(exercise.points for exercise in loaded.exercises)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"hw3.zip": b"PK\x03\x04 and so on"}, "The file is a zip archive. Please hand in the notebook (.ipynb)"),
        ({"hw3.py": b"print(1)\n"}, "The file is not a notebook"),
        ({}, "There is no notebook in what was handed in, no file at all. Please hand in the notebook (.ipynb)"),
        ({"a.py": b"", "b.txt": b""}, "There is no notebook in what was handed in, only a.py and b.txt."),
        ({"a.ipynb": b"{}", "b.ipynb": b"{}"}, "a.ipynb and b.ipynb were handed in. Which one counts?"),
        ({"hw3.ipynb": b"{}"}, "The file holds no list of cells"),
    ],
    ids=["zip", "py", "nothing", "no notebook", "two notebooks", "broken"],
)
def test_student_reads_what_was_wrong_with_the_file(replica, valid, files, said):
    """Nothing to grade: a visible sentence says what to hand in instead, and the score is 0."""
    results = sound(replica.submit(files), valid)

    assert said in results["output"]
    assert results["visibility"] == "visible"
    assert score(results) == 0


def test_figures(built, content, outcomes, capsys):
    """Prints what deploying costs, and holds it to the budget."""
    made_of, setup = built
    installed = _megabytes(made_of.image / "opt" / "homework-kit")
    seconds = outcomes["solution"].seconds
    with capsys.disabled():
        print(f"\nzip {len(content) / 1000:.0f} kB; setup.sh {setup.seconds:.0f} s; installed {installed:.0f} MB")
        print(f"one cold submission {seconds:.1f} s on half a processor, {outcomes['solution'].peak_mb} MB at most")

    assert len(content) < 200_000
    assert seconds < 20


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*")) / 2**20
