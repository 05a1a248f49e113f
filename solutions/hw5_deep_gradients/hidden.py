"""Checks of homework 5 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref.

Random weights are judged by structure and by statistics, never by a stream of numbers; a right answer breaks one of
these bounds less than once in 1e9 looks. Sizes are chosen to show every usual mistake: a variance off by a factor of
1.3, a uniform distribution, a draw that is used twice.
"""

from itertools import pairwise

import numpy as np

from autograder.chance import require_distinct, require_normal, require_share
from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack
from autograder.guard import unchanged
from nnref import chain, clipping, residual

# ---- chain_deltas ---------------------------------------------------------------------------------------------


def chain_case(rng, n):
    """z, w, y of a chain whose deltas are neither tiny nor huge."""
    return rng.normal(size=n), rng.uniform(3, 7, size=n - 1) * rng.choice([-1, 1], size=n - 1), rng.uniform(-2, -1)


@check(points=1)
def chains_of_any_length_have_their_deltas(chain_deltas, rng):
    """From one neuron to nine, each delta is made of the slopes, weights and error to its right."""
    for n in (1, 2, 3, 6, 9):
        case = chain_case(rng, n)
        equal("deltas", chain_deltas(*case), chain.chain_deltas(*case), axes="(n,)")


@check(points=0.5)
def cut_chain_learns_on_the_right_alone(chain_deltas, rng):
    """A weight of 0 cuts the chain: every delta to its left is 0, those to its right stay as they were."""
    z, w, y = chain_case(rng, 6)
    whole = chain.chain_deltas(z, w, y)
    for cut in (1, 3):
        expected = np.where(np.arange(6) > cut, whole, 0.0)
        equal("deltas", chain_deltas(z, np.where(np.arange(5) == cut, 0.0, w), y), expected, axes="(n,)")


@check(points=0.5)
def weights_above_four_make_deltas_explode(chain_deltas):
    """At z = 0 a weight of 8 doubles the delta at every step to the left, and a weight of -8 turns its sign."""
    signs = np.where(np.arange(19) % 3 == 0, -1.0, 1.0)
    deltas = array("deltas", chain_deltas(np.zeros(20), 8 * signs, 1.0), (20,), "(n,)", finite=True)
    turns = np.append(np.cumprod(signs[::-1])[::-1], 1.0)
    equal("0.5 ** (19 - k) * deltas", deltas / 2.0 ** np.arange(19, -1, -1), -0.25 * turns)


@check(points=0.5)
def saturated_neurons_stay_finite(chain_deltas, rng):
    """A neuron with an input of a thousand passes nothing back; nothing to its right suffers."""
    for place in range(4):
        z, w, y = chain_case(rng, 4)
        z[place] = 1e3 if place % 2 else -1e3
        equal("deltas", chain_deltas(z, w, y), chain.chain_deltas(z, w, y), axes="(n,)")


@check(points=0.5)
def error_may_have_either_sign(chain_deltas, rng):
    """A target above the output gives deltas of one sign, a target below it those of the other, each by its size."""
    z, w, _ = chain_case(rng, 3)
    for y in (0.0, 1.0, -3.0, 5.0):
        equal("deltas", chain_deltas(z, w, y), chain.chain_deltas(z, w, y), axes="(n,)")


@check(points=0.5)
def chain_of_whole_numbers(chain_deltas, rng):
    """Inputs, weights and target in whole numbers have broken deltas."""
    z, w = rng.integers(-1, 2, size=4), rng.integers(3, 9, size=3)
    equal("deltas", chain_deltas(z, w, 2), chain.chain_deltas(z, w, 2), axes="(n,)")


@check(points=0.5)
def chain_deltas_leaves_arguments_alone(chain_deltas, rng):
    """The deltas are a new array; z and w are the same after the call."""
    case = chain_case(rng, 5)
    equal("deltas", unchanged(chain_deltas, *case), chain.chain_deltas(*case), axes="(n,)")


# ---- xavier_init ----------------------------------------------------------------------------------------------

FRESH = 2**32
NEAR = 0.6827  # of normal draws lie within one standard deviation


def weights(name, got, fan_in, fan_out):
    """A returned W as an array of the right shape."""
    return array(name, got, (fan_in, fan_out), "(fan_in, fan_out)", finite=True)


def spread_follows_fan_in(init, rng, gain):
    """Normal weights of variance gain / fan_in for a layer that widens and for one that narrows."""
    for fan_in, fan_out in [(20, 500), (500, 20)]:
        W = weights("W", init(rng, fan_in, fan_out), fan_in, fan_out)
        require_normal("W", W, gain / fan_in)
        near = int(np.sum(np.abs(W) < np.sqrt(gain / fan_in)))
        require_share("Weights within one standard deviation", near, W.size, NEAR)


def extreme_layers(init, rng, gain):
    """One unit below, or one unit in the layer; drawn one by one, not in pairs, and not adjusted afterwards."""
    for fan_in, fan_out in [(1, 4_000), (4_000, 1)]:
        W = weights("W", init(rng, fan_in, fan_out), fan_in, fan_out).astype(float)
        require_normal("W", W, gain / fan_in)
        require_distinct("W without its signs", np.abs(W))
        # Mean and variance of 4,000 independent draws come so near to 0 and to 1 less often than 1 time in 1e9.
        adjusted = min(abs(np.mean(W)) / np.sqrt(gain / fan_in), abs(np.var(W) * fan_in / gain - 1)) < 1e-12
        require(not adjusted, "The mean of W is 0, or its variance is the wanted one, to twelve digits.")


def randomness_is_that_of_rng(init, rng):
    """Generators in the same state give the same weights; other states, and the next call, give others."""
    seed = int(rng.integers(FRESH))
    same, other = np.random.default_rng(seed), np.random.default_rng(seed + 1)
    first, second = (weights("W", init(same, 30, 40), 30, 40) for _ in range(2))
    again = weights("W", init(np.random.default_rng(seed), 30, 40), 30, 40)
    equal("W, drawn again from a generator in the same state", again, first)
    third = weights("W", init(other, 30, 40), 30, 40)
    require_distinct("the weights of three draws together", np.concatenate([first, second, third]))


@check(points=1)
def xavier_spread_follows_fan_in(xavier_init, rng):
    """The variance is 1 / fan_in for normal weights, whether the layer widens or narrows."""
    spread_follows_fan_in(xavier_init, rng, 1)


@check(points=0.5)
def xavier_init_of_extreme_layers(xavier_init, rng):
    """One unit below has weights of variance 1, one above thousands has small ones, each a draw of its own."""
    extreme_layers(xavier_init, rng, 1)


@check(points=1)
def xavier_weights_come_from_rng(xavier_init, rng):
    """All randomness is that of rng: the same state gives the same weights, the next call other ones."""
    randomness_is_that_of_rng(xavier_init, rng)


# ---- he_init --------------------------------------------------------------------------------------------------


@check(points=0.5)
def he_weights_join_every_pair_of_units(he_init, rng):
    """W has a number of its own for each unit below and each unit of the layer."""
    for fan_in, fan_out in [(3, 5), (1, 4), (4, 1)]:
        W = weights("W", he_init(rng, fan_in, fan_out), fan_in, fan_out)
        require(np.unique(W).size == W.size, "W holds the same number more than once.")


@check(points=1)
def he_spread_follows_fan_in(he_init, rng):
    """The variance is 2 / fan_in for normal weights, whether the layer widens or narrows."""
    spread_follows_fan_in(he_init, rng, 2)


@check(points=0.5)
def he_init_of_extreme_layers(he_init, rng):
    """One unit below has weights of variance 2, one above thousands has small ones, each a draw of its own."""
    extreme_layers(he_init, rng, 2)


@check(points=0.5)
def he_weights_come_from_rng(he_init, rng):
    """All randomness is that of rng: the same state gives the same weights, the next call other ones."""
    randomness_is_that_of_rng(he_init, rng)


# ---- init_layers ----------------------------------------------------------------------------------------------


def layers_of(got, sizes):
    """The pairs (W, b) of a returned list, as arrays of the right shapes."""
    names = [f"layer {k}" for k in range(1, len(sizes))]
    pairs = [unpack(layer, "W", "b") for layer in unpack(got, *names)]
    return [
        (weights("W", W, *shape), array("b", b, shape[1:], "(fan_out,)", finite=True))
        for (W, b), shape in zip(pairs, pairwise(sizes), strict=True)
    ]


@check(points=1)
def each_layer_has_its_own_fan_in(init_layers, rng):
    """Every layer's weights have variance 2 / fan_in, with the fan_in of that layer, and its biases are 0."""
    sizes = [20, 300, 40, 100]
    for W, b in layers_of(init_layers(rng, sizes), sizes):
        require_normal("W", W, 2 / len(W))
        equal("b", b, np.zeros(len(b)), axes="(fan_out,)")


@check(points=0.5)
def layers_of_one_shape_are_drawn_separately(init_layers, rng):
    """Layers of the same shape have different weights."""
    sizes = [30, 30, 30, 30]
    drawn = np.concatenate([W for W, _ in layers_of(init_layers(rng, sizes), sizes)])
    require_distinct("the weights of all layers together", drawn)
    require_normal("the weights of all layers together", drawn, 2 / 30)


@check(points=0.5)
def network_may_have_one_layer(init_layers, rng):
    """Two sizes make one layer, and a unit may stand alone."""
    for sizes in ([6, 2], [1, 1], [1, 3, 1]):
        for W, b in layers_of(init_layers(rng, sizes), sizes):
            equal("b", b, np.zeros(len(b)), axes="(fan_out,)")
            require(np.unique(np.append(W, 0)).size == W.size + 1, "A weight is 0, or stands in W more than once.")


@check(points=0.5)
def init_layers_draws_from_rng_alone(init_layers, rng):
    """The same state of rng gives the same network, the next call another one; the list of sizes stays as it is."""
    seed, sizes = int(rng.integers(FRESH)), [30, 20, 30]
    same = np.random.default_rng(seed)
    networks = [unchanged(init_layers, generator, sizes) for generator in (same, same, np.random.default_rng(seed))]
    first, second, again = (np.concatenate([W.ravel() for W, _ in layers_of(net, sizes)]) for net in networks)
    equal("the weights, drawn again from a generator in the same state", again, first)
    require_distinct("the weights of two networks together", np.concatenate([first, second]))


# ---- dead_units -----------------------------------------------------------------------------------------------


def same_dead_units(got, Z):
    """Compare with the reference, as 0 and 1."""
    equal("dead_units(Z)", got, residual.dead_units(Z).astype(float), axes="(n,)")


@check(points=1)
def every_unit_is_judged_by_all_examples(dead_units, rng):
    """Each unit has its own verdict, made from all examples, in layers of any size."""
    for size, n in [(4, 9), (9, 4), (6, 6)]:
        wakes = np.array([0, 1, size - 1, size])[rng.permutation(np.arange(n) % 4)]  # for how many examples
        awake = rng.permuted(np.arange(size)[:, None] < wakes, axis=0)
        Z = rng.uniform(0.5, 3, size=(size, n)) * np.where(awake, 1, -1)
        same_dead_units(dead_units(Z), Z)


@check(points=0.5)
def one_awake_example_in_hundreds_is_enough(dead_units, rng):
    """A unit that wakes for a single example out of hundreds is not dead, however little it wakes."""
    Z = -rng.uniform(0.5, 3, size=(400, 6))
    for unit, value in [(0, 2.0), (2, 1e-3), (5, 1e-9)]:
        Z[rng.integers(1, 400), unit] = value
    same_dead_units(dead_units(Z), Z)


@check(points=0.5)
def single_example_decides_alone(dead_units, rng):
    """With one example, the dead units are those whose pre-activation is negative; a layer may have one unit."""
    Z = rng.uniform(0.5, 2, size=(1, 5)) * [1, -1, -1, 1, -1]
    same_dead_units(dead_units(Z), Z)
    for column in ([[-1.0], [-2.0], [-0.5]], [[-1.0], [2.0], [-0.5]]):
        same_dead_units(dead_units(np.array(column)), np.array(column))


@check(points=0.5)
def dead_units_leaves_whole_numbers_alone(dead_units, rng):
    """Pre-activations may be whole numbers; Z is the same after the call."""
    Z = rng.integers(1, 9, size=(4, 4)) * np.array([[-1, 1, -1, -1]] * 3 + [[-1, 1, 1, -1]])
    same_dead_units(unchanged(dead_units, Z), Z)


# ---- residual_forward -----------------------------------------------------------------------------------------


@check(points=0.5)
def every_entry_has_its_own_skip(residual_forward, rng):
    """Arrays of any shape, and single numbers, go through entry by entry, small ones and large ones."""
    for shape in [(6,), (3, 4), (2, 1, 3)]:
        z = rng.normal(size=shape) * 10.0 ** rng.integers(-2, 4, size=shape)
        equal("g", residual_forward(z), residual.residual_forward(z), axes="shape of z")
    for number_alone in (-1.25, 0.75):
        equal("g", residual_forward(number_alone), residual.residual_forward(number_alone))


@check(points=0.5)
def residual_forward_leaves_whole_numbers_alone(residual_forward, rng):
    """Pre-activations may be whole numbers; z is the same after the call."""
    for z in (rng.integers(1, 9, size=4) * np.array([1, -1, 1, -1]), rng.normal(size=(2, 3))):
        equal("g", unchanged(residual_forward, z), residual.residual_forward(z), axes="shape of z")


# ---- residual_backward ----------------------------------------------------------------------------------------


@check(points=1)
def gradients_of_any_shape_pass_the_skip(residual_backward, rng):
    """Each entry of dg goes back by the slope at its own z: arrays of any shape, single numbers, small and large z."""
    for shape in [(6,), (3, 4), (3, 3)]:
        z, dg = rng.normal(size=shape) * 10.0 ** rng.integers(-2, 4, size=shape), rng.normal(size=shape)
        equal("dz", residual_backward(dg, z), residual.residual_backward(dg, z), axes="shape of z")
    for z in (-0.25, 2.5):
        equal("dz", residual_backward(3.0, z), residual.residual_backward(3.0, z))


@check(points=0.5)
def skip_never_loses_a_gradient(residual_backward, rng):
    """Where every unit is dead, dz is dg; where every unit is live, it is twice dg."""
    dg, size = rng.normal(size=(4, 3)), rng.uniform(0.5, 3, size=(4, 3))
    equal("dz", residual_backward(dg, -size), dg, axes="shape of z")
    equal("dz", residual_backward(dg, size), 2 * dg, axes="shape of z")


@check(points=0.5)
def residual_backward_leaves_whole_numbers_alone(residual_backward, rng):
    """Gradients and pre-activations may be whole numbers; both are the same after the call."""
    z = rng.integers(1, 9, size=4) * np.array([1, -1, 1, -1])
    for dg in (rng.integers(1, 9, size=4), rng.normal(size=4)):
        equal("dz", unchanged(residual_backward, dg, z), residual.residual_backward(dg, z), axes="shape of z")


# ---- residual_two_neuron_gradients ----------------------------------------------------------------------------


def skip_case(rng, x, signs, output_signs=(1, 1)):
    """x, y, w1, w2 with the given signs of w1 and w2, where no number is close to 0 and g is not y."""
    y = rng.uniform(100, 200) * rng.choice([-1, 1])
    return x, y, rng.uniform(0.5, 2, size=2) * signs, rng.uniform(0.5, 2, size=2) * output_signs


def same_skip_gradients(got, case):
    """Compare with the reference."""
    equal("dw1, dw2", got, residual.residual_two_neuron_gradients(*case), axes="(2,)")


def same_upper_gradient(got, case):
    """Compare dw2 alone with the reference."""
    _, dw2 = unpack(got, "dw1", "dw2")
    equal("dw2", dw2, residual.residual_two_neuron_gradients(*case)[1], axes="(2,)")


@check(points=0.5)
def awake_output_doubles_its_gradient(residual_two_neuron_gradients, rng):
    """With z2 above 0, both the skip and the unit bring a gradient back to the weights from the input, dw1."""
    case = skip_case(rng, rng.uniform(2, 5), (1, 1))
    dw1, _ = unpack(residual_two_neuron_gradients(*case), "dw1", "dw2")
    equal("dw1", dw1, residual.residual_two_neuron_gradients(*case)[0], axes="(2,)")


@check(points=0.5)
def asleep_output_still_has_its_skip(residual_two_neuron_gradients, rng):
    """With z2 below 0, the gradient comes back to the weights of the output, dw2, through the skip alone."""
    case = skip_case(rng, rng.uniform(2, 5), (1, 1), (-1, -1))
    same_upper_gradient(residual_two_neuron_gradients(*case), case)


@check(points=0.5)
def hidden_units_have_no_skip(residual_two_neuron_gradients, rng):
    """A dead hidden neuron stays dead, whatever the output does; a negative input wakes it and lulls the other."""
    for output_signs in [(1, 1), (-1, -1), (1, -1)]:
        for x in (rng.uniform(1, 3), -rng.uniform(1, 3)):
            case = skip_case(rng, x, (1, -1), output_signs)
            same_skip_gradients(residual_two_neuron_gradients(*case), case)


@check(points=0.5)
def two_dead_neurons_learn_nothing(residual_two_neuron_gradients, rng):
    """If both hidden neurons are dead, no skip above them helps: all gradients are 0. The opposite input wakes them."""
    x, *others = skip_case(rng, rng.uniform(1, 3), (-1, -1))
    equal("dw1, dw2", residual_two_neuron_gradients(x, *others), (np.zeros(2), np.zeros(2)), axes="(2,)")
    same_skip_gradients(residual_two_neuron_gradients(-x, *others), (-x, *others))


def cases_by_your_forward(residual_forward, rng):
    """x, y, w1, w2 for z2 above and below 0, and the gradient for z2, with g by the residual_forward given."""

    def g(z2):
        return number("residual_forward(z2)", residual_forward(float(z2)))

    for output_signs in [(1, 1), (-1, -1)]:
        x, y = 1.5, float(rng.integers(20, 30))
        # Eighths, and a step of a power of two: exact even in single precision.
        w1, w2 = rng.integers(4, 16, size=2) / 8, rng.integers(4, 16, size=2) / 8 * output_signs
        z2 = x * w1 @ w2
        yield (x, y, w1, w2), 2 * (g(z2) - y) * slopes(g, z2, step=2.0**-7)


@check(points=0.5)
def lower_gradients_are_those_of_your_residual_forward(residual_two_neuron_gradients, residual_forward, rng):
    """dw1 is the derivative of (g - y)^2, with g by the residual_forward of this notebook."""
    for (x, y, w1, w2), dz2 in cases_by_your_forward(residual_forward, rng):
        dw1, _ = unpack(residual_two_neuron_gradients(x, y, w1, w2), "dw1", "dw2")
        equal("dw1", dw1, dz2 * w2 * x, axes="(2,)")


@check(points=0.5)
def upper_gradients_are_those_of_your_residual_forward(residual_two_neuron_gradients, residual_forward, rng):
    """dw2 is the derivative of (g - y)^2, with g by the residual_forward of this notebook."""
    for (x, y, w1, w2), dz2 in cases_by_your_forward(residual_forward, rng):
        _, dw2 = unpack(residual_two_neuron_gradients(x, y, w1, w2), "dw1", "dw2")
        equal("dw2", dw2, dz2 * w1 * x, axes="(2,)")


@check(points=0.5)
def skip_network_of_whole_numbers(residual_two_neuron_gradients, rng):
    """Inputs, targets and weights may be whole numbers."""
    for flip in (1, -1):
        case = 2, 3, rng.integers(1, 5, size=2), flip * rng.integers(1, 5, size=2)
        same_skip_gradients(residual_two_neuron_gradients(*case), case)


@check(points=0.5)
def skip_gradients_leave_arguments_alone(residual_two_neuron_gradients, rng):
    """The gradients are new arrays; the weights are the same after the call."""
    case = skip_case(rng, 1.25, (1, -1))
    same_upper_gradient(unchanged(residual_two_neuron_gradients, *case), case)


# ---- clip_by_norm ---------------------------------------------------------------------------------------------


@check(points=0.5)
def vectors_are_clipped_at_any_tau(clip_by_norm, rng):
    """Above tau the length becomes tau, below it nothing changes, just above and just below it too."""
    grad = rng.normal(size=5)
    length = np.sqrt(np.sum(grad**2))
    for tau in (0.3 * length, 0.98 * length, 1.02 * length, 5 * length):
        got = clip_by_norm(grad, tau)
        equal("the gradient", got, clipping.clip_by_norm(grad, tau), axes="shape of grad")


@check(points=1)
def matrix_has_one_length(clip_by_norm, rng):
    """The length of a matrix, or of a deeper array, is that of all its entries in a row."""
    for shape in [(3, 4), (3, 3), (1, 5), (5, 1), (2, 3, 2)]:
        grad = rng.normal(size=shape) + 2.0
        got = clip_by_norm(grad, 0.7)
        equal("the gradient", got, clipping.clip_by_norm(grad, 0.7), axes="shape of grad")
    grad = np.array([[3.0, 4.0], [4.0, -3.0]]) * rng.uniform(1, 2)
    tau = 0.9 * np.sqrt(np.sum(grad**2))
    equal("the gradient", clip_by_norm(grad, tau), 0.9 * grad, axes="shape of grad")


@check(points=0.5)
def zero_gradient_stays_zero(clip_by_norm):
    """A gradient of length 0 has no direction and needs no clipping; one entry that is not 0 is a length."""
    for shape in [(3,), (2, 2)]:
        for tau in (1.0, 1e-3):
            equal("the gradient", clip_by_norm(np.zeros(shape), tau), np.zeros(shape), axes="shape of grad")
            unit = np.eye(1, int(np.prod(shape))).reshape(shape)
            equal("the gradient", clip_by_norm(-3 * unit, tau), -tau * unit, axes="shape of grad")


@check(points=0.5)
def unit_of_length_does_not_matter(clip_by_norm, rng):
    """If gradient and tau are both a million million times larger, or a million times smaller, so is the result."""
    grad = rng.normal(size=4) + 3.0
    for scale in (1e12, 1e-6):
        for tau in (0.5, 100.0):
            got = array("the gradient", clip_by_norm(scale * grad, scale * tau), (4,), "shape of grad", finite=True)
            equal("the gradient divided by its scale", got / scale, clipping.clip_by_norm(grad, tau))


@check(points=0.5)
def clip_by_norm_leaves_whole_numbers_alone(clip_by_norm, rng):
    """A gradient in whole numbers has broken ones after clipping; it is the same itself after the call."""
    for grad in (rng.integers(1, 9, size=4), rng.normal(size=(2, 3)) + 2.0):
        got = unchanged(clip_by_norm, grad, 1.5)
        equal("the gradient", got, clipping.clip_by_norm(grad, 1.5), axes="shape of grad")


# ---- global_norm ----------------------------------------------------------------------------------------------


def gradient_of_a_network(rng):
    """A flat list of arrays of several shapes, whose lengths differ."""
    shapes = [(3, 4), (4,), (4, 2), (2,), (1, 1, 3)]
    return [rng.normal(size=shape) * size for shape, size in zip(shapes, (1, 2, 0.5, 3, 1.5), strict=True)]


@check(points=0.5)
def norm_of_a_network_counts_every_entry(global_norm, rng):
    """Weights and biases, arrays of any shape, a single number too, in long lists and short ones: all count once."""
    grads = gradient_of_a_network(rng)
    for flat in (grads, grads[:1], grads[3:4], grads[::-1], [*grads, *grads], [*grads, np.array(-2.5)]):
        equal("the norm", number("global_norm", global_norm(flat)), clipping.global_norm(flat))


@check(points=0.5)
def nothing_has_length_zero(global_norm):
    """A gradient of zeros has length 0, and so has an empty list; zeros beside others do not count."""
    equal("the norm", number("global_norm", global_norm([np.zeros((2, 3)), np.zeros(3)])), 0.0)
    equal("the norm", number("global_norm", global_norm([])), 0.0)
    equal("the norm", number("global_norm", global_norm([np.zeros(3), np.array([[-7.0]]), np.zeros((2, 2))])), 7.0)


@check(points=0.5)
def norm_grows_with_the_gradient(global_norm, rng):
    """A gradient that is a million million times longer, or shorter, has a norm as many times larger or smaller."""
    grads = gradient_of_a_network(rng)
    for scale in (1e12, -1e-9):
        got = number("global_norm", global_norm([scale * grad for grad in grads]))
        equal("the norm divided by its scale", got / abs(scale), clipping.global_norm(grads))


@check(points=0.5)
def global_norm_leaves_whole_numbers_alone(global_norm, rng):
    """The arrays may hold whole numbers; they are the same after the call."""
    for grads in ([rng.integers(1, 9, size=(2, 3)), rng.integers(-9, -1, size=3)], gradient_of_a_network(rng)):
        equal("the norm", number("global_norm", unchanged(global_norm, grads)), clipping.global_norm(grads))


# ---- clip_by_global_norm --------------------------------------------------------------------------------------


@check(points=1)
def network_is_clipped_at_any_tau(clip_by_global_norm, rng):
    """All arrays are shortened by the one factor that gives the whole gradient length tau, or not at all."""
    grads = gradient_of_a_network(rng)
    length = clipping.global_norm(grads)
    for tau in (0.3 * length, 0.98 * length, 1.02 * length, 5 * length):
        equal("the gradients", clip_by_global_norm(grads, tau), clipping.clip_by_global_norm(grads, tau))


@check(points=0.5)
def short_arrays_of_a_long_gradient_shrink_too(clip_by_global_norm, rng):
    """Every array may be shorter than tau while all of them together are longer: then every one shrinks."""
    parts = [rng.normal(size=shape) for shape in [(2, 3), (3,), (4, 1)]]
    grads = [2.0 * part / np.sqrt(np.sum(part**2)) for part in parts]
    equal("the gradients", clip_by_global_norm(grads, 2.5), [2.5 / np.sqrt(12) * grad for grad in grads])


@check(points=0.5)
def result_is_as_long_as_your_global_norm_says(clip_by_global_norm, global_norm, rng):
    """By the global_norm of this notebook, the clipped gradient has length tau if it was longer, else its own."""
    grads = gradient_of_a_network(rng)
    length = number("global_norm(grads)", global_norm(grads))
    for tau in (0.25 * length, 4.0 * length):
        got = unpack(clip_by_global_norm(grads, tau), *(f"array {k}" for k in range(5)))
        got = [array(f"array {k}", part, grad.shape) for k, (part, grad) in enumerate(zip(got, grads, strict=True))]
        equal("global_norm of the result", number("global_norm", global_norm(got)), min(tau, length))


@check(points=0.5)
def arrays_of_zeros_stay(clip_by_global_norm, rng):
    """Arrays of zeros stay zeros, alone or beside others, and one array alone is clipped by its own length."""
    grad = rng.normal(size=(3, 2)) + 2.0
    for grads in ([np.zeros((2, 2)), np.zeros(2)], [np.zeros(3), grad, np.zeros((1, 2))], [grad]):
        equal("the gradients", clip_by_global_norm(grads, 0.5), clipping.clip_by_global_norm(grads, 0.5))


@check(points=0.5)
def clip_by_global_norm_leaves_whole_numbers_alone(clip_by_global_norm, rng):
    """Gradients in whole numbers become broken ones; the list and its arrays are the same after the call."""
    for grads in ([rng.integers(1, 9, size=(2, 3)), rng.integers(-9, -1, size=3)], gradient_of_a_network(rng)):
        got = unchanged(clip_by_global_norm, grads, 1.5)
        equal("the gradients", got, clipping.clip_by_global_norm(grads, 1.5))
