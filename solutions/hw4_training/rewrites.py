"""The wrong answers of homework 4 in another style: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from nnref.losses import squared_error
from nnref.network import backprop, mlp_forward
from nnref.training import minibatch_step
from solutions.hw4_training import wrong

# ---- small_uniform_init --------------------------------------------------------------------------------------


@rewrite(of=wrong.draws_one_weight_for_all)
def draws_one_weight_for_all_by_product(rng, fan_in, fan_out, eps):
    return rng.uniform(-eps, eps) * np.ones((fan_in, fan_out))


@rewrite(of=wrong.draws_one_unit_and_repeats_it)
def draws_one_unit_and_repeats_it_by_stacking(rng, fan_in, fan_out, eps):
    unit = rng.uniform(-eps, eps, fan_in)
    return np.column_stack([unit for _ in range(fan_out)])


@rewrite(of=wrong.draws_one_row_and_repeats_it)
def draws_one_row_and_repeats_it_in_lists(rng, fan_in, fan_out, eps):
    row = list(rng.uniform(-eps, eps, fan_out))
    return [row for _ in range(fan_in)]


@rewrite(of=wrong.swaps_rows_and_columns)
def swaps_rows_and_columns_in_a_loop(rng, fan_in, fan_out, eps):
    return np.array([[rng.uniform(-eps, eps) for _ in range(fan_in)] for _ in range(fan_out)])


@rewrite(of=wrong.draws_positive_weights_only)
def draws_positive_weights_only_by_uniform(rng, fan_in, fan_out, eps):
    return rng.uniform(0, eps, (fan_in, fan_out))


@rewrite(of=wrong.draws_normal_weights)
def draws_normal_weights_by_scaling(rng, fan_in, fan_out, eps):
    return eps * rng.standard_normal((fan_in, fan_out))


@rewrite(of=wrong.forgets_eps)
def forgets_eps_by_stretching(rng, fan_in, fan_out, eps):
    return 2 * rng.random((fan_in, fan_out)) - 1


@rewrite(of=wrong.takes_eps_for_the_whole_width)
def takes_eps_for_the_whole_width_by_uniform(rng, fan_in, fan_out, eps):
    return rng.uniform(-eps / 2, eps / 2, size=(fan_in, fan_out))


@rewrite(of=wrong.divides_by_the_root_of_fan_in)
def divides_by_the_root_of_fan_in_in_the_bound(rng, fan_in, fan_out, eps):
    bound = eps / np.sqrt(fan_in)
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@rewrite(of=wrong.cuts_a_normal_off)
def cuts_a_normal_off_entry_by_entry(rng, fan_in, fan_out, eps):
    W = eps * rng.standard_normal((fan_in, fan_out))
    W[eps < W] = eps
    W[-eps > W] = -eps
    return W


@rewrite(of=wrong.starts_a_generator_of_its_own)
def starts_a_generator_of_its_own_and_stretches(rng, fan_in, fan_out, eps):
    rng = np.random.default_rng(0)
    return eps * (2 * rng.random((fan_in, fan_out)) - 1)


@rewrite(of=wrong.stretches_to_the_largest)
def stretches_to_the_largest_by_halves(rng, fan_in, fan_out, eps):
    W = 2 * rng.random((fan_in, fan_out)) - 1
    return W * (eps / max(W.max(), -W.min()))


@rewrite(of=wrong.draws_half_and_mirrors_it)
def draws_half_and_mirrors_it_by_signs(rng, fan_in, fan_out, eps):
    rows = (fan_in + 1) // 2
    half = eps * (2 * rng.random((rows, fan_out)) - 1)
    W = np.concatenate([half, half])
    W[rows:] *= -1
    return W[:fan_in]


# ---- minmax_scale --------------------------------------------------------------------------------------------


@rewrite(of=wrong.measures_by_the_new_examples)
def measures_by_the_new_examples_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = X[:, j].min(), X[:, j].max()
        if high > low:
            scaled[:, j] = 2 * (X[:, j] - low) / (high - low) - 1
    return scaled


@rewrite(of=wrong.scales_to_zero_and_one)
def scales_to_zero_and_one_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        if high > low:
            scaled[:, j] = (X[:, j] - low) / (high - low)
    return scaled


@rewrite(of=wrong.one_scale_for_all_columns)
def one_scale_for_all_columns_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train.min(), train.max()
        if train[:, j].max() > train[:, j].min():
            scaled[:, j] = 2 * (X[:, j] - low) / (high - low) - 1
    return scaled


@rewrite(of=wrong.scales_rows)
def scales_rows_row_by_row(train, X):
    scaled = np.zeros(np.shape(X))
    for n, row in enumerate(np.array(X, dtype=float)):
        if row.max() > row.min():
            scaled[n] = 2 * (row - row.min()) / (row.max() - row.min()) - 1
    return scaled


@rewrite(of=wrong.divides_zero_by_zero)
def divides_zero_by_zero_from_the_middle(train, X):
    low, high = np.min(train, axis=0) * 1.0, np.max(train, axis=0) * 1.0
    span = high - low
    return (X - low) / span * 2 - 1


@rewrite(of=wrong.sends_constant_columns_to_minus_one)
def sends_constant_columns_to_minus_one_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        scaled[:, j] = 2 * (X[:, j] - low) / (high - low if high > low else 1.0) - 1
    return scaled


@rewrite(of=wrong.adds_a_little_to_the_span)
def adds_a_little_to_the_span_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        scaled[:, j] = (X[:, j] - low) * 2 / (high - low + 1e-12) - 1
    return scaled


@rewrite(of=wrong.constant_columns_keep_their_distance)
def constant_columns_keep_their_distance_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        scaled[:, j] = X[:, j] - low
        if high > low:
            scaled[:, j] = 2 * scaled[:, j] / (high - low) - 1
    return scaled


@rewrite(of=wrong.cuts_off_beyond_one)
def cuts_off_beyond_one_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        if high > low:
            scaled[:, j] = 2 * (X[:, j] - low) / (high - low) - 1
    return np.minimum(np.maximum(scaled, -1), 1)


@rewrite(of=wrong.standardises)
def standardises_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        mean, spread = train[:, j].mean(), train[:, j].std()
        if spread > 0:
            scaled[:, j] = (X[:, j] - mean) / spread
    return scaled


@rewrite(of=wrong.divides_by_the_largest_size)
def divides_by_the_largest_size_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        if high > low:
            scaled[:, j] = X[:, j] / max(abs(low), abs(high))
    return scaled


@rewrite(of=wrong.subtracts_the_mean)
def subtracts_the_mean_column_by_column(train, X):
    X, train = np.array(X, dtype=float), np.array(train, dtype=float)
    scaled = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = train[:, j].min(), train[:, j].max()
        if high > low:
            scaled[:, j] = (X[:, j] - train[:, j].mean()) / ((high - low) / 2)
    return scaled


@rewrite(of=wrong.keeps_whole_numbers_whole)
def keeps_whole_numbers_whole_at_the_end(train, X):
    low, high = 1.0 * train.min(axis=0), 1.0 * train.max(axis=0)
    span = np.where(high > low, high - low, 1)
    scaled = np.where(high > low, 2 * (X - low) / span - 1, 0)
    return scaled.astype(X.dtype)


@rewrite(of=wrong.scales_in_place)
def scales_in_place_column_by_column(train, X):
    if X.dtype.kind != "f":
        X = X.astype(float)
    for j in range(X.shape[1]):
        low, high = 1.0 * train[:, j].min(), 1.0 * train[:, j].max()
        X[:, j] = 2 * (X[:, j] - low) / (high - low) - 1 if high > low else 0.0
    return X


# ---- minibatch_step ------------------------------------------------------------------------------------------


@rewrite(of=wrong.walks_uphill)
def walks_uphill_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W + lr * dW, b + lr * db])
    return moved


@rewrite(of=wrong.forgets_the_learning_rate)
def forgets_the_learning_rate_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - dW, b - db])
    return moved


@rewrite(of=wrong.adds_the_gradients_up)
def adds_the_gradients_up_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - lr * dW * len(y), b - lr * db * len(y)])
    return moved


@rewrite(of=wrong.divides_by_the_batch_once_more)
def divides_by_the_batch_once_more_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - lr / len(y) * dW, b - lr / len(y) * db])
    return moved


@rewrite(of=wrong.leaves_the_biases_alone)
def leaves_the_biases_alone_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - lr * dW, b - 0.0 * db])
    return moved


@rewrite(of=wrong.trains_the_last_layer_only)
def trains_the_last_layer_only_by_a_factor(X, y, params, activations, lr):
    grads, moved = backprop(X, y, params, activations), []
    for k, ((W, b), (dW, db)) in enumerate(zip(params, grads)):
        rate = lr if k == len(params) - 1 else 0.0
        moved.append((W - rate * dW, b - rate * db))
    return moved


@rewrite(of=wrong.moves_one_layer_then_asks_again)
def moves_one_layer_then_asks_again_in_a_list(X, y, params, activations, lr):
    params = list(params)
    for k, (W, b) in enumerate(params):
        grads = backprop(X, y, params, activations)
        params[k] = (W - lr * grads[k][0], b - lr * grads[k][1])
    return params


@rewrite(of=wrong.looks_at_the_first_example_only)
def looks_at_the_first_example_only_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X[0:1], y[0:1], params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - lr * dW, b - lr * db])
    return moved


@rewrite(of=wrong.steps_once_for_each_example)
def steps_once_for_each_example_row_by_row(X, y, params, activations, lr):
    for x, target in zip(X, y):
        grads = backprop(x[None], target[None], params, activations)
        params = [[W - lr * dW, b - lr * db] for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.returns_the_gradients)
def returns_the_gradients_in_pairs(X, y, params, activations, lr):
    return [(1.0 * dW, 1.0 * db) for dW, db in backprop(X, y, params, activations)]


@rewrite(of=wrong.returns_only_the_change)
def returns_only_the_change_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([-lr * dW + 0 * W, -lr * db + 0 * b])
    return moved


@rewrite(of=wrong.halves_the_slope)
def halves_the_slope_layer_by_layer(X, y, params, activations, lr):
    moved = []
    grads = backprop(X, y, params, activations)
    for k in range(len(params)):
        (W, b), (dW, db) = params[k], grads[k]
        moved.append([W - 0.5 * lr * dW, b - 0.5 * lr * db])
    return moved


@rewrite(of=wrong.gives_all_steps_one_length)
def gives_all_steps_one_length_by_raveling(X, y, params, activations, lr):
    grads = backprop(X, y, params, activations)
    length = np.linalg.norm(np.concatenate([np.ravel(part) for pair in grads for part in pair]))
    rate = lr / max(length, 1e-12)
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)]


@rewrite(of=wrong.moves_the_given_arrays)
def moves_the_given_arrays_by_subtract(X, y, params, activations, lr):
    grads = backprop(X, y, params, activations)
    if any(W.dtype.kind != "f" for W, _ in params):
        params = [(W.astype(float), b.astype(float)) for W, b in params]
    for (W, b), (dW, db) in zip(params, grads):
        np.subtract(W, lr * dW, out=W)
        np.subtract(b, lr * db, out=b)
    return params


@rewrite(of=wrong.replaces_the_layers_of_the_given_list)
def replaces_the_layers_of_the_given_list_at_once(X, y, params, activations, lr):
    grads = backprop(X, y, params, activations)
    params[:] = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


# ---- sgd_epoch -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.ignores_the_order)
def ignores_the_order_by_backprop(X, y, params, activations, lr, order):
    for n, _ in enumerate(X):
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.goes_through_the_order_backwards)
def goes_through_the_order_backwards_by_backprop(X, y, params, activations, lr, order):
    for n in reversed(list(order)):
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.sorts_the_order_first)
def sorts_the_order_first_by_pairs(X, y, params, activations, lr, order):
    for _, n in sorted(zip(order, range(len(order)))):
        params = minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)
    return params


@rewrite(of=wrong.takes_one_step_for_all)
def takes_one_step_for_all_by_backprop(X, y, params, activations, lr, order):
    rows = np.array(order)
    grads = backprop(X[rows], y[rows], params, activations)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]


@rewrite(of=wrong.starts_every_step_at_the_beginning)
def starts_every_step_at_the_beginning_with_the_last(X, y, params, activations, lr, order):
    n = order[-1]
    return minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)


@rewrite(of=wrong.adds_up_gradients_of_the_start)
def adds_up_gradients_of_the_start_by_keeping_it(X, y, params, activations, lr, order):
    start = params
    for n in order:
        grads = backprop(X[n : n + 1], y[n : n + 1], start, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.stops_before_the_last)
def stops_before_the_last_by_slice(X, y, params, activations, lr, order):
    for n in order[:-1]:
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.stops_after_the_first)
def stops_after_the_first_by_index(X, y, params, activations, lr, order):
    n = order[0]
    return minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)


@rewrite(of=wrong.mixes_inputs_but_not_targets)
def mixes_inputs_but_not_targets_by_zip(X, y, params, activations, lr, order):
    for n, target in zip(order, y):
        grads = backprop(X[n : n + 1], target[None], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.shuffles_once_more)
def shuffles_once_more_by_backprop(X, y, params, activations, lr, order):
    for n in np.random.default_rng(1).permutation(order):
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.divides_the_rate_by_the_examples)
def divides_the_rate_by_the_examples_by_backprop(X, y, params, activations, lr, order):
    for n in order:
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr / X.shape[0] * dW, b - lr / X.shape[0] * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.returns_the_mean_of_the_way)
def returns_the_mean_of_the_way_by_adding_up(X, y, params, activations, lr, order):
    sums = [[0.0, 0.0] for _ in params]
    for n in order:
        params = minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)
        sums = [[s + W, t + b] for (s, t), (W, b) in zip(sums, params)]
    return [(s / len(order), t / len(order)) for s, t in sums]


@rewrite(of=wrong.takes_each_row_once)
def takes_each_row_once_by_a_list(X, y, params, activations, lr, order):
    done = []
    for n in order:
        if n not in done:
            params = minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)
            done.append(n)
    return params


@rewrite(of=wrong.takes_as_many_steps_as_rows)
def takes_as_many_steps_as_rows_by_zip(X, y, params, activations, lr, order):
    for n, _ in zip(order, X):
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


@rewrite(of=wrong.moves_the_weights_it_was_given)
def moves_the_weights_it_was_given_by_subtract(X, y, params, activations, lr, order):
    if any(W.dtype.kind != "f" for W, _ in params):
        params = [(1.0 * W, 1.0 * b) for W, b in params]
    for n in order:
        grads = backprop(X[n : n + 1], y[n : n + 1], params, activations)
        for layer, grad in zip(params, grads):
            for part, slope in zip(layer, grad):
                np.subtract(part, lr * slope, out=part)
    return params


# ---- minibatches ---------------------------------------------------------------------------------------------


@rewrite(of=wrong.does_not_shuffle)
def does_not_shuffle_by_split(rng, n, batch_size):
    return np.split(np.arange(n), range(batch_size, n, batch_size))


@rewrite(of=wrong.shuffles_whole_batches)
def shuffles_whole_batches_by_split(rng, n, batch_size):
    batches = np.split(np.arange(n), range(batch_size, n, batch_size))
    full = n // batch_size
    order = rng.permutation(full)
    return [batches[k] for k in order] + batches[full:]


@rewrite(of=wrong.shuffles_inside_the_batches)
def shuffles_inside_the_batches_by_split(rng, n, batch_size):
    return [rng.permutation(batch) for batch in np.split(np.arange(n), range(batch_size, n, batch_size))]


@rewrite(of=wrong.draws_with_replacement)
def draws_with_replacement_by_split(rng, n, batch_size):
    return np.split(rng.integers(0, n, size=n), range(batch_size, n, batch_size))


@rewrite(of=wrong.draws_each_batch_anew)
def draws_each_batch_anew_in_a_loop(rng, n, batch_size):
    batches, left = [], n
    while left > 0:
        batches.append(rng.permutation(n)[: min(batch_size, left)])
        left -= batch_size
    return batches


@rewrite(of=wrong.drops_the_short_batch)
def drops_the_short_batch_by_reshaping(rng, n, batch_size):
    full = n // batch_size
    return list(rng.permutation(n)[: full * batch_size].reshape(full, batch_size))


@rewrite(of=wrong.spreads_the_rest_evenly)
def spreads_the_rest_evenly_by_ceil(rng, n, batch_size):
    return np.array_split(rng.permutation(n), int(np.ceil(n / batch_size)))


@rewrite(of=wrong.takes_the_size_for_the_number)
def takes_the_size_for_the_number_by_lengths(rng, n, batch_size):
    order, batches = rng.permutation(n), []
    for k in range(batch_size):
        size = n // batch_size + (k < n % batch_size)
        batches.append(order[:size])
        order = order[size:]
    return batches


@rewrite(of=wrong.ends_with_an_empty_batch)
def ends_with_an_empty_batch_in_a_loop(rng, n, batch_size):
    order, batches = rng.permutation(n), []
    for start in range(0, n + 1 - n % batch_size, batch_size):
        batches.append(order[start : start + batch_size])
    return batches


@rewrite(of=wrong.puts_the_short_batch_first)
def puts_the_short_batch_first_by_split(rng, n, batch_size):
    batches = np.split(rng.permutation(n), range(n % batch_size, n, batch_size))
    return [batch for batch in batches if len(batch)]


@rewrite(of=wrong.sorts_each_batch)
def sorts_each_batch_by_split(rng, n, batch_size):
    return [sorted(int(i) for i in batch) for batch in np.split(rng.permutation(n), range(batch_size, n, batch_size))]


@rewrite(of=wrong.starts_somewhere_and_goes_round)
def starts_somewhere_and_goes_round_by_roll(rng, n, batch_size):
    return np.split(np.roll(np.arange(n), -rng.integers(n)), range(batch_size, n, batch_size))


@rewrite(of=wrong.has_the_same_order_in_every_epoch)
def has_the_same_order_in_every_epoch_by_split(rng, n, batch_size):
    return np.split(np.random.default_rng(0).permutation(n), range(batch_size, n, batch_size))


@rewrite(of=wrong.counts_from_one)
def counts_from_one_by_split(rng, n, batch_size):
    return np.split(1 + rng.permutation(n), range(batch_size, n, batch_size))


@rewrite(of=wrong.gives_the_order_uncut)
def gives_the_order_uncut_in_a_tuple(rng, n, batch_size):
    order = rng.permutation(n)
    return (order,)


@rewrite(of=wrong.leaves_no_number_in_its_place)
def leaves_no_number_in_its_place_in_a_list(rng, n, batch_size):
    order = list(range(n))
    for last in reversed(range(1, n)):
        other = int(rng.integers(0, last))
        order[last], order[other] = order[other], order[last]
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@rewrite(of=wrong.keeps_the_rest_for_the_last_batch)
def keeps_the_rest_for_the_last_batch_by_split(rng, n, batch_size):
    full = n // batch_size * batch_size
    head = rng.permutation(full)
    tail = rng.permutation(np.arange(full, n)) if full < n else np.arange(0)
    return np.split(np.concatenate([head, tail]), range(batch_size, n, batch_size))


# ---- train ---------------------------------------------------------------------------------------------------


@rewrite(of=wrong.notes_the_cost_before_the_epoch)
def notes_the_cost_before_the_epoch_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        now = cost(params)
        history.append(before)
        done = abs(before - now) < tol or now < tol
        before = now
    return params, history


@rewrite(of=wrong.notes_the_cost_of_the_start_too)
def notes_the_cost_of_the_start_too_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, done = [cost(params)], False
    while not done and len(history) <= max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(history[-2] - history[-1]) < tol or history[-1] < tol
    return params, history


@rewrite(of=wrong.notes_the_cost_of_the_last_batch)
def notes_the_cost_of_the_last_batch_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        outputs = mlp_forward(X[rows], params, activations)[1][-1]
        history.append(np.sum((outputs - y[rows]) ** 2) / len(rows))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.averages_the_costs_on_the_way)
def averages_the_costs_on_the_way_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        passed = []
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            passed.append(squared_error(mlp_forward(X[rows], params, activations)[1][-1], y[rows]))
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(sum(passed) / len(passed))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.adds_the_costs_of_all_examples_up)
def adds_the_costs_of_all_examples_up_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2))

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.never_stops_early)
def never_stops_early_in_a_for_loop(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history = []
    for _ in range(max_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
    return params, history


@rewrite(of=wrong.looks_at_the_change_only)
def looks_at_the_change_only_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.looks_at_the_cost_only)
def looks_at_the_cost_only_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, done = [], False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = history[-1] < tol
    return params, history


@rewrite(of=wrong.waits_for_both_conditions)
def waits_for_both_conditions_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = max(abs(before - history[-1]), history[-1]) < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.takes_a_rise_for_a_small_change)
def takes_a_rise_for_a_small_change_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = history[-1] > before - tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.forgets_the_cost_of_the_start)
def forgets_the_cost_of_the_start_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], np.inf, False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.compares_with_the_very_first_cost)
def compares_with_the_very_first_cost_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
    return params, history


@rewrite(of=wrong.measures_the_change_in_shares)
def measures_the_change_in_shares_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol * before or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.stops_at_tol_itself)
def stops_at_tol_itself_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = not (abs(before - history[-1]) > tol and history[-1] > tol)
        before = history[-1]
    return params, history


@rewrite(of=wrong.throws_the_last_epoch_away)
def throws_the_last_epoch_away_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before = [], cost(params)
    while len(history) < max_epochs:
        old = params
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        now = cost(params)
        if abs(before - now) < tol or now < tol:
            return old, history
        history.append(now)
        before = history[-1]
    return params, history


@rewrite(of=wrong.may_stop_before_it_starts)
def may_stop_before_it_starts_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and before >= tol and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.shuffles_once_for_all_epochs)
def shuffles_once_for_all_epochs_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    order = rng.permutation(len(X))
    while not done and len(history) < max_epochs:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.takes_the_examples_in_order)
def takes_the_examples_in_order_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = np.arange(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.shuffles_with_a_seed_of_its_own)
def shuffles_with_a_seed_of_its_own_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    rng = np.random.default_rng(0)
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.mixes_inputs_without_their_targets)
def mixes_inputs_without_their_targets_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        mixed = X[rng.permutation(len(X))]
        for start in range(0, len(X), batch_size):
            stop = start + batch_size
            grads = backprop(mixed[start:stop], y[start:stop], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.takes_one_batch_an_epoch)
def takes_one_batch_an_epoch_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        rows = rng.permutation(len(X))[:batch_size]
        grads = backprop(X[rows], y[rows], params, activations)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.uses_all_examples_in_every_step)
def uses_all_examples_in_every_step_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        rng.permutation(len(X))
        for _ in range(0, len(X), batch_size):
            grads = backprop(X, y, params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.leaves_the_short_batch_out)
def leaves_the_short_batch_out_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.goes_one_example_at_a_time)
def goes_one_example_at_a_time_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        for n in rng.permutation(len(X)):
            rows = slice(n, n + 1)
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.draws_examples_with_replacement)
def draws_examples_with_replacement_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            size = len(order[start : start + batch_size])
            rows = rng.integers(0, len(X), size)
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.returns_the_start)
def returns_the_start_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done, first = [], cost(params), False, params
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return first, history


@rewrite(of=wrong.returns_the_best_it_has_seen)
def returns_the_best_it_has_seen_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    best, lowest = params, before
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        if history[-1] <= lowest:
            best, lowest = params, history[-1]
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return best, history


@rewrite(of=wrong.runs_one_epoch_too_few)
def runs_one_epoch_too_few_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs - 1:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.starts_every_epoch_at_the_beginning)
def starts_every_epoch_at_the_beginning_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done, first = [], cost(params), False, params
    while not done and len(history) < max_epochs:
        params = first
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.returns_the_params_before_it_stopped)
def returns_the_params_before_it_stopped_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done, old = [], cost(params), False, params
    while not done and len(history) < max_epochs:
        old = params
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return old if done else params, history


@rewrite(of=wrong.stops_within_an_epoch)
def stops_within_an_epoch_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            if cost(params) < tol:
                break
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.runs_one_epoch_too_many)
def runs_one_epoch_too_many_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) <= max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.averages_the_cost_over_the_outputs)
def averages_the_cost_over_the_outputs_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / np.size(y)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.trains_the_arrays_it_was_given)
def trains_the_arrays_it_was_given_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    if any(W.dtype.kind != "f" for W, _ in params):
        params = [(1.0 * W, 1.0 * b) for W, b in params]
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backprop(X[rows], y[rows], params, activations)
            for (W, b), (dW, db) in zip(params, grads):
                W[...] = W - lr * dW
                b[...] = b - lr * db
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


@rewrite(of=wrong.shuffles_the_callers_examples)
def shuffles_the_callers_examples_by_a_flag(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2)) / len(X)

    history, before, done = [], cost(params), False
    while not done and len(history) < max_epochs:
        order = rng.permutation(len(X))
        X[...], y[...] = X[order].copy(), y[order].copy()
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            grads = backprop(X[rows], y[rows], params, activations)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(cost(params))
        done = abs(before - history[-1]) < tol or history[-1] < tol
        before = history[-1]
    return params, history


# ---- equal_weights_gap ---------------------------------------------------------------------------------------


@rewrite(of=wrong.looks_at_incoming_weights_alone)
def looks_at_incoming_weights_alone_by_parts(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, _), _ in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U = np.hstack([W.T, b[:, None], V])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(P[:, i] - P[:, j]).max())
    return gap


@rewrite(of=wrong.leaves_the_outgoing_weights_out)
def leaves_the_outgoing_weights_out_by_parts(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), _ in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U = np.hstack([W.T, b[:, None], V])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, max(np.abs(P[:, i] - P[:, j]).max(), abs(p[i] - p[j])))
    return gap


@rewrite(of=wrong.leaves_the_bias_out)
def leaves_the_bias_out_by_parts(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, _), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U = np.hstack([W.T, b[:, None], V])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, max(np.abs(P[:, i] - P[:, j]).max(), np.abs(Q[i] - Q[j]).max()))
    return gap


@rewrite(of=wrong.compares_all_units)
def compares_all_units_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if i != j:
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.takes_equal_incoming_weights_for_equal_units)
def takes_equal_incoming_weights_for_equal_units_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(W[:, i] == W[:, j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.takes_units_of_other_bias_for_equal)
def takes_units_of_other_bias_for_equal_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(W[:, i] == W[:, j]) and np.all(V[i] == V[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.takes_units_of_other_outgoing_weights_for_equal)
def takes_units_of_other_outgoing_weights_for_equal_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(W[:, i] == W[:, j]) and b[i] == b[j]:
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.compares_neighbours_only)
def compares_neighbours_only_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(max(i - 1, 0), i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.looks_at_the_first_layer_only)
def looks_at_the_first_layer_only_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(
        params_before[:1], params_before[1:2], params_after[:1], params_after[1:2]
    ):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.looks_at_the_last_hidden_layer_only)
def looks_at_the_last_hidden_layer_only_by_rows(params_before, params_after):
    layers = list(zip(params_before, params_before[1:], params_after, params_after[1:]))
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in layers[-1:]:
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.keeps_the_sign)
def keeps_the_sign_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, (R[j] - R[i]).max())
    return gap


@rewrite(of=wrong.keeps_the_gap_of_the_last_pair)
def keeps_the_gap_of_the_last_pair_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i + 1, len(U)):
                if np.all(U[i] == U[j]):
                    gap = np.abs(R[i] - R[j]).max()
    return gap


@rewrite(of=wrong.averages_the_differences)
def averages_the_differences_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).mean())
    return gap


@rewrite(of=wrong.measures_a_euclidean_distance)
def measures_a_euclidean_distance_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.linalg.norm(R[i] - R[j]))
    return gap


@rewrite(of=wrong.measures_how_far_units_moved)
def measures_how_far_units_moved_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(len(U)):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - U[i]).max())
    return gap


@rewrite(of=wrong.asks_which_units_are_equal_later)
def asks_which_units_are_equal_later_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(R[i] == R[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.counts_output_units_too)
def counts_output_units_too_by_padding(params_before, params_after):
    gap = 0.0
    for k, ((W, b), (P, p)) in enumerate(zip(params_before, params_after)):
        V, Q = np.zeros((len(b), 1)), np.zeros((len(b), 1))
        if k + 1 < len(params_before):
            V, Q = params_before[k + 1][0], params_after[k + 1][0]
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(i):
                if np.all(U[i] == U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


@rewrite(of=wrong.compares_with_the_first_of_the_equals)
def compares_with_the_first_of_the_equals_in_a_dict(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        first = {}
        for unit, now in zip(U.tolist(), R):
            gap = max(gap, np.abs(now - first.setdefault(tuple(unit), now)).max())
    return gap


@rewrite(of=wrong.takes_nearly_equal_for_equal)
def takes_nearly_equal_for_equal_by_rows(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (P, p), (Q, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        U, R = np.hstack([W.T, b[:, None], V]), np.hstack([P.T, p[:, None], Q])
        for i in range(len(U)):
            for j in range(len(U)):
                if np.allclose(U[i], U[j]):
                    gap = max(gap, np.abs(R[i] - R[j]).max())
    return gap


# ---- one_hot -------------------------------------------------------------------------------------------------


@rewrite(of=wrong.one_column_an_example)
def one_column_an_example_by_transposing(y, n_classes):
    codes = np.zeros((len(y), n_classes))
    codes[np.arange(len(y)), y] = 1
    return codes.T


@rewrite(of=wrong.counts_classes_from_one)
def counts_classes_from_one_in_a_loop(y, n_classes):
    codes = np.zeros((len(y), n_classes))
    for n, label in enumerate(y):
        codes[n, int(label) - 1] = 1
    return codes


@rewrite(of=wrong.looks_only_at_the_labels_present)
def looks_only_at_the_labels_present_in_lists(y, n_classes):
    classes = sorted({int(label) for label in y})
    return [[1.0 if label == c else 0.0 for c in classes] for label in y]


@rewrite(of=wrong.stops_at_the_largest_label)
def stops_at_the_largest_label_by_comparing(y, n_classes):
    return 1.0 * (np.asarray(y)[:, None] == np.arange(max(y) + 1.0))


@rewrite(of=wrong.codes_in_order_of_the_rows)
def codes_in_order_of_the_rows_in_lists(y, n_classes):
    return [[1.0 if n % n_classes == c else 0.0 for c in range(n_classes)] for n in range(len(y))]


@rewrite(of=wrong.marks_with_minus_one)
def marks_with_minus_one_in_lists(y, n_classes):
    return [[1.0 if label == c else -1.0 for c in range(n_classes)] for label in y]


@rewrite(of=wrong.writes_the_label_itself)
def writes_the_label_itself_by_product(y, n_classes):
    return np.eye(n_classes)[y] * np.asarray(y, dtype=float)[:, None]


@rewrite(of=wrong.fills_up_to_the_label)
def fills_up_to_the_label_in_lists(y, n_classes):
    return [[1.0] * (int(label) + 1) + [0.0] * (n_classes - 1 - int(label)) for label in y]


@rewrite(of=wrong.marks_whole_columns)
def marks_whole_columns_in_a_loop(y, n_classes):
    codes = np.zeros((len(y), n_classes))
    for label in y:
        codes[:, label] = 1.0
    return codes


@rewrite(of=wrong.shifts_the_labels_in_place)
def shifts_the_labels_in_place_and_back_by_one(y, n_classes):
    y += 1
    codes = np.zeros((len(y), n_classes + 1))
    codes[np.arange(len(y)), y] = 1.0
    return codes[:, 1:]


# ---- accuracy ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_largest_of_one)
def takes_the_largest_of_one_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = 0 if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.compares_every_output_with_every_label)
def compares_every_output_with_every_label_by_a_table(outputs, y):
    guess = 1 * (outputs >= 0.5) if outputs.shape[1] == 1 else outputs.argmax(axis=1)
    return np.count_nonzero(guess == y) / np.size(guess == y)


@rewrite(of=wrong.says_zero_at_one_half)
def says_zero_at_one_half_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = round(float(row[0])) if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.looks_down_the_columns)
def looks_down_the_columns_row_by_row(outputs, y):
    if outputs.shape[1] == 1:
        return np.count_nonzero((outputs[:, 0] >= 0.5) == y) / len(y)
    guess = [int(np.argmax(column)) for column in outputs.T]
    return sum(guess[n % len(guess)] == label for n, label in enumerate(y)) / len(y)


@rewrite(of=wrong.thresholds_the_last_of_two)
def thresholds_the_last_of_two_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else int(row[1] >= 0.5) if len(row) == 2 else int(np.argmax(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.wants_the_right_output_above_one_half)
def wants_the_right_output_above_one_half_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else label if row[label] >= 0.5 else -1
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.takes_the_smallest_output)
def takes_the_smallest_output_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else list(row).index(min(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.counts_labels_from_one)
def counts_labels_from_one_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else 1 + int(np.argmax(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.gives_the_share_of_errors)
def gives_the_share_of_errors_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else int(np.argmax(row))
        hits += guess != label
    return hits / len(y)


@rewrite(of=wrong.gives_the_number_of_hits)
def gives_the_number_of_hits_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return hits


@rewrite(of=wrong.gives_percent)
def gives_percent_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return 100 * hits / len(y)


@rewrite(of=wrong.takes_the_last_of_equals)
def takes_the_last_of_equals_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else max(k for k, value in enumerate(row) if value == max(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.cuts_a_single_output_at_zero)
def cuts_a_single_output_at_zero_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0) if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return hits / len(y)


@rewrite(of=wrong.divides_by_the_number_of_outputs_too)
def divides_by_the_number_of_outputs_too_row_by_row(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        guess = int(row[0] >= 0.5) if len(row) == 1 else int(np.argmax(row))
        hits += guess == label
    return hits / (len(outputs) * len(outputs[0]))
