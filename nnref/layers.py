"""One layer, forwards and backwards, for a batch of examples as rows."""

import numpy as np

from nnref.activations import logistic, logistic_grad, relu, relu_grad, tanh_grad

# Activation name -> function, and -> derivative, both of the pre-activation. Lambdas look an exercise up when they are
# called: the notebooks repeat these dicts as given code, and there a repaired exercise is used at once.
ACTIVATIONS = {
    "identity": lambda z: 1.0 * z,
    "logistic": lambda z: logistic(z),
    "tanh": lambda z: np.tanh(z),
    "relu": lambda z: relu(z),
}
SLOPES = {
    "identity": lambda z: np.ones_like(z, dtype=float),
    "logistic": lambda z: logistic_grad(z),
    "tanh": lambda z: tanh_grad(z),
    "relu": lambda z: relu_grad(z),
}


def linear_forward(X, W, b):
    """Pre-activations of one layer for a batch of examples.

    Source: MIT 6.7900 F24, one hidden layer model (z = W x + b there), carried into the
    kit's row convention.

    Args:
        X: inputs of the layer, one example a row, shape (N, fan_in).
        W: weights, shape (fan_in, fan_out); W[i, j] leads from unit i to unit j.
        b: biases, shape (fan_out,).

    Returns:
        Z, a new float array of shape (N, fan_out).

    >>> linear_forward(np.array([[1, 2]]), np.array([[3], [4]]), np.array([5])).tolist()
    [[16.0]]
    """
    # begin answer
    return np.asarray(X, dtype=float) @ W + b


def collapse_linear(W1, b1, W2, b2):
    """The one linear layer that does what two linear layers in a row do.

    Source: MIT 6.7900 F24, Recall: composing complex models.

    Args:
        W1: weights of the first layer, shape (fan_in, hidden).
        b1: biases of the first layer, shape (hidden,).
        W2: weights of the second layer, shape (hidden, fan_out).
        b2: biases of the second layer, shape (fan_out,).

    Returns:
        (W, b): new float arrays of shape (fan_in, fan_out) and (fan_out,).

    >>> first = np.array([[2.0]]), np.array([1.0])
    >>> second = np.array([[3.0]]), np.array([5.0])
    >>> W, b = collapse_linear(*first, *second)
    >>> W.tolist(), b.tolist()
    ([[6.0]], [8.0])
    """
    # begin answer
    W2 = np.asarray(W2, dtype=float)
    return W1 @ W2, b1 @ W2 + b2


def linear_backward(dZ, X, W):
    """Gradients of a loss through Z = X W + b, from its gradient with respect to Z.

    Source: MIT 6.7900 F24, rules (1) and (2), carried into the kit's row convention.

    Args:
        dZ: gradient of the loss with respect to Z, shape (N, fan_out). If the loss is a
            mean, its 1/N is already in dZ.
        X: inputs of the layer, shape (N, fan_in).
        W: weights, shape (fan_in, fan_out).

    Returns:
        (dX, dW, db): new float arrays of shape (N, fan_in), (fan_in, fan_out) and
        (fan_out,).

    >>> dX, dW, db = linear_backward(np.ones((2, 4)), np.ones((2, 3)), np.ones((3, 4)))
    >>> db.tolist()
    [2.0, 2.0, 2.0, 2.0]
    """
    # begin answer
    dZ = np.asarray(dZ, dtype=float)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


def layer_backward(dA, Z, X, W, activation):
    """Gradients of a loss through A = g(Z), Z = X W + b, from its gradient with respect to A.

    Source: MIT 6.390 S26, numerical example; UWL CS457 F24, 07-3a.

    Args:
        dA: gradient of the loss with respect to A, shape (N, fan_out). If the loss is a
            mean, its 1/N is already in dA.
        Z: pre-activations of the layer, X W + b, shape (N, fan_out).
        X: inputs of the layer, shape (N, fan_in).
        W: weights, shape (fan_in, fan_out).
        activation: the name of g: "identity", "logistic", "tanh" or "relu", a key of
            SLOPES.

    Returns:
        (dX, dW, db): new float arrays of shape (N, fan_in), (fan_in, fan_out) and
        (fan_out,).

    >>> X, W = np.array([[2.0]]), np.array([[-3.0]])
    >>> dX, dW, db = layer_backward(np.array([[1.0]]), X @ W, X, W, "identity")
    >>> dX.tolist(), dW.tolist(), db.tolist()
    ([[-3.0]], [[2.0]], [1.0])
    """
    # begin answer
    return linear_backward(dA * SLOPES[activation](Z), X, W)
