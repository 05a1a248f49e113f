"""Right answers to homework 8 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103, RUF007  written as students write them; the names say what they are

import numpy as np

from autograder.check import right

# ---- random_tanh_features -------------------------------------------------------------------------------------


@right("random_tanh_features")
def scales_standard_draws(rng, X, n_units, offset_scale):
    n_inputs = X.shape[1]
    b = offset_scale * rng.standard_normal(n_units)
    W = rng.standard_normal((n_inputs, n_units)) / n_inputs**0.5
    return np.tanh(X @ W + b)


@right("random_tanh_features")
def unit_by_unit(rng, X, n_units, offset_scale):
    columns = []
    for _ in range(n_units):
        w = rng.normal(0, X.shape[1] ** -0.5, X.shape[1])
        columns.append(np.tanh(X @ w + rng.normal(0, offset_scale)))
    return np.stack(columns, axis=1)


@right("random_tanh_features")
def offset_as_one_more_input(rng, X, n_units, offset_scale):
    size, n_inputs = X.shape
    deviations = np.append(np.full(n_inputs, np.sqrt(1 / n_inputs)), offset_scale)
    W = rng.normal(size=(n_inputs + 1, n_units)) * deviations[:, None]
    return np.tanh(np.hstack([X, np.ones((size, 1))]) @ W).tolist()


@right("random_tanh_features")
def features_in_single_precision(rng, X, n_units, offset_scale):
    n_inputs = X.shape[1]
    W = rng.normal(0, 1 / np.sqrt(n_inputs), (n_units, n_inputs))
    b = rng.normal(0, offset_scale, (1, n_units))
    return np.tanh((X @ W.T + b).astype(np.float32))


# ---- hinge_loss_grad ------------------------------------------------------------------------------------------


@right("hinge_loss_grad")
def indicator_times_label(f, y):
    return -y * (1 - y * f > 0) / f.size


@right("hinge_loss_grad")
def example_by_example(f, y):
    return [-label / len(y) if label * value < 1 else 0.0 for value, label in zip(f, y)]


@right("hinge_loss_grad")
def fills_in_the_pulling_ones(f, y):
    df = np.zeros(len(f))
    pulling = np.maximum(0, 1 - f * y) > 0
    df[pulling] = -np.mean(np.ones(len(f))) * y[pulling] / len(f)
    return df


# ---- permute_hidden_units -------------------------------------------------------------------------------------


@right("permute_hidden_units")
def permutation_matrix(params, layer, permutation):
    P = np.eye(len(permutation))[:, permutation]
    new = [(W * 1.0, b * 1.0) for W, b in params]
    new[layer] = (params[layer][0] @ P, params[layer][1] @ P)
    new[layer + 1] = (P.T @ params[layer + 1][0], new[layer + 1][1])
    return new


@right("permute_hidden_units")
def builds_layer_by_layer(params, layer, permutation):
    result = []
    for k, (W, b) in enumerate(params):
        if k == layer:
            W, b = np.take(W, permutation, axis=1), np.take(b, permutation)
        elif k == layer + 1:
            W = np.take(W, permutation, axis=0)
        result.append((np.array(W, float), np.array(b, float)))
    return result


@right("permute_hidden_units")
def unit_by_unit_into_copies(params, layer, permutation):
    new = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    for place, old in enumerate(permutation):
        new[layer][0][:, place] = params[layer][0][:, old]
        new[layer][1][place] = params[layer][1][old]
        new[layer + 1][0][place, :] = params[layer + 1][0][old, :]
    return [tuple(pair) for pair in new]


# ---- momentum_step --------------------------------------------------------------------------------------------


@right("momentum_step")
def into_new_arrays(w, v, grad, lr, mu):
    velocity = np.add(np.multiply(mu, v), grad)
    return np.subtract(w, np.multiply(lr, velocity)), velocity


@right("momentum_step")
def weight_by_weight(w, v, grad, lr, mu):
    new_w, new_v = np.zeros(np.shape(w)), np.zeros(np.shape(w))
    for i in np.ndindex(new_w.shape):
        new_v[i] = mu * v[i] + grad[i]
        new_w[i] = w[i] - lr * new_v[i]
    return new_w, new_v


@right("momentum_step")
def memory_and_gradient_apart(w, v, grad, lr, mu):
    return [w - lr * mu * v - lr * grad, grad + mu * v]


# ---- adam_step ------------------------------------------------------------------------------------------------


@right("adam_step")
def averages_as_differences(w, m, v, t, grad, lr, beta1, beta2, eps):
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad * grad - v)
    t = t + 1
    return w - lr * (m / (1 - beta1**t)) / (eps + np.sqrt(v / (1 - beta2**t))), m, v, t


@right("adam_step")
def weight_by_weight_with_corrections(w, m, v, t, grad, lr, beta1, beta2, eps):
    w, m, v = (np.array(part, dtype=float) for part in (w, m, v))
    for i in np.ndindex(w.shape):
        m[i] = beta1 * m[i] + (1 - beta1) * grad[i]
        v[i] = beta2 * v[i] + (1 - beta2) * grad[i] ** 2
        m_hat = m[i] / (1 - beta1 ** (t + 1))
        v_hat = v[i] / (1 - beta2 ** (t + 1))
        w[i] -= lr * m_hat / (v_hat**0.5 + eps)
    return w, m, v, t + 1


@right("adam_step")
def corrections_moved_into_rate_and_eps(w, m, v, t, grad, lr, beta1, beta2, eps):
    step = int(t) + 1
    root = np.sqrt(1 - beta2**step)
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * np.square(grad)
    rate = lr * root / (1 - beta1**step)
    return [w - rate * m / (np.sqrt(v) + eps * root), m, v, step]


# ---- step_decay -----------------------------------------------------------------------------------------------


@right("step_decay")
def counts_the_drops(epoch, lr0, gamma, every):
    lr = lr0
    for earlier in range(1, epoch + 1):
        if earlier % every == 0:
            lr *= gamma
    return lr


@right("step_decay")
def rounds_down(epoch, lr0, gamma, every):
    return lr0 * np.power(float(gamma), np.floor(epoch / every))


@right("step_decay")
def subtracts_until_the_first_stage(epoch, lr0, gamma, every):
    while epoch >= every:
        lr0, epoch = gamma * lr0, epoch - every
    return np.array([lr0])


# ---- inverse_time_decay ---------------------------------------------------------------------------------------


@right("inverse_time_decay")
def one_division(t, lr0, k):
    return lr0 / (1 + k * t)


@right("inverse_time_decay")
def inverse_of_a_line(t, lr0, k):
    return lr0 * np.reciprocal(np.polyval([k, 1.0], t))


@right("inverse_time_decay")
def line_between_inverse_rates(t, lr0, k):
    inverse = 1 / lr0 + t * k / lr0
    return np.float64(1) / inverse


# ---- cosine_decay ---------------------------------------------------------------------------------------------


@right("cosine_decay")
def half_of_one_plus_cosine(t, t_max, lr0):
    return 0.5 * lr0 * (1 + np.cos(np.pi * t / t_max))


@right("cosine_decay")
def square_of_the_half_angle(t, t_max, lr0):
    return lr0 * np.cos(np.pi / 2 * (t / t_max)) ** 2


@right("cosine_decay")
def between_the_two_ends(t, t_max, lr0):
    gone = (1 - np.cos(np.radians(180 * t / t_max))) / 2
    return (1 - gone) * lr0


# ---- count_weights --------------------------------------------------------------------------------------------


@right("count_weights")
def neighbours_multiplied(sizes):
    return sum(m * n for m, n in zip(sizes, sizes[1:]))


@right("count_weights")
def layer_by_layer(sizes):
    total, below = 0, sizes[0]
    for width in sizes[1:]:
        total += below * width
        below = width
    return total


@right("count_weights")
def makes_the_matrices(sizes):
    shapes = [(sizes[k], sizes[k + 1]) for k in range(len(sizes) - 1)]
    return np.sum([np.prod(shape) for shape in shapes])


# ---- random_search --------------------------------------------------------------------------------------------


@right("random_search")
def keeps_the_best_so_far(rng, evaluate, space, n_trials):
    best, trials = None, []
    for _ in range(n_trials):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.random() * len(space[name]))]
        cost = evaluate(config)
        trials.append((config, cost))
        if best is None or cost < best[1]:
            best = (config, cost)
    return best, trials


@right("random_search")
def draws_all_numbers_first(rng, evaluate, space, n_trials):
    names = list(space)
    picks = [rng.integers(0, len(space[name]), size=n_trials) for name in names]
    configs = [{name: space[name][i] for name, i in zip(names, row)} for row in zip(*picks)]
    costs = np.array([evaluate(config) for config in configs])
    trials = list(zip(configs, costs))
    return trials[int(np.argmin(costs))], trials


@right("random_search")
def sorts_a_copy(rng, evaluate, space, n_trials):
    trials = []
    while len(trials) < n_trials:
        config = {name: choices[rng.permutation(len(choices))[0]] for name, choices in space.items()}
        trials.append([config, float(evaluate(config))])
    return [sorted(trials, key=lambda trial: trial[1])[0], trials]
