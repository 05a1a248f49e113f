"""First weights: moments of the drawn numbers, at six standard errors (false alarms below 1e-8 a comparison)."""

import numpy as np
import pytest

from nnref.scaling import he_init, init_layers, xavier_init

RULES = pytest.mark.parametrize(("init", "gain"), [(xavier_init, 1), (he_init, 2)])


@RULES
def test_weights_are_normal_with_the_stated_variance(rng, init, gain):
    """Mean 0, variance gain / fan_in, and 68.27 % of the entries within one standard deviation."""
    W = init(rng, 250, 400) / np.sqrt(gain / 250)

    assert W.shape == (250, 400)
    assert abs(W.mean()) < 6 / np.sqrt(W.size)
    assert abs(np.mean(W**2) - 1) < 6 * np.sqrt(2 / W.size)
    assert abs(np.mean(np.abs(W) < 1) - 0.682689) < 6 * np.sqrt(0.682689 * 0.317311 / W.size)


@RULES
def test_entries_are_independent(rng, init, gain):
    """Neighbours in a row and in a column are uncorrelated, and no number comes twice."""
    W = init(rng, 250, 400) / np.sqrt(gain / 250)

    assert abs(np.mean(W[:, 1:] * W[:, :-1])) < 6 / np.sqrt(250 * 399)
    assert abs(np.mean(W[1:] * W[:-1])) < 6 / np.sqrt(249 * 400)
    assert np.unique(W).size == W.size


@RULES
def test_size_follows_fan_in_and_not_fan_out(rng, init, gain):
    """Ten thousand units below one: the variance is gain / 10000."""
    W = init(rng, 10_000, 1)

    assert W.shape == (10_000, 1)
    assert abs(np.mean(W**2) * 10_000 / gain - 1) < 6 * np.sqrt(2 / 10_000)


@RULES
def test_all_randomness_comes_from_rng(init, gain):
    """Equal generators give equal weights; the same generator gives other weights the next time."""
    rng = np.random.default_rng(5)

    first, second = init(rng, 3, 4), init(rng, 3, 4)

    np.testing.assert_array_equal(first, init(np.random.default_rng(5), 3, 4))
    assert not np.any(first == second)


def test_init_layers_gives_he_weights_and_zero_biases(rng):
    """One (W, b) a layer with matching shapes, variance 2 / fan_in in each, biases float zeros."""
    params = init_layers(rng, [200, 300, 100, 2])

    assert [(W.shape, b.shape) for W, b in params] == [
        ((200, 300), (300,)),
        ((300, 100), (100,)),
        ((100, 2), (2,)),
    ]
    for W, b in params:
        assert b.dtype == float
        assert not b.any()
        assert abs(np.mean(W**2) * len(W) / 2 - 1) < 6 * np.sqrt(2 / W.size)


def test_layers_of_equal_shape_are_drawn_separately(rng):
    """Two layers of one shape share no number and no array."""
    (W1, b1), (W2, b2) = init_layers(rng, (5, 5, 5))

    assert not np.any(W1 == W2)
    assert not np.shares_memory(b1, b2)
