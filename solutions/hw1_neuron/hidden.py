"""Checks of homework 1 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, require, unpack
from autograder.guard import unchanged
from nnref import activations, losses, neuron

SIGNS = np.array([[1, -1, 1, -1], [-1, -1, 1, 1], [1, -1, -1, 1]])


def mixed(rng, low=0.3, high=4.0):
    """A (3, 4) array of broken numbers of both signs, none close to 0."""
    return SIGNS * rng.uniform(low, high, size=(3, 4))


def every_shape(function, reference, rng):
    """A matrix, a vector, a deeper array, numbers of both signs."""
    z = mixed(rng)
    for part in (z, z[0], z.reshape(2, 3, 2)):
        equal(f"{function.name}(z)", function(part), reference(part), axes="shape of z")
    for one in (float(z[0, 0]), float(z[0, 1])):
        equal(f"{function.name}(z)", function(one), reference(one))


def whole_and_unchanged(function, reference, rng):
    """Whole numbers of both signs, and z after the call."""
    whole, broken = rng.permutation([-3, -2, -1, 0, 1, 2, 3]), mixed(rng)
    equal(f"{function.name}(z)", function(whole), reference(whole), axes="shape of z")
    equal(f"{function.name}(z)", unchanged(function, broken), reference(broken), axes="shape of z")


def extremes(function, reference, rng):
    """Sizes from tens to a thousand, of both signs, beside ordinary ones; each end may come first."""
    z = np.array([1e3, -750.0, 40.0, 1.5, -1.5, -40.0, 750.0, -1e3]) * rng.uniform(0.9, 1, size=8)
    for part in (z, z[::-1]):
        equal(f"{function.name}(z)", function(part), reference(part), axes="shape of z")


# ---- threshold ------------------------------------------------------------------------------------------------


@check(points=0.5)
def threshold_decides_for_each_entry(threshold, rng):
    """Every entry is judged on its own, in arrays of any shape and as a plain number."""
    every_shape(threshold, activations.threshold, rng)


@check(points=0.5)
def threshold_knows_only_the_sign(threshold, rng):
    """However small or large z is, whole or broken, only its sign counts; z is the same after the call."""
    sizes = rng.permutation([1e-9, -1e-9, 0.4, -0.4, 1e3, -1e3])
    equal("threshold(z)", threshold(sizes), (sizes >= 0).astype(float), axes="shape of z")
    whole_and_unchanged(threshold, activations.threshold, rng)


# ---- logistic -------------------------------------------------------------------------------------------------


@check(points=0.5)
def logistic_of_any_shape(logistic, rng):
    """Every entry has its own value, in arrays of any shape and as a plain number."""
    every_shape(logistic, activations.logistic, rng)


@check(points=1)
def logistic_of_a_thousand(logistic, rng):
    """For z of a thousand the output is 1, for z of minus a thousand it is 0, and never nan."""
    extremes(logistic, activations.logistic, rng)


@check(points=0.5)
def logistic_of_whole_numbers(logistic, rng):
    """Whole numbers have broken outputs, and z is the same after the call."""
    whole_and_unchanged(logistic, activations.logistic, rng)


@check(points=0.5)
def logistic_is_symmetric(logistic, rng):
    """The output at -z is 1 minus the output at z, and it grows with z."""
    z = np.sort(rng.uniform(0.2, 4, size=6)) + np.arange(6) / 10
    right, left = (array("logistic(z)", logistic(part), (6,), "shape of z", finite=True) for part in (z, -z))
    equal("logistic(-z)", left, 1 - right, atol=1e-6)
    require(np.all(np.diff(right) > 0), "The output does not grow with z everywhere.")
    require(np.all(right > 0.5), "The output at a positive z is not above one half.")


# ---- relu -----------------------------------------------------------------------------------------------------


@check(points=0.5)
def relu_of_any_shape(relu, rng):
    """Every entry is judged on its own, in arrays of any shape and as a plain number."""
    every_shape(relu, activations.relu, rng)


@check(points=0.5)
def relu_of_every_size(relu, rng):
    """However small or large, whole or broken: what is positive passes unchanged, and z stays as it was."""
    extremes(relu, activations.relu, rng)
    small = np.array([1e-3, -1e-3, 0.02, -0.02])
    equal("relu(z)", relu(small), np.array([1e-3, 0.0, 0.02, 0.0]), axes="shape of z")
    whole_and_unchanged(relu, activations.relu, rng)


# ---- softplus -------------------------------------------------------------------------------------------------


@check(points=0.5)
def softplus_of_any_shape(softplus, rng):
    """Every entry has its own value, in arrays of any shape and as a plain number."""
    every_shape(softplus, activations.softplus, rng)


@check(points=0.5)
def softplus_of_every_size(softplus, rng):
    """For large z softplus is z, for very negative z it is 0, and finite in between."""
    extremes(softplus, activations.softplus, rng)
    z = np.array([6.0, 10.0, 15.0, -6.0, -10.0, -15.0]) * rng.uniform(0.9, 1.1, size=6)
    equal("softplus(z)", softplus(z), activations.softplus(z), axes="shape of z")


@check(points=0.5)
def softplus_of_whole_numbers(softplus, rng):
    """Whole numbers have broken values, and z is the same after the call."""
    whole_and_unchanged(softplus, activations.softplus, rng)


# ---- logistic_grad --------------------------------------------------------------------------------------------


@check(points=0.5)
def logistic_grad_of_any_shape(logistic_grad, rng):
    """Every entry has its own slope, in arrays of any shape and as a plain number."""
    every_shape(logistic_grad, activations.logistic_grad, rng)


@check(points=0.5)
def saturated_logistic_is_flat(logistic_grad, rng):
    """Far from 0, on both sides, the slope is 0 or next to it, and never nan."""
    extremes(logistic_grad, activations.logistic_grad, rng)
    z = np.array([5.0, -5.0, 8.0, -8.0]) * rng.uniform(0.9, 1.1, size=4)
    equal("logistic_grad(z)", logistic_grad(z), activations.logistic_grad(z), axes="shape of z", atol=1e-6)


@check(points=0.5)
def logistic_grad_of_whole_numbers(logistic_grad, rng):
    """Whole numbers have broken slopes, and z is the same after the call."""
    whole_and_unchanged(logistic_grad, activations.logistic_grad, rng)


# ---- softplus_grad --------------------------------------------------------------------------------------------


@check(points=0.5)
def softplus_grad_of_any_shape(softplus_grad, rng):
    """Every entry has its own slope, in arrays of any shape and as a plain number."""
    every_shape(softplus_grad, activations.softplus_grad, rng)


@check(points=0.5)
def softplus_bends_from_flat_to_steep(softplus_grad, rng):
    """Far to the left the slope is 0, far to the right 1; it comes close to both little by little, and is never nan."""
    extremes(softplus_grad, activations.softplus_grad, rng)
    z = np.array([6.0, -6.0, 8.0, -8.0]) * rng.uniform(0.9, 1.1, size=4)
    equal("softplus_grad(z)", softplus_grad(z), activations.softplus_grad(z), axes="shape of z", atol=1e-6)


@check(points=0.5)
def softplus_grad_of_whole_numbers(softplus_grad, rng):
    """Whole numbers have broken slopes, and z is the same after the call."""
    whole_and_unchanged(softplus_grad, activations.softplus_grad, rng)


# ---- tanh_grad ------------------------------------------------------------------------------------------------


@check(points=0.5)
def tanh_grad_of_any_shape(tanh_grad, rng):
    """Every entry has its own slope, in arrays of any shape and as a plain number."""
    every_shape(tanh_grad, activations.tanh_grad, rng)


@check(points=0.5)
def saturated_tanh_is_flat(tanh_grad, rng):
    """Far from 0, on both sides, the slope is 0 or next to it, and never nan."""
    extremes(tanh_grad, activations.tanh_grad, rng)


@check(points=0.5)
def tanh_grad_of_whole_numbers(tanh_grad, rng):
    """Whole numbers have broken slopes, and z is the same after the call."""
    whole_and_unchanged(tanh_grad, activations.tanh_grad, rng)


# ---- squared_error --------------------------------------------------------------------------------------------


@check(points=1)
def squared_error_of_any_number_of_outputs(squared_error, rng):
    """It sums over output units and averages over examples: for many of either, for one of either."""
    for shape in [(4, 3), (3, 3), (1, 4), (5, 1), (6,), (1,)]:
        g, y = rng.normal(size=shape), rng.normal(size=shape)
        equal("squared_error(g, y)", squared_error(g, y), losses.squared_error(g, y), examples=shape[0])


@check(points=0.5)
def same_examples_twice_have_the_same_error(squared_error, rng):
    """A mean does not grow with the number of examples, and does not care about the sign of an error."""
    errors, y = rng.uniform(0.5, 2, size=5) * [1, -1, 1, 1, -1], rng.normal(size=5)
    once = number("squared_error(g, y)", squared_error(y + errors, y))
    equal("squared_error(g, y)", once, np.sum(errors**2) / 5, examples=5)
    equal("the error of the repeated examples", squared_error(np.tile(y - errors, 2), np.tile(y, 2)), once)


@check(points=0.5)
def squared_error_leaves_arguments_alone(squared_error, rng):
    """Outputs and targets are the same after the call, in broken and in whole numbers."""
    for g, y in [(rng.normal(size=(3, 2)), rng.normal(size=(3, 2))), (np.array([3, -1, 4]), np.array([1, 1, 2]))]:
        equal("squared_error(g, y)", unchanged(squared_error, g, y), losses.squared_error(g, y))


# ---- log_loss -------------------------------------------------------------------------------------------------


@check(points=0.5)
def log_loss_counts_both_labels(log_loss, rng):
    """Answers for label 1 and answers for label 0 cost by the same rule, together and one by one."""
    p, y = rng.uniform(0.05, 0.95, size=8), rng.permutation([0, 0, 0, 1, 1, 1, 1, 1])
    equal("log_loss(p, y)", log_loss(p, y), losses.log_loss(p, y), examples=8)
    for label in (0, 1):
        equal(f"log_loss(p, {label})", log_loss(float(p[0]), label), losses.log_loss(p[0], label))


@check(points=1)
def certain_wrong_answers_cost_a_lot(log_loss):
    """A certain wrong answer costs at least 20, or infinity, for either label; nan is not a loss."""
    for p, y in [(1.0, 0), (0.0, 1)]:
        loss = array("log_loss(p, y)", log_loss(p, y), ())
        require(loss >= 20, f"log_loss({p}, {y}) is {loss:.6g}; a certain wrong answer costs at least 20.")
    equal("log_loss(0.5, 0)", log_loss(0.5, 0), np.log(2.0))
    loss = array("log_loss(p, y)", log_loss(np.array([1.0, 0.5]), np.array([0, 1])), ())
    require(loss >= 10, f"A certain wrong answer beside one of 1/2 costs {loss:.6g} on average, expected 10 or more.")


@check(points=0.5)
def very_unlikely_answers_have_their_exact_loss(log_loss, rng):
    """A probability of a millionth that comes true costs 6 log 10, and one of a hundred millionth 8 log 10."""
    for digits in (4, 6, 8):
        p = rng.uniform(1, 9) * 10.0**-digits
        equal("log_loss(p, 1)", log_loss(p, 1), -np.log(p))
        equal("log_loss(1 - p, 0)", log_loss(1 - p, 0), -np.log(p), rtol=1e-5)
        got = log_loss(np.array([p, 0.5]), np.array([0, 1]))
        equal("log_loss(p, y)", got, (np.log(2.0) - np.log1p(-p)) / 2, rtol=0.0, atol=1e-8)
    p = rng.uniform(1.1, 1.9) * 1e-9
    equal("log_loss(p, 1)", log_loss(p, 1), -np.log(p), rtol=1e-4)  # room for 1e-12 beside p


@check(points=0.5)
def log_loss_leaves_arguments_alone(log_loss, rng):
    """Probabilities and labels are the same after the call; labels may be whole numbers, floats or truth values."""
    p, y = rng.uniform(0.1, 0.4, size=4), np.array([1, 0, 0, 1])
    for labels in (y, y.astype(float), y.astype(bool)):
        equal("log_loss(p, y)", unchanged(log_loss, p, labels), losses.log_loss(p, y), examples=4)
    certain = np.append(p, [1.0, 0.0])
    got = unchanged(log_loss, certain, np.append(y, [1, 0]))
    equal("log_loss(p, y)", got, losses.log_loss(p, y) * 4 / 6, examples=6)


# ---- hinge_loss -----------------------------------------------------------------------------------------------


@check(points=0.5)
def right_by_more_than_one_costs_nothing(hinge_loss, rng):
    """Right by more than 1 costs nothing, however much more; right by less, or wrong, costs the distance to 1."""
    margins = np.array([50.0, 2.5, 0.4, 0.9, -0.6, -3.0]) * rng.uniform(0.9, 1.1, size=6)
    y = np.array([1, -1, 1, -1, 1, -1])
    for margin, label in zip(margins, y, strict=True):
        got = hinge_loss(float(margin * label), int(label))
        equal("hinge_loss(f, y)", got, max(0.0, 1.0 - float(margin)))
    equal("hinge_loss(f, y)", hinge_loss(margins * y, y), np.mean(np.clip(1 - margins, 0, None)), examples=6)


@check(points=0.5)
def hinge_loss_is_a_mean(hinge_loss, rng):
    """The same examples twice have the same loss; arguments stay, in whole numbers too."""
    for f, y in [(rng.normal(size=5) - 0.5, np.array([1, -1, 1, 1, 1])), (np.array([2, -3, 0]), np.array([-1, -1, 1]))]:
        expected = losses.hinge_loss(f, y)
        equal("hinge_loss(f, y)", unchanged(hinge_loss, f, y), expected, examples=len(y))
        equal("the loss of the repeated examples", hinge_loss(np.tile(f, 2), np.tile(y, 2)), expected)


# ---- perceptron_loss ------------------------------------------------------------------------------------------


@check(points=1)
def rows_are_examples(perceptron_loss, rng):
    """Each row of x is one example and meets the whole w: also where there are as many examples as weights."""
    for size, width in [(5, 3), (3, 3), (1, 4), (4, 1)]:
        w = rng.uniform(0.5, 2, size=width)
        X = rng.uniform(0.5, 2, size=(size, width)) * np.array([-1, 1, 1, -1, 1])[:size, None]
        y = np.array([1, 0, 1, 0, 0])[:size]
        expected = losses.perceptron_loss(w, X, y)
        equal("perceptron_loss(w, X, y)", perceptron_loss(w, X, y), expected, examples=size)


@check(points=0.5)
def perceptron_asks_for_the_right_side_only(perceptron_loss, rng):
    """On the right side of its line an example costs nothing, however close it is; on the wrong one, its distance."""
    w, x = rng.uniform(0.5, 1, size=3), rng.uniform(0.5, 1, size=3)
    for scale in (0.05, 1.0, 20.0):
        z = scale * float(w @ x)
        equal("perceptron_loss(w, x, 0)", perceptron_loss(w, scale * x, 0), z)
        equal("perceptron_loss(w, x, 1)", perceptron_loss(w, scale * x, 1), 0.0)
        equal("perceptron_loss(w, -x, 1)", perceptron_loss(w, -scale * x, 1), z)


@check(points=0.5)
def perceptron_loss_leaves_arguments_alone(perceptron_loss, rng):
    """Weights, examples and labels are the same after the call, in broken and in whole numbers."""
    X, w = rng.uniform(0.5, 2, size=(4, 3)) * [[1], [-1], [1], [-1]], rng.uniform(0.5, 2, size=3)
    y = np.array([0, 1, 1, 0])
    for case in [(w, X, y), (np.array([1, -2]), np.array([[3, 1], [1, 4], [2, 2]]), np.array([0, 1, 0]))]:
        equal("perceptron_loss(w, X, y)", unchanged(perceptron_loss, *case), losses.perceptron_loss(*case))


# ---- zero_one_loss --------------------------------------------------------------------------------------------


@check(points=0.5)
def every_wrong_label_counts_the_same(zero_one_loss, rng):
    """A wrong label is wrong, whichever of the classes it names; all right costs 0, all wrong costs 1."""
    y = rng.integers(0, 9, size=10)
    for wrong in (0, 1, 4, 7, 10):
        moved = np.where(rng.permutation(10) < wrong, rng.integers(1, 9, size=10), 0)
        got = zero_one_loss((y + moved) % 9, y)
        equal("zero_one_loss(predicted, y)", got, wrong / 10)


@check(points=0.5)
def zero_one_loss_leaves_arguments_alone(zero_one_loss, rng):
    """Labels are the same after the call; they may be whole numbers, floats, or one number for one example."""
    y = rng.permutation([0, 1, 2, 3, 4])
    predicted = np.where(y > 1, y, 4 - y)
    for kind in (int, float):
        got = unchanged(zero_one_loss, predicted.astype(kind), y.astype(kind))
        equal("zero_one_loss(predicted, y)", got, 0.4)
    equal("zero_one_loss(2, 2)", zero_one_loss(2, 2), 0.0)
    equal("zero_one_loss(2, 4)", zero_one_loss(2, 4), 1.0)


# ---- neuron_forward -------------------------------------------------------------------------------------------


def neuron_case(rng, width):
    """x and w of a neuron with a bias weight whose z is clearly above 0; all entries are clearly not 0."""
    signs = np.resize([1, -1, -1], width)
    x, w = rng.uniform(0.4, 1.5, size=width) * signs, rng.uniform(0.2, 0.9, size=width + 1) * [1, *signs]
    return x, w


@check(points=0.5)
def neurons_of_any_width(neuron_forward, rng):
    """With one input or many, z adds up all weighted inputs and the bias weight, and is a number."""
    for width in (1, 2, 3, 6):
        x, w = neuron_case(rng, width)
        for weights in (w, -w):
            z, _ = unpack(neuron_forward(x, weights), "z", "a")
            equal("z", z, neuron.neuron_forward(x, weights)[0], axes="a number")


@check(points=0.5)
def outputs_between_zero_and_one(neuron_forward, rng):
    """The output is a number between 0 and 1: the logistic function of the weighted sum, above one half or below."""
    x, w = neuron_case(rng, 3)
    for size in (1.0, 0.2, -0.2, -1.0):
        _, a = unpack(neuron_forward(x, size * w), "z", "a")
        equal("a", a, neuron.neuron_forward(x, size * w)[1], axes="a number")


@check(points=0.5)
def saturated_neuron_puts_out_zero_or_one(neuron_forward, rng):
    """A weighted sum of a thousand gives 1 and one of minus a thousand 0, never nan."""
    x, w = neuron_case(rng, 3)
    for size in (1e3, -1e3):
        weights = size / (w[0] + float(w[1:] @ x)) * w
        equal("z, a", neuron_forward(x, weights), neuron.neuron_forward(x, weights), axes="a number")


@check(points=0.5)
def neuron_forward_leaves_arguments_alone(neuron_forward, rng):
    """Example and weights are the same after the call, in broken numbers, in whole ones and in both."""
    whole = np.array([2, 3])
    for x, w in [neuron_case(rng, 4), (whole, np.array([-1, 2, -1])), (whole, np.array([0.25, 0.75, 0.5]))]:
        equal("z, a", unchanged(neuron_forward, x, w), neuron.neuron_forward(x, w), axes="a number")


# ---- linear_neuron_grad ---------------------------------------------------------------------------------------


def plain_case(rng, width, z=2.0):
    """x and w without bias whose weighted sum is z; entries clearly not 0, all of them needed."""
    x = rng.uniform(0.4, 1.5, size=width) * np.resize([1, -1, -1], width)
    w = rng.uniform(0.4, 1.5, size=width) * np.sign(x)
    return x, w * z / float(w @ x)


@check(points=0.5)
def linear_neurons_of_any_width(linear_neuron_grad, rng):
    """For outputs above and below the target, with one input or many, each weight's slope follows its own input."""
    for width in (1, 2, 3, 6):
        for z, y in [(2.0, 0.7), (-1.5, 0.8), (1.2, 3.0)]:
            x, w = plain_case(rng, width, z)
            equal("gradient", linear_neuron_grad(x, y, w), neuron.linear_neuron_grad(x, y, w), axes="(D,)")


@check(points=0.5)
def error_of_one_step_is_taken_back(linear_neuron_grad, rng):
    """A step of size 1 / (2 x . x) against the gradient puts the output exactly on the target; there the slope is 0."""
    x, w = plain_case(rng, 4)
    for y in (-1.0, 5.0):
        grad = array("gradient", linear_neuron_grad(x, y, w), (4,), "(D,)", finite=True)
        equal("the output after the step", float(x @ (w - grad / (2 * x @ x))), y, atol=1e-6)
    equal("gradient", linear_neuron_grad(x, float(x @ w), w), np.zeros(4), axes="(D,)", atol=1e-6)


@check(points=0.5)
def linear_neuron_grad_leaves_arguments_alone(linear_neuron_grad, rng):
    """Example and weights are the same after the call, in broken and in whole numbers."""
    for x, w in [plain_case(rng, 3), (np.array([2, -3]), np.array([1, 2]))]:
        expected = neuron.linear_neuron_grad(x, 0.75, w)
        equal("gradient", unchanged(linear_neuron_grad, x, 0.75, w), expected, axes="(D,)")


# ---- relu_neuron_grad -----------------------------------------------------------------------------------------


@check(points=0.5)
def awake_neuron_learns_like_a_linear_one(relu_neuron_grad, rng):
    """While z is positive, large or small, the gradient is that of a linear neuron, for errors of either sign."""
    for width, z in [(1, 0.2), (3, 0.6), (4, 3.0)]:
        x, w = plain_case(rng, width, z)
        for y in (-1.0, 5.0):
            equal("gradient", relu_neuron_grad(x, y, w), neuron.linear_neuron_grad(x, y, w), axes="(D,)")


@check(points=0.5)
def sleeping_neuron_learns_nothing(relu_neuron_grad, rng):
    """While z is negative the gradient is 0, whatever the error; the gate is one for the whole neuron."""
    for width, z in [(1, -0.2), (3, -0.6), (4, -3.0)]:
        x, w = plain_case(rng, width, z)
        for y in (-1.0, 5.0):
            equal("gradient of the sleeping neuron", relu_neuron_grad(x, y, w), np.zeros(width), axes="(D,)")
            equal("gradient, awake", relu_neuron_grad(x, y, -w), 2 * (-z - y) * x, axes="(D,)")


@check(points=0.5)
def relu_neuron_grad_leaves_arguments_alone(relu_neuron_grad, rng):
    """Example and weights are the same after the call, in broken and in whole numbers."""
    for x, w in [plain_case(rng, 3), (np.array([2, -3]), np.array([4, 2]))]:
        expected = neuron.relu_neuron_grad(x, 0.75, w)
        equal("gradient", unchanged(relu_neuron_grad, x, 0.75, w), expected, axes="(D,)")


# ---- neuron_grad ----------------------------------------------------------------------------------------------


@check(points=1)
def neuron_gradients_of_any_width(neuron_grad, rng):
    """With one input or many, every weight has its slope, and the bias weight comes first."""
    for width in (1, 2, 3, 6):
        x, w = neuron_case(rng, width)
        for y in (0.0, 1.0, -2.5):
            equal("gradient", neuron_grad(x, y, w), neuron.neuron_grad(x, y, w), axes="(D + 1,)")


@check(points=0.5)
def bias_weight_learns_even_if_all_inputs_are_zero(neuron_grad, rng):
    """At x = 0 only the bias weight has a slope; its input is 1, whatever its weight."""
    w = neuron_case(rng, 3)[1]
    for y in (0.0, 1.0):
        expected = neuron.neuron_grad(np.zeros(3), y, w)
        equal("gradient", neuron_grad(np.zeros(3), y, w), expected, axes="(D + 1,)")


@check(points=1)
def saturated_neuron_hardly_learns(neuron_grad, rng):
    """With z far from 0 the slope is next to 0 even though the answer is wrong, and with z of a thousand it is 0."""
    x, w = neuron_case(rng, 3)
    z = w[0] + float(w[1:] @ x)
    for size in (2.0, -2.0, 8.0, -8.0, 1e3, -1e3):
        case = x, float(size < 0), size / z * w
        equal("gradient", neuron_grad(*case), neuron.neuron_grad(*case), axes="(D + 1,)")


@check(points=0.5)
def neuron_grad_leaves_arguments_alone(neuron_grad, rng):
    """Example and weights are the same after the call, in broken and in whole numbers."""
    for x, w in [neuron_case(rng, 4), (np.array([2, 3]), np.array([-1, 2, -1]))]:
        equal("gradient", unchanged(neuron_grad, x, 1, w), neuron.neuron_grad(x, 1, w), axes="(D + 1,)")


# ---- neuron_step ----------------------------------------------------------------------------------------------


@check(points=1)
def steps_of_any_size(neuron_step, rng):
    """The step grows with the learning rate, for every weight, with one input or many."""
    for width, lr in [(1, 0.1), (2, 4.0), (5, 0.75)]:
        x, w = neuron_case(rng, width)
        for y in (0.0, 1.0):
            equal("w", neuron_step(x, y, w, lr), neuron.neuron_step(x, y, w, lr), axes="(D + 1,)")


@check(points=0.5)
def learning_rate_of_zero_changes_nothing(neuron_step, rng):
    """With learning rate 0 the weights stay; twice the learning rate is a step twice as long, the same way."""
    x, w = neuron_case(rng, 3)
    equal("w", neuron_step(x, 1.0, w, 0.0), w, axes="(D + 1,)")
    once, twice = (array("w", neuron_step(x, 1.0, w, lr), (4,), "(D + 1,)", finite=True) for lr in (0.5, 1.0))
    require(np.any(once != w), "With learning rate 0.5 the weights do not move.")
    equal("the way of the longer step", twice - w, 2 * (once - w), atol=1e-6)


@check(points=0.5)
def neuron_step_leaves_arguments_alone(neuron_step, rng):
    """The weights after the step are a new array; the old ones are the same after the call, in whole numbers too."""
    for x, w in [neuron_case(rng, 4), (np.array([2, 3]), np.array([-1, 2, -1]))]:
        got = unchanged(neuron_step, x, 1, w, 0.5)
        equal("w", got, neuron.neuron_step(x, 1, w, 0.5), axes="(D + 1,)")


# ---- train_neuron ---------------------------------------------------------------------------------------------


def training_case(rng, size, width):
    """X, y, w and a learning rate that makes each step matter."""
    X = rng.uniform(0.3, 1.5, size=(size, width)) * rng.choice([-1, 1], size=(size, width))
    return X, np.resize([1.0, 0.0, 0.0, 1.0, 1.0], size), rng.uniform(0.2, 0.8, size=width + 1), 2.0


@check(points=1)
def order_decides_which_example_comes_when(train_neuron, rng):
    """Rows come in the given order, some several times and some not at all; an order may be a list or an array."""
    case = training_case(rng, 5, 2)
    for order in ([4, 1, 1, 0, 3], [0, 3], [2], np.array([3, 2, 1, 0, 4, 4])):
        equal("w", train_neuron(*case, order), neuron.train_neuron(*case, order), axes="(D + 1,)")


@check(points=1)
def every_step_starts_where_the_last_one_ended(train_neuron, rng):
    """Training twice on one example is training once, and once more from there."""
    X, y, w, lr = training_case(rng, 3, 4)
    half = array("w", train_neuron(X, y, w, lr, [1, 0]), (5,), "(D + 1,)", finite=True).astype(float)
    equal("w", half, neuron.train_neuron(X, y, w, lr, [1, 0]), axes="(D + 1,)")
    whole = train_neuron(X, y, w, lr, [1, 0, 1, 1])
    equal("w", whole, train_neuron(X, y, half, lr, [1, 1]), axes="(D + 1,)", atol=1e-6)


@check(points=1)
def long_training_learns_or(train_neuron, rng):
    """After a few hundred steps the neuron answers OR right for all four inputs."""
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 1.0])
    start, order = rng.uniform(-0.5, 0.5, size=3), np.concatenate([rng.permutation(4) for _ in range(60)]).tolist()
    w = array("w", train_neuron(X, y, start, 2.0, order), (3,), "(D + 1,)", finite=True).astype(float)
    require(np.array_equal(w[0] + X @ w[1:] > 0, y == 1), "After 240 steps some of the four answers is still wrong.")
    equal("w", w, neuron.train_neuron(X, y, start, 2.0, order), axes="(D + 1,)", rtol=1e-4)


@check(points=0.5)
def train_neuron_leaves_arguments_alone(train_neuron, rng):
    """Data, weights and order are the same after the call, in broken and in whole numbers."""
    whole = np.array([[1, 2], [-1, 1], [2, -1]]), np.array([1, 0, 1]), np.array([1, -1, 1]), 1
    for case in (training_case(rng, 3, 2), whole):
        order = [2, 0, 1, 2]
        got = unchanged(train_neuron, *case, order)
        equal("w", got, neuron.train_neuron(*case, order), axes="(D + 1,)")
