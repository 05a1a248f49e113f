"""Small random starting weights."""

import numpy as np

from nnref.initialization import small_uniform_init


def test_weights_fill_the_interval_evenly(rng):
    """No weight leaves (-eps, eps); mean 0, variance eps^2 / 3, the same share in each tenth."""
    W = small_uniform_init(rng, 200, 300, 0.05)

    assert (W.shape, W.dtype) == ((200, 300), float)
    assert np.abs(W).max() <= 0.05
    assert abs(W.mean()) < 5 * 0.05 / np.sqrt(3 * W.size)
    np.testing.assert_allclose(W.var(), 0.05**2 / 3, rtol=0.02)
    np.testing.assert_allclose(np.histogram(W, bins=10, range=(-0.05, 0.05))[0] / W.size, 0.1, atol=0.01)


def test_weights_are_independent(rng):
    """Neither rows nor columns repeat, and neighbours do not go together."""
    W = small_uniform_init(rng, 100, 100, 1.0)

    assert len(np.unique(W)) == W.size
    assert abs(np.corrcoef(W[:-1].ravel(), W[1:].ravel())[0, 1]) < 0.05
    assert abs(np.corrcoef(W[:, :-1].ravel(), W[:, 1:].ravel())[0, 1]) < 0.05


def test_randomness_comes_from_the_generator_alone():
    """The same generator state gives the same weights; the next call gives others."""
    rng = np.random.default_rng(1)

    first, second = small_uniform_init(rng, 2, 3, 0.1), small_uniform_init(rng, 2, 3, 0.1)

    assert np.array_equal(first, small_uniform_init(np.random.default_rng(1), 2, 3, 0.1))
    assert not np.array_equal(first, second)
