"""Every homework's bank at one seed, and odd values that no answer should give; `make verify` does the rest."""

import numpy as np
import pytest

from autograder import bank
from autograder.assignment import load
from autograder.homework import find_homeworks
from autograder.judge import GRADER_ERROR, PASSED

SEED = 7
ODD_VALUES = [
    *[None, ..., "text", b"bytes", True, 1j, 3.5, np.nan, np.inf, -np.inf, 10**400, lambda z: z, set()],
    *[[], (), {}, [None], [[]], [[1, 2], [3]], [[], []], [1, [2, [3]]], [10**400, 1], [(1, 2)], (1, 2, 3)],
    *[("a", "b"), (None, None), ({}, {}), ([], []), ([1], [2], [3]), [(None, None), (None, None)]],
    *[{"a": 1}, {(0, 3): "x"}, {3: None}, ({3: None, 4: 1, 5: "x"}, {(0, 1, 2): 1, 7: 2, "a": 3})],
    *[np.array(2.0), np.array(None), np.array(["a", "b"]), np.zeros(0), np.zeros((0, 3)), np.zeros((1, 2, 3, 4))],
    *[np.zeros((2, 2), dtype="datetime64[s]"), np.full((2, 2), 1e308), np.array([None, object()], dtype=object)],
]
HOMEWORKS = {homework.name: load(homework.name) for homework in find_homeworks()}
EXERCISES = [
    pytest.param(loaded, exercise, id=f"{loaded.homework.short}-{exercise.name}")
    for loaded in HOMEWORKS.values()
    for exercise in loaded.exercises
]


def statuses(loaded, exercise, function):
    """The status of every check, by the check's name."""
    found = bank.verdicts(exercise, function, bank.library(loaded.exercises), SEED)
    return {verdict.check.name: verdict.status for verdict in found}


@pytest.mark.parametrize(("loaded", "exercise"), EXERCISES)
def test_right_answers_pass(loaded, exercise):
    """The reference and every right answer pass every check."""
    for function in [exercise.reference, *(answer.function for answer in loaded.rights[exercise.name])]:
        assert set(statuses(loaded, exercise, function).values()) == {PASSED}, function


@pytest.mark.parametrize(("loaded", "exercise"), EXERCISES)
def test_wrong_answers_are_caught(loaded, exercise):
    """Each fails the check that it names, and no check breaks on it."""
    for answer in loaded.wrongs[exercise.name] + loaded.rewrites.get(exercise.name, ()):
        found = statuses(loaded, exercise, answer.function)
        assert found[answer.caught_by] not in (PASSED, GRADER_ERROR), answer.name
        assert GRADER_ERROR not in found.values(), answer.name


@pytest.mark.parametrize(("loaded", "exercise"), EXERCISES)
def test_odd_values_break_no_check(loaded, exercise):
    """Whatever an answer returns, each check ends in a verdict, and the answer does not pass."""
    for value in ODD_VALUES:
        found = statuses(loaded, exercise, lambda *args, value=value, **kwargs: value)
        assert GRADER_ERROR not in found.values(), repr(value)
        assert set(found.values()) != {PASSED}, repr(value)


@pytest.mark.parametrize("loaded", HOMEWORKS.values(), ids=HOMEWORKS)
def test_a_third_of_the_points_is_public(loaded):
    """Students see enough to work with, and hidden checks count more."""
    points = [(check.points, check.public) for exercise in loaded.exercises for check in exercise.checks]

    assert 0.25 < sum(p for p, public in points if public) / sum(p for p, _ in points) < 0.45
