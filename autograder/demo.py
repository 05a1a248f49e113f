"""A class of made-up submissions, so that `make grade` shows what grading gives before anybody has handed anything in.

Everything comes from the homework's own notebooks and bank; the names say what each submission is.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Exercise
from autograder.check import Answer
from autograder.source import answer_source

Notebook = dict[str, Any]
LOOP = "\n\nwhile True:\n    pass\n"


def write(assignment: Assignment, folder: Path) -> list[Path]:
    """Write the class into `folder` (created if needed); gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in _submissions(assignment):
        written.append(folder / name)
        written[-1].write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
    return written


def _submissions(assignment: Assignment) -> Iterator[tuple[str, Notebook | str]]:
    solution = json.loads(assignment.homework.solution_notebook.read_text("utf-8"))
    yield "solution.ipynb", solution
    yield "untouched.ipynb", json.loads(assignment.homework.notebook.read_text("utf-8"))
    yield from _right_in_other_styles(assignment, solution)
    yield from _one_wrong_answer(assignment, solution)
    yield from _two_wrong_answers(assignment, solution)
    yield from _accidents(assignment, solution)


def _right_in_other_styles(assignment: Assignment, solution: Notebook) -> Iterator[tuple[str, Notebook]]:
    for style in range(3):
        answers = [assignment.rights[exercise.name][style] for exercise in assignment.exercises]
        yield f"right_style_{style + 1}.ipynb", _with_answers(solution, answers)


def _one_wrong_answer(assignment: Assignment, solution: Notebook) -> Iterator[tuple[str, Notebook]]:
    for place, exercise in enumerate(assignment.exercises):
        answers = assignment.wrongs[exercise.name]
        answer = answers[place % len(answers)]
        yield f"wrong_{exercise.name}__{answer.name}.ipynb", _with_answers(solution, [answer])


def _two_wrong_answers(assignment: Assignment, solution: Notebook) -> Iterator[tuple[str, Notebook]]:
    exercises = assignment.exercises
    for first, second in list(zip(exercises, exercises[len(exercises) // 2 :], strict=False))[:3]:
        pair = [assignment.wrongs[first.name][0], assignment.wrongs[second.name][1]]
        yield f"two_wrong_{first.name}_and_{second.name}.ipynb", _with_answers(solution, pair)


def _accidents(assignment: Assignment, solution: Notebook) -> Iterator[tuple[str, Notebook | str]]:
    first, middle, last = (
        assignment.exercises[0],
        assignment.exercises[len(assignment.exercises) // 2],
        assignment.exercises[-1],
    )
    yield "cell_that_raises.ipynb", _with_source(solution, middle, "this is no Python\n")
    yield "endless_loop_in_a_cell.ipynb", _appended(solution, last, LOOP)
    yield "endless_loop_in_an_answer.ipynb", _with_source(solution, middle, _body(middle, "while True:\n        pass"))
    yield "exits_the_process.ipynb", _with_source(solution, first, _body(first, "import os\n    os._exit(0)"))
    yield "missing_exercise.ipynb", _without(solution, first)
    yield "Homework 3 (final) FINAL.ipynb", solution
    yield "essay.ipynb", "Dear grader, my laptop is broken, so here is my essay instead.\n"


def _body(exercise: Exercise, body: str) -> str:
    return f"def {exercise.name}({', '.join(exercise.parameters)}):\n    {body}\n"


def _with_answers(notebook: Notebook, answers: list[Answer]) -> Notebook:
    for answer in answers:
        notebook = _replaced(notebook, answer.exercise, answer_source(answer))
    return notebook


def _with_source(notebook: Notebook, exercise: Exercise, source: str) -> Notebook:
    return _replaced(notebook, exercise.name, source)


def _appended(notebook: Notebook, exercise: Exercise, text: str) -> Notebook:
    source = next("".join(cell["source"]) for cell in notebook["cells"] if cell.get("id") == exercise.name)
    return _replaced(notebook, exercise.name, source + text)


def _replaced(notebook: Notebook, cell_id: str, source: str) -> Notebook:
    cells = [cell | {"source": source} if cell.get("id") == cell_id else cell for cell in notebook["cells"]]
    return notebook | {"cells": cells}


def _without(notebook: Notebook, exercise: Exercise) -> Notebook:
    return notebook | {"cells": [cell for cell in notebook["cells"] if cell.get("id") != exercise.name]}
