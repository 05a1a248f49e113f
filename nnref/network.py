"""A network of layers: forward pass and backpropagation of the squared error."""

import numpy as np

from nnref.activations import relu, relu_grad
from nnref.layers import ACTIVATIONS, layer_backward, linear_forward
from nnref.losses import squared_error_grad


def mlp_forward(X, params, activations):
    """Pre-activations and activations of every layer of a network, for a batch of examples.

    Source: MIT 6.390 S26, forward pass; MIT 6.7900 F24, multi-layer perceptron.

    Args:
        X: inputs, one example a row, shape (N, D).
        params: a list of L layers (W, b), of shapes (fan_in, fan_out) and (fan_out,).
        activations: a list of L names, one a layer, keys of ACTIVATIONS.

    Returns:
        (Zs, As): two lists of float arrays. Zs has L entries, the pre-activations of the
        layers in order. As has L + 1: As[0] is X (itself or a copy), As[l] holds the
        outputs of layer l, and As[-1] is the network's output.

    >>> layer = np.array([[3.0]]), np.array([-10.0])
    >>> Zs, As = mlp_forward(np.array([[2.0]]), [layer], ["relu"])
    >>> Zs[0].tolist(), As[1].tolist()
    ([[-4.0]], [[0.0]])
    """
    # begin answer
    Zs, As = [], [np.array(X, dtype=float)]
    for (W, b), activation in zip(params, activations, strict=True):
        Zs.append(linear_forward(As[-1], W, b))
        As.append(ACTIVATIONS[activation](Zs[-1]))
    return Zs, As


def two_neuron_gradients(x, y, w1, w2):
    """Squared-error gradients of a network: one input, two hidden ReLU neurons, one output.

    The hidden neurons have pre-activations w1[0] x and w1[1] x; the output is the sum of
    their activations, weighted by w2. There are no biases, the output has no activation
    function, and the loss is (g - y)^2.

    Source: MIT 6.390 S26, numerical example: backprop with two hidden neurons.

    Args:
        x: the input, a number.
        y: the target, a number.
        w1: weights from the input to the two hidden neurons, shape (2,).
        w2: weights from the two hidden neurons to the output, shape (2,).

    Returns:
        (dw1, dw2): gradients with respect to w1 and w2, two new float arrays of shape (2,).

    >>> dw1, dw2 = two_neuron_gradients(2, 5, np.array([1.0, 1.0]), np.array([1.0, 2.0]))
    >>> dw1.tolist(), dw2.tolist()
    ([4.0, 8.0], [4.0, 4.0])
    """
    # begin answer
    z = np.asarray(w1) * x
    dg = 2.0 * (relu(z) @ w2 - y)
    return dg * np.asarray(w2) * relu_grad(z) * x, dg * relu(z)


def backprop(X, y, params, activations):
    """Gradients of the squared error of a network with respect to all its weights and biases.

    Source: MIT 6.390 S26, backpropagation: reuse of computation; MIT 6.7900 F24, rules (1)
    and (2).

    Args:
        X: inputs, one example a row, shape (N, D).
        y: targets, in the shape of the network's output, (N, K); with one output unit that
            is (N, 1).
        params: a list of L layers (W, b), of shapes (fan_in, fan_out) and (fan_out,).
        activations: a list of L names, one a layer, out of "identity", "logistic", "tanh",
            "relu".

    Returns:
        A list of L pairs (dW, db) in the order and shapes of params: new float arrays. The
        loss is the mean over the N examples of the sum over the K output units, without a
        factor 1/2.

    >>> layer = np.array([[3.0]]), np.array([1.0])
    >>> [(dW, db)] = backprop(np.array([[2.0]]), np.array([[6.0]]), [layer], ["identity"])
    >>> dW.tolist(), db.tolist()
    ([[4.0]], [2.0])
    """
    # begin answer
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads
