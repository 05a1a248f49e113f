"""The recurrent network, against the lecture's column form differentiated by autograd."""

import itertools

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.rnn import (
    rnn_backward,
    rnn_forward,
    rnn_step,
    sequence_loss,
    softmax_nll_grad,
    tanh_backward,
)

V, M = 5, 3


@pytest.fixture
def weights(rng):
    """Ws, Wx and Wo for V = 5 tokens and M = 3 state units."""
    return rng.normal(size=(M, M)), rng.normal(size=(V, M)), rng.normal(size=(M, V))


def column_loss(Ws, Wx, Wo, tokens, s0):
    """MIT 6.7900 F24: s_t = tanh(W^s s + W^x x), p_t = softmax(W^o s_t) in columns, so each W is ours transposed."""
    s, loss = anp.reshape(s0, (-1, 1)), 0.0
    for token, following in itertools.pairwise(tokens):
        s = anp.tanh(Ws.T @ s + Wx.T[:, [token]])
        z = Wo.T @ s
        loss = loss + anp.log(anp.sum(anp.exp(z))) - z[following, 0]
    return loss


def test_step_adds_what_comes_from_state_and_from_input():
    """MIT 6.7900 F24: s_t = tanh(state part + input part); Ws[i, j] leads from i before to j after."""
    s = rnn_step([0, 1], [1, 0, 2], [[0, 1, 0], [9, 9, 9], [3, 0, 0]], [[9, 9, 9], [-5, 1, 0.5]])

    np.testing.assert_allclose(s, np.tanh([6 - 5, 1 + 1, 0.5]), rtol=1e-14)


def test_step_is_finite_and_new():
    """Values of a thousand saturate; no argument is written into."""
    x, s = np.array([1.0, 0.0]), np.array([1000.0, -1000.0])
    x.flags.writeable = s.flags.writeable = False

    new = rnn_step(x, s, 1000 * np.eye(2), np.zeros((2, 2)))

    assert new.tolist() == [1.0, -1.0]
    assert new.flags.writeable


def test_forward_follows_the_recurrence(rng, weights):
    """Row t - 1 of S is tanh(s_{t-1} Ws + Wx[k_{t-1}]), row t - 1 of P is proportional to exp(s_t Wo)."""
    Ws, Wx, Wo = weights
    tokens, s = [4, 0, 2, 2, 1], rng.normal(size=M)

    S, P = rnn_forward(tokens, s, Ws, Wx, Wo)

    assert (S.shape, P.shape) == ((4, M), (4, V))
    for t in range(4):
        s = np.tanh(s @ Ws + Wx[tokens[t]])
        np.testing.assert_allclose(S[t], s, rtol=1e-12)
        np.testing.assert_allclose(P[t], np.exp(s @ Wo) / np.exp(s @ Wo).sum(), rtol=1e-12)


@pytest.mark.parametrize("change", range(6))
def test_a_token_changes_only_later_predictions(rng, weights, change):
    """No peeking: s_t and p_t depend on k_0 .. k_{t-1}, so changing token i leaves the first i rows alone."""
    tokens, s0 = np.array([0, 1, 2, 3, 4, 0]), rng.normal(size=M)
    other = tokens.copy()
    other[change] = (tokens[change] + 1) % V

    (S, P), (S2, P2) = rnn_forward(tokens, s0, *weights), rnn_forward(other, s0, *weights)

    np.testing.assert_array_equal(P[:change], P2[:change])
    np.testing.assert_array_equal(S[:change], S2[:change])
    assert np.all(np.any(P[change:] != P2[change:], axis=1))


def test_forward_accepts_two_tokens_tuples_and_whole_numbers():
    """T = 1 gives one row; logits a thousand apart give finite probabilities that add up to 1."""
    S, P = rnn_forward((1, 0), [0, 0], np.zeros((2, 2), int), [[0, 0], [1000, 0]], [[1000, 0, 0], [0, 0, 0]])

    assert S.tolist() == [[1.0, 0.0]]
    assert P.tolist() == [[1.0, 0.0, 0.0]]


def test_arguments_stay_as_they_are_and_results_are_new(rng, weights):
    """Forward and backward pass write into fresh arrays only."""
    arguments = [np.array([1, 2, 2]), rng.normal(size=M), *weights]
    for array in arguments:
        array.flags.writeable = False

    S, P = rnn_forward(*arguments)
    grads = rnn_backward(*arguments)

    assert all(array.flags.writeable for array in (S, P, *grads))


def test_loss_adds_up_the_surprise_of_each_token_that_came():
    """P[0] predicts k_1 and P[1] predicts k_2: -log(1/4) - log(1/8) = 5 log 2, a sum and not a mean."""
    P = np.array([[0.25, 0.5, 0.25], [0.5, 0.375, 0.125]])

    loss = sequence_loss([1, 0, 2], P)

    assert isinstance(loss, float)
    assert loss == pytest.approx(5 * np.log(2), rel=1e-14)


def test_loss_of_uniform_predictions_is_log_of_the_vocabulary(rng):
    """With weights 0 each of the T tokens costs log V."""
    tokens = rng.integers(V, size=9)
    _, P = rnn_forward(tokens, np.zeros(M), np.zeros((M, M)), np.zeros((V, M)), np.zeros((M, V)))

    assert sequence_loss(tokens, P) == pytest.approx(8 * np.log(V), rel=1e-12)


def test_loss_of_a_certain_prediction_is_zero_or_large():
    """A certain right prediction costs nothing; a certain wrong one at least 20, never nan."""
    assert sequence_loss([0, 1], [[0, 1]]) == 0.0
    assert sequence_loss([0, 0], [[0, 1]]) >= 20
    assert sequence_loss([0, 0], [[1e-9, 1]]) == pytest.approx(9 * np.log(10), rel=1e-12)


def test_softmax_nll_grad_is_a_derivative_in_the_logits(rng):
    """Autograd and finite differences of log(sum(exp(z))) - z[token]."""
    z, token = rng.normal(size=V), 3
    p = np.exp(z) / np.exp(z).sum()
    p.flags.writeable = False

    def nll(z):
        return anp.log(anp.sum(anp.exp(z))) - z[token]

    dz = softmax_nll_grad(p, token)

    np.testing.assert_allclose(dz, grad(nll)(z), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(dz, slopes(nll, z), rtol=1e-5, atol=1e-8)
    assert dz.flags.writeable
    assert softmax_nll_grad([1, 0], 1).tolist() == [1.0, -1.0]


def test_tanh_backward_is_a_derivative_at_the_output(rng):
    """Finite differences of sum(ds * tanh(a)), from s = tanh(a) alone."""
    a, ds = rng.normal(size=(2, 4)), rng.normal(size=(2, 4))
    ds.flags.writeable = False

    da = tanh_backward(ds, np.tanh(a))

    np.testing.assert_allclose(da, slopes(lambda a: np.sum(ds * np.tanh(a)), a), rtol=1e-6, atol=1e-9)
    assert da.flags.writeable
    assert tanh_backward([3], [-1]).tolist() == [0.0]


@pytest.mark.parametrize("T", [1, 2, 7, 30])
def test_backward_is_the_derivative_of_the_loss(rng, weights, T):
    """All three gradients against autograd through an independent forward pass, short and long sequences."""
    tokens, s0 = rng.integers(V, size=T + 1), rng.normal(size=M)

    grads = rnn_backward(tokens, s0, *weights)

    for i, got in enumerate(grads):
        np.testing.assert_allclose(got, grad(column_loss, i)(*weights, tokens, s0), rtol=1e-8, atol=1e-10)


def test_backward_agrees_with_finite_differences_of_forward(rng, weights):
    """Nudging one recurrent weight moves the loss through every later state."""
    tokens, s0, (Ws, Wx, Wo) = [0, 3, 3, 1, 4], rng.normal(size=M), weights

    dWs, _, _ = rnn_backward(tokens, s0, Ws, Wx, Wo)

    slope = slopes(lambda W: sequence_loss(tokens, rnn_forward(tokens, s0, W, Wx, Wo)[1]), Ws)
    np.testing.assert_allclose(dWs, slope, rtol=1e-5, atol=1e-8)


def test_first_token_learns_from_the_last_prediction_through_the_states(rng, weights):
    """Token 4 comes only at time 0: a last token other than the model's guess still changes its row of dWx."""
    s0, (Ws, Wx, Wo) = np.zeros(M), weights

    early = [rnn_backward([4, 0, 0, last], s0, Ws, Wx, Wo)[1][4] for last in (1, 2)]
    cut = [rnn_backward([4, 0, 0, last], s0, 0 * Ws, Wx, Wo)[1][4] for last in (1, 2)]

    assert not np.allclose(*early)
    np.testing.assert_array_equal(*cut)
