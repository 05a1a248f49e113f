"""A slot: a process of its own that grades one submission after another, and the end by which it is held.

Run as `python -m autograder.slots DESCRIPTOR`. What goes through the socket is JSON: first a `Setup`, answered when the
slot can grade; then a path and a name at a time, answered by the report. Both ends are ours; the boundary to students'
code lies behind it, between the grader and its zygote. When the holder goes away, the slot stops at once.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder import assignment, render
from autograder.assignment import Assignment
from autograder.engine import Job, open_grader
from autograder.errors import GraderError, KitError
from autograder.grade import Grader
from autograder.gradebook import Graded
from autograder.homework import ROOT
from autograder.limits import Limits

CHECKOUT = Path(__file__).resolve().parent.parent
GOODBYE_SECONDS = 5.0  # for a slot to end its worker and clean up
GRACE_SECONDS = 60.0  # beyond the time of a submission; a slot that takes longer is stuck


class SlotEnded(Exception):
    """The slot ended, or failed, while it graded; the text says how."""


@dataclass(frozen=True)
class Setup:
    """What a slot needs to know; plain values, so that it can be sent anywhere."""

    homework: str
    root: str  # where the homework lies; empty for the checkout that the slot runs in
    checks: str  # the digest that the homework must have
    secret: str  # in hexadecimal
    limits: Mapping[str, float]
    trust: bool = False
    fresh: bool = False

    @classmethod
    def of(
        cls, loaded: Assignment, secret: bytes, limits: Limits, *, trust: bool = False, fresh: bool = False
    ) -> "Setup":
        """For grading a homework that has been loaded here."""
        root = "" if loaded.homework.root == ROOT else str(loaded.homework.root)
        return cls(loaded.name, root, loaded.digest, secret.hex(), asdict(limits), trust, fresh)

    @property
    def seconds(self) -> float:
        """How long a slot may be silent over one submission."""
        return 2 * self.limits["submission_seconds"] + GRACE_SECONDS


class Slot:
    """The holder's end of a slot."""

    def __init__(self, setup: Setup, number: int = 0) -> None:
        """Start it; `greet` waits until it is ready."""
        self._setup, self._number = setup, number
        self._start()

    def fileno(self) -> int:
        """Readable when an answer is there, or the slot has ended."""
        return self._connection.fileno()

    def greet(self) -> None:
        """Wait until it can grade.

        Raises:
            KitError: it cannot, and says why.
        """
        try:
            answer = json.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            raise GraderError(f"a grading process could not be started ({self._ending()})") from None
        if "refused" in answer:
            raise (GraderError if answer["kind"] == GraderError.__name__ else KitError)(answer["refused"])

    def send(self, path: Path, name: str) -> None:
        """Hand it a submission."""
        self.overdue = time.monotonic() + self._setup.seconds
        try:
            self._connection.send_bytes(json.dumps({"path": str(path), "name": name}).encode())
        except OSError:
            return  # it has ended; `receive` says so

    def receive(self) -> Graded:
        """The report of what was sent.

        Raises:
            SlotEnded: there is none, and the slot cannot be used any more.
        """
        try:
            answer = json.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            raise SlotEnded(f"the grading process ended while it graded this ({self._ending()})") from None
        if "failed" in answer:
            raise SlotEnded(answer["failed"])
        return Graded(**answer)

    def restart(self) -> None:
        """Put a fresh process in its place, and wait until it is ready."""
        self.close()
        self._start()
        self.greet()

    def kill(self) -> None:
        """End the process whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """End it, and what it has started."""
        self._connection.close()
        self._ending()

    def _start(self) -> None:
        self.overdue = float("inf")
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "autograder.slots", str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            command,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C is the holder's to handle
        )
        theirs.close()
        self._connection = Connection(ours.detach())
        setup = {**asdict(self._setup), "number": self._number}
        self._connection.send_bytes(json.dumps(setup).encode())

    def _ending(self) -> str:
        try:
            status = self._process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return signal.Signals(-status).name if status < 0 else f"exit code {status}"


def main(descriptor: int) -> None:
    """Be a slot."""
    connection = Connection(descriptor)
    threading.Thread(target=_stop_without_holder, args=[descriptor], daemon=True).start()
    with suppress(EOFError, OSError, KeyboardInterrupt):  # the holder has gone: nobody to tell
        _serve(connection)
    _leave_in_peace()


def _serve(connection: Connection) -> None:
    setup = json.loads(connection.recv_bytes())
    try:
        with _grader(**setup) as grader:
            _answer(connection, {"ready": True})
            while job := _next(connection):
                _answer(connection, _graded(grader, **job))
    except KitError as error:
        _leave_in_peace()
        _answer(connection, {"refused": str(error), "kind": type(error).__name__})


@contextmanager
def _grader(
    homework: str, root: str, checks: str, secret: str, limits: dict[str, Any], trust: bool, fresh: bool, number: int
) -> Iterator[Grader]:
    def job() -> Job:
        loaded = assignment.load(homework, Path(root) if root else ROOT)
        if loaded.digest != checks:
            where = loaded.homework.root
            raise GraderError(f"the checks of {homework} in {where} are not the ones that the class is graded with")
        return Job(loaded, bytes.fromhex(secret), Limits(**limits))

    with open_grader(job, slot=number, trust=trust, fresh=fresh) as grader:
        yield grader


def _graded(grader: Grader, path: str, name: str) -> dict[str, str]:
    try:
        report = grader.grade(Path(path), name)
    except Exception:  # our fault, whatever it is: the holder starts a fresh slot and tries again
        return {"failed": traceback.format_exc(limit=-4)}
    return {"report": render.report_json(report), "staff": render.report_json(report, staff=True)}


def _next(connection: Connection) -> dict[str, str]:
    """The next submission, or nothing once the holder has gone."""
    try:
        return dict(json.loads(connection.recv_bytes()))
    except (EOFError, OSError):
        _leave_in_peace()
        return {}


def _leave_in_peace() -> None:
    """From now on the slot ends by itself; nothing shall interrupt its cleaning."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answer(connection: Connection, answer: Mapping[str, Any]) -> None:
    connection.send_bytes(json.dumps(answer).encode())


def _stop_without_holder(descriptor: int) -> None:
    """Interrupt the grading, so that it ends its worker, as soon as the other end of the socket is closed."""
    poll = select.poll()
    poll.register(descriptor, 0)  # nothing but the hang-up, which is always told
    poll.poll()
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(GOODBYE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
