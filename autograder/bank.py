"""Runs answers of the bank, and mutants, against an exercise's checks in this process. No student's code gets here."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from autograder import judge
from autograder.assignment import Exercise, public_seed
from autograder.check import Check
from autograder.judge import Verdict

SEEDS = tuple(range(20))


def verdicts(
    exercise: Exercise, function: Callable[..., Any], library: Mapping[str, Callable[..., Any]], seed: int
) -> list[Verdict]:
    """The verdicts of all checks of an exercise on `function`, everything else being right."""
    functions = judge.local({**library, exercise.name: function})
    with np.errstate(all="ignore"):
        return [judge.run(check, functions, seed_of(check, seed)) for check in exercise.checks]


def seed_of(check: Check, seed: int) -> int:
    """The seed of a check in round `seed`; a public check always has the same."""
    return public_seed(check) if check.public else public_seed(check) + 7_919 * (seed + 1)


def library(exercises: Iterable[Exercise]) -> dict[str, Callable[..., Any]]:
    """Every function of the answer key by its name: what a notebook gives or has students write."""
    found: dict[str, Callable[..., Any]] = {}
    for package in {exercise.reference.__module__.split(".")[0] for exercise in exercises}:
        for module in _modules(package):
            found |= {name: value for name, value in vars(module).items() if inspect.isfunction(value)}
    return found


def _modules(package: str) -> list[Any]:
    root = importlib.import_module(package)
    return [importlib.import_module(f"{package}.{info.name}") for info in pkgutil.iter_modules(root.__path__)]
