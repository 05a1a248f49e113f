"""Mutants of the answer key: small mechanical mistakes that the checks have to notice.

A mutant differs from the reference in one node of its syntax tree. A mutant that passes every check survives: either a
check is missing, or the mutant computes the same and stands in the homework's `equivalent.py` with the reason. (The
mutation libraries work on files and start a test run for each mutant; here a mutant is a function in this process.)
"""

import ast
import copy
import inspect
import signal
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

from autograder import bank
from autograder.assignment import Exercise
from autograder.judge import PASSED
from autograder.mutations import alternatives

SECONDS = 10  # a mutant that loops is as good as caught


@dataclass(frozen=True)
class Mutant:
    """A changed answer; `change` is "line before => line after" and names it in `equivalent.py`."""

    exercise: str
    change: str
    function: Callable[..., Any]


@dataclass(frozen=True)
class Survivor:
    """A mutant that no check noticed, and the reason why it need not, if one is recorded."""

    exercise: str
    change: str
    reason: str = ""


def survivors(
    exercise: Exercise,
    library: Mapping[str, Callable[..., Any]],
    equivalent: Mapping[str, str],
    seeds: Sequence[int] = (0, 1, 2),
) -> tuple[int, list[Survivor]]:
    """How many mutants the exercise's reference has, and those that passed every check."""
    made = list(mutants(exercise.reference))
    lived = [mutant for mutant in made if not _noticed(exercise, mutant, library, seeds)]
    return len(made), [Survivor(m.exercise, m.change, equivalent.get(m.change, "")) for m in lived]


def mutants(function: Callable[..., Any]) -> Iterator[Mutant]:
    """Every mutant of a function, in the order of its text; two of the same text count once."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101  exercises are functions
    seen = {ast.unparse(tree)}
    for statement, replace in _edits(definition):
        before = _first_line(statement)
        undo, after_of = replace()
        text = ast.unparse(ast.fix_missing_locations(tree))
        if text not in seen:
            seen.add(text)
            yield Mutant(function.__name__, f"{before} => {after_of()}", _compiled(text, function))
        undo()


# ---- one node after another -------------------------------------------------------------------------------------

Edit = Callable[[], tuple[Callable[[], None], Callable[[], str]]]


def _edits(definition: ast.FunctionDef) -> Iterator[tuple[ast.stmt, Edit]]:
    body = definition.body[1:] if ast.get_docstring(definition) else definition.body
    for statement in body:
        yield from _edits_of_statement(definition, statement)


def _edits_of_statement(parent: Any, statement: ast.stmt) -> Iterator[tuple[ast.stmt, Edit]]:
    """Deletion of the statement, then changes of its expressions, then its nested statements."""
    if not isinstance(statement, (ast.Return, ast.FunctionDef)):
        yield statement, _edit(parent, "body", statement, ast.Pass(), statement)
    for holder, field, node in _expressions(statement):
        for replacement in alternatives(node):
            yield statement, _edit(holder, field, node, replacement, statement)
    for nested_field in ("body", "orelse"):
        for nested in getattr(statement, nested_field, []):
            if isinstance(nested, ast.stmt):
                yield from _edits_of_statement(statement, nested)


def _expressions(node: ast.AST) -> Iterator[tuple[ast.AST, str, ast.AST]]:
    """Every node below a statement that is not inside a nested statement, with its place; the statement's own first."""
    if isinstance(node, (ast.AugAssign, ast.If, ast.While)):
        yield node, "", node
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, (ast.stmt, ast.expr_context)):
                yield node, field, child
                yield from _expressions(child)


def _edit(holder: Any, field: str, old: ast.AST, new: ast.AST, statement: ast.stmt) -> Edit:
    """Puts `new` where `old` stands; gives how to undo it and the changed statement's first line."""

    def apply() -> tuple[Callable[[], None], Callable[[], str]]:
        if field == "":  # the statement itself changes
            saved = copy.copy(vars(old))
            vars(old).update(vars(new))
            return lambda: vars(old).update(saved), lambda: _first_line(statement)
        found, place = _slot(holder, field, old)
        if found is None:
            return lambda: None, lambda: ""
        _put(found, place, new)
        shown = new if old is statement else statement
        return lambda: _put(found, place, old), lambda: _first_line(shown)

    return apply


def _slot(holder: Any, field: str, old: ast.AST) -> tuple[Any, Any]:
    value = getattr(holder, field)
    if not isinstance(value, list):
        return holder, field
    if old in value:
        return value, value.index(old)
    return (holder.orelse, holder.orelse.index(old)) if old in getattr(holder, "orelse", []) else (None, None)


def _put(place: Any, key: Any, node: ast.AST) -> None:
    if isinstance(place, list):
        place[key] = node
    else:
        setattr(place, key, node)


# ---- running one ------------------------------------------------------------------------------------------------


def _compiled(text: str, original: Callable[..., Any]) -> Callable[..., Any]:
    namespace = dict(original.__globals__)
    exec(compile(text, "<mutant>", "exec"), namespace)  # noqa: S102  the text is our own answer key's
    compiled: Callable[..., Any] = namespace[original.__name__]
    return compiled


def _first_line(statement: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(statement))).split("\n")[0]


def _noticed(
    exercise: Exercise, mutant: Mutant, library: Mapping[str, Callable[..., Any]], seeds: Sequence[int]
) -> bool:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("the mutant runs too long")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        return any(
            v.status != PASSED for seed in seeds for v in bank.verdicts(exercise, mutant.function, library, seed)
        )
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
