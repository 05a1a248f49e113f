"""Checks of homework 1 that students run themselves: numbers of the lectures, hand-sized cases, finite differences."""

import numpy as np

from autograder.check import check
from autograder.compare import array, equal, number, slopes, unpack

# UWL CS457 F24, 07-4a: outputs of a logistic neuron whose input is 10 and -10, printed to five digits.
LECTURE_SATURATED = {10.0: 0.99995, -10.0: 0.00005}

# UWL CS457 F24, 07-3d: the largest slope of the logistic function, at 0.
LECTURE_LARGEST_SLOPE = 0.25

# UWL CS457 F24, 07-2a, "Example SGD Iteration": example, weights (bias first), alpha; then what the slides print. The
# slides multiply rounded factors, so their last digit may be one off: compared to within 1e-4.
LECTURE_X, LECTURE_Y, LECTURE_W, LECTURE_ALPHA = (0.4, 0.5), 1.0, (0.1, 0.1, 0.1), 0.5
LECTURE_IN, LECTURE_OUTPUT = 0.19, 0.5474
LECTURE_ERROR, LECTURE_SLOPE = 0.4526, 0.2478
LECTURE_W_AFTER, LECTURE_IN_AFTER, LECTURE_OUTPUT_AFTER = (0.2122, 0.1449, 0.1561), 0.34821, 0.5862
PRINTED = {"rtol": 0.0, "atol": 1e-4}


def four_point_slopes(f, x, step=0.0625):
    """Slopes of an array -> number function from four values a weight: exact to 1e-5 in single precision, too."""
    near, far = slopes(f, x, step), slopes(f, x, 2 * step)
    return (4 * near - far) / 3


def slopes_of_each_entry(name, f, z, step=0.0625):
    """The same for a function that works entry by entry: all entries move at once."""

    def at(shift):
        return array(f"{name}(z)", f(z + shift), z.shape, "shape of z", finite=True).astype(float)

    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step)


# ---- threshold ------------------------------------------------------------------------------------------------


@check(points=0.5)
def threshold_switches_on_at_zero(threshold):
    """The threshold is 0 for a negative z and 1 for a positive one; at exactly 0 it is 1."""
    z = np.array([-2.0, -0.1, 0.0, 0.1, 3.0])
    equal("threshold(z)", threshold(z), np.array([0.0, 0.0, 1.0, 1.0, 1.0]), axes="shape of z")


# ---- logistic -------------------------------------------------------------------------------------------------


@check(points=0.5)
def logistic_turns_odds_into_probabilities(logistic):
    """At z = log 3, odds of 3 to 1, the logistic function is 3/4; at -log 3 it is 1/4; at 0 it is 1/2."""
    z = np.log([[3.0, 1 / 3, 1.0], [1.0, 9.0, 3.0]])
    equal("logistic(z)", logistic(z), np.array([[0.75, 0.25, 0.5], [0.5, 0.9, 0.75]]), axes="shape of z")


@check(points=0.5)
def logistic_saturates_as_in_the_lecture(logistic):
    """A logistic neuron with z = 10 puts out 0.99995, one with z = -10 puts out 0.00005."""
    for z, printed in LECTURE_SATURATED.items():
        equal(f"logistic({z:g})", number("logistic(z)", logistic(z)), printed, rtol=0.0, atol=5e-6)


# ---- relu -----------------------------------------------------------------------------------------------------


@check(points=0.5)
def relu_passes_what_is_positive(relu):
    """A positive z passes as it is; a negative one becomes 0."""
    z = np.array([[-3.0, 4.5, -0.5], [0.25, -7.0, 60.0]])
    equal("relu(z)", relu(z), np.array([[0.0, 4.5, 0.0], [0.25, 0.0, 60.0]]), axes="shape of z")


# ---- softplus -------------------------------------------------------------------------------------------------


@check(points=0.5)
def softplus_by_hand(softplus):
    """At 0 softplus is log 2, at log 3 it is log 4, at -log 3 it is log 4/3."""
    z = np.log([1.0, 3.0, 1 / 3])
    equal("softplus(z)", softplus(z), np.log([2.0, 4.0, 4 / 3]), axes="shape of z")


@check(points=0.5)
def softplus_stays_finite(softplus):
    """At z = 1000 softplus is 1000 to many digits, at z = -1000 it is 0."""
    equal("softplus(z)", softplus(np.array([1e3, -1e3, 0.0])), np.array([1e3, 0.0, np.log(2.0)]), axes="shape of z")


# ---- logistic_grad --------------------------------------------------------------------------------------------


@check(points=0.5)
def logistic_is_steepest_at_zero(logistic_grad):
    """The logistic function has slope 0.25 at 0, its largest; at log 3 and at -log 3 it has slope 3/16."""
    z = np.log([1.0, 3.0, 1 / 3])
    expected = np.array([LECTURE_LARGEST_SLOPE, 3 / 16, 3 / 16])
    equal("logistic_grad(z)", logistic_grad(z), expected, axes="shape of z")


@check(points=0.5)
def logistic_grad_is_the_slope_of_your_logistic(logistic_grad, logistic, rng):
    """logistic_grad(z) tells how fast the logistic function of this notebook grows at z."""
    z = rng.uniform(0.5, 3, size=(2, 3)) * [[1, -1, 1], [-1, 1, -1]]
    expected = slopes_of_each_entry("logistic", logistic, z)
    equal("logistic_grad(z)", logistic_grad(z), expected, axes="shape of z", atol=1e-4)


# ---- softplus_grad --------------------------------------------------------------------------------------------


@check(points=0.5)
def softplus_slope_by_hand(softplus_grad):
    """Softplus has slope 1/2 at 0, 3/4 at log 3 and 1/4 at -log 3."""
    z = np.log([1.0, 3.0, 1 / 3])
    equal("softplus_grad(z)", softplus_grad(z), np.array([0.5, 0.75, 0.25]), axes="shape of z")


@check(points=0.5)
def softplus_grad_is_the_slope_of_your_softplus(softplus_grad, softplus, rng):
    """softplus_grad(z) tells how fast the softplus function of this notebook grows at z."""
    z = rng.uniform(0.5, 3, size=(2, 3)) * [[1, -1, 1], [-1, 1, -1]]
    expected = slopes_of_each_entry("softplus", softplus, z)
    equal("softplus_grad(z)", softplus_grad(z), expected, axes="shape of z", atol=1e-4)


# ---- tanh_grad ------------------------------------------------------------------------------------------------


@check(points=0.5)
def tanh_slope_by_hand(tanh_grad):
    """At log 2 and at -log 2, where tanh is 0.6 in size, its slope is 0.64; at 0 its slope is 1."""
    z = np.log([2.0, 0.5, 1.0])
    equal("tanh_grad(z)", tanh_grad(z), np.array([0.64, 0.64, 1.0]), axes="shape of z")


@check(points=0.5)
def tanh_grad_is_the_slope_of_tanh(tanh_grad, rng):
    """tanh_grad(z) tells how fast numpy's tanh grows at z."""
    z = rng.uniform(0.5, 2, size=(2, 3)) * [[1, -1, 1], [-1, 1, -1]]
    expected = slopes_of_each_entry("np.tanh", np.tanh, z, step=1e-3)
    equal("tanh_grad(z)", tanh_grad(z), expected, axes="shape of z", atol=1e-7)


# ---- squared_error --------------------------------------------------------------------------------------------


@check(points=0.5)
def squared_error_by_hand(squared_error):
    """Errors of 1, -2 and 0 have squares 1, 4 and 0: on average 5/3. One example may come as two numbers."""
    got = squared_error(np.array([2.0, -1.0, 0.5]), np.array([1.0, 1.0, 0.5]))
    equal("squared_error(g, y)", got, 5 / 3, examples=3)
    equal("squared_error(5.0, 2.0)", squared_error(5.0, 2.0), 9.0)


@check(points=0.5)
def outputs_add_up_and_examples_average(squared_error):
    """Two examples, three output units: squared distances 1 + 4 + 0 and 9 + 0 + 1 make (5 + 10) / 2."""
    g, y = np.array([[2.0, 3.0, 1.0], [0.0, 1.0, 2.0]]), np.array([[1.0, 1.0, 1.0], [3.0, 1.0, 1.0]])
    slips = {"averaged over the output units, too": 2.5, "summed over the examples": 15.0}
    equal("squared_error(g, y)", squared_error(g, y), 7.5, slips=slips)


# ---- log_loss -------------------------------------------------------------------------------------------------


@check(points=0.5)
def log_loss_by_hand(log_loss):
    """What came true had probabilities 1/2, 1/4 and 1/8: losses of log 2, 2 log 2 and 3 log 2, on average 2 log 2."""
    got = log_loss(np.array([0.5, 0.75, 0.125]), np.array([1, 0, 1]))
    slips = {"taken with logarithms of base 2": 2.0, "taken with logarithms of base 10": np.log10(4.0)}
    equal("log_loss(p, y)", got, 2 * np.log(2.0), examples=3, slips=slips)
    equal("log_loss(0.25, 1)", log_loss(0.25, 1), 2 * np.log(2.0))


@check(points=0.5)
def certain_right_answers_cost_nothing(log_loss):
    """Two certain right answers cost nothing; a third answer of 1/2 costs log 2, on average log 2 / 3."""
    got = log_loss(np.array([1.0, 0.0, 0.5]), np.array([1, 0, 1]))
    equal("log_loss(p, y)", got, np.log(2.0) / 3, atol=1e-8, rtol=0.0)


# ---- hinge_loss -----------------------------------------------------------------------------------------------


@check(points=0.5)
def hinge_loss_by_hand(hinge_loss):
    """Right by 3 costs 0, right by 0.5 costs 0.5, wrong by 2 costs 3: on average 3.5 / 3."""
    got = hinge_loss(np.array([-3.0, 0.5, 2.0]), np.array([-1, 1, -1]))
    equal("hinge_loss(f, y)", got, 3.5 / 3, examples=3)
    equal("hinge_loss(-0.25, 1)", hinge_loss(-0.25, 1), 1.25)


# ---- perceptron_loss ------------------------------------------------------------------------------------------


@check(points=0.5)
def perceptron_loss_by_hand(perceptron_loss):
    """A weighted sum of 5 costs 5 if the label is 0 and nothing if it is 1; a sum of -5 the other way round."""
    w, x = np.array([1.0, 2.0]), np.array([3.0, 1.0])
    for example, y, loss in [(x, 0, 5.0), (-x, 1, 5.0), (x, 1, 0.0), (-x, 0, 0.0)]:
        equal(f"perceptron_loss(w, x, {y})", perceptron_loss(w, example, y), loss)


@check(points=0.5)
def perceptron_loss_of_rows(perceptron_loss):
    """Three examples, as rows: losses of 5, 0 and 4 make 3 on average."""
    w, X = np.array([1.0, 2.0]), np.array([[3.0, 1.0], [2.0, 5.0], [-2.0, -1.0]])
    equal("perceptron_loss(w, X, y)", perceptron_loss(w, X, np.array([0, 1, 1])), 3.0, examples=3)


# ---- zero_one_loss --------------------------------------------------------------------------------------------


@check(points=0.5)
def three_wrong_labels_of_seven(zero_one_loss):
    """Three wrong labels of seven are a share of 3/7, whatever the classes are called; one example may be a number."""
    got = zero_one_loss(np.array([2, 0, 1, 5, 0, 4, 5]), np.array([2, 1, 1, 3, 0, 4, 1]))
    slips = {"the share of right labels": 4 / 7, "the number of wrong labels": 3.0}
    equal("zero_one_loss(predicted, y)", got, 3 / 7, slips=slips)
    equal("zero_one_loss(3, 0)", zero_one_loss(3, 0), 1.0)


# ---- neuron_forward -------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_neuron_forwards(neuron_forward):
    """The lecture's neuron: z is 0.19 and the output 0.5474."""
    got = neuron_forward(np.array(LECTURE_X), np.array(LECTURE_W))
    equal("z, a", got, (LECTURE_IN, LECTURE_OUTPUT), axes="a number", **PRINTED)


@check(points=0.5)
def first_weight_is_the_bias(neuron_forward, logistic):
    """z is w[0] plus the weighted sum of x, and the output is the logistic function of this notebook at z."""
    for w, z in [((3.0, 1.0, -2.0), 1.0), ((-1.0, 2.0, 0.5), 4.0), ((0.5, -1.5, 1.0), -0.5)]:
        got = neuron_forward(np.array([2.0, 2.0]), np.array(w))
        equal("z, a", got, (z, number("logistic(z)", logistic(z))), axes="a number", atol=1e-6)


# ---- linear_neuron_grad ---------------------------------------------------------------------------------------


@check(points=0.5)
def linear_neuron_by_hand(linear_neuron_grad):
    """With x = (2, -1) and w = (1, 5) the output is -3; the target is -1, so the gradient is (-8, 4)."""
    got = linear_neuron_grad(np.array([2.0, -1.0]), -1.0, np.array([1.0, 5.0]))
    equal("gradient", got, np.array([-8.0, 4.0]), axes="(D,)")


@check(points=0.5)
def linear_neuron_follows_your_squared_error(linear_neuron_grad, squared_error, rng):
    """The gradient is the derivative of the squared_error of this notebook, for g = w . x."""
    x, w = rng.uniform(0.5, 1.2, size=3) * [1, -1, 1], rng.normal(size=3)

    def loss(w):
        return number("squared_error(g, y)", squared_error(float(w @ x), y))

    y = float(w @ x) - 1.5
    equal("gradient", linear_neuron_grad(x, y, w), four_point_slopes(loss, w), axes="(D,)", atol=1e-4)


# ---- relu_neuron_grad -----------------------------------------------------------------------------------------


@check(points=0.5)
def awake_and_asleep_by_hand(relu_neuron_grad):
    """With z = 4 and target 1 the gradient is 6 x; with z = -4 the neuron sleeps and the gradient is 0."""
    x, w = np.array([2.0, -1.0]), np.array([1.5, -1.0])
    equal("gradient, awake", relu_neuron_grad(x, 1.0, w), np.array([12.0, -6.0]), axes="(D,)")
    equal("gradient of the sleeping neuron", relu_neuron_grad(x, 1.0, -w), np.zeros(2), axes="(D,)")


@check(points=0.5)
def relu_neuron_follows_your_relu(relu_neuron_grad, relu, rng):
    """The gradient is the derivative of (g - y)^2, where g is the relu of this notebook at w . x."""
    x, w = rng.uniform(0.5, 1.2, size=3) * [1, -1, 1], rng.uniform(0.5, 1.5, size=3) * [1, -1, 1]

    def loss(w):
        return (number("relu(z)", relu(float(w @ x))) - 0.25) ** 2

    for weights in (w, -w):
        expected = four_point_slopes(loss, weights)
        equal("gradient", relu_neuron_grad(x, 0.25, weights), expected, axes="(D,)", atol=1e-4)


# ---- neuron_grad ----------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_gradient_of_the_neuron(neuron_grad):
    """The lecture's factors, error 0.4526 and slope 0.2478, make the gradient, for the bias weight first."""
    got = neuron_grad(np.array(LECTURE_X), LECTURE_Y, np.array(LECTURE_W))
    expected = -2 * LECTURE_ERROR * LECTURE_SLOPE * np.array([1.0, *LECTURE_X])
    equal("gradient", got, expected, axes="(D + 1,)", **PRINTED)


@check(points=1)
def neuron_grad_follows_your_neuron_forward(neuron_grad, neuron_forward, rng):
    """The gradient is the derivative of (a - y)^2, with the output a of the neuron_forward of this notebook."""
    x, w = rng.uniform(0.5, 1.2, size=2) * [1, -1], rng.uniform(0.3, 1.2, size=3) * [1, 1, -1]
    for y in (0.0, 1.0):

        def loss(w, y=y):
            _, a = unpack(neuron_forward(x, w), "z", "a")
            return (number("a", a) - y) ** 2

        equal("gradient", neuron_grad(x, y, w), four_point_slopes(loss, w), axes="(D + 1,)", atol=1e-4)


# ---- neuron_step ----------------------------------------------------------------------------------------------


@check(points=0.5)
def lecture_step_of_the_neuron(neuron_step):
    """One step on the lecture's example, with learning rate 0.5, ends at the lecture's weights."""
    got = neuron_step(np.array(LECTURE_X), LECTURE_Y, np.array(LECTURE_W), LECTURE_ALPHA)
    equal("w", got, np.array(LECTURE_W_AFTER), axes="(D + 1,)", **PRINTED)


@check(points=0.5)
def step_brings_the_output_closer(neuron_step, neuron_forward):
    """After the lecture's step the neuron of this notebook has z = 0.3482 and puts out 0.5862: closer to 1."""
    w = neuron_step(np.array(LECTURE_X), LECTURE_Y, np.array(LECTURE_W), LECTURE_ALPHA)
    got = neuron_forward(np.array(LECTURE_X), array("w", w, (3,), "(D + 1,)", finite=True).astype(float))
    equal("z, a after the step", got, (LECTURE_IN_AFTER, LECTURE_OUTPUT_AFTER), axes="a number", **PRINTED)


@check(points=0.5)
def step_goes_down_your_gradient(neuron_step, neuron_grad, rng):
    """The step changes w by minus the learning rate times the neuron_grad of this notebook, at the old w."""
    x, w = rng.uniform(0.5, 2, size=3), rng.uniform(-1, 1, size=4)
    for y, lr in [(1.0, 0.25), (0.0, 3.0)]:
        grad = array("neuron_grad(x, y, w)", neuron_grad(x, y, w), (4,), "(D + 1,)", finite=True)
        equal("w", neuron_step(x, y, w, lr), w - lr * grad, axes="(D + 1,)", atol=1e-6)


# ---- train_neuron ---------------------------------------------------------------------------------------------


@check(points=0.5)
def training_of_one_step_is_that_step(train_neuron):
    """An order of one index takes one step, the lecture's; an order without any index leaves the weights."""
    X, y = np.array([[2.0, -3.0], LECTURE_X]), np.array([0.0, LECTURE_Y])
    got = train_neuron(X, y, np.array(LECTURE_W), LECTURE_ALPHA, [1])
    equal("w after one step", got, np.array(LECTURE_W_AFTER), axes="(D + 1,)", **PRINTED)
    got = train_neuron(X, y, np.array(LECTURE_W), LECTURE_ALPHA, [])
    equal("w after no step", got, np.array(LECTURE_W), axes="(D + 1,)")


@check(points=1)
def training_is_one_of_your_steps_after_the_other(train_neuron, neuron_step, rng):
    """Each step starts where the one before ended: the neuron_step of this notebook, for each index in order."""
    X, y, start = rng.uniform(0.5, 2, size=(4, 2)), np.array([1.0, 0.0, 0.0, 1.0]), rng.uniform(-1, 1, size=3)
    order, w = [2, 0, 2, 3], start
    for i in order:
        w = array("neuron_step(...)", neuron_step(X[i], y[i], w, 1.5), (3,), "(D + 1,)", finite=True).astype(float)
    equal("w", train_neuron(X, y, start, 1.5, order), w, axes="(D + 1,)", atol=1e-6)
