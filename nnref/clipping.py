"""Gradient clipping: a step keeps its direction, and its length has a limit."""

import numpy as np


def clip_by_norm(grad, tau):
    """A gradient, scaled down to length tau if it is longer than tau.

    Source: MIT 6.390 S26, gradient clipping.

    Args:
        grad: a gradient, an array of any shape. Its length is the root of the sum of the
            squares of all entries.
        tau: the greatest length allowed, a positive number.

    Returns:
        A new float array of grad's shape. A gradient whose length is at most tau comes back
        with the same values.

    >>> clip_by_norm(np.array([0.3, -0.4]), 1.0).tolist()
    [0.3, -0.4]
    """
    # begin answer
    grad = np.array(grad, dtype=float)
    norm = np.linalg.norm(grad)
    return tau * (grad / norm) if norm > tau else grad


def global_norm(grads):
    """The length of a gradient that comes as several arrays.

    Source: MIT 6.390 S26, gradient clipping, where the norm is that of the whole gradient.

    Args:
        grads: a flat list of arrays of any shapes, which together are one gradient.

    Returns:
        The root of the sum of the squares of all entries of all arrays, a float; 0.0 for an
        empty list.

    >>> global_norm([np.array([[1.0, 4.0]]), np.array([8.0])])
    9.0
    """
    # begin answer
    return float(np.sqrt(sum(np.sum(np.square(grad, dtype=float)) for grad in grads)))


def clip_by_global_norm(grads, tau):
    """Several arrays that are one gradient, scaled down together to length tau if longer.

    Source: MIT 6.390 S26, gradient clipping.

    Args:
        grads: a flat list of arrays of any shapes. The length is that of all of them taken
            as one gradient.
        tau: the greatest length allowed, a positive number.

    Returns:
        A list of new float arrays of the same shapes. If the length is at most tau, they
        have the same values.

    >>> grads = [np.array([[3.0]]), np.array([4.0])]
    >>> [grad.tolist() for grad in clip_by_global_norm(grads, 6.0)]
    [[[3.0]], [4.0]]
    """
    # begin answer
    norm = global_norm(grads)
    scale = tau / norm if norm > tau else 1.0
    return [scale * np.asarray(grad, dtype=float) for grad in grads]
