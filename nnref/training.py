"""The full training loop: scaling, batches, steps, epochs; why weights must not start equal."""

import numpy as np

from nnref.losses import squared_error
from nnref.network import backprop, mlp_forward


def minmax_scale(train, X):
    """Columns of X on the scale on which the training set's columns run from -1 to 1.

    Source: UWL CS457 F24, 07-4a, Keeping the Initial Weights Small.

    Args:
        train: the training set, shape (M, D): in each column its smallest and its largest value
            set the scale.
        X: what to scale, shape (N, D): train itself, or other examples; these may leave
            [-1, 1].

    Returns:
        A new float array of shape (N, D). A column that is constant in train is 0 everywhere,
        whatever X holds there.

    >>> minmax_scale(np.array([[0, 7], [10, 7]]), np.array([[5, 7], [20, 8]])).tolist()
    [[0.0, 0.0], [3.0, 0.0]]
    """
    # begin answer
    low, high = 1.0 * np.min(train, axis=0), 1.0 * np.max(train, axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.where(high > low, 2.0 * (X - low) / span - 1.0, 0.0)


def minibatches(rng, n, batch_size):
    """The numbers 0..n-1 in random order, cut into batches: one epoch.

    Source: UWL CS457 F24, 07-4a, Neural Network Training (the permutation), and 07-4b.

    Args:
        rng: the numpy Generator that all randomness comes from; every order is equally likely,
            and each call draws anew.
        n: number of examples.
        batch_size: number of examples in a batch, at least 1; it may be larger than n.

    Returns:
        A list of integer arrays that together hold each of 0..n-1 once. All have length
        batch_size, except that the last one is shorter if batch_size does not divide n.

    >>> [len(batch) for batch in minibatches(np.random.default_rng(0), 5, 2)]
    [2, 2, 1]
    """
    # begin answer
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def minibatch_step(X, y, params, activations, lr):
    """Parameters of a network after one step of gradient descent on one batch.

    Source: UWL CS457 F24, 07-4b, Mini-Batch Gradient Descent.

    Args:
        X: the examples of the batch, one a row, shape (B, D).
        y: their targets, shape (B, K).
        params: parameters before the step, a list of layers (W, b).
        activations: a list of names, one a layer.
        lr: learning rate, a number.

    Returns:
        The parameters after the step, a list of pairs of new float arrays in the shapes of
        params. The loss is the squared error, a mean over the B examples.

    >>> X, y, layer = np.array([[2.0]]), np.array([[6.0]]), (np.array([[3.0]]), np.array([1.0]))
    >>> [(W, b)] = minibatch_step(X, y, [layer], ["identity"], 0.5)
    >>> W.tolist(), b.tolist()
    ([[1.0]], [0.0])
    """
    # begin answer
    grads = backprop(X, y, params, activations)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


def sgd_epoch(X, y, params, activations, lr, order):
    """Parameters of a network after a step of gradient descent for each example, one by one.

    Source: UWL CS457 F24, 07-4a, Neural Network Training.

    Args:
        X: examples, one a row, shape (N, D).
        y: targets, shape (N, K).
        params: parameters before the epoch, a list of layers (W, b).
        activations: a list of names, one a layer.
        lr: learning rate, a number.
        order: row numbers of X, one a step, in the order of the steps; a row may come twice, or
            not at all.

    Returns:
        The parameters after the last step, a list of pairs of new float arrays in the shapes of
        params. Each step is on the squared error of one example and starts from the parameters
        that the step before left.

    >>> layer = np.array([[3.0]]), np.array([1.0])
    >>> X, y = np.array([[2.0], [0.0]]), np.array([[6.0], [1.0]])
    >>> [(W, b)] = sgd_epoch(X, y, [layer], ["identity"], 0.5, [1, 0])
    >>> W.tolist(), b.tolist()
    ([[1.0]], [0.0])
    """
    # begin answer
    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    for i in order:
        params = minibatch_step(X[[i]], y[[i]], params, activations, lr)
    return params


def train(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    """Train a network by mini-batch gradient descent on the squared error.

    Each epoch takes one step for every batch of a fresh random order of the examples. The
    cost is the squared error over all N examples, a mean over the examples.

    Source: UWL CS457 F24, 07-4a, Neural Network Training, and 07-4b; MIT 6.390 S26, full loop.

    Args:
        rng: the numpy Generator that all randomness comes from.
        X: examples, one a row, shape (N, D).
        y: targets, shape (N, K).
        params: parameters at the start, a list of layers (W, b).
        activations: a list of names, one a layer.
        lr: learning rate, a number.
        batch_size: number of examples in a batch; an epoch's last batch may be shorter.
        max_epochs: largest number of epochs, at least 1.
        tol: training stops after the first epoch over which the cost changed, up or down, by
            less than tol, or at the end of which it is below tol. The first epoch's change
            counts from the cost of the given params. With tol = 0 all epochs run.

    Returns:
        (params, history): the parameters at the end, a list of pairs of new float arrays; and a
        list of floats, one an epoch that ran: history[e] is the cost after epoch e + 1.

    >>> rng, start = np.random.default_rng(0), [(np.array([[0.0]]), np.array([0.0]))]
    >>> X, y = np.array([[1.0]]), np.array([[4.0]])
    >>> params, history = train(rng, X, y, start, ["identity"], 0.125, 1, 2, 0.0)
    >>> history
    [4.0, 1.0]
    """
    # begin answer
    costs = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if abs(costs[-1] - costs[-2]) < tol or costs[-1] < tol:
            break
    return params, costs[1:]


def equal_weights_gap(params_before, params_after):
    """How far hidden units that began equal have moved apart.

    Two hidden units of one layer began equal if in params_before they have exactly the same
    incoming weights, the same bias and the same outgoing weights.

    Source: UWL CS457 F24, 07-4a, Quick Aside: The Problem with Equal Weights.

    Args:
        params_before: parameters of a network, a list of layers (W, b); the last layer's units
            are not hidden.
        params_after: parameters of the same network later, in the same shapes.

    Returns:
        The largest absolute difference in params_after between corresponding weights (incoming,
        bias or outgoing) of two hidden units that began equal; a float, 0.0 if no two did.

    >>> above = np.array([[2.0], [2.0]]), np.zeros(1)
    >>> before = [(np.array([[1.0, 1.0]]), np.zeros(2)), above]
    >>> after = [(np.array([[1.5, 1.0]]), np.zeros(2)), above]
    >>> equal_weights_gap(before, after)
    0.5
    """
    # begin answer
    gap = 0.0
    for layer in range(len(params_before) - 1):
        # One row a hidden unit: its incoming weights, its bias, its outgoing weights.
        before, after = (
            np.column_stack([params[layer][0].T, params[layer][1], params[layer + 1][0]])
            for params in (params_before, params_after)
        )
        for i, j in np.ndindex(len(before), len(before)):
            if np.array_equal(before[i], before[j]):
                gap = max(gap, float(np.max(np.abs(after[i] - after[j]))))
    return gap
