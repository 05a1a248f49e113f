"""Grading again: what a preview says, that it writes nothing, and what stays."""

import csv
import io
import re

import pytest

from autograder import regrade
from autograder.gradebook import Attempt, Gradebook, StudentResult
from autograder.regrade import Change, CheckChange
from tests.autograder import tiny_class
from tests.autograder.class_command import run

# The identity now earns the 2 points for negative inputs, and the threshold check asks for what nobody returns.
CORRECTED = tiny_class.HIDDEN.replace("np.zeros(4)", "-np.arange(4)").replace("np.ones(4)", "np.full(4, 7.0)")
RELU_ONLY = tiny_class.HIDDEN.replace("points=2", "points=3")


@pytest.fixture
def graded(tmp_path):
    """A class of five that has been graded: relu earns 4, 1, 2, 0, 4 of 4, and threshold 2 of 2."""
    tiny_class.write_homework(tmp_path)
    tiny_class.write_class(tmp_path / "class", 5)
    assert run(tmp_path, "class", "class").returncode == 0
    return tmp_path


def test_preview_names_scores_checks_and_amounts_and_writes_nothing(graded):
    """The 2 points for negative inputs become 3: who has them rises by one, for the others only the maximum changes."""
    tiny_class.write_homework(graded, hidden=RELU_ONLY)
    before = _files(graded)

    done = run(graded, "regrade", "--preview")

    assert done.returncode == 0
    assert re.findall(r"(student\d+): (\S+) of 6 -> (\S+) of 7", done.stdout) == [
        ("student000", "6", "7"),
        ("student001", "3", "3"),
        ("student002", "4", "5"),
        ("student003", "2", "2"),
        ("student004", "6", "7"),
    ]
    assert "make build" in done.stderr
    assert done.stdout.count("    relu, negative_inputs_give_zero: 2 -> 3 (+1)") == 3
    assert "5 graded again, 5 scores change: 3 up, 0 down; nothing was written" in done.stdout
    assert _files(graded) == before


def test_regrade_does_what_the_preview_said_and_keeps_history(graded):
    """The same lines; the CSV has the new scores, and each student one earlier result."""
    loaded = tiny_class.write_homework(graded, hidden=RELU_ONLY)

    said = run(graded, "regrade", "--preview").stdout
    done = run(graded, "regrade")

    assert done.stdout.strip() + "; nothing was written" == said.strip()
    assert _scores(graded) == {f"student00{i}": score for i, score in enumerate(["7", "3", "5", "2", "7"])}
    with Gradebook(graded / "reports" / tiny_class.NAME / "gradebook.sqlite") as gradebook:
        assert [result.history for result in gradebook.results(loaded)] == [1] * 5


def test_nothing_is_graded_when_nothing_changed(graded):
    """And nothing is said to change."""
    done = run(graded, "regrade")

    assert done.stdout.strip() == "0 graded again, 0 scores change: 0 up, 0 down"
    assert "graded already" in done.stderr


def test_adjustments_survive_a_regrade_and_are_shown(graded):
    """6 - 50 % is 3 before, 7 - 50 % is 3.5 after; the reason stands in both tables and in the student's file."""
    (graded / "late.csv").write_text("student,exercise,score,reason\nstudent000,total,-50%,a week late\n")
    before = run(graded, "class", "class", "--adjustments", "late.csv")
    first = _scores(graded)["student000"]
    tiny_class.write_homework(graded, hidden=RELU_ONLY)
    after = run(graded, "regrade")

    assert (first, _scores(graded)["student000"]) == ("3", "3.5")
    assert "total -50%: a week late" in " ".join(before.stdout.split())
    assert "decided: total -50%: a week late" in after.stdout
    assert "a week late" in (graded / "reports" / tiny_class.NAME / "students" / "student000.json").read_text()


def test_file_that_is_gone_keeps_its_result(graded):
    """Its student is named; the others are graded again."""
    tiny_class.write_homework(graded, hidden=RELU_ONLY)
    (graded / "class" / "student000.ipynb").unlink()

    done = run(graded, "regrade")

    assert "student000: the file is gone or changed; the result stays" in done.stderr
    assert "4 graded again" in done.stdout
    assert _scores(graded)["student000"] == "6"


def test_texts_that_change_are_counted(graded):
    """A sentence is told in other words: no score changes, and every student who has a report reads it."""
    tiny_class.write_homework(graded, hidden=tiny_class.HIDDEN.replace("is 0.", "is zero."))

    done = run(graded, "regrade", "--preview")

    assert "5 graded again, 0 scores change: 0 up, 0 down; hints or texts change for 5 students; nothing" in done.stdout
    assert "make build" not in done.stderr


def test_hint_that_changes_is_a_text_that_changes():
    """For whom it is new, and for nobody else; a check that is new is none."""

    def given(student, hint, points=1):
        check = {"name": "a", "sentence": "It is 0.", "message": "", "hint": hint}
        report = {"exercises": [{"name": "relu", "points": points, "checks": [check]}]}
        return StudentResult(student, "", None, 1.0, 4.0, published=report)

    before = [given("ada", ""), given("bo", "Try 0."), StudentResult("cy", "", None, 0.0, 4.0)]
    after = [given("ada", ""), given("bo", "Try 1."), StudentResult("cy", "", None, 0.0, 4.0)]

    assert regrade.other_texts(before, after) == 1
    assert not regrade.other_points(before, after)
    assert regrade.other_points(before, [given("ada", "", points=2)])
    assert (
        regrade.summary([], 3, 1)
        == "3 graded again, 0 scores change: 0 up, 0 down; hints or texts change for 1 student"
    )


def test_homework_that_was_never_graded_is_told(tmp_path):
    """No empty gradebook is left behind."""
    tiny_class.write_homework(tmp_path)

    done = run(tmp_path, "regrade")

    assert done.returncode == 1
    assert "there is no gradebook" in done.stderr
    assert not (tmp_path / "reports").exists()


def test_checks_that_come_go_and_wait_are_described():
    """A new check, one that is gone, one that changed; a question mark where a person has to look."""
    checks = (
        CheckChange("relu", "a", None, 2.0),
        CheckChange("relu", "b", 1.0, None),
        CheckChange("relu", "c", 2.0, 0.5),
    )

    assert regrade.described(Change("ada", None, 2.5, 4.0, 4.0, checks, ())) == [
        "ada: ? -> 2.5 of 4",
        "    relu, a: new, 2",
        "    relu, b: gone, was 1",
        "    relu, c: 2 -> 0.5 (-1.5)",
    ]


def test_only_students_whose_score_changes_are_listed():
    """Others, and those who are new, are not."""
    before = [StudentResult("ada", "Ada", None, 1.0, 4.0), StudentResult("alan", "Alan", None, 2.0, 4.0)]
    after = [StudentResult("ada", "Ada", None, 1.0, 4.0), StudentResult("alan", "Alan", None, 3.0, 4.0)]
    after.append(StudentResult("new", "New", None, 3.0, 4.0))

    assert [change.student for change in regrade.changes(before, after)] == ["alan"]


def test_file_counts_as_there_only_with_its_bytes(tmp_path):
    """A changed file is another submission."""
    (tmp_path / "a.ipynb").write_bytes(b"one")
    digest = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"  # sha256sum of "one"
    same = Attempt("ada", "Ada", 1, tmp_path / "a.ipynb", digest)
    other = Attempt("alan", "Alan", 1, tmp_path / "a.ipynb", "0" * 64)

    assert regrade.still_there([same, other], tiny_class.LIMITS) == ([same], [other])


def _files(root):
    folder = root / "reports" / tiny_class.NAME
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _scores(root):
    text = (root / "reports" / tiny_class.NAME / "grades.csv").read_text("utf-8")
    return {row["student"]: row["score"] for row in csv.DictReader(io.StringIO(text))}
