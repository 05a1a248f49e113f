"""Frames: what crosses comes back equal, everything else ends in Refused and nothing but Refused."""

import collections
import contextlib
import math
import struct

import msgpack
import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.worker import count, wire

plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
)
dtypes = st.sampled_from(sorted(wire.DTYPES)).map(np.dtype)
arrays = npst.arrays(dtypes, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
keys = st.text(max_size=3) | st.integers(-9, 9) | st.tuples(st.integers(0, 9), st.integers(0, 9))
values = st.recursive(
    plain | arrays,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=8,
)


def through(value):
    return wire.loads(wire.dumps(value)[wire.HEADER.size :])


def same(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    return one == other or repr(one) == repr(other)


@settings(max_examples=300, deadline=None)
@given(values)
def test_what_may_cross_comes_back_equal(value):
    """Type, dtype, shape and every bit survive; only text that is no text (lone surrogates) is refused."""
    try:
        received = through(value)
    except wire.Refused as refused:
        event(f"refused: {refused}")
        assume("UnicodeEncodeError" not in str(refused))
        raise
    assert same(received, value)


@pytest.mark.parametrize("value", [np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(2j), np.float64("nan")])
def test_numpy_scalars_stay_what_they_are(value):
    """A numpy scalar comes back with its type."""
    assert type(through(value)) is type(value)
    assert repr(through(value)) == repr(value)


def test_a_generator_goes_on_where_it_was():
    """The state crosses, including a half-used 64-bit draw."""
    rng = np.random.default_rng(3)
    rng.integers(0, 10, dtype=np.uint32)
    copy = through(rng)

    np.testing.assert_array_equal(copy.normal(size=5), rng.normal(size=5))


def test_arrays_in_any_memory_order_arrive_as_they_look():
    """Transposed, strided, reversed and big-endian arrays keep their entries."""
    base = np.arange(12.0).reshape(3, 4)
    for array in (base.T, base[::2], base[:, ::-1], base.astype(">f8"), np.broadcast_to(1.0, (2, 2))):
        np.testing.assert_array_equal(through(array), array)


def test_what_arrives_is_ours_to_change():
    """A decoded array is writable and shares nothing with the frame."""
    array = through(np.zeros(3))
    array += 1
    assert array.tolist() == [1, 1, 1]


class Stranger:
    """Something that must not cross."""


class Liar(np.ndarray):
    """An array that lies about itself."""

    def __eq__(self, other):
        return True

    __hash__ = None


@pytest.mark.parametrize(
    "value",
    [
        Stranger(),
        {1, 2},
        iter([]),
        len,
        ...,
        np.array([object()]),
        np.array(["text"]),
        np.array(["2020"], dtype="datetime64[Y]"),
        type("Sub", (float,), {})(1),
        2**5000,
        np.random.Generator(np.random.MT19937(0)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_may_not_cross_is_refused(value):
    """Objects, subclasses and foreign arrays stop at the sender."""
    with pytest.raises(wire.Refused):
        wire.dumps([value])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.array([1.0, 2.0]).view(Liar), np.array([1.0, 2.0])),
        (collections.defaultdict(float, {1: 2.0}), {1: 2.0}),
        (collections.OrderedDict(a=[1]), {"a": [1]}),
        (collections.namedtuple("Pair", "x y")(1, 2), (1, 2)),
        (type("Sub", (list,), {})([1, 2]), [1, 2]),
        ({"name": np.str_("relu")}, {"name": "relu"}),
        ({np.int64(3): 1, (np.int8(1), 2): 2}, {3: 1, (1, 2): 2}),
    ],
    ids=["array", "defaultdict", "OrderedDict", "named tuple", "list", "text", "keys"],
)
def test_subclasses_arrive_as_the_plain_type(value, expected):
    """The data crosses, the class with whatever it overrides does not."""
    assert same(through(value), expected)


def test_a_callable_needs_a_number():
    """Functions cross as handles where the sender allows it, and are refused by a receiver who does not."""
    frame = wire.dumps({"f": len}, handle=lambda function: 17)[wire.HEADER.size :]

    assert wire.loads(frame, function=lambda number: number)["f"] == 17
    with pytest.raises(wire.Refused):
        wire.loads(frame)


def ext(code, *parts):
    return msgpack.packb(msgpack.ExtType(code, b"".join(parts)))


def tuples(depth):
    body = b"\xc0"
    for _ in range(depth):
        body = ext(wire.TUPLE, b"\x91" + body)
    return body


def nested(depth):
    return b"\x91" * depth + b"\xc0"


def array(dtype, shape, data, code=wire.ARRAY):
    return ext(code, struct.pack(f"<BB{len(shape)}Q", wire.DTYPES.index(dtype), len(shape), *shape), data)


HOSTILE = {
    "nothing": b"",
    "half an array": b"\x93\x01",
    "trailing bytes": b"\x01\x02",
    "deep": nested(100),
    "very deep": nested(100_000),
    "a timestamp": msgpack.packb(msgpack.Timestamp(1, 2)),
    "an unknown type": ext(99, b"x"),
    "a promised gigabyte": b"\xdd\xff\xff\xff\xff",
    "a long text": msgpack.packb("x" * (wire.TEXT_BYTES + 1)),
    "too many entries": msgpack.packb([0] * (wire.ITEMS + 1)),
    "too many entries in all": msgpack.packb([[0] * (wire.ITEMS // 5)] * 6),
    "a float key": msgpack.packb({1.5: 1}),
    "a list key": b"\x81\x90\x01",
    "a tuple that is none": ext(wire.TUPLE, msgpack.packb(3)),
    "a short complex": ext(wire.COMPLEX, b"abc"),
    "an enormous int": ext(wire.LARGE_INT, b"\x01" * 65),
    "a huge shape": array("<f8", [2**31], b""),
    "a shape that overflows": array("<f8", [2**30] * 8, b""),
    "a shape beyond every number": array("<f8", [2**64 - 1], b""),
    "an empty but huge shape": array("<f8", [0] + [2**31 - 1] * 4, b""),
    "too many dimensions": array("|u1", [1] * 40, b"x"),
    "too little data": array("<f8", [2], b"x" * 8),
    "too much data": array("<f8", [2], b"x" * 24),
    "an array that ends in its shape": ext(wire.ARRAY, b"\x0b\x02" + b"\0" * 8),
    "an array of no type": ext(wire.ARRAY, bytes([len(wire.DTYPES), 0]) + b"x" * 8),
    "an array of nothing": ext(wire.ARRAY),
    "a scalar with a shape": array("<f8", [1], b"x" * 8, wire.SCALAR),
    "a key of 32 bits": msgpack.packb({2**31: 0}),
    "a long key": wire.dumps({(1, 2, 3, 4, 5): 1})[wire.HEADER.size :],
    "so many keys that they could collide": msgpack.packb(dict.fromkeys(range(wire.DICT_ITEMS + 1))),
    "a tuple in tuples": tuples(20),
    "a None key": msgpack.packb({None: 1}),
    "a tuple key of text": wire.dumps({("a", "b"): 1})[wire.HEADER.size :],
    "a generator with a negative state": ext(wire.GENERATOR, msgpack.packb([-1, 1, 0, 0])),
    "a generator that may stand still": ext(wire.GENERATOR, msgpack.packb([0, 2, 0, 0])),
    "a million empty maps": b"\xdd\x00\x0f\x42\x40" + b"\x80" * 1_000_000,
    "a generator of text": ext(wire.GENERATOR, msgpack.packb(["a", 1, 0, 0])),
    "a handle": ext(wire.HANDLE, msgpack.packb(0)),
    "invalid text": b"\xa2\xff\xfe",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_frames_are_refused(body):
    """Every malformed or oversized frame is refused, whatever it promises."""
    with pytest.raises(wire.Refused):
        wire.loads(body)


def test_bytes_are_no_booleans_in_disguise():
    """A boolean array holds nothing but True and False, whatever bytes were sent."""
    received = wire.loads(array("|b1", [3], b"\x00\x01\xff"))

    assert received.tolist() == [False, True, True]
    assert received.tobytes() == b"\x00\x01\x01"


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_give_data_or_a_refusal(body):
    """No input raises anything else."""
    with contextlib.suppress(wire.Refused):
        wire.loads(body)


@settings(max_examples=400, deadline=None)
@given(values, st.data())
def test_mutated_frames_give_data_or_a_refusal(value, data):
    """Honest frames with a few changed, lost or repeated bytes do no harm either."""
    try:
        body = bytearray(wire.dumps(value)[wire.HEADER.size :])
    except wire.Refused:
        return
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(len(body) - 1, 0)))
        body[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    with contextlib.suppress(wire.Refused):
        wire.loads(bytes(body))


def entries_of(value):
    """Entries of lists and maps, counted on the finished value; tuples and arrays are read on their own."""
    if isinstance(value, list):
        return len(value) + sum(map(entries_of, value))
    if isinstance(value, dict):
        return 2 * len(value) + sum(map(entries_of, value.values()))
    return 0


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=300) | st.binary(max_size=300),
        lambda inner: st.lists(inner, max_size=40) | st.dictionaries(st.text(max_size=40), inner, max_size=20),
        max_leaves=60,
    )
)
def test_entries_are_counted_without_building_them(value):
    """The scan of the bytes and the finished value agree, for every kind of header."""
    assert count.entries(msgpack.packb(value), 10**6) == entries_of(value)


def test_float_bits_survive():
    """Negative zero and the payload of a NaN are bits like any other."""
    quiet = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000000123))[0]

    assert math.copysign(1, through(-0.0)) == -1
    assert through(np.array([quiet])).tobytes() == np.array([quiet]).tobytes()
