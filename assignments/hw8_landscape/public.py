"""Checks of homework 8 that students run themselves: hand-sized cases, symmetries, finite differences."""

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack

# UWL CS457 F24, 07-5c, designing a network (W8): a shallow and wide and a deep and narrow network, biases not counted.
LECTURE_WIDE, LECTURE_DEEP, LECTURE_WEIGHTS = (2, 6, 1), (2, 3, 3, 1), 18

# ---- random_tanh_features -------------------------------------------------------------------------------------


@check(points=0.5)
def units_without_offsets_are_odd(random_tanh_features, rng):
    """With offset_scale 0, the features of -x are minus those of x, and those of the origin are 0."""
    X = rng.normal(size=(4, 3))
    both = random_tanh_features(rng, np.vstack([X, -X, np.zeros((1, 3))]), 5, 0)
    features = array("features", both, (9, 5), "(N, n_units)", finite=True)
    equal("features of -x", features[4:8], -features[:4], axes="(N, n_units)")
    equal("features of the origin", features[8], np.zeros(5))
    require(np.all(np.abs(features[:4]) > 0), "A feature of a point that is not the origin is 0.")


@check(points=0.5)
def one_layer_serves_all_examples(random_tanh_features, rng):
    """Equal rows of X have equal features, between -1 and 1; other units have other features."""
    X = np.array([[0.5, -1.5], [2.0, 0.25], [0.5, -1.5]])
    features = array("features", random_tanh_features(rng, X, 6, 0.7), (3, 6), "(N, n_units)", finite=True)
    equal("features of the same point again", features[2], features[0])
    require(np.all(np.abs(features) <= 1), "A feature lies outside -1 to 1.")
    require(len(np.unique(features[0])) == 6, "Two units have the same feature: has each a draw of its own?")


@check(points=1)
def ten_units_make_xor_linearly_separable(random_tanh_features, rng):
    """A weighted sum of ten random features, with offsets, has the sign of XOR at all four corners."""
    corners, y = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]), np.array([-1.0, 1.0, 1.0, -1.0])
    features = array("features", random_tanh_features(rng, corners, 10, 1.0), (4, 10), "(N, n_units)", finite=True)
    weights = np.linalg.lstsq(features.astype(float), y, rcond=None)[0]
    right = int(np.sum(y * (features @ weights) > 0.5))
    require(right == 4, f"The best weighted sum is right at {right} of 4 corners.")


# ---- hinge_loss_grad ------------------------------------------------------------------------------------------


@check(points=0.5)
def right_answers_pull_until_they_are_sure(hinge_loss_grad):
    """Of five examples, two sure right answers have slope 0, an unsure right one and two wrong ones a fifth each."""
    f, y = np.array([2.0, 0.5, -3.0, 0.25, -2.0]), np.array([1, 1, 1, -1, -1])
    equal("df", hinge_loss_grad(f, y), np.array([0.0, -0.2, -0.2, 0.2, 0.0]), axes="(N,)", examples=5)


@check(points=1)
def df_is_the_slope_of_the_mean_hinge_loss(hinge_loss_grad, rng):
    """df is the derivative of the mean of max(0, 1 - y f), as finite differences find it."""
    f, y = rng.choice([-2.5, -0.5, 0.25, 0.5, 2.0], size=7), rng.choice([-1.0, 1.0], size=7)
    expected = slopes(lambda f: np.mean(np.maximum(0.0, 1.0 - y * f)), f)
    equal("df", hinge_loss_grad(f, y), expected, axes="(N,)", examples=7)


# ---- permute_hidden_units -------------------------------------------------------------------------------------


def two_layers(got, fan_in, n_units, fan_out):
    """The four arrays of a network with one hidden layer."""
    (W1, b1), (W2, b2) = (unpack(pair, "W", "b") for pair in unpack(got, "layer 0", "layer 1"))
    return (
        array("W of layer 0", W1, (fan_in, n_units), "(fan_in, fan_out)", finite=True),
        array("b of layer 0", b1, (n_units,), "(fan_out,)", finite=True),
        array("W of layer 1", W2, (n_units, fan_out), "(fan_in, fan_out)", finite=True),
        array("b of layer 1", b2, (fan_out,), "(fan_out,)", finite=True),
    )


@check(points=1)
def units_move_with_all_their_weights(permute_hidden_units):
    """With permutation (2, 0, 1), new unit 0 is old unit 2: its column of W, its bias and its row of the next W."""
    W1, b1 = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([10.0, 20.0, 30.0])
    W2, b2 = np.array([[7.0], [8.0], [9.0]]), np.array([40.0])
    got = permute_hidden_units([(W1, b1), (W2, b2)], 0, np.array([2, 0, 1]))
    equal("W of layer 0, b of layer 0, W of layer 1, b of layer 1", two_layers(got, 2, 3, 1), (
        np.array([[3.0, 1.0, 2.0], [6.0, 4.0, 5.0]]),
        np.array([30.0, 10.0, 20.0]),
        np.array([[9.0], [7.0], [8.0]]),
        b2,
    ))  # fmt: skip


@check(points=1)
def same_function_remains(permute_hidden_units, rng):
    """A network whose hidden units changed places gives the same outputs for every input, from other weights."""
    W1, b1, W2, b2 = (rng.normal(size=shape) for shape in [(3, 5), (5,), (5, 2), (2,)])
    X, permutation = rng.normal(size=(6, 3)), np.array([3, 4, 1, 0, 2])
    V1, c1, V2, c2 = two_layers(permute_hidden_units([(W1, b1), (W2, b2)], 0, permutation), 3, 5, 2)
    equal("outputs", np.tanh(X @ V1 + c1) @ V2 + c2, np.tanh(X @ W1 + b1) @ W2 + b2, axes="(N, fan_out)")
    require(not np.allclose(V1, W1), "The units are where they were.")


# ---- momentum_step --------------------------------------------------------------------------------------------


@check(points=0.5)
def velocity_loses_a_part_and_gains_the_gradient(momentum_step):
    """From w = 1 and v = 2, a gradient of 2 with mu = 0.5 and lr = 0.25 leads to v = 3 and w = 0.25."""
    w, v = unpack(momentum_step(np.array([1.0]), np.array([2.0]), np.array([2.0]), 0.25, 0.5), "w", "v")
    equal("v", v, np.array([3.0]), axes="shape of w")
    equal("w", w, np.array([0.25]), axes="shape of w")


@check(points=1)
def constant_slope_builds_up_speed(momentum_step):
    """Downhill at a constant slope of 3, with mu = 0.5, three steps from rest have velocities 3, 4.5 and 5.25."""
    w, v = np.array([10.0, -10.0]), np.zeros(2)
    for velocity, place in [(3.0, 0.3), (4.5, 0.75), (5.25, 1.275)]:
        w, v = unpack(momentum_step(w, v, np.array([3.0, 3.0]), 0.1, 0.5), "w", "v")
        equal("v", v, np.full(2, velocity), axes="shape of w")
        equal("w", w, np.array([10.0, -10.0]) - place, axes="shape of w")
        w, v = array("w", w, (2,)), array("v", v, (2,))


# ---- adam_step ------------------------------------------------------------------------------------------------


@check(points=1)
def first_step_by_hand(adam_step):
    """From a fresh start, gradient 4 with beta1 = 0.5 and beta2 = 0.9375 leaves m = 2, v = 1, t = 1, w = 1 - lr."""
    zero = np.zeros(2)
    got = adam_step(np.ones(2), zero, zero, 0, np.array([4.0, -4.0]), 0.125, 0.5, 0.9375, 1e-12)
    w, m, v, t = unpack(got, "w", "m", "v", "t")
    equal("m", m, np.array([2.0, -2.0]), axes="shape of w")
    equal("v", v, np.array([1.0, 1.0]), axes="shape of w")
    equal("t", t, 1)
    equal("w", w, np.array([0.875, 1.125]), axes="shape of w")


@check(points=1)
def equal_gradients_give_equal_steps(adam_step):
    """While a gradient stays the same, every step from a fresh start has the length lr, however large it is."""
    start, grad = np.array([1.0, 2.0, -3.0]), np.array([1e-3, -5.0, 1e3])
    state = start, np.zeros(3), np.zeros(3), 0
    for step in (1, 2, 3, 4):
        w, m, v, t = unpack(adam_step(*state, grad, 0.1, 0.9, 0.99, 1e-12), "w", "m", "v", "t")
        equal(f"w after {step} steps", w, start - 0.1 * step * np.sign(grad), axes="shape of w")
        equal("t", t, step)
        state = array("w", w, (3,)), array("m", m, (3,)), array("v", v, (3,)), step


@check(points=1)
def eps_as_large_as_the_gradient_halves_the_step(adam_step):
    """eps joins the root of the corrected v: with eps = 0.01, gradient 0.01 makes half a step, 0.04 four fifths."""
    got = adam_step(np.zeros(2), np.zeros(2), np.zeros(2), 0, np.array([0.01, 0.04]), 0.5, 0.9, 0.99, 0.01)
    w, _, _, _ = unpack(got, "w", "m", "v", "t")
    equal("w", w, np.array([-0.25, -0.4]), axes="shape of w")


# ---- step_decay, inverse_time_decay, cosine_decay -------------------------------------------------------------


@check(points=1)
def rate_drops_once_after_every_three_epochs(step_decay):
    """Starting from 8 and halved after every 3 epochs, epochs 0 to 6 have the rates 8, 8, 8, 4, 4, 4, 2."""
    rates = [number("the rate", step_decay(epoch, 8.0, 0.5, 3)) for epoch in range(7)]
    equal("the rates", rates, np.array([8.0, 8.0, 8.0, 4.0, 4.0, 4.0, 2.0]))


@check(points=1)
def rate_is_divided_by_two_then_three_then_four(inverse_time_decay):
    """With lr0 = 6 and k = 0.5, times 0, 2, 4 and 6 have the rates 6, 3, 2 and 1.5."""
    rates = [number("the rate", inverse_time_decay(t, 6.0, 0.5)) for t in (0, 2, 4, 6)]
    equal("the rates", rates, np.array([6.0, 3.0, 2.0, 1.5]))


@check(points=1)
def rate_follows_half_a_cosine(cosine_decay):
    """With lr0 = 4 and t_max = 12, times 0, 4, 6, 8 and 12 have the rates 4, 3, 2, 1 and 0."""
    rates = [number("the rate", cosine_decay(t, 12, 4.0)) for t in (0, 4, 6, 8, 12)]
    equal("the rates", rates, np.array([4.0, 3.0, 2.0, 1.0, 0.0]))


# ---- count_weights --------------------------------------------------------------------------------------------


@check(points=1)
def wide_and_deep_network_have_18_weights_each(count_weights):
    """The shallow and wide network 2-6-1 and the deep and narrow 2-3-3-1 of the lecture both have 18 weights."""
    equal("weights of 2-6-1", count_weights(list(LECTURE_WIDE)), LECTURE_WEIGHTS)
    equal("weights of 2-3-3-1", count_weights(list(LECTURE_DEEP)), LECTURE_WEIGHTS)


# ---- random_search --------------------------------------------------------------------------------------------


def listed_trials(got, names):
    """best and trials as [(choices, cost)]: choices is a tuple in the order of `names`."""
    best, trials = unpack(got, "best", "trials")
    require(isinstance(trials, (list, tuple)), "trials is no list.", "SHAPE")
    return one_trial("best", best, names), [one_trial(f"trials[{k}]", trial, names) for k, trial in enumerate(trials)]


def one_trial(name, trial, names):
    """One (configuration, cost) as (choices, cost)."""
    config, cost = unpack(trial, f"the configuration of {name}", f"the cost of {name}")
    fits = isinstance(config, dict) and set(config) == set(names)
    require(fits, f"The configuration of {name} is no dict with the names of the space.", "SHAPE")
    return tuple(plain_choice(config[key]) for key in names), number(f"the cost of {name}", cost)


def plain_choice(value):
    """A choice as a number, string or tuple of Python."""
    value = value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value
    return tuple(value) if isinstance(value, list) else value


@check(points=1)
def every_trial_is_evaluated_once_and_kept_in_order(random_search, rng):
    """trials lists the configurations in the order in which they were evaluated, once each, with their costs."""
    space, asked = {"width": [2, 4, 8, 16], "lr": [0.5, 0.25, 0.125]}, []

    def evaluate(config):
        asked.append((plain_choice(config["width"]), plain_choice(config["lr"])))
        return config["width"] * config["lr"]

    _, trials = listed_trials(random_search(rng, evaluate, space, 9), ["width", "lr"])
    require(len(trials) == 9, f"There are {len(trials)} trials, expected 9.", "SHAPE")
    require(len(asked) == 9, f"evaluate was called {len(asked)} times for 9 trials.")
    require([choices for choices, _ in trials] == asked, "trials lists other configurations than were evaluated.")
    equal("the costs", [cost for _, cost in trials], np.array([width * lr for width, lr in asked], dtype=float))


@check(points=1)
def best_is_the_cheapest_trial(random_search, rng):
    """best is the (configuration, cost) of the trial with the least cost, also if all costs are negative."""
    space = {"depth": list(range(200))}
    best, trials = listed_trials(random_search(rng, lambda config: config["depth"] - 500.0, space, 12), ["depth"])
    require(len(trials) == 12, f"There are {len(trials)} trials, expected 12.", "SHAPE")
    require(best[1] == min(cost for _, cost in trials), "A trial costs less than best.")
    require(best[1] == best[0][0] - 500.0, "The configuration of best has another cost.")
