"""Whose fault it is: the exceptions of the kit, one branch for each answer.

Modules raise them and never print; only `__main__` turns one into text and an exit code. What a student's function
does inside a check is no exception here but a `Failure` (see `failure.py`), because it is a verdict.
"""

import difflib
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


class KitError(Exception):
    """Anything that the kit reports in words. Its text says what, where, what was expected and what to do next."""


class StudentError(KitError):
    """The student's fault: something about what was handed in."""


class SubmissionError(StudentError):
    """The file that was handed in cannot be read as a notebook."""


class AuthorError(KitError):
    """The fault of whoever wrote, built or named the homework."""


class AuthorErrors(AuthorError):
    """All mistakes of a homework at once, each a sentence that begins with `file:line:`."""

    def __init__(self, messages: Iterable[str]) -> None:
        """Keep the messages; the exception's text is one message a line."""
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


class GraderError(KitError):
    """Our fault: the grader itself failed. It never becomes a score; a person has to look."""


def at(path: Path | str, line: int, message: str) -> str:
    """An author's mistake with its place, from the folder one stands in: `nnref/layers.py:57: message`."""
    return f"{_shown(Path(path))}:{line}: {message}"


def _shown(path: Path) -> str:
    """The path from where the command was started; of a file elsewhere, its name."""
    here = Path.cwd() / path
    return here.relative_to(Path.cwd()).as_posix() if here.is_relative_to(Path.cwd()) else path.name


def at_function(function: Callable[..., Any], message: str) -> str:
    """An author's mistake in a function, with its place: `wrong.py:12: message`."""
    return at(function.__code__.co_filename, function.__code__.co_firstlineno, message)


def blame(error: Exception, path: Path) -> AuthorError:
    """What an author's file raised while it was imported, at the last line of its folder that took part."""
    if isinstance(error, SyntaxError):
        return AuthorError(at(error.filename or path, error.lineno or 1, error.msg))
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == path.parent
    ]
    where, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (str(path), 1)
    text = str(error) if isinstance(error, AuthorError) else f"{type(error).__name__}: {error}"
    return AuthorError(at(where, line, text))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean linear_backward?` for a near miss, else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
