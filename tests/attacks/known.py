"""Attacks that get through at present, with the reason; a test fails as soon as one of them is repelled. None does."""

KNOWN: dict[str, str] = {}
KNOWN_IN: dict[tuple[str, str], str] = {}  # by mode's and attack's names
