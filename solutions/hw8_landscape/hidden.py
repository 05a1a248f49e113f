"""Checks of homework 8 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

from itertools import pairwise, product

import numpy as np

from autograder.chance import require_normal, require_share, require_shares
from autograder.check import check
from autograder.compare import array, equal, number, require, unpack
from autograder.guard import unchanged
from nnref import landscape, optimizers

# ---- random_tanh_features -------------------------------------------------------------------------------------


def pre_activations(name, got, shape):
    """The pre-activations that belong to features, which must lie strictly between -1 and 1."""
    features = array(name, got, shape, "(N, n_units)", finite=True)
    require(np.all(np.abs(features) < 1), f"{name} has an entry that is not between -1 and 1.")
    return np.arctanh(features.astype(float))


@check(points=1)
def weights_have_variance_one_over_inputs(random_tanh_features, rng):
    """Every weight is a normal draw of its own, with mean 0 and variance 1 / D."""
    for n_inputs, n_units, shown in [(20, 2400, 5), (8, 4000, 3)]:  # as many examples as inputs would hide a slip
        got = random_tanh_features(rng, np.eye(n_inputs)[:shown], n_units, 0)
        weights = pre_activations("the features of the unit vectors", got, (shown, n_units))
        require_normal("the weights", weights, 1 / n_inputs)


@check(points=1)
def offsets_have_the_deviation_that_was_asked_for(random_tanh_features, rng):
    """Every unit has an offset of its own, whatever its weights: normal, mean 0, standard deviation offset_scale."""
    for scale in (0.4, 1.3):
        got = random_tanh_features(rng, np.zeros((1, 3)), 12_000, scale)
        offsets = pre_activations("the features of the origin", got, (1, 12_000))
        require_normal("the offsets", offsets, scale**2)
    z = pre_activations("features", random_tanh_features(rng, np.array([[0.0], [1.0]]), 4_000, 0.4), (2, 4_000))
    require_share("units with an offset and a weight of one sign", int(np.sum(z[0] * (z[1] - z[0]) > 0)), 4_000, 0.5)


@check(points=0.5)
def features_are_tanh_of_straight_lines(random_tanh_features, rng):
    """Before the tanh each unit is linear in x, plus an offset: it adds up over sums of inputs."""
    first, second = rng.uniform(0.2, 0.6, size=(2, 5, 3))
    X = np.vstack([first, second, first + second, np.zeros((5, 3))])
    z = pre_activations("features", random_tanh_features(rng, X, 7, 0.3), (20, 7)).reshape(4, 5, 7)
    equal("z(x1 + x2) + z(0)", z[2] + z[3], z[0] + z[1], axes="(N, n_units)", rtol=1e-3, atol=1e-5)


@check(points=0.5)
def generator_is_the_only_source_of_chance(random_tanh_features, rng):
    """Equal generators give equal features, and a generator that has moved on gives others."""
    X, seed = rng.normal(size=(4, 2)), int(rng.integers(2**32))
    moving = np.random.default_rng(seed)
    draws = [random_tanh_features(moving, X, 6, 0.5) for _ in range(2)]
    first, second = (array("features", draw, (4, 6), "(N, n_units)", finite=True) for draw in draws)
    equal("features", random_tanh_features(np.random.default_rng(seed), X, 6, 0.5), first, axes="(N, n_units)")
    require(not np.any(first == second), "The same generator gave the same features twice.")


@check(points=0.5)
def any_numbers_of_examples_and_units_will_do(random_tanh_features, rng):
    """One example, one unit, one input and inputs of a thousand give finite features of shape (N, n_units)."""
    for size, n_inputs, n_units in [(1, 4, 3), (5, 2, 1), (4, 1, 6), (3, 3, 3)]:
        X = 1e3 * rng.choice([-1.0, 1.0], size=(size, n_inputs))
        features = random_tanh_features(rng, X, n_units, 0.5)
        features = array("features", features, (size, n_units), "(N, n_units)", finite=True)
        require(np.all(np.abs(features) <= 1), "A feature lies outside -1 to 1.")


@check(points=0.5)
def random_features_leave_inputs_alone(random_tanh_features, rng):
    """X is the same after the call, in broken and in whole numbers, which have features that are no whole numbers."""
    for X in (rng.normal(size=(4, 3)), rng.integers(1, 3, size=(5, 2))):
        got = unchanged(random_tanh_features, rng, X, 6, 0.5)
        features = array("features", got, (len(X), 6), "(N, n_units)", finite=True)
        require(len(np.unique(np.abs(features))) > 2, "The features take only two sizes.")


# ---- hinge_loss_grad ------------------------------------------------------------------------------------------


def decisions(rng, n):
    """f and y with no example at the corner, and some on each side of it."""
    y = rng.choice([-1.0, 1.0], size=n)
    return y * rng.choice([-3.0, -0.75, 0.3, 0.9, 1.1, 4.0], size=n) * rng.uniform(0.98, 1.02, size=n), y


@check(points=0.5)
def loss_is_a_mean_over_the_examples(hinge_loss_grad, rng):
    """With one example, with a few or with many, each has its share of the mean."""
    for n in (1, 5, 60):
        f, y = decisions(rng, n)
        equal("df", hinge_loss_grad(f, y), landscape.hinge_loss_grad(f, y), axes="(N,)", examples=n)


@check(points=0.5)
def unsure_right_answers_still_pull(hinge_loss_grad, rng):
    """Between decision 0 and the margin, a right answer pulls like a wrong one, for both labels."""
    y = np.array([1.0, -1.0, 1.0, -1.0, 1.0])
    f = y * rng.uniform(0.05, 0.95, size=5)
    equal("df", hinge_loss_grad(f, y), -y / 5, axes="(N,)", examples=5)


@check(points=0.5)
def very_wrong_answers_pull_no_harder(hinge_loss_grad, rng):
    """At a distance of a thousand the slope of a wrong answer is what it is at 1; a sure right answer has slope 0."""
    y = np.array([1.0, -1.0, 1.0, -1.0])
    f = y * np.array([-1e3, -1.0, 1e3, 1.5])
    equal("df", hinge_loss_grad(f, y), np.array([-0.25, 0.25, 0.0, 0.0]), axes="(N,)", examples=4)


@check(points=0.5)
def whole_decisions_have_broken_slopes(hinge_loss_grad, rng):
    """Decisions and labels in whole numbers have slopes of one part in N."""
    y = np.array([1, -1, 1, -1, 1])
    f = y * np.array([0, -2, 3, 0, -1])
    equal("df", hinge_loss_grad(f, y), np.array([-0.2, 0.2, 0.0, 0.2, -0.2]), axes="(N,)", examples=5)


@check(points=0.5)
def hinge_loss_grad_leaves_arguments_alone(hinge_loss_grad, rng):
    """Decisions and labels are the same after the call."""
    f, y = decisions(rng, 6)
    equal("df", unchanged(hinge_loss_grad, f, y), landscape.hinge_loss_grad(f, y), axes="(N,)", examples=6)


# ---- permute_hidden_units -------------------------------------------------------------------------------------


def network(rng, sizes):
    """Parameters of a fully connected network, all drawn afresh."""
    return [(rng.normal(size=(m, n)), rng.normal(size=n)) for m, n in pairwise(sizes)]


def other_order(rng, n):
    """A permutation that is not its own inverse and leaves no unit in its place."""
    order = rng.permutation(n)
    return order if np.all(order != np.arange(n)) and np.any(order[order] != np.arange(n)) else other_order(rng, n)


def same_params(got, expected):
    """Compare the arrays of all layers."""
    names = [f"layer {k}" for k in range(len(expected))]
    for name, pair, want in zip(names, unpack(got, *names), expected, strict=True):
        equal(f"W of {name}, b of {name}", pair, want, axes=("(fan_in, fan_out)", "(fan_out,)"))


@check(points=1)
def any_hidden_layer_may_be_permuted(permute_hidden_units, rng):
    """In a deep network the units of any hidden layer may change places; layers that they do not touch stay."""
    params = network(rng, [2, 4, 5, 3, 2])
    for layer in (0, 1, 2):
        order = other_order(rng, len(params[layer][1]))
        expected = landscape.permute_hidden_units(params, layer, order)
        same_params(permute_hidden_units(params, layer, order), expected)


@check(points=1)
def function_of_a_deep_network_stays(permute_hidden_units, rng):
    """However often units of hidden layers change places, the outputs stay what they were, for every input."""
    params, X = network(rng, [3, 4, 4, 4, 2]), rng.normal(size=(5, 3))
    moved = params
    for layer in (1, 0, 2):
        moved = permute_hidden_units(moved, layer, other_order(rng, 4))
        moved = [unpack(pair, "W", "b") for pair in unpack(moved, *[f"layer {k}" for k in range(4)])]
        moved = [(array("W", W, V.shape), array("b", b, c.shape)) for (W, b), (V, c) in zip(moved, params, strict=True)]
        require(not np.allclose(moved[layer][0], params[layer][0]), f"The units of layer {layer} did not move.")
    equal("outputs", outputs(X, moved), outputs(X, params), axes="(N, fan_out)", rtol=1e-3, atol=1e-4)


def outputs(X, params):
    """The outputs of a network with tanh units."""
    for W, b in params[:-1]:
        X = np.tanh(X @ W + b)
    return X @ params[-1][0] + params[-1][1]


@check(points=0.5)
def permutation_and_its_inverse_cancel(permute_hidden_units, rng):
    """After a permutation, its inverse brings every unit back; the identity moves none."""
    params, order = network(rng, [3, 5, 1]), other_order(rng, 5)
    away = landscape.permute_hidden_units(params, 0, order)
    same_params(permute_hidden_units(away, 0, np.argsort(order)), params)
    same_params(permute_hidden_units(params, 0, np.arange(5)), params)


@check(points=0.5)
def equally_wide_layers_do_not_hide_a_slip(permute_hidden_units, rng):
    """Where all layers are equally wide, shapes tell nothing: columns below and rows above still belong together."""
    for sizes, layer in [([4, 4, 4], 0), ([4, 4, 4, 4], 1)]:
        params, order = network(rng, sizes), other_order(rng, 4)
        expected = landscape.permute_hidden_units(params, layer, order)
        same_params(permute_hidden_units(params, layer, order.tolist()), expected)


@check(points=0.5)
def whole_number_weights_may_move_too(permute_hidden_units, rng):
    """Parameters in whole numbers change places like any others; a layer of one unit stays as it is."""
    params = [(np.array([[1, 2, 3]]), np.array([4, 5, 6])), (np.array([[7], [8], [9]]), np.array([10]))]
    same_params(permute_hidden_units(params, 0, [1, 2, 0]), landscape.permute_hidden_units(params, 0, [1, 2, 0]))
    single = network(rng, [2, 1, 3])
    same_params(permute_hidden_units(single, 0, [0]), single)


@check(points=0.5)
def permute_hidden_units_leaves_arguments_alone(permute_hidden_units, rng):
    """The new parameters are a new list of new arrays; the old ones and the permutation are the same after the call."""
    params, order = network(rng, [2, 4, 3, 1]), other_order(rng, 4)
    same_params(unchanged(permute_hidden_units, params, 0, order), landscape.permute_hidden_units(params, 0, order))


# ---- momentum_step --------------------------------------------------------------------------------------------

STEP_AXES = ("shape of w", "shape of w")


@check(points=0.5)
def momentum_of_any_shape(momentum_step, rng):
    """Every weight has a velocity of its own, in arrays of any shape."""
    for shape in [(4,), (3, 5), (2, 2), (2, 1, 3)]:
        w, v, grad = rng.normal(size=(3, *shape))
        lr, mu = rng.uniform(0.1, 0.4), rng.uniform(0.5, 0.95)
        equal("w, v", momentum_step(w, v, grad, lr, mu), optimizers.momentum_step(w, v, grad, lr, mu), axes=STEP_AXES)


@check(points=0.5)
def learning_rate_is_no_part_of_the_velocity(momentum_step, rng):
    """When the learning rate changes from step to step, the velocity does not feel it; at 0 only the velocity moves."""
    w, v, grad = rng.normal(size=(3, 4))
    slow, fast = (unpack(momentum_step(w, v, grad, lr, 0.8), "w", "v") for lr in (0.0, 3.0))
    equal("w, v", tuple(slow), (w, 0.8 * v + grad), axes=STEP_AXES)
    equal("w, v", tuple(fast), (w - 3 * (0.8 * v + grad), 0.8 * v + grad), axes=STEP_AXES)


@check(points=0.5)
def momentum_zero_is_gradient_descent(momentum_step, rng):
    """With mu = 0 the step is a plain one; with gradient 0 the weights go on with what is left of the velocity."""
    w, v, grad = rng.normal(size=(3, 5))
    equal("w, v", momentum_step(w, v, grad, 0.3, 0.0), (w - 0.3 * grad, grad), axes=STEP_AXES)
    equal("w, v", momentum_step(w, v, np.zeros(5), 0.3, 0.9), (w - 0.27 * v, 0.9 * v), axes=STEP_AXES)


@check(points=0.5)
def whole_numbers_gain_broken_speed(momentum_step, rng):
    """Weights, velocities and gradients in whole numbers take broken steps."""
    w, v, grad = rng.integers(1, 9, size=(3, 2, 2))
    expected = optimizers.momentum_step(w, v, grad, 0.3, 0.7)
    equal("w, v", momentum_step(w, v, grad, 0.3, 0.7), expected, axes=STEP_AXES)


@check(points=0.5)
def momentum_step_leaves_arguments_alone(momentum_step, rng):
    """Weights and velocity are new arrays; the old ones and the gradient are the same after the call."""
    w, v, grad = rng.normal(size=(3, 2, 3))
    expected = optimizers.momentum_step(w, v, grad, 0.2, 0.9)
    equal("w, v", unchanged(momentum_step, w, v, grad, 0.2, 0.9), expected, axes=STEP_AXES)


# ---- adam_step ------------------------------------------------------------------------------------------------

ADAM_AXES = ("shape of w", "shape of w", "shape of w", "")


def adam_state(rng, shape, t):
    """w, m, v, t in the middle of a training: v is positive."""
    return rng.normal(size=shape), rng.normal(size=shape), rng.uniform(0.5, 2, size=shape), t


@check(points=1.5)
def several_steps_from_a_fresh_start(adam_step, rng):
    """Over six steps with changing gradients from a fresh start, w, m, v and t are those of the algorithm each time."""
    start, rates = rng.normal(size=(2, 3)), (0.1, 0.8, 0.95, 1e-3)
    state = expected = start, np.zeros((2, 3)), np.zeros((2, 3)), 0
    for step in range(1, 7):
        grad = rng.normal(size=(2, 3))
        got = unpack(adam_step(*state, grad, *rates), "w", "m", "v", "t")
        expected = optimizers.adam_step(*expected, grad, *rates)
        names = ", ".join(f"{name} after {step} steps" for name in "wmvt")
        equal(names, tuple(got), expected, axes=ADAM_AXES)
        state = *(array(name, part, (2, 3)).astype(float) for name, part in zip("wmv", got, strict=False)), step


@check(points=1)
def correction_belongs_to_the_number_of_the_step(adam_step, rng):
    """With the same memory, step 1, step 4 and step 1000 correct it differently; late steps hardly at all."""
    for t in (0, 3, 999):
        case = *adam_state(rng, (4,), t), rng.normal(size=4), 0.05, 0.9, 0.99, 1e-6
        equal("w, m, v, t", adam_step(*case), optimizers.adam_step(*case), axes=ADAM_AXES)


@check(points=1)
def memories_have_their_own_lengths(adam_step, rng):
    """beta1 belongs to the gradient and beta2 to its square: each may be 0, short or long on its own."""
    for beta1, beta2 in [(0.0, 0.9), (0.9, 0.0), (0.3, 0.999), (0.99, 0.5)]:
        case = *adam_state(rng, (3,), 2), rng.normal(size=3), 0.05, beta1, beta2, 1e-8
        equal("w, m, v, t", adam_step(*case), optimizers.adam_step(*case), axes=ADAM_AXES)


@check(points=0.5)
def weights_of_adam_may_have_any_shape(adam_step, rng):
    """Every weight has averages of its own, in arrays of any shape."""
    for shape in [(1,), (3, 5), (2, 2), (2, 1, 3)]:
        case = *adam_state(rng, shape, 5), rng.normal(size=shape), 0.05, 0.8, 0.9, 1e-4
        equal("w, m, v, t", adam_step(*case), optimizers.adam_step(*case), axes=ADAM_AXES)


@check(points=1)
def eps_stands_beside_the_root(adam_step, rng):
    """A large eps damps the step as a term beside the root of the corrected v, early and late."""
    for t, eps in [(0, 0.5), (2, 2.0), (50, 0.1)]:
        case = *adam_state(rng, (3, 2), t), rng.normal(size=(3, 2)), 0.3, 0.9, 0.99, eps
        equal("w, m, v, t", adam_step(*case), optimizers.adam_step(*case), axes=ADAM_AXES)


@check(points=0.5)
def gradients_of_zero_are_steps_too(adam_step, rng):
    """Without a gradient a fresh start stays finite and where it is; later, memory keeps the weights moving."""
    w, m, v, _ = adam_state(rng, (3,), 0)
    fresh = adam_step(w, np.zeros(3), np.zeros(3), 0, np.zeros(3), 0.1, 0.9, 0.999, 1e-8)
    equal("w, m, v, t", fresh, (w, np.zeros(3), np.zeros(3), 1), axes=ADAM_AXES)
    case = w, m, v, 7, np.zeros(3), 0.1, 0.9, 0.999, 1e-8
    equal("w, m, v, t", adam_step(*case), optimizers.adam_step(*case), axes=ADAM_AXES)


@check(points=0.5)
def adam_step_leaves_arguments_alone(adam_step, rng):
    """The results are new arrays; weights, averages and gradient are the same after the call, in whole numbers too."""
    whole = rng.integers(1, 9, size=(4, 3))
    for w, m, v, grad in (rng.uniform(1, 2, size=(4, 2, 2)), whole):
        case = w, m, v, 3, grad, 0.1, 0.7, 0.9, 1e-3
        equal("w, m, v, t", unchanged(adam_step, *case), optimizers.adam_step(*case), axes=ADAM_AXES)


# ---- step_decay, inverse_time_decay, cosine_decay -------------------------------------------------------------


@check(points=1)
def drops_come_at_multiples_of_every(step_decay, rng):
    """For any factor and distance, the epochs just before, at and just after each drop have their rates."""
    for every in (1, 2, 5):
        lr0, gamma = rng.uniform(0.1, 2), rng.uniform(0.2, 0.8)
        for epoch in (0, every - 1, every, 2 * every - 1, 2 * every, 3 * every + every // 2):
            expected = optimizers.step_decay(epoch, lr0, gamma, every)
            equal("the rate", step_decay(epoch, lr0, gamma, every), expected)


@check(points=0.5)
def drops_multiply(step_decay, rng):
    """After many drops the factor has been applied many times; a factor of 1 changes nothing."""
    lr0 = rng.uniform(0.1, 2)
    equal("the rate", step_decay(70, lr0, 0.9, 7), lr0 * 0.9**10)
    equal("the rate", step_decay(35, lr0, 1.0, 4), lr0)


@check(points=0.5)
def rates_may_start_from_whole_numbers(step_decay, rng):
    """A learning rate of a whole number drops to broken ones."""
    equal("the rate", step_decay(9, 3, 0.1, 3), 0.003)


@check(points=1)
def rate_falls_with_one_over_time(inverse_time_decay, rng):
    """For any lr0, k and time, whole or broken, the rate is lr0 over a divisor that grows by k in each unit of time."""
    for t in (0, 1, 3, 2.5, 40):
        lr0, k = rng.uniform(0.1, 2), rng.uniform(0.2, 3)
        equal("the rate", inverse_time_decay(t, lr0, k), optimizers.inverse_time_decay(t, lr0, k))


@check(points=0.5)
def rate_without_decay_stays(inverse_time_decay, rng):
    """With k = 0, or at time 0, the rate is lr0."""
    lr0 = rng.uniform(0.1, 2)
    equal("the rate", inverse_time_decay(25, lr0, 0.0), lr0)
    equal("the rate", inverse_time_decay(0, lr0, rng.uniform(1, 9)), lr0)


@check(points=0.5)
def whole_numbers_have_broken_rates(inverse_time_decay, rng):
    """lr0, k and time in whole numbers have a rate that may be broken."""
    equal("the rate", inverse_time_decay(3, 2, 1), 0.5)
    equal("the rate", inverse_time_decay(2, 1, 4), 1 / 9)


@check(points=1)
def cosine_depends_on_the_share_of_time(cosine_decay, rng):
    """For any lr0 and t_max, whole or broken, the rate is set by the share of the time that has passed."""
    for t_max in (1, 7, 2.5, 300):
        lr0, share = rng.uniform(0.1, 2), rng.uniform(0.1, 0.9)
        expected = optimizers.cosine_decay(share * t_max, t_max, lr0)
        equal("the rate", cosine_decay(share * t_max, t_max, lr0), expected)


@check(points=0.5)
def cosine_is_symmetric_about_half_time(cosine_decay, rng):
    """The rates at times t and t_max - t add up to lr0."""
    lr0, t = rng.uniform(0.5, 2), rng.uniform(1, 8)
    early, late = number("the rate", cosine_decay(t, 20, lr0)), number("the rate", cosine_decay(20 - t, 20, lr0))
    equal("the sum of both rates", early + late, lr0, rtol=1e-4)
    require(early > late, "The rate at the later time is not the smaller one.")


@check(points=0.5)
def whole_times_have_broken_rates(cosine_decay, rng):
    """Times and lr0 in whole numbers have a rate that may be broken, and the last one is 0."""
    equal("the rate", cosine_decay(1, 4, 1), (2 + 2**0.5) / 4)
    equal("the rate", cosine_decay(3, 3, 2), 0.0)


# ---- count_weights --------------------------------------------------------------------------------------------


@check(points=1)
def every_pair_of_neighbours_multiplies(count_weights, rng):
    """Networks of any depth have one weight for each pair of units in neighbouring layers."""
    for depth in (2, 3, 4, 7):
        sizes = rng.integers(2, 12, size=depth).tolist()
        equal(f"weights of {'-'.join(map(str, sizes))}", count_weights(sizes), landscape.count_weights(sizes))


@check(points=0.5)
def wide_layers_have_many_weights(count_weights, rng):
    """A thousand units on a thousand units have a million weights; no hidden layer leaves inputs times outputs."""
    equal("weights of 1000-1000-1000", count_weights([1000, 1000, 1000]), 2_000_000)
    equal("weights of 7-3", count_weights([7, 3]), 21)


@check(points=0.5)
def count_weights_leaves_sizes_alone(count_weights, rng):
    """The list of sizes is the same after the call; sizes may stand in a tuple."""
    equal("weights of 4-3-2-5", unchanged(count_weights, [4, 3, 2, 5]), 28)
    equal("weights of 4-3-2-5", count_weights((4, 3, 2, 5)), 28)


# ---- random_search --------------------------------------------------------------------------------------------


def searched(got, names, n_trials):
    """best and trials as pairs (choices, cost), choices being a tuple in the order of `names`."""
    best, trials = unpack(got, "best", "trials")
    require(isinstance(trials, (list, tuple)), "trials is no list.", "SHAPE")
    require(len(trials) == n_trials, f"There are {len(trials)} trials, expected {n_trials}.", "SHAPE")
    return _trial("best", best, names), [_trial(f"trials[{k}]", trial, names) for k, trial in enumerate(trials)]


def _trial(name, trial, names):
    config, cost = unpack(trial, f"the configuration of {name}", f"the cost of {name}")
    fits = isinstance(config, dict) and set(config) == set(names)
    require(fits, f"The configuration of {name} is no dict with the names of the space.", "SHAPE")
    return tuple(_plain(config[key]) for key in names), number(f"the cost of {name}", cost)


def _plain(value):
    value = value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value
    return tuple(value) if isinstance(value, list) else value


@check(points=1)
def choices_are_equally_likely_and_independent(random_search, rng):
    """In the long run every pair of choices of two names is tried equally often, whatever was tried just before."""
    space = {"depth": [1, 2, 3], "lr": [0.5, 0.25, 0.125]}
    _, trials = searched(random_search(rng, lambda config: 1.0, space, 500), ["depth", "lr"], 500)
    tried = [choices for choices, _ in trials]
    counts = [tried.count(pair) for pair in product(space["depth"], space["lr"])]
    require(sum(counts) == 500, "A trial has a choice that is not in the space.")
    require_shares("pair", counts, [1 / 9] * 9)
    again = sum(one == other for one, other in pairwise(tried))
    require_share("trials that repeat the one before", again, 499, 1 / 9)


@check(points=1)
def cheapest_of_many_names_wins(random_search, rng):
    """With several names, costs of either sign, large or small, and trials in any order, best is the cheapest trial."""
    space = {"width": list(range(40)), "lr": [-1.0, 0.5, 2.0], "kind": ["tanh", "relu"]}

    def cost(width, lr, kind):
        return (width - 17) * lr - 5.0 * (kind == "relu")

    got = random_search(rng, lambda config: cost(config["width"], config["lr"], config["kind"]), space, 25)
    best, trials = searched(got, ["width", "lr", "kind"], 25)
    equal("the costs", [c for _, c in trials], np.array([cost(*choices) for choices, _ in trials]))
    require(best == min(trials, key=lambda trial: trial[1]), "best is not the cheapest trial.")
    for highest in (0.9, 0.9, 0.9, 1e12):  # thrice: by chance the first trial is the cheapest one
        got = random_search(rng, lambda config, c=highest: c - config["seed"] / 4096, {"seed": list(range(2000))}, 30)
        best, trials = searched(got, ["seed"], 30)
        require(best == min(trials, key=lambda trial: trial[1]), "best is not the cheapest trial.")


@check(points=1)
def first_of_equal_trials_is_best(random_search, rng):
    """If several trials share the least cost, best is the one that was tried first."""
    best, trials = searched(random_search(rng, lambda config: 2.0, {"seed": list(range(1000))}, 8), ["seed"], 8)
    require(best == trials[0], "All trials cost the same, and best is not the first of them.")


@check(points=1)
def generator_decides_alone_what_is_tried(random_search, rng):
    """Equal generators try the same configurations; a generator that has moved on tries others."""
    space, seed = {"seed": list(range(1000)), "width": list(range(50))}, int(rng.integers(2**32))
    moving = np.random.default_rng(seed)
    generators = moving, moving, np.random.default_rng(seed)
    first, second, again = (
        searched(random_search(generator, lambda config: 1.0 * config["seed"], space, 6), ["seed", "width"], 6)[1]
        for generator in generators
    )
    require(again == first, "Equal generators did not try the same configurations.")
    require(second != first, "The same generator tried the same configurations twice.")


@check(points=0.5)
def choices_may_be_tuples_and_strings(random_search, rng):
    """A choice may be a tuple, such as the sizes of a network, or a string; a name may have a single choice."""
    space = {"sizes": [(2, 6, 1), (2, 3, 3, 1), (2, 1)], "hidden": ["tanh"], "epochs": [10]}
    got = random_search(rng, lambda config: float(len(config["sizes"])), space, 10)
    _, trials = searched(got, ["sizes", "hidden", "epochs"], 10)
    for (sizes, hidden, epochs), cost in trials:
        require(sizes in space["sizes"], "A trial has sizes that are not in the space.")
        require((hidden, epochs) == ("tanh", 10), "A name with a single choice has another one.")
        equal("the cost", cost, float(len(sizes)))


@check(points=0.5)
def random_search_leaves_the_space_alone(random_search, rng):
    """The space is the same after the search; one trial is a search, too."""
    space = {"width": [2, 4, 8], "lr": [0.5, 0.25]}
    best, trials = searched(unchanged(random_search, rng, lambda config: 1.0, space, 1), ["width", "lr"], 1)
    require(best == trials[0], "The only trial is not the best one.")
