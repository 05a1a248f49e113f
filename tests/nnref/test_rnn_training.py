"""Sampling from the recurrent network, and its training."""

import numpy as np
import pytest

from nnref.rnn import rnn_backward, rnn_forward, sample_sequence, sequence_loss, train_rnn

V, M = 5, 3


@pytest.fixture
def weights(rng):
    """Ws, Wx and Wo for V = 5 tokens and M = 3 state units."""
    return rng.normal(size=(M, M)), rng.normal(size=(V, M)), rng.normal(size=(M, V))


def test_sample_starts_with_its_first_token_and_has_the_stated_length(rng, weights):
    """A list of plain ints in 0..V-1; length 1 is the first token alone."""
    tokens = sample_sequence(rng, np.zeros(M), 2, 8, *weights)

    assert tokens[0] == 2
    assert len(tokens) == 8
    assert all(type(token) is int and 0 <= token < V for token in tokens)
    assert sample_sequence(rng, np.zeros(M), np.int64(3), 1, *weights) == [3]


def test_samples_have_the_probability_that_the_network_gives_them(rng, weights):
    """P(k_1, k_2 | k_0) = p_1[k_1] p_2[k_2]: each of 25 shares within six standard errors (false alarms below 1e-6)."""
    n, s0 = 4000, rng.normal(size=M)
    drawn = np.array([sample_sequence(rng, s0, 1, 3, *weights) for _ in range(n)])

    for k1 in range(V):
        _, P = rnn_forward([1, k1, 0], s0, *weights)
        for k2 in range(V):
            p = P[0][k1] * P[1][k2]
            share = np.mean((drawn[:, 1] == k1) & (drawn[:, 2] == k2))
            assert abs(share - p) <= 6 * np.sqrt(p * (1 - p) / n) + 10 / n  # 10 / n: rare pairs are not normal


def test_a_certain_network_always_says_the_same(rng):
    """Logits a thousand apart leave no choice: 0 is followed by 1, 1 by 0."""
    Wx, Wo = np.array([[20.0], [-20.0]]), np.array([[-1000.0, 1000.0]])

    assert sample_sequence(rng, [0], 0, 6, [[0]], Wx, Wo) == [0, 1, 0, 1, 0, 1]


def test_one_short_step_moves_by_the_clipped_gradient(rng, weights):
    """One sequence, one epoch: the step is -lr times the gradient from state 0, and no longer than lr * tau."""
    tokens, lr, tau = [0, 2, 1, 4], 0.1, 0.01
    for W in weights:
        W.flags.writeable = False

    params, _ = train_rnn(rng, [tokens], weights, lr, 1, tau)

    grads = rnn_backward(tokens, np.zeros(M), *weights)
    length = np.sqrt(sum(np.sum(dW**2) for dW in grads))
    assert length > tau
    for new, old, dW in zip(params, weights, grads, strict=True):
        np.testing.assert_allclose(new, old - lr * tau / length * dW, rtol=1e-9, atol=1e-12)


def test_each_epoch_uses_every_sequence_once_in_a_random_order(weights):
    """Two sequences, one epoch: the result is that of one of both orders; 40 generators show both (but for 2^-39)."""
    sequences, seen = [[0, 1, 2], [3, 3, 4, 0]], set()

    def in_order(order):
        params = weights
        for i in order:
            params, _ = train_rnn(np.random.default_rng(0), [sequences[i]], params, 0.5, 1, 5.0)
        return params[0]

    expected = {order: in_order(order) for order in [(0, 1), (1, 0)]}
    for seed in range(40):
        params, _ = train_rnn(np.random.default_rng(seed), sequences, weights, 0.5, 1, 5.0)
        seen.add(next(order for order, Ws in expected.items() if np.allclose(Ws, params[0], rtol=1e-12, atol=0)))

    assert seen == set(expected)


def test_history_ends_with_the_mean_loss_of_the_params_returned(rng, weights):
    """One float an epoch: the mean over sequences, not weighted by their length."""
    sequences = [[0, 1], [2, 3, 4, 0, 1]]

    params, history = train_rnn(rng, sequences, weights, 0.1, 3, 1.0)

    losses = [sequence_loss(tokens, rnn_forward(tokens, np.zeros(M), *params)[1]) for tokens in sequences]
    assert len(history) == 3
    assert all(type(loss) is float for loss in history)
    assert history[-1] == pytest.approx(np.mean(losses), rel=1e-10)


def test_no_epoch_changes_nothing_and_gives_new_arrays(weights, rng):
    """With epochs = 0 the weights come back as copies, with an empty history."""
    params, history = train_rnn(rng, [[0, 1]], weights, 0.1, 0, 1.0)

    assert history == []
    for new, old in zip(params, weights, strict=True):
        np.testing.assert_array_equal(new, old)
        assert not np.shares_memory(new, old)


def test_training_learns_a_grammar_that_needs_memory(rng):
    """In 0 0 1 0 0 1 ... whoever knows only the last token pays log 2 for each token that follows a 0, 8 of 12."""
    tokens = [0, 0, 1] * 4 + [0]
    params = (rng.normal(0, 0.5, (8, 8)), rng.normal(0, 0.5, (2, 8)), rng.normal(0, 0.5, (8, 2)))

    _, history = train_rnn(rng, [tokens], params, 0.1, 300, 1.0)

    assert history[-1] < 0.5 * 8 * np.log(2)
