"""Losses and the gradients that training starts from."""

import math

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.activations import logistic
from nnref.losses import (
    cross_entropy,
    hinge_loss,
    log_loss,
    perceptron_loss,
    softmax_cross_entropy_grad,
    squared_error,
    squared_error_grad,
    zero_one_loss,
)


def mean_cross_entropy(logits, y):
    probs = anp.exp(logits) / anp.sum(anp.exp(logits), axis=1, keepdims=True)
    return -anp.mean(anp.log(anp.array([probs[n, k] for n, k in enumerate(y)])))


# ---- squared error --------------------------------------------------------------------------------------------


def test_squared_error_sums_over_outputs_and_averages_over_examples():
    """Rows (1, 2) and (0, 3) apart: (5 + 9) / 2."""
    assert squared_error(np.array([[1.0, 2.0], [4.0, 8.0]]), np.array([[0.0, 0.0], [4.0, 5.0]])) == 7.0


def test_squared_error_of_one_number_is_its_square():
    """W1: L = (2 - 3)^2 = 1, without a factor 1/2."""
    assert squared_error(2, 3) == 1.0


@pytest.mark.parametrize("shape", [(6,), (6, 1), (6, 3), (1,), (1, 4)])
def test_squared_error_is_the_mean_of_its_examples(shape, rng):
    """However many outputs there are, the loss of a set is the average of the losses of its examples."""
    g, y = rng.normal(size=shape), rng.normal(size=shape)

    each = [squared_error(g[[n]], y[[n]]) for n in range(len(g))]

    assert squared_error(g, y) == pytest.approx(sum(each) / len(each))


@pytest.mark.parametrize("shape", [(), (5,), (5, 1), (5, 3), (1, 4)])
def test_squared_error_grad_agrees_with_autograd_and_finite_differences(shape, rng):
    """Factor 2, and the mean's 1/N: not 1/(N K)."""
    g, y = np.array(rng.normal(size=shape)), np.array(rng.normal(size=shape))
    examples = shape[0] if shape else 1

    result = squared_error_grad(g, y)

    np.testing.assert_allclose(result, grad(lambda t: anp.sum((t - y) ** 2) / examples)(g))
    np.testing.assert_allclose(result, slopes(lambda t: squared_error(t, y), g), rtol=1e-6, atol=1e-8)
    assert np.shape(result) == shape


def test_squared_error_grad_of_the_lecture():
    """W1: dL/dg = 2 (2 - 3) = -2."""
    assert squared_error_grad(2, 3) == -2.0


def test_squared_error_takes_unsigned_pixels():
    """Differences of small unsigned integers may be negative."""
    g, y = np.array([1, 200], dtype=np.uint8), np.array([3, 100], dtype=np.uint8)

    assert squared_error(g, y) == (4 + 10000) / 2
    assert squared_error_grad(g, y).tolist() == [-2.0, 100.0]


# ---- losses of classifiers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "y", "loss"), [(0.8, 1, -math.log(0.8)), (0.8, 0, -math.log(0.2)), (0.5, 1, math.log(2))]
)
def test_log_loss_is_minus_the_log_of_the_probability_of_what_happened(p, y, loss):
    """By hand, with the natural logarithm."""
    assert log_loss(p, y) == pytest.approx(loss)
    assert log_loss(np.array([p, p]), np.array([y, y])) == pytest.approx(loss)


def test_log_loss_agrees_with_the_lectures_formula(rng):
    """-[y log h + (1 - y) log(1 - h)], averaged."""
    p, y = rng.uniform(0.01, 0.99, size=20), rng.integers(0, 2, size=20)

    assert log_loss(p, y) == pytest.approx(np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p))))


@pytest.mark.parametrize("y", [0, 1])
def test_log_loss_of_certain_predictions(y):
    """Certain and right costs nothing, and no -0.0; certain and wrong costs much; neither is nan or a warning."""
    assert str(log_loss(float(y), y)) == "0.0"
    assert log_loss(y, y) == 0
    assert log_loss(1 - y, y) >= 20
    assert log_loss(logistic(np.array([-1e3, 1e3])), np.array([y, y])) >= 10


@pytest.mark.parametrize("p", [1e-9, 1 - 1e-9])
def test_log_loss_is_exact_close_to_certainty(p):
    """The promised range, to its ends."""
    assert log_loss(p, 1) == pytest.approx(-math.log(p), abs=1e-12)
    assert log_loss(p, 0) == pytest.approx(-math.log1p(-p), rel=1e-6)


@pytest.mark.parametrize(("f", "y", "loss"), [(3.0, 1, 0), (1.0, 1, 0), (0.25, 1, 0.75), (0.25, -1, 1.25), (-2, -1, 0)])
def test_hinge_loss_wants_a_margin_of_one(f, y, loss):
    """Right and far enough costs nothing; right but close still costs."""
    assert hinge_loss(f, y) == loss


def test_hinge_loss_is_a_mean(rng):
    """Over the examples, also with 1000 of them."""
    f, y = rng.normal(scale=2, size=1000), rng.choice([-1, 1], size=1000)

    assert hinge_loss(f, y) == pytest.approx(sum(max(0, 1 - a * b) for a, b in zip(f, y, strict=True)) / 1000)


def test_perceptron_loss_counts_only_the_wrong_side():
    """w.x = 5 costs nothing for label 1 and 5 for label 0; w.x = -1 the reverse."""
    w, X = np.array([1, 2]), np.array([[3, 1], [1, -1]])

    assert [perceptron_loss(w, x, y) for x in X for y in (0, 1)] == [5.0, 0.0, 0.0, 1.0]
    assert perceptron_loss(w, X, np.array([0, 1])) == 3.0
    assert perceptron_loss(w, X, np.array([0, 1], dtype=np.uint8)) == 3.0


def test_zero_one_loss_is_the_share_of_errors():
    """One error in five; one example alone."""
    assert zero_one_loss(np.array([0, 1, 2, 1, 0]), np.array([0, 1, 2, 1, 1])) == pytest.approx(0.2)
    assert (zero_one_loss(1, 1), zero_one_loss(0, 1)) == (0.0, 1.0)


# ---- cross-entropy --------------------------------------------------------------------------------------------


def test_cross_entropy_of_equal_logits_is_the_log_of_the_number_of_classes():
    """Whatever the labels."""
    assert cross_entropy(np.full((3, 5), 7.0), np.array([0, 4, 2])) == pytest.approx(math.log(5))


@pytest.mark.parametrize("shape", [(4, 3), (1, 3), (5, 2)])
def test_cross_entropy_and_its_gradient_agree_with_autograd(shape, rng):
    """Written as -log of a probability, without the tricks that keep it finite."""
    logits, y = rng.normal(size=shape), rng.integers(0, shape[1], size=shape[0])

    assert cross_entropy(logits, y) == pytest.approx(mean_cross_entropy(logits, y))
    np.testing.assert_allclose(softmax_cross_entropy_grad(logits, y), grad(mean_cross_entropy)(logits, y), atol=1e-14)


def test_softmax_cross_entropy_grad_agrees_with_finite_differences(rng):
    """The gradient belongs to the key's own loss."""
    logits, y = rng.normal(size=(4, 3)), np.array([2, 0, 2, 1])

    differences = slopes(lambda t: cross_entropy(t, y), logits)

    np.testing.assert_allclose(softmax_cross_entropy_grad(logits, y), differences, rtol=1e-5, atol=1e-8)


def test_cross_entropy_is_exact_for_logits_far_apart():
    """1000 apart: right costs 0, wrong costs 1000; the gradient is 0 or 1 in size."""
    logits = np.array([[1000.0, 0.0], [1000.0, 0.0]])

    assert str(cross_entropy(logits[:1], np.array([0]))) == "0.0"
    assert cross_entropy(logits, np.array([0, 1])) == 500.0
    assert softmax_cross_entropy_grad(logits, np.array([0, 1])).tolist() == [[0, 0], [0.5, -0.5]]


def test_cross_entropy_is_unchanged_by_a_shift_of_a_row(rng):
    """Each row by its own constant."""
    logits, y, shift = rng.normal(size=(4, 3)), np.array([0, 1, 2, 1]), rng.normal(scale=500, size=(4, 1))

    assert cross_entropy(logits + shift, y) == pytest.approx(cross_entropy(logits, y))


def test_rows_of_the_softmax_gradient_add_up_to_zero(rng):
    """A shift of a row changes nothing, so the slope in that direction is 0."""
    gradient = softmax_cross_entropy_grad(rng.normal(size=(6, 4)), rng.integers(0, 4, size=6))

    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


def test_whole_numbers_and_lists_of_labels_are_taken():
    """Integer logits, labels in a list; the arguments stay as they were."""
    logits = np.array([[2, 0, 0], [0, 0, 0]])

    assert cross_entropy(logits, [0, 1]) == pytest.approx((math.log(math.exp(2) + 2) - 2 + math.log(3)) / 2)
    assert softmax_cross_entropy_grad(logits, [0, 1])[1].tolist() == pytest.approx([1 / 6, -1 / 3, 1 / 6])
    assert logits.tolist() == [[2, 0, 0], [0, 0, 0]]


def test_losses_are_plain_floats():
    """So that they print, compare and serialise as numbers."""
    ones = np.array([1, 1])
    values = [squared_error(ones, ones), log_loss(ones, ones), hinge_loss(ones, ones), zero_one_loss(ones, ones)]
    values += [perceptron_loss(ones, ones, 1), cross_entropy(np.eye(2), ones)]

    assert {type(value) for value in values} == {float}
