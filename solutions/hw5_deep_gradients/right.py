"""Right answers to homework 5 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103, RUF007  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.activations import logistic, logistic_grad, relu, relu_grad
from nnref.clipping import clip_by_norm, global_norm
from nnref.residual import residual_backward, residual_forward
from nnref.scaling import he_init

# ---- chain_deltas ---------------------------------------------------------------------------------------------


@right("chain_deltas")
def in_a_list_from_the_right(z, w, y):
    deltas = [-2 * (y - logistic(z[-1])) * logistic_grad(z[-1])]
    for weight, pre in zip(w[::-1], z[:-1][::-1]):
        deltas.append(deltas[-1] * weight * logistic_grad(pre))
    return deltas[::-1]


@right("chain_deltas")
def with_a_cumulative_product(z, w, y):
    a = logistic(z)
    factors = np.append(w, 2 * (a[-1] - y)) * a * (1 - a)
    return np.cumprod(factors[::-1])[::-1]


@right("chain_deltas")
def recursive_from_the_left(z, w, y):
    def deltas_from(k):
        if k == len(w):
            return [logistic_grad(z[k]) * 2 * (logistic(z[k]) - y)]
        rest = deltas_from(k + 1)
        return [logistic_grad(z[k]) * w[k] * rest[0], *rest]

    return deltas_from(0)


@right("chain_deltas")
def every_product_written_out(z, w, y):
    n, a = len(z), logistic(z)
    error = -2 * (y - a[-1])
    return np.array([np.prod(logistic_grad(z[k:])) * np.prod(w[k:]) * error for k in range(n)])


@right("chain_deltas")
def as_one_linear_system(z, w, y):
    slope = logistic_grad(np.asarray(z, dtype=float))
    error = np.zeros(len(z))
    error[-1] = 2 * (logistic(z[-1]) - y)
    return np.linalg.solve(np.eye(len(z)) - slope[:, None] * np.diag(w, 1), slope * error)


# ---- xavier_init ----------------------------------------------------------------------------------------------


@right("xavier_init")
def scaled_standard_normals(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in)


@right("xavier_init")
def drawn_unit_by_unit(rng, fan_in, fan_out):
    return np.stack([rng.normal(scale=fan_in**-0.5, size=fan_in) for _ in range(fan_out)], axis=1)


@right("xavier_init")
def drawn_flat_and_reshaped_in_lists(rng, fan_in, fan_out):
    return np.reshape(rng.normal(0, 1, fan_in * fan_out) * (1 / fan_in) ** 0.5, (fan_in, fan_out)).tolist()


@right("xavier_init")
def drawn_in_single_precision(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out), dtype=np.float32) / np.float32(np.sqrt(fan_in))


@right("xavier_init")
def from_uniform_numbers(rng, fan_in, fan_out):
    # Box and Muller's way from uniform numbers to normal ones.
    radius = np.sqrt(-2 * np.log(1 - rng.random((fan_in, fan_out))) / fan_in)
    return radius * np.cos(2 * np.pi * rng.random((fan_in, fan_out)))


# ---- he_init --------------------------------------------------------------------------------------------------


@right("he_init")
def scaled_standard_normals_for_relu(rng, fan_in, fan_out):
    return rng.standard_normal((fan_in, fan_out)) * np.sqrt(2.0 / fan_in)


@right("he_init")
def transposed_draws(rng, fan_in, fan_out):
    deviation = (2 / fan_in) ** 0.5
    return rng.normal(0.0, deviation, (fan_out, fan_in)).T


@right("he_init")
def entry_by_entry_in_lists(rng, fan_in, fan_out):
    return [[rng.normal(0, (2 / fan_in) ** 0.5) for _ in range(fan_out)] for _ in range(fan_in)]


@right("he_init")
def sum_of_two_independent_draws(rng, fan_in, fan_out):
    first, second = rng.normal(size=(2, fan_in, fan_out))
    return np.float32((first + second) / np.sqrt(fan_in))


# ---- init_layers ----------------------------------------------------------------------------------------------


@right("init_layers")
def loop_over_pairs(rng, sizes):
    params = []
    for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
        params.append([he_init(rng, fan_in, fan_out), np.zeros(fan_out)])
    return params


@right("init_layers")
def without_the_earlier_function(rng, sizes):
    return tuple((rng.normal(scale=np.sqrt(2 / m), size=(m, n)), [0.0] * n) for m, n in list(zip(sizes, sizes[1:])))


@right("init_layers")
def from_the_last_layer_to_the_first(rng, sizes):
    params = []
    for layer in range(len(sizes) - 1, 0, -1):
        b = np.zeros((1, sizes[layer]))
        params.insert(0, (he_init(rng, sizes[layer - 1], sizes[layer]), b))
    return params


@right("init_layers")
def recursive_over_the_sizes(rng, sizes):
    def layers(fan_in, *above):
        if not above:
            return []
        return [(he_init(rng, fan_in, above[0]), 0 * np.arange(above[0])), *layers(*above)]

    return layers(*sizes)


# ---- dead_units -----------------------------------------------------------------------------------------------


@right("dead_units")
def largest_of_each_column(Z):
    return np.max(Z, axis=0) <= 0


@right("dead_units")
def no_output_at_all(Z):
    return relu(Z).sum(axis=0) == 0


@right("dead_units")
def not_any_awake(Z):
    return [not any(z > 0 for z in column) for column in np.asarray(Z).T]


@right("dead_units")
def counted_as_zero_and_one(Z):
    return (np.count_nonzero(np.heaviside(Z, 0.0), axis=0) == 0).astype(int)


@right("dead_units")
def example_after_example(Z):
    dead = np.ones(len(Z[0]), dtype=bool)
    for z in Z:
        dead &= z < 0
    return dead


# ---- residual_forward -----------------------------------------------------------------------------------------


@right("residual_forward")
def larger_of_z_and_twice_z(z):
    return np.maximum(z, 2 * z)


@right("residual_forward")
def with_the_given_relu(z):
    return relu(z) + z


@right("residual_forward")
def doubled_where_positive(z):
    return np.where(np.asarray(z) > 0, np.multiply(2, z), z)


@right("residual_forward")
def entry_by_entry_in_single_precision(z):
    g = np.array(z, dtype=np.float32)
    for index in np.ndindex(g.shape):
        g[index] += max(g[index], 0)
    return g


@right("residual_forward")
def by_the_absolute_value(z):
    return ((3 * z + np.abs(z)) / 2).tolist() if np.ndim(z) else 1.5 * z + 0.5 * abs(z)


# ---- residual_backward ----------------------------------------------------------------------------------------


@right("residual_backward")
def two_ways_added(dg, z):
    return dg + dg * relu_grad(z)


@right("residual_backward")
def slope_of_one_or_two(dg, z):
    return np.where(np.asarray(z) > 0, 2.0, 1.0) * dg


@right("residual_backward")
def doubled_by_mask(dg, z):
    dz = np.array(dg, dtype=float)
    dz[np.asarray(z) > 0] *= 2
    return dz


@right("residual_backward")
def entry_by_entry_in_lists_of_numbers(dg, z):
    pairs = zip(np.ravel(dg).tolist(), np.ravel(z).tolist())
    return np.reshape([2 * d if pre >= 0 else d for d, pre in pairs], np.shape(z)).tolist()


# ---- residual_two_neuron_gradients ----------------------------------------------------------------------------


@right("residual_two_neuron_gradients")
def numbers_one_by_one(x, y, w1, w2):
    a1, a2 = max(0.0, w1[0] * x), max(0.0, w1[1] * x)
    z2 = w2[0] * a1 + w2[1] * a2
    g = z2 + max(0.0, z2)
    dz2 = 2 * (g - y) * (2 if z2 > 0 else 1)
    dw1 = [dz2 * w2[i] * x if w1[i] * x > 0 else 0.0 for i in (0, 1)]
    return [dw1, [dz2 * a1, dz2 * a2]]


@right("residual_two_neuron_gradients")
def two_routes_to_the_loss(x, y, w1, w2):
    z1 = np.multiply(w1, x)
    z2 = relu(z1) @ w2
    dg = 2.0 * (residual_forward(z2) - y)
    by_skip, by_unit = dg, dg * relu_grad(z2)
    dw1 = (by_skip + by_unit) * relu_grad(z1) * w2 * x
    return dw1, by_skip * relu(z1) + by_unit * relu(z1)


@right("residual_two_neuron_gradients")
def as_matrices_of_two_layers(x, y, w1, w2):
    X, W1, W2 = np.array([[float(x)]]), np.reshape(w1, (1, 2)), np.reshape(w2, (2, 1))
    Z1 = X @ W1
    A1 = np.clip(Z1, 0, None)
    Z2 = A1 @ W2
    dZ2 = residual_backward(2 * (residual_forward(Z2) - y), Z2)
    return X.T @ ((Z1 > 0) * (dZ2 @ W2.T)), (A1.T @ dZ2).astype(float)


@right("residual_two_neuron_gradients")
def in_forward_mode(x, y, w1, w2):
    z1 = np.asarray(w1, dtype=float) * x
    z2 = np.sum(relu(z1) * w2)
    moves = np.concatenate([relu_grad(z1) * x * w2, relu(z1)])  # how z2 moves with each of the four weights
    slope = np.where(z2 > 0, 2.0, 1.0)
    four = 2 * (z2 + relu(z2) - y) * slope * moves
    return tuple(np.split(four, 2))


# ---- clip_by_norm ---------------------------------------------------------------------------------------------


@right("clip_by_norm")
def with_a_condition(grad, tau):
    length = np.sqrt(np.sum(np.square(grad, dtype=float)))
    if length <= tau:
        return 1.0 * grad
    return grad * (tau / length)


@right("clip_by_norm")
def divided_by_the_larger(grad, tau):
    return np.asarray(grad) / max(1.0, np.linalg.norm(np.ravel(grad)) / tau)


@right("clip_by_norm")
def smallest_factor_in_lists(grad, tau):
    length = float(sum(value**2 for value in np.ravel(grad).tolist()) ** 0.5)
    factor = 1.0 if length == 0 else min(1.0, tau / length)
    return (factor * np.asarray(grad)).tolist()


@right("clip_by_norm")
def clipped_in_single_precision(grad, tau):
    grad = np.array(grad, dtype=np.float32)
    length = np.linalg.norm(grad.ravel())
    if length > tau:
        grad *= np.float32(tau) / length
    return grad


# ---- global_norm ----------------------------------------------------------------------------------------------


@right("global_norm")
def joined_into_one_vector(grads):
    return np.linalg.norm(np.concatenate([np.zeros(0), *(np.ravel(grad) for grad in grads)]))


@right("global_norm")
def norm_of_the_norms(grads):
    return np.linalg.norm([np.linalg.norm(np.ravel(grad)) for grad in grads])


@right("global_norm")
def loop_over_all_numbers(grads):
    total = 0.0
    for grad in grads:
        for value in np.asarray(grad, dtype=float).flat:
            total += value * value
    return total**0.5


@right("global_norm")
def root_of_inner_products(grads):
    return np.array([np.sqrt(sum(np.vdot(grad, grad) for grad in grads))])


# ---- clip_by_global_norm --------------------------------------------------------------------------------------


@right("clip_by_global_norm")
def copies_unless_too_long(grads, tau):
    length = global_norm(grads)
    if length > tau:
        return [tau * grad / length for grad in grads]
    return [grad.copy() for grad in grads]


@right("clip_by_global_norm")
def one_long_vector_cut_up_again(grads, tau):
    ends = np.cumsum([grad.size for grad in grads])[:-1]
    long = clip_by_norm(np.concatenate([grad.ravel() for grad in grads]), tau)
    return [piece.reshape(grad.shape) for piece, grad in zip(np.split(long, ends), grads)]


@right("clip_by_global_norm")
def tuple_of_nested_lists(grads, tau):
    total = sum(np.sum(np.square(grad, dtype=float)) for grad in grads) ** 0.5
    return tuple((grad / max(1.0, total / tau)).tolist() for grad in grads)


@right("clip_by_global_norm")
def shrinks_copies_in_a_loop(grads, tau):
    clipped = [np.array(grad, dtype=np.float32) for grad in grads]
    norm = global_norm(grads)
    for grad in clipped:
        if norm > tau:
            grad *= tau / norm
    return clipped
