"""Frames between the trusted side and a worker: plain values as msgpack, nothing that can run.

Both sides use this module, but only the trusted side depends on its limits: `loads` checks type, size, depth and count
of everything *before* it builds it, and ends every malformed frame in `Refused`.

What may cross: None, bool, int, float, complex, str, bytes, list, tuple, dict with keys of str, int or tuple of int,
arrays and numpy scalars of the types in DTYPES (objects of a subclass arrive as the plain type), a
`np.random.Generator` over PCG64 (its state), and, towards the worker only, a callable as a numbered handle.
"""

import struct
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from . import arrays, count
from .arrays import DTYPES, FRAME_BYTES, Refused

__all__ = ["DTYPES", "FRAME_BYTES", "Refused", "dumps", "encoded", "loads"]

DEPTH = 12  # an honest value nests four deep, inside a message
ITEMS = 100_000  # entries of all lists, tuples and dicts of a frame together: a matrix may come as nested lists
DICT_ITEMS = 1_024  # of one dict: its keys may be chosen to collide, which makes building it quadratic
KEY_LIMIT, KEY_PARTS = 2**31, 4  # numbers of a key, so that there are no thousands that collide
SMALL_FRAME = 4_096  # needs no counting: an entry takes a byte at least, whatever its headers promise
TEXT_BYTES = 20_000
INT_BYTES = 64
HEADER = struct.Struct(">I")

COMPLEX, ARRAY, SCALAR, TUPLE, GENERATOR, HANDLE, LARGE_INT = range(1, 8)
_NESTED = frozenset([list, tuple, dict, msgpack.Timestamp])

Handler = Callable[..., Any]


# ---- out --------------------------------------------------------------------------------------------------------


def dumps(message: Any, handle: Callable[[Handler], int] | None = None) -> bytes:
    """The frame for `message`: `encoded`, with its length before it."""
    body = encoded(message, handle)
    return HEADER.pack(len(body)) + body


def encoded(message: Any, handle: Callable[[Handler], int] | None = None) -> bytes:
    """The body of the frame for `message`; `handle` numbers the callables in it (without it they are refused).

    Raises:
        Refused: the message holds something that may not cross; the text is its type's name.
    """

    def other(value: Any) -> Any:
        return _outgoing(value, pack, handle)

    def pack(value: Any) -> bytes:
        return bytes(msgpack.packb(value, default=other, strict_types=True))

    try:
        body = pack(message)
    except (ValueError, OverflowError, UnicodeError, TypeError, RecursionError) as error:
        raise Refused(f"value that cannot be sent ({type(error).__name__})") from None
    if len(body) > FRAME_BYTES:
        raise Refused(f"value of {len(body) // 2**20} MB, more than the {FRAME_BYTES // 2**20} MB allowed")
    return body


def _outgoing(value: Any, pack: Callable[[Any], bytes], handle: Callable[[Handler], int] | None) -> Any:
    kind = type(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return str(value) if kind is np.str_ else _numbers(value)  # rng.choice of names gives such text
    if isinstance(value, tuple):
        return msgpack.ExtType(TUPLE, pack(list(value)))
    if isinstance(value, (list, dict)):  # of a subclass, such as a defaultdict: what is sent is its plain content
        return dict(value) if isinstance(value, dict) else list(value)
    if kind is int:
        return msgpack.ExtType(LARGE_INT, _large_int(value))
    if kind is complex:
        return msgpack.ExtType(COMPLEX, struct.pack("<dd", value.real, value.imag))
    if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
        return msgpack.ExtType(GENERATOR, pack(_generator_state(value)))
    if handle is not None and callable(value):
        return msgpack.ExtType(HANDLE, pack(handle(value)))
    raise Refused(kind.__name__)


def _numbers(value: Any) -> msgpack.ExtType:
    return msgpack.ExtType(SCALAR if isinstance(value, np.generic) else ARRAY, arrays.to_bytes(value))


def _large_int(value: int) -> bytes:
    length = value.bit_length() // 8 + 1
    if length > INT_BYTES:
        raise Refused("int of more than 500 bits")
    return value.to_bytes(length, "little", signed=True)


def _generator_state(generator: np.random.Generator) -> list[int]:
    state: Any = generator.bit_generator.state
    return [state["state"]["state"], state["state"]["inc"], state["has_uint32"], state["uinteger"]]


# ---- in ---------------------------------------------------------------------------------------------------------


def loads(body: bytes, function: Callable[[int], Handler] | None = None, text: int = TEXT_BYTES) -> Any:
    """The message of a frame's body; `function` makes the callable for a handle (without it handles are refused).

    A string may have `text` bytes.

    Raises:
        Refused: the body is malformed, too large, too deep, or holds something that may not cross.
    """
    if len(body) > FRAME_BYTES:
        raise Refused("frame too long")
    value = _Reader(function, text, counting=len(body) > SMALL_FRAME).read(body)
    _settle(value, DEPTH)
    return value


def _settle(value: Any, depth: int) -> None:
    """Refuse what is nested too deeply and what is no value of ours; make dicts' keys plain numbers."""
    if type(value) not in _NESTED:
        return
    if depth == 0:
        raise Refused("value nested too deeply")
    if type(value) is msgpack.Timestamp:
        raise Refused("unknown type")
    if type(value) is dict:
        if any(type(key) is not str for key in value):
            items = [(_key(key), item) for key, item in value.items()]
            value.clear()
            value.update(items)
        value = value.values()
    for item in value:
        if type(item) in _NESTED:
            _settle(item, depth - 1)


def _key(key: Any) -> Any:
    if type(key) is tuple and len(key) <= KEY_PARTS:
        return tuple(map(_whole_number, key))
    return key if type(key) is str else _whole_number(key)


def _whole_number(part: Any) -> int:
    if (type(part) is int or isinstance(part, np.integer)) and abs(int(part)) < KEY_LIMIT:
        return int(part)
    raise Refused("dict key")


class _Reader:
    """Builds the value of one frame and counts what it builds."""

    def __init__(self, function: Callable[[int], Handler] | None, text: int, *, counting: bool) -> None:
        self.function, self.text, self.counting = function, text, counting
        self.items, self.depth = 0, 0
        self.revive: dict[int, Callable[[bytes], Any]] = {
            COMPLEX: _complex,
            ARRAY: arrays.from_bytes,
            SCALAR: _scalar,
            TUPLE: self._tuple,
            GENERATOR: self._generator,
            HANDLE: self._handle,
            LARGE_INT: _int,
        }

    def read(self, body: bytes) -> Any:
        if self.depth == DEPTH:
            raise Refused("value nested too deeply")
        self.depth += 1
        try:
            if self.counting:
                self.items += count.entries(body, ITEMS - self.items)
            return msgpack.unpackb(
                body,
                ext_hook=self._extension,
                strict_map_key=False,
                max_array_len=min(ITEMS, len(body)),
                max_map_len=min(DICT_ITEMS, len(body)),
                max_str_len=self.text,
                max_bin_len=FRAME_BYTES,
                max_ext_len=FRAME_BYTES,
            )
        except count.TooMany:
            raise Refused(f"value of more than {ITEMS} entries") from None
        except (ValueError, TypeError, msgpack.UnpackException, RecursionError, MemoryError) as error:
            raise Refused(f"not a frame ({type(error).__name__})") from None
        finally:
            self.depth -= 1

    def _extension(self, code: int, data: bytes) -> Any:
        if code not in self.revive:
            raise Refused("unknown type")
        return self.revive[code](data)

    def _tuple(self, data: bytes) -> tuple[Any, ...]:
        parts = self.read(data)
        if type(parts) is not list:
            raise Refused("tuple")
        return tuple(parts)

    def _generator(self, data: bytes) -> np.random.Generator:
        parts = self.read(data)
        bounds = (2**128, 2**128, 2, 2**32)
        if type(parts) is not list or len(parts) != len(bounds):
            raise Refused("generator")
        if not all(type(part) is int and 0 <= part < bound for part, bound in zip(parts, bounds, strict=True)):
            raise Refused("generator")
        state, inc, has_uint32, uinteger = parts
        if inc % 2 == 0:  # PCG64's increment is odd; with an even one it may stand still, and a draw never end
            raise Refused("generator")
        generator = np.random.Generator(np.random.PCG64(0))
        generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": {"state": state, "inc": inc},
            "has_uint32": has_uint32,
            "uinteger": uinteger,
        }
        return generator

    def _handle(self, data: bytes) -> Handler:
        number = self.read(data)
        if self.function is None or type(number) is not int:
            raise Refused("callable")
        return self.function(number)


def _complex(data: bytes) -> complex:
    if len(data) != 16:
        raise Refused("complex")
    return complex(*struct.unpack("<dd", data))


def _int(data: bytes) -> int:
    if len(data) > INT_BYTES:
        raise Refused("int")
    return int.from_bytes(data, "little", signed=True)


def _scalar(data: bytes) -> Any:
    array = arrays.from_bytes(data)
    if array.shape != ():
        raise Refused("scalar")
    return array[()]
