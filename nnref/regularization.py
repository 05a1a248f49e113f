"""Weight decay and dropout: two ways to keep an over-sized network from learning the noise."""

import numpy as np


def l2_cost(losses, weights, lam):
    """The cost with an L2 penalty: the mean loss plus lam times the sum of squared weights.

    Source: UWL CS457 F24 07-4d, corrections for overfitting; MIT 6.7900 F24,
    empirical risk.

    Args:
        losses: the loss of each example, shape (N,).
        weights: the arrays to be kept small, a list of arrays of any shapes; it may be
            empty. Biases are penalised only if listed.
        lam: strength of the penalty, a number; the penalty is not divided by N, and it has
            no factor 1/2.

    Returns:
        The cost, a float.

    >>> l2_cost(np.array([1.0, 3.0]), [np.array([[1.0, 2.0]]), np.array([3.0])], 0.5)
    9.0
    """
    # begin answer
    penalty = sum(np.sum(np.square(w, dtype=float)) for w in weights)
    return float(np.mean(losses) + lam * penalty)


def weight_decay_step(w, grad, lr, lam):
    """Weights after one step of gradient descent on a loss with an L2 penalty.

    The penalty is lam times the sum of squared weights.

    Source: UWL CS457 F24 07-4d, weight decay.

    Args:
        w: weights, an array of any shape.
        grad: gradient of the loss alone, without the penalty, of w's shape.
        lr: learning rate; it multiplies the gradient of the whole cost.
        lam: strength of the penalty; the penalty has no factor 1/2.

    Returns:
        The new weights, a new float array of w's shape.

    >>> weight_decay_step(np.array([1.0, -2.0]), np.array([4.0, 0.0]), 0.5, 0.0).tolist()
    [-1.0, -2.0]
    """
    # begin answer
    w, grad = np.asarray(w, dtype=float), np.asarray(grad, dtype=float)
    return w - lr * grad - 2 * lr * lam * w


def dropout_forward(rng, A, drop_prob, training):
    """A layer's outputs with units dropped at random, and the mask that did it.

    This is inverted dropout: every entry of A is dropped with probability drop_prob,
    independently of the others (so each example loses other units), and the survivors are
    scaled so that the expected value of each output is its entry of A.

    Source: UWL CS457 F24 07-5a, dropout regularization.

    Args:
        rng: a numpy Generator, the only source of randomness.
        A: outputs of a layer, shape (N, n).
        drop_prob: the probability of being dropped, at least 0 and less than 1.
        training: True to drop; False for evaluation, where nothing is dropped and nothing
            is scaled.

    Returns:
        (out, mask): new float arrays of A's shape. out is A times mask, entry by entry;
        mask is 0 where an entry is dropped and the scale of the survivors elsewhere. In
        evaluation mask is all 1.

    >>> rng, A = np.random.default_rng(0), np.array([[3.0, -1.0]])
    >>> out, mask = dropout_forward(rng, A, 0.5, False)
    >>> out.tolist(), mask.tolist()
    ([[3.0, -1.0]], [[1.0, 1.0]])
    """
    # begin answer
    A = np.asarray(A, dtype=float)
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


def dropout_backward(dout, mask):
    """Gradient of a loss with respect to the outputs A that went into dropout.

    Source: UWL CS457 F24 07-5a, dropout regularization.

    Args:
        dout: gradient of the loss with respect to dropout's output, shape (N, n).
        mask: the mask of the forward pass, shape (N, n).

    Returns:
        dA, a new float array of shape (N, n).

    >>> dropout_backward(np.array([[5.0, 7.0]]), np.array([[1.0, 1.0]])).tolist()
    [[5.0, 7.0]]
    """
    # begin answer
    return np.asarray(dout, dtype=float) * mask
