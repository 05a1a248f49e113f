"""Right answers to homework 6 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import right

# ---- l2_cost --------------------------------------------------------------------------------------------------


@right("l2_cost")
def one_long_vector(losses, weights, lam):
    w = np.concatenate([np.zeros(1), *[np.ravel(part) for part in weights]])
    return np.mean(losses) + lam * (w @ w)


@right("l2_cost")
def adds_up_in_loops(losses, weights, lam):
    cost = 0.0
    for loss in losses:
        cost += loss / len(losses)
    for part in weights:
        for weight in np.asarray(part).flat:
            cost += lam * weight**2
    return cost


@right("l2_cost")
def squares_of_norms(losses, weights, lam):
    norms = np.array([np.linalg.norm(np.asarray(part).ravel()) for part in weights])
    return [np.sum(losses) / np.size(losses) + lam * np.sum(norms**2)]


@right("l2_cost")
def with_single_precision_sums(losses, weights, lam):
    penalty = np.float32(0)
    for part in weights:
        penalty += np.float32(np.vdot(part, part))
    return np.float32(np.average(losses)) + np.float32(lam) * penalty


# ---- weight_decay_step ----------------------------------------------------------------------------------------


@right("weight_decay_step")
def slope_of_the_whole_cost(w, grad, lr, lam):
    return w - lr * (grad + 2 * lam * w)


@right("weight_decay_step")
def shrinks_then_steps(w, grad, lr, lam):
    return (1 - 2 * lr * lam) * np.asarray(w) - lr * np.asarray(grad)


@right("weight_decay_step")
def weight_by_weight(w, grad, lr, lam):
    new = np.empty(np.shape(w))
    for index in np.ndindex(new.shape):
        new[index] = w[index] - lr * grad[index] - 2 * lr * lam * w[index]
    return new.tolist()


@right("weight_decay_step")
def changes_a_copy_in_float32(w, grad, lr, lam):
    new = np.array(w, dtype=np.float32)
    new *= 1 - 2 * lr * lam
    new -= np.float32(lr) * np.float32(grad)
    return new


# ---- dropout_forward ------------------------------------------------------------------------------------------


@right("dropout_forward")
def throws_a_coin_for_each_entry(rng, A, drop_prob, training):
    if not training:
        return A, np.ones(A.shape)
    keep_prob = 1 - drop_prob
    mask = rng.binomial(1, keep_prob, size=A.shape) / keep_prob
    return A * mask, mask


@right("dropout_forward")
def entry_after_entry(rng, A, drop_prob, training):
    mask = np.ones(A.shape)
    out = np.array(A, dtype=float)
    if training:
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                mask[i, j] = 0.0 if rng.random() < drop_prob else 1 / (1 - drop_prob)
                out[i, j] *= mask[i, j]
    return [out.tolist(), mask.tolist()]


@right("dropout_forward")
def chooses_between_two_values(rng, A, drop_prob, training):
    if training:
        mask = rng.choice([0.0, 1.0 / (1.0 - drop_prob)], size=np.shape(A), p=[drop_prob, 1.0 - drop_prob])
    else:
        mask = np.full(np.shape(A), 1, dtype=int)
    return np.multiply(A, mask), mask


@right("dropout_forward")
def evaluation_drops_with_probability_zero(rng, A, drop_prob, training):
    p = drop_prob if training else 0.0
    keep = rng.uniform(0, 1, size=A.shape) > p
    out = np.zeros(A.shape)
    out[keep] = A[keep] / (1 - p)
    return out, keep * (1 / (1 - p))


@right("dropout_forward")
def in_single_precision(rng, A, drop_prob, training):
    mask = np.ones(A.shape, dtype=np.float32)
    if training:
        mask[rng.random(A.shape, dtype=np.float32) < drop_prob] = 0
        mask /= np.float32(1 - drop_prob)
    return A.astype(np.float32) * mask, mask


# ---- dropout_backward -----------------------------------------------------------------------------------------


@right("dropout_backward")
def entry_by_entry_in_lists(dout, mask):
    return [[slope * scale for slope, scale in zip(*rows)] for rows in zip(dout, mask)]


@right("dropout_backward")
def clears_the_dropped_entries(dout, mask):
    dA = np.array(dout, dtype=float)
    dA[mask == 0] = 0
    dA[mask != 0] *= mask[mask != 0]
    return dA


@right("dropout_backward")
def with_einsum(dout, mask):
    return np.einsum("nj,nj->nj", dout, mask)


@right("dropout_backward")
def scaled_in_float32(dout, mask):
    return np.where(mask == 0, np.float32(0), np.float32(dout) * np.float32(mask))


# ---- batch_norm_forward ---------------------------------------------------------------------------------------


@right("batch_norm_forward")
def one_formula_for_both_modes(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    mu, var = running_mean, running_var
    if training:
        mu = np.mean(X, axis=0)
        var = np.mean((X - mu) ** 2, axis=0)
        running_mean = running_mean * momentum + mu * (1 - momentum)
        running_var = running_var * momentum + var * (1 - momentum)
    return (X - mu) / np.sqrt(eps + var) * gamma + beta, running_mean, running_var


@right("batch_norm_forward")
def unit_by_unit(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    columns, means, variances = [], [], []
    for j in range(len(X[0])):
        column = [float(row[j]) for row in X]
        mean, var, new_mean, new_var = running_mean[j], running_var[j], running_mean[j], running_var[j]
        if training:
            mean = sum(column) / len(column)
            var = sum((x - mean) ** 2 for x in column) / len(column)
            new_mean += (1 - momentum) * (mean - new_mean)
            new_var += (1 - momentum) * (var - new_var)
        columns.append([gamma[j] * (x - mean) / (var + eps) ** 0.5 + beta[j] for x in column])
        means.append(new_mean)
        variances.append(new_var)
    return [list(row) for row in zip(*columns)], means, variances


@right("batch_norm_forward")
def scale_and_shift_of_a_line(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    keep = momentum if training else 1.0
    mean = np.sum(X, axis=0) / len(X) if training else np.array(running_mean, dtype=float)
    var = np.sum(np.square(X - mean), axis=0) / len(X) if training else np.array(running_var, dtype=float)
    slope = gamma / (var + eps) ** 0.5
    out = X * slope + (beta - mean * slope)
    return [out, keep * running_mean + (1 - keep) * mean, keep * running_var + (1 - keep) * var]


@right("batch_norm_forward")
def mean_of_squares_minus_square_of_mean(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    if training:
        mu, var = X.mean(0), np.maximum((np.asarray(X, dtype=float) ** 2).mean(0) - X.mean(0) ** 2, 0)
        new_mean, new_var = momentum * running_mean + (1 - momentum) * mu, momentum * running_var + (1 - momentum) * var
    else:
        mu, var, new_mean, new_var = running_mean, running_var, running_mean.copy(), running_var.copy()
    return gamma * ((X - mu) / np.sqrt(var + eps)) + beta, new_mean, new_var


@right("batch_norm_forward")
def results_in_float32(X, gamma, beta, running_mean, running_var, training, momentum, eps):
    mean, var = (np.mean(X, axis=0), np.cov(X.T, bias=True).reshape(X.shape[1], -1)) if training else (0, 0)
    mean, var = (mean, np.diagonal(var)) if training else (running_mean, running_var)
    out = gamma * (X - mean) / np.sqrt(var + eps) + beta
    share = 1 - momentum if training else 0
    new = running_mean + share * (mean - running_mean), running_var + share * (var - running_var)
    return np.float32(out), np.float32(new[0]), np.float32(new[1])


# ---- batch_norm_backward --------------------------------------------------------------------------------------


@right("batch_norm_backward")
def step_by_step_through_the_graph(dout, X, gamma, eps):
    n = len(X)
    centred = X - X.mean(axis=0)
    var = (centred**2).mean(axis=0)
    root = np.sqrt(var + eps)
    hat = centred / root
    dbeta, dgamma = dout.sum(axis=0), (dout * hat).sum(axis=0)
    dhat = dout * gamma
    droot = -(dhat * centred).sum(axis=0) / root**2
    dvar = droot / (2 * root)
    dcentred = dhat / root + dvar * 2 * centred / n
    dmean = -dcentred.sum(axis=0)
    return dcentred + dmean / n, dgamma, dbeta


@right("batch_norm_backward")
def three_paths_of_one_entry(dout, X, gamma, eps):
    N, D = np.shape(X)
    mean, var = np.mean(X, axis=0), np.var(X, axis=0)
    dX = np.zeros((N, D))
    for j in range(D):
        root = np.sqrt(var[j] + eps)
        for n in range(N):
            for m in range(N):
                own = float(m == n) / root
                by_mean = -1 / (N * root)
                by_var = -(X[m][j] - mean[j]) / (2 * root**3) * 2 * (X[n][j] - mean[j]) / N
                dX[n, j] += dout[m][j] * gamma[j] * (own + by_mean + by_var)
    hat = (X - mean) / np.sqrt(var + eps)
    return dX.tolist(), [float(np.dot(dout[:, j], hat[:, j])) for j in range(D)], np.sum(dout, axis=0)


@right("batch_norm_backward")
def jacobian_of_each_column(dout, X, gamma, eps):
    n, parts, dgamma = len(X), [], []
    centre = np.eye(n) - np.ones((n, n)) / n
    for x, d, g in zip(X.T, dout.T, gamma):
        c = centre @ x
        s = np.sqrt(c @ c / n + eps)
        jacobian = g * (centre / s - np.outer(c, c) / (n * s**3))
        parts.append(jacobian.T @ d)
        dgamma.append(c @ d / s)
    return np.array(parts).T, np.array(dgamma), np.ones(n) @ dout


@right("batch_norm_backward")
def out_of_dgamma_and_dbeta(dout, X, gamma, eps):
    N = X.shape[0]
    inverse = (X.var(axis=0) + eps) ** -0.5
    hat = inverse * (X - X.mean(axis=0))
    dbeta = np.einsum("nd->d", dout)
    dgamma = np.einsum("nd,nd->d", dout, hat)
    return [gamma * inverse / N * (N * dout - dbeta - hat * dgamma), dgamma, dbeta]


@right("batch_norm_backward")
def gradients_in_float32(dout, X, gamma, eps):
    std = np.sqrt(np.var(X, axis=0, keepdims=True) + eps)
    hat = (X - np.mean(X, axis=0, keepdims=True)) / std
    dhat = dout * gamma
    dX = (dhat - dhat.mean(axis=0) - hat * (dhat * hat).mean(axis=0)) / std
    return np.float32(dX), np.float32(np.sum(dout * hat, axis=0)), np.float32(np.sum(dout, axis=0, keepdims=True))
