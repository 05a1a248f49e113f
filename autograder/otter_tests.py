"""Writes `tests/<exercise>.py`: an exercise's public checks in otter's exception format, on numpy alone.

A test file is the text of `failure.py`, `guard.py` and `compare.py` (and `chance.py` where randomness is judged), what
these checks use of `public.py`, and the checks. It is ASCII, because otter opens it with whatever encoding the
student's machine prefers. When a check fails, otter prints the wrapper's line and the `Failure`, unescaped in HTML, so
neither holds an angle bracket.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from autograder.assignment import public_seed
from autograder.check import Check
from autograder.errors import at
from autograder.master import bound_names, used_names

PASTED = ("failure", "guard", "compare")
PASTED_IF_USED = ("chance",)
ALLOWED_IMPORTS = ("numpy", "math", "itertools")
KIT_IMPORTS = tuple(f"autograder.{name}" for name in ("check", *PASTED, *PASTED_IF_USED))
OTTER_NAMES = frozenset({"OK_FORMAT", "name", "points", "all_or_nothing", "test_case", "env"})
MORE = "These are the public checks; more run when this is graded."

HEAD = '''"""Public checks of {exercise}. Generated from public.py of {homework}; do not edit.

The checks stand at the end of this file; above them is how they call a function and compare its results.
"""

{imports}

OK_FORMAT = False
name = "{exercise}"
points = None
'''
WRAPPER = """@test_case(
    name={sentence!r},
    points={points},
    hidden=False,
    success_message={message!r},
)
def test_{check}(env):
    run({check}, env, {seed})  # this line is the test's, not yours; what was found:
"""


class Statement(NamedTuple):
    """One statement at the top of a file: what it binds, its text, and whether it is an import."""

    names: frozenset[str]
    text: str
    imports: bool


def render(exercise: str, checks: Iterable[Check], public_source: str, homework: str) -> str:
    """The test file of one exercise; `public_source` is the text of public.py."""
    named = {check.name: check for check in checks}
    needed = _needed(named, public_source)
    modules = _modules_for(needed)
    imports = {"from otter.test_files import test_case"}.union(*(_imports(module) for module in modules))
    imports |= {statement.text for statement in needed if statement.imports}
    blocks = [HEAD.format(exercise=exercise, homework=homework, imports=_import_block(imports))]
    blocks += [_text(module) for module in modules]
    blocks.append(f"# {f'---- the checks of {exercise} '.ljust(110, '-')}")
    for statement in needed:
        blocks += [] if statement.imports else [statement.text]
        blocks += [_wrapper(named[name], last=name == [*named][-1]) for name in named if name in statement.names]
    return _ascii("\n\n\n".join(block.strip("\n") for block in blocks)) + "\n"


def mistakes(path: Path) -> Iterator[str]:
    """What stands in public.py and cannot be pasted into a test file."""
    source = path.read_text("utf-8")
    for node in ast.parse(source).body:
        yield from (at(path, node.lineno, message) for message in _statement_mistakes(node))
    if not _same_in_ascii(source):
        yield at(path, 1, "names and raw strings have to be ASCII")


def check_mistakes(check: Check, introduced: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """What is wrong with a check; `introduced` has, for every exercise, the names that the notebook has above it."""
    for name in check.needs[1:]:
        if name != "rng" and name not in introduced.get(check.exercise, check.needs):
            yield f"{check.name} needs {name}, which the notebook does not define above {check.exercise}"
    if not check.sentence:
        yield f"{check.name} has no docstring: the sentence that students read"
    if set("<>") & set(check.sentence):
        yield f"the sentence of {check.name} has an angle bracket, which otter would take for HTML"
    if re.fullmatch(r"(test|check|case)?_?\d*", check.name):
        yield f"the name {check.name} says nothing; name what a right answer does"
    if check.points <= 0 or check.points * 2 % 1:
        yield f"{check.name} has {check.points:g} points; give whole or half points above 0"


def _statement_mistakes(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from _import_mistakes(node)
    elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign):
        clashes = bound_names(ast.unparse(node)) & _taken_names()
        yield from (f"{name} already means something in the test files" for name in sorted(clashes))
    elif not _is_text(node):
        yield "only imports, constants and functions may stand here"


def _import_mistakes(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    is_from = isinstance(node, ast.ImportFrom)
    for module in _modules(node):
        from_kit = is_from and module in KIT_IMPORTS
        if not from_kit and module.split(".")[0] not in ALLOWED_IMPORTS:
            yield f"students' tests cannot import {module}; there are {', '.join(ALLOWED_IMPORTS + KIT_IMPORTS)}"
        if from_kit and any(alias.asname or alias.name == "*" for alias in node.names):
            yield f"import names from {module} one by one and without `as`"


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return [alias.name for alias in node.names]


def _modules_for(needed: Iterable[Statement]) -> list[str]:
    """The modules to paste: those that every check runs on, and those whose names these statements use."""
    used = set().union(*(used_names(statement.text) for statement in needed))
    return [*PASTED, *(module for module in PASTED_IF_USED if used & bound_names(_text(module)))]


@cache
def _imports(module: str) -> frozenset[str]:
    return frozenset(statement.text for statement in _statements(_source(module)) if statement.imports)


@cache
def _text(module: str) -> str:
    """A module of the kit without its docstring and its imports."""
    lines, removed = _source(module).splitlines(), set[int]()
    for node in ast.parse(_source(module)).body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node):
            removed.update(range(node.lineno - 1, node.end_lineno or node.lineno))
    return "\n".join(line for number, line in enumerate(lines) if number not in removed)


def _source(module: str) -> str:
    return (Path(__file__).parent / f"{module}.py").read_text("utf-8")


def _taken_names() -> frozenset[str]:
    modules = (*PASTED, *PASTED_IF_USED)
    return OTTER_NAMES.union(*(bound_names("\n".join([*_imports(m), _text(m)])) for m in modules))


def _needed(checks: Iterable[str], source: str) -> list[Statement]:
    """The statements of public.py that the checks use, directly or through each other, in the file's order."""
    statements, wanted, new = _statements(source), set[str](), set(checks)
    while new:
        wanted |= new
        reached = [statement.text for statement in statements if statement.names & new]
        new = set().union(*map(used_names, reached)) - wanted
    return [statement for statement in statements if statement.names & wanted]


def _statements(source: str) -> list[Statement]:
    """The statements at the top of `source` that are neither its docstring nor imports from the kit."""
    nodes = [node for node in ast.parse(source).body if not _is_text(node) and not _imports_kit(node)]
    return [_statement(node, source.splitlines()) for node in nodes]


def _statement(node: ast.stmt, lines: list[str]) -> Statement:
    """One statement with the comment above it; a function without its decorators (`@check` is all there is)."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        text = ast.unparse(node)
        return Statement(frozenset(bound_names(text)), text, imports=True)
    start = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1
    comment = list(takewhile(_is_comment, reversed(lines[:start])))[::-1]
    text = "\n".join(comment + lines[node.lineno - 1 : node.end_lineno])
    return Statement(frozenset(bound_names(text)), text, imports=False)


def _wrapper(check: Check, last: bool) -> str:
    # Otter shows the message of every check that passed, whatever the others did: it must be true by itself.
    sentence, message = " ".join(check.sentence.split()), MORE if last else None
    seed = public_seed(check)
    return WRAPPER.format(check=check.name, sentence=sentence, points=check.points, seed=seed, message=message)


def _import_block(imports: Iterable[str]) -> str:
    """The standard library, then the others."""
    ours = {text for text in imports if text.split()[1].split(".")[0] in ("numpy", "otter")}
    standard = set(imports) - ours
    return "\n".join([*sorted(standard, key=_plain_first), "", *sorted(ours, key=_plain_first)])


def _plain_first(text: str) -> tuple[bool, str]:
    return text.startswith("from"), text


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()


def _same_in_ascii(source: str) -> bool:
    try:
        return ast.dump(ast.parse(source)) == ast.dump(ast.parse(_ascii(source)))
    except SyntaxError:
        return False


def _imports_kit(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "autograder"


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith("# ----")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
