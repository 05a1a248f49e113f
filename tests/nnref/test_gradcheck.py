"""Finite differences and the relative error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnref.gradcheck import numerical_gradient, relative_error

moderate = arrays(float, (2, 3), elements=st.floats(-1e6, 1e6).map(lambda value: round(value, 3)))


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (2, 1, 3)])
def test_gradient_of_a_cubic_in_any_shape(shape, rng):
    """The derivative of sum(c theta^3) is 3 c theta^2; central differences add c eps^2 and nothing else."""
    theta, c, eps = rng.normal(size=shape), rng.normal(size=shape), 1e-2

    gradient = numerical_gradient(lambda t: np.sum(c * t**3), theta, eps)

    np.testing.assert_allclose(gradient, 3 * c * np.square(theta) + c * eps**2, rtol=1e-9, atol=1e-11)
    assert (gradient.shape, gradient.dtype) == (shape, float)


def test_entries_that_act_together_are_moved_alone(rng):
    """x^T M x has the gradient (M + M^T) x, exact for central differences of any width."""
    M, x = rng.normal(size=(4, 4)), rng.normal(size=4)

    np.testing.assert_allclose(numerical_gradient(lambda t: t @ M @ t, x, 0.5), (M + M.T) @ x)


def test_differences_are_central():
    """|t| at 0 looks flat from both sides; a forward difference would say 1."""
    assert numerical_gradient(lambda t: abs(t[0]), np.array([0.0]), 1e-3).tolist() == [0.0]


def test_whole_numbers_can_be_differentiated():
    """A step of 1e-5 is not lost in an integer array."""
    theta = np.array([[1, 2], [3, 4]])

    gradient = numerical_gradient(lambda t: np.sum(t**2), theta, 1e-5)

    np.testing.assert_allclose(gradient, [[2, 4], [6, 8]])
    assert theta.tolist() == [[1, 2], [3, 4]]
    assert theta.dtype.kind == "i"


def test_theta_is_unchanged_even_by_a_careless_function(rng):
    """A function that writes on what it is given does no harm: theta stays the same to the last bit."""
    theta, seen = rng.normal(size=3), []
    before = theta.copy()

    def careless(t):
        seen.append(t.copy())
        t *= 0
        return seen[-1].sum()

    np.testing.assert_allclose(numerical_gradient(careless, theta, 1e-4), 1)
    assert np.array_equal(theta, before)
    assert all(np.sum(t != before) == 1 for t in seen)


def test_gradient_is_a_new_array(rng):
    """Of floats, also when f gives whole numbers."""
    theta = rng.normal(size=3)

    gradient = numerical_gradient(lambda t: int(t[0] > 10), theta, 1e-4)

    assert gradient.tolist() == [0.0, 0.0, 0.0]
    assert not np.shares_memory(gradient, theta)


def test_relative_error_by_hand():
    """Norms over all entries: (3, 4) and (0, 12) as 2 x 2 arrays."""
    a, b = np.array([[3.0, 4.0], [0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 12.0]])

    assert relative_error(a, b) == pytest.approx(12 / (5 + 13))


@given(moderate, moderate)
def test_relative_error_is_symmetric_and_at_most_one(a, b):
    """The triangle inequality bounds it; equal arrays give 0."""
    error = relative_error(a, b)

    assert type(error) is float
    assert 0 <= error <= 1 + 1e-12
    assert error == pytest.approx(relative_error(b, a))
    assert relative_error(a, a.copy()) == 0.0


@given(moderate, moderate, st.sampled_from([1e-100, 1e-3, 7.0, 1e90]))
def test_relative_error_does_not_depend_on_the_unit(a, b, unit):
    """Both gradients measured in another unit are as far apart as before, very large and very small ones too."""
    assert relative_error(unit * a, unit * b) == pytest.approx(relative_error(a, b), abs=1e-12)


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e300])
def test_relative_error_of_opposite_and_equal_extremes(size):
    """Squares of these overflow or vanish; the result does not."""
    a = np.array([size, -size])

    assert relative_error(a, -a) == pytest.approx(1.0)
    assert relative_error(a, a) == 0.0


@given(array_shapes(max_dims=3, max_side=3))
def test_relative_error_of_two_zeros_is_zero(shape):
    """Two gradients that vanish agree."""
    assert relative_error(np.zeros(shape), -np.zeros(shape)) == 0.0


def test_relative_error_takes_numbers_and_whole_numbers():
    """Scalars, lists of integers, and a zero on one side only."""
    assert relative_error(1.0, 3.0) == pytest.approx(0.5)
    assert relative_error(np.array([1, -2]), np.array([0, 0])) == 1.0
    assert relative_error(0, 0) == 0.0
