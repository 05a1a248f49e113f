"""The loss surface and the choice of a network: hinge loss, symmetry, size, random search."""

import numpy as np


def hinge_loss_grad(f, y):
    """Gradient of the mean hinge loss with respect to the decision values.

    Source: MIT 6.7900 F24, 2 hidden units: training.

    Args:
        f: decision values, shape (N,). No check has an example exactly at the corner,
            y * f = 1.
        y: labels, each -1 or 1, shape (N,).

    Returns:
        df, a new float array of shape (N,); the loss is a mean over the N examples.

    >>> hinge_loss_grad(np.array([0.5, 2.0]), np.array([-1, 1])).tolist()
    [0.5, 0.0]
    """
    # begin answer
    y = np.asarray(y, dtype=float)
    return np.where(y * f < 1, -y, 0.0) / len(y)


def permute_hidden_units(params, layer, permutation):
    """Parameters of the same function, with the hidden units of one layer in another order.

    Source: MIT 6.7900 F24, initialization, learning rate, loss landscapes.

    Args:
        params: list of (W, b), one for each layer after the inputs.
        layer: the hidden layer whose units change places: those that params[layer]
            computes. 0 is the first hidden layer; the last entry of params computes the
            outputs and is never meant.
        permutation: the old number of each unit in its new place: new unit k is old unit
            permutation[k].

    Returns:
        The new params, a new list of (W, b) of new float arrays in the old shapes.

    >>> hidden = np.array([[1.0, 2.0, 3.0]]), np.array([4.0, 5.0, 6.0])
    >>> above = np.ones((3, 1)), np.zeros(1)
    >>> permute_hidden_units([hidden, above], 0, [2, 0, 1])[0][1].tolist()
    [6.0, 4.0, 5.0]
    """
    # begin answer
    permutation = np.asarray(permutation)
    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    (W, b), (W_above, b_above) = params[layer : layer + 2]
    params[layer : layer + 2] = [(W[:, permutation], b[permutation]), (W_above[permutation], b_above)]
    return params


def count_weights(sizes):
    """The number of weights of a fully connected network, its biases not counted.

    Source: UWL CS457 F24 07-5c, designing a network.

    Args:
        sizes: widths from the inputs to the outputs, such as [2, 6, 1]; at least
            two of them.

    Returns:
        The number of weights, an int.

    >>> count_weights([5, 1])
    5
    """
    # begin answer
    return int(np.dot(sizes[:-1], sizes[1:]))


def random_search(rng, evaluate, space, n_trials):
    """The best of several randomly chosen configurations.

    Every trial draws one of the choices of each name, all equally likely, independently of
    the other names and of the other trials (so a configuration may come twice), and
    evaluates it once.

    Source: UWL CS457 F24 07-5c, in search of good network architecture.

    Args:
        rng: a numpy Generator, the only source of randomness.
        evaluate: function of a configuration, a dict {name: choice}, that gives its cost, a
            number; less is better.
        space: dict {name: list of choices}; choices are numbers, strings, or tuples
            of them.
        n_trials: number of configurations to try, at least 1.

    Returns:
        (best, trials): trials is the list of (configuration, cost) in the order they were
        tried; best is the one with the least cost, the first of them if several share it.

    >>> rng, space = np.random.default_rng(0), {"lr": [0.5]}
    >>> best, trials = random_search(rng, lambda config: config["lr"] ** 2, space, 2)
    >>> best, len(trials)
    (({'lr': 0.5}, 0.25), 2)
    """
    # begin answer
    trials = []
    for _ in range(n_trials):
        config = {name: choices[rng.integers(len(choices))] for name, choices in space.items()}
        trials.append((config, evaluate(config)))
    return min(trials, key=lambda trial: trial[1]), trials
