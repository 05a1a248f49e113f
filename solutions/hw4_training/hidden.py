"""Checks of homework 4 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref.

Loops are judged by inputs for which the random order cannot matter, or leaves a trace that can be read off exactly.
"""

from itertools import pairwise

import numpy as np

from autograder.chance import require_share, require_uniform
from autograder.check import check
from autograder.compare import array, equal, number, require, unpack
from autograder.guard import unchanged
from nnref import outputs as decisions
from nnref import training

PARAMS_AXES = ("(fan_in, fan_out)", "(fan_out,)")


def network(rng, *widths):
    """Parameters of a network of these widths."""
    return [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(widths)]


def problem(rng, size, widths, names):
    """X, y, params, activations."""
    return rng.normal(size=(size, widths[0])), rng.normal(size=(size, widths[-1])), network(rng, *widths), names


def same_params(got, expected, examples=None):
    """Compare parameters, layer by layer."""
    layers = unpack(got, *(f"layer {k}" for k in range(1, len(expected) + 1)))
    for k, (layer, pair) in enumerate(zip(layers, expected, strict=True), start=1):
        equal(f"W{k}, b{k}", layer, tuple(pair), axes=PARAMS_AXES, examples=examples)


# ---- small_uniform_init ---------------------------------------------------------------------------------------


@check(points=1)
def weights_fill_the_interval_evenly(small_uniform_init, rng):
    """Every weight is drawn on its own, evenly between -eps and eps."""
    for eps in (0.05, 3.0):
        W = array("W", small_uniform_init(rng, 80, 70, eps), (80, 70), "(fan_in, fan_out)", True)
        require_uniform("W", W, -eps * (1 + 1e-6), eps * (1 + 1e-6))
        require_uniform("W without its signs", np.abs(W), 0.0, eps * (1 + 1e-6))


@check(points=0.5)
def interval_does_not_depend_on_the_width(small_uniform_init, rng):
    """The interval is the same for one input and for a thousand; no weight has to stand at its end."""
    for fan_in, fan_out in [(1500, 1), (1, 1500), (400, 4), (4, 400)]:
        W = array("W", small_uniform_init(rng, fan_in, fan_out, 0.5), (fan_in, fan_out), "(fan_in, fan_out)", True)
        require_uniform("W", W, -0.5000005, 0.5000005)
    # Three sizes as close as this come by chance once in 1e11.
    sizes = [abs(number("W", small_uniform_init(rng, 1, 1, 0.5))) for _ in range(3)]
    require(max(sizes) - min(sizes) > 1e-6 * 0.5, "The only weight of a layer has the same size in every draw.")


@check(points=0.5)
def initial_weights_come_from_the_generator(small_uniform_init, rng):
    """The same generator in the same state gives the same weights; another state, or a second call, other ones."""
    seed = int(rng.integers(1, 2**31))
    same, one, other = (np.random.default_rng(seed + k) for k in (0, 0, 1))
    Ws = [array("W", small_uniform_init(g, 4, 3, 0.1), (4, 3), "(fan_in, fan_out)") for g in (same, one, one, other)]
    equal("W of a generator in the same state", Ws[1], Ws[0])
    require(np.any(Ws[1] != Ws[2]), "A second call with the same generator has the same weights.")
    require(np.any(Ws[0] != Ws[3]), "Generators in different states give the same weights.")


# ---- minmax_scale ---------------------------------------------------------------------------------------------


@check(points=1)
def each_column_has_its_own_scale(minmax_scale, rng):
    """Columns of any size and place are measured by their own extremes in the training set."""
    for rows, columns, others in [(20, 3, 7), (4, 4, 4), (9, 1, 1), (2, 5, 1)]:
        middle, spread = rng.uniform(-5, 5, size=columns), rng.uniform(0.1, 9, size=columns)
        train, X = (middle + spread * rng.normal(size=(size, columns)) for size in (rows, others))
        for shown in (X, train):
            equal(
                "minmax_scale(train, X)", minmax_scale(train, shown), training.minmax_scale(train, shown), axes="(N, D)"
            )


@check(points=0.5)
def unit_of_measurement_does_not_matter(minmax_scale, rng):
    """Metres or kilometres, Celsius or Kelvin: another unit or another zero leaves the scaled columns as they are."""
    train, X = rng.normal(size=(6, 2)), rng.normal(size=(3, 2))
    expected = training.minmax_scale(train, X)
    for unit, zero in [(1e-9, 0.0), (1e6, 0.0), (2.0, 300.0), (1.0, -50.0)]:
        got = minmax_scale(unit * train + zero, unit * X + zero)
        equal("minmax_scale(train, X) in another unit", got, expected, axes="(N, D)", rtol=1e-4, atol=1e-6)


@check(points=0.5)
def single_training_example_scales_everything_to_zero(minmax_scale, rng):
    """With one training example, or several alike, every column is constant; beside others, only the constant ones."""
    row, X = rng.normal(size=(1, 3)), rng.normal(size=(4, 3))
    for train in (row, np.repeat(row, 5, axis=0)):
        equal("minmax_scale(train, X)", minmax_scale(train, X), np.zeros((4, 3)), axes="(N, D)")
    train = np.column_stack([rng.normal(size=5), np.full(5, -2.5), rng.normal(size=5), np.zeros(5)])
    X = rng.normal(size=(3, 4))
    equal("minmax_scale(train, X)", minmax_scale(train, X), training.minmax_scale(train, X), axes="(N, D)")


@check(points=0.5)
def whole_numbers_are_scaled_to_broken_ones(minmax_scale, rng):
    """Whole numbers become broken ones, also below the training set's smallest and above its largest."""
    X = rng.integers(-30, 256, size=(5, 3))
    train = np.array([[40, 50, 90], [200, 180, 97], [60, 60, 93], [60, 70, 95]])
    X[0], X[1] = [7, 3, 5], [251, 240, 255]
    expected = training.minmax_scale(train.astype(float), X.astype(float))
    equal("minmax_scale(train, X)", minmax_scale(train, X), expected, axes="(N, D)")


@check(points=0.5)
def minmax_scale_leaves_arguments_alone(minmax_scale, rng):
    """The scaled examples are a new array; the training set and the examples are the same after the call."""
    train, X = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    train[:, 2] = 1.5
    equal("minmax_scale(train, X)", unchanged(minmax_scale, train, X), training.minmax_scale(train, X), axes="(N, D)")


# ---- one_hot --------------------------------------------------------------------------------------------------


@check(points=0.5)
def every_label_has_its_column(one_hot, rng):
    """Whatever the labels are, row n holds a 1 at column y[n] and nothing else."""
    for size, classes in [(9, 4), (5, 5), (2, 7), (30, 2)]:
        y = rng.integers(classes, size=size)
        expected = (y[:, None] == np.arange(classes)).astype(float)
        equal("one_hot(y, n_classes)", one_hot(y, classes), expected, axes="(N, K)")


@check(points=0.5)
def absent_classes_keep_their_column(one_hot, rng):
    """A class that no example has keeps its column of zeros, be it the first, the last or one between."""
    for y, classes in [([1, 3, 1], 6), ([4], 5), ([0, 0], 3), ([2, 5], 6)]:
        expected = (np.array(y)[:, None] == np.arange(classes)).astype(float)
        equal("one_hot(y, n_classes)", one_hot(np.array(y), classes), expected, axes="(N, K)")


@check(points=0.5)
def one_hot_leaves_labels_alone(one_hot, rng):
    """The labels are the same after the call, in whichever type of whole numbers they come."""
    for kind in (np.int64, np.int32, np.uint8):
        y = rng.permutation(5).astype(kind)
        expected = (y[:, None] == np.arange(6)).astype(float)
        equal("one_hot(y, n_classes)", unchanged(one_hot, y, 6), expected, axes="(N, K)")


# ---- minibatches ----------------------------------------------------------------------------------------------


def epoch_of(result, n):
    """The batches of one epoch as arrays, and all their numbers in the order in which they come."""
    result = list(result) if isinstance(result, np.ndarray) and result.ndim == 2 else result
    require(isinstance(result, (list, tuple)), "minibatches has to return a list of index arrays.", "SHAPE")
    batches = [array(f"batch {k}", batch, (None,), "(size of the batch,)", True) for k, batch in enumerate(result)]
    order = np.concatenate([np.zeros(0), *batches])
    require(order.size == n, f"The batches hold {order.size} numbers, expected {n}.")
    return batches, order


@check(points=1)
def epochs_of_any_size_are_cut_into_batches(minibatches, rng):
    """Whatever n and batch_size are, each number comes once, all batches but the last are full, and none is empty."""
    for n, batch_size in [(1, 1), (1, 9), (17, 1), (8, 8), (9, 8), (7, 8), (16, 8), (int(rng.integers(40, 60)), 7)]:
        batches, order = epoch_of(minibatches(rng, n, batch_size), n)
        equal("all numbers, sorted", np.sort(order), np.arange(n))
        sizes = [len(batch) for batch in batches]
        last = n % batch_size or batch_size
        require(sizes[-1] == last, "The last batch does not hold what is left over.")
        require(all(size == batch_size for size in sizes[:-1]), "A batch before the last one is not full.")


@check(points=1)
def every_order_is_as_likely_as_any_other(minibatches, rng):
    """Of two places, in one batch or in two, either may hold the larger number, as often as chance says."""
    # In a random order, disjoint pairs of places are ordered by independent throws of a fair coin.
    _, order = epoch_of(minibatches(rng, 4000, 8), 4000)
    pairs = {
        "Neighbours in ascending order": order[::2] < order[1::2],
        "First and last of a batch in ascending order": order[::8] < order[7::8],
        "Places half an epoch apart in ascending order": order[:2000] < order[2000:],
        "Places mirrored in the middle in ascending order": order[:2000] < order[:1999:-1],
    }
    for name, ascending in pairs.items():
        require_share(name, int(np.sum(ascending)), len(ascending), 0.5)
    # A number is followed by its successor about once in an order; 25 times happens less than once in 1e24.
    require(np.sum(np.diff(order) == 1) < 25, "Many numbers are followed by the next larger one.")


@check(points=0.5)
def every_batch_mixes_the_whole_set(minibatches, rng):
    """First, middle and last batch hold small and large numbers as chance has it; no number has a place of its own."""
    batches, _ = epoch_of(minibatches(rng, 2000, 400), 2000)
    require(len(batches) == 5, f"2000 numbers in batches of 400 make 5 batches, not {len(batches)}.")
    for k in (0, 2, 4):  # Hoeffding (1963): draws without replacement keep closer to their mean than independent ones
        require_share(f"Numbers below 1000 in batch {k}", int(np.sum(batches[k] < 1000)), 400, 0.5)
    # Of three numbers each comes at each place in one order of three; never in 60 orders happens once in 4e9.
    orders = np.array([epoch_of(minibatches(rng, 3, 2), 3)[1] for _ in range(60)])
    for k in range(3):
        require(np.any(orders == k, axis=0).all(), f"Of three numbers, {k} never comes at one of the three places.")


@check(points=0.5)
def order_of_an_epoch_comes_from_the_generator(minibatches, rng):
    """The same generator in the same state gives the same batches; another state, or a second call, other ones."""
    seed = int(rng.integers(1, 2**31))
    same, one, other = (np.random.default_rng(seed + k) for k in (0, 0, 1))
    orders = [epoch_of(minibatches(generator, 50, 8), 50)[1] for generator in (same, one, one, other)]
    require(np.array_equal(orders[0], orders[1]), "Two generators in the same state give different orders.")
    require(np.any(orders[1] != orders[2]), "A second call with the same generator has the same order.")
    require(np.any(orders[0] != orders[3]), "Generators in different states give the same order.")


# ---- minibatch_step -------------------------------------------------------------------------------------------


def steps_of_any_depth(minibatch_step, rng, part):
    """Compare the weights (part 0) or the biases (part 1) after a step of networks of one layer to four."""
    widths, names = (3, 5, 4, 2, 1), ["tanh", "logistic", "tanh", "identity"]
    for depth in (1, 2, 3, 4):
        case = problem(rng, 6, widths[: depth + 1], names[-depth:])
        layers = unpack(minibatch_step(*case, 0.3), *(f"layer {k}" for k in range(1, depth + 1)))
        for k, (layer, pair) in enumerate(zip(layers, training.minibatch_step(*case, 0.3), strict=True), start=1):
            found = unpack(layer, f"W{k}", f"b{k}")[part]
            equal(f"{'Wb'[part]}{k}", found, pair[part], axes=PARAMS_AXES[part], examples=6)


@check(points=1)
def weights_of_any_network_take_a_step(minibatch_step, rng):
    """From one layer to four, all weights take their step at once."""
    steps_of_any_depth(minibatch_step, rng, 0)


@check(points=0.5)
def biases_of_any_network_take_a_step(minibatch_step, rng):
    """From one layer to four, all biases take their step at once."""
    steps_of_any_depth(minibatch_step, rng, 1)


@check(points=0.5)
def learning_rate_scales_the_step(minibatch_step, rng):
    """A learning rate of 0 moves nothing, one a hundred times as large moves everything a hundred times as far."""
    X, y, params, names = problem(rng, 5, (2, 3, 2), ["tanh", "identity"])
    once = training.minibatch_step(X, y, params, names, 1.0)
    for lr in (0.0, 0.05, 5.0):
        expected = [
            tuple(old + lr * (new - old) for old, new in zip(*pair, strict=True))
            for pair in zip(params, once, strict=True)
        ]
        same_params(minibatch_step(X, y, params, names, lr), expected)


@check(points=0.5)
def one_example_makes_a_batch(minibatch_step, rng):
    """A batch of one example moves the parameters by its own slopes, a batch of forty by the mean of forty."""
    for size in (1, 2, 40):
        case = problem(rng, size, (2, 4, 3), ["tanh", "identity"])
        same_params(minibatch_step(*case, 0.2), training.minibatch_step(*case, 0.2), examples=size)


@check(points=0.5)
def whole_numbers_take_broken_steps(minibatch_step, rng):
    """Examples and weights in whole numbers become broken weights."""
    X, y = rng.integers(1, 5, size=(3, 2)), rng.integers(5, 9, size=(3, 1))
    params = [
        (rng.integers(1, 3, size=(2, 2)), np.array([1, -2])),
        (rng.integers(1, 3, size=(2, 1)), np.array([3])),
    ]
    names = ["identity", "identity"]
    same_params(minibatch_step(X, y, params, names, 0.01), training.minibatch_step(X, y, params, names, 0.01))


@check(points=0.5)
def minibatch_step_leaves_arguments_alone(minibatch_step, rng):
    """The new parameters are new arrays; the batch and the old parameters are the same after the call."""
    case = problem(rng, 4, (2, 3, 1), ["tanh", "identity"])
    same_params(unchanged(minibatch_step, *case, 0.3), training.minibatch_step(*case, 0.3))


# ---- sgd_epoch ------------------------------------------------------------------------------------------------


@check(points=1)
def each_step_starts_where_the_last_one_ended(sgd_epoch, rng):
    """Over a whole epoch with large steps, every example moves the parameters that the one before it has left."""
    for size, widths, names in [
        (5, (2, 4, 1), ["tanh", "identity"]),
        (4, (3, 3, 2), ["tanh", "logistic"]),
        (6, (2, 2), ["identity"]),
    ]:
        case = problem(rng, size, widths, names)
        order = rng.permutation(size)
        same_params(sgd_epoch(*case, 0.2, order), training.sgd_epoch(*case, 0.2, order), examples=size)


@check(points=0.5)
def order_may_be_any_sequence_of_rows(sgd_epoch, rng):
    """The order counts, as an array or as a list: forwards, backwards, mixed, with rows left out or taken twice."""
    case = problem(rng, 4, (2, 3, 1), ["tanh", "identity"])
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], np.array([1, 3, 0, 2]), [2, 0, 2], np.array([3, 1, 1, 0, 3, 2])):
        same_params(sgd_epoch(*case, 0.25, order), training.sgd_epoch(*case, 0.25, order))


@check(points=0.5)
def examples_keep_their_targets_in_an_epoch(sgd_epoch, rng):
    """Parameters that fit every example exactly have no reason to move, in whichever order the examples come."""
    X, (W, b) = rng.integers(1, 9, size=(5, 2)) / 8, (rng.integers(1, 9, size=(2, 2)) / 4, np.array([0.5, -1.0]))
    for order in (rng.permutation(5), [4, 3, 2, 1, 0]):
        same_params(sgd_epoch(X, X @ W + b, [(W, b)], ["identity"], 0.5, order), [(W, b)])


@check(points=0.5)
def epoch_of_one_example_is_one_step(sgd_epoch, rng):
    """With one example an epoch is a single step; with learning rate 0 it changes nothing."""
    case = problem(rng, 1, (3, 4, 2), ["tanh", "identity"])
    same_params(sgd_epoch(*case, 0.3, [0]), training.minibatch_step(*case, 0.3))
    X, y, params, names = problem(rng, 3, (2, 3, 1), ["tanh", "identity"])
    same_params(sgd_epoch(X, y, params, names, 0.0, [2, 0, 1]), params)


@check(points=0.5)
def sgd_epoch_leaves_arguments_alone(sgd_epoch, rng):
    """Examples, old parameters and order are the same after the epoch, whole numbers too."""
    case = (*problem(rng, 3, (2, 3, 1), ["tanh", "identity"]), 0.25, rng.permutation(3))
    same_params(unchanged(sgd_epoch, *case), training.sgd_epoch(*case))
    X, y = rng.integers(1, 5, size=(3, 2)), rng.integers(-5, 0, size=(3, 1))
    case = X, y, [(np.array([[2], [-1]]), np.array([3]))], ["identity"], 0.01, [1, 2, 0]
    same_params(unchanged(sgd_epoch, *case), training.sgd_epoch(*case))


# ---- train ----------------------------------------------------------------------------------------------------


def params_and_history(result, epochs=None):
    """The parameters as they came, and the history as an array of that many costs."""
    params, history = unpack(result, "params", "history")
    return params, array("history", history, (epochs,), "(epochs that ran,)", finite=True)


def trained(train, rng, targets, epochs, tol, lr=0.125, batch_size=2):
    """Parameters and history of one weight and one bias, both 0, on examples that all lie at x = 1."""
    y = np.reshape(np.array(targets, dtype=float), (-1, 1))
    start = [(np.zeros((1, 1)), np.zeros(1))]
    return params_and_history(train(rng, np.ones(y.shape), y, start, ["identity"], lr, batch_size, epochs, tol))


def history_of(train, rng, targets, epochs, tol, **how):
    """The history of `trained` alone."""
    return trained(train, rng, targets, epochs, tol, **how)[1]


def runs(history, epochs, what):
    """Fail unless that many epochs ran."""
    require(history.size == epochs, f"{what}: {history.size} epochs ran, expected {epochs}.")


@check(points=1)
def one_batch_an_epoch_is_plain_gradient_descent(train, rng):
    """If a batch holds all examples, the order does not matter: parameters and costs are those of gradient descent."""
    for size, widths, names, batch_size in [
        (6, (2, 3, 2), ["tanh", "identity"], 6),
        (4, (3, 4, 2, 1), ["tanh", "tanh", "logistic"], 9),
    ]:
        X, y, start, _ = problem(rng, size, widths, names)
        costs, expected = [], start
        for _ in range(4):
            expected = training.minibatch_step(X, y, expected, names, 0.2)
            costs.append(training.squared_error(training.mlp_forward(X, expected, names)[1][-1], y))
        params, history = params_and_history(train(rng, X, y, start, names, 0.2, batch_size, 4, 0.0), 4)
        equal("history", history, np.array(costs), axes="(epochs,)", examples=size)
        same_params(params, expected, examples=size)


@check(points=1)
def as_many_steps_as_batches(train, rng):
    """If all examples are alike, the order does not matter, and 5 of them in batches of 2 make three steps an epoch."""
    x, y, start, names = problem(rng, 1, (2, 3, 1), ["tanh", "identity"])
    for size, batch_size, steps in [(5, 2, 3), (5, 1, 5), (6, 3, 2), (4, 3, 2), (3, 8, 1)]:
        X, Y = np.repeat(x, size, axis=0), np.repeat(y, size, axis=0)
        expected = start
        for _ in range(2 * steps):
            expected = training.minibatch_step(x, y, expected, names, 0.05)
        params, _ = params_and_history(train(rng, X, Y, start, names, 0.05, batch_size, 2, 0.0), 2)
        same_params(params, expected)


@check(points=1)
def each_epoch_has_an_order_of_its_own(train, rng):
    """Where the last example alone decides the cost, it is not the same one at the end of every epoch."""
    # With input 0 and learning rate 1/2 a step sets the bias to its example's target. 40 examples, 12 epochs: the same
    # one is always last by chance once in 4e17.
    y = np.arange(40.0)[:, None] ** 2
    start = [(np.zeros((1, 1)), np.array([-100.0]))]  # its cost is that of no example
    params, history = params_and_history(train(rng, np.zeros((40, 1)), y, start, ["identity"], 0.5, 1, 12, 0.0), 12)
    possible = np.array([np.mean((y - last) ** 2) for last in y.ravel()])
    found = np.argmin(np.abs(possible - history[:, None]), axis=1)
    equal("history", history, possible[found], rtol=1e-4)
    same_params(params, [(np.zeros((1, 1)), y[found[-1]])])
    require(len(set(found.tolist())) > 1, "In twelve epochs the last example of the epoch is always the same.")


@check(points=1)
def small_change_ends_training(train, rng):
    """Training stops after the first epoch, be it number 1, that changed the cost by less than tol, and keeps it."""
    targets = (-6.0, 14.0)  # costs 116, then 104, 101, 100.25, 100.0625
    costs = 100 + np.array([4.0, 1.0, 0.25, 0.0625, 0.015625])
    for tol, epochs in [(13.0, 1), (11.0, 2), (4.0, 2), (2.0, 3), (0.5, 4), (0.01, 5)]:
        params, history = trained(train, rng, targets, 5, tol)
        runs(history, epochs, f"Costs 116, 104, 101, 100.25, 100.06 with tol = {tol}")
        equal("history", history, costs[:epochs])
        half = 2 - 2 * 0.5**epochs  # weight and bias move alike; each step halves the way to their sum, 4
        same_params(params, [(np.array([[half]]), np.array([half]))])
    # A logistic unit with z = 20 hardly moves: its cost is 1/4 before and after, whatever z itself would cost.
    start, X, y = [(np.zeros((1, 1)), np.array([20.0]))], np.ones((2, 1)), np.full((2, 1), 0.5)
    _, history = params_and_history(train(rng, X, y, start, ["logistic"], 0.5, 2, 3, 0.1))
    runs(history, 1, "A saturated output with tol = 0.1")
    equal("history", history, np.array([0.25]))


@check(points=0.5)
def small_cost_ends_training(train, rng):
    """Training stops after the first epoch that ends below tol, however large the change; not before the first."""
    for tol, epochs in [(11.0, 1), (2.0, 2), (0.7, 3), (0.15, 4), (0.001, 5)]:
        history = history_of(train, rng, (4.0, 4.0), 5, tol)
        runs(history, epochs, f"Costs 4, 1, 0.25, 0.0625, 0.0156 with tol = {tol}")
    # Three steps an epoch: the cost is 4, 1 and then 1/4 at its end.
    history = history_of(train, rng, (4.0, 4.0, 4.0), 5, 2.0, batch_size=1)
    runs(history, 1, "A cost that is 4, 1 and 0.25 within the first epoch, with tol = 2.0")
    equal("history", history, np.array([0.25]))
    runs(history_of(train, rng, (0.0, 0.0), 5, 0.5), 1, "A cost of 0 from the start with tol = 0.5")


@check(points=1)
def rising_cost_is_a_change_too(train, rng):
    """A cost that grows by more than tol does not stop training; one that grows by less than tol does."""
    # The error is multiplied by 1 - 4 lr in every step.
    X, y, start = np.ones((2, 1)), np.full((2, 1), 4.0), [(np.zeros((1, 1)), np.zeros(1))]
    params, fast = params_and_history(train(rng, X, y, start, ["identity"], 0.75, 2, 6, 0.5))
    runs(fast, 6, "A cost that is four times as large after every epoch, with tol = 0.5")
    equal("history", fast, 16 * 4.0 ** np.arange(1, 7))
    same_params(params, [(np.array([[-126.0]]), np.array([-126.0]))])  # the error is -256, that is W + b - 4
    runs(history_of(train, rng, (4.0, 4.0), 6, 0.5, lr=0.501), 1, "A cost that goes from 16 to 16.13, with tol = 0.5")
    runs(history_of(train, rng, (4.0, 4.0), 6, 0.0, lr=0.501), 6, "A cost that grows slowly, with tol = 0")


@check(points=0.5)
def tol_of_zero_runs_all_epochs(train, rng):
    """With tol = 0 all epochs run, even when the cost is 0 and nothing changes any more."""
    for epochs in (1, 3):
        history = history_of(train, rng, (0.0, 0.0, 0.0), epochs, 0.0)
        runs(history, epochs, f"A cost of 0 from the start, tol = 0 and max_epochs = {epochs}")
        equal("history", history, np.zeros(epochs))


@check(points=1)
def examples_keep_their_targets_in_training(train, rng):
    """Parameters that fit every example exactly stay where they are, however the examples are mixed."""
    X, W, b = rng.integers(1, 9, size=(9, 2)) / 8, rng.integers(1, 9, size=(2, 2)) / 4, np.array([0.5, -1.0])
    for batch_size in (1, 2, 4):
        result = train(rng, X, X @ W + b, [(W, b)], ["identity"], 0.5, batch_size, 3, 0.0)
        params, history = params_and_history(result, 3)
        same_params(params, [(W, b)])
        equal("history", history, np.zeros(3))


@check(points=0.5)
def training_follows_the_generator(train, rng):
    """The same generator in the same state trains the same way; another state mixes the examples in another way."""
    case = *problem(rng, 30, (2, 3, 1), ["tanh", "identity"]), 0.2, 4, 2, 0.0
    seed = int(rng.integers(1, 2**31))
    generators = [np.random.default_rng(seed + k) for k in (0, 0, 1)]
    same, one, other = (params_and_history(train(generator, *case), 2)[1] for generator in generators)
    equal("history with a generator in the same state", one, same)
    require(np.any(other != one), "Generators in different states train in the same order.")


@check(points=0.5)
def train_leaves_arguments_alone(train, rng):
    """Examples and starting parameters are the same after training, whole numbers too."""
    case = *problem(rng, 6, (2, 3, 1), ["tanh", "identity"]), 0.2, 3, 2, 0.0
    params, _ = params_and_history(unchanged(train, rng, *case), 2)
    require(len(unpack(params, "layer 1", "layer 2")) == 2, "The parameters have two layers.")
    X, y = rng.integers(1, 5, size=(4, 2)), rng.integers(-5, 0, size=(4, 1))
    start = [(np.array([[2], [-1]]), np.array([3]))]
    params, _ = params_and_history(unchanged(train, rng, X, y, start, ["identity"], 0.01, 4, 1, 0.0), 1)
    same_params(params, training.minibatch_step(X, y, start, ["identity"], 0.01))


# ---- equal_weights_gap ----------------------------------------------------------------------------------------


def twins(rng, widths, pairs):
    """Parameters in which unit i and unit j of hidden layer k are equal, for every (k, i, j) in `pairs`."""
    params = network(rng, *widths)
    for k, i, j in pairs:
        params[k][0][:, j], params[k][1][j], params[k + 1][0][j] = (
            params[k][0][:, i].copy(),
            params[k][1][i],
            params[k + 1][0][i].copy(),
        )
    return params


def same_gap(equal_weights_gap, before, after):
    """Compare a gap with the reference."""
    expected = training.equal_weights_gap(before, after)
    equal("the gap", number("the gap", equal_weights_gap(before, after)), expected)


@check(points=1)
def any_weight_of_equal_units_may_make_the_gap(equal_weights_gap, rng):
    """Whichever weight moves, incoming, bias or outgoing, up or down, in the first unit or the second, is the gap."""
    before = twins(rng, (3, 4, 2), [(0, 1, 3)])
    for layer, part, index in [(0, 0, (2, 1)), (0, 0, (0, 3)), (0, 1, (3,)), (1, 0, (1, 1)), (1, 0, (3, 0))]:
        for move in (0.75, -1.25):
            after = [tuple(part.copy() for part in pair) for pair in before]
            after[layer][part][index] += move
            equal("the gap", number("the gap", equal_weights_gap(before, after)), abs(move))


@check(points=0.5)
def units_of_other_input_did_not_begin_equal(equal_weights_gap, rng):
    """One incoming weight or the bias, a millionth larger, is enough for two units not to have begun equal."""
    for part, index, factor in [(0, (1, 1), 2.0), (1, (1,), 2.0), (0, (0, 1), 1 + 1e-6), (1, (0,), 1 + 1e-6)]:
        before, after = twins(rng, (2, 2, 2), [(0, 0, 1)]), network(rng, 2, 2, 2)
        before[0][part][index] *= factor
        equal("the gap", number("the gap", equal_weights_gap(before, after)), 0.0)


@check(points=0.5)
def units_of_other_output_did_not_begin_equal(equal_weights_gap, rng):
    """One outgoing weight is enough for two units not to have begun equal, though they put out the same."""
    for index in [(1, 1), (0, 0)]:
        before, after = twins(rng, (2, 2, 2), [(0, 0, 1)]), network(rng, 2, 2, 2)
        before[1][0][index] += 0.5
        equal("the gap", number("the gap", equal_weights_gap(before, after)), 0.0)


@check(points=0.5)
def every_hidden_layer_counts_and_no_other(equal_weights_gap, rng):
    """Equal units of any hidden layer count; inputs and outputs are no hidden units, and one layer has none."""
    before, after = twins(rng, (2, 3, 4, 2), [(1, 0, 2)]), network(rng, 2, 3, 4, 2)
    same_gap(equal_weights_gap, before, after)
    before = network(rng, 2, 3, 2)
    before[1][0][:, 1], before[1][1][1] = before[1][0][:, 0], before[1][1][0]
    before[0][0][1] = before[0][0][0]
    after = network(rng, 2, 3, 2)
    equal("the gap", number("the gap", equal_weights_gap(before, after)), 0.0)
    equal("the gap", number("the gap", equal_weights_gap(before[:1], after[:1])), 0.0)


@check(points=0.5)
def all_pairs_of_equal_units_count(equal_weights_gap, rng):
    """Units that began equal may stand far apart, be three at a time, or two pairs; the widest difference counts."""
    cases = [[(0, 0, 4)], [(0, 0, 2), (0, 0, 4)], [(0, 0, 2), (0, 1, 4)], [(0, 1, 3), (1, 0, 2)]]
    for pairs in cases:
        before, after = twins(rng, (3, 5, 3, 2), pairs), network(rng, 3, 5, 3, 2)
        same_gap(equal_weights_gap, before, after)
    before = twins(rng, (3, 5, 3, 2), [(0, 0, 2), (0, 1, 4), (1, 0, 2)])
    for moves in [(5.0, 0.5, 0.25), (0.5, -5.0, 0.25), (-0.25, 0.5, 5.0)]:
        after = [tuple(part.copy() for part in pair) for pair in before]
        for (layer, unit), move in zip([(0, 2), (0, 4), (1, 2)], moves, strict=True):
            after[layer][1][unit] += move
        equal("the gap", number("the gap", equal_weights_gap(before, after)), 5.0)
    before = twins(rng, (3, 5, 2), [(0, 0, 2), (0, 0, 4)])
    after = [tuple(part.copy() for part in pair) for pair in before]
    after[0][1][2], after[0][1][4] = after[0][1][0] - 3.0, after[0][1][0] + 2.0
    equal("the gap", number("the gap", equal_weights_gap(before, after)), 5.0)


@check(points=0.5)
def equal_weights_gap_leaves_arguments_alone(equal_weights_gap, rng):
    """Both networks are the same after the call; whole weights have whole gaps."""
    before = [(np.array([[1, 1], [2, 2]]), np.array([3, 3])), (np.array([[4], [4]]), np.array([0]))]
    after = [(rng.integers(-9, 9, size=W.shape), rng.integers(-9, 9, size=b.shape)) for W, b in before]
    expected = training.equal_weights_gap(before, after)
    equal("the gap", number("the gap", unchanged(equal_weights_gap, before, after)), expected)


# ---- accuracy -------------------------------------------------------------------------------------------------


@check(points=0.5)
def share_of_right_answers_of_any_network(accuracy, rng):
    """With any number of classes and of examples, the accuracy is the share of examples that are answered rightly."""
    for size, classes in [(40, 3), (5, 5), (3, 6)]:
        outputs, y = rng.normal(size=(size, classes)), rng.integers(classes, size=size)
        y[: size // 2 + 1] = outputs[: size // 2 + 1].argmax(axis=1)
        got = number("accuracy", accuracy(outputs, y))
        equal("accuracy", got, decisions.accuracy(outputs, y), examples=size)


@check(points=0.5)
def two_outputs_are_compared_with_each_other(accuracy, rng):
    """With two outputs the larger one decides, both below 1/2 or both above; if they are equal, the first."""
    outputs = np.array([[0.4, 0.3], [0.1, 0.2], [0.9, 0.8], [0.7, 0.8], [0.5, 0.5], [0.2, 0.2], [0.6, 0.6]])
    y = np.array([0, 1, 0, 1, 0, 0, 0])
    equal("accuracy", number("accuracy", accuracy(outputs, y)), 1.0)
    equal("accuracy", number("accuracy", accuracy(outputs, 1 - y)), 0.0)


@check(points=0.5)
def single_output_is_a_threshold(accuracy, rng):
    """One output of exactly 1/2 or more says 1, any other 0, for many examples or for a single one."""
    for values, labels, expected in [([0.5], [1], 1.0), ([0.5], [0], 0.0), ([0.49], [0], 1.0), ([0.9], [1], 1.0)]:
        got = accuracy(np.array(values)[:, None], np.array(labels))
        equal("accuracy", number("accuracy", got), expected)
    outputs, y = np.concatenate([rng.uniform(size=30), np.full(7, 0.5)])[:, None], np.arange(37) % 2
    got = number("accuracy", accuracy(outputs, y))
    equal("accuracy", got, decisions.accuracy(outputs, y), examples=37)


@check(points=0.5)
def accuracy_leaves_arguments_alone(accuracy, rng):
    """Outputs and labels are the same after the call; outputs may be whole numbers."""
    for outputs in (rng.permuted(np.tile(np.arange(3), (6, 1)), axis=1), rng.integers(0, 2, size=(6, 1))):
        y = rng.integers(0, 2, size=6)
        got = number("accuracy", unchanged(accuracy, outputs, y))
        equal("accuracy", got, decisions.accuracy(outputs, y), examples=6)
