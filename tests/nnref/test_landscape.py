"""Hinge loss, hidden-unit symmetry, weight counts and random search."""

import itertools

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.landscape import count_weights, hinge_loss_grad, permute_hidden_units, random_search


def mean_hinge(f, y):
    return anp.mean(anp.maximum(0.0, 1.0 - y * f))


def outputs(X, params):
    for W, b in params[:-1]:
        X = np.tanh(X @ W + b)
    return X @ params[-1][0] + params[-1][1]


def network(rng, sizes):
    return [(rng.normal(size=shape), rng.normal(size=shape[1])) for shape in itertools.pairwise(sizes)]


@pytest.mark.parametrize("n", [1, 12])
def test_hinge_gradient_is_a_derivative_of_the_mean(rng, n):
    """Autograd and finite differences, inside and outside the margin and on the wrong side."""
    f, y = 2 * rng.normal(size=n), rng.choice([-1.0, 1.0], size=n)
    f.flags.writeable = y.flags.writeable = False

    df = hinge_loss_grad(f, y)

    np.testing.assert_allclose(df, grad(mean_hinge)(f, y), rtol=1e-12)
    np.testing.assert_allclose(df, slopes(lambda f: mean_hinge(f, y), f), rtol=1e-6, atol=1e-9)
    assert df.flags.writeable


def test_hinge_gradient_counts_right_answers_inside_the_margin():
    """At y f = 0.5 a right answer still pulls, at 2 it does not; at -1000 a wrong one pulls no harder."""
    assert hinge_loss_grad([0.5, -2, -1000, 0], [1, -1, 1, -1]).tolist() == [-0.25, 0.0, -0.25, 0.25]


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_same_function_remains_after_a_permutation(rng, layer):
    """MIT 6.7900 F24: units change places with their weights, and no output moves."""
    params, X = network(rng, [2, 4, 5, 3, 2]), rng.normal(size=(6, 2))

    moved = permute_hidden_units(params, layer, rng.permutation(len(params[layer][1])))

    np.testing.assert_allclose(outputs(X, moved), outputs(X, params), rtol=1e-10, atol=1e-12)


def test_new_unit_k_is_old_unit_permutation_k(rng):
    """Columns of W, entries of b and rows of the W above follow the permutation; every other array keeps its values."""
    params = network(rng, [2, 3, 4, 1])

    moved = permute_hidden_units(params, 0, (2, 0, 1))

    for k, old in enumerate([2, 0, 1]):
        np.testing.assert_array_equal(moved[0][0][:, k], params[0][0][:, old])
        assert moved[0][1][k] == params[0][1][old]
        np.testing.assert_array_equal(moved[1][0][k], params[1][0][old])
    np.testing.assert_array_equal(moved[1][1], params[1][1])
    np.testing.assert_array_equal(moved[2][0], params[2][0])


def test_a_permutation_and_its_inverse_restore_the_parameters(rng):
    """Going there and back gives equal values in new arrays, and the argument is left alone."""
    params, permutation = network(rng, [3, 5, 2]), rng.permutation(5)
    for array in itertools.chain(*params):
        array.flags.writeable = False

    back = permute_hidden_units(permute_hidden_units(params, 0, permutation), 0, np.argsort(permutation))

    for new, old in zip(itertools.chain(*back), itertools.chain(*params), strict=True):
        np.testing.assert_array_equal(new, old)
        assert new.flags.writeable


def test_whole_numbers_come_back_as_floats():
    """Integer parameters given as nested lists are permuted too, and come back as float arrays."""
    moved = permute_hidden_units([([[1, 2]], [3, 4]), ([[5], [6]], [7])], 0, [1, 0])

    assert [[W.tolist(), b.tolist()] for W, b in moved] == [[[[2.0, 1.0]], [4.0, 3.0]], [[[6.0], [5.0]], [7.0]]]
    assert all(array.dtype == float for array in itertools.chain(*moved))


@pytest.mark.parametrize(
    ("sizes", "weights"), [([2, 6, 1], 18), ([2, 3, 3, 1], 18), ((7, 1), 7), ([1000] * 3, 2_000_000)]
)
def test_weights_are_counted_without_biases(sizes, weights):
    """UWL CS457 F24 07-5c: a shallow and wide network and a deep and narrow one both have 18 weights."""
    assert count_weights(sizes) == weights
    assert type(count_weights(np.array(sizes))) is int


def test_search_returns_every_trial_in_order_and_the_cheapest(rng):
    """Each trial is evaluated once; best is the cheapest of them."""
    asked, space = [], {"lr": [0.1, 0.2, 0.4], "width": (2, 8)}

    def cost(config):
        asked.append(dict(config))
        return (config["lr"] - 0.2) ** 2 + config["width"]

    best, trials = random_search(rng, cost, space, 30)

    assert [config for config, _ in trials] == asked
    assert all(value == (config["lr"] - 0.2) ** 2 + config["width"] for config, value in trials)
    assert all(list(config) == ["lr", "width"] for config, _ in trials)
    assert best[1] == min(value for _, value in trials)
    assert best in trials


def test_of_equal_trials_the_first_is_best(rng):
    """Every configuration costs the same: the first one tried wins."""
    best, trials = random_search(rng, lambda _: 1.0, {"seed": list(range(1000))}, 5)

    assert best == trials[0]


def test_choices_are_equally_likely_and_independent(rng):
    """Six pairs, a sixth of 6000 trials each, within six standard errors (false alarms below 1e-7)."""
    _, trials = random_search(rng, lambda _: 0.0, {"depth": [1, 2, 3], "act": ["tanh", "relu"]}, 6000)

    drawn = [(config["depth"], config["act"]) for config, _ in trials]
    for pair in itertools.product([1, 2, 3], ["tanh", "relu"]):
        assert abs(drawn.count(pair) / 6000 - 1 / 6) < 6 * np.sqrt(1 / 6 * 5 / 6 / 6000)


def test_choices_keep_their_type_and_the_space_stays(rng):
    """Ints stay ints, strings strings, tuples tuples; the space is not used up."""
    space = {"sizes": [(2, 6, 1), (2, 3, 3, 1)], "act": ["tanh"], "epochs": [10]}

    (config, cost), trials = random_search(rng, lambda config: count_weights(config["sizes"]), space, 1)

    assert {name: type(value) for name, value in config.items()} == {"sizes": tuple, "act": str, "epochs": int}
    assert cost == 18
    assert len(trials) == 1
    assert space == {"sizes": [(2, 6, 1), (2, 3, 3, 1)], "act": ["tanh"], "epochs": [10]}
