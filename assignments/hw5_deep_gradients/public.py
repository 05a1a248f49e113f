"""Checks of homework 5 that students run themselves: numbers of the lectures, hand-sized cases, finite differences."""

import numpy as np

from autograder.chance import require_normal
from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, slopes_and_kinks, unpack

# UWL CS457 F24, 07-3d: the largest slope of the logistic function.
LECTURE_LARGEST_SLOPE = 0.25

# UWL CS457 F24, 07-4a: a logistic neuron with input 10 puts out 0.99995.
LECTURE_SATURATED_INPUT = 10.0

# MIT 6.390 S26, "Numerical example: backprop with two hidden neurons": x, y and weights; z2 is the slide's g. What
# follows from them with the output of the slide on residual connections, g = z2 + ReLU(z2): g = 4, dL/dz2 = 2 * 1 * 2.
LECTURE_TWO_NEURONS = {"x": 1.0, "y": 3.0, "w1": (2.0, -1.0), "w2": (1.0, 2.0)}
SKIP_DW1, SKIP_DW2 = (4.0, 0.0), (8.0, 0.0)

# ---- chain_deltas ---------------------------------------------------------------------------------------------


@check(points=0.5)
def single_neuron_is_the_shortest_chain(chain_deltas):
    """A single neuron that puts out 0.75 where 0.25 is wanted has the one delta 0.1875."""
    got = chain_deltas(np.array([np.log(3.0)]), np.array([]), 0.25)
    equal("deltas", got, np.array([0.1875]), axes="(n,)")


@check(points=0.5)
def steepest_neurons_pass_on_a_quarter(chain_deltas):
    """With z = 0 and weights 1, each step to the left divides the delta by 4: 20 neurons leave 0.25 to the power 20."""
    deltas = array("deltas", chain_deltas(np.zeros(20), np.ones(19), 1.0), (20,), "(n,)", finite=True)
    passed = LECTURE_LARGEST_SLOPE ** np.arange(20.0, 0.0, -1.0)
    equal("4 ** (20 - k) * deltas", deltas / passed, -np.ones(20))


@check(points=0.5)
def saturated_neuron_passes_on_next_to_nothing(chain_deltas):
    """A neuron with z = 10 puts out 0.99995 and has a slope of 0.00005; a weight of 10000 makes up for half of it."""
    a = 1 / (1 + np.exp(-LECTURE_SATURATED_INPUT))
    last = -2 * (1 - 0.5) * LECTURE_LARGEST_SLOPE
    got = chain_deltas(np.array([LECTURE_SATURATED_INPUT, 0.0]), np.array([1e4]), 1.0)
    equal("deltas", got, np.array([a * (1 - a) * 1e4 * last, last]), axes="(n,)")


@check(points=1)
def deltas_match_finite_differences(chain_deltas, rng):
    """Delta k tells how fast (y - a)^2 grows when z[k] grows and the change travels on to the right."""
    z, y = rng.uniform(-1.5, 1.5, size=4), 0.3
    w = rng.uniform(2, 5, size=3) * [1, -1, 1]

    def output(z):
        return 1 / (1 + np.exp(-z))

    def loss(nudges):
        moved = nudges[0]
        for k in range(3):
            moved = nudges[k + 1] + w[k] * (output(z[k] + moved) - output(z[k]))
        return (y - output(z[3] + moved)) ** 2

    equal("deltas", chain_deltas(z, w, y), slopes(loss, np.zeros(4)), axes="(n,)", atol=1e-7)


# ---- xavier_init ----------------------------------------------------------------------------------------------


@check(points=0.5)
def xavier_weights_join_every_pair_of_units(xavier_init, rng):
    """W has a number of its own for each unit below and each unit of the layer: shape (fan_in, fan_out)."""
    for fan_in, fan_out in [(3, 5), (4, 1)]:
        W = array("W", xavier_init(rng, fan_in, fan_out), (fan_in, fan_out), "(fan_in, fan_out)", finite=True)
        require(np.unique(W).size == W.size, "W holds the same number more than once.")


@check(points=1)
def xavier_weights_have_variance_one_over_fan_in(xavier_init, rng):
    """With 160 units below, the weights have mean 0 and variance 1/160."""
    W = array("W", xavier_init(rng, 160, 50), (160, 50), "(fan_in, fan_out)", finite=True)
    require_normal("W", W, 1 / 160)


# ---- he_init --------------------------------------------------------------------------------------------------


@check(points=1)
def he_weights_have_variance_two_over_fan_in(he_init, rng):
    """With 160 units below, the weights have mean 0 and variance 2/160."""
    W = array("W", he_init(rng, 160, 50), (160, 50), "(fan_in, fan_out)", finite=True)
    require_normal("W", W, 2 / 160)


# ---- init_layers ----------------------------------------------------------------------------------------------


@check(points=0.5)
def one_pair_for_each_layer_after_the_inputs(init_layers, rng):
    """Sizes 3, 5, 4, 2 make three layers: W of (3, 5), (5, 4) and (4, 2), b of 5, 4 and 2."""
    sizes = [3, 5, 4, 2]
    layers = unpack(init_layers(rng, sizes), "layer 1", "layer 2", "layer 3")
    for k, layer in enumerate(layers, start=1):
        W, b = unpack(layer, f"W{k}", f"b{k}")
        W = array(f"W{k}", W, (sizes[k - 1], sizes[k]), "(fan_in, fan_out)", finite=True)
        require(np.ptp(W) > 0, f"All entries of W{k} are the same number.")
        array(f"b{k}", b, (sizes[k],), "(fan_out,)", finite=True)


@check(points=0.5)
def biases_start_at_zero(init_layers, rng):
    """Biases start at 0; weights do not, or all units of a layer would stay equal."""
    layers = unpack(init_layers(rng, [4, 40, 3]), "layer 1", "layer 2")
    for k, (layer, fan_in, fan_out) in enumerate(zip(layers, (4, 40), (40, 3), strict=True), start=1):
        W, b = unpack(layer, f"W{k}", f"b{k}")
        W = array(f"W{k}", W, (fan_in, fan_out), "(fan_in, fan_out)", finite=True)
        equal(f"b{k}", b, np.zeros(fan_out), axes="(fan_out,)")
        equal(f"the number of weights of 0 in W{k}", np.sum(W == 0), 0)


# ---- dead_units -----------------------------------------------------------------------------------------------


@check(points=0.5)
def unit_is_dead_if_no_example_wakes_it(dead_units):
    """Of three units, one sleeps for all four examples, one wakes for one of them, one is always awake."""
    Z = np.array([[-1.0, -2.0, 3.0], [-0.5, 0.25, 6.0], [-4.0, -3.0, 2.0], [-2.0, -7.0, 1.5]])
    equal("dead_units(Z)", dead_units(Z), np.array([1.0, 0.0, 0.0]), axes="(n,)")


@check(points=0.5)
def weights_of_a_dead_unit_have_no_slope(dead_units, rng):
    """A unit is dead exactly if the gradients of all its weights are 0, for any loss."""
    X, W = rng.uniform(0.5, 2, size=(6, 3)), rng.uniform(0.5, 2, size=(3, 5)) * [1, -1, 1, -1, 1]
    W[0, [2, 4]] *= -2
    dW = X.T @ (rng.uniform(1, 2, size=(6, 5)) * (X @ W > 0))
    equal("dead_units(X @ W)", dead_units(X @ W), np.all(dW == 0, axis=0).astype(float), axes="(n,)")


# ---- residual_forward -----------------------------------------------------------------------------------------


@check(points=0.5)
def skip_carries_z_past_the_unit(residual_forward):
    """Below 0 the unit is silent and g is z alone; above 0 the unit adds z once more."""
    z = np.array([[-3.0, 2.0, -0.5], [1.5, -4.0, 7.0]])
    equal("g", residual_forward(z), np.array([[-3.0, 4.0, -0.5], [3.0, -4.0, 14.0]]), axes="shape of z")


# ---- residual_backward ----------------------------------------------------------------------------------------


@check(points=0.5)
def gradient_comes_back_once_or_twice(residual_backward):
    """A gradient of 5 comes back through a dead unit's skip as 5, and through a live unit as 10."""
    dg, z = np.array([5.0, 5.0, -0.5, -0.5]), np.array([-3.0, 2.0, -4.0, 0.25])
    equal("dz", residual_backward(dg, z), np.array([5.0, 10.0, -0.5, -1.0]), axes="shape of z")


@check(points=0.5)
def dz_is_the_derivative_of_your_residual_forward(residual_backward, residual_forward, rng):
    """dz is the derivative of sum(dg * residual_forward(z)), with the residual_forward of this notebook."""
    # Eighths, and a step of a power of two: exact even in single precision.
    z, dg = rng.integers(2, 20, size=5) / 8 * [1, -1, 1, -1, -1], rng.integers(3, 20, size=5) / 8

    def total(z):
        return np.vdot(dg, array("residual_forward(z)", residual_forward(z), (5,), "shape of z", finite=True))

    expected, kinks = slopes_and_kinks(total, z, step=2.0**-7)
    dz = array("dz", residual_backward(dg, z), (5,), "shape of z")
    equal("dz", np.where(kinks, expected, dz), expected)


# ---- residual_two_neuron_gradients ----------------------------------------------------------------------------


@check(points=0.5)
def lecture_network_with_a_skip(residual_two_neuron_gradients):
    """The lecture's network with a skip at its output, g = 4: dw1 is (4, 0) and dw2 is (8, 0)."""
    x, y, w1, w2 = LECTURE_TWO_NEURONS.values()
    got = residual_two_neuron_gradients(x, y, np.array(w1), np.array(w2))
    equal("dw1, dw2", got, (np.array(SKIP_DW1), np.array(SKIP_DW2)), axes="(2,)")


@check(points=0.5)
def lower_layer_learns_where_the_output_is_negative(residual_two_neuron_gradients):
    """With z2 = -2.5 the ReLU of the output sleeps, and still both weights of the lower layer learn."""
    got = residual_two_neuron_gradients(2.0, 1.0, np.array([1.5, 0.5]), np.array([-1.0, 0.5]))
    dw1, _ = unpack(got, "dw1", "dw2")
    equal("dw1", dw1, np.array([14.0, -7.0]), axes="(2,)")


def skip_loss(x, y, w1, w2):
    """(g - y)^2 of the network, written out."""
    z2 = w2 @ np.maximum(x * w1, 0)
    return (z2 + np.maximum(z2, 0) - y) ** 2


def skip_networks(rng):
    """x, y, w1, w2 of networks with z2 above 0 and below 0, with both hidden neurons awake and with one of them."""
    x, y = 1.7, rng.normal()
    for first, second in [((1, 1), (1, 1)), ((1, -1), (1, 1)), ((-1, 1), (1, -1)), ((1, 1), (-1, -1))]:
        yield x, y, rng.uniform(0.5, 2, size=2) * first, rng.uniform(0.5, 2, size=2) * second


@check(points=0.5)
def lower_gradients_match_finite_differences(residual_two_neuron_gradients, rng):
    """dw1 is the derivative of (g - y)^2 with g = z2 + ReLU(z2), for z2 above and below 0."""
    for x, y, w1, w2 in skip_networks(rng):
        dw1, _ = unpack(residual_two_neuron_gradients(x, y, w1, w2), "dw1", "dw2")
        expected = slopes(lambda w1: skip_loss(x, y, w1, w2), w1)  # noqa: B023  called before w2 changes
        equal("dw1", dw1, expected, axes="(2,)", atol=1e-6)


@check(points=0.5)
def upper_gradients_match_finite_differences(residual_two_neuron_gradients, rng):
    """dw2 is the derivative of (g - y)^2 with g = z2 + ReLU(z2), for z2 above and below 0."""
    for x, y, w1, w2 in skip_networks(rng):
        _, dw2 = unpack(residual_two_neuron_gradients(x, y, w1, w2), "dw1", "dw2")
        expected = slopes(lambda w2: skip_loss(x, y, w1, w2), w2)  # noqa: B023  called before w1 changes
        equal("dw2", dw2, expected, axes="(2,)", atol=1e-6)


# ---- clip_by_norm ---------------------------------------------------------------------------------------------


@check(points=0.5)
def long_gradient_comes_back_with_length_tau(clip_by_norm):
    """(6, 8) has length 10: clipped at 5 it is (3, 4), clipped at 1 it is (0.6, 0.8)."""
    for tau in (5.0, 1.0):
        got = clip_by_norm(np.array([6.0, 8.0]), tau)
        equal(f"(6, 8) clipped at {tau:g}", got, tau * np.array([0.6, 0.8]), axes="shape of grad")


@check(points=0.5)
def short_gradient_stays(clip_by_norm):
    """A gradient of length 1.3 keeps its values under tau = 2 and shrinks under tau = 0.65; zeros stay zeros."""
    grad = np.array([0.3, -0.4, 1.2])
    equal("the gradient", clip_by_norm(grad, 2.0), grad, axes="shape of grad")
    equal("the gradient", clip_by_norm(grad, 0.65), grad / 2, axes="shape of grad")
    equal("the gradient of zeros", clip_by_norm(np.zeros(3), 2.0), np.zeros(3), axes="shape of grad")


@check(points=0.5)
def direction_stays(clip_by_norm, rng):
    """Clipping changes the length of a gradient and not its direction."""
    grad = rng.uniform(2, 5, size=4) * [1, -1, -1, 1]
    got = array("the clipped gradient", clip_by_norm(grad, 1.5), (4,), "shape of grad", finite=True)
    length = np.sqrt(np.sum(got**2))
    equal("the length", length, 1.5)
    equal("the gradient divided by its length", got / length, grad / np.sqrt(np.sum(grad**2)))


# ---- global_norm ----------------------------------------------------------------------------------------------


@check(points=0.5)
def three_and_four_make_five(global_norm):
    """An array of length 3 and one of length 4 are one gradient of length 5."""
    grads = [np.array([[1.0, -2.0], [2.0, 0.0]]), np.array([-4.0])]
    equal("the norm", number("global_norm", global_norm(grads)), 5.0)


@check(points=0.5)
def cutting_a_gradient_up_leaves_its_length(global_norm, rng):
    """However a gradient is cut into arrays, it has the length of the whole."""
    whole = rng.normal(size=12)
    expected = np.sqrt(np.sum(whole**2))
    for grads in ([whole], [whole[:6].reshape(2, 3), whole[6:]], [whole[:4].reshape(4, 1), whole[4:5], whole[5:]]):
        equal("the norm", number("global_norm", global_norm(grads)), expected)


# ---- clip_by_global_norm --------------------------------------------------------------------------------------


@check(points=0.5)
def arrays_of_a_short_gradient_stay(clip_by_global_norm):
    """Lengths 3 and 4 make 5: under tau = 6 every array keeps its values and its shape, under tau = 4.5 none does."""
    grads = [np.array([[1.0, -2.0], [2.0, 0.0]]), np.array([-4.0])]
    equal("the gradients", clip_by_global_norm(grads, 6.0), grads)
    expected = [np.array([[0.9, -1.8], [1.8, 0.0]]), np.array([-3.6])]
    equal("the gradients", clip_by_global_norm(grads, 4.5), expected)


@check(points=1)
def one_factor_shortens_all_arrays(clip_by_global_norm):
    """Lengths 3 and 4 make 5; clipped at 2, both arrays are multiplied by 2/5."""
    grads = [np.array([[1.0, -2.0], [2.0, 0.0]]), np.array([-4.0])]
    expected = [np.array([[0.4, -0.8], [0.8, 0.0]]), np.array([-1.6])]
    equal("the gradients", clip_by_global_norm(grads, 2.0), expected)
