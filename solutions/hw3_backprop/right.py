"""Right answers to homework 3 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.activations import logistic, relu, relu_grad
from nnref.graph import graph_forward
from nnref.layers import ACTIVATIONS, SLOPES, layer_backward, linear_backward
from nnref.losses import squared_error_grad
from nnref.network import mlp_forward

# ---- relu_grad ------------------------------------------------------------------------------------------------


@right("relu_grad")
def booleans(z):
    return np.asarray(z) > 0


@right("relu_grad")
def one_at_the_corner(z):
    return np.where(np.asarray(z) >= 0, 1, 0)


@right("relu_grad")
def masks_in_float32(z):
    slope = np.zeros(np.shape(z), dtype=np.float32)
    slope[np.asarray(z) > 0] = 1
    return slope


@right("relu_grad")
def half_of_sign_plus_one(z):
    return (np.sign(z) + 1) / 2


@right("relu_grad")
def entry_by_entry(z):
    z = np.array(z, dtype=float)
    for index in np.ndindex(z.shape):
        z[index] = 1.0 if z[index] > 0 else 0.0
    return z


# ---- squared_error_grad ---------------------------------------------------------------------------------------


@right("squared_error_grad")
def mean_written_out(g, y):
    g, y = np.array(g, dtype=float), np.array(y, dtype=float)
    examples = 1 if g.ndim == 0 else g.shape[0]
    return (g - y) * (2 / examples)


@right("squared_error_grad")
def nested_lists(g, y):
    examples = np.shape(g)[0] if np.ndim(g) else 1
    return (2 / examples * np.subtract(g, y)).tolist()


@right("squared_error_grad")
def by_finite_differences(g, y):
    g = np.array(g, dtype=float)
    slope = np.zeros(g.shape)
    for index in np.ndindex(g.shape):
        step = np.zeros(g.shape)
        step[index] = 0.5  # exact on a parabola
        above, below = np.atleast_1d(g + step - y), np.atleast_1d(g - step - y)
        slope[index] = (np.sum(above**2) - np.sum(below**2)) / len(above)
    return slope


@right("squared_error_grad")
def in_float32(g, y):
    error = np.float32(g) - np.float32(y)
    return error * np.float32(2) / np.float32(len(error) if np.ndim(error) else 1)


# ---- linear_backward ------------------------------------------------------------------------------------------


@right("linear_backward")
def with_einsum(dZ, X, W):
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->j", dZ)


@right("linear_backward")
def one_example_after_the_other(dZ, X, W):
    dX, dW, db = np.zeros(np.shape(X)), np.zeros(W.shape), np.zeros(W.shape[1])
    for n, (x, dz) in enumerate(zip(X, dZ)):
        dX[n] = W @ dz
        dW += np.outer(x, dz)
        db += dz
    return dX, dW, db


@right("linear_backward")
def nested_lists_everywhere(dZ, X, W):
    rows, inputs, units = range(len(X)), range(len(W)), range(len(W[0]))
    dX = [[sum(dZ[n][j] * W[i][j] for j in units) for i in inputs] for n in rows]
    dW = [[sum(X[n][i] * dZ[n][j] for n in rows) for j in units] for i in inputs]
    return [dX, dW, [sum(dZ[n][j] for n in rows) for j in units]]


@right("linear_backward")
def bias_as_a_row_of_ones(dZ, X, W):
    ones = np.ones((1, len(X)))
    return (W @ dZ.T).T, (dZ.T @ X).T, ones @ dZ


@right("linear_backward")
def single_precision(dZ, X, W):
    dZ, X, W = np.float32(dZ), np.float32(X), np.float32(W)
    return np.matmul(dZ, W.T), np.tensordot(X, dZ, axes=(0, 0)), np.sum(dZ, axis=0)


# ---- layer_backward -------------------------------------------------------------------------------------------


@right("layer_backward")
def without_the_earlier_function(dA, Z, X, W, activation):
    dZ = SLOPES[activation](Z) * dA
    return dZ.dot(W.T), X.T.dot(dZ), dZ.sum(0)


@right("layer_backward")
def slopes_from_the_activations(dA, Z, X, W, activation):
    A = ACTIVATIONS[activation](Z)
    slope = {"identity": 1, "logistic": A * (1 - A), "tanh": 1 - A**2, "relu": A > 0}[activation]
    return linear_backward(dA * slope, X, W)


@right("layer_backward")
def a_case_for_each_name(dA, Z, X, W, activation):
    if activation == "relu":
        dZ = np.where(Z > 0, dA, 0)
    elif activation == "tanh":
        dZ = dA / np.cosh(np.clip(Z, -300, 300)) ** 2
    elif activation == "logistic":
        dZ = dA * logistic(Z) * logistic(-Z)
    else:
        dZ = np.copy(dA)
    dX, dW, db = linear_backward(dZ, X, W)
    return [np.asarray(gradient).tolist() for gradient in (dX, dW, db)]


@right("layer_backward")
def jacobians_example_by_example(dA, Z, X, W, activation):
    dZ = np.array([np.diag(SLOPES[activation](z)) @ da for z, da in zip(Z, dA)])
    return tuple(np.float32(part) for part in linear_backward(dZ, X, W))


# ---- two_neuron_gradients -------------------------------------------------------------------------------------


@right("two_neuron_gradients")
def numbers_in_the_lectures_order(x, y, w1, w2):
    a1, a2 = max(0.0, w1[0] * x), max(0.0, w1[1] * x)
    dg = 2 * (w2[0] * a1 + w2[1] * a2 - y)
    dw11 = dg * w2[0] * x if w1[0] * x > 0 else 0.0
    dw12 = dg * w2[1] * x if w1[1] * x > 0 else 0.0
    return [dw11, dw12], [dg * a1, dg * a2]


@right("two_neuron_gradients")
def as_matrices_of_two_layers(x, y, w1, w2):
    X, W1, W2 = np.array([[float(x)]]), np.reshape(w1, (1, 2)), np.reshape(w2, (2, 1))
    Z = X @ W1
    dG = 2 * (relu(Z) @ W2 - y)
    dZ = dG @ W2.T * (Z > 0)
    return X.T @ dZ, relu(Z).T @ dG


@right("two_neuron_gradients")
def masked_by_booleans(x, y, w1, w2):
    live = np.multiply(w1, x) > 0
    dg = 2.0 * (np.sum(live * w1 * w2) * x - y)
    return dg * x * live * w2, dg * x * live * w1


@right("two_neuron_gradients")
def in_forward_mode(x, y, w1, w2):
    z, gradients = np.array(w1) * x, []
    for first, second in [(np.eye(2), np.zeros((2, 2))), (np.zeros((2, 2)), np.eye(2))]:
        moved = relu_grad(z) * (first * x) * w2 + relu(z) * second  # how the output moves, a weight a row
        gradients.append(2 * (relu(z) @ np.array(w2) - y) * moved.sum(axis=1))
    return tuple(gradients)


# ---- softmax_cross_entropy_grad -------------------------------------------------------------------------------


@right("softmax_cross_entropy_grad")
def subtracts_at_the_labels(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@right("softmax_cross_entropy_grad")
def through_the_logarithm(logits, y):
    logp = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    onehot = (np.arange(logits.shape[1]) == np.reshape(y, (-1, 1))).astype(float)
    return np.mean([np.exp(logp) - onehot], axis=0) / logits.shape[0]


@right("softmax_cross_entropy_grad")
def row_by_row_in_lists(logits, y):
    rows = []
    for row, label in zip(logits.tolist(), y.tolist()):
        e = [np.exp(value - max(row)) for value in row]
        rows.append([(e[k] / sum(e) - (k == label)) / len(y) for k in range(len(row))])
    return rows


@right("softmax_cross_entropy_grad")
def by_the_chain_rule(logits, y):
    e = np.exp(logits - np.max(logits, 1)[:, np.newaxis])
    p = (e.T / e.sum(1)).T
    jacobians = [np.diag(row) - np.outer(row, row) for row in p]
    right_rows = [jacobian[:, label] for jacobian, label in zip(jacobians, y)]
    safe = np.maximum([row[label] for row, label in zip(p, y)], 1e-300)[:, None]
    certain = np.where(np.arange(p.shape[1]) == np.reshape(y, (-1, 1)), p - 1, p)
    return np.where(safe > 1e-200, -np.array(right_rows) / safe, certain) / len(p)


@right("softmax_cross_entropy_grad")
def with_single_precision(logits, y):
    shifted = np.float32(logits - np.amax(logits, axis=-1, keepdims=True))
    p = np.exp(shifted) / np.sum(np.exp(shifted), axis=-1, keepdims=True)
    return (p - np.eye(p.shape[-1], dtype=np.float32)[y]) / np.float32(len(y))


# ---- backprop -------------------------------------------------------------------------------------------------


@right("backprop")
def recursive(X, y, params, activations):
    def back(A, layers):
        if not layers:
            return [], squared_error_grad(A, y)
        (W, b), activation = layers[0]
        Z = A @ W + b
        above, dA = back(ACTIVATIONS[activation](Z), layers[1:])
        dA, dW, db = layer_backward(dA, Z, A, W, activation)
        return [(dW, db), *above], dA

    return back(np.array(X, dtype=float), list(zip(params, activations)))[0]


@right("backprop")
def one_expression_a_layer(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    L = len(params)
    dZs = [None] * L
    dZs[-1] = 2 * (As[-1] - y) / len(X) * SLOPES[activations[-1]](Zs[-1])
    for k in range(L - 2, -1, -1):
        dZs[k] = (dZs[k + 1] @ params[k + 1][0].T) * SLOPES[activations[k]](Zs[k])
    return [(As[k].T @ dZs[k], dZs[k].sum(axis=0)) for k in range(L)]


@right("backprop")
def mean_of_single_examples(X, y, params, activations):
    total = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in params]
    for n in range(len(X)):
        Zs, As = mlp_forward(X[n : n + 1], params, activations)
        da = 2 * (As[-1] - y[n])
        for k in range(len(params) - 1, -1, -1):
            da, dW, db = layer_backward(da, Zs[k], As[k], params[k][0], activations[k])
            total[k][0] += dW / len(X)
            total[k][1] += db / len(X)
    return total


@right("backprop")
def bias_as_an_extra_weight(X, y, params, activations):
    Zs, As = mlp_forward(X, params, activations)
    grads, dA = (), squared_error_grad(As[-1], y)
    for (W, _), g, Z, A in reversed(list(zip(params, activations, Zs, As))):
        dZ = dA * SLOPES[g](Z)
        both = np.hstack([A, np.ones((len(A), 1))]).T @ dZ
        grads = ((both[:-1].tolist(), both[-1].tolist()), *grads)
        dA = dZ @ W.T
    return grads


# ---- graph_backprop -------------------------------------------------------------------------------------------


@right("graph_backprop")
def recursive_with_a_memo(x, y, n, arcs, w):
    a, deltas = graph_forward(x, n, arcs, w), {}
    outputs = [j for j in range(len(x) + 1, n + 1) if j not in {i for i, _ in arcs}]

    def delta(j):
        if j not in deltas:
            above = [w[j, k] * delta(k) for i, k in arcs if i == j]
            error = sum(above) if above else -2 * (np.ravel(y)[outputs.index(j)] - a[j])
            deltas[j] = error * a[j] * (1 - a[j])
        return deltas[j]

    return {j: delta(j) for j in range(len(x) + 1, n + 1)}, {(i, j): delta(j) * a[i] for i, j in arcs}


@right("graph_backprop")
def pushes_along_sorted_arcs(x, y, n, arcs, w):
    d, a, back = len(x), np.array(graph_forward(x, n, arcs, w)), np.zeros(n + 1)
    outputs = sorted(set(range(d + 1, n + 1)) - {i for i, _ in arcs})
    back[outputs] = 2 * (a[outputs] - y)
    for i, j in sorted(arcs, key=lambda arc: -arc[1]):
        back[i] += w[(i, j)] * back[j] * a[j] * (1 - a[j])
    delta = back * a * (1 - a)
    return {j: delta[j] for j in range(d + 1, n + 1)}, {arc: delta[arc[1]] * a[arc[0]] for arc in arcs}


@right("graph_backprop")
def with_a_matrix_of_weights(x, y, n, arcs, w):
    d, a, W = len(x), np.array(graph_forward(x, n, arcs, w)), np.zeros((n + 1, n + 1))
    has_arc = np.zeros((n + 1, n + 1), dtype=bool)
    for i, j in arcs:
        W[i, j], has_arc[i, j] = w[i, j], True
    slope = a * (1 - a)
    slope[: d + 1] = 0
    error = np.zeros(n + 1)
    error[[j for j in range(d + 1, n + 1) if not has_arc[j].any()]] = y
    outputs = [j for j in range(d + 1, n + 1) if not has_arc[j].any()]
    error[outputs] = 2 * (a[outputs] - error[outputs])
    # delta = slope * (error + W delta): one linear system for all neurons
    delta = np.linalg.solve(np.eye(n + 1) - slope[:, None] * W, slope * error)
    return [dict(enumerate(delta[d + 1 :].tolist(), start=d + 1)), {(i, j): delta[j] * a[i] for i, j in arcs}]


@right("graph_backprop")
def in_forward_mode_neuron_by_neuron(x, y, n, arcs, w):
    d, a = len(x), graph_forward(x, n, arcs, w)
    outputs = [j for j in range(d + 1, n + 1) if all(arc[0] != j for arc in arcs)]
    deltas = {}
    for source in range(d + 1, n + 1):
        moved = {source: a[source] * (1 - a[source])}
        for j in range(source + 1, n + 1):
            moved[j] = a[j] * (1 - a[j]) * sum(w[i, k] * moved.get(i, 0) for i, k in arcs if k == j)
        deltas[source] = np.float64(sum(2 * (a[j] - t) * moved.get(j, 0) for j, t in zip(outputs, np.atleast_1d(y))))
    return deltas, {(i, j): np.array([deltas[j] * a[i]]) for (i, j) in arcs}


@right("graph_backprop")
def in_dicts_of_neighbours(x, y, n, arcs, w):
    a = [float(value) for value in graph_forward(x, n, arcs, w)]
    children = {j: [] for j in range(n + 1)}
    for i, j in arcs:
        children[i].append(j)
    targets = list(np.atleast_1d(y))
    deltas = {}
    for j in range(n, len(x), -1):
        error = sum(deltas[k] * w[(j, k)] for k in children[j]) if children[j] else 2 * (a[j] - targets.pop())
        deltas[j] = float(error * a[j] * (1 - a[j]))
    return deltas, {(i, j): a[i] * deltas[j] for i in children for j in children[i]}


# ---- numerical_gradient ---------------------------------------------------------------------------------------


@right("numerical_gradient")
def moves_a_copy_and_back(f, theta, eps):
    theta = np.array(theta, dtype=float)
    gradient = np.empty_like(theta)
    for index in np.ndindex(theta.shape):
        old = theta[index]
        theta[index] = old + eps
        above = f(theta)
        theta[index] = old - eps
        below = f(theta)
        theta[index] = old
        gradient[index] = (above - below) / (2 * eps)
    return gradient


@right("numerical_gradient")
def rows_of_the_identity(f, theta, eps):
    steps = eps * np.eye(np.size(theta)).reshape(-1, *np.shape(theta))
    return np.reshape([(f(theta + step) - f(theta - step)) / (2 * eps) for step in steps], np.shape(theta)).tolist()


@right("numerical_gradient")
def two_one_sided_slopes(f, theta, eps):
    flat, middle = np.asarray(theta, float).ravel(), f(np.array(theta, float))
    gradient = []
    for k in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[k], down[k] = up[k] + eps, down[k] - eps
        ahead = (f(up.reshape(np.shape(theta))) - middle) / eps
        gradient.append((ahead + (middle - f(down.reshape(np.shape(theta)))) / eps) / 2)
    return np.array(gradient).reshape(np.shape(theta))


@right("numerical_gradient")
def with_an_iterator(f, theta, eps):
    gradient = np.zeros(theta.shape)
    walk = np.nditer(theta, flags=["multi_index"])
    while not walk.finished:
        high, low = theta.astype(float), theta.astype(float)
        high[walk.multi_index] += eps
        low[walk.multi_index] -= eps
        gradient[walk.multi_index] = (f(high) - f(low)) / 2 / eps
        walk.iternext()
    return gradient


# ---- relative_error -------------------------------------------------------------------------------------------


@right("relative_error")
def norms_of_flat_arrays(a, b):
    a, b = np.ravel(a), np.ravel(b)
    below = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / below if below > 0 else 0


@right("relative_error")
def roots_of_sums(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if not a.any() and not b.any():
        return 0.0
    return np.sqrt(((a - b) ** 2).sum()) / (np.sqrt((a**2).sum()) + np.sqrt((b**2).sum()))


@right("relative_error")
def loops_over_plain_numbers(a, b):
    above = first = second = 0.0
    for p, q in zip(np.ravel(a).tolist(), np.ravel(b).tolist()):
        above, first, second = above + (p - q) ** 2, first + p**2, second + q**2
    return above**0.5 / (first**0.5 + second**0.5) if first or second else 0.0


@right("relative_error")
def quotient_without_nan(a, b):
    with np.errstate(invalid="ignore"):
        ratio = np.divide(np.linalg.norm(np.subtract(a, b)), np.linalg.norm(a) + np.linalg.norm(b))
    return np.array([np.nan_to_num(ratio)])
