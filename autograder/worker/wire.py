"""Frames between the trusted side and a worker: plain values as msgpack, nothing that can run.

Both sides use this module, but only the trusted side depends on its limits: `loads` checks type, size, depth and count
of everything *before* it builds it, and ends every malformed frame in `Refused`.

What may cross: None, bool, int, float, complex, str, bytes, list, tuple, dict with keys of str, int or tuple of int,
arrays and numpy scalars of the types in DTYPES (objects of a subclass arrive as the plain type), a
`np.random.Generator` over PCG64 (its state), and, towards the worker only, a callable as a numbered handle.
"""

import math
import struct
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from . import count

FRAME_BYTES = 16 * 2**20  # one frame; the largest honest reply is a few thousand numbers
DEPTH = 12  # an honest value nests four deep, inside a message
ITEMS = 100_000  # entries of all lists, tuples and dicts of a frame together: a matrix may come as nested lists
TEXT_BYTES = 20_000
INT_BYTES = 64
HEADER = struct.Struct(">I")

COMPLEX, ARRAY, SCALAR, TUPLE, GENERATOR, HANDLE, LARGE_INT = range(1, 8)
DTYPES = frozenset(["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"])

Handler = Callable[..., Any]


class Refused(Exception):
    """A frame, or a value for a frame, that is not allowed to cross; the text says why."""


# ---- out --------------------------------------------------------------------------------------------------------


def dumps(message: Any, handle: Callable[[Handler], int] | None = None) -> bytes:
    """The frame for `message`; `handle` numbers the callables in it (without it they are refused).

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
    return HEADER.pack(len(body)) + body


def _outgoing(value: Any, pack: Callable[[Any], bytes], handle: Callable[[Handler], int] | None) -> Any:
    kind = type(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return _outgoing_numbers(value, pack)
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


def _outgoing_numbers(value: Any, pack: Callable[[Any], bytes]) -> msgpack.ExtType:
    array = np.asarray(value)
    if array.dtype == np.longdouble:
        array = array.astype(np.float64)
    dtype = array.dtype.newbyteorder("<").str if array.dtype.byteorder == ">" else array.dtype.str
    if dtype not in DTYPES:
        raise Refused(f"array of {array.dtype.name}" if isinstance(value, np.ndarray) else type(value).__name__)
    if array.nbytes > FRAME_BYTES:  # before a copy is made
        raise Refused(f"array of {array.nbytes // 2**20} MB, more than the {FRAME_BYTES // 2**20} MB allowed")
    data = np.ascontiguousarray(array, dtype=dtype).tobytes()
    return msgpack.ExtType(SCALAR if isinstance(value, np.generic) else ARRAY, pack([dtype, list(array.shape), data]))


def _large_int(value: int) -> bytes:
    length = value.bit_length() // 8 + 1
    if length > INT_BYTES:
        raise Refused("int of more than 500 bits")
    return value.to_bytes(length, "little", signed=True)


def _generator_state(generator: np.random.Generator) -> list[int]:
    state: Any = generator.bit_generator.state
    return [state["state"]["state"], state["state"]["inc"], state["has_uint32"], state["uinteger"]]


# ---- in ---------------------------------------------------------------------------------------------------------


def loads(body: bytes, function: Callable[[int], Handler] | None = None) -> Any:
    """The message of a frame's body; `function` makes the callable for a handle (without it handles are refused).

    Raises:
        Refused: the body is malformed, too large, too deep, or holds something that may not cross.
    """
    if len(body) > FRAME_BYTES:
        raise Refused("frame too long")
    return _Reader(function).read(body, DEPTH)


class _Reader:
    """Builds the value of one frame and counts what it builds."""

    def __init__(self, function: Callable[[int], Handler] | None) -> None:
        self.function, self.items = function, 0
        self.revive: dict[int, Callable[[bytes, int], Any]] = {
            COMPLEX: self._complex,
            ARRAY: self._array,
            SCALAR: self._scalar,
            TUPLE: self._tuple,
            GENERATOR: self._generator,
            HANDLE: self._handle,
            LARGE_INT: self._large_int,
        }

    def read(self, body: bytes, depth: int) -> Any:
        try:
            self.items += count.entries(body, ITEMS - self.items)
            raw = msgpack.unpackb(
                body,
                strict_map_key=False,
                max_array_len=ITEMS,
                max_map_len=ITEMS,
                max_str_len=TEXT_BYTES,
                max_bin_len=FRAME_BYTES,
                max_ext_len=FRAME_BYTES,
            )
        except count.TooMany:
            raise Refused(f"value of more than {ITEMS} entries") from None
        except (ValueError, TypeError, msgpack.UnpackException, RecursionError, MemoryError) as error:
            raise Refused(f"not a frame ({type(error).__name__})") from None
        return self._value(raw, depth)

    def _value(self, raw: Any, depth: int) -> Any:
        if depth == 0:
            raise Refused("value nested too deeply")
        if type(raw) is list:
            return [self._value(item, depth - 1) for item in raw]
        if type(raw) is dict:
            return {self._key(key, depth - 1): self._value(item, depth - 1) for key, item in raw.items()}
        if type(raw) is msgpack.ExtType:
            if raw.code not in self.revive:
                raise Refused("unknown type")
            return self.revive[raw.code](raw.data, depth - 1)
        if raw is not None and type(raw) not in (bool, int, float, str, bytes):
            raise Refused("unknown type")  # a timestamp
        return raw

    def _key(self, raw: Any, depth: int) -> Any:
        key = self._value(raw, depth)
        if type(key) is tuple:
            return tuple(_whole_number(part) for part in key)
        return key if type(key) is str else _whole_number(key)

    def _tuple(self, data: bytes, depth: int) -> tuple[Any, ...]:
        parts = self.read(data, depth)
        if type(parts) is not list:
            raise Refused("tuple")
        return tuple(parts)

    def _complex(self, data: bytes, depth: int) -> complex:
        if len(data) != 16:
            raise Refused("complex")
        return complex(*struct.unpack("<dd", data))

    def _large_int(self, data: bytes, depth: int) -> int:
        if len(data) > INT_BYTES:
            raise Refused("int")
        return int.from_bytes(data, "little", signed=True)

    def _scalar(self, data: bytes, depth: int) -> Any:
        array = self._array(data, depth)
        if array.shape != ():
            raise Refused("scalar")
        return array[()]

    def _array(self, data: bytes, depth: int) -> np.ndarray[Any, Any]:
        parts = self.read(data, depth)
        if type(parts) is not list or len(parts) != 3:
            raise Refused("array")
        dtype, shape, values = parts
        if type(dtype) is not str or dtype not in DTYPES or type(shape) is not list or type(values) is not bytes:
            raise Refused("array")
        if len(shape) > 16 or not all(type(n) is int and n >= 0 for n in shape):
            raise Refused("array shape")
        if math.prod(max(n, 1) for n in shape) > FRAME_BYTES:  # also of an empty array: its strides must fit
            raise Refused("array shape")
        if math.prod(shape) * np.dtype(dtype).itemsize != len(values):
            raise Refused("array size")
        stored = np.frombuffer(values, "|u1" if dtype == "|b1" else dtype).reshape(shape)
        return stored.astype(bool) if dtype == "|b1" else stored.copy()

    def _generator(self, data: bytes, depth: int) -> np.random.Generator:
        parts = self.read(data, depth)
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

    def _handle(self, data: bytes, depth: int) -> Handler:
        number = self.read(data, depth)
        if self.function is None or type(number) is not int:
            raise Refused("callable")
        return self.function(number)


def _whole_number(part: Any) -> int:
    if type(part) is int or isinstance(part, np.integer):
        return int(part)
    raise Refused("dict key")
