"""Where the weights start."""


def small_uniform_init(rng, fan_in, fan_out, eps):
    """Small random weights for a layer, drawn independently and uniformly between -eps and eps.

    Source: UWL CS457 F24, 07-4a, Neural Network Training and Keeping the Initial Weights Small.

    Args:
        rng: the numpy Generator that all randomness comes from.
        fan_in: number of units that feed the layer.
        fan_out: number of units of the layer.
        eps: the largest size of a weight, a positive number.

    Returns:
        W, a new float array of shape (fan_in, fan_out).

    >>> import numpy as np
    >>> W = small_uniform_init(np.random.default_rng(0), 3, 2, 0.1)
    >>> W.shape, bool(np.abs(W).max() <= 0.1)
    ((3, 2), True)
    """
    # begin answer
    return rng.uniform(-eps, eps, size=(fan_in, fan_out))
