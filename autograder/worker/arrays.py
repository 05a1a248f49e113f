"""Arrays of numbers as bytes, for frames: type, shape and data, each looked at before anything is built."""

import contextlib
import math
import struct
from typing import Any

import numpy as np

FRAME_BYTES = 16 * 2**20  # one frame; the largest honest reply is a few thousand numbers
DIMENSIONS = 16
# An array is the place of its type in this list, the number of its dimensions (a byte each), its shape, its data.
DTYPES = ("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
_PLACES = {np.dtype(name): place for place, name in enumerate(DTYPES)}
_STORED = tuple(np.dtype("|u1" if name == "|b1" else name) for name in DTYPES)  # any byte may stand for a boolean


class Refused(Exception):
    """A frame, or a value for a frame, that is not allowed to cross; the text says why."""


def to_bytes(value: Any) -> bytes:
    """An array or a scalar of numpy; Refused, with the name of its type, if it holds no numbers."""
    array = np.asarray(value)
    if array.dtype == np.longdouble:
        array = array.astype(np.float64)
    if array.dtype == object:  # of Python's numbers, perhaps: np.frompyfunc makes such
        with contextlib.suppress(ValueError):
            numbers = np.array(array.tolist())
            array = numbers if numbers.shape == array.shape else array
    place = _PLACES.get(array.dtype.newbyteorder("<"))
    if place is None:
        raise Refused(f"array of {array.dtype.name}" if isinstance(value, np.ndarray) else type(value).__name__)
    if array.nbytes > FRAME_BYTES:  # before a copy is made
        raise Refused(f"array of {array.nbytes // 2**20} MB, more than the {FRAME_BYTES // 2**20} MB allowed")
    if array.ndim > DIMENSIONS:
        raise Refused(f"array of {array.ndim} dimensions")
    head = struct.pack(f"<BB{array.ndim}Q", place, array.ndim, *array.shape)
    data = array.astype(DTYPES[place], order="C", copy=False).tobytes()
    return head + data


def from_bytes(data: bytes) -> np.ndarray[Any, Any]:
    """A new array; Refused if type, shape and data do not fit together."""
    if len(data) < 2 or data[0] >= len(DTYPES) or data[1] > DIMENSIONS:
        raise Refused("array")
    dtype, start = _STORED[data[0]], 2 + 8 * data[1]
    if len(data) < start:
        raise Refused("array")
    shape = struct.unpack_from(f"<{data[1]}Q", data, 2)
    if math.prod(n or 1 for n in shape) > FRAME_BYTES:  # also of an empty array: its strides must fit
        raise Refused("array shape")
    if math.prod(shape) * dtype.itemsize != len(data) - start:
        raise Refused("array size")
    stored: np.ndarray[Any, Any] = np.ndarray(shape, dtype, data, start)
    return stored.astype(bool) if DTYPES[data[0]] == "|b1" else stored.copy()
