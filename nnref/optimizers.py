"""Steps with a memory (momentum, Adam) and learning rates that fall over time."""

import numpy as np


def momentum_step(w, v, grad, lr, mu):
    """Weights and velocity after one step of gradient descent with momentum.

    The velocity first loses part of itself, keeping the share mu, then gains the whole
    gradient; the weights then move against the new velocity, lr times its length.

    Source: the idea beneath Adam, which MIT 6.7900 F24 names (initialization, learning
    rate, loss landscapes).

    Args:
        w: weights, any shape.
        v: velocity before the step, w's shape; 0 at the start.
        grad: gradient of the loss at w, w's shape.
        lr: learning rate. It is no part of the velocity.
        mu: share of the velocity that is kept, from 0 to below 1. The gradient is not
            multiplied by 1 - mu.

    Returns:
        (w, v): the new weights and the new velocity, new float arrays.

    >>> w, v = momentum_step(np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.25, 0.9)
    >>> w.tolist(), v.tolist()
    ([0.5], [2.0])
    """
    # begin answer
    v = np.multiply(mu, v, dtype=float) + grad
    return w - lr * v, v


def adam_step(w, m, v, t, grad, lr, beta1, beta2, eps):
    """Weights and memory after one step of Adam.

    m and v are running averages, entry by entry, of the gradient and of its square. Both
    start at 0; what that start takes from them is corrected for the step, and the corrected
    values are not kept.

    Source: MIT 6.7900 F24 names Adam (initialization, learning rate, loss landscapes);
    Kingma and Ba 2015, algorithm 1.

    Args:
        w: weights, any shape.
        m: running average of the gradient before this step, uncorrected, w's shape; 0 at
            the start.
        v: running average of the squared gradient before this step, uncorrected, w's shape;
            0 at the start.
        t: number of steps taken before this one, an int; 0 at the start. This step is
            number t + 1, and t + 1 is what the correction uses.
        grad: gradient of the loss at w, w's shape.
        lr: learning rate.
        beta1: share of the old m that is kept, from 0 to below 1; the gradient has the
            remaining share.
        beta2: share of the old v that is kept, from 0 to below 1; the squared gradient has
            the remaining share.
        eps: small positive number, added to the root of the corrected v, outside the root.

    Returns:
        (w, m, v, t): the new weights, m and v (uncorrected) as new float arrays, and t + 1.

    >>> zeros, grad = np.zeros(2), np.array([1e-3, 1e3])
    >>> w, m, v, t = adam_step(zeros, zeros, zeros, 0, grad, 0.5, 0.9, 0.999, 1e-12)
    >>> w.round(6).tolist(), t
    ([-0.5, -0.5], 1)
    """
    # begin answer
    t = t + 1
    m = np.multiply(beta1, m) + np.multiply(1 - beta1, grad)
    v = np.multiply(beta2, v) + (1 - beta2) * np.square(grad)
    m_corrected, v_corrected = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_corrected / (np.sqrt(v_corrected) + eps), m, v, t


def step_decay(epoch, lr0, gamma, every):
    """The learning rate of an epoch, if gamma multiplies it once after each `every` epochs.

    Source: MIT 6.7900 F24, learning-rate schedules (initialization, learning rate, loss
    landscapes).

    Args:
        epoch: number of the epoch, an int from 0.
        lr0: learning rate of epochs 0 .. every - 1.
        gamma: factor, such as 0.5.
        every: number of epochs between two drops, a positive int. The first drop comes at
            epoch number `every`.

    Returns:
        The learning rate, a float.

    >>> [step_decay(epoch, 8.0, 0.5, 2) for epoch in range(3)]
    [8.0, 8.0, 4.0]
    """
    # begin answer
    return float(lr0 * gamma ** (epoch // every))


def inverse_time_decay(t, lr0, k):
    """The learning rate at time t, if it falls with one over time.

    It is lr0 divided by a number that grows from 1 by k in each unit of time.

    Source: MIT 6.7900 F24, learning-rate schedules (initialization, learning rate, loss
    landscapes).

    Args:
        t: time in steps or epochs, from 0.
        lr0: learning rate at time 0.
        k: speed of the decay, at least 0.

    Returns:
        The learning rate, a float.

    >>> inverse_time_decay(2, 0.6, 0.5)
    0.3
    """
    # begin answer
    return float(lr0 / (1 + k * t))


def cosine_decay(t, t_max, lr0):
    """The learning rate at time t, falling from lr0 to 0 along half a period of a cosine.

    Source: MIT 6.7900 F24, learning-rate schedules (initialization, learning rate, loss
    landscapes).

    Args:
        t: time in steps or epochs, from 0 to t_max.
        t_max: the time at which the learning rate reaches 0, positive.
        lr0: learning rate at time 0.

    Returns:
        The learning rate, a float.

    >>> cosine_decay(0, 10, 0.5), cosine_decay(10, 10, 0.5)
    (0.5, 0.0)
    """
    # begin answer
    return float(lr0 * (1 + np.cos(np.pi * t / t_max)) / 2)
