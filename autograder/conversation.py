"""The trusted side's conversation with one worker: ask within a deadline, serve callbacks, kill.

Nothing that comes out of a worker is trusted: `wire.loads` bounds every frame, and a frame that is malformed, late or
not an answer to what was asked ends the worker. A worker may call functions of this side that it was handed; they run
with bounded numbers and within the time of a call.
"""

import contextlib
import os
import resource
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from autograder.limits import Limits
from autograder.worker import wire

CALLBACK_BYTES = 256 * 2**20  # of new memory for one call of a function of ours
READ_BYTES = 2**18
INT_LIMIT = 10**6  # integers that a student's code may hand to a function of ours
ENTRIES = 50_000  # of all its arrays: one call of numpy's cannot be interrupted, and may take the cube of a side


class WorkerEnded(Exception):
    """The worker is gone: `code` is TIMEOUT, CRASHED, MEMORY or PROTOCOL, the text says how it ended."""

    def __init__(self, code: str, text: str) -> None:
        """Keep the code for the report."""
        super().__init__(text)
        self.code = code


@dataclass
class Worker:
    """One forked worker and its two pipes."""

    limits: Limits
    reap: Callable[[int], int]  # waits for an ended process and gives its status
    pid: int
    pidfd: int
    _requests: int
    _answers: int

    def __post_init__(self) -> None:
        """Make the pipes non-blocking: every wait has a deadline."""
        os.set_blocking(self._requests, False)
        os.set_blocking(self._answers, False)
        self._functions: list[Callable[..., Any]] = []
        self._received = bytearray()

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request and give the answer, serving callbacks in between.

        Raises:
            WorkerEnded: there was no proper answer in time; the worker has been killed.
        """
        deadline = time.monotonic() + seconds
        try:
            if "args" in request:  # encoded by themselves, so that the worker can see whether a call changed them
                request = request | {"args": wire.encoded(request["args"], self._number)}
            self._write(wire.dumps(request, self._number), deadline)
            for _ in range(self.limits.callbacks_per_call):
                answer = wire.loads(self._read_frame(deadline))
                if type(answer) is not dict:
                    raise WorkerEnded("PROTOCOL", "the answer is no answer")
                if "call_back" not in answer:
                    return answer
                if self._received:
                    raise WorkerEnded("PROTOCOL", "more was sent before the call was answered")
                self._write(self._called_back(answer, deadline), deadline)
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
        status = self.reap(self.pid)
        self.pid = 0
        for descriptor in (self._requests, self._answers, self.pidfd):
            if descriptor >= 0:
                os.close(descriptor)
        return status

    def _number(self, function: Callable[..., Any]) -> int:
        self._functions.append(function)
        return len(self._functions) - 1

    def _called_back(self, message: dict[str, Any], deadline: float) -> bytes:
        number, args, kwargs = message.get("call_back"), message.get("args"), message.get("kwargs")
        if (
            type(number) is not int
            or not 0 <= number < len(self._functions)
            or type(args) is not tuple
            or type(kwargs) is not dict
        ):
            raise WorkerEnded("PROTOCOL", "a call of a function that was not passed in")
        seconds = min(self.limits.call_seconds, deadline - time.monotonic())
        if seconds <= 0:
            raise WorkerEnded("TIMEOUT", "no answer within the time allowed")
        try:
            _require_modest([args, kwargs])
            with _memory_limit(), _time_limit(seconds):
                value = self._functions[number](*args, **kwargs)
                return wire.dumps({"value": value, "args": [arg for arg in args if not callable(arg)]})
        except Exception as error:
            return wire.dumps({"error": f"{type(error).__name__}: {error}"[:300]})

    def _write(self, frame: bytes, deadline: float) -> None:
        view = memoryview(frame)
        while view:
            try:
                view = view[os.write(self._requests, view) :]
            except BlockingIOError:
                self._wait(self._requests, select.POLLOUT, deadline)
            except BrokenPipeError:
                raise self._died() from None

    def _read_frame(self, deadline: float) -> bytes:
        self._fill(wire.HEADER.size, deadline)
        (length,) = wire.HEADER.unpack_from(self._received)
        if length > wire.FRAME_BYTES:
            raise WorkerEnded("PROTOCOL", "the answer is too long")
        end = wire.HEADER.size + length
        self._fill(end, deadline)
        body = bytes(self._received[wire.HEADER.size : end])
        del self._received[:end]
        return body

    def _fill(self, count: int, deadline: float) -> None:
        """Wait until `count` bytes have been received; what is more stays for the next frame."""
        while len(self._received) < count:
            self._wait(self._answers, select.POLLIN, deadline)
            part = os.read(self._answers, READ_BYTES)
            if not part:
                raise self._died()
            self._received += part

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
        how = f"signal {_signal_name(os.WTERMSIG(status))}" if os.WIFSIGNALED(status) else "an early exit"
        return WorkerEnded("CRASHED", f"the process ended by {how}")


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """A student's arguments may make a function of ours compute for hours: interrupt it (in the main thread)."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("this takes too long")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def _memory_limit() -> Iterator[None]:
    """A student's arguments may make a function of ours ask for gigabytes: then it gets a MemoryError."""
    if not os.path.exists("/proc/self/statm"):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + CALLBACK_BYTES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one of the real-time signals, which have no names
        return str(number)


def _require_modest(value: Any) -> None:
    """Refuse arguments with which a function of ours could compute for long."""
    numbers = list(_leaves(value))
    if any(isinstance(number, (int, np.integer)) and abs(int(number)) > INT_LIMIT for number in numbers):
        raise ValueError(f"an integer argument is beyond {INT_LIMIT}")
    if sum(np.size(number) for number in numbers if isinstance(number, np.ndarray)) > ENTRIES:
        raise ValueError(f"the arguments have more than {ENTRIES} entries")


def _leaves(value: Any) -> Iterator[Any]:
    if type(value) in (list, tuple, dict):
        for item in value.values() if type(value) is dict else value:
            yield from _leaves(item)
    else:
        yield value
