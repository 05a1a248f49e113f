"""Finite differences: a slow way to a gradient that needs no derivation."""

import numpy as np


def numerical_gradient(f, theta, eps):
    """Gradient of a function by central finite differences, one entry at a time.

    Source: UWL CS457 F24, 07-1c, SGD Weight Updates, for the partial derivatives that it
    estimates.

    Args:
        f: a function that takes an array in the shape of theta and gives a number.
        theta: where to differentiate, an array of any shape; it may hold integers. It is
            the same after the call.
        eps: how far to go to either side, a positive number.

    Returns:
        A new float array in the shape of theta: for each entry, the change of f from eps
        below to eps above, as a share of the distance between the two.

    >>> numerical_gradient(lambda t: 3 * t[0] - t[1], np.array([5, 7]), 0.5).tolist()
    [3.0, -1.0]
    """
    # begin answer
    gradient = np.zeros(np.shape(theta))
    for index in np.ndindex(gradient.shape):
        step = np.zeros(gradient.shape)
        step[index] = eps
        gradient[index] = (f(theta + step) - f(theta - step)) / (2.0 * eps)
    return gradient


def relative_error(a, b):
    """How far apart two gradients are for their size: norm(a - b) / (norm(a) + norm(b)).

    Source: UWL CS457 F24, 07-3a, the derivatives under test; the measure is the usual one
    of gradient checks.

    Args:
        a: a number or an array of any shape; entries that are not 0 are between 1e-100 and
            1e100 in size.
        b: the same, in the shape of a.

    Returns:
        A float from 0 (equal) to 1 (opposite). norm is Euclidean, over all entries; if
        every entry of a and b is 0, the result is 0.0.

    >>> relative_error(np.array([3.0, 4.0]), np.array([0.0, 0.0]))
    1.0
    """
    # begin answer
    scale = max(np.max(np.abs(a)), np.max(np.abs(b)))
    if scale == 0:
        return 0.0
    # In units of the largest entry no square overflows, and not all of them underflow.
    a, b = np.asarray(a) / scale, np.asarray(b) / scale
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))
