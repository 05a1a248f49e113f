"""Weight decay and dropout."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.regularization import dropout_backward, dropout_forward, l2_cost, weight_decay_step


def test_cost_is_mean_loss_plus_lam_times_all_squares():
    """Losses 1 and 3 have mean 2; the squares 1 + 4 + 9 at lam = 0.5 add 7."""
    assert l2_cost([1, 3], [np.array([[1, -2]]), np.array([3])], 0.5) == 9.0


def test_penalty_does_not_depend_on_the_number_of_examples(rng):
    """The same batch three times over has the same cost."""
    losses, weights = rng.random(5), [rng.normal(size=(2, 3)), rng.normal(size=4)]

    assert l2_cost(np.tile(losses, 3), weights, 0.1) == pytest.approx(l2_cost(losses, weights, 0.1), rel=1e-12)


def test_without_weights_or_lam_the_cost_is_the_mean_loss():
    """No array, no penalty; lam = 0, no penalty; one example is its own mean."""
    cost = l2_cost(np.array([2.5]), [], 3.0)

    assert isinstance(cost, float)
    assert cost == 2.5
    assert l2_cost(np.array([2.5]), [np.ones(3)], 0) == 2.5


def test_small_integer_weights_do_not_overflow():
    """100 squared is more than an int8 holds."""
    assert l2_cost([0.0], [np.array([100], dtype=np.int8)], 1) == 10_000.0


def test_decay_step_descends_the_cost_with_its_penalty(rng):
    """The step is lr times the gradient of loss + lam * sum of squares (UWL 07-4d's 2 lr lam w)."""
    w, target, lr, lam = rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), 0.3, 0.07

    def loss(w):
        return anp.sum(anp.sin(w) * target)

    new = weight_decay_step(w, grad(loss)(w), lr, lam)

    np.testing.assert_allclose(new, w - lr * grad(lambda w: loss(w) + lam * anp.sum(w * w))(w), rtol=1e-12)
    np.testing.assert_allclose((w - new) / lr, slopes(lambda v: l2_cost([loss(v)], [v], lam), w), rtol=1e-6, atol=1e-8)


def test_without_gradient_weights_shrink_by_a_fixed_share():
    """Each step keeps 1 - 2 lr lam of a weight: 0.9 of it here, so 0.81 after two."""
    w = np.array([10, -20])
    w.flags.writeable = False

    once = weight_decay_step(w, [0, 0], 0.5, 0.1)

    np.testing.assert_allclose(weight_decay_step(once, [0, 0], 0.5, 0.1), [8.1, -16.2], rtol=1e-12)
    assert once.dtype == float
    assert once.flags.writeable


@pytest.mark.parametrize("p", [0.0, 0.2, 0.75])
def test_mask_drops_the_stated_share_and_scales_the_rest(rng, p):
    """Entries are 0 or 1/(1-p); the share of zeros is p within six standard errors (false alarms below 1e-8)."""
    A = rng.normal(size=(300, 200))

    out, mask = dropout_forward(rng, A, p, True)

    kept = mask != 0
    np.testing.assert_allclose(mask[kept], 1 / (1 - p), rtol=1e-12)
    assert abs(np.mean(~kept) - p) <= 6 * np.sqrt(p * (1 - p) / A.size)
    np.testing.assert_array_equal(out, A * mask)


def test_entries_are_dropped_independently(rng):
    """Neighbours in a row and in a column are uncorrelated: six standard errors, false alarms below 1e-8."""
    _, mask = dropout_forward(rng, np.ones((300, 200)), 0.5, True)

    sign = mask - 1  # -1 or 1, each with probability one half
    assert abs(np.mean(sign[:, 1:] * sign[:, :-1])) < 6 / np.sqrt(300 * 199)
    assert abs(np.mean(sign[1:] * sign[:-1])) < 6 / np.sqrt(299 * 200)


def test_each_call_draws_a_fresh_mask(rng):
    """Two masks of 100 entries agree everywhere with probability 2^-100."""
    first, second = (dropout_forward(rng, np.ones((10, 10)), 0.5, True)[1] for _ in range(2))

    assert np.any(first != second)


def test_evaluation_drops_and_scales_nothing(rng):
    """The output has A's values, mask is all ones, and both are new arrays."""
    A = rng.normal(size=(4, 3))
    A.flags.writeable = False

    out, mask = dropout_forward(rng, A, 0.9, False)

    np.testing.assert_array_equal(out, A)
    np.testing.assert_array_equal(mask, np.ones((4, 3)))
    assert out.flags.writeable
    assert not np.shares_memory(out, mask)


def test_whole_numbers_come_back_as_floats(rng):
    """An integer layer gives float results in training and in evaluation."""
    for training in (True, False):
        out, mask = dropout_forward(rng, [[3, 4]], 0.5, training)
        assert out.dtype == mask.dtype == float


def test_dropout_backward_is_the_derivative_for_a_fixed_mask(rng):
    """The gradient passes through the same mask as the values."""
    A, dout = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    _, mask = dropout_forward(rng, A, 0.4, True)
    dout.flags.writeable = False

    dA = dropout_backward(dout, mask)

    np.testing.assert_allclose(dA, slopes(lambda A: np.sum(dout * (A * mask)), A), rtol=1e-6, atol=1e-8)
    assert dA.flags.writeable
    assert dropout_backward([[2]], [[1]]).dtype == float
