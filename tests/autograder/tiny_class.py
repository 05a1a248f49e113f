"""A homework of two exercises and a class that answers it, with the scores that follow from what each answer computes.

`relu` has four points: 1 for (-1, 2) -> (0, 2), 2 for negative inputs, 1 for positive ones. `threshold` has two: 1 for
(-1, 2) -> (0, 1), 1 for positive inputs.
"""

import json
from pathlib import Path

from autograder import assignment
from autograder.limits import Limits

NAME = "hw0_tiny"
PUBLIC = '''
import numpy as np
from autograder.check import check
from autograder.compare import equal

@check(points=1)
def relu_of_two_numbers(relu):
    """relu keeps 2 and turns -1 into 0."""
    equal("relu", relu(np.array([-1.0, 2.0])), np.array([0.0, 2.0]))

@check(points=1)
def threshold_of_two_numbers(threshold):
    """threshold turns -1 into 0 and 2 into 1."""
    equal("threshold", threshold(np.array([-1.0, 2.0])), np.array([0.0, 1.0]))
'''
HIDDEN = '''
import numpy as np
from autograder.check import check
from autograder.compare import equal

@check(points=2)
def negative_inputs_give_zero(relu, rng):
    """relu of a negative number is 0."""
    equal("relu", relu(-1 - rng.random(4)), np.zeros(4))

@check(points=1)
def positive_inputs_stay(relu, rng):
    """relu of a positive number is that number."""
    z = 1 + rng.random(4)
    equal("relu", relu(z), z)

@check(points=1)
def positive_inputs_give_one(threshold, rng):
    """threshold of a positive number is 1."""
    equal("threshold", threshold(1 + rng.random(4)), np.ones(4))
'''
STEP = "def threshold(z):\n    return np.where(z > 0, 1.0, 0.0)\n"
ANSWERS = {  # what relu computes, and what it earns of 4; threshold is right and earns 2
    "def relu(z):\n    return np.maximum(z, 0)\n": 4.0,
    "def relu(z):\n    return z\n": 1.0,
    "def relu(z):\n    return np.zeros_like(z)\n": 2.0,
    "def relu(z):\n    return z / 0\n": 0.0,
    "def relu(z):\n    return np.where(z > 0, z, 0.0)\n": 4.0,
}


def write_homework(root, *, hidden=HIDDEN):
    """Write the homework below `root` and load it."""
    public, private = root / "assignments" / NAME, root / "solutions" / NAME
    (public / "student").mkdir(parents=True, exist_ok=True)
    private.mkdir(parents=True, exist_ok=True)
    (public / "public.py").write_text(PUBLIC)
    (private / "hidden.py").write_text(hidden)
    (private / "right.py").write_text("")
    (private / "wrong.py").write_text("")
    (public / "student" / "hw0.ipynb").write_text(notebook())
    return assignment.load(NAME, root)


def notebook(relu="def relu(z):\n    raise NotImplementedError('relu: your code here')\n", threshold=STEP):
    """The text of a notebook with these answers."""
    exercise = {"role": "exercise"}
    cells = [
        _cell("setup", "import numpy as np", {"role": "setup"}),
        _cell("relu", relu, exercise | {"exercise": "relu", "reference": "nnref.activations.relu"}),
        _cell("threshold", threshold, exercise | {"exercise": "threshold", "reference": "nnref.activations.threshold"}),
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def write_class(folder, count):
    """Write `count` notebooks, no two alike; gives each student's expected score."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for number in range(count):
        answer, earned = list(ANSWERS.items())[number % len(ANSWERS)]
        (folder / f"student{number:03}.ipynb").write_text(notebook(f"# {number}\n{answer}"))
        expected[f"student{number:03}"] = earned + 2
    return expected


def entries(folder):
    """What a folder of notebooks holds, as a layout gives it."""
    from autograder.layouts import Entry

    return [Entry(path.stem, path.stem.title(), path) for path in sorted(Path(folder).glob("*.ipynb"))]


LIMITS = Limits(call_seconds=2.0, cell_seconds=5.0, submission_seconds=20.0)


def _cell(name, source, kit):
    return {"cell_type": "code", "id": name, "source": source, "outputs": [], "metadata": {"kit": kit}}
