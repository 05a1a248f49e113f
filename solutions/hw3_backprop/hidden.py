"""Checks of homework 3 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

from itertools import pairwise

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, unpack
from autograder.guard import unchanged
from nnref import gradcheck, graph, layers, losses, network

LAYER_AXES = ("(N, fan_in)", "(fan_in, fan_out)", "(fan_out,)")

# ---- relu_grad ------------------------------------------------------------------------------------------------


@check(points=0.5)
def relu_slope_is_the_same_at_every_size(relu_grad):
    """However small or large z is, a number or an array, whole or broken: the slope is 1 above 0 and 0 below."""
    equal("relu_grad(z)", relu_grad(0.25), 1.0)
    equal("relu_grad(z)", relu_grad(-0.25), 0.0)
    z = np.array([1e-3, -1e-3, 0.2, -0.4, 7.5, -60.0, 1e3, -1e3])
    equal("relu_grad(z)", relu_grad(z), np.array([1.0, 0.0] * 4))
    equal("relu_grad(z)", relu_grad(np.array([[3], [-1]])), np.array([[1.0], [0.0]]))


@check(points=0.5)
def relu_slope_belongs_to_each_entry(relu_grad, rng):
    """Every entry of z has its own slope, whatever the rest of the array holds."""
    equal("relu_grad(z)", relu_grad(-rng.uniform(0.1, 3, size=(2, 3))), np.zeros((2, 3)), axes="shape of z")
    signs = np.array([[1, -1, 1, -1], [-1, -1, 1, 1], [1, -1, -1, 1]])
    for shown in (signs, signs.reshape(2, 3, 2), signs[1:, 1:2]):
        z = shown * rng.uniform(0.1, 3, size=shown.shape)
        equal("relu_grad(z)", relu_grad(z), (shown > 0).astype(float), axes="shape of z")


@check(points=0.5)
def relu_grad_leaves_z_alone(relu_grad, rng):
    """The slopes are a new array; z is the same after the call."""
    z = np.array([1, -1, 1]) * rng.uniform(1.5, 3, size=3)
    equal("relu_grad(z)", unchanged(relu_grad, z), np.array([1.0, 0.0, 1.0]))


# ---- squared_error_grad ---------------------------------------------------------------------------------------


@check(points=0.5)
def squared_error_slope_is_shared_by_the_examples(squared_error_grad, rng):
    """A batch that is repeated has the same mean loss, and each of its entries half the slope."""
    g, y = rng.normal(size=5), rng.normal(size=5)
    once = losses.squared_error_grad(g, y)
    equal("gradient", squared_error_grad(g, y), once, axes="(N,)", examples=5)
    got = squared_error_grad(np.tile(g, 2), np.tile(y, 2))
    equal("the gradient of the repeated batch", got, np.tile(once / 2, 2), axes="(N,)", examples=10)


@check(points=0.5)
def squared_error_sums_over_output_units(squared_error_grad, rng):
    """The loss is averaged over examples, not over output units; a single example has nothing to average."""
    for shape in [(4, 3), (1, 3), (5, 1)]:
        g, y = rng.normal(size=shape), rng.normal(size=shape)
        expected = losses.squared_error_grad(g, y)
        equal("gradient", squared_error_grad(g, y), expected, axes="(N, K)", examples=shape[0])


@check(points=0.5)
def squared_error_grad_of_whole_numbers(squared_error_grad, rng):
    """Outputs and targets in whole numbers may have broken slopes."""
    y = rng.integers(-5, 5, size=3)
    g = y + np.array([1, -2, 4])
    equal("gradient", squared_error_grad(g, y), losses.squared_error_grad(g, y), axes="(N,)")


@check(points=0.5)
def squared_error_grad_leaves_arguments_alone(squared_error_grad, rng):
    """The gradient is a new array; outputs and targets are the same after the call."""
    g, y = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    equal("gradient", unchanged(squared_error_grad, g, y), losses.squared_error_grad(g, y), axes="(N, K)")


# ---- linear_backward ------------------------------------------------------------------------------------------


def linear_case(rng, size, fan_in, fan_out):
    """dZ, X, W of a layer, drawn afresh."""
    return rng.normal(size=(size, fan_out)), rng.normal(size=(size, fan_in)), rng.normal(size=(fan_in, fan_out))


SIZES = [(5, 3, 4), (40, 2, 6), (4, 6, 1), (3, 1, 2)]


@check(points=1)
def dX_of_any_layer(linear_backward, rng):
    """An example hands back, to each of its inputs, what all units of the layer ask for: dX, at any size."""
    for sizes in SIZES:
        dZ, X, W = linear_case(rng, *sizes)
        dX, _, _ = unpack(linear_backward(dZ, X, W), "dX", "dW", "db")
        equal("dX", dX, layers.linear_backward(dZ, X, W)[0], axes=LAYER_AXES[0], examples=sizes[0])


@check(points=1)
def dW_of_any_layer(linear_backward, rng):
    """Every weight has a slope to which all examples contribute: dW, at any size."""
    for sizes in SIZES:
        dZ, X, W = linear_case(rng, *sizes)
        _, dW, _ = unpack(linear_backward(dZ, X, W), "dX", "dW", "db")
        equal("dW", dW, layers.linear_backward(dZ, X, W)[1], axes=LAYER_AXES[1], examples=sizes[0])


@check(points=0.5)
def db_of_any_layer(linear_backward, rng):
    """Every bias has a slope to which all examples contribute: db, at any size."""
    for sizes in SIZES:
        dZ, X, W = linear_case(rng, *sizes)
        _, _, db = unpack(linear_backward(dZ, X, W), "dX", "dW", "db")
        equal("db", db, layers.linear_backward(dZ, X, W)[2], axes=LAYER_AXES[2], examples=sizes[0])


@check(points=0.5)
def square_layer_tells_rows_from_columns(linear_backward, rng):
    """Where examples, inputs and units are equally many, rows are still examples and columns units."""
    dZ, X, W = linear_case(rng, 3, 3, 3)
    equal("dX, dW, db", linear_backward(dZ, X, W), layers.linear_backward(dZ, X, W), axes=LAYER_AXES)


@check(points=0.5)
def same_batch_twice_doubles_dW_and_db(linear_backward, rng):
    """A batch that is repeated doubles dW and db."""
    dZ, X, W = linear_case(rng, 4, 3, 2)
    _, dW, db = layers.linear_backward(dZ, X, W)
    got = linear_backward(np.tile(dZ, (2, 1)), np.tile(X, (2, 1)), W)
    got_dX, got_dW, got_db = unpack(got, "dX", "dW", "db")
    equal("dW, db", (got_dW, got_db), (2 * dW, 2 * db), axes=LAYER_AXES[1:], examples=8)
    array("dX", got_dX, (8, 3), LAYER_AXES[0])


@check(points=0.5)
def one_example_is_enough(linear_backward, rng):
    """A batch of one example has gradients in the same shapes as a large one."""
    dZ, X, W = linear_case(rng, 1, 3, 4)
    equal("dX, dW, db", linear_backward(dZ, X, W), layers.linear_backward(dZ, X, W), axes=LAYER_AXES)


@check(points=0.5)
def linear_gradients_of_whole_numbers(linear_backward, rng):
    """Inputs in whole numbers do not make whole gradients, and a dZ in whole numbers does not lose the weights."""
    dZ, X, W = linear_case(rng, 4, 2, 3)
    for case in [(dZ, rng.integers(1, 9, size=(4, 2)), W), (rng.integers(1, 9, size=(4, 3)), X, W)]:
        equal("dX, dW, db", linear_backward(*case), layers.linear_backward(*case), axes=LAYER_AXES)


@check(points=0.5)
def linear_backward_leaves_arguments_alone(linear_backward, rng):
    """The gradients are new arrays; dZ, X and W are the same after the call."""
    dZ, X, W = linear_case(rng, 4, 3, 2)
    equal("dX, dW, db", unchanged(linear_backward, dZ, X, W), layers.linear_backward(dZ, X, W), axes=LAYER_AXES)


# ---- layer_backward -------------------------------------------------------------------------------------------


def layer_case(rng, size, fan_in, fan_out):
    """dA, Z, X, W of a layer with biases, where no pre-activation is close to 0."""
    dA, X, W = linear_case(rng, size, fan_in, fan_out)
    Z = X @ W + rng.normal(size=fan_out)
    return (dA, Z, X, W) if np.min(np.abs(Z)) > 1e-3 else layer_case(rng, size, fan_in, fan_out)


def same_part(part, got, expected, examples=None):
    """Compare one part of (dX, dW, db), so that a mistake in it costs nothing in checks of the others."""
    names = "dX", "dW", "db"
    found = unpack(got, *names)[part]
    equal(names[part], found, expected[part], axes=LAYER_AXES[part], examples=examples)


def smooth_layers(layer_backward, rng, part):
    """Compare one part of the gradients of logistic and tanh layers of several sizes."""
    for name, sizes in [("logistic", (5, 3, 4)), ("tanh", (4, 2, 3)), ("tanh", (3, 3, 3)), ("logistic", (1, 2, 1))]:
        case = layer_case(rng, *sizes)
        same_part(part, layer_backward(*case, name), layers.layer_backward(*case, name), examples=sizes[0])


@check(points=0.5)
def slope_is_taken_at_the_pre_activation(layer_backward, rng):
    """The slope of logistic and of tanh is the slope at z, for every unit and every example: dW shows it."""
    smooth_layers(layer_backward, rng, 1)


@check(points=0.5)
def inputs_are_reached_through_the_activation(layer_backward, rng):
    """What a layer hands on to the layer below has passed its activation: dX of logistic and of tanh."""
    smooth_layers(layer_backward, rng, 0)


@check(points=0.5)
def live_and_dead_units_in_one_batch(layer_backward, rng):
    """A ReLU unit may be live for one example and dead for the next: each counts for itself in dW."""
    dA, X, W = linear_case(rng, 4, 3, 5)
    Z = X @ W
    case = dA, Z - Z.mean(axis=0), X, W, "relu"  # as a bias does: now every unit has live and dead examples
    same_part(1, layer_backward(*case), layers.layer_backward(*case))


@check(points=0.5)
def layer_of_dead_units_learns_nothing(layer_backward, rng):
    """A layer whose ReLU units are all dead has db 0; with all of them live, db is that of a linear layer."""
    dA, X, W = linear_case(rng, 4, 3, 2)
    Z = X @ W
    live = layers.linear_backward(dA, X, W)
    dead = tuple(np.zeros(part.shape) for part in live)
    same_part(2, layer_backward(dA, Z - Z.max() - 1, X, W, "relu"), dead)
    same_part(2, layer_backward(dA, Z - Z.min() + 1, X, W, "relu"), live)


@check(points=0.5)
def saturated_units_pass_nothing_back(layer_backward, rng):
    """Pre-activations of a thousand give finite gradients, beside units that still have a slope."""
    dA, Z, X, W = layer_case(rng, 3, 2, 4)
    Z = Z + np.array([0.0, 1e3, -1e3, 0.0])
    for name in ("logistic", "tanh", "relu"):
        expected = layers.layer_backward(dA, Z, X, W, name)
        equal("dX, dW, db", layer_backward(dA, Z, X, W, name), expected, axes=LAYER_AXES)


@check(points=0.5)
def identity_layer_is_a_linear_layer(layer_backward, rng):
    """With the identity as activation nothing is added to a linear layer, in broken or in whole numbers."""
    dA, Z, X, W = layer_case(rng, 5, 2, 3)
    equal("dX, dW, db", layer_backward(dA, Z, X, W, "identity"), layers.linear_backward(dA, X, W), axes=LAYER_AXES)
    X, W = rng.integers(1, 9, size=(5, 2)), rng.integers(1, 9, size=(2, 3))
    equal("dX, dW, db", layer_backward(dA, X @ W, X, W, "identity"), layers.linear_backward(dA, X, W), axes=LAYER_AXES)


@check(points=0.5)
def layer_backward_leaves_arguments_alone(layer_backward, rng):
    """The gradients are new arrays; dA, Z, X and W are the same after the call."""
    case = layer_case(rng, 4, 3, 2)
    for name in ("tanh", "relu"):
        equal("dX, dW, db", unchanged(layer_backward, *case, name), layers.layer_backward(*case, name), axes=LAYER_AXES)


# ---- two_neuron_gradients -------------------------------------------------------------------------------------


def two_neuron_case(rng, x, signs):
    """x, y, w1, w2 with the given signs of w1, where no number is close to 0 and the output is not the target."""
    y, w1, w2 = -rng.uniform(1, 2), rng.uniform(0.5, 2, size=2) * signs, rng.uniform(0.5, 2, size=2)
    return x, y, w1, w2


@check(points=0.5)
def two_neuron_gradients_of_any_numbers(two_neuron_gradients, rng):
    """With both neurons live, every number leaves its trace in dw1, be the output above or below 0."""
    x, y, w1, w2 = two_neuron_case(rng, rng.uniform(2, 5), (1, 1))
    for case in [(x, y, w1, w2), (x, y, w1, -w2)]:
        dw1, _ = unpack(two_neuron_gradients(*case), "dw1", "dw2")
        equal("dw1", dw1, network.two_neuron_gradients(*case)[0], axes="(2,)")


@check(points=0.5)
def negative_input_wakes_the_other_neuron(two_neuron_gradients, rng):
    """With a negative input the neuron with the negative weight is the live one."""
    case = two_neuron_case(rng, -rng.uniform(0.5, 3), (1, -1))
    equal("dw1, dw2", two_neuron_gradients(*case), network.two_neuron_gradients(*case), axes="(2,)")


@check(points=0.5)
def two_dead_neurons_learn_nothing(two_neuron_gradients, rng):
    """If both neurons are dead dw2 is 0, as nothing arrives at the output; the opposite input wakes them."""
    x, y, w1, w2 = two_neuron_case(rng, rng.uniform(0.5, 3), (-1, -1))
    for case in [(x, y, w1, w2), (-x, y, w1, w2)]:
        _, dw2 = unpack(two_neuron_gradients(*case), "dw1", "dw2")
        equal("dw2", dw2, network.two_neuron_gradients(*case)[1], axes="(2,)")


@check(points=0.5)
def two_neurons_may_have_whole_weights(two_neuron_gradients, rng):
    """Weights in whole numbers may have broken gradients."""
    case = 1.5, 0.25, np.array([3, -2]) * rng.integers(1, 4), np.array([-1, 2]) * rng.integers(1, 4)
    equal("dw1, dw2", two_neuron_gradients(*case), network.two_neuron_gradients(*case), axes="(2,)")


@check(points=0.5)
def two_neuron_gradients_leave_arguments_alone(two_neuron_gradients, rng):
    """The gradients are new arrays; the weights are the same after the call."""
    case = two_neuron_case(rng, 1.25, (1, -1))
    equal("dw1, dw2", unchanged(two_neuron_gradients, *case), network.two_neuron_gradients(*case), axes="(2,)")


# ---- softmax_cross_entropy_grad -------------------------------------------------------------------------------


@check(points=1)
def logits_of_a_batch_get_their_slopes(softmax_cross_entropy_grad, rng):
    """Every logit of every example has the slope of the mean cross-entropy, whatever the logits and labels."""
    for size, classes in [(5, 3), (3, 3), (12, 2)]:
        logits, y = 2 * rng.normal(size=(size, classes)), rng.integers(classes, size=size)
        expected = losses.softmax_cross_entropy_grad(logits, y)
        equal("gradient", softmax_cross_entropy_grad(logits, y), expected, axes="(N, K)", examples=size)


@check(points=1)
def logits_a_thousand_apart_stay_finite(softmax_cross_entropy_grad, rng):
    """Logits a thousand apart, within a row or between rows, give finite gradients."""
    logits = rng.normal(size=(4, 3))
    logits[0] += 1e3
    logits[1] += np.array([1e3, 0.0, 500.0])
    logits[2] -= 1e3
    y = np.array([2, 1, 0, 2])
    expected = losses.softmax_cross_entropy_grad(logits, y)
    equal("gradient", softmax_cross_entropy_grad(logits, y), expected, axes="(N, K)", examples=4)


@check(points=0.5)
def one_example_has_the_gradient_to_itself(softmax_cross_entropy_grad, rng):
    """A single example has nothing to average, and a class that never occurs has a gradient too."""
    logits, y = rng.normal(size=(1, 5)), rng.integers(5, size=1)
    got = softmax_cross_entropy_grad(logits, y)
    equal("gradient", got, losses.softmax_cross_entropy_grad(logits, y), axes="(N, K)")


@check(points=0.5)
def whole_number_logits_have_broken_gradients(softmax_cross_entropy_grad, rng):
    """Logits in whole numbers have gradients between -1 and 1, not whole ones."""
    logits, y = rng.integers(-2, 3, size=(4, 3)), np.array([0, 2, 1, 2])
    expected = losses.softmax_cross_entropy_grad(logits, y)
    equal("gradient", softmax_cross_entropy_grad(logits, y), expected, axes="(N, K)", examples=4)


@check(points=0.5)
def softmax_gradient_leaves_arguments_alone(softmax_cross_entropy_grad, rng):
    """The gradient is a new array; logits and labels are the same after the call."""
    logits, y = rng.normal(size=(3, 4)), np.array([3, 0, 1])
    got = unchanged(softmax_cross_entropy_grad, logits, y)
    equal("gradient", got, losses.softmax_cross_entropy_grad(logits, y), axes="(N, K)", examples=3)


# ---- backprop -------------------------------------------------------------------------------------------------


def network_case(rng, size, widths, names):
    """X, y, params, activations of a network where no pre-activation is close to 0."""
    X, y = rng.normal(size=(size, widths[0])), rng.normal(size=(size, widths[-1]))
    params = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(widths)]
    Zs, _ = network.mlp_forward(X, params, names)
    clear = all(np.min(np.abs(Z)) > 1e-4 for Z in Zs)
    return (X, y, params, names) if clear else network_case(rng, size, widths, names)


def same_gradients(got, case):
    """Compare the gradients of all layers with the reference."""
    expected = network.backprop(*case)
    layers_in_words = [f"layer {k}" for k in range(1, len(expected) + 1)]
    for k, (grad, pair) in enumerate(zip(unpack(got, *layers_in_words), expected, strict=True), start=1):
        equal(f"dW{k}, db{k}", grad, pair, axes=LAYER_AXES[1:], examples=len(case[0]))


@check(points=1)
def networks_of_any_depth_get_all_their_gradients(backprop, rng):
    """From one layer to four, every weight and every bias has its gradient."""
    widths = (3, 5, 4, 2, 1)
    for depth in (1, 2, 3, 4):
        case = network_case(rng, 6, widths[: depth + 1], ["tanh"] * (depth - 1) + ["identity"])
        same_gradients(backprop(*case), case)


@check(points=1)
def each_layer_has_the_slope_of_its_own_activation(backprop, rng):
    """In a network of mixed activations every layer uses the slope of its own."""
    for names in (["tanh", "logistic", "relu", "identity"], ["relu", "tanh", "identity", "logistic"]):
        case = network_case(rng, 5, (2, 4, 3, 5, 1), names)
        same_gradients(backprop(*case), case)


@check(points=0.5)
def output_layer_has_a_slope_too(backprop, rng):
    """An activation at the output takes part in the gradient like any other."""
    for name in ("logistic", "tanh"):
        case = network_case(rng, 4, (2, 3, 1), ["tanh", name])
        same_gradients(backprop(*case), case)


@check(points=0.5)
def several_outputs_add_up(backprop, rng):
    """The loss adds up over output units: a unit that is right changes nothing."""
    X, y, params, names = network_case(rng, 4, (3, 5, 2), ["tanh", "identity"])
    y[:, 1] = network.mlp_forward(X, params, names)[1][-1][:, 1]
    same_gradients(backprop(X, y, params, names), (X, y, params, names))


@check(points=0.5)
def same_batch_twice_gives_the_same_gradients(backprop, rng):
    """The loss is a mean: a batch that is repeated has the gradients of the batch."""
    X, y, params, names = network_case(rng, 3, (2, 4, 1), ["tanh", "identity"])
    twice = backprop(np.tile(X, (2, 1)), np.tile(y, (2, 1)), params, names)
    same_gradients(twice, (X, y, params, names))


@check(points=0.5)
def equal_widths_do_not_hide_a_wrong_input(backprop, rng):
    """Where all layers are equally wide, shapes tell nothing: each gradient still belongs to its own layer."""
    case = network_case(rng, 3, (3, 3, 3, 3), ["logistic", "tanh", "identity"])
    same_gradients(backprop(*case), case)


@check(points=0.5)
def dead_hidden_layer_learns_nothing(backprop, rng):
    """If a hidden ReLU layer is dead for every example, only the biases above it learn; one example is enough."""
    X, y, params, names = network_case(rng, 1, (2, 4, 3, 2), ["tanh", "relu", "identity"])
    params[1] = params[1][0], params[1][1] - 50.0
    same_gradients(backprop(X, y, params, names), (X, y, params, names))


@check(points=0.5)
def whole_numbers_have_broken_gradients(backprop, rng):
    """Inputs, targets and weights in whole numbers may have broken gradients."""
    X, y = rng.integers(1, 5, size=(3, 2)), rng.integers(1, 5, size=(3, 1))
    params = [(np.array([[1, -2, 1], [2, 1, -1]]), np.array([1, -1, 2])), (np.array([[1], [-2], [3]]), np.array([4]))]
    case = X, y, params, ["logistic", "identity"]
    same_gradients(backprop(*case), case)


@check(points=0.5)
def backprop_leaves_arguments_alone(backprop, rng):
    """The gradients are new arrays; data and parameters are the same after the call."""
    case = network_case(rng, 4, (2, 3, 2), ["relu", "identity"])
    same_gradients(unchanged(backprop, *case), case)


# ---- graph_backprop -------------------------------------------------------------------------------------------

LAYERED = [
    *[(i, j) for j in (3, 4, 5) for i in (0, 1, 2)],
    *[(i, j) for j in (6, 7) for i in (0, 3, 4, 5)],
    *[(i, 8) for i in (0, 6, 7)],
]
SKIPPING = [(0, 3), (1, 3), (2, 3), (3, 4), (1, 4), (0, 5), (4, 5), (3, 6), (5, 6), (2, 6), (4, 6)]


def graph_case(rng, arcs, d=2, y=0.75):
    """x, y, n, arcs, w of a graph network, with weights drawn afresh."""
    w = dict(zip(arcs, rng.normal(scale=1.5, size=len(arcs)).tolist(), strict=True))
    return rng.normal(size=d), y, max(j for _, j in arcs), arcs, w


def same_deltas(graph_backprop, case):
    """Compare all Deltas and gradients with the reference."""
    deltas, grads = unpack(graph_backprop(*case), "deltas", "grads")
    expected_deltas, expected_grads = graph.graph_backprop(*case)
    equal("deltas", deltas, expected_deltas)
    equal("grads", grads, expected_grads)


@check(points=1)
def every_route_to_the_output_counts(graph_backprop, rng):
    """A neuron acts on the output by every arc that leaves it: its Delta adds them all up."""
    same_deltas(graph_backprop, graph_case(rng, sorted(LAYERED)))


@check(points=1)
def order_of_the_arcs_does_not_matter(graph_backprop, rng):
    """The same network listed in another order has the same Deltas."""
    x, y, n, arcs, w = graph_case(rng, sorted(SKIPPING))
    shuffled = [arcs[k] for k in rng.permutation(len(arcs))]
    for order in (arcs, arcs[::-1], sorted(arcs, key=lambda arc: arc[1]), shuffled):
        same_deltas(graph_backprop, (x, y, n, order, w))


@check(points=1)
def arcs_may_skip_layers(graph_backprop, rng):
    """An arc may lead from any neuron to any later one, past all layers between."""
    arcs = [(0, 3), (1, 3), (2, 3), (3, 4), (4, 5), (3, 5), (1, 5), (0, 5), (3, 6), (5, 6), (2, 6)]
    same_deltas(graph_backprop, graph_case(rng, arcs))


@check(points=0.5)
def dummy_neuron_feeds_the_biases(graph_backprop, rng):
    """Neuron 0 puts out 1: the gradient of an arc that leaves it is the Delta where the arc ends."""
    same_deltas(graph_backprop, graph_case(rng, [(0, 2), (1, 2), (0, 3), (1, 3), (2, 4), (3, 4), (0, 4)], d=1))


@check(points=0.5)
def number_of_inputs_is_read_from_x(graph_backprop, rng):
    """With one input or with four, the first neuron that computes is the one after the inputs."""
    same_deltas(graph_backprop, graph_case(rng, [(1, 2), (2, 3), (0, 3)], d=1))
    same_deltas(graph_backprop, graph_case(rng, [(1, 5), (2, 5), (3, 6), (4, 6), (5, 7), (6, 7)], d=4))
    same_deltas(graph_backprop, graph_case(rng, [(0, 4), (1, 4), (2, 4), (3, 4)], d=3))


@check(points=0.5)
def several_output_neurons_have_a_target_each(graph_backprop, rng):
    """Every neuron that no arc leaves is an output; its error counts, and the losses add up."""
    arcs = [(0, 3), (1, 3), (2, 3), (3, 4), (1, 4), (3, 5), (0, 5), (5, 6)]
    same_deltas(graph_backprop, graph_case(rng, arcs, y=np.array([0.25, 0.9])))


@check(points=0.5)
def long_chain_multiplies_its_slopes(graph_backprop, rng):
    """Along a chain of neurons the Deltas shrink step by step, each by a weight and a slope."""
    x, y, n, arcs, w = graph_case(rng, [(i, i + 1) for i in range(1, 9)], d=1)
    same_deltas(graph_backprop, (x, y, n, arcs, {arc: weight + np.sign(weight).item() for arc, weight in w.items()}))


@check(points=0.5)
def saturated_neurons_stay_finite(graph_backprop, rng):
    """A neuron with an input of a thousand hands nothing back, and its neighbour does."""
    x, y, n, arcs, w = graph_case(rng, [(0, 3), (1, 3), (0, 4), (2, 4), (1, 5), (2, 5), (3, 6), (4, 6), (5, 6)])
    same_deltas(graph_backprop, (x, y, n, arcs, w | {(0, 3): 1e3, (0, 4): -1e3}))


@check(points=0.5)
def graph_backprop_leaves_arguments_alone(graph_backprop, rng):
    """The results are new dicts; data, arcs and weights are the same after the call, in whole numbers too."""
    arcs = [(4, 5), (0, 5), (2, 4), (1, 3), (3, 5), (0, 3)]
    x, y, n, w = rng.integers(1, 4, size=2), 1, 5, dict(zip(arcs, (1, -1, 2, -1, 1, 2), strict=True))
    deltas, grads = unpack(unchanged(graph_backprop, x, y, n, arcs, w), "deltas", "grads")
    expected_deltas, expected_grads = graph.graph_backprop(x, y, n, arcs, w)
    equal("deltas", deltas, expected_deltas)
    equal("grads", grads, expected_grads)


# ---- numerical_gradient ---------------------------------------------------------------------------------------


@check(points=1)
def step_is_the_one_that_was_asked_for(numerical_gradient, rng):
    """On a cube the central difference is too large by eps squared, exactly."""
    theta = rng.uniform(0.5, 2, size=3)
    for eps in (0.5, 0.125):
        got = numerical_gradient(lambda t: float(np.sum(np.power(t, 3))), theta, eps)
        equal("gradient", got, 3 * theta**2 + eps**2, axes="shape of theta")


@check(points=0.5)
def entries_are_moved_one_at_a_time(numerical_gradient, rng):
    """The slope of a product in one factor is the product of the others, which stay where they are."""
    theta = rng.uniform(1, 2, size=4)
    got = numerical_gradient(lambda t: float(np.prod(t)), theta, 0.25)
    equal("gradient", got, np.prod(theta) / theta, axes="shape of theta")


@check(points=0.5)
def gradient_has_the_shape_of_theta(numerical_gradient, rng):
    """Matrices and deeper arrays have gradients of their own shape."""
    for shape in [(2, 3), (2, 1, 2)]:
        heights, theta = rng.normal(size=shape), rng.normal(size=shape)
        got = numerical_gradient(lambda t, heights=heights: float(np.vdot(heights, t)), theta, 0.01)
        equal("gradient", got, heights, axes="shape of theta", atol=1e-7)


@check(points=0.5)
def theta_of_whole_numbers_is_moved_too(numerical_gradient, rng):
    """Theta in whole numbers is moved by broken steps, and its gradient may be broken."""
    theta = 2 * rng.integers(-4, 4, size=(2, 2)) + 1
    got = numerical_gradient(lambda t: float(np.sum(np.square(t))) / 4, theta, 0.1)
    equal("gradient", got, theta / 2, axes="shape of theta")


@check(points=0.5)
def numerical_gradient_leaves_theta_alone(numerical_gradient, rng):
    """The gradient is a new array; theta is the same after the call."""
    theta = rng.normal(size=(2, 2))

    def wave(t):
        return float(np.sum(np.sin(t)))

    got = unchanged(numerical_gradient, wave, theta, 1e-3)
    equal("gradient", got, np.cos(theta), axes="shape of theta", atol=1e-6)


@check(points=0.5)
def finite_differences_confirm_the_chain_rule(numerical_gradient, rng):
    """The numerical gradient of a network's loss is what backpropagation finds."""
    X, y, params, names = network_case(rng, 3, (2, 2, 1), ["tanh", "identity"])
    W, b = params[0]

    def loss(W):
        output = network.mlp_forward(X, [(np.asarray(W, dtype=float), b), params[1]], names)[1][-1]
        return losses.squared_error(output, y)

    expected, _ = network.backprop(X, y, params, names)[0]
    equal("gradient", numerical_gradient(loss, W, 1e-5), expected, axes="shape of theta", atol=1e-7)


# ---- relative_error -------------------------------------------------------------------------------------------


@check(points=0.5)
def norm_is_taken_over_all_entries(relative_error, rng):
    """The norm is the root of the sum of all squares, for vectors, matrices and single numbers."""
    for shape in [(5,), (3, 4), (2, 2), (2, 3, 2)]:
        a, b = rng.normal(size=shape), rng.normal(size=shape)
        equal("the relative error", relative_error(a, b), gradcheck.relative_error(a, b))
    equal("the relative error", relative_error(3.0, -1.5), 1.0)


@check(points=0.5)
def size_of_the_gradients_does_not_matter(relative_error, rng):
    """Two gradients that are both made a thousand million times smaller or larger are as far apart as before."""
    a, b = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    for scale in (1e-9, 1e-40, 1e40):
        equal("the relative error", relative_error(scale * a, scale * b), gradcheck.relative_error(a, b))


@check(points=0.5)
def two_zero_gradients_agree(relative_error, rng):
    """Two gradients that are 0 everywhere are at 0 from each other, and at 1 from any other gradient."""
    zero, other = np.zeros((2, 3)), rng.normal(size=(2, 3))
    equal("the relative error", relative_error(zero, zero), 0.0)
    equal("the relative error", relative_error(zero, other), 1.0)
    equal("the relative error", relative_error(other, zero), 1.0)


@check(points=0.5)
def relative_error_leaves_arguments_alone(relative_error, rng):
    """Both gradients are the same after the call, in broken and in whole numbers."""
    a, b = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    equal("the relative error", unchanged(relative_error, a, b), gradcheck.relative_error(a, b))
    a, b = np.array([3, 4]), np.array([0, 8])
    equal("the relative error", unchanged(relative_error, a, b), 5 / 13)
