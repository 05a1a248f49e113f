"""One slot: a process that grades, dies, hangs or refuses, and what its holder sees."""

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import slots
from autograder.errors import GraderError, KitError
from autograder.slots import Setup, Slot, SlotEnded
from tests.autograder import tiny_class


@pytest.fixture
def setup(tmp_path):
    """For the tiny homework, with a fixed secret."""
    return Setup.of(tiny_class.write_homework(tmp_path), bytes(32), tiny_class.LIMITS)


@pytest.fixture
def notebook(tmp_path):
    """A submission whose relu is the identity: 1 of 4 points, and 2 for threshold."""
    path = tmp_path / "ada.ipynb"
    path.write_text(tiny_class.notebook("def relu(z):\n    return z\n"))
    return path


def test_slot_grades_one_submission_after_another(setup, notebook, tmp_path):
    """The same file gives the same bytes each time; the student's report lacks the staff's detail."""
    slot = Slot(setup)
    slot.greet()
    slot.send(notebook, "ada")
    first = slot.receive()
    slot.send(tmp_path / "nowhere.ipynb", "alan")
    other = slot.receive()
    slot.send(notebook, "ada")
    second = slot.receive()
    slot.close()

    assert first == second
    assert (json.loads(first.report)["submission"], json.loads(first.report)["earned"]) == ("ada", 3.0)
    assert "detail" in first.staff
    assert "detail" not in first.report
    assert json.loads(other.report)["problem"].startswith("nowhere.ipynb is not a file")


def test_death_of_a_slot_is_told_and_it_can_be_restarted(setup, notebook):
    """The holder learns of it while it waits for the report; a fresh process takes the place."""
    slot = Slot(setup)
    slot.greet()
    slot.kill()
    slot.send(notebook, "ada")
    with pytest.raises(SlotEnded, match="SIGKILL"):
        slot.receive()
    slot.restart()
    slot.send(notebook, "ada")
    graded = slot.receive()
    slot.close()

    assert json.loads(graded.report)["earned"] == 3.0


def test_other_checks_than_the_holders_are_refused(setup):
    """A homework that was changed while the class is graded must not mix two versions of the checks."""
    slot = Slot(replace(setup, checks="0" * 64))
    with pytest.raises(GraderError, match="are not the ones that the class is graded with"):
        slot.greet()
    slot.close()


def test_homework_that_cannot_be_loaded_is_refused(setup):
    """The error of the process is the holder's error."""
    slot = Slot(replace(setup, homework="hw9_nowhere"))
    with pytest.raises(KitError, match="no homework hw9_nowhere"):
        slot.greet()
    slot.close()


def test_process_that_does_not_start_is_told(setup, monkeypatch, tmp_path):
    """An interpreter that fails at once is an error of the grader, not an endless wait."""
    monkeypatch.setattr(slots, "CHECKOUT", tmp_path)
    monkeypatch.setenv("PYTHONPATH", "")
    slot = Slot(setup)
    with pytest.raises(GraderError, match=r"could not be started \(exit code 1\)"):
        slot.greet()
    slot.close()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_secret_is_not_visible_to_other_processes(setup):
    """Neither the command line nor the environment of a slot holds it."""
    slot = Slot(replace(setup, secret="ab" * 32))
    slot.greet()
    process = Path("/proc") / str(slot._process.pid)
    visible = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    slot.close()

    assert b"autograder.slots" in visible
    assert b"abababab" not in visible


def test_slot_ends_by_itself_when_its_holder_has_gone(setup, tmp_path):
    """Even in the middle of an endless loop of a student: the hang-up interrupts it, and its worker ends with it."""
    path = tmp_path / "loop.ipynb"
    path.write_text(tiny_class.notebook("def relu(z):\n    return z\nwhile True:\n    pass\n"))
    slot = Slot(setup)
    slot.greet()
    slot.send(path, "loop")
    slot._connection.close()

    assert slot._process.wait(4) == 0  # before the cell's own five seconds are over


def test_terminal_interrupt_does_not_reach_a_slot(setup, notebook):
    """Ctrl-C goes to a group of processes; a slot is in none with its holder."""
    slot = Slot(setup)
    slot.greet()

    assert os.getpgid(slot._process.pid) != os.getpgid(0)
    slot.close()
    assert slot._process.returncode in (0, -signal.SIGINT)
