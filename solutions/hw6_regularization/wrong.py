"""Plausible mistakes in homework 6. Each docstring is the hint; `caught_by` names the check that must catch it."""

import numpy as np

from autograder.check import wrong

# ---- l2_cost --------------------------------------------------------------------------------------------------


@wrong("l2_cost", caught_by="cost_is_the_mean_loss_plus_the_price_of_the_weights")
def sums_the_losses(losses, weights, lam):
    """Give it the same examples twice over, with lam = 0. Should a cost per example change?"""
    return np.sum(losses) + lam * sum(np.sum(np.square(w)) for w in weights)


@wrong("l2_cost", caught_by="cost_is_the_mean_loss_plus_the_price_of_the_weights")
def halves_the_penalty(losses, weights, lam):
    """One weight of 3, lam = 1, no losses. Which number does the formula in the text give, and which do you?"""
    return np.mean(losses) + lam / 2 * sum(np.sum(np.square(w)) for w in weights)


@wrong("l2_cost", caught_by="price_of_the_weights_does_not_depend_on_the_number_of_examples")
def shares_the_penalty_among_the_examples(losses, weights, lam):
    """Give it the same examples twice over. Which part of your cost changes, and which part has to do with them?"""
    return np.mean(losses) + lam / len(losses) * sum(np.sum(np.square(w)) for w in weights)


@wrong("l2_cost", caught_by="twice_the_weights_cost_four_times_as_much")
def adds_the_norm(losses, weights, lam):
    """Double all weights. By what factor should the penalty grow, and by what factor does yours?"""
    return np.mean(losses) + lam * np.sqrt(sum(np.sum(np.square(w)) for w in weights))


@wrong("l2_cost", caught_by="twice_the_weights_cost_four_times_as_much")
def adds_absolute_values(losses, weights, lam):
    """Try one weight of 3, then one of 6, without losses. How do the two prices compare with 9 and 36?"""
    return np.mean(losses) + lam * sum(np.sum(np.abs(w)) for w in weights)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def averages_the_squares(losses, weights, lam):
    """Add a second weight of 3 beside the first. Should the penalty stay as it is?"""
    squares = np.concatenate([np.zeros(0), *[np.square(w).ravel() for w in weights]])
    return np.mean(losses) + lam * (np.mean(squares) if squares.size else 0.0)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def penalises_the_first_layer_only(losses, weights, lam):
    """List the arrays in the other order. Should the cost change?"""
    return np.mean(losses) + (lam * np.sum(np.square(weights[0])) if weights else 0.0)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def forgets_the_penalty(losses, weights, lam):
    """Set all losses to 0. What is left of your cost, and what should be?"""
    return float(np.mean(losses))


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def squares_the_sum_of_each_array(losses, weights, lam):
    """Try the two weights 3 and -3 in one array. Do they cancel?"""
    return np.mean(losses) + lam * sum(np.sum(w) ** 2 for w in weights)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def skips_arrays_with_one_axis(losses, weights, lam):
    """The caller decides what is in the list. Who told you that an array with one axis holds biases?"""
    return np.mean(losses) + lam * sum(np.sum(np.square(w)) for w in weights if np.ndim(w) > 1)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def stacks_arrays_of_different_shapes(losses, weights, lam):
    """Give it two layers of different widths. Can both be rows of one array?"""
    return np.mean(losses) + lam * np.sum(np.square(np.array(weights, dtype=float)))


@wrong("l2_cost", caught_by="weights_of_any_shapes_have_a_price")
def takes_the_spectral_norm(losses, weights, lam):
    """Try the 2 by 2 identity matrix. How many ones does your penalty count?"""
    return np.mean(losses) + lam * sum(np.linalg.norm(w, 2) ** 2 if np.ndim(w) == 2 else np.sum(w**2) for w in weights)


@wrong("l2_cost", caught_by="cost_is_the_mean_loss_plus_the_price_of_the_weights")
def mixes_loss_and_penalty(losses, weights, lam):
    """Set lam = 1. How much do the losses still count, and how much should they?"""
    return (1 - lam) * np.mean(losses) + lam * sum(np.sum(np.square(w)) for w in weights)


@wrong("l2_cost", caught_by="l2_cost_leaves_arguments_alone")
def squares_the_weights_in_place(losses, weights, lam):
    """Print the weights before and after the call. Is it still the same network?"""
    cost = np.mean(losses)
    for w in weights:
        w *= w
        cost += lam * np.sum(w)
    return cost


@wrong("l2_cost", caught_by="cost_is_the_mean_loss_plus_the_price_of_the_weights")
def subtracts_the_penalty(losses, weights, lam):
    """Let one weight grow. Should a cost that wants small weights rise or fall?"""
    return np.mean(losses) - lam * sum(np.sum(np.square(w, dtype=float)) for w in weights)


@wrong("l2_cost", caught_by="every_array_of_weights_has_its_price")
def averages_the_price_over_the_arrays(losses, weights, lam):
    """Cut one matrix into two arrays. Should the price of its weights change?"""
    penalty = sum(np.sum(np.square(w, dtype=float)) for w in weights)
    return np.mean(losses) + lam * penalty / max(len(weights), 1)


# ---- weight_decay_step ----------------------------------------------------------------------------------------


@wrong("weight_decay_step", caught_by="weights_without_gradient_shrink_by_a_fixed_share")
def forgets_the_two(w, grad, lr, lam):
    """Nudge w from 3 to 3.001 with lam = 1. By how much does the square of w grow for each 0.001?"""
    return w - lr * np.asarray(grad) - lr * lam * np.asarray(w)


@wrong("weight_decay_step", caught_by="learning_rate_scales_the_whole_step")
def decays_at_full_speed(w, grad, lr, lam):
    """Set the learning rate to 0. Should anything move?"""
    return w - lr * np.asarray(grad) - 2 * lam * np.asarray(w)


@wrong("weight_decay_step", caught_by="weights_without_gradient_shrink_by_a_fixed_share")
def lets_the_weights_grow(w, grad, lr, lam):
    """Take a gradient of 0 and ten steps. Where do your weights go?"""
    return w - lr * np.asarray(grad) + 2 * lr * lam * np.asarray(w)


@wrong("weight_decay_step", caught_by="weights_of_zero_feel_the_loss_alone")
def decays_what_the_gradient_left(w, grad, lr, lam):
    """Start from a weight of exactly 0. Does lam have any say in your first step?"""
    return (w - lr * np.asarray(grad)) * (1 - 2 * lr * lam)


@wrong("weight_decay_step", caught_by="loss_and_decay_pull_together")
def decays_and_does_not_learn(w, grad, lr, lam):
    """Set lam = 0. Where should the gradient take the weights, and where does your step?"""
    return (1 - 2 * lr * lam) * np.asarray(w)


@wrong("weight_decay_step", caught_by="weights_without_gradient_shrink_by_a_fixed_share")
def forgets_to_decay(w, grad, lr, lam):
    """Take a gradient of 0 and ten steps. Do your weights move at all?"""
    return np.asarray(w) - lr * np.asarray(grad)


@wrong("weight_decay_step", caught_by="decay_is_proportional_to_the_weight")
def decays_every_weight_by_the_same_amount(w, grad, lr, lam):
    """Take a gradient of 0 and the weights 1 and 100. How much does each lose: the same amount or the same share?"""
    return w - lr * np.asarray(grad) - 2 * lr * lam * np.sign(w)


@wrong("weight_decay_step", caught_by="decay_is_proportional_to_the_weight")
def subtracts_the_penalty_itself(w, grad, lr, lam):
    """Start from a weight of -1 with a gradient of 0. Does your step take it towards 0?"""
    return w - lr * np.asarray(grad) - lr * lam * np.square(w)


@wrong("weight_decay_step", caught_by="too_strong_a_decay_overshoots")
def stops_the_decay_at_zero(w, grad, lr, lam):
    """Take lr = 1, lam = 2 and a gradient of 0. What does plain arithmetic say, and who forbade it?"""
    return max(0.0, 1 - 2 * lr * lam) * np.asarray(w) - lr * np.asarray(grad)


@wrong("weight_decay_step", caught_by="weights_of_zero_feel_the_loss_alone")
def enlarges_the_gradient(w, grad, lr, lam):
    """Take a gradient of 0. What can your lam still do?"""
    return w - lr * (1 + 2 * lam) * np.asarray(grad)


@wrong("weight_decay_step", caught_by="loss_and_decay_pull_together")
def climbs_the_loss(w, grad, lr, lam):
    """Set lam = 0. Does the loss grow or shrink in the direction that you take?"""
    return w + lr * np.asarray(grad) - 2 * lr * lam * np.asarray(w)


@wrong("weight_decay_step", caught_by="weights_of_any_shape_take_a_step")
def spares_the_first_row(w, grad, lr, lam):
    """Take a gradient of 0 and a matrix of ones. Which of its rows stays, and what is different about it?"""
    new = np.asarray(w) - lr * np.asarray(grad)
    if np.ndim(w) > 1:
        new[1:] -= 2 * lr * lam * np.asarray(w)[1:]
        return new
    return new - 2 * lr * lam * np.asarray(w)


@wrong("weight_decay_step", caught_by="whole_weights_take_broken_steps")
def keeps_whole_weights_whole(w, grad, lr, lam):
    """Give it weights in whole numbers. What is nine tenths of 3 in your result?"""
    new = np.copy(w)
    new[...] = w - lr * np.asarray(grad) - 2 * lr * lam * np.asarray(w)
    return new


@wrong("weight_decay_step", caught_by="weight_decay_step_leaves_arguments_alone")
def steps_in_the_callers_array(w, grad, lr, lam):
    """Print w before and after the call. Which weights does the caller have now?"""
    new = w - lr * np.asarray(grad) - 2 * lr * lam * np.asarray(w)
    np.copyto(w, new, casting="unsafe")
    return new


@wrong("weight_decay_step", caught_by="weights_without_gradient_shrink_by_a_fixed_share")
def gives_the_step_alone(w, grad, lr, lam):
    """Print your result for a learning rate of 0. Are these the weights that the network had?"""
    return lr * grad + 2 * lr * lam * w


# ---- dropout_forward ------------------------------------------------------------------------------------------


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def forgets_to_scale(rng, A, drop_prob, training):
    """Average your outputs over a thousand calls on the same A. Do you get A back?"""
    mask = (rng.random(A.shape) >= drop_prob) * 1.0 if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="nothing_is_dropped_in_evaluation")
def scales_in_evaluation_instead(rng, A, drop_prob, training):
    """Call it in evaluation. The text says when the scaling happens: is A the same afterwards?"""
    mask = (rng.random(A.shape) >= drop_prob) * 1.0 if training else np.full(A.shape, 1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def keeps_what_should_be_dropped(rng, A, drop_prob, training):
    """Set drop_prob to 0.9 and count the zeros among a thousand entries. How many should there be?"""
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = (rng.random(A.shape) < drop_prob) / max(drop_prob, 1e-12)
    return A * mask, mask


@wrong("dropout_forward", caught_by="share_of_dropped_entries_is_drop_prob")
def drops_the_survivors(rng, A, drop_prob, training):
    """Set drop_prob to 0.1 and count the zeros among a thousand entries. Is one in ten dropped?"""
    mask = (rng.random(A.shape) <= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def divides_by_the_drop_probability(rng, A, drop_prob, training):
    """Nearly nothing is dropped at drop_prob = 0.01. How large should the survivors be, and how large are yours?"""
    mask = (rng.random(A.shape) >= drop_prob) / max(drop_prob, 1e-12) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def multiplies_by_the_keep_probability(rng, A, drop_prob, training):
    """Take A = 1 everywhere. Are the survivors larger or smaller than before, and which of the two is needed?"""
    mask = (rng.random(A.shape) >= drop_prob) * (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="each_example_loses_other_units")
def one_mask_for_all_examples(rng, A, drop_prob, training):
    """Print the mask of four examples. Does each of them lose units of its own?"""
    mask = np.ones(A.shape)
    if training:
        mask = mask * (rng.random(A.shape[1]) >= drop_prob) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="each_example_loses_other_units")
def drops_whole_examples(rng, A, drop_prob, training):
    """Print the mask of four examples. Are units dropped, or examples?"""
    mask = np.ones(A.shape)
    if training:
        mask = mask * (rng.random((len(A), 1)) >= drop_prob) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="nothing_is_dropped_in_evaluation")
def drops_in_evaluation_too(rng, A, drop_prob, training):
    """Ask your network the same question twice in evaluation. Does it answer the same?"""
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def returns_a_mask_without_the_scale(rng, A, drop_prob, training):
    """Multiply A by the mask that you return. Is that your out?"""
    keep = rng.random(A.shape) >= drop_prob if training else np.ones(A.shape, dtype=bool)
    scale = 1 / (1 - drop_prob) if training else 1.0
    return A * keep * scale, keep.astype(float)


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def drops_without_scaling_the_output(rng, A, drop_prob, training):
    """Multiply A by the mask that you return. Is that your out, also where nothing was dropped?"""
    keep = rng.random(A.shape) >= drop_prob if training else np.ones(A.shape, dtype=bool)
    scale = 1 / (1 - drop_prob) if training else 1.0
    return np.where(keep, A, 0.0), keep * scale


@wrong("dropout_forward", caught_by="number_of_survivors_is_left_to_chance")
def drops_a_fixed_number_of_units(rng, A, drop_prob, training):
    """Count the zeros in each row of your mask. What would a thrown coin for each unit do?"""
    mask = np.ones(A.shape)
    if training:
        order = np.argsort(rng.random(A.shape), axis=1)
        mask = (order >= round(drop_prob * A.shape[1])) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="number_of_survivors_is_left_to_chance")
def drops_a_fixed_number_of_entries(rng, A, drop_prob, training):
    """Call it ten times and count the zeros in each mask. Is the same number every time what chance does?"""
    mask = np.ones(A.size)
    if training:
        mask /= 1 - drop_prob
        mask[rng.permutation(A.size)[: round(drop_prob * A.size)]] = 0
    mask = mask.reshape(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def scales_by_the_survivors_it_counts(rng, A, drop_prob, training):
    """Call it twice on the same A. Are the survivors scaled alike, or does your factor depend on luck?"""
    keep = rng.random(A.shape) >= drop_prob if training else np.ones(A.shape, dtype=bool)
    mask = keep * (A.size / max(np.sum(keep), 1))
    return A * mask, mask


@wrong("dropout_forward", caught_by="share_of_dropped_entries_is_drop_prob")
def throws_a_fair_coin(rng, A, drop_prob, training):
    """Set drop_prob to 0.1 and count the zeros among a thousand entries. Does your coin know drop_prob?"""
    mask = rng.integers(0, 2, size=A.shape) / (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="share_of_dropped_entries_is_drop_prob")
def compares_normal_draws(rng, A, drop_prob, training):
    """Set drop_prob to 0 and count the zeros. Which of your draws are below 0, and should any be?"""
    mask = (rng.normal(size=A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="all_randomness_comes_from_the_generator")
def starts_a_generator_of_its_own(rng, A, drop_prob, training):
    """Call it twice with the same rng and compare the masks. Where do your random numbers come from?"""
    own = np.random.default_rng(0)
    mask = (own.random(A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="mask_does_not_look_at_the_values")
def reads_the_mask_off_the_output(rng, A, drop_prob, training):
    """Give it an A with zeros, as ReLU makes them. Were those units dropped?"""
    if not training:
        return 1.0 * A, np.ones(A.shape)
    out = A * (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return out, (out != 0) / (1 - drop_prob)


@wrong("dropout_forward", caught_by="nothing_is_dropped_in_evaluation")
def has_no_mask_in_evaluation(rng, A, drop_prob, training):
    """Multiply A by the mask that you return in evaluation. Can you, and what should come out?"""
    if not training:
        return 1.0 * A, None
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def hands_back_the_mask_first(rng, A, drop_prob, training):
    """Print the first of your two results. Is it a layer's output?"""
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    return mask, A * mask


@wrong("dropout_forward", caught_by="whole_values_survive_as_broken_ones")
def keeps_whole_values_whole(rng, A, drop_prob, training):
    """Give it A in whole numbers and drop_prob = 0.2. What is 5/4 of 1 in your result?"""
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    out = np.zeros_like(A)
    out[...] = A * mask
    return out, mask


@wrong("dropout_forward", caught_by="dropout_forward_leaves_the_layer_alone")
def drops_in_the_callers_array(rng, A, drop_prob, training):
    """Print A before and after the call. Will the caller find the layer's outputs there?"""
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob) if training else np.ones(A.shape)
    out = A * mask
    np.copyto(A, out, casting="unsafe")
    return out, mask


@wrong("dropout_forward", caught_by="nothing_is_dropped_in_evaluation")
def scales_in_evaluation_beside_the_mask(rng, A, drop_prob, training):
    """Call it in evaluation. The text says when the scaling happens: is A the same afterwards?"""
    if not training:
        return (1 - drop_prob) * A, np.ones(A.shape)
    mask = (rng.random(A.shape) >= drop_prob) * 1.0
    return A * mask, mask


@wrong("dropout_forward", caught_by="share_and_scale_fit_every_probability")
def draws_whole_tenths(rng, A, drop_prob, training):
    """Set drop_prob to 0.25 and count the zeros among ten thousand entries. Which shares can your draw make at all?"""
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = (rng.integers(0, 10, size=A.shape) >= round(10 * drop_prob)) / (1 - drop_prob)
    return A * mask, mask


# The same mistakes with the draw turned round: who draws the survivors meets other random numbers.


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def forgets_to_scale_the_survivors_it_draws(rng, A, drop_prob, training):
    """Average your outputs over a thousand calls on the same A. Do you get A back?"""
    mask = (rng.random(A.shape) < 1 - drop_prob) * 1.0 if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def returns_the_bare_survivors_it_draws(rng, A, drop_prob, training):
    """Multiply A by the mask that you return. Is that your out?"""
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = (rng.random(A.shape) < 1 - drop_prob) * 1.0
    return A * mask / (1 - drop_prob), mask


@wrong("dropout_forward", caught_by="nothing_is_dropped_in_evaluation")
def draws_survivors_in_evaluation_too(rng, A, drop_prob, training):
    """Ask your network the same question twice in evaluation. Does it answer the same?"""
    mask = (rng.random(A.shape) < 1 - drop_prob) / (1 - drop_prob)
    return A * mask, mask


@wrong("dropout_forward", caught_by="each_example_loses_other_units")
def draws_one_row_of_survivors(rng, A, drop_prob, training):
    """Print the mask of four examples. Does each of them lose units of its own?"""
    if not training:
        return 1.0 * A, np.ones(A.shape)
    mask = np.tile((rng.random(A.shape[1]) < 1 - drop_prob) / (1 - drop_prob), (len(A), 1))
    return A * mask, mask


@wrong("dropout_forward", caught_by="an_entry_is_dropped_or_scaled_up")
def scales_by_the_root(rng, A, drop_prob, training):
    """Average your outputs over a thousand calls on A = 1. Which mean should it be, and by what factor is it off?"""
    mask = (rng.random(A.shape) >= drop_prob) / np.sqrt(1 - drop_prob) if training else np.ones(A.shape)
    return A * mask, mask


@wrong("dropout_forward", caught_by="mask_does_not_look_at_the_values")
def reads_the_mask_off_the_output_in_evaluation(rng, A, drop_prob, training):
    """In evaluation, give it an A with zeros, as ReLU makes them. Was anything dropped there?"""
    if not training:
        return 1.0 * A, (A != 0) * 1.0
    mask = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return A * mask, mask


# ---- dropout_backward -----------------------------------------------------------------------------------------


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def forgets_the_mask(dout, mask):
    """A dropped unit had no effect on the loss. What is the slope of something without effect?"""
    return 1.0 * np.asarray(dout)


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def forgets_the_scale(dout, mask):
    """With a mask of 4, nudge an entry of A by 0.01. By how much does out move?"""
    return dout * (np.asarray(mask) != 0)


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def undoes_the_scale(dout, mask):
    """With a mask of 4, nudge an entry of A by 0.01. Does out move by more than that or by less?"""
    return np.divide(dout, mask, out=np.zeros(np.shape(dout)), where=np.asarray(mask) != 0)


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def applies_the_mask_twice(dout, mask):
    """With a mask of 4 and dout = 1, work out the slope on paper. How often does the mask act on the way forwards?"""
    return dout * np.square(mask)


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def lets_the_dropped_through(dout, mask):
    """Print dA beside the mask. At which entries does a gradient arrive, and where did a value pass?"""
    return np.where(np.asarray(mask) == 0, dout, 0.0)


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def uses_the_first_examples_mask(dout, mask):
    """Give it two examples with different masks. Which mask does the second one meet?"""
    return dout * np.asarray(mask)[0]


@wrong("dropout_backward", caught_by="evaluation_hands_the_gradient_on")
def averages_over_the_batch(dout, mask):
    """Use a mask of ones and four examples. What should come back, and by what factor is yours smaller?"""
    return np.asarray(dout) * mask / len(mask)


@wrong("dropout_backward", caught_by="whole_gradients_come_back_broken")
def keeps_whole_gradients_whole(dout, mask):
    """Give it dout in whole numbers and a mask of 1.25. What is 5/4 of 3 in your result?"""
    dA = np.zeros_like(dout)
    dA[...] = dout * mask
    return dA


@wrong("dropout_backward", caught_by="dropout_backward_leaves_arguments_alone")
def masks_the_callers_gradient(dout, mask):
    """Print dout before and after the call. Does anybody else need it?"""
    dA = np.multiply(dout, mask)
    np.copyto(dout, dA, casting="unsafe")
    return dA


@wrong("dropout_backward", caught_by="gradient_passes_where_the_value_passed")
def takes_every_scale_for_two(dout, mask):
    """Use a mask of 0 and 1.25. Which drop_prob made it, and how large should your factor be?"""
    return np.where(mask > 0, 2.0 * dout, 0.0)


# ---- batch_norm_forward ---------------------------------------------------------------------------------------


@wrong("batch_norm_forward", caught_by="column_on_paper_is_normalised")
def divides_by_one_example_less(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Work out the variance of the column 0, 0, 8, 8 on paper. By how many examples do you divide?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), ((X - X.mean(axis=0)) ** 2).sum(axis=0) / max(len(X) - 1, 1)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="running_values_move_towards_the_batch")
def corrects_the_running_variance(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Set momentum to 0. Is the running variance that you return the one that divided this batch?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    var = var * len(X) / max(len(X) - 1, 1)
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="eps_is_added_under_the_root_in_both_modes")
def adds_eps_beside_the_root(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Take variance 16 and eps = 9. What does the formula divide by, and what do you divide by?"""
    if not training:
        return gamma * (X - running_mean) / (np.sqrt(running_var) + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / (np.sqrt(var) + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def divides_by_the_variance(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Multiply X by 10. How does your out change, and how should it?"""
    if not training:
        return gamma * (X - running_mean) / (running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / (var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="column_on_paper_is_normalised")
def normalises_each_example(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Count the means that you take: is it one for each unit or one for each example?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    mean, var = X.mean(axis=0), X.var(axis=0)
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def takes_one_mean_for_all_units(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Give it one unit in grams and one in tons. Do both columns have mean beta afterwards?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = np.full(X.shape[1], X.mean()), np.full(X.shape[1], X.var())
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def scales_the_shift_too(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Give it a constant column, gamma = 2 and beta = 3. What comes out, and what should?"""
    if not training:
        return gamma * ((X - running_mean) / np.sqrt(running_var + eps) + beta), running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * ((X - mean) / np.sqrt(var + eps) + beta)
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def forgets_scale_and_shift(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Change gamma, then beta. Does your out notice?"""
    if not training:
        return (X - running_mean) / np.sqrt(running_var + eps), 1.0 * running_mean, 1.0 * running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = (X - mean) / np.sqrt(var + eps)
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="evaluation_uses_and_keeps_the_running_statistics")
def scales_and_shifts_in_training_only(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Change gamma and beta and call it in evaluation. Does out notice what training has learned?"""
    if not training:
        return (X - running_mean) / np.sqrt(running_var + eps), 1.0 * running_mean, 1.0 * running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="running_statistics_keep_the_share_momentum")
def exchanges_old_and_new(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Set momentum to 1, so that nothing of the batch should be taken in. What do your running values do?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, (1 - momentum) * running_mean + momentum * mean, (1 - momentum) * running_var + momentum * var


@wrong("batch_norm_forward", caught_by="answer_about_one_example_ignores_its_neighbours")
def normalises_by_the_batch_in_evaluation(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """In evaluation, give it one example alone and then among others. Does its output depend on the company?"""
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if not training:
        return out, 1.0 * running_mean, 1.0 * running_var
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def normalises_by_running_values_in_training(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """In training, look at the mean of each column of out. Which statistics make it exactly beta?"""
    if training:
        running_mean = momentum * running_mean + (1 - momentum) * X.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * X.var(axis=0)
    return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var


@wrong("batch_norm_forward", caught_by="answer_about_one_example_ignores_its_neighbours")
def goes_on_learning_in_evaluation(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Evaluate one example twice, handing on what you return. Does the second answer differ from the first?"""
    mean, var = X.mean(axis=0), X.var(axis=0)
    used = (mean, var) if training else (running_mean, running_var)
    out = gamma * (X - used[0]) / np.sqrt(used[1] + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="running_statistics_keep_the_share_momentum")
def never_moves_the_running_values(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Train on ten batches and print the running values. Have they learned anything?"""
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (running_mean, running_var)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta, 1.0 * running_mean, 1.0 * running_var


@wrong("batch_norm_forward", caught_by="running_statistics_keep_the_share_momentum")
def remembers_the_deviation(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Set momentum to 0. Compare the running variance that you return with the variance of the batch."""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var**0.5


@wrong("batch_norm_forward", caught_by="running_values_move_towards_the_batch")
def remembers_eps(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Give it a constant column, momentum 0 and eps = 1. What is the variance of that column?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0) + eps
    out = gamma * (X - mean) / np.sqrt(var) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="eps_is_added_under_the_root_in_both_modes")
def forgets_eps_in_evaluation(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Evaluate with a running variance of 0. What do you divide by?"""
    if not training:
        with np.errstate(all="ignore"):
            return gamma * (X - running_mean) / np.sqrt(running_var) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="eps_is_added_under_the_root_in_both_modes")
def chooses_its_own_eps(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Call it with eps = 1, then with eps = 100. Does your out notice?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + 1e-5) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + 1e-5) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="columns_get_mean_beta_and_spread_gamma")
def forgets_to_centre(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Add 100 to every entry of X. Does your out stay as it is?"""
    if not training:
        return gamma * X / np.sqrt(running_var + eps) + beta, 1.0 * running_mean, 1.0 * running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * X / np.sqrt(var + eps) + beta
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


@wrong("batch_norm_forward", caught_by="whole_numbers_have_broken_outputs")
def keeps_whole_outputs_whole(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Give it X in whole numbers. How many different values can a normalised column of yours have?"""
    out, mean, var = np.zeros_like(X), 1.0 * running_mean, 1.0 * running_var
    if training:
        mean, var = X.mean(axis=0), X.var(axis=0)
    out[...] = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if training:
        mean = momentum * running_mean + (1 - momentum) * mean
        var = momentum * running_var + (1 - momentum) * var
    return out, mean, var


@wrong("batch_norm_forward", caught_by="batch_norm_forward_leaves_arguments_alone")
def moves_the_callers_running_values(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """Print running_mean before and after the call. Should the call change the caller's array, or return a new one?"""
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (1.0 * running_mean, 1.0 * running_var)
    new_mean, new_var = (
        momentum * old + (1 - momentum) * new for old, new in [(running_mean, mean), (running_var, var)]
    )
    np.copyto(running_mean, new_mean, casting="unsafe")
    np.copyto(running_var, new_var, casting="unsafe")
    return gamma * (X - mean) / np.sqrt(var + eps) + beta, new_mean, new_var


@wrong("batch_norm_forward", caught_by="running_values_move_towards_the_batch")
def ignores_a_batch_of_one(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    """In training, give it a batch of one example with momentum 0. What are its mean and its variance?"""
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_var + eps) + beta, running_mean, running_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if len(X) == 1:
        return out, running_mean, running_var
    return out, momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var


# ---- batch_norm_backward --------------------------------------------------------------------------------------


@wrong("batch_norm_backward", caught_by="shifting_a_column_changes_nothing")
def takes_mean_and_variance_for_constants(dout, X, gamma, eps):
    """Nudge one entry of X. Does only its own entry of out move, or the whole column?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    return dout * gamma / std, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="input_gradient_matches_finite_differences")
def forgets_the_path_through_the_variance(dout, X, gamma, eps):
    """Stretch a column of X to twice its size. Does out change? Add up dX * X over that column."""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    return gamma / std * (dout - dout.mean(axis=0)), (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="shifting_a_column_changes_nothing")
def forgets_the_path_through_the_mean(dout, X, gamma, eps):
    """Add 1 to a whole column of X. Does out change? Add up that column of dX."""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="scale_of_zero_stops_dX_alone")
def forgets_gamma_on_the_way_back(dout, X, gamma, eps):
    """Set gamma to 0. How much can X still change the loss?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0)) / std
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="large_eps_belongs_to_the_derivative")
def forgets_eps(dout, X, gamma, eps):
    """Give it a constant column. What do you divide by?"""
    with np.errstate(all="ignore"):
        std = np.sqrt(X.var(axis=0))
        hat = (X - X.mean(axis=0)) / std
        dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="same_batch_twice_doubles_dgamma_and_dbeta")
def averages_the_parameters_gradients(dout, X, gamma, eps):
    """Where does the mean's 1/N enter for the first time? Give it the same batch twice over: what should dbeta do?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).mean(axis=0), dout.mean(axis=0)


@wrong("batch_norm_backward", caught_by="scale_and_shift_have_sums_over_the_batch")
def multiplies_by_the_raw_input(dout, X, gamma, eps):
    """Nudge gamma by 0.01. By how much does each entry of out move: by X, or by something made of X?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * X).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="scale_and_shift_have_sums_over_the_batch")
def multiplies_by_the_centred_input(dout, X, gamma, eps):
    """Multiply X by 10: out stays nearly the same. Should dgamma grow by 10?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * (X - X.mean(axis=0))).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="scale_and_shift_have_sums_over_the_batch")
def scales_the_gradient_of_the_scale(dout, X, gamma, eps):
    """Out is gamma times something, plus beta. What is the slope of that in gamma: does it hold gamma?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dhat = dout * gamma
    return (
        (dhat - dhat.mean(axis=0) - hat * (dhat * hat).mean(axis=0)) / std,
        (dhat * hat).sum(axis=0),
        dout.sum(axis=0),
    )


@wrong("batch_norm_backward", caught_by="input_gradient_is_the_slope_of_your_own_forward")
def divides_by_one_example_less_on_the_way_back(dout, X, gamma, eps):
    """Compare the variance that you use here with the one on the way forwards. Do they divide by the same number?"""
    std = np.sqrt(X.var(axis=0) * len(X) / max(len(X) - 1, 1) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="input_gradient_matches_finite_differences")
def adds_up_where_a_mean_belongs(dout, X, gamma, eps):
    """Nudge one entry of X by 0.01, among N examples. By how much does the mean of its column move?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.sum(axis=0) - hat * (dout * hat).sum(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="input_gradient_matches_finite_differences")
def counts_the_variance_twice(dout, X, gamma, eps):
    """The slope of a root has a 1/2, the slope of a square a 2. What is left of the two in your third path?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - 2 * hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="input_gradient_matches_finite_differences")
def multiplies_by_the_deviation(dout, X, gamma, eps):
    """Multiply X by 10. Does a nudge of the same size now move out more or less?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma * std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="large_eps_belongs_to_the_derivative")
def adds_eps_to_the_deviation(dout, X, gamma, eps):
    """Take variance 16 and eps = 9. What does the formula divide by, and what do you divide by?"""
    std = np.sqrt(X.var(axis=0)) + eps
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="input_gradient_matches_finite_differences")
def turns_the_variance_path_round(dout, X, gamma, eps):
    """Pull the largest entry of a column further out. Does its normalised value grow faster or slower than itself?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) + hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="scale_and_shift_have_sums_over_the_batch")
def hands_back_beta_before_gamma(dout, X, gamma, eps):
    """Set X to a constant column. Which of your two last results is 0, and which should be?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, dout.sum(axis=0), (dout * hat).sum(axis=0)


@wrong("batch_norm_backward", caught_by="scale_and_shift_have_sums_over_the_batch")
def adds_up_over_all_units(dout, X, gamma, eps):
    """Nudge the beta of one unit. Which columns of out move?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, np.full(len(gamma), (dout * hat).sum()), np.full(len(gamma), dout.sum())


@wrong("batch_norm_backward", caught_by="whole_numbers_have_broken_gradients")
def keeps_whole_gradients_of_x_whole(dout, X, gamma, eps):
    """Give it X in whole numbers. How many entries of your dX are broken?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = np.zeros_like(X)
    dX[...] = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="batch_norm_backward_leaves_arguments_alone")
def centres_the_callers_input(dout, X, gamma, eps):
    """Print X before and after the call. Whose array did you move?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dX = gamma / std * (dout - dout.mean(axis=0) - hat * (dout * hat).mean(axis=0))
    np.copyto(X, X - X.mean(axis=0), casting="unsafe")
    return dX, (dout * hat).sum(axis=0), dout.sum(axis=0)


@wrong("batch_norm_backward", caught_by="shifting_a_column_changes_nothing")
def forgets_gamma_in_the_means(dout, X, gamma, eps):
    """Set all of gamma to 3 in place of 1. By what factor should dX grow, every term of it?"""
    std = np.sqrt(X.var(axis=0) + eps)
    hat = (X - X.mean(axis=0)) / std
    dgamma, dbeta = (dout * hat).sum(axis=0), dout.sum(axis=0)
    return (gamma * dout - dbeta / len(X) - hat * dgamma / len(X)) / std, dgamma, dbeta
