"""Checks of homework 6 that students run themselves: hand-sized cases, properties, finite differences, shares."""

import numpy as np

from autograder.chance import require_share
from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack

# The lectures print formulas for these six functions and no numbers: UWL CS457 F24, 07-4d (cost, weight decay), 07-5a
# (dropout), 07-5b (batch normalization). The numbers below are chosen so that each result can be had on paper.
PAPER_LOSSES = (2.0, 4.0, 9.0)  # mean 5
PAPER_WEIGHTS = ([[1.0, -2.0], [0.0, 3.0]], [-4.0])  # squares 14 and 16
PAPER_COLUMN, PAPER_EPS = (0.0, 0.0, 8.0, 8.0), 9.0  # mean 4, variance 16, root of 16 + 9 is 5
PAPER_NORMALISED = (-0.8, -0.8, 0.8, 0.8)

# ---- l2_cost --------------------------------------------------------------------------------------------------


@check(points=0.5)
def cost_is_the_mean_loss_plus_the_price_of_the_weights(l2_cost):
    """Losses 2, 4, 9 have mean 5; five weights whose squares add up to 30 cost 3 more if lambda is 0.1."""
    weights = [np.array(part) for part in PAPER_WEIGHTS]
    equal("l2_cost(losses, weights, 0.1)", number("the cost", l2_cost(np.array(PAPER_LOSSES), weights, 0.1)), 8.0)


@check(points=0.5)
def every_array_of_weights_has_its_price(l2_cost):
    """With losses of 0 only the penalty is left: every weight of every array counts, and its sign does not."""
    first, second = (np.array(part) for part in PAPER_WEIGHTS)
    for weights, squares in [([first], 14.0), ([second], 16.0), ([second, first], 30.0), ([-first, second], 30.0)]:
        equal("the penalty", l2_cost(np.zeros(3), weights, 1.0), squares)


@check(points=0.5)
def price_of_the_weights_does_not_depend_on_the_number_of_examples(l2_cost, rng):
    """The same examples a second time leave the cost as it was."""
    losses, weights = rng.uniform(1, 2, size=5), [rng.normal(size=(2, 3)), rng.normal(size=4)]
    once, free = (number("the cost", l2_cost(losses, listed, 0.5)) for listed in (weights, []))
    require(once > free, "With weights the cost is not above the cost without any.")
    equal("the cost of the repeated examples", l2_cost(np.tile(losses, 2), weights, 0.5), once)


# ---- weight_decay_step ----------------------------------------------------------------------------------------


@check(points=0.5)
def weights_without_gradient_shrink_by_a_fixed_share(weight_decay_step):
    """Where the loss pulls nowhere, a step with learning rate 0.5 and lambda 0.1 keeps nine tenths of each weight."""
    w = np.array([10.0, -20.0, 0.5])
    equal("w", weight_decay_step(w, np.zeros(3), 0.5, 0.1), 0.9 * w, axes="shape of w")


@check(points=0.5)
def loss_and_decay_pull_together(weight_decay_step):
    """Weights 3 and -1 with slopes 2 and 4, learning rate 0.1 and lambda 0.25, become 2.65 and -1.35."""
    got = weight_decay_step(np.array([3.0, -1.0]), np.array([2.0, 4.0]), 0.1, 0.25)
    equal("w", got, np.array([2.65, -1.35]), axes="shape of w")


@check(points=1)
def step_goes_down_the_slopes_of_your_own_cost(weight_decay_step, l2_cost, rng):
    """The step is the learning rate times the slopes of the whole cost, as finite differences of l2_cost find them."""
    w, curve, lr, lam = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), 0.2, 0.35

    def whole_cost(w):  # a parabola in each weight: its finite differences are exact, however large the step
        return number("l2_cost(losses, [w], lam)", l2_cost(np.array([np.vdot(curve, w**2)]), [w], lam))

    expected = w - lr * slopes(whole_cost, w, 0.5)
    equal("w", weight_decay_step(w, 2 * curve * w, lr, lam), expected, axes="shape of w", atol=1e-5)


# ---- dropout_forward ------------------------------------------------------------------------------------------


def outputs_and_mask(result, A):
    """The two arrays that dropout returns, in A's shape."""
    out, mask = unpack(result, "out", "mask")
    return array("out", out, A.shape, "(N, n)", finite=True), array("mask", mask, A.shape, "(N, n)", finite=True)


@check(points=0.5)
def nothing_is_dropped_in_evaluation(dropout_forward, rng):
    """In evaluation out is A, whatever drop_prob is, and the mask is 1 everywhere."""
    A = rng.normal(size=(3, 4))
    for drop_prob in (0.0, 0.25, 0.9):
        out, mask = outputs_and_mask(dropout_forward(rng, A, drop_prob, False), A)
        equal("out, mask", (out, mask), (A, np.ones((3, 4))), axes=("(N, n)", "(N, n)"))


@check(points=1)
def an_entry_is_dropped_or_scaled_up(dropout_forward, rng):
    """With drop_prob 0.75 every entry of the mask is 0 or 4, both occur, and out is A times mask."""
    A = rng.uniform(1, 2, size=(10, 12))
    out, mask = outputs_and_mask(dropout_forward(rng, A, 0.75, True), A)
    require(np.any(mask == 0), "The mask has no 0: nothing is dropped.")
    require(np.any(mask != 0), "The mask is 0 everywhere: all is dropped.")
    equal("mask", mask, np.where(mask != 0, 4.0, 0.0), axes="(N, n)")
    equal("out", out, A * mask, axes="(N, n)")


@check(points=1)
def share_of_dropped_entries_is_drop_prob(dropout_forward, rng):
    """Of ten thousand entries, about three tenths are dropped if drop_prob is 0.3."""
    A = rng.uniform(1, 2, size=(100, 100))
    _, mask = outputs_and_mask(dropout_forward(rng, A, 0.3, True), A)
    require_share("Entries that are dropped", int(np.sum(mask == 0)), mask.size, 0.3)


@check(points=0.5)
def dropping_with_probability_zero_keeps_everything(dropout_forward, rng):
    """If drop_prob is 0, training keeps every entry as it is."""
    A = rng.normal(size=(4, 3))
    out, mask = outputs_and_mask(dropout_forward(rng, A, 0.0, True), A)
    equal("out, mask", (out, mask), (A, np.ones((4, 3))), axes=("(N, n)", "(N, n)"))


@check(points=1)
def each_example_loses_other_units(dropout_forward, rng):
    """No two examples lose the same units, no two units are lost by the same examples, and no two calls agree."""
    A = np.ones((60, 60))
    _, mask = outputs_and_mask(dropout_forward(rng, A, 0.5, True), A)
    _, again = outputs_and_mask(dropout_forward(rng, A, 0.5, True), A)
    require(len(np.unique(mask == 0, axis=0)) == 60, "Two examples lose exactly the same units.")
    require(len(np.unique(mask == 0, axis=1).T) == 60, "Two units are lost by exactly the same examples.")
    require(np.any(mask != again), "A second call with the same generator has the same mask.")


# ---- dropout_backward -----------------------------------------------------------------------------------------


@check(points=0.5)
def gradient_passes_where_the_value_passed(dropout_backward):
    """Where the mask is 0 nothing comes back; where it is 4, four times as much."""
    dout, mask = np.array([[5.0, 7.0, -2.0], [1.0, -3.0, 6.0]]), np.array([[0.0, 4.0, 4.0], [4.0, 0.0, 4.0]])
    expected = np.array([[0.0, 28.0, -8.0], [4.0, 0.0, 24.0]])
    equal("dA", dropout_backward(dout, mask), expected, axes="(N, n)")


@check(points=1)
def gradient_is_the_slope_of_your_own_dropout(dropout_backward, dropout_forward, rng):
    """With the mask that your dropout_forward returned, dA is the derivative of sum(dout * out)."""
    A, dout = rng.uniform(1, 2, size=(6, 5)), rng.normal(size=(6, 5))
    out, mask = outputs_and_mask(dropout_forward(rng, A, 0.4, True), A)
    equal("dA", dropout_backward(dout, mask), dout * out / A, axes="(N, n)")


# ---- batch_norm_forward ---------------------------------------------------------------------------------------

NORM_AXES = ("(N, D)", "(D,)", "(D,)")


@check(points=1)
def column_on_paper_is_normalised(batch_norm_forward):
    """Column 0, 0, 8, 8 has mean 4 and variance 16: with eps = 9 it becomes -0.8 and 0.8, then gamma and beta act."""
    X = np.column_stack([PAPER_COLUMN, [3.0] * 4])
    gamma, beta = np.array([10.0, 7.0]), np.array([1.0, -2.0])
    result = batch_norm_forward(X, gamma, beta, np.zeros(2), np.ones(2), True, 0.9, PAPER_EPS)
    out, _, _ = unpack(result, "out", "running_mean", "running_var")
    centred = X - [4.0, 3.0]
    slips = {
        "divided by the root of the variance, plus eps": gamma * centred / (4 + PAPER_EPS) + beta,
        "divided by a root without eps": gamma * centred / 4 + beta,
        "made with a variance that divides by one example less": gamma * centred / np.sqrt(64 / 3 + PAPER_EPS) + beta,
    }
    expected = np.column_stack([10 * np.array(PAPER_NORMALISED) + 1, [-2.0] * 4])
    equal("out", out, expected, axes="(N, D)", slips=slips)


@check(points=1)
def columns_get_mean_beta_and_spread_gamma(batch_norm_forward, rng):
    """In training each column of out has mean beta and standard deviation gamma, wherever X lay before."""
    X, gamma, beta = 5 + 3 * rng.normal(size=(6, 3)), np.array([1.5, 0.5, 2.0]), np.array([0.5, 3.0, -1.0])
    result = batch_norm_forward(X, gamma, beta, np.zeros(3), np.ones(3), True, 0.9, 1e-12)
    out = array("out", unpack(result, "out", "running_mean", "running_var")[0], (6, 3), "(N, D)", finite=True)
    equal("the mean of each column of out", out.mean(axis=0), beta, axes="(D,)", atol=1e-6)
    equal("the standard deviation of each column of out", out.std(axis=0), gamma, axes="(D,)")


@check(points=1)
def running_statistics_keep_the_share_momentum(batch_norm_forward):
    """A batch of mean 4 and variance 16 moves running values 10 and 20 a quarter of the way if momentum is 0.75."""
    X = np.column_stack([PAPER_COLUMN, PAPER_COLUMN])
    old_mean, old_var = np.array([10.0, 4.0]), np.array([20.0, 0.0])
    result = batch_norm_forward(X, np.ones(2), np.zeros(2), old_mean, old_var, True, 0.75, 1e-3)
    _, mean, var = unpack(result, "out", "running_mean", "running_var")
    equal("running_mean", mean, np.array([8.5, 4.0]), axes="(D,)")
    equal("running_var", var, np.array([19.0, 4.0]), axes="(D,)")


@check(points=1)
def evaluation_uses_and_keeps_the_running_statistics(batch_norm_forward):
    """In evaluation one example is enough: the running values 3 and 16 turn 13 into 2, then gamma and beta act."""
    X, gamma, beta = np.array([[13.0, 5.0]]), np.array([10.0, 1.0]), np.array([1.0, 0.5])
    mean, var = np.array([3.0, 4.0]), np.array([16.0, 0.0])
    result = batch_norm_forward(X, gamma, beta, mean, var, False, 0.5, PAPER_EPS)
    expected = np.array([[21.0, 1 / 3 + 0.5]]), mean, var
    equal("out, running_mean, running_var", result, expected, axes=NORM_AXES)


# ---- batch_norm_backward --------------------------------------------------------------------------------------


def normalised_sum(dout, X, gamma, beta, eps):
    """sum(dout * out) for batch normalisation in training, the lecture's formula written out."""
    centred = X - np.sum(X, axis=0) / len(X)
    return np.vdot(dout, gamma * centred / np.sqrt(np.sum(centred**2, axis=0) / len(X) + eps) + beta)


@check(points=1)
def scale_and_shift_have_sums_over_the_batch(batch_norm_backward):
    """For the column 0, 0, 8, 8 with eps = 9: dbeta adds up dout, dgamma adds up dout times -0.8 or 0.8."""
    X, dout = np.column_stack([PAPER_COLUMN, [3.0] * 4]), np.array([[1.0, 2.0], [2.0, 4.0], [4.0, 8.0], [3.0, -1.0]])
    result = batch_norm_backward(dout, X, np.array([10.0, 7.0]), PAPER_EPS)
    _, dgamma, dbeta = unpack(result, "dX", "dgamma", "dbeta")
    equal("dgamma", dgamma, np.array([3.2, 0.0]), axes="(D,)", examples=4)
    equal("dbeta", dbeta, np.array([10.0, 13.0]), axes="(D,)", examples=4)


@check(points=1)
def shifting_a_column_changes_nothing(batch_norm_backward, rng):
    """The output stays when a whole column of X moves, so each column of dX adds up to 0 (and is not 0)."""
    X, dout, gamma = rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), rng.uniform(1, 2, size=3)
    dX, _, _ = unpack(batch_norm_backward(dout, X, gamma, 0.1), "dX", "dgamma", "dbeta")
    dX = array("dX", dX, (5, 3), "(N, D)", finite=True)
    require(np.all(np.max(np.abs(dX), axis=0) > 1e-4), "A column of dX is 0 everywhere: single entries do matter.")
    equal("the sum of each column of dX", dX.sum(axis=0), np.zeros(3), axes="(D,)", atol=1e-6)


@check(points=0.5)
def input_gradient_matches_finite_differences(batch_norm_backward, rng):
    """dX is the derivative of sum(dout * out), through mean and variance too."""
    X, dout = 2 * rng.normal(size=(4, 3)) + 1, rng.normal(size=(4, 3))
    gamma, beta, eps = np.array([0.5, -1.5, 2.0]), rng.normal(size=3), 0.3
    dX, _, _ = unpack(batch_norm_backward(dout, X, gamma, eps), "dX", "dgamma", "dbeta")
    expected = slopes(lambda X: normalised_sum(dout, X, gamma, beta, eps), X)
    equal("dX", dX, expected, axes="(N, D)", examples=4, atol=1e-7)


@check(points=0.5)
def scale_and_shift_gradients_match_finite_differences(batch_norm_backward, rng):
    """dgamma and dbeta are the derivatives of sum(dout * out)."""
    X, dout = 2 * rng.normal(size=(4, 3)) + 1, rng.normal(size=(4, 3))
    gamma, beta, eps = np.array([0.5, -1.5, 2.0]), rng.normal(size=3), 0.3
    _, dgamma, dbeta = unpack(batch_norm_backward(dout, X, gamma, eps), "dX", "dgamma", "dbeta")
    by_gamma = slopes(lambda gamma: normalised_sum(dout, X, gamma, beta, eps), gamma)
    by_beta = slopes(lambda beta: normalised_sum(dout, X, gamma, beta, eps), beta)
    equal("dgamma, dbeta", (dgamma, dbeta), (by_gamma, by_beta), axes=("(D,)", "(D,)"), examples=4, atol=1e-7)


@check(points=1)
def input_gradient_is_the_slope_of_your_own_forward(batch_norm_backward, batch_norm_forward, rng):
    """dX is the derivative of sum(dout * out), with out by the batch_norm_forward of this notebook, in training."""
    X, dout, gamma, beta = rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), np.array([1.5, -0.5]), np.array([0.2, 1.0])

    def output(X):
        result = batch_norm_forward(X, gamma, beta, np.zeros(2), np.ones(2), True, 0.9, 0.2)
        out, _, _ = unpack(result, "out", "running_mean", "running_var")
        return array("out of batch_norm_forward", out, (3, 2), "(N, D)", finite=True)

    # A forward in single precision needs a larger step, and then a wider tolerance.
    step, rtol, atol = (1e-2, 1e-2, 3e-3) if output(X).dtype == np.float32 else (1e-5, 1e-5, 1e-6)
    expected = slopes(lambda X: np.vdot(dout, output(X)), X, step)
    dX, _, _ = unpack(batch_norm_backward(dout, X, gamma, 0.2), "dX", "dgamma", "dbeta")
    equal("dX", dX, expected, axes="(N, D)", examples=3, rtol=rtol, atol=atol)
