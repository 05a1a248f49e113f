"""The one exception of checks, and how its messages write values.

The builder pastes this file into the tests that students receive. No message holds an angle bracket: otter shows
messages as HTML without escaping them.
"""

import numpy as np


class Failure(AssertionError):
    """A check that did not pass: `code` for the report, the message for the student, `slip` for a named pattern."""

    def __init__(self, code, message, slip=None):
        """Keep the code (WRONG, SHAPE, ...), the sentence with angle brackets replaced, and the slip's name."""
        self.code, self.slip = code, slip
        super().__init__(message.replace("<", "‹").replace(">", "›"))


class Raised(Exception):
    """What a student's function raised, when it ran in another process: kind, text, the line and its function."""

    def __init__(self, kind, text, line, place=""):
        """Keep the exception's class name, its text, the source line and where it stands (all untrusted text)."""
        super().__init__(kind, text, line, place)
        self.kind, self.text, self.line, self.place = kind, text, line, place


def brief(value):
    """A value in a few characters: the shape of an array, the length of a list, a number."""
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, (list, tuple, dict)):
        return f"a {type(value).__name__} of {len(value)}"
    return digits(value) if isinstance(value, (bool, int, float, np.number)) else f"a {type(value).__name__}"


def digits(value):
    """A number to six digits."""
    return f"{value:.6g}" if isinstance(value, (float, np.floating)) else str(value)
