"""One submission inside its worker: runs cells, calls functions, answers with values.

Requests and answers are dictionaries:

    {"cell": number, "source": text}
        -> {"error": None or {kind, text, line, place, number}, "output": text, "dropped": [text]}
    {"call": name, "args": a list, encoded by itself, "kwargs": {}}
        -> {"value": v}, with "args": [...] if the call changed them,
           or {"error": {...}}, {"unportable": type} or {"missing": name}
    {"bind": name, "function": handle}
        -> {}

Arguments that are not what they were come back after a call (contents and generator state), so that what a function
did to them can be seen.
"""

import contextlib
import io
import linecache
import sys
import types
from typing import Any

import numpy as np

from . import cells, wire
from .channel import Channel, RemoteFunction

OUTPUT_CHARS = 20_000
TEXT_CHARS = 300


class BoundedOutput(io.TextIOBase):
    """Standard output of a cell: keeps the first characters and forgets the rest."""

    def __init__(self) -> None:
        """Start empty."""
        self._parts: list[str] = []
        self._room = OUTPUT_CHARS

    def write(self, text: str) -> int:
        """Keep as much of `text` as there is room for."""
        self._parts.append(text[: self._room])
        self._room -= min(len(text), self._room)
        return len(text)

    def text(self) -> str:
        """What was written."""
        return "".join(self._parts)


def serve(channel: Channel) -> None:
    """Answer requests until the trusted side closes the pipe."""
    sys.modules["__main__"] = types.ModuleType("__main__")
    namespace = vars(sys.modules["__main__"])
    with contextlib.suppress(EOFError):
        while True:
            channel.send_frame(_answer(channel, channel.receive(), namespace))


def _answer(channel: Channel, request: dict[str, Any], namespace: dict[str, Any]) -> bytes:
    if "cell" in request:
        return _checked(_run_cell(request, namespace))
    if "bind" in request:
        namespace[request["bind"]] = request["function"]
        return wire.dumps({})
    return _call(channel, request, namespace)


def _run_cell(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    name = f"<cell {request['cell']}>"
    output, error = BoundedOutput(), None
    dropped: list[str] = []
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code, source, dropped = cells.compiled(request["source"], name)
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
            exec(code, namespace)  # noqa: S102  running students' code is what a worker is for
    except BaseException as raised:
        error = _described(raised)
    return {"error": error, "output": _clean(output.text(), OUTPUT_CHARS), "dropped": dropped[:20]}


def _call(channel: Channel, request: dict[str, Any], namespace: dict[str, Any]) -> bytes:
    function = namespace.get(request["call"])
    if not callable(function):
        return wire.dumps({"missing": request["call"]})
    args, kwargs, output = channel.decoded(request["args"]), request["kwargs"], BoundedOutput()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            value = function(*args, **kwargs)
    except BaseException as raised:
        return _checked({"error": _described(raised)})
    return _checked({"value": value} | _changed(args, request["args"]))


def _changed(args: list[Any], before: bytes) -> dict[str, Any]:
    """The arguments, if they are no longer what came in; functions are not sent back."""
    try:
        if wire.encoded(args, _number) == before:
            return {}
    except wire.Refused:
        pass  # something was put into them that cannot be sent; sending them says what
    return {"args": [arg for arg in args if not callable(arg)]}


def _number(function: Any) -> int:
    if type(function) is RemoteFunction:
        return function.number
    raise wire.Refused(type(function).__name__)


def _checked(answer: dict[str, Any]) -> bytes:
    """The frame of an answer, or of the name of the type that kept it from being sent."""
    try:
        frame = wire.dumps(answer)
        if not isinstance(answer.get("value"), (np.ndarray, np.generic, float, int)):
            wire.loads(frame[wire.HEADER.size :])
    except wire.Refused as refused:
        return wire.dumps({"unportable": _clean(str(refused), TEXT_CHARS)})
    return frame


def _described(error: BaseException) -> dict[str, Any]:
    """Kind and text of an exception, the student's own line and the function in which it stands."""
    number, line, place, trace = 0, "", "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell "):
            number, line = trace.tb_lineno, linecache.getline(name, trace.tb_lineno).strip()
            place = trace.tb_frame.f_code.co_name
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        number, line = error.lineno or 0, (error.text or "").strip()
    return {
        "kind": _clean(type(error).__name__, 80),
        "text": _text_of(error),
        "line": _clean(line, TEXT_CHARS),
        "place": _clean(place, 80),
        "number": number,
    }


def _text_of(error: BaseException) -> str:
    try:
        return _clean(str(error), TEXT_CHARS)
    except Exception:
        return ""


def _clean(text: str, limit: int) -> str:
    """As much of a text as has at most `limit` bytes."""
    return str(text)[:limit].encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")
