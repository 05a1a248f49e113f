"""Landlock: files that a worker can and cannot reach, with the rights that its user has anyway."""

import errno
import importlib
import os
import shutil
import signal
import socket
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.worker import identity, landlock
from tests.autograder.worker.test_identity import AS_ROOT, USERS, as_root, in_child, outcome

ABI = landlock.abi()
pytestmark = pytest.mark.skipif(ABI == 0, reason="this kernel has no Landlock")


@pytest.fixture
def place():
    """A folder that everybody may use: with a key, a scratch folder beside it, and a listening TCP port."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    (folder / "scratch" / "deep").mkdir(parents=True)
    (folder / "key").write_text("42")
    for path in (folder, folder / "scratch", folder / "scratch" / "deep", folder / "key"):
        path.chmod(0o777)  # so that nothing but Landlock is in the way
    yield folder
    shutil.rmtree(folder)


def _layer(place):
    rules = landlock.prepare(landlock.interpreter_trees())
    return [identity.no_new_privileges, lambda: landlock.restrict(rules, str(place / "scratch"))]


# ---- what is denied -------------------------------------------------------------------------------------------


def _truncate_by_reading(place):
    os.close(os.open(place / "key", os.O_RDONLY | os.O_TRUNC))


def _bind(place):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def _connect(place):
    with socket.socket() as client:
        try:
            client.connect(("127.0.0.1", 1))
        except ConnectionRefusedError:
            return  # somebody, the kernel, has answered


def _abstract_socket(place):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(b"\0" + os.fsencode(place))


def _unix_socket(place):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place / "scratch" / "socket"))


DENIED = {
    "read a file": lambda place: (place / "key").read_text(),
    "read the list of accounts": lambda place: Path("/etc/passwd").read_text(),
    "read about the own process": lambda place: Path("/proc/self/status").read_text(),
    "list processes": lambda place: os.listdir("/proc"),
    "list a folder": lambda place: os.listdir(place),
    "overwrite a file": lambda place: (place / "key").write_text("0"),
    "append to a file": lambda place: os.close(os.open(place / "key", os.O_WRONLY | os.O_APPEND)),
    "create a file beside the scratch folder": lambda place: (place / "new").touch(),
    "create a file in a world-writable folder": lambda place: os.close(os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR)),  # noqa: S108
    "create a folder": lambda place: (place / "new").mkdir(),
    "delete a file": lambda place: (place / "key").unlink(),
    "move a file into reach": lambda place: (place / "key").rename(place / "scratch" / "key"),
    "move a file out": lambda place: (place / "scratch" / "deep").rename(place / "deep"),
    "link a file into reach": lambda place: os.link(place / "key", place / "scratch" / "key"),
    "symbolic link in the scratch folder": lambda place: os.symlink("x", place / "scratch" / "link"),
    "named pipe in the scratch folder": lambda place: os.mkfifo(place / "scratch" / "pipe"),
    "socket in the scratch folder": _unix_socket,
    "leave through the parent folder": lambda place: (place / "scratch" / ".." / "key").read_text(),
}
SINCE = {
    3: {
        "truncate a file": lambda place: os.truncate(place / "key", 0),
        "truncate a file by reading": _truncate_by_reading,
    },
    4: {"listen on TCP": _bind, "connect by TCP": _connect},
    6: {"signal a process outside": lambda place: os.kill(os.getppid(), 0)},
}
ROOT_DENIED = {
    "change the interpreter": lambda place: os.close(os.open(sysconfig.get_path("stdlib") + "/this.py", os.O_RDWR)),
    "add a module": lambda place: os.close(os.open(sysconfig.get_path("purelib"), os.O_TMPFILE | os.O_RDWR)),
    "raw terminal": lambda place: os.close(os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)),
}
ALL = {**DENIED, **{name: deed for deeds in SINCE.values() for name, deed in deeds.items()}, **ROOT_DENIED}
NEEDS_ABI = {name: since for since, deeds in SINCE.items() for name in deeds}
CASES = [
    *(
        pytest.param(*user.values, name, id=f"{name}, {user.id}", marks=user.marks)
        for user in USERS
        for name in [*DENIED, *NEEDS_ABI]
    ),
    *(pytest.param(as_root, name, id=f"{name}, root", marks=AS_ROOT) for name in ROOT_DENIED),
]


@pytest.mark.parametrize(("user", "name"), CASES)
def test_deed_is_possible_without_the_rules_and_not_with_them(user, name, place):
    """Landlock alone denies it: the modes of the files permit it to every user."""
    if NEEDS_ABI.get(name, 1) > ABI:
        pytest.skip(f"{name}: needs Landlock ABI {NEEDS_ABI[name]}, this kernel has {ABI}")

    behind = in_child(*_layer(place), user, lambda: outcome(lambda: ALL[name](place)))
    assert behind in ("EACCES", "EPERM", "EXDEV")  # EXDEV is what a rename across the boundary answers
    assert (place / "key").read_text() == "42"

    without = in_child(_peer_of(user), lambda: outcome(lambda: ALL[name](place)))
    if name in ROOT_DENIED and without in ("ENOENT", "ENXIO", "EROFS", "EOPNOTSUPP"):
        pytest.skip(f"{name}: there is none on this machine")
    assert without == "possible"


def _peer_of(user):
    """Become the user and then go on in a fork, so that the parent process is one that may be signalled."""

    def step():
        user()
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
            os._exit(0)

    return step


@pytest.mark.skipif(ABI < 6, reason="needs Landlock ABI 6")
@pytest.mark.parametrize("user", USERS)
def test_abstract_sockets_outside_cannot_be_reached(user, place):
    """Sockets without a file, which no file mode protects, are out of reach too."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(b"\0" + os.fsencode(place))
        server.listen()

        assert in_child(user, lambda: outcome(lambda: _abstract_socket(place))) == "possible"
        assert in_child(*_layer(place), user, lambda: outcome(lambda: _abstract_socket(place))) == "EPERM"


@pytest.mark.parametrize("user", USERS)
def test_another_layer_of_rules_opens_nothing(user, place):
    """A submission that calls Landlock itself can only lose rights."""
    wide = landlock.prepare(["/"], ["/"])
    steps = [*_layer(place), user, lambda: landlock.restrict(wide, None), lambda: outcome((place / "key").read_text)]

    assert in_child(*steps) == "EACCES"


# ---- what has to keep working ---------------------------------------------------------------------------------


def _scratch_work(scratch):
    (scratch / "a").mkdir()
    np.save(scratch / "a" / "x.npy", np.arange(3))
    (scratch / "a" / "x.npy").rename(scratch / "deep" / "y.npy")
    os.truncate(scratch / "deep" / "y.npy", os.stat(scratch / "deep" / "y.npy").st_size)
    values = np.load(scratch / "deep" / "y.npy").tolist()
    (scratch / "deep" / "y.npy").unlink()
    (scratch / "a").rmdir()
    return values, sorted(os.listdir(scratch))


@pytest.mark.parametrize("user", USERS)
def test_scratch_folder_is_free(user, place):
    """Files and folders can be made, filled, moved, read, listed and deleted there."""
    assert in_child(*_layer(place), user, lambda: _scratch_work(place / "scratch")) == ([0, 1, 2], ["deep"])


def _import_something_new():
    sys.modules.pop("this", None)
    sys.modules.pop("colorsys", None)
    return importlib.import_module("colorsys").rgb_to_hsv(1, 1, 1)


def _thread():
    values = []
    thread = threading.Thread(target=lambda: values.append(1))
    thread.start()
    thread.join()
    return values


def _bytes_of(path, count):
    with open(path, "rb") as file:
        return file.read(count)


def _to_nowhere():
    with open(os.devnull, "w") as file:
        return file.write("x")


WORK = {
    "matrix product": (lambda: float((np.ones((300, 300)) @ np.ones((300, 300)))[0, 0]), 300.0),
    "thread": (_thread, [1]),
    "package": (lambda: len(Path(np.__file__).read_text()) > 0, True),
    "time": (lambda: time.localtime(0).tm_year in (1969, 1970), True),
    "random numbers": (lambda: (len(os.urandom(4)), np.random.default_rng().random() < 1), (4, True)),
    "entropy": (lambda: len(_bytes_of("/dev/urandom", 4)), 4),
    "null device": (_to_nowhere, 1),
    "own signals": (lambda: os.kill(os.getpid(), 0), None),
}


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize(("work", "result"), WORK.values(), ids=WORK)
def test_ordinary_work_goes_on(user, work, result, place):
    """Nothing that a homework does is in the rules' way."""
    assert in_child(*_layer(place), user, work) == result


def test_modules_can_still_be_imported(place):
    """The library is readable, so that an import inside a function works."""
    assert in_child(*_layer(place), _import_something_new) == (0.0, 0.0, 1)


def test_grader_can_still_end_the_worker(place):
    """The rules bind signals from inside, not those from outside."""
    end = [*_layer(place), lambda: os.write(2, b"") or signal.pause()]

    assert in_child(*end, seconds=0.3) == f"ended with status {signal.SIGKILL:d}"


# ---- the rules themselves -------------------------------------------------------------------------------------


def test_kernel_without_landlock_has_abi_0(monkeypatch, place):
    """The caller can ask first; preparing rules that would not hold is an error."""

    def missing(*_):
        raise OSError(errno.ENOSYS, "no such call")

    monkeypatch.setattr(landlock, "system_call", missing)

    assert landlock.abi() == 0
    with pytest.raises(OSError, match="no Landlock"):
        landlock.prepare([str(place)])


@pytest.mark.parametrize("version", range(1, 8))
def test_rules_for_older_kernels_are_accepted_and_hold(version, place, monkeypatch):
    """The rules of every older ABI are valid here too, and hide the key."""
    if version > ABI:
        pytest.skip(f"this kernel has ABI {ABI}")
    monkeypatch.setattr(landlock, "abi", lambda: version)

    steps = [*_layer(place), lambda: (outcome((place / "key").read_text), _scratch_listing(place))]

    assert in_child(*steps) == ("EACCES", ["deep"])


def _scratch_listing(place):
    return os.listdir(place / "scratch")


def test_a_missing_path_is_an_error(place):
    """A misspelt folder does not vanish from the rules."""
    with pytest.raises(FileNotFoundError):
        landlock.prepare([str(place / "absent")])


def test_interpreter_trees_hold_the_library_and_no_home():
    """What is shown has numpy and the library in it, and is neither the root folder nor anybody's home."""
    trees = landlock.interpreter_trees()

    assert any(np.__file__.startswith(tree + "/") for tree in trees)
    assert any(os.__file__.startswith(tree + "/") for tree in trees)
    assert not {"/", "/home", "/root", "/etc", "/tmp", "/usr", os.path.expanduser("~"), sys.prefix} & set(trees)  # noqa: S108


def test_no_rule_lets_a_device_or_program_be_made_or_run(place):
    """Making devices, sockets, pipes and links, and executing, are rights that nobody gets."""
    rules = landlock.prepare(landlock.interpreter_trees(), [str(place)])
    execute, make_special = 1, 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12

    assert not any(rights & (execute | make_special) for _, rights in rules.rights)
    on_files = [rights for path, rights in rules.rights if not os.path.isdir(path)]
    assert on_files == [rights & landlock.ON_FILES for rights in on_files] != []
