"""What an author writes: `@check`, `@right` and `@wrong`.

A check names the functions that it needs by parameter, as in pytest and otter. The first parameter is the exercise
that it judges; `rng` is a fresh `numpy.random.Generator`; any other parameter is another function of the notebook.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any, TypeVar

from autograder.errors import AuthorError

Function = Callable[..., Any]
Marked = TypeVar("Marked", "Check", "Answer")


@dataclass(frozen=True)
class Check:
    """One check: a sentence that is true of a right answer, its points, and the function that finds out."""

    function: Callable[..., None]
    points: float
    public: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        """The check's name in reports, the name of its function."""
        return self.function.__name__

    @property
    def sentence(self) -> str:
        """The sentence that students read: the function's docstring."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def exercise(self) -> str:
        """The exercise that it judges."""
        return self.needs[0]


@dataclass(frozen=True)
class Answer:
    """One answer of the bank. A wrong one names the check that must catch it, and its docstring is the hint."""

    exercise: str
    function: Callable[..., Any]
    caught_by: str = ""
    rewrite_of: str = ""

    @property
    def name(self) -> str:
        """The answer's name, the name of its function."""
        return self.function.__name__

    @property
    def hint(self) -> str:
        """What a student reads whose answer behaves like this one."""
        return inspect.cleandoc(self.function.__doc__ or "")


def check(function: Function | None = None, /, *, points: float | None = None) -> Callable[[Function], Check]:
    """Mark a function as a check worth `points`."""
    if function is not None:
        raise _written_so("@check(points=1)", function)

    def mark(function: Function) -> Check:
        if points is None:
            raise _written_so("@check(points=1)", function)
        return Check(function, points)

    return mark


def right(exercise: str = "") -> Callable[[Function], Answer]:
    """Mark a function as a right answer to `exercise`: it must earn full marks."""
    return _answer('@right("exercise")', exercise)


def wrong(exercise: str = "", *, caught_by: str = "") -> Callable[[Function], Answer]:
    """Mark a function as a wrong answer to `exercise` that the check `caught_by` must catch."""
    return _answer('@wrong("exercise", caught_by="check")', exercise, caught_by)


def rewrite(of: Answer) -> Callable[[Function], Answer]:
    """Mark a function as the same mistake as `of`, written in another style."""
    if not isinstance(of, Answer):
        raise _written_so("@rewrite(wrong_answer)", of)
    return lambda function: Answer(of.exercise, function, of.caught_by, rewrite_of=of.name)


def _answer(form: str, exercise: str, *caught_by: str) -> Callable[[Function], Answer]:
    if callable(exercise):  # the decorator stands without parentheses
        raise _written_so(form, exercise)

    def mark(function: Function) -> Answer:
        if not all((exercise, *caught_by)):
            raise _written_so(form, function)
        return Answer(exercise, function, *caught_by)

    return mark


def _written_so(form: str, function: Any) -> AuthorError:
    return AuthorError(f"write `{form}` above {getattr(function, '__name__', function)}")


def collect(module: ModuleType, kind: type[Marked]) -> list[Marked]:
    """Everything of `kind` that a module defines, in its order."""
    return [value for value in vars(module).values() if isinstance(value, kind)]
