"""bubblewrap: what a program sees and can do inside, against the same program outside."""

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder import bubblewrap
from autograder.worker import identity

ROOT_OF_KIT = Path(bubblewrap.__file__).parent.parent
SYSTEM_PYTHON = "/usr/bin/python3"
SECONDS = 30
IMPORT = "import json, sys; sys.path.insert(0, sys.argv[1]); from autograder import bubblewrap"

# Run by the user who is to be tested: makes the command and runs the probe in it, or the probe alone.
RUNNER = """
import json, os, subprocess, sys
sys.path.insert(0, sys.argv[1])
from autograder import bubblewrap
probe, wrapped, facts = sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
argv = [sys.executable, "-I", "-S", "-c", probe, facts]
if wrapped:
    argv = bubblewrap.command(argv, json.loads(facts)["shown"], scratch_bytes=4 * 2**20)
pipe = json.loads(facts)["pipe"]
done = subprocess.run(argv, env={}, stdin=subprocess.DEVNULL, pass_fds=[pipe], timeout=20)
sys.exit(done.returncode)
"""

# Tries everything and prints what came of it; the facts are paths, pids and ports of this test.
PROBE = """
import errno, json, os, socket, sys
facts = json.loads(sys.argv[1])

def outcome(deed):
    try:
        return deed() or "possible"
    except OSError as error:
        return errno.errorcode[error.errno]

def read(path):
    with open(path) as file:
        file.read(1)

def connect(family, address):
    with socket.socket(family) as client:
        client.connect(address)

SPACE = "/scratch" if os.path.isdir("/scratch") else "/tmp"

def fill(path, megabytes):
    try:
        with open(path, "wb") as file:
            for _ in range(megabytes):
                file.write(bytes(2**20))
    finally:
        os.unlink(path)

def create(folder):
    path = folder + "/left_by_a_probe"
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    os.unlink(path)

print(json.dumps({
    "read a private file": outcome(lambda: read(facts["key"])),
    "write a world-writable folder": outcome(lambda: create(facts["folder"])),
    "signal a process": outcome(lambda: os.kill(facts["pid"], 0)),
    "see a process": outcome(lambda: read("/proc/%d/stat" % facts["pid"])),
    "connect by TCP": outcome(lambda: connect(socket.AF_INET, ("127.0.0.1", facts["port"]))),
    "connect to an abstract socket": outcome(lambda: connect(socket.AF_UNIX, "\\0" + facts["folder"])),
    "fill more than the scratch folder": outcome(lambda: fill(SPACE + "/big", 5)),
    "write shared memory": outcome(lambda: create("/dev/shm")),
    "read the list of accounts": outcome(lambda: read("/etc/passwd")),
    "run another program": outcome(lambda: os.stat("/usr/bin/env") and None),
    "create in /": outcome(lambda: create("/")),
    "create in /dev": outcome(lambda: create("/dev")),
    "open a kernel setting": outcome(lambda: os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))),
    "write the interpreter": outcome(lambda: os.close(os.open(os.__file__, os.O_WRONLY))),
    "scratch": outcome(lambda: create("/scratch")),
    "scratch size": outcome(lambda: fill("/scratch/small", 3)),
    "shown": outcome(lambda: read(facts["shown"][0])),
    "random device": outcome(lambda: os.close(os.open("/dev/urandom", os.O_RDONLY))),
    "null device": outcome(lambda: os.write(os.open("/dev/null", os.O_WRONLY), b"x") and None),
    "cwd": os.getcwd(),
    "pid": os.getpid(),
    "session": os.getsid(0),
    "capabilities": [line.split()[1] for line in open("/proc/self/status") if line.startswith("Cap")],
    "pipe": os.write(facts["pipe"], b"through"),
    "interfaces": [name for _, name in socket.if_nameindex()],
}))
"""
DENIED = [
    "read a private file",
    "write a world-writable folder",
    "signal a process",
    "see a process",
    "connect by TCP",
    "connect to an abstract socket",
    "fill more than the scratch folder",
    "write shared memory",
    "read the list of accounts",
    "run another program",
]
DENIED_TO_ROOT = ["create in /", "create in /dev", "open a kernel setting", "write the interpreter"]
GRANTED = ["scratch", "scratch size", "shown", "random device", "null device"]


def _users():
    """(interpreter, uid) by name: this user, and, if that is root, an ordinary one with the system's Python."""
    if os.geteuid() != 0:
        return {"ordinary user": (sys.executable, None)}
    return {"root": (sys.executable, None), "ordinary user": (SYSTEM_PYTHON, identity.pick_uid(0))}


USERS = _users()


@pytest.fixture(scope="module", params=USERS)
def seen(request):
    """What the probe reports: (user, outside, inside, what came through the pipe)."""
    python, uid = USERS[request.param]
    _skip_where_impossible(python, uid)
    folder = tempfile.mkdtemp(dir="/var/tmp")
    facts = {"folder": folder, "key": f"{folder}/key", "shown": [f"{folder}/shown"]}
    for path in (facts["key"], facts["shown"][0]):
        Path(path).write_text("42")
    os.chmod(folder, 0o777)  # noqa: S103  nothing but the wall is to be in the way
    try:
        yield request.param, *_reports(python, uid, facts)
    finally:
        shutil.rmtree(folder)


def _skip_where_impossible(python, uid):
    if shutil.which(python) is None:
        pytest.skip(f"no {python} for an ordinary user")
    answer = _run([python, "-c", f"{IMPORT}; print(bubblewrap.why_unavailable())", str(ROOT_OF_KIT)], uid)
    if answer.strip():
        pytest.skip(answer.strip())


def _run(argv, uid, **options):
    user = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    done = subprocess.run(argv, capture_output=True, text=True, timeout=SECONDS, cwd="/", **user, **options)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


def _reports(python, uid, facts):
    reading, writing = os.pipe()
    user = {} if uid is None else {"user": uid}
    victim = subprocess.Popen(["/bin/sleep", str(2 * SECONDS)], **user)  # noqa: S603
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0" + facts["folder"])
        abstract.listen()
        facts = json.dumps({**facts, "pid": victim.pid, "port": server.getsockname()[1], "pipe": writing})
        try:
            reports = [
                json.loads(
                    _run([python, "-c", RUNNER, str(ROOT_OF_KIT), PROBE, wrapped, facts], uid, pass_fds=[writing])
                )
                for wrapped in ("false", "true")
            ]
        finally:
            victim.kill()
            victim.wait()
            os.close(writing)
    with open(reading, "rb") as pipe:
        return *reports, pipe.read()


@pytest.mark.parametrize("deed", DENIED)
def test_deed_is_possible_outside_and_not_inside(deed, seen):
    """The wall, and nothing else, is in the way."""
    _, outside, inside, _ = seen

    assert outside[deed] == "possible"
    assert inside[deed] != "possible"


@pytest.mark.parametrize("deed", DENIED_TO_ROOT)
def test_deed_of_root_is_not_possible_inside(deed, seen):
    """Folders that only root can write are closed to a root without capabilities as well."""
    user, outside, inside, _ = seen

    assert outside[deed] == ("possible" if user == "root" else outside[deed])
    assert inside[deed] in ("EROFS", "EACCES", "ENOENT")


@pytest.mark.parametrize("deed", GRANTED)
def test_what_a_worker_needs_is_there(deed, seen):
    """Scratch of the size that was asked for, what was shown, and the two harmless devices."""
    assert seen[2][deed] == "possible"


def test_program_is_process_1_of_a_session_without_capabilities(seen):
    """There is no process but its own, and nothing that root's number would be good for."""
    inside = seen[2]

    assert (inside["pid"], inside["session"], inside["cwd"]) == (1, 1, bubblewrap.SCRATCH)
    assert inside["capabilities"] == ["0" * 16] * 5
    assert set(inside["interfaces"]) <= {"lo"}


def test_descriptors_pass_through(seen):
    """Outside and inside wrote to the same inherited pipe."""
    assert seen[3] == b"through" * 2


def test_program_dies_with_its_caller(seen):
    """When the process that started bubblewrap is killed, the program inside is too: its end of a pipe closes."""
    python, uid = USERS[seen[0]]
    starter = "import subprocess, sys; subprocess.run(sys.argv[2:], pass_fds=[int(sys.argv[1])])"
    program = "import os, sys, time; os.write(int(sys.argv[1]), b'.'); time.sleep(30)"
    reading, writing = os.pipe()
    command = _command_for(python, uid, [python, "-I", "-S", "-c", program, str(writing)])
    user = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    process = subprocess.Popen([python, "-c", starter, str(writing), *command], pass_fds=[writing], cwd="/", **user)  # noqa: S603
    os.close(writing)
    with open(reading, "rb", buffering=0) as pipe:
        assert pipe.read(1) == b"."

        process.kill()
        process.wait()

        assert select.select([pipe], [], [], SECONDS / 3)[0] == [pipe]
        assert pipe.read(1) == b""


def _command_for(python, uid, argv):
    asked = f"{IMPORT}; print(json.dumps(bubblewrap.command(json.loads(sys.argv[2]), [])))"
    return json.loads(_run([python, "-c", asked, str(ROOT_OF_KIT), json.dumps(argv)], uid))


# ---- the command itself ---------------------------------------------------------------------------------------


def test_numpy_and_matplotlib_can_be_imported_inside():
    """The trees of the interpreter are enough for what a zygote imports."""
    if bubblewrap.why_unavailable():
        pytest.skip(bubblewrap.why_unavailable())
    imports = "import matplotlib.pyplot, numpy, pyseccomp; print((numpy.ones((9, 9)) @ numpy.ones(9)).sum())"
    command = bubblewrap.command([sys.executable, "-I", "-c", imports], [])

    environment = {"MPLCONFIGDIR": bubblewrap.SCRATCH}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603

    assert (done.stdout, done.returncode) == ("81.0\n", 0), done.stderr


def test_bubblewrap_is_available_where_it_works():
    """If this user can start a bare namespace, the whole command works as well."""
    bwrap = shutil.which("bwrap")
    bare = [bwrap or "bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/", "/", "--proc", "/proc", "/bin/true"]
    if bwrap is None or subprocess.run(bare, capture_output=True, timeout=SECONDS).returncode != 0:  # noqa: S603
        pytest.skip("bubblewrap is not installed or not permitted")

    assert bubblewrap.why_unavailable() == ""
    assert bubblewrap.available() is True


def test_without_bubblewrap_there_is_a_reason(monkeypatch):
    """The message says what is missing."""
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert "not installed" in bubblewrap.why_unavailable()
    assert bubblewrap.available() is False


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1", "uid map: Permission denied"),
        ("echo 7", "status 0"),
        ("exit 3", "status 3"),
    ],
    ids=["forbidden", "no process namespace", "silent"],
)
def test_bubblewrap_that_does_not_isolate_is_not_available(script, reason, tmp_path, monkeypatch):
    """That a program of the name exists says nothing: it has to run one as process 1."""
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(fake))

    assert reason in bubblewrap.why_unavailable()


def test_links_are_shown_as_links_and_nothing_twice(tmp_path):
    """A link to a folder needs both, and a folder inside one that is shown needs nothing."""
    (tmp_path / "real" / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")

    command = bubblewrap.command([sys.executable], [str(tmp_path / "link"), str(tmp_path / "real" / "inner")])

    text = " ".join(command)
    assert f"--symlink real {tmp_path}/link" in text
    assert f"--ro-bind {tmp_path}/real {tmp_path}/real " in text
    assert "inner" not in text


def test_nothing_of_the_kit_or_the_home_is_shown():
    """Only the interpreter's folders are: neither the checkout nor a home as a whole."""
    command = bubblewrap.command([sys.executable], [])
    shown = {command[i + 1] for i, argument in enumerate(command) if argument == "--ro-bind"}

    secrets = [ROOT_OF_KIT, ROOT_OF_KIT / "solutions", ROOT_OF_KIT / "nnref", Path.home()]
    assert not [(path, secret) for path in shown for secret in secrets if secret.is_relative_to(path)]
