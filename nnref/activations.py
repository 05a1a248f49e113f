"""Activation functions and their derivatives, both at the pre-activation z."""

import numpy as np


def threshold(z):
    """The binary threshold: 1 where z is 0 or more, 0 elsewhere.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions.

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        0.0 or 1.0 for each entry of z: floats in z's shape.

    >>> threshold(np.array([-0.1, 2.0])).tolist()
    [0.0, 1.0]
    """
    # begin answer
    return np.heaviside(z, 1.0)


def logistic(z):
    """The logistic function sigma(z), also called the sigmoid.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions.

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        sigma of each entry of z: floats in z's shape, from 0 to 1; never nan for z from
        -1000 to 1000.

    >>> float(logistic(0))
    0.5
    """
    # begin answer
    # exp of a sum of logarithms: neither exp(1000) nor a division by it ever occurs.
    return np.exp(-np.logaddexp(0.0, -1.0 * z))


def relu(z):
    """The rectified linear unit: z where z is positive, 0 elsewhere.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions; MIT 6.390 S25.

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        ReLU of each entry of z: floats in z's shape, a new array.

    >>> relu(np.array([-3, 3])).tolist()
    [0.0, 3.0]
    """
    # begin answer
    return np.maximum(z, 0.0)


def softplus(z):
    """The softplus function log(1 + e^z), a smooth ReLU.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions (continued).

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        softplus of each entry of z: floats in z's shape, finite for z from -1000 to 1000.

    >>> round(float(softplus(0)), 4)
    0.6931
    """
    # begin answer
    return np.logaddexp(0.0, z)


def logistic_grad(z):
    """The derivative of the logistic function at z.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions, and 07-3d; MIT 6.390 S25.

    Args:
        z: pre-activation (not sigma(z)), a number or an array of any shape.

    Returns:
        sigma'(z) for each entry of z: floats in z's shape, finite for z from -1000 to 1000.

    >>> float(logistic_grad(0))
    0.25
    """
    # begin answer
    # sigma(-z) is 1 - sigma(z), without the digits that the subtraction loses when sigma(z) is close to 1.
    return logistic(z) * logistic(-1.0 * z)


def tanh_grad(z):
    """The derivative of the hyperbolic tangent at z.

    Source: MIT 6.7900 F24, one hidden layer model, and its slides on backpropagation.

    Args:
        z: pre-activation (not tanh(z)), a number or an array of any shape.

    Returns:
        tanh'(z) for each entry of z: floats in z's shape, finite for z from -1000 to 1000.

    >>> round(float(tanh_grad(1.0)), 4)
    0.42
    """
    # begin answer
    return 1.0 - np.tanh(z) ** 2


def softplus_grad(z):
    """The derivative of the softplus function at z.

    Source: UWL CS457 F24, 07-1b, Different Activation Functions (continued).

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        softplus'(z) for each entry of z: floats in z's shape, finite for z from -1000 to 1000.

    >>> float(softplus_grad(0))
    0.5
    """
    # begin answer
    return logistic(z)


def relu_grad(z):
    """The derivative of ReLU at z.

    Source: MIT 6.390 S26, numerical example; UWL CS457 F24, 07-1b.

    Args:
        z: pre-activation, a number or an array of any shape.

    Returns:
        0.0 or 1.0 for each entry of z: floats in z's shape. At exactly 0 ReLU has no
        derivative; give 0 or 1, no check looks there.

    >>> relu_grad(np.array([-2, 5])).tolist()
    [0.0, 1.0]
    """
    # begin answer
    # The kit's stand at the corner is 0, as in 1[z > 0].
    return np.heaviside(z, 0.0)
