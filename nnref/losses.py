"""Losses, as means over the examples, and the gradients that training starts from."""

import numpy as np

from nnref.outputs import softmax


def squared_error(g, y):
    """Mean over the examples of the squared distance between output and target.

    Source: UWL CS457 F24, 07-1c, Some Loss Functions, and 07-4c; MIT 6.390 S26, forward pass.

    Args:
        g: outputs; shape (N,), or (N, K) for K output units, or one number for one example.
        y: targets, in the shape of g.

    Returns:
        The loss, a float: summed over the output units, averaged over the N examples,
        without a factor 1/2.

    >>> squared_error(np.array([1.0, 5.0]), np.array([1.0, 3.0]))
    2.0
    """
    # begin answer
    errors = np.atleast_1d(np.subtract(g, y, dtype=float))
    return float(np.sum(errors**2) / len(errors))


def log_loss(p, y):
    """Mean log loss of probabilities against labels 0 and 1, with the natural logarithm.

    Source: UWL CS457 F24, 07-1c, Some Loss Functions; Buoy, linear logistic classifier.

    Args:
        p: predicted probabilities of label 1, from 0 to 1; shape (N,), or one number for
            one example.
        y: labels in {0, 1}, in the shape of p.

    Returns:
        The mean over the examples, a float, never nan. An example whose p lies between 1e-9
        and 1 - 1e-9 counts its exact loss. A certain right answer (p equal to y) costs 0 to
        within 1e-8; a certain wrong one costs at least 20, or infinity.

    >>> round(log_loss(np.array([0.5, 0.5]), np.array([0, 1])), 4)
    0.6931
    """
    # begin answer
    likelihood = np.where(np.equal(y, 1), p, 1.0 - p)
    # The smallest positive float in place of 0 keeps the logarithm finite; 0.0 - turns a -0.0 into 0.0.
    return float(0.0 - np.mean(np.log(np.maximum(likelihood, np.finfo(float).tiny))))


def hinge_loss(f, y):
    """Mean hinge loss of decision values against labels -1 and 1.

    Source: MIT 6.7900 F24, 2 hidden units: training.

    Args:
        f: decision values; shape (N,), or one number for one example.
        y: labels in {-1, 1}, in the shape of f.

    Returns:
        The mean over the examples, a float.

    >>> hinge_loss(np.array([0.5, 3.0]), np.array([1, 1]))
    0.25
    """
    # begin answer
    return float(np.mean(np.maximum(0.0, 1.0 - np.multiply(y, f))))


def perceptron_loss(w, x, y):
    """Mean perceptron loss of a weight vector, for labels 0 and 1.

    Source: UWL CS457 F24, 07-1c, Some Loss Functions.

    Args:
        w: weights, shape (D,). There is no separate bias.
        x: one example, shape (D,), or N of them as rows, shape (N, D).
        y: the label in {0, 1} of the one example, or N labels, shape (N,).

    Returns:
        The mean over the examples, a float.

    >>> perceptron_loss(np.array([1.0, 2.0]), np.array([3.0, 1.0]), 0)
    5.0
    """
    # begin answer
    return float(np.mean(np.maximum(0.0, (1.0 - 2.0 * y) * np.dot(x, w))))


def zero_one_loss(predicted, y):
    """Share of the predicted labels that are wrong.

    Source: UWL CS457 F24, 07-1c, Some Loss Functions.

    Args:
        predicted: predicted labels, shape (N,), or one number for one example.
        y: true labels, in the shape of predicted.

    Returns:
        The mean over the examples, a float from 0 to 1.

    >>> zero_one_loss(np.array([0, 1, 1, 1]), np.array([0, 1, 1, 0]))
    0.25
    """
    # begin answer
    return float(np.mean(np.not_equal(predicted, y)))


def squared_error_grad(g, y):
    """Gradient of the squared error with respect to the outputs.

    Source: MIT 6.390 S26, numerical example (one example: 2(g - y)); UWL CS457 F24, 07-4b
    (the mean over a batch).

    Args:
        g: outputs; shape (N,), or (N, K) for K output units, or one number for one example.
        y: targets, in the shape of g.

    Returns:
        The gradient: floats in g's shape. The loss is the mean over the N examples of the
        sum over the output units, without a factor 1/2.

    >>> squared_error_grad(np.array([[2.0]]), np.array([[3.0]])).tolist()
    [[-2.0]]
    """
    # begin answer
    return 2.0 * np.subtract(g, y, dtype=float) / len(np.atleast_1d(g))


def cross_entropy(logits, y):
    """Mean cross-entropy of logits against integer labels, with the natural logarithm.

    Source: Buoy, output layer design choices; MIT 6.7900 F24, the loss -log p of an RNN's
    outputs.

    Args:
        logits: pre-activations of the output layer, shape (N, K).
        y: class labels in 0..K-1, integers, shape (N,).

    Returns:
        The mean over the examples, a float; finite and exact even when the logits of a row
        lie 1000 apart.

    >>> round(cross_entropy(np.zeros((2, 4)), np.array([0, 3])), 4)
    1.3863
    """
    # begin answer
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y]))


def softmax_cross_entropy_grad(logits, y):
    """Gradient of the mean cross-entropy of softmax(logits) with respect to the logits.

    Source: MIT 6.7900 F24, gradient steps within the computation graph (there for one
    example).

    Args:
        logits: pre-activations of the output layer, shape (N, K).
        y: class labels in 0..K-1, integers, shape (N,).

    Returns:
        The gradient, a float array of shape (N, K). The loss is a mean over the N examples:
        its 1/N is in the gradient.

    >>> softmax_cross_entropy_grad(np.zeros((1, 2)), np.array([1])).tolist()
    [[0.5, -0.5]]
    """
    # begin answer
    targets = np.eye(logits.shape[1])[y]
    return (softmax(logits) - targets) / len(y)
