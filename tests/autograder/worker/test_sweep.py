"""After a submission: nothing runs under its uid, nothing lies in its scratch folder."""

import os
import subprocess
import sys

import pytest

from autograder.worker import identity, sweep


@pytest.fixture
def scratch(tmp_path):
    """A folder to be emptied."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def nest(folder, depth):
    """A folder in a folder in a folder, deeper than any path may be long."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("deeper", dir_fd=here)
        below = os.open("deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def fill(folder):
    """A little of everything."""
    (folder / "file").write_text("x")
    (folder / ".hidden").write_text("x")
    (folder / "dir" / "inner").mkdir(parents=True)
    (folder / "dir" / "inner" / "file").write_text("x")
    (folder / "dir" / ".moved-0").mkdir()
    (folder / ".moved-1").write_text("a name that the sweep would like to use")
    (folder / "link").symlink_to("/etc")
    (folder / "dir" / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")


def close_down(folder):
    """Folders that nobody may enter."""
    (folder / "closed" / "inside").mkdir(parents=True)
    (folder / "closed").chmod(0)


@pytest.mark.parametrize(
    "leave", [fill, close_down, lambda folder: nest(folder, 3_000)], ids=["mixed", "closed", "deep"]
)
def test_everything_is_removed(scratch, leave):
    """Whatever was left, in any depth and with any mode, is gone; the folder itself stays."""
    leave(scratch)

    sweep.empty(str(scratch))

    assert os.listdir(scratch) == []


def test_links_are_removed_and_not_followed(scratch, tmp_path):
    """What a link points to is somebody else's."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("x")
    (scratch / "dir").mkdir()
    (scratch / "link").symlink_to(precious)
    (scratch / "dir" / "link").symlink_to(precious)

    sweep.empty(str(scratch))

    assert (precious / "file").read_text() == "x"


def test_it_gives_up_in_time(scratch, monkeypatch):
    """A clean-up that takes too long says so instead of holding up the class."""
    fill(scratch)
    monkeypatch.setattr(sweep, "SECONDS", -1.0)

    with pytest.raises(TimeoutError):
        sweep.empty(str(scratch))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start processes of another uid")
def test_all_processes_of_a_uid_end():
    """Also those that left their session and ignore signals; processes of others live on."""
    uid = identity.pick_uid(63)
    stubborn = "import os, signal, time; os.setsid(); signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
    command = [python, "-c", stubborn]
    theirs = [subprocess.Popen(command, user=uid, group=uid, cwd="/") for _ in range(3)]  # noqa: S603  our own text
    own = subprocess.Popen(["/bin/sleep", "60"])

    killed = sweep.kill_all_of(uid)

    assert killed == 3
    assert [process.wait(5) for process in theirs] == [-9, -9, -9]
    assert own.poll() is None
    own.kill()
    own.wait()
