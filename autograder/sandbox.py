"""The trusted side's end of a worker: start it, talk to it within deadlines, kill it.

Nothing that comes out of a worker is trusted: `wire.loads` bounds every frame, and a frame that is malformed, late or
not an answer to what was asked ends the worker.
"""

import array
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import msgpack

from autograder import bubblewrap
from autograder.errors import GraderError
from autograder.isolation import BUBBLEWRAP, UID, Isolation, reserve_uid
from autograder.limits import Limits
from autograder.worker import wire

ENTRY = Path(__file__).parent / "worker" / "__main__.py"
START_SECONDS = 60.0
CLEAN_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # a forked child of a process with BLAS threads would hang
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
}
INT_LIMIT = 10**6  # integers that a student's code may hand to a function of ours


class WorkerEnded(Exception):
    """The worker is gone: `code` is TIMEOUT, CRASHED, MEMORY or PROTOCOL, the text says how it ended."""

    def __init__(self, code: str, text: str) -> None:
        """Keep the code for the report."""
        super().__init__(text)
        self.code = code


class Zygote:
    """The process that forks workers, and the socket on which it is asked to."""

    def __init__(self, limits: Limits, isolation: Isolation, slot: int = 0) -> None:
        """Start it and wait until it is ready."""
        self.limits, self.isolation = limits, isolation
        self._owned = contextlib.ExitStack()
        self._uid = self._own_uid(slot)
        self._scratch = self._own_scratch()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and file
            self._command(theirs.fileno()),
            env=CLEAN_ENVIRONMENT | {"MPLCONFIGDIR": self._scratch, "HOME": self._scratch, "TMPDIR": self._scratch},
            cwd="/",
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._control = ours
        self._control.settimeout(START_SECONDS)
        greeting = self._receive()[0]
        if greeting.get("ready") != "":
            raise GraderError(f"the worker process cannot be used: {greeting.get('ready')}")
        self.versions: dict[str, str] = greeting["versions"]

    def fork(self) -> "Worker":
        """A fresh worker."""
        requests_read, requests_write = os.pipe()
        answers_read, answers_write = os.pipe()
        settings = {"scratch": self._scratch, "uid": self._uid, "limits": self._kernel_limits()}
        rights = array.array("i", [requests_read, answers_write])
        self._control.sendmsg([msgpack.packb({"settings": settings})], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        os.close(requests_read)
        os.close(answers_write)
        reply, pidfd = self._receive()
        return Worker(self, reply["pid"], pidfd, requests_write, answers_read)

    def reap(self, pid: int) -> int:
        """Wait for a worker that has ended or was killed; its wait status."""
        self._control.send(msgpack.packb({"reap": pid}))
        return int(self._receive()[0]["status"])

    def clean(self) -> None:
        """After a submission: end whatever runs under the workers' uid and empty the scratch folder."""
        self._control.send(msgpack.packb({"clean": self._uid}))
        fault = self._receive()[0]["fault"]
        if fault:
            raise GraderError(f"something of a submission could not be removed: {fault}")

    def close(self) -> None:
        """End the zygote."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._owned.close()

    def __enter__(self) -> "Zygote":
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.close()

    def _own_uid(self, slot: int) -> int | None:
        if UID not in self.isolation.layers:
            return None
        uid, reservation = reserve_uid(slot)
        self._owned.enter_context(reservation)
        return uid

    def _own_scratch(self) -> str:
        if BUBBLEWRAP in self.isolation.layers:
            return bubblewrap.SCRATCH
        scratch = self._owned.enter_context(tempfile.TemporaryDirectory(prefix="worker-"))
        if self._uid is not None:
            os.chown(scratch, self._uid, self._uid)
        return scratch

    def _command(self, control_fd: int) -> list[str]:
        command = [sys.executable, "-I", str(ENTRY), str(control_fd), *self.isolation.layers]
        if BUBBLEWRAP in self.isolation.layers:
            return bubblewrap.command(command, [str(ENTRY.parent)])
        return command

    def _kernel_limits(self) -> dict[str, int]:
        """The limits that the kernel keeps, as setrlimit(2) takes them."""
        limits = self.limits
        kept = {
            "AS": limits.address_space_mb * 2**20,
            "CPU": limits.cpu_seconds,
            "STACK": limits.stack_mb * 2**20,
            "NOFILE": limits.open_files,
            "FSIZE": limits.file_bytes,
        }
        return kept | ({"NPROC": limits.processes} if self._uid is not None else {})

    def _receive(self) -> tuple[dict[str, Any], int]:
        try:
            data, ancillary, _, _ = self._control.recvmsg(65_536, socket.CMSG_SPACE(4))
        except TimeoutError:
            data, ancillary = b"", []
        if not data:
            raise GraderError("the worker process has ended or does not answer; its message stands above")
        descriptors = array.array("i")
        for _, _, raw in ancillary:
            descriptors.frombytes(raw)
        return msgpack.unpackb(data), descriptors[0] if descriptors else -1


@dataclass
class Worker:
    """One forked worker and its two pipes."""

    zygote: Zygote
    pid: int
    pidfd: int
    _requests: int
    _answers: int

    def __post_init__(self) -> None:
        """Make the pipes non-blocking: every wait has a deadline."""
        os.set_blocking(self._requests, False)
        os.set_blocking(self._answers, False)
        self._functions: list[Callable[..., Any]] = []

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request and give the answer, serving callbacks in between.

        Raises:
            WorkerEnded: there was no proper answer in time; the worker has been killed.
        """
        deadline = time.monotonic() + seconds
        try:
            self._write(wire.dumps(request, self._number), deadline)
            for _ in range(self.zygote.limits.callbacks_per_call):
                answer = wire.loads(self._read_frame(deadline))
                if type(answer) is not dict:
                    raise WorkerEnded("PROTOCOL", "the answer is no answer")
                if "call_back" not in answer:
                    return answer
                self._write(self._called_back(answer), deadline)
            raise WorkerEnded("TIMEOUT", "too many calls of a function that was passed in")
        except wire.Refused as refused:
            self.kill()
            raise WorkerEnded("PROTOCOL", f"the answer was refused: {refused}") from None
        except WorkerEnded:
            self.kill()
            raise

    def kill(self) -> int:
        """End the worker whatever it is doing; its wait status."""
        if self.pid == 0:
            return 0
        with contextlib.suppress(ProcessLookupError):
            if self.pidfd >= 0:
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)
        status = self.zygote.reap(self.pid)
        self.pid = 0
        for descriptor in (self._requests, self._answers, self.pidfd):
            if descriptor >= 0:
                os.close(descriptor)
        return status

    def _number(self, function: Callable[..., Any]) -> int:
        self._functions.append(function)
        return len(self._functions) - 1

    def _called_back(self, message: dict[str, Any]) -> bytes:
        number, args, kwargs = message.get("call_back"), message.get("args"), message.get("kwargs")
        if (
            type(number) is not int
            or not 0 <= number < len(self._functions)
            or type(args) is not tuple
            or type(kwargs) is not dict
        ):
            raise WorkerEnded("PROTOCOL", "a call of a function that was not passed in")
        if _has_large_int([args, kwargs]):
            return wire.dumps({"error": f"an integer argument is beyond {INT_LIMIT}"})
        try:
            value = self._functions[number](*args, **kwargs)
        except Exception as error:
            return wire.dumps({"error": f"{type(error).__name__}: {error}"[:300]})
        return wire.dumps({"value": value})

    def _write(self, frame: bytes, deadline: float) -> None:
        view = memoryview(frame)
        while view:
            self._wait(self._requests, select.POLLOUT, deadline)
            try:
                view = view[os.write(self._requests, view[: select.PIPE_BUF]) :]
            except BrokenPipeError:
                raise self._died() from None

    def _read_frame(self, deadline: float) -> bytes:
        (length,) = wire.HEADER.unpack(self._read(wire.HEADER.size, deadline))
        if length > wire.FRAME_BYTES:
            raise WorkerEnded("PROTOCOL", "the answer is too long")
        return self._read(length, deadline)

    def _read(self, count: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._wait(self._answers, select.POLLIN, deadline)
            part = os.read(self._answers, min(count - len(parts), 2**20))
            if not part:
                raise self._died()
            parts += part
        return bytes(parts)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not poll.poll(1000 * remaining):
            raise WorkerEnded("TIMEOUT", "no answer within the time allowed")

    def _died(self) -> WorkerEnded:
        status = self.kill()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return WorkerEnded("TIMEOUT", "the processor time allowed was used up")
        how = f"signal {signal.Signals(os.WTERMSIG(status)).name}" if os.WIFSIGNALED(status) else "an early exit"
        return WorkerEnded("CRASHED", f"the process ended by {how}")


def _has_large_int(value: Any) -> bool:
    if type(value) in (list, tuple):
        return any(map(_has_large_int, value))
    if type(value) is dict:
        return any(map(_has_large_int, value.values()))
    return type(value) is int and abs(value) > INT_LIMIT
