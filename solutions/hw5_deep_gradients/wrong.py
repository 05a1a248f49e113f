"""Plausible mistakes in homework 5. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905, RUF007  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.activations import logistic, logistic_grad, relu, relu_grad
from nnref.clipping import clip_by_norm, global_norm
from nnref.residual import residual_backward, residual_forward
from nnref.scaling import he_init

# ---- chain_deltas ---------------------------------------------------------------------------------------------


@wrong("chain_deltas", caught_by="single_neuron_is_the_shortest_chain")
def forgets_the_two(z, w, y):
    """Take one neuron with output 0.75 and target 0.25. By how much does the square of the error grow with a?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= logistic(z[-1]) - y
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="error_may_have_either_sign")
def turns_the_error_round(z, w, y):
    """Take one neuron whose output is below its target. Does the loss grow or shrink when z grows?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (y - logistic(z[-1]))
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="error_may_have_either_sign")
def loses_the_sign_of_the_error(z, w, y):
    """Try a target above the output, then one as far below it. What should happen to the deltas?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * abs(y - logistic(z[-1]))
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="single_neuron_is_the_shortest_chain")
def last_neuron_has_no_slope(z, w, y):
    """A delta belongs to z and not to a. What stands between the last z and the last a?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] = 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="steepest_neurons_pass_on_a_quarter")
def takes_slopes_at_the_outputs(z, w, y):
    """Ask your answer for the slope of a neuron with z = 0. Is it the largest one there is?"""
    deltas = logistic_grad(logistic(np.array(z, dtype=float)))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="deltas_match_finite_differences")
def forgets_the_weights(z, w, y):
    """Set one weight to 0. Can anything to its left still change the output?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="cut_chain_learns_on_the_right_alone")
def takes_the_weight_that_comes_in(z, w, y):
    """Write the number of each neuron and of each weight under a chain of three. Which weight follows neuron 1?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[max(k - 1, 0)] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="cut_chain_learns_on_the_right_alone")
def reads_the_weights_backwards(z, w, y):
    """Set the first weight of a long chain to 0. How many deltas become 0?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[len(w) - 1 - k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="deltas_match_finite_differences")
def takes_the_slope_of_the_neighbour(z, w, y):
    """Saturate neuron 0 alone, with z = 10. Which delta should shrink?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] = w[k] * logistic_grad(z[k + 1]) * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="deltas_match_finite_differences")
def neurons_have_no_slope_but_the_last(z, w, y):
    """Saturate a neuron in the middle, with z = 10. How much of a change at its left comes through?"""
    deltas = np.zeros(len(z))
    deltas[-1] = 2 * (logistic(z[-1]) - y) * logistic_grad(z[-1])
    for k in range(len(w) - 1, -1, -1):
        deltas[k] = w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chains_of_any_length_have_their_deltas")
def looks_one_neuron_ahead_only(z, w, y):
    """In a chain of three, double the slope of the last neuron. Which deltas should double?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[:-1] *= w
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    deltas[:-1] *= deltas[-1]
    return deltas


@wrong("chain_deltas", caught_by="chains_of_any_length_have_their_deltas")
def stops_before_the_first_neuron(z, w, y):
    """Multiply the error by 10. Which of your deltas do not notice?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, 0, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chains_of_any_length_have_their_deltas")
def walks_from_the_left(z, w, y):
    """Which delta can you compute first, with no other one? Print the order in which yours are finished."""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w)):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chains_of_any_length_have_their_deltas")
def gives_them_from_right_to_left(z, w, y):
    """Take two neurons. Which entry of your result is the one of the output neuron?"""
    deltas = [2 * (logistic(z[-1]) - y) * logistic_grad(z[-1])]
    for k in range(len(w) - 1, -1, -1):
        deltas.append(w[k] * deltas[-1] * logistic_grad(z[k]))
    return np.array(deltas)


@wrong("chain_deltas", caught_by="single_neuron_is_the_shortest_chain")
def compares_the_target_with_z(z, w, y):
    """What does the last neuron put out if its z is 0? Which number does the loss compare with the target?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (z[-1] - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chain_of_whole_numbers")
def keeps_whole_numbers_whole(z, w, y):
    """Give it z in whole numbers. Print the deltas before and after you put them into your array."""
    deltas = np.zeros_like(z)
    delta = 2 * (logistic(z[-1]) - y) * logistic_grad(z[-1])
    deltas[-1] = delta
    for k in range(len(w) - 1, -1, -1):
        delta = delta * w[k] * logistic_grad(z[k])
        deltas[k] = delta
    return deltas


@wrong("chain_deltas", caught_by="saturated_neurons_stay_finite")
def overflows_far_from_zero(z, w, y):
    """Try z = -1000. What is e to the power 1000 on this machine, and what is its quotient by itself?"""
    with np.errstate(all="ignore"):
        e = np.exp(-np.array(z, dtype=float))
        deltas = e / (1 + e) ** 2
        deltas[-1] *= 2 * (1 / (1 + e[-1]) - y)
        for k in range(len(w) - 1, -1, -1):
            deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chain_deltas_leaves_arguments_alone")
def writes_the_slopes_into_z(z, w, y):
    """Print z before and after the call. Who else may still need it?"""
    error = 2 * (logistic(z[-1]) - y)
    slopes = logistic_grad(np.array(z, dtype=float))
    z[:] = slopes
    slopes[-1] *= error
    for k in range(len(w) - 1, -1, -1):
        slopes[k] *= w[k] * slopes[k + 1]
    return slopes


@wrong("chain_deltas", caught_by="single_neuron_is_the_shortest_chain")
def takes_the_error_for_the_delta(z, w, y):
    """Move z of a single neuron by 0.01. By how much does (y - a)^2 change, and is that 0.01 times your delta?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] = logistic(z[-1]) - y
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="weights_above_four_make_deltas_explode")
def loses_the_signs_of_the_weights(z, w, y):
    """Turn the sign of one weight. Which deltas should turn theirs?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] *= abs(w[k]) * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="single_neuron_is_the_shortest_chain")
def needs_a_second_neuron(z, w, y):
    """Give it one neuron and no weights. How many deltas are there, and does your answer find them?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    deltas[-2] *= w[-1] * deltas[-1]
    for k in range(len(w) - 2, -1, -1):
        deltas[k] *= w[k] * deltas[k + 1]
    return deltas


@wrong("chain_deltas", caught_by="chain_deltas_leaves_arguments_alone")
def multiplies_the_callers_weights(z, w, y):
    """Print w before and after the call. From which weights will the next step start?"""
    deltas = logistic_grad(np.array(z, dtype=float))
    w[...] = (w * deltas[:-1]).astype(w.dtype)
    deltas[-1] *= 2 * (logistic(z[-1]) - y)
    for k in range(len(w) - 1, -1, -1):
        deltas[k] = w[k] * deltas[k + 1]
    return deltas


# ---- xavier_init ----------------------------------------------------------------------------------------------


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def xavier_variance_given_as_deviation(rng, fan_in, fan_out):
    """Print W.var() for fan_in = 100. Which of the two, variance or deviation, does the generator take?"""
    return rng.normal(0, 1 / fan_in, size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_spread_follows_fan_in")
def xavier_counts_the_units_above(rng, fan_in, fan_out):
    """One unit adds up 100 products. Does it matter how many other units stand beside it? Count the terms of one z."""
    return rng.normal(0, np.sqrt(1 / fan_out), size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_spread_follows_fan_in")
def follows_the_paper(rng, fan_in, fan_out):
    """There are two rules by this name. Read again: which one does the docstring ask for?"""
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def xavier_weights_are_uniform(rng, fan_in, fan_out):
    """Draw a histogram of ten thousand of your weights. Which shape should it have?"""
    limit = np.sqrt(3 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def uniform_within_one_deviation(rng, fan_in, fan_out):
    """Print the largest of ten thousand weights, and their variance. Is either what a normal draw would give?"""
    limit = 1 / np.sqrt(fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def xavier_weights_are_not_scaled(rng, fan_in, fan_out):
    """Print W.var() for fan_in = 10 and for fan_in = 1000. Where is the rule?"""
    return rng.normal(size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def multiplies_by_the_root(rng, fan_in, fan_out):
    """Give a unit more inputs. Should its weights become larger or smaller to keep z as it was?"""
    return rng.normal(size=(fan_in, fan_out)) * np.sqrt(fan_in)


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def takes_the_factor_of_relu(rng, fan_in, fan_out):
    """Print W.var() times fan_in. For which activation is the number that you see?"""
    return rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_join_every_pair_of_units")
def xavier_shape_is_turned(rng, fan_in, fan_out):
    """Write the shapes of X, W and Z for 3 units below and 5 units. Can X @ W be computed with yours?"""
    return rng.normal(0, np.sqrt(1 / fan_in), size=(fan_out, fan_in))


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def all_units_get_one_column(rng, fan_in, fan_out):
    """Print W for 3 units below and 4 units. How do two units differ before the first step, and after it?"""
    column = rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, 1))
    return np.repeat(column, fan_out, axis=1)


@wrong("xavier_init", caught_by="xavier_weights_have_variance_one_over_fan_in")
def xavier_weights_are_positive(rng, fan_in, fan_out):
    """Print W.mean(). How many of your weights are negative, and how many should be?"""
    return np.abs(rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out)))


@wrong("xavier_init", caught_by="xavier_weights_come_from_rng")
def makes_its_own_generator(rng, fan_in, fan_out):
    """Call it twice with the same rng. What should be different the second time?"""
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_weights_come_from_rng")
def draws_from_elsewhere(rng, fan_in, fan_out):
    """Call it with two generators of the same seed. Do you get the same weights? Who made the randomness?"""
    return np.random.normal(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))


@wrong("xavier_init", caught_by="xavier_init_of_extreme_layers")
def xavier_weights_come_in_pairs(rng, fan_in, fan_out):
    """Add up the weights of a layer from 4 units to 3, a few times. Is a sum of independent numbers always 0?"""
    half = rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in * fan_out + 1) // 2)
    return np.append(half, -half)[: fan_in * fan_out].reshape(fan_in, fan_out)


@wrong("xavier_init", caught_by="xavier_init_of_extreme_layers")
def xavier_weights_are_adjusted_afterwards(rng, fan_in, fan_out):
    """Print W.mean() for ten small layers. How often has chance a mean of exactly 0?"""
    draws = rng.normal(size=(fan_in, fan_out))
    return (draws - draws.mean()) / max(draws.std(), 1e-12) * np.sqrt(1 / fan_in)


@wrong("xavier_init", caught_by="xavier_spread_follows_fan_in")
def xavier_weights_have_a_peak(rng, fan_in, fan_out):
    """Draw a histogram of ten thousand of your weights. Is its top round, as the bell of normal numbers is?"""
    return rng.laplace(0, np.sqrt(0.5 / fan_in), size=(fan_in, fan_out))


# ---- he_init --------------------------------------------------------------------------------------------------


@wrong("he_init", caught_by="he_weights_have_variance_two_over_fan_in")
def he_variance_given_as_deviation(rng, fan_in, fan_out):
    """Print W.var() times fan_in for fan_in = 100. Is it 2? Which of the two does the generator take?"""
    return rng.normal(0, 2 / fan_in, size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_weights_have_variance_two_over_fan_in")
def forgets_what_relu_cuts(rng, fan_in, fan_out):
    """Print W.var() times fan_in. Which share of its inputs does a ReLU layer set to 0?"""
    return rng.normal(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_weights_have_variance_two_over_fan_in")
def root_leaves_out_the_two(rng, fan_in, fan_out):
    """Print W.var() times fan_in. If a number is doubled, what happens to its square?"""
    return rng.normal(0, 2 / np.sqrt(fan_in), size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_weights_have_variance_two_over_fan_in")
def root_covers_the_two_alone(rng, fan_in, fan_out):
    """Write your deviation as a formula and square it. Where does fan_in stand in the square?"""
    return rng.normal(0, np.sqrt(2) / fan_in, size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_spread_follows_fan_in")
def he_counts_the_units_above(rng, fan_in, fan_out):
    """One z adds up fan_in products. Make the layer twice as wide: does this z become larger?"""
    return rng.normal(0, np.sqrt(2 / fan_out), size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_spread_follows_fan_in")
def averages_both_sides(rng, fan_in, fan_out):
    """Try a layer from 10 units to 1000. On which of the two numbers should the variance depend?"""
    return rng.normal(0, np.sqrt(4 / (fan_in + fan_out)), size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_spread_follows_fan_in")
def he_weights_are_uniform(rng, fan_in, fan_out):
    """Print the largest of ten thousand weights, in standard deviations. How far out do normal draws reach?"""
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_weights_join_every_pair_of_units")
def he_shape_is_turned(rng, fan_in, fan_out):
    """Write the shapes of X, W and Z for 3 units below and 5 units. Which of them do you give?"""
    return rng.normal(0, np.sqrt(2 / fan_in), size=(fan_out, fan_in))


@wrong("he_init", caught_by="he_weights_join_every_pair_of_units")
def gives_one_unit(rng, fan_in, fan_out):
    """Count the numbers in your result. How many units has the layer, and how many weights has each?"""
    return rng.normal(0, np.sqrt(2 / fan_in), size=fan_in)


@wrong("he_init", caught_by="he_init_of_extreme_layers")
def he_weights_are_positive(rng, fan_in, fan_out):
    """Print W.mean(). With inputs that are all positive, as ReLU gives them, where does every z end up?"""
    return np.abs(rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out)))


@wrong("he_init", caught_by="he_init_of_extreme_layers")
def all_units_below_count_alike(rng, fan_in, fan_out):
    """Print W for 3 units below and 4 units. Can a unit tell its inputs apart?"""
    return np.tile(rng.normal(0, np.sqrt(2 / fan_in), size=fan_out), (fan_in, 1))


@wrong("he_init", caught_by="he_weights_come_from_rng")
def starts_the_generator_again(rng, fan_in, fan_out):
    """Build two layers of one size with the same rng. What would you expect of their weights?"""
    rng = np.random.default_rng(42)
    return rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))


@wrong("he_init", caught_by="he_init_of_extreme_layers")
def he_weights_come_in_pairs(rng, fan_in, fan_out):
    """Add up the weights of a layer from 4 units to 3, a few times. Is a sum of independent numbers always 0?"""
    half = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in * fan_out + 1) // 2)
    return np.append(half, -half)[: fan_in * fan_out].reshape(fan_in, fan_out)


@wrong("he_init", caught_by="he_init_of_extreme_layers")
def he_weights_are_adjusted_afterwards(rng, fan_in, fan_out):
    """Print W.mean() for ten small layers. How often has chance a mean of exactly 0?"""
    draws = rng.normal(size=(fan_in, fan_out))
    return (draws - draws.mean()) / max(draws.std(), 1e-12) * np.sqrt(2 / fan_in)


@wrong("he_init", caught_by="he_spread_follows_fan_in")
def he_weights_have_a_peak(rng, fan_in, fan_out):
    """Draw a histogram of ten thousand of your weights. Is its top round, as the bell of normal numbers is?"""
    return rng.laplace(0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))


# ---- init_layers ----------------------------------------------------------------------------------------------


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def forgets_the_output_layer(rng, sizes):
    """Count the arrows in 3 - 5 - 4 - 2. How many layers did you make?"""
    return [(he_init(rng, m, n), np.zeros(n)) for m, n in zip(sizes[:-2], sizes[1:-1])]


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def gives_the_inputs_a_layer(rng, sizes):
    """The inputs compute nothing. How many layers with weights has a network 3 - 5 - 4 - 2?"""
    return [(he_init(rng, m, n), np.zeros(n)) for m, n in zip([sizes[0], *sizes], sizes)]


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def biases_belong_to_the_units_below(rng, sizes):
    """Z is X W plus b, for a layer from 3 units to 5. To how many columns does b have to be added?"""
    return [(he_init(rng, m, n), np.zeros(m)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def leaves_the_biases_out(rng, sizes):
    """What does the next line of a forward pass unpack from each entry of params?"""
    return [he_init(rng, m, n) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def gives_two_lists(rng, sizes):
    """What is params[0] in your result? What should it be?"""
    pairs = list(zip(sizes[:-1], sizes[1:]))
    return [he_init(rng, m, n) for m, n in pairs], [np.zeros(n) for _, n in pairs]


@wrong("init_layers", caught_by="one_pair_for_each_layer_after_the_inputs")
def swaps_weights_and_biases(rng, sizes):
    """Print the shapes of one entry. Which of the two comes first in params?"""
    return [(np.zeros(n), he_init(rng, m, n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="biases_start_at_zero")
def biases_start_at_one(rng, sizes):
    """Print one bias. Where should all units start, on which side of 0?"""
    return [(he_init(rng, m, n), np.ones(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="biases_start_at_zero")
def biases_are_drawn_too(rng, sizes):
    """Print one bias. Which of the two has to be random so that units differ, and is one of them enough?"""
    return [(he_init(rng, m, n), he_init(rng, m, n)[0]) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="biases_start_at_zero")
def weights_start_at_zero_too(rng, sizes):
    """Put any input into this network. How do two units of one layer ever become different?"""
    return [(np.zeros((m, n)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="each_layer_has_its_own_fan_in")
def all_layers_are_scaled_by_the_inputs(rng, sizes):
    """Print W.var() times fan_in for each layer of 20 - 300 - 40. Which layer's fan_in did you use?"""
    return [(rng.normal(0, np.sqrt(2 / sizes[0]), (m, n)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="each_layer_has_its_own_fan_in")
def scales_as_for_tanh(rng, sizes):
    """Print W.var() times fan_in for each layer. Which rule does the docstring ask for?"""
    return [(rng.normal(0, np.sqrt(1 / m), (m, n)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="each_layer_has_its_own_fan_in")
def does_not_scale_at_all(rng, sizes):
    """Print W.var() for each layer. Where did the exercise above this one go?"""
    return [(rng.normal(size=(m, n)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="layers_of_one_shape_are_drawn_separately")
def one_draw_for_every_shape(rng, sizes):
    """Build 5 - 5 - 5 and compare its two matrices. How many draws did you make?"""
    drawn = {}
    for m, n in zip(sizes[:-1], sizes[1:]):
        if (m, n) not in drawn:
            drawn[m, n] = he_init(rng, m, n)
    return [(drawn[m, n], np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


@wrong("init_layers", caught_by="network_may_have_one_layer")
def treats_the_last_layer_apart(rng, sizes):
    """Try sizes [6, 2]. Which of your lines makes the hidden layers, and what does it do when there is none?"""
    first = [(he_init(rng, sizes[0], sizes[1]), np.zeros(sizes[1]))]
    middle = [(he_init(rng, m, n), np.zeros(n)) for m, n in zip(sizes[1:-2], sizes[2:-1])]
    return [*first, *middle, (he_init(rng, sizes[-2], sizes[-1]), np.zeros(sizes[-1]))]


@wrong("init_layers", caught_by="init_layers_draws_from_rng_alone")
def uses_up_the_sizes(rng, sizes):
    """Print sizes before and after the call. Who may want to know how wide the network is?"""
    params, fan_in = [], sizes.pop(0)
    while sizes:
        fan_out = sizes.pop(0)
        params.append((he_init(rng, fan_in, fan_out), np.zeros(fan_out)))
        fan_in = fan_out
    return params


@wrong("init_layers", caught_by="init_layers_draws_from_rng_alone")
def seeds_a_generator_of_its_own(rng, sizes):
    """Build two networks with the same rng. Should they be the same network?"""
    rng = np.random.default_rng(1)
    return [(he_init(rng, m, n), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


# ---- dead_units -----------------------------------------------------------------------------------------------


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def one_sleeping_example_is_enough(Z):
    """Give it a unit that sleeps for one example and wakes for another. Do its weights still learn?"""
    return np.any(np.asarray(Z) <= 0, axis=0)


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def finds_dead_examples(Z):
    """Give it 4 examples and 3 units. How many answers did you expect, and how many come?"""
    return np.all(np.asarray(Z) <= 0, axis=1)


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def finds_the_living(Z):
    """Give it one unit that is negative everywhere. Does your answer say that it is dead?"""
    return np.any(np.asarray(Z) > 0, axis=0)


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def averages_the_examples(Z):
    """Give a unit the pre-activations -5 and 1. Does any example still move its weights?"""
    return np.mean(Z, axis=0) <= 0


@wrong("dead_units", caught_by="one_awake_example_in_hundreds_is_enough")
def asks_most_examples(Z):
    """Let a unit wake for 1 example of 5. Is its gradient 0?"""
    return np.mean(np.asarray(Z) <= 0, axis=0) > 0.5


@wrong("dead_units", caught_by="every_unit_is_judged_by_all_examples")
def asks_the_first_example(Z):
    """Swap two examples. Should the list of dead units change?"""
    return np.asarray(Z)[0] <= 0


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def one_verdict_for_the_layer(Z):
    """Give it one dead unit and one that is alive. How many answers did you expect?"""
    return bool(np.all(np.asarray(Z) <= 0))


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def expects_outputs(Z):
    """Print one column of Z and the ReLU of it. In which of the two are there zeros?"""
    return np.all(np.asarray(Z) == 0, axis=0)


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def gives_their_numbers(Z):
    """Which length has your result for 3 units, one of them dead? Which length does the docstring ask for?"""
    return np.flatnonzero(np.all(np.asarray(Z) <= 0, axis=0))


@wrong("dead_units", caught_by="unit_is_dead_if_no_example_wakes_it")
def gives_the_sleeping_share(Z):
    """Your numbers say how often a unit sleeps. When do you call it dead?"""
    return np.mean(np.asarray(Z) <= 0, axis=0)


@wrong("dead_units", caught_by="one_awake_example_in_hundreds_is_enough")
def takes_weak_units_for_dead(Z):
    """Let a unit wake with z = 0.001. What does ReLU's slope have to say about the size of z?"""
    return np.all(np.asarray(Z) < 0.01, axis=0)


@wrong("dead_units", caught_by="dead_units_leaves_whole_numbers_alone")
def applies_relu_in_place(Z):
    """Print Z before and after the call. Does whoever called you still have pre-activations?"""
    Z = np.asarray(Z)
    Z[Z < 0] = 0
    return np.all(Z == 0, axis=0)


@wrong("dead_units", caught_by="one_awake_example_in_hundreds_is_enough")
def takes_nearly_zero_for_zero(Z):
    """Let a unit wake with z = 1e-9. How large is ReLU's slope there, and may the unit still learn?"""
    return np.all(np.isclose(relu(Z), 0), axis=0)


# ---- residual_forward -----------------------------------------------------------------------------------------


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def forgets_the_skip(z):
    """Try z = -3. Which way around the ReLU has the number to take?"""
    return np.maximum(z, 0.0)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def forgets_the_unit(z):
    """Try z = 2. Two ways lead from z to g: what comes along each of them?"""
    return 1.0 * np.asarray(z)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def doubles_everything(z):
    """Try z = -3. What does ReLU add there?"""
    return 2.0 * np.asarray(z)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def multiplies_the_two_ways(z):
    """Try z = 3 on paper. Do the two ways meet in a sum or in a product?"""
    return np.asarray(z) * np.maximum(z, 0.0)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def skips_with_the_size_of_z(z):
    """Try z = -3. Which sign has the number that goes around the unit?"""
    return np.abs(z) + np.maximum(z, 0.0)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def applies_relu_last(z):
    """Can your g be negative? Try z = -3, and compare with a plain ReLU unit."""
    return np.maximum(np.asarray(z) + np.maximum(z, 0.0), 0.0)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def takes_relu_away(z):
    """Try z = 2. Does a live unit raise g or lower it?"""
    return np.asarray(z) - np.maximum(z, 0.0)


@wrong("residual_forward", caught_by="skip_carries_z_past_the_unit")
def adds_the_slope_of_relu(z):
    """Try z = 7. Is it ReLU that you add, or how steep it is?"""
    return np.asarray(z) + (np.asarray(z) > 0)


@wrong("residual_forward", caught_by="every_entry_has_its_own_skip")
def one_gate_for_the_array(z):
    """Give it z = (-3, 2), then -3 and 2 one at a time. Should the results differ?"""
    z = np.asarray(z, dtype=float)
    return 2 * z if np.all(z > 0) else z + np.maximum(z, 0) * (np.ndim(z) == 2)


@wrong("residual_forward", caught_by="residual_forward_leaves_whole_numbers_alone")
def adds_in_place(z):
    """Print z before and after the call. The way back needs z as it was; where is it now?"""
    z = np.asarray(z)
    z += np.maximum(z, 0)
    return z


# ---- residual_backward ----------------------------------------------------------------------------------------


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def gates_are_swapped(dg, z):
    """Try z = 2 and z = -3. For which of the two does g have the steeper slope?"""
    return np.asarray(dg) * np.where(np.asarray(z) < 0, 2.0, 1.0)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def nothing_comes_through_the_skip(dg, z):
    """Try z = -3. Move it a little: does g move?"""
    return np.asarray(dg) * (np.asarray(z) > 0)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def nothing_comes_through_the_unit(dg, z):
    """Try z = 2. Move it by 0.1: by how much does g move?"""
    return 1.0 * np.asarray(dg)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def always_comes_back_twice(dg, z):
    """Try z = -3. Move it by 0.1: by how much does g move?"""
    return 2.0 * np.asarray(dg)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def looks_at_the_gradients_sign(dg, z):
    """Try dg = -1 with z = 2. Which of the two numbers opens the gate of a ReLU?"""
    return np.asarray(dg) * (1 + (np.asarray(dg) > 0))


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def forgets_dg(dg, z):
    """Double dg. What should happen to dz?"""
    return 1.0 + (np.asarray(z) > 0)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def multiplies_by_the_output(dg, z):
    """Try z = 2, then z = 20, with dg = 1. How high is g, and how steep is it?"""
    return np.asarray(dg) * residual_forward(z)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def adds_the_slope(dg, z):
    """Try dg = 0. If the loss does not depend on g, can it depend on z?"""
    return np.asarray(dg) + 1.0 * (np.asarray(z) > 0)


@wrong("residual_backward", caught_by="gradient_comes_back_once_or_twice")
def adds_the_value_of_relu(dg, z):
    """Try z = 2, then z = 20. g is as steep at both: should dz differ?"""
    return np.asarray(dg) * (1 + np.maximum(z, 0.0))


@wrong("residual_backward", caught_by="gradients_of_any_shape_pass_the_skip")
def needs_z_above_one(dg, z):
    """Try z = 0.5. Where exactly does ReLU leave the floor?"""
    return np.asarray(dg) * (1 + np.clip(np.floor(np.maximum(z, 0.0) * 4), 0, 1))


@wrong("residual_backward", caught_by="residual_backward_leaves_whole_numbers_alone")
def doubles_in_the_callers_array(dg, z):
    """Print dg before and after the call. Another branch of the network may still need it. Where is it?"""
    dz = np.asarray(dg)
    dz *= 1 + (np.asarray(z) > 0)
    return dz


# ---- residual_two_neuron_gradients ----------------------------------------------------------------------------


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def results_are_swapped(x, y, w1, w2):
    """Print both results with the lecture's weights. Which one belongs to the arcs that leave the input?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * relu(z1), dz2 * np.asarray(w2) * relu_grad(z1) * x


@wrong("residual_two_neuron_gradients", caught_by="lower_layer_learns_where_the_output_is_negative")
def output_is_a_plain_relu(x, y, w1, w2):
    """Take z2 = -2.5. What does the network give, 0 or something else, and which of the two routes is open?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = 2.0 * (relu(z2) - y) * relu_grad(z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def output_is_linear(x, y, w1, w2):
    """Take the lecture's weights. What is g now: still 2, as in homework 3?"""
    z1 = np.multiply(w1, x)
    dz2 = 2.0 * (np.dot(relu(z1), w2) - y)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def error_is_taken_at_z2(x, y, w1, w2):
    """Take the lecture's weights: z2 is 2 and the target 3. Which number does the loss compare with the target?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (z2 - y), z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def slope_of_the_output_is_left_out(x, y, w1, w2):
    """With z2 = 2, raise z2 by 0.1. By how much does g grow, and where do you use that?"""
    z1 = np.multiply(w1, x)
    dz2 = 2.0 * (residual_forward(np.dot(relu(z1), w2)) - y)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lower_layer_learns_where_the_output_is_negative")
def skip_is_closed_on_the_way_back(x, y, w1, w2):
    """Take z2 = -2.5. g is not 0 there; does it move when z2 moves?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = 2.0 * (residual_forward(z2) - y) * relu_grad(z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lower_layer_learns_where_the_output_is_negative")
def output_doubles_for_every_z2(x, y, w1, w2):
    """Take z2 = -2.5. How steep is g there? Draw it."""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = 4.0 * (residual_forward(z2) - y)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="hidden_units_have_no_skip")
def hidden_units_skip_as_well(x, y, w1, w2):
    """Take the lecture's weights. Neuron 2 has z = -1: what does it hand on, and where is the skip drawn?"""
    z1 = np.multiply(w1, x)
    a1 = residual_forward(z1)
    z2 = np.dot(a1, w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return residual_backward(dz2 * np.asarray(w2), z1) * x, dz2 * a1


@wrong("residual_two_neuron_gradients", caught_by="hidden_units_have_no_skip")
def dead_hidden_units_pass_gradients(x, y, w1, w2):
    """Take a hidden neuron with z = -1. Move its weight a little: does its output move?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lower_gradients_match_finite_differences")
def forgets_the_input(x, y, w1, w2):
    """Take x = 1.7 in place of 1. By how much does z1 grow when w1 grows by 0.1?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * relu_grad(z1), dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lower_gradients_match_finite_differences")
def forgets_the_weights_above(x, y, w1, w2):
    """Set w2 to (0, 1). Can w1[0] still change the loss?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def square_leaves_no_two(x, y, w1, w2):
    """Take the lecture's weights: g = 4 and y = 3. How fast does (g - y) squared grow with g?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(residual_forward(z2) - y, z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def error_has_the_other_sign(x, y, w1, w2):
    """Take the lecture's weights: g = 4 is above y = 3. Should a step make w2[0] larger or smaller?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (y - residual_forward(z2)), z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def output_weights_see_z(x, y, w1, w2):
    """Take a dead hidden neuron. What does it put out, and what does its output weight multiply?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * z1


@wrong("residual_two_neuron_gradients", caught_by="skip_gradients_leave_arguments_alone")
def takes_a_step_on_the_way(x, y, w1, w2):
    """Print w2 before and after the call. Who decided to take a training step here?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    dw1, dw2 = dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * relu(z1)
    w2 -= (0.01 * dw2).astype(w2.dtype)
    return dw1, dw2


@wrong("residual_two_neuron_gradients", caught_by="hidden_units_have_no_skip")
def weights_open_the_hidden_gates(x, y, w1, w2):
    """Take x = -1 and w1 = (2, -1). Which of the two hidden neurons is awake?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * relu_grad(w1) * x, dz2 * relu(z1)


@wrong("residual_two_neuron_gradients", caught_by="lecture_network_with_a_skip")
def output_weights_see_the_input(x, y, w1, w2):
    """Take x = 1 and w1 = (2, 1). What does each weight of the output multiply: the same number for both?"""
    z1 = np.multiply(w1, x)
    z2 = np.dot(relu(z1), w2)
    dz2 = residual_backward(2.0 * (residual_forward(z2) - y), z2)
    return dz2 * np.asarray(w2) * relu_grad(z1) * x, dz2 * x * np.ones(2)


# ---- clip_by_norm ---------------------------------------------------------------------------------------------


@wrong("clip_by_norm", caught_by="short_gradient_stays")
def stretches_short_gradients(grad, tau):
    """Try (0.3, -0.4) with tau = 1. Is it too long?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) * (tau / norm) if norm > 0 else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="direction_stays")
def clips_every_entry(grad, tau):
    """Try (6, 8) with tau = 5. Draw both arrows: do they point the same way?"""
    return np.clip(grad, -tau, tau)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def forgets_tau(grad, tau):
    """Try (6, 8) with tau = 5. How long is your result?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) / norm if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def turns_the_quotient_round(grad, tau):
    """Try (6, 8) with tau = 5. Did the gradient become shorter?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) * (norm / tau) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def divides_by_tau(grad, tau):
    """Try (6, 8) with tau = 5, then with tau = 1. How long are the results?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) / tau if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def drops_the_gradient(grad, tau):
    """Try (6, 8) with tau = 5. Does anything remain to be learnt from a gradient that is too long?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.zeros(np.shape(grad)) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def forgets_the_root(grad, tau):
    """How long is (6, 8)? Print the number that you compare with tau."""
    norm = np.sum(np.square(grad, dtype=float))
    return np.asarray(grad) * (tau / norm) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def adds_up_absolute_values(grad, tau):
    """How long is the arrow (6, 8), measured with a ruler? Print your norm."""
    norm = np.sum(np.abs(grad))
    return np.asarray(grad) * (tau / norm) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def looks_at_the_largest_entry(grad, tau):
    """How long is the arrow (6, 8)? Which entries take part in your norm?"""
    norm = np.max(np.abs(grad))
    return np.asarray(grad) * (tau / norm) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="matrix_has_one_length")
def takes_the_spectral_norm(grad, tau):
    """Try a matrix with rows (3, 4) and (4, -3). What is the root of the sum of its squares, and what is your norm?"""
    norm = np.linalg.norm(grad, 2) if np.ndim(grad) <= 2 else np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) * (tau / norm) if norm > tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="matrix_has_one_length")
def clips_row_by_row(grad, tau):
    """Try a matrix with one long row and one short one. Do the rows keep their proportion?"""
    grad = np.asarray(grad, dtype=float)
    norm = np.linalg.norm(grad, axis=-1, keepdims=True)
    return grad * np.where(norm > tau, tau / np.where(norm == 0, 1, norm), 1.0)


@wrong("clip_by_norm", caught_by="zero_gradient_stays_zero")
def divides_before_it_looks(grad, tau):
    """Try a gradient of zeros. What is zero divided by zero?"""
    with np.errstate(all="ignore"):
        norm = np.linalg.norm(np.ravel(grad))
        return np.asarray(grad) / norm * min(norm, tau)


@wrong("clip_by_norm", caught_by="unit_of_length_does_not_matter")
def pads_the_norm(grad, tau):
    """Try a gradient of length 1e-6 with tau = 1e-7. How long is the result?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) * min(1.0, tau / (norm + 1e-6))


@wrong("clip_by_norm", caught_by="vectors_are_clipped_at_any_tau")
def waits_for_twice_tau(grad, tau):
    """Try a gradient that is only a little longer than tau. Should it come back as it is?"""
    norm = np.linalg.norm(np.ravel(grad))
    return np.asarray(grad) * (tau / norm) if norm > 1.5 * tau else 1.0 * np.asarray(grad)


@wrong("clip_by_norm", caught_by="clip_by_norm_leaves_whole_numbers_alone")
def shrinks_the_callers_array(grad, tau):
    """Print the gradient before and after the call. Who else may want to know how long it was?"""
    grad = np.asarray(grad)
    norm = np.linalg.norm(grad.ravel())
    if norm > tau:
        grad[...] = (grad * (tau / norm)).astype(grad.dtype)
    return grad


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def clips_the_short_ones(grad, tau):
    """Try (6, 8) with tau = 5, then with tau = 20. Which of the two results should differ from (6, 8)?"""
    norm = np.linalg.norm(grad)
    with np.errstate(all="ignore"):
        return tau * grad / norm if norm < tau else 1.0 * grad


@wrong("clip_by_norm", caught_by="long_gradient_comes_back_with_length_tau")
def averages_under_the_root(grad, tau):
    """Print your norm of (6, 8). Is it as long as the arrow from (0, 0) to (6, 8)?"""
    norm = np.sqrt(np.mean(np.square(grad, dtype=float)))
    return tau * grad / norm if norm > tau else 1.0 * grad


# ---- global_norm ----------------------------------------------------------------------------------------------


@wrong("global_norm", caught_by="three_and_four_make_five")
def adds_the_norms(grads):
    """Walk 3 steps east and 4 steps north. How far are you from where you began?"""
    return float(sum(np.linalg.norm(np.ravel(grad)) for grad in grads))


@wrong("global_norm", caught_by="three_and_four_make_five")
def takes_the_longest_array(grads):
    """Take arrays of length 3 and 4. Does the shorter one change your result at all?"""
    return float(max([np.linalg.norm(np.ravel(grad)) for grad in grads], default=0.0))


@wrong("global_norm", caught_by="three_and_four_make_five")
def averages_the_norms(grads):
    """Take an array of length 3 and cut it in two. Does your result stay 3?"""
    return float(np.mean([np.linalg.norm(np.ravel(grad)) for grad in grads])) if len(grads) else 0.0


@wrong("global_norm", caught_by="three_and_four_make_five")
def leaves_out_the_root(grads):
    """Take arrays of length 3 and 4. Is your result a length or its square?"""
    return float(sum(np.sum(np.square(grad, dtype=float)) for grad in grads))


@wrong("global_norm", caught_by="three_and_four_make_five")
def divides_by_the_number_of_entries(grads):
    """Add an array of zeros to the list. Does the length change?"""
    count = sum(np.size(grad) for grad in grads)
    return float(np.sqrt(sum(np.sum(np.square(grad, dtype=float)) for grad in grads) / max(count, 1)))


@wrong("global_norm", caught_by="three_and_four_make_five")
def sums_absolute_values(grads):
    """Take one array (3, 4). How long is it, measured with a ruler?"""
    return float(sum(np.sum(np.abs(grad)) for grad in grads))


@wrong("global_norm", caught_by="three_and_four_make_five")
def sees_the_first_array_alone(grads):
    """Change the last array of the list. Does your result notice?"""
    return float(np.linalg.norm(np.ravel(grads[0]))) if len(grads) else 0.0


@wrong("global_norm", caught_by="norm_of_a_network_counts_every_entry")
def leaves_out_the_biases(grads):
    """Give it one array of a single axis, such as the gradient of a bias. Is its length 0?"""
    return float(np.sqrt(sum(np.sum(np.square(grad, dtype=float)) for grad in grads if np.ndim(grad) > 1)))


@wrong("global_norm", caught_by="norm_of_a_network_counts_every_entry")
def takes_spectral_norms(grads):
    """Give it one matrix with rows (3, 4) and (4, -3). Which length has it as a row of four numbers?"""
    norms = [np.linalg.norm(grad, 2) if np.ndim(grad) <= 2 else np.linalg.norm(np.ravel(grad)) for grad in grads]
    return float(np.sqrt(sum(norm**2 for norm in norms)))


@wrong("global_norm", caught_by="nothing_has_length_zero")
def fails_on_an_empty_list(grads):
    """Give it an empty list. What is the length of a gradient without entries?"""
    return float(np.linalg.norm(np.concatenate([np.ravel(grad) for grad in grads])))


@wrong("global_norm", caught_by="norm_grows_with_the_gradient")
def adds_a_safety_margin(grads):
    """Give it a gradient of length 1e-9. What does your result say?"""
    return float(np.sqrt(sum(np.sum(np.square(grad, dtype=float)) for grad in grads) + 1e-12))


@wrong("global_norm", caught_by="global_norm_leaves_whole_numbers_alone")
def squares_in_place(grads):
    """Print the gradients before and after the call. Can anybody still take a step with them?"""
    total = 0.0
    for grad in grads:
        grad *= grad
        total += np.sum(grad)
    return float(np.sqrt(total))


@wrong("global_norm", caught_by="norm_of_a_network_counts_every_entry")
def walks_along_the_first_axis(grads):
    """Give it a list that holds np.array(3.0), one number as an array. Does your walk through it work?"""
    return float(np.sqrt(sum(np.sum(np.square(row, dtype=float)) for grad in grads for row in grad)))


# ---- clip_by_global_norm --------------------------------------------------------------------------------------


@wrong("clip_by_global_norm", caught_by="short_arrays_of_a_long_gradient_shrink_too")
def clips_each_array_by_itself(grads, tau):
    """Three arrays of length 2, tau = 2.5. How long are all three together, before and after?"""
    return [clip_by_norm(grad, tau) for grad in grads]


@wrong("clip_by_global_norm", caught_by="network_is_clipped_at_any_tau")
def clips_only_the_long_arrays(grads, tau):
    """Divide each clipped array by the old one. Do all of them shrink by the same factor?"""
    norm = global_norm(grads)
    return [grad * (tau / norm) if np.linalg.norm(np.ravel(grad)) > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def cuts_every_entry(grads, tau):
    """Divide each entry of the result by the old one. Is it one factor?"""
    return [np.clip(grad, -tau, tau) for grad in grads]


@wrong("clip_by_global_norm", caught_by="arrays_of_a_short_gradient_stay")
def always_gives_length_tau(grads, tau):
    """Give it a gradient of length 5 with tau = 6. Should it grow?"""
    norm = global_norm(grads)
    return [grad * (tau / norm) if norm > 0 else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="arrays_of_a_short_gradient_stay")
def adds_up_the_lengths(grads, tau):
    """Give it arrays of length 3 and 4 with tau = 6. Is the whole gradient longer than tau?"""
    norm = sum(np.linalg.norm(np.ravel(grad)) for grad in grads)
    return [grad * (tau / norm) if norm > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def measures_the_longest_array(grads, tau):
    """Give it arrays of length 3 and 4 with tau = 2. How long is the result as a whole?"""
    norm = max(np.linalg.norm(np.ravel(grad)) for grad in grads)
    return [grad * (tau / norm) if norm > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def shares_tau_among_the_arrays(grads, tau):
    """Give it one long array beside one of zeros, with tau = 2. How long is the result?"""
    norm = global_norm(grads)
    return [grad * (tau / norm / len(grads)) if norm > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def gives_unit_length(grads, tau):
    """Give it arrays of length 3 and 4 with tau = 2. How long is the result as a whole?"""
    norm = global_norm(grads)
    return [grad / norm if norm > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def lengthens_long_gradients(grads, tau):
    """Print the norm before and after the call. In which direction did it go?"""
    norm = global_norm(grads)
    return [grad * (norm / tau) if norm > tau else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def returns_one_long_vector(grads, tau):
    """How many arrays go in, and how many come out? Which shapes do W and b need?"""
    return clip_by_norm(np.concatenate([np.ravel(grad) for grad in grads]), tau)


@wrong("clip_by_global_norm", caught_by="one_factor_shortens_all_arrays")
def measures_again_after_each_array(grads, tau):
    """Divide each clipped array by the old one. With which norm was the second one shortened?"""
    clipped = [1.0 * grad for grad in grads]
    for k in range(len(clipped)):
        norm = global_norm(clipped)
        if norm > tau:
            clipped[k] = clipped[k] * (tau / norm)
    return clipped


@wrong("clip_by_global_norm", caught_by="network_is_clipped_at_any_tau")
def forgets_the_biases(grads, tau):
    """Compare the arrays of a single axis before and after. Do they belong to the gradient?"""
    norm = global_norm([grad for grad in grads if np.ndim(grad) > 1])
    return [grad * (tau / norm) if norm > tau and np.ndim(grad) > 1 else 1.0 * grad for grad in grads]


@wrong("clip_by_global_norm", caught_by="arrays_of_zeros_stay")
def divides_zeros_by_zero(grads, tau):
    """Give it nothing but zeros, as a layer of dead units does. What comes back?"""
    with np.errstate(all="ignore"):
        norm = np.float64(global_norm(grads))
        return [grad / norm * min(norm, tau) for grad in grads]


@wrong("clip_by_global_norm", caught_by="clip_by_global_norm_leaves_whole_numbers_alone")
def shrinks_the_arrays_it_was_given(grads, tau):
    """Print the gradients before and after the call. Which of the two lists is the one that you return?"""
    norm = global_norm(grads)
    for grad in grads:
        if norm > tau:
            grad[...] = (grad * (tau / norm)).astype(grad.dtype)
    return grads
