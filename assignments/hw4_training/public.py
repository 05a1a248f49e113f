"""Checks of homework 4 that students run themselves: numbers of the lectures, hand-sized cases, finite differences."""

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack

# UWL CS457 F24, 07-4c, "Multi-Class Classification": three labels, counted from 1, and their codes; outputs for one
# example, whose largest belongs to label 2.
LECTURE_LABELS = (1, 2, 3)
LECTURE_CODES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
LECTURE_OUTPUTS = (0.03, 0.57, 0.24)

# One weight and one bias that see the input 1 twice over: with learning rate 1/8 each step halves the error.
PAPER_LR = 0.125
PAPER_COSTS = (4.0, 1.0, 0.25, 0.0625)  # after 1, 2, 3, 4 steps; 16 before

PARAMS_AXES = ("(fan_in, fan_out)", "(fan_out,)")


def same_params(got, expected, slips=None):
    """Compare parameters, layer by layer; `slips` names wrong parameters, in the structure of `expected`."""
    layers = unpack(got, *(f"layer {k}" for k in range(1, len(expected) + 1)))
    for k, (layer, pair) in enumerate(zip(layers, expected, strict=True), start=1):
        parts = unpack(layer, f"W{k}", f"b{k}")
        for part, (name, value) in enumerate(zip((f"W{k}", f"b{k}"), parts, strict=True)):
            named = {slip: params[k - 1][part] for slip, params in (slips or {}).items()}
            equal(name, value, pair[part], axes=PARAMS_AXES[part], slips=named)


def params_of(got, start):
    """Returned parameters as arrays, in the shapes of `start`."""
    found = []
    for k, layer in enumerate(unpack(got, *(f"layer {k}" for k in range(1, len(start) + 1))), start=1):
        W, b = unpack(layer, f"W{k}", f"b{k}")
        (old_W, old_b) = start[k - 1]
        found.append((array(f"W{k}", W, old_W.shape, "", True), array(f"b{k}", b, old_b.shape, "", True)))
    return found


def tanh_network(rng, inputs, hidden, outputs):
    """Parameters of a network with one hidden layer."""
    sizes = (inputs, hidden), (hidden, outputs)
    return [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in sizes]


def cost_of(X, y, params):
    """The squared error of a network of a tanh layer and a linear one, a mean over the examples."""
    (W1, b1), (W2, b2) = params
    return np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - y) ** 2) / len(X)


# ---- small_uniform_init ---------------------------------------------------------------------------------------


@check(points=0.5)
def weights_of_a_layer_stay_within_eps(small_uniform_init, rng):
    """W has one row for each unit below and one column for each unit of the layer; no weight is larger than eps."""
    for fan_in, fan_out, eps in [(3, 5, 0.01), (5, 3, 2.0), (1, 4, 0.5), (4, 1, 0.1)]:
        W = array("W", small_uniform_init(rng, fan_in, fan_out, eps), (fan_in, fan_out), "(fan_in, fan_out)", True)
        largest = np.max(np.abs(W))
        require(largest <= eps * (1 + 1e-6), f"The largest weight has size {largest:.4g}; eps is {eps}.")
        require(np.all(W != 0), "A weight is 0.")


@check(points=0.5)
def no_two_units_start_with_the_same_weights(small_uniform_init, rng):
    """No two units begin with the same incoming weights, no two with the same outgoing ones; both signs occur."""
    W = array("W", small_uniform_init(rng, 40, 30, 0.1), (40, 30), "(fan_in, fan_out)", True)
    require(len(np.unique(W, axis=1).T) == 30, "Two columns of W are equal: two units begin with the same weights.")
    require(len(np.unique(W, axis=0)) == 40, "Two rows of W are equal.")
    require(np.any(W > 0), "No weight is above 0.")
    require(np.any(W < 0), "No weight is below 0.")


# ---- minmax_scale ---------------------------------------------------------------------------------------------


@check(points=0.5)
def columns_run_from_minus_one_to_one(minmax_scale):
    """In each column the training set's smallest value becomes -1, its largest 1, and half-way between becomes 0."""
    train = np.array([[20.0, 1000.0], [30.0, 5000.0], [60.0, 2000.0], [40.0, 3000.0]])
    expected = np.array([[-1.0, -1.0], [-0.5, 1.0], [1.0, -0.5], [0.0, 0.0]])
    equal("minmax_scale(train, train)", minmax_scale(train, train), expected, axes="(N, D)")


@check(points=0.5)
def new_examples_are_measured_by_the_training_set(minmax_scale):
    """A new example may leave the range: with 20 to 60 for training, 80 becomes 2 and 30 is still -0.5."""
    train = np.array([[20.0], [30.0], [60.0]])
    slips = {"measured by the new examples": np.array([[1.0], [-1.0]]), "cut off at 1": np.array([[1.0], [-0.5]])}
    got = minmax_scale(train, np.array([[80.0], [30.0]]))
    equal("minmax_scale(train, X)", got, np.array([[2.0], [-0.5]]), axes="(N, D)", slips=slips)


@check(points=0.5)
def column_that_never_changes_becomes_zero(minmax_scale):
    """A column that is constant in the training set tells nothing: it becomes 0, for new examples as well."""
    train = np.array([[7.0, 1.0], [7.0, 3.0], [7.0, 2.0]])
    equal("minmax_scale(train, train)", minmax_scale(train, train), np.array([[0.0, -1.0], [0.0, 1.0], [0.0, 0.0]]))
    equal("minmax_scale(train, X)", minmax_scale(train, np.array([[9.0, 2.5]])), np.array([[0.0, 0.5]]))


# ---- one_hot --------------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_labels_have_the_lectures_codes(one_hot):
    """The lecture's labels 1, 2 and 3, here 0, 1 and 2, have the codes (1,0,0), (0,1,0) and (0,0,1)."""
    labels = np.array(LECTURE_LABELS) - 1
    equal("one_hot(y, 3)", one_hot(labels, 3), np.array(LECTURE_CODES), axes="(N, K)")
    equal("one_hot(y, 3)", one_hot(labels[1:2], 3), np.array(LECTURE_CODES[1:2]), axes="(N, K)")


@check(points=0.5)
def each_row_holds_the_code_of_its_example(one_hot):
    """Labels 2, 0, 2, 1 out of four classes: one row an example, one column a class, also for the class 3."""
    expected = np.array([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    equal("one_hot(y, 4)", one_hot(np.array([2, 0, 2, 1, 2]), 4), expected, axes="(N, K)")


# ---- minibatches ----------------------------------------------------------------------------------------------


def batches_of(result):
    """The batches as a list of whole-number arrays."""
    require(result is not None, "minibatches returned None. Does it end with a return?", "UNSUPPORTED_RETURN")
    result = list(result) if isinstance(result, np.ndarray) and result.ndim == 2 else result
    require(isinstance(result, (list, tuple)), "minibatches has to return a list of index arrays.", "SHAPE")
    batches = [array(f"batch {k}", batch, (None,), "(size of the batch,)", True) for k, batch in enumerate(result)]
    kinds = {np.asarray(batch).dtype.kind for batch, size in zip(result, map(len, batches), strict=True) if size}
    require(kinds <= {"i", "u"}, "The indices are no whole numbers, so they cannot pick rows of X.", "DTYPE")
    return batches


@check(points=0.5)
def each_number_is_in_one_batch(minibatches, rng):
    """Taken together the batches of an epoch hold each of the numbers 0 to n-1, and each of them once."""
    for n, batch_size in [(10, 3), (6, 2), (5, 8), (4, 1)]:
        batches = batches_of(minibatches(rng, n, batch_size))
        found = np.sort(np.concatenate([np.zeros(0), *batches]))
        require(found.size >= n, f"With n = {n} and batch_size = {batch_size}, only {found.size} numbers come.")
        equal(f"all numbers of the batches (n = {n}, batch_size = {batch_size}), sorted", found, np.arange(n))


@check(points=0.5)
def all_batches_are_full_but_the_last(minibatches, rng):
    """Ten examples in batches of four make batches of 4, 4 and 2; a batch_size of n or more makes one batch."""
    for n, batch_size, expected in [(10, 4, [4, 4, 2]), (6, 3, [3, 3]), (5, 5, [5]), (3, 7, [3]), (3, 1, [1, 1, 1])]:
        sizes = [len(batch) for batch in batches_of(minibatches(rng, n, batch_size))]
        require(sizes == expected, f"n = {n}, batch_size = {batch_size}: batches of {sizes}, expected {expected}.")


@check(points=0.5)
def order_is_a_random_one(minibatches, rng):
    """A thousand numbers come in a random order: few stay in their place, and the next epoch has another order."""
    first, second = (np.concatenate([np.zeros(0), *batches_of(minibatches(rng, 1000, 10))]) for _ in range(2))
    # Each place is kept with probability 1/1000; 20 or more of 1000 kept ones happen once in 1e18.
    require(first.size == second.size == 1000, "The batches do not hold a thousand numbers.")
    require(np.sum(first == np.arange(1000)) < 20, "Most numbers stand where they stood before.")
    require(np.sum(first == second) < 20, "The second epoch has the order of the first.")


# ---- minibatch_step -------------------------------------------------------------------------------------------


@check(points=0.5)
def step_of_a_line_on_paper(minibatch_step):
    """The line 2x + 1 misses (1, 4) by -1 and (3, 1) by 6: of the mean slopes, 17 and 5, a tenth is taken away."""
    X, y, layer = np.array([[1.0], [3.0]]), np.array([[4.0], [1.0]]), (np.array([[2.0]]), np.array([1.0]))
    slips = {
        "moved up the slope": [([[3.7]], [1.5])],
        "moved by the sum instead of the mean": [([[-1.4]], [0.0])],
        "moved by half the slope": [([[1.15]], [0.75])],
        "moved without the learning rate": [([[-15.0]], [-4.0])],
    }
    expected = [(np.array([[0.3]]), np.array([0.5]))]
    same_params(minibatch_step(X, y, [layer], ["identity"], 0.1), expected, slips)


@check(points=1)
def step_goes_down_the_slopes_of_the_mean_cost(minibatch_step, rng):
    """Every weight and bias of two layers moves down its slope, as finite differences of the mean cost find it."""
    X, y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), tanh_network(rng, 2, 4, 2)
    expected = [[None, None], [None, None]]
    for layer, part in np.ndindex(2, 2):

        def moved(values, layer=layer, part=part):
            return [tuple(values if (k, p) == (layer, part) else params[k][p] for p in (0, 1)) for k in (0, 1)]

        slope = slopes(lambda values, moved=moved: cost_of(X, y, moved(values)), params[layer][part])
        expected[layer][part] = params[layer][part] - 0.25 * slope
    same_params(minibatch_step(X, y, params, ["tanh", "identity"], 0.25), expected)


@check(points=0.5)
def batch_twice_over_makes_the_same_step(minibatch_step, rng):
    """Each example a second time in the batch leaves the mean as it is, so it leaves the step as it is (and not 0)."""
    X, y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 1)), tanh_network(rng, 2, 3, 1)
    names, steps = ["tanh", "identity"], []
    for copies in (1, 2):
        got = minibatch_step(np.tile(X, (copies, 1)), np.tile(y, (copies, 1)), params, names, 0.125)
        steps.append(params_of(got, params))
    same_params(steps[1], steps[0])
    require(np.any(np.abs(steps[0][0][0] - params[0][0]) > 1e-6), "The step does not move the weights of layer 1.")


# ---- sgd_epoch ------------------------------------------------------------------------------------------------


@check(points=0.5)
def last_example_has_the_last_word(sgd_epoch):
    """With input 0 and learning rate 1/2 a step sets the bias to its example's target: the last one in order stays."""
    X, y, layer = np.zeros((3, 1)), np.array([[3.0], [5.0], [9.0]]), (np.array([[2.0]]), np.array([1.0]))
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]):
        expected = [(np.array([[2.0]]), y[order[-1]])]
        slips = {"the target of the first in the order": [([[2.0]], y[order[0]])]}
        same_params(sgd_epoch(X, y, [layer], ["identity"], 0.5, np.array(order)), expected, slips)


@check(points=1)
def epoch_is_a_chain_of_your_steps(sgd_epoch, minibatch_step, rng):
    """An epoch on three examples is three of your minibatch_steps with one example each, one after another."""
    X, y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 1)), tanh_network(rng, 2, 3, 1)
    names, expected = ["tanh", "identity"], params
    for n in (1, 2, 0):
        expected = params_of(minibatch_step(X[[n]], y[[n]], expected, names, 0.1), params)
    same_params(sgd_epoch(X, y, params, names, 0.1, np.array([1, 2, 0])), expected)


# ---- train ----------------------------------------------------------------------------------------------------


def paper_training(train, rng, epochs, tol, spread=0.0):
    """The history of one weight and one bias on two examples at x = 1, with targets 4 - spread and 4 + spread."""
    X, y, layer = np.ones((2, 1)), np.array([[4 - spread], [4 + spread]]), (np.zeros((1, 1)), np.zeros(1))
    _, history = unpack(train(rng, X, y, [layer], ["identity"], PAPER_LR, 2, epochs, tol), "params", "history")
    return array("history", history, (None,), "(epochs that ran,)", True)


@check(points=1)
def history_has_the_cost_after_each_epoch(train, rng):
    """Where each step halves the error of 4, the costs after 1, 2, 3 and 4 epochs are 4, 1, 1/4 and 1/16."""
    for epochs in (4, 1):
        got = paper_training(train, rng, epochs, 0.0)
        require(got.size == epochs, f"history has {got.size} entries after {epochs} epochs.", "SHAPE")
        equal("history", got, np.array(PAPER_COSTS[:epochs]), slips={"the cost before the epoch": [16.0, 4, 1, 0.25]})


@check(points=1)
def training_stops_when_little_is_left_to_gain(train, rng):
    """Costs 4, 1, 1/4 stop at the first below tol; costs 116, 104, 101, 100.25 stop at the first change below tol."""
    low = paper_training(train, rng, 4, 0.5)
    require(low.size == 3, f"Costs 4, 1, 1/4, 1/16 with tol = 0.5: {low.size} epochs ran, expected 3.")
    slow = paper_training(train, rng, 4, 1.5, spread=10.0)
    require(slow.size == 3, f"Costs 104, 101, 100.25, 100.0625 with tol = 1.5: {slow.size} epochs ran, expected 3.")
    equal("history", slow, np.array([104.0, 101.0, 100.25]))


@check(points=1)
def every_example_takes_part_once_an_epoch(train, rng):
    """In an epoch of 7 examples and batches of 3, six examples move the weights by a third, and the last one by all."""
    X, y, lr = np.eye(7), np.array([[3.0], [1], [2], [5], [4], [7], [6]]), 2.0**-20
    start = [(np.zeros((7, 1)), np.zeros(1))]
    params, _ = unpack(train(rng, X, y, start, ["identity"], lr, 3, 1, 0.0), "params", "history")
    W = params_of(params, start)[0][0]
    # Example n alone moves W[n], by 2 lr y[n] / (size of its batch); a step this small hardly changes the next one.
    shares = np.sort((W / (2 * lr * y)).ravel())
    slips = {"taken with batches left out": np.sort([0.0, 1, 1, 1, 1, 1, 1]) / 3}
    equal(
        "the shares of the seven examples, sorted", shares, np.array([1, 1, 1, 1, 1, 1, 3]) / 3, atol=1e-3, slips=slips
    )


@check(points=1)
def last_cost_belongs_to_the_params_that_come_back(train, rng):
    """The last entry of history is the cost of the returned parameters over all examples, and they have moved."""
    X, y, start = rng.normal(size=(7, 2)), rng.normal(size=(7, 1)), tanh_network(rng, 2, 3, 1)
    params, history = unpack(train(rng, X, y, start, ["tanh", "identity"], 0.05, 3, 4, 0.0), "params", "history")
    found = params_of(params, start)
    require(
        all(np.all(new[0] != old[0]) for new, old in zip(found, start, strict=True)),
        "The weights are those of the start.",
    )
    history = array("history", history, (4,), "(epochs,)", True)
    equal("the last entry of history", history[-1], cost_of(X, y, found), examples=7)


# ---- equal_weights_gap ----------------------------------------------------------------------------------------


@check(points=1)
def gap_is_the_largest_difference_of_equal_units(equal_weights_gap):
    """Units 0 and 2 began equal, unit 1 did not; later 0 and 2 differ by 0.5, 2 (their biases) and 1: the gap is 2."""
    before = [(np.array([[1.0, 5.0, 1.0]]), np.zeros(3)), (np.array([[2.0], [2.0], [2.0]]), np.zeros(1))]
    after = [(np.array([[1.5, 9.0, 1.0]]), np.array([-1.0, 50.0, 1.0])), (np.array([[3.0], [7.0], [2.0]]), np.ones(1))]
    equal("the gap", number("the gap", equal_weights_gap(before, after)), 2.0)
    equal("the gap of nothing that moved", number("the gap", equal_weights_gap(before, before)), 0.0)


@check(points=1)
def your_steps_keep_equal_units_equal(equal_weights_gap, minibatch_step, rng):
    """Two hidden units that begin equal are equal after three of your minibatch_steps, and move all the same."""
    before = tanh_network(rng, 2, 3, 1)
    before[0][0][:, 1], before[0][1][1], before[1][0][1] = before[0][0][:, 0], before[0][1][0], before[1][0][0]
    X, y, after = rng.normal(size=(4, 2)), rng.normal(size=(4, 1)), before
    for _ in range(3):
        after = params_of(minibatch_step(X, y, after, ["tanh", "identity"], 0.125), before)
    equal("the gap", number("the gap", equal_weights_gap(before, after)), 0.0, atol=1e-5)


# ---- accuracy -------------------------------------------------------------------------------------------------


@check(points=0.5)
def one_output_decides_at_one_half(accuracy):
    """Outputs 0.9, 0.2, 0.5, 0.4, 0.7 stand for the classes 1, 0, 1, 0, 1; four of five labels agree."""
    outputs, y = np.array([[0.9], [0.2], [0.5], [0.4], [0.7]]), np.array([1, 0, 0, 0, 1])
    equal("accuracy", number("accuracy", accuracy(outputs, y)), 0.8)


@check(points=0.5)
def several_outputs_decide_by_the_largest(accuracy):
    """The lecture's outputs 0.03, 0.57, 0.24 stand for its label 2, here 1; the largest output wins, also below 0.5."""
    outputs = np.array([LECTURE_OUTPUTS, [0.4, 0.3, 0.2], [-3.0, -2.0, -1.0], [5.0, 7.0, 6.0]])
    y = np.array([LECTURE_LABELS[1] - 1, 0, 2, 2])
    equal("accuracy", number("accuracy", accuracy(outputs, y)), 0.75)
    equal("accuracy", number("accuracy", accuracy(outputs[:1], y[:1])), 1.0)
