"""The deltas of a chain of logistic neurons."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.chain import chain_deltas


def loss_after_nudges(nudges, z, w, y):
    """(y - a)^2 of the chain when nudges[k] is added to the pre-activation of neuron k and travels to the right."""
    moved = nudges[0]
    for k in range(len(w)):
        moved = nudges[k + 1] + w[k] * (sigma(z[k] + moved) - sigma(z[k]))
    return (y - sigma(z[-1] + moved)) ** 2


def sigma(t):
    return 0.5 * (1 + anp.tanh(t / 2))


@pytest.mark.parametrize("n", [1, 2, 7])
def test_deltas_are_the_derivatives_of_the_loss(rng, n):
    """Each delta says how the loss moves with its pre-activation: autograd and finite differences agree."""
    z, w, y = rng.normal(size=n), rng.normal(size=n - 1), 0.3

    deltas = chain_deltas(z, w, y)

    np.testing.assert_allclose(deltas, grad(loss_after_nudges)(np.zeros(n), z, w, y), rtol=1e-9)
    np.testing.assert_allclose(
        deltas, slopes(lambda d: loss_after_nudges(d, z, w, y), np.zeros(n)), rtol=1e-4, atol=1e-9
    )


def test_delta_of_the_first_of_four_neurons_is_the_slides_product():
    """UWL CS457 F24 07-3d: a delta is the product of slopes and weights to its right, times the loss's slope."""
    z, w, y = np.array([0.5, -1.0, 2.0, 0.25]), np.array([3.0, -2.0, 0.5]), 1.0
    a = 1 / (1 + np.exp(-z))
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2

    expected = slope[0] * 3.0 * slope[1] * -2.0 * slope[2] * 0.5 * slope[3] * (-2 * (1.0 - a[3]))

    assert chain_deltas(z, w, y)[0] == pytest.approx(expected, rel=1e-12)


def test_twenty_neurons_at_their_steepest_leave_a_quarter_to_the_twentieth():
    """With z = 0 and weights 1 every slope is 0.25, the largest there is, and delta k is -0.25^(20 - k)."""
    deltas = chain_deltas(np.zeros(20), np.ones(19), 1.0)

    np.testing.assert_allclose(deltas, -(0.25 ** np.arange(20.0, 0.0, -1.0)), rtol=1e-12)


def test_saturated_neurons_give_finite_deltas():
    """Pre-activations of a thousand give neither nan nor an overflow."""
    deltas = chain_deltas([1000, -1000, 0], [1000, 1000], 0)

    assert np.isfinite(deltas).all()
    assert deltas[-1] == pytest.approx(0.25)


def test_lists_of_integers_count_as_numbers():
    """Whole numbers give the same floats, and an integer array is not written into."""
    z, w = np.array([1, 0, 2]), [2, -1]
    z.flags.writeable = False

    deltas = chain_deltas(z, w, 1)

    assert deltas.dtype == float
    np.testing.assert_allclose(deltas, chain_deltas(z.astype(float), np.array(w, dtype=float), 1.0), rtol=1e-12)


def test_arguments_stay_as_they_are():
    """The array z is read, not reused for the result."""
    z = np.array([1.0, -2.0])
    z.flags.writeable = False

    assert chain_deltas(z, np.array([0.5]), 1.0).flags.writeable
