"""What may go wrong at one node of a syntax tree: the nodes that a mutant has in its place."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

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


def alternatives(node: ast.AST) -> Iterator[ast.AST]:
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
