"""Dead units and the residual connection."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.residual import dead_units, residual_backward, residual_forward, residual_two_neuron_gradients


def residual_loss(w1, w2, x, y):
    z2 = anp.sum(w2 * anp.where(w1 * x > 0, w1 * x, 0.0))
    return (anp.where(z2 > 0, 2 * z2, z2) - y) ** 2


def test_a_unit_is_dead_only_if_no_example_wakes_it():
    """One positive pre-activation in the column is enough to be alive."""
    Z = np.array([[-1.0, -2.0, 3.0], [-4.0, 0.5, 6.0]])

    dead = dead_units(Z)

    assert dead.dtype == bool
    assert dead.tolist() == [True, False, False]


def test_dead_units_of_one_example_are_its_negative_units():
    """With N = 1 a unit is dead exactly if its pre-activation is negative; nested lists of whole numbers count too."""
    assert dead_units([[-1, 2, -3, 4]]).tolist() == [True, False, True, False]


def test_dead_units_are_those_whose_weights_get_no_gradient(rng):
    """The gradient of sum(ReLU(X W)) has a zero column for dead units, and for no other."""
    X, W = np.abs(rng.normal(size=(6, 3))) + 0.1, rng.normal(size=(3, 40))
    W[:, ::3] = -np.abs(W[:, ::3])

    dW = grad(lambda W: anp.sum(anp.maximum(X @ W, 0)))(W)

    assert dead_units(X @ W).tolist() == [not column.any() for column in dW.T]


def test_residual_forward_doubles_positive_and_keeps_negative_values():
    """The sum z + ReLU(z) is 2 z above 0 and z below, for arrays of any shape, whole numbers and single numbers."""
    z = np.array([[-3, 0, 2], [1000, -1000, 7]])
    z.flags.writeable = False

    g = residual_forward(z)

    assert g.dtype == float
    assert g.flags.writeable
    assert g.tolist() == [[-3.0, 0.0, 4.0], [2000.0, -1000.0, 14.0]]
    assert residual_forward(-2) == -2.0
    assert residual_forward(1.5) == 3.0


def test_residual_backward_is_the_derivative_of_residual_forward(rng):
    """Finite differences of sum(dg * residual_forward(z)), and never 0 where dg is not."""
    z, dg = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    dg.flags.writeable = False

    dz = residual_backward(dg, z)

    np.testing.assert_allclose(dz, slopes(lambda z: np.sum(dg * residual_forward(z)), z), rtol=1e-6)
    assert dz.all()
    assert dz.flags.writeable


def test_residual_backward_of_whole_numbers_gives_floats():
    """The gradient passes once through the skip and once more through a live ReLU."""
    dz = residual_backward([3, 5], [-1, 2])

    assert dz.dtype == float
    assert dz.tolist() == [3.0, 10.0]


def test_lecture_network_with_a_skip_at_its_output():
    """MIT 6.390 S26's numbers: z2 = 2, so g = 4, dL/dg = 2(4 - 3) = 2 and dL/dz2 = 4; neuron 2 stays dead."""
    dw1, dw2 = residual_two_neuron_gradients(1, 3, [2, -1], [1, 2])

    assert dw1.tolist() == [4.0, 0.0]
    assert dw2.tolist() == [8.0, 0.0]


def test_lower_weights_learn_where_the_output_is_negative():
    """With x = 1, w1 = (2, 1), w2 = (-1, 0.5): z2 = g = -1.5, dL/dz2 = 2(-1.5 - 3) = -9."""
    dw1, dw2 = residual_two_neuron_gradients(1.0, 3.0, np.array([2.0, 1.0]), np.array([-1.0, 0.5]))

    assert dw1.tolist() == [9.0, -4.5]
    assert dw2.tolist() == [-18.0, -9.0]


@pytest.mark.parametrize("x", [0.7, -1.3])
def test_two_neuron_gradients_are_derivatives(rng, x):
    """Autograd and finite differences of an independent forward pass; neurons live and dead, z2 of both signs."""
    for _ in range(20):
        w1, w2, y = rng.normal(size=2), rng.normal(size=2), rng.normal()
        w1.flags.writeable = w2.flags.writeable = False

        dw1, dw2 = residual_two_neuron_gradients(x, y, w1, w2)

        np.testing.assert_allclose(dw1, grad(residual_loss, 0)(w1, w2, x, y), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(dw2, grad(residual_loss, 1)(w1, w2, x, y), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(dw1, slopes(lambda w, w2=w2, y=y: residual_loss(w, w2, x, y), w1), atol=1e-6)


def test_two_neuron_gradients_are_finite_for_large_inputs():
    """An input of a thousand gives finite gradients."""
    dw1, dw2 = residual_two_neuron_gradients(1000, -1000, [1000, -1000], [1000, 1])

    assert np.isfinite([dw1, dw2]).all()
