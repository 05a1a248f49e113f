"""Counts what a msgpack body holds before anything of it is built.

A frame of a few megabytes can name millions of empty lists, each of which costs a hundred bytes once it exists. Here
headers are read and data is stepped over; nothing is allocated.
"""

# The msgpack format by first byte: how many bytes follow; (width of a length, more bytes); (width of a count, entries)
_FIXED = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4}
_FIXED |= {0xD3: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17}
_SIZED = {0xC4: (1, 0), 0xC5: (2, 0), 0xC6: (4, 0), 0xC7: (1, 1), 0xC8: (2, 1), 0xC9: (4, 1)}  # binary, extension
_SIZED |= {0xD9: (1, 0), 0xDA: (2, 0), 0xDB: (4, 0)}  # text
_COUNTED = {0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}  # arrays, maps


class TooMany(ValueError):
    """A body holds more entries than it may."""


def entries(body: bytes, most: int) -> int:
    """How many entries the lists and maps of a body have together; a map counts keys and values."""
    place, pending, found = 0, 1, 0
    while pending:
        place, more = _next(body, place)
        pending, found = pending + more - 1, found + more
        if found > most:
            raise TooMany
    return found


def _next(body: bytes, place: int) -> tuple[int, int]:
    """The place behind the header and data of the object at `place`, and how many entries follow it."""
    if place >= len(body):
        raise ValueError("it ends too early")
    first, place = body[place], place + 1
    if first < 0x80 or first >= 0xE0:
        return place, 0
    if first < 0xA0:
        return place, (first & 0x0F) * (2 if first < 0x90 else 1)
    if first < 0xC0:
        return place + (first & 0x1F), 0
    if first in _FIXED:
        return place + _FIXED[first], 0
    if first in _SIZED:
        width, more = _SIZED[first]
        return place + width + more + int.from_bytes(body[place : place + width], "big"), 0
    if first in _COUNTED:
        width, each = _COUNTED[first]
        return place + width, each * int.from_bytes(body[place : place + width], "big")
    raise ValueError("unknown type")
