"""Attacks that get through at present, with the reason; a test fails as soon as one of them is repelled."""

KNOWN: dict[str, str] = {
    "an end that has no name": "conversation._died names the signal, and real-time signals have no name: ValueError",
    "a cell's end that has no name": "the same",
    "calls back in advance": "conversation.ask looks at the deadline only when bytes are missing",
    "keys that collide": "wire._Reader builds a dictionary of integers that all have one hash",
    "an answer in a long cell": "wire.TEXT_BYTES binds the source of a cell, too",
}
KNOWN_IN: dict[tuple[str, str], str] = {}  # by mode's and attack's names
