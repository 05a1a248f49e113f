"""The gradebook: what is used again, what counts, what is kept, and that nothing is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.adjustments import Adjustment
from autograder.classroom import grader_error
from autograder.errors import KitError
from autograder.gradebook import Attempt, Gradebook, Graded, Key
from autograder.homework import ROOT
from tests.autograder import tiny_class

KEY = Key(tiny_class.NAME, "checks 1", "kit 1", "limits 1")
HOLD_FOREVER = "import sys, time; from pathlib import Path; from autograder.gradebook import Gradebook\n"
HOLD_FOREVER += "book = Gradebook(Path(sys.argv[1])); print('open', flush=True); time.sleep(600)"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The tiny homework."""
    return tiny_class.write_homework(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def path(tmp_path):
    """Where a gradebook may lie."""
    return tmp_path / "reports" / "gradebook.sqlite"


def _attempt(student="ada", submission="digest 1", attempt=1, path="ada.ipynb"):
    return Attempt(student, student.title(), attempt, None if path is None else Path(path), submission)


def _graded(relu, threshold=2.0):
    """A report in which `relu` and `threshold` earned so much."""
    scores = {"relu": relu, "threshold": threshold}
    exercises = [
        {"name": name, "points": 4.0, "earned": earned, "checks": [{"name": "c", "earned": earned, "status": "FAILED"}]}
        for name, earned in scores.items()
    ]
    content = {"assignment": tiny_class.NAME, "points": 6.0, "earned": relu + threshold, "exercises": exercises}
    return Graded(json.dumps(content), json.dumps(content | {"hidden": "value"}))


def test_result_is_kept_and_read_again(path, loaded):
    """What was recorded is there after closing, with the student's and the staff's report apart."""
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), _graded(1.0))

    with Gradebook(path) as gradebook:
        (result,) = gradebook.results(loaded)

    assert (result.student, result.name, result.score, result.points) == ("ada", "Ada", 3.0, 6.0)
    assert result.exercises == {"relu": 1.0, "threshold": 2.0}
    assert result.report["hidden"] == "value"
    assert "hidden" not in result.published


CHANGED = [
    (replace(KEY, checks="checks 2"), _attempt()),
    (replace(KEY, kit="kit 2"), _attempt()),
    (replace(KEY, limits="limits 2"), _attempt()),
    (replace(KEY, homework="hw1_other"), _attempt()),
    (KEY, _attempt(submission="digest 2")),
    (KEY, _attempt(student="alan")),
]


@pytest.mark.parametrize(("key", "attempt"), CHANGED)
def test_result_is_used_again_only_if_everything_is_the_same(path, key, attempt):
    """A change of homework, checks, kit, limits, bytes or student asks for a new result; without one there is none."""
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), _graded(1.0))
        gradebook.enrol(KEY.homework, [_attempt()])
        unchanged = gradebook.pending(KEY)
        gradebook.enrol(key.homework, [attempt])

        assert unchanged == []
        assert gradebook.pending(key) == [attempt]


def test_result_of_earlier_checks_is_used_again_when_they_come_back(path, loaded):
    """A correction that is taken back needs no grading, and the first result stands again."""
    later = replace(KEY, checks="checks 2")
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), _graded(1.0))
        gradebook.record(later, _attempt(), _graded(4.0))
        with_correction = gradebook.results(loaded)[0]

        assert gradebook.pending(KEY) == []
        assert with_correction.score == 6.0
        assert gradebook.results(loaded)[0].score == 3.0
        assert gradebook.results(loaded)[0].history == 1


def test_error_of_the_grader_is_no_score_and_is_tried_again(path, loaded):
    """It is pending once more; an adjustment by a person gives a score in the meantime."""
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), grader_error(loaded, _attempt(), "it broke"))
        without = gradebook.results(loaded)[0]
        gradebook.adjust(KEY.homework, [Adjustment("ada", "relu", "4", "r"), Adjustment("ada", "threshold", "1", "r")])

        assert gradebook.pending(KEY) == [_attempt()]
        assert without.score is None
        assert gradebook.results(loaded)[0].score == 5.0


@pytest.mark.parametrize(("best", "score"), [(False, 3.0), (True, 6.0)])
def test_last_attempt_counts_or_the_best(path, loaded, best, score):
    """Of 2 + 2, 4 + 2 and 1 + 2 points; an attempt without a file never counts before one with a file."""
    attempts = [_attempt(submission=f"digest {number}", attempt=number) for number in (1, 2, 3)]
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [*attempts, _attempt(submission="", attempt=4, path=None)], best=best)
        for attempt, relu in zip(attempts, (2.0, 4.0, 1.0), strict=True):
            gradebook.record(KEY, attempt, _graded(relu))

        (result,) = gradebook.results(loaded)

    assert result.score == score


def test_only_the_last_attempt_is_graded_unless_the_best_counts(path):
    """Nothing is graded that cannot count."""
    attempts = [_attempt(submission=f"digest {number}", attempt=number) for number in (1, 2)]
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, attempts)
        last = gradebook.pending(KEY)
        gradebook.enrol(KEY.homework, attempts, best=True)

        assert last == attempts[1:]
        assert gradebook.pending(KEY) == attempts


def test_student_without_a_file_has_no_points_and_no_report(path, loaded):
    """The reason is kept, and nothing is pending."""
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [replace(_attempt(path=None, submission=""), problem="Nothing was handed in.")])

        (result,) = gradebook.results(loaded)

        assert gradebook.pending(KEY) == []
    assert (result.report, result.score, result.points, result.problem) == (None, 0.0, 6.0, "Nothing was handed in.")


def test_names_of_any_bytes_are_kept(path):
    """A path that is no Unicode comes back as it was."""
    odd = os.fsdecode(b"class/\xff\xfe.ipynb")
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt(path=odd)])

        assert gradebook.attempts(KEY.homework)[0].path == Path(odd)


def test_gradebook_is_its_owners_alone(path):
    """Grades are private: nobody else may read the file, whatever the folder allows."""
    with Gradebook(path):
        assert path.stat().st_mode & 0o077 == 0


def test_second_run_is_refused_and_the_first_goes_on(path):
    """The refusal names the file; when the first is closed, the gradebook can be opened again."""
    with Gradebook(path) as gradebook:
        with pytest.raises(KitError, match=rf"another run is using {path}"):
            Gradebook(path)
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), _graded(1.0))

    with Gradebook(path) as gradebook:
        assert gradebook.pending(KEY) == []


def test_lock_ends_with_a_process_that_is_killed(path):
    """Another process holds it until SIGKILL, and not a moment longer."""
    command = [sys.executable, "-c", HOLD_FOREVER, str(path)]
    holder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603  our own interpreter
    with holder.stdout:
        holder.stdout.readline()

        with pytest.raises(KitError, match="another run"):
            Gradebook(path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    with Gradebook(path) as gradebook:
        assert gradebook.attempts(KEY.homework) == []


def test_full_disk_is_told_and_nothing_is_lost(path, loaded):
    """SQLite's own answer to a full disk; what was recorded before is there, and recording goes on with more room."""
    attempts = [_attempt(student=f"student{number}", submission=f"digest {number}") for number in range(50)]
    recorded = []

    def record_all(gradebook):
        for attempt in attempts:
            gradebook.record(KEY, attempt, _graded(1.0))
            recorded.append(attempt.student)

    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, attempts)
        (pages,) = gradebook._database.rows("PRAGMA page_count")[0]
        gradebook._database.rows(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(KitError, match=r"the disk that holds .* is full. No result is lost"):
            record_all(gradebook)
    assert recorded

    with Gradebook(path) as gradebook:
        left = gradebook.pending(KEY)
        assert {one.student for one in left} == {one.student for one in attempts} - set(recorded)
        for attempt in left:
            gradebook.record(KEY, attempt, _graded(1.0))
        assert [result.score for result in gradebook.results(loaded)] == [3.0] * 50


@pytest.mark.parametrize("where", ["/proc/gradebook.sqlite", "/proc/folder/gradebook.sqlite"])
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody can write")
def test_folder_that_cannot_be_written_is_told(where):
    """One sentence that names the file and the option."""
    with pytest.raises(KitError, match=rf"{where} cannot be opened or written; .* --gradebook"):
        Gradebook(Path(where))


def test_other_files_are_no_gradebooks(tmp_path):
    """A notebook, or the gradebook of a later kit, is refused and left as it is."""
    notebook, later = tmp_path / "a.ipynb", tmp_path / "later.sqlite"
    notebook.write_text("{}" * 2000)
    with sqlite3.connect(later) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(KitError, match="is not a gradebook"):
        Gradebook(notebook)
    with pytest.raises(KitError, match="has schema 99, this kit knows 1"):
        Gradebook(later)
    assert notebook.read_text() == "{}" * 2000


def test_copy_is_independent(path, loaded, tmp_path):
    """What is recorded in a copy does not reach the original."""
    with Gradebook(path) as gradebook:
        gradebook.enrol(KEY.homework, [_attempt()])
        gradebook.record(KEY, _attempt(), _graded(1.0))
        with gradebook.copy(tmp_path / "copy.sqlite") as copy:
            copy.record(replace(KEY, checks="checks 2"), _attempt(), _graded(4.0))
            copied = copy.results(loaded)[0].score

        assert (copied, gradebook.results(loaded)[0].score) == (6.0, 3.0)
