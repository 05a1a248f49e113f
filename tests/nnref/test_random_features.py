"""Random tanh units as features."""

import numpy as np
import pytest

from nnref.random_features import random_tanh_features

XOR = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])


def weights_and_offsets(rng, fan_in, n_units, offset_scale):
    """The random numbers behind the features: those of the point 0 show the offsets, those of unit vectors the rest."""
    hidden = np.arctanh(random_tanh_features(rng, np.vstack([np.zeros(fan_in), np.eye(fan_in)]), n_units, offset_scale))
    return hidden[1:] - hidden[0], hidden[0]


def test_weights_and_offsets_are_normal_with_the_stated_variances(rng):
    """Variances 1 / D and offset_scale^2, means 0: six standard errors, false alarms below 1e-8 a comparison."""
    W, b = weights_and_offsets(rng, 4, 20_000, 0.5)

    for numbers in (W * np.sqrt(4), b / 0.5):
        assert abs(numbers.mean()) < 6 / np.sqrt(numbers.size)
        assert abs(np.mean(numbers**2) - 1) < 6 * np.sqrt(2 / numbers.size)
        assert abs(np.mean(np.abs(numbers) < 1) - 0.682689) < 6 * np.sqrt(0.682689 * 0.317311 / numbers.size)


def test_weights_and_offsets_are_independent(rng):
    """No weight predicts another weight or an offset: correlations within six standard errors."""
    W, b = weights_and_offsets(rng, 2, 20_000, 1.0)

    correlations = np.corrcoef([W[0], W[1], b, np.roll(W[0], 1)])
    assert np.max(np.abs(correlations - np.eye(4))) < 6 / np.sqrt(20_000)


def test_one_draw_serves_all_examples(rng):
    """Equal rows of X get equal features, and each feature lies between -1 and 1."""
    X = np.array([[1, 2], [30, 40], [1, 2]])
    X.flags.writeable = False

    features = random_tanh_features(rng, X, 7, 1.0)

    assert features.shape == (3, 7)
    np.testing.assert_array_equal(features[0], features[2])
    assert np.all(np.abs(features) <= 1)


def test_zero_offsets_make_odd_features(rng):
    """Without offsets the features of -x are minus those of x, so no such feature tells the XOR corners apart."""
    X = rng.normal(size=(5, 3))

    features = random_tanh_features(rng, np.vstack([X, -X, np.zeros((1, 3))]), 10, 0)

    np.testing.assert_allclose(features[5:10], -features[:5], rtol=1e-12)
    assert not features[-1].any()


def test_ten_units_make_xor_linearly_separable(rng):
    """MIT 6.7900 F24: a linear function of ten features and a constant takes any values on the four corners."""
    features = random_tanh_features(rng, XOR, 10, 1.0)

    design = np.column_stack([np.ones(4), features])
    weights = np.linalg.lstsq(design, np.array([1.0, -1.0, -1.0, 1.0]), rcond=None)[0]
    np.testing.assert_allclose(design @ weights, [1, -1, -1, 1], atol=1e-8)
    assert np.linalg.matrix_rank(np.column_stack([np.ones(4), XOR])) == 3  # the corners alone do not allow it


@pytest.mark.parametrize("scale", [0, 3.0])
def test_large_inputs_and_one_example_are_finite(rng, scale):
    """A single example with entries of a thousand saturates."""
    features = random_tanh_features(rng, [[1000, -1000]], 5, scale)

    assert features.shape == (1, 5)
    assert np.isfinite(features).all()


def test_all_randomness_comes_from_rng():
    """Equal generators give equal features; one generator gives others the next time."""
    rng = np.random.default_rng(3)

    first, second = (random_tanh_features(rng, XOR, 4, 1.0) for _ in range(2))

    np.testing.assert_array_equal(first, random_tanh_features(np.random.default_rng(3), XOR, 4, 1.0))
    assert not np.any(first == second)
