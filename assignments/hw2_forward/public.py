"""Checks of homework 2 that students run themselves: numbers of the lectures, hand-sized cases, properties."""

from itertools import pairwise

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, require, unpack

# UWL CS457 F24, 07-2c, "Example: Making Predictions": attributes and weights; then what the slides print.
LECTURE_ATTRIBUTES = (3.0, 4.0)
LECTURE_WEIGHTS = {
    (0, 3): 5.0,
    (1, 3): 1.0,
    (2, 3): -2.0,
    (0, 4): 3.0,
    (1, 4): -4.0,
    (2, 4): 2.0,
    (0, 5): -1.0,
    (3, 5): 4.0,
    (4, 5): 2.0,
}
LECTURE_INPUTS = (0.0, -1.0, 1.54)  # of neurons 3, 4, 5
LECTURE_OUTPUTS = (0.5, 0.27, 0.82)  # of neurons 3, 4, 5
TWO_DIGITS = {"rtol": 0.0, "atol": 5e-3}

# MIT 6.390 S25 and S26, recap; Buoy: the four points of XOR, and the exact values of -3 (s1 + s2) there.
CORNERS = ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0))
LECTURE_DECISION_VALUES = (-4.3863515, -4.3863515, -3.0465408, -3.0465408)

# Buoy, "leveraging nonlinear transformations": the feature vector (1, |x1 - x2|) at the same four points.
LECTURE_FEATURES = ((1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 1.0))

# UWL CS457 F24, 07-4c, "Multi-Class Classification: Network Outputs": three outputs; then each divided by their sum.
LECTURE_THREE_OUTPUTS = (0.03, 0.57, 0.24)
LECTURE_RESCALED = (0.0357143, 0.6785714, 0.2857143)

LAYER_AXES = ("(fan_in, fan_out)", "(fan_out,)")

# ---- linear_forward -------------------------------------------------------------------------------------------


@check(points=0.5)
def two_examples_through_four_units(linear_forward):
    """Two examples, three inputs, four units: every unit adds its bias to its own weighted sum, for every example."""
    X, W = np.array([[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]]), np.array([[2, -1, 3, 4], [-2, 5, 1, -3], [1, 2, -2, 6.0]])
    b = np.array([10.0, 20.0, -30.0, 0.5])
    expected = np.array([[11.0, 35.0, -31.0, 16.5], [9.0, 27.5, -36.5, 7.0]])
    equal("Z", linear_forward(X, W, b), expected, axes="(N, fan_out)")


@check(points=0.5)
def one_weight_leads_from_its_row_to_its_column(linear_forward, rng):
    """W[i, j] leads from input i to unit j: as the only weight it makes column j of Z, out of column i of X."""
    X = rng.uniform(1, 2, size=(3, 3))
    for i, j in [(1, 2), (0, 1)]:
        W, Z = np.zeros((3, 3)), np.zeros((3, 3))
        W[i, j], Z[:, j] = 5.0, 5.0 * X[:, i]
        equal("Z", linear_forward(X, W, np.zeros(3)), Z, axes="(N, fan_out)")


# ---- collapse_linear ------------------------------------------------------------------------------------------


@check(points=0.5)
def two_layers_of_single_numbers_by_hand(collapse_linear):
    """One input, two hidden units, one output: 3 (2x + 1) + 4 (-x + 3) + 5 is 2x + 20."""
    got = collapse_linear(np.array([[2.0, -1.0]]), np.array([1.0, 3.0]), np.array([[3.0], [4.0]]), np.array([5.0]))
    equal("W, b", got, (np.array([[2.0]]), np.array([20.0])), axes=LAYER_AXES)


@check(points=0.5)
def one_layer_gives_what_your_two_layers_give(collapse_linear, linear_forward, rng):
    """For any inputs the one layer gives what the linear_forward of this notebook gives with the two, one by one."""
    X, W1, b1 = rng.normal(size=(6, 3)), rng.normal(size=(3, 5)), rng.normal(size=5)
    W2, b2 = rng.normal(size=(5, 2)), rng.normal(size=2)
    W, b = unpack(collapse_linear(W1, b1, W2, b2), "W", "b")
    W, b = array("W", W, (3, 2), LAYER_AXES[0], finite=True), array("b", b, (2,), LAYER_AXES[1], finite=True)
    hidden = array("linear_forward(X, W1, b1)", linear_forward(X, W1, b1), (6, 5), "(N, hidden)")
    two = array("the output of two layers", linear_forward(hidden, W2, b2), (6, 2), "(N, fan_out)")
    equal("the output of one layer", linear_forward(X, W, b), two, axes="(N, fan_out)", rtol=1e-4, atol=1e-4)


# ---- mlp_forward ----------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_network_layer_by_layer(mlp_forward):
    """The lecture's network with x = (3, 4): pre-activations 0, -1 and 1.54, outputs 0.5, 0.27 and 0.82."""
    hidden = np.array([[1.0, -4.0], [-2.0, 2.0]]), np.array([5.0, 3.0])
    output = np.array([[4.0], [2.0]]), np.array([-1.0])
    got = mlp_forward(np.array([LECTURE_ATTRIBUTES]), [hidden, output], ["logistic", "logistic"])
    Zs, As = unpack(got, "Zs", "As")
    (in3, in4, in5), (a3, a4, a5) = LECTURE_INPUTS, LECTURE_OUTPUTS
    equal("Zs[0], Zs[1]", Zs, (np.array([[in3, in4]]), np.array([[in5]])), axes="(N, fan_out)", **TWO_DIGITS)
    outputs = np.array([LECTURE_ATTRIBUTES]), np.array([[a3, a4]]), np.array([[a5]])
    equal("As[0], As[1], As[2]", As, outputs, axes="(N, fan_out)", **TWO_DIGITS)


@check(points=0.5)
def inputs_stand_first_and_every_layer_follows(mlp_forward, rng):
    """Zs has an array for each layer, As one more: As[0] is X, and each of the others has a column for each unit."""
    X, widths = rng.normal(size=(7, 4)), (4, 3, 5, 2)
    params = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(widths)]
    Zs, As = unpack(mlp_forward(X, params, ["tanh", "relu", "identity"]), "Zs", "As")
    Zs, As = unpack(Zs, "Zs[0]", "Zs[1]", "Zs[2]"), unpack(As, "As[0]", "As[1]", "As[2]", "As[3]")
    equal("As[0]", As[0], X, axes="(N, D)")
    for layer, width in enumerate(widths[1:]):
        array(f"Zs[{layer}]", Zs[layer], (7, width), "(N, fan_out)", finite=True)
        array(f"As[{layer + 1}]", As[layer + 1], (7, width), "(N, fan_out)", finite=True)


@check(points=1)
def each_layer_takes_in_what_the_one_below_gives_out(mlp_forward, rng):
    """Every Z is the weighted sum of the A below it, plus the biases, and every A is its Z after the activation."""
    X, widths, names = rng.normal(size=(5, 2)), (2, 3, 4, 3), ["relu", "tanh", "logistic"]
    params = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(widths)]
    functions = {"relu": lambda Z: np.maximum(0, Z), "tanh": np.tanh, "logistic": lambda Z: 1 / (1 + np.exp(-Z))}
    Zs, As = unpack(mlp_forward(X, params, names), "Zs", "As")
    Zs, As = unpack(Zs, "Zs[0]", "Zs[1]", "Zs[2]"), unpack(As, "As[0]", "As[1]", "As[2]", "As[3]")
    A = X
    for layer, ((W, b), name) in enumerate(zip(params, names, strict=True)):
        Z = A @ W + b
        equal(f"Zs[{layer}]", Zs[layer], Z, axes="(N, fan_out)")
        A = functions[name](Z)
        equal(f"As[{layer + 1}]", As[layer + 1], A, axes="(N, fan_out)", slips={"left without its activation": Z})


# ---- graph_forward --------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_network_neuron_by_neuron(graph_forward):
    """The lecture's network with x = (3, 4): neurons 3, 4 and 5 put out 0.5, 0.27 and 0.82."""
    got = graph_forward(np.array(LECTURE_ATTRIBUTES), 5, list(LECTURE_WEIGHTS), dict(LECTURE_WEIGHTS))
    expected = np.array([1.0, *LECTURE_ATTRIBUTES, *LECTURE_OUTPUTS])
    equal("a", got, expected, axes="(n + 1,)", **TWO_DIGITS)


@check(points=0.5)
def lecture_network_with_its_arcs_in_another_order(graph_forward, rng):
    """The order in which the arcs are listed changes no output."""
    arcs, a4 = list(LECTURE_WEIGHTS), 1 / (1 + np.exp(1.0))
    expected = np.array([1.0, 3.0, 4.0, 0.5, a4, 1 / (1 + np.exp(-1.0 - 2 * a4))])
    for order in (arcs[::-1], [arcs[k] for k in rng.permutation(len(arcs))]):
        got = graph_forward(np.array(LECTURE_ATTRIBUTES), 5, order, dict(LECTURE_WEIGHTS))
        equal("a", got, expected, axes="(n + 1,)")


@check(points=1)
def arc_past_a_neuron_counts_as_well(graph_forward, rng):
    """An arc may pass neurons by: here neuron 3 adds up neuron 2, the input itself and, as its bias, the dummy's 1."""
    x, (w12, w23, w13, w03) = float(rng.uniform(0.5, 1.5)), rng.uniform(0.5, 2, size=4).tolist()
    a2 = 1 / (1 + np.exp(-w12 * x))
    a3 = 1 / (1 + np.exp(-w23 * a2 + w13 * x - w03))
    w = {(1, 2): w12, (2, 3): w23, (1, 3): -w13, (0, 3): w03}
    equal("a", graph_forward(np.array([x]), 3, list(w), w), np.array([1.0, x, a2, a3]), axes="(n + 1,)")


# ---- two_sigmoid_xor ------------------------------------------------------------------------------------------


@check(points=0.5)
def corners_have_the_lectures_decision_values(two_sigmoid_xor):
    """At the four points of XOR the network puts out what the lecture's formula gives."""
    got = two_sigmoid_xor(np.array(CORNERS))
    equal("two_sigmoid_xor(X)", got, np.array(LECTURE_DECISION_VALUES), axes="(N,)", rtol=1e-6)


@check(points=0.5)
def two_sigmoids_are_a_network_of_two_layers(two_sigmoid_xor, mlp_forward, rng):
    """The mlp_forward of this notebook gives the same values with one logistic layer and one linear output."""
    X = rng.normal(size=(5, 2))
    hidden = np.array([[5.0, -5.0], [-5.0, 5.0]]), np.array([1.0, 1.0])
    output = np.array([[-3.0], [-3.0]]), np.array([0.0])
    _, As = unpack(mlp_forward(X, [hidden, output], ["logistic", "identity"]), "Zs", "As")
    _, _, values = unpack(As, "As[0]", "As[1]", "As[2]")
    values = array("As[2]", values, (5, 1), "(N, 1)", finite=True)[:, 0]
    equal("two_sigmoid_xor(X)", two_sigmoid_xor(X), values, axes="(N,)", rtol=1e-4, atol=1e-4)
    equal("two_sigmoid_xor at (0, 0)", two_sigmoid_xor(np.zeros((1, 2))), np.array(LECTURE_DECISION_VALUES[:1]))


# ---- abs_difference_features ----------------------------------------------------------------------------------


@check(points=0.5)
def corners_have_the_lectures_features(abs_difference_features):
    """Where the two attributes are equal the features are (1, 0); where they are 0 and 1 the features are (1, 1)."""
    got = abs_difference_features(np.array(CORNERS))
    equal("features", got, np.array(LECTURE_FEATURES), axes="(N, 2)")


@check(points=0.5)
def features_of_three_points_by_hand(abs_difference_features):
    """The points (2, 5), (0.5, -1) and (-4, -3.5) differ in their attributes by 3, 1.5 and 0.5."""
    got = abs_difference_features(np.array([[2.0, 5.0], [0.5, -1.0], [-4.0, -3.5]]))
    equal("features", got, np.array([[1.0, 3.0], [1.0, 1.5], [1.0, 0.5]]), axes="(N, 2)")


# ---- relu_interpolator ----------------------------------------------------------------------------------------


def outputs_of_the_network(result, x):
    """What the returned network of one hidden ReLU layer puts out at each number of x."""
    W1, b1, w2, b2 = unpack(result, "W1", "b1", "w2", "b2")
    W1 = array("W1", W1, (1, None), "(1, H)", finite=True)
    units = W1.shape[1]
    b1, w2 = array("b1", b1, (units,), "(H,)", finite=True), array("w2", w2, (units,), "(H,)", finite=True)
    outputs = np.maximum(np.reshape(x, (-1, 1)) @ W1.astype(float) + b1, 0) @ w2.astype(float) + number("b2", b2)
    # Weights in single precision earn the wider tolerance of single precision.
    return outputs.astype(np.float32) if np.float32 in (W1.dtype, b1.dtype, w2.dtype) else outputs


@check(points=1)
def network_meets_every_knot(relu_interpolator):
    """The network puts out 5, 7, 6, 2 at the inputs -1, 0, 2, 3, through which it was asked to run."""
    knots, values = np.array([-1.0, 0.0, 2.0, 3.0]), np.array([5.0, 7.0, 6.0, 2.0])
    outputs = outputs_of_the_network(relu_interpolator(knots, values), knots)
    equal("the network's output at the knots", outputs, values, axes="(K,)", atol=1e-6)


@check(points=1)
def network_is_straight_between_neighbours(relu_interpolator):
    """A quarter of the way from one knot to the next, the output has gone a quarter of the way as well."""
    knots, values = np.array([0.0, 1.0, 3.0, 3.5]), np.array([2.0, 6.0, -2.0, 1.0])
    x = knots[:-1] + np.diff(knots) / 4
    outputs = outputs_of_the_network(relu_interpolator(knots, values), x)
    equal("the network's output between the knots", outputs, np.array([3.0, 4.0, -1.25]), axes="(K - 1,)", atol=1e-6)


@check(points=0.5)
def two_knots_make_a_straight_line(relu_interpolator):
    """Through two points runs one straight line: from (1, 3) to (5, 11) the output rises by 2 for every 1."""
    x = np.array([1.0, 2.0, 4.5, 5.0])
    outputs = outputs_of_the_network(relu_interpolator(np.array([1.0, 5.0]), np.array([3.0, 11.0])), x)
    equal("the network's output", outputs, np.array([3.0, 5.0, 10.0, 11.0]), axes="(N,)", atol=1e-6)


# ---- softmax --------------------------------------------------------------------------------------------------


@check(points=0.5)
def logarithms_of_shares_give_the_shares(softmax):
    """Logits log 1, log 2, log 5 are worth 1, 2 and 5 parts of 8; two equal logits share with nothing left over."""
    got = softmax(np.log([[1.0, 2.0, 5.0], [4.0, 4.0, 1.0]]))
    equal("softmax(logits)", got, np.array([[1, 2, 5], [32 / 9, 32 / 9, 8 / 9]]) / 8, axes="(N, K)")


@check(points=0.5)
def each_row_is_a_distribution(softmax, rng):
    """No probability is negative, and every row adds up to 1, of one example (K,) as well."""
    for shape in [(4, 3), (3, 3), (5,)]:
        p = array("softmax(logits)", softmax(rng.normal(size=shape)), shape, "shape of logits", finite=True)
        require(np.all(p > 0), "A probability is 0 or negative, although its logit is close to the others.")
        equal("the sum of each row", p.sum(axis=-1), np.ones(shape[:-1]), atol=1e-6)


@check(points=0.5)
def shift_of_a_row_changes_no_probability(softmax, rng):
    """Adding a constant to a row of logits does not change its probabilities."""
    logits = rng.normal(size=(3, 4))
    before = array("softmax(logits)", softmax(logits), (3, 4), "(N, K)", finite=True)
    shifted = logits + np.array([[2.0], [-3.0], [40.0]])
    equal("softmax(shifted logits)", softmax(shifted), before, axes="(N, K)", rtol=1e-4, atol=1e-5)


# ---- rescale_outputs ------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_outputs_rescaled(rescale_outputs):
    """The lecture's outputs 0.03, 0.57 and 0.24, divided by their sum, are 0.0357, 0.6786 and 0.2857."""
    got = rescale_outputs(np.array([LECTURE_THREE_OUTPUTS]))
    equal("rescaled outputs", got, np.array([LECTURE_RESCALED]), axes="(N, K)", rtol=0.0, atol=1e-7)
    got = rescale_outputs(np.array(LECTURE_THREE_OUTPUTS))
    equal("rescaled outputs of one example", got, np.array(LECTURE_RESCALED), axes="(K,)", rtol=0.0, atol=1e-7)


@check(points=0.5)
def ratios_stay_and_rows_add_up_to_one(rescale_outputs, rng):
    """Rescaling keeps the ratios within a row, and every row adds up to 1."""
    a = rng.uniform(0.1, 1, size=(3, 3))
    got = array("rescaled outputs", rescale_outputs(a), (3, 3), "(N, K)", finite=True)
    require(np.all(got > 0), "A rescaled output is 0 or negative, although none of the outputs is.")
    equal("the sum of each row", got.sum(axis=1), np.ones(3), atol=1e-6)
    equal("each row, relative to its first entry", got / got[:, :1], a / a[:, :1], rtol=1e-4, axes="(N, K)")


# ---- cross_entropy --------------------------------------------------------------------------------------------


@check(points=0.5)
def undecided_network_pays_log_of_k(cross_entropy):
    """Equal logits for K classes cost log K, whatever the label: here log 4, and log 3."""
    equal("cross_entropy(logits, y)", cross_entropy(np.zeros((2, 4)), np.array([0, 3])), np.log(4.0), examples=2)
    equal("cross_entropy(logits, y)", cross_entropy(np.full((1, 3), 7.0), np.array([1])), np.log(3.0))


@check(points=0.5)
def three_examples_by_hand(cross_entropy):
    """Labels whose probabilities are 1/2, 1/4 and 1/8 cost log 2, 2 log 2 and 3 log 2: on average 2 log 2."""
    shares = np.array([[4.0, 1.0, 3.0], [5.0, 1.0, 2.0], [2.0, 1.0, 5.0]])
    got = cross_entropy(np.log(shares), np.array([0, 2, 1]))
    slips = {"taken with logarithms of base 2": 2.0, "taken with logarithms of base 10": 2 * np.log10(2.0)}
    equal("cross_entropy(logits, y)", got, 2 * np.log(2.0), examples=3, slips=slips)


@check(points=0.5)
def loss_is_minus_the_logarithm_of_your_softmax(cross_entropy, softmax, rng):
    """The loss is the mean of -log p at the labels, with p from the softmax of this notebook."""
    logits, y = rng.normal(size=(5, 3)), np.array([2, 0, 1, 1, 2])
    p = array("softmax(logits)", softmax(logits), (5, 3), "(N, K)", finite=True)
    right = p[[0, 1, 2, 3, 4], y].astype(float)
    require(np.all(right > 0), "Your softmax gives a probability of 0 or less: look there first.")
    got = number("cross_entropy(logits, y)", cross_entropy(logits, y))
    equal("cross_entropy(logits, y)", got, -np.mean(np.log(right)), rtol=1e-3, atol=1e-4, examples=5)
