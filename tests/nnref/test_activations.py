"""Activations and their derivatives."""

import math

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st

from autograder.compare import slopes
from nnref.activations import (
    logistic,
    logistic_grad,
    relu,
    relu_grad,
    softplus,
    softplus_grad,
    tanh_grad,
    threshold,
)

FUNCTIONS = [threshold, logistic, relu, softplus, logistic_grad, tanh_grad, softplus_grad, relu_grad]
PAIRS = [
    (logistic, logistic_grad, lambda z: 1 / (1 + anp.exp(-z))),
    (np.tanh, tanh_grad, lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z))),
    (softplus, softplus_grad, lambda z: anp.log(1 + anp.exp(z))),
    (relu, relu_grad, lambda z: anp.where(z > 0, z, 0.0)),
]
names = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
pairs = pytest.mark.parametrize(
    ("function", "derivative", "formula"), PAIRS, ids=["logistic", "tanh", "softplus", "relu"]
)
numbers = st.floats(-1e3, 1e3)

# UWL CS457 F24, 07-4a: a neuron whose input reaches 10 or -10 is saturated.
LECTURE_SIGMA_10, LECTURE_SIGMA_MINUS_10 = 0.99995, 0.00005
# UWL CS457 F24, 07-3d: the logistic function is nowhere steeper than at 0.
LECTURE_LARGEST_SLOPE = 0.25


def test_threshold_is_one_from_zero_upwards():
    """The corner itself belongs to the upper side."""
    assert threshold(np.array([-1e-9, 0.0, 1e-9])).tolist() == [0, 1, 1]


def test_logistic_saturates_as_the_lecture_prints():
    """W4: sigma(10) and sigma(-10), as printed and exactly."""
    high, low = logistic(np.array([10.0, -10.0]))

    assert (high, low) == pytest.approx((LECTURE_SIGMA_10, LECTURE_SIGMA_MINUS_10), abs=5e-6)
    assert (high, low) == pytest.approx((0.99995460, 0.0000453979), rel=1e-6)


@given(st.floats(-700, 700))
def test_logistic_is_exact_in_both_tails(z):
    """Small values keep their relative precision; the formula in the standard library's floats says so."""
    assert float(logistic(z)) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-11, abs=0)


@given(numbers)
def test_logistic_of_opposite_inputs_adds_up_to_one(z):
    """The curve is symmetric about (0, 1/2)."""
    assert float(logistic(z) + logistic(-z)) == pytest.approx(1.0)


@given(numbers)
def test_softplus_minus_relu_is_softplus_of_minus_the_size(z):
    """Softplus lies above ReLU by log(1 + exp(-|z|)), which never overflows."""
    assert float(softplus(z) - relu(z)) == pytest.approx(math.log1p(math.exp(-abs(z))), abs=1e-12)


@given(numbers)
def test_relu_is_the_mean_of_z_and_its_size(z):
    """max(0, z) = (z + |z|) / 2."""
    assert float(relu(z)) == (z + abs(z)) / 2


def test_logistic_is_steepest_at_zero():
    """W5: the largest slope is 1/4, at 0 and nowhere else."""
    z = np.linspace(-5, 5, 101)

    values = logistic_grad(z)

    assert logistic_grad(0) == LECTURE_LARGEST_SLOPE
    assert z[values.argmax()] == pytest.approx(0)
    assert (np.delete(values, 50) < LECTURE_LARGEST_SLOPE).all()


def test_relu_grad_is_zero_at_the_corner():
    """The kit's stand where no derivative exists."""
    assert relu_grad(np.array([-1.0, -0.0, 0.0, 1.0])).tolist() == [0, 0, 0, 1]


@pairs
def test_derivatives_agree_with_autograd(function, derivative, formula, rng):
    """An independently written function, differentiated by another library."""
    z = rng.normal(scale=3, size=(4, 5))

    np.testing.assert_allclose(function(z), formula(z), rtol=1e-9)
    np.testing.assert_allclose(derivative(z), elementwise_grad(formula)(z), rtol=1e-9)


@pairs
def test_derivatives_agree_with_finite_differences(function, derivative, formula, rng):
    """The derivative belongs to the key's own function."""
    z = rng.normal(scale=2, size=7)

    np.testing.assert_allclose(derivative(z), slopes(lambda t: function(t).sum(), z), rtol=1e-5, atol=1e-8)


@names
def test_large_inputs_stay_finite(function):
    """Nothing overflows up to 1000, in either direction; warnings are errors here."""
    assert np.isfinite(function(np.array([-1e3, -40.0, 40.0, 1e3]))).all()


@names
def test_shape_is_kept_and_the_result_is_new_floats(function, rng):
    """Numbers, vectors and tensors; whole numbers become floats; the argument stays as it was."""
    z = rng.integers(1, 4, size=(2, 3, 1))
    before = z.copy()

    result = function(z)

    assert result.shape == z.shape
    assert result.dtype == float
    assert not np.shares_memory(result, z)
    assert np.array_equal(z, before)
    assert np.ndim(function(2)) == 0
    np.testing.assert_allclose(function(2), function(np.array([2.0]))[0])


@names
def test_single_precision_is_accepted(function):
    """float32 gives the same values to its own precision."""
    z = np.linspace(-20, 20, 8)

    np.testing.assert_allclose(function(z.astype(np.float32)), function(z), rtol=1e-4, atol=1e-6)
