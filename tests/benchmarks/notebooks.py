"""What is graded: twelve notebooks that every contender grades, and classes of any size, all from the bank.

None of the twelve loops or ends its process: other graders would wait for such a notebook, or be ended by it. Classes
that the kit grades alone may have hostile notebooks among them.
"""

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder import demo
from autograder.assignment import Assignment
from autograder.source import answer_source

SEED = 20
KINDS = (("solution", 1), ("untouched", 1), ("right_style", 3), ("wrong", 5), ("two_wrong", 2))
RIGHT_ANSWERS = 0.9  # of all in a made-up class: one mistake a student, on average
HOSTILE = (  # first cells
    "while True:\n    pass",
    "import os\nos._exit(0)",
    "import os\nos.kill(os.getppid(), 9)",
    "import os\nwhile True:\n    os.fork()",
    "hog = []\nwhile True:\n    hog.append(bytearray(2**24))",
    "for _ in range(100_000):\n    print('x' * 1_000)",
    "open('/tmp/left_behind', 'w')",
    "import sys\nsys.setrecursionlimit(10**9)\ndef dive():\n    dive()\ndive()",
)


def twelve(assignment: Assignment, folder: Path) -> list[Path]:
    """Write the twelve notebooks into `folder`: right answers in four styles, none at all, seven with mistakes."""
    folder.mkdir()
    everything = folder / "demo"
    written = demo.write(assignment, everything)
    chosen = [path for kind, count in KINDS for path in [p for p in written if p.name.startswith(kind)][:count]]
    moved = [path.rename(folder / path.name) for path in chosen]
    shutil.rmtree(everything)
    return moved


def without_figures(notebooks: Iterable[Path], folder: Path) -> list[Path]:
    """Write copies of notebooks without the cells that draw figures into `folder`."""
    folder.mkdir()
    return [_without_figures(path, folder / f"{path.stem}-plain.ipynb") for path in notebooks]


def made_up_class(assignment: Assignment, folder: Path, count: int, every: int = 0) -> None:
    """Write `count` notebooks with answers of the bank, drawn with a fixed seed; one in `every` is hostile, too."""
    folder.mkdir(parents=True)
    solution = json.loads(assignment.homework.solution_notebook.read_text("utf-8"))
    chance = random.Random(SEED)  # noqa: S311  made-up students are no secret
    for place in range(count):
        answers = dict(_answers(assignment, chance))
        cells = [cell | {"source": answers.get(cell.get("id"), cell["source"])} for cell in solution["cells"]]
        if every and place % every == 0:
            cells.insert(0, {**cells[1], "id": "hostile", "source": HOSTILE[place // every % len(HOSTILE)]})
        text = json.dumps(solution | {"cells": cells}, indent=1)
        (folder / f"student{place:05}.ipynb").write_text(text, "utf-8")


def _without_figures(notebook: Path, copy: Path) -> Path:
    content = json.loads(notebook.read_text("utf-8"))
    cells = [cell for cell in content["cells"] if cell["metadata"]["kit"]["role"] != "figure"]
    copy.write_text(json.dumps(content | {"cells": cells}), "utf-8")
    return copy


def _answers(assignment: Assignment, chance: random.Random) -> Iterator[tuple[str, str]]:
    for exercise in assignment.exercises:
        bank = assignment.rights if chance.random() < RIGHT_ANSWERS else assignment.wrongs
        yield exercise.name, answer_source(chance.choice(bank[exercise.name]))
