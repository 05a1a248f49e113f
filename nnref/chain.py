"""The vanishing gradient on a chain of logistic neurons."""

import numpy as np

from nnref.activations import logistic, logistic_grad


def chain_deltas(z, w, y):
    """Gradient of the squared error for all pre-activations of a chain of logistic neurons.

    The n neurons stand in a row; each one feeds only its right neighbour, and the last one
    is the output. The loss of the one example is (y - a)^2, where a is the output of the
    last neuron.

    Source: UWL CS457 F24 07-3d, the vanishing gradient problem.

    Args:
        z: pre-activations of the neurons from left to right, shape (n,), n at least 1.
        w: weights between neighbours, shape (n - 1,); w[k] leads from neuron k to
            neuron k + 1.
        y: target of the last neuron, a number.

    Returns:
        The deltas, a new float array of shape (n,); entry k belongs to z[k]. Finite for
        every z from -1000 to 1000.

    >>> chain_deltas(np.array([0.0]), np.array([]), 1.0).tolist()
    [-0.25]
    """
    # begin answer
    z = np.asarray(z, dtype=float)
    deltas = logistic_grad(z)
    deltas[-1] *= -2 * (y - logistic(z[-1]))
    for k in reversed(range(len(w))):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas
