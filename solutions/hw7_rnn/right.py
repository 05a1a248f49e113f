"""Right answers to homework 7 in other styles; each must earn full marks."""

# ruff: noqa: B905, D103  written as students write them; the names say what they are

import numpy as np

from autograder.check import right
from nnref.clipping import clip_by_global_norm
from nnref.outputs import softmax
from nnref.rnn import rnn_backward, rnn_forward, rnn_step, sequence_loss, softmax_nll_grad, tanh_backward

# ---- rnn_step -------------------------------------------------------------------------------------------------


@right("rnn_step")
def unit_by_unit(x, s, Ws, Wx):
    new = []
    for j in range(len(s)):
        a = sum(s[i] * Ws[i, j] for i in range(len(s))) + sum(x[k] * Wx[k, j] for k in range(len(x)))
        new.append(np.tanh(a))
    return new


@right("rnn_step")
def stacked_into_one_product(x, s, Ws, Wx):
    return np.tanh(np.concatenate([s, x]) @ np.vstack([Ws, Wx]))


@right("rnn_step")
def columns_as_in_the_lecture(x, s, Ws, Wx):
    a = Ws.T @ np.reshape(s, (-1, 1)) + Wx.T @ np.reshape(x, (-1, 1))
    return np.tanh(a)


@right("rnn_step")
def step_in_single_precision(x, s, Ws, Wx):
    return np.tanh(np.einsum("i,ij->j", np.float32(s), np.float32(Ws)) + np.float32(x) @ np.float32(Wx))


# ---- rnn_forward ----------------------------------------------------------------------------------------------


@right("rnn_forward")
def fills_arrays_made_beforehand(tokens, s0, Ws, Wx, Wo):
    T = len(tokens) - 1
    S, P = np.zeros((T, len(s0))), np.zeros((T, Wo.shape[1]))
    for t in range(1, T + 1):
        before = s0 if t == 1 else S[t - 2]
        S[t - 1] = np.tanh(before @ Ws + Wx[tokens[t - 1]])
        P[t - 1] = softmax(S[t - 1] @ Wo)
    return S, P


@right("rnn_forward")
def recursive_on_the_rest(tokens, s0, Ws, Wx, Wo):
    def rest(tokens, s):
        if len(tokens) == 1:
            return []
        x = np.zeros(Wx.shape[0])
        x[tokens[0]] = 1
        s = rnn_step(x, s, Ws, Wx)
        return [s, *rest(tokens[1:], s)]

    S = rest(list(tokens), s0)
    return S, [softmax(np.asarray(s) @ Wo) for s in S]


@right("rnn_forward")
def without_the_given_softmax(tokens, s0, Ws, Wx, Wo):
    states = [np.array(s0, dtype=float)]
    for onehot in np.eye(len(Wx))[list(tokens[:-1])]:
        states.append(np.array(rnn_step(onehot, states[-1], Ws, Wx)))
    S = np.stack(states[1:])
    logits = S.dot(Wo)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return [S, e / e.sum(axis=1, keepdims=True)]


@right("rnn_forward")
def forward_in_single_precision(tokens, s0, Ws, Wx, Wo):
    s, S, P = np.float32(s0), [], []
    for token in tokens[:-1]:
        s = np.tanh(s @ np.float32(Ws) + np.float32(Wx)[token])
        z = s @ np.float32(Wo)
        S.append(s)
        P.append(np.exp(z - np.logaddexp.reduce(z)))
    return np.array(S), np.array(P)


# ---- sequence_loss --------------------------------------------------------------------------------------------


@right("sequence_loss")
def token_by_token(tokens, P):
    loss = 0.0
    for t in range(1, len(tokens)):
        p = P[t - 1][tokens[t]]
        loss += -np.log(p) if p > 0 else np.inf
    return loss


@right("sequence_loss")
def fancy_indexing(tokens, P):
    came = np.asarray(tokens)[1:]
    with np.errstate(divide="ignore"):
        return -np.log(P[np.arange(len(P)), came]).sum()


@right("sequence_loss")
def with_a_one_hot_mask(tokens, P):
    onehot = np.eye(np.shape(P)[1])[np.asarray(tokens[1:])]
    return np.sum(-np.log(np.clip(np.sum(onehot * P, axis=1), 1e-15, None)))


@right("sequence_loss")
def with_a_tiny_number_added(tokens, P):
    return np.float64(sum(np.log(1 / (P[t, k] + 1e-12)) for t, k in enumerate(tokens[1:])))


@right("sequence_loss")
def loss_in_single_precision(tokens, P):
    came = np.take_along_axis(np.float32(P), np.reshape(tokens[1:], (-1, 1)), axis=1)
    return np.array([-np.sum(np.log(np.maximum(came, np.float32(1e-30))))])


# ---- softmax_nll_grad -----------------------------------------------------------------------------------------


@right("softmax_nll_grad")
def as_the_lecture_writes_it(p, token):
    return -(np.eye(len(p))[token] - p)


@right("softmax_nll_grad")
def list_of_differences(p, token):
    return [float(p[k]) - (k == token) for k in range(len(p))]


@right("softmax_nll_grad")
def where_the_token_is(p, token):
    return np.float32(np.where(np.arange(np.size(p)) == token, np.asarray(p) - 1.0, p))


@right("softmax_nll_grad")
def jacobian_of_softmax(p, token):
    p = np.array(p, dtype=float)
    jacobian = np.diag(p) - np.outer(p, p)
    if p[token] > 1e-12:
        return jacobian @ (-np.eye(len(p))[token] / p[token])
    return p - np.eye(len(p))[token]


# ---- tanh_backward --------------------------------------------------------------------------------------------


@right("tanh_backward")
def two_factors(ds, s):
    return np.multiply(ds, (1 - np.asarray(s)) * (1 + np.asarray(s)))


@right("tanh_backward")
def what_is_lost(ds, s):
    return (np.asarray(ds) - np.asarray(ds) * np.power(s, 2)).tolist()


@right("tanh_backward")
def entry_after_entry(ds, s):
    da = np.zeros(np.shape(ds))
    for index in np.ndindex(da.shape):
        da[index] = np.asarray(ds)[index] * (1 - np.asarray(s)[index] ** 2)
    return da


@right("tanh_backward")
def slope_in_single_precision(ds, s):
    return np.float32(ds) * (1 - np.float32(s) ** 2)


# ---- rnn_backward ---------------------------------------------------------------------------------------------


@right("rnn_backward")
def two_parts_by_name(tokens, s0, Ws, Wx, Wo):
    T, m, V = len(tokens) - 1, len(s0), len(Wx)
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    dWs, dWx, dWo = np.zeros((m, m)), np.zeros((V, m)), np.zeros((m, V))
    from_next = np.zeros(m)
    for t in reversed(range(T)):
        dz = softmax_nll_grad(P[t], tokens[t + 1])
        ds = np.asarray(dz) @ Wo.T + from_next
        da = ds * (1 - np.asarray(S[t]) ** 2)
        s_before = S[t - 1] if t > 0 else s0
        x = np.eye(V)[tokens[t]]
        dWo += np.outer(S[t], dz)
        dWs += np.outer(s_before, da)
        dWx += np.outer(x, da)
        from_next = da @ Ws.T
    return dWs, dWx, dWo


@right("rnn_backward")
def all_products_at_the_end(tokens, s0, Ws, Wx, Wo):
    S, P = (np.asarray(part) for part in rnn_forward(tokens, s0, Ws, Wx, Wo))
    T = len(S)
    dZ = P - np.eye(len(Wx))[np.asarray(tokens[1:])]
    dS, dA = dZ @ Wo.T, np.zeros(S.shape)
    for t in range(T - 1, -1, -1):
        later = dA[t + 1] @ Ws.T if t + 1 < T else 0
        dA[t] = (dS[t] + later) * (1 - S[t] ** 2)
    X = np.eye(len(Wx))[np.asarray(tokens[:-1])]
    return np.vstack([s0, S[:-1]]).T @ dA, X.T @ dA, S.T @ dZ


@right("rnn_backward")
def one_loss_at_a_time(tokens, s0, Ws, Wx, Wo):
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = [np.asarray(s0), *S]
    dWs, dWx, dWo = (np.zeros(np.shape(W)) for W in (Ws, Wx, Wo))
    for t in range(1, len(tokens)):
        dz = np.array(P[t - 1], dtype=float)
        dz[tokens[t]] -= 1
        dWo += np.outer(states[t], dz)
        ds = Wo @ dz
        for earlier in range(t, 0, -1):  # follow this loss down to the start
            da = np.asarray(tanh_backward(ds, states[earlier]))
            dWs += np.outer(states[earlier - 1], da)
            dWx[tokens[earlier - 1]] += da
            ds = Ws @ da
    return [dWs, dWx, dWo]


@right("rnn_backward")
def recursive_through_time(tokens, s0, Ws, Wx, Wo):
    def back(t, s):
        if t == len(tokens) - 1:
            return np.zeros(len(s)), np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
        new = np.tanh(s @ Ws + Wx[tokens[t]])
        from_next, dWs, dWx, dWo = back(t + 1, new)
        dz = softmax(new @ Wo) - np.eye(len(Wx))[tokens[t + 1]]
        da = (Wo @ dz + from_next) * (1 - new**2)
        onehot = np.eye(len(Wx))[tokens[t]]
        return Ws @ da, dWs + np.outer(s, da), dWx + np.outer(onehot, da), dWo + np.outer(new, dz)

    _, dWs, dWx, dWo = back(0, np.asarray(s0, dtype=float))
    return dWs.tolist(), dWx.tolist(), dWo.tolist()


# ---- sample_sequence ------------------------------------------------------------------------------------------


@right("sample_sequence")
def inverse_of_the_cumulative_sum(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = [first_token], np.array(s0, dtype=float)
    for _ in range(length - 1):
        s = np.tanh(s @ Ws + Wx[tokens[-1]])
        edges = np.cumsum(softmax(s @ Wo))
        tokens.append(min(int(np.searchsorted(edges, rng.random(), side="right")), len(edges) - 1))
    return tokens


@right("sample_sequence")
def by_adding_gumbel_noise(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = np.zeros(length, dtype=int), s0
    tokens[0] = first_token
    for t in range(1, length):
        s = rnn_step(np.eye(len(Wx))[tokens[t - 1]], s, Ws, Wx)
        tokens[t] = np.argmax(np.dot(s, Wo) + rng.gumbel(size=len(Wx)))
    return tokens


@right("sample_sequence")
def through_rnn_forward(rng, s0, first_token, length, Ws, Wx, Wo):
    tokens, s = [int(first_token)], s0
    while len(tokens) < length:
        S, P = rnn_forward([tokens[-1], 0], s, Ws, Wx, Wo)
        s = S[-1]
        tokens = [*tokens, int(np.argmax(rng.multinomial(1, P[-1])))]
    return tuple(tokens)


@right("sample_sequence")
def draws_one_too_many(rng, s0, first_token, length, Ws, Wx, Wo):
    s, token, tokens = s0, first_token, []
    for _ in range(length):
        tokens.append(int(token))
        x = np.zeros(len(Wx))
        x[token] = 1.0
        s = rnn_step(x, s, Ws, Wx)
        token = rng.choice(np.arange(len(Wx)), p=softmax(np.asarray(s) @ Wo))
    return tokens


@right("sample_sequence")
def by_recursion(rng, s0, first_token, length, Ws, Wx, Wo):
    def after(s, token, left):
        if left == 0:
            return []
        s = np.tanh(s @ Ws + Wx[token])
        drawn = int(rng.multinomial(1, softmax(s @ Wo)).argmax())
        return [drawn, *after(s, drawn, left - 1)]

    return [int(first_token), *after(s0, first_token, length - 1)]


# ---- train_rnn ------------------------------------------------------------------------------------------------


@right("train_rnn")
def three_arrays_by_name(rng, sequences, params, lr, epochs, tau):
    Ws, Wx, Wo = (np.asarray(W, dtype=float) for W in params)
    s0, history = np.zeros(Ws.shape[0]), []
    for _ in range(epochs):
        order = np.arange(len(sequences))
        rng.shuffle(order)
        for i in order:
            dWs, dWx, dWo = rnn_backward(sequences[i], s0, Ws, Wx, Wo)
            dWs, dWx, dWo = clip_by_global_norm([dWs, dWx, dWo], tau)
            Ws, Wx, Wo = Ws - lr * dWs, Wx - lr * dWx, Wo - lr * dWo
        total = 0.0
        for tokens in sequences:
            _, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
            total += sequence_loss(tokens, P)
        history.append(total / len(sequences))
    return (Ws, Wx, Wo), history


@right("train_rnn")
def copies_changed_in_place(rng, sequences, params, lr, epochs, tau):
    params = [np.array(W, dtype=float) for W in params]
    history, s0 = np.zeros(epochs), np.zeros(len(params[0]))
    for epoch in range(epochs):
        for tokens in rng.permutation(np.array(sequences, dtype=object)):
            grads = rnn_backward(list(tokens), s0, *params)
            norm = np.sqrt(sum(np.sum(np.square(g)) for g in grads))
            for W, g in zip(params, grads):
                W -= lr * np.asarray(g) * (tau / norm if norm > tau else 1)
        history[epoch] = np.mean([sequence_loss(k, rnn_forward(k, s0, *params)[1]) for k in sequences])
    return params, history


@right("train_rnn")
def one_long_vector(rng, sequences, params, lr, epochs, tau):
    shapes = [np.shape(W) for W in params]
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]

    def unpacked(theta):
        return [part.reshape(shape) for part, shape in zip(np.split(theta, ends), shapes)]

    theta, zero, history = np.concatenate([np.ravel(W) for W in params]).astype(float), np.zeros(shapes[0][0]), []
    for _ in range(epochs):
        for i in rng.choice(len(sequences), size=len(sequences), replace=False):
            grad = np.concatenate([np.ravel(part) for part in rnn_backward(sequences[i], zero, *unpacked(theta))])
            theta = theta - lr * grad * min(1.0, tau / max(np.linalg.norm(grad), 1e-300))
        losses = [sequence_loss(tokens, rnn_forward(tokens, zero, *unpacked(theta))[1]) for tokens in sequences]
        history += [sum(losses) / len(losses)]
    return tuple(unpacked(theta)), history


@right("train_rnn")
def sorts_by_random_keys(rng, sequences, params, lr, epochs, tau):
    def epoch(params):
        for _, i in sorted((rng.random(), i) for i in range(len(sequences))):
            grads = clip_by_global_norm([np.asarray(g) for g in rnn_backward(sequences[i], 0 * s0, *params)], tau)
            params = [W - lr * g for W, g in zip(params, grads)]
        return params

    s0, history = np.zeros(np.shape(params[0])[0]), []
    for _ in range(epochs):
        params = epoch(params)
        predictions = [np.asarray(rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]
        history.append(np.mean([sequence_loss(tokens, P) for tokens, P in zip(sequences, predictions)]))
    return list(params), history
