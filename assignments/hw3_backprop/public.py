"""Checks of homework 3 that students run themselves: numbers of the lectures, hand-sized cases, finite differences."""

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack

# MIT 6.390 S26, "Numerical example: backprop with two hidden neurons": x, y, weights; then what the slide prints.
LECTURE_TWO_NEURONS = {"x": 1.0, "y": 3.0, "w1": (2.0, -1.0), "w2": (1.0, 2.0)}
LECTURE_PRE_ACTIVATIONS = (2.0, -1.0)
LECTURE_OUTPUT, LECTURE_OUTPUT_SLOPE = 2.0, -2.0
LECTURE_DW1, LECTURE_DW2 = (-2.0, 0.0), (-4.0, 0.0)

# UWL CS457 F24, 07-2c, "Example: Making Predictions": attributes, weights, and the inputs of neurons 3 and 4.
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
LECTURE_IN_3, LECTURE_IN_4 = 0.0, -1.0

# UWL CS457 F24, 07-2d and 07-3c: two inputs, hidden neurons 3, 4 and 5, 6, output 7; the dummy 0 feeds every one.
LECTURE_SEVEN_NEURONS = [
    *[(i, j) for j in (3, 4) for i in (0, 1, 2)],
    *[(i, j) for j in (5, 6) for i in (0, 3, 4)],
    *[(i, 7) for i in (0, 5, 6)],
]

# ---- relu_grad ------------------------------------------------------------------------------------------------


@check(points=0.5)
def relu_slope_is_one_above_zero_and_nothing_below(relu_grad):
    """A live unit (z above 0) has slope 1, a dead one (z below 0) has slope 0."""
    equal("relu_grad(z)", relu_grad(np.array(LECTURE_PRE_ACTIVATIONS)), [1.0, 0.0])
    z = np.array([[-3.0, 4.5, -1.5], [2.0, -7.0, 6.0]])
    equal("relu_grad(z)", relu_grad(z), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]), axes="shape of z")


# ---- squared_error_grad ---------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_error_of_minus_one_has_slope_minus_two(squared_error_grad):
    """The lecture's network answers 2 instead of 3: dL/dg is -2, given as arrays or as numbers."""
    target = LECTURE_TWO_NEURONS["y"]
    got = squared_error_grad(np.array([[LECTURE_OUTPUT]]), np.array([[target]]))
    equal("squared_error_grad(g, y)", got, np.array([[LECTURE_OUTPUT_SLOPE]]), axes="(N, K)")
    equal("squared_error_grad(2.0, 3.0)", squared_error_grad(LECTURE_OUTPUT, target), LECTURE_OUTPUT_SLOPE)


@check(points=0.5)
def squared_error_slopes_match_finite_differences(squared_error_grad, rng):
    """Each entry tells how fast the mean squared error grows with one output."""
    g = rng.normal(size=(4, 2))
    y = g + rng.uniform(0.5, 2, size=(4, 2)) * [[1, -1], [-1, 1], [1, -1], [-1, -1]]
    expected = slopes(lambda g: np.mean(((g - y) ** 2).sum(axis=1)), g)
    equal("squared_error_grad(g, y)", squared_error_grad(g, y), expected, axes="(N, K)", examples=4)


# ---- linear_backward ------------------------------------------------------------------------------------------


@check(points=0.5)
def one_entry_of_dZ_reaches_one_row_one_column_one_bias(linear_backward, rng):  # noqa: N802  dZ is the array's name
    """A single 1 in dZ, at example n and unit j, reaches only row n of dX, column j of dW and entry j of db."""
    X, W = rng.uniform(2, 3, size=(2, 3)), rng.uniform(4, 5, size=(3, 4))
    n, j = int(rng.integers(2)), int(rng.integers(4))
    dZ, dX, dW, db = np.zeros((2, 4)), np.zeros((2, 3)), np.zeros((3, 4)), np.zeros(4)
    dZ[n, j] = db[j] = 1.0
    dX[n], dW[:, j] = W[:, j], X[n]
    axes = ("(N, fan_in)", "(fan_in, fan_out)", "(fan_out,)")
    equal("dX, dW, db", linear_backward(dZ, X, W), (dX, dW, db), axes=axes)


@check(points=0.5)
def linear_gradients_match_finite_differences(linear_backward, rng):
    """dX, dW and db are the derivatives of sum(dZ * (X W + b))."""
    for size, fan_in, fan_out in [(2, 3, 4), (3, 3, 3)]:
        X, W, b = rng.normal(size=(size, fan_in)), rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)
        dZ = rng.normal(size=(size, fan_out))
        dX = slopes(lambda X: np.vdot(dZ, X @ W + b), X)  # noqa: B023  called before dZ, W and b change
        dW = slopes(lambda W: np.vdot(dZ, X @ W + b), W)  # noqa: B023
        db = slopes(lambda b: np.vdot(dZ, X @ W + b), b)  # noqa: B023
        axes = ("(N, fan_in)", "(fan_in, fan_out)", "(fan_out,)")
        equal("dX, dW, db", linear_backward(dZ, X, W), (dX, dW, db), axes=axes, examples=size)


# ---- layer_backward -------------------------------------------------------------------------------------------


@check(points=0.5)
def dead_unit_passes_nothing_back(layer_backward):
    """Of two ReLU units, one live and one dead, only the live one has gradients and hands something on."""
    X, W = np.array([[1.0, 2.0, 3.0]]), np.array([[2.0, -1.0], [1.0, -2.0], [3.0, -3.0]])
    Z, dA = np.array([[13.0, -14.0]]), np.array([[10.0, 100.0]])
    expected = [[20.0, 10.0, 30.0]], [[10.0, 0.0], [20.0, 0.0], [30.0, 0.0]], [10.0, 0.0]
    equal("dX, dW, db", layer_backward(dA, Z, X, W, "relu"), tuple(map(np.array, expected)))


@check(points=1)
def layer_gradients_match_finite_differences(layer_backward, rng):
    """dX, dW and db are the derivatives of sum(dA * g(X W + b)), for each of the four activations g."""
    X, W, b, dA = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(2, 4))
    while np.min(np.abs(X @ W + b)) < 1e-2:  # stay away from the corner of ReLU
        b = rng.normal(size=4)
    functions = {
        "identity": lambda Z: Z,
        "logistic": lambda Z: 1 / (1 + np.exp(-Z)),
        "tanh": np.tanh,
        "relu": lambda Z: np.maximum(Z, 0),
    }
    for name, g in functions.items():
        dX = slopes(lambda X: np.vdot(dA, g(X @ W + b)), X)  # noqa: B023  called before g changes
        dW = slopes(lambda W: np.vdot(dA, g(X @ W + b)), W)  # noqa: B023
        db = slopes(lambda b: np.vdot(dA, g(X @ W + b)), b)  # noqa: B023
        parts = f"dX ({name}), dW ({name}), db ({name})"
        equal(parts, layer_backward(dA, X @ W + b, X, W, name), (dX, dW, db), examples=2)


# ---- two_neuron_gradients -------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_gradients_of_the_two_neurons(two_neuron_gradients):
    """The lecture's network: dw1 is (-2, 0) and dw2 is (-4, 0); neuron 2 is dead."""
    x, y, w1, w2 = LECTURE_TWO_NEURONS.values()
    got = two_neuron_gradients(x, y, np.array(w1), np.array(w2))
    equal("dw1, dw2", got, (np.array(LECTURE_DW1), np.array(LECTURE_DW2)), axes="(2,)")


@check(points=1)
def two_neuron_gradients_match_finite_differences(two_neuron_gradients, rng):
    """dw1 and dw2 are the derivatives of the squared error, also where x is not 1."""
    x, y, w2 = 1.7, rng.normal(), rng.uniform(0.5, 2, size=2)
    for signs in [(1, 1), (1, -1), (-1, 1)]:
        w1 = rng.uniform(0.5, 2, size=2) * signs
        dw1 = slopes(lambda w1: (w2 @ np.maximum(x * w1, 0) - y) ** 2, w1)
        dw2 = slopes(lambda w2: (w2 @ np.maximum(x * w1, 0) - y) ** 2, w2)  # noqa: B023  called before w1 changes
        equal("dw1, dw2", two_neuron_gradients(x, y, w1, w2), (dw1, dw2), axes="(2,)")


# ---- softmax_cross_entropy_grad -------------------------------------------------------------------------------


@check(points=0.5)
def undecided_network_pushes_the_right_class(softmax_cross_entropy_grad):
    """Four equal logits, two examples: -3/8 at the right class of each, 1/8 at every other class."""
    expected = np.array([[-0.375, 0.125, 0.125, 0.125], [0.125, 0.125, 0.125, -0.375]])
    got = softmax_cross_entropy_grad(np.zeros((2, 4)), np.array([0, 3]))
    equal("gradient", got, expected, axes="(N, K)", examples=2)


@check(points=0.5)
def gradient_of_each_row_adds_up_to_zero(softmax_cross_entropy_grad, rng):
    """In each row only the right class has a negative gradient, and the row adds up to 0."""
    y = np.array([2, 0, 3])
    got = array("gradient", softmax_cross_entropy_grad(rng.normal(size=(3, 4)), y), (3, 4), "(N, K)", finite=True)
    for row, right in zip(got, y, strict=True):
        require(np.all((row < 0) == (np.arange(4) == right)), "A wrong class has a gradient that is not positive.")
    equal("the sum of each row", got.sum(axis=1), np.zeros(3), atol=1e-6)


@check(points=0.5)
def softmax_gradient_matches_finite_differences(softmax_cross_entropy_grad, rng):
    """Each entry tells how fast the mean cross-entropy grows with one logit."""
    logits, y = rng.normal(size=(3, 4)), np.array([1, 3, 1])
    expected = slopes(lambda v: np.mean(np.log(np.exp(v).sum(axis=1)) - v[[0, 1, 2], y]), logits)
    equal("gradient", softmax_cross_entropy_grad(logits, y), expected, axes="(N, K)", examples=3)


# ---- backprop -------------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_network_as_two_layers(backprop):
    """The lecture's two neurons as a network of two layers have the lecture's gradients."""
    x, y, w1, w2 = LECTURE_TWO_NEURONS.values()
    params = [(np.array([w1]), np.zeros(2)), (np.reshape(w2, (2, 1)), np.zeros(1))]
    dW1, dW2 = np.array([LECTURE_DW1]), np.reshape(LECTURE_DW2, (2, 1))
    # A bias is a weight whose input is 1; the lecture's x is 1, so db1 is dw1.
    expected = [(dW1, np.array(LECTURE_DW1)), (dW2, np.array([LECTURE_OUTPUT_SLOPE]))]
    got = backprop(np.array([[x]]), np.array([[y]]), params, ["relu", "identity"])
    for layer, (grad, pair) in enumerate(zip(unpack(got, "layer 1", "layer 2"), expected, strict=True), start=1):
        equal(f"dW{layer}, db{layer}", grad, pair, axes=("(fan_in, fan_out)", "(fan_out,)"))


@check(points=0.5)
def gradients_stand_in_the_order_of_the_layers(backprop, rng):
    """There is one pair (dW, db) a layer, from the first layer to the last, in the shapes of W and b."""
    shapes, names = [(2, 5), (5, 4), (4, 3)], ["tanh", "tanh", "identity"]
    params = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in shapes]
    got = backprop(rng.normal(size=(6, 2)), rng.normal(size=(6, 3)), params, names)
    grads = unpack(got, "layer 1", "layer 2", "layer 3")
    for layer, (grad, (W, b)) in enumerate(zip(grads, params, strict=True), start=1):
        dW, db = unpack(grad, f"dW{layer}", f"db{layer}")
        dW = array(f"dW{layer}", dW, W.shape, "(fan_in, fan_out)", finite=True)
        db = array(f"db{layer}", db, b.shape, "(fan_out,)", finite=True)
        require(np.ptp(dW) > 0 and np.any(db != 0), f"The gradients of layer {layer} are all the same number.")


@check(points=1.5)
def backprop_matches_finite_differences(backprop, rng):
    """The gradients of two layers are the derivatives of the mean squared error, for weights and for biases."""
    X, y = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    parts = rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=(4, 2)), rng.normal(size=2)

    def loss(W1, b1, W2, b2):
        return ((np.tanh(X @ W1 + b1) @ W2 + b2 - y) ** 2).sum() / 3

    dW1, db1, dW2, db2 = (
        slopes(lambda moved: loss(*parts[:k], moved, *parts[k + 1 :]), parts[k])  # noqa: B023  called before k changes
        for k in range(4)
    )
    first, second = unpack(backprop(X, y, [parts[:2], parts[2:]], ["tanh", "identity"]), "layer 1", "layer 2")
    equal("dW1, db1", first, (dW1, db1), axes=("(fan_in, fan_out)", "(fan_out,)"), examples=3)
    equal("dW2, db2", second, (dW2, db2), axes=("(fan_in, fan_out)", "(fan_out,)"), examples=3)


# ---- graph_backprop -------------------------------------------------------------------------------------------


@check(points=1)
def lecture_network_of_five_neurons(graph_backprop):
    """The lecture's network with x = (3, 4) and target 1: Deltas and gradients as on paper."""
    a3, a4 = (1 / (1 + np.exp(-LECTURE_IN_3))), (1 / (1 + np.exp(-LECTURE_IN_4)))
    a5 = 1 / (1 + np.exp(1 - 4 * a3 - 2 * a4))
    delta5 = -2 * (1 - a5) * a5 * (1 - a5)
    delta3, delta4 = 0.25 * 4 * delta5, a4 * (1 - a4) * 2 * delta5
    # One line a neuron: the outputs that it receives (0 is the dummy), each times its Delta.
    into3, into4, into5 = (np.array(a) for a in [(1, 3, 4), (1, 3, 4), (1, a3, a4)])
    numbers = [*(delta3 * into3), *(delta4 * into4), *(delta5 * into5)]
    arcs = list(LECTURE_WEIGHTS)
    got = graph_backprop(np.array(LECTURE_ATTRIBUTES), 1.0, 5, arcs, dict(LECTURE_WEIGHTS))
    deltas, grads = unpack(got, "deltas", "grads")
    equal("deltas", deltas, {3: delta3, 4: delta4, 5: delta5})
    equal("grads", grads, dict(zip(arcs, numbers, strict=True)))


@check(points=1)
def seven_neurons_have_the_lectures_derivatives(graph_backprop, graph_forward, rng):
    """The lecture's derivatives with respect to w57, w35 and w13 hold; w13 acts on the output by two routes."""
    arcs, x, y = LECTURE_SEVEN_NEURONS, rng.uniform(0.5, 2, size=2), 0.25
    w = dict(zip(arcs, rng.uniform(0.2, 1.5, size=len(arcs)).tolist(), strict=True))
    _, _, _, a3, _, a5, a6, a7 = array("graph_forward(x, ...)", graph_forward(x, 7, arcs, w), (8,))
    _, grads = unpack(graph_backprop(x, y, 7, arcs, w), "deltas", "grads")
    delta7 = -2 * (y - a7) * a7 * (1 - a7)
    delta5, delta6 = delta7 * w[5, 7] * a5 * (1 - a5), delta7 * w[6, 7] * a6 * (1 - a6)
    dw13 = a3 * (1 - a3) * (w[3, 5] * delta5 + w[3, 6] * delta6) * x[0]
    require(isinstance(grads, dict), "grads is not a dict.", "SHAPE")
    for arc, expected in {(5, 7): delta7 * a5, (3, 5): delta5 * a3, (1, 3): dw13}.items():
        require(arc in grads, f"grads has no entry {arc}.", "SHAPE")
        equal(f"grads[{arc}]", grads[arc], expected)


@check(points=1)
def graph_gradients_match_finite_differences(graph_backprop, graph_forward, rng):
    """The gradients are the derivatives of (y - a_n)^2 with respect to the weights, with arcs that skip layers too."""
    arcs = [(1, 4), (0, 3), (3, 4), (2, 3), (4, 5), (3, 5), (0, 5), (1, 3)]
    x, y, values = rng.normal(size=2), 0.25, rng.normal(size=len(arcs))

    def weights(values):
        return dict(zip(arcs, values.tolist(), strict=True))

    def loss(values):
        return (y - array("graph_forward(x, ...)", graph_forward(x, 5, arcs, weights(values)), (6,))[5]) ** 2

    expected = weights(slopes(loss, values))
    _, grads = unpack(graph_backprop(x, y, 5, arcs, weights(values)), "deltas", "grads")
    equal("grads", grads, expected)


# ---- numerical_gradient ---------------------------------------------------------------------------------------


@check(points=0.5)
def central_difference_of_a_parabola_is_exact(numerical_gradient):
    """The line through two points of a parabola has the slope of the point half-way, even for a large eps."""
    theta, heights = np.array([1.0, -2.0, 3.0]), np.array([1.0, 0.5, 2.0])
    got = numerical_gradient(lambda t: float(heights @ np.square(t)), theta, 0.5)
    equal("gradient", got, np.array([2.0, -2.0, 12.0]), axes="shape of theta")


@check(points=1)
def slopes_of_sines_are_cosines(numerical_gradient, rng):
    """The numerical gradient of a sum of sines is the array of cosines, to many digits."""
    theta, size = rng.normal(size=(2, 3)), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    got = numerical_gradient(lambda t: float(np.sum(size * np.sin(t))), theta, 1e-4)
    equal("gradient", got, size * np.cos(theta), axes="shape of theta", atol=1e-6)


# ---- relative_error -------------------------------------------------------------------------------------------


@check(points=0.5)
def relative_error_of_three_and_four(relative_error):
    """(3, 0) and (0, 4) are 5 apart and 3 and 4 long: their relative error is 5/7."""
    equal("relative_error", number("relative_error", relative_error(np.array([3.0, 0.0]), np.array([0.0, 4.0]))), 5 / 7)


@check(points=0.5)
def opposites_are_as_far_apart_as_can_be(relative_error, rng):
    """A gradient is at 0 from itself, at 1/3 from its double, and at 1 from its opposite."""
    a = rng.normal(size=4)
    equal("relative_error(a, a)", relative_error(a, a), 0.0)
    equal("relative_error(a, 2 a)", relative_error(a, 2 * a), 1 / 3)
    equal("relative_error(a, -a)", relative_error(a, -a), 1.0)
