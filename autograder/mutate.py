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

SECONDS = 10  # a mutant that loops is as good as caught

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SWAPPED_NAMES = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "exp": "log",
    "var": "std",
    "std": "var",
    "argmax": "argmin",
    "any": "all",
    "all": "any",
}
DROPPED_CALLS = {"reversed", "sorted", "abs", "copy", "array", "asarray", "sqrt", "square", "astype", "reshape", "list"}


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
        for replacement in _alternatives(node):
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


# ---- what may go wrong ------------------------------------------------------------------------------------------


def _alternatives(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    for kind, changes in _CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)


def _of_operation(node: ast.BinOp) -> Iterator[ast.AST]:
    for operator in OPERATORS.get(type(node.op), ()):
        yield ast.BinOp(node.left, operator(), node.right)
    yield node.left
    yield node.right


def _of_sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for operator in COMPARISONS.get(type(node.ops[0]), ()):
        yield ast.Compare(node.left, [operator(), *node.ops[1:]], node.comparators)


def _of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def _of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr == "T":
        yield node.value
    elif node.attr in SWAPPED_NAMES:
        yield ast.Attribute(node.value, SWAPPED_NAMES[node.attr], node.ctx)


def _of_name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in SWAPPED_NAMES:
        yield ast.Name(SWAPPED_NAMES[node.id], node.ctx)


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    yield from _without_the_call(node)
    for keyword in node.keywords:
        yield ast.Call(node.func, node.args, [k for k in node.keywords if k is not keyword])
    if len(node.args) > 1 and not any(isinstance(arg, ast.Starred) for arg in node.args):
        for i in range(len(node.args) - 1):
            yield ast.Call(
                node.func, [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]], node.keywords
            )
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        for operator in (ast.Add(), ast.Sub()):
            yield ast.Call(node.func, [*node.args[:-1], ast.BinOp(node.args[-1], operator, ast.Constant(1))], [])


def _without_the_call(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in DROPPED_CALLS:
        return
    is_method = isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
    )
    if is_method:
        yield node.func.value  # type: ignore[attr-defined]  # a method's object
    elif node.args:
        yield node.args[0]


def _of_slice(node: ast.Slice) -> Iterator[ast.AST]:
    for field in ("lower", "upper", "step"):
        if getattr(node, field) is not None:
            changed = copy.copy(node)
            setattr(changed, field, None)
            yield changed


def _of_tuple(node: ast.Tuple) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)


def _of_choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield ast.IfExp(node.test, node.orelse, node.body)
    yield node.body
    yield node.orelse


def _of_condition(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    yield from node.values


def _of_comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    for condition in node.ifs:
        yield ast.comprehension(node.target, node.iter, [c for c in node.ifs if c is not condition], 0)


def _of_update(node: ast.AugAssign) -> Iterator[ast.AST]:
    for operator in OPERATORS.get(type(node.op), ()):
        yield ast.AugAssign(node.target, operator(), node.value)


def _of_branch(node: ast.If | ast.While) -> Iterator[ast.AST]:
    changed = copy.copy(node)
    changed.test = ast.UnaryOp(ast.Not(), node.test)
    yield changed


_CHANGES: dict[Any, Callable[[Any], Iterator[ast.AST]]] = {
    ast.BinOp: _of_operation,
    ast.UnaryOp: _of_sign,
    ast.Compare: _of_comparison,
    ast.Constant: _of_constant,
    ast.Attribute: _of_attribute,
    ast.Name: _of_name,
    ast.Call: _of_call,
    ast.Slice: _of_slice,
    ast.Tuple: _of_tuple,
    ast.IfExp: _of_choice,
    ast.BoolOp: _of_condition,
    ast.comprehension: _of_comprehension,
    ast.AugAssign: _of_update,
    (ast.If, ast.While): _of_branch,
}


# ---- running one ------------------------------------------------------------------------------------------------


def _compiled(text: str, original: Callable[..., Any]) -> Callable[..., Any]:
    namespace = dict(inspect.getmodule(original).__dict__)  # type: ignore[union-attr]  # it came from a file
    exec(compile(text, "<mutant>", "exec"), namespace)  # noqa: S102  the text is our own answer key's
    return namespace[original.__name__]  # type: ignore[no-any-return]


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
