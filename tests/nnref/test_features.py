"""Hand-made hidden layers: XOR, absolute differences, interpolation by ReLUs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnref.features import abs_difference_features, relu_interpolator, two_sigmoid_xor

CORNERS = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])
# MIT 6.390 S25 and S26: -3 (s1 + s2) at the corners of the square, exactly.
EXACT_XOR_VALUES = [-4.3863515, -4.3863515, -3.0465408, -3.0465408]


def evaluate(network, x):
    W1, b1, w2, b2 = network
    return np.maximum(np.asarray(x, dtype=float)[:, None] @ W1 + b1, 0) @ w2 + b2


def test_two_sigmoids_at_the_corners_of_the_square():
    """W6: the decision value separates equal from different attributes."""
    np.testing.assert_allclose(two_sigmoid_xor(CORNERS), EXACT_XOR_VALUES, atol=5e-8)


def test_two_sigmoids_agree_with_the_lectures_formulas(rng):
    """Each point by the formula of each unit."""
    X = rng.normal(size=(7, 2))

    s1 = 1 / (1 + np.exp(-(5 * X[:, 0] - 5 * X[:, 1] + 1)))
    s2 = 1 / (1 + np.exp(-(-5 * X[:, 0] + 5 * X[:, 1] + 1)))
    np.testing.assert_allclose(two_sigmoid_xor(X), -3 * (s1 + s2))


def test_two_sigmoids_see_only_the_size_of_the_difference(rng):
    """Swapping the attributes or moving both alike changes nothing."""
    X = rng.normal(size=(5, 2))

    np.testing.assert_allclose(two_sigmoid_xor(X[:, ::-1]), two_sigmoid_xor(X))
    np.testing.assert_allclose(two_sigmoid_xor(X + 7), two_sigmoid_xor(X))


def test_two_sigmoids_stay_finite_far_out():
    """One unit is 1, the other 0."""
    assert two_sigmoid_xor(np.array([[200.0, 0.0], [0.0, 200.0]])).tolist() == [-3, -3]


def test_absolute_difference_features_separate_the_corners():
    """W7: (1, 0) where the attributes agree, (1, 1) where they differ."""
    assert abs_difference_features(CORNERS).tolist() == [[1, 0], [1, 0], [1, 1], [1, 1]]


def test_absolute_difference_features_of_real_points():
    """Shape (N, 2), floats, also for one example of whole numbers; X stays as it was."""
    X = np.array([[2, 7]])

    phi = abs_difference_features(X)

    assert (phi.tolist(), phi.dtype, X.tolist()) == ([[1, 5]], float, [[2, 7]])
    np.testing.assert_allclose(abs_difference_features(np.array([[0.5, -1.0], [3.0, 3.5]]))[:, 1], [1.5, 0.5])


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=8, unique=True), st.data())
def test_interpolator_is_the_piecewise_linear_curve(knots, data):
    """At the knots and between them it is what numpy's own interpolation gives."""
    knots = np.sort(np.array(knots)) / 4
    values = np.array(data.draw(st.lists(st.floats(-10, 10), min_size=len(knots), max_size=len(knots))))
    x = np.linspace(knots[0], knots[-1], 41)

    network = relu_interpolator(knots, values)

    np.testing.assert_allclose(evaluate(network, knots), values, atol=1e-9)
    np.testing.assert_allclose(evaluate(network, x), np.interp(x, knots, values), atol=1e-9)


def test_interpolator_has_the_promised_shapes():
    """(1, H), (H,), (H,) and a number, from whole numbers that stay as they were."""
    knots, values = np.array([-1, 0, 4]), np.array([2, 0, 8])

    W1, b1, w2, b2 = relu_interpolator(knots, values)

    assert W1.shape == (1, len(b1)) == (1, len(w2))
    assert type(b2) is float
    assert W1.dtype == b1.dtype == w2.dtype == float
    assert (knots.tolist(), values.tolist()) == ([-1, 0, 4], [2, 0, 8])
    assert evaluate((W1, b1, w2, b2), [-0.5, 2.0]).tolist() == [1.0, 4.0]


@pytest.mark.parametrize("count", [2, 5, 20])
def test_more_knots_approximate_a_curve_better(count):
    """The error of linear interpolation of a sine is at most h^2 / 8."""
    knots = np.linspace(0, 2 * np.pi, count)
    x = np.linspace(0, 2 * np.pi, 200)

    error = np.abs(evaluate(relu_interpolator(knots, np.sin(knots)), x) - np.sin(x)).max()

    assert error <= (knots[1] - knots[0]) ** 2 / 8 + 1e-12
