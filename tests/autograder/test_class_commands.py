"""The commands `class` and `regrade` as processes: what is written, what is said, and what survives a kill."""

import contextlib
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder import secret
from autograder.__main__ import cli
from tests.autograder import tiny_class
from tests.autograder.class_command import command_line, run

REPORTS = Path("reports") / tiny_class.NAME
KILLS = 20


@pytest.fixture
def root(tmp_path):
    """A folder with the tiny homework."""
    tiny_class.write_homework(tmp_path)
    return tmp_path


def test_class_gets_a_table_a_csv_and_files_for_each_student(root):
    """Scores as expected in all of them; nothing of the staff's detail in what a student gets."""
    expected = tiny_class.write_class(root / "class", 5)

    done = run(root, "class", "class")

    assert done.returncode == 0
    assert _scores(root) == expected
    for student, score in expected.items():
        text = (root / REPORTS / "students" / f"{student}.json").read_text()
        assert json.loads(text)["score"] == score
        assert "detail" not in text
        assert f"{score:g} / 6" in next(line for line in done.stdout.splitlines() if student in line)
    assert {"class.html", "students", "gradebook.sqlite", "secret"} <= set(os.listdir(root / REPORTS))
    assert "student000.html" in os.listdir(root / REPORTS / "students")


def test_same_command_grades_only_what_is_new(root):
    """One notebook changes and one is added; the others are not graded again, which the gradebook's history shows."""
    tiny_class.write_class(root / "class", 4)
    run(root, "class", "class")
    (root / "class" / "student001.ipynb").write_text(tiny_class.notebook("def relu(z):\n    return np.maximum(z, 0)\n"))
    (root / "class" / "zoe.ipynb").write_text(tiny_class.notebook())

    done = run(root, "class", "class")
    again = run(root, "class", "class")

    assert "2/2" in done.stderr
    assert "every submission is graded already" in again.stderr
    assert _scores(root) == {"student000": 6, "student001": 6, "student002": 4, "student003": 2, "zoe": 2}
    with sqlite3.connect(root / REPORTS / "gradebook.sqlite") as database:
        assert database.execute("SELECT count(*) FROM results").fetchone() == (6,)
    database.close()


def test_another_folder_does_not_take_the_place_of_a_class(root):
    """It is said who would drop out, and nothing changes; with --replace it does, and only the kit's pages go."""
    tiny_class.write_class(root / "class", 3)
    (root / "one").mkdir()
    (root / "one" / "student001.ipynb").write_text(tiny_class.notebook())
    run(root, "class", "class")
    (root / REPORTS / "students" / "mine.json").write_text("{}")
    before = _files(root)

    refused = run(root, "class", "one")
    kept = _files(root)
    replaced = run(root, "class", "one", "--replace")

    assert refused.returncode == 1
    assert "2 of the 3 students in reports/hw0_tiny/gradebook.sqlite are not in one: student000, student002." in (
        refused.stderr
    )
    assert "--replace" in refused.stderr
    assert kept == before
    assert replaced.returncode == 0
    assert _scores(root) == {"student001": 2}
    assert sorted(os.listdir(root / REPORTS / "students")) == ["mine.json", "student001.html", "student001.json"]


def test_students_without_a_submission_may_leave(root):
    """A roster named them; the next run goes without it."""
    tiny_class.write_class(root / "class", 1)
    (root / "roster.csv").write_text("id,name\nstudent000,Ada\nalan,Alan\n")

    run(root, "class", "class", "--roster", "roster.csv")

    assert run(root, "class", "class").returncode == 0
    assert _scores(root) == {"student000": 6}


def test_class_with_a_folder_of_its_own_has_a_gradebook_of_its_own(root):
    """The first class stays as it was, for a regrade too; the secret is the homework's."""
    tiny_class.write_class(root / "class", 3)
    (root / "one").mkdir()
    (root / "one" / "zoe.ipynb").write_text(tiny_class.notebook())
    run(root, "class", "class")
    before = _files(root)

    other = run(root, "class", "one", "--out", "evening")
    regraded = run(root, "regrade")

    assert other.returncode == 0
    assert {"gradebook.sqlite", "grades.csv", "students"} <= set(os.listdir(root / "evening"))
    assert "secret" not in os.listdir(root / "evening")
    assert _files(root) == before
    assert re.search(r"reports/hw0_tiny/gradebook.sqlite: class of 3 students, graded 20\d\d-", regraded.stderr)


def test_secret_is_made_once_for_its_owner_alone(tmp_path):
    """Thirty-two bytes that stay; another folder gets others."""
    first = secret.read_or_make(tmp_path / "one")

    assert secret.read_or_make(tmp_path / "one") == first
    assert secret.read_or_make(tmp_path / "two") != first
    assert len(first) == 32
    assert (tmp_path / "one" / "secret").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path / "one") == ["secret"]


def test_roster_names_who_handed_nothing_in(root):
    """A row without points; who is not on the roster is said."""
    tiny_class.write_class(root / "class", 2)
    (root / "roster.csv").write_text("id,name\nstudent000,Ada Byron\nalan,Alan Turing\n")

    done = run(root, "class", "class", "--roster", "roster.csv")

    assert _scores(root) == {"alan": 0, "student000": 6, "student001": 3}
    assert "not on the roster: student001" in done.stderr
    assert "Ada Byron" in (root / REPORTS / "grades.csv").read_text()


def test_moodle_worksheet_is_filled(root):
    """The platform's own file comes back with grades; without it the option is refused."""
    tiny_class.write_class(root / "class", 2)
    (root / "worksheet.csv").write_text("Identifier,Username,Grade,Feedback comments\nParticipant 1,student001,,\n")

    refused = run(root, "class", "class", "--format", "moodle")
    done = run(root, "class", "class", "--format", "moodle", "--export", "worksheet.csv")

    assert refused.returncode == 2
    assert "needs --export FILE" in refused.stderr
    assert done.returncode == 0
    (row,) = csv.DictReader(io.StringIO((root / REPORTS / "moodle.csv").read_text("utf-8-sig")))
    assert (row["Identifier"], float(row["Grade"])) == ("Participant 1", 3.0)


def test_column_that_is_not_there_stops_before_anything_is_graded(root):
    """The homework's own name is no title in Canvas; one that is there is named."""
    tiny_class.write_class(root / "class", 1)
    (root / "canvas.csv").write_text("Student,ID,Section,Homework 1 (77)\nAda,student000,A,\n")
    options = ("--format", "canvas", "--export", "canvas.csv")

    refused = run(root, "class", "class", *options)
    written = (root / "reports").exists()
    done = run(root, "class", "class", *options, "--column", "Homework 1")

    assert 'Give its title, such as --column "Homework 1"' in refused.stderr
    assert not written
    assert done.returncode == 0
    assert "Ada,student000,A,6" in (root / REPORTS / "canvas.csv").read_text()


def test_help_tells_what_every_command_does():
    """No summary is cut."""
    said = CliRunner().invoke(cli, ["--help"], terminal_width=80).output

    assert all(f"  {command} " in said for command in ("build", "class", "regrade", "verify", "selftest"))
    assert "..." not in said.partition("Commands:")[2]


def test_wrong_adjustments_stop_before_anything_is_graded(root):
    """All mistakes at once, and no report is written."""
    tiny_class.write_class(root / "class", 1)
    (root / "late.csv").write_text("student,exercise,score,reason\nnobody,total,-1,late\nstudent000,relu,9,\n")

    done = run(root, "class", "class", "--adjustments", "late.csv")

    assert done.returncode == 1
    places = [line.split(" ")[0] for line in done.stderr.splitlines()[-3:]]
    assert places == ["late.csv:2:", "late.csv:3:", "late.csv:3:"]
    assert not (root / REPORTS / "grades.csv").exists()


def test_second_run_is_refused_while_the_first_goes_on(root):
    """The second ends with one sentence; the first is not disturbed."""
    expected = tiny_class.write_class(root / "class", 20)
    (root / "class" / "aaa_slow.ipynb").write_text(tiny_class.notebook("import time\ntime.sleep(4)\n"))
    first = subprocess.Popen(command_line(root, "class", "class"), cwd=root)  # noqa: S603  our own interpreter
    _wait_until(lambda: _results(root) > 0)

    second = run(root, "class", "class")

    assert second.returncode == 1
    assert "another run is using" in second.stderr
    assert first.wait(120) == 0
    assert _scores(root) == {"aaa_slow": 2, **expected}


def test_interrupt_stops_cleanly_and_the_same_command_goes_on(root):
    """Ctrl-C: what is graded is kept, it is said how to go on, and no process is left."""
    expected = tiny_class.write_class(root / "class", 20)
    (root / "class" / "aaa_slow.ipynb").write_text(tiny_class.notebook("import time\ntime.sleep(4)\n"))
    running = subprocess.Popen(  # noqa: S603  our own interpreter
        command_line(root, "class", "class", "--slots", "2"),
        cwd=root,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MARK": str(root)},
    )
    _wait_until(lambda: _results(root) > 2)

    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[1]

    assert running.returncode == 1
    assert "graded and kept; the same command goes on from here" in said
    assert _processes_marked(str(root)) == []
    assert 2 < _results(root) < 21
    assert run(root, "class", "class").returncode == 0
    assert _scores(root) == {"aaa_slow": 2, **expected}


@pytest.mark.slow
def test_class_that_is_killed_twenty_times_ends_like_one_that_was_not(tmp_path):
    """SIGKILL at random moments over 200 submissions: nothing recorded is lost, all files are the same to the byte."""
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    for root in (killed, whole):
        tiny_class.write_homework(root)
        expected = tiny_class.write_class(root / "class", 200)
        (root / REPORTS).mkdir(parents=True)
    secret.read_or_make(killed / REPORTS)
    shutil.copy(killed / REPORTS / "secret", whole / REPORTS / "secret")
    chance = random.Random(0)  # noqa: S311  not for secrets

    recorded = [0]
    while len(recorded) <= KILLS:
        progress = recorded[-1] + chance.randrange(40) if len(recorded) % 2 else 0
        if _killed(killed, progress, chance.uniform(0, 0.05 if progress else 2.0)):
            recorded.append(_results(killed))
    assert run(killed, "class", "class").returncode == 0
    assert run(whole, "class", "class", "--slots", "1").returncode == 0

    assert recorded == sorted(recorded)
    assert len(set(recorded)) > 5
    assert _scores(killed) == expected
    assert _files(killed) == _files(whole)
    _wait_until(lambda: not _processes_marked(str(killed)))


def _killed(root, progress, seconds):
    """Start the command and kill it, so long after so many results are there; false if it had ended by itself."""
    running = subprocess.Popen(  # noqa: S603  our own interpreter
        command_line(root, "class", "class"),
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MARK": str(root)},
    )
    while _results(root) < progress and running.poll() is None:
        time.sleep(0.05)
    time.sleep(seconds)
    running.kill()
    return running.wait() == -signal.SIGKILL


def _results(root):
    """How many results the gradebook's file holds; read from a copy, so that its lock does not matter."""
    book, copy = root / REPORTS / "gradebook.sqlite", root / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    with contextlib.suppress(FileNotFoundError):  # the log is gone when a run has ended by itself
        shutil.copy(book, copy)
        shutil.copy(book.with_name(f"{book.name}-wal"), copy)
    with contextlib.closing(sqlite3.connect(copy / book.name)) as database:
        try:
            return database.execute("SELECT count(*) FROM results").fetchone()[0]
        except sqlite3.Error:  # nothing there yet, or copied in the middle of a write
            return 0


def _files(root):
    """All that the command wrote for people, by name; a half-written file would be one more."""
    others = ("gradebook.sqlite", "gradebook.sqlite-wal", "secret")
    files = (path for path in (root / REPORTS).rglob("*") if path.is_file() and path.name not in others)
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def _scores(root):
    text = (root / REPORTS / "grades.csv").read_text("utf-8")
    return {row["student"]: float(row["score"]) for row in csv.DictReader(io.StringIO(text))}


def _processes_marked(mark):
    """The processes that inherited a mark in their environment."""
    return [process.name for process in Path("/proc").glob("[0-9]*") if mark.encode() in _environment(process)]


def _environment(process):
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""


def _wait_until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")
