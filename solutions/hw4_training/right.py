"""Right answers to homework 4 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103, RUF007, SIM108  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.losses import squared_error
from nnref.network import backprop, mlp_forward
from nnref.training import minibatch_step, minibatches, sgd_epoch

# ---- small_uniform_init ---------------------------------------------------------------------------------------


@right("small_uniform_init")
def stretches_the_unit_interval(rng, fan_in, fan_out, eps):
    return eps * (2 * rng.random((fan_in, fan_out)) - 1)


@right("small_uniform_init")
def weight_after_weight(rng, fan_in, fan_out, eps):
    W = np.zeros((fan_in, fan_out))
    for i in range(fan_in):
        for j in range(fan_out):
            W[i, j] = rng.uniform(-eps, eps)
    return W


@right("small_uniform_init")
def unit_after_unit_in_lists(rng, fan_in, fan_out, eps):
    units = [rng.uniform(low=-eps, high=eps, size=fan_in) for _ in range(fan_out)]
    return np.transpose(units).tolist()


@right("small_uniform_init")
def size_and_sign_apart(rng, fan_in, fan_out, eps):
    sizes = rng.uniform(0, eps, size=fan_in * fan_out)
    signs = rng.choice([-1.0, 1.0], size=fan_in * fan_out)
    return (sizes * signs).reshape(fan_in, fan_out)


# ---- minmax_scale ---------------------------------------------------------------------------------------------


@right("minmax_scale")
def column_after_column(train, X):
    scaled = np.zeros(np.shape(X))
    for j in range(np.shape(X)[1]):
        low, high = float(train[:, j].min()), float(train[:, j].max())
        if high > low:
            scaled[:, j] = 2 * (X[:, j].astype(float) - low) / (high - low) - 1
    return scaled


@right("minmax_scale")
def in_the_type_of_the_numbers(train, X):
    low, high = train.min(axis=0), train.max(axis=0)
    return np.where(high > low, 2 * (X - low) / np.where(high > low, high - low, 1) - 1, 0.0)


@right("minmax_scale")
def distance_from_the_middle(train, X):
    low, high = train.min(axis=0).astype(float), train.max(axis=0).astype(float)
    middle, half = (low + high) / 2, (high - low) / 2
    constant = half == 0
    half[constant] = 1
    scaled = (X - middle) / half
    scaled[:, constant] = 0
    return scaled


@right("minmax_scale")
def infinite_span_of_a_constant(train, X):
    low, span = np.amin(train, axis=0) * 1.0, np.ptp(train.astype(float), axis=0)
    scale = np.divide(2.0, span, out=np.zeros(len(span)), where=span > 0)
    return (X - low) * scale - np.sign(scale)


@right("minmax_scale")
def number_by_number_in_lists(train, X):
    columns = [[float(value) for value in column] for column in zip(*train.tolist())]
    rows = []
    for row in X.tolist():
        new = []
        for value, column in zip(row, columns):
            low, high = min(column), max(column)
            new.append(0 if low == high else ((value - low) - (high - value)) / (high - low))
        rows.append(new)
    return rows


# ---- one_hot --------------------------------------------------------------------------------------------------


@right("one_hot")
def compares_with_every_class(y, n_classes):
    return np.asarray(y)[:, None] == np.arange(n_classes)


@right("one_hot")
def writes_ones_at_the_labels(y, n_classes):
    codes = np.zeros((len(y), n_classes), dtype=int)
    codes[np.arange(len(y)), y] = 1
    return codes


@right("one_hot")
def row_by_row_in_lists(y, n_classes):
    return [[1.0 if label == k else 0.0 for k in range(n_classes)] for label in y.tolist()]


@right("one_hot")
def rows_of_a_small_eye(y, n_classes):
    return np.stack([np.eye(n_classes, dtype=np.float32)[int(label)] for label in y])


# ---- minibatches ----------------------------------------------------------------------------------------------


@right("minibatches")
def shuffles_in_place(rng, n, batch_size):
    order = np.arange(n)
    rng.shuffle(order)
    batches = []
    while len(order):
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


@right("minibatches")
def splits_at_multiples(rng, n, batch_size):
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))


@right("minibatches")
def sorts_random_keys(rng, n, batch_size):
    order = np.argsort(rng.random(n))
    batches = []
    for k in range(-(-n // batch_size)):
        batches.append(order[k * batch_size : min((k + 1) * batch_size, n)])
    return tuple(batches)


@right("minibatches")
def draws_without_replacement_in_lists(rng, n, batch_size):
    batches = [[]]
    for number in rng.choice(n, size=n, replace=False):
        if len(batches[-1]) == batch_size:
            batches.append([])
        batches[-1].append(int(number))
    return batches


# ---- minibatch_step -------------------------------------------------------------------------------------------


@right("minibatch_step")
def loop_over_the_layers(X, y, params, activations, lr):
    grads = backprop(X, y, params, activations)
    new = []
    for layer in range(len(params)):
        W, b = params[layer]
        dW, db = grads[layer]
        new.append([W - np.multiply(lr, dW), b - np.multiply(lr, db)])
    return new


@right("minibatch_step")
def mean_of_the_examples_gradients(X, y, params, activations, lr):
    new = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    for n in range(len(X)):
        for (W, b), (dW, db) in zip(new, backprop(X[n : n + 1], y[n : n + 1], params, activations)):
            W -= lr * dW / len(X)
            b -= lr * db / len(X)
    return new


@right("minibatch_step")
def part_after_part(X, y, params, activations, lr):
    grads = backprop(X, y, params, activations)
    return tuple(tuple(old - lr * slope for old, slope in zip(*layers)) for layers in zip(params, grads))


@right("minibatch_step")
def step_in_single_precision(X, y, params, activations, lr):
    steps = [(-lr * dW, -lr * db) for dW, db in backprop(X, y, params, activations)]
    return [(np.float32(W + dW), np.float32(b + db)) for (W, b), (dW, db) in zip(params, steps)]


# ---- sgd_epoch ------------------------------------------------------------------------------------------------


@right("sgd_epoch")
def slices_of_one_row(X, y, params, activations, lr, order):
    for n in order:
        params = minibatch_step(X[n : n + 1], y[n : n + 1], params, activations, lr)
    return params


@right("sgd_epoch")
def sorts_the_rows_first(X, y, params, activations, lr, order):
    order = np.array(order, dtype=int)
    for x, target in zip(X[order], y[order]):
        params = minibatch_step(x[None, :], target[None, :], params, activations, lr)
    return params


@right("sgd_epoch")
def without_the_earlier_function(X, y, params, activations, lr, order):
    new = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    for n in order:
        grads = backprop(X[n].reshape(1, -1), y[n].reshape(1, -1), new, activations)
        for layer, (dW, db) in zip(new, grads):
            layer[0] = layer[0] - lr * dW
            layer[1] = layer[1] - lr * db
    return new


@right("sgd_epoch")
def rest_of_the_epoch_by_recursion(X, y, params, activations, lr, order):
    def run(params, rest):
        if len(rest) == 0:
            return params
        return run(minibatch_step(X[rest[:1]], y[rest[:1]], params, activations, lr), rest[1:])

    return run(params, [int(n) for n in order])


# ---- train ----------------------------------------------------------------------------------------------------


@right("train")
def counts_its_epochs(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    def cost(params):
        return squared_error(mlp_forward(X, params, activations)[1][-1], y)

    history, before, epoch = [], cost(params), 0
    while epoch < max_epochs:
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        now = cost(params)
        history.append(now)
        if now < tol or np.abs(before - now) < tol:
            return params, history
        before, epoch = now, epoch + 1
    return params, history


@right("train")
def shuffles_the_examples_themselves(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    history = []
    last = np.mean(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2, axis=1))
    for _ in range(max_epochs):
        order = rng.permutation(X.shape[0])
        X_mixed, y_mixed = X[order], y[order]
        for start in range(0, X.shape[0], batch_size):
            rows = slice(start, start + batch_size)
            params = minibatch_step(X_mixed[rows], y_mixed[rows], params, activations, lr)
        history.append(np.mean(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2, axis=1)))
        if min(history[-1], abs(history[-1] - last)) < tol:
            break
        last = history[-1]
    return [params, np.array(history)]


@right("train")
def decides_before_each_epoch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    costs = [float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2) / len(y))]
    change = np.inf
    while len(costs) <= max_epochs and (len(costs) == 1 or (costs[-1] >= tol and change >= tol)):
        for batch in minibatches(rng, len(X), batch_size):
            params = minibatch_step(X[batch], y[batch], params, activations, lr)
        costs.append(float(np.sum((mlp_forward(X, params, activations)[1][-1] - y) ** 2) / len(y)))
        change = max(costs[-1] - costs[-2], costs[-2] - costs[-1])
    return params, costs[1:]


@right("train")
def copies_first_then_moves_in_place(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    old, history, stop = squared_error(mlp_forward(X, params, activations)[1][-1], y), [], False
    while not stop:
        for batch in minibatches(rng, len(y), batch_size):
            grads = backprop(X[batch], y[batch], params, activations)
            for (W, b), (dW, db) in zip(params, grads):
                W -= lr * dW
                b -= lr * db
        new = squared_error(mlp_forward(X, params, activations)[1][-1], y)
        history += [new]
        stop = len(history) == max_epochs or new < tol or -tol < new - old < tol
        old = new
    return params, history


@right("train")
def batches_of_one_by_the_epoch(rng, X, y, params, activations, lr, batch_size, max_epochs, tol):
    losses = [squared_error(mlp_forward(X, params, activations)[1][-1], y)]
    for _ in range(max_epochs):
        batches = minibatches(rng, len(X), batch_size)
        if batch_size == 1:
            params = sgd_epoch(X, y, params, activations, lr, np.concatenate(batches))
        else:
            for batch in batches:
                params = minibatch_step(X[batch], y[batch], params, activations, lr)
        losses.append(squared_error(mlp_forward(X, params, activations)[1][-1], y))
        if losses[-1] < tol or abs(losses[-1] - losses[-2]) < tol:
            break
    del losses[0]
    return params, losses


# ---- equal_weights_gap ----------------------------------------------------------------------------------------


@right("equal_weights_gap")
def weights_of_each_unit_in_a_tuple(params_before, params_after):
    def unit(params, layer, j):
        W, b = params[layer]
        return [*W[:, j].tolist(), float(b[j]), *params[layer + 1][0][j].tolist()]

    gaps = [0.0]
    for layer in range(len(params_before) - 1):
        width = len(params_before[layer][1])
        for i in range(width):
            for j in range(i):
                if unit(params_before, layer, i) == unit(params_before, layer, j):
                    pairs = zip(unit(params_after, layer, i), unit(params_after, layer, j))
                    gaps.append(max(abs(one - other) for one, other in pairs))
    return max(gaps)


@right("equal_weights_gap")
def groups_of_equal_units(params_before, params_after):
    gap = 0.0
    for (W, b), (V, _), (W2, b2), (V2, _) in zip(params_before, params_before[1:], params_after, params_after[1:]):
        units, later = np.vstack([W, b, V.T]), np.vstack([W2, b2, V2.T])
        _, group = np.unique(units, axis=1, return_inverse=True)
        group = np.ravel(group)
        for label in range(group.max() + 1):
            gap = max(gap, np.max(np.ptp(later[:, group == label], axis=1)))
    return gap


@right("equal_weights_gap")
def all_pairs_at_once(params_before, params_after):
    gap = np.float64(0)
    for k in range(len(params_before) - 1):
        rows = [np.hstack([p[k][0].T, p[k][1][:, None], p[k + 1][0]]) for p in (params_before, params_after)]
        apart_before, apart_after = (np.abs(units[:, None] - units[None, :]).max(axis=2) for units in rows)
        gap = np.maximum(gap, np.where(apart_before == 0, apart_after, 0).max())
    return gap


@right("equal_weights_gap")
def three_differences_for_each_pair(params_before, params_after):
    largest = 0
    for k, ((W, b), (V, _)) in enumerate(zip(params_before[:-1], params_before[1:])):
        (W_new, b_new), (V_new, _) = params_after[k], params_after[k + 1]
        for i in range(len(b)):
            for j in range(i + 1, len(b)):
                if (W[:, i] == W[:, j]).all() and b[i] == b[j] and (V[i] == V[j]).all():
                    largest = max(
                        largest,
                        np.abs(W_new[:, i] - W_new[:, j]).max(),
                        abs(b_new[i] - b_new[j]),
                        np.abs(V_new[i] - V_new[j]).max(),
                    )
    return largest


# ---- accuracy -------------------------------------------------------------------------------------------------


@right("accuracy")
def counts_in_a_loop(outputs, y):
    hits = 0
    for row, label in zip(outputs, y):
        if len(row) == 1:
            predicted = 1 if row[0] >= 0.5 else 0
        else:
            predicted = int(np.argmax(row))
        hits += predicted == label
    return hits / len(y)


@right("accuracy")
def second_column_for_one_output(outputs, y):
    if outputs.shape[1] == 1:
        # The threshold as a second output; of equally large ones the first wins, which is class 1 here.
        return float(np.mean(1 - np.argmax(np.hstack([outputs, np.full(outputs.shape, 0.5)]), axis=1) == y))
    return float(np.mean(np.argmax(outputs, axis=1) == y))


@right("accuracy")
def one_minus_the_share_of_errors(outputs, y):
    flat = outputs[:, 0] if outputs.shape[1] == 1 else None
    predicted = np.argmax(outputs, -1) if flat is None else np.where(flat < 0.5, 0, 1)
    return np.array([1 - np.count_nonzero(predicted != y) / y.size])


@right("accuracy")
def largest_output_at_the_label(outputs, y):
    if outputs.shape[-1] == 1:
        return np.float32(np.sum((outputs.ravel() >= 0.5) == (y == 1)) / len(y))
    return np.float32(np.mean([list(row).index(max(row)) == label for row, label in zip(outputs.tolist(), y.tolist())]))
