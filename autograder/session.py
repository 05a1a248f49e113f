"""One submission across the deaths of its workers: kill, fork anew, replay the cells before, skip the culprit.

A cell or call that loops, crashes or exhausts memory costs only what depends on it. Calls are not replayed: checks do
not build on one another.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from autograder.conversation import Worker, WorkerEnded
from autograder.failure import Failure, Raised
from autograder.guard import Guarded, unsupported
from autograder.limits import Limits
from autograder.sandbox import FreshZygotes, Zygote
from autograder.worker.copyback import copy_back

OUTPUT_CHARS, TEXT_CHARS, DROPPED_LINES = 20_000, 300, 20  # kept of what a worker says about a cell


@dataclass(frozen=True)
class CellOutcome:
    """How one code cell ended. Everything in it but `code` is text of the student's process."""

    number: int
    code: str = ""  # empty when it ran through, else RAISED, TIMEOUT, CRASHED, MEMORY or PROTOCOL
    kind: str = ""
    text: str = ""
    line: str = ""
    line_number: int = 0
    output: str = ""
    dropped: tuple[str, ...] = ()
    begins: str = ""  # its first line, by which it can be found: Jupyter shows no numbers


class Session:
    """Runs the cells of one submission and calls its functions, whatever becomes of the worker."""

    def __init__(self, zygote: Zygote | FreshZygotes, limits: Limits) -> None:
        """Start nothing yet: the first cell or call does."""
        self._zygote, self._limits = zygote, limits
        self._worker: Worker | None = None
        self._ran: list[tuple[int, str]] = []
        self._lost: dict[int, CellOutcome] = {}
        self._replaced: dict[str, Callable[..., Any]] = {}
        self._timeouts: Counter[str] = Counter()
        self._deadline = time.monotonic() + limits.submission_seconds

    def __enter__(self) -> "Session":
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker and clean up after it."""
        self._end_worker()
        self._zygote.clean()

    def run_cell(self, number: int, source: str) -> CellOutcome:
        """Run one cell; a cell that ends the worker is not run again."""
        if number in self._lost:
            return self._lost[number]
        try:
            answer = self._ask({"cell": number, "source": source}, self._limits.cell_seconds)
        except WorkerEnded as ended:
            self._lost[number] = CellOutcome(number, ended.code, text=str(ended))
            return self._lost[number]
        self._ran.append((number, source))
        return _outcome(number, answer)

    def function(self, name: str, parameters: tuple[str, ...] = ()) -> Guarded:
        """The student's function of that name, as a check calls it."""

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, args, kwargs)

        return Guarded(name, call, parameters or [f"argument {i}" for i in range(1, 9)])

    def replace(self, name: str, function: Callable[..., Any]) -> None:
        """From now on, `name` in the student's code means `function`, which stays on this side."""
        self._replaced[name] = function
        if self._worker is not None:
            try:
                self._bind(self._worker, name, function)
            except WorkerEnded:
                self._worker = None  # the next cell or call forks a worker in which it is bound

    def start_over(self) -> None:
        """Begin anew in a fresh worker, without any cell; what looped or crashed before is remembered."""
        self._end_worker()
        self._ran = []

    def forgive(self) -> None:
        """Call functions again that were stopped before."""
        self._timeouts.clear()

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self._timeouts[name] >= self._limits.timeouts_per_function:
            raise Failure(
                "TIMEOUT",
                f"{name} was stopped {self._limits.timeouts_per_function} times before and is not called again.",
            )
        try:
            answer = self._ask({"call": name, "args": list(args), "kwargs": kwargs}, self._limits.call_seconds)
        except WorkerEnded as ended:
            self._timeouts[name] += ended.code == "TIMEOUT"
            raise Failure(
                ended.code, _ENDINGS[ended.code].format(name=name, seconds=self._limits.call_seconds)
            ) from None
        return _value(name, answer, args)

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        self._require_time()
        worker = self._live_worker()
        try:
            return worker.ask(request, min(seconds, self._require_time()))
        except WorkerEnded:
            self._worker = None
            raise

    def _require_time(self) -> float:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise WorkerEnded("TIMEOUT", f"the submission's {self._limits.submission_seconds:g} seconds are used up")
        return remaining

    def _live_worker(self) -> Worker:
        if self._worker is None:
            self._worker = self._zygote.fork()
            try:
                for number, source in list(self._ran):
                    self._replay(self._worker, number, source)
                for name, function in self._replaced.items():
                    self._bind(self._worker, name, function)
            except WorkerEnded:
                self._end_worker()
                raise
        return self._worker

    def _replay(self, worker: Worker, number: int, source: str) -> None:
        seconds = min(self._limits.cell_seconds, self._deadline - time.monotonic())
        try:
            worker.ask({"cell": number, "source": source}, max(seconds, 0.001))
        except WorkerEnded as ended:
            self._ran.remove((number, source))  # it ran once and does not run again: leave it out
            raise WorkerEnded(ended.code, f"cell {number} ended differently when it was run again") from None

    def _bind(self, worker: Worker, name: str, function: Callable[..., Any]) -> None:
        worker.ask({"bind": name, "function": function}, self._limits.call_seconds)

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.kill()
        self._worker = None


_ENDINGS = {
    "TIMEOUT": "{name} was still running after {seconds:g} seconds and was stopped.",
    "CRASHED": "{name} ended the whole process.",
    "MEMORY": "{name} used up the memory allowed.",
    "PROTOCOL": "{name} gave an answer that could not be read.",
}


def _outcome(number: int, answer: dict[str, Any]) -> CellOutcome:
    error, output, dropped = answer.get("error"), answer.get("output"), answer.get("dropped")
    printed = output[:OUTPUT_CHARS] if type(output) is str else ""
    left_out = tuple(_text(line) for line in dropped[:DROPPED_LINES]) if type(dropped) is list else ()
    if error is None:
        return CellOutcome(number, output=printed, dropped=left_out)
    raised, line_number = _error(error)
    code = "MEMORY" if raised.kind == "MemoryError" else "RAISED"
    return CellOutcome(number, code, raised.kind, raised.text, raised.line, line_number, printed, left_out)


def _error(error: Any) -> tuple[Raised, int]:
    """What was raised, and the number of the student's line."""
    fields = error if type(error) is dict else {}
    kind, text, line, place = (_text(fields.get(key)) for key in ("kind", "text", "line", "place"))
    number = fields.get("number")
    return Raised(kind or "Exception", text, line, place), number if type(number) is int else 0


def _text(value: Any) -> str:
    return value[:TEXT_CHARS] if type(value) is str else ""


def _value(name: str, answer: dict[str, Any], args: tuple[Any, ...]) -> Any:
    if "missing" in answer:
        raise Failure("NOT_DEFINED", f"{name} is not defined. Is its cell still in the notebook?")
    if "error" in answer:
        raise _error(answer["error"])[0]
    if "value" not in answer:
        raise unsupported(name, _text(answer.get("unportable")) or "unknown")
    copy_back(args, answer.get("args"))
    return answer["value"]
