"""Networks of layers: forward pass and backpropagation."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.losses import squared_error
from nnref.network import backprop, mlp_forward, two_neuron_gradients

FORMULAS = {
    "identity": lambda z: z,
    "logistic": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: z * (z > 0),
}
NETWORKS = [
    (4, [3, 2], ["identity"]),
    (1, [2, 1], ["logistic"]),
    (5, [3, 4, 2], ["tanh", "identity"]),
    (1, [2, 5, 1], ["relu", "logistic"]),
    (6, [2, 3, 3, 2], ["relu", "tanh", "identity"]),
    (3, [4, 3, 5, 2, 2], ["logistic", "relu", "tanh", "relu"]),
]
networks = pytest.mark.parametrize(("N", "widths", "activations"), NETWORKS)

# MIT 6.390 S26: two hidden ReLU neurons, of which the second is dead.
LECTURE_X, LECTURE_Y, LECTURE_W1, LECTURE_W2 = 1, 3, np.array([2, -1]), np.array([1, 2])
LECTURE_DW1, LECTURE_DW2 = [-2, 0], [-4, 0]


def random_network(rng, widths):
    return [(rng.normal(size=(i, j)), rng.normal(size=j)) for i, j in pairwise(widths)]


def output(params, X, activations):
    for (W, b), name in zip(params, activations, strict=True):
        X = FORMULAS[name](anp.dot(X, W) + b)
    return X


def cost(params, X, y, activations):
    return anp.sum((output(params, X, activations) - y) ** 2) / len(X)


@networks
def test_forward_pass_keeps_every_layer(N, widths, activations, rng):
    """L pre-activations, L + 1 activations, each made from the one before."""
    X, params = rng.normal(size=(N, widths[0])), random_network(rng, widths)

    Zs, As = mlp_forward(X, params, activations)

    assert [Z.shape for Z in Zs] == [(N, width) for width in widths[1:]]
    assert [A.shape for A in As] == [(N, width) for width in widths]
    np.testing.assert_array_equal(As[0], X)
    for Z, A, A_before, (W, b), name in zip(Zs, As[1:], As, params, activations, strict=False):
        np.testing.assert_allclose(Z, A_before @ W + b)
        np.testing.assert_allclose(A, FORMULAS[name](Z))
    np.testing.assert_allclose(As[-1], output(params, X, activations))


def test_an_example_does_not_see_the_others(rng):
    """A batch gives each row what it gets alone."""
    X, params = rng.normal(size=(4, 3)), random_network(rng, [3, 5, 2])

    together = mlp_forward(X, params, ["tanh", "logistic"])[1][-1]

    for n in range(4):
        np.testing.assert_allclose(mlp_forward(X[[n]], params, ["tanh", "logistic"])[1][-1], together[[n]])


@networks
def test_backprop_agrees_with_autograd_and_finite_differences(N, widths, activations, rng):
    """Every weight and every bias of one to four layers."""
    X, y, params = rng.normal(size=(N, widths[0])), rng.normal(size=(N, widths[-1])), random_network(rng, widths)

    grads = backprop(X, y, params, activations)

    assert len(grads) == len(params)
    for layer, expected in enumerate(grad(cost)(params, X, y, activations)):
        for part in (0, 1):
            np.testing.assert_allclose(grads[layer][part], expected[part], atol=1e-13)
            moved = cost_of_part(params, layer, part, X, y, activations)
            np.testing.assert_allclose(grads[layer][part], slopes(moved, params[layer][part]), rtol=1e-5, atol=1e-7)


def cost_of_part(params, layer, part, X, y, activations):
    def moved(value):
        changed = (value, params[layer][1]) if part == 0 else (params[layer][0], value)
        new = [*params[:layer], changed, *params[layer + 1 :]]
        return squared_error(mlp_forward(X, new, activations)[1][-1], y)

    return moved


def test_gradient_of_a_batch_is_the_mean_over_its_examples(rng):
    """The same examples twice over change nothing."""
    X, y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), random_network(rng, [2, 4, 2])
    names = ["tanh", "identity"]

    once = backprop(X, y, params, names)
    twice = backprop(np.vstack([X, X]), np.vstack([y, y]), params, names)
    single = [backprop(X[[n]], y[[n]], params, names) for n in range(3)]

    for layer, (dW, db) in enumerate(once):
        np.testing.assert_allclose(twice[layer][0], dW)
        np.testing.assert_allclose(sum(grads[layer][0] for grads in single) / 3, dW)
        np.testing.assert_allclose(sum(grads[layer][1] for grads in single) / 3, db)


def test_two_neuron_gradients_of_the_lecture():
    """W1: dL/dw1 = (-2, 0) and dL/dw2 = (-4, 0), from whole numbers; the dead neuron gets nothing."""
    dw1, dw2 = two_neuron_gradients(LECTURE_X, LECTURE_Y, LECTURE_W1, LECTURE_W2)

    assert (dw1.tolist(), dw2.tolist()) == (LECTURE_DW1, LECTURE_DW2)
    assert dw1.dtype == dw2.dtype == float


def test_two_neuron_gradients_of_the_lecture_by_backprop():
    """W1 again, as a network with biases of 0."""
    params = [(LECTURE_W1[None], np.zeros(2)), (LECTURE_W2[:, None], np.zeros(1))]

    grads = backprop(np.array([[LECTURE_X]]), np.array([[LECTURE_Y]]), params, ["relu", "identity"])

    assert grads[0][0].tolist() == [LECTURE_DW1]
    assert grads[1][0].ravel().tolist() == LECTURE_DW2


@pytest.mark.parametrize("x", [-2.0, 0.7, 5.0])
def test_two_neuron_gradients_agree_with_autograd(x, rng):
    """For inputs of both signs, so that either neuron sleeps and wakes."""
    w1, w2 = np.array([1.3, -0.6]), rng.normal(size=2)

    def loss(w1, w2):
        return (anp.sum(w2 * anp.maximum(w1 * x, 0.0)) - 0.4) ** 2

    dw1, dw2 = two_neuron_gradients(x, 0.4, w1, w2)

    np.testing.assert_allclose(dw1, grad(loss, 0)(w1, w2))
    np.testing.assert_allclose(dw2, grad(loss, 1)(w1, w2))


def test_saturated_networks_stay_finite():
    """Pre-activations of 1000 in size; warnings are errors here."""
    X, params = np.array([[1e3], [-1e3]]), [(np.ones((1, 2)), np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]

    for names in (["logistic", "tanh"], ["tanh", "logistic"], ["relu", "identity"]):
        grads = backprop(X, np.zeros((2, 1)), params, names)
        assert all(np.isfinite(dW).all() and np.isfinite(db).all() for dW, db in grads)


def test_whole_numbers_give_floats_and_arguments_stay(rng):
    """Integer examples, targets and parameters; nothing that comes back shares memory with them."""
    X, y = rng.integers(-3, 4, size=(4, 2)), rng.integers(0, 2, size=(4, 1))
    params = [(rng.integers(-2, 3, size=(i, j)), rng.integers(-2, 3, size=j)) for i, j in [(2, 3), (3, 1)]]
    floats = X.astype(float)
    given = [X, y, floats, *(array for layer in params for array in layer)]
    before = [array.copy() for array in given]

    Zs, As = mlp_forward(floats, params, ["identity", "identity"])
    grads = [array for layer in backprop(X, y, params, ["relu", "identity"]) for array in layer]

    assert {array.dtype for array in (*Zs, *As, *grads)} == {np.dtype(float)}
    assert all(np.array_equal(old, new) for old, new in zip(before, given, strict=True))
    assert not any(np.shares_memory(a, b) for a in (*Zs, *As, *grads) for b in given)
    assert not any(np.shares_memory(Z, A) for Z in Zs for A in As)
