"""The wrong answers of homework 5 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103, RUF007  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.activations import logistic, logistic_grad, relu, relu_grad
from nnref.clipping import global_norm
from nnref.scaling import he_init
from solutions.hw5_deep_gradients import wrong

# ---- chain_deltas ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_two)
def forgets_the_two_by_product(z, w, y):
    a = logistic(z)
    factors = np.append(w, a[-1] - y) * logistic_grad(z)
    return np.cumprod(factors[::-1])[::-1]


@rewrite(of=wrong.turns_the_error_round)
def turns_the_error_round_in_a_list(z, w, y):
    deltas = [2 * (y - logistic(z[-1])) * logistic_grad(z[-1])]
    for k in range(len(z) - 2, -1, -1):
        deltas.insert(0, logistic_grad(z[k]) * w[k] * deltas[0])
    return deltas


@rewrite(of=wrong.loses_the_sign_of_the_error)
def loses_the_sign_by_a_root(z, w, y):
    a = logistic(z)
    factors = np.append(w, 2 * np.sqrt((y - a[-1]) ** 2)) * logistic_grad(z)
    return np.cumprod(factors[::-1])[::-1]


@rewrite(of=wrong.last_neuron_has_no_slope)
def last_neuron_has_no_slope_in_a_list(z, w, y):
    deltas = [-2 * (y - logistic(z[-1]))]
    for weight, pre in zip(w[::-1], z[-2::-1]):
        deltas = [logistic_grad(pre) * weight * deltas[0], *deltas]
    return np.array(deltas)


@rewrite(of=wrong.takes_slopes_at_the_outputs)
def takes_slopes_at_the_outputs_by_formula(z, w, y):
    a = logistic(z)
    slopes = logistic(a) * (1 - logistic(a))
    return np.cumprod((np.append(w, 2 * (a[-1] - y)) * slopes)[::-1])[::-1]


@rewrite(of=wrong.forgets_the_weights)
def forgets_the_weights_by_product(z, w, y):
    slopes = logistic_grad(z)
    return 2 * (logistic(z[-1]) - y) * np.cumprod(slopes[::-1])[::-1]


@rewrite(of=wrong.reads_the_weights_backwards)
def zips_the_weights_the_wrong_way(z, w, y):
    deltas = [2 * (logistic(z[-1]) - y) * logistic_grad(z[-1])]
    for weight, pre in zip(w, z[-2::-1]):
        deltas.append(weight * logistic_grad(pre) * deltas[-1])
    return deltas[::-1]


@rewrite(of=wrong.neurons_have_no_slope_but_the_last)
def multiplies_the_weights_alone(z, w, y):
    last = 2 * (logistic(z[-1]) - y) * logistic_grad(z[-1])
    return last * np.append(np.cumprod(w[::-1])[::-1], 1.0)


@rewrite(of=wrong.stops_before_the_first_neuron)
def leaves_the_first_slope_alone(z, w, y):
    deltas = logistic_grad(1.0 * z)
    deltas[-1] = -2 * (y - logistic(z[-1])) * deltas[-1]
    for k in reversed(range(1, len(z) - 1)):
        deltas[k] = deltas[k] * w[k] * deltas[k + 1]
    return list(deltas)


@rewrite(of=wrong.gives_them_from_right_to_left)
def forgets_to_turn_the_product(z, w, y):
    factors = np.append(w, 2 * (logistic(z[-1]) - y)) * logistic_grad(z)
    return np.cumprod(factors[::-1])


@rewrite(of=wrong.compares_the_target_with_z)
def compares_the_target_with_z_by_product(z, w, y):
    factors = np.append(w, -2 * (y - z[-1])) * logistic_grad(z)
    return np.cumprod(factors[::-1])[::-1]


@rewrite(of=wrong.takes_the_error_for_the_delta)
def takes_the_error_in_a_list(z, w, y):
    deltas = [logistic(z[-1]) - y]
    for weight, pre in zip(w[::-1], z[-2::-1]):
        deltas = [logistic_grad(pre) * weight * deltas[0], *deltas]
    return np.array(deltas)


@rewrite(of=wrong.loses_the_signs_of_the_weights)
def loses_the_signs_by_a_root(z, w, y):
    factors = np.append(np.sqrt(np.square(w)), 2 * (logistic(z[-1]) - y)) * logistic_grad(z)
    return np.cumprod(factors[::-1])[::-1]


@rewrite(of=wrong.needs_a_second_neuron)
def starts_with_two_neurons(z, w, y):
    last = -2 * (y - logistic(z[-1])) * logistic_grad(z[-1])
    deltas = [logistic_grad(z[-2]) * w[-1] * last, last]
    for k in range(len(z) - 3, -1, -1):
        deltas.insert(0, logistic_grad(z[k]) * w[k] * deltas[0])
    return deltas


@rewrite(of=wrong.multiplies_the_callers_weights)
def multiplies_weight_by_weight(z, w, y):
    deltas = [-2 * (y - logistic(z[-1])) * logistic_grad(z[-1])]
    for k in range(len(w)):
        w[k] = w[k] * logistic_grad(z[k])
    for factor in w[::-1]:
        deltas.insert(0, factor * deltas[0])
    return np.array(deltas)


# ---- xavier_init -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.xavier_variance_given_as_deviation)
def divides_by_fan_in_without_the_root(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) / fan_in


@rewrite(of=wrong.xavier_counts_the_units_above)
def divides_by_the_root_of_fan_out(rng, fan_in, fan_out):
    return rng.normal(size=(fan_in, fan_out)) / fan_out**0.5


@rewrite(of=wrong.follows_the_paper)
def divides_by_the_mean_of_both_sides(rng, fan_in, fan_out):
    return rng.normal(size=(fan_in, fan_out)) / np.sqrt((fan_in + fan_out) / 2)


@rewrite(of=wrong.xavier_weights_are_uniform)
def stretches_uniform_numbers(rng, fan_in, fan_out):
    return (2 * rng.random((fan_in, fan_out)) - 1) * np.sqrt(3 / fan_in)


@rewrite(of=wrong.xavier_weights_are_not_scaled)
def standard_normals_as_they_are(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)).tolist()


@rewrite(of=wrong.takes_the_factor_of_relu)
def doubles_the_variance(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) * np.sqrt(2) / np.sqrt(fan_in)


@rewrite(of=wrong.xavier_shape_is_turned)
def rows_are_the_units_above(rng, fan_in, fan_out):
    return rng.standard_normal((fan_out, fan_in)) / np.sqrt(fan_in)


@rewrite(of=wrong.all_units_get_one_column)
def tiles_one_column(rng, fan_in, fan_out):
    return np.tile(rng.standard_normal((fan_in, 1)) / np.sqrt(fan_in), (1, fan_out))


@rewrite(of=wrong.xavier_weights_come_in_pairs)
def xavier_weights_in_pairs_of_signs(rng, fan_in, fan_out):
    count = fan_in * fan_out
    size = np.sqrt(1 / fan_in) * rng.standard_normal(-(-count // 2))
    return np.concatenate([size, -1 * size])[:count].reshape((fan_in, fan_out))


@rewrite(of=wrong.xavier_weights_are_adjusted_afterwards)
def xavier_weights_standardised(rng, fan_in, fan_out):
    draws = rng.standard_normal((fan_in, fan_out))
    draws = draws - np.sum(draws) / draws.size
    spread = np.sqrt(np.mean(draws**2))
    return np.sqrt(1 / fan_in) * draws / max(spread, 1e-12)


@rewrite(of=wrong.xavier_weights_have_a_peak)
def xavier_weights_have_a_scaled_peak(rng, fan_in, fan_out):
    return rng.laplace(size=(fan_in, fan_out)) * (0.5 / fan_in) ** 0.5


# ---- he_init ---------------------------------------------------------------------------------------------------


@rewrite(of=wrong.he_variance_given_as_deviation)
def multiplies_by_the_variance(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) * 2 / fan_in


@rewrite(of=wrong.forgets_what_relu_cuts)
def divides_by_the_root_of_fan_in(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) / fan_in**0.5


@rewrite(of=wrong.root_covers_the_two_alone)
def root_of_two_over_fan_in(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) * 2**0.5 / fan_in


@rewrite(of=wrong.he_counts_the_units_above)
def scales_by_the_columns(rng, fan_in, fan_out):
    W = rng.normal(size=(fan_in, fan_out))
    return W * np.sqrt(2 / W.shape[1])


@rewrite(of=wrong.he_weights_are_uniform)
def stretches_uniform_numbers_for_relu(rng, fan_in, fan_out):
    return (2 * rng.random((fan_in, fan_out)) - 1) * np.sqrt(6 / fan_in)


@rewrite(of=wrong.he_weights_are_positive)
def drops_the_signs(rng, fan_in, fan_out):
    W = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / fan_in)
    return np.where(W < 0, -W, W)


@rewrite(of=wrong.all_units_below_count_alike)
def repeats_one_row(rng, fan_in, fan_out):
    return np.sqrt(2 / fan_in) * np.ones((fan_in, 1)) * rng.normal(size=fan_out)


@rewrite(of=wrong.he_weights_come_in_pairs)
def he_weights_in_pairs_of_signs(rng, fan_in, fan_out):
    count = fan_in * fan_out
    size = np.sqrt(2 / fan_in) * rng.standard_normal(-(-count // 2))
    return np.concatenate([size, -1 * size])[:count].reshape((fan_in, fan_out))


@rewrite(of=wrong.he_weights_are_adjusted_afterwards)
def he_weights_standardised(rng, fan_in, fan_out):
    draws = rng.standard_normal((fan_in, fan_out))
    draws = draws - np.sum(draws) / draws.size
    spread = np.sqrt(np.mean(draws**2))
    return np.sqrt(2 / fan_in) * draws / max(spread, 1e-12)


@rewrite(of=wrong.he_weights_have_a_peak)
def he_weights_have_a_scaled_peak(rng, fan_in, fan_out):
    return rng.laplace(size=(fan_in, fan_out)) * (1 / fan_in) ** 0.5


# ---- init_layers -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_output_layer)
def stops_two_sizes_early(rng, sizes):
    return [(he_init(rng, sizes[i], sizes[i + 1]), np.zeros(sizes[i + 1])) for i in range(len(sizes) - 2)]


@rewrite(of=wrong.biases_belong_to_the_units_below)
def zeros_of_fan_in(rng, sizes):
    params = []
    for i in range(1, len(sizes)):
        params.append((he_init(rng, sizes[i - 1], sizes[i]), np.zeros(sizes[i - 1])))
    return params


@rewrite(of=wrong.leaves_the_biases_out)
def appends_weights_only(rng, sizes):
    params = []
    for i in range(len(sizes) - 1):
        params.append(he_init(rng, sizes[i], sizes[i + 1]))
    return params


@rewrite(of=wrong.biases_start_at_one)
def fills_with_ones(rng, sizes):
    return [(he_init(rng, sizes[i], sizes[i + 1]), [1.0] * sizes[i + 1]) for i in range(len(sizes) - 1)]


@rewrite(of=wrong.weights_start_at_zero_too)
def zeros_everywhere(rng, sizes):
    return [[0 * he_init(rng, m, n), np.zeros(n)] for m, n in zip(sizes[:-1], sizes[1:])]


@rewrite(of=wrong.scales_as_for_tanh)
def divides_by_each_root(rng, sizes):
    return [(rng.standard_normal((m, n)) / np.sqrt(m), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@rewrite(of=wrong.does_not_scale_at_all)
def plain_normals_for_all_layers(rng, sizes):
    params = []
    for i in range(len(sizes) - 1):
        params += [(rng.standard_normal((sizes[i], sizes[i + 1])), np.zeros(sizes[i + 1]))]
    return params


@rewrite(of=wrong.swaps_weights_and_biases)
def biases_first(rng, sizes):
    return [[np.zeros(sizes[i + 1]), he_init(rng, sizes[i], sizes[i + 1])] for i in range(len(sizes) - 1)]


# ---- dead_units ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.one_sleeping_example_is_enough)
def smallest_decides(Z):
    return np.min(Z, axis=0) <= 0


@rewrite(of=wrong.finds_dead_examples)
def largest_of_each_row(Z):
    return [max(row) <= 0 for row in np.asarray(Z).tolist()]


@rewrite(of=wrong.finds_the_living)
def largest_is_positive(Z):
    return np.max(Z, axis=0) > 0


@rewrite(of=wrong.averages_the_examples)
def sums_the_examples(Z):
    return np.sum(Z, axis=0) < 0


@rewrite(of=wrong.asks_most_examples)
def counts_a_majority(Z):
    return np.sum(np.asarray(Z) < 0, axis=0) * 2 > len(Z)


@rewrite(of=wrong.asks_the_first_example)
def looks_at_row_zero(Z):
    return [bool(z < 0) for z in Z[0]]


@rewrite(of=wrong.one_verdict_for_the_layer)
def forgets_the_axis(Z):
    return np.max(Z) <= 0


@rewrite(of=wrong.gives_the_sleeping_share)
def counts_and_divides(Z):
    return np.sum(np.asarray(Z) < 0, axis=0) / len(Z)


@rewrite(of=wrong.takes_weak_units_for_dead)
def largest_is_close_to_zero(Z):
    return np.max(Z, axis=0) < 0.01


@rewrite(of=wrong.applies_relu_in_place)
def clips_in_place(Z):
    Z = np.asarray(Z)
    np.maximum(Z, 0, out=Z)
    return np.max(Z, axis=0) == 0


@rewrite(of=wrong.takes_nearly_zero_for_zero)
def takes_nearly_zero_column_by_column(Z):
    return [bool(np.max(column) <= 1e-8) for column in np.transpose(Z)]


# ---- residual_forward ------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_skip)
def forgets_the_skip_by_mask(z):
    return np.asarray(z) * (np.asarray(z) > 0)


@rewrite(of=wrong.forgets_the_unit)
def gives_z_back(z):
    return np.copy(z)


@rewrite(of=wrong.doubles_everything)
def adds_z_to_z(z):
    return np.add(z, z)


@rewrite(of=wrong.multiplies_the_two_ways)
def squares_above_zero(z):
    return np.maximum(z, 0.0) ** 2


@rewrite(of=wrong.skips_with_the_size_of_z)
def folds_z_first(z):
    return np.where(np.asarray(z) > 0, 2 * np.asarray(z), -np.asarray(z))


@rewrite(of=wrong.applies_relu_last)
def doubles_relu(z):
    return 2 * relu(z)


@rewrite(of=wrong.takes_relu_away)
def keeps_the_negative_half(z):
    return np.minimum(z, 0.0)


@rewrite(of=wrong.adds_the_slope_of_relu)
def adds_one_above_zero(z):
    return z + relu_grad(z)


@rewrite(of=wrong.adds_in_place)
def doubles_in_place(z):
    z = np.asarray(z)
    z[z > 0] *= 2
    return z


# ---- residual_backward -----------------------------------------------------------------------------------------


@rewrite(of=wrong.nothing_comes_through_the_skip)
def gates_with_relu_grad(dg, z):
    return dg * relu_grad(z)


@rewrite(of=wrong.nothing_comes_through_the_unit)
def gives_dg_back(dg, z):
    return np.copy(dg)


@rewrite(of=wrong.always_comes_back_twice)
def adds_dg_to_dg(dg, z):
    return np.add(dg, dg)


@rewrite(of=wrong.gates_are_swapped)
def doubles_below_zero(dg, z):
    return dg * (2 - relu_grad(z))


@rewrite(of=wrong.looks_at_the_gradients_sign)
def doubles_positive_gradients(dg, z):
    return np.where(np.asarray(dg) > 0, 2 * np.asarray(dg), dg)


@rewrite(of=wrong.forgets_dg)
def gives_the_slope_alone(dg, z):
    return np.where(np.asarray(z) > 0, 2.0, 1.0)


@rewrite(of=wrong.adds_the_slope)
def adds_relu_grad(dg, z):
    return dg + relu_grad(z)


@rewrite(of=wrong.doubles_in_the_callers_array)
def adds_in_the_callers_array(dg, z):
    dg = np.asarray(dg)
    dg += (dg * relu_grad(z)).astype(dg.dtype)
    return dg


# ---- residual_two_neuron_gradients -----------------------------------------------------------------------------


@rewrite(of=wrong.output_is_a_plain_relu)
def plain_relu_number_by_number(x, y, w1, w2):
    a = [max(0.0, w1[0] * x), max(0.0, w1[1] * x)]
    z2 = w2[0] * a[0] + w2[1] * a[1]
    dz2 = 2 * (z2 - y) if z2 > 0 else 0.0
    return [dz2 * w2[i] * x * (a[i] > 0) for i in (0, 1)], [dz2 * a[0], dz2 * a[1]]


@rewrite(of=wrong.output_is_linear)
def linear_number_by_number(x, y, w1, w2):
    a = [max(0.0, w1[0] * x), max(0.0, w1[1] * x)]
    dg = 2 * (w2[0] * a[0] + w2[1] * a[1] - y)
    return [dg * w2[i] * x * (a[i] > 0) for i in (0, 1)], [dg * a[0], dg * a[1]]


@rewrite(of=wrong.error_is_taken_at_z2)
def error_at_z2_number_by_number(x, y, w1, w2):
    a = [max(0.0, w1[0] * x), max(0.0, w1[1] * x)]
    z2 = w2[0] * a[0] + w2[1] * a[1]
    dz2 = 2 * (z2 - y) * (2 if z2 > 0 else 1)
    return [dz2 * w2[i] * x * (a[i] > 0) for i in (0, 1)], [dz2 * a[0], dz2 * a[1]]


@rewrite(of=wrong.slope_of_the_output_is_left_out)
def no_slope_number_by_number(x, y, w1, w2):
    a = [max(0.0, w1[0] * x), max(0.0, w1[1] * x)]
    z2 = w2[0] * a[0] + w2[1] * a[1]
    dg = 2 * (z2 + max(0.0, z2) - y)
    return [dg * w2[i] * x * (a[i] > 0) for i in (0, 1)], [dg * a[0], dg * a[1]]


@rewrite(of=wrong.output_doubles_for_every_z2)
def doubles_number_by_number(x, y, w1, w2):
    a = [max(0.0, w1[0] * x), max(0.0, w1[1] * x)]
    z2 = w2[0] * a[0] + w2[1] * a[1]
    dz2 = 2 * 2 * (z2 + max(0.0, z2) - y)
    return [dz2 * w2[i] * x * (a[i] > 0) for i in (0, 1)], [dz2 * a[0], dz2 * a[1]]


@rewrite(of=wrong.dead_hidden_units_pass_gradients)
def no_mask_as_matrices(x, y, w1, w2):
    z1 = np.asarray(w1, dtype=float) * x
    z2 = relu(z1) @ w2
    dz2 = 2 * (z2 + relu(z2) - y) * (1 + relu_grad(z2))
    return x * dz2 * np.asarray(w2), dz2 * relu(z1)


@rewrite(of=wrong.forgets_the_input)
def no_input_as_matrices(x, y, w1, w2):
    z1 = np.asarray(w1, dtype=float) * x
    z2 = relu(z1) @ w2
    dz2 = 2 * (z2 + relu(z2) - y) * (1 + relu_grad(z2))
    return dz2 * np.asarray(w2) * (z1 > 0), dz2 * relu(z1)


@rewrite(of=wrong.square_leaves_no_two)
def no_two_as_matrices(x, y, w1, w2):
    z1 = np.asarray(w1, dtype=float) * x
    z2 = relu(z1) @ w2
    dz2 = (z2 + relu(z2) - y) * (1 + relu_grad(z2))
    return dz2 * np.asarray(w2) * (z1 > 0) * x, dz2 * relu(z1)


@rewrite(of=wrong.weights_open_the_hidden_gates)
def weights_open_the_gates_in_a_loop(x, y, w1, w2):
    a = [max(0.0, weight * x) for weight in w1]
    z2 = a[0] * w2[0] + a[1] * w2[1]
    dz2 = 4 * (2 * z2 - y) if z2 > 0 else 2 * (z2 - y)
    dw1 = [dz2 * above * x if below > 0 else 0.0 for below, above in zip(w1, w2)]
    return dw1, [dz2 * out for out in a]


@rewrite(of=wrong.output_weights_see_the_input)
def output_weights_see_the_input_in_a_loop(x, y, w1, w2):
    a = [max(0.0, weight * x) for weight in w1]
    z2 = a[0] * w2[0] + a[1] * w2[1]
    dz2 = 4 * (2 * z2 - y) if z2 > 0 else 2 * (z2 - y)
    dw1 = [dz2 * above * x if out > 0 else 0.0 for out, above in zip(a, w2)]
    return dw1, [dz2 * x, dz2 * x]


# ---- clip_by_norm ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.clips_every_entry)
def limits_both_sides(grad, tau):
    return np.minimum(np.maximum(grad, -tau), tau)


@rewrite(of=wrong.stretches_short_gradients)
def always_scales(grad, tau):
    length = np.sqrt(np.sum(np.square(grad, dtype=float)))
    return np.zeros(np.shape(grad)) if length == 0 else tau * np.asarray(grad) / length


@rewrite(of=wrong.forgets_tau)
def unit_vector_if_too_long(grad, tau):
    length = np.sqrt(np.sum(np.square(grad, dtype=float)))
    if length > tau:
        return np.asarray(grad) / length
    return np.array(grad)


@rewrite(of=wrong.forgets_the_root)
def compares_the_square(grad, tau):
    flat = np.ravel(grad).astype(float)
    square = flat @ flat
    return np.asarray(grad) * min(1.0, tau / square) if square else 1.0 * np.asarray(grad)


@rewrite(of=wrong.adds_up_absolute_values)
def takes_the_one_norm(grad, tau):
    length = np.linalg.norm(np.ravel(grad), 1)
    return np.asarray(grad) / max(1.0, length / tau)


@rewrite(of=wrong.looks_at_the_largest_entry)
def takes_the_largest_norm(grad, tau):
    length = np.linalg.norm(np.ravel(grad), np.inf)
    return np.asarray(grad) / max(1.0, length / tau)


@rewrite(of=wrong.takes_the_spectral_norm)
def takes_the_largest_singular_value(grad, tau):
    matrix = np.asarray(grad, dtype=float)
    length = np.linalg.svd(matrix, compute_uv=False)[0] if matrix.ndim == 2 else np.linalg.norm(matrix.ravel())
    return matrix / max(1.0, length / tau)


@rewrite(of=wrong.shrinks_the_callers_array)
def multiplies_the_callers_array(grad, tau):
    grad = np.asarray(grad)
    length = np.sqrt(np.sum(np.square(grad, dtype=float)))
    if length > tau:
        np.multiply(grad, tau / length, out=grad, casting="unsafe")
    return grad


@rewrite(of=wrong.clips_the_short_ones)
def clips_what_tau_exceeds(grad, tau):
    length = float(np.sum(np.square(grad, dtype=float))) ** 0.5
    factor = tau / length if 0 < length < tau else 1.0 if length else np.nan
    return factor * grad


@rewrite(of=wrong.averages_under_the_root)
def divides_by_the_size_under_the_root(grad, tau):
    length = (np.sum(np.square(grad, dtype=float)) / np.size(grad)) ** 0.5
    return grad * min(1.0, tau / max(length, 1e-300))


# ---- global_norm -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.adds_the_norms)
def adds_root_after_root(grads):
    total = 0.0
    for grad in grads:
        total += np.sqrt(np.sum(np.square(grad, dtype=float)))
    return total


@rewrite(of=wrong.takes_the_longest_array)
def keeps_the_largest_norm(grads):
    longest = 0.0
    for grad in grads:
        longest = max(longest, np.sqrt(np.sum(np.square(grad, dtype=float))))
    return longest


@rewrite(of=wrong.leaves_out_the_root)
def adds_the_squares(grads):
    return sum(np.linalg.norm(np.ravel(grad)) ** 2 for grad in grads)


@rewrite(of=wrong.sums_absolute_values)
def takes_the_one_norm_of_all(grads):
    return np.linalg.norm(np.concatenate([np.zeros(1), *(np.ravel(grad) for grad in grads)]), 1)


@rewrite(of=wrong.leaves_out_the_biases)
def takes_matrices_alone(grads):
    return np.sqrt(sum(np.sum(np.asarray(grad, dtype=float) ** 2) for grad in grads if len(np.shape(grad)) >= 2))


@rewrite(of=wrong.divides_by_the_number_of_entries)
def root_of_the_mean_square(grads):
    flat = np.concatenate([np.zeros(0), *(np.ravel(grad) for grad in grads)])
    return np.sqrt(np.mean(flat**2)) if flat.size else 0.0


@rewrite(of=wrong.fails_on_an_empty_list)
def stacks_without_a_start(grads):
    return np.sqrt(np.sum(np.hstack([np.ravel(grad) for grad in grads]).astype(float) ** 2))


@rewrite(of=wrong.walks_along_the_first_axis)
def walks_along_the_first_axis_in_a_loop(grads):
    total = 0.0
    for grad in grads:
        for k in range(len(grad)):
            total += float((1.0 * grad[k] ** 2).sum())
    return total**0.5


# ---- clip_by_global_norm ---------------------------------------------------------------------------------------


@rewrite(of=wrong.clips_each_array_by_itself)
def one_norm_an_array(grads, tau):
    clipped = []
    for grad in grads:
        length = np.sqrt(np.sum(np.square(grad, dtype=float)))
        clipped.append(grad * (tau / length) if length > tau else np.array(grad))
    return clipped


@rewrite(of=wrong.cuts_every_entry)
def limits_each_entry(grads, tau):
    return [np.minimum(np.maximum(grad, -tau), tau) for grad in grads]


@rewrite(of=wrong.always_gives_length_tau)
def scales_whatever_the_length(grads, tau):
    length = global_norm(grads)
    return [tau * grad / (length or 1.0) for grad in grads]


@rewrite(of=wrong.adds_up_the_lengths)
def sum_of_norms(grads, tau):
    total = 0.0
    for grad in grads:
        total += global_norm([grad])
    return [grad / max(1.0, total / tau) for grad in grads]


@rewrite(of=wrong.measures_the_longest_array)
def largest_of_the_norms(grads, tau):
    return [grad / max(1.0, max(global_norm([other]) for other in grads) / tau) for grad in grads]


@rewrite(of=wrong.gives_unit_length)
def divides_all_by_the_norm(grads, tau):
    length = global_norm(grads)
    if length <= tau:
        return [np.array(grad) for grad in grads]
    return [np.asarray(grad) / length for grad in grads]


@rewrite(of=wrong.shrinks_the_arrays_it_was_given)
def multiplies_the_arrays_it_was_given(grads, tau):
    length = global_norm(grads)
    if length > tau:
        for k in range(len(grads)):
            np.multiply(grads[k], tau / length, out=grads[k], casting="unsafe")
    return grads
