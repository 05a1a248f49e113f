"""Plausible mistakes in homework 7. Each docstring is the hint; `caught_by` names the check that must catch it."""

# ruff: noqa: B905  written as students write them

import numpy as np

from autograder.check import wrong
from nnref.clipping import clip_by_global_norm
from nnref.outputs import softmax
from nnref.rnn import rnn_backward, rnn_forward, rnn_step, sequence_loss, softmax_nll_grad, tanh_backward

# ---- rnn_step -------------------------------------------------------------------------------------------------


@wrong("rnn_step", caught_by="each_entry_acts_through_its_own_row")
def takes_the_weights_in_columns(x, s, Ws, Wx):
    """Let Ws have a single 1, in row 0 and column 1. Which unit should hear of which?"""
    return np.tanh(np.dot(Ws, s) + np.dot(x, Wx))


@wrong("rnn_step", caught_by="step_of_the_network_on_paper")
def forgets_the_activation(x, s, Ws, Wx):
    """Take a sum of 5. Can a state be as large as that?"""
    return np.dot(s, Ws) + np.dot(x, Wx)


@wrong("rnn_step", caught_by="each_entry_acts_through_its_own_row")
def forgets_the_state(x, s, Ws, Wx):
    """Give it an input of 0. What is left of the state that you passed in?"""
    return np.tanh(np.dot(x, Wx))


@wrong("rnn_step", caught_by="each_entry_acts_through_its_own_row")
def forgets_the_input(x, s, Ws, Wx):
    """Give it a state of 0. What has the network read?"""
    return np.tanh(np.dot(s, Ws))


@wrong("rnn_step", caught_by="step_of_the_network_on_paper")
def squashes_both_parts_alone(x, s, Ws, Wx):
    """Let the state and the input both push a unit by 10. Is the new state between -1 and 1?"""
    return np.tanh(np.dot(s, Ws)) + np.tanh(np.dot(x, Wx))


@wrong("rnn_step", caught_by="step_of_the_network_on_paper")
def takes_the_logistic_function(x, s, Ws, Wx):
    """Give it a sum of 0. Which value does tanh have there, and which do you give?"""
    return 0.5 + 0.5 * np.tanh(0.5 * (np.dot(s, Ws) + np.dot(x, Wx)))


@wrong("rnn_step", caught_by="step_of_the_network_on_paper")
def takes_relu(x, s, Ws, Wx):
    """Give it a sum of -1. Can a state of this network be negative?"""
    return np.maximum(np.dot(s, Ws) + np.dot(x, Wx), 0)


@wrong("rnn_step", caught_by="step_of_the_network_on_paper")
def adds_the_old_state(x, s, Ws, Wx):
    """Set both weights to 0. What does the formula say about the new state?"""
    return s + np.tanh(np.dot(s, Ws) + np.dot(x, Wx))


@wrong("rnn_step", caught_by="each_entry_acts_through_its_own_row")
def adds_the_state_without_weights(x, s, Ws, Wx):
    """Set Ws to 0. Should the new state still depend on the old one?"""
    return np.tanh(s + np.dot(x, Wx))


@wrong("rnn_step", caught_by="input_need_not_be_a_single_one")
def reads_only_the_largest_entry(x, s, Ws, Wx):
    """Give it the input (0, 1/2, 1/2). Which rows of Wx should have a say, and how much?"""
    return np.tanh(np.dot(s, Ws) + np.asarray(Wx)[np.argmax(x)])


@wrong("rnn_step", caught_by="state_stays_between_minus_one_and_one")
def overflows_in_its_own_tanh(x, s, Ws, Wx):
    """Give it a sum of 1000. What are the two exponentials, and their quotient?"""
    a = np.dot(s, Ws) + np.dot(x, Wx)
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


@wrong("rnn_step", caught_by="rnn_step_leaves_arguments_alone")
def writes_into_the_old_state(x, s, Ws, Wx):
    """Print the old state before and after the call. Who may still need it?"""
    s[:] = np.tanh(np.dot(s, Ws) + np.dot(x, Wx))
    return s


@wrong("rnn_step", caught_by="whole_numbers_make_broken_states")
def keeps_whole_states_whole(x, s, Ws, Wx):
    """Give it a state in whole numbers. Is tanh(1) a whole number?"""
    new = np.empty_like(s)
    new[...] = np.tanh(np.dot(s, Ws) + np.dot(x, Wx))
    return new


# ---- rnn_forward ----------------------------------------------------------------------------------------------


@wrong("rnn_forward", caught_by="state_before_the_first_token_counts")
def starts_from_zero(tokens, s0, Ws, Wx, Wo):
    """Call it with two different s0. Should the first row of S be the same?"""
    s, S = np.zeros(len(s0)), []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="no_state_knows_what_comes_next")
def peeks_at_the_next_token(tokens, s0, Ws, Wx, Wo):
    """Change the last token. Which row of S may move?"""
    s, S = s0, []
    for token in tokens[1:]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def reads_the_last_token_too(tokens, s0, Ws, Wx, Wo):
    """Count: with three tokens, how many predictions can be compared with a token that came?"""
    s, S = s0, []
    for token in tokens:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def gives_the_starting_state_too(tokens, s0, Ws, Wx, Wo):
    """Which state is row 0 of S to hold, and which one does your row 0 hold?"""
    S = [s0]
    for token in tokens[:-1]:
        S.append(rnn_step(np.eye(len(Wx))[token], S[-1], Ws, Wx))
    return np.array(S), softmax(np.dot(S[1:], Wo))


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def predicts_before_it_reads(tokens, s0, Ws, Wx, Wo):
    """p_1 is found from a state. Has that state read k_0 or not?"""
    S = [s0]
    for token in tokens[:-1]:
        S.append(rnn_step(np.eye(len(Wx))[token], S[-1], Ws, Wx))
    return np.array(S[1:]), softmax(np.dot(S[:-1], Wo))


@wrong("rnn_forward", caught_by="each_row_is_one_step_after_the_row_above")
def begins_anew_at_every_token(tokens, s0, Ws, Wx, Wo):
    """Change the first of five tokens. How many rows of S move, and how many should?"""
    S = [rnn_step(np.eye(len(Wx))[token], s0, Ws, Wx) for token in tokens[:-1]]
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="each_row_is_one_step_after_the_row_above")
def stores_the_same_array_again_and_again(tokens, s0, Ws, Wx, Wo):
    """Print S. Why are all of its rows alike, and when did the first one change?"""
    s, S = np.array(s0, dtype=float), []
    for token in tokens[:-1]:
        s[:] = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="rnn_forward_leaves_arguments_alone")
def moves_the_callers_state(tokens, s0, Ws, Wx, Wo):
    """Call it twice with the same s0. Should the second result differ from the first?"""
    S = []
    for token in tokens[:-1]:
        np.copyto(s0, rnn_step(np.eye(len(Wx))[token], s0, Ws, Wx), casting="unsafe")
        S.append(s0.copy())
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def normalises_over_time(tokens, s0, Ws, Wx, Wo):
    """Add up each row of P, then each column. Which sums have to be 1?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo).T).T


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def gives_logits_for_predictions(tokens, s0, Ws, Wx, Wo):
    """Add up each row of P. Is it a distribution?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), np.dot(S, Wo)


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def gives_predictions_first(tokens, s0, Ws, Wx, Wo):
    """Take 2 tokens and 1 state unit. Which shape comes first in your result?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return softmax(np.dot(S, Wo)), np.array(S)


@wrong("rnn_forward", caught_by="logits_a_thousand_apart_stay_finite")
def exponentiates_large_logits(tokens, s0, Ws, Wx, Wo):
    """What is exp(1000) in a computer, and what is one such number divided by another?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    e = np.exp(np.dot(S, Wo))
    return np.array(S), e / e.sum(axis=1, keepdims=True)


@wrong("rnn_forward", caught_by="sequences_of_any_length_are_read")
def counts_only_tokens_that_occur(tokens, s0, Ws, Wx, Wo):
    """Give it a sequence in which some token of the vocabulary is missing. How long is your one-hot row?"""
    kinds = sorted({int(token) for token in tokens})
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(kinds))[kinds.index(token)], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="what_is_likely_has_no_say")
def reads_its_own_guesses(tokens, s0, Ws, Wx, Wo):
    """Change the second of five tokens. Which rows of S should move, and do they move in yours?"""
    s, S, token = s0, [], tokens[0]
    for _ in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
        token = int(np.argmax(np.dot(s, Wo)))
    return np.array(S), softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="sequences_of_any_length_are_read")
def stops_at_a_square(tokens, s0, Ws, Wx, Wo):
    """Which number of rows should S have: that of the steps, of the units or of the tokens in the vocabulary?"""
    S = np.zeros((len(s0), len(s0)))
    s = s0
    for t, token in enumerate(tokens[:-1]):
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S[t] = s
    return S, softmax(np.dot(S, Wo))


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def gives_the_states_before_the_steps(tokens, s0, Ws, Wx, Wo):
    """Row 0 of S belongs to time 1. Which tokens has the state in your row 0 read?"""
    s, S, P = s0, [], []
    for token in tokens[:-1]:
        S.append(s)
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        P.append(softmax(np.dot(s, Wo)))
    return np.array(S), np.array(P)


@wrong("rnn_forward", caught_by="one_unit_reads_two_tokens")
def makes_one_distribution_of_all_times(tokens, s0, Ws, Wx, Wo):
    """Add up each row of P, for a sequence of three tokens. Which sum does every row have to have?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.ravel(np.dot(S, Wo))).reshape(len(S), -1)


@wrong("rnn_forward", caught_by="each_row_is_one_step_after_the_row_above")
def writes_ws_before_the_state(tokens, s0, Ws, Wx, Wo):
    """Let Ws have a single 1, in row 0 and column 1. Which unit should hear of which?"""
    s, S = s0, []
    for token in tokens[:-1]:
        s = np.tanh(np.dot(Ws, s) + Wx[token])
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


# ---- sequence_loss --------------------------------------------------------------------------------------------


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def averages_over_time(tokens, P):
    """Take two tokens that cost log 4 and log 8. Does the text add or average?"""
    return float(np.mean([-np.log(p[token]) for p, token in zip(P, tokens[1:])]))


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def scores_the_token_that_was_read(tokens, P):
    """Row 0 of P is p_1. Which token did it try to predict: k_0 or k_1?"""
    return float(sum(-np.log(p[token]) for p, token in zip(P, tokens[:-1])))


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def counts_in_bits(tokens, P):
    """Let two tokens be equally likely. Is log 2 in your loss 1 or 0.693?"""
    return float(sum(-np.log2(p[token]) for p, token in zip(P, tokens[1:])))


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def forgets_the_sign_of_the_logarithm(tokens, P):
    """Can a network be punished with a negative cost?"""
    return float(sum(np.log(p[token]) for p, token in zip(P, tokens[1:])))


@wrong("sequence_loss", caught_by="long_sequences_have_finite_losses")
def multiplies_before_the_logarithm(tokens, P):
    """Multiply 1/50 by itself two thousand times in Python. What is left to take the logarithm of?"""
    return float(-np.log(np.prod([p[token] for p, token in zip(P, tokens[1:])])))


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def scores_the_likeliest_token(tokens, P):
    """Let the least likely token come. Should the loss notice?"""
    return float(-np.sum(np.log(np.max(P, axis=1))))


@wrong("sequence_loss", caught_by="only_the_token_that_came_counts")
def pushes_every_other_token_down(tokens, P):
    """Spread the rest of a prediction differently over the tokens that did not come. Should the loss change?"""
    onehot = np.eye(np.shape(P)[1])[np.asarray(tokens[1:])]
    P = np.clip(P, 1e-12, 1 - 1e-12)
    return float(-np.sum(onehot * np.log(P) + (1 - onehot) * np.log(1 - P)))


@wrong("sequence_loss", caught_by="each_token_costs_its_surprise")
def takes_one_minus_p(tokens, P):
    """Let the right token have probability 0.99. Is the loss nearly 0 or nearly 1 for each such token, or -log 0.99?"""
    return float(sum(1 - p[token] for p, token in zip(P, tokens[1:])))


@wrong("sequence_loss", caught_by="loss_of_an_undecided_network_is_log_of_the_vocabulary")
def counts_the_last_token_only(tokens, P):
    """Take a sequence twice as long, all tokens equally likely. Should the loss stay as it is?"""
    return float(-np.log(P[-1][tokens[-1]]))


@wrong("sequence_loss", caught_by="certain_tokens_cost_nothing_or_much")
def multiplies_zero_by_infinity(tokens, P):
    """Let a token that did not come have probability 0. What is 0 times the logarithm of 0 in numpy?"""
    onehot = np.eye(np.shape(P)[1])[np.asarray(tokens[1:])]
    return float(-np.sum(onehot * np.log(P)))


@wrong("sequence_loss", caught_by="rare_tokens_cost_what_they_should")
def clips_too_early(tokens, P):
    """Let a token of probability 1e-6 come. How much should it cost, and how much does it cost at least with 1e-9?"""
    return float(sum(-np.log(max(p[token], 1e-4)) for p, token in zip(P, tokens[1:])))


@wrong("sequence_loss", caught_by="certain_tokens_cost_nothing_or_much")
def skips_impossible_tokens(tokens, P):
    """Let a token of probability 0 come. Is that the cheapest or the dearest thing that can happen?"""
    return float(sum(-np.log(p[token]) for p, token in zip(P, tokens[1:]) if p[token] > 0))


@wrong("sequence_loss", caught_by="loss_of_an_undecided_network_is_log_of_the_vocabulary")
def charges_for_the_first_token(tokens, P):
    """Which prediction was made before k_0 was read? What can k_0 cost?"""
    cost = sum(-np.log(p[token]) for p, token in zip(P, tokens[1:]))
    return float(cost + np.log(np.shape(P)[1]))


@wrong("sequence_loss", caught_by="sequence_loss_leaves_arguments_alone")
def takes_logarithms_in_place(tokens, P):
    """Print P before and after the call. Are these still probabilities?"""
    np.log(np.maximum(P, 1e-300), out=P)
    return float(-sum(p[token] for p, token in zip(P, tokens[1:])))


@wrong("sequence_loss", caught_by="sequence_loss_leaves_arguments_alone")
def replaces_zeros_in_the_callers_predictions(tokens, P):
    """Print P before and after the call, with a 0 in it. Do its rows still add up to 1?"""
    P[P == 0] = 1e-12
    return float(-sum(np.log(p[token]) for p, token in zip(P, tokens[1:])))


# ---- softmax_nll_grad -----------------------------------------------------------------------------------------


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def has_the_opposite_sign(p, token):
    """Raise the logit of the token that came. Does the loss grow or fall, and what sign has your slope?"""
    return np.eye(len(p))[token] - p


@wrong("softmax_nll_grad", caught_by="softmax_nll_grad_leaves_the_prediction_alone")
def subtracts_in_the_prediction(p, token):
    """Print p before and after the call. Does the caller still have a distribution?"""
    p[token] -= 1
    return p


@wrong("softmax_nll_grad", caught_by="logit_gradient_matches_finite_differences")
def differentiates_in_p(p, token):
    """The gradient is to be taken in the logits. How many of them move p[token]?"""
    return -np.eye(len(p))[token] / np.maximum(p[token], 1e-300)


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def moves_only_the_token_that_came(p, token):
    """Raise the logit of a token that did not come. What happens to the probability of the one that did?"""
    return (np.asarray(p) - 1) * np.eye(len(p))[token]


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def averages_over_the_vocabulary(p, token):
    """The loss of one token is no mean over the vocabulary. Which entry should be p[token] - 1?"""
    return (p - np.eye(len(p))[token]) / len(p)


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def subtracts_one_everywhere(p, token):
    """Add up your gradient. What should the sum be, if adding a constant to all logits changes nothing?"""
    return np.asarray(p) - 1.0


@wrong("softmax_nll_grad", caught_by="every_token_may_come")
def rewards_the_likeliest(p, token):
    """Let an unlikely token come. Which entry of yours is negative?"""
    return p - np.eye(len(p))[np.argmax(p)]


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def counts_tokens_from_one(p, token):
    """Let token 0 come. At which place does your gradient change?"""
    return p - np.eye(len(p))[token - 1]


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def sets_the_entry_to_minus_one(p, token):
    """Let the network be certain and right, p[token] = 1. Is there anything left to learn?"""
    dz = np.array(p, dtype=float)
    dz[token] = -1.0
    return dz


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def subtracts_the_number_of_the_token(p, token):
    """Let token 3 come, then token 0. Should the gradient be larger for tokens with larger numbers?"""
    return np.asarray(p) - float(token)


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def multiplies_by_the_slope_of_a_logistic_unit(p, token):
    """Compare with finite differences of the loss. Has the slope of the softmax been counted already?"""
    return (p - np.eye(len(p))[token]) * p * (1 - np.asarray(p))


@wrong("softmax_nll_grad", caught_by="gradient_is_minus_one_hot_minus_p")
def doubles_the_gradient(p, token):
    """Which loss has a factor 2 in its slope, and is it this one?"""
    return 2.0 * (p - np.eye(len(p))[token])


# ---- tanh_backward --------------------------------------------------------------------------------------------


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def applies_tanh_once_more(ds, s):
    """Is s a pre-activation or an output? What should a unit with s = 1 pass back?"""
    return ds * (1 - np.tanh(s) ** 2)


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def takes_the_logistic_slope(ds, s):
    """Where is tanh steepest, and how steep is it there? What do you give for s = 0?"""
    return np.multiply(ds, s) * (1 - np.asarray(s))


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def forgets_the_square(ds, s):
    """What should a unit with s = -1 pass back, and what does yours?"""
    return np.multiply(ds, 1 - np.asarray(s))


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def squares_the_difference(ds, s):
    """Compare s = 1 and s = -1. Should one of them pass more back than the other?"""
    return np.multiply(ds, (1 - np.asarray(s)) ** 2)


@wrong("tanh_backward", caught_by="tanh_gradient_matches_finite_differences")
def gives_the_slope_alone(ds, s):
    """Double ds. What should happen to da?"""
    return 1 - np.square(s)


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def adds_the_square(ds, s):
    """Can a saturated unit pass back more than it received?"""
    return np.multiply(ds, 1 + np.square(s))


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def sums_over_the_units(ds, s):
    """Change one entry of s. How many entries of da should move?"""
    return np.multiply(ds, 1 - np.sum(np.square(s)))


@wrong("tanh_backward", caught_by="arrays_of_any_shape_pass_back")
def builds_a_diagonal_matrix(ds, s):
    """Give it states of two examples, shape (2, 3). What does a diagonal matrix make of two rows?"""
    slope = 1 - np.square(s)
    return np.diag(slope) @ ds if np.ndim(s) else ds * slope


@wrong("tanh_backward", caught_by="tanh_gradient_matches_finite_differences")
def subtracts_the_size(ds, s):
    """At s = 1/2 the slope is three quarters. What do you give?"""
    return np.multiply(ds, 1 - np.abs(s))


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def exchanges_the_arguments(ds, s):
    """Double ds. Does your da double?"""
    return np.multiply(s, 1 - np.square(ds))


@wrong("tanh_backward", caught_by="saturated_unit_passes_nothing_back")
def passes_everything_on(ds, s):
    """Give it a saturated unit, s = 1. Does the loss notice a small change of a?"""
    return np.array(ds, dtype=float)


@wrong("tanh_backward", caught_by="tanh_backward_leaves_arguments_alone")
def scales_in_the_callers_array(ds, s):
    """Print ds before and after the call. Who else may have been adding to it?"""
    ds *= 1 - np.square(s)
    return ds


# ---- rnn_backward ---------------------------------------------------------------------------------------------


@wrong("rnn_backward", caught_by="first_token_learns_from_the_last_one")
def drops_the_recurrent_term(tokens, s0, Ws, Wx, Wo):
    """Change the last token of a sequence of five. Which rows of dWx move, and which does it depend on?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="dws_of_sequences_of_any_length")
def looks_one_step_ahead_only(tokens, s0, Ws, Wx, Wo):
    """It is right for T = 1 and T = 2. Which route from s_1 to the loss exists first for T = 3?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    own_of_next = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, own_of_next), states[t])
        own_of_next = tanh_backward(np.dot(Wo, dz), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def skips_the_slope_of_the_next_state(tokens, s0, Ws, Wx, Wo):
    """Go from s_{t+1} to s_t on paper. Between them lie a product with Ws and one more thing: which?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    ds = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        ds = np.dot(Wo, dz) + np.dot(Ws, ds)
        da = tanh_backward(ds, states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="dws_of_sequences_of_any_length")
def goes_back_through_ws_the_wrong_way(tokens, s0, Ws, Wx, Wo):
    """Let Ws have a single 1, at [0, 1]: unit 0 feeds unit 1. From which unit should a gradient come back, to which?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(da, Ws), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="one_step_on_paper")
def multiplies_ws_with_the_new_state(tokens, s0, Ws, Wx, Wo):
    """In a_t = s Ws + x Wx, which state stands before Ws: the one of time t or the one before?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="one_step_on_paper")
def teaches_the_token_that_came(tokens, s0, Ws, Wx, Wo):
    """Take T = 1. Which token was read, and which only came? Which of the two has a row of Wx in the sum?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="token_that_is_read_twice_learns_twice")
def keeps_one_place_of_each_token(tokens, s0, Ws, Wx, Wo):
    """Let the same token be read three times. How many gradients should its row of Wx collect?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] = da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="token_that_is_read_twice_learns_twice")
def adds_to_repeated_rows_at_once(tokens, s0, Ws, Wx, Wo):
    """Add 1 to the rows [0, 0] of an array of zeros in one statement. What stands in row 0 afterwards?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states, T = np.vstack([s0, S]), len(S)
    dZ = np.array([softmax_nll_grad(P[t], tokens[t + 1]) for t in range(T)])
    dA, da = np.zeros(np.shape(S)), np.zeros(len(s0))
    for t in range(T - 1, -1, -1):
        da = tanh_backward(np.dot(Wo, dZ[t]) + np.dot(Ws, da), states[t + 1])
        dA[t] = da
    dWx = np.zeros(np.shape(Wx))
    dWx[np.asarray(tokens[:-1])] += dA
    return states[:-1].T @ dA, dWx, states[1:].T @ dZ


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def averages_the_gradients_over_time(tokens, s0, Ws, Wx, Wo):
    """Is the loss a sum over time or a mean? What does one nudge of Wo do to it for T = 2?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t]) / len(S)
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="equal_sizes_do_not_hide_a_transpose")
def exchanges_rows_and_columns_of_dws(tokens, s0, Ws, Wx, Wo):
    """Ws[i, j] leads from unit i before to unit j after. Which of the two has a state, and which a gradient?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(da, states[t - 1])
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="one_step_on_paper")
def points_uphill(tokens, s0, Ws, Wx, Wo):
    """Take one small step against your gradient. Does the loss fall?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = np.eye(len(Wx))[tokens[t]] - P[t - 1]
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="state_before_the_first_token_takes_part")
def takes_zeros_for_the_first_state(tokens, s0, Ws, Wx, Wo):
    """Take T = 1 and a large s0. Which state does Ws meet?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([np.zeros(len(s0)), S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def takes_the_slope_one_step_too_early(tokens, s0, Ws, Wx, Wo):
    """The slope of tanh is found from its output. Which state is the output of a_t?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t - 1])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="dws_of_sequences_of_any_length")
def walks_forwards_through_time(tokens, s0, Ws, Wx, Wo):
    """Which state is changed by s_2: s_1 or s_3? In which order must the gradients be found?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(1, len(S) + 1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def bends_only_its_own_part(tokens, s0, Ws, Wx, Wo):
    """Two gradients meet at s_t. Through which of them does the slope of tanh at s_t go?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz), states[t]) + np.dot(Ws, da)
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def hears_the_last_loss_only(tokens, s0, Ws, Wx, Wo):
    """Let the token in the middle be a surprise. Which loss should teach the network so?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = np.asarray(softmax_nll_grad(P[t - 1], tokens[t])) * (t == len(S))
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="two_steps_on_paper")
def multiplies_wo_with_the_old_state(tokens, s0, Ws, Wx, Wo):
    """Which state made the prediction p_t: s_t or the one before?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t - 1], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="long_sequences_are_followed_to_their_start")
def goes_back_ten_steps_at_most(tokens, s0, Ws, Wx, Wo):
    """Take a sequence of a hundred tokens. Does the last loss reach the first token in yours?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    for t in range(1, len(S) + 1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        dWo += np.outer(states[t], dz)
        ds = np.dot(Wo, dz)
        for earlier in range(t, max(0, t - 10), -1):
            da = tanh_backward(ds, states[earlier])
            dWs += np.outer(states[earlier - 1], da)
            dWx[tokens[earlier - 1]] += da
            ds = np.dot(Ws, da)
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="dws_of_sequences_of_any_length")
def forgets_the_first_step(tokens, s0, Ws, Wx, Wo):
    """Take T = 1. How many times does your loop run?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 1, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="whole_weights_have_broken_gradients")
def has_gradients_of_the_type_of_the_weights(tokens, s0, Ws, Wx, Wo):
    """Give it weights in whole numbers. Which numbers can your arrays of gradients hold?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros_like(Ws), np.zeros_like(Wx), np.zeros_like(Wo)
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


@wrong("rnn_backward", caught_by="rnn_backward_leaves_arguments_alone")
def leaves_the_state_where_it_ended(tokens, s0, Ws, Wx, Wo):
    """Call it twice with the same s0. Should the gradients differ the second time?"""
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    np.copyto(s0, states[-1], casting="unsafe")
    return dWs, dWx, dWo


# ---- sample_sequence ------------------------------------------------------------------------------------------


@wrong("sample_sequence", caught_by="tokens_come_as_often_as_predicted")
def always_takes_the_likeliest(rng, s0, first_token, length, Ws, Wx, Wo):
    """Let a token have probability 0.1. How often should it come in a thousand places, and how often does it?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(np.argmax(np.dot(s, Wo))))
    return tokens


@wrong("sample_sequence", caught_by="tokens_come_as_often_as_predicted")
def draws_every_token_alike(rng, s0, first_token, length, Ws, Wx, Wo):
    """Count the tokens of a network that is nearly sure of one of them. Does your draw know its prediction?"""
    return [int(first_token), *rng.integers(len(Wx), size=length - 1).tolist()]


@wrong("sample_sequence", caught_by="all_randomness_comes_from_the_generator")
def draws_from_numpys_own_generator(rng, s0, first_token, length, Ws, Wx, Wo):
    """Call it with two generators in the same state. Are the tokens the same?"""
    other = np.random.default_rng()
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(other.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="all_randomness_comes_from_the_generator")
def starts_a_generator_of_its_own(rng, s0, first_token, length, Ws, Wx, Wo):
    """Sample two sequences, one after the other. Why is the second the same as the first?"""
    rng = np.random.default_rng(0)
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="network_without_doubt_leaves_no_choice")
def reads_the_first_token_again_and_again(rng, s0, first_token, length, Ws, Wx, Wo):
    """Which token has the network read before it says its third one?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[first_token], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="sample_remembers_its_first_token")
def forgets_the_state_at_every_token(rng, s0, first_token, length, Ws, Wx, Wo):
    """Print the state that each step starts from. Does it change from step to step?"""
    tokens = [int(first_token)]
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s0, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="sample_follows_a_rule_that_needs_memory")
def begins_from_the_state_zero(rng, s0, first_token, length, Ws, Wx, Wo):
    """Call it with two different s0 and a network without doubt. Should the tokens be the same?"""
    tokens, s = [int(first_token)], np.zeros(len(s0))
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="sequence_has_its_length_and_its_first_token")
def counts_only_drawn_tokens(rng, s0, first_token, length, Ws, Wx, Wo):
    """Ask for length 1. How many tokens do you get, and how many are drawn?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="sequence_has_its_length_and_its_first_token")
def leaves_the_first_token_out(rng, s0, first_token, length, Ws, Wx, Wo):
    """With which token should the result begin?"""
    tokens, s, token = [], s0, first_token
    for _ in range(length):
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        token = int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo))))
        tokens.append(token)
    return tokens


@wrong("sample_sequence", caught_by="tokens_come_as_often_as_predicted")
def takes_softmax_twice(rng, s0, first_token, length, Ws, Wx, Wo):
    """Let the prediction be (0.65, 0.25, 0.1) and print what you draw from. Is it the same?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(softmax(np.dot(s, Wo))))))
    return tokens


@wrong("sample_sequence", caught_by="neighbours_are_drawn_independently")
def uses_one_draw_for_all(rng, s0, first_token, length, Ws, Wx, Wo):
    """Let all predictions be alike and print the tokens. Why do they never change?"""
    tokens, s, u = [int(first_token)], s0, rng.random()
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(np.sum(np.cumsum(softmax(np.dot(s, Wo)))[:-1] <= u)))
    return tokens


@wrong("sample_sequence", caught_by="neighbours_are_drawn_independently")
def never_says_a_token_twice_in_a_row(rng, s0, first_token, length, Ws, Wx, Wo):
    """May a token follow itself? What does the prediction say about it?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        p = softmax(np.dot(s, Wo)) + 1e-12
        p[tokens[-1]] = 0
        tokens.append(int(rng.choice(len(Wx), p=p / p.sum())))
    return tokens


@wrong("sample_sequence", caught_by="tokens_come_as_often_as_predicted")
def squares_the_probabilities(rng, s0, first_token, length, Ws, Wx, Wo):
    """Let the prediction be (0.65, 0.25, 0.1) and print what you draw from. Who sharpened it?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        tokens.append(int(rng.choice(len(Wx), p=softmax(2 * np.dot(s, Wo)))))
    return tokens


@wrong("sample_sequence", caught_by="network_without_doubt_leaves_no_choice")
def draws_before_it_reads(rng, s0, first_token, length, Ws, Wx, Wo):
    """The second token is drawn from p_1. Has the network read k_0 by then?"""
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s, Wo)))))
        s = rnn_step(np.eye(len(Wx))[tokens[-2]], s, Ws, Wx)
    return tokens


@wrong("sample_sequence", caught_by="sample_sequence_leaves_arguments_alone")
def moves_the_state_it_was_given(rng, s0, first_token, length, Ws, Wx, Wo):
    """Sample twice from the same s0. From which state does the second sequence start?"""
    tokens = [int(first_token)]
    for _ in range(length - 1):
        np.copyto(s0, rnn_step(np.eye(len(Wx))[tokens[-1]], s0, Ws, Wx), casting="unsafe")
        tokens.append(int(rng.choice(len(Wx), p=softmax(np.dot(s0, Wo)))))
    return tokens


# ---- train_rnn ------------------------------------------------------------------------------------------------


@wrong("train_rnn", caught_by="no_step_is_longer_than_lr_times_tau")
def never_clips(rng, sequences, params, lr, epochs, tau):
    """Set tau to 0.01 and take one step. How far do the weights move, and how far may they?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = rnn_backward(sequences[i], s0, *params)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="three_arrays_have_one_length")
def clips_every_array_alone(rng, sequences, params, lr, epochs, tau):
    """Three arrays of lengths 3, 4 and 12, tau = 12. Is the whole gradient longer than tau?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = [clip_by_global_norm([dW], tau)[0] for dW in rnn_backward(sequences[i], s0, *params)]
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="one_sequence_has_one_step_an_epoch")
def clips_every_entry(rng, sequences, params, lr, epochs, tau):
    """Take a gradient (3, 4) and tau = 2. Which direction has it after your clipping?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = [np.clip(dW, -tau, tau) for dW in rnn_backward(sequences[i], s0, *params)]
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="one_sequence_is_one_step_down_your_own_gradient")
def climbs_the_loss(rng, sequences, params, lr, epochs, tau):
    """Print the history. Is it falling?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W + lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="every_sequence_is_used_once_in_an_epoch")
def takes_one_step_for_all_sequences(rng, sequences, params, lr, epochs, tau):
    """With three sequences, how many steps has an epoch? At which weights is the second gradient taken?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        grads = [clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau) for i in range(len(sequences))]
        params = tuple(W - lr * sum(dWs) for W, dWs in zip(params, zip(*grads)))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="order_is_drawn_afresh_in_every_epoch")
def keeps_the_order_of_the_list(rng, sequences, params, lr, epochs, tau):
    """Print the numbers of the sequences in the order of use, for three epochs. What is random about it?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for tokens in sequences:
            grads = clip_by_global_norm(rnn_backward(tokens, s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="order_is_drawn_afresh_in_every_epoch")
def draws_one_order_for_all_epochs(rng, sequences, params, lr, epochs, tau):
    """Print the numbers of the sequences in the order of use, for three epochs. Do the epochs differ?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0, order = np.zeros(len(params[0])), rng.permutation(len(sequences))
    for _ in range(epochs):
        for i in order:
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="every_sequence_is_used_once_in_an_epoch")
def draws_with_replacement(rng, sequences, params, lr, epochs, tau):
    """Print the numbers of the sequences used in one epoch. Does every sequence have its turn?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.integers(len(sequences), size=len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="equal_generators_train_alike")
def shuffles_with_another_generator(rng, sequences, params, lr, epochs, tau):
    """Train twice with generators in the same state. Do you get the same weights?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0, other = np.zeros(len(params[0])), np.random.default_rng()
    for _ in range(epochs):
        for i in other.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="one_sequence_has_one_step_an_epoch")
def carries_the_state_to_the_next_sequence(rng, sequences, params, lr, epochs, tau):
    """Train on one sequence for two epochs. From which state does it start the second time?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s, *params), tau)
            s = np.asarray(rnn_forward(sequences[i], s, *params)[0])[-1]
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, 0 * s, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="history_ends_with_the_loss_of_the_params_returned")
def measures_before_the_epoch(rng, sequences, params, lr, epochs, tau):
    """Train for one epoch. Is the one number in history that of the old weights or that of the new ones?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
    return params, history


@wrong("train_rnn", caught_by="history_ends_with_the_loss_of_the_params_returned")
def measures_on_the_way(rng, sequences, params, lr, epochs, tau):
    """With which weights is the loss of the first sequence of an epoch measured, and with which is it to be?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        losses = []
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
            losses.append(sequence_loss(sequences[i], rnn_forward(sequences[i], s0, *params)[1]))
        history.append(np.mean(losses))
    return params, history


@wrong("train_rnn", caught_by="history_ends_with_the_loss_of_the_params_returned")
def sums_over_the_sequences(rng, sequences, params, lr, epochs, tau):
    """List every sequence twice. Should the numbers in history double?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.sum([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="history_is_a_mean_over_sequences")
def averages_over_all_tokens(rng, sequences, params, lr, epochs, tau):
    """Of what is the mean to be taken: of sequences or of tokens? What does a sequence of 8 count in yours?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0, steps = np.zeros(len(params[0])), sum(len(tokens) - 1 for tokens in sequences)
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.sum([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]) / steps)
    return params, history


@wrong("train_rnn", caught_by="one_sequence_is_one_step_down_your_own_gradient")
def divides_the_step_by_the_length(rng, sequences, params, lr, epochs, tau):
    """The loss of a sequence is a sum over time. Does its gradient shrink when the sequence gets longer?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW / (len(sequences[i]) - 1) for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="no_step_is_longer_than_lr_times_tau")
def clips_the_step(rng, sequences, params, lr, epochs, tau):
    """Which length is limited by tau: that of the gradient or that of the step? How long is a clipped step?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            steps = clip_by_global_norm([lr * dW for dW in rnn_backward(sequences[i], s0, *params)], tau)
            params = tuple(W - step for W, step in zip(params, steps))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="one_sequence_is_one_step_down_your_own_gradient")
def stretches_short_gradients_too(rng, sequences, params, lr, epochs, tau):
    """Set tau to a million. What becomes of a gradient of length 1?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = rnn_backward(sequences[i], s0, *params)
            norm = np.sqrt(sum(np.sum(dW**2) for dW in grads))
            params = tuple(W - lr * tau * dW / norm for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="training_goes_on_where_it_stopped")
def always_returns_after_the_first_epoch(rng, sequences, params, lr, epochs, tau):
    """Print the length of history for epochs = 3. Where does your function end?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
        break
    return params, history


@wrong("train_rnn", caught_by="train_rnn_leaves_arguments_alone")
def trains_the_callers_arrays(rng, sequences, params, lr, epochs, tau):
    """Train twice from the same start. Why does the second history begin where the first one ended?"""
    s0, history = np.zeros(len(params[0])), []
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            for W, dW in zip(params, grads):
                W -= lr * dW
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="history_has_the_loss_after_every_epoch")
def begins_history_before_training(rng, sequences, params, lr, epochs, tau):
    """Ask for no epoch at all. How many numbers should history have, and how many has yours?"""
    params, s0 = tuple(np.array(W, dtype=float) for W in params), np.zeros(len(params[0]))
    history = [np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences])]
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history


@wrong("train_rnn", caught_by="train_rnn_leaves_arguments_alone")
def shuffles_the_callers_list(rng, sequences, params, lr, epochs, tau):
    """Print sequences before and after the call. Does the caller still have them in the old order?"""
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        rng.shuffle(sequences)
        for tokens in sequences:
            grads = clip_by_global_norm(rnn_backward(tokens, s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads))
        history.append(np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences]))
    return params, history
