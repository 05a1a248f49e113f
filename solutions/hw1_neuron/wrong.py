"""Plausible mistakes in homework 1. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.activations import logistic, logistic_grad, relu, softplus
from nnref.neuron import neuron_forward, neuron_grad, neuron_step

# ---- threshold ------------------------------------------------------------------------------------------------


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def is_off_at_exactly_zero(z):
    """Read the definition once more at one place: z exactly 0. What does it say there?"""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def answers_minus_one_for_off(z):
    """Which two answers does this unit know? Print yours for z = -2."""
    return np.where(np.asarray(z) >= 0, 1.0, -1.0)


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def gives_the_sign_of_z(z):
    """Print your answers for z = -2, 0 and 2. How many different ones should there be?"""
    return np.sign(z)


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def is_the_wrong_way_round(z):
    """A strong input, z = 5: should the unit be on or off?"""
    return np.where(np.asarray(z) < 0, 1.0, 0.0)


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def waits_for_one_half(z):
    """Move z slowly from -1 to 1. At which z does your unit switch on, and at which should it?"""
    return (np.asarray(z) >= 0.5).astype(float)


@wrong("threshold", caught_by="threshold_switches_on_at_zero")
def rises_as_a_ramp(z):
    """Try z = 0.1 and z = 0.9. Is a unit that is half on allowed here?"""
    return np.clip(z, 0.0, 1.0)


@wrong("threshold", caught_by="threshold_decides_for_each_entry")
def decides_for_the_whole_array(z):
    """Give it a positive and a negative number in one array. Should one entry decide for the other?"""
    return np.full(np.shape(z), float(np.all(np.asarray(z) >= 0)))


@wrong("threshold", caught_by="threshold_decides_for_each_entry")
def cannot_take_a_plain_number(z):
    """Give it the number 2.0 in place of an array. On which line does it stop, and why?"""
    out = np.zeros(len(z))
    out[z >= 0] = 1
    return out


@wrong("threshold", caught_by="threshold_knows_only_the_sign")
def writes_its_answer_into_z(z):
    """Print z before and after the call. Who else may still need those numbers?"""
    on = np.asarray(z) >= 0
    z = np.asarray(z)
    z[...] = on
    return z


# ---- logistic -------------------------------------------------------------------------------------------------


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def forgets_the_minus(z):
    """A strong input should give an output near 1. What does yours give at z = 5?"""
    return 1 / (1 + np.exp(z))


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def forgets_the_brackets(z):
    """At z = 0 the result is one half. Work out yours by hand, in the order in which Python computes."""
    return 1 / 1 + np.exp(-np.asarray(z))


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def gives_tanh(z):
    """What does yours give at z = -5? Between which two values should it stay?"""
    return np.tanh(z)


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def shifts_tanh_without_stretching_it(z):
    """Compare yours with 3/4 at z = log 3. Is it too steep or too flat?"""
    return (1 + np.tanh(z)) / 2


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def uses_powers_of_two(z):
    """Compare yours with 3/4 at z = log 3. Which number is raised to the power -z?"""
    return 1 / (1 + 2.0 ** (-np.asarray(z, dtype=float)))


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def is_a_straight_ramp(z):
    """Draw your function from -6 to 6. Should there be corners?"""
    return np.clip(0.25 * np.asarray(z) + 0.5, 0.0, 1.0)


@wrong("logistic", caught_by="logistic_turns_odds_into_probabilities")
def divides_by_the_sum_of_the_array(z):
    """Give it one number alone, then the same number in an array with others. Should its output change?"""
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


@wrong("logistic", caught_by="logistic_saturates_as_in_the_lecture")
def clips_too_early(z):
    """Compare yours with the lecture at z = 10, digit by digit. How close to 1 does yours ever come?"""
    z = np.clip(z, -6, 6)
    return 1 / (1 + np.exp(-z))


@wrong("logistic", caught_by="logistic_of_a_thousand")
def divides_infinity_by_infinity(z):
    """Print np.exp(1000.0), then your result at z = 1000. Can you divide both parts of the fraction by something?"""
    e = np.exp(z)
    return e / (1 + e)


@wrong("logistic", caught_by="logistic_of_whole_numbers")
def keeps_whole_numbers_whole(z):
    """Try np.array([1, 2]) without decimal points. Which type has the array that you write into?"""
    out = np.zeros_like(z)
    out[...] = 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)
    return out


@wrong("logistic", caught_by="logistic_of_whole_numbers")
def changes_z_on_the_way(z):
    """Print z before and after the call. Is it still the pre-activation?"""
    z = np.asarray(z)
    z *= -1
    return 1 / (1 + np.exp(z))


@wrong("logistic", caught_by="logistic_of_a_thousand")
def takes_its_type_from_the_first_entry(z):
    """Give it np.array([-1000.0, 0.5]), then the two numbers the other way round. Which type has each result?"""
    return np.vectorize(lambda one: 0 if one < -700 else 1 / (1 + np.exp(-one)))(z)


# ---- relu -----------------------------------------------------------------------------------------------------


@wrong("relu", caught_by="relu_passes_what_is_positive")
def switches_on_and_off(z):
    """What should come out at z = 4.5, and what at z = 60? Is it the same?"""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@wrong("relu", caught_by="relu_passes_what_is_positive")
def takes_the_size_of_z(z):
    """What should come out at z = -3?"""
    return np.abs(z)


@wrong("relu", caught_by="relu_passes_what_is_positive")
def keeps_the_negative_half(z):
    """Try z = 3 and z = -3. Which of the two should pass?"""
    return np.minimum(z, 0.0)


@wrong("relu", caught_by="relu_passes_what_is_positive")
def leaks_a_little(z):
    """Try z = -3. Does anything come through, or is that another activation?"""
    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))


@wrong("relu", caught_by="relu_passes_what_is_positive")
def is_capped_at_six(z):
    """Try z = 5 and z = 50. Where does the ramp end?"""
    return np.clip(z, 0.0, 6.0)


@wrong("relu", caught_by="relu_passes_what_is_positive")
def is_rounded_at_the_corner(z):
    """Try z = 0.25 and z = -0.5. Is there a corner at 0, or a bend?"""
    return np.logaddexp(0.0, z)


@wrong("relu", caught_by="relu_of_any_shape")
def gives_one_number_for_all(z):
    """Give it an array of four numbers. How many numbers should come back?"""
    return max(0.0, float(np.max(z)))


@wrong("relu", caught_by="relu_of_any_shape")
def cannot_take_one_number(z):
    """Give it the number 2.0 in place of an array. On which line does it stop, and why?"""
    out = z.copy()
    out[out < 0] = 0
    return out


@wrong("relu", caught_by="relu_of_every_size")
def clears_entries_of_z_itself(z):
    """Print z before and after the call. Is it still the pre-activation?"""
    z = np.asarray(z)
    z[z < 0] = 0
    return z


@wrong("relu", caught_by="relu_passes_what_is_positive")
def makes_all_whole_if_the_first_is_negative(z):
    """Give it np.array([-1.0, 0.5]), then the two numbers the other way round. Which type has each result?"""
    return np.vectorize(lambda one: one if one > 0 else 0)(z)


@wrong("relu", caught_by="relu_of_every_size")
def divides_by_the_size_of_zero(z):
    """Try z = 0. Which number do you divide by there?"""
    z = np.asarray(z, dtype=float)
    return z * (z / np.abs(z) + 1) / 2


# ---- softplus -------------------------------------------------------------------------------------------------


@wrong("softplus", caught_by="softplus_by_hand")
def mirrors_z(z):
    """A smooth ReLU should grow to the right. What does yours do at z = 5 and at z = -5?"""
    return np.logaddexp(0.0, -np.asarray(z, dtype=float))


@wrong("softplus", caught_by="softplus_by_hand")
def has_a_corner(z):
    """At z = 0 the formula gives log 2. Why is yours different?"""
    return np.maximum(z, 0.0)


@wrong("softplus", caught_by="softplus_by_hand")
def uses_another_logarithm(z):
    """At z = 0 softplus is 0.6931. Which logarithm of 2 is that?"""
    return np.logaddexp(0.0, z) / np.log(2)


@wrong("softplus", caught_by="softplus_by_hand")
def loses_the_tail_above_zero(z):
    """Try z = 0.1 and z = -0.1. Does your curve jump between them?"""
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, np.log1p(np.exp(np.minimum(z, 0))))


@wrong("softplus", caught_by="softplus_by_hand")
def gives_its_slope(z):
    """At z = 5 softplus is close to 5. Is your result its height or its steepness?"""
    return logistic(z)


@wrong("softplus", caught_by="softplus_stays_finite")
def overflows_at_a_thousand(z):
    """Print np.exp(1000.0). For large z, what is left of the formula, and can you write it without that number?"""
    return np.log(1 + np.exp(z))


@wrong("softplus", caught_by="softplus_stays_finite")
def clips_z_too_low(z):
    """At z = 1000 softplus is 1000 to many digits. What is yours?"""
    return np.log1p(np.exp(np.clip(z, -500, 500)))


@wrong("softplus", caught_by="softplus_of_every_size")
def gives_up_the_curve_at_eight(z):
    """Compare with log(1 + e^z) at z = 9, to six digits. How far to the right does the tail still count?"""
    z = np.asarray(z, dtype=float)
    return np.where(np.abs(z) > 8, np.maximum(z, 0), np.log1p(np.exp(np.clip(z, -8, 8))))


@wrong("softplus", caught_by="softplus_of_whole_numbers")
def rounds_whole_numbers_down(z):
    """Try np.array([1, 2]) without decimal points. Which type has the array that you write into?"""
    out = np.zeros_like(z)
    out[...] = np.logaddexp(0.0, z)
    return out


@wrong("softplus", caught_by="softplus_of_whole_numbers")
def overwrites_z(z):
    """Print z before and after the call. Who else may still need those numbers?"""
    tail = np.log1p(np.exp(-np.abs(z)))
    z = np.asarray(z)
    z[z < 0] = 0
    return z + tail


@wrong("softplus", caught_by="softplus_of_every_size")
def gives_up_the_curve_at_five(z):
    """Compare with log(1 + e^z) at z = 6, to six digits. How far to the right does the tail still count?"""
    z = np.asarray(z, dtype=float)
    return np.where(z > 5, z, np.log1p(np.exp(np.minimum(z, 5))))


@wrong("softplus", caught_by="softplus_stays_finite")
def subtracts_one_maximum_from_all(z):
    """Give it 1000 and -1000 in one array, then each of them alone. Which entry does your shift push out of range?"""
    z = np.asarray(z, dtype=float)
    top = np.max(z)
    return top + np.log(np.exp(-top) + np.exp(z - top))


# ---- logistic_grad --------------------------------------------------------------------------------------------


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def takes_z_for_the_output(z):
    """At z = 0 the curve is at its steepest. What does yours give there, and which number did you put in as a?"""
    z = np.asarray(z)
    return z * (1 - z)


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def takes_the_slope_at_the_output(z):
    """At z = 0 yours is 0.235. How often does z pass through the logistic function in your code?"""
    a = logistic(logistic(z))
    return a * (1 - a)


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def uses_the_rule_of_tanh(z):
    """Measure the slope at z = 0 with two points of the curve, at -0.1 and 0.1. Is it 0.75?"""
    return 1 - logistic(z) ** 2


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def gives_the_output_itself(z):
    """At z = 10 the curve is high. Is it steep there?"""
    return logistic(z)


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def has_the_wrong_sign(z):
    """Does the logistic function rise or fall from left to right? Which sign has its slope?"""
    return logistic(z) * (logistic(z) - 1)


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def squares_one_minus_the_output(z):
    """Compare the slopes at 2 and at -2. The curve looks the same when turned around its middle; do your slopes?"""
    return (1 - logistic(z)) ** 2


@wrong("logistic_grad", caught_by="logistic_is_steepest_at_zero")
def is_as_steep_everywhere(z):
    """The slope is 0.25 at 0. Draw the curve: how steep is it at z = 4?"""
    return np.full(np.shape(z), 0.25)


@wrong("logistic_grad", caught_by="saturated_logistic_is_flat")
def divides_infinities_on_the_left(z):
    """Try z = -1000. Which power of e appears in your fraction, and how often?"""
    e = np.exp(-np.asarray(z))
    return e / (1 + e) ** 2


@wrong("logistic_grad", caught_by="logistic_grad_of_any_shape")
def adds_up_the_slopes(z):
    """Give it an array of four numbers. How many slopes should come back?"""
    return np.sum(logistic(z) * (1 - logistic(z)))


@wrong("logistic_grad", caught_by="logistic_grad_of_whole_numbers")
def rounds_slopes_of_whole_numbers(z):
    """Try np.array([0, 1]) without decimal points. Which type has the array that you write into?"""
    out = np.zeros_like(z)
    out[...] = logistic(z) * (1 - logistic(z))
    return out


@wrong("logistic_grad", caught_by="logistic_grad_of_whole_numbers")
def turns_z_into_the_output(z):
    """Print z before and after the call. Is it still the pre-activation?"""
    a = logistic(z)
    z = np.asarray(z)
    z[...] = a
    return a * (1 - a)


# ---- softplus_grad --------------------------------------------------------------------------------------------


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def forgets_the_inner_slope(z):
    """The logarithm has a slope, and 1 + e^z has one as well. Which of the two is missing?"""
    return 1 / (1 + np.exp(z))


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def forgets_the_outer_slope(z):
    """Far to the right softplus is nearly the line z. How steep is a line like that, and what do you get at z = 5?"""
    return np.exp(z)


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def jumps_like_the_slope_of_relu(z):
    """Softplus has no corner. How steep is it at 0, half-way between flat and steep?"""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def differentiates_once_too_often(z):
    """Far to the right softplus is nearly the line z. How steep is it there, and what do you get at z = 5?"""
    return logistic(z) * (1 - logistic(z))


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def gives_softplus_itself(z):
    """Draw softplus and read off its height and its steepness at z = 5. Which of the two is asked for?"""
    return softplus(z)


@wrong("softplus_grad", caught_by="softplus_slope_by_hand")
def is_shifted_to_between_minus_one_and_one(z):
    """Far to the left softplus hardly changes. Which slope do you give it at z = -5?"""
    return np.tanh(np.asarray(z) / 2)


@wrong("softplus_grad", caught_by="softplus_bends_from_flat_to_steep")
def has_infinity_above_and_below(z):
    """Print np.exp(1000.0), then your result at z = 1000. Can you divide both parts of the fraction by something?"""
    e = np.exp(z)
    return e / (1 + e)


@wrong("softplus_grad", caught_by="softplus_grad_of_any_shape")
def averages_the_slopes(z):
    """Give it an array of four numbers. How many slopes should come back?"""
    return np.mean(logistic(z))


@wrong("softplus_grad", caught_by="softplus_grad_of_whole_numbers")
def makes_slopes_whole(z):
    """Try np.array([0, 1]) without decimal points. Which type has the array that you write into?"""
    out = np.zeros_like(z)
    out[...] = logistic(z)
    return out


@wrong("softplus_grad", caught_by="softplus_grad_of_whole_numbers")
def negates_z_in_place(z):
    """Print z before and after the call. Who else may still need those numbers?"""
    z = np.asarray(z)
    z *= -1
    return 1 / (1 + np.exp(z))


@wrong("softplus_grad", caught_by="softplus_bends_from_flat_to_steep")
def is_straight_beyond_five(z):
    """Measure the slope at z = 6 with two points of the curve, to four digits. Is it 1 already?"""
    return np.where(np.asarray(z) > 5, 1.0, logistic(z))


# ---- tanh_grad ------------------------------------------------------------------------------------------------


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def forgets_the_square(z):
    """Compare the slopes at 2 and at -2. The curve looks the same when turned around its middle; do your slopes?"""
    return 1 - np.tanh(z)


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def squares_z_in_place_of_the_output(z):
    """At z = 3 tanh is nearly flat. What is your slope there, and which number did you square?"""
    return 1 - np.asarray(z) ** 2


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def uses_the_rule_of_the_logistic(z):
    """At z = 0 tanh is at its steepest. What does yours give there?"""
    return np.tanh(z) * (1 - np.tanh(z))


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def adds_the_square(z):
    """Is tanh steeper at 0 or at 3? And by your function?"""
    return 1 + np.tanh(z) ** 2


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def turns_the_sign_round(z):
    """Does tanh rise or fall from left to right? Which sign has its slope?"""
    return np.tanh(z) ** 2 - 1


@wrong("tanh_grad", caught_by="tanh_slope_by_hand")
def takes_tanh_twice(z):
    """At log 2 tanh is 0.6 and its slope 0.64. How often does z pass through tanh in your code?"""
    return 1 - np.tanh(np.tanh(z)) ** 2


@wrong("tanh_grad", caught_by="saturated_tanh_is_flat")
def breaks_on_large_exponents(z):
    """Try z = 1000. Which powers of e appear in your fraction, and how large are they?"""
    up, down = np.exp(z), np.exp(-np.asarray(z))
    return 1 - ((up - down) / (up + down)) ** 2


@wrong("tanh_grad", caught_by="tanh_grad_of_any_shape")
def gives_the_largest_slope(z):
    """Give it an array of four numbers. How many slopes should come back?"""
    return np.max(1 - np.tanh(z) ** 2)


@wrong("tanh_grad", caught_by="tanh_grad_of_whole_numbers")
def writes_into_whole_numbers(z):
    """Try np.array([1, 2]) without decimal points. Which type has the array that you write into?"""
    out = np.zeros_like(z)
    out[...] = 1 - np.tanh(z) ** 2
    return out


@wrong("tanh_grad", caught_by="tanh_grad_of_whole_numbers")
def puts_tanh_into_z(z):
    """Print z before and after the call. Is it still the pre-activation?"""
    a = np.tanh(z)
    z = np.asarray(z)
    z[...] = a
    return 1 - a**2


# ---- squared_error --------------------------------------------------------------------------------------------


@wrong("squared_error", caught_by="squared_error_by_hand")
def halves_the_error(g, y):
    """Try output 5 and target 2. Which factor do the lectures put in front of the square?"""
    return np.sum((np.asarray(g) - y) ** 2) / (2 * len(np.atleast_1d(g)))


@wrong("squared_error", caught_by="squared_error_by_hand")
def adds_up_the_examples(g, y):
    """Give it the same examples twice over. Should the loss of the set double?"""
    return np.sum((np.asarray(g) - y) ** 2)


@wrong("squared_error", caught_by="squared_error_by_hand")
def takes_sizes_in_place_of_squares(g, y):
    """Try output 5 and target 2. What is the square of the distance?"""
    return np.sum(np.abs(np.asarray(g) - y)) / len(np.atleast_1d(g))


@wrong("squared_error", caught_by="squared_error_by_hand")
def takes_the_root_at_the_end(g, y):
    """Try output 5 and target 2. Is the loss the distance or its square?"""
    return np.sqrt(np.sum((np.asarray(g) - y) ** 2) / len(np.atleast_1d(g)))


@wrong("squared_error", caught_by="squared_error_by_hand")
def squares_the_mean_error(g, y):
    """Give it one error of 1 and one of -1. Is the set without error?"""
    return np.sum(np.mean(np.atleast_1d(np.asarray(g) - y), axis=0) ** 2)


@wrong("squared_error", caught_by="squared_error_by_hand")
def insists_on_rows_of_outputs(g, y):
    """Give it a vector of three outputs, then two plain numbers. Which axis does your sum look for?"""
    return np.mean(np.sum((g - y) ** 2, axis=1))


@wrong("squared_error", caught_by="squared_error_by_hand")
def asks_for_the_length_of_a_number(g, y):
    """Give it two plain numbers, one example. On which line does it stop, and why?"""
    return np.sum((g - y) ** 2) / len(g)


@wrong("squared_error", caught_by="outputs_add_up_and_examples_average")
def averages_over_the_outputs_too(g, y):
    """Add a second output unit that is always right. Should the loss become smaller?"""
    return np.mean((np.asarray(g) - y) ** 2)


@wrong("squared_error", caught_by="outputs_add_up_and_examples_average")
def averages_outputs_and_adds_examples(g, y):
    """Rows are examples. Over which axis do you average, and over which do you add up?"""
    squares = (np.asarray(g) - y) ** 2
    return np.sum(np.mean(squares, axis=1)) if squares.ndim == 2 else np.mean(squares)


@wrong("squared_error", caught_by="outputs_add_up_and_examples_average")
def looks_at_the_first_output_only(g, y):
    """Change one entry in the last column of g. Does your loss notice?"""
    squares = (np.asarray(g) - y) ** 2
    return np.mean(squares[:, 0] if squares.ndim == 2 else squares)


@wrong("squared_error", caught_by="squared_error_leaves_arguments_alone")
def subtracts_in_place(g, y):
    """Print g before and after the call. Is it still the output of your neuron?"""
    g = np.asarray(g)
    g -= y
    return np.sum(g**2) / len(np.atleast_1d(g))


# ---- log_loss -------------------------------------------------------------------------------------------------


@wrong("log_loss", caught_by="log_loss_by_hand")
def gives_a_gain(p, y):
    """Can a loss be negative? Which sign has the logarithm of a probability?"""
    p, y = np.clip(p, 1e-12, 1 - 1e-12), np.asarray(y, dtype=float)
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("log_loss", caught_by="log_loss_by_hand")
def counts_in_bits(p, y):
    """A fair coin should cost 0.6931. Which logarithm is that?"""
    p, y = np.clip(p, 1e-12, 1 - 1e-12), np.asarray(y, dtype=float)
    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))


@wrong("log_loss", caught_by="log_loss_by_hand")
def forgets_the_label_zero(p, y):
    """Give it the label 0 with p = 0.9. Does the mistake cost anything?"""
    return -np.mean(np.asarray(y, dtype=float) * np.log(np.clip(p, 1e-12, 1)))


@wrong("log_loss", caught_by="log_loss_by_hand")
def forgets_one_minus_the_label(p, y):
    """Give it the label 1 with p = 0.9. Which of the two terms should count?"""
    p, y = np.clip(p, 1e-12, 1 - 1e-12), np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p) + np.log(1 - p))


@wrong("log_loss", caught_by="log_loss_by_hand")
def exchanges_the_labels(p, y):
    """p is the probability of label 1. Give it p = 0.99 with label 1: should that be cheap or dear?"""
    p, y = np.clip(p, 1e-12, 1 - 1e-12), np.asarray(y, dtype=float)
    return -np.mean((1 - y) * np.log(p) + y * np.log(1 - p))


@wrong("log_loss", caught_by="log_loss_by_hand")
def adds_up_all_examples(p, y):
    """Give it the same examples twice over. Should the loss of the set double?"""
    p, y = np.clip(p, 1e-12, 1 - 1e-12), np.asarray(y, dtype=float)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("log_loss", caught_by="log_loss_by_hand")
def squares_the_difference(p, y):
    """A certain wrong answer should cost a lot. What does yours charge for p = 0.000001 with label 1?"""
    return np.mean((np.asarray(y, dtype=float) - p) ** 2)


@wrong("log_loss", caught_by="log_loss_by_hand")
def takes_labels_for_minus_one_and_one(p, y):
    """Write your formula for p = 0.5 and label 0. Which labels is it made for?"""
    return np.mean(np.log(1 + np.exp(-np.asarray(y, dtype=float) * p)))


@wrong("log_loss", caught_by="certain_right_answers_cost_nothing")
def multiplies_zero_by_infinity(p, y):
    """Try p = 1 with label 1, and print both terms. What is 0 times infinity?"""
    y = np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - np.asarray(p, dtype=float)))


@wrong("log_loss", caught_by="certain_right_answers_cost_nothing")
def adds_too_much_to_each_probability(p, y):
    """Try p = 1 with label 1: is your loss exactly 0, and can it be negative? How small may a small number be?"""
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@wrong("log_loss", caught_by="certain_wrong_answers_cost_a_lot")
def forgives_certain_mistakes(p, y):
    """Try p = 0 with label 1. What should a certain wrong answer cost, and what does yours?"""
    with np.errstate(divide="ignore"):
        losses = -np.log(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float)))
    return np.mean(np.where(np.isfinite(losses), losses, 0.0))


@wrong("log_loss", caught_by="very_unlikely_answers_have_their_exact_loss")
def clips_below_a_thousandth(p, y):
    """Try p = 0.0001 with label 1, then p = 0.000001. Should they cost the same?"""
    p, y = np.clip(p, 1e-3, 1 - 1e-3), np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("log_loss", caught_by="log_loss_leaves_arguments_alone")
def clips_in_place(p, y):
    """Print p before and after the call. Are these still the probabilities of your neuron?"""
    p = np.asarray(p, dtype=float)
    p[...] = np.where(np.asarray(y) == 1, p, 1 - p)
    return -np.mean(np.log(np.maximum(p, 1e-300)))


@wrong("log_loss", caught_by="log_loss_by_hand")
def gives_a_gain_without_limit(p, y):
    """Can a loss be negative? Which sign has the logarithm of a probability?"""
    return np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))))


@wrong("log_loss", caught_by="log_loss_by_hand")
def counts_in_bits_without_limit(p, y):
    """A fair coin should cost 0.6931. Which logarithm is that?"""
    return -np.mean(np.log2(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))))


@wrong("log_loss", caught_by="log_loss_by_hand")
def adds_up_without_limit(p, y):
    """Give it the same examples twice over. Should the loss of the set double?"""
    return -np.sum(np.log(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))))


@wrong("log_loss", caught_by="log_loss_by_hand")
def exchanges_the_labels_without_limit(p, y):
    """p is the probability of label 1. Give it p = 0.99 with label 1: should that be cheap or dear?"""
    return -np.mean(np.log(np.where(np.asarray(y) == 0, p, 1 - np.asarray(p, dtype=float))))


@wrong("log_loss", caught_by="log_loss_by_hand")
def averages_each_label_by_itself(p, y):
    """Take one example of label 1 and three of label 0. By how many do you divide the loss of each?"""
    p, y = np.atleast_1d(np.asarray(p, dtype=float)), np.atleast_1d(y)
    parts = [-np.log(p[y == 1]), -np.log(1 - p[y == 0])]
    return sum(np.mean(part) for part in parts if part.size)


@wrong("log_loss", caught_by="log_loss_by_hand")
def takes_the_logarithm_of_the_mean(p, y):
    """Two answers of 1/2: the logarithm of their mean and the mean of their logarithms agree. And for 1/2 and 1/8?"""
    return -np.log(np.mean(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))))


@wrong("log_loss", caught_by="certain_right_answers_cost_nothing")
def drops_what_is_nan(p, y):
    """Two certain right answers and one of 1/2: by how many examples do you divide?"""
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    return -np.nanmean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("log_loss", caught_by="very_unlikely_answers_have_their_exact_loss")
def never_charges_more_than_twenty(p, y):
    """Work out -log p by hand for p = 0.0000000015 with label 1. Is your loss larger or smaller?"""
    return np.mean(np.minimum(-np.log(np.where(np.asarray(y) == 1, p, 1 - np.asarray(p, dtype=float))), 20.0))


@wrong("log_loss", caught_by="log_loss_leaves_arguments_alone")
def clips_certain_answers_in_place(p, y):
    """Print p before and after the call. Are these still the probabilities of your neuron?"""
    p = np.asarray(p, dtype=float)
    np.clip(p, 1e-12, 1 - 1e-12, out=p)
    y = np.asarray(y, dtype=float)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# ---- hinge_loss -----------------------------------------------------------------------------------------------


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def asks_for_no_margin(f, y):
    """Right by 0.5: does that cost anything?"""
    return np.mean(np.maximum(0.0, -np.multiply(y, f)))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def rewards_large_margins(f, y):
    """Right by 50: can the loss be negative?"""
    return np.mean(1.0 - np.multiply(y, f))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def cuts_off_after_the_mean(f, y):
    """One example right by 50, one wrong by 2. Can the good one pay for the bad one?"""
    return max(0.0, np.mean(1.0 - np.multiply(y, f)))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def expects_labels_zero_and_one(f, y):
    """The label -1 stands in the formula as it is. What does your code make of it first?"""
    return np.mean(np.maximum(0.0, 1.0 - (2 * np.asarray(y) - 1) * f))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def punishes_right_answers(f, y):
    """Label 1 and f = 3: should that be cheap or dear?"""
    return np.mean(np.maximum(0.0, 1.0 + np.multiply(y, f)))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def squares_the_gap(f, y):
    """Wrong by 2 costs 3. What is your loss there?"""
    return np.mean(np.maximum(0.0, 1.0 - np.multiply(y, f)) ** 2)


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def looks_at_the_sign_only(f, y):
    """Label 1 with f = -1, then with f = -10. Should the second cost more?"""
    return np.mean(np.maximum(0.0, 1.0 - y * np.sign(f)))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def adds_up_the_gaps(f, y):
    """Give it the same examples twice over. Should the loss of the set double?"""
    return np.sum(np.maximum(0.0, 1.0 - np.multiply(y, f)))


@wrong("hinge_loss", caught_by="right_by_more_than_one_costs_nothing")
def caps_the_loss_at_one(f, y):
    """Wrong by 2, by 20 and by 200: what should they cost? What do yours?"""
    return np.mean(np.clip(1.0 - np.multiply(y, f), 0.0, 1.0))


@wrong("hinge_loss", caught_by="hinge_loss_is_a_mean")
def multiplies_in_place(f, y):
    """Print f before and after the call. Are these still the decisions of your model?"""
    f = np.asarray(f)
    f *= y
    return np.mean(np.maximum(0.0, 1.0 - f))


@wrong("hinge_loss", caught_by="hinge_loss_by_hand")
def averages_over_the_bad_ones_only(f, y):
    """Add an example that is right by 50. Should the mean loss fall, and does yours?"""
    gaps = np.atleast_1d(1.0 - np.multiply(y, f))
    return np.mean(gaps[gaps > 0]) if np.any(gaps > 0) else 0.0


# ---- perceptron_loss ------------------------------------------------------------------------------------------


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def expects_labels_minus_one_and_one(w, x, y):
    """Write 1 - 2y for y = 0 and for y = 1. Is that what your code multiplies by?"""
    return np.mean(np.maximum(0.0, -np.asarray(y) * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def turns_the_labels_round(w, x, y):
    """A weighted sum of 5 and label 1: the neuron is right. What should it cost?"""
    return np.mean(np.maximum(0.0, (2 * np.asarray(y) - 1) * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def lets_losses_be_negative(w, x, y):
    """A weighted sum of 5 and label 1: the neuron is right. Can it cost less than nothing?"""
    return np.mean((1 - 2 * np.asarray(y)) * (x @ w))


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def counts_mistakes(w, x, y):
    """Two wrong examples, one close to the line, one far off. Should they cost the same?"""
    return np.mean((1 - 2 * np.asarray(y)) * (x @ w) > 0)


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def takes_the_first_weight_for_a_bias(w, x, y):
    """How many weights are there for an x of two numbers? Is one of them left over for a bias?"""
    return np.mean(np.maximum(0.0, (1 - 2 * np.asarray(y)) * (w[0] + x[..., 1:] @ w[1:])))


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def demands_a_margin_of_one(w, x, y):
    """A weighted sum of 0.05 and label 1: the neuron is right. Does the perceptron ask for more than that?"""
    return np.mean(np.maximum(0.0, 1 + (1 - 2 * np.asarray(y)) * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_of_rows")
def adds_up_the_rows(w, x, y):
    """Give it the same rows twice over. Should the loss of the set double?"""
    return np.sum(np.maximum(0.0, (1 - 2 * np.asarray(y)) * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_of_rows")
def lets_good_rows_pay_for_bad_ones(w, x, y):
    """One row right by 7, one wrong by 5. Is the set without loss?"""
    return max(0.0, np.mean((1 - 2 * np.asarray(y)) * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_of_rows")
def adds_up_before_the_cut(w, x, y):
    """Write the shapes of x, w and your product for four rows of three numbers. How many weighted sums are there?"""
    return np.mean(np.maximum(0.0, (1 - 2 * np.asarray(y)) * np.sum(x * w)))


@wrong("perceptron_loss", caught_by="rows_are_examples")
def meets_columns_in_place_of_rows(w, x, y):
    """Write the shapes beside your product for four rows of three numbers. Which numbers does it multiply?"""
    return np.mean(np.maximum(0.0, (1 - 2 * np.asarray(y)) * np.dot(w, x)))


@wrong("perceptron_loss", caught_by="perceptron_loss_leaves_arguments_alone")
def makes_signs_of_the_labels_in_place(w, x, y):
    """Print y before and after the call. Are these still the labels?"""
    y = np.asarray(y)
    y *= -2
    y += 1
    return np.mean(np.maximum(0.0, y * (x @ w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def divides_by_the_length_of_x(w, x, y):
    """One example of two numbers: over how many examples do you average?"""
    return np.sum(np.maximum(0.0, (1 - 2 * np.asarray(y)) * (x @ w))) / len(x)


@wrong("perceptron_loss", caught_by="perceptron_loss_by_hand")
def takes_each_product_for_a_loss(w, x, y):
    """One example of two numbers has one weighted sum. How many numbers do you take the mean of?"""
    return np.mean(np.maximum(0.0, (1 - 2 * np.asarray(y)[..., None]) * (x * w)))


@wrong("perceptron_loss", caught_by="perceptron_loss_of_rows")
def averages_over_the_wrong_rows_only(w, x, y):
    """Add a row that is on its right side. Should the mean loss fall, and does yours?"""
    losses = np.atleast_1d((1 - 2 * np.asarray(y)) * (x @ w))
    return np.mean(losses[losses > 0]) if np.any(losses > 0) else 0.0


# ---- zero_one_loss --------------------------------------------------------------------------------------------


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def gives_the_share_of_right_answers(predicted, y):
    """All labels right: should the loss be 0 or 1?"""
    return np.mean(np.equal(predicted, y))


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def counts_wrong_labels(predicted, y):
    """Give it the same labels twice over. Should the loss double?"""
    return np.sum(np.not_equal(predicted, y))


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def measures_how_far_labels_are_apart(predicted, y):
    """Class 3 in place of class 0, and class 1 in place of class 0. Is one mistake larger?"""
    return np.mean(np.abs(np.subtract(predicted, y)))


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def squares_the_distance_of_labels(predicted, y):
    """Class 3 in place of class 0: which number should that one mistake count as?"""
    return np.mean(np.subtract(predicted, y) ** 2)


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def is_all_or_nothing(predicted, y):
    """One wrong label of a hundred: what share is wrong?"""
    return float(not np.array_equal(predicted, y))


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def knows_two_classes_only(predicted, y):
    """Class 1 in place of class 3: is that right? Which question do you ask about each label?"""
    return np.mean((np.asarray(predicted) > 0.5) != (np.asarray(y) > 0.5))


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def wants_an_array(predicted, y):
    """Give it two plain numbers, one example. On which line does it stop, and why?"""
    return np.sum(np.not_equal(predicted, y)) / len(y)


@wrong("zero_one_loss", caught_by="every_wrong_label_counts_the_same")
def compares_how_often_labels_occur(predicted, y):
    """Exchange the labels of two examples. Is every label still right?"""
    return np.mean(np.sort(np.ravel(predicted)) != np.sort(np.ravel(y)))


@wrong("zero_one_loss", caught_by="zero_one_loss_leaves_arguments_alone")
def writes_into_predicted(predicted, y):
    """Print predicted before and after the call. Are these still the predictions?"""
    predicted = np.asarray(predicted)
    predicted[...] = predicted != y
    return np.mean(predicted)


@wrong("zero_one_loss", caught_by="three_wrong_labels_of_seven")
def counts_labels_that_are_too_large(predicted, y):
    """Class 3 in place of class 1, and class 1 in place of class 3. Is only one of the two a mistake?"""
    return np.mean(np.greater(predicted, y))


# ---- neuron_forward -------------------------------------------------------------------------------------------


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def takes_the_last_weight_for_the_bias(x, w):
    """Set x to zeros. Which weight is left in z, and which should it be?"""
    z = w[-1] + np.dot(w[:-1], x)
    return z, logistic(z)


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def leaves_the_bias_out(x, w):
    """Set x to zeros. Is there nothing left in z?"""
    z = np.dot(w[1:], x)
    return z, logistic(z)


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def adds_the_bias_after_the_activation(x, w):
    """Set x to zeros and the bias weight to 5. Can the output of a logistic neuron be above 1?"""
    z = np.dot(w[1:], x)
    return z, w[0] + logistic(z)


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def subtracts_the_bias(x, w):
    """Set x to zeros and the bias weight to 3. What is z?"""
    z = np.dot(w[1:], x) - w[0]
    return z, logistic(z)


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def adds_one_in_place_of_the_bias(x, w):
    """Change the bias weight from 1 to 2. Does z change?"""
    z = 1.0 + np.dot(w[1:], x)
    return z, logistic(z)


@wrong("neuron_forward", caught_by="first_weight_is_the_bias")
def returns_output_before_input(x, w):
    """Read the docstring once more: which of the two results comes first?"""
    z = w[0] + np.dot(w[1:], x)
    return logistic(z), z


@wrong("neuron_forward", caught_by="lecture_neuron_forwards")
def returns_the_output_alone(x, w):
    """How many results does the docstring promise?"""
    return logistic(w[0] + np.dot(w[1:], x))


@wrong("neuron_forward", caught_by="lecture_neuron_forwards")
def forgets_to_add_up(x, w):
    """The lecture's z is one number. How many have you got, and what is to be done with them?"""
    z = w[0] + w[1:] * x
    return z, logistic(z)


@wrong("neuron_forward", caught_by="lecture_neuron_forwards")
def is_a_relu_neuron(x, w):
    """The lecture's neuron turns 0.19 into 0.5474. Which activation does that?"""
    z = w[0] + np.dot(w[1:], x)
    return z, relu(z)


@wrong("neuron_forward", caught_by="neuron_forward_leaves_arguments_alone")
def weighs_x_in_place(x, w):
    """Print x before and after the call. Is it still the example?"""
    x = np.asarray(x)
    x *= w[1:].astype(x.dtype)
    z = w[0] + np.sum(x)
    return z, logistic(z)


@wrong("neuron_forward", caught_by="lecture_neuron_forwards")
def averages_the_weighted_inputs(x, w):
    """Add an input that is always 0. Should z change?"""
    z = w[0] + np.mean(w[1:] * x)
    return z, logistic(z)


@wrong("neuron_forward", caught_by="saturated_neuron_puts_out_zero_or_one")
def divides_by_an_infinite_sum(x, w):
    """Try a weighted sum of 1000 and print every number on the way. What is infinity divided by infinity?"""
    z = w[0] + np.dot(w[1:], x)
    return z, np.exp(z) / (1 + np.exp(z))


@wrong("neuron_forward", caught_by="neuron_forward_leaves_arguments_alone")
def adds_up_in_the_type_of_x(x, w):
    """Try x = np.array([1, 2]) with w = (0, 0.5, 0.5). Which type has the array that you write the products into?"""
    products = np.zeros_like(x)
    products[:] = w[1:] * x
    z = w[0] + np.sum(products)
    return z, logistic(z)


# ---- linear_neuron_grad ---------------------------------------------------------------------------------------


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def takes_the_error_the_other_way(x, y, w):
    """The output is above the target. Does the loss grow or shrink when the output grows?"""
    return 2 * (y - np.dot(w, x)) * x


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def drops_the_two(x, y, w):
    """Raise g from 3 to 3.001 with y = 0. How much does the square of the error grow for each 0.001?"""
    return (np.dot(w, x) - y) * x


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def stops_at_the_output(x, y, w):
    """An input of 10 and one of 0: which weight moves the output more when it is nudged?"""
    return np.full(len(x), 2.0 * (np.dot(w, x) - y))


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def multiplies_by_the_weights(x, y, w):
    """Nudge w[0] by 0.01. By how much does the weighted sum change?"""
    return 2.0 * (np.dot(w, x) - y) * w


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def gives_the_bias_a_slope(x, y, w):
    """How many weights has this neuron, and how many slopes have you got?"""
    return 2.0 * (np.dot(w, x) - y) * np.append(1.0, x)


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def gives_the_loss(x, y, w):
    """Is your result the loss, or how fast the loss grows with each weight?"""
    return (np.dot(w, x) - y) ** 2 * x


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def averages_over_the_weights(x, y, w):
    """There is one example. What do you divide by, and what is it the mean of?"""
    return 2.0 * (np.dot(w, x) - y) * x / len(x)


@wrong("linear_neuron_grad", caught_by="linear_neuron_by_hand")
def treats_each_weight_alone(x, y, w):
    """With two inputs there is one output and one error. How many errors have you got?"""
    return 2.0 * (w * x - y) * x


@wrong("linear_neuron_grad", caught_by="linear_neurons_of_any_width")
def forgets_the_target(x, y, w):
    """Move the target and leave the rest. Should the gradient change?"""
    return 2.0 * np.dot(w, x) * np.asarray(x)


@wrong("linear_neuron_grad", caught_by="linear_neuron_grad_leaves_arguments_alone")
def scales_x_in_place(x, y, w):
    """Print x before and after the call. Is it still the example?"""
    x = np.asarray(x)
    x *= np.array(2.0 * (np.dot(w, x) - y)).astype(x.dtype)
    return x


# ---- relu_neuron_grad -----------------------------------------------------------------------------------------


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def has_no_gate(x, y, w):
    """With z = -4, nudge a weight a little. Does the output of the neuron move at all?"""
    return 2.0 * (relu(np.dot(w, x)) - y) * x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def is_still_linear(x, y, w):
    """What does a ReLU neuron put out at z = -4? What does the one in your code?"""
    return 2.0 * (np.dot(w, x) - y) * x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def opens_the_gate_for_negative_z(x, y, w):
    """With z = 4 the neuron is awake, with z = -4 it sleeps. Which of the two should learn?"""
    z = np.dot(w, x)
    return 2.0 * (relu(z) - y) * (z < 0) * x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def gates_each_input(x, y, w):
    """One input is negative, the weighted sum is positive. Is the neuron awake or asleep?"""
    return 2.0 * (relu(np.dot(w, x)) - y) * relu(x)


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def forgets_the_factor_two(x, y, w):
    """With z = 4 and target 1, nudge z to 4.001. How much does the square of the error grow for each 0.001?"""
    z = np.dot(w, x)
    return (relu(z) - y) * (z > 0) * x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def multiplies_by_the_output_too(x, y, w):
    """How steep is ReLU at z = 4: is that its height or its slope?"""
    z = np.dot(w, x)
    return 2.0 * (relu(z) - y) * relu(z) * x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def turns_the_error_around(x, y, w):
    """The output is above the target. Does the loss grow or shrink when the output grows?"""
    z = np.dot(w, x)
    return 2.0 * (y - relu(z)) * (z > 0) * x


@wrong("relu_neuron_grad", caught_by="awake_neuron_learns_like_a_linear_one")
def opens_the_gate_at_one(x, y, w):
    """Try a weighted sum of 0.2. Is the neuron awake?"""
    z = np.dot(w, x)
    return 2.0 * (relu(z) - y) * (z > 1) * x


@wrong("relu_neuron_grad", caught_by="awake_neuron_learns_like_a_linear_one")
def learns_only_from_positive_errors(x, y, w):
    """Output 2, target 5: the neuron is awake and too low. Should it learn?"""
    z = np.dot(w, x)
    return 2.0 * relu(relu(z) - y) * (z > 0) * x


@wrong("relu_neuron_grad", caught_by="sleeping_neuron_learns_nothing")
def leaks_while_asleep(x, y, w):
    """With z = -4, nudge a weight a little. Does any of it reach the output, or is that another activation?"""
    z = np.dot(w, x)
    return 2.0 * (relu(z) - y) * (1.0 if z > 0 else 0.01) * x


@wrong("relu_neuron_grad", caught_by="relu_neuron_grad_leaves_arguments_alone")
def multiplies_x_in_place(x, y, w):
    """Print x before and after the call. Is it still the example?"""
    x, z = np.asarray(x), np.dot(w, x)
    x *= np.array(2.0 * (relu(z) - y) * (z > 0)).astype(x.dtype)
    return x


@wrong("relu_neuron_grad", caught_by="awake_and_asleep_by_hand")
def returns_nothing_while_asleep(x, y, w):
    """Print what you return at z = -4. Which shape does the docstring promise there?"""
    z = np.dot(w, x)
    if z > 0:
        return 2.0 * (z - y) * x


# ---- neuron_grad ----------------------------------------------------------------------------------------------


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def misses_the_two(x, y, w):
    """Differentiate (a - y)^2 for a once more, step by step. Which factor comes down?"""
    z, a = neuron_forward(x, w)
    return (a - y) * logistic_grad(z) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def misses_the_slope(x, y, w):
    """A saturated neuron: nudge z from 10 to 11. Does the output move? Does your gradient know?"""
    _, a = neuron_forward(x, w)
    return 2 * (a - y) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def takes_the_slope_at_a(x, y, w):
    """At z = 0 the slope is 0.25. Which number do you hand to logistic_grad, and what does it ask for?"""
    _, a = neuron_forward(x, w)
    return 2 * (a - y) * logistic_grad(a) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def compares_z_with_the_target(x, y, w):
    """Which of z and a is the answer of the neuron, the one that is compared with y?"""
    z, _ = neuron_forward(x, w)
    return 2 * (z - y) * logistic_grad(z) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def points_downhill(x, y, w):
    """The output is below the target. Does the loss grow or shrink when the bias weight grows?"""
    z, a = neuron_forward(x, w)
    return 2 * (y - a) * logistic_grad(z) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def leaves_out_the_bias_weight(x, y, w):
    """How many weights has the neuron, and how many slopes have you got?"""
    z, a = neuron_forward(x, w)
    return 2 * (a - y) * logistic_grad(z) * np.asarray(x)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def puts_the_bias_last(x, y, w):
    """w[0] is the bias weight. Which entry of your gradient belongs to it?"""
    z, a = neuron_forward(x, w)
    return 2 * (a - y) * logistic_grad(z) * np.append(x, 1.0)


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def takes_the_bias_weight_for_its_input(x, y, w):
    """Nudge the bias weight by 0.01. By how much does z change?"""
    z, a = neuron_forward(x, w)
    return 2 * (a - y) * logistic_grad(z) * np.append(w[0], x)


@wrong("neuron_grad", caught_by="bias_weight_learns_even_if_all_inputs_are_zero")
def never_moves_the_bias(x, y, w):
    """Set x to zeros and let the answer be wrong. Is there a weight that could still help?"""
    z, a = neuron_forward(x, w)
    return 2 * (a - y) * logistic_grad(z) * np.append(0.0, x)


@wrong("neuron_grad", caught_by="saturated_neuron_hardly_learns")
def differentiates_the_log_loss(x, y, w):
    """A saturated wrong neuron: how steep is the squared error there? Of which loss is yours the slope?"""
    _, a = neuron_forward(x, w)
    return (a - y) * np.append(1.0, x)


@wrong("neuron_grad", caught_by="neuron_grad_leaves_arguments_alone")
def scales_the_example_in_place(x, y, w):
    """Print x before and after the call. Is it still the example?"""
    z, a = neuron_forward(x, w)
    dz, x = 2 * (a - y) * logistic_grad(z), np.asarray(x)
    gradient = np.append(dz, dz * x)
    x *= np.array(dz).astype(x.dtype)
    return gradient


@wrong("neuron_grad", caught_by="neuron_grad_leaves_arguments_alone")
def rounds_the_slopes_of_whole_weights(x, y, w):
    """Start from whole weights such as np.array([0, 1, 2]). Which type has the array that you write into?"""
    z, a = neuron_forward(x, w)
    gradient = np.zeros_like(w)
    gradient[:] = 2 * (a - y) * logistic_grad(z) * np.append(1.0, x)
    return gradient


@wrong("neuron_grad", caught_by="lecture_gradient_of_the_neuron")
def takes_z_for_the_output_in_the_slope(x, y, w):
    """At z = 0 the slope is 0.25. What does z (1 - z) give there?"""
    z, a = neuron_forward(x, w)
    return 2 * (a - y) * z * (1 - z) * np.append(1.0, x)


# ---- neuron_step ----------------------------------------------------------------------------------------------


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def climbs(x, y, w, lr):
    """Compare the loss before and after one step. Which way does the gradient point?"""
    return w + lr * neuron_grad(x, y, w)


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def ignores_the_learning_rate(x, y, w, lr):
    """Call it with two learning rates. Do you get two different results?"""
    return w - neuron_grad(x, y, w)


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def returns_the_change_alone(x, y, w, lr):
    """Call it with learning rate 0. Which weights should come back?"""
    return -lr * neuron_grad(x, y, w)


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def doubles_the_two(x, y, w, lr):
    """The factor 2 of the square: is it in neuron_grad already?"""
    return w - 2 * lr * neuron_grad(x, y, w)


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def keeps_the_bias_weight(x, y, w, lr):
    """Set x to zeros and let the answer be wrong. Should any weight move?"""
    step = lr * neuron_grad(x, y, w)
    return np.append(w[0], w[1:] - step[1:])


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def steps_by_a_fixed_length(x, y, w, lr):
    """A nearly right answer and a wrong one: should both make the weights move equally far?"""
    gradient = neuron_grad(x, y, w)
    return w - lr * gradient / np.linalg.norm(gradient)


@wrong("neuron_step", caught_by="lecture_step_of_the_neuron")
def divides_by_the_learning_rate(x, y, w, lr):
    """Try learning rates of 0.1 and 1. Which of the two should move the weights further?"""
    return w - neuron_grad(x, y, w) / lr


@wrong("neuron_step", caught_by="steps_of_any_size")
def moves_one_weight_after_the_other(x, y, w, lr):
    """At which weights is the slope of the last weight taken: at those before the step, or at some in between?"""
    w = np.array(w, dtype=float)
    for i in range(len(w)):
        w[i] -= lr * neuron_grad(x, y, w)[i]
    return w


@wrong("neuron_step", caught_by="neuron_step_leaves_arguments_alone")
def cuts_off_whole_weights(x, y, w, lr):
    """Start from whole weights such as np.array([0, 1, 2]). Which type has the array that you write into?"""
    new = np.zeros_like(w)
    new[:] = w - lr * neuron_grad(x, y, w)
    return new


@wrong("neuron_step", caught_by="neuron_step_leaves_arguments_alone")
def writes_into_the_old_weights(x, y, w, lr):
    """Print w before and after the call. Can you still compare the weights before and after the step?"""
    new = w - lr * neuron_grad(x, y, w)
    w[...] = new.astype(w.dtype)
    return new


# ---- train_neuron ---------------------------------------------------------------------------------------------


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def starts_every_step_at_the_beginning(X, y, w, lr, order):
    """Take two steps by hand. From which weights does the second one start?"""
    new = np.array(w, dtype=float)
    for i in order:
        new = neuron_step(X[i], y[i], w, lr)
    return new


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def adds_up_steps_from_the_start(X, y, w, lr, order):
    """Take two steps by hand. At which weights is the second gradient taken?"""
    new = np.array(w, dtype=float)
    for i in order:
        new = new + neuron_step(X[i], y[i], w, lr) - w
    return new


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def takes_one_step_with_the_mean(X, y, w, lr, order):
    """How many steps does an order of four indices ask for, and how many do you take?"""
    steps = [lr * neuron_grad(X[i], y[i], w) for i in order]
    return w - np.mean(steps, axis=0) if steps else w


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def goes_through_all_rows(X, y, w, lr, order):
    """Use order = [1]. How many rows should take part?"""
    for x, target in zip(X, y):
        w = neuron_step(x, target, w, lr)
    return w


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def counts_positions(X, y, w, lr, order):
    """Use order = [1]. Which row should take part, and which does?"""
    for i in range(len(order)):
        w = neuron_step(X[i % len(X)], y[i % len(X)], w, lr)
    return w


@wrong("train_neuron", caught_by="training_is_one_of_your_steps_after_the_other")
def mixes_up_labels(X, y, w, lr, order):
    """Print the row and the label that you use in the first step. Do they belong to one example?"""
    for k, i in enumerate(order):
        w = neuron_step(X[i], y[k % len(y)], w, lr)
    return w


@wrong("train_neuron", caught_by="order_decides_which_example_comes_when")
def sorts_the_order(X, y, w, lr, order):
    """Compare order = [0, 1] with order = [1, 0]. Should the weights be the same at the end?"""
    for i in sorted(order):
        w = neuron_step(X[i], y[i], w, lr)
    return w


@wrong("train_neuron", caught_by="order_decides_which_example_comes_when")
def visits_each_row_once(X, y, w, lr, order):
    """Use order = [1, 1]. How many steps should there be?"""
    for i in dict.fromkeys(int(k) for k in order):
        w = neuron_step(X[i], y[i], w, lr)
    return w


@wrong("train_neuron", caught_by="training_of_one_step_is_that_step")
def leaves_out_the_last_step(X, y, w, lr, order):
    """Use order = [1]. How many steps should there be, and how many do you take?"""
    for i in order[:-1]:
        w = neuron_step(X[i], y[i], w, lr)
    return w


@wrong("train_neuron", caught_by="training_of_one_step_is_that_step")
def leaves_the_loop_after_one_step(X, y, w, lr, order):
    """Use order = [] and then order = [1, 0]. At which line does your loop end, and how often has it run?"""
    for i in order:
        w = neuron_step(X[i], y[i], w, lr)
        return w


@wrong("train_neuron", caught_by="training_of_one_step_is_that_step")
def returns_all_weights_on_the_way(X, y, w, lr, order):
    """The docstring promises the weights after the last step. What shape has your result?"""
    history = [w]
    for i in order:
        history.append(neuron_step(X[i], y[i], history[-1], lr))
    return np.array(history)


@wrong("train_neuron", caught_by="long_training_learns_or")
def slows_down(X, y, w, lr, order):
    """Print the learning rate in each step. Did anybody ask for it to change?"""
    for k, i in enumerate(order):
        w = neuron_step(X[i], y[i], w, lr / (1 + k))
    return w


@wrong("train_neuron", caught_by="every_step_starts_where_the_last_one_ended")
def begins_with_zeros(X, y, w, lr, order):
    """Train twice, the second time from the weights that the first training gave. Does the second one know them?"""
    new = np.zeros(len(w))
    for i in order:
        new = neuron_step(X[i], y[i], new, lr)
    return new


@wrong("train_neuron", caught_by="train_neuron_leaves_arguments_alone")
def trains_the_given_weights_in_place(X, y, w, lr, order):
    """Print w before and after the call. Can somebody else still start from these weights?"""
    for i in order:
        w[...] = neuron_step(X[i], y[i], w, lr).astype(w.dtype)
    return w


@wrong("train_neuron", caught_by="training_of_one_step_is_that_step")
def learns_from_wrong_answers_only(X, y, w, lr, order):
    """The lecture's example has a = 0.5474 and y = 1: on the right side of 0.5. Does its step move the weights?"""
    w = np.array(w, dtype=float)
    for i in order:
        if (neuron_forward(X[i], w)[1] > 0.5) != (y[i] > 0.5):
            w = neuron_step(X[i], y[i], w, lr)
    return w
