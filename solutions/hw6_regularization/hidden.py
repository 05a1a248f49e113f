"""Checks of homework 6 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

from math import comb

import numpy as np

from autograder.chance import bounded_mean_bound, require_share
from autograder.check import check
from autograder.compare import array, equal, require, unpack
from autograder.guard import unchanged
from nnref import normalization, regularization

# ---- l2_cost --------------------------------------------------------------------------------------------------


@check(points=1)
def weights_of_any_shapes_have_a_price(l2_cost, rng):
    """Vectors, matrices and deeper arrays pay alike, and each weight pays lambda times its square."""
    for shapes in [[(3, 4), (4, 2)], [(5,)], [(2, 3), (3,), (3, 1), (1,)], [(2, 2, 3), (1, 4)]]:
        losses, lam = rng.uniform(1, 3, size=6), rng.uniform(0.1, 2)
        weights = [rng.normal(size=shape) for shape in shapes]
        equal("the cost", l2_cost(losses, weights, lam), regularization.l2_cost(losses, weights, lam))


@check(points=0.5)
def losses_are_averaged_and_never_weighted(l2_cost, rng):
    """Without a penalty the cost is the mean loss: if lambda is 0, if no weights are listed, for one example."""
    losses, weights = rng.uniform(1, 3, size=7), [rng.normal(size=(2, 2))]
    equal("the cost", l2_cost(losses, weights, 0.0), np.mean(losses))
    equal("the cost", l2_cost(losses, [], 0.7), np.mean(losses))
    equal("the cost", l2_cost(losses[:1], weights, 0.0), losses[0])


@check(points=0.5)
def twice_the_weights_cost_four_times_as_much(l2_cost, rng):
    """The penalty grows with the square of the weights and in proportion to lambda, also for lambda above 1."""
    losses, weights = np.zeros(3), [rng.normal(size=(3, 2)), rng.normal(size=(2, 1))]
    once = regularization.l2_cost(losses, weights, 1.0)
    equal("the penalty", l2_cost(losses, [2 * w for w in weights], 3.0), 12 * once)


@check(points=0.5)
def penalty_is_not_shared_by_the_examples(l2_cost, rng):
    """With one example or with many, the same weights have the same price."""
    weights = [rng.normal(size=(3, 3))]
    for n in (1, 4, 50):
        losses = rng.uniform(0, 1, size=n)
        equal("the cost", l2_cost(losses, weights, 0.5), regularization.l2_cost(losses, weights, 0.5), examples=n)


@check(points=0.5)
def cost_of_whole_numbers_may_be_broken(l2_cost, rng):
    """Losses and weights in whole numbers cost what the same numbers cost when written with a point."""
    losses, weights = rng.integers(0, 9, size=3), [rng.integers(1, 9, size=(2, 2)), rng.integers(-9, 0, size=3)]
    equal("the cost", l2_cost(losses, weights, 0.25), regularization.l2_cost(losses, weights, 0.25))


@check(points=0.5)
def l2_cost_leaves_arguments_alone(l2_cost, rng):
    """Losses and weights are the same after the call."""
    losses, weights = rng.uniform(1, 3, size=4), [rng.normal(size=(2, 3)), rng.normal(size=3)]
    got = unchanged(l2_cost, losses, weights, 0.3)
    equal("the cost", got, regularization.l2_cost(losses, weights, 0.3))


# ---- weight_decay_step ----------------------------------------------------------------------------------------


def decay_case(rng, shape):
    """w, grad, lr, lam of a step, drawn afresh."""
    return rng.normal(size=shape), rng.normal(size=shape), rng.uniform(0.05, 0.4), rng.uniform(0.1, 0.9)


@check(points=1)
def weights_of_any_shape_take_a_step(weight_decay_step, rng):
    """Every weight goes down the slope of the loss and loses its share, in arrays of any shape."""
    for shape in [(4,), (3, 5), (2, 2), (1, 3), (2, 1, 3)]:
        case = decay_case(rng, shape)
        equal("w", weight_decay_step(*case), regularization.weight_decay_step(*case), axes="shape of w")


@check(points=0.5)
def weights_of_zero_feel_the_loss_alone(weight_decay_step, rng):
    """Where a weight is 0 there is nothing to decay: it takes a plain step, whatever lambda is."""
    _, grad, lr, _ = decay_case(rng, (3, 2))
    equal("w", weight_decay_step(np.zeros((3, 2)), grad, lr, 0.8), -lr * grad, axes="shape of w")
    equal("w", weight_decay_step(np.ones((3, 2)), grad, lr, 0.0), 1 - lr * grad, axes="shape of w")


@check(points=0.5)
def decay_is_proportional_to_the_weight(weight_decay_step, rng):
    """A weight twice as large, or of the other sign, loses twice as much, or as much in the other direction."""
    signs = np.array([1.0, -1.0, 2.0, -2.0, 0.01])
    w = signs * rng.uniform(1, 2)
    equal("w", weight_decay_step(w, np.zeros(5), 0.3, 0.4), (1 - 2 * 0.3 * 0.4) * w, axes="shape of w")


@check(points=0.5)
def too_strong_a_decay_overshoots(weight_decay_step, rng):
    """If 2 lr lambda is above 1, a weight jumps past 0; above 2, it ends farther from 0 than it began."""
    w, grad, _, _ = decay_case(rng, (2, 3))
    for lr, lam in [(0.5, 1.0), (0.5, 1.7), (1.0, 2.5)]:
        expected = regularization.weight_decay_step(w, grad, lr, lam)
        equal("w", weight_decay_step(w, grad, lr, lam), expected, axes="shape of w")


@check(points=0.5)
def learning_rate_scales_the_whole_step(weight_decay_step, rng):
    """A learning rate of 0 moves nothing; one ten times smaller makes the whole step ten times smaller."""
    w, grad, lr, lam = decay_case(rng, (4, 2))
    equal("w", weight_decay_step(w, grad, 0.0, lam), w, axes="shape of w")
    full = regularization.weight_decay_step(w, grad, lr, lam) - w
    equal("w", weight_decay_step(w, grad, lr / 10, lam), w + full / 10, axes="shape of w")


@check(points=0.5)
def whole_weights_take_broken_steps(weight_decay_step, rng):
    """Weights and slopes in whole numbers may become broken."""
    w, grad = rng.integers(1, 9, size=(2, 2)), rng.integers(-9, 0, size=(2, 2))
    equal(
        "w",
        weight_decay_step(w, grad, 0.3, 0.2),
        regularization.weight_decay_step(w, grad, 0.3, 0.2),
        axes="shape of w",
    )


@check(points=0.5)
def weight_decay_step_leaves_arguments_alone(weight_decay_step, rng):
    """The new weights are a new array; the old ones and their gradient are the same after the call."""
    case = decay_case(rng, (3, 2))
    equal("w", unchanged(weight_decay_step, *case), regularization.weight_decay_step(*case), axes="shape of w")


# ---- dropout_forward ------------------------------------------------------------------------------------------


def dropped(result, A):
    """out and mask as arrays of A's shape."""
    out, mask = unpack(result, "out", "mask")
    return array("out", out, A.shape, "(N, n)", finite=True), array("mask", mask, A.shape, "(N, n)", finite=True)


def mask_of(dropout_forward, rng, shape, drop_prob):
    """The mask of a layer of that shape."""
    A = np.ones(shape)
    return dropped(dropout_forward(rng, A, drop_prob, True), A)[1]


@check(points=1.5)
def share_and_scale_fit_every_probability(dropout_forward, rng):
    """Whatever drop_prob is, that share is dropped, and what survives is scaled up to make good for it."""
    for drop_prob in (0.1, 0.25, 0.8):
        A = rng.normal(size=(100, 100))
        out, mask = dropped(dropout_forward(rng, A, drop_prob, True), A)
        equal("mask", mask, np.where(mask != 0, 1 / (1 - drop_prob), 0.0), axes="(N, n)")
        require_share("Entries that are dropped", int(np.sum(mask == 0)), mask.size, drop_prob)
        equal("out", out, A * mask, axes="(N, n)")


@check(points=1.5)
def entries_are_dropped_independently(dropout_forward, rng):
    """Two entries, in one row or in one column, are dropped together as often as chance says, and no oftener."""
    gone = mask_of(dropout_forward, rng, (80, 80), 0.5) == 0
    pairs = {
        "Neighbours in a row": gone[:, ::2] & gone[:, 1::2],
        "Neighbours in a column": gone[::2] & gone[1::2],
        "Entries of one row, half of it apart": gone[:, :40] & gone[:, 40:],
        "Entries of one column, half of it apart": gone[:40] & gone[40:],
    }
    for name, both in pairs.items():
        require_share(f"{name} that are dropped together", int(np.sum(both)), both.size, 0.25)


@check(points=1)
def number_of_survivors_is_left_to_chance(dropout_forward, rng):
    """Ten of twenty units are dropped on average, seldom exactly: not by row, by column or in the whole layer."""
    exactly = comb(20, 10) / 2**20
    gone = mask_of(dropout_forward, rng, (300, 20), 0.5) == 0
    require_share("Examples that lose exactly 10 of 20 units", int(np.sum(gone.sum(axis=1) == 10)), 300, exactly)
    gone = mask_of(dropout_forward, rng, (20, 300), 0.5) == 0
    require_share("Units that exactly 10 of 20 examples lose", int(np.sum(gone.sum(axis=0) == 10)), 300, exactly)
    # 0.1762 ** 14 is 3e-11
    counts = [int(np.sum(mask_of(dropout_forward, rng, (4, 5), 0.5) == 0)) for _ in range(14)]
    require(set(counts) != {10}, "In 14 layers of 20 entries, exactly 10 are dropped every time.")


@check(points=1)
def all_randomness_comes_from_the_generator(dropout_forward, rng):
    """The same generator in the same state gives the same mask; another state, or a second call, another one."""
    seed = int(rng.integers(1, 2**31))
    same, one, other = (np.random.default_rng(seed + k) for k in (0, 0, 1))
    masks = [mask_of(dropout_forward, generator, (20, 10), 0.5) for generator in (same, one, one, other)]
    require(np.array_equal(masks[0], masks[1]), "Two generators in the same state give different masks.")
    require(np.any(masks[1] != masks[2]), "A second call with the same generator has the same mask.")
    require(np.any(masks[0] != masks[3]), "Generators in different states give the same mask.")


@check(points=1)
def expected_output_is_the_input(dropout_forward, rng):
    """Averaged over many examples alike, what comes out is what went in."""
    row = np.array([4.0, -1.0, 0.5, 2.0])
    for drop_prob in (0.2, 0.6):
        A = np.tile(row, (2500, 1))
        out, _ = dropped(dropout_forward(rng, A, drop_prob, True), A)
        near = np.abs(out.mean(axis=0) - row) <= bounded_mean_bound(2500, np.abs(row) / (1 - drop_prob))
        require(np.all(near), f"Of 2500 outputs with drop_prob {drop_prob}, the mean is not the input.")


@check(points=0.5)
def mask_does_not_look_at_the_values(dropout_forward, rng):
    """Where A is 0 or negative the mask is drawn like anywhere else, and is 1 in evaluation."""
    A = np.tile([0.0, -1.0], (1500, 1)) * rng.uniform(1, 2)
    _, mask = dropped(dropout_forward(rng, A, 0.25, True), A)
    for column, name in enumerate(("0", "negative")):
        require_share(f"Entries dropped where A is {name}", int(np.sum(mask[:, column] == 0)), 1500, 0.25)
    few = A[:3]
    equal("mask", dropped(dropout_forward(rng, few, 0.25, False), few)[1], np.ones((3, 2)), axes="(N, n)")


@check(points=0.5)
def one_example_loses_units_of_its_own(dropout_forward, rng):
    """A batch of one example, or a layer of one unit, is dropped entry by entry like any other."""
    for shape in [(1, 400), (400, 1)]:
        gone = mask_of(dropout_forward, rng, shape, 0.5) == 0
        require_share(f"Entries dropped in a layer of shape {shape}", int(np.sum(gone)), 400, 0.5)


@check(points=0.5)
def whole_values_survive_as_broken_ones(dropout_forward, rng):
    """Values in whole numbers are scaled like any others in training, and stay what they are in evaluation."""
    A = rng.integers(1, 9, size=(6, 8))
    out, mask = dropped(dropout_forward(rng, A, 0.2, True), A)
    equal("mask", mask, np.where(mask != 0, 1.25, 0.0), axes="(N, n)")
    equal("out", out, A * mask, axes="(N, n)")
    equal("out, mask", dropout_forward(rng, A, 0.2, False), (A.astype(float), np.ones((6, 8))))


@check(points=0.5)
def dropout_forward_leaves_the_layer_alone(dropout_forward, rng):
    """Outputs and mask are new arrays; A is the same after the call."""
    A = rng.normal(size=(5, 4))
    for training in (True, False):
        out, mask = dropped(unchanged(dropout_forward, rng, A, 0.5, training), A)
        equal("out", out, A * mask, axes="(N, n)")
        require(training or np.all(mask == 1), "In evaluation the mask is not 1 everywhere.")


# ---- dropout_backward -----------------------------------------------------------------------------------------


def gradient_case(rng, shape, drop_prob):
    """dout and a mask with that share of zeros."""
    return rng.normal(size=shape), np.where(rng.random(shape) < drop_prob, 0.0, 1 / (1 - drop_prob))


@check(points=0.5)
def gradient_of_a_fresh_mask(dropout_backward, rng):
    """Every entry of the gradient meets its own entry of the mask."""
    for shape, drop_prob in [((5, 4), 0.5), ((3, 3), 0.2), ((1, 6), 0.75), ((7, 1), 0.4)]:
        dout, mask = gradient_case(rng, shape, drop_prob)
        mask[0, 0], mask[-1, -1] = 0.0, 1 / (1 - drop_prob)
        equal("dA", dropout_backward(dout, mask), regularization.dropout_backward(dout, mask), axes="(N, n)")


@check(points=0.5)
def evaluation_hands_the_gradient_on(dropout_backward, rng):
    """With the mask of evaluation, 1 everywhere, the gradient passes as it is; with 0 everywhere nothing passes."""
    dout = rng.normal(size=(4, 3))
    equal("dA", dropout_backward(dout, np.ones((4, 3))), dout, axes="(N, n)")
    equal("dA", dropout_backward(dout, np.zeros((4, 3))), np.zeros((4, 3)), axes="(N, n)")


@check(points=0.5)
def values_and_gradients_balance(dropout_backward, rng):
    """For any A, sum(dout * out) is sum(dA * A): what went forwards comes back by the same mask."""
    dout, mask = gradient_case(rng, (6, 5), 0.3)
    A = rng.normal(size=(6, 5))
    dA = array("dA", dropout_backward(dout, mask), (6, 5), "(N, n)", finite=True)
    equal("sum(dA * A)", np.sum(dA * A), np.sum(dout * (A * mask)), atol=1e-4 if dA.dtype == np.float32 else 1e-8)
    equal("sum(dA)", np.sum(dA), np.sum(dout * mask), atol=1e-4 if dA.dtype == np.float32 else 1e-8)


@check(points=0.5)
def whole_gradients_come_back_broken(dropout_backward, rng):
    """A gradient in whole numbers is scaled by a mask of 0 and 1.25 like any other."""
    dout, (_, mask) = rng.integers(1, 9, size=(4, 5)), gradient_case(rng, (4, 5), 0.2)
    mask[0, 0] = 1.25
    dout[0, 0] = 3
    equal("dA", dropout_backward(dout, mask), regularization.dropout_backward(dout, mask), axes="(N, n)")


@check(points=0.5)
def dropout_backward_leaves_arguments_alone(dropout_backward, rng):
    """The gradient is a new array; dout and mask are the same after the call."""
    dout, mask = gradient_case(rng, (5, 4), 0.5)
    mask[0, 0] = 0.0
    expected = regularization.dropout_backward(dout, mask)
    equal("dA", unchanged(dropout_backward, dout, mask), expected, axes="(N, n)")


# ---- batch_norm_forward ---------------------------------------------------------------------------------------

FORWARD_AXES = ("(N, D)", "(D,)", "(D,)")


def norm_case(rng, size, width):
    """X, gamma, beta, running_mean, running_var, no two columns alike."""
    X = rng.normal(size=(size, width)) * rng.uniform(0.5, 3, size=width) + rng.uniform(-4, 4, size=width)
    gamma, beta = rng.uniform(0.5, 2, size=width) * rng.choice([-1, 1], size=width), rng.normal(size=width)
    return X, gamma, beta, rng.normal(size=width), rng.uniform(0.5, 4, size=width)


def output_and_running(batch_norm_forward, *args):
    """out, and the two running values, of a call."""
    out, mean, var = unpack(batch_norm_forward(*args), "out", "running_mean", "running_var")
    return out, (mean, var)


def same_output(batch_norm_forward, *args):
    """Compare out alone with the reference."""
    out, _ = output_and_running(batch_norm_forward, *args)
    equal("out", out, normalization.batch_norm_forward(*args)[0], axes="(N, D)")


def same_running(batch_norm_forward, *args):
    """Compare the running values alone with the reference."""
    _, running = output_and_running(batch_norm_forward, *args)
    expected = normalization.batch_norm_forward(*args)[1:]
    equal("running_mean, running_var", running, expected, axes=("(D,)", "(D,)"))


@check(points=1.5)
def batches_are_normalised_column_by_column(batch_norm_forward, rng):
    """In training every column is normalised by its own mean and variance, whatever the running values are."""
    for (size, width), eps in [((5, 3), 1e-5), ((2, 4), 0.5), ((3, 3), 1e-2), ((40, 2), 1.0)]:
        same_output(batch_norm_forward, *norm_case(rng, size, width), True, 0.9, eps)


@check(points=1)
def running_values_move_towards_the_batch(batch_norm_forward, rng):
    """Running mean and running variance (which divides by N, without eps) keep the share momentum of the old value."""
    for size, momentum, eps in [(3, 0.9, 1e-5), (2, 0.3, 0.5), (6, 0.5, 0.1), (1, 0.7, 0.2)]:
        same_running(batch_norm_forward, *norm_case(rng, size, 3), True, momentum, eps)


@check(points=0.5)
def momentum_of_zero_forgets_and_of_one_keeps(batch_norm_forward, rng):
    """With momentum 0 the running values are the batch's; with momentum 1 they never move."""
    for momentum in (0, 1):
        same_running(batch_norm_forward, *norm_case(rng, 4, 2), True, momentum, 1e-3)


@check(points=1)
def running_values_go_from_batch_to_batch(batch_norm_forward, rng):
    """Handed on through three batches, the running values remember all three; evaluation then uses them."""
    _, gamma, beta, mean, var = norm_case(rng, 1, 3)
    expected_mean, expected_var = mean, var
    for size in (4, 3, 5):
        X = norm_case(rng, size, 3)[0]
        _, (mean, var) = output_and_running(batch_norm_forward, X, gamma, beta, mean, var, True, 0.6, 1e-2)
        mean, var = array("running_mean", mean, (3,), "(D,)"), array("running_var", var, (3,), "(D,)")
        _, expected_mean, expected_var = normalization.batch_norm_forward(
            X, gamma, beta, expected_mean, expected_var, True, 0.6, 1e-2
        )
    equal("running_mean, running_var", (mean, var), (expected_mean, expected_var), axes=("(D,)", "(D,)"))
    same_output(batch_norm_forward, norm_case(rng, 2, 3)[0], gamma, beta, mean, var, False, 0.6, 1e-2)


@check(points=1)
def answer_about_one_example_ignores_its_neighbours(batch_norm_forward, rng):
    """In evaluation an example alone has the output that it has in a batch, and no call moves the running values."""
    X, gamma, beta, mean, var = norm_case(rng, 4, 3)
    whole, _, _ = normalization.batch_norm_forward(X, gamma, beta, mean, var, False, 0.9, 1e-3)
    for rows in (slice(0, 1), slice(2, 3), slice(0, 4)):
        result = batch_norm_forward(X[rows], gamma, beta, mean, var, False, 0.9, 1e-3)
        equal("out, running_mean, running_var", result, (whole[rows], mean, var), axes=FORWARD_AXES)


@check(points=1)
def eps_is_added_under_the_root_in_both_modes(batch_norm_forward, rng):
    """With an eps as large as the variance itself, the root of variance + eps is what divides, in both modes."""
    for training in (True, False):
        same_output(batch_norm_forward, *norm_case(rng, 5, 2), training, 0.8, rng.uniform(1, 4))


@check(points=0.5)
def without_spread_the_output_is_beta(batch_norm_forward, rng):
    """A constant column, or a batch of one example, leaves nothing to scale: the output is beta, and finite."""
    X, gamma, beta, mean, var = norm_case(rng, 6, 3)
    X[:, 1] = 8.0
    same_output(batch_norm_forward, X, gamma, beta, mean, var, True, 0.9, 1e-3)
    same_output(batch_norm_forward, np.array([[4.0, -2.0, 0.5]]), gamma, beta, mean, var, True, 0.9, 1e-3)


@check(points=0.5)
def unit_of_measurement_does_not_matter(batch_norm_forward, rng):
    """Grams for kilograms, or another zero, leave the output of training as it is."""
    X, gamma, beta, mean, var = norm_case(rng, 5, 3)
    expected, _, _ = normalization.batch_norm_forward(X, gamma, beta, mean, var, True, 0.9, 1e-12)
    out, _ = output_and_running(batch_norm_forward, 1000 * X - 300, gamma, beta, mean, var, True, 0.9, 1e-12)
    equal("out", out, expected, axes="(N, D)", rtol=1e-4)


@check(points=0.5)
def whole_numbers_have_broken_outputs(batch_norm_forward, rng):
    """Values and parameters in whole numbers may have broken outputs and running values, in both modes."""
    X = rng.integers(-5, 5, size=(4, 2)) + np.array([[0, 3], [7, 0], [0, 0], [1, 1]])
    gamma, beta, mean, var = np.array([2, -3]), np.array([1, 4]), np.array([0, 1]), np.array([3, 5])
    same_output(batch_norm_forward, X, gamma, beta, mean, var, True, 0.9, 1e-3)
    same_output(batch_norm_forward, X, gamma, beta, mean, var, False, 0.9, 1e-3)
    same_running(batch_norm_forward, X, gamma, beta, mean, var, True, 0.9, 1e-3)


@check(points=0.5)
def batch_norm_forward_leaves_arguments_alone(batch_norm_forward, rng):
    """All results are new arrays; X, the parameters and the old running values are the same after the call."""
    for training in (True, False):
        args = *norm_case(rng, 4, 3), training, 0.7, 1e-3
        out, _, _ = unpack(unchanged(batch_norm_forward, *args), "out", "running_mean", "running_var")
        equal("out", out, normalization.batch_norm_forward(*args)[0], axes="(N, D)")


# ---- batch_norm_backward --------------------------------------------------------------------------------------

BACKWARD_PARTS, BACKWARD_AXES = "dX, dgamma, dbeta", ("(N, D)", "(D,)", "(D,)")


def backward_case(rng, size, width):
    """dout, X, gamma, drawn afresh."""
    X, gamma, *_ = norm_case(rng, size, width)
    return rng.normal(size=(size, width)) + 0.5, X, gamma


def same_backward(batch_norm_backward, *args):
    """Compare all three gradients with the reference."""
    expected = normalization.batch_norm_backward(*args)
    equal(BACKWARD_PARTS, batch_norm_backward(*args), expected, axes=BACKWARD_AXES, examples=len(args[0]), atol=1e-7)


def same_parameter_gradients(batch_norm_backward, *args):
    """Compare dgamma and dbeta alone with the reference."""
    _, *got = unpack(batch_norm_backward(*args), *BACKWARD_PARTS.split(", "))
    expected = normalization.batch_norm_backward(*args)[1:]
    equal("dgamma, dbeta", tuple(got), expected, axes=("(D,)", "(D,)"), examples=len(args[0]), atol=1e-7)


def same_input_gradient(batch_norm_backward, *args):
    """Compare dX alone with the reference."""
    dX, _, _ = unpack(batch_norm_backward(*args), *BACKWARD_PARTS.split(", "))
    equal("dX", dX, normalization.batch_norm_backward(*args)[0], axes="(N, D)", atol=1e-7)


FRESH_BATCHES = [((5, 3), 1e-2), ((2, 4), 0.5), ((3, 3), 0.1), ((40, 2), 1e-3), ((6, 1), 0.2)]


@check(points=1.5)
def input_gradient_of_a_fresh_batch(batch_norm_backward, rng):
    """Batches of any size give dX, the gradient of batch normalisation for its input."""
    for (size, width), eps in FRESH_BATCHES:
        same_input_gradient(batch_norm_backward, *backward_case(rng, size, width), eps)


@check(points=0.5)
def scale_and_shift_gradients_of_a_fresh_batch(batch_norm_backward, rng):
    """Batches of any size give dgamma and dbeta, one number for each unit."""
    for (size, width), eps in FRESH_BATCHES:
        same_parameter_gradients(batch_norm_backward, *backward_case(rng, size, width), eps)


@check(points=1)
def one_entry_of_dout_reaches_its_whole_column(batch_norm_backward, rng):
    """A single 1 in dout reaches every example of its column of dX, by three paths, and no other column."""
    _, X, gamma = backward_case(rng, 4, 3)
    dout = np.zeros((4, 3))
    dout[int(rng.integers(4)), int(rng.integers(3))] = 1.0
    same_input_gradient(batch_norm_backward, dout, X, gamma, 0.2)


@check(points=1)
def large_eps_belongs_to_the_derivative(batch_norm_backward, rng):
    """With an eps as large as the variance, dX is the derivative of a division by the root of variance + eps."""
    for eps in (1.5, 6.0):
        same_input_gradient(batch_norm_backward, *backward_case(rng, 5, 2), eps)


@check(points=0.5)
def same_batch_twice_doubles_dgamma_and_dbeta(batch_norm_backward, rng):
    """A batch that is repeated has the same mean and variance, but twice as many examples: dgamma and dbeta double."""
    dout, X, gamma = backward_case(rng, 4, 3)
    _, dgamma, dbeta = normalization.batch_norm_backward(dout, X, gamma, 0.1)
    _, *got = unpack(
        batch_norm_backward(np.tile(dout, (2, 1)), np.tile(X, (2, 1)), gamma, 0.1), *BACKWARD_PARTS.split(", ")
    )
    equal("dgamma, dbeta", tuple(got), (2 * dgamma, 2 * dbeta), axes=("(D,)", "(D,)"), examples=8, atol=1e-7)


@check(points=0.5)
def same_batch_twice_leaves_rows_of_dX(batch_norm_backward, rng):
    """A batch that is repeated has the same mean and variance: every row of dX stays what it was."""
    dout, X, gamma = backward_case(rng, 4, 3)
    once = normalization.batch_norm_backward(dout, X, gamma, 0.1)[0]
    twice = batch_norm_backward(np.tile(dout, (2, 1)), np.tile(X, (2, 1)), gamma, 0.1)
    dX, _, _ = unpack(twice, *BACKWARD_PARTS.split(", "))
    equal("dX", dX, np.tile(once, (2, 1)), axes="(N, D)", examples=8, atol=1e-7)


@check(points=0.5)
def stretching_a_column_changes_nothing(batch_norm_backward, rng):
    """With a tiny eps the output stays when a column is stretched: sum(dX * X) is 0 in each column."""
    dout, X, gamma = backward_case(rng, 6, 2)
    dX, _, _ = unpack(batch_norm_backward(dout, X, gamma, 1e-9), *BACKWARD_PARTS.split(", "))
    dX = array("dX", dX, (6, 2), "(N, D)", finite=True)
    require(np.all(np.max(np.abs(dX), axis=0) > 1e-6), "A column of dX is 0 everywhere: single entries do matter.")
    tolerance = 1e-3 if dX.dtype == np.float32 else 1e-6
    equal("sum(dX * X) of each column", np.sum(dX * X, axis=0), np.zeros(2), axes="(D,)", atol=tolerance)


@check(points=0.5)
def scale_of_zero_stops_dX_alone(batch_norm_backward, rng):
    """Where gamma is 0 nothing comes back to X, but gamma itself still learns; a negative gamma turns dX round."""
    dout, X, _ = backward_case(rng, 4, 3)
    args = dout, X, np.array([0.0, -2.0, 1.5]), 0.1
    same_input_gradient(batch_norm_backward, *args)
    _, dgamma, _ = unpack(batch_norm_backward(*args), *BACKWARD_PARTS.split(", "))
    equal("dgamma", dgamma, normalization.batch_norm_backward(*args)[1], axes="(D,)", examples=4)


@check(points=0.5)
def one_example_teaches_beta_alone(batch_norm_backward, rng):
    """A batch of one example is beta whatever X is: dX and dgamma are 0, dbeta is dout."""
    dout, X, gamma = backward_case(rng, 1, 3)
    expected = np.zeros((1, 3)), np.zeros(3), dout[0]
    equal(BACKWARD_PARTS, batch_norm_backward(dout, X, gamma, 0.1), expected, axes=BACKWARD_AXES, atol=1e-7)


@check(points=0.5)
def constant_column_still_has_a_gradient(batch_norm_backward, rng):
    """A column without spread has finite gradients: an example that leaves the others is scaled by eps alone."""
    dout, X, gamma = backward_case(rng, 5, 3)
    X[:, 1] = 2.0
    same_input_gradient(batch_norm_backward, dout, X, gamma, 0.25)


@check(points=0.5)
def whole_numbers_have_broken_gradients(batch_norm_backward, rng):
    """Values, gradients and scales in whole numbers may have broken gradients."""
    X = rng.integers(-4, 4, size=(3, 2)) + np.array([[0, 4], [9, 0], [0, 0]])
    dout = np.array([[1, 2], [-1, 3], [4, 0]]) * rng.integers(1, 4)
    same_backward(batch_norm_backward, dout, X, np.array([2, -1]), 0.5)


@check(points=0.5)
def batch_norm_backward_leaves_arguments_alone(batch_norm_backward, rng):
    """The gradients are new arrays; dout, X and gamma are the same after the call."""
    args = *backward_case(rng, 4, 3), 0.1
    dX, _, _ = unpack(unchanged(batch_norm_backward, *args), *BACKWARD_PARTS.split(", "))
    equal("dX", dX, normalization.batch_norm_backward(*args)[0], axes="(N, D)", atol=1e-7)
