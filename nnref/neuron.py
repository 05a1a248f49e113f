"""One neuron: its output, its gradient, and stochastic gradient descent with it."""

import numpy as np

from nnref.activations import logistic, logistic_grad, relu


def neuron_forward(x, w):
    """Pre-activation and output of one logistic neuron with a bias weight.

    Source: UWL CS457 F24, 07-1b, Analyzing A Neuron's Inputs, and 07-2a.

    Args:
        x: one example, shape (D,).
        w: weights, shape (D + 1,). w[0] is the bias weight, whose input is always 1; the
            others belong to x.

    Returns:
        (z, a): the pre-activation (the lecture's in) and the output, two floats.

    >>> neuron_forward(np.array([2, 3]), np.array([1, -2, 1]))
    (0.0, 0.5)
    """
    # begin answer
    z = float(w[0] + np.dot(w[1:], x))
    return z, float(logistic(z))


def linear_neuron_grad(x, y, w):
    """Gradient of the squared error of a linear neuron without bias, for one example.

    Source: MIT 6.390 S26, SGD to learn a linear regressor; Buoy, backward pass.

    Args:
        x: one example, shape (D,).
        y: its target, a number.
        w: weights, shape (D,). The neuron's output g is the weighted sum itself; the loss
            is (g - y)^2.

    Returns:
        The gradient of the loss with respect to w, a new float array of shape (D,).

    >>> linear_neuron_grad(np.array([1, 2]), 8, np.array([3, 3])).tolist()
    [2.0, 4.0]
    """
    # begin answer
    return 2.0 * (np.dot(w, x) - y) * x


def relu_neuron_grad(x, y, w):
    """Gradient of the squared error of a ReLU neuron without bias, for one example.

    Source: MIT 6.390 S26, the slightly more interesting case; Buoy, backward pass.

    Args:
        x: one example, shape (D,).
        y: its target, a number.
        w: weights, shape (D,). The neuron's output g is ReLU of the weighted sum z; the
            loss is (g - y)^2.

    Returns:
        The gradient of the loss with respect to w, a new float array of shape (D,). No
        check has z at exactly 0.

    >>> relu_neuron_grad(np.array([1, 2]), 8, np.array([3, 3])).tolist()
    [2.0, 4.0]
    """
    # begin answer
    z = np.dot(w, x)
    return 2.0 * (relu(z) - y) * (z > 0) * x


def neuron_grad(x, y, w):
    """Gradient of the squared error of a logistic neuron with a bias weight, for one example.

    Source: UWL CS457 F24, 07-1c, Computing the Partial Derivatives.

    Args:
        x: one example, shape (D,).
        y: its target, a number.
        w: weights, shape (D + 1,); w[0] is the bias weight. The loss is (a - y)^2 for the
            neuron's output a.

    Returns:
        The gradient of the loss with respect to w, a new float array of shape (D + 1,): its
        first entry belongs to the bias weight.

    >>> neuron_grad(np.array([2.0, -4.0]), 1.5, np.zeros(3)).tolist()
    [-0.5, -1.0, 2.0]
    """
    # begin answer
    z, a = neuron_forward(x, w)
    return 2.0 * (a - y) * logistic_grad(z) * np.append(1.0, x)


def neuron_step(x, y, w, lr):
    """Weights of a logistic neuron after one step of gradient descent on the squared error.

    Source: UWL CS457 F24, 07-2a, Example SGD Iteration.

    Args:
        x: one example, shape (D,).
        y: its target, a number.
        w: weights before the step, shape (D + 1,); w[0] is the bias weight.
        lr: learning rate (the lecture's alpha), a number.

    Returns:
        The weights after the step, a new float array of shape (D + 1,).

    >>> neuron_step(np.array([2.0, -4.0]), 1.5, np.zeros(3), 2.0).tolist()
    [1.0, 2.0, -4.0]
    """
    # begin answer
    return w - lr * neuron_grad(x, y, w)


def train_neuron(X, y, w, lr, order):
    """Weights of a logistic neuron after one step of gradient descent for each index in order.

    Source: UWL CS457 F24, 07-1c, Putting It All Together.

    Args:
        X: examples, one a row, shape (N, D).
        y: targets, shape (N,).
        w: weights before training, shape (D + 1,); w[0] is the bias weight.
        lr: learning rate, a number.
        order: row numbers of X, a list or an array, one a step, in the order of the steps;
            a row may come several times or not at all, and there may be no step.

    Returns:
        The weights after the last step, a new float array of shape (D + 1,). Each step
        starts from the weights that the step before left.

    >>> X, y = np.array([[2.0, -4.0], [0.0, 0.0]]), np.array([1.5, 0.5])
    >>> train_neuron(X, y, np.zeros(3), 2.0, [1, 1, 0]).tolist()
    [1.0, 2.0, -4.0]
    """
    # begin answer
    w = np.array(w, dtype=float)
    for i in order:
        w = neuron_step(X[i], y[i], w, lr)
    return w
