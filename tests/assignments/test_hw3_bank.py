"""The checks of homework 3, judged by its bank of right and wrong answers."""

import inspect

import numpy as np
import pytest

from assignments.hw3_backprop import public
from autograder.check import Answer, Check, collect
from autograder.failure import Failure
from autograder.guard import run
from nnref import activations, gradcheck, graph, layers, losses, network
from solutions.hw3_backprop import hidden, rewrites, right, wrong

POINTS = {
    "relu_grad": 2,
    "squared_error_grad": 3,
    "linear_backward": 6,
    "layer_backward": 5,
    "two_neuron_gradients": 4,
    "softmax_cross_entropy_grad": 5,
    "backprop": 8,
    "graph_backprop": 9,
    "numerical_gradient": 5,
    "relative_error": 3,
}
MODULES = (activations, losses, layers, network, graph, gradcheck)
REFERENCE = {name: value for module in MODULES for name, value in vars(module).items() if inspect.isfunction(value)}
CHECKS = {check.name: check for check in collect(public, Check) + collect(hidden, Check)}
WRONG = collect(wrong, Answer)
REWRITES = collect(rewrites, Answer)
SEEDS = range(5)

EMPTY = np.array([None, object()], dtype=object)
ODD_VALUES = [
    *[None, ..., "text", b"bytes", True, 1j, 3.5, np.nan, np.inf, -np.inf, 10**400, lambda z: z, set()],
    *[[], (), {}, [None], [[]], [[1, 2], [3]], [[], []], [1, [2, [3]]], [10**400, 1], [(1, 2)], (1, 2, 3)],
    *[("a", "b"), (None, None), ({}, {}), ([], []), ([1], [2], [3]), [(None, None), (None, None)]],
    *[{"a": 1}, {(0, 3): "x"}, {3: None}, ({3: None, 4: 1, 5: "x"}, {(0, 1, 2): 1, 7: 2, "a": 3})],
    *[np.array(2.0), np.array(None), np.array(["a", "b"]), np.zeros(0), np.zeros((0, 3)), EMPTY],
    *[np.zeros((2, 2), dtype="datetime64[s]"), np.full((2, 2), 1e308)],
]


def fails(check, answer, seed=0):
    """Say whether `answer` fails `check`; any other exception is an error of the check."""
    try:
        with np.errstate(over="ignore"):  # a value such as 1e308 may overflow while its pattern is looked for
            run(check.function, {**REFERENCE, check.exercise: answer}, seed)
    except Failure:
        return True
    return False


def by_name(answers):
    return [pytest.param(answer, id=f"{answer.exercise}-{answer.name}") for answer in answers]


def checks_of(exercise):
    return [check for check in CHECKS.values() if check.exercise == exercise]


def test_points_add_up_and_a_third_is_public():
    totals = {exercise: sum(check.points for check in checks_of(exercise)) for exercise in POINTS}
    shown = sum(check.points for check in collect(public, Check))

    assert totals == POINTS
    assert list(dict.fromkeys(check.exercise for check in collect(public, Check))) == list(POINTS)
    assert shown / sum(totals.values()) == pytest.approx(1 / 3, abs=0.04)
    assert len(CHECKS) == len(collect(public, Check)) + len(collect(hidden, Check))


@pytest.mark.parametrize("exercise", POINTS)
def test_bank_is_large_enough(exercise):
    def count(answers):
        return sum(answer.exercise == exercise for answer in answers)

    assert count(collect(right, Answer)) >= 3
    assert count(WRONG) >= 8
    assert sum(check.exercise == exercise for check in collect(hidden, Check)) >= 2


@pytest.mark.parametrize("exercise", POINTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_reference_passes(exercise, seed):
    for check in checks_of(exercise):
        run(check.function, REFERENCE, seed)


@pytest.mark.parametrize("answer", by_name(collect(right, Answer)))
def test_right_answers_pass_every_check(answer):
    for seed in SEEDS:
        for check in checks_of(answer.exercise):
            run(check.function, {**REFERENCE, answer.exercise: answer.function}, seed)


@pytest.mark.parametrize("answer", by_name(WRONG + REWRITES))
def test_wrong_answers_fail_the_check_that_they_name(answer):
    check = CHECKS[answer.caught_by]

    assert check.exercise == answer.exercise
    assert all(fails(check, answer.function, seed) for seed in SEEDS)


def test_every_wrong_answer_has_two_rewrites():
    counts = {answer.name: 0 for answer in WRONG}
    for answer in REWRITES:
        counts[answer.rewrite_of] += 1

    assert len(counts) == len(WRONG)
    assert min(counts.values()) >= 2


@pytest.mark.parametrize("answer", by_name(REWRITES))
def test_rewrites_behave_like_their_original(answer):
    original = next(wrong for wrong in WRONG if wrong.name == answer.rewrite_of)

    for check in checks_of(answer.exercise):
        for seed in SEEDS:
            calls = recorded(check, original.function, seed)
            assert calls
            for args, outcome in calls:
                assert same(outcome, outcome_of(answer.function, args)), check.name


@pytest.mark.parametrize("answer", by_name(WRONG + REWRITES))
def test_bodies_stand_alone(answer):
    """A body uses numpy and names of the notebook, and never its own name or the exercise's."""
    names = {*answer.function.__code__.co_names}
    for constant in answer.function.__code__.co_consts:
        names |= set(getattr(constant, "co_names", ()))
    mine = {other.name for other in WRONG + REWRITES} | {answer.exercise}

    assert not names & mine


@pytest.mark.parametrize("check", [pytest.param(check, id=name) for name, check in CHECKS.items()])
def test_lazy_answers_fail(check):
    def zeros(*args):
        return filled(check, args, 0.0)

    def ones(*args):
        return filled(check, args, 1.0)

    assert fails(check, lambda *args: args[0])
    assert fails(check, zeros)
    assert fails(check, ones)
    assert fails(check, None)


@pytest.mark.parametrize("check", [pytest.param(check, id=name) for name, check in CHECKS.items()])
def test_odd_values_end_in_a_failure(check):
    for value in ODD_VALUES:
        assert fails(check, lambda *args, value=value: value), repr(value)


@pytest.mark.parametrize("check", [pytest.param(check, id=name) for name, check in CHECKS.items()])
def test_spoilt_parts_end_in_a_failure(check):
    """A right result in which one part is spoilt is a failure too, never another exception."""
    spoils = ("text", None, np.nan, [[1], [2, 3]], EMPTY, 10**400, {}, np.zeros((1, 2, 3, 4)))
    for spoil in spoils:
        first = fails(check, lambda *args, spoil=spoil: spoil_first(REFERENCE[check.exercise](*args), spoil))
        last = fails(check, lambda *args, spoil=spoil: spoil_last(REFERENCE[check.exercise](*args), spoil))
        middle = fails(check, lambda *args, spoil=spoil: spoil_middle(REFERENCE[check.exercise](*args), spoil))
        assert first or middle or last, repr(spoil)  # some checks look at one part only


def spoil_first(value, spoil):
    """`value` with its first part, or the first part of that, replaced."""
    if isinstance(value, dict):
        return {key: spoil if k == 0 else item for k, (key, item) in enumerate(value.items())}
    if isinstance(value, (tuple, list)):
        return type(value)([spoil_first(value[0], spoil), *value[1:]])
    return spoil


def spoil_middle(value, spoil):
    """`value` with the second of three parts replaced."""
    return (value[0], spoil, value[2]) if isinstance(value, tuple) and len(value) == 3 else spoil


def spoil_last(value, spoil):
    """`value` with its last part replaced, in a dict every entry."""
    if isinstance(value, dict):
        return dict.fromkeys([*value, "odd"], spoil)
    if isinstance(value, (tuple, list)):
        return type(value)([*value[:-1], spoil_last(value[-1], spoil)])
    return spoil


def filled(check, args, number):
    """The right result's structure with `number` everywhere."""
    return deep_fill(REFERENCE[check.exercise](*args), number)


def deep_fill(value, number):
    if isinstance(value, dict):
        return {key: deep_fill(item, number) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(deep_fill(item, number) for item in value)
    return np.full(np.shape(value), number)


def recorded(check, function, seed):
    """The calls that a check makes of a wrong answer: arguments, and outcome with the arguments afterwards.

    The reference answers the check, so that no call is missed.
    """
    calls = []

    def spy(*args):
        before = clone(args)
        calls.append((before, outcome_of(function, before)))
        return REFERENCE[check.exercise](*args)

    run(check.function, {**REFERENCE, check.exercise: spy}, seed)
    return calls


def clone(value):
    if isinstance(value, (list, tuple)):
        return type(value)(clone(item) for item in value)
    if isinstance(value, dict):
        return {key: clone(item) for key, item in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value


def outcome_of(function, args):
    args = clone(args)
    try:
        return function(*args), args
    except Exception:
        return "raised", None


def same(one, other):
    """Equal in structure and, up to rounding, in value: lists are arrays, (n, 1) is not (n,)."""
    if callable(one):
        return one is other
    if isinstance(one, dict):
        return isinstance(other, dict) and set(one) == set(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)) and not is_array(one):
        return isinstance(other, (tuple, list)) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) or one is None:
        return type(one) is type(other) and one == other
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-7, atol=1e-10, equal_nan=True)


def is_array(value):
    return isinstance(value, list) and all(isinstance(item, (int, float, np.number)) for item in value)
