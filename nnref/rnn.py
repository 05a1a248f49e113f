"""A recurrent network that predicts the next token, and backpropagation through time.

s_t = tanh(s_{t-1} Ws + x_{t-1} Wx) and p_t = softmax(s_t Wo), without biases; x_{t-1} is
the one-hot row of k_{t-1}.
"""

import numpy as np

from nnref.clipping import clip_by_global_norm
from nnref.outputs import softmax


def rnn_step(x, s, Ws, Wx):
    """The next state of a recurrent network, from its input and its state.

    Source: MIT 6.7900 F24, elementary computation graph, carried into the kit's row
    convention.

    Args:
        x: input x_{t-1}, one row, shape (V,).
        s: state s_{t-1}, one row, shape (m,).
        Ws: weights from state to state, shape (m, m); Ws[i, j] leads from unit i before to
            unit j after.
        Wx: weights from input to state, shape (V, m).

    Returns:
        s_t, a new float array of shape (m,). The activation is tanh; there is no bias.

    >>> Ws, Wx = np.ones((1, 1)), np.array([[5.0], [0.0]])
    >>> rnn_step(np.array([0.0, 1.0]), np.zeros(1), Ws, Wx).tolist()
    [0.0]
    """
    # begin answer
    return np.tanh(np.dot(s, Ws) + np.dot(x, Wx))


def rnn_forward(tokens, s0, Ws, Wx, Wo):
    """All states and all predictions of a recurrent network that reads a sequence of tokens.

    Before token k_t the network has read k_0 .. k_{t-1} as one-hot rows; p_t is its
    prediction of k_t.

    Source: MIT 6.7900 F24, learning RNNs and elementary computation graph.

    Args:
        tokens: whole numbers k_0 .. k_T in 0..V-1, length T + 1, T at least 1.
        s0: the state before k_0 is read, shape (m,).
        Ws: weights from state to state, shape (m, m).
        Wx: weights from input to state, shape (V, m).
        Wo: weights from state to the logits, shape (m, V).

    Returns:
        (S, P): new float arrays. S (T, m) holds s_1 .. s_T and P (T, V) holds p_1 .. p_T,
        so row t - 1 belongs to time t. The last token is not read; it changes neither S nor
        P.

    >>> Ws, Wx, Wo = np.zeros((4, 4)), np.zeros((2, 4)), np.zeros((4, 2))
    >>> S, P = rnn_forward([0, 1, 1], np.zeros(4), Ws, Wx, Wo)
    >>> S.shape, P.tolist()
    ((2, 4), [[0.5, 0.5], [0.5, 0.5]])
    """
    # begin answer
    s, S = s0, []
    for token in tokens[:-1]:
        s = rnn_step(np.eye(len(Wx))[token], s, Ws, Wx)
        S.append(s)
    return np.array(S), softmax(np.dot(S, Wo))


def sequence_loss(tokens, P):
    """Negative log-likelihood of a sequence: the sum over t = 1 .. T of -log p_t[k_t].

    Source: MIT 6.7900 F24, learning RNNs (teacher forcing).

    Args:
        tokens: whole numbers k_0 .. k_T in 0..V-1, length T + 1.
        P: predicted distributions p_1 .. p_T, shape (T, V).

    Returns:
        The loss, a float, never nan: a sum over time, not a mean, of natural logarithms. A
        probability of at least 1e-9 counts as it is; a token that came although its
        probability was 0 costs at least 20, or infinity.

    >>> round(sequence_loss([0, 1, 1], np.array([[0.5, 0.5], [0.75, 0.25]])), 4)
    2.0794
    """
    # begin answer
    likelihoods = [p[token] for p, token in zip(P, tokens[1:], strict=True)]
    # The smallest positive float in place of 0 keeps the logarithm finite; 0.0 - turns a -0.0 into 0.0.
    return float(0.0 - np.sum(np.log(np.maximum(likelihoods, np.finfo(float).tiny))))


def softmax_nll_grad(p, token):
    """Gradient of -log p[token] with respect to the logits z, where p = softmax(z).

    Source: MIT 6.7900 F24, the slides after "one step backpropagation".

    Args:
        p: predicted distribution, shape (V,).
        token: the token that came, in 0..V-1.

    Returns:
        dz, a new float array of shape (V,).

    >>> softmax_nll_grad(np.array([0.0, 1.0, 0.0]), 1).tolist()
    [0.0, 0.0, 0.0]
    """
    # begin answer
    return p - np.eye(len(p))[token]


def tanh_backward(ds, s):
    """Gradient of a loss with respect to a, from its gradient with respect to s = tanh(a).

    Source: MIT 6.7900 F24, the slides after "one step backpropagation".

    Args:
        ds: gradient of the loss with respect to s, any shape.
        s: the *outputs* of tanh, of ds's shape (not the pre-activations a).

    Returns:
        da, a new float array of the same shape.

    >>> tanh_backward(np.array([3.0, 3.0]), np.array([0.0, 1.0])).tolist()
    [3.0, 0.0]
    """
    # begin answer
    return ds * (1.0 - np.square(s))


def rnn_backward(tokens, s0, Ws, Wx, Wo):
    """Gradients of the sequence loss of a recurrent network, through all T steps of time.

    Source: MIT 6.7900 F24, gradient steps within the computation graph. The last slide
    drops the gradient that reaches s_t from the next state; here it counts.

    Args:
        tokens: whole numbers k_0 .. k_T in 0..V-1, length T + 1, T at least 1.
        s0: the state before k_0 is read, shape (m,); it is fixed.
        Ws: weights from state to state, shape (m, m).
        Wx: weights from input to state, shape (V, m).
        Wo: weights from state to the logits, shape (m, V).

    Returns:
        (dWs, dWx, dWo): new float arrays of the shapes of Ws, Wx and Wo, gradients of the
        loss summed over time.

    >>> Ws, Wx, Wo = np.zeros((1, 1)), np.zeros((2, 1)), np.array([[0.0, 2.0]])
    >>> dWs, dWx, dWo = rnn_backward([0, 1], np.ones(1), Ws, Wx, Wo)
    >>> dWs.tolist(), dWx.tolist(), dWo.tolist()
    ([[-1.0]], [[-1.0], [0.0]], [[0.0, 0.0]])
    """
    # begin answer
    S, P = rnn_forward(tokens, s0, Ws, Wx, Wo)
    states = np.vstack([s0, S])  # row t is s_t
    dWs, dWx, dWo = np.zeros(np.shape(Ws)), np.zeros(np.shape(Wx)), np.zeros(np.shape(Wo))
    da = np.zeros(len(s0))  # beyond time T nothing depends on the state
    for t in range(len(S), 0, -1):
        dz = softmax_nll_grad(P[t - 1], tokens[t])
        # Two gradients meet at s_t: from its own prediction and from the next state.
        da = tanh_backward(np.dot(Wo, dz) + np.dot(Ws, da), states[t])
        dWo += np.outer(states[t], dz)
        dWs += np.outer(states[t - 1], da)
        dWx[tokens[t - 1]] += da
    return dWs, dWx, dWo


def sample_sequence(rng, s0, first_token, length, Ws, Wx, Wo):
    """A random sequence: each next token is drawn from the distribution predicted for it.

    Source: MIT 6.7900 F24, the RNN as a model of P(x_t | x_{t-1}, ..., x_1).

    Args:
        rng: a numpy Generator, the only source of randomness.
        s0: the state before the first token is read, shape (m,).
        first_token: k_0, in 0..V-1.
        length: how many tokens to give, the first one included; at least 1.
        Ws: weights from state to state, shape (m, m).
        Wx: weights from input to state, shape (V, m).
        Wo: weights from state to the logits, shape (m, V).

    Returns:
        A list of `length` ints that starts with first_token.

    >>> rng, zeros = np.random.default_rng(0), np.zeros((1, 1))
    >>> sample_sequence(rng, np.zeros(1), 0, 4, zeros, zeros, zeros)
    [0, 0, 0, 0]
    """
    # begin answer
    tokens, s = [int(first_token)], s0
    for _ in range(length - 1):
        s = rnn_step(np.eye(len(Wx))[tokens[-1]], s, Ws, Wx)
        p = softmax(np.dot(s, Wo))
        tokens.append(int(rng.choice(len(p), p=p)))
    return tokens


def train_rnn(rng, sequences, params, lr, epochs, tau):
    """A recurrent network trained by SGD on whole sequences, with clipped gradients.

    In every epoch each sequence is used once, in a fresh random order; each use is one step
    of gradient descent on that sequence's loss (a sum over time). Its gradient is clipped
    to length tau first, one length over the three arrays. Every sequence starts from the
    state 0.

    Source: MIT 6.7900 F24, learning RNNs; MIT 6.390 S26, gradient clipping.

    Args:
        rng: a numpy Generator, the only source of randomness.
        sequences: a list of token sequences of any lengths, each of at least 2 tokens.
        params: (Ws, Wx, Wo), the weights to start from, shapes (m, m), (V, m) and (m, V).
        lr: learning rate.
        epochs: number of passes over all sequences.
        tau: the greatest length of a gradient.

    Returns:
        (params, history): params is (Ws, Wx, Wo), new float arrays. history is a list of
        floats, one for each epoch: the mean over the sequences of the sequence loss,
        measured after the epoch with the params it ended with.

    >>> params = (np.zeros((1, 1)), np.zeros((2, 1)), np.zeros((1, 2)))
    >>> rng, sequences = np.random.default_rng(0), [[0, 1, 0], [1, 0, 1]]
    >>> params, history = train_rnn(rng, sequences, params, 0.1, 3, 1.0)
    >>> [round(loss, 4) for loss in history]
    [1.3863, 1.3863, 1.3863]
    """
    # begin answer
    params, history = tuple(np.array(W, dtype=float) for W in params), []
    s0 = np.zeros(len(params[0]))
    for _ in range(epochs):
        for i in rng.permutation(len(sequences)):
            grads = clip_by_global_norm(rnn_backward(sequences[i], s0, *params), tau)
            params = tuple(W - lr * dW for W, dW in zip(params, grads, strict=True))
        losses = [sequence_loss(tokens, rnn_forward(tokens, s0, *params)[1]) for tokens in sequences]
        history.append(float(np.mean(losses)))
    return params, history
