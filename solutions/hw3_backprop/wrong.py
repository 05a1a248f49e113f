"""Plausible mistakes in homework 3. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.activations import logistic
from nnref.graph import graph_forward
from nnref.layers import ACTIVATIONS, SLOPES, layer_backward, linear_backward
from nnref.losses import squared_error_grad
from nnref.network import mlp_forward

# ---- relu_grad ------------------------------------------------------------------------------------------------


@wrong("relu_grad", caught_by="relu_slope_is_one_above_zero_and_nothing_below")
def gives_relu_itself(z):
    """Draw ReLU and read off its height and its steepness at z = 3. Which of the two is asked for?"""
    return np.maximum(0.0, z)


@wrong("relu_grad", caught_by="relu_slope_is_one_above_zero_and_nothing_below")
def gives_the_sign(z):
    """Move z from -2 to -1.9. By how much does ReLU change?"""
    return np.sign(z)


@wrong("relu_grad", caught_by="relu_slope_is_one_above_zero_and_nothing_below")
def leaks_below_zero(z):
    """Move z from -2 to -1.9. Does any of it come through this ReLU, or is that another activation?"""
    return np.where(np.asarray(z) > 0, 1.0, 0.01)


@wrong("relu_grad", caught_by="relu_slope_is_one_above_zero_and_nothing_below")
def is_one_everywhere(z):
    """Your unit never sleeps. Draw ReLU to the left of 0: how steep is it there?"""
    return np.ones_like(z, dtype=float)


@wrong("relu_grad", caught_by="relu_slope_is_one_above_zero_and_nothing_below")
def is_the_wrong_way_round(z):
    """At z = 2 the unit is awake, at z = -2 it is dead. Which of the two should let a gradient through?"""
    return np.where(np.asarray(z) < 0, 1.0, 0.0)


@wrong("relu_grad", caught_by="relu_slope_is_the_same_at_every_size")
def is_clipped_between_zero_and_one(z):
    """Try z = 0.2, then z = 0.4. How steep is ReLU at each of them?"""
    return np.clip(z, 0.0, 1.0)


@wrong("relu_grad", caught_by="relu_slope_is_the_same_at_every_size")
def needs_z_of_at_least_one(z):
    """Try z = 0.2. Where exactly does ReLU leave the floor?"""
    return (np.asarray(z) >= 1).astype(float)


@wrong("relu_grad", caught_by="relu_slope_is_the_same_at_every_size")
def is_the_slope_of_softplus(z):
    """Compare your slope at 0.1 and at 5. ReLU is made of two straight pieces: how many slopes has it?"""
    return logistic(np.asarray(z, dtype=float))


@wrong("relu_grad", caught_by="relu_slope_belongs_to_each_entry")
def decides_for_the_whole_array(z):
    """Give it one positive and one negative number together. Should one entry decide for the other?"""
    return np.full(np.shape(z), float(np.all(np.asarray(z) > 0)))


@wrong("relu_grad", caught_by="relu_slope_belongs_to_each_entry")
def wakes_all_if_one_is_awake(z):
    """Give it two units, z = 2 and z = -2. Does the first one wake the second?"""
    return np.full(np.shape(z), float(np.any(np.asarray(z) > 0)))


@wrong("relu_grad", caught_by="relu_slope_belongs_to_each_entry")
def gives_up_beyond_two_axes(z):
    """Give it an array of shape (2, 3, 2). Does every path through your function end with a return?"""
    if np.ndim(z) <= 2:
        return np.where(np.asarray(z) > 0, 1.0, 0.0)


@wrong("relu_grad", caught_by="relu_slope_belongs_to_each_entry")
def decides_by_the_first_example(z):
    """Give it two examples that wake different units. Which entries of your result differ between the two rows?"""
    z = np.asarray(z)
    return np.zeros(z.shape) + (z[0] > 0 if z.ndim > 1 else z > 0)


@wrong("relu_grad", caught_by="relu_grad_leaves_z_alone")
def writes_into_z(z):
    """Print z before and after the call. Who else may still need those numbers?"""
    z = np.asarray(z)
    live = z > 0
    z[...] = live
    return z


# ---- squared_error_grad ---------------------------------------------------------------------------------------


@wrong("squared_error_grad", caught_by="lecture_error_of_minus_one_has_slope_minus_two")
def forgets_the_two(g, y):
    """Raise g from 3 to 3.001 with y = 0. How much does the square of the error grow for each 0.001?"""
    return (np.asarray(g) - y) / len(np.atleast_1d(g))


@wrong("squared_error_grad", caught_by="lecture_error_of_minus_one_has_slope_minus_two")
def turns_the_error_round(g, y):
    """Take g = 2 and y = 3. Does the loss grow or shrink when g grows a little?"""
    return 2 * (np.asarray(y) - g) / len(np.atleast_1d(g))


@wrong("squared_error_grad", caught_by="lecture_error_of_minus_one_has_slope_minus_two")
def gives_the_loss_itself(g, y):
    """Take g = 2 and y = 3. Your result is the loss; how fast does the loss move when g does?"""
    return (np.asarray(g) - y) ** 2 / len(np.atleast_1d(g))


@wrong("squared_error_grad", caught_by="squared_error_slopes_match_finite_differences")
def loses_the_sign(g, y):
    """Give it one output above its target and one below. Should both go the same way?"""
    return 2 * np.abs(np.asarray(g) - y) / len(np.atleast_1d(g))


@wrong("squared_error_grad", caught_by="squared_error_slope_is_shared_by_the_examples")
def sums_over_the_examples(g, y):
    """Give it the same batch twice over: the mean loss stays. What happens to the share of one example?"""
    return 2 * (np.asarray(g) - y)


@wrong("squared_error_grad", caught_by="squared_error_sums_over_output_units")
def averages_over_outputs_too(g, y):
    """Add a second output unit that is always right. Should the gradient of the first one change?"""
    return 2 * (np.asarray(g) - y) / np.size(g)


@wrong("squared_error_grad", caught_by="squared_error_slopes_match_finite_differences")
def averages_the_gradient_away(g, y):
    """Count the numbers in g and the numbers in your result. How does the loss react to the first output alone?"""
    error = np.asarray(g) - y
    return np.full(error.shape, 2 * np.mean(error))


@wrong("squared_error_grad", caught_by="squared_error_slope_is_shared_by_the_examples")
def divides_by_the_examples_twice(g, y):
    """Give it one batch of 5 and the same batch twice over. By what factor should each entry shrink?"""
    return 2 * (np.asarray(g) - y) / len(np.atleast_1d(g)) ** 2


@wrong("squared_error_grad", caught_by="squared_error_grad_of_whole_numbers")
def keeps_whole_numbers_whole(g, y):
    """Try whole numbers, three of them, with an error of 1. What is two thirds in your result?"""
    slope = np.zeros_like(g)
    slope[...] = 2 * (np.asarray(g) - y) / len(np.atleast_1d(g))
    return slope


@wrong("squared_error_grad", caught_by="squared_error_grad_leaves_arguments_alone")
def subtracts_in_place(g, y):
    """Print g before and after the call. Is it still the output of your network?"""
    slope = np.asarray(g)
    slope -= np.asarray(y).astype(slope.dtype)
    return slope * 2 / len(np.atleast_1d(slope))


@wrong("squared_error_grad", caught_by="squared_error_slope_is_shared_by_the_examples")
def takes_a_vector_for_one_example(g, y):
    """Give it outputs of shape (5,). How many examples are these, according to the text?"""
    g = np.asarray(g, dtype=float)
    return 2 * (g - y) / (len(g) if g.ndim == 2 else 1)


@wrong("squared_error_grad", caught_by="squared_error_slopes_match_finite_differences")
def averages_over_the_outputs_instead(g, y):
    """Give it four examples of two outputs each. Over how many numbers is the mean taken?"""
    return 2 * (np.asarray(g) - y) / np.atleast_1d(g).shape[-1]


# ---- linear_backward ------------------------------------------------------------------------------------------


@wrong("linear_backward", caught_by="same_batch_twice_doubles_dW_and_db")
def averages_over_the_batch(dZ, X, W):
    """The loss is a mean. Where does its 1/N enter for the first time?"""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


@wrong("linear_backward", caught_by="same_batch_twice_doubles_dW_and_db")
def averages_the_bias_only(dZ, X, W):
    """A bias is a weight whose input is always 1. Do your db and your dW treat the batch alike?"""
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@wrong("linear_backward", caught_by="same_batch_twice_doubles_dW_and_db")
def bias_sees_one_example(dZ, X, W):
    """Give it the same batch twice over. What should happen to db?"""
    return dZ @ W.T, X.T @ dZ, dZ[0]


@wrong("linear_backward", caught_by="one_entry_of_dZ_reaches_one_row_one_column_one_bias")
def bias_sums_over_everything(dZ, X, W):
    """Nudge the bias of one unit. Which columns of Z move?"""
    return dZ @ W.T, X.T @ dZ, np.full(dZ.shape[1], dZ.sum())


@wrong("linear_backward", caught_by="square_layer_tells_rows_from_columns")
def weights_come_out_transposed(dZ, X, W):
    """Write the shapes of X, dZ and W beside your product for N = 2, fan_in = 3, fan_out = 4."""
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="square_layer_tells_rows_from_columns")
def goes_back_through_the_weights_forwards(dZ, X, W):
    """For N = 2, fan_in = 3 and fan_out = 4, write the shapes beside the product for dX. Can it give (2, 3)?"""
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="square_layer_tells_rows_from_columns")
def forgets_to_turn_the_inputs(dZ, X, W):
    """W[0, 2] joins input 0 to unit 2. Which numbers of X and of dZ does its gradient add up?"""
    return dZ @ W.T, X @ dZ, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="square_layer_tells_rows_from_columns")
def bias_sums_over_the_units(dZ, X, W):
    """How many biases has a layer, one an example or one a unit? Count the entries of your db."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@wrong("linear_backward", caught_by="dW_of_any_layer")
def inputs_taken_for_ones(dZ, X, W):
    """Nudge a weight whose input is 3, then one whose input is 0. Does Z move equally far?"""
    return dZ @ W.T, np.ones(X.shape).T @ dZ, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="dX_of_any_layer")
def input_gradient_forgets_the_weights(dZ, X, W):
    """Set one row of W to 0. How much can its input still change the loss?"""
    return np.repeat(dZ.sum(axis=1, keepdims=True), W.shape[0], axis=1), X.T @ dZ, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="dX_of_any_layer")
def goes_back_through_updated_weights(dZ, X, W):
    """The loss was computed with certain weights. Which weights did dZ travel through on its way to X?"""
    dW = X.T @ dZ
    return dZ @ (W - 0.1 * dW).T, dW, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="linear_gradients_of_whole_numbers")
def truncates_to_the_type_of_X(dZ, X, W):
    """Give it X in whole numbers and dZ = 0.5 everywhere. Which halves are missing from dW?"""
    dW = np.zeros(W.shape, dtype=np.asarray(X).dtype)
    for x, dz in zip(X, dZ):
        dW += np.outer(x, dz).astype(dW.dtype)
    return dZ @ W.T, dW, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="one_example_is_enough")
def squeezes_a_single_example(dZ, X, W):
    """Give it one example, a batch of one row. How many axes should dX have?"""
    return np.squeeze(dZ @ W.T, axis=0) if len(dZ) == 1 else dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@wrong("linear_backward", caught_by="linear_backward_leaves_arguments_alone")
def overwrites_the_weights(dZ, X, W):
    """Print W before and after the call. Who decided to take a training step here?"""
    dX, dW = dZ @ W.T, X.T @ dZ
    W[...] = W - dW
    return dX, dW, dZ.sum(axis=0)


# ---- layer_backward -------------------------------------------------------------------------------------------


@wrong("layer_backward", caught_by="slope_is_taken_at_the_pre_activation")
def takes_the_slope_at_the_activation(dA, Z, X, W, activation):
    """A logistic unit with z = 0 gives a = 0.5. At which of the two numbers do you ask for the slope?"""
    return linear_backward(dA * SLOPES[activation](ACTIVATIONS[activation](Z)), X, W)


@wrong("layer_backward", caught_by="slope_is_taken_at_the_pre_activation")
def forgets_the_slope(dA, Z, X, W, activation):
    """Nudge one z of a saturated unit. How much of it arrives in a, and where do you use that?"""
    return linear_backward(dA, X, W)


@wrong("layer_backward", caught_by="slope_is_taken_at_the_pre_activation")
def takes_the_activation_for_its_slope(dA, Z, X, W, activation):
    """A logistic unit with z = 10 hands on 0.99995. How much of a small push at z still comes out?"""
    return linear_backward(dA * ACTIVATIONS[activation](Z), X, W)


@wrong("layer_backward", caught_by="slope_is_taken_at_the_pre_activation")
def always_takes_the_slope_of_relu(dA, Z, X, W, activation):
    """Run it twice on the same numbers, as a logistic layer and as a ReLU layer. Should the results agree?"""
    return linear_backward(dA * SLOPES["relu"](Z), X, W)


@wrong("layer_backward", caught_by="layer_gradients_match_finite_differences")
def multiplies_matrices_entry_by_matrix(dA, Z, X, W, activation):
    """One entry of Z feeds exactly one entry of A. How many entries of dA should one entry of dZ collect?"""
    return linear_backward(dA @ SLOPES[activation](Z).T @ dA, X, W)


@wrong("layer_backward", caught_by="live_and_dead_units_in_one_batch")
def averages_the_slope_over_the_batch(dA, Z, X, W, activation):
    """Take two examples, one that wakes a unit and one that does not. Which of them should change its weights?"""
    return linear_backward(dA * SLOPES[activation](Z).mean(axis=0), X, W)


@wrong("layer_backward", caught_by="live_and_dead_units_in_one_batch")
def keeps_units_that_always_live(dA, Z, X, W, activation):
    """A unit sleeps through the first example and is awake in the second. Does it learn from the second?"""
    slope = SLOPES[activation](Z)
    return linear_backward(dA * slope * np.all(slope != 0, axis=0), X, W)


@wrong("layer_backward", caught_by="layer_gradients_match_finite_differences")
def weighs_the_input_gradient_by_the_wrong_slope(dA, Z, X, W, activation):
    """Follow one arrow from the loss to an input of this layer. Where on it does the activation lie?"""
    dX, dW, db = linear_backward(dA, X, W)
    return dX * SLOPES[activation](X), dW, db


@wrong("layer_backward", caught_by="layer_gradients_match_finite_differences")
def hands_on_without_the_slope(dA, Z, X, W, activation):
    """A dead unit teaches its own weights nothing. What may it tell the layer below?"""
    _, dW, db = linear_backward(dA * SLOPES[activation](Z), X, W)
    return linear_backward(dA, X, W)[0], dW, db


@wrong("layer_backward", caught_by="layer_gradients_match_finite_differences")
def bias_skips_the_slope(dA, Z, X, W, activation):
    """A bias is a weight whose input is always 1. Why should it not go through the same activation?"""
    dX, dW, _ = linear_backward(dA * SLOPES[activation](Z), X, W)
    return dX, dW, dA.sum(axis=0)


@wrong("layer_backward", caught_by="layer_gradients_match_finite_differences")
def averages_a_second_time(dA, Z, X, W, activation):
    """Give it the same batch twice over, dA included. What should happen to dW?"""
    return linear_backward(dA * SLOPES[activation](Z) / len(Z), X, W)


@wrong("layer_backward", caught_by="identity_layer_is_a_linear_layer")
def takes_identity_for_its_slope(dA, Z, X, W, activation):
    """Draw the identity. How steep is it at 2, and how steep at 5?"""
    return linear_backward(dA * (Z if activation == "identity" else SLOPES[activation](Z)), X, W)


@wrong("layer_backward", caught_by="saturated_units_pass_nothing_back")
def divides_by_what_may_be_zero(dA, Z, X, W, activation):
    """Try a logistic unit at z = 1000 and look at every number on the way. Is each of them finite?"""
    with np.errstate(all="ignore"):
        e = np.exp(np.asarray(Z, dtype=float))
        slopes = {"logistic": lambda: e / (1 + e) ** 2, "tanh": lambda: 4 / (e + 1 / e) ** 2}
        slope = slopes[activation]() if activation in slopes else SLOPES[activation](Z)
        return linear_backward(dA * slope, X, W)


@wrong("layer_backward", caught_by="layer_backward_leaves_arguments_alone")
def multiplies_dA_in_place(dA, Z, X, W, activation):
    """Print dA before and after the call. Is it still what the layer above handed down?"""
    dA *= SLOPES[activation](Z).astype(dA.dtype)
    return linear_backward(dA, X, W)


# ---- two_neuron_gradients -------------------------------------------------------------------------------------


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_of_any_numbers")
def forgets_the_input(x, y, w1, w2):
    """The lecture has x = 1. Work it out once more with x = 5: which numbers change?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * w2 * (w1 * x > 0), slope * a


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_of_any_numbers")
def goes_back_through_the_first_weights(x, y, w1, w2):
    """Walk from the loss back to w1. Which weight do you cross on the way, and which one do you only arrive at?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * w1 * (w1 * x > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def wakes_the_dead_neuron(x, y, w1, w2):
    """In the lecture's numbers, nudge the second hidden weight. Does the output move?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * w2 * x, slope * a


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def output_weights_see_the_pre_activation(x, y, w1, w2):
    """What number arrives at the second output weight when its neuron is dead?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    z = w1 * x
    slope = 2 * (np.maximum(0, z) @ w2 - y)
    return slope * w2 * (z > 0) * x, slope * z


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def climbs_instead(x, y, w1, w2):
    """The output is 2 and should be 3. Should the loss grow or shrink when a live output weight grows?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (y - a @ w2)
    return slope * w2 * (w1 * x > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def drops_the_two_of_the_square(x, y, w1, w2):
    """How fast does the square of an error of 1 grow? Compare with the lecture's slope of the loss at the output."""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = a @ w2 - y
    return slope * w2 * (w1 * x > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_match_finite_differences")
def updates_before_going_back(x, y, w1, w2):
    """The forward pass used the old output weights. Which ones does your way back to w1 use?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    dw2 = slope * a
    w2 = w2 - dw2
    return slope * w2 * (w1 * x > 0) * x, dw2


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def answers_in_the_wrong_order(x, y, w1, w2):
    """Read the last lines of the description again. Which of the two arrays should come first?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * a, slope * w2 * (w1 * x > 0) * x


@wrong("two_neuron_gradients", caught_by="negative_input_wakes_the_other_neuron")
def judges_life_by_the_weight(x, y, w1, w2):
    """Keep the weights and take x = -1. Which of the two neurons is awake now?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * w2 * (w1 > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="negative_input_wakes_the_other_neuron")
def judges_life_by_the_input(x, y, w1, w2):
    """Keep the weights and take x = -1. Is a neuron dead because its input is negative?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return slope * w2 * (x > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_of_any_numbers")
def gives_each_neuron_its_own_error(x, y, w1, w2):
    """Wake both neurons. How many outputs has the network, and how many errors do you compute?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a * w2 - y)
    return slope * w2 * (w1 * x > 0) * x, slope * a


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def one_dead_neuron_stops_all(x, y, w1, w2):
    """One of the lecture's neurons is dead. Does the other one still learn?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y) * np.all(w1 * x > 0)
    return slope * w2 * x, slope * a


@wrong("two_neuron_gradients", caught_by="lecture_gradients_of_the_two_neurons")
def answers_for_the_living_only(x, y, w1, w2):
    """How many entries have w1 and w2, and how many have your gradients? What is the gradient of a dead neuron?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    return (slope * w2 * x)[w1 * x > 0], (slope * a)[w1 * x > 0]


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_leave_arguments_alone")
def steps_in_place(x, y, w1, w2):
    """Print w2 before and after the call. Did anybody ask for a training step?"""
    a = np.maximum(0, w1 * x)
    slope = 2 * (a @ w2 - y)
    dw1, dw2 = slope * w2 * (w1 * x > 0) * x, slope * a
    w2[...] = w2 - dw2
    return dw1, dw2


@wrong("two_neuron_gradients", caught_by="two_neuron_gradients_of_any_numbers")
def puts_a_relu_on_the_output(x, y, w1, w2):
    """Make both output weights negative. Which g does the text's network have, and which g has yours?"""
    w1, w2 = np.asarray(w1), np.asarray(w2)
    z = w1 * x
    a = np.maximum(0, z)
    dg = 2 * (max(w2 @ a, 0) - y) * (w2 @ a > 0)
    return dg * w2 * (z > 0) * x, dg * a


# ---- softmax_cross_entropy_grad -------------------------------------------------------------------------------


@wrong("softmax_cross_entropy_grad", caught_by="undecided_network_pushes_the_right_class")
def sums_the_loss_over_examples(logits, y):
    """Give it the same batch twice over: the mean loss stays. What happens to the share of one example?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) - np.eye(np.shape(logits)[1])[y]


@wrong("softmax_cross_entropy_grad", caught_by="undecided_network_pushes_the_right_class")
def divides_by_classes_too(logits, y):
    """The loss is one number for each example. Over how many numbers is its mean taken?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - np.eye(np.shape(logits)[1])[y]) / np.size(logits)


@wrong("softmax_cross_entropy_grad", caught_by="undecided_network_pushes_the_right_class")
def pushes_the_right_class_down(logits, y):
    """Raise the logit of the right class a little. Does the loss grow or shrink?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return (np.eye(np.shape(logits)[1])[y] - e / e.sum(axis=1, keepdims=True)) / len(logits)


@wrong("softmax_cross_entropy_grad", caught_by="logits_a_thousand_apart_stay_finite")
def overflows(logits, y):
    """Try the logits 0 and 1000. What is the largest number that you raise e to?"""
    with np.errstate(all="ignore"):
        e = np.exp(np.asarray(logits, dtype=float))
        return (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[y]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="logits_a_thousand_apart_stay_finite")
def shifts_by_the_largest_of_the_batch(logits, y):
    """Put a row of logits near 0 and a row near 1000 into one batch. What is left of the first row after your shift?"""
    with np.errstate(all="ignore"):
        e = np.exp(logits - np.max(logits))
        return (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[y]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="gradient_of_each_row_adds_up_to_zero")
def normalises_over_the_batch(logits, y):
    """Add up your probabilities along a row, then along a column. Which of the two belongs to one example?"""
    e = np.exp(logits - np.max(logits, axis=0))
    return (e / e.sum(axis=0) - np.eye(e.shape[1])[y]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="gradient_of_each_row_adds_up_to_zero")
def only_the_right_class_learns(logits, y):
    """Raise the logit of a wrong class. What happens to the probability of the right one?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    onehot = np.eye(np.shape(logits)[1])[y]
    return (e / e.sum(axis=1, keepdims=True) - onehot) * onehot / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="gradient_of_each_row_adds_up_to_zero")
def subtracts_from_whole_columns(logits, y):
    """Take two examples of classes 0 and 2. How many entries of the gradient belong to a right class?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[:, y] -= 1
    return p / len(p)


@wrong("softmax_cross_entropy_grad", caught_by="gradient_of_each_row_adds_up_to_zero")
def stops_at_the_probabilities(logits, y):
    """Your gradient says how the loss moves with the probabilities. Who moves the probabilities?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    with np.errstate(all="ignore"):
        return np.where(np.eye(e.shape[1])[y] > 0, -e.sum(axis=1, keepdims=True) / e, 0.0) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="undecided_network_pushes_the_right_class")
def takes_the_two_of_squared_error(logits, y):
    """Four equal logits: the right class has probability a quarter. How fast does its negative logarithm fall?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return 2 * (e / e.sum(axis=1, keepdims=True) - np.eye(np.shape(logits)[1])[y]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="undecided_network_pushes_the_right_class")
def counts_labels_from_one(logits, y):
    """Take one example of class 0. Which column of your gradient is negative?"""
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - np.eye(np.shape(logits)[1])[np.asarray(y) - 1]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="logits_of_a_batch_get_their_slopes")
def rescales_logistic_outputs(logits, y):
    """Add 10 to every logit of a row. Do your probabilities stay what they were?"""
    a = logistic(np.asarray(logits, dtype=float))
    with np.errstate(all="ignore"):
        return (a / a.sum(axis=1, keepdims=True) - np.eye(a.shape[1])[y]) / len(a)


@wrong("softmax_cross_entropy_grad", caught_by="whole_number_logits_have_broken_gradients")
def stores_probabilities_as_whole_numbers(logits, y):
    """Try logits that are whole numbers. What kind of numbers can your array of results hold?"""
    out = np.zeros_like(logits)
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    out[...] = (e / e.sum(axis=1, keepdims=True) - np.eye(out.shape[1])[y]) / len(out)
    return out


@wrong("softmax_cross_entropy_grad", caught_by="softmax_gradient_leaves_arguments_alone")
def shifts_the_callers_logits(logits, y):
    """Print the logits before and after the call. Who else may still need them?"""
    logits -= np.max(logits, axis=1, keepdims=True)
    e = np.exp(logits)
    return (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[y]) / len(e)


@wrong("softmax_cross_entropy_grad", caught_by="logits_of_a_batch_get_their_slopes")
def divides_by_the_classes_instead(logits, y):
    """The loss is one number for each example. Is its mean taken over examples or over classes?"""
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (p - np.eye(logits.shape[1])[y]) / logits.shape[1]


# ---- backprop -------------------------------------------------------------------------------------------------


@wrong("backprop", caught_by="gradients_stand_in_the_order_of_the_layers")
def lists_the_last_layer_first(X, y, params, activations):
    """Print the shapes of your gradients beside the shapes of the parameters, layer by layer. Do they match?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.append((dW, db))
    return grads


@wrong("backprop", caught_by="equal_widths_do_not_hide_a_wrong_input")
def gives_a_layer_its_own_output(X, y, params, activations):
    """A weight joins a unit of the layer below to one of its own layer. Whose activation does its gradient need?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer + 1], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="output_layer_has_a_slope_too")
def output_taken_for_linear(X, y, params, activations):
    """Take one layer with a logistic output that is almost 1 while the target is 0. How large is the slope there?"""
    Zs, As = mlp_forward(X, params, activations)
    names = [*activations[:-1], "identity"]
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], names[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="each_layer_has_the_slope_of_its_own_activation")
def slopes_at_the_activations(X, y, params, activations):
    """Your slope function wants a pre-activation. What does the forward pass keep it in?"""
    _, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, As[layer + 1], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="backprop_matches_finite_differences")
def steps_before_going_further_back(X, y, params, activations):
    """The forward pass used the old weights everywhere. Which ones does your way back use?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], squared_error_grad(As[-1], y) * SLOPES[activations[-1]](Zs[-1])
    for layer in reversed(range(len(params))):
        _, dW, db = linear_backward(dZ, As[layer], params[layer][0])
        grads.insert(0, (dW, db))
        if layer:
            dZ = dZ @ (params[layer][0] - 0.1 * dW).T * SLOPES[activations[layer - 1]](Zs[layer - 1])
    return grads


@wrong("backprop", caught_by="backprop_matches_finite_differences")
def first_layer_never_learns(X, y, params, activations):
    """Nudge one weight of the first layer. Does the loss stay where it is?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW * (layer > 0), db * (layer > 0)))
    return grads


@wrong("backprop", caught_by="same_batch_twice_gives_the_same_gradients")
def divides_by_n_in_every_layer(X, y, params, activations):
    """Give it the same batch twice over: the mean loss stays. Why do your gradients change?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW / len(X), db / len(X)))
    return grads


@wrong("backprop", caught_by="same_batch_twice_gives_the_same_gradients")
def never_divides_by_n(X, y, params, activations):
    """Give it the same batch twice over. Does the mean loss double, as your gradients do?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], 2 * (As[-1] - y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="backprop_matches_finite_differences")
def biases_never_learn(X, y, params, activations):
    """Nudge one bias. Does the loss stay where it is?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, 0.0 * db))
    return grads


@wrong("backprop", caught_by="each_layer_has_the_slope_of_its_own_activation")
def all_layers_use_the_first_activation(X, y, params, activations):
    """Take a tanh layer below a logistic one. Which slope does each of them get from you?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[0])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="each_layer_has_the_slope_of_its_own_activation")
def activations_off_by_one(X, y, params, activations):
    """Write the index of each layer beside the name of its activation. Which name meets the output layer?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer - 1])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="networks_of_any_depth_get_all_their_gradients")
def stops_after_two_layers(X, y, params, activations):
    """Count your gradients for a network of three layers. Who passes the error on to the first of them?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params], squared_error_grad(As[-1], y)
    for layer in list(reversed(range(len(params))))[:2]:
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads[layer] = (dW, db)
    return grads


@wrong("backprop", caught_by="each_layer_has_the_slope_of_its_own_activation")
def hidden_slopes_forgotten(X, y, params, activations):
    """Saturate one hidden unit. How much of the error should still pass through it?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], squared_error_grad(As[-1], y) * SLOPES[activations[-1]](Zs[-1])
    for layer in reversed(range(len(params))):
        dZ, dW, db = linear_backward(dZ, As[layer], params[layer][0])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="backprop_matches_finite_differences")
def bias_gradient_before_the_slope(X, y, params, activations):
    """A bias is a weight whose input is always 1. Do your dW and your db start from the same array?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        db = dA.sum(axis=0)
        dA, dW, _ = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="several_outputs_add_up")
def averages_over_the_output_units(X, y, params, activations):
    """Add a second output unit that is always right. Should the gradients of the first one change?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], 2 * (As[-1] - y) / np.size(y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="same_batch_twice_gives_the_same_gradients")
def only_the_last_example_counts(X, y, params, activations):
    """Change the first example of the batch and nothing else. Do your gradients notice?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    dA = np.vstack([np.zeros(dA[:-1].shape), dA[-1:]])
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    return grads


@wrong("backprop", caught_by="backprop_leaves_arguments_alone")
def trains_the_callers_network(X, y, params, activations):
    """Print the weights before and after the call. Who asked for a training step?"""
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = [], squared_error_grad(As[-1], y)
    for layer in reversed(range(len(params))):
        dA, dW, db = layer_backward(dA, Zs[layer], As[layer], params[layer][0], activations[layer])
        grads.insert(0, (dW, db))
    for layer, (dW, db) in enumerate(grads):
        params[layer] = (params[layer][0] - 0.1 * dW, params[layer][1] - 0.1 * db)
    return grads


# ---- graph_backprop -------------------------------------------------------------------------------------------


@wrong("graph_backprop", caught_by="every_route_to_the_output_counts")
def follows_one_route_only(x, y, n, arcs, w):
    """A neuron with two arcs into the next layer moves the output by two routes. Which one does your Delta keep?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        da = 2 * (a[j] - targets[j]) if j in targets else 0.0
        for i, k in sorted(arcs):
            da = w[i, k] * deltas[k] if i == j else da
        deltas[j] = da * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="order_of_the_arcs_does_not_matter")
def trusts_the_order_of_the_arcs(x, y, n, arcs, w):
    """Shuffle the list of arcs and run it again on the same network. Which Delta was asked for before it was ready?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    deltas = dict.fromkeys(range(len(x) + 1, n + 1), 0.0)
    for j, target in zip(outputs, np.atleast_1d(y)):
        deltas[j] = 2 * (a[j] - target) * a[j] * (1 - a[j])
    for i, j in reversed(arcs):
        if i > len(x):
            deltas[i] += w[i, j] * deltas[j] * a[i] * (1 - a[i])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="arcs_may_skip_layers")
def ignores_arcs_that_skip(x, y, n, arcs, w):
    """Draw an arc from the first hidden neuron straight to the output. Which term of its Delta is missing?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas, depth = dict(zip(outputs, np.atleast_1d(y))), {}, [0] * (n + 1)
    for j in range(len(x) + 1, n + 1):
        depth[j] = 1 + max([depth[i] for i, k in arcs if k == j], default=0)
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j and depth[k] == depth[j] + 1)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="dummy_neuron_feeds_the_biases")
def leaves_out_the_dummy_neuron(x, y, n, arcs, w):
    """Count the arcs and count your gradients. Which arcs have none?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs if i > 0}


@wrong("graph_backprop", caught_by="dummy_neuron_feeds_the_biases")
def dummy_neuron_is_silent(x, y, n, arcs, w):
    """Nudge the weight of an arc that starts at neuron 0. Does the output move, and what does neuron 0 put out?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] if i > 0 else 0.0 for i, j in arcs}


@wrong("graph_backprop", caught_by="number_of_inputs_is_read_from_x")
def always_expects_two_inputs(x, y, n, arcs, w):
    """Try a network with three inputs. Which neuron is the first one that computes anything?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(3, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, 2, -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs if j in deltas}


@wrong("graph_backprop", caught_by="lecture_network_of_five_neurons")
def pushes_the_output_away(x, y, n, arcs, w):
    """The output is 0.82 and should be 1. Does the loss grow or shrink when the output's input grows?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (targets[j] - a[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="lecture_network_of_five_neurons")
def loses_the_two_of_the_loss(x, y, n, arcs, w):
    """Work out the Delta of the output neuron on paper from the square of y - a. Which factor comes down?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (a[j] - targets[j] if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="lecture_network_of_five_neurons")
def slope_at_the_output_of_the_neuron(x, y, n, arcs, w):
    """Neuron 3 of the lecture has input 0 and output 0.5. At which of the two numbers is the slope a quarter?"""
    a = graph_forward(x, n, arcs, w)
    slope = logistic(a) * (1 - logistic(a))
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * slope[j]
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="seven_neurons_have_the_lectures_derivatives")
def hidden_neurons_have_no_slope(x, y, n, arcs, w):
    """Saturate a hidden neuron with a bias of 50. How much of the error should still pass through it?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = 2 * (a[j] - targets[j]) * a[j] * (1 - a[j]) if j in targets else back
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="lecture_network_of_five_neurons")
def output_neuron_has_no_slope(x, y, n, arcs, w):
    """Delta is asked for at the input of the output neuron. What lies between that input and the loss?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = 2 * (a[j] - targets[j]) if j in targets else back * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="seven_neurons_have_the_lectures_derivatives")
def weight_sees_the_neuron_it_enters(x, y, n, arcs, w):
    """Which number does a weight multiply on the way forward, and in which neuron is that number made?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[j] for i, j in arcs}


@wrong("graph_backprop", caught_by="seven_neurons_have_the_lectures_derivatives")
def adds_deltas_without_their_weights(x, y, n, arcs, w):
    """Set the weight of an arc to 0. How much of the Delta at its end should come back along it?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="every_route_to_the_output_counts")
def averages_over_the_routes(x, y, n, arcs, w):
    """Nudge a neuron from which two routes lead to the output. Do the two changes add up or average out?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = [w[i, k] * deltas[k] for i, k in arcs if i == j]
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else np.mean(back)) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="several_output_neurons_have_a_target_each")
def only_the_last_neuron_has_a_target(x, y, n, arcs, w):
    """Draw a network with two output neurons. Which of them gets an error from you?"""
    a, deltas = graph_forward(x, n, arcs, w), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - np.atleast_1d(y)[-1]) if j == n else back) * a[j] * (1 - a[j])
    return deltas, {(i, j): deltas[j] * a[i] for i, j in arcs}


@wrong("graph_backprop", caught_by="graph_backprop_leaves_arguments_alone")
def updates_the_weights_on_the_way(x, y, n, arcs, w):
    """Print the weights before and after the call. Who asked for a training step?"""
    a = graph_forward(x, n, arcs, w)
    outputs = [j for j in range(len(x) + 1, n + 1) if all(i != j for i, _ in arcs)]
    targets, deltas = dict(zip(outputs, np.atleast_1d(y))), {}
    for j in range(n, len(x), -1):
        back = sum(w[i, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = (2 * (a[j] - targets[j]) if j in targets else back) * a[j] * (1 - a[j])
    grads = {(i, j): deltas[j] * a[i] for i, j in arcs}
    w.update({arc: w[arc] - 0.1 * grads[arc] for arc in arcs})
    return deltas, grads


# ---- numerical_gradient ---------------------------------------------------------------------------------------


@wrong("numerical_gradient", caught_by="central_difference_of_a_parabola_is_exact")
def looks_ahead_only(f, theta, eps):
    """Try the parabola t * t at t = 1 with eps = 0.5. How far is your slope from 2, and in which direction?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead = theta.copy()
        ahead[index] += eps
        gradient[index] = (f(ahead) - f(theta)) / eps
    return gradient


@wrong("numerical_gradient", caught_by="central_difference_of_a_parabola_is_exact")
def looks_back_only(f, theta, eps):
    """Try the parabola t * t at t = 1 with eps = 0.5. On which side of t = 1 does your line touch the curve?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        behind = theta.copy()
        behind[index] -= eps
        gradient[index] = (f(theta) - f(behind)) / eps
    return gradient


@wrong("numerical_gradient", caught_by="central_difference_of_a_parabola_is_exact")
def divides_by_one_step_of_two(f, theta, eps):
    """Try the straight line 3 * t. How far apart are your two points, and by what do you divide?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead, behind = theta.copy(), theta.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient[index] = (f(ahead) - f(behind)) / eps
    return gradient


@wrong("numerical_gradient", caught_by="central_difference_of_a_parabola_is_exact")
def returns_to_the_start_instead_of_passing_it(f, theta, eps):
    """Print theta at both places where you evaluate the function. Do they lie on both sides of the start?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead = theta.copy()
        ahead[index] += eps
        gradient[index] = (f(ahead) - f(theta)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="central_difference_of_a_parabola_is_exact")
def subtracts_the_wrong_way_round(f, theta, eps):
    """Try a function that rises. Is your slope positive?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead, behind = theta.copy(), theta.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient[index] = (f(behind) - f(ahead)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="step_is_the_one_that_was_asked_for")
def chooses_its_own_step(f, theta, eps):
    """Call it twice, with eps = 1 and eps = 0.001, on a cube. Should the two results agree to the last digit?"""
    theta, eps = np.array(theta, dtype=float), 1e-5
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead, behind = theta.copy(), theta.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient[index] = (f(ahead) - f(behind)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="entries_are_moved_one_at_a_time")
def moves_all_entries_at_once(f, theta, eps):
    """Try a function that ignores all entries but the first. How many entries of its gradient are 0?"""
    theta = np.array(theta, dtype=float)
    return np.full(theta.shape, (f(theta + eps) - f(theta - eps)) / (2 * eps))


@wrong("numerical_gradient", caught_by="entries_are_moved_one_at_a_time")
def forgets_to_move_back(f, theta, eps):
    """Print theta each time the function is called. What do you see in the entries that you have finished with?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        theta[index] += eps
        above = f(theta)
        theta[index] -= 2 * eps
        gradient[index] = (above - f(theta)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="gradient_has_the_shape_of_theta")
def moves_whole_rows(f, theta, eps):
    """Give it a matrix of shape (2, 3). How many slopes has it, and how many times do you call the function?"""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for row in range(len(theta)):
        ahead, behind = theta.copy(), theta.copy()
        ahead[row] += eps
        behind[row] -= eps
        gradient[row] = (f(ahead) - f(behind)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="gradient_has_the_shape_of_theta")
def flattens_the_gradient(f, theta, eps):
    """Give it a matrix. Could a training step subtract your result from it?"""
    theta = np.array(theta, dtype=float)
    gradient = []
    for index in np.ndindex(theta.shape):
        ahead, behind = theta.copy(), theta.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient.append((f(ahead) - f(behind)) / (2 * eps))
    return np.array(gradient)


@wrong("numerical_gradient", caught_by="theta_of_whole_numbers_is_moved_too")
def moves_whole_numbers_by_nothing(f, theta, eps):
    """Give it theta in whole numbers and print theta while the function is called. Did it move at all?"""
    theta = np.array(theta)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        ahead, behind = theta.copy(), theta.copy()
        ahead[index] = theta[index] + eps
        behind[index] = theta[index] - eps
        gradient[index] = (f(ahead) - f(behind)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="theta_of_whole_numbers_is_moved_too")
def stores_slopes_as_whole_numbers(f, theta, eps):
    """Give it theta in whole numbers and a function with slope 0.5. What kind of numbers can your result hold?"""
    theta = np.array(theta)
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = eps
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * eps)
    return gradient


@wrong("numerical_gradient", caught_by="numerical_gradient_leaves_theta_alone")
def leaves_theta_moved(f, theta, eps):
    """Print theta before and after the call. Where did you leave it?"""
    gradient = np.zeros(np.shape(theta))
    start = np.array(theta, dtype=float)
    for index in np.ndindex(gradient.shape):
        step = np.zeros(gradient.shape)
        step[index] = eps
        gradient[index] = (f(start + step) - f(start - step)) / (2 * eps)
    theta[...] = (start + eps).astype(theta.dtype)
    return gradient


# ---- relative_error -------------------------------------------------------------------------------------------


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def gives_the_distance(a, b):
    """Compare 1 with 2, then 1001 with 1002. Which pair is further apart for its size?"""
    return float(np.linalg.norm(np.subtract(a, b)))


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def divides_by_the_larger_norm(a, b):
    """Compare a gradient with its opposite. Does your result stay within the promised range?"""
    larger = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(np.subtract(a, b)) / larger) if larger else 0.0


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def divides_by_the_first_norm(a, b):
    """Exchange the two gradients. Does your result stay the same?"""
    distance, first = np.linalg.norm(np.subtract(a, b)), np.linalg.norm(a)
    return float(distance / first) if first else float(distance > 0)


@wrong("relative_error", caught_by="opposites_are_as_far_apart_as_can_be")
def divides_by_the_norm_of_the_sum(a, b):
    """Compare a gradient with its opposite. What do you divide by?"""
    with np.errstate(all="ignore"):
        distance, total = np.linalg.norm(np.subtract(a, b)), np.linalg.norm(np.add(a, b))
        return float(distance / total) if distance else 0.0


@wrong("relative_error", caught_by="norm_is_taken_over_all_entries")
def takes_the_spectral_norm(a, b):
    """Take a 2 by 2 matrix with 1 everywhere on its diagonal. What is the root of the sum of its squares?"""
    order = 2 if np.ndim(a) == 2 else None
    total = np.linalg.norm(a, order) + np.linalg.norm(b, order)
    return float(np.linalg.norm(np.subtract(a, b), order) / total) if total else 0.0


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def adds_absolute_values(a, b):
    """How long is the vector (3, 4)? Is that what your norm says?"""
    total = np.sum(np.abs(a)) + np.sum(np.abs(b))
    return float(np.sum(np.abs(np.subtract(a, b))) / total) if total else 0.0


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def takes_the_worst_entry(a, b):
    """Compare (3, 0) with (0, 4) on paper. Is the largest difference the length of the difference?"""
    total = np.max(np.abs(a)) + np.max(np.abs(b))
    return float(np.max(np.abs(np.subtract(a, b))) / total) if total else 0.0


@wrong("relative_error", caught_by="relative_error_of_three_and_four")
def forgets_the_roots(a, b):
    """Compare 1 with 3 on paper. Which numbers do you divide, lengths or their squares?"""
    total = np.sum(np.square(a, dtype=float)) + np.sum(np.square(b, dtype=float))
    return float(np.sum(np.square(np.subtract(a, b), dtype=float)) / total) if total else 0.0


@wrong("relative_error", caught_by="norm_is_taken_over_all_entries")
def averages_over_the_entries(a, b):
    """Put one tiny, wrong entry beside a large, right one. Should the tiny one decide?"""
    total = np.abs(a) + np.abs(b)
    share = np.abs(np.subtract(a, b)) / np.where(total == 0, 1, total)
    return float(np.mean(share))


@wrong("relative_error", caught_by="two_zero_gradients_agree")
def divides_zero_by_zero(a, b):
    """Compare two gradients of zeros, as a dead unit has them. Do they agree?"""
    with np.errstate(all="ignore"):
        distance = np.linalg.norm(np.subtract(a, b))
        return float(np.float64(distance) / (np.linalg.norm(a) + np.linalg.norm(b)))


@wrong("relative_error", caught_by="size_of_the_gradients_does_not_matter")
def pads_the_denominator(a, b):
    """Compare two gradients, then both divided by a thousand million. Does your result stay the same?"""
    return float(np.linalg.norm(np.subtract(a, b)) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8))


@wrong("relative_error", caught_by="norm_is_taken_over_all_entries")
def compares_norms_only(a, b):
    """Compare (3, 4) with (4, 3). Are they the same gradient?"""
    first, second = np.linalg.norm(a), np.linalg.norm(b)
    return float(abs(first - second) / (first + second)) if first + second else 0.0


@wrong("relative_error", caught_by="relative_error_leaves_arguments_alone")
def subtracts_in_the_callers_array(a, b):
    """Print the first gradient before and after the call. Is it still a gradient?"""
    total = np.linalg.norm(a) + np.linalg.norm(b)
    if np.ndim(a) == 0:
        return float(abs(a - b) / total) if total else 0.0
    a -= np.asarray(b).astype(a.dtype)
    return float(np.linalg.norm(a) / total) if total else 0.0
