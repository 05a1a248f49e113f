"""Both notebooks of a homework, the student's and the solution, as text."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import nbformat

from autograder import master
from autograder.draft import Draft

START = """# {title}

About {minutes} minutes, {points}.

**Start.** Keep this notebook beside the folder `tests`. Install once, in a terminal:
`python -m pip install -r requirements.txt`

- Jupyter, VS Code: open the folder that holds both, then the notebook. (`jupyter lab` starts Jupyter.)
- Colab: upload the notebook. In *Files*, at the left, upload `{name}-student.zip`, or make a folder `tests` and upload
  everything from `tests` into it. Then run, in a new cell: `!unzip -qo {name}-student.zip "tests/*"` (for the zip) and
  `%pip install otter-grader`.

The code of a figure is folded away; a click beside the figure opens it.

**Write.** An exercise is a function that ends in `raise NotImplementedError`. Replace that line; keep the function's
name and parameters. A function that you have not written yet stops nothing else.

**Check.** The cell below an exercise runs its public checks, as often as you like. More run when this is graded.

**Hand in.** The last cell says how."""

SETUP = """import numpy as np
import matplotlib.pyplot as plt
import otter

grader = otter.Notebook()"""

FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}  # of Jupyter and VS Code; of Colab

HAND_IN = """## Hand in

1. Restart the kernel and run all cells. The cell below shows every public check once more.
2. Save the notebook.
3. Upload `{short}.ipynb`, this one file, where your course collects homework. Another file name does no harm."""


def student(draft: Draft) -> str:
    """The notebook that students get."""
    return _notebook(draft, stub)


def solution(draft: Draft) -> str:
    """The same with every answer."""
    return _notebook(draft, answer)


def _notebook(draft: Draft, body: Callable[[Callable[..., Any]], str]) -> str:
    short = draft.homework.short
    cells = [cell | {"id": cell["id"] or f"{short}-{number:02}"} for number, cell in enumerate(_cells(draft, body))]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "kit": {"assignment": draft.homework.name, "generated": f"Generated from {short}.md; do not edit."},
    }
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cells(draft: Draft, body: Callable[[Callable[..., Any]], str]) -> Iterator[dict[str, Any]]:
    story, total = draft.master, sum(check.points for check in draft.checks)
    yield _prose(
        START.format(name=draft.homework.name, title=story.title, minutes=story.minutes, points=_points(total))
    )
    yield _code(SETUP, role="setup")
    for cell in story.cells:
        if cell.role == "prose":
            yield _prose(cell.source)
        elif cell.role == "exercise":
            name, points = cell.exercise, sum(check.points for check in draft.checks if check.exercise == cell.exercise)
            yield _prose(f"**Exercise** `{name}` ({_points(points)})")
            source = body(draft.references[name])
            yield _code(source, name, role="exercise", exercise=name, reference=cell.reference_name)
            yield _code(f'grader.check("{name}")', f"check-{name}", role="check", exercise=name)
        else:
            yield _code(cell.source, role=cell.role)
    yield _prose(HAND_IN.format(short=draft.homework.short))
    yield _code("grader.check_all()", role="check")


def _prose(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "", "metadata": {"kit": {"role": "prose"}}, "source": _lines(source)}


def _code(source: str, cell_id: str = "", **kit: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"execution_count": None, "outputs": []}
    metadata: dict[str, Any] = {"kit": kit} | (FOLDED if kit["role"] == "figure" else {})
    return {"cell_type": "code", "id": cell_id, "metadata": metadata, "source": _lines(source)} | empty


def _lines(source: str) -> list[str]:
    """A cell's text as Jupyter writes it, one string a line."""
    return source.splitlines(keepends=True)


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def stub(function: Callable[..., Any]) -> str:
    """Signature, docstring and what stands above the mark, then a line that says what to do."""
    above, mark, _ = re.split(rf"(\n *){master.MARK}", master.source_of(function), maxsplit=1)
    return f'{above}{mark}raise NotImplementedError("{function.__name__}: your code here")'


def answer(function: Callable[..., Any]) -> str:
    """The whole function without the mark."""
    return re.sub(rf"\n *{master.MARK}[^\n]*", "", master.source_of(function), count=1)
