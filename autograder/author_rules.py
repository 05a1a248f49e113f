"""What an author's files must not do, found by reading them: it would break students or grading, not the build."""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from autograder.causes import Mistake, Rank
from autograder.errors import at
from autograder.master import Cell, Master, bound_names, strangers
from autograder.otter_tests import KIT_IMPORTS

NO_CHANCE = "draws other numbers every time; take the check's `rng`"
SEEDED = ("default_rng", "Generator", "SeedSequence", "PCG64", "Philox")
NO_ASSERT = "checks do not assert; use `equal`, `number` or `require`, which tell the student what is wrong"


def rebound(story: Master) -> Iterator[str]:
    """Given code and figures that take the name of an exercise, and figures that take one of given code."""
    exercises = {cell.exercise for cell in story.exercises}
    for cell in story.cells:
        if cell.role not in ("prose", "exercise"):
            for name in sorted(bound_names(cell.source)):
                message = _rebinds(cell, name, exercises)
                if message:
                    yield at(story.path, cell.line + _line_that_binds(name, cell.source) - 1, message)


def _rebinds(cell: Cell, name: str, exercises: Collection[str]) -> str:
    if name in exercises:
        return f"{name} is an exercise: here the student's own function would be lost; take another name"
    if cell.role == "figure" and name in cell.introduced:
        return f"{name} is given above, and a figure is skipped when graded: the two would differ; take another name"
    return ""


def _line_that_binds(name: str, source: str) -> int:
    return next((node.lineno for node in ast.parse(source).body if name in bound_names(ast.unparse(node))), 1)


def of_checks(path: Path) -> Iterator[str]:
    """Numbers that nobody can draw again, and `assert`, in public.py or hidden.py."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assert):
            yield at(path, node.lineno, NO_ASSERT)
        if isinstance(node, ast.Call) and _unseeded(node):
            yield at(path, node.lineno, f"{ast.unparse(node.func)}() {NO_CHANCE}")


def undefined(path: Path) -> Iterator[Mistake]:
    """Names from nowhere in public.py or hidden.py; one may be an exercise that a parameter misspells."""
    text = path.read_text("utf-8")
    for name, line in strangers(text, bound_names(text) | {"__file__", "__name__"}):
        yield Mistake(at(path, line, f"{name} is not defined in this file"), name, Rank.FOLLOWS)


def _unseeded(call: ast.Call) -> bool:
    module, _, function = ast.unparse(call.func).rpartition(".")
    if function == "default_rng":
        return not (call.args or call.keywords) or ast.unparse(call).endswith("(None)")
    return module == "random" or (module.endswith(".random") and function not in SEEDED)


def imports(paths: Iterable[Path], answer_keys: Collection[str]) -> Iterator[str]:
    """Imports of what grading does not have; `answer_keys` are the packages that exercises come from."""
    there = ["numpy", "the standard library", *sorted(answer_keys), *KIT_IMPORTS]
    for path in paths:
        for module, line in _imported(path):
            if not _has(module, answer_keys):
                yield at(path, line, f"{path.name} cannot import {module}; there are {', '.join(there)}")


def _has(module: str, answer_keys: Collection[str]) -> bool:
    top = module.split(".")[0]
    known = top in ("", "numpy", "solutions", *answer_keys) or top in sys.stdlib_module_names
    return known or module in KIT_IMPORTS


def _imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, inside functions as well; one of its own folder begins with a dot."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno
