"""One layer, forwards and backwards."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.layers import (
    ACTIVATIONS,
    SLOPES,
    collapse_linear,
    layer_backward,
    linear_backward,
    linear_forward,
)

# Activations in autograd's numpy, written independently of the key.
FORMULAS = {
    "identity": lambda z: z,
    "logistic": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: z * (z > 0),
}
SIZES = [(2, 3, 4), (3, 3, 3), (1, 4, 2), (1, 1, 1), (5, 1, 3), (6, 2, 1)]
sizes = pytest.mark.parametrize(("N", "fan_in", "fan_out"), SIZES)
activations = pytest.mark.parametrize("activation", list(FORMULAS))


def test_a_weight_leads_from_its_row_to_its_column(rng):
    """W[i, j] is seen by output j alone, times input i."""
    X, W, b = rng.normal(size=(2, 3)), np.zeros((3, 4)), np.zeros(4)
    W[1, 2] = 5.0

    Z = linear_forward(X, W, b)

    np.testing.assert_array_equal(Z[:, 2], 5 * X[:, 1])
    assert np.count_nonzero(Z) == 2


@sizes
def test_linear_forward_is_a_weighted_sum_for_each_example_and_unit(N, fan_in, fan_out, rng):
    """By three loops."""
    X, W, b = rng.normal(size=(N, fan_in)), rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)

    Z = linear_forward(X, W, b)

    expected = [[b[j] + sum(X[n, i] * W[i, j] for i in range(fan_in)) for j in range(fan_out)] for n in range(N)]
    np.testing.assert_allclose(Z, expected)


@sizes
def test_two_linear_layers_are_one(N, fan_in, fan_out, rng):
    """The collapsed layer gives what the two give one after the other."""
    X, hidden = rng.normal(size=(N, fan_in)), 5
    W1, b1 = rng.normal(size=(fan_in, hidden)), rng.normal(size=hidden)
    W2, b2 = rng.normal(size=(hidden, fan_out)), rng.normal(size=fan_out)

    W, b = collapse_linear(W1, b1, W2, b2)

    assert (W.shape, b.shape) == ((fan_in, fan_out), (fan_out,))
    np.testing.assert_allclose(X @ W + b, (X @ W1 + b1) @ W2 + b2)


@sizes
def test_linear_backward_agrees_with_autograd_and_finite_differences(N, fan_in, fan_out, rng):
    """dX, dW and db are the derivatives of sum(dZ * (X W + b))."""
    arguments = rng.normal(size=(N, fan_in)), rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)
    dZ = rng.normal(size=(N, fan_out))

    def loss(X, W, b):
        return anp.sum(dZ * (anp.dot(X, W) + b))

    for part, (result, value) in enumerate(zip(linear_backward(dZ, *arguments[:2]), arguments, strict=True)):
        np.testing.assert_allclose(result, grad(loss, part)(*arguments), atol=1e-14)
        moved = [lambda t, k=part: loss(*arguments[:k], t, *arguments[k + 1 :])]
        np.testing.assert_allclose(result, slopes(moved[0], value), rtol=1e-6, atol=1e-8)


@activations
@sizes
def test_layer_backward_agrees_with_autograd(activation, N, fan_in, fan_out, rng):
    """The slope is taken at Z, then all goes as through a linear layer."""
    X, W, b = rng.normal(size=(N, fan_in)), rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)
    dA = rng.normal(size=(N, fan_out))

    def loss(X, W, b):
        return anp.sum(dA * FORMULAS[activation](anp.dot(X, W) + b))

    results = layer_backward(dA, X @ W + b, X, W, activation)

    for part, result in enumerate(results):
        np.testing.assert_allclose(result, grad(loss, part)(X, W, b), atol=1e-14)


def test_live_and_dead_units_in_one_batch():
    """Only the entries of dA whose ReLU is active pass: here example 0 at unit 0 and example 1 at unit 1."""
    X, W = np.array([[1.0, 0.5], [-0.5, 2.0]]), np.array([[2.0, -4.0], [-1.0, 3.0]])
    dA = np.array([[10.0, 20.0], [30.0, 40.0]])

    dX, dW, db = layer_backward(dA, X @ W, X, W, "relu")

    assert (X @ W > 0).tolist() == [[True, False], [False, True]]
    assert db.tolist() == [10.0, 40.0]
    assert dX.tolist() == [[20.0, -10.0], [-160.0, 120.0]]
    assert dW.tolist() == [[10.0, -20.0], [5.0, 80.0]]


@activations
def test_slopes_are_the_derivatives_of_the_activations(activation, rng):
    """Both dicts know the same names; values and slopes agree with an independent formula."""
    z = rng.normal(size=(3, 4))

    np.testing.assert_allclose(ACTIVATIONS[activation](z), FORMULAS[activation](z))
    differences = slopes(lambda t: ACTIVATIONS[activation](t).sum(), z)
    np.testing.assert_allclose(SLOPES[activation](z), differences, rtol=1e-6, atol=1e-8)
    assert set(ACTIVATIONS) == set(SLOPES) == set(FORMULAS)


@activations
def test_entries_of_the_dicts_give_new_floats(activation):
    """Also the identity, also for whole numbers, also far out."""
    z = np.array([[-1000, 1], [2, 1000]])

    for function in (ACTIVATIONS[activation], SLOPES[activation]):
        result = function(z)
        assert (result.shape, result.dtype) == (z.shape, float)
        assert np.isfinite(result).all()
    floats = z.astype(float)
    assert not np.shares_memory(ACTIVATIONS[activation](floats), floats)


def test_whole_numbers_give_floats_and_arguments_stay(rng):
    """Every function of the module, on integer arrays."""
    X, W, W2 = (rng.integers(-3, 4, size=shape) for shape in [(2, 3), (3, 4), (4, 5)])
    b, b2, dZ = (rng.integers(-3, 4, size=shape) for shape in [4, 5, (2, 4)])
    arrays = (X, W, W2, b, b2, dZ)
    before = [array.copy() for array in arrays]

    results = [linear_forward(X, W, b), *collapse_linear(W, b, W2, b2), *linear_backward(dZ, X, W)]
    results += layer_backward(dZ, X @ W + b, X, W, "identity")

    assert {result.dtype for result in results} == {np.dtype(float)}
    assert all(np.array_equal(old, new) for old, new in zip(before, arrays, strict=True))
    assert not any(np.shares_memory(result, array) for result in results for array in arrays)
