"""Tries the forbidden things in a throwaway worker: a layer is believed only when what it forbids was seen to fail.

The probes run exactly as a student's code does. Each must raise; one that gets through is POSSIBLE. Before they run,
the same worker has to do what students need (arithmetic, threads, imports), so that a worker in which nothing works
does not pass for a safe one.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import GraderError
from autograder.failure import Failure
from autograder.isolation import IsolationError
from autograder.limits import Limits
from autograder.sandbox import FreshZygotes, Zygote
from autograder.session import Session

BLOCKED, POSSIBLE = "blocked", "POSSIBLE"
HARMLESS = ("list processes",)  # their names hold no secret; without Landlock or bubblewrap nothing hides them
LIMITS = Limits(call_seconds=10, cell_seconds=10, submission_seconds=60, address_space_mb=1024)

PROBES = '''
import ctypes, mmap, os, signal, socket, subprocess, sys, threading
import numpy as np

libc = ctypes.CDLL(None, use_errno=True)


def honest():
    """What a submission may do."""
    total = []
    thread = threading.Thread(target=lambda: total.append(float((np.eye(3) @ np.ones(3)).sum())))
    thread.start()
    thread.join(5)
    return total


def read_the_key(place):
    with open(place["key"]) as file:
        return len(file.read())

def list_the_keys_folder(place):
    return len(os.listdir(os.path.dirname(place["key"])))

def read_the_graders_environment(place):
    with open(f"/proc/{place['grader']}/environ", "rb") as file:
        return len(file.read(1))

def read_the_graders_memory(place):
    with open(f"/proc/{place['grader']}/mem", "rb") as file:
        return 1

def write_the_parents_memory(place):
    with open(f"/proc/{os.getppid()}/mem", "r+b"):
        return 1

def list_the_graders_descriptors(place):
    return len(os.listdir(f"/proc/{place['grader']}/fd"))

def list_processes(place):
    known = {str(os.getpid()), str(os.getppid())}
    if not [name for name in os.listdir("/proc") if name.isdecimal() and name not in known]:
        raise PermissionError("none to be seen")

def signal_the_grader(place):
    os.kill(place["grader"], 0)

def signal_the_parent(place):
    os.kill(os.getppid(), 0)

def signal_everybody(place):
    os.kill(-1, 0)

def trace_the_parent(place):
    if libc.ptrace(0x4206, os.getppid(), 0, 0) != 0:  # PTRACE_SEIZE, which does not stop it
        raise OSError(ctypes.get_errno(), "ptrace")

def fork(place):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)

def start_a_program(place):
    os.execv("/bin/true", ["true"]) if os.path.exists("/bin/true") else os.execv(sys.executable, ["python"])

def open_a_socket(place):
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()

def open_a_unix_socket(place):
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).close()

def write_a_file(place):
    with open(os.path.join(place["outside"], "written"), "w") as file:
        file.write("x")

def create_a_folder_outside(place):
    os.mkdir(os.path.join(place["outside"], "folder"))

def map_too_much_memory(place):
    mmap.mmap(-1, place["bytes"]).close()

def become_root(place):
    os.setresuid(0, 0, 0)
    if os.getresuid() == place["ids"]:
        raise PermissionError("nothing changed")

def make_a_namespace(place):
    if libc.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
'''
NAMES = tuple(re.findall(r"^def (\w+)\(place\)", PROBES, re.MULTILINE))


@dataclass(frozen=True)
class SelfTest:
    """What was tried, and how it ended: "blocked" or "POSSIBLE" by probe."""

    outcomes: Mapping[str, str]

    @property
    def possible(self) -> tuple[str, ...]:
        """The forbidden things that got through."""
        return tuple(name for name, outcome in self.outcomes.items() if outcome == POSSIBLE)

    @property
    def breaches(self) -> tuple[str, ...]:
        """Those of them for which grading has to be refused."""
        return tuple(name for name in self.possible if name not in HARMLESS)

    def __str__(self) -> str:
        """For reports: "17 of 17 forbidden things blocked"."""
        blocked = len(self.outcomes) - len(self.possible)
        got_through = f"; POSSIBLE: {', '.join(self.possible)}" if self.possible else ""
        return f"{blocked} of {len(self.outcomes)} forbidden things blocked{got_through}"


def run(zygote: Zygote | FreshZygotes, key: Path) -> SelfTest:
    """Try everything once; `key` is a file that no submission may read, such as a module of the answer key.

    Raises:
        GraderError: honest code does not run in the worker.
    """
    with Session(zygote, LIMITS) as session, _folder_for_anybody() as outside:
        session.run_cell(1, PROBES)
        try:
            total = session.function("honest")()
        except Failure as failure:
            raise GraderError(f"honest code does not run in the worker: {failure}") from failure
        if total != [3.0]:
            raise GraderError(f"honest code gives {total!r} in the worker instead of [3.0]")
        place = {
            "key": str(key),
            "grader": os.getpid(),
            "outside": outside,
            "bytes": 2 * zygote.limits.address_space_mb * 2**20,
            "ids": os.getresuid(),
        }
        return SelfTest({name.replace("_", " "): _outcome(session, name, place) for name in NAMES})


def require(tested: SelfTest) -> None:
    """Refuse to grade where something forbidden got through.

    Raises:
        IsolationError: it did; the text says what.
    """
    if tested.breaches:
        raise IsolationError(
            f"Grading is refused: in a trial a submission could {', '.join(tested.breaches)}. "
            "As root without Landlock, close the checkout to other users (chmod 700) and try again; "
            "`python -m autograder selftest` shows more."
        )


def _outcome(session: Session, name: str, place: Mapping[str, object]) -> str:
    try:
        session.function(name)(dict(place))
    except Failure as failure:
        return BLOCKED if failure.code in ("RAISED", "MEMORY") else POSSIBLE
    return POSSIBLE


@contextmanager
def _folder_for_anybody() -> Iterator[str]:
    """A world-writable folder outside the scratch, as /tmp is: only isolation keeps a worker from writing there."""
    with tempfile.TemporaryDirectory(prefix="outside-") as folder:
        os.chmod(folder, 0o777)  # noqa: S103  that is the point
        yield folder
