"""A class in slots: the expected scores, whatever the number of slots, the order, or what dies on the way."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import classroom, exports, slots
from autograder.choice import Entry
from autograder.classroom import file_digest
from autograder.gradebook import Gradebook, Graded
from autograder.slots import Setup
from tests.autograder import tiny_class
from tests.autograder.tiny_class import LIMITS

CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")
DEADLY = """
import os, signal, time
from pathlib import Path

@check(points=1)
def grader_survives(relu):
    \"\"\"relu of 1 is a number.\"\"\"
    value = float(np.sum(relu(np.ones(1))))
    if value == 42:
        os.kill(os.getpid(), signal.SIGKILL)
    if value == 43:
        time.sleep(600)
    if value == 44 and not Path({marker!r}).exists():
        Path({marker!r}).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if value == 45:
        os._exit(3)
"""


def _graded(loaded, folder, count, book, *, order=lambda attempts: attempts, setup=None):
    """The results of grading a folder with `count` slots."""
    setup = setup or Setup.of(loaded, bytes(32), LIMITS)
    key = classroom.key_of(loaded, LIMITS)
    with Gradebook(book) as gradebook:
        gradebook.enrol(loaded.name, classroom.attempts_of(tiny_class.entries(folder), LIMITS))
        pending = order(gradebook.pending(key))
        classroom.grade(gradebook, loaded, key, lambda ones: classroom.in_slots(setup, ones, count), pending)
        return gradebook.results(loaded)


def _children():
    return CHILDREN.read_text().split()


def _constant(value):
    return tiny_class.notebook(f"def relu(z):\n    return np.full(1, {value}.0)\n")


def test_class_gets_the_expected_scores_whatever_the_slots_and_the_order(tmp_path):
    """One slot, three slots, and the students backwards: the same table, byte for byte."""
    loaded = tiny_class.write_homework(tmp_path)
    expected = tiny_class.write_class(tmp_path / "class", 12)

    one = _graded(loaded, tmp_path / "class", 1, tmp_path / "one.sqlite")
    three = _graded(loaded, tmp_path / "class", 3, tmp_path / "three.sqlite")
    back = _graded(loaded, tmp_path / "class", 2, tmp_path / "back.sqlite", order=lambda ones: ones[::-1])

    assert {result.student: result.score for result in one} == expected
    assert exports.grades_csv(one) == exports.grades_csv(three) == exports.grades_csv(back)
    assert (
        [result.report for result in one] == [result.report for result in three] == [result.report for result in back]
    )


def test_submission_that_ends_its_slot_gets_a_second_try_then_a_grader_error(tmp_path, monkeypatch):
    """Killed always, killed once, stuck, exited: the class goes on, and only what fails twice needs a person."""
    monkeypatch.setattr(slots, "GRACE_SECONDS", 1.0)
    marker = str(tmp_path / "died once")
    loaded = tiny_class.write_homework(tmp_path, hidden=tiny_class.HIDDEN + DEADLY.format(marker=marker))
    folder = tmp_path / "class"
    tiny_class.write_class(folder, 1)
    for name, value in {"always": 42, "exits": 45, "once": 44, "stuck": 43}.items():
        (folder / f"{name}.ipynb").write_text(_constant(value))
    setup = Setup.of(loaded, bytes(32), replace(LIMITS, submission_seconds=1.0))

    results = {one.student: one for one in _graded(loaded, folder, 2, tmp_path / "book.sqlite", setup=setup)}

    scores = {student: result.score for student, result in results.items()}
    assert scores == {"always": None, "exits": None, "once": 3.0, "student000": 7.0, "stuck": None}
    assert results["always"].report["attention"] == "grader error"
    assert "SIGKILL" in json.dumps(results["always"].report)
    assert "SIGKILL" not in json.dumps(results["always"].published)
    assert "exit code 3" in json.dumps(results["exits"].report)


@pytest.mark.skipif(not CHILDREN.exists(), reason="looks at processes in /proc")
def test_slots_end_with_the_class_that_is_given_up(tmp_path):
    """Closing the generator in the middle, as Ctrl-C does, leaves no process behind."""
    loaded = tiny_class.write_homework(tmp_path)
    tiny_class.write_class(tmp_path / "class", 4)
    attempts = classroom.attempts_of(tiny_class.entries(tmp_path / "class"), LIMITS)
    before = _children()
    outcomes = classroom.in_slots(Setup.of(loaded, bytes(32), LIMITS), attempts, 2)

    assert isinstance(next(outcomes)[1], Graded)
    outcomes.close()

    assert _children() == before


def test_digest_is_of_the_files_bytes(tmp_path):
    """SHA-256, as the command line gives it; what is no file has none, and nothing is read without end."""
    path, folder, link = tmp_path / "a.ipynb", tmp_path / "folder.ipynb", tmp_path / "link.ipynb"
    path.write_bytes(b"{}")
    folder.mkdir()
    link.symlink_to("/dev/zero")

    assert file_digest(path, LIMITS) == hashlib.sha256(b"{}").hexdigest()
    assert [file_digest(one, LIMITS) for one in (folder, link, tmp_path / "nowhere")] == ["", "", ""]


def test_digest_of_a_file_that_is_too_long_is_of_its_length(tmp_path):
    """Ten gigabytes need not be read to know that they are refused."""
    path = tmp_path / "long.ipynb"
    with path.open("wb") as file:
        file.truncate(LIMITS.notebook_bytes + 1)
    first = file_digest(path, LIMITS)
    with path.open("wb") as file:
        file.truncate(LIMITS.notebook_bytes + 2)

    assert len(first) == 64
    assert first != file_digest(path, LIMITS)


def test_attempts_of_a_student_have_different_numbers(tmp_path):
    """Two entries that a layout both calls the first become the first and the second; gaps stay."""
    numbers = {"ada": (1, 1, 5), "alan": (2, 3)}
    entries = [Entry(student, student, None, attempt) for student in numbers for attempt in numbers[student]]

    found = [(one.student, one.attempt) for one in classroom.attempts_of(entries, LIMITS)]

    assert found == [("ada", 1), ("ada", 2), ("ada", 5), ("alan", 2), ("alan", 3)]


def test_names_that_are_no_unicode_can_be_kept(tmp_path):
    """The bytes that make no letter are written out."""
    (tmp_path / os.fsdecode(b"\xff.ipynb")).write_text(tiny_class.notebook())

    (attempt,) = classroom.attempts_of(tiny_class.entries(tmp_path), LIMITS)

    assert attempt.student == "\\udcff"
