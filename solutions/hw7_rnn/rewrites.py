"""The wrong answers of homework 7 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.outputs import softmax
from nnref.rnn import rnn_backward, rnn_forward, sequence_loss
from solutions.hw7_rnn import wrong

# ---- rnn_step -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_weights_in_columns)
def takes_the_weights_in_columns_by_einsum(x, s, Ws, Wx):
    return np.tanh(np.einsum("i,ji->j", s, Ws) + np.einsum("k,kj->j", x, Wx))


@rewrite(of=wrong.forgets_the_activation)
def forgets_the_activation_by_stacking(x, s, Ws, Wx):
    return np.concatenate([s, x]) @ np.vstack([Ws, Wx])


@rewrite(of=wrong.forgets_the_state)
def forgets_the_state_by_einsum(x, s, Ws, Wx):
    return np.tanh(np.einsum("k,kj->j", x, Wx)).tolist()


@rewrite(of=wrong.forgets_the_input)
def forgets_the_input_by_einsum(x, s, Ws, Wx):
    return np.tanh(np.einsum("i,ij->j", s, Ws)).tolist()


@rewrite(of=wrong.squashes_both_parts_alone)
def squashes_both_parts_alone_in_a_loop(x, s, Ws, Wx):
    return sum(np.tanh(np.asarray(row) @ W) for row, W in [(s, Ws), (x, Wx)])


@rewrite(of=wrong.takes_the_logistic_function)
def takes_the_logistic_function_by_exponentials(x, s, Ws, Wx):
    a = np.concatenate([s, x]) @ np.vstack([Ws, Wx])
    return np.exp(-np.logaddexp(0, -a))


@rewrite(of=wrong.takes_relu)
def takes_relu_by_mask(x, s, Ws, Wx):
    a = np.concatenate([s, x]) @ np.vstack([Ws, Wx])
    return a * (a > 0)


@rewrite(of=wrong.adds_the_old_state)
def adds_the_old_state_by_stacking(x, s, Ws, Wx):
    new = np.tanh(np.concatenate([s, x]) @ np.vstack([Ws, Wx]))
    new += s
    return new


@rewrite(of=wrong.adds_the_state_without_weights)
def adds_the_state_without_weights_by_stacking(x, s, Ws, Wx):
    return np.tanh(np.concatenate([s, x]) @ np.vstack([np.eye(len(s)), Wx]))


@rewrite(of=wrong.reads_only_the_largest_entry)
def reads_only_the_largest_entry_by_one_hot(x, s, Ws, Wx):
    onehot = np.zeros(len(x))
    onehot[int(np.argmax(x))] = 1
    return np.tanh(np.asarray(s) @ Ws + onehot @ Wx)


@rewrite(of=wrong.overflows_in_its_own_tanh)
def overflows_in_its_own_tanh_by_parts(x, s, Ws, Wx):
    a = np.concatenate([s, x]) @ np.vstack([Ws, Wx])
    up, down = np.exp(a), np.exp(-a)
    return np.divide(up - down, up + down)


@rewrite(of=wrong.writes_into_the_old_state)
def writes_into_the_old_state_by_copyto(x, s, Ws, Wx):
    np.copyto(s, np.tanh(np.concatenate([s, x]) @ np.vstack([Ws, Wx])), casting="unsafe")
    return s


@rewrite(of=wrong.keeps_whole_states_whole)
def keeps_whole_states_whole_by_cast(x, s, Ws, Wx):
    return np.tanh(np.concatenate([s, x]) @ np.vstack([Ws, Wx])).astype(s.dtype)


# ---- rnn_forward ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.starts_from_zero)
def starts_from_zero_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], 0 * s0, Ws, Wx)[1:]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.peeks_at_the_next_token)
def peeks_at_the_next_token_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[1:], s0, Ws, Wx)[1:]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.reads_the_last_token_too)
def reads_the_last_token_too_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens, s0, Ws, Wx)[1:]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.gives_the_starting_state_too)
def gives_the_starting_state_too_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)
    return S, softmax(S @ Wo)[1:]


@rewrite(of=wrong.gives_the_states_before_the_steps)
def gives_the_states_before_the_steps_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)
    return S[:-1], softmax(S[1:] @ Wo)


@rewrite(of=wrong.predicts_before_it_reads)
def predicts_before_it_reads_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)
    return S[1:], softmax(S[:-1] @ Wo)


@rewrite(of=wrong.begins_anew_at_every_token)
def begins_anew_at_every_token_in_arrays(tokens, s0, Ws, Wx, Wo):
    S = np.tanh(s0 @ Ws + Wx[np.array(tokens[:-1])])
    return S, softmax(S @ Wo)


@rewrite(of=wrong.stores_the_same_array_again_and_again)
def stores_the_same_array_again_and_again_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    S[:] = S[-1]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.normalises_over_time)
def normalises_over_time_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    e = np.exp(S @ Wo - np.max(S @ Wo, axis=0))
    return S, e / e.sum(axis=0)


@rewrite(of=wrong.makes_one_distribution_of_all_times)
def makes_one_distribution_of_all_times_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    e = np.exp(S @ Wo - np.max(S @ Wo))
    return S, e / e.sum()


@rewrite(of=wrong.writes_ws_before_the_state)
def writes_ws_before_the_state_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws.T, Wx)[1:]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.gives_logits_for_predictions)
def gives_logits_for_predictions_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    return S, np.einsum("tm,mv->tv", S, Wo)


@rewrite(of=wrong.gives_predictions_first)
def gives_predictions_first_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    return softmax(S @ Wo), S


@rewrite(of=wrong.exponentiates_large_logits)
def exponentiates_large_logits_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    S = read(tokens[:-1], s0, Ws, Wx)[1:]
    return S, np.array([np.exp(z) / sum(np.exp(z)) for z in S @ Wo])


@rewrite(of=wrong.reads_its_own_guesses)
def reads_its_own_guesses_in_arrays(tokens, s0, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    heard = [tokens[0]]
    for _ in tokens[2:]:
        heard.append(int(np.argmax(read(heard, s0, Ws, Wx)[-1] @ Wo)))
    S = read(heard, s0, Ws, Wx)[1:]
    return S, softmax(S @ Wo)


@rewrite(of=wrong.moves_the_callers_state)
def moves_the_callers_state_by_assignment(tokens, s0, Ws, Wx, Wo):
    S = []
    for token in tokens[:-1]:
        s0[:] = np.tanh(s0 @ Ws + Wx[token])
        S.append(np.array(s0))
    return S, softmax(np.array(S) @ Wo)


@rewrite(of=wrong.stops_at_a_square)
def stops_at_a_square_in_arrays(tokens, s0, Ws, Wx, Wo):
    S, s = np.zeros(np.shape(Ws)), s0
    for t in range(len(tokens) - 1):
        S[t] = s = np.tanh(s @ Ws + Wx[tokens[t]])
    return S, softmax(S @ Wo)


@rewrite(of=wrong.counts_only_tokens_that_occur)
def counts_only_tokens_that_occur_by_unique(tokens, s0, Ws, Wx, Wo):
    kinds, places = np.unique(tokens, return_inverse=True)
    s, S = s0, []
    for place in places[:-1]:
        onehot = np.zeros(len(kinds))
        onehot[place] = 1
        s = np.tanh(s @ Ws + onehot @ Wx)
        S.append(s)
    return np.array(S), softmax(np.array(S) @ Wo)


# ---- sequence_loss --------------------------------------------------------------------------------------------


@rewrite(of=wrong.averages_over_time)
def averages_over_time_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return -np.log(picked(tokens, P)).mean()


@rewrite(of=wrong.scores_the_token_that_was_read)
def scores_the_token_that_was_read_in_arrays(tokens, P):
    return -np.log(P[np.arange(len(P)), np.asarray(tokens)[:-1]]).sum()


@rewrite(of=wrong.counts_in_bits)
def counts_in_bits_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return -np.sum(np.log(picked(tokens, P)) / np.log(2))


@rewrite(of=wrong.forgets_the_sign_of_the_logarithm)
def forgets_the_sign_of_the_logarithm_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return np.log(picked(tokens, P)).sum()


@rewrite(of=wrong.multiplies_before_the_logarithm)
def multiplies_before_the_logarithm_in_a_loop(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    product = np.float64(1.0)
    for p in picked(tokens, P):
        product *= p
    return -np.log(product)


@rewrite(of=wrong.scores_the_likeliest_token)
def scores_the_likeliest_token_in_a_loop(tokens, P):
    return sum(-np.log(max(p)) for p in P)


@rewrite(of=wrong.takes_one_minus_p)
def takes_one_minus_p_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return len(P) - picked(tokens, P).sum()


@rewrite(of=wrong.counts_the_last_token_only)
def counts_the_last_token_only_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return -np.log(picked(tokens, P))[-1]


@rewrite(of=wrong.multiplies_zero_by_infinity)
def multiplies_zero_by_infinity_by_einsum(tokens, P):
    return -np.einsum("tv,tv->", np.eye(P.shape[1])[np.asarray(tokens[1:])], np.log(P))


@rewrite(of=wrong.clips_too_early)
def clips_too_early_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return -np.log(np.clip(picked(tokens, P), 1e-4, 1)).sum()


@rewrite(of=wrong.skips_impossible_tokens)
def skips_impossible_tokens_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    p = picked(tokens, P)
    return -np.log(p[p > 0]).sum()


@rewrite(of=wrong.charges_for_the_first_token)
def charges_for_the_first_token_in_arrays(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    return -np.log(picked(tokens, P)).sum() - np.log(1 / P.shape[1])


@rewrite(of=wrong.replaces_zeros_in_the_callers_predictions)
def replaces_zeros_in_the_callers_predictions_by_putmask(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    np.putmask(P, P == 0, 1e-12)
    return -np.log(picked(tokens, P)).sum()


@rewrite(of=wrong.pushes_every_other_token_down)
def pushes_every_other_token_down_by_where(tokens, P):
    came = np.arange(P.shape[1]) == np.asarray(tokens[1:])[:, None]
    clipped = np.minimum(np.maximum(P, 1e-12), 1 - 1e-12)
    return -np.where(came, np.log(clipped), np.log(1 - clipped)).sum()


@rewrite(of=wrong.takes_logarithms_in_place)
def takes_logarithms_in_place_by_assignment(tokens, P):
    def picked(tokens, P):
        return np.asarray(P)[np.arange(len(P)), np.asarray(tokens)[1:]]

    P[:] = np.log(np.clip(P, 1e-300, None))
    return -picked(tokens, P).sum()


# ---- softmax_nll_grad -----------------------------------------------------------------------------------------


@rewrite(of=wrong.has_the_opposite_sign)
def has_the_opposite_sign_by_mask(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    return one_hot(p, token) - p


@rewrite(of=wrong.subtracts_in_the_prediction)
def subtracts_in_the_prediction_by_assignment(p, token):
    p[token] = p[token] - 1
    return p


@rewrite(of=wrong.moves_only_the_token_that_came)
def moves_only_the_token_that_came_by_assignment(p, token):
    dz = np.zeros(len(p))
    dz[token] = p[token] - 1
    return dz


@rewrite(of=wrong.averages_over_the_vocabulary)
def averages_over_the_vocabulary_by_mask(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    return (p - one_hot(p, token)) * (1 / np.size(p))


@rewrite(of=wrong.subtracts_one_everywhere)
def subtracts_one_everywhere_in_a_loop(p, token):
    return [q - 1 for q in p]


@rewrite(of=wrong.rewards_the_likeliest)
def rewards_the_likeliest_by_mask(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    return p - one_hot(p, np.argmax(p))


@rewrite(of=wrong.counts_tokens_from_one)
def counts_tokens_from_one_by_mask(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    return p - one_hot(p, (token - 1) % len(p))


@rewrite(of=wrong.sets_the_entry_to_minus_one)
def sets_the_entry_to_minus_one_by_where(p, token):
    return np.where(np.arange(len(p)) == token, -1.0, p)


@rewrite(of=wrong.subtracts_the_number_of_the_token)
def subtracts_the_number_of_the_token_in_a_loop(p, token):
    return [q - int(token) for q in p]


@rewrite(of=wrong.multiplies_by_the_slope_of_a_logistic_unit)
def multiplies_by_the_slope_of_a_logistic_unit_by_mask(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    return (p - p**2) * (p - one_hot(p, token))


@rewrite(of=wrong.doubles_the_gradient)
def doubles_the_gradient_by_adding(p, token):
    def one_hot(p, token):
        return 1.0 * (np.arange(len(p)) == token)

    dz = p - one_hot(p, token)
    return dz + dz


@rewrite(of=wrong.differentiates_in_p)
def differentiates_in_p_by_assignment(p, token):
    dp = np.zeros(len(p))
    dp[token] = -1 / max(p[token], 1e-300)
    return dp


# ---- tanh_backward --------------------------------------------------------------------------------------------


@rewrite(of=wrong.applies_tanh_once_more)
def applies_tanh_once_more_by_cosh(ds, s):
    return ds / np.cosh(s) ** 2


@rewrite(of=wrong.takes_the_logistic_slope)
def takes_the_logistic_slope_by_parts(ds, s):
    return np.multiply(ds, s - np.square(s))


@rewrite(of=wrong.forgets_the_square)
def forgets_the_square_by_parts(ds, s):
    return np.subtract(ds, np.multiply(ds, s))


@rewrite(of=wrong.squares_the_difference)
def squares_the_difference_by_parts(ds, s):
    return np.multiply(ds, 1 - np.multiply(2, s) + np.square(s))


@rewrite(of=wrong.gives_the_slope_alone)
def gives_the_slope_alone_by_factors(ds, s):
    return np.multiply(np.add(1, s), np.subtract(1, s))


@rewrite(of=wrong.adds_the_square)
def adds_the_square_by_parts(ds, s):
    return ds + np.multiply(ds, np.square(s))


@rewrite(of=wrong.sums_over_the_units)
def sums_over_the_units_by_dot(ds, s):
    return np.multiply(ds, 1 - np.vdot(s, s))


@rewrite(of=wrong.subtracts_the_size)
def subtracts_the_size_by_sign(ds, s):
    return np.multiply(ds, 1 - np.multiply(np.sign(s), s))


@rewrite(of=wrong.exchanges_the_arguments)
def exchanges_the_arguments_by_parts(ds, s):
    return s - np.multiply(s, np.multiply(ds, ds))


@rewrite(of=wrong.passes_everything_on)
def passes_everything_on_by_product(ds, s):
    return np.multiply(ds, 1.0)


@rewrite(of=wrong.scales_in_the_callers_array)
def scales_in_the_callers_array_by_factors(ds, s):
    ds *= (1 - s) * (1 + s)
    return ds


@rewrite(of=wrong.builds_a_diagonal_matrix)
def builds_a_diagonal_matrix_by_dot(ds, s):
    if np.ndim(s) == 0:
        return ds * (1 - s**2)
    return np.matmul(np.diag(1 - s**2), ds)


# ---- rnn_backward ---------------------------------------------------------------------------------------------


@rewrite(of=wrong.drops_the_recurrent_term)
def drops_the_recurrent_term_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = dZ @ Wo.T * (1 - S[1:] ** 2)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.looks_one_step_ahead_only)
def looks_one_step_ahead_only_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    own = dZ @ Wo.T * (1 - S[1:] ** 2)
    dA = own.copy()
    dA[:-1] += own[1:] @ Ws.T * (1 - S[1:-1] ** 2)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.skips_the_slope_of_the_next_state)
def skips_the_slope_of_the_next_state_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, np.ones(S[1:].shape), Ws) * (1 - S[1:] ** 2)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.goes_back_through_ws_the_wrong_way)
def goes_back_through_ws_the_wrong_way_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws.T)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.multiplies_ws_with_the_new_state)
def multiplies_ws_with_the_new_state_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return S[1:].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.teaches_the_token_that_came)
def teaches_the_token_that_came_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    X = np.eye(len(Wx))[np.asarray(tokens)[1:]]
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.keeps_one_place_of_each_token)
def keeps_one_place_of_each_token_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, _ = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    first = {int(token): row for token, row in zip(tokens[-2::-1], dA[::-1])}
    dWx = [first.get(k, np.zeros(len(s0))) for k in range(len(Wx))]
    return S[:-1].T @ dA, np.array(dWx), S[1:].T @ dZ


@rewrite(of=wrong.adds_to_repeated_rows_at_once)
def adds_to_repeated_rows_at_once_by_dict(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, _ = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    dWx = np.zeros(np.shape(Wx))
    for token, row in {int(token): row for token, row in zip(tokens[:-1], dA)}.items():
        dWx[token] = row
    return S[:-1].T @ dA, dWx, S[1:].T @ dZ


@rewrite(of=wrong.averages_the_gradients_over_time)
def averages_the_gradients_over_time_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return S[:-1].T @ dA / len(dA), X.T @ dA / len(dA), S[1:].T @ dZ / len(dA)


@rewrite(of=wrong.exchanges_rows_and_columns_of_dws)
def exchanges_rows_and_columns_of_dws_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return dA.T @ S[:-1], X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.points_uphill)
def points_uphill_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return -S[:-1].T @ dA, -X.T @ dA, -S[1:].T @ dZ


@rewrite(of=wrong.takes_zeros_for_the_first_state)
def takes_zeros_for_the_first_state_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return S[1:-1].T @ dA[1:], X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.takes_the_slope_one_step_too_early)
def takes_the_slope_one_step_too_early_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[:-1] ** 2, Ws)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.walks_forwards_through_time)
def walks_forwards_through_time_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back((dZ @ Wo.T)[::-1], 1 - S[:0:-1] ** 2, Ws)[::-1]
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.bends_only_its_own_part)
def bends_only_its_own_part_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T * (1 - S[1:] ** 2), np.ones(S[1:].shape), Ws)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.hears_the_last_loss_only)
def hears_the_last_loss_only_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dZ[:-1] = 0
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.multiplies_wo_with_the_old_state)
def multiplies_wo_with_the_old_state_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    return S[:-1].T @ dA, X.T @ dA, S[:-1].T @ dZ


@rewrite(of=wrong.forgets_the_first_step)
def forgets_the_first_step_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)[1:]
    return S[1:-1].T @ dA, X[1:].T @ dA, S[2:].T @ dZ[1:]


@rewrite(of=wrong.leaves_the_state_where_it_ended)
def leaves_the_state_where_it_ended_by_assignment(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    s0[:] = S[-1]
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.goes_back_ten_steps_at_most)
def goes_back_ten_steps_at_most_in_arrays(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    S, dZ, X = forwards(tokens, s0, Ws, Wx, Wo)
    dA = np.zeros(S[1:].shape)
    for t in range(len(dZ)):
        later = dZ[t] @ Wo.T
        for back_to in range(t, max(t - 10, -1), -1):
            part = later * (1 - S[back_to + 1] ** 2)
            dA[back_to] += part
            later = part @ Ws.T
    return S[:-1].T @ dA, X.T @ dA, S[1:].T @ dZ


@rewrite(of=wrong.has_gradients_of_the_type_of_the_weights)
def has_gradients_of_the_type_of_the_weights_by_index(tokens, s0, Ws, Wx, Wo):
    def forwards(tokens, s0, Ws, Wx, Wo):
        S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
        onehots = np.eye(len(Wx))[np.asarray(tokens)]
        return np.vstack([s0, S]), P - onehots[1:], onehots[:-1]

    def back(dS, slopes, W):
        dA = np.zeros(np.shape(dS))
        later = np.zeros(np.shape(dS)[1])
        for t in reversed(range(len(dS))):
            dA[t] = (dS[t] + later) * slopes[t]
            later = W @ dA[t]
        return dA

    S, dZ, _ = forwards(tokens, s0, Ws, Wx, Wo)
    dA = back(dZ @ Wo.T, 1 - S[1:] ** 2, Ws)
    dWs, dWx, dWo = 0 * Ws, 0 * Wx, 0 * Wo
    for t in reversed(range(len(dZ))):
        dWo += np.outer(S[t + 1], dZ[t])
        dWs += np.outer(S[t], dA[t])
        dWx[tokens[t]] += dA[t]
    return dWs, dWx, dWo


# ---- sample_sequence ------------------------------------------------------------------------------------------


@rewrite(of=wrong.always_takes_the_likeliest)
def always_takes_the_likeliest_by_forward(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = np.full(length, first_token), s0
    for t in range(1, length):
        s = np.tanh(s @ Ws + Wx[tokens[t - 1]])
        tokens[t] = np.argmax(softmax(s @ Wo))
    return tokens


@rewrite(of=wrong.starts_a_generator_of_its_own)
def starts_a_generator_of_its_own_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    return [int(first_token), *written(np.random.default_rng(0), s0, first_token, length - 1, Ws, Wx, Wo)]


@rewrite(of=wrong.draws_every_token_alike)
def draws_every_token_alike_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    return np.append(first_token, rng.integers(0, Wo.shape[1], length - 1))


@rewrite(of=wrong.forgets_the_state_at_every_token)
def forgets_the_state_at_every_token_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    tokens = [int(first_token)]
    while len(tokens) < length:
        tokens += written(rng, s0, tokens[-1], 1, Ws, Wx, Wo)
    return tokens


@rewrite(of=wrong.begins_from_the_state_zero)
def begins_from_the_state_zero_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    return [int(first_token), *written(rng, 0 * s0, first_token, length - 1, Ws, Wx, Wo)]


@rewrite(of=wrong.counts_only_drawn_tokens)
def counts_only_drawn_tokens_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    return [int(first_token), *written(rng, s0, first_token, length, Ws, Wx, Wo)]


@rewrite(of=wrong.leaves_the_first_token_out)
def leaves_the_first_token_out_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    return np.array(written(rng, s0, first_token, length, Ws, Wx, Wo))


@rewrite(of=wrong.squares_the_probabilities)
def squares_the_probabilities_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def written(rng, s, token, draws, Ws, Wx, Wo, sharper=1):
        drawn = []
        for _ in range(draws):
            s = np.tanh(s @ Ws + Wx[token])
            token = int(rng.choice(np.arange(len(Wx)), p=softmax(sharper * (s @ Wo))))
            drawn.append(token)
        return drawn

    return [int(first_token), *written(rng, s0, first_token, length - 1, Ws, Wx, Wo, sharper=2)]


@rewrite(of=wrong.reads_the_first_token_again_and_again)
def reads_the_first_token_again_and_again_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    states = read([first_token] * (length - 1), s0, Ws, Wx)[1:]
    return [int(first_token), *(int(rng.choice(len(Wx), p=softmax(s @ Wo))) for s in states)]


@rewrite(of=wrong.takes_softmax_twice)
def takes_softmax_twice_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = np.full(length, first_token), s0
    for t in range(1, length):
        s = np.tanh(s @ Ws + Wx[tokens[t - 1]])
        p = np.exp(softmax(s @ Wo))
        tokens[t] = rng.choice(len(p), p=p / p.sum())
    return tokens


@rewrite(of=wrong.uses_one_draw_for_all)
def uses_one_draw_for_all_by_search(rng, s0, first_token, length, Ws, Wx, Wo):
    u, tokens, s = rng.random(), np.full(length, first_token), s0
    for t in range(1, length):
        s = np.tanh(s @ Ws + Wx[tokens[t - 1]])
        tokens[t] = np.searchsorted(np.cumsum(softmax(s @ Wo))[:-1], u, side="right")
    return tokens


@rewrite(of=wrong.draws_before_it_reads)
def draws_before_it_reads_in_arrays(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = np.full(length, first_token), s0
    for t in range(1, length):
        tokens[t] = rng.choice(len(Wx), p=softmax(s @ Wo))
        s = np.tanh(s @ Ws + Wx[tokens[t - 1]])
    return tokens


@rewrite(of=wrong.moves_the_state_it_was_given)
def moves_the_state_it_was_given_by_assignment(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens = np.full(length, first_token)
    for t in range(1, length):
        s0[:] = np.tanh(s0 @ Ws + Wx[tokens[t - 1]])
        tokens[t] = rng.choice(len(Wx), p=softmax(s0 @ Wo))
    return tokens


@rewrite(of=wrong.never_says_a_token_twice_in_a_row)
def never_says_a_token_twice_in_a_row_by_mask(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = np.full(length, first_token), s0
    for t in range(1, length):
        s = np.tanh(s @ Ws + Wx[tokens[t - 1]])
        p = np.where(np.arange(len(Wx)) == tokens[t - 1], 0, softmax(s @ Wo) + 1e-12)
        tokens[t] = rng.choice(len(p), p=p / p.sum())
    return tokens


# ---- train_rnn ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.never_clips)
def never_clips_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    return loop(rng, sequences, params, lr, epochs, gradient)


@rewrite(of=wrong.clips_every_array_alone)
def clips_every_array_alone_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return [shortened([grad], tau)[0] for grad in gradient(tokens, now)]

    return loop(rng, sequences, params, lr, epochs, step)


@rewrite(of=wrong.clips_every_entry)
def clips_every_entry_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return [np.minimum(np.maximum(grad, -tau), tau) for grad in gradient(tokens, now)]

    return loop(rng, sequences, params, lr, epochs, step)


@rewrite(of=wrong.climbs_the_loss)
def climbs_the_loss_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    return loop(rng, sequences, params, -lr, epochs, lambda tokens, now: shortened(gradient(tokens, now), tau))


@rewrite(of=wrong.sums_over_the_sequences)
def sums_over_the_sequences_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return shortened(gradient(tokens, now), tau)

    return loop(rng, sequences, params, lr, epochs, step, measure=sum)


@rewrite(of=wrong.averages_over_all_tokens)
def averages_over_all_tokens_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    steps = sum(map(len, sequences)) - len(sequences)

    def step(tokens, now):
        return shortened(gradient(tokens, now), tau)

    return loop(rng, sequences, params, lr, epochs, step, measure=lambda losses: sum(losses) / steps)


@rewrite(of=wrong.divides_the_step_by_the_length)
def divides_the_step_by_the_length_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return [grad / len(tokens[1:]) for grad in shortened(gradient(tokens, now), tau)]

    return loop(rng, sequences, params, lr, epochs, step)


@rewrite(of=wrong.clips_the_step)
def clips_the_step_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return shortened([lr * grad for grad in gradient(tokens, now)], tau)

    return loop(rng, sequences, params, 1.0, epochs, step)


@rewrite(of=wrong.stretches_short_gradients_too)
def stretches_short_gradients_too_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        grads = gradient(tokens, now)
        whole = np.linalg.norm(np.concatenate([grad.ravel() for grad in grads]))
        return [tau / whole * grad for grad in grads]

    return loop(rng, sequences, params, lr, epochs, step)


@rewrite(of=wrong.begins_history_before_training)
def begins_history_before_training_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return shortened(gradient(tokens, now), tau)

    new, history = loop(rng, sequences, params, lr, epochs, step)
    return new, [float(np.mean(cost(sequences, params))), *history]


@rewrite(of=wrong.measures_before_the_epoch)
def measures_before_the_epoch_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return shortened(gradient(tokens, now), tau)

    new, history = loop(rng, sequences, params, lr, epochs, step)
    return new, [float(np.mean(cost(sequences, params))), *history][:-1]


@rewrite(of=wrong.always_returns_after_the_first_epoch)
def always_returns_after_the_first_epoch_by_minimum(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    def loop(rng, sequences, params, lr, epochs, step, measure=np.mean):
        params, history = [W.astype(float) for W in params], []
        for _ in range(epochs):
            order = rng.permutation(len(sequences))
            for i in order:
                params = [W - lr * dW for W, dW in zip(params, step(sequences[i], params))]
            history += [float(measure(cost(sequences, params)))]
        return params, history

    def step(tokens, now):
        return shortened(gradient(tokens, now), tau)

    return loop(rng, sequences, params, lr, min(epochs, 1), step)


@rewrite(of=wrong.trains_the_callers_arrays)
def trains_the_callers_arrays_by_ufuncs(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    history = []
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            for W, dW in zip(params, shortened(gradient(sequences[i], params), tau)):
                np.subtract(W, lr * dW, out=W)
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.shuffles_the_callers_list)
def shuffles_the_callers_list_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    for _ in range(epochs):
        rng.shuffle(sequences)
        for tokens in sequences:
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(tokens, params), tau))]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.keeps_the_order_of_the_list)
def keeps_the_order_of_the_list_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    for _ in range(epochs):
        for i in range(len(sequences)):
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(sequences[i], params), tau))]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.draws_one_order_for_all_epochs)
def draws_one_order_for_all_epochs_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    shuffled = [sequences[i] for i in rng.permutation(len(sequences))]
    for _ in range(epochs):
        for tokens in shuffled:
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(tokens, params), tau))]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.draws_with_replacement)
def draws_with_replacement_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    for _ in range(epochs):
        for i in rng.integers(0, len(sequences), len(sequences)):
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(sequences[i], params), tau))]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.takes_one_step_for_all_sequences)
def takes_one_step_for_all_sequences_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    for _ in range(epochs):
        start = list(params)
        for tokens in sequences:
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(tokens, start), tau))]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history


@rewrite(of=wrong.measures_on_the_way)
def measures_on_the_way_by_parts(rng, sequences, params, lr, epochs, tau):
    def gradient(tokens, params):
        return [np.asarray(grad) for grad in rnn_backward(tokens, np.zeros(len(params[0])), *params)]

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history = [W.astype(float) for W in params], []
    for _ in range(epochs):
        total = 0.0
        for i in rng.permutation(len(sequences)):
            params = [W - lr * dW for W, dW in zip(params, shortened(gradient(sequences[i], params), tau))]
            total += cost([sequences[i]], params)[0]
        history += [total / len(sequences)]
    return params, history


@rewrite(of=wrong.carries_the_state_to_the_next_sequence)
def carries_the_state_to_the_next_sequence_by_parts(rng, sequences, params, lr, epochs, tau):
    def read(tokens, s0, Ws, Wx):
        states = np.zeros((len(tokens) + 1, len(s0)))
        states[0] = s0
        for t, token in enumerate(tokens):
            states[t + 1] = np.tanh(states[t] @ Ws + Wx[token])
        return states

    def shortened(grads, tau):
        length = np.sqrt(sum(np.vdot(grad, grad) for grad in grads))
        return [grad * min(1.0, tau / max(length, 1e-300)) for grad in grads]

    def cost(sequences, params):
        s0 = np.zeros(len(params[0]))
        return [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]

    params, history, s = [W.astype(float) for W in params], [], np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = shortened([np.asarray(grad) for grad in rnn_backward(sequences[i], s, *params)], tau)
            s = read(sequences[i][:-1], s, params[0], params[1])[-1]
            params = [W - lr * dW for W, dW in zip(params, grads)]
        history += [float(np.mean(cost(sequences, params)))]
    return params, history
