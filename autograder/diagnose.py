"""Which mistake of the bank does an answer make? Found from how it behaves, on the trusted side alone.

The recorded calls of a failed exercise are replayed through its wrong answers. An answer that behaves exactly like one
of them on every call, of which at least one differs from the reference, has its hint. When several fit, the hint is
given that all of them share, else none. Nothing of a hidden call leaves this module but a bank entry's name and hint.
"""

import cmath
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.check import Answer
from autograder.failure import Failure
from autograder.guard import Guarded
from autograder.judge import FAILED, Call, Verdict, snapshot

RTOL, ATOL = 1e-6, 1e-9
CALLS = 60  # of one exercise; more do not make a diagnosis surer


@dataclass(frozen=True)
class Diagnosis:
    """The bank entries that behave like an answer, and the hint that they share."""

    names: tuple[str, ...] = ()
    hint: str = ""


def diagnose(verdicts: Iterable[Verdict], wrongs: Sequence[Answer], reference: Callable[..., Any]) -> Diagnosis:
    """Compare the calls of an exercise's verdicts with its wrong answers."""
    failed = any(verdict.status == FAILED for verdict in verdicts)
    calls = _telling([call for verdict in verdicts for call in verdict.calls if call.name == verdict.check.exercise])
    if not failed or not calls:
        return Diagnosis()
    right = [_behaviour(reference, call) for call in calls]
    found = [answer for answer in wrongs if _fits(answer.function, calls, right)]
    hints = {answer.hint for answer in found}
    return Diagnosis(tuple(answer.name for answer in found), hints.pop() if len(hints) == 1 else "")


def _telling(calls: list[Call]) -> list[Call]:
    """At most CALLS of them, spread over all."""
    step = max(1, math.ceil(len(calls) / CALLS))
    return calls[::step]


def _fits(wrong: Callable[..., Any], calls: list[Call], right: list[Any]) -> bool:
    differs = False
    for call, reference in zip(calls, right, strict=True):
        behaviour = _behaviour(wrong, call)
        if not same(behaviour, _recorded(call)):
            return False
        differs = differs or not same(behaviour, reference)
    return differs


def _behaviour(function: Callable[..., Any], call: Call) -> Any:
    """What a function makes of a recorded call: its result and its arguments afterwards, or how it failed."""
    args = snapshot(call.args)
    try:
        with np.errstate(all="ignore"):
            result = Guarded(call.name, function).in_place(*args)
    except Failure as failure:
        return failure.code
    return result, _data(args)


def _recorded(call: Call) -> Any:
    return call.result.code if isinstance(call.result, Failure) else (call.result, _data(call.after))


def _data(args: tuple[Any, ...]) -> list[Any]:
    """The arguments that are data: a function or generator that moved on tells nothing about a mistake."""
    return [arg for arg in args if not callable(arg) and not isinstance(arg, np.random.Generator)]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal up to rounding; lists, tuples and arrays of equal shape count as equal."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (int, float, complex)) and isinstance(other, (int, float, complex)):
        return (one != one and other != other) or _close(one, other)
    return type(one) is type(other) and bool(one == other)


def _close(one: complex, other: complex) -> bool:
    try:
        return cmath.isclose(one, other, rel_tol=RTOL, abs_tol=ATOL)
    except OverflowError:  # a whole number that no float can hold
        return one == other


def _plain(value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value
