"""The homework as a course of nbgrader: the same cells, and the same public checks as assertions in its test cells.

The student's tests (`student/tests/*.py`, in otter's format) are taken apart: where the notebook had
`grader.check(...)` there is a locked cell with what these tests define, in a namespace of their own as with otter, and
a test cell with its points for every check.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment

Cell = dict[str, Any]
NAME = "hw"
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "bench"
c.NbGrader.logfile = ""
c.ClearSolutions.enforce_metadata = False
"""


def write(assignment: Assignment, notebooks: list[Path], folder: Path) -> None:
    """Write the course with every notebook as the submission of a student; `generate_assignment` has to follow."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    source = folder / "source" / NAME / f"{NAME}.ipynb"
    _write(source, converted(assignment, assignment.homework.solution_notebook))
    for path in notebooks:
        _write(folder / "submitted" / path.stem / NAME / f"{NAME}.ipynb", converted(assignment, path))


def converted(assignment: Assignment, notebook: Path) -> Cell:
    """A notebook of the kit as one of the course."""
    content = json.loads(notebook.read_text("utf-8"))
    tests = {
        name: _Tests(assignment.homework.folder / "student" / "tests" / f"{name}.py") for name in _names(assignment)
    }
    return content | {"cells": [new for cell in content["cells"] for new in _cells(cell, tests)]}


class _Tests:
    """A test file in otter's format, in parts."""

    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        statements = [node for node in ast.parse(text).body if not _is_otters(node)]
        self.definitions = "\n\n\n".join(ast.unparse(node) for node in statements if not _is_wrapper(node))
        self.checks = [(_points(node), _call(node)) for node in statements if _is_wrapper(node)]


def _cells(cell: Cell, tests: dict[str, _Tests]) -> Iterator[Cell]:
    kit = cell["metadata"]["kit"]
    if kit["role"] == "setup":
        yield _plain(cell | {"source": "import numpy as np\nimport matplotlib.pyplot as plt\n"})
    elif kit["role"] == "exercise":
        yield _marked(cell, solution=True)
    elif kit["role"] == "check" and "exercise" in kit:
        yield from _test_cells(kit["exercise"], tests[kit["exercise"]])
    elif kit["role"] != "check":
        yield _plain(cell)


def _test_cells(exercise: str, tests: _Tests) -> Iterator[Cell]:
    definitions = _code(f"{exercise}-checks", f"exec({tests.definitions!r}, CHECKS := {{}})")
    yield _marked(definitions, locked=True)
    for place, (points, call) in enumerate(tests.checks, 1):
        yield _marked(_code(f"{exercise}-check-{place}", call), grade=True, locked=True, points=points)


def _code(name: str, source: str) -> Cell:
    return {"id": name[:64], "cell_type": "code", "source": source, "outputs": [], "execution_count": None}


def _plain(cell: Cell) -> Cell:
    return cell | {"metadata": {}}


def _marked(
    cell: Cell, *, grade: bool = False, solution: bool = False, locked: bool = False, points: float = 0
) -> Cell:
    marks = {"schema_version": 3, "grade_id": cell["id"], "cell_type": "code", "task": False}
    marks |= {"grade": grade, "solution": solution, "locked": locked} | ({"points": points} if grade else {})
    return cell | {"metadata": {"nbgrader": marks}}


def _is_otters(node: ast.stmt) -> bool:
    """Whether a statement of a test file is for otter alone (or is the file's docstring)."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("otter")
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) in ("OK_FORMAT", "name", "points")
    return isinstance(node, ast.Expr)


def _is_wrapper(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and bool(node.decorator_list)


def _call(wrapper: ast.FunctionDef) -> str:
    """The assertion of a test cell: run the check on the notebook's functions, as the test does."""
    statement = wrapper.body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    check, _, seed = map(ast.unparse, statement.value.args)
    return f"CHECKS['run'](CHECKS[{check!r}], globals(), {seed})"


def _points(wrapper: ast.FunctionDef) -> float:
    arguments = {keyword.arg: keyword.value for keyword in wrapper.decorator_list[0].keywords}
    return float(ast.literal_eval(arguments["points"]))


def _names(assignment: Assignment) -> list[str]:
    return [exercise.name for exercise in assignment.exercises]


def _write(path: Path, notebook: Cell) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook, indent=1), "utf-8")
