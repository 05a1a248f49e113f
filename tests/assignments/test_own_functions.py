"""Checks that judge one of a student's functions by another, such as a backward by the student's own forward.

They compare with finite differences of whatever the student wrote, so the danger is a false alarm: a step across a
corner, a difference of large numbers, a right forward in another style. Ten thousand draws of right pairs have none.
"""

from itertools import cycle, islice, product

import numpy as np
import pytest

from autograder import bank, judge
from autograder.assignment import load
from autograder.homework import find_homeworks
from autograder.judge import PASSED

DRAWS = 10_000


def cases():
    """Every check of a built homework that needs a second function of the notebook."""
    for homework in find_homeworks():
        if homework.notebook.exists():
            assignment = load(homework.name)
            for check in (check for exercise in assignment.exercises for check in exercise.checks):
                if len(functions_of(check)) > 1:
                    yield pytest.param(assignment, check, id=f"{homework.short}-{check.name}")


def functions_of(check):
    """The functions that a check needs; the first is the exercise that it judges."""
    return [name for name in check.needs if name != "rng"]


def right_versions(assignment, name):
    """The reference and, if it is an exercise, its other right answers."""
    reference = bank.library(assignment.exercises)[name]
    return [reference, *(answer.function for answer in assignment.rights.get(name, ()))]


def test_there_are_such_checks():
    """A change of how checks are found must not empty the test below."""
    assert {"graph_gradients_match_finite_differences"} <= {case.values[1].name for case in cases()}


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "check"), [*cases()])
def test_right_answers_raise_no_alarm(assignment, check):
    """Every combination of right versions in turn, each time on fresh inputs."""
    names = functions_of(check)
    combinations = product(*(right_versions(assignment, name) for name in names))

    for seed, versions in enumerate(islice(cycle(combinations), DRAWS)):
        with np.errstate(all="ignore"):
            verdict = judge.run(check, judge.local(dict(zip(names, versions, strict=True))), seed)
        assert verdict.status == PASSED, (seed, [version.__name__ for version in versions], verdict.message)
