"""Dead ReLU units, and the residual connection that lets a gradient pass them."""

import numpy as np


def dead_units(Z):
    """Which ReLU units of a layer output 0 for every example.

    No example moves the weights of such a unit.

    Source: MIT 6.390 S25/S26, dead ReLU.

    Args:
        Z: pre-activations of a layer of ReLU units, shape (N, n), N at least 1. No check
            has an entry of exactly 0.

    Returns:
        A bool array of shape (n,): True for each unit that is dead on these examples.

    >>> dead_units(np.array([[-1.0, 2.0], [-3.0, -4.0]])).tolist()
    [True, False]
    """
    # begin answer
    return np.all(np.asarray(Z) <= 0, axis=0)


def residual_forward(z):
    """The output of a ReLU unit with a skip connection around it: g = z + ReLU(z).

    Source: MIT 6.390 S25/S26, residual (skip) connection.

    Args:
        z: pre-activations, a number or an array of any shape.

    Returns:
        g, new floats of z's shape.

    >>> residual_forward(np.array([-3.0, 2.0])).tolist()
    [-3.0, 4.0]
    """
    # begin answer
    z = np.asarray(z, dtype=float)
    return z + np.maximum(z, 0)


def residual_backward(dg, z):
    """Gradient of a loss with respect to z, from its gradient for g = z + ReLU(z).

    Source: MIT 6.390 S25/S26, residual (skip) connection.

    Args:
        dg: gradient of the loss with respect to g, a number or an array.
        z: the pre-activations that gave g, of dg's shape. No check has an entry of
            exactly 0.

    Returns:
        dz, new floats of the same shape.

    >>> residual_backward(np.array([0.0, 0.0]), np.array([-3.0, 2.0])).tolist()
    [0.0, 0.0]
    """
    # begin answer
    return np.asarray(dg, dtype=float) * (1 + (np.asarray(z) > 0))


def residual_two_neuron_gradients(x, y, w1, w2):
    """Gradients of the squared error of a ReLU network with a skip at its output.

    The network has one input, two hidden ReLU neurons, one output and no biases. Hidden
    neuron i has pre-activation w1[i] * x and the ReLU of it as its output. z2 is the sum
    of both outputs, weighted by w2; the network gives g = z2 + ReLU(z2) by its skip
    connection, and the loss is (g - y)^2.

    Source: MIT 6.390 S26, numerical example, with the output of the slide on residual
    connections.

    Args:
        x: the input, a number.
        y: the target, a number.
        w1: weights from the input to the hidden neurons, shape (2,).
        w2: weights from the hidden neurons to the output, shape (2,).

    Returns:
        (dw1, dw2): new float arrays of shape (2,), the gradients of the loss with respect
        to w1 and w2. No check has a pre-activation of exactly 0 in a place where its slope
        matters.

    Here z2 is -1.5, and yet the weights below it learn:

    >>> w1, w2 = np.array([2.0, 1.0]), np.array([-1.0, 0.5])
    >>> dw1, dw2 = residual_two_neuron_gradients(1.0, 3.0, w1, w2)
    >>> dw2.tolist()
    [-18.0, -9.0]
    """
    # begin answer
    z1 = x * np.asarray(w1, dtype=float)
    a1 = np.maximum(z1, 0)
    z2 = np.dot(a1, w2)
    dz2 = residual_backward(2 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * (z1 > 0) * x, dz2 * a1
