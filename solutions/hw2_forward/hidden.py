"""Checks of homework 2 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

from itertools import pairwise

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, unpack
from autograder.guard import unchanged
from nnref import features, graph, layers, losses, network, outputs

LAYER_AXES = ("(fan_in, fan_out)", "(fan_out,)")

# ---- linear_forward -------------------------------------------------------------------------------------------


def layer_case(rng, size, fan_in, fan_out):
    """X, W, b of a layer, drawn afresh."""
    return rng.normal(size=(size, fan_in)), rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)


def same_layer(linear_forward, case):
    """Compare Z with the reference."""
    equal("Z", linear_forward(*case), layers.linear_forward(*case), axes="(N, fan_out)")


@check(points=0.5)
def layers_of_any_size(linear_forward, rng):
    """Examples, inputs and units may be few or many, each in its own number."""
    for sizes in [(5, 3, 4), (40, 2, 6), (4, 6, 1), (3, 1, 2)]:
        same_layer(linear_forward, layer_case(rng, *sizes))


@check(points=0.5)
def square_layer_tells_examples_from_units(linear_forward, rng):
    """Where examples, inputs and units are equally many, rows are still examples and columns units."""
    same_layer(linear_forward, layer_case(rng, 4, 4, 4))


@check(points=0.5)
def each_unit_has_its_own_bias(linear_forward, rng):
    """With inputs of 0 only the biases are left: every row of Z is b."""
    _, W, b = layer_case(rng, 3, 2, 3)
    b = np.abs(b) * [1, -1, 1]
    equal("Z", linear_forward(np.zeros((3, 2)), W, b), np.tile(b, (3, 1)), axes="(N, fan_out)")


@check(points=0.5)
def one_example_is_a_batch_of_one_row(linear_forward, rng):
    """A batch of one example has a Z of one row, also in a layer of a single unit."""
    same_layer(linear_forward, layer_case(rng, 1, 3, 4))
    same_layer(linear_forward, layer_case(rng, 1, 2, 1))


@check(points=0.5)
def whole_inputs_have_broken_sums(linear_forward, rng):
    """Whole numbers anywhere, in the inputs, the weights or the biases, do not round what is broken."""
    X, W, b = layer_case(rng, 3, 4, 2)
    same_layer(linear_forward, (rng.integers(1, 9, size=(3, 4)), W, b))
    whole = rng.integers(1, 9, size=(4, 2))
    same_layer(linear_forward, (X, whole, rng.integers(1, 9, size=2)))
    same_layer(linear_forward, (rng.integers(1, 9, size=(3, 4)), whole, np.array([0.5, -0.25])))


@check(points=0.5)
def linear_forward_leaves_arguments_alone(linear_forward, rng):
    """Z is a new array; X, W and b are the same after the call."""
    case = layer_case(rng, 3, 2, 4)
    equal("Z", unchanged(linear_forward, *case), layers.linear_forward(*case), axes="(N, fan_out)")


# ---- collapse_linear ------------------------------------------------------------------------------------------


def pair_case(rng, fan_in, hidden, fan_out):
    """W1, b1, W2, b2 of two layers, drawn afresh."""
    first = rng.normal(size=(fan_in, hidden)), rng.normal(size=hidden)
    return *first, rng.normal(size=(hidden, fan_out)), rng.normal(size=fan_out)


def same_collapse(collapse_linear, case):
    """Compare W and b with the reference."""
    equal("W, b", collapse_linear(*case), layers.collapse_linear(*case), axes=LAYER_AXES)


def same_weights(collapse_linear, case):
    """Compare W alone with the reference: a wrong bias costs where biases are asked for."""
    W, _ = unpack(collapse_linear(*case), "W", "b")
    equal("W", W, layers.collapse_linear(*case)[0], axes=LAYER_AXES[0])


@check(points=0.5)
def hidden_layer_may_be_wide_or_narrow(collapse_linear, rng):
    """Whether the layer between is wide or a single unit, the new weights lead from the inputs to the outputs."""
    for sizes in [(3, 7, 2), (4, 1, 3), (2, 3, 5), (1, 6, 1)]:
        same_weights(collapse_linear, pair_case(rng, *sizes))


@check(points=0.5)
def square_layers_keep_their_order(collapse_linear, rng):
    """Where all layers are equally wide, the first layer still comes first."""
    same_weights(collapse_linear, pair_case(rng, 3, 3, 3))


@check(points=0.5)
def inputs_of_zero_travel_through_both_layers(collapse_linear, rng):
    """The new bias is what the two layers make of inputs that are all 0."""
    cases = [pair_case(rng, *sizes) for sizes in [(2, 4, 4), (3, 7, 2), (4, 1, 3), (1, 6, 1)]]
    W1, b1, W2, b2 = cases[0]
    for case in (*cases, (W1, b1, W2, np.zeros(4)), (W1, np.zeros(4), W2, b2)):
        _, b = unpack(collapse_linear(*case), "W", "b")
        equal("b", b, case[1] @ case[2] + case[3], axes=LAYER_AXES[1])


@check(points=0.5)
def whole_weights_in_one_layer_only(collapse_linear, rng):
    """A layer of whole numbers followed or preceded by one of broken numbers makes broken numbers."""
    W1, b1, W2, b2 = pair_case(rng, 3, 2, 4)
    same_collapse(collapse_linear, (rng.integers(1, 9, size=(3, 2)), rng.integers(1, 9, size=2), W2, b2))
    whole = rng.integers(1, 9, size=(2, 4))
    same_collapse(collapse_linear, (W1, b1, whole, rng.integers(1, 9, size=4)))
    same_collapse(collapse_linear, (np.array([[1, -2], [3, 1]]), np.array([2, -1]), whole, b2))


@check(points=0.5)
def collapse_linear_leaves_arguments_alone(collapse_linear, rng):
    """W and b are new arrays; both layers are the same after the call."""
    case = pair_case(rng, 3, 5, 4)
    equal("W, b", unchanged(collapse_linear, *case), layers.collapse_linear(*case), axes=LAYER_AXES)


# ---- mlp_forward ----------------------------------------------------------------------------------------------


def network_case(rng, size, widths, names):
    """X, params and activations of a network, drawn afresh."""
    params = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(widths)]
    return rng.normal(size=(size, widths[0])), params, names


def same_network(result, case):
    """Compare the pre-activations and the outputs of all layers with the reference."""
    Zs, As = unpack(result, "Zs", "As")
    expected_Zs, expected_As = network.mlp_forward(*case)
    Zs = unpack(Zs, *(f"Zs[{k}]" for k in range(len(expected_Zs))))
    As = unpack(As, *(f"As[{k}]" for k in range(len(expected_As))))
    equal("As[0]", As[0], expected_As[0], axes="(N, D)")
    for k, (Z, A) in enumerate(zip(expected_Zs, expected_As[1:], strict=True)):
        equal(f"Zs[{k}]", Zs[k], Z, axes="(N, fan_out)")
        equal(f"As[{k + 1}]", As[k + 1], A, axes="(N, fan_out)")


@check(points=1)
def networks_of_any_depth(mlp_forward, rng):
    """From one layer to four, every Z and every A is there, in order."""
    widths = (3, 5, 4, 2, 6)
    for depth in (1, 2, 3, 4):
        case = network_case(rng, 7, widths[: depth + 1], ["tanh"] * (depth - 1) + ["logistic"])
        same_network(mlp_forward(*case), case)


@check(points=1)
def each_layer_has_its_own_activation(mlp_forward, rng):
    """In a network of mixed activations every layer uses its own, the last one too."""
    for names in (["tanh", "logistic", "relu", "identity"], ["identity", "relu", "tanh", "logistic"]):
        case = network_case(rng, 6, (2, 4, 3, 5, 1), names)
        same_network(mlp_forward(*case), case)


@check(points=0.5)
def equal_widths_do_not_hide_a_wrong_input(mlp_forward, rng):
    """Where all layers are equally wide, shapes tell nothing: each layer still takes in the outputs below it."""
    case = network_case(rng, 3, (3, 3, 3, 3), ["logistic", "relu", "tanh"])
    same_network(mlp_forward(*case), case)


@check(points=0.5)
def one_example_through_all_layers(mlp_forward, rng):
    """A batch of one example stays a batch of one row in every layer."""
    case = network_case(rng, 1, (4, 1, 3, 1), ["relu", "tanh", "identity"])
    same_network(mlp_forward(*case), case)


@check(points=0.5)
def whole_inputs_and_weights_have_broken_outputs(mlp_forward, rng):
    """A network given in whole numbers may put out broken ones."""
    params = [(np.array([[1, -2, 1], [2, 1, -1]]), np.array([1, -1, 2])), (np.array([[1], [-2], [3]]), np.array([4]))]
    case = rng.integers(1, 5, size=(3, 2)), params, ["tanh", "logistic"]
    same_network(mlp_forward(*case), case)


@check(points=0.5)
def mlp_forward_leaves_arguments_alone(mlp_forward, rng):
    """Inputs, parameters and the list of activations are the same after the call."""
    case = network_case(rng, 4, (2, 3, 2), ["relu", "tanh"])
    same_network(unchanged(mlp_forward, *case), case)


# ---- graph_forward --------------------------------------------------------------------------------------------

LAYERED = [
    *[(i, j) for j in (3, 4, 5) for i in (0, 1, 2)],
    *[(i, j) for j in (6, 7) for i in (0, 3, 4, 5)],
    *[(i, 8) for i in (0, 6, 7)],
]
SKIPPING = [(0, 3), (1, 3), (2, 3), (3, 4), (1, 4), (0, 5), (4, 5), (3, 6), (5, 6), (2, 6), (4, 6), (0, 6)]


def graph_case(rng, arcs, d=2):
    """x, n, arcs, w of a graph network, with attributes and weights drawn afresh."""
    weights = rng.uniform(0.5, 2, size=len(arcs)) * rng.choice([-1.0, 1.0], size=len(arcs))
    return rng.uniform(0.5, 2, size=d), max(j for _, j in arcs), arcs, dict(zip(arcs, weights.tolist(), strict=True))


def same_graph(graph_forward, case):
    """Compare the outputs of all neurons with the reference."""
    equal("a", graph_forward(*case), graph.graph_forward(*case), axes="(n + 1,)")


@check(points=1)
def layered_graph_is_a_network_of_layers(graph_forward, rng):
    """A graph whose arcs lead from layer to layer puts out what the same network of layers puts out."""
    x, n, arcs, w = graph_case(rng, LAYERED)
    blocks = [((1, 2), (3, 4, 5)), ((3, 4, 5), (6, 7)), ((6, 7), (8,))]
    params = [
        (np.array([[w[i, j] for j in units] for i in below]), np.array([w[0, j] for j in units]))
        for below, units in blocks
    ]
    _, As = network.mlp_forward(x[None, :], params, ["logistic"] * 3)
    expected = np.concatenate([[1.0], *(A[0] for A in As)])
    equal("a", graph_forward(x, n, arcs, w), expected, axes="(n + 1,)")


@check(points=1)
def arcs_may_be_listed_in_any_order_and_skip_layers(graph_forward, rng):
    """Forwards, backwards or shuffled, with arcs that skip neurons: the network is the same."""
    x, n, arcs, w = graph_case(rng, SKIPPING)
    shuffled = [arcs[k] for k in rng.permutation(len(arcs))]
    for order in (sorted(arcs), arcs[::-1], sorted(arcs, reverse=True), shuffled):
        same_graph(graph_forward, (x, n, order, w))


@check(points=0.5)
def number_of_inputs_is_read_from_x(graph_forward, rng):
    """With one input or with four, the first neuron that computes is the one after the inputs."""
    same_graph(graph_forward, graph_case(rng, [(0, 2), (1, 2), (2, 3), (0, 3)], d=1))
    same_graph(graph_forward, graph_case(rng, [(1, 5), (2, 5), (3, 6), (4, 6), (5, 7), (6, 7)], d=4))


@check(points=0.5)
def bias_is_there_only_if_its_arc_is(graph_forward, rng):
    """A neuron without an arc from neuron 0 has no bias, and one that no arc reaches has input 0 and output 1/2."""
    same_graph(graph_forward, graph_case(rng, [(1, 3), (2, 3), (0, 5), (3, 5), (4, 5)]))
    same_graph(graph_forward, graph_case(rng, [(0, 4), (0, 5), (4, 5)], d=3))
    x, n, arcs, w = graph_case(rng, [(1, 3), (0, 3), (2, 3)])
    same_graph(graph_forward, (x, n + 1, arcs, w))


@check(points=0.5)
def saturated_neurons_stay_finite(graph_forward, rng):
    """A neuron with an input of a thousand puts out 1, one with minus a thousand 0, and the next ones go on."""
    x, n, arcs, w = graph_case(rng, [(0, 3), (1, 3), (0, 4), (2, 4), (3, 5), (4, 5), (0, 5)])
    same_graph(graph_forward, (x, n, arcs, w | {(0, 3): 1e3, (0, 4): -1e3}))


@check(points=0.5)
def whole_attributes_have_broken_outputs(graph_forward, rng):
    """Attributes and weights in whole numbers do not round what the neurons put out."""
    w = {(0, 3): 2, (1, 3): -1, (2, 3): 1, (0, 4): -1, (3, 4): 3}
    same_graph(graph_forward, (rng.integers(1, 4, size=2), 4, list(w), w))


@check(points=0.5)
def graph_forward_leaves_arguments_alone(graph_forward, rng):
    """The outputs are a new array; attributes, arcs and weights are the same after the call."""
    case = graph_case(rng, [(4, 5), (0, 5), (2, 4), (1, 3), (3, 5), (0, 3)])
    equal("a", unchanged(graph_forward, *case), graph.graph_forward(*case), axes="(n + 1,)")


# ---- two_sigmoid_xor ------------------------------------------------------------------------------------------


@check(points=0.5)
def points_anywhere_in_the_plane(two_sigmoid_xor, rng):
    """Between the corners and around them, too, the output is -3 times the sum of both sigmoids."""
    for size in (2, 9):
        X = rng.normal(size=(size, 2))
        equal("two_sigmoid_xor(X)", two_sigmoid_xor(X), features.two_sigmoid_xor(X), axes="(N,)")


@check(points=0.5)
def only_the_size_of_the_difference_matters(two_sigmoid_xor, rng):
    """Exchanging the attributes, or adding the same number to both, changes no decision value."""
    X = rng.normal(size=(4, 2))
    expected = features.two_sigmoid_xor(X)
    equal("two_sigmoid_xor of exchanged attributes", two_sigmoid_xor(X[:, ::-1]), expected, axes="(N,)")
    equal("two_sigmoid_xor of shifted attributes", two_sigmoid_xor(X + 7.0), expected, axes="(N,)", rtol=1e-4)


@check(points=0.5)
def far_out_one_sigmoid_is_one_and_the_other_zero(two_sigmoid_xor):
    """A hundred to either side of the origin the output is -3 or, where the attributes are equal, as at the origin."""
    X = np.array([[100.0, -100.0], [-100.0, 100.0], [100.0, 100.0], [-100.0, 0.0]])
    equal("two_sigmoid_xor(X)", two_sigmoid_xor(X), features.two_sigmoid_xor(X), axes="(N,)")


@check(points=0.5)
def one_point_and_whole_numbers(two_sigmoid_xor):
    """A single point has one decision value, and whole attributes have broken ones."""
    for X in (np.array([[0.25, 0.5]]), np.array([[2, 3], [1, 1], [0, 1]])):
        equal("two_sigmoid_xor(X)", two_sigmoid_xor(X), features.two_sigmoid_xor(X), axes="(N,)")


@check(points=0.5)
def two_sigmoid_xor_leaves_its_points_alone(two_sigmoid_xor, rng):
    """The decision values are a new array; X is the same after the call."""
    X = rng.normal(size=(3, 2))
    equal("two_sigmoid_xor(X)", unchanged(two_sigmoid_xor, X), features.two_sigmoid_xor(X), axes="(N,)")


# ---- abs_difference_features ----------------------------------------------------------------------------------


@check(points=0.5)
def features_of_many_points(abs_difference_features, rng):
    """Every point has its own row of features, in any number and of any sign."""
    for size in (2, 7):
        X = rng.normal(size=(size, 2))
        equal("features", abs_difference_features(X), features.abs_difference_features(X), axes="(N, 2)")


@check(points=0.5)
def one_point_has_one_row_of_features(abs_difference_features):
    """A single point has features of shape (1, 2)."""
    equal("features", abs_difference_features(np.array([[0.25, 1.0]])), np.array([[1.0, 0.75]]), axes="(N, 2)")


@check(points=0.5)
def features_of_whole_numbers(abs_difference_features, rng):
    """Attributes in whole numbers have the features of the same numbers with a decimal point."""
    X = rng.integers(1, 9, size=(4, 2)) * [[1, -2], [-2, 3], [-1, -20], [20, 1]]
    equal("features", abs_difference_features(X), features.abs_difference_features(X), axes="(N, 2)")


@check(points=0.5)
def abs_difference_features_leave_the_points_alone(abs_difference_features, rng):
    """The features are a new array; X is the same after the call."""
    X = rng.uniform(0.5, 2, size=(4, 2)) * [[1, -1], [-1, 1], [3, 1], [-1, -4]]
    equal("features", unchanged(abs_difference_features, X), features.abs_difference_features(X), axes="(N, 2)")


# ---- relu_interpolator ----------------------------------------------------------------------------------------


def network_output(result, x):
    """What the returned network of one hidden ReLU layer puts out at each number of x."""
    parts = unpack(result, "W1", "b1", "w2", "b2")
    W1 = array("W1", parts[0], (1, None), "(1, H)", finite=True)
    units = (W1.shape[1],)
    b1, w2 = array("b1", parts[1], units, "(H,)", finite=True), array("w2", parts[2], units, "(H,)", finite=True)
    values = np.maximum(np.reshape(x, (-1, 1)) @ W1.astype(float) + b1, 0) @ w2.astype(float) + number("b2", parts[3])
    # Weights in single precision earn the wider tolerance of single precision.
    return values.astype(np.float32) if np.float32 in (W1.dtype, b1.dtype, w2.dtype) else values


def same_curve(result, knots, values):
    """Compare the network with numpy's interpolation, at the knots and at five places between neighbours."""
    inside = [np.linspace(*pair, 7)[1:-1] for pair in pairwise(knots)]
    x = np.sort(np.concatenate([knots, *inside]))
    got = network_output(result, x)
    atol = 1e-3 if got.dtype == np.float32 else 1e-6
    equal("the network's output", got, np.interp(x, knots, values), axes="(N,)", atol=atol)


def curve_case(rng, count):
    """Knots at uneven distances around 0, and values that jump up and down by more than 1."""
    knots = np.cumsum(rng.uniform(0.4, 1.6, size=count)) - count / 2
    return knots, rng.uniform(1.0, 3.0, size=count) * (-1.0) ** np.arange(count)


@check(points=1)
def knots_may_lie_anywhere(relu_interpolator, rng):
    """Wherever the knots lie and however uneven their distances, the network runs straight from each to the next."""
    for count in (3, 6):
        knots, values = curve_case(rng, count)
        same_curve(relu_interpolator(knots, values), knots, values)


@check(points=0.5)
def many_knots_need_no_new_idea(relu_interpolator, rng):
    """Thirty knots are met as exactly as three."""
    knots, values = curve_case(rng, 30)
    same_curve(relu_interpolator(knots, values), knots, values)


@check(points=0.5)
def knots_far_from_zero(relu_interpolator, rng):
    """Knots a hundred to the left or to the right of 0 are no harder."""
    knots, values = curve_case(rng, 4)
    for shift in (100.0, -100.0):
        same_curve(relu_interpolator(knots + shift, values), knots + shift, values)


@check(points=0.5)
def curve_may_rise_rest_and_fall(relu_interpolator, rng):
    """Equal neighbouring values are joined by a flat piece; if all values are equal, the output is constant there."""
    knots, _ = curve_case(rng, 5)
    for values in ([0.0, 0.0, 2.5, 2.5, -1.0], [1.5] * 5, [0.0] * 5):
        same_curve(relu_interpolator(knots, np.array(values)), knots, np.array(values))


@check(points=0.5)
def straight_row_of_knots_stays_straight(relu_interpolator, rng):
    """Knots that lie on one line are joined by that line, whether it rises or falls."""
    knots, _ = curve_case(rng, 4)
    for slope in (1.75, -0.5):
        same_curve(relu_interpolator(knots, slope * knots + 4.0), knots, slope * knots + 4.0)


@check(points=0.5)
def whole_knots_have_broken_slopes(relu_interpolator):
    """Knots and values in whole numbers may need slopes that are not whole."""
    knots, values = np.array([-3, 0, 4, 6]), np.array([1, 2, -1, 4])
    same_curve(relu_interpolator(knots, values), knots, values)


@check(points=0.5)
def only_two_knots(relu_interpolator, rng):
    """Two knots, at any distance, are joined by a straight line."""
    knots, values = curve_case(rng, 2)
    for distance in (1.0, 20.0):
        same_curve(relu_interpolator(distance * knots, values), distance * knots, values)


@check(points=0.5)
def relu_interpolator_leaves_arguments_alone(relu_interpolator, rng):
    """The weights are new arrays; knots and values are the same after the call."""
    knots, values = curve_case(rng, 4)
    same_curve(unchanged(relu_interpolator, knots, values), knots, values)


# ---- softmax --------------------------------------------------------------------------------------------------


def same_softmax(softmax, logits):
    """Compare the probabilities with the reference."""
    equal("softmax(logits)", softmax(logits), outputs.softmax(logits), axes="shape of logits")


@check(points=1)
def logits_a_thousand_apart_stay_finite(softmax, rng):
    """Within a row, logits a thousand apart or all near plus or minus a thousand have probabilities from 0 to 1."""
    logits = rng.normal(size=(4, 5))
    logits[0, 2] += 1e3
    logits[1, 3] -= 1e3
    logits[2] += 1e3
    logits[3] -= 1e3
    for row in logits:
        same_softmax(softmax, row[None, :])


@check(points=0.5)
def rows_a_thousand_apart_do_not_disturb_each_other(softmax, rng):
    """A row whose logits are all a thousand larger leaves the others as they are."""
    same_softmax(softmax, rng.normal(size=(3, 4)) + np.array([[1e3], [0.0], [-1e3]]))


@check(points=0.5)
def each_example_is_on_its_own(softmax, rng):
    """Wide, tall or square, every row has the probabilities that it has alone."""
    for shape in [(2, 6), (6, 2), (4, 4), (1, 3)]:
        same_softmax(softmax, rng.normal(size=shape))


@check(points=0.5)
def one_example_may_come_without_a_batch(softmax, rng):
    """Logits of shape (K,) have probabilities of shape (K,); a single class is certain."""
    for shape in [(5,), (2,), (1,), (3, 1)]:
        same_softmax(softmax, rng.normal(size=shape))


@check(points=0.5)
def two_classes_are_a_logistic_neuron(softmax, rng):
    """With two classes, the probability of the first is the logistic function of the difference of the logits."""
    z = rng.normal(size=6)
    p = 1 / (1 + np.exp(-z))
    got = softmax(np.column_stack([z, np.zeros(6)]))
    equal("softmax(logits)", got, np.column_stack([p, 1 - p]), axes="(N, K)")


@check(points=0.5)
def whole_logits_have_broken_probabilities(softmax, rng):
    """Logits in whole numbers have probabilities between 0 and 1, not whole ones."""
    same_softmax(softmax, rng.integers(-3, 4, size=(4, 3)))


@check(points=0.5)
def softmax_leaves_its_logits_alone(softmax, rng):
    """The probabilities are a new array; the logits are the same after the call."""
    logits = rng.normal(size=(2, 3)) + 1.0
    equal("softmax(logits)", unchanged(softmax, logits), outputs.softmax(logits), axes="(N, K)")


# ---- rescale_outputs ------------------------------------------------------------------------------------------


def same_rescaled(rescale_outputs, a):
    """Compare the rescaled outputs with the reference."""
    equal("rescaled outputs", rescale_outputs(a), outputs.rescale_outputs(a), axes="shape of a")


@check(points=0.5)
def each_example_has_its_own_sum(rescale_outputs, rng):
    """Wide, tall or square, every row is divided by its own sum."""
    for shape in [(2, 5), (5, 2), (4, 4), (1, 3)]:
        same_rescaled(rescale_outputs, rng.uniform(0.1, 1, size=shape))


@check(points=0.5)
def outputs_of_zero_and_single_outputs(rescale_outputs):
    """An output of 0 stays 0; a class without rivals has all of the probability; one example may come as (K,)."""
    for a in ([[0.0, 0.5, 0.25], [0.9, 0.0, 0.0]], [[0.25], [0.75]], [0.0, 0.125, 0.25, 0.5], [0.5]):
        same_rescaled(rescale_outputs, np.array(a))


@check(points=0.5)
def tiny_outputs_are_rescaled_too(rescale_outputs, rng):
    """However close to 0 the outputs of a row are, afterwards they add up to 1; the same holds for a sum above 1."""
    same_rescaled(rescale_outputs, rng.uniform(0.1, 1, size=(3, 4)) * [[1e-9], [1e-4], [1.0]])


@check(points=0.5)
def whole_outputs_have_broken_shares(rescale_outputs, rng):
    """Outputs in whole numbers have shares that are not whole."""
    same_rescaled(rescale_outputs, rng.integers(1, 9, size=(3, 4)))


@check(points=0.5)
def rescale_outputs_leaves_its_outputs_alone(rescale_outputs, rng):
    """The shares are a new array; the outputs are the same after the call."""
    a = rng.uniform(0.1, 1, size=(3, 2))
    equal("rescaled outputs", unchanged(rescale_outputs, a), outputs.rescale_outputs(a), axes="(N, K)")


# ---- cross_entropy --------------------------------------------------------------------------------------------


def same_loss(cross_entropy, logits, y):
    """Compare the loss with the reference."""
    equal("cross_entropy(logits, y)", cross_entropy(logits, y), losses.cross_entropy(logits, y), examples=len(y))


@check(points=1)
def any_number_of_examples_and_classes(cross_entropy, rng):
    """The loss is the mean over the examples, however many there are, also if a class never occurs."""
    for size, classes in [(6, 4), (3, 7), (4, 4), (1, 3)]:
        same_loss(cross_entropy, rng.normal(size=(size, classes)), rng.integers(classes, size=size))


@check(points=1)
def logits_a_thousand_apart_have_an_exact_loss(cross_entropy, rng):
    """A certain right answer costs nothing, one that is wrong by 1000 costs 1000, and one that is wrong by 900, 900."""
    for y in (np.array([0, 0]), np.array([1, 1])):
        same_loss(cross_entropy, np.array([[1e3, 0.0, 500.0], [600.0, -300.0, 0.0]]), y)


@check(points=0.5)
def rows_of_very_different_logits(cross_entropy, rng):
    """A constant added to all logits of an example changes no loss, even a thousand, and even if others stay."""
    logits, y = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    same_loss(cross_entropy, logits + np.array([[1e3], [0.0], [-1e3], [5.0]]), y)


@check(points=0.5)
def batch_that_is_repeated_has_the_same_loss(cross_entropy, rng):
    """A batch that is repeated, or put in another order, has the loss of the batch."""
    logits, y = rng.normal(size=(5, 3)), np.array([0, 2, 2, 1, 0])
    expected, order = losses.cross_entropy(logits, y), rng.permutation(5)
    got = cross_entropy(np.tile(logits, (2, 1)), np.tile(y, 2))
    equal("the loss of the repeated batch", got, expected, examples=10)
    equal("the loss in another order", cross_entropy(logits[order], y[order]), expected, examples=5)


@check(points=0.5)
def whole_logits_have_a_broken_loss(cross_entropy, rng):
    """Logits in whole numbers do not round the loss."""
    same_loss(
        cross_entropy, rng.integers(-3, 4, size=(4, 3)) + 4 * np.eye(3, dtype=int)[[1, 0, 1, 2]], np.array([1, 0, 2, 2])
    )


@check(points=0.5)
def cross_entropy_leaves_arguments_alone(cross_entropy, rng):
    """Logits and labels are the same after the call."""
    logits, y = rng.normal(size=(3, 4)) + 1.0, np.array([3, 0, 1])
    got = unchanged(cross_entropy, logits, y)
    equal("cross_entropy(logits, y)", got, losses.cross_entropy(logits, y), examples=3)
