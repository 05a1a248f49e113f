"""First weights whose size keeps signals and gradients alive through many layers."""

import numpy as np


def xavier_init(rng, fan_in, fan_out):
    """Random first weights for tanh or logistic units, by the lectures' Xavier rule.

    Source: MIT 6.390 S26, reference: weight initialization; MIT 6.7900 F24, initialization.
    (Glorot and Bengio's paper has 2 / (fan_in + fan_out) in place of 1 / fan_in.)

    Args:
        rng: a numpy Generator, the only source of randomness.
        fan_in: number of units below.
        fan_out: number of units of the layer.

    Returns:
        W, a float array of shape (fan_in, fan_out) of independent normal numbers of mean 0
        and variance 1 / fan_in.

    >>> xavier_init(np.random.default_rng(0), 3, 2).shape
    (3, 2)
    """
    # begin answer
    return rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))


def he_init(rng, fan_in, fan_out):
    """Random first weights for a layer of ReLU units, by He's rule.

    Source: MIT 6.390 S26, reference: weight initialization.

    Args:
        rng: a numpy Generator, the only source of randomness.
        fan_in: number of units below.
        fan_out: number of units of the layer.

    Returns:
        W, a float array of shape (fan_in, fan_out) of independent normal numbers of mean 0
        and variance 2 / fan_in.

    >>> he_init(np.random.default_rng(0), 3, 2).shape
    (3, 2)
    """
    # begin answer
    return rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))


def init_layers(rng, sizes):
    """First parameters of a whole network: weights by He's rule, biases 0.

    Source: MIT 6.390 S26, reference: weight initialization.

    Args:
        rng: a numpy Generator, the only source of randomness.
        sizes: widths from the inputs to the outputs, such as [2, 10, 10, 1]; at least two
            of them.

    Returns:
        params, a list of (W, b), one for each layer after the inputs: W of shape
        (fan_in, fan_out), independent of the other layers' weights, and b a float array of
        shape (fan_out,).

    >>> [(W.shape, b.tolist()) for W, b in init_layers(np.random.default_rng(0), [3, 2, 1])]
    [((3, 2), [0.0, 0.0]), ((2, 1), [0.0])]
    """
    # begin answer
    return [(he_init(rng, sizes[i], sizes[i + 1]), np.zeros(sizes[i + 1])) for i in range(len(sizes) - 1)]
