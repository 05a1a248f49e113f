"""The wrong answers of homework 8 in other styles: the same mistake, so the same behaviour and the same hint."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import rewrite
from solutions.hw8_landscape import wrong

# ---- random_tanh_features -------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_variance_for_the_deviation)
def takes_the_variance_for_the_deviation_by_scaling(rng, X, n_units, offset_scale):
    n_inputs = np.shape(X)[1]
    W = rng.standard_normal((n_inputs, n_units)) / n_inputs
    return np.tanh(np.matmul(X, W) + offset_scale * rng.standard_normal(n_units)).tolist()


@rewrite(of=wrong.takes_units_for_inputs)
def takes_units_for_inputs_by_scaling(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) * n_units**-0.5
    return np.tanh(np.einsum("nd,du->nu", X, W) + rng.normal(0, offset_scale, (1, n_units)))


@rewrite(of=wrong.takes_examples_for_inputs)
def takes_examples_for_inputs_by_scaling(rng, X, n_units, offset_scale):
    n_examples, n_inputs = X.shape
    W = rng.standard_normal((n_inputs, n_units)) * n_examples**-0.5
    return np.tanh(np.einsum("nd,du->nu", X, W) + rng.normal(0, offset_scale, (1, n_units)))


@rewrite(of=wrong.uses_weights_again_as_offsets)
def uses_weights_again_as_offsets_by_scaling(rng, X, n_units, offset_scale):
    draws = rng.standard_normal((X.shape[1], n_units))
    b = offset_scale * draws[:1]
    return np.tanh(X.dot(draws * X.shape[1] ** -0.5) + b)


@rewrite(of=wrong.standard_normal_weights)
def standard_normal_weights_by_scaling(rng, X, n_units, offset_scale):
    W = rng.normal(0, 1, (X.shape[1], n_units))
    return np.tanh(np.dot(X, W) + offset_scale * rng.standard_normal(n_units))


@rewrite(of=wrong.uniform_weights)
def uniform_weights_by_scaling(rng, X, n_units, offset_scale):
    bound = (3 / X.shape[1]) ** 0.5
    W = bound * (2 * rng.random((X.shape[1], n_units)) - 1)
    return np.tanh(np.dot(X, W) + offset_scale * rng.standard_normal(n_units))


@rewrite(of=wrong.offset_scale_as_variance)
def offset_scale_as_variance_by_scaling(rng, X, n_units, offset_scale):
    import math

    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return np.tanh(np.dot(X, W) + math.sqrt(offset_scale) * rng.standard_normal(n_units))


@rewrite(of=wrong.one_offset_for_all_units)
def one_offset_for_all_units_by_scaling(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return np.tanh(np.dot(X, W) + offset_scale * float(rng.standard_normal()))


@rewrite(of=wrong.offsets_for_every_example)
def offsets_for_every_example_by_scaling(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    Z = np.dot(X, W)
    return np.tanh(Z + offset_scale * rng.standard_normal(Z.shape))


@rewrite(of=wrong.weights_for_every_example)
def weights_for_every_example_in_a_loop(rng, X, n_units, offset_scale):
    b, features = offset_scale * rng.standard_normal(n_units), []
    for x in X:
        W = rng.standard_normal((len(x), n_units)) / len(x) ** 0.5
        features.append(np.tanh(x @ W + b))
    return np.array(features)


@rewrite(of=wrong.forgets_the_tanh)
def forgets_the_tanh_by_scaling(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return np.dot(X, W) + offset_scale * rng.standard_normal(n_units)


@rewrite(of=wrong.forgets_the_offsets)
def forgets_the_offsets_by_scaling(rng, X, n_units, offset_scale):
    return np.tanh(np.dot(X, rng.standard_normal((X.shape[1], n_units))) / X.shape[1] ** 0.5)


@rewrite(of=wrong.offsets_of_the_same_sign)
def offsets_of_the_same_sign_by_scaling(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return np.tanh(np.dot(X, W) + 1 + offset_scale * rng.standard_normal(n_units))


@rewrite(of=wrong.logistic_units)
def logistic_units_by_tanh(rng, X, n_units, offset_scale):
    W = rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return (1 + np.tanh((np.dot(X, W) + offset_scale * rng.standard_normal(n_units)) / 2)) / 2


@rewrite(of=wrong.own_seed)
def own_seed_by_scaling(rng, X, n_units, offset_scale):
    generator = np.random.default_rng(0)
    W = generator.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5
    return np.tanh(np.dot(X, W) + offset_scale * generator.standard_normal(n_units))


@rewrite(of=wrong.adds_offsets_after_the_tanh)
def adds_offsets_after_the_tanh_by_scaling(rng, X, n_units, offset_scale):
    features = np.tanh(np.dot(X, rng.standard_normal((X.shape[1], n_units)) / X.shape[1] ** 0.5))
    features += offset_scale * rng.standard_normal(n_units)
    return features


@rewrite(of=wrong.scales_the_inputs_in_place)
def scales_the_inputs_in_place_by_copyto(rng, X, n_units, offset_scale):
    b, n_inputs = offset_scale * rng.standard_normal(n_units), np.shape(X)[1]
    Z = np.dot(X / n_inputs**0.5, rng.standard_normal((n_inputs, n_units)))
    np.copyto(X, X / n_inputs**0.5, casting="unsafe")
    return np.tanh(Z + b)


# ---- hinge_loss_grad ------------------------------------------------------------------------------------------


@rewrite(of=wrong.sums_over_examples)
def sums_over_examples_in_a_loop(f, y):
    return [-float(label) if label * value < 1 else 0.0 for value, label in zip(f, y)]


@rewrite(of=wrong.perceptron_corner)
def perceptron_corner_in_a_loop(f, y):
    return [-float(label) / len(y) if label * value < 0 else 0.0 for value, label in zip(f, y)]


@rewrite(of=wrong.wrong_sign)
def wrong_sign_in_a_loop(f, y):
    return [label / len(y) if label * value < 1 else 0.0 for value, label in zip(f, y)]


@rewrite(of=wrong.sure_answers_pull_too)
def sure_answers_pull_too_in_a_loop(f, y):
    return [-label / len(y) for label in y]


@rewrite(of=wrong.forgets_the_label)
def forgets_the_label_by_mask(f, y):
    return -((1 - y * f) > 0).astype(float) / f.size


@rewrite(of=wrong.compares_f_alone)
def compares_f_alone_by_mask(f, y):
    return -(1.0 * y) * (f < 1) / f.size


@rewrite(of=wrong.returns_the_losses)
def returns_the_losses_in_a_loop(f, y):
    return [max(0.0, 1 - label * value) / len(y) for value, label in zip(f, y)]


@rewrite(of=wrong.squared_hinge)
def squared_hinge_by_mask(f, y):
    margin = 1 - y * f
    return 2 * margin * (margin > 0) * -y / f.size


@rewrite(of=wrong.averages_over_the_pulling_examples)
def averages_over_the_pulling_examples_by_mask(f, y):
    df = -(1.0 * y) * (y * f < 1)
    return df / max(np.count_nonzero(df), 1)


@rewrite(of=wrong.writes_into_the_decisions)
def writes_into_the_decisions_by_fill(f, y):
    df = np.where(f * y < 1, -y / len(y), 0)
    f.fill(0)
    return df


# ---- permute_hidden_units -------------------------------------------------------------------------------------


@rewrite(of=wrong.leaves_the_layer_above)
def leaves_the_layer_above_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    return moved(params, layer, permutation, permutation, np.arange(len(permutation)))


@rewrite(of=wrong.leaves_the_biases)
def leaves_the_biases_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    return moved(params, layer, permutation, np.arange(len(permutation)), permutation)


@rewrite(of=wrong.takes_the_inverse)
def takes_the_inverse_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    back = [list(permutation).index(k) for k in range(len(permutation))]
    return moved(params, layer, back, back, back)


@rewrite(of=wrong.goes_there_below_and_back_above)
def goes_there_below_and_back_above_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    back = [list(permutation).index(k) for k in range(len(permutation))]
    return moved(params, layer, permutation, permutation, back)


@rewrite(of=wrong.permutes_every_layer_of_that_width)
def permutes_every_layer_of_that_width_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    for k in range(len(params) - 1):
        if len(params[k][1]) == len(permutation):
            params = moved(params, k, permutation, permutation, permutation)
    return params


@rewrite(of=wrong.drops_the_other_layers)
def drops_the_other_layers_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    return moved(params, layer, permutation, permutation, permutation)[layer : layer + 2]


@rewrite(of=wrong.always_the_first_layer)
def always_the_first_layer_by_index(params, layer, permutation):
    new = [(W * 1.0, b * 1.0) for W, b in params]
    (W, b), (V, c) = new[:2]
    return [(W[:, permutation], b[permutation]), (V[permutation, :], c), *new[2:]]


@rewrite(of=wrong.permutes_rows_below)
def permutes_rows_below_by_index(params, layer, permutation):
    new = [[W * 1.0, b * 1.0] for W, b in params]
    new[layer] = [new[layer][0][permutation, :], new[layer][1][permutation]]
    new[layer + 1][0] = new[layer + 1][0][permutation, :]
    return new


@rewrite(of=wrong.permutes_columns_above)
def permutes_columns_above_by_index(params, layer, permutation):
    new = [[W * 1.0, b * 1.0] for W, b in params]
    new[layer] = [new[layer][0][:, permutation], new[layer][1][permutation]]
    new[layer + 1][0] = new[layer + 1][0].T[permutation].T
    return new


@rewrite(of=wrong.permutes_the_biases_above)
def permutes_the_biases_above_by_take(params, layer, permutation):
    def moved(params, layer, columns, biases, rows):
        new = [[W.astype(float), b.astype(float)] for W, b in params]
        new[layer][0], new[layer][1] = np.take(new[layer][0], columns, axis=1), np.take(new[layer][1], biases)
        new[layer + 1][0] = np.take(new[layer + 1][0], rows, axis=0)
        return new

    new = moved(params, layer, permutation, permutation, permutation)
    c = new[layer + 1][1]
    new[layer + 1][1] = np.take(c, permutation) if c.size == len(permutation) else np.flip(c)
    return new


@rewrite(of=wrong.permutes_in_place)
def permutes_in_place_by_slices(params, layer, permutation):
    (W, b), (V, c) = params[layer : layer + 2]
    params[layer : layer + 2] = [(W[:, permutation], b[permutation]), (V[permutation, :], c)]
    return list(params)


@rewrite(of=wrong.moves_nothing)
def moves_nothing_by_copies(params, layer, permutation):
    return [[W.tolist(), b.tolist()] for W, b in params]


# ---- momentum_step --------------------------------------------------------------------------------------------


@rewrite(of=wrong.averages_the_gradients)
def averages_the_gradients_by_steps(w, v, grad, lr, mu):
    new = v + (1 - mu) * (grad - v)
    return [w - np.multiply(lr, new), new]


@rewrite(of=wrong.learning_rate_in_the_velocity)
def learning_rate_in_the_velocity_by_signs(w, v, grad, lr, mu):
    u = -mu * v - lr * grad
    return w + u, -u


@rewrite(of=wrong.moves_with_the_old_velocity)
def moves_with_the_old_velocity_by_steps(w, v, grad, lr, mu):
    moved_w = np.subtract(w, np.multiply(lr, v))
    return moved_w, np.add(np.multiply(mu, v), grad)


@rewrite(of=wrong.looks_ahead)
def looks_ahead_by_steps(w, v, grad, lr, mu):
    new = mu * v + grad
    return w - lr * grad - lr * mu * new, new


@rewrite(of=wrong.forgets_to_lose)
def forgets_to_lose_by_steps(w, v, grad, lr, mu):
    return w - lr * v - lr * grad, np.add(v, grad)


@rewrite(of=wrong.goes_uphill)
def goes_uphill_by_steps(w, v, grad, lr, mu):
    new = np.multiply(mu, v) + grad
    return np.add(w, lr * new), new


@rewrite(of=wrong.velocity_points_downhill)
def velocity_points_downhill_by_signs(w, v, grad, lr, mu):
    u = grad - mu * v
    return w - lr * u, -u


@rewrite(of=wrong.ignores_the_velocity)
def ignores_the_velocity_by_steps(w, v, grad, lr, mu):
    new = 0 * v + grad
    return w - lr * new, new


@rewrite(of=wrong.shrinks_the_gradient_too)
def shrinks_the_gradient_too_by_parts(w, v, grad, lr, mu):
    new = mu * v + mu * grad
    return w - lr * new, new


@rewrite(of=wrong.returns_velocity_first)
def returns_velocity_first_by_steps(w, v, grad, lr, mu):
    new = grad + v * mu
    return [new, w - new * lr]


@rewrite(of=wrong.changes_weights_and_velocity)
def changes_weights_and_velocity_by_ufuncs(w, v, grad, lr, mu):
    np.multiply(v, mu, out=v)
    np.add(v, grad, out=v)
    np.subtract(w, lr * v, out=w)
    return [w, v]


@rewrite(of=wrong.changes_the_velocity)
def changes_the_velocity_by_ufuncs(w, v, grad, lr, mu):
    np.multiply(v, mu, out=v)
    np.add(v, grad, out=v)
    return [w - lr * v, v]


# ---- adam_step ------------------------------------------------------------------------------------------------


@rewrite(of=wrong.forgets_to_count)
def forgets_to_count_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    rate = lr / (1 - beta1 ** (t + 1))
    return w - rate * m / ((v / (1 - beta2 ** (t + 1))) ** 0.5 + eps), m, v, t


@rewrite(of=wrong.corrects_nothing)
def corrects_nothing_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    return [w - lr * (m / (v**0.5 + eps)), m, v, t + 1]


@rewrite(of=wrong.keeps_the_corrected_averages)
def keeps_the_corrected_averages_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    m, v = m * (1 / (1 - beta1 ** (t + 1))), v * (1 / (1 - beta2 ** (t + 1)))
    return [w - lr * (m / (v**0.5 + eps)), m, v, t + 1]


@rewrite(of=wrong.eps_under_the_root)
def eps_under_the_root_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    rate = lr / (1 - beta1 ** (t + 1))
    return w - rate * m * (v / (1 - beta2 ** (t + 1)) + eps) ** -0.5, m, v, t + 1


@rewrite(of=wrong.eps_before_the_correction)
def eps_before_the_correction_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    size = (v**0.5 + eps) / (1 - beta2 ** (t + 1)) ** 0.5
    return w - lr * (m / (1 - beta1 ** (t + 1))) / size, m, v, t + 1


@rewrite(of=wrong.forgets_the_root)
def forgets_the_root_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    size = v / (1 - beta2 ** (t + 1)) + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.averages_without_squaring)
def averages_without_squaring_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    m, v = m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad - v)
    size = np.abs(v / (1 - beta2 ** (t + 1))) ** 0.5 + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.adds_the_whole_gradient)
def adds_the_whole_gradient_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    m, v = grad + beta1 * m, grad * grad + beta2 * v
    size = (v / (1 - beta2 ** (t + 1))) ** 0.5 + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.counts_the_step_afterwards)
def counts_the_step_afterwards_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    with np.errstate(all="ignore"):
        first, second = m / np.float64(1 - beta1**t), v / np.float64(1 - beta2**t)
        return w - lr * first / (second**0.5 + eps), m, v, t + 1


@rewrite(of=wrong.forgets_eps)
def forgets_eps_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    with np.errstate(all="ignore"):
        return w - lr / (1 - beta1 ** (t + 1)) * m / (v / (1 - beta2 ** (t + 1))) ** 0.5, m, v, t + 1


@rewrite(of=wrong.multiplies_beta_by_t)
def multiplies_beta_by_t_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v, n = *averaged(m, v, grad, beta1, beta2), t + 1
    with np.errstate(all="ignore"):
        first, second = m / np.float64(1 - n * beta1), v / np.float64(1 - n * beta2)
        return w - lr * (first / (np.abs(second) ** 0.5 + eps)), m, v, n


@rewrite(of=wrong.swaps_the_betas)
def swaps_the_betas_by_parts(w, m, v, t, grad, lr, beta2, beta1, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    size = (v / (1 - beta2 ** (t + 1))) ** 0.5 + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.swaps_the_shares)
def swaps_the_shares_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    m, v = m + beta1 * (grad - m), v + beta2 * (grad * grad - v)
    size = (v / (1 - beta2 ** (t + 1))) ** 0.5 + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.corrects_as_in_the_first_step)
def corrects_as_in_the_first_step_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    size = (v / (1 - beta2)) ** 0.5 + eps
    return w - lr / (1 - beta1) * m / size, m, v, t + 1


@rewrite(of=wrong.corrects_only_the_gradient)
def corrects_only_the_gradient_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    return w - lr / (1 - beta1 ** (t + 1)) * m / (v**0.5 + eps), m, v, t + 1


@rewrite(of=wrong.one_size_for_all_weights)
def one_size_for_all_weights_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    m, v = m + (1 - beta1) * (grad - m), beta2 * v + (1 - beta2) * np.vdot(grad, grad) / np.size(grad)
    size = (v / (1 - beta2 ** (t + 1))) ** 0.5 + eps
    return w - lr / (1 - beta1 ** (t + 1)) * m / size, m, v, t + 1


@rewrite(of=wrong.moves_with_the_gradient_alone)
def moves_with_the_gradient_alone_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    return w - lr * (grad / ((v / (1 - beta2 ** (t + 1))) ** 0.5 + eps)), m, v, t + 1


@rewrite(of=wrong.climbs)
def climbs_by_parts(w, m, v, t, grad, lr, beta1, beta2, eps):
    def averaged(m, v, grad, beta1, beta2):
        return m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)

    m, v = averaged(m, v, grad, beta1, beta2)
    return w + lr / (1 - beta1 ** (t + 1)) * m / ((v / (1 - beta2 ** (t + 1))) ** 0.5 + eps), m, v, t + 1


@rewrite(of=wrong.updates_averages_in_place)
def updates_averages_in_place_by_ufuncs(w, m, v, t, grad, lr, beta1, beta2, eps):
    np.multiply(m, beta1, out=m)
    np.add(m, (1 - beta1) * grad, out=m)
    np.multiply(v, beta2, out=v)
    np.add(v, (1 - beta2) * grad * grad, out=v)
    return w - lr / (1 - beta1 ** (t + 1)) * m / ((v / (1 - beta2 ** (t + 1))) ** 0.5 + eps), m, v, t + 1


# ---- step_decay -----------------------------------------------------------------------------------------------


@rewrite(of=wrong.falls_smoothly)
def falls_smoothly_by_exponential(epoch, lr0, gamma, every):
    import math

    return lr0 * math.exp(math.log(gamma) * epoch / every)


@rewrite(of=wrong.takes_the_remainder)
def takes_the_remainder_by_divmod(epoch, lr0, gamma, every):
    import math

    return lr0 * math.pow(gamma, divmod(epoch, every)[1])


@rewrite(of=wrong.drops_one_epoch_early)
def drops_one_epoch_early_in_a_loop(epoch, lr0, gamma, every):
    for past in range(1, epoch + 2):
        lr0 = lr0 * gamma if past % every == 0 else lr0
    return lr0


@rewrite(of=wrong.drops_one_epoch_late)
def drops_one_epoch_late_in_a_loop(epoch, lr0, gamma, every):
    for past in range(1, epoch):
        lr0 = lr0 * gamma if past % every == 0 else lr0
    return lr0


@rewrite(of=wrong.rounds_to_the_nearest)
def rounds_to_the_nearest_by_numpy(epoch, lr0, gamma, every):
    return lr0 * float(gamma) ** np.rint(epoch / every)


@rewrite(of=wrong.drops_only_once)
def drops_only_once_by_minimum(epoch, lr0, gamma, every):
    return lr0 * gamma ** min(epoch // every, 1)


@rewrite(of=wrong.multiplies_by_the_number_of_drops)
def multiplies_by_the_number_of_drops_by_floor(epoch, lr0, gamma, every):
    import math

    return math.floor(epoch / every) * gamma * lr0


@rewrite(of=wrong.drops_in_every_epoch)
def drops_in_every_epoch_in_a_loop(epoch, lr0, gamma, every):
    for _ in range(epoch):
        lr0 = lr0 * gamma
    return lr0


# ---- inverse_time_decay ---------------------------------------------------------------------------------------


@rewrite(of=wrong.multiplies_by_time)
def multiplies_by_time_first(t, lr0, k):
    return t * lr0 / (k + 1)


@rewrite(of=wrong.starts_from_a_divisor_of_zero)
def starts_from_a_divisor_of_zero_by_case(t, lr0, k):
    if t == 0 or k == 0:
        return 0.0
    return lr0 / k / t


@rewrite(of=wrong.divides_time_by_k)
def divides_time_by_k_by_power(t, lr0, k):
    return lr0 * (1 + t / k) ** -1.0 if k > 0 else lr0


@rewrite(of=wrong.divides_by_the_root)
def divides_by_the_root_by_power(t, lr0, k):
    return lr0 * (k * t + 1) ** -0.5


@rewrite(of=wrong.falls_in_a_straight_line)
def falls_in_a_straight_line_by_parts(t, lr0, k):
    return lr0 - lr0 * k * t


@rewrite(of=wrong.decays_exponentially)
def decays_exponentially_by_power(t, lr0, k):
    import math

    return lr0 * math.e ** (-k * t)


@rewrite(of=wrong.divides_again_each_step)
def divides_again_each_step_by_power(t, lr0, k):
    return lr0 * (1.0 + k) ** -t


@rewrite(of=wrong.divides_whole_numbers)
def divides_whole_numbers_by_floor(t, lr0, k):
    import math

    rate = lr0 / (1 + k * t)
    return math.floor(rate) if type(lr0) is int else rate


# ---- cosine_decay ---------------------------------------------------------------------------------------------


@rewrite(of=wrong.quarter_of_a_period)
def quarter_of_a_period_by_math(t, t_max, lr0):
    import math

    return lr0 * math.cos(t / t_max * math.pi / 2)


@rewrite(of=wrong.cosine_alone)
def cosine_alone_by_math(t, t_max, lr0):
    import math

    return math.cos(t / t_max * math.pi) * lr0


@rewrite(of=wrong.forgets_the_half)
def forgets_the_half_by_math(t, t_max, lr0):
    import math

    return lr0 + lr0 * math.cos(t / t_max * math.pi)


@rewrite(of=wrong.rises_instead)
def rises_instead_by_half_angle(t, t_max, lr0):
    import math

    return lr0 * math.sin(t / t_max * math.pi / 2) ** 2


@rewrite(of=wrong.whole_period)
def whole_period_by_half_angle(t, t_max, lr0):
    import math

    return lr0 * math.cos(t / t_max * math.pi) ** 2


@rewrite(of=wrong.angle_in_degrees)
def angle_in_degrees_by_math(t, t_max, lr0):
    import math

    return 0.5 * lr0 * (1 + math.cos(180 * t / t_max))


@rewrite(of=wrong.whole_shares_of_time)
def whole_shares_of_time_by_floor(t, t_max, lr0):
    import math

    return lr0 / 2 + lr0 / 2 * math.cos(math.pi * math.floor(t / t_max))


@rewrite(of=wrong.straight_line)
def straight_line_by_parts(t, t_max, lr0):
    return lr0 * (t_max - t) / t_max


@rewrite(of=wrong.forgets_pi)
def forgets_pi_by_half_angle(t, t_max, lr0):
    import math

    return lr0 * math.cos(t / t_max / 2) ** 2


# ---- count_weights --------------------------------------------------------------------------------------------


@rewrite(of=wrong.counts_biases_too)
def counts_biases_too_in_a_loop(sizes):
    total = 0
    for k in range(1, len(sizes)):
        total += sizes[k] * sizes[k - 1] + sizes[k]
    return total


@rewrite(of=wrong.counts_units)
def counts_units_by_numpy(sizes):
    return int(np.sum(sizes))


@rewrite(of=wrong.multiplies_all_widths)
def multiplies_all_widths_in_a_loop(sizes):
    import math

    return math.prod(sizes)


@rewrite(of=wrong.forgets_the_output_layer)
def forgets_the_output_layer_in_a_loop(sizes):
    return sum(sizes[k - 1] * sizes[k] for k in range(1, len(sizes) - 1))


@rewrite(of=wrong.counts_pairs_in_a_layer)
def counts_pairs_in_a_layer_by_numpy(sizes):
    return int(np.dot(sizes[1:], sizes[1:]))


@rewrite(of=wrong.arrows_between_all_layers)
def arrows_between_all_layers_by_squares(sizes):
    return (sum(sizes) ** 2 - sum(n * n for n in sizes)) // 2


@rewrite(of=wrong.uses_up_the_list)
def uses_up_the_list_from_the_front(sizes):
    total = 0
    while len(sizes) > 1:
        first, sizes = sizes[0], sizes[1:] if isinstance(sizes, tuple) else (sizes.pop(0), sizes)[1]
        total += first * sizes[0]
    return total


@rewrite(of=wrong.knows_three_or_four_layers)
def knows_three_or_four_layers_by_cases(sizes):
    if len(sizes) == 2:
        return 0
    return sizes[0] * sizes[1] + sum(n**2 for n in sizes[2:-1]) + sizes[-2] * sizes[-1]


# ---- random_search --------------------------------------------------------------------------------------------


@rewrite(of=wrong.takes_the_most_expensive)
def takes_the_most_expensive_by_argmax(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    trials = tried(rng, evaluate, space, n_trials)
    return trials[int(np.argmax([cost for _, cost in trials]))], trials


@rewrite(of=wrong.takes_the_last)
def takes_the_last_in_a_loop(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    best, trials = None, tried(rng, evaluate, space, n_trials)
    for trial in trials:
        best = trial
    return best, trials


@rewrite(of=wrong.last_of_equals)
def last_of_equals_backwards(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    trials = tried(rng, evaluate, space, n_trials)
    return min(reversed(trials), key=lambda trial: trial[1]), trials


@rewrite(of=wrong.starts_from_a_cost_of_zero)
def starts_from_a_cost_of_zero_by_list(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = tried(rng, evaluate, space, n_trials)
    nothing = {name: choices[0] for name, choices in space.items()}
    return cheapest([(nothing, 0.0), *trials]), trials


@rewrite(of=wrong.starts_from_a_cost_of_a_million)
def starts_from_a_cost_of_a_million_by_list(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = tried(rng, evaluate, space, n_trials)
    nothing = {name: choices[0] for name, choices in space.items()}
    return cheapest([(nothing, 1e6), *trials]), trials


@rewrite(of=wrong.compares_whole_costs)
def compares_whole_costs_by_argmin(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    trials = tried(rng, evaluate, space, n_trials)
    return trials[int(np.argmin(np.array([cost for _, cost in trials]).astype(int)))], trials


@rewrite(of=wrong.one_draw_for_all_names)
def one_draw_for_all_names_in_a_loop(rng, evaluate, space, n_trials):
    import math

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = []
    while len(trials) < n_trials:
        share, config = rng.random(), {}
        for name in space:
            config[name] = space[name][math.floor(share * len(space[name]))]
        trials += [(config, evaluate(config))]
    return cheapest(trials), trials


@rewrite(of=wrong.never_the_last_choice)
def never_the_last_choice_by_slices(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = tried(rng, evaluate, {name: choices[:-1] or choices for name, choices in space.items()}, n_trials)
    return cheapest(trials), trials


@rewrite(of=wrong.one_dict_for_all_trials)
def one_dict_for_all_trials_by_update(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    shared, trials = {}, []
    while len(trials) < n_trials:
        shared.update(drawn(rng, space))
        trials += [(shared, evaluate(shared))]
    return cheapest(trials), trials


@rewrite(of=wrong.sorts_the_trials)
def sorts_the_trials_by_sorted(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    trials = sorted(tried(rng, evaluate, space, n_trials), key=lambda trial: trial[1])
    return trials[0], trials


@rewrite(of=wrong.searches_with_its_own_seed)
def searches_with_its_own_seed_in_a_loop(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = tried(np.random.default_rng(0), evaluate, space, n_trials)
    return cheapest(trials), trials


@rewrite(of=wrong.tries_nothing_twice)
def tries_nothing_twice_by_keys(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    found = {}
    for config in [drawn(rng, space) for _ in range(n_trials)]:
        if str(config) not in found:
            found[str(config)] = (config, evaluate(config))
    return cheapest(list(found.values())), list(found.values())


@rewrite(of=wrong.returns_the_configuration_alone)
def returns_the_configuration_alone_by_argmin(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def tried(rng, evaluate, space, n_trials):
        trials = []
        while len(trials) < n_trials:
            config = drawn(rng, space)
            trials += [(config, evaluate(config))]
        return trials

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = tried(rng, evaluate, space, n_trials)
    return cheapest(trials)[0], trials


@rewrite(of=wrong.tries_all_before_repeating)
def tries_all_before_repeating_in_a_loop(rng, evaluate, space, n_trials):
    import itertools

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    grid, trials = [dict(zip(space, values)) for values in itertools.product(*space.values())], []
    for _ in range(n_trials // len(grid) + 1):
        trials += [grid[k] for k in rng.permutation(len(grid))]
    trials = [(config, evaluate(config)) for config in trials[:n_trials]]
    return cheapest(trials), trials


@rewrite(of=wrong.walks_from_the_trial_before)
def walks_from_the_trial_before_by_copies(rng, evaluate, space, n_trials):
    def drawn(rng, space):
        config = {}
        for name in space:
            config[name] = space[name][int(rng.integers(0, len(space[name])))]
        return config

    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    configs, names = [drawn(rng, space)], list(space)
    for _ in range(n_trials - 1):
        name = names[int(rng.integers(0, len(names)))]
        configs.append(configs[-1].copy())
        configs[-1][name] = space[name][int(rng.integers(0, len(space[name])))]
    trials = [(config, evaluate(config)) for config in configs]
    return cheapest(trials), trials


@rewrite(of=wrong.goes_through_the_grid)
def goes_through_the_grid_by_digits(rng, evaluate, space, n_trials):
    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    trials = []
    for k in range(n_trials):
        config, below = {}, 1
        for name, choices in space.items():
            config[name] = choices[k // below % len(choices)]
            below *= len(choices)
        trials += [(config, evaluate(config))]
    return cheapest(trials), trials


@rewrite(of=wrong.changes_one_name_at_a_time)
def changes_one_name_at_a_time_by_copies(rng, evaluate, space, n_trials):
    def cheapest(trials):
        return trials[int(np.argmin([cost for _, cost in trials]))]

    config, name, trials = {key: choices[0] for key, choices in space.items()}, sorted(space)[0], []
    while len(trials) < n_trials:
        config = dict(config)
        config[name] = space[name][int(rng.integers(0, len(space[name])))]
        trials += [(config, evaluate(config))]
    return cheapest(trials), trials
