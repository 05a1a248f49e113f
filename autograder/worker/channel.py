"""The worker's end of the two pipes: requests come in, answers go out, callables are called back."""

import os
import threading
from typing import Any

from . import wire
from .copyback import copy_back

# The descriptors a worker is started with: higher than any that the zygote had, because an object that the child
# inherited (a font of matplotlib's) closes its old number when it is collected.
REQUESTS, ANSWERS = 60, 61
READ_BYTES = 2**16


class Channel:
    """Blocking frames over two descriptors. One conversation at a time; the lock keeps a student's threads apart."""

    def __init__(self, requests: int = REQUESTS, answers: int = ANSWERS) -> None:
        """Use the given descriptors."""
        self._requests, self._answers = requests, answers
        self._received = bytearray()
        self._lock = threading.RLock()

    def receive(self) -> Any:
        """The next message; EOFError when the trusted side has gone."""
        (length,) = wire.HEADER.unpack(self._read(wire.HEADER.size))
        return self.decoded(self._read(length))

    def decoded(self, body: bytes) -> Any:
        """The value of a frame's body."""
        return wire.loads(body, self._callable, text=wire.FRAME_BYTES)  # a cell may be long

    def send(self, message: Any) -> None:
        """Send one message."""
        self.send_frame(wire.dumps(message))

    def send_frame(self, frame: bytes) -> None:
        """Send one encoded frame."""
        view = memoryview(frame)
        while view:
            view = view[os.write(self._answers, view) :]

    def _read(self, count: int) -> bytes:
        while len(self._received) < count:
            part = os.read(self._requests, READ_BYTES)
            if not part:
                raise EOFError
            self._received += part
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken

    def _callable(self, number: int) -> "RemoteFunction":
        return RemoteFunction(self, number)

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the trusted side's function with this number."""
        with self._lock:
            self.send({"call_back": number, "args": args, "kwargs": kwargs})
            reply = self.receive()
        if "error" in reply:
            raise ValueError(reply["error"])
        copy_back(args, reply["args"])
        return reply["value"]


class RemoteFunction:
    """A function that lives on the trusted side, as a student's code sees it."""

    def __init__(self, channel: Channel, number: int) -> None:
        """Remember the channel and the handle's number."""
        self._channel, self.number = channel, number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it with plain values."""
        return self._channel.call_back(self.number, args, kwargs)
