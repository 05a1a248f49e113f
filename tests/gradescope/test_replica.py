"""The zip in a replica of Gradescope: setup.sh for real, then honest, mistaken, damaged and hostile submissions."""

import ast
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import exports
from autograder.assignment import ROOT
from autograder.gradebook import StudentResult
from tests.gradescope import submissions as made
from tests.gradescope.replica import CPUS, MEMORY_BYTES, PLATFORM_SECONDS

pytestmark = pytest.mark.slow
CODE = (ast.Assign, ast.Return, ast.Assert)
HARMLESS_CHANGES = {"autograder/source", "autograder/results", "autograder/submission_metadata.json"}
MISTAKEN = ("two_neuron_gradients", "softmax_cross_entropy_grad", "graph_backprop")


@pytest.fixture(scope="session")
def solution(loaded):
    """The notebook with every answer."""
    return json.loads(loaded.homework.solution_notebook.read_text("utf-8"))


@pytest.fixture(scope="session")
def untouched(loaded):
    """The notebook as students get it."""
    return json.loads(loaded.homework.notebook.read_text("utf-8"))


@pytest.fixture(scope="session")
def honest(loaded, solution, untouched):
    """Submissions by the student's id: right, untouched, one mistake each, and an essay."""
    wrong = {f"wrong_{name}": made.with_answer(solution, loaded.wrongs[name][0]) for name in MISTAKEN}
    notebooks = {"solution": solution, "untouched": untouched, **wrong}
    return {name: made.encoded(notebook) for name, notebook in notebooks.items()} | {"essay": b"My laptop broke.\n"}


@pytest.fixture(scope="session")
def outcomes(replica, honest):
    """What the replica makes of them."""
    return {name: replica.submit({f"{name}.ipynb": content}) for name, content in honest.items()}


@pytest.fixture(scope="module")
def listener():
    """A port on which somebody listens, and a function that says whether anybody came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1], lambda: _has_visitor(server)


def _has_visitor(server):
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _score(results):
    assert results["score"] == sum(test["score"] for test in results["tests"])
    return results["score"]


def _points(loaded, *exercises):
    return sum(loaded.exercise(name).points for name in exercises)


def _sound(outcome, valid):
    """What holds for every submission, whatever it did; gives its results."""
    assert (outcome.code, outcome.timed_out, outcome.survivors) == (0, False, [])
    assert set(outcome.changes) <= HARMLESS_CHANGES
    assert made.CANARY not in outcome.text
    assert "forged" not in outcome.text
    return valid(outcome.results)


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
    results = _sound(outcomes["solution"], valid)

    points = sum(exercise.points for exercise in loaded.exercises)
    assert _score(results) == points
    assert sum(test["max_score"] for test in results["tests"]) == points
    assert len(results["tests"]) == sum(len(exercise.checks) for exercise in loaded.exercises)


def test_untouched_notebook_earns_nothing(outcomes, valid):
    """Nothing is earned, and the first test says what to do."""
    results = _sound(outcomes["untouched"], valid)

    assert _score(results) == 0
    assert "is not started yet" in results["tests"][0]["output"]


@pytest.mark.parametrize("exercise", MISTAKEN)
def test_mistake_costs_the_check_that_it_names_and_shows_its_hint(outcomes, loaded, valid, exercise):
    """A wrong answer fails the check that must catch it, reads its hint, and all other exercises stay whole."""
    results = _sound(outcomes[f"wrong_{exercise}"], valid)

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
    report = {
        "attention": results["extra_data"]["attention"],
        "exercises": [{"name": exercise, "points": points[exercise]} for exercise in points],
    }
    total = sum(points.values())
    return StudentResult(name, name, report, results["score"], total, exercises=scores)


def test_checks_of_the_zip_are_identified_as_in_the_checkout(outcomes, loaded):
    """A result names the digest, versions and isolation with which it can be replayed."""
    provenance = outcomes["solution"].results["extra_data"]["provenance"]

    assert provenance["checks"] == loaded.digest
    assert {"kit", "submission", "isolation", "selftest", "python", "numpy"} <= provenance.keys()


def test_limits_are_those_of_the_container(outcomes):
    """Half a processor and 768 MB are seen: twice the time, and memory below the container's."""
    limits = outcomes["solution"].results["extra_data"]["limits"]

    assert limits["submission_seconds"] < PLATFORM_SECONDS
    assert limits["cell_seconds"] == 20 / CPUS
    assert limits["address_space_mb"] < MEMORY_BYTES / 2**20 + 300


def test_notebook_counts_under_any_name(replica, solution, loaded, valid):
    """A name with spaces, brackets and an upper-case ending, in a folder, beside files that do not matter."""
    files = {"final (2)/Homework 3 FINAL.IPYNB": made.encoded(solution), "data.csv": b"1,2\n", "._x.ipynb": b"x"}
    files["final (2)/.ipynb_checkpoints/hw3-checkpoint.ipynb"] = b"{}"

    results = _sound(replica.submit(files), valid)

    assert _score(results) == sum(exercise.points for exercise in loaded.exercises)


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
    results = _sound(replica.submit(files), valid)

    assert said in results["output"]
    assert results["visibility"] == "visible"
    assert _score(results) == 0


ATTACKS = sorted(made.hostile(0))


@pytest.mark.parametrize("landlock", [True, False], ids=["landlock", "old kernel"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_earns_and_learns_nothing(replica, untouched, listener, valid, loaded, attack, landlock):
    """The score is that of the untouched notebook; nothing of key, checks, secret or results got out or was changed."""
    port, has_visitor = listener
    notebook = made.with_first_cell(untouched, made.hostile(port)[attack])

    outcome = replica.submit({"hw3.ipynb": made.encoded(notebook)}, landlock=landlock)

    results = _sound(outcome, valid)
    assert _score(results) == 0
    assert "STOLEN" not in outcome.text
    assert not _secrets(replica, outcome.text)
    assert not has_visitor()


def test_attacks_would_succeed_if_nothing_kept_them_from_it(replica, untouched, listener):
    """Run as root, outside a worker, the same code overwrites, reads, connects and leaves files."""
    port, has_visitor = listener
    python = ["/opt/homework-kit/bin/python", "-c"]

    def unprotected(attack):
        cell = made.hostile(port)[attack]
        return replica.submit({"hw3.ipynb": made.encoded(untouched)}, command=[*python, cell])

    assert unprotected("results overwritten before").changes.keys() - HARMLESS_CHANGES
    assert _secrets(replica, unprotected("source read").text + unprotected("source read").printed)
    assert unprotected("disk filled").changes.keys() - HARMLESS_CHANGES
    unprotected("network")
    assert has_visitor()


def _secrets(replica, text):
    """Lines of the key, the checks and the secret that stand in `text`."""
    source = replica.image / "autograder" / "source"
    private = [source / "secret", *(source / "nnref").glob("*.py"), *(source / "solutions").rglob("*.py")]
    lines = {line for path in private for line in _code_lines(path)}
    return [line for line in lines if line in text]


def _code_lines(path):
    """The longer lines of code of a file, as JSON would show them; hints and sentences are meant to be read."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        statements = [
            node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Assign, ast.Return, ast.Assert))
        ]
        text = "\n".join(ast.get_source_segment(text, node) or "" for node in statements)
    return {json.dumps(line.strip())[1:-1] for line in text.splitlines() if len(line.strip()) > 30}


@pytest.mark.parametrize("landlock", [True, False], ids=["landlock", "old kernel"])
@pytest.mark.parametrize("ruin", sorted(made.RUINED))
def test_ruined_answer_costs_its_own_exercise_only(replica, solution, valid, loaded, ruin, landlock):
    """Whatever the last function does to its process, everything else keeps its points."""
    last = loaded.exercises[-1]
    notebook = made.with_body(solution, last, made.RUINED[ruin])

    results = _sound(replica.submit({"hw3.ipynb": made.encoded(notebook)}, landlock=landlock), valid)

    lost = {test["extra_data"]["exercise"] for test in results["tests"] if test["status"] == "failed"}
    assert lost == {last.name}
    assert _score(results) == sum(exercise.points for exercise in loaded.exercises) - last.points


def test_results_come_before_the_platform_ends_the_container(replica, solution, valid, loaded):
    """Cells that never end use up the time; what was judged before keeps its points, and the results are there."""
    settings = json.loads((replica.image / "autograder/source/settings.json").read_text())
    short = {"autograder/source/settings.json": json.dumps(settings | {"seconds": 100}).encode()}
    first = loaded.exercises[0]
    place = next(i for i, cell in enumerate(solution["cells"]) if cell.get("id") == f"check-{first.name}")
    endless = [
        made.with_first_cell({"cells": []}, "while True:\n    pass")["cells"][0] | {"id": f"e{i}"} for i in range(9)
    ]
    cells = [*solution["cells"][: place + 1], *endless, *solution["cells"][place + 1 :]]

    outcome = replica.submit({"hw3.ipynb": made.encoded(solution | {"cells": cells})}, image=short, seconds=100)

    assert outcome.code == 0
    assert not outcome.timed_out
    earned = {test["extra_data"]["exercise"] for test in valid(outcome.results)["tests"] if test["score"]}
    assert earned == {first.name}


SOURCE = "autograder/source/"
BROKEN_CHECK = b"""
from autograder.check import check

@check(points=1)
def a_broken_check(relu_grad):
    \"\"\"Nothing.\"\"\"
    relu_grad.nonsense
"""
OUR_FAULTS = {
    "no secret": {SOURCE + "secret": None},
    "an engine that cannot be imported": {SOURCE + "autograder/grade.py": b"this is no Python"},
    "an engine that ends": {SOURCE + "autograder/grade.py": b"import os\nos.kill(os.getpid(), 9)"},
    "a check that breaks": {SOURCE + "assignments/hw3_backprop/public.py": BROKEN_CHECK},
    "setup that did not finish": {SOURCE + "ready": None},
    "no environment": {"opt/homework-kit/bin/python": b"#!/bin/sh\nexit 1\n"},
}


@pytest.mark.parametrize("fault", sorted(OUR_FAULTS))
def test_fault_of_ours_is_no_score(replica, solution, valid, fault):
    """Results that say whose fault it is, without a score; the student sees no detail, staff finds it in stdout."""
    outcome = replica.submit({"hw3.ipynb": made.encoded(solution)}, image=OUR_FAULTS[fault])

    _says_that_the_grader_failed(outcome, valid)


def test_grader_that_hangs_is_ended_and_is_no_score(replica, solution, valid):
    """The shell script ends it and writes the results, before the platform would."""
    script = (replica.image / "autograder" / "run_autograder").read_text()
    seconds = str(PLATFORM_SECONDS - 20)
    assert f"timeout --kill-after=5 {seconds} " in script
    hangs = {
        "autograder/run_autograder": script.replace(seconds, "2").encode(),
        SOURCE + "autograder/run_autograder.py": b"import time\ntime.sleep(1000)\n",
    }

    outcome = replica.submit({"hw3.ipynb": made.encoded(solution)}, image=hangs)

    assert outcome.seconds < 10
    _says_that_the_grader_failed(outcome, valid)


def _says_that_the_grader_failed(outcome, valid):
    results = valid(outcome.results)
    assert "score" not in results
    assert [test.keys() & {"score", "max_score"} for test in results["tests"]] == [set()]
    assert results["output"].startswith("The grader itself failed. This is not your fault")
    assert results["tests"][0]["visibility"] == "visible"
    assert "Traceback" not in outcome.text
    assert outcome.printed.strip()
    assert results["stdout_visibility"] == "hidden"
    assert (outcome.survivors, outcome.timed_out) == ([], False)


OTHER_HASH = b"msgpack==1.2.4 --hash=sha256:" + b"0" * 64
OLD_PYTHON = b"#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ({"usr/bin/python3": OLD_PYTHON}, "Python 3.10 to 3.14 is needed; this image has Python 3.9.2"),
        ({"usr/bin/apt-get": None}, "There is no apt here. Choose Ubuntu 22.04 or newer as the base image."),
        (
            {"autograder/source/requirements.txt": b"msgpack==1.2.4 --hash=sha256:" + b"0" * 64},
            "DO NOT MATCH THE HASHES",
        ),
        ({"autograder/source/answers.json": b"{}"}, "The self-test found that this image cannot grade"),
    ],
    ids=["old Python", "no apt", "wrong hash", "self-test"],
)
def test_setup_fails_loudly_where_the_image_could_not_grade(replica, image, said):
    """A sentence and an exit code; what could not grade is not marked as ready."""
    outcome = replica.set_up_again(image)

    assert outcome.code == 1
    assert "==== SETUP FAILED ====" in outcome.printed
    assert said in outcome.printed
    assert "ready to grade" not in outcome.printed


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
