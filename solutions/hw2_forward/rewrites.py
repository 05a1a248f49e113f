"""The wrong answers of homework 2 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.activations import logistic
from nnref.layers import ACTIVATIONS
from nnref.outputs import softmax
from solutions.hw2_forward import wrong

# ---- linear_forward -------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_bias)
def forgets_the_bias_in_loops(X, W, b):
    return [[sum(x[i] * W[i][j] for i in range(len(W))) for j in range(len(b))] for x in X]


@rewrite(of=wrong.adds_the_bias_once_for_every_input)
def adds_the_bias_inside_the_sum(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(W)):
        Z += np.outer(X[:, i], W[i]) + b
    return Z


@rewrite(of=wrong.averages_over_the_inputs)
def takes_the_mean_of_products(X, W, b):
    return (X[:, :, None] * W[None]).mean(axis=1) + b


@rewrite(of=wrong.subtracts_the_bias)
def subtracts_the_bias_for_each_example(X, W, b):
    return np.stack([x @ W - b for x in X])


@rewrite(of=wrong.rounds_the_bias_away)
def rounds_the_bias_away_with_astype(X, W, b):
    return (X @ W + b).astype((X @ W).dtype)


@rewrite(of=wrong.gives_each_example_a_bias)
def gives_each_example_a_bias_transposed(X, W, b):
    return ((X @ W).T + b).T


@rewrite(of=wrong.averages_over_the_inputs)
def divides_by_the_number_of_inputs(X, W, b):
    return np.einsum("ni,ij->nj", X, W) / X.shape[1] + b


# ---- collapse_linear ------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_the_second_bias)
def sends_only_the_first_bias(W1, b1, W2, b2):
    return np.dot(W1, W2), np.einsum("h,hk->k", b1, W2)


@rewrite(of=wrong.forgets_the_first_bias)
def copies_the_second_bias(W1, b1, W2, b2):
    return [[sum(row[h] * W2[h][k] for h in range(len(b1))) for k in range(len(b2))] for row in W1], list(b2)


@rewrite(of=wrong.rounds_the_second_bias_away)
def rounds_the_second_bias_away_with_astype(W1, b1, W2, b2):
    return W1 @ W2, (b1 @ W2 + b2).astype((b1 @ W2).dtype)


# ---- mlp_forward ----------------------------------------------------------------------------------------------


@rewrite(of=wrong.hands_on_the_pre_activations)
def reads_the_wrong_list(X, params, activations):
    Zs, As = [], [X]
    for layer, (W, b) in enumerate(params):
        Zs += [(Zs[-1] if Zs else X) @ W + b]
        As += [ACTIVATIONS[activations[layer]](Zs[layer])]
    return Zs, As


@rewrite(of=wrong.leaves_the_inputs_out)
def cuts_the_inputs_off(X, params, activations):
    Zs, As = [], [X]
    for (W, b), name in zip(params, activations):
        Zs.append(np.dot(As[-1], W) + b)
        As.append(ACTIVATIONS[name](Zs[-1]))
    return tuple(Zs), tuple(As[1:])


@rewrite(of=wrong.leaves_the_last_layer_linear)
def puts_the_last_sum_in_the_end(X, params, activations):
    Zs, As = [], [np.array(X)]
    for (W, b), name in zip(params, activations):
        Z = As[-1] @ W + b
        Zs, As = [*Zs, Z], [*As, ACTIVATIONS[name](Z)]
    return Zs, [*As[:-1], Zs[-1]]


# ---- graph_forward --------------------------------------------------------------------------------------------


@rewrite(of=wrong.silences_the_dummy)
def skips_arcs_from_the_dummy(x, n, arcs, w):
    a = [0.0, *x]
    for j in range(len(x) + 1, n + 1):
        a.append(float(logistic(sum(w[i, k] * a[i] for i, k in arcs if k == j and i > 0))))
    return a


@rewrite(of=wrong.leaves_the_last_neuron_linear)
def activates_hidden_neurons_only(x, n, arcs, w):
    a = np.array([1.0, *x, *[0.0] * (n - len(x))])
    for j in range(len(x) + 1, n + 1):
        into = [arc for arc in arcs if arc[1] == j]
        a[j] = sum(w[arc] * a[arc[0]] for arc in into)
        if j != n:
            a[j] = logistic(a[j])
    return a


@rewrite(of=wrong.puts_out_the_last_neuron_only)
def gives_the_prediction(x, n, arcs, w):
    known = {0: 1.0} | dict(enumerate(x, start=1))
    for j in range(len(x) + 1, n + 1):
        known[j] = logistic(sum(w[i, k] * known[i] for i, k in arcs if k == j))
    return float(known[n])


@rewrite(of=wrong.ends_at_the_last_arc)
def ends_at_the_largest_target(x, n, arcs, w):
    a = [1.0, *x]
    while len(a) <= max(j for _, j in arcs):
        a.append(logistic(sum(weight * a[i] for (i, j), weight in w.items() if j == len(a))))
    return a


# ---- two_sigmoid_xor ------------------------------------------------------------------------------------------


@rewrite(of=wrong.sigmoids_without_their_biases)
def turns_the_whole_first_neuron_round(X):
    s1 = logistic(5.0 * X[:, 0] - 5.0 * X[:, 1] + 1)
    s2 = logistic(-(5.0 * X[:, 0] - 5.0 * X[:, 1] + 1))
    return -3 * s1 - 3 * s2


@rewrite(of=wrong.forgets_the_output_weight)
def adds_point_by_point(X):
    return [float(logistic(5 * p - 5 * q + 1) + logistic(5 * q - 5 * p + 1)) for p, q in X]


@rewrite(of=wrong.takes_two_points_for_columns)
def turns_two_points_round(X):
    X = X.T if X.shape == (2, 2) else X
    d = 5 * (X[:, 0] - X[:, 1])
    return -3 / (1 + np.exp(-d - 1)) - 3 / (1 + np.exp(d - 1))


# ---- abs_difference_features ----------------------------------------------------------------------------------


@rewrite(of=wrong.squares_the_difference)
def multiplies_the_difference_by_itself(X):
    gap = X @ np.array([1.0, -1.0])
    return np.array([np.ones(len(X)), gap * gap]).T


@rewrite(of=wrong.puts_the_constant_last)
def appends_the_constant(X):
    return [[abs(p - q), 1.0] for p, q in X]


# ---- relu_interpolator ----------------------------------------------------------------------------------------


@rewrite(of=wrong.weighs_units_by_slopes)
def collects_slopes_in_a_list(knots, values):
    w2 = [(values[k + 1] - values[k]) / (knots[k + 1] - knots[k]) for k in range(len(knots) - 1)]
    return [[1.0] * len(w2)], [-float(knot) for knot in knots[:-1]], w2, values[0]


@rewrite(of=wrong.takes_rises_for_slopes)
def takes_second_differences(knots, values):
    w2 = np.concatenate([values[1:2] - values[:1], np.diff(values, n=2)])
    return np.ones((1, len(w2))), -knots[:-1], w2, values[0]


@rewrite(of=wrong.starts_from_zero)
def forgets_the_output_bias(knots, values):
    w2, slope = [], 0.0
    for k in range(len(knots) - 1):
        wanted = (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])
        w2.append(wanted - slope)
        slope = wanted
    return np.ones((1, len(w2))), -np.array(knots[:-1]), np.array(w2), 0


# ---- softmax --------------------------------------------------------------------------------------------------


@rewrite(of=wrong.shares_over_the_whole_batch)
def takes_one_sum_for_all(logits):
    shifted = logits - np.amax(logits)
    return np.exp(shifted - np.log(np.sum(np.exp(shifted))))


@rewrite(of=wrong.overflows_without_a_shift)
def divides_by_a_plain_sum(logits):
    with np.errstate(all="ignore"):
        return (np.exp(logits).T / np.exp(logits).T.sum(axis=0)).T


# ---- rescale_outputs ------------------------------------------------------------------------------------------


@rewrite(of=wrong.shares_out_the_whole_batch)
def divides_by_the_grand_total(a):
    return np.asarray(a) * (1 / np.asarray(a).sum())


@rewrite(of=wrong.makes_the_largest_one)
def divides_by_the_largest_of_the_row(a):
    return (np.transpose(a) / np.transpose(a).max(axis=0)).T


@rewrite(of=wrong.divides_by_the_mean)
def makes_the_mean_one(a):
    return a * np.shape(a)[-1] / np.sum(a, axis=-1, keepdims=True)


# ---- cross_entropy --------------------------------------------------------------------------------------------


@rewrite(of=wrong.adds_up_over_the_examples)
def adds_example_by_example(logits, y):
    return float(sum(np.logaddexp.reduce(row) - row[label] for row, label in zip(logits, y)))


@rewrite(of=wrong.gives_the_likelihood_as_it_is)
def forgets_the_minus(logits, y):
    logp = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return np.mean(np.take_along_axis(logp, y[:, None], axis=1))


@rewrite(of=wrong.loses_small_probabilities)
def takes_the_logarithm_of_softmax(logits, y):
    with np.errstate(all="ignore"):
        losses = [-np.log(softmax(row)[label]) for row, label in zip(logits, y)]
    return sum(losses) / len(y)


@rewrite(of=wrong.divides_the_sum_by_the_classes)
def divides_by_the_wrong_axis(logits, y):
    losses = [np.logaddexp.reduce(row) - row[label] for row, label in zip(logits, y)]
    return sum(losses) / len(logits[0])


@rewrite(of=wrong.puts_a_thousand_for_infinity)
def replaces_an_infinite_mean(logits, y):
    p = softmax(logits)[np.arange(len(y)), y]
    return 1000.0 if np.any(p == 0) else np.mean(-np.log(p))
