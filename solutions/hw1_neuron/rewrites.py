"""The wrong answers of homework 1 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.activations import logistic, relu
from nnref.neuron import neuron_grad, neuron_step
from solutions.hw1_neuron import wrong

# ---- threshold ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.is_off_at_exactly_zero)
def is_off_at_exactly_zero_as_heaviside(z):
    return np.heaviside(z, 0.0)


@rewrite(of=wrong.answers_minus_one_for_off)
def answers_minus_one_for_off_by_formula(z):
    return 2.0 * (np.asarray(z) >= 0) - 1


@rewrite(of=wrong.gives_the_sign_of_z)
def gives_the_sign_of_z_by_masks(z):
    return 1.0 * (np.asarray(z) > 0) - 1.0 * (np.asarray(z) < 0)


@rewrite(of=wrong.is_the_wrong_way_round)
def is_the_wrong_way_round_by_formula(z):
    return 1.0 - (np.asarray(z) >= 0)


@rewrite(of=wrong.waits_for_one_half)
def waits_for_one_half_as_heaviside(z):
    return np.heaviside(np.asarray(z) - 0.5, 1.0)


@rewrite(of=wrong.rises_as_a_ramp)
def rises_as_a_ramp_by_two_bounds(z):
    return np.minimum(np.maximum(z, 0.0), 1.0)


@rewrite(of=wrong.decides_for_the_whole_array)
def decides_for_the_whole_array_by_its_minimum(z):
    return np.ones(np.shape(z)) if np.min(z) >= 0 else np.zeros(np.shape(z))


@rewrite(of=wrong.cannot_take_a_plain_number)
def cannot_take_a_plain_number_in_a_list(z):
    return [1.0 if one >= 0 else 0.0 for one in z]


@rewrite(of=wrong.writes_its_answer_into_z)
def writes_its_answer_into_z_with_copyto(z):
    z = np.asarray(z)
    np.copyto(z, z >= 0, casting="unsafe")
    return z


# ---- logistic -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_minus)
def forgets_the_minus_through_tanh(z):
    return 0.5 - 0.5 * np.tanh(np.asarray(z) / 2)


@rewrite(of=wrong.forgets_the_brackets)
def forgets_the_brackets_in_short(z):
    return 1 + np.exp(np.negative(z))


@rewrite(of=wrong.gives_tanh)
def gives_tanh_by_formula(z):
    return 2 / (1 + np.exp(-2.0 * np.asarray(z))) - 1


@rewrite(of=wrong.shifts_tanh_without_stretching_it)
def shifts_tanh_without_stretching_it_by_formula(z):
    return 1 / (1 + np.exp(-2.0 * np.asarray(z)))


@rewrite(of=wrong.uses_powers_of_two)
def uses_powers_of_two_with_exp2(z):
    return 1 / (1 + np.exp2(-np.asarray(z, dtype=float)))


@rewrite(of=wrong.is_a_straight_ramp)
def is_a_straight_ramp_by_two_bounds(z):
    return np.maximum(0.0, np.minimum(1.0, (np.asarray(z) + 2) / 4))


@rewrite(of=wrong.divides_by_the_sum_of_the_array)
def divides_by_the_sum_of_the_array_with_logaddexp(z):
    return np.exp(z - np.logaddexp.reduce(np.ravel(z)))


@rewrite(of=wrong.clips_too_early)
def clips_too_early_by_two_bounds(z):
    return 0.5 + 0.5 * np.tanh(np.minimum(np.maximum(z, -6), 6) / 2)


@rewrite(of=wrong.divides_infinity_by_infinity)
def divides_infinity_by_infinity_by_a_power(z):
    e = np.exp(z)
    return e * (1 + e) ** -1.0


@rewrite(of=wrong.keeps_whole_numbers_whole)
def keeps_whole_numbers_whole_with_astype(z):
    return (1 / (1 + np.exp(-np.asarray(z)))).astype(np.asarray(z).dtype)


@rewrite(of=wrong.changes_z_on_the_way)
def changes_z_on_the_way_with_out(z):
    z = np.asarray(z)
    np.negative(z, out=z)
    return 0.5 - 0.5 * np.tanh(z / 2)


@rewrite(of=wrong.takes_its_type_from_the_first_entry)
def takes_its_type_from_the_first_entry_in_a_list(z):
    values = [0 if one < -700 else 1 / (1 + np.exp(-one)) for one in np.ravel(z)]
    return np.array(values).astype(np.asarray(values[0]).dtype).reshape(np.shape(z))


# ---- relu -----------------------------------------------------------------------------------------------------


@rewrite(of=wrong.switches_on_and_off)
def switches_on_and_off_as_heaviside(z):
    return np.heaviside(z, 0.0)


@rewrite(of=wrong.takes_the_size_of_z)
def takes_the_size_of_z_by_root_of_square(z):
    return np.sqrt(np.square(z))


@rewrite(of=wrong.keeps_the_negative_half)
def keeps_the_negative_half_by_mask(z):
    return np.where(np.asarray(z) < 0, z, 0.0)


@rewrite(of=wrong.leaks_a_little)
def leaks_a_little_as_a_maximum(z):
    return np.maximum(z, 0.01 * np.asarray(z))


@rewrite(of=wrong.is_capped_at_six)
def is_capped_at_six_by_two_bounds(z):
    return np.minimum(np.maximum(z, 0.0), 6.0)


@rewrite(of=wrong.is_rounded_at_the_corner)
def is_rounded_at_the_corner_by_its_tail(z):
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


@rewrite(of=wrong.gives_one_number_for_all)
def gives_one_number_for_all_with_maximum(z):
    return np.maximum(0.0, np.max(z))


@rewrite(of=wrong.cannot_take_one_number)
def cannot_take_one_number_by_its_method(z):
    return z.clip(0)


@rewrite(of=wrong.clears_entries_of_z_itself)
def clears_entries_of_z_itself_with_out(z):
    z = np.asarray(z)
    return np.maximum(z, 0, out=z)


@rewrite(of=wrong.makes_all_whole_if_the_first_is_negative)
def makes_all_whole_if_the_first_is_negative_in_a_list(z):
    values = [one if one > 0 else 0 for one in np.ravel(z)]
    return np.array(values).astype(np.asarray(values[0]).dtype).reshape(np.shape(z))


@rewrite(of=wrong.divides_by_the_size_of_zero)
def divides_by_the_size_of_zero_by_the_sign(z):
    z = np.asarray(z, dtype=float)
    return z * np.maximum(z / np.abs(z), 0.0)


# ---- softplus -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.mirrors_z)
def mirrors_z_by_its_tail(z):
    return np.maximum(-np.asarray(z), 0.0) + np.log1p(np.exp(-np.abs(z)))


@rewrite(of=wrong.has_a_corner)
def has_a_corner_by_formula(z):
    return (np.abs(z) + z) / 2


@rewrite(of=wrong.uses_another_logarithm)
def uses_another_logarithm_with_logaddexp2(z):
    return np.logaddexp2(0.0, np.asarray(z) / np.log(2))


@rewrite(of=wrong.loses_the_tail_above_zero)
def loses_the_tail_above_zero_with_logaddexp(z):
    return np.where(np.asarray(z) > 0, z, np.logaddexp(0.0, z))


@rewrite(of=wrong.gives_its_slope)
def gives_its_slope_by_formula(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


@rewrite(of=wrong.overflows_at_a_thousand)
def overflows_at_a_thousand_with_log1p(z):
    return np.log1p(np.exp(z))


@rewrite(of=wrong.clips_z_too_low)
def clips_z_too_low_with_minimum(z):
    return np.logaddexp(0.0, np.minimum(z, 500))


@rewrite(of=wrong.gives_up_the_curve_at_eight)
def gives_up_the_curve_at_eight_by_its_tail(z):
    size = np.abs(z)
    return np.maximum(z, 0.0) + np.where(size > 8, 0.0, np.log1p(np.exp(-size)))


@rewrite(of=wrong.rounds_whole_numbers_down)
def rounds_whole_numbers_down_with_astype(z):
    return np.logaddexp(0.0, z).astype(np.asarray(z).dtype)


@rewrite(of=wrong.overwrites_z)
def overwrites_z_with_out(z):
    result, z = np.logaddexp(0.0, z), np.asarray(z)
    np.maximum(z, 0, out=z)
    return result


@rewrite(of=wrong.gives_up_the_curve_at_five)
def gives_up_the_curve_at_five_by_its_tail(z):
    z = np.asarray(z, dtype=float)
    return z + np.where(z > 5, 0.0, np.logaddexp(0.0, -z))


@rewrite(of=wrong.subtracts_one_maximum_from_all)
def subtracts_one_maximum_from_all_with_a_stack(z):
    top = np.max(z)
    terms = np.stack([np.full(np.shape(z), -top), np.asarray(z) - top])
    return np.log(np.exp(terms).sum(axis=0)) + top


# ---- logistic_grad --------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_z_for_the_output)
def takes_z_for_the_output_by_formula(z):
    return np.asarray(z) - np.square(z)


@rewrite(of=wrong.takes_the_slope_at_the_output)
def takes_the_slope_at_the_output_by_formula(z):
    e = np.exp(-logistic(z))
    return e / (1 + e) ** 2


@rewrite(of=wrong.uses_the_rule_of_tanh)
def uses_the_rule_of_tanh_by_two_factors(z):
    return (1 - logistic(z)) * (1 + logistic(z))


@rewrite(of=wrong.gives_the_output_itself)
def gives_the_output_itself_through_tanh(z):
    return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)


@rewrite(of=wrong.has_the_wrong_sign)
def has_the_wrong_sign_by_a_square(z):
    return logistic(z) ** 2 - logistic(z)


@rewrite(of=wrong.squares_one_minus_the_output)
def squares_one_minus_the_output_mirrored(z):
    return logistic(-np.asarray(z)) ** 2


@rewrite(of=wrong.is_as_steep_everywhere)
def is_as_steep_everywhere_with_ones(z):
    return np.ones(np.shape(z)) / 4


@rewrite(of=wrong.divides_infinities_on_the_left)
def divides_infinities_on_the_left_written_out(z):
    e = np.exp(-np.asarray(z))
    return e / (1 + 2 * e + e * e)


@rewrite(of=wrong.adds_up_the_slopes)
def adds_up_the_slopes_as_a_product(z):
    a = np.ravel(logistic(z))
    return a @ (1 - a)


@rewrite(of=wrong.rounds_slopes_of_whole_numbers)
def rounds_slopes_of_whole_numbers_with_astype(z):
    return np.asarray(logistic(z) * (1 - logistic(z))).astype(np.asarray(z).dtype)


@rewrite(of=wrong.turns_z_into_the_output)
def turns_z_into_the_output_with_copyto(z):
    a = logistic(z)
    np.copyto(np.asarray(z), a, casting="unsafe")
    return a - a * a


# ---- softplus_grad --------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_inner_slope)
def forgets_the_inner_slope_through_logistic(z):
    return logistic(-np.asarray(z))


@rewrite(of=wrong.forgets_the_outer_slope)
def forgets_the_outer_slope_by_a_power(z):
    return np.e ** np.asarray(z, dtype=float)


@rewrite(of=wrong.jumps_like_the_slope_of_relu)
def jumps_like_the_slope_of_relu_as_heaviside(z):
    return np.heaviside(z, 0.0)


@rewrite(of=wrong.differentiates_once_too_often)
def differentiates_once_too_often_by_a_square(z):
    return logistic(z) - logistic(z) ** 2


@rewrite(of=wrong.gives_softplus_itself)
def gives_softplus_itself_with_logaddexp(z):
    return np.logaddexp(0.0, z)


@rewrite(of=wrong.is_shifted_to_between_minus_one_and_one)
def is_shifted_to_between_minus_one_and_one_through_logistic(z):
    return 2 * logistic(z) - 1


@rewrite(of=wrong.has_infinity_above_and_below)
def has_infinity_above_and_below_by_a_power(z):
    e = np.exp(z)
    return e * (1 + e) ** -1.0


@rewrite(of=wrong.averages_the_slopes)
def averages_the_slopes_by_a_sum(z):
    return np.sum(logistic(z)) / np.size(z)


@rewrite(of=wrong.makes_slopes_whole)
def makes_slopes_whole_with_astype(z):
    return np.asarray(logistic(z)).astype(np.asarray(z).dtype)


@rewrite(of=wrong.negates_z_in_place)
def negates_z_in_place_with_out(z):
    z = np.asarray(z)
    np.negative(z, out=z)
    return logistic(-z)


@rewrite(of=wrong.is_straight_beyond_five)
def is_straight_beyond_five_as_a_maximum(z):
    return np.maximum(logistic(z), np.asarray(z) > 5)


# ---- tanh_grad ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_square)
def forgets_the_square_through_logistic(z):
    return 2 * logistic(-2 * np.asarray(z))


@rewrite(of=wrong.squares_z_in_place_of_the_output)
def squares_z_in_place_of_the_output_by_two_factors(z):
    return (1 - np.asarray(z)) * (1 + np.asarray(z))


@rewrite(of=wrong.uses_the_rule_of_the_logistic)
def uses_the_rule_of_the_logistic_by_a_square(z):
    return np.tanh(z) - np.tanh(z) ** 2


@rewrite(of=wrong.adds_the_square)
def adds_the_square_through_cosh(z):
    return 2 - 1 / np.cosh(z) ** 2


@rewrite(of=wrong.turns_the_sign_round)
def turns_the_sign_round_by_two_factors(z):
    return (np.tanh(z) - 1) * (np.tanh(z) + 1)


@rewrite(of=wrong.takes_tanh_twice)
def takes_tanh_twice_through_cosh(z):
    return 1 / np.cosh(np.tanh(z)) ** 2


@rewrite(of=wrong.breaks_on_large_exponents)
def breaks_on_large_exponents_by_two_factors(z):
    up, down = np.exp(z), np.exp(-np.asarray(z))
    a = (up - down) / (up + down)
    return (1 - a) * (1 + a)


@rewrite(of=wrong.gives_the_largest_slope)
def gives_the_largest_slope_by_the_smallest_square(z):
    return 1 - np.min(np.tanh(z) ** 2)


@rewrite(of=wrong.writes_into_whole_numbers)
def writes_into_whole_numbers_with_astype(z):
    return np.asarray(1 - np.tanh(z) ** 2).astype(np.asarray(z).dtype)


@rewrite(of=wrong.puts_tanh_into_z)
def puts_tanh_into_z_with_copyto(z):
    a = np.tanh(z)
    np.copyto(np.asarray(z), a, casting="unsafe")
    return (1 - a) * (1 + a)


# ---- squared_error --------------------------------------------------------------------------------------------


@rewrite(of=wrong.halves_the_error)
def halves_the_error_with_vdot(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    return np.vdot(errors, errors) / len(errors) / 2


@rewrite(of=wrong.adds_up_the_examples)
def adds_up_the_examples_as_a_product(g, y):
    errors = np.ravel(np.subtract(g, y))
    return errors @ errors


@rewrite(of=wrong.takes_sizes_in_place_of_squares)
def takes_sizes_in_place_of_squares_as_a_norm(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    return np.linalg.norm(errors.ravel(), 1) / len(errors)


@rewrite(of=wrong.takes_the_root_at_the_end)
def takes_the_root_at_the_end_as_a_norm(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    return np.linalg.norm(errors) / np.sqrt(len(errors))


@rewrite(of=wrong.squares_the_mean_error)
def squares_the_mean_error_with_vdot(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    mean = np.sum(errors, axis=0) / len(errors)
    return np.vdot(mean, mean)


@rewrite(of=wrong.insists_on_rows_of_outputs)
def insists_on_rows_of_outputs_in_a_loop(g, y):
    losses = [row @ row for row in g - y]
    return sum(losses) / len(losses)


@rewrite(of=wrong.asks_for_the_length_of_a_number)
def asks_for_the_length_of_a_number_with_vdot(g, y):
    return np.vdot(g - y, g - y) / len(y)


@rewrite(of=wrong.averages_over_the_outputs_too)
def averages_over_the_outputs_too_as_a_product(g, y):
    errors = np.ravel(np.subtract(g, y))
    return errors @ errors / errors.size


@rewrite(of=wrong.averages_outputs_and_adds_examples)
def averages_outputs_and_adds_examples_by_a_shape(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    return np.sum(errors * errors) / errors.shape[-1]


@rewrite(of=wrong.looks_at_the_first_output_only)
def looks_at_the_first_output_only_by_columns(g, y):
    errors = np.atleast_1d(np.subtract(g, y))
    first = errors if errors.ndim == 1 else errors.T[0]
    return first @ first / len(first)


@rewrite(of=wrong.subtracts_in_place)
def subtracts_in_place_with_out(g, y):
    g = np.asarray(g)
    np.subtract(g, y, out=g)
    return np.vdot(g, g) / len(np.atleast_1d(g))


# ---- log_loss -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.gives_a_gain)
def gives_a_gain_by_choosing(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - p)))


@rewrite(of=wrong.counts_in_bits)
def counts_in_bits_by_choosing(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - p))) / np.log(2)


@rewrite(of=wrong.forgets_the_label_zero)
def forgets_the_label_zero_by_choosing(p, y):
    return -np.mean(np.where(np.asarray(y) == 1, np.log(np.maximum(p, 1e-12)), 0.0))


@rewrite(of=wrong.forgets_one_minus_the_label)
def forgets_one_minus_the_label_by_two_means(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(np.where(np.asarray(y) == 1, np.log(p), 0.0)) - np.mean(np.log(1 - p))


@rewrite(of=wrong.exchanges_the_labels)
def exchanges_the_labels_by_choosing(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(np.log(np.where(np.asarray(y) == 1, 1 - p, p)))


@rewrite(of=wrong.adds_up_all_examples)
def adds_up_all_examples_by_choosing(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(np.log(np.where(np.asarray(y) == 1, p, 1 - p)))


@rewrite(of=wrong.squares_the_difference)
def squares_the_difference_as_a_product(p, y):
    errors = np.ravel(p - np.asarray(y, dtype=float))
    return errors @ errors / errors.size


@rewrite(of=wrong.takes_labels_for_minus_one_and_one)
def takes_labels_for_minus_one_and_one_with_logaddexp(p, y):
    return np.mean(np.logaddexp(0.0, -np.asarray(y, dtype=float) * p))


@rewrite(of=wrong.multiplies_zero_by_infinity)
def multiplies_zero_by_infinity_by_two_means(p, y):
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p)) - np.mean((1 - y) * np.log(1 - p))


@rewrite(of=wrong.adds_too_much_to_each_probability)
def adds_too_much_to_each_probability_by_choosing(p, y):
    p = np.asarray(p, dtype=float)
    return -np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - p) + 1e-7))


@rewrite(of=wrong.forgives_certain_mistakes)
def forgives_certain_mistakes_by_replacing(p, y):
    right = np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))
    return -np.mean(np.log(np.where(right > 0, right, 1.0)))


@rewrite(of=wrong.clips_below_a_thousandth)
def clips_below_a_thousandth_by_choosing(p, y):
    right = np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))
    return -np.mean(np.log(np.minimum(np.maximum(right, 1e-3), 1 - 1e-3)))


@rewrite(of=wrong.clips_in_place)
def clips_in_place_with_out(p, y):
    p = np.asarray(p, dtype=float)
    np.subtract(1, p, out=p, where=np.asarray(y) != 1)
    return -np.mean(np.log(np.maximum(p, 1e-300)))


@rewrite(of=wrong.gives_a_gain_without_limit)
def gives_a_gain_without_limit_in_a_list(p, y):
    right = [one if label == 1 else 1 - one for one, label in zip(np.ravel(p), np.ravel(y))]
    return np.mean(np.log(right))


@rewrite(of=wrong.counts_in_bits_without_limit)
def counts_in_bits_without_limit_in_a_list(p, y):
    right = [one if label == 1 else 1 - one for one, label in zip(np.ravel(p), np.ravel(y))]
    return -np.mean(np.log(right)) / np.log(2)


@rewrite(of=wrong.adds_up_without_limit)
def adds_up_without_limit_in_a_list(p, y):
    right = [one if label == 1 else 1 - one for one, label in zip(np.ravel(p), np.ravel(y))]
    return -np.log(right).sum()


@rewrite(of=wrong.exchanges_the_labels_without_limit)
def exchanges_the_labels_without_limit_in_a_list(p, y):
    wrong_ones = [1 - one if label == 1 else one for one, label in zip(np.ravel(p), np.ravel(y))]
    return -np.mean(np.log(wrong_ones))


@rewrite(of=wrong.averages_each_label_by_itself)
def averages_each_label_by_itself_in_a_loop(p, y):
    p, y, total = np.atleast_1d(p), np.atleast_1d(y), 0.0
    for label in (0, 1):
        if np.any(y == label):
            total -= np.mean(np.log(np.abs(1 - label - p[y == label])))
    return total


@rewrite(of=wrong.takes_the_logarithm_of_the_mean)
def takes_the_logarithm_of_the_mean_in_a_list(p, y):
    right = [one if label == 1 else 1 - one for one, label in zip(np.ravel(p), np.ravel(y))]
    return -np.log(sum(right) / len(right))


@rewrite(of=wrong.drops_what_is_nan)
def drops_what_is_nan_by_mask(p, y):
    p, y = np.atleast_1d(np.asarray(p, dtype=float)), np.asarray(y, dtype=float)
    gains = y * np.log(p) + (1 - y) * np.log(1 - p)
    return -np.mean(gains[~np.isnan(gains)])


@rewrite(of=wrong.never_charges_more_than_twenty)
def never_charges_more_than_twenty_with_clip(p, y):
    right = np.abs(1 - np.asarray(y, dtype=float) - p)
    return np.mean(np.clip(-np.log(right), None, 20))


@rewrite(of=wrong.clips_certain_answers_in_place)
def clips_certain_answers_in_place_by_two_bounds(p, y):
    p = np.asarray(p, dtype=float)
    p[...] = np.minimum(np.maximum(p, 1e-12), 1 - 1e-12)
    return -np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - p)))


# ---- hinge_loss -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.asks_for_no_margin)
def asks_for_no_margin_with_clip(f, y):
    return np.mean(np.clip(-np.multiply(f, y), 0.0, None))


@rewrite(of=wrong.rewards_large_margins)
def rewards_large_margins_by_the_mean(f, y):
    return 1.0 - np.mean(np.multiply(f, y))


@rewrite(of=wrong.cuts_off_after_the_mean)
def cuts_off_after_the_mean_by_the_mean(f, y):
    return max(0.0, 1.0 - np.mean(np.multiply(f, y)))


@rewrite(of=wrong.expects_labels_zero_and_one)
def expects_labels_zero_and_one_written_out(f, y):
    return np.mean(np.clip(1 + f - 2 * np.multiply(f, y), 0.0, None))


@rewrite(of=wrong.punishes_right_answers)
def punishes_right_answers_with_clip(f, y):
    return np.mean(np.clip(1 + np.multiply(f, y), 0.0, None))


@rewrite(of=wrong.squares_the_gap)
def squares_the_gap_as_a_product(f, y):
    gaps = np.ravel(np.maximum(0.0, 1 - np.multiply(f, y)))
    return gaps @ gaps / gaps.size


@rewrite(of=wrong.looks_at_the_sign_only)
def looks_at_the_sign_only_without_a_cut(f, y):
    return np.mean(1 - np.sign(np.multiply(f, y)))


@rewrite(of=wrong.adds_up_the_gaps)
def adds_up_the_gaps_in_a_loop(f, y):
    return sum(max(0.0, 1 - one * label) for one, label in zip(np.ravel(f), np.ravel(y)))


@rewrite(of=wrong.caps_the_loss_at_one)
def caps_the_loss_at_one_by_two_bounds(f, y):
    return np.mean(np.minimum(1.0, np.maximum(0.0, 1 - np.multiply(f, y))))


@rewrite(of=wrong.multiplies_in_place)
def multiplies_in_place_with_out(f, y):
    f = np.asarray(f)
    np.multiply(f, y, out=f)
    return np.mean(np.clip(1 - f, 0, None))


@rewrite(of=wrong.averages_over_the_bad_ones_only)
def averages_over_the_bad_ones_only_in_a_list(f, y):
    gaps = [1 - one * label for one, label in zip(np.ravel(f), np.ravel(y))]
    bad = [gap for gap in gaps if gap > 0]
    return sum(bad) / len(bad) if bad else 0.0


# ---- perceptron_loss ------------------------------------------------------------------------------------------


@rewrite(of=wrong.expects_labels_minus_one_and_one)
def expects_labels_minus_one_and_one_by_choosing(w, x, y):
    return np.mean(np.where(np.asarray(y) == 1, np.maximum(0.0, -np.dot(x, w)), 0.0))


@rewrite(of=wrong.turns_the_labels_round)
def turns_the_labels_round_by_choosing(w, x, y):
    z = np.dot(x, w)
    return np.mean(np.where(np.asarray(y) == 1, np.maximum(z, 0.0), np.maximum(-z, 0.0)))


@rewrite(of=wrong.lets_losses_be_negative)
def lets_losses_be_negative_by_two_means(w, x, y):
    z = np.dot(x, w)
    return np.mean(z) - 2 * np.mean(y * z)


@rewrite(of=wrong.counts_mistakes)
def counts_mistakes_by_choosing(w, x, y):
    z = np.dot(x, w)
    return np.mean(np.where(np.asarray(y) == 1, z < 0, z > 0))


@rewrite(of=wrong.takes_the_first_weight_for_a_bias)
def takes_the_first_weight_for_a_bias_by_products(w, x, y):
    z = w[0] + np.sum(x[..., 1:] * w[1:], axis=-1)
    return np.mean(np.where(np.asarray(y) == 1, np.maximum(-z, 0.0), np.maximum(z, 0.0)))


@rewrite(of=wrong.demands_a_margin_of_one)
def demands_a_margin_of_one_by_choosing(w, x, y):
    z = np.dot(x, w)
    return np.mean(np.clip(np.where(np.asarray(y) == 1, 1 - z, 1 + z), 0.0, None))


@rewrite(of=wrong.adds_up_the_rows)
def adds_up_the_rows_by_choosing(w, x, y):
    z = np.dot(x, w)
    return np.sum(np.where(np.asarray(y) == 1, np.maximum(-z, 0.0), np.maximum(z, 0.0)))


@rewrite(of=wrong.lets_good_rows_pay_for_bad_ones)
def lets_good_rows_pay_for_bad_ones_by_two_means(w, x, y):
    z = np.dot(x, w)
    return max(0.0, np.mean(z) - 2 * np.mean(y * z))


@rewrite(of=wrong.adds_up_before_the_cut)
def adds_up_before_the_cut_in_two_sums(w, x, y):
    return np.mean(np.clip((1 - 2 * np.asarray(y)) * np.sum(np.dot(x, w)), 0.0, None))


@rewrite(of=wrong.meets_columns_in_place_of_rows)
def meets_columns_in_place_of_rows_transposed(w, x, y):
    return np.mean(np.clip((1 - 2 * np.asarray(y)) * (x.T @ w), 0.0, None))


@rewrite(of=wrong.makes_signs_of_the_labels_in_place)
def makes_signs_of_the_labels_in_place_with_out(w, x, y):
    y = np.asarray(y)
    np.subtract(1, 2 * y, out=y)
    return np.mean(np.clip(y * np.dot(x, w), 0.0, None))


@rewrite(of=wrong.divides_by_the_length_of_x)
def divides_by_the_length_of_x_by_choosing(w, x, y):
    z = np.dot(x, w)
    return np.sum(np.where(np.asarray(y) == 1, np.maximum(-z, 0.0), np.maximum(z, 0.0))) / np.shape(x)[0]


@rewrite(of=wrong.takes_each_product_for_a_loss)
def takes_each_product_for_a_loss_by_signs(w, x, y):
    signs = np.where(np.asarray(y) == 1, -1, 1)
    return np.mean(np.clip(np.expand_dims(signs, -1) * x * w, 0.0, None))


@rewrite(of=wrong.averages_over_the_wrong_rows_only)
def averages_over_the_wrong_rows_only_in_a_list(w, x, y):
    sums = zip(np.atleast_1d(np.dot(x, w)), np.atleast_1d(y))
    losses = [loss for loss in (-z if label == 1 else z for z, label in sums) if loss > 0]
    return sum(losses) / len(losses) if losses else 0.0


# ---- zero_one_loss --------------------------------------------------------------------------------------------


@rewrite(of=wrong.gives_the_share_of_right_answers)
def gives_the_share_of_right_answers_as_a_rest(predicted, y):
    return 1 - np.mean(np.not_equal(predicted, y))


@rewrite(of=wrong.counts_wrong_labels)
def counts_wrong_labels_by_differences(predicted, y):
    return np.count_nonzero(np.subtract(predicted, y))


@rewrite(of=wrong.measures_how_far_labels_are_apart)
def measures_how_far_labels_are_apart_as_a_norm(predicted, y):
    return np.linalg.norm(np.ravel(np.subtract(predicted, y)), 1) / np.size(y)


@rewrite(of=wrong.squares_the_distance_of_labels)
def squares_the_distance_of_labels_as_a_product(predicted, y):
    distances = np.ravel(np.subtract(predicted, y))
    return distances @ distances / distances.size


@rewrite(of=wrong.is_all_or_nothing)
def is_all_or_nothing_with_any(predicted, y):
    return float(np.any(np.not_equal(predicted, y)))


@rewrite(of=wrong.knows_two_classes_only)
def knows_two_classes_only_as_heaviside(predicted, y):
    sides = [np.heaviside(np.asarray(labels) - 0.5, 1.0) for labels in (predicted, y)]
    return np.mean(np.abs(sides[0] - sides[1]))


@rewrite(of=wrong.wants_an_array)
def wants_an_array_in_a_loop(predicted, y):
    return sum(one != label for one, label in zip(predicted, y)) / len(predicted)


@rewrite(of=wrong.compares_how_often_labels_occur)
def compares_how_often_labels_occur_in_a_loop(predicted, y):
    pairs = list(zip(sorted(np.ravel(predicted)), sorted(np.ravel(y))))
    return sum(one != label for one, label in pairs) / len(pairs)


@rewrite(of=wrong.writes_into_predicted)
def writes_into_predicted_with_copyto(predicted, y):
    predicted = np.asarray(predicted)
    mistakes = predicted != y
    np.copyto(predicted, mistakes, casting="unsafe")
    return np.mean(mistakes)


@rewrite(of=wrong.counts_labels_that_are_too_large)
def counts_labels_that_are_too_large_by_differences(predicted, y):
    return np.mean(np.subtract(predicted, y) > 0)


# ---- neuron_forward -------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_last_weight_for_the_bias)
def takes_the_last_weight_for_the_bias_by_appending(x, w):
    z = np.append(x, 1.0) @ w
    return z, logistic(z)


@rewrite(of=wrong.leaves_the_bias_out)
def leaves_the_bias_out_by_appending(x, w):
    z = np.append(0.0, x) @ w
    return z, logistic(z)


@rewrite(of=wrong.adds_the_bias_after_the_activation)
def adds_the_bias_after_the_activation_in_a_loop(x, w):
    z = sum(weight * one for weight, one in zip(w[1:], x))
    return z, logistic(z) + w[0]


@rewrite(of=wrong.subtracts_the_bias)
def subtracts_the_bias_by_appending(x, w):
    z = np.append(-1.0, x) @ w
    return z, logistic(z)


@rewrite(of=wrong.adds_one_in_place_of_the_bias)
def adds_one_in_place_of_the_bias_in_a_loop(x, w):
    z = 1.0
    for i in range(len(x)):
        z = z + w[i + 1] * x[i]
    return z, logistic(z)


@rewrite(of=wrong.returns_output_before_input)
def returns_output_before_input_as_a_list(x, w):
    z = np.append(1.0, x) @ w
    return [1 / (1 + np.exp(-z)), z]


@rewrite(of=wrong.returns_the_output_alone)
def returns_the_output_alone_by_formula(x, w):
    return 1 / (1 + np.exp(-(np.append(1.0, x) @ w)))


@rewrite(of=wrong.forgets_to_add_up)
def forgets_to_add_up_in_a_list(x, w):
    z = np.array([w[0] + weight * one for weight, one in zip(w[1:], x)])
    return z, logistic(z)


@rewrite(of=wrong.is_a_relu_neuron)
def is_a_relu_neuron_with_max(x, w):
    z = np.append(1.0, x) @ w
    return z, max(0.0, z)


@rewrite(of=wrong.weighs_x_in_place)
def weighs_x_in_place_by_writing(x, w):
    x = np.asarray(x)
    x[...] = x * w[1:].astype(x.dtype)
    z = w[0] + sum(x)
    return z, logistic(z)


@rewrite(of=wrong.averages_the_weighted_inputs)
def averages_the_weighted_inputs_by_dividing(x, w):
    z = w[0] + np.dot(w[1:], x) / len(x)
    return z, logistic(z)


@rewrite(of=wrong.divides_by_an_infinite_sum)
def divides_by_an_infinite_sum_by_a_power(x, w):
    z = np.append(1.0, x) @ w
    e = np.exp(z)
    return z, e * (1 + e) ** -1.0


@rewrite(of=wrong.adds_up_in_the_type_of_x)
def adds_up_in_the_type_of_x_with_astype(x, w):
    z = w[0] + np.sum((w[1:] * x).astype(x.dtype))
    return z, logistic(z)


# ---- linear_neuron_grad ---------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_error_the_other_way)
def takes_the_error_the_other_way_in_a_list(x, y, w):
    error = 2 * (np.dot(x, w) - y)
    return [-error * one for one in x]


@rewrite(of=wrong.drops_the_two)
def drops_the_two_by_outer_product(x, y, w):
    return np.outer(x, x) @ w - y * np.asarray(x)


@rewrite(of=wrong.stops_at_the_output)
def stops_at_the_output_in_a_list(x, y, w):
    return [2 * (np.dot(x, w) - y)] * len(x)


@rewrite(of=wrong.multiplies_by_the_weights)
def multiplies_by_the_weights_in_a_list(x, y, w):
    return [2 * (np.dot(x, w) - y) * weight for weight in w]


@rewrite(of=wrong.gives_the_bias_a_slope)
def gives_the_bias_a_slope_by_joining(x, y, w):
    error = 2 * (np.dot(x, w) - y)
    return np.concatenate([[error], error * x])


@rewrite(of=wrong.gives_the_loss)
def gives_the_loss_in_a_list(x, y, w):
    return [(np.dot(x, w) - y) ** 2 * one for one in x]


@rewrite(of=wrong.averages_over_the_weights)
def averages_over_the_weights_in_a_list(x, y, w):
    return [2 * (np.dot(x, w) - y) * one / len(x) for one in x]


@rewrite(of=wrong.treats_each_weight_alone)
def treats_each_weight_alone_in_a_list(x, y, w):
    return [2 * (weight * one - y) * one for weight, one in zip(w, x)]


@rewrite(of=wrong.forgets_the_target)
def forgets_the_target_by_outer_product(x, y, w):
    return 2 * (np.outer(x, x) @ w)


@rewrite(of=wrong.scales_x_in_place)
def scales_x_in_place_with_out(x, y, w):
    factor = np.asarray(2.0 * (np.dot(x, w) - y)).astype(x.dtype)
    return np.multiply(x, factor, out=x)


# ---- relu_neuron_grad -----------------------------------------------------------------------------------------


@rewrite(of=wrong.has_no_gate)
def has_no_gate_in_a_list(x, y, w):
    g = max(0.0, np.dot(x, w))
    return [2 * (g - y) * one for one in x]


@rewrite(of=wrong.is_still_linear)
def is_still_linear_by_outer_product(x, y, w):
    return 2 * (np.outer(x, x) @ w - y * np.asarray(x))


@rewrite(of=wrong.opens_the_gate_for_negative_z)
def opens_the_gate_for_negative_z_by_branch(x, y, w):
    return -2.0 * y * x if np.dot(x, w) < 0 else 0.0 * x


@rewrite(of=wrong.gates_each_input)
def gates_each_input_in_a_list(x, y, w):
    return [2 * (relu(np.dot(x, w)) - y) * max(0.0, one) for one in x]


@rewrite(of=wrong.forgets_the_factor_two)
def forgets_the_factor_two_by_branch(x, y, w):
    z = np.dot(x, w)
    return (z - y) * x if z > 0 else 0.0 * x


@rewrite(of=wrong.multiplies_by_the_output_too)
def multiplies_by_the_output_too_in_a_list(x, y, w):
    g = max(0.0, np.dot(x, w))
    return [2 * (g - y) * g * one for one in x]


@rewrite(of=wrong.turns_the_error_around)
def turns_the_error_around_by_branch(x, y, w):
    z = np.dot(x, w)
    return -2.0 * (z - y) * x if z > 0 else 0.0 * x


@rewrite(of=wrong.opens_the_gate_at_one)
def opens_the_gate_at_one_by_branch(x, y, w):
    z = np.dot(x, w)
    return 2.0 * (z - y) * x if z > 1 else 0.0 * x


@rewrite(of=wrong.learns_only_from_positive_errors)
def learns_only_from_positive_errors_by_branch(x, y, w):
    z = np.dot(x, w)
    return 2.0 * (z - y) * x if z > 0 and z > y else 0.0 * x


@rewrite(of=wrong.leaks_while_asleep)
def leaks_while_asleep_by_branch(x, y, w):
    z = np.dot(x, w)
    return 2.0 * (z - y) * x if z > 0 else -0.02 * y * x


@rewrite(of=wrong.multiplies_x_in_place)
def multiplies_x_in_place_by_branch(x, y, w):
    z = np.dot(x, w)
    x[...] = x * np.asarray(2.0 * (z - y) if z > 0 else 0.0).astype(x.dtype)
    return x


@rewrite(of=wrong.returns_nothing_while_asleep)
def returns_nothing_while_asleep_as_a_list(x, y, w):
    z = np.dot(x, w)
    return None if z <= 0 else [2 * (z - y) * one for one in x]


# ---- neuron_grad ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.misses_the_two)
def misses_the_two_by_the_output(x, y, w):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    return (a - y) * a * (1 - a) * inputs


@rewrite(of=wrong.misses_the_slope)
def misses_the_slope_by_the_output(x, y, w):
    inputs = np.append(1.0, x)
    return 2 * (logistic(inputs @ w) - y) * inputs


@rewrite(of=wrong.takes_the_slope_at_a)
def takes_the_slope_at_a_by_the_output(x, y, w):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    return 2 * (a - y) * logistic(a) * (1 - logistic(a)) * inputs


@rewrite(of=wrong.compares_z_with_the_target)
def compares_z_with_the_target_by_the_output(x, y, w):
    inputs = np.append(1.0, x)
    z = inputs @ w
    return 2 * (z - y) * logistic(z) * logistic(-z) * inputs


@rewrite(of=wrong.points_downhill)
def points_downhill_by_the_output(x, y, w):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    return -2 * (a - y) * a * (1 - a) * inputs


@rewrite(of=wrong.leaves_out_the_bias_weight)
def leaves_out_the_bias_weight_in_a_list(x, y, w):
    a = logistic(np.append(1.0, x) @ w)
    return [2 * (a - y) * a * (1 - a) * one for one in x]


@rewrite(of=wrong.puts_the_bias_last)
def puts_the_bias_last_in_a_list(x, y, w):
    a = logistic(np.append(1.0, x) @ w)
    return [2 * (a - y) * a * (1 - a) * one for one in (*x, 1.0)]


@rewrite(of=wrong.takes_the_bias_weight_for_its_input)
def takes_the_bias_weight_for_its_input_in_a_list(x, y, w):
    a = logistic(np.append(1.0, x) @ w)
    return [2 * (a - y) * a * (1 - a) * one for one in (w[0], *x)]


@rewrite(of=wrong.never_moves_the_bias)
def never_moves_the_bias_by_erasing(x, y, w):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    gradient = 2 * (a - y) * a * (1 - a) * inputs
    gradient[0] = 0
    return gradient


@rewrite(of=wrong.differentiates_the_log_loss)
def differentiates_the_log_loss_in_a_list(x, y, w):
    inputs = np.append(1.0, x)
    return [(logistic(inputs @ w) - y) * one for one in inputs]


@rewrite(of=wrong.scales_the_example_in_place)
def scales_the_example_in_place_by_writing(x, y, w):
    a = logistic(np.append(1.0, x) @ w)
    dz = 2 * (a - y) * a * (1 - a)
    gradient = [dz, *(dz * x)]
    x[...] = x * np.asarray(dz).astype(x.dtype)
    return gradient


@rewrite(of=wrong.rounds_the_slopes_of_whole_weights)
def rounds_the_slopes_of_whole_weights_with_astype(x, y, w):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    return (2 * (a - y) * a * (1 - a) * inputs).astype(w.dtype)


@rewrite(of=wrong.takes_z_for_the_output_in_the_slope)
def takes_z_for_the_output_in_the_slope_written_out(x, y, w):
    inputs = np.append(1.0, x)
    z = inputs @ w
    return 2 * (logistic(z) - y) * (z - z**2) * inputs


# ---- neuron_step ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.climbs)
def climbs_in_a_list(x, y, w, lr):
    return [weight + lr * slope for weight, slope in zip(w, neuron_grad(x, y, w))]


@rewrite(of=wrong.ignores_the_learning_rate)
def ignores_the_learning_rate_in_a_list(x, y, w, lr):
    return [weight - slope for weight, slope in zip(w, neuron_grad(x, y, w))]


@rewrite(of=wrong.returns_the_change_alone)
def returns_the_change_alone_in_a_list(x, y, w, lr):
    return [-lr * slope for slope in neuron_grad(x, y, w)]


@rewrite(of=wrong.doubles_the_two)
def doubles_the_two_written_out(x, y, w, lr):
    inputs = np.append(1.0, x)
    a = logistic(inputs @ w)
    return w - 4 * lr * (a - y) * a * (1 - a) * inputs


@rewrite(of=wrong.keeps_the_bias_weight)
def keeps_the_bias_weight_by_slices(x, y, w, lr):
    new = np.array(w, dtype=float)
    new[1:] -= lr * neuron_grad(x, y, w)[1:]
    return new


@rewrite(of=wrong.steps_by_a_fixed_length)
def steps_by_a_fixed_length_by_the_root(x, y, w, lr):
    gradient = neuron_grad(x, y, w)
    return w - lr * gradient / np.sqrt(gradient @ gradient)


@rewrite(of=wrong.divides_by_the_learning_rate)
def divides_by_the_learning_rate_with_divide(x, y, w, lr):
    return np.subtract(w, np.divide(neuron_grad(x, y, w), lr))


@rewrite(of=wrong.moves_one_weight_after_the_other)
def moves_one_weight_after_the_other_in_a_list(x, y, w, lr):
    new = [float(weight) for weight in w]
    for i in range(len(new)):
        new[i] -= lr * neuron_grad(x, y, np.array(new))[i]
    return new


@rewrite(of=wrong.cuts_off_whole_weights)
def cuts_off_whole_weights_with_astype(x, y, w, lr):
    return (w - lr * neuron_grad(x, y, w)).astype(w.dtype)


@rewrite(of=wrong.writes_into_the_old_weights)
def writes_into_the_old_weights_with_copyto(x, y, w, lr):
    new = w - lr * neuron_grad(x, y, w)
    np.copyto(w, new, casting="unsafe")
    return new


# ---- train_neuron ---------------------------------------------------------------------------------------------


@rewrite(of=wrong.starts_every_step_at_the_beginning)
def starts_every_step_at_the_beginning_by_the_last_index(X, y, w, lr, order):
    return neuron_step(X[order[-1]], y[order[-1]], w, lr) if len(order) else w


@rewrite(of=wrong.adds_up_steps_from_the_start)
def adds_up_steps_from_the_start_by_gradients(X, y, w, lr, order):
    return w - lr * sum(neuron_grad(X[i], y[i], w) for i in order)


@rewrite(of=wrong.takes_one_step_with_the_mean)
def takes_one_step_with_the_mean_by_a_sum(X, y, w, lr, order):
    return w - lr * sum(neuron_grad(X[i], y[i], w) for i in order) / max(1, len(order))


@rewrite(of=wrong.goes_through_all_rows)
def goes_through_all_rows_by_number(X, y, w, lr, order):
    for n in range(len(X)):
        w = neuron_step(X[n], y[n], w, lr)
    return w


@rewrite(of=wrong.counts_positions)
def counts_positions_with_enumerate(X, y, w, lr, order):
    for k, _ in enumerate(order):
        w = neuron_step(X[k % len(X)], y[k % len(X)], w, lr)
    return w


@rewrite(of=wrong.mixes_up_labels)
def mixes_up_labels_with_zip(X, y, w, lr, order):
    for i, label in zip(order, np.resize(y, len(order))):
        w = neuron_step(X[i], label, w, lr)
    return w


@rewrite(of=wrong.sorts_the_order)
def sorts_the_order_with_numpy(X, y, w, lr, order):
    for i in np.sort(order):
        w = neuron_step(X[i], y[i], w, lr)
    return w


@rewrite(of=wrong.visits_each_row_once)
def visits_each_row_once_with_a_set(X, y, w, lr, order):
    seen = set()
    for i in order:
        if int(i) not in seen:
            w = neuron_step(X[i], y[i], w, lr)
        seen.add(int(i))
    return w


@rewrite(of=wrong.leaves_out_the_last_step)
def leaves_out_the_last_step_by_number(X, y, w, lr, order):
    for k in range(len(order) - 1):
        w = neuron_step(X[order[k]], y[order[k]], w, lr)
    return w


@rewrite(of=wrong.leaves_the_loop_after_one_step)
def leaves_the_loop_after_one_step_by_the_first_index(X, y, w, lr, order):
    return neuron_step(X[order[0]], y[order[0]], w, lr) if len(order) else None


@rewrite(of=wrong.returns_all_weights_on_the_way)
def returns_all_weights_on_the_way_in_an_array(X, y, w, lr, order):
    history = np.array([w], dtype=float)
    for i in order:
        history = np.vstack([history, neuron_step(X[i], y[i], history[-1], lr)])
    return history


@rewrite(of=wrong.slows_down)
def slows_down_by_number(X, y, w, lr, order):
    for k in range(len(order)):
        w = neuron_step(X[order[k]], y[order[k]], w, lr / (k + 1))
    return w


@rewrite(of=wrong.begins_with_zeros)
def begins_with_zeros_by_product(X, y, w, lr, order):
    new = 0.0 * w
    for i in order:
        new = new - lr * neuron_grad(X[i], y[i], new)
    return new


@rewrite(of=wrong.trains_the_given_weights_in_place)
def trains_the_given_weights_in_place_with_copyto(X, y, w, lr, order):
    for i in order:
        np.copyto(w, neuron_step(X[i], y[i], w, lr), casting="unsafe")
    return w


@rewrite(of=wrong.learns_from_wrong_answers_only)
def learns_from_wrong_answers_only_by_the_sign(X, y, w, lr, order):
    for i in order:
        if (w[0] + X[i] @ w[1:] > 0) != (y[i] == 1):
            w = neuron_step(X[i], y[i], w, lr)
    return w
