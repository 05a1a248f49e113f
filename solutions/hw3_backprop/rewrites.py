"""The wrong answers of homework 3 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.activations import logistic
from nnref.graph import graph_forward
from nnref.layers import ACTIVATIONS, SLOPES, layer_backward, linear_backward
from nnref.losses import squared_error_grad
from nnref.network import mlp_forward
from nnref.outputs import softmax
from solutions.hw3_backprop import wrong

# ---- relu_grad -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.gives_relu_itself)
def gives_relu_itself_by_mask(z):
    return z * (np.asarray(z) > 0)


@rewrite(of=wrong.gives_relu_itself)
def gives_relu_itself_by_formula(z):
    return (np.abs(z) + z) / 2


@rewrite(of=wrong.gives_the_sign)
def gives_the_sign_by_mask(z):
    return np.where(np.asarray(z) > 0, 1.0, np.where(np.asarray(z) < 0, -1.0, 0.0))


@rewrite(of=wrong.gives_the_sign)
def gives_the_sign_by_formula(z):
    return 1.0 * (np.asarray(z) > 0) - (np.asarray(z) < 0)


@rewrite(of=wrong.leaks_below_zero)
def leaks_below_zero_by_mask(z):
    return 0.01 + 0.99 * (np.asarray(z) > 0)


@rewrite(of=wrong.leaks_below_zero)
def leaks_below_zero_by_formula(z):
    return np.maximum(np.heaviside(z, 0.0), 0.01)


@rewrite(of=wrong.is_one_everywhere)
def is_one_everywhere_by_mask(z):
    return np.ones(np.shape(z))


@rewrite(of=wrong.is_one_everywhere)
def is_one_everywhere_by_formula(z):
    return np.full(np.shape(z), 1)


@rewrite(of=wrong.is_the_wrong_way_round)
def is_the_wrong_way_round_by_mask(z):
    return (np.asarray(z) < 0) * 1.0


@rewrite(of=wrong.is_the_wrong_way_round)
def is_the_wrong_way_round_by_formula(z):
    return 1 - np.heaviside(z, 1.0)


@rewrite(of=wrong.is_clipped_between_zero_and_one)
def is_clipped_between_zero_and_one_by_mask(z):
    return np.minimum(np.maximum(z, 0), 1)


@rewrite(of=wrong.is_clipped_between_zero_and_one)
def is_clipped_between_zero_and_one_by_formula(z):
    z = np.asarray(z)
    return np.where(z > 1, 1, np.where(z < 0, 0, z))


@rewrite(of=wrong.needs_z_of_at_least_one)
def needs_z_of_at_least_one_by_mask(z):
    return np.where(np.asarray(z) < 1, 0, 1)


@rewrite(of=wrong.needs_z_of_at_least_one)
def needs_z_of_at_least_one_by_formula(z):
    return np.heaviside(np.asarray(z) - 1.0, 1.0)


@rewrite(of=wrong.is_the_slope_of_softplus)
def is_the_slope_of_softplus_by_mask(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


@rewrite(of=wrong.is_the_slope_of_softplus)
def is_the_slope_of_softplus_by_formula(z):
    return np.exp(z - np.logaddexp(0, z))


@rewrite(of=wrong.decides_for_the_whole_array)
def decides_for_the_whole_array_by_mask(z):
    return np.ones(np.shape(z)) * (np.min(z) > 0)


@rewrite(of=wrong.decides_for_the_whole_array)
def decides_for_the_whole_array_by_formula(z):
    live = all(value > 0 for value in np.ravel(z))
    return np.zeros(np.shape(z)) + live


@rewrite(of=wrong.wakes_all_if_one_is_awake)
def wakes_all_if_one_is_awake_by_mask(z):
    return np.ones(np.shape(z)) * (np.max(z) > 0)


@rewrite(of=wrong.wakes_all_if_one_is_awake)
def wakes_all_if_one_is_awake_by_branch(z):
    for value in np.ravel(z):
        if value > 0:
            return np.ones(np.shape(z))
    return np.zeros(np.shape(z))


@rewrite(of=wrong.gives_up_beyond_two_axes)
def gives_up_beyond_two_axes_by_branch(z):
    z = np.asarray(z)
    if z.ndim in (0, 1, 2):
        return 1.0 * (z > 0)
    return None


@rewrite(of=wrong.gives_up_beyond_two_axes)
def gives_up_beyond_two_axes_by_loop(z):
    if np.ndim(z) == 0:
        return float(z > 0)
    if np.ndim(z) == 1:
        return [float(value > 0) for value in z]
    if np.ndim(z) == 2:
        return [[float(value > 0) for value in row] for row in z]


@rewrite(of=wrong.decides_by_the_first_example)
def decides_by_the_first_example_by_mask(z):
    live = 1.0 * (np.asarray(z) > 0)
    if np.ndim(z) > 1:
        live[1:] = live[0]
    return live


@rewrite(of=wrong.decides_by_the_first_example)
def decides_by_the_first_example_by_formula(z):
    z = np.asarray(z)
    first = z[:1] if z.ndim > 1 else z
    return np.broadcast_to(np.where(first > 0, 1.0, 0.0), z.shape)


@rewrite(of=wrong.writes_into_z)
def writes_into_z_by_mask(z):
    z = np.asarray(z)
    np.copyto(z, z > 0)
    return z


@rewrite(of=wrong.writes_into_z)
def writes_into_z_by_formula(z):
    z = np.asarray(z)
    live = z > 0
    z[live] = 1
    z[~live] = 0
    return z


# ---- squared_error_grad ----------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_two)
def forgets_the_two_in_one_go(g, y):
    return np.subtract(g, y) / len(np.atleast_1d(g))


@rewrite(of=wrong.forgets_the_two)
def forgets_the_two_step_by_step(g, y):
    error = np.asarray(g, dtype=float) - y
    return error * (1 / (error.shape[0] if error.ndim else 1))


@rewrite(of=wrong.turns_the_error_round)
def turns_the_error_round_in_one_go(g, y):
    return -2 * np.subtract(g, y) / len(np.atleast_1d(g))


@rewrite(of=wrong.turns_the_error_round)
def turns_the_error_round_step_by_step(g, y):
    return 2 / np.atleast_1d(y).shape[0] * np.subtract(y, g)


@rewrite(of=wrong.gives_the_loss_itself)
def gives_the_loss_itself_in_one_go(g, y):
    return np.square(np.subtract(g, y)) / len(np.atleast_1d(g))


@rewrite(of=wrong.gives_the_loss_itself)
def gives_the_loss_itself_step_by_step(g, y):
    error = np.subtract(g, y)
    return error * error / (1 if error.ndim == 0 else len(error))


@rewrite(of=wrong.loses_the_sign)
def loses_the_sign_in_one_go(g, y):
    return np.sqrt(4.0 * np.subtract(g, y) ** 2) / len(np.atleast_1d(g))


@rewrite(of=wrong.loses_the_sign)
def loses_the_sign_step_by_step(g, y):
    return np.maximum(np.subtract(g, y), np.subtract(y, g)) * 2 / len(np.atleast_1d(g))


@rewrite(of=wrong.sums_over_the_examples)
def sums_over_the_examples_in_one_go(g, y):
    return 2 * np.subtract(g, y)


@rewrite(of=wrong.sums_over_the_examples)
def sums_over_the_examples_step_by_step(g, y):
    error = np.asarray(g, dtype=float) - y
    return error + error


@rewrite(of=wrong.averages_over_outputs_too)
def averages_over_outputs_too_in_one_go(g, y):
    error = np.subtract(g, y)
    return 2 * error / error.size


@rewrite(of=wrong.averages_over_outputs_too)
def averages_over_outputs_too_step_by_step(g, y):
    return np.subtract(g, y) * (2 / np.prod(np.shape(g)))


@rewrite(of=wrong.averages_the_gradient_away)
def averages_the_gradient_away_in_one_go(g, y):
    error = np.subtract(g, y)
    return np.ones(error.shape) * (2 * error.sum() / error.size)


@rewrite(of=wrong.averages_the_gradient_away)
def averages_the_gradient_away_step_by_step(g, y):
    return np.zeros(np.shape(g)) + 2 * (np.mean(g) - np.mean(y))


@rewrite(of=wrong.divides_by_the_examples_twice)
def divides_by_the_examples_twice_in_one_go(g, y):
    return 2 * np.subtract(g, y) / len(np.atleast_1d(g)) / len(np.atleast_1d(g))


@rewrite(of=wrong.divides_by_the_examples_twice)
def divides_by_the_examples_twice_step_by_step(g, y):
    return 2.0 * np.subtract(g, y) * float(len(np.atleast_1d(g))) ** -2


@rewrite(of=wrong.keeps_whole_numbers_whole)
def keeps_whole_numbers_whole_in_one_go(g, y):
    return (2 * np.subtract(g, y) / len(np.atleast_1d(g))).astype(np.asarray(g).dtype)


@rewrite(of=wrong.keeps_whole_numbers_whole)
def keeps_whole_numbers_whole_step_by_step(g, y):
    return np.array(2 * np.subtract(g, y) / len(np.atleast_1d(g)), dtype=np.asarray(g).dtype)


@rewrite(of=wrong.subtracts_in_place)
def subtracts_in_place_in_one_go(g, y):
    g = np.asarray(g)
    np.subtract(g, np.asarray(y).astype(g.dtype), out=g)
    return 2 * g / len(np.atleast_1d(g))


@rewrite(of=wrong.subtracts_in_place)
def subtracts_in_place_step_by_step(g, y):
    g = np.asarray(g)
    g[...] = g - np.asarray(y).astype(g.dtype)
    return g * (2 / len(np.atleast_1d(g)))


@rewrite(of=wrong.takes_a_vector_for_one_example)
def takes_a_vector_for_one_example_by_branch(g, y):
    if np.ndim(g) < 2:
        return np.subtract(g, y) * 2.0
    return np.subtract(g, y) * 2.0 / np.shape(g)[0]


@rewrite(of=wrong.takes_a_vector_for_one_example)
def takes_a_vector_for_one_example_by_a_row(g, y):
    rows = np.atleast_2d(g)
    return np.reshape((rows - y) * (2 / len(rows)), np.shape(g))


@rewrite(of=wrong.averages_over_the_outputs_instead)
def averages_over_the_outputs_instead_by_branch(g, y):
    outputs = np.shape(g)[-1] if np.ndim(g) else 1
    return 2 / outputs * np.subtract(g, y)


@rewrite(of=wrong.averages_over_the_outputs_instead)
def averages_over_the_outputs_instead_by_transposing(g, y):
    error = np.transpose(np.subtract(g, y))
    return np.transpose(2 * error / (len(error) if error.ndim else 1))


# ---- linear_backward -------------------------------------------------------------------------------------------


@rewrite(of=wrong.averages_over_the_batch)
def averages_over_the_batch_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X).T / len(dZ), np.ones(len(dZ)) @ dZ / len(dZ)


@rewrite(of=wrong.averages_over_the_batch)
def averages_over_the_batch_with_einsum(dZ, X, W):
    return (
        np.einsum("nj,ij->ni", dZ, W),
        np.einsum("ni,nj->ij", X, dZ) / X.shape[0],
        np.einsum("nj->j", dZ) / X.shape[0],
    )


@rewrite(of=wrong.averages_the_bias_only)
def averages_the_bias_only_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X).T, np.ones(len(dZ)) @ dZ / len(dZ)


@rewrite(of=wrong.averages_the_bias_only)
def averages_the_bias_only_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->j", dZ) / X.shape[0]


@rewrite(of=wrong.bias_sees_one_example)
def bias_sees_one_example_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X).T, dZ[:1].sum(axis=0)


@rewrite(of=wrong.bias_sees_one_example)
def bias_sees_one_example_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), 1.0 * dZ[0, :]


@rewrite(of=wrong.bias_sums_over_everything)
def bias_sums_over_everything_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X).T, np.ones(W.shape[1]) * dZ.sum()


@rewrite(of=wrong.bias_sums_over_everything)
def bias_sums_over_everything_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), np.repeat(np.sum(dZ), W.shape[1])


@rewrite(of=wrong.weights_come_out_transposed)
def weights_come_out_transposed_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X), np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.weights_come_out_transposed)
def weights_come_out_transposed_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ji", X, dZ), np.einsum("nj->j", dZ)


@rewrite(of=wrong.goes_back_through_the_weights_forwards)
def goes_back_through_the_weights_forwards_with_dot(dZ, X, W):
    return np.dot(dZ, W), np.dot(dZ.T, X).T, np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.goes_back_through_the_weights_forwards)
def goes_back_through_the_weights_forwards_with_einsum(dZ, X, W):
    return np.tensordot(dZ, W, axes=1), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->j", dZ)


@rewrite(of=wrong.forgets_to_turn_the_inputs)
def forgets_to_turn_the_inputs_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(X, dZ), np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.forgets_to_turn_the_inputs)
def forgets_to_turn_the_inputs_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.tensordot(X, dZ, axes=1), np.einsum("nj->j", dZ)


@rewrite(of=wrong.bias_sums_over_the_units)
def bias_sums_over_the_units_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.dot(dZ.T, X).T, dZ @ np.ones(W.shape[1])


@rewrite(of=wrong.bias_sums_over_the_units)
def bias_sums_over_the_units_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->n", dZ)


@rewrite(of=wrong.inputs_taken_for_ones)
def inputs_taken_for_ones_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, np.tile(dZ.sum(axis=0), (X.shape[1], 1)), np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.inputs_taken_for_ones)
def inputs_taken_for_ones_with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.outer(np.ones(len(W)), np.einsum("nj->j", dZ)), np.einsum("nj->j", dZ)


@rewrite(of=wrong.input_gradient_forgets_the_weights)
def input_gradient_forgets_the_weights_with_dot(dZ, X, W):
    return np.outer(dZ.sum(axis=1), np.ones(len(W))), np.dot(dZ.T, X).T, np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.input_gradient_forgets_the_weights)
def input_gradient_forgets_the_weights_with_einsum(dZ, X, W):
    return np.tile(np.einsum("nj->n", dZ)[:, None], (1, len(W))), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->j", dZ)


@rewrite(of=wrong.goes_back_through_updated_weights)
def goes_back_through_updated_weights_with_dot(dZ, X, W):
    dW = np.dot(dZ.T, X).T
    return np.dot(W - dW / 10, dZ.T).T, dW, np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.goes_back_through_updated_weights)
def goes_back_through_updated_weights_with_einsum(dZ, X, W):
    dW = np.einsum("ni,nj->ij", X, dZ)
    return np.einsum("nj,ij->ni", dZ, W - 0.1 * dW), dW, np.einsum("nj->j", dZ)


@rewrite(of=wrong.truncates_to_the_type_of_X)
def truncates_to_the_type_of_X_with_dot(dZ, X, W):
    return np.dot(W, dZ.T).T, sum(np.outer(x, dz).astype(X.dtype) for x, dz in zip(X, dZ)), np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.truncates_to_the_type_of_X)
def truncates_to_the_type_of_X_with_einsum(dZ, X, W):
    return (
        np.einsum("nj,ij->ni", dZ, W),
        (X[:, :, None] * dZ[:, None, :]).astype(X.dtype).sum(axis=0),
        np.einsum("nj->j", dZ),
    )


@rewrite(of=wrong.squeezes_a_single_example)
def squeezes_a_single_example_with_dot(dZ, X, W):
    dX = np.dot(W, dZ.T).T
    return (dX if len(dX) > 1 else dX[0]), np.dot(dZ.T, X).T, np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.squeezes_a_single_example)
def squeezes_a_single_example_with_einsum(dZ, X, W):
    dX = np.einsum("nj,ij->ni", dZ, W)
    return (
        dX.reshape(dX.shape[1:] if dX.shape[0] == 1 else dX.shape),
        np.einsum("ni,nj->ij", X, dZ),
        np.einsum("nj->j", dZ),
    )


@rewrite(of=wrong.overwrites_the_weights)
def overwrites_the_weights_with_dot(dZ, X, W):
    dX, dW = np.dot(W, dZ.T).T, np.dot(dZ.T, X).T
    np.copyto(W, W - dW)
    return dX, dW, np.ones(len(dZ)) @ dZ


@rewrite(of=wrong.overwrites_the_weights)
def overwrites_the_weights_with_einsum(dZ, X, W):
    dX, dW = np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ)
    for i in range(len(W)):
        W[i] = W[i] - dW[i]
    return dX, dW, np.einsum("nj->j", dZ)


# ---- layer_backward --------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_slope_at_the_activation)
def takes_the_slope_at_the_activation_expanded(dA, Z, X, W, activation):
    dZ = SLOPES[activation](ACTIVATIONS[activation](Z)) * dA
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.takes_the_slope_at_the_activation)
def takes_the_slope_at_the_activation_otherwise(dA, Z, X, W, activation):
    rows = [da * SLOPES[activation](ACTIVATIONS[activation](z)) for da, z in zip(dA, Z)]
    return linear_backward(np.array(rows), X, W)


@rewrite(of=wrong.forgets_the_slope)
def forgets_the_slope_expanded(dA, Z, X, W, activation):
    return dA @ W.T, X.T @ dA, dA.sum(axis=0)


@rewrite(of=wrong.forgets_the_slope)
def forgets_the_slope_otherwise(dA, Z, X, W, activation):
    return linear_backward(dA * np.ones(Z.shape), X, W)


@rewrite(of=wrong.takes_the_activation_for_its_slope)
def takes_the_activation_for_its_slope_expanded(dA, Z, X, W, activation):
    dZ = ACTIVATIONS[activation](Z) * dA
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.takes_the_activation_for_its_slope)
def takes_the_activation_for_its_slope_otherwise(dA, Z, X, W, activation):
    rows = [da * ACTIVATIONS[activation](z) for da, z in zip(dA, Z)]
    return linear_backward(np.array(rows), X, W)


@rewrite(of=wrong.always_takes_the_slope_of_relu)
def always_takes_the_slope_of_relu_expanded(dA, Z, X, W, activation):
    dZ = dA * SLOPES["relu"](Z)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.always_takes_the_slope_of_relu)
def always_takes_the_slope_of_relu_otherwise(dA, Z, X, W, activation):
    rows = [da * SLOPES["relu"](z) for da, z in zip(dA, Z)]
    return linear_backward(np.array(rows), X, W)


@rewrite(of=wrong.multiplies_matrices_entry_by_matrix)
def multiplies_matrices_entry_by_matrix_expanded(dA, Z, X, W, activation):
    dZ = np.dot(np.dot(dA, SLOPES[activation](Z).T), dA)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.multiplies_matrices_entry_by_matrix)
def multiplies_matrices_entry_by_matrix_otherwise(dA, Z, X, W, activation):
    return linear_backward(dA @ (SLOPES[activation](Z).T @ dA), X, W)


@rewrite(of=wrong.averages_the_slope_over_the_batch)
def averages_the_slope_over_the_batch_expanded(dA, Z, X, W, activation):
    dZ = dA * SLOPES[activation](Z).sum(axis=0) / len(Z)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.averages_the_slope_over_the_batch)
def averages_the_slope_over_the_batch_otherwise(dA, Z, X, W, activation):
    slope = np.mean(SLOPES[activation](Z), axis=0)
    return linear_backward(np.array([da * slope for da in dA]), X, W)


@rewrite(of=wrong.keeps_units_that_always_live)
def keeps_units_that_always_live_expanded(dA, Z, X, W, activation):
    slope = SLOPES[activation](Z)
    dZ = dA * np.where((slope != 0).all(axis=0), slope, 0.0)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.keeps_units_that_always_live)
def keeps_units_that_always_live_otherwise(dA, Z, X, W, activation):
    dZ = dA * SLOPES[activation](Z)
    dZ[:, (SLOPES[activation](Z) == 0).any(axis=0)] = 0
    return linear_backward(dZ, X, W)


@rewrite(of=wrong.weighs_the_input_gradient_by_the_wrong_slope)
def weighs_the_input_gradient_by_the_wrong_slope_expanded(dA, Z, X, W, activation):
    return (dA @ W.T) * SLOPES[activation](X), X.T @ dA, dA.sum(axis=0)


@rewrite(of=wrong.weighs_the_input_gradient_by_the_wrong_slope)
def weighs_the_input_gradient_by_the_wrong_slope_otherwise(dA, Z, X, W, activation):
    parts = list(linear_backward(dA, X, W))
    parts[0] = np.multiply(SLOPES[activation](X), parts[0])
    return parts


@rewrite(of=wrong.hands_on_without_the_slope)
def hands_on_without_the_slope_expanded(dA, Z, X, W, activation):
    dZ = dA * SLOPES[activation](Z)
    return dA @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.hands_on_without_the_slope)
def hands_on_without_the_slope_otherwise(dA, Z, X, W, activation):
    parts = linear_backward(dA * SLOPES[activation](Z), X, W)
    return dA.dot(W.T), *parts[1:]


@rewrite(of=wrong.bias_skips_the_slope)
def bias_skips_the_slope_expanded(dA, Z, X, W, activation):
    dZ = dA * SLOPES[activation](Z)
    return dZ @ W.T, X.T @ dZ, dA.sum(axis=0)


@rewrite(of=wrong.bias_skips_the_slope)
def bias_skips_the_slope_otherwise(dA, Z, X, W, activation):
    parts = linear_backward(dA * SLOPES[activation](Z), X, W)
    return *parts[:2], linear_backward(dA, X, W)[2]


@rewrite(of=wrong.averages_a_second_time)
def averages_a_second_time_expanded(dA, Z, X, W, activation):
    dZ = dA * SLOPES[activation](Z) / dA.shape[0]
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.averages_a_second_time)
def averages_a_second_time_otherwise(dA, Z, X, W, activation):
    return [part / len(X) for part in linear_backward(dA * SLOPES[activation](Z), X, W)]


@rewrite(of=wrong.takes_identity_for_its_slope)
def takes_identity_for_its_slope_expanded(dA, Z, X, W, activation):
    slope = Z if activation == "identity" else SLOPES[activation](Z)
    dZ = dA * slope
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.takes_identity_for_its_slope)
def takes_identity_for_its_slope_otherwise(dA, Z, X, W, activation):
    slopes = {**SLOPES, "identity": lambda z: z}
    return linear_backward(slopes[activation](Z) * dA, X, W)


@rewrite(of=wrong.divides_by_what_may_be_zero)
def divides_by_what_may_be_zero_expanded(dA, Z, X, W, activation):
    with np.errstate(all="ignore"):
        slope = SLOPES[activation](Z)
        if activation == "logistic":
            slope = np.exp(Z) * (1 + np.exp(Z)) ** -2
        dZ = dA * slope
        return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@rewrite(of=wrong.divides_by_what_may_be_zero)
def divides_by_what_may_be_zero_otherwise(dA, Z, X, W, activation):
    with np.errstate(all="ignore"):
        slopes = {
            **SLOPES,
            "logistic": lambda z: np.exp(z) / np.square(1 + np.exp(z)),
            "tanh": lambda z: np.cosh(z) ** -2,
        }
        return linear_backward(dA * slopes[activation](Z), X, W)


@rewrite(of=wrong.multiplies_dA_in_place)
def multiplies_dA_in_place_expanded(dA, Z, X, W, activation):
    dA[...] = dA * SLOPES[activation](Z).astype(dA.dtype)
    return dA @ W.T, X.T @ dA, dA.sum(axis=0)


@rewrite(of=wrong.multiplies_dA_in_place)
def multiplies_dA_in_place_otherwise(dA, Z, X, W, activation):
    slope = SLOPES[activation](Z).astype(dA.dtype)
    for n in range(len(dA)):
        dA[n] = dA[n] * slope[n]
    return linear_backward(dA, X, W)


# ---- two_neuron_gradients --------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_input)
def forgets_the_input_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.forgets_the_input)
def forgets_the_input_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return np.where(z > 0, d * w2, 0.0), d * a


@rewrite(of=wrong.goes_back_through_the_first_weights)
def goes_back_through_the_first_weights_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w1[k] * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.goes_back_through_the_first_weights)
def goes_back_through_the_first_weights_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return np.where(z > 0, d * z, 0.0), d * a


@rewrite(of=wrong.wakes_the_dead_neuron)
def wakes_the_dead_neuron_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.wakes_the_dead_neuron)
def wakes_the_dead_neuron_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return d * x * w2, d * a


@rewrite(of=wrong.output_weights_see_the_pre_activation)
def output_weights_see_the_pre_activation_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x * live[k] for k in (0, 1)], [d * w1[k] * x for k in (0, 1)]


@rewrite(of=wrong.output_weights_see_the_pre_activation)
def output_weights_see_the_pre_activation_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return np.where(z > 0, d * x * w2, 0.0), d * z


@rewrite(of=wrong.climbs_instead)
def climbs_instead_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = -2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.climbs_instead)
def climbs_instead_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (y - np.dot(w2, a))
    return np.where(z > 0, d * x * w2, 0.0), d * a


@rewrite(of=wrong.drops_the_two_of_the_square)
def drops_the_two_of_the_square_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = w2[0] * a[0] + w2[1] * a[1] - y
    return [d * w2[k] * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.drops_the_two_of_the_square)
def drops_the_two_of_the_square_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = np.dot(w2, a) - y
    return np.where(z > 0, d * x * w2, 0.0), d * a


@rewrite(of=wrong.updates_before_going_back)
def updates_before_going_back_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * (w2[k] - d * a[k]) * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.updates_before_going_back)
def updates_before_going_back_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return np.where(z > 0, d * x * (w2 - d * a), 0.0), d * a


@rewrite(of=wrong.answers_in_the_wrong_order)
def answers_in_the_wrong_order_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * a[k] for k in (0, 1)], [d * w2[k] * x * live[k] for k in (0, 1)]


@rewrite(of=wrong.answers_in_the_wrong_order)
def answers_in_the_wrong_order_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return d * a, np.where(z > 0, d * x * w2, 0.0)


@rewrite(of=wrong.judges_life_by_the_weight)
def judges_life_by_the_weight_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.judges_life_by_the_weight)
def judges_life_by_the_weight_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return np.where(np.asarray(w1) > 0, d * x * w2, 0.0), d * a


@rewrite(of=wrong.judges_life_by_the_input)
def judges_life_by_the_input_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [x > 0, x > 0]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x * live[k] for k in (0, 1)], [d * a[k] for k in (0, 1)]


@rewrite(of=wrong.judges_life_by_the_input)
def judges_life_by_the_input_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return d * w2 * max(x, 0.0), d * a


@rewrite(of=wrong.gives_each_neuron_its_own_error)
def gives_each_neuron_its_own_error_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = [2 * (w2[k] * a[k] - y) for k in (0, 1)]
    return [d[k] * w2[k] * x * live[k] for k in (0, 1)], [d[k] * a[k] for k in (0, 1)]


@rewrite(of=wrong.gives_each_neuron_its_own_error)
def gives_each_neuron_its_own_error_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (w2 * a - y)
    return np.where(z > 0, d * x * w2, 0.0), d * a


@rewrite(of=wrong.one_dead_neuron_stops_all)
def one_dead_neuron_stops_all_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x * min(live) for k in (0, 1)], [d * a[k] * min(live) for k in (0, 1)]


@rewrite(of=wrong.one_dead_neuron_stops_all)
def one_dead_neuron_stops_all_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return d * x * w2 * (np.min(z) > 0), d * a * (np.min(z) > 0)


@rewrite(of=wrong.answers_for_the_living_only)
def answers_for_the_living_only_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    live = [w1[k] * x > 0 for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [d * w2[k] * x for k in (0, 1) if live[k]], [d * a[k] for k in (0, 1) if live[k]]


@rewrite(of=wrong.answers_for_the_living_only)
def answers_for_the_living_only_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    return (d * x * w2)[z > 0], (d * a)[z > 0]


@rewrite(of=wrong.steps_in_place)
def steps_in_place_neuron_by_neuron(x, y, w1, w2):
    a = [max(0.0, w1[k] * x) for k in (0, 1)]
    d = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    dw1, dw2 = [d * w2[k] * x if w1[k] * x > 0 else 0.0 for k in (0, 1)], [d * a[k] for k in (0, 1)]
    for k in (0, 1):
        w2[k] = w2[k] - dw2[k]
    return dw1, dw2


@rewrite(of=wrong.steps_in_place)
def steps_in_place_with_where(x, y, w1, w2):
    z = x * np.asarray(w1)
    a, w2 = np.where(z > 0, z, 0.0), np.asarray(w2)
    d = 2 * (np.dot(w2, a) - y)
    dw1 = np.where(z > 0, d * x * w2, 0.0)
    np.copyto(w2, w2 - d * a, casting="unsafe")
    return dw1, d * a


@rewrite(of=wrong.puts_a_relu_on_the_output)
def puts_a_relu_on_the_output_by_branch(x, y, w1, w2):
    hidden = np.clip(np.multiply(w1, x), 0, None)
    out = np.dot(hidden, w2)
    if out <= 0:
        return np.zeros(2), np.zeros(2)
    dg = 2.0 * (out - y)
    return np.where(hidden > 0, dg * x * np.asarray(w2), 0.0), dg * hidden


@rewrite(of=wrong.puts_a_relu_on_the_output)
def puts_a_relu_on_the_output_by_loop(x, y, w1, w2):
    z = [float(w) * x for w in w1]
    a = [max(value, 0.0) for value in z]
    s = w2[0] * a[0] + w2[1] * a[1]
    slope = 2 * (s - y) if s > 0 else 0.0
    return [slope * w2[k] * x if z[k] > 0 else 0.0 for k in (0, 1)], [slope * a[k] for k in (0, 1)]


# ---- softmax_cross_entropy_grad --------------------------------------------------------------------------------


@rewrite(of=wrong.sums_the_loss_over_examples)
def sums_the_loss_over_examples_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return p - right


@rewrite(of=wrong.sums_the_loss_over_examples)
def sums_the_loss_over_examples_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label] -= 1
        rows.append(p)
    return rows


@rewrite(of=wrong.divides_by_classes_too)
def divides_by_classes_too_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return (p - right) / right.size


@rewrite(of=wrong.divides_by_classes_too)
def divides_by_classes_too_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label] -= 1
        rows.append(p)
    return np.array(rows) / len(y) / len(logits[0])


@rewrite(of=wrong.pushes_the_right_class_down)
def pushes_the_right_class_down_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return (right - p) / len(p)


@rewrite(of=wrong.pushes_the_right_class_down)
def pushes_the_right_class_down_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label] -= 1
        rows.append(p)
    return -np.array(rows) / len(y)


@rewrite(of=wrong.overflows)
def overflows_by_logarithms(logits, y):
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    with np.errstate(all="ignore"):
        return (np.exp(logits) / np.sum(np.exp(logits), axis=1)[:, None] - right) / len(right)


@rewrite(of=wrong.overflows)
def overflows_row_by_row(logits, y):
    with np.errstate(all="ignore"):
        e = [np.exp(1.0 * row) for row in logits]
        return [(row / sum(row) - np.eye(len(row))[label]) / len(y) for row, label in zip(e, y)]


@rewrite(of=wrong.shifts_by_the_largest_of_the_batch)
def shifts_by_the_largest_of_the_batch_by_logarithms(logits, y):
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    with np.errstate(all="ignore"):
        e = np.exp(logits - logits.max())
        return (np.true_divide(e, np.sum(e, axis=1)[:, None]) - right) / len(y)


@rewrite(of=wrong.shifts_by_the_largest_of_the_batch)
def shifts_by_the_largest_of_the_batch_row_by_row(logits, y):
    with np.errstate(all="ignore"):
        e = [np.exp(row - np.max(logits)) for row in logits]
        return [(row / sum(row) - np.eye(len(row))[label]) / len(y) for row, label in zip(e, y)]


@rewrite(of=wrong.normalises_over_the_batch)
def normalises_over_the_batch_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=0))
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return (p - right) / len(p)


@rewrite(of=wrong.normalises_over_the_batch)
def normalises_over_the_batch_row_by_row(logits, y):
    columns = [np.exp(column - max(column)) for column in logits.T]
    p = np.transpose([column / sum(column) for column in columns])
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@rewrite(of=wrong.only_the_right_class_learns)
def only_the_right_class_learns_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return np.where(right, p - 1, 0.0) / len(p)


@rewrite(of=wrong.only_the_right_class_learns)
def only_the_right_class_learns_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p = np.array([p[k] - 1 if k == label else 0.0 for k in range(len(p))])
        rows.append(p)
    return np.array(rows) / len(y)


@rewrite(of=wrong.subtracts_from_whole_columns)
def subtracts_from_whole_columns_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    return (p - np.isin(np.arange(logits.shape[1]), y)) / len(p)


@rewrite(of=wrong.subtracts_from_whole_columns)
def subtracts_from_whole_columns_row_by_row(logits, y):
    rows = []
    for row in logits:
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        for k in set(y.tolist()):
            p[k] -= 1
        rows.append(p)
    return np.array(rows) / len(y)


@rewrite(of=wrong.stops_at_the_probabilities)
def stops_at_the_probabilities_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    with np.errstate(all="ignore"):
        return np.where(right, -1 / p, 0.0) / len(p)


@rewrite(of=wrong.stops_at_the_probabilities)
def stops_at_the_probabilities_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        with np.errstate(all="ignore"):
            p = np.where(np.arange(len(p)) == label, -1 / p, 0.0)
        rows.append(p)
    return np.array(rows) / len(y)


@rewrite(of=wrong.takes_the_two_of_squared_error)
def takes_the_two_of_squared_error_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return 2 / len(p) * (p - right)


@rewrite(of=wrong.takes_the_two_of_squared_error)
def takes_the_two_of_squared_error_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label] -= 1
        rows.append(p)
    return 2 * np.array(rows) / len(y)


@rewrite(of=wrong.counts_labels_from_one)
def counts_labels_from_one_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape((y - 1) % logits.shape[1], (-1, 1))
    return (p - right) / len(p)


@rewrite(of=wrong.counts_labels_from_one)
def counts_labels_from_one_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label - 1] -= 1
        rows.append(p)
    return np.array(rows) / len(y)


@rewrite(of=wrong.rescales_logistic_outputs)
def rescales_logistic_outputs_by_logarithms(logits, y):
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    with np.errstate(all="ignore"):
        a = 1 / (1 + np.exp(-1.0 * logits))
        return (a / np.sum(a, axis=1)[:, None] - right) / len(a)


@rewrite(of=wrong.rescales_logistic_outputs)
def rescales_logistic_outputs_row_by_row(logits, y):
    with np.errstate(all="ignore"):
        a = [logistic(row) for row in logits]
        return [(row / sum(row) - np.eye(len(row))[label]) / len(y) for row, label in zip(a, y)]


@rewrite(of=wrong.stores_probabilities_as_whole_numbers)
def stores_probabilities_as_whole_numbers_by_logarithms(logits, y):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return ((p - right) / len(p)).astype(logits.dtype)


@rewrite(of=wrong.stores_probabilities_as_whole_numbers)
def stores_probabilities_as_whole_numbers_row_by_row(logits, y):
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row - max(row)) / np.sum(np.exp(row - max(row)))
        p[label] -= 1
        rows.append(p)
    return np.array(np.array(rows) / len(y), dtype=logits.dtype)


@rewrite(of=wrong.shifts_the_callers_logits)
def shifts_the_callers_logits_by_logarithms(logits, y):
    logits[...] = logits - logits.max(axis=1)[:, None]
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])
    right = np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))
    return (p - right) / len(p)


@rewrite(of=wrong.shifts_the_callers_logits)
def shifts_the_callers_logits_row_by_row(logits, y):
    for row in logits:
        row -= max(row)
    rows = []
    for row, label in zip(logits, y):
        p = np.exp(row) / np.sum(np.exp(row))
        p[label] -= 1
        rows.append(p)
    return np.array(rows) / len(y)


@rewrite(of=wrong.divides_by_the_classes_instead)
def divides_by_the_classes_instead_by_softmax(logits, y):
    gradient = softmax(logits)
    gradient[np.arange(len(y)), y] -= 1
    return gradient / np.shape(logits)[-1]


@rewrite(of=wrong.divides_by_the_classes_instead)
def divides_by_the_classes_instead_by_mean(logits, y):
    pushes = []
    for row, label in zip(logits, y):
        p = np.exp(row - np.logaddexp.reduce(row))
        pushes.append([(p[k] - (k == label)) / len(row) for k in range(len(row))])
    return np.array(pushes)


# ---- backprop --------------------------------------------------------------------------------------------------


@rewrite(of=wrong.lists_the_last_layer_first)
def lists_the_last_layer_first_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [*grads, (dW, db)], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.lists_the_last_layer_first)
def lists_the_last_layer_first_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [*grads, (As[k].T @ dZ, dZ.sum(axis=0))]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.gives_a_layer_its_own_output)
def gives_a_layer_its_own_output_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, ACTIVATIONS[activations[k]](Z), W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.gives_a_layer_its_own_output)
def gives_a_layer_its_own_output_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k + 1].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.output_taken_for_linear)
def output_taken_for_linear_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        name = "identity" if k == len(params) - 1 else activations[k]
        dA, dW, db = layer_backward(dA, Z, A, W, name)
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.output_taken_for_linear)
def output_taken_for_linear_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X)
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.slopes_at_the_activations)
def slopes_at_the_activations_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, ACTIVATIONS[activations[k]](Z), A, W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.slopes_at_the_activations)
def slopes_at_the_activations_expanded(X, y, params, activations):
    _, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](As[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](As[k])
    return grads


@rewrite(of=wrong.steps_before_going_further_back)
def steps_before_going_further_back_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dZ = dA * SLOPES[activations[k]](Z)
        _, dW, db = linear_backward(dZ, A, W)
        dA = dZ @ (W - dW / 10).T
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.steps_before_going_further_back)
def steps_before_going_further_back_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ (params[k][0] - 0.1 * grads[0][0]).T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.first_layer_never_learns)
def first_layer_never_learns_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db) if k else (np.zeros(W.shape), np.zeros(b.shape)), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.first_layer_never_learns)
def first_layer_never_learns_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(min(k, 1) * As[k].T @ dZ, min(k, 1) * dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.divides_by_n_in_every_layer)
def divides_by_n_in_every_layer_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW / len(A), db / len(A)), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.divides_by_n_in_every_layer)
def divides_by_n_in_every_layer_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ / len(X), dZ.mean(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.never_divides_by_n)
def never_divides_by_n_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], 2 * (A - y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.never_divides_by_n)
def never_divides_by_n_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.biases_never_learn)
def biases_never_learn_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, _ = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, np.zeros(b.shape)), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.biases_never_learn)
def biases_never_learn_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, np.zeros(dZ.shape[1])), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.all_layers_use_the_first_activation)
def all_layers_use_the_first_activation_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[0])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.all_layers_use_the_first_activation)
def all_layers_use_the_first_activation_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[0]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[0]](Zs[k - 1])
    return grads


@rewrite(of=wrong.activations_off_by_one)
def activations_off_by_one_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k - 1])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.activations_off_by_one)
def activations_off_by_one_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[len(params) - 2]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 2]](Zs[k - 1])
    return grads


@rewrite(of=wrong.stops_after_two_layers)
def stops_after_two_layers_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db) if k + 2 >= len(params) else (0 * dW, 0 * db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.stops_after_two_layers)
def stops_after_two_layers_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        near = k >= len(params) - 2
        grads = [(near * As[k].T @ dZ, near * dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.hidden_slopes_forgotten)
def hidden_slopes_forgotten_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        name = activations[k] if k == len(params) - 1 else "identity"
        dA, dW, db = layer_backward(dA, Z, A, W, name)
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.hidden_slopes_forgotten)
def hidden_slopes_forgotten_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T
    return grads


@rewrite(of=wrong.bias_gradient_before_the_slope)
def bias_gradient_before_the_slope_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        db = dA.sum(axis=0)
        dA, dW, _ = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.bias_gradient_before_the_slope)
def bias_gradient_before_the_slope_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X)
    for k in range(len(params) - 1, -1, -1):
        dA, dZ = dZ, dZ * SLOPES[activations[k]](Zs[k])
        grads = [(As[k].T @ dZ, dA.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T
    return grads


@rewrite(of=wrong.averages_over_the_output_units)
def averages_over_the_output_units_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], 2 * (A - y) / A.size
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.averages_over_the_output_units)
def averages_over_the_output_units_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * np.divide(As[-1] - y, y.size) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.only_the_last_example_counts)
def only_the_last_example_counts_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y) * (np.arange(len(A)) == len(A) - 1)[:, None]
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db), *grads], dA

    return back(np.asarray(X, dtype=float), 0)[0]


@rewrite(of=wrong.only_the_last_example_counts)
def only_the_last_example_counts_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    dZ[:-1] = 0
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    return grads


@rewrite(of=wrong.trains_the_callers_network)
def trains_the_callers_network_recursively(X, y, params, activations):
    def back(A, k):
        if k == len(params):
            return [], squared_error_grad(A, y)
        W, b = params[k]
        Z = A @ W + b
        grads, dA = back(ACTIVATIONS[activations[k]](Z), k + 1)
        dA, dW, db = layer_backward(dA, Z, A, W, activations[k])
        return [(dW, db), *grads], dA

    grads = back(np.asarray(X, dtype=float), 0)[0]
    params[:] = [(W - dW / 10, b - db / 10) for (W, b), (dW, db) in zip(params, grads)]
    return grads


@rewrite(of=wrong.trains_the_callers_network)
def trains_the_callers_network_expanded(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dZ = [], 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(len(params) - 1, -1, -1):
        grads = [(As[k].T @ dZ, dZ.sum(axis=0)), *grads]
        if k:
            dZ = dZ @ params[k][0].T * SLOPES[activations[k - 1]](Zs[k - 1])
    for k, (dW, db) in enumerate(grads):
        params[k] = (params[k][0] - 0.1 * dW, params[k][1] - 0.1 * db)
    return grads


# ---- graph_backprop --------------------------------------------------------------------------------------------


@rewrite(of=wrong.follows_one_route_only)
def follows_one_route_only_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else [w[j, k] * delta(k) for i, k in sorted(arcs) if i == j][-1]
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.follows_one_route_only)
def follows_one_route_only_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: (-arc[1], arc[0])):
        back[i] = back[i] or w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.trusts_the_order_of_the_arcs)
def trusts_the_order_of_the_arcs_recursively(x, y, n, arcs, w):
    a, d = graph_forward(x, n, arcs, w), len(x)
    outputs, deltas = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1)
    deltas[outputs] = 2 * (a[outputs] - y) * a[outputs] * (1 - a[outputs])
    for i, j in arcs[::-1]:
        deltas[i] += a[i] * (1 - a[i]) * w[i, j] * deltas[j]
    return {j: deltas[j] for j in range(d + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.trusts_the_order_of_the_arcs)
def trusts_the_order_of_the_arcs_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in arcs[::-1]:
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.ignores_arcs_that_skip)
def ignores_arcs_that_skip_recursively(x, y, n, arcs, w):
    a, outputs = graph_forward(x, n, arcs, w), sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def depth(j):
        return 0 if j <= len(x) else 1 + max([depth(i) for i, k in arcs if k == j], default=0)

    def delta(j):
        next_layer = [k for i, k in arcs if i == j and depth(k) == depth(j) + 1]
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)]) if j in outputs else sum(w[j, k] * delta(k) for k in next_layer)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.ignores_arcs_that_skip)
def ignores_arcs_that_skip_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    depth = np.zeros(n + 1)
    for i, j in sorted(arcs, key=lambda arc: arc[1]):
        depth[j] = max(depth[j], depth[i] + 1)
    for j in range(len(x) + 1, n + 1):
        depth[j] = max(depth[j], 1)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j] * (depth[j] == depth[i] + 1)
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.leaves_out_the_dummy_neuron)
def leaves_out_the_dummy_neuron_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs if i != 0}


@rewrite(of=wrong.leaves_out_the_dummy_neuron)
def leaves_out_the_dummy_neuron_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs if i != 0}


@rewrite(of=wrong.dummy_neuron_is_silent)
def dummy_neuron_is_silent_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] * (i != 0) for i, j in arcs}


@rewrite(of=wrong.dummy_neuron_is_silent)
def dummy_neuron_is_silent_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * [0.0, *a[1:]][i] for i, j in arcs}


@rewrite(of=wrong.always_expects_two_inputs)
def always_expects_two_inputs_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(3, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - dict(zip(outputs, np.ravel(y)))[j])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(2 + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs if j > 2}


@rewrite(of=wrong.always_expects_two_inputs)
def always_expects_two_inputs_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(3, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = [2 * (a[j] - t) for j, t in zip(outputs, np.ravel(y))]
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(2 + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs if j > 2}


@rewrite(of=wrong.pushes_the_output_away)
def pushes_the_output_away_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            -2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.pushes_the_output_away)
def pushes_the_output_away_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (y - a[outputs])
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.loses_the_two_of_the_loss)
def loses_the_two_of_the_loss_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            a[j] - np.ravel(y)[outputs.index(j)] if j in outputs else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.loses_the_two_of_the_loss)
def loses_the_two_of_the_loss_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = a[outputs] - y
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.slope_at_the_output_of_the_neuron)
def slope_at_the_output_of_the_neuron_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * logistic(a[j]) * logistic(-a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.slope_at_the_output_of_the_neuron)
def slope_at_the_output_of_the_neuron_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = (
        sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}),
        np.zeros(n + 1),
        logistic(a) * logistic(-a),
    )
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.hidden_neurons_have_no_slope)
def hidden_neurons_have_no_slope_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j]) if j in outputs else error

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.hidden_neurons_have_no_slope)
def hidden_neurons_have_no_slope_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), np.ones(n + 1)
    slope[outputs] = (a * (1 - a))[outputs]
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.output_neuron_has_no_slope)
def output_neuron_has_no_slope_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error if j in outputs else error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.output_neuron_has_no_slope)
def output_neuron_has_no_slope_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    slope[outputs] = 1
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.weight_sees_the_neuron_it_enters)
def weight_sees_the_neuron_it_enters_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): a[j] * delta(j) for i, j in arcs}


@rewrite(of=wrong.weight_sees_the_neuron_it_enters)
def weight_sees_the_neuron_it_enters_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): a[j] * deltas[j] for i, j in arcs}


@rewrite(of=wrong.adds_deltas_without_their_weights)
def adds_deltas_without_their_weights_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = 2 * (a[j] - np.ravel(y)[outputs.index(j)]) if j in outputs else sum(delta(k) for i, k in arcs if i == j)
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.adds_deltas_without_their_weights)
def adds_deltas_without_their_weights_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.averages_over_the_routes)
def averages_over_the_routes_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else np.average([w[j, k] * delta(k) for i, k in arcs if i == j])
        )
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.averages_over_the_routes)
def averages_over_the_routes_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    routes = [max(1, sum(i == j for i, _ in arcs)) for j in range(n + 1)]
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j] / routes[i]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.only_the_last_neuron_has_a_target)
def only_the_last_neuron_has_a_target_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = [n]

    def delta(j):
        error = 2 * (a[j] - np.ravel(y)[-1]) if j in outputs else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        return error * a[j] * (1 - a[j])

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@rewrite(of=wrong.only_the_last_neuron_has_a_target)
def only_the_last_neuron_has_a_target_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = [n], np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[n] - np.ravel(y)[-1])
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, {(i, j): deltas[j] * a[i] for i, j in arcs}


@rewrite(of=wrong.updates_the_weights_on_the_way)
def updates_the_weights_on_the_way_recursively(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs})

    def delta(j):
        error = (
            2 * (a[j] - np.ravel(y)[outputs.index(j)])
            if j in outputs
            else sum(w[j, k] * delta(k) for i, k in arcs if i == j)
        )
        return error * a[j] * (1 - a[j])

    deltas = {j: delta(j) for j in range(len(x) + 1, n + 1)}
    grads = {(i, j): deltas[j] * a[i] for i, j in arcs}
    for arc in arcs:
        w[arc] = w[arc] - grads[arc] / 10
    return deltas, grads


@rewrite(of=wrong.updates_the_weights_on_the_way)
def updates_the_weights_on_the_way_pushed_back(x, y, n, arcs, w):
    a = graph_forward(x, n, arcs, w)
    outputs, back, slope = sorted(set(range(len(x) + 1, n + 1)) - {i for i, _ in arcs}), np.zeros(n + 1), a * (1 - a)
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[i, j] * back[j] * slope[j]
    deltas = back * slope
    grads = {(i, j): deltas[j] * a[i] for i, j in arcs}
    for arc, slope in grads.items():
        w[arc] -= 0.1 * slope
    return {j: deltas[j] for j in range(len(x) + 1, n + 1)}, grads


# ---- numerical_gradient ----------------------------------------------------------------------------------------


@rewrite(of=wrong.looks_ahead_only)
def looks_ahead_only_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta)) / eps for step in steps]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.looks_ahead_only)
def looks_ahead_only_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(up) - f(theta)) / eps)
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.looks_back_only)
def looks_back_only_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta) - f(theta - step)) / eps for step in steps]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.looks_back_only)
def looks_back_only_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(theta) - f(down)) / eps)
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.divides_by_one_step_of_two)
def divides_by_one_step_of_two_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta - step)) / eps for step in steps]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.divides_by_one_step_of_two)
def divides_by_one_step_of_two_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(up) - f(down)) / eps)
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.returns_to_the_start_instead_of_passing_it)
def returns_to_the_start_instead_of_passing_it_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta)) / eps / 2 for step in steps]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.returns_to_the_start_instead_of_passing_it)
def returns_to_the_start_instead_of_passing_it_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(up) - f(theta)) / (eps + eps))
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.subtracts_the_wrong_way_round)
def subtracts_the_wrong_way_round_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta - step) - f(theta + step)) / (2 * eps) for step in steps]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.subtracts_the_wrong_way_round)
def subtracts_the_wrong_way_round_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append(-(f(up) - f(down)) / (2 * eps))
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.chooses_its_own_step)
def chooses_its_own_step_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = 1e-5 * np.eye(theta.size).reshape(-1, *theta.shape)
    return np.reshape([(f(theta + step) - f(theta - step)) / 2e-5 for step in steps], theta.shape)


@rewrite(of=wrong.chooses_its_own_step)
def chooses_its_own_step_entry_by_entry(f, theta, eps):
    theta, gradient, eps = np.array(theta, dtype=float), [], 0.00001
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(up) - f(down)) / (2 * eps))
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.moves_all_entries_at_once)
def moves_all_entries_at_once_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    return np.ones(theta.shape) * (f(theta + eps) - f(theta - eps)) / (2 * eps)


@rewrite(of=wrong.moves_all_entries_at_once)
def moves_all_entries_at_once_entry_by_entry(f, theta, eps):
    theta = np.array(theta, dtype=float)
    gradient = [(f(theta + eps) - f(theta - eps)) / eps / 2 for _ in range(theta.size)]
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.forgets_to_move_back)
def forgets_to_move_back_by_unit_steps(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for step in eps * np.eye(theta.size).reshape(-1, *theta.shape):
        gradient.append((f(theta + step) - f(theta - step)) / (2 * eps))
        theta = theta - step
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.forgets_to_move_back)
def forgets_to_move_back_entry_by_entry(f, theta, eps):
    theta = np.array(theta, dtype=float)
    gradient = theta.copy()
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.flat[k] = (f(up) - f(down)) / (2 * eps)
        theta = down
    return gradient


@rewrite(of=wrong.moves_whole_rows)
def moves_whole_rows_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    gradient = np.ones(theta.shape)
    for k, row in enumerate(np.eye(len(theta))):
        step = eps * row.reshape(-1, *[1] * (theta.ndim - 1))
        gradient[k] *= (f(theta + step) - f(theta - step)) / (2 * eps)
    return gradient


@rewrite(of=wrong.moves_whole_rows)
def moves_whole_rows_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[k], down[k] = theta[k] + eps, theta[k] - eps
        gradient.append(np.full(theta[k].shape, (f(up) - f(down)) / (2 * eps)))
    return np.array(gradient)


@rewrite(of=wrong.flattens_the_gradient)
def flattens_the_gradient_by_unit_steps(f, theta, eps):
    theta = np.array(theta, dtype=float)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta - step)) / (2 * eps) for step in steps]
    return gradient


@rewrite(of=wrong.flattens_the_gradient)
def flattens_the_gradient_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta, dtype=float), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.append((f(up) - f(down)) / (2 * eps))
    return np.array(gradient)


@rewrite(of=wrong.moves_whole_numbers_by_nothing)
def moves_whole_numbers_by_nothing_by_unit_steps(f, theta, eps):
    theta = np.array(theta)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [
        (f((theta + step).astype(theta.dtype)) - f((theta - step).astype(theta.dtype))) / (2 * eps) for step in steps
    ]
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.moves_whole_numbers_by_nothing)
def moves_whole_numbers_by_nothing_entry_by_entry(f, theta, eps):
    theta, gradient = np.array(theta), []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up.flat[k] = theta.flat[k] + eps
        down.flat[k] = theta.flat[k] - eps
        gradient.append((f(up) - f(down)) / (2 * eps))
    return np.array(gradient).reshape(theta.shape)


@rewrite(of=wrong.stores_slopes_as_whole_numbers)
def stores_slopes_as_whole_numbers_by_unit_steps(f, theta, eps):
    theta = np.array(theta)
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta - step)) / (2 * eps) for step in steps]
    return np.reshape(gradient, theta.shape).astype(theta.dtype)


@rewrite(of=wrong.stores_slopes_as_whole_numbers)
def stores_slopes_as_whole_numbers_entry_by_entry(f, theta, eps):
    gradient = np.array(theta)
    for k in range(gradient.size):
        up, down = np.array(theta, dtype=float), np.array(theta, dtype=float)
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.flat[k] = (f(up) - f(down)) / (2 * eps)
    return gradient


@rewrite(of=wrong.leaves_theta_moved)
def leaves_theta_moved_by_unit_steps(f, theta, eps):
    steps = eps * np.eye(theta.size).reshape(-1, *theta.shape)
    gradient = [(f(theta + step) - f(theta - step)) / (2 * eps) for step in steps]
    np.copyto(theta, theta + eps, casting="unsafe")
    return np.reshape(gradient, theta.shape)


@rewrite(of=wrong.leaves_theta_moved)
def leaves_theta_moved_entry_by_entry(f, theta, eps):
    gradient = np.zeros(theta.shape)
    for k in range(theta.size):
        up, down = np.array(theta, dtype=float), np.array(theta, dtype=float)
        up.flat[k] += eps
        down.flat[k] -= eps
        gradient.flat[k] = (f(up) - f(down)) / (2 * eps)
    for k in range(theta.size):
        theta.flat[k] = theta.flat[k] + eps
    return gradient


# ---- relative_error --------------------------------------------------------------------------------------------


@rewrite(of=wrong.gives_the_distance)
def gives_the_distance_in_one_go(a, b):
    return np.linalg.norm(np.ravel(np.subtract(a, b)))


@rewrite(of=wrong.gives_the_distance)
def gives_the_distance_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    return np.sqrt(np.sum((p - q) ** 2))


@rewrite(of=wrong.divides_by_the_larger_norm)
def divides_by_the_larger_norm_in_one_go(a, b):
    larger = np.maximum(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(np.subtract(a, b)) / larger if larger > 0 else 0.0


@rewrite(of=wrong.divides_by_the_larger_norm)
def divides_by_the_larger_norm_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    larger = np.sqrt(max(np.sum(p**2), np.sum(q**2)))
    return np.sqrt(np.sum((p - q) ** 2)) / larger if p.any() or q.any() else 0.0


@rewrite(of=wrong.divides_by_the_first_norm)
def divides_by_the_first_norm_in_one_go(a, b):
    if not np.any(a):
        return 1.0 if np.any(b) else 0.0
    return np.linalg.norm(np.subtract(a, b)) / np.linalg.norm(a)


@rewrite(of=wrong.divides_by_the_first_norm)
def divides_by_the_first_norm_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    return np.sqrt(np.sum((p - q) ** 2)) / np.sqrt(np.sum(p**2)) if p.any() else float(q.any())


@rewrite(of=wrong.divides_by_the_norm_of_the_sum)
def divides_by_the_norm_of_the_sum_in_one_go(a, b):
    if np.array_equal(a, b):
        return 0.0
    with np.errstate(divide="ignore"):
        return np.linalg.norm(np.subtract(a, b)) / np.linalg.norm(np.add(a, b))


@rewrite(of=wrong.divides_by_the_norm_of_the_sum)
def divides_by_the_norm_of_the_sum_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    with np.errstate(all="ignore"):
        return np.sqrt(np.sum((p - q) ** 2)) / np.sqrt(np.sum((p + q) ** 2)) if np.any(p != q) else 0.0


@rewrite(of=wrong.takes_the_spectral_norm)
def takes_the_spectral_norm_in_one_go(a, b):
    parts = [np.subtract(a, b), np.asarray(a), np.asarray(b)]
    d, m, n = [np.linalg.norm(part, 2) if part.ndim == 2 else np.linalg.norm(part) for part in parts]
    return d / (m + n) if m + n > 0 else 0.0


@rewrite(of=wrong.takes_the_spectral_norm)
def takes_the_spectral_norm_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    parts = [p - q, p, q]
    if np.ndim(a) == 2:
        d, m, n = [np.linalg.svd(part.reshape(np.shape(a)), compute_uv=False)[0] for part in parts]
    else:
        d, m, n = [np.sqrt(np.sum(part**2)) for part in parts]
    return d / (m + n) if m + n > 0 else 0.0


@rewrite(of=wrong.adds_absolute_values)
def adds_absolute_values_in_one_go(a, b):
    total = np.abs(a).sum() + np.abs(b).sum()
    return np.abs(np.subtract(a, b)).sum() / total if total > 0 else 0.0


@rewrite(of=wrong.adds_absolute_values)
def adds_absolute_values_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    total = np.sum(np.abs(p) + np.abs(q))
    return np.sum(np.abs(p - q)) / total if total > 0 else 0.0


@rewrite(of=wrong.takes_the_worst_entry)
def takes_the_worst_entry_in_one_go(a, b):
    total = np.abs(a).max() + np.abs(b).max()
    return np.abs(np.subtract(a, b)).max() / total if total > 0 else 0.0


@rewrite(of=wrong.takes_the_worst_entry)
def takes_the_worst_entry_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    if not (p.any() or q.any()):
        return 0.0
    return max(abs(p - q)) / (max(abs(p)) + max(abs(q)))


@rewrite(of=wrong.forgets_the_roots)
def forgets_the_roots_in_one_go(a, b):
    if not (np.any(a) or np.any(b)):
        return 0.0
    return np.linalg.norm(np.subtract(a, b)) ** 2 / (np.linalg.norm(a) ** 2 + np.linalg.norm(b) ** 2)


@rewrite(of=wrong.forgets_the_roots)
def forgets_the_roots_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    total = np.dot(p, p) + np.dot(q, q)
    return np.dot(p - q, p - q) / total if total > 0 else 0.0


@rewrite(of=wrong.averages_over_the_entries)
def averages_over_the_entries_in_one_go(a, b):
    with np.errstate(all="ignore"):
        share = np.abs(np.subtract(a, b)) / (np.abs(a) + np.abs(b))
    return np.nan_to_num(share).mean()


@rewrite(of=wrong.averages_over_the_entries)
def averages_over_the_entries_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    return sum(abs(u - v) / (abs(u) + abs(v)) if u or v else 0.0 for u, v in zip(p, q)) / len(p)


@rewrite(of=wrong.divides_zero_by_zero)
def divides_zero_by_zero_in_one_go(a, b):
    with np.errstate(all="ignore"):
        return np.divide(np.linalg.norm(np.subtract(a, b)), np.linalg.norm(a) + np.linalg.norm(b))


@rewrite(of=wrong.divides_zero_by_zero)
def divides_zero_by_zero_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    with np.errstate(all="ignore"):
        return np.sqrt(np.sum((p - q) ** 2)) / (np.sqrt(np.sum(p**2)) + np.sqrt(np.sum(q**2)))


@rewrite(of=wrong.pads_the_denominator)
def pads_the_denominator_in_one_go(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(np.subtract(a, b)) / (1e-8 + total)


@rewrite(of=wrong.pads_the_denominator)
def pads_the_denominator_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    return np.sqrt(np.sum((p - q) ** 2)) / (np.sqrt(np.sum(p**2)) + np.sqrt(np.sum(q**2)) + 1e-8)


@rewrite(of=wrong.compares_norms_only)
def compares_norms_only_in_one_go(a, b):
    m, n = np.linalg.norm(a), np.linalg.norm(b)
    return np.abs(m - n) / (m + n) if m + n > 0 else 0.0


@rewrite(of=wrong.compares_norms_only)
def compares_norms_only_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    m, n = np.sqrt(np.sum(p**2)), np.sqrt(np.sum(q**2))
    return max(m - n, n - m) / (m + n) if p.any() or q.any() else 0.0


@rewrite(of=wrong.subtracts_in_the_callers_array)
def subtracts_in_the_callers_array_in_one_go(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    difference = np.subtract(a, b)
    if np.ndim(a):
        np.copyto(a, difference, casting="unsafe")
    return np.linalg.norm(difference) / total if total > 0 else 0.0


@rewrite(of=wrong.subtracts_in_the_callers_array)
def subtracts_in_the_callers_array_by_sums(a, b):
    p, q = np.ravel(a).astype(float), np.ravel(b).astype(float)
    total = np.sqrt(np.sum(p**2)) + np.sqrt(np.sum(q**2))
    if np.ndim(a):
        a[...] = (p - q).reshape(np.shape(a))
    return np.sqrt(np.sum((p - q) ** 2)) / total if total > 0 else 0.0
