"""Runs one check against the functions of a session and says how it ended. Holds no homework and no notebook."""

import copy
import hashlib
import hmac
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder import guard
from autograder.check import Check
from autograder.failure import Failure
from autograder.guard import Guarded

PASSED, FAILED, NOT_RUN, GRADER_ERROR = "PASSED", "FAILED", "NOT_RUN", "GRADER_ERROR"
ATOMS = frozenset([bool, int, float, complex, str, bytes, type(None)])
NOT_RUN_CODES = ("NOT_DEFINED", "NOT_STARTED")


@dataclass(frozen=True)
class Call:
    """One call that a check made: what went in, what came out (a `Failure` if nothing did), the arguments after it."""

    name: str
    args: tuple[Any, ...]
    result: Any
    after: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How one check ended. `message` may hold values of the check's inputs: for hidden checks it is staff's alone."""

    check: Check
    status: str
    code: str = ""
    message: str = ""
    slip: str = ""
    calls: tuple[Call, ...] = field(default=(), repr=False)

    @property
    def earned(self) -> float:
        """The check's points if it passed, else 0."""
        return self.check.points if self.status == PASSED else 0.0


def run(check: Check, function: Callable[[str], Guarded], seed: int) -> Verdict:
    """Run one check; `function` gives the function of that name as a check calls it."""
    calls: list[Call] = []
    functions = {name: _Recording(function(name), calls) for name in check.needs if name != "rng"}
    try:
        guard.run(check.function, functions, seed)
    except Failure as failure:
        status = NOT_RUN if failure.code in NOT_RUN_CODES else FAILED
        return Verdict(check, status, failure.code, str(failure), failure.slip or "", tuple(calls))
    except Exception:
        return Verdict(check, GRADER_ERROR, "GRADER_ERROR", traceback.format_exc(limit=-4), calls=tuple(calls))
    return Verdict(check, PASSED, calls=tuple(calls))


def hidden_seed(secret: bytes, assignment: str, check: Check, submission_digest: str) -> int:
    """A check's seed: fresh for every submission, the same when graded again, unpredictable without the secret."""
    text = f"{assignment}|{check.exercise}.{check.name}|{submission_digest}"
    return int.from_bytes(hmac.digest(secret, text.encode(), hashlib.sha256)[:8], "big")


def local(functions: Mapping[str, Callable[..., Any]]) -> Callable[[str], Guarded]:
    """The functions of this process, for checks that run on answers of the bank."""
    return lambda name: Guarded(name, functions.get(name))


class _Recording(Guarded):
    """A guarded function that remembers its calls."""

    def __init__(self, guarded: Guarded, calls: list[Call]) -> None:
        super().__init__(guarded.name, guarded.function, guarded.parameters)  # type: ignore[no-untyped-call]
        self._calls = calls

    def _call(self, args: Any, kwargs: Any, shown: Any) -> Any:
        before = snapshot((*args, *kwargs.values()))
        try:
            result = super()._call(args, kwargs, shown)  # type: ignore[no-untyped-call]
        except Failure as failure:
            self._calls.append(Call(self.name, before, failure))
            raise
        self._calls.append(Call(self.name, before, snapshot(result), snapshot((*args, *kwargs.values()))))
        return result


def snapshot(value: Any) -> Any:
    """A copy that later calls cannot change; functions stay as they are."""
    if type(value) in ATOMS:
        return value
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(map(snapshot, value))
    if isinstance(value, dict):
        return {key: snapshot(item) for key, item in value.items()}
    return copy.deepcopy(value) if isinstance(value, np.random.Generator) else value
