"""The whole training loop: batches of every epoch, history, stopping."""

from itertools import pairwise

import numpy as np
import pytest

from nnref.losses import squared_error
from nnref.network import mlp_forward
from nnref.training import train

NAMES = ["tanh", "identity"]


def network(rng, *widths):
    return [(rng.normal(size=(i, j)), rng.normal(size=j)) for i, j in pairwise(widths)]


def test_last_cost_is_the_cost_of_the_parameters_given_back(rng):
    """Over all examples, with a shorter last batch."""
    X, y, params = rng.normal(size=(7, 2)), rng.normal(size=(7, 1)), network(rng, 2, 3, 1)

    trained, history = train(rng, X, y, params, NAMES, 0.02, 3, 5, 0.0)

    assert len(history) == 5
    assert history[-1] == pytest.approx(squared_error(mlp_forward(X, trained, NAMES)[1][-1], y))


def test_a_step_is_taken_for_every_batch_also_the_short_one():
    """With lr = 1/2 a step sets the bias to its batch's mean target: an epoch ends at the mean of the last batch."""
    X, y, layer = np.zeros((3, 1)), np.array([[1.0], [10.0], [100.0]]), [(np.zeros((1, 1)), np.zeros(1))]

    ends = {
        float(train(np.random.default_rng(s), X, y, layer, ["identity"], 0.5, 2, 1, 0.0)[0][0][1][0]) for s in range(40)
    }

    assert ends == {1.0, 10.0, 100.0}


# Weight and bias both move, so the error e becomes e (1 - 4 lr) = e / 2 in every epoch. The cost is e^2 + spread^2, and
# e^2 is 16 at the start, then:
SQUARES = [4.0, 1.0, 0.25, 0.0625, 0.015625]


def costs(epochs, tol, *, lr=0.125, start=4.0, spread=0.0):
    """Costs of one weight and one bias on two examples at x = 1 whose targets lie around 4, `spread` to either side."""
    X, y = np.ones((2, 1)), np.array([[4 - spread], [4 + spread]])
    layer = [(np.array([[4 - start]]), np.zeros(1))]
    return train(np.random.default_rng(0), X, y, layer, ["identity"], lr, 2, epochs, tol)[1]


@pytest.mark.parametrize(("tol", "epochs"), [(0.0, 5), (13.0, 1), (12.0, 2), (3.5, 2), (3.0, 3), (0.05, 5)])
def test_training_stops_at_a_small_change(tol, epochs):
    """Changes of 12 (from the cost at the start), 3, 0.75, 0.1875, 0.046875: the first one below tol ends it."""
    assert costs(5, tol, spread=10.0) == pytest.approx([100 + square for square in SQUARES[:epochs]])


@pytest.mark.parametrize(("tol", "epochs"), [(5.0, 1), (2.0, 2), (1.0, 3), (0.07, 4), (0.0625, 5)])
def test_training_stops_at_a_small_cost(tol, epochs):
    """Costs of 4, 1, 0.25, 0.0625: the first one below tol ends it, while the changes are three times as large."""
    assert costs(5, tol) == SQUARES[:epochs]


def test_training_stops_when_the_cost_rises_by_little():
    """A change is a change, up or down: with lr a little above 1/2 the cost grows slowly from 16."""
    assert costs(1, 0.0, lr=0.50025)[0] > 16
    assert len(costs(10, 0.1, lr=0.50025)) == 1
    assert len(costs(10, 0.0, lr=0.50025)) == 10


def test_training_looks_at_the_cost_only_after_an_epoch():
    """Parameters that are right from the start still train for one epoch."""
    assert costs(5, 1e-9, start=0.0) == [0.0]


def test_training_shuffles_anew_in_every_epoch():
    """One example a step: with lr = 1/2 the bias ends at the last example's target, which differs between epochs."""
    X, y, layer = np.zeros((4, 1)), np.array([[0.0], [1.0], [10.0], [100.0]]), [(np.zeros((1, 1)), np.zeros(1))]

    history = train(np.random.default_rng(3), X, y, layer, ["identity"], 0.5, 1, 12, 0.0)[1]

    assert len({round(value, 6) for value in history}) == 4


def test_training_learns_xor():
    """What one neuron cannot do; from a start that is not symmetric."""
    X, y = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]]), np.array([[0], [1], [1], [0]])
    rng = np.random.default_rng(2)

    params, history = train(rng, X, y, network(rng, 2, 5, 1), NAMES, 0.1, 2, 500, 1e-9)

    assert history[-1] < 0.01
    assert ((mlp_forward(X, params, NAMES)[1][-1] > 0.5) == y).all()
