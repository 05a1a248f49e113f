"""One neuron: forward, gradients, stochastic gradient descent."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.neuron import (
    linear_neuron_grad,
    neuron_forward,
    neuron_grad,
    neuron_step,
    relu_neuron_grad,
    train_neuron,
)

# UWL CS457 F24, 07-2a: one step on one example; printed with rounded factors, then exactly.
LECTURE_X, LECTURE_Y, LECTURE_W, LECTURE_LR = np.array([0.4, 0.5]), 1, np.array([0.1, 0.1, 0.1]), 0.5
LECTURE_IN, LECTURE_OUTPUT, EXACT_OUTPUT = 0.19, 0.5474, 0.5473576
LECTURE_W_AFTER, EXACT_W_AFTER = [0.2122, 0.1449, 0.1561], [0.2121454, 0.1448582, 0.1560727]
LECTURE_OUTPUT_AFTER, EXACT_IN_AFTER, EXACT_OUTPUT_AFTER = 0.5862, 0.3481251, 0.5861628


def logistic_neuron_loss(w, x, y):
    return (1 / (1 + anp.exp(-w[0] - anp.sum(w[1:] * x))) - y) ** 2


def linear_neuron_loss(w, x, y):
    return (anp.sum(w * x) - y) ** 2


def relu_neuron_loss(w, x, y):
    return (anp.maximum(anp.sum(w * x), 0.0) - y) ** 2


GRADIENTS = [
    (linear_neuron_grad, linear_neuron_loss, 0),
    (relu_neuron_grad, relu_neuron_loss, 0),
    (neuron_grad, logistic_neuron_loss, 1),
]
gradients = pytest.mark.parametrize(("gradient", "loss", "bias"), GRADIENTS, ids=["linear", "relu", "logistic"])


def test_forward_pass_of_the_lecture():
    """W2: in = 0.19, output 0.5474."""
    z, a = neuron_forward(LECTURE_X, LECTURE_W)

    assert (z, a) == pytest.approx((LECTURE_IN, EXACT_OUTPUT), abs=5e-8)
    assert a == pytest.approx(LECTURE_OUTPUT, abs=5e-5)


def test_step_of_the_lecture():
    """W2: the weights after the step, and the output that they give."""
    w = neuron_step(LECTURE_X, LECTURE_Y, LECTURE_W, LECTURE_LR)
    z, a = neuron_forward(LECTURE_X, w)

    np.testing.assert_allclose(w, EXACT_W_AFTER, atol=5e-8)
    np.testing.assert_allclose(w, LECTURE_W_AFTER, atol=1e-4)
    assert (z, a) == pytest.approx((EXACT_IN_AFTER, EXACT_OUTPUT_AFTER), abs=1e-7)
    assert a == pytest.approx(LECTURE_OUTPUT_AFTER, abs=5e-5)


def test_first_weight_belongs_to_the_bias():
    """At x = 0 the other weights do not matter."""
    assert neuron_forward(np.zeros(2), np.array([0.0, 7.0, -9.0])) == (0.0, 0.5)
    assert neuron_forward(np.zeros(2), np.array([4.0, 7.0, -9.0]))[0] == 4.0


@gradients
@pytest.mark.parametrize("width", [1, 2, 5])
def test_gradients_agree_with_autograd_and_finite_differences(gradient, loss, bias, width, rng):
    """For several examples, so that ReLU is found both active and inactive."""
    for _ in range(10):
        x, y, w = rng.normal(size=width), rng.normal(), rng.normal(size=width + bias)

        result = gradient(x, y, w)

        np.testing.assert_allclose(result, grad(loss)(w, x, y), atol=1e-14)
        np.testing.assert_allclose(result, slopes(lambda t, x=x, y=y: loss(t, x, y), w), rtol=1e-5, atol=1e-7)


def test_relu_neuron_learns_only_while_active():
    """A negative weighted sum: no gradient, whatever the error; a positive one: the linear neuron's gradient."""
    x, w = np.array([1.0, 2.0]), np.array([1.0, -3.0])

    assert np.array_equal(relu_neuron_grad(x, 10.0, w), np.zeros(2))
    np.testing.assert_array_equal(relu_neuron_grad(x, 10.0, -w), linear_neuron_grad(x, 10.0, -w))


@gradients
def test_whole_numbers_give_floats_and_arguments_stay(gradient, loss, bias):
    """Integer examples and weights."""
    x, w = np.array([2, -3]), np.array([1] * bias + [3, 1])
    x_before, w_before = x.copy(), w.copy()

    result = gradient(x, 1, w)

    assert result.dtype == float
    np.testing.assert_allclose(result, grad(loss)(w.astype(float), x.astype(float), 1.0))
    assert np.array_equal(x, x_before)
    assert np.array_equal(w, w_before)


@pytest.mark.parametrize("size", [-1e3, 1e3])
def test_saturated_neuron_stays_finite(size):
    """A pre-activation of 1000 in size: output 0 or 1, gradient 0."""
    x, w = np.array([size]), np.array([0.0, 1.0])

    assert neuron_forward(x, w) == (size, float(size > 0))
    assert np.array_equal(neuron_grad(x, 0.5, w), np.zeros(2))


def test_a_step_goes_down_the_gradient(rng):
    """W2's error gets smaller; a learning rate of 0 changes nothing but gives a new array."""
    x, w = rng.normal(size=3), rng.normal(size=4)

    assert logistic_neuron_loss(neuron_step(x, 1.0, w, 0.1), x, 1.0) < logistic_neuron_loss(w, x, 1.0)
    still = neuron_step(x, 1.0, w, 0)
    assert np.array_equal(still, w)
    assert not np.shares_memory(still, w)


def test_training_takes_one_step_an_index_in_the_given_order(rng):
    """Every step starts where the one before ended; rows may repeat; the order matters."""
    X, y, w = rng.normal(size=(3, 2)), np.array([0.0, 1.0, 1.0]), rng.normal(size=3)
    expected = w
    for i in (2, 0, 2):
        expected = expected - 0.7 * grad(logistic_neuron_loss)(expected, X[i], y[i])

    np.testing.assert_allclose(train_neuron(X, y, w, 0.7, [2, 0, 2]), expected)
    assert not np.allclose(train_neuron(X, y, w, 0.7, [0, 2, 2]), expected)


def test_training_leaves_the_starting_weights_alone():
    """Also with whole numbers, and with no step at all."""
    X, y, w = np.array([[1, 0], [0, 1]]), np.array([0, 1]), np.zeros(3, dtype=int)

    trained, untouched = train_neuron(X, y, w, 0.5, np.array([0, 1])), train_neuron(X, y, w, 0.5, [])

    assert trained[1] < 0 < trained[2]
    assert w.tolist() == untouched.tolist() == [0, 0, 0]
    assert not np.shares_memory(untouched, w)


def test_a_neuron_learns_or_but_not_xor():
    """OR can be separated by a line, XOR cannot: some point always ends on the wrong side."""
    X, order = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 1, 2, 3] * 500

    def decisions(y):
        w = train_neuron(X, np.array(y), np.array([0.1, -0.2, 0.3]), 1.0, order)
        return [int(neuron_forward(x, w)[1] >= 0.5) for x in X]

    assert decisions([0, 1, 1, 1]) == [0, 1, 1, 1]
    assert decisions([0, 1, 1, 0]) != [0, 1, 1, 0]
