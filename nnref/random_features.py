"""Random hidden units as a feature map."""

import numpy as np


def random_tanh_features(rng, X, n_units, offset_scale):
    """The outputs of a layer of tanh units with random weights and offsets, never trained.

    Source: MIT 6.7900 F24, recall: randomly initialized parameters; the decision boundaries
    of zero and random offsets.

    Args:
        rng: a numpy Generator, the only source of randomness.
        X: inputs, shape (N, D).
        n_units: number of units.
        offset_scale: standard deviation of the offsets, at least 0; with 0 every
            offset is 0.

    Returns:
        Features, a float array of shape (N, n_units). The weights are independent normal
        numbers of mean 0 and variance 1 / D, the offsets independent normal numbers of
        mean 0; both are drawn once and serve all examples.

    >>> random_tanh_features(np.random.default_rng(0), np.zeros((2, 3)), 4, 0).tolist()
    [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
    """
    # begin answer
    fan_in = np.shape(X)[1]
    W = rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, n_units))
    b = rng.normal(0, offset_scale, size=n_units)
    return np.tanh(np.dot(X, W) + b)
