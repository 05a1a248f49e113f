"""Builds a homework: from the master, the answer key and the checks to both notebooks and the students' tests.

Everything that is generated is text made from other text, the same on every machine. Either all of it is written or,
if the author made mistakes, nothing is and all mistakes are reported together.
"""

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder import master, otter_tests
from autograder.assignment import Parts, load_parts
from autograder.check import Answer, Check
from autograder.errors import AuthorError, AuthorErrors, at, at_function, did_you_mean
from autograder.homework import ROOT, Homework, find

REQUIREMENTS = ("numpy>=2.0", "matplotlib>=3.8", "otter-grader>=6.1")
AT_LEAST = {"public check": 1, "hidden check": 2, "right answer": 3, "wrong answer": 5}

START = """# {title}

About {minutes} minutes, {points}.

**Start.** Keep this notebook beside the folder `tests`. Install once, in a terminal:
`python -m pip install -r requirements.txt`

- Jupyter, VS Code: open the folder that holds both, then the notebook.
- Colab: upload the notebook. In *Files*, at the left, make a folder `tests` and upload everything from `tests` into it.
  Then run `%pip install otter-grader` in a new cell.

**Write.** An exercise is a function that ends in `raise NotImplementedError`. Replace that line; keep the function's
name and parameters. A function that you have not written yet stops nothing else.

**Check.** The cell below an exercise runs its public checks, as often as you like. More run when this is graded.

**Hand in.** The last cell says how."""

SETUP = """import numpy as np
import matplotlib.pyplot as plt
import otter

grader = otter.Notebook()"""

HAND_IN = """## Hand in

1. Restart the kernel and run all cells. The cell below shows every public check once more.
2. Save the notebook.
3. Upload `{short}.ipynb`, this one file, where your course collects homework. Another file name does no harm."""


@dataclass(frozen=True)
class Draft:
    """A homework while it is built: what its author wrote."""

    homework: Homework
    master: master.Master
    parts: Parts
    references: Mapping[str, Callable[..., Any]]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Public checks, then hidden ones."""
        return self.parts.public + self.parts.hidden

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The bank."""
        return self.parts.rights + self.parts.wrongs + self.parts.rewrites


def build(name_or_path: str | Path, root: Path = ROOT) -> list[Path]:
    """Write a homework's generated files and give their paths.

    Raises:
        AuthorErrors: every mistake that was found, with file and line; then nothing was written.
    """
    homework = find(name_or_path, root)
    files = generate(homework)
    for stale in {*homework.notebook.parent.glob("tests/*.py")} - set(files):
        stale.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return list(files)


def generate(homework: Homework) -> dict[Path, str]:
    """The text of every generated file of a homework by its path. Writes nothing."""
    draft = _draft(homework)
    source = (homework.folder / "public.py").read_text("utf-8")
    files = {
        homework.notebook: _notebook(draft, _stub),
        homework.notebook.parent / "requirements.txt": "\n".join(["# Generated; do not edit.", *REQUIREMENTS, ""]),
        homework.solution_notebook: _notebook(draft, _answer),
    }
    for cell in draft.master.exercises:
        public = [check for check in draft.parts.public if check.exercise == cell.exercise]
        path = homework.notebook.parent / "tests" / f"{cell.exercise}.py"
        files[path] = otter_tests.render(cell.exercise, public, source, homework.name)
    return files


# ---- notebooks ------------------------------------------------------------------------------------------------


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
    yield _prose(START.format(title=story.title, minutes=story.minutes, points=_points(total)))
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
    return {"cell_type": "code", "id": cell_id, "metadata": {"kit": kit}, "source": _lines(source)} | empty


def _lines(source: str) -> list[str]:
    """A cell's text as Jupyter writes it, one string a line."""
    return source.splitlines(keepends=True)


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _stub(function: Callable[..., Any]) -> str:
    """Signature, docstring and what stands above the mark, then a line that says what to do."""
    above, mark, _ = re.split(rf"(\n *){master.MARK}", master.source_of(function), maxsplit=1)
    return f'{above}{mark}raise NotImplementedError("{function.__name__}: your code here")'


def _answer(function: Callable[..., Any]) -> str:
    """The whole function without the mark."""
    return re.sub(rf"\n *{master.MARK}[^\n]*", "", master.source_of(function), count=1)


# ---- an author's mistakes -------------------------------------------------------------------------------------


def _draft(homework: Homework) -> Draft:
    found: list[str] = []
    story = _or_note(found, master.read, homework.folder / f"{homework.short}.md")
    parts = _or_note(found, load_parts, homework)
    if parts:
        bare = [check for check in parts.public + parts.hidden if not check.needs]
        found += [at_function(check.function, f"{check.name} has no parameter: the exercise") for check in bare]
    if story and parts and not found:
        draft = Draft(homework, story, parts, master.references(story))
        public = homework.folder / "public.py"
        found += [*master.mistakes(story), *otter_tests.mistakes(public), *_mistakes(draft), *_doubles(draft)]
        if not found:
            return draft
    raise AuthorErrors(found)


def _or_note(found: list[str], load: Callable[[Any], Any], argument: Any) -> Any:
    try:
        return load(argument)
    except AuthorError as error:
        found += str(error).splitlines()


def _mistakes(draft: Draft) -> Iterator[str]:
    above = {cell.exercise: cell.introduced for cell in draft.master.exercises}
    for cell in draft.master.exercises:
        yield from (at(draft.master.path, cell.line, message) for message in _too_few(draft.parts, cell.exercise))
    for check in draft.checks:
        yield from (at_function(check.function, message) for message in otter_tests.check_mistakes(check, above))
    for answer in draft.answers:
        yield from (at_function(answer.function, message) for message in _answer_mistakes(draft, answer, above))


def _too_few(parts: Parts, exercise: str) -> Iterator[str]:
    lists: tuple[tuple[Check | Answer, ...], ...] = (parts.public, parts.hidden, parts.rights, parts.wrongs)
    for items, (kind, needed) in zip(lists, AT_LEAST.items(), strict=True):
        have = sum(item.exercise == exercise for item in items)
        if have < needed:
            yield f"{exercise} has {have} {kind}{'' if have == 1 else 's'}; it needs at least {needed}"


def _answer_mistakes(draft: Draft, answer: Answer, above: Mapping[str, frozenset[str]]) -> Iterator[str]:
    exercise = answer.exercise
    if exercise not in above:
        yield f"no exercise {exercise} in {draft.master.path.name}{did_you_mean(exercise, above)}"
        return
    names = [check.name for check in draft.checks if check.exercise == exercise]
    if answer not in draft.parts.rights and answer.caught_by not in names:
        yield f"{exercise} has no check {answer.caught_by}{did_you_mean(answer.caught_by, names)}"
    if answer in draft.parts.wrongs and not answer.hint:
        yield f"{answer.name} has no docstring: the hint"
    for name, _ in master.strangers(master.source_of(answer.function), above[exercise]):
        yield f"{answer.name} uses {name}, which the notebook has not introduced above {exercise}"
    if exercise in draft.references and not _takes_the_same(answer.function, draft.references[exercise]):
        yield f"{answer.name} does not take {inspect.signature(draft.references[exercise])}"


def _takes_the_same(function: Callable[..., Any], reference: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind(*inspect.signature(reference).parameters)
    except TypeError:
        return False
    return True


def _doubles(draft: Draft) -> Iterator[str]:
    """Functions of one name in one file, of which Python forgets all but the last, and checks of one name in both."""
    public = {check.name for check in draft.parts.public}
    for path in (draft.homework.folder / "public.py", *sorted(draft.homework.solutions.glob("*.py"))):
        seen = public if path.name == "hidden.py" else set[str]()
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                if node.name in seen:
                    yield at(path, node.lineno, f"{node.name} is defined for the second time")
                seen.add(node.name)
