"""Batch normalisation: every unit's values are centred and scaled over the mini-batch."""

import numpy as np


def batch_norm_forward(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Batch-normalised values, and the running statistics after this batch.

    In training each column of X is shifted and scaled to mean 0 and variance 1 by its mean
    and variance over the batch; in evaluation by the running mean and variance. Then it is
    multiplied by gamma, and beta is added.

    Source: UWL CS457 F24 07-5b, batch normalization. Running statistics are the usual
    addition for evaluation.

    Args:
        X: values of D units for a mini-batch of N examples, shape (N, D), N at least 1.
        gamma: learned scale, shape (D,).
        beta: learned shift, shape (D,).
        running_mean: running mean before this batch, shape (D,).
        running_var: running variance before this batch, shape (D,).
        training: True in training, False in evaluation.
        momentum: share of the old running value that is kept, from 0 to 1; the batch's
            value has the remaining share.
        eps: small positive number, added to the variance before the root is taken (batch
            and running alike).

    Returns:
        (out, running_mean, running_var): new float arrays of shape (N, D), (D,) and (D,).
        Variances divide by N, the running one too; eps is no part of the running variance.
        In evaluation the running statistics keep their values.

    >>> X, one, zero = np.array([[1.0], [5.0]]), np.ones(1), np.zeros(1)
    >>> out, mean, var = batch_norm_forward(X, one, zero, zero, one, True, 0.5, 1e-12)
    >>> out.round(6).tolist(), mean.tolist(), var.tolist()
    ([[-1.0], [1.0]], [1.5], [2.5])
    """
    # begin answer
    X, old_mean, old_var = (np.array(values, dtype=float) for values in (X, running_mean, running_var))
    if not training:
        return gamma * (X - old_mean) / np.sqrt(old_var + eps) + beta, old_mean, old_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * old_mean + (1 - momentum) * mean, momentum * old_var + (1 - momentum) * var


def batch_norm_backward(dout, X, gamma, eps):
    """Gradients of a loss through batch normalisation in training.

    The mean and the variance of the batch depend on X, and the gradient follows them too.

    Source: UWL CS457 F24 07-5b, batch normalization; the gradient is the chain rule's.

    Args:
        dout: gradient of the loss with respect to the output, shape (N, D). If the loss is
            a mean, its 1/N is already in dout.
        X: the values that went in, shape (N, D).
        gamma: the learned scale, shape (D,).
        eps: the number added to the variance (which divides by N) before the root is taken.

    Returns:
        (dX, dgamma, dbeta): new float arrays of shape (N, D), (D,) and (D,).

    >>> dout, X = np.array([[1.0], [2.0]]), np.array([[3.0], [5.0]])
    >>> dX, dgamma, dbeta = batch_norm_backward(dout, X, np.ones(1), 0.1)
    >>> dX.shape, dgamma.shape, dbeta.tolist()
    ((2, 1), (1,), [3.0])
    """
    # begin answer
    X, dout = np.asarray(X, dtype=float), np.asarray(dout, dtype=float)
    std = np.sqrt(X.var(axis=0) + eps)
    normalised = (X - X.mean(axis=0)) / std
    slope = (dout * normalised).mean(axis=0)
    # The three paths into X: its own entry, the mean of its column, the variance of its column.
    dX = gamma / std * (dout - dout.mean(axis=0) - normalised * slope)
    return dX, (dout * normalised).sum(axis=0), dout.sum(axis=0)
