"""Scaling, batches, steps, epochs, equal weights."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from nnref.training import (
    equal_weights_gap,
    minibatch_step,
    minibatches,
    minmax_scale,
    sgd_epoch,
    train,
)

NAMES = ["tanh", "identity"]


def cost(params, X, y):
    (W1, b1), (W2, b2) = params
    return anp.sum((anp.dot(anp.tanh(anp.dot(X, W1) + b1), W2) + b2 - y) ** 2) / len(X)


def step(params, X, y, lr):
    gradients = grad(cost)(params, X, y)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, gradients, strict=True)]


def network(rng, *widths):
    return [(rng.normal(size=(i, j)), rng.normal(size=j)) for i, j in pairwise(widths)]


def assert_same(params, expected):
    for layer, other in zip(params, expected, strict=True):
        for array, wanted in zip(layer, other, strict=True):
            np.testing.assert_allclose(array, wanted, rtol=1e-10, atol=1e-13)


def copy(params):
    return [(W.copy(), b.copy()) for W, b in params]


# ---- scaling and batches --------------------------------------------------------------------------------------


def test_minmax_scale_brings_training_columns_to_minus_one_and_one(rng):
    """Each column by its own extremes, its middle to 0."""
    train_set = rng.normal(size=(20, 3)) * [1, 10, 1000] + [0, 50, -7]

    scaled = minmax_scale(train_set, train_set)

    np.testing.assert_allclose(scaled.min(axis=0), -1)
    np.testing.assert_allclose(scaled.max(axis=0), 1)
    middle = (train_set.min(axis=0) + train_set.max(axis=0)) / 2
    np.testing.assert_allclose(minmax_scale(train_set, middle[None]), 0, atol=1e-12)


def test_minmax_scale_uses_the_extremes_of_the_training_set_for_other_examples():
    """0..10 is the scale: 20 comes out as 3, beyond 1, and -5 as -2."""
    scaled = minmax_scale(np.array([[0], [10], [4]]), np.array([[20], [-5]]))

    assert scaled.tolist() == [[3.0], [-2.0]]


def test_minmax_scale_of_a_constant_column_is_zero():
    """No division by 0, whatever the other examples hold; one training example makes every column constant."""
    train_set, X = np.array([[7.0, 1.0], [7.0, 3.0]]), np.array([[9.0, 2.0]])

    assert minmax_scale(train_set, X).tolist() == [[0.0, 0.0]]
    assert minmax_scale(train_set[:1], X).tolist() == [[0.0, 0.0]]


def test_minmax_scale_takes_unsigned_pixels():
    """Values below the smallest of the training set do not wrap around."""
    train_set, X = np.array([[100], [200]], dtype=np.uint8), np.array([[50], [150]], dtype=np.uint8)

    assert minmax_scale(train_set, X).tolist() == [[-2.0], [0.0]]


@given(st.integers(1, 30), st.integers(1, 35), st.integers(0, 1000))
def test_minibatches_hold_every_index_once(n, batch_size, seed):
    """Full batches, and one shorter at the end if the size does not divide n."""
    batches = minibatches(np.random.default_rng(seed), n, batch_size)

    assert sorted(int(i) for batch in batches for i in batch) == list(range(n))
    assert [len(batch) for batch in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert len(batches[-1]) == n - batch_size * (len(batches) - 1)
    assert all(batch.dtype.kind == "i" for batch in batches)


def test_every_order_is_equally_likely():
    """3000 orders of three indices: each of the six comes about 500 times."""
    rng = np.random.default_rng(5)

    orders = [tuple(np.concatenate(minibatches(rng, 3, 2)).tolist()) for _ in range(3000)]

    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert min(counts) > 400
    assert max(counts) < 600


# ---- steps ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 5])
def test_minibatch_step_goes_down_the_mean_gradient(size, rng):
    """One step with autograd's gradient of the batch's mean."""
    X, y, params = rng.normal(size=(size, 2)), rng.normal(size=(size, 3)), network(rng, 2, 4, 3)
    before = copy(params)

    new = minibatch_step(X, y, params, NAMES, 0.3)

    assert_same(new, step(params, X, y, 0.3))
    assert_same(params, before)


def test_epoch_takes_one_example_at_a_time_in_order(rng):
    """Each step starts from the parameters of the one before; a batch step would end elsewhere."""
    X, y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 1)), network(rng, 2, 4, 1)
    before, expected = copy(params), params
    for n in (2, 0, 1):
        expected = step(expected, X[[n]], y[[n]], 0.1)

    assert_same(sgd_epoch(X, y, params, NAMES, 0.1, np.array([2, 0, 1])), expected)
    assert_same(params, before)
    assert not np.allclose(sgd_epoch(X, y, params, NAMES, 0.1, [0, 1, 2])[0][0], expected[0][0], rtol=1e-6)


def test_steps_share_no_memory_with_the_parameters_they_start_from(rng):
    """Also an epoch without examples, also from whole numbers."""
    X, y = rng.integers(-2, 3, size=(2, 2)), rng.integers(0, 2, size=(2, 1))
    params = [
        (np.ones((2, 3), dtype=int), np.zeros(3, dtype=int)),
        (np.ones((3, 1), dtype=int), np.zeros(1, dtype=int)),
    ]
    results = [minibatch_step(X, y, params, NAMES, 0.1), sgd_epoch(X, y, params, NAMES, 0.1, [])]
    results.append(train(rng, X, y, params, NAMES, 0.1, 2, 1, 0.0)[0])

    for new in results:
        for layer, old in zip(new, params, strict=True):
            assert [array.dtype for array in layer] == [float, float]
            assert not any(np.shares_memory(a, b) for a, b in zip(layer, old, strict=True))


def test_training_with_full_batches_is_gradient_descent(rng):
    """With one batch an epoch the order does not matter: parameters and costs follow from autograd."""
    X, y, params = rng.normal(size=(6, 2)), rng.normal(size=(6, 2)), network(rng, 2, 3, 2)
    before, expected, costs = copy(params), params, []
    for _ in range(4):
        expected = step(expected, X, y, 0.05)
        costs.append(cost(expected, X, y))

    trained, history = train(rng, X, y, params, NAMES, 0.05, 6, 4, 0.0)

    assert_same(trained, expected)
    assert history == pytest.approx(costs)
    assert {type(value) for value in history} == {float}
    assert_same(params, before)


# ---- equal weights --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["logistic", "identity"], ["relu", "logistic"], ["tanh", "tanh"]])
def test_units_that_begin_equal_stay_equal(names, rng):
    """After 1000 steps of training the gap is still 0, while the weights have moved."""
    X, y, params = rng.normal(size=(5, 2)), rng.uniform(size=(5, 1)), network(rng, 2, 3, 1)
    for W in (params[0][0], params[0][1][None], params[1][0].T):
        W[:, 2] = W[:, 0]
    params[0][1][:] = 0.5

    trained, _ = train(rng, X, y, params, names, 0.05, 1, 200, 0.0)

    assert equal_weights_gap(params, trained) == pytest.approx(0, abs=1e-12)
    assert not np.allclose(trained[0][0], params[0][0], atol=1e-3)


def test_gap_is_the_largest_difference_between_weights_of_equal_units():
    """Incoming, bias and outgoing weights are all looked at; the third unit began otherwise."""
    before = [
        (np.array([[1, 1, 5], [2, 2, 2]]), np.array([3, 3, 3])),
        (np.array([[4, 4], [4, 4], [4, 4]]), np.zeros(2)),
    ]

    for layer, part, index in [(0, 0, (1, 0)), (0, 1, (1,)), (1, 0, (0, 1))]:
        after = [tuple(np.array(array, dtype=float) for array in pair) for pair in before]
        after[layer][part][index] -= 0.25
        after[0][0][:, 2] += 100
        assert equal_weights_gap(before, after) == 0.25
    assert equal_weights_gap(before, before) == 0.0


@pytest.mark.parametrize(("layer", "part", "index"), [(0, 0, (0, 1)), (0, 1, (1,)), (1, 0, (1, 0))])
def test_units_that_differ_in_one_weight_did_not_begin_equal(layer, part, index):
    """One incoming weight, the bias or one outgoing weight is enough."""
    before = [(np.ones((2, 2)), np.ones(2)), (np.ones((2, 1)), np.ones(1))]
    before[layer][part][index] = 2.0
    after = [(np.array([[1.0, 9.0], [1.0, 1.0]]), np.ones(2)), (np.ones((2, 1)), np.ones(1))]

    assert equal_weights_gap(before, after) == 0.0


def test_gap_looks_at_every_hidden_layer_and_at_no_other():
    """Equal units of the second hidden layer count; inputs and outputs do not."""
    before = [(np.array([[1.0, 2.0]]), np.zeros(2)), (np.ones((2, 3)), np.zeros(3)), (np.ones((3, 2)), np.zeros(2))]
    after = copy(before)
    after[1][1][2] = -0.75
    output_moved = copy(before)
    output_moved[2][1][1] = 5.0

    assert equal_weights_gap(before, after) == 0.75
    assert equal_weights_gap(before, output_moved) == 0.0
    assert equal_weights_gap(before[:1], after[:1]) == 0.0
