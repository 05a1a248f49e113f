"""Right answers to homework 2 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.activations import logistic
from nnref.layers import ACTIVATIONS, linear_forward
from nnref.network import mlp_forward
from nnref.outputs import softmax

# ---- linear_forward -------------------------------------------------------------------------------------------


@right("linear_forward")
def with_einsum(X, W, b):
    return np.einsum("ni,ij->nj", X, W) + b


@right("linear_forward")
def one_example_after_the_other(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for n, x in enumerate(X):
        Z[n] = W.T @ x + b
    return Z


@right("linear_forward")
def nested_lists(X, W, b):
    units, inputs = range(len(b)), range(len(W))
    return [[b[j] + sum(x[i] * W[i][j] for i in inputs) for j in units] for x in X]


@right("linear_forward")
def bias_as_a_weight_of_ones(X, W, b):
    ones = np.ones((X.shape[0], 1))
    return np.hstack([ones, X]) @ np.vstack([b, W])


@right("linear_forward")
def columns_as_in_the_lecture(X, W, b):
    return (np.matmul(W.T, X.T) + b.reshape(-1, 1)).T


@right("linear_forward")
def single_precision(X, W, b):
    return np.dot(np.float32(X), np.float32(W)) + np.float32(b)


# ---- collapse_linear ------------------------------------------------------------------------------------------


@right("collapse_linear")
def by_asking_the_two_layers(W1, b1, W2, b2):
    points = np.vstack([np.zeros(len(W1)), np.eye(len(W1))])
    answers = linear_forward(linear_forward(points, W1, b1), W2, b2)
    return answers[1:] - answers[0], answers[0]


@right("collapse_linear")
def with_the_earlier_function(W1, b1, W2, b2):
    b = linear_forward(np.array([b1]), W2, b2)
    return [np.dot(W1, W2), b[0]]


@right("collapse_linear")
def as_homogeneous_matrices(W1, b1, W2, b2):
    def square(W, b):
        corner = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
        corner[:-1, :-1], corner[-1, :-1], corner[-1, -1] = W, b, 1
        return corner

    both = square(W1, b1) @ square(W2, b2)
    return both[:-1, :-1], both[-1, :-1]


@right("collapse_linear")
def sums_over_routes_in_lists(W1, b1, W2, b2):
    hidden = range(len(b1))
    W = [[sum(row[h] * W2[h][k] for h in hidden) for k in range(len(b2))] for row in W1]
    return W, [b2[k] + sum(b1[h] * W2[h][k] for h in hidden) for k in range(len(b2))]


@right("collapse_linear")
def collapsed_in_single_precision(W1, b1, W2, b2):
    W1, b1, W2, b2 = (np.asarray(part, dtype=np.float32) for part in (W1, b1, W2, b2))
    return np.einsum("ih,hk->ik", W1, W2), b1.reshape(1, -1) @ W2 + b2


# ---- mlp_forward ----------------------------------------------------------------------------------------------


@right("mlp_forward")
def by_number(X, params, activations):
    As, Zs = [X], []
    for layer in range(len(params)):
        W, b = params[layer]
        Zs.append(np.dot(As[layer], W) + b)
        As.append(ACTIVATIONS[activations[layer]](Zs[layer]))
    return Zs, As


@right("mlp_forward")
def recursive(X, params, activations):
    def rest(A, layers):
        if not layers:
            return [], [A]
        ((W, b), name), *others = layers
        Z = linear_forward(A, W, b)
        Zs, As = rest(ACTIVATIONS[name](Z), others)
        return [Z, *Zs], [A, *As]

    return rest(np.copy(X), list(zip(params, activations)))


@right("mlp_forward")
def tuples_of_nested_lists(X, params, activations):
    A, Zs, As = np.array(X), (), (np.array(X).tolist(),)
    for (W, b), name in zip(params, activations):
        Z = A @ np.array(W) + np.array(b)
        A = ACTIVATIONS[name](Z)
        Zs, As = (*Zs, Z.tolist()), (*As, A.tolist())
    return Zs, As


@right("mlp_forward")
def own_activations_one_example_at_a_time(X, params, activations):
    g = {"identity": lambda z: z, "logistic": logistic, "tanh": np.tanh, "relu": lambda z: z * (z > 0)}
    Zs, As = [[] for _ in params], [list(map(list, X)), *([] for _ in params)]
    for x in X:
        for layer, (W, b) in enumerate(params):
            z = np.array(x) @ W + b
            x = g[activations[layer]](z)
            Zs[layer].append(z)
            As[layer + 1].append(x)
    return [np.array(Z) for Z in Zs], [np.array(A) for A in As]


@right("mlp_forward")
def network_in_single_precision(X, params, activations):
    Zs, As = [], [np.float32(X)]
    for (W, b), name in zip(params, activations):
        Zs += [As[-1] @ np.float32(W) + np.float32(b)]
        As += [np.float32(ACTIVATIONS[name](Zs[-1]))]
    return Zs, As


# ---- graph_forward --------------------------------------------------------------------------------------------


@right("graph_forward")
def recursive_with_a_memo(x, n, arcs, w):
    known = {0: 1.0} | {i + 1: float(value) for i, value in enumerate(x)}

    def output(j):
        if j not in known:
            known[j] = float(logistic(sum(w[arc] * output(arc[0]) for arc in arcs if arc[1] == j)))
        return known[j]

    return [output(j) for j in range(n + 1)]


@right("graph_forward")
def with_a_matrix_of_weights(x, n, arcs, w):
    W, a = np.zeros((n + 1, n + 1)), np.zeros(n + 1)
    for i, j in arcs:
        W[i, j] = w[i, j]
    a[0], a[1 : len(x) + 1] = 1, x
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(a @ W[:, j])
    return a


@right("graph_forward")
def along_the_sorted_arcs(x, n, arcs, w):
    d, total = len(x), np.zeros(n + 1)
    a = np.array([1, *x, *[0.5] * (n - d)], dtype=float)
    for i, j in sorted(arcs, key=lambda arc: (arc[1], arc[0])):
        total[j] += w[(i, j)] * a[i]
        a[j] = logistic(total[j])
    return a


@right("graph_forward")
def again_and_again_until_nothing_changes(x, n, arcs, w):
    a = np.append(np.append([1.0], x), np.zeros(n - len(x)))
    for _ in range(n):
        total = np.zeros(n + 1)
        for i, j in arcs:
            total[j] += w[i, j] * a[i]
        a[len(x) + 1 :] = logistic(total[len(x) + 1 :])
    return a


@right("graph_forward")
def pushes_to_its_neighbours(x, n, arcs, w):
    d, inputs, a = len(x), [0.0] * (n + 1), []
    for i in range(n + 1):
        a.append(1.0 if i == 0 else x[i - 1] if i <= d else np.float32(logistic(inputs[i])))
        for j in [j for source, j in arcs if source == i]:
            inputs[j] += w[i, j] * a[i]
    return a


# ---- two_sigmoid_xor ------------------------------------------------------------------------------------------


@right("two_sigmoid_xor")
def as_a_network(X):
    W1, W2 = np.array([[5.0, -5.0], [-5.0, 5.0]]), np.array([[-3.0], [-3.0]])
    _, As = mlp_forward(X, [(W1, np.ones(2)), (W2, np.zeros(1))], ["logistic", "identity"])
    return As[-1]


@right("two_sigmoid_xor")
def point_by_point(X):
    values = []
    for x1, x2 in X:
        s1, s2 = logistic(5 * x1 - 5 * x2 + 1), logistic(-5 * x1 + 5 * x2 + 1)
        values.append(float(-3 * (s1 + s2)))
    return values


@right("two_sigmoid_xor")
def as_one_matrix_product(X):
    S = logistic(X @ np.array([[5, -5], [-5, 5]]) + 1)
    return S @ np.array([-3, -3])


@right("two_sigmoid_xor")
def by_hyperbolic_tangents(X):
    z = 2.5 * (X[:, 0] - X[:, 1])
    return (-3 - 1.5 * np.tanh(z + 0.5) - 1.5 * np.tanh(0.5 - z)).astype(np.float32)


# ---- abs_difference_features ----------------------------------------------------------------------------------


@right("abs_difference_features")
def rows_in_lists(X):
    return [[1, abs(x1 - x2)] for x1, x2 in X.tolist()]


@right("abs_difference_features")
def larger_minus_smaller(X):
    phi = np.ones((X.shape[0], 2))
    phi[:, 1] = X.max(axis=1) - X.min(axis=1)
    return phi


@right("abs_difference_features")
def root_of_the_square(X):
    X = np.asarray(X, dtype=float)
    return np.stack([X[:, 0] ** 0, np.sqrt((X @ np.array([1.0, -1.0])) ** 2)], axis=1)


@right("abs_difference_features")
def as_two_relus(X):
    gap = np.diff(np.float32(X), axis=1)
    return np.concatenate([np.ones_like(gap), np.maximum(gap, 0) + np.maximum(-gap, 0)], axis=1)


# ---- relu_interpolator ----------------------------------------------------------------------------------------


@right("relu_interpolator")
def changes_of_slope_in_a_loop(knots, values):
    b1, w2, slope = [], [], 0.0
    for k in range(len(knots) - 1):
        wanted = (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])
        b1.append(-float(knots[k]))
        w2.append(wanted - slope)
        slope = wanted
    return [[1.0] * len(b1)], b1, w2, values[0]


@right("relu_interpolator")
def one_tent_for_each_knot(knots, values):
    left, right_ = np.append(knots[0] - 1.0, knots[:-1]), np.append(knots[1:], knots[-1] + 1.0)
    rise, fall = 1 / (knots - left), 1 / (right_ - knots)
    b1 = -np.concatenate([left, knots, right_])
    w2 = np.concatenate([values * rise, -values * (rise + fall), values * fall])
    return np.ones((1, len(b1))), b1, w2, 0.0


@right("relu_interpolator")
def unknown_weights_from_linear_equations(knots, values):
    units = np.maximum(knots[:, None] - knots[None, :-1], 0.0)
    solution = np.linalg.solve(np.column_stack([units, np.ones(len(knots))]), values)
    return np.ones((1, len(knots) - 1)), -1.0 * knots[:-1], solution[:-1], solution[-1]


@right("relu_interpolator")
def from_right_to_left(knots, values):
    x, y = -1.0 * knots[::-1], values[::-1]
    slopes = np.diff(y) / np.diff(x)
    w2 = slopes.copy()
    w2[1:] -= slopes[:-1]
    return -np.ones((1, len(w2))), -x[:-1], w2, y[0]


@right("relu_interpolator")
def first_line_as_a_pair_of_units(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    b1 = np.concatenate([[0.0, 0.0], -knots[1:-1]])
    W1 = np.array([[1.0, -1.0] + [1.0] * (len(knots) - 2)])
    w2 = np.concatenate([[slopes[0], -slopes[0]], np.diff(slopes)])
    return W1, b1, w2, values[0] - slopes[0] * knots[0]


@right("relu_interpolator")
def units_of_the_length_of_their_pieces(knots, values):
    gaps = np.diff(knots).astype(float)
    jumps = np.diff(values) / gaps
    w2 = gaps * np.concatenate([jumps[:1], jumps[1:] - jumps[:-1]])
    W1, b1 = 1 / gaps[None, :], -knots[:-1] / gaps
    return W1, b1.reshape(1, -1), w2.reshape(-1, 1), np.array([values[0]])


@right("relu_interpolator")
def interpolator_in_single_precision(knots, values):
    x, y = np.float32(knots), np.float32(values)
    slopes = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
    w2 = slopes - np.concatenate([np.zeros(1, dtype=np.float32), slopes[:-1]])
    return np.ones((1, len(slopes)), dtype=np.float32), -x[:-1], w2, y[0]


# ---- softmax --------------------------------------------------------------------------------------------------


@right("softmax")
def through_the_logarithm(logits):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True))


@right("softmax")
def row_by_row_in_lists(logits):
    def one(row):
        e = [np.exp(z - max(row)) for z in row]
        return [value / sum(e) for value in e]

    logits = np.asarray(logits).tolist()
    return [one(row) for row in logits] if isinstance(logits[0], list) else one(logits)


@right("softmax")
def along_the_first_axis_of_the_transpose(logits):
    columns = np.array(logits, dtype=float).T
    columns -= columns.max(axis=0)
    weights = np.exp(columns)
    return (weights / weights.sum(axis=0)).T


@right("softmax")
def from_all_differences(logits):
    z = np.atleast_2d(logits)
    with np.errstate(over="ignore"):
        p = 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
    return p.reshape(np.shape(logits))


@right("softmax")
def softmax_in_single_precision(logits):
    logits = np.asarray(logits)
    shifted = np.float32(logits - np.amax(logits, axis=-1)[..., None])
    return np.exp(shifted) / np.sum(np.exp(shifted), axis=-1)[..., None]


# ---- rescale_outputs ------------------------------------------------------------------------------------------


@right("rescale_outputs")
def by_the_transpose(a):
    return (a.T / a.sum(axis=-1)).T


@right("rescale_outputs")
def in_nested_lists(a):
    if np.ndim(a) == 1:
        return [value / sum(a) for value in a]
    return [[value / sum(row) for value in row] for row in a]


@right("rescale_outputs")
def by_a_product_with_ones(a):
    K = np.shape(a)[-1]
    return np.asarray(a, dtype=float) / (a @ np.ones((K, K)))


@right("rescale_outputs")
def softmax_of_logarithms(a):
    with np.errstate(divide="ignore"):
        return softmax(np.log(a))


@right("rescale_outputs")
def shares_in_single_precision(a):
    a = np.array(a, dtype=np.float32)
    a /= a.sum(axis=a.ndim - 1, keepdims=True)
    return a


# ---- cross_entropy --------------------------------------------------------------------------------------------


@right("cross_entropy")
def shifted_by_the_largest_logit(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(y)), y].mean()


@right("cross_entropy")
def picks_with_a_onehot_matrix(logits, y):
    onehot = np.eye(logits.shape[1])[y]
    logs = np.logaddexp.reduce(logits, axis=1)
    return np.sum(onehot * (logs[:, None] - logits)) / logits.shape[0]


@right("cross_entropy")
def example_by_example(logits, y):
    total = 0.0
    for row, label in zip(logits.tolist(), y.tolist()):
        total += max(row) + np.log(sum(np.exp(z - max(row)) for z in row)) - row[label]
    return total / len(y)


@right("cross_entropy")
def relative_to_the_right_logit(logits, y):
    against = logits - np.take_along_axis(logits, y[:, None], axis=1)
    return np.average(np.logaddexp.reduce(against, axis=1))


@right("cross_entropy")
def loss_in_single_precision(logits, y):
    shifted = np.float32(logits - np.amax(logits, 1)[:, None])
    logp = shifted - np.log(np.exp(shifted).sum(1))[:, None]
    return np.float32(-np.mean([logp[n][label] for n, label in enumerate(y)]))
