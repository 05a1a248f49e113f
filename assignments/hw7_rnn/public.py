"""Checks of homework 7 that students run themselves: hand-sized cases, properties, finite differences, shares."""

import math

import numpy as np

from autograder.chance import require_shares
from autograder.check import check
from autograder.compare import array, equal, number, require, slopes, unpack

# MIT 6.7900 F24 ("learning recurrent neural networks", "elementary computation graph", "gradient steps within the
# computation graph") prints formulas and no numbers. The numbers below are chosen so that results can be had on paper.
PAPER_X, PAPER_S = (0.0, 1.0, 0.0), (0.5, -1.0)
PAPER_WS = ((4.0, 0.0), (1.0, -1.0))
PAPER_WX = ((7.0, 5.0), (1.0, -1.0), (4.0, 6.0))
PAPER_A = (2.0, 0.0)  # (0.5 * 4 - 1 * 1) + 1 and (0.5 * 0 + 1 * 1) - 1

# One unit, two tokens, everything else in whole numbers; the logits are (0, s).
PAPER_ONE_UNIT = {"s0": (0.0,), "Ws": ((2.0,),), "Wx": ((1.0,), (-1.0,)), "Wo": ((0.0, 1.0),)}

# ---- rnn_step -------------------------------------------------------------------------------------------------


@check(points=0.5)
def step_of_the_network_on_paper(rnn_step):
    """The network on paper goes from (0.5, -1) with the input (0, 1, 0) to (tanh 2, tanh 0)."""
    got = rnn_step(np.array(PAPER_X), np.array(PAPER_S), np.array(PAPER_WS), np.array(PAPER_WX))
    equal("s", got, np.tanh(PAPER_A), axes="(m,)")


@check(points=1)
def each_entry_acts_through_its_own_row(rnn_step, rng):
    """A 1 at i in the state alone gives tanh of row i of Ws; a 1 at k in the input alone, tanh of row k of Wx."""
    Ws, Wx = rng.uniform(0.1, 0.9, size=(3, 3)), -rng.uniform(0.1, 0.9, size=(4, 3))
    for i in range(3):
        equal("s", rnn_step(np.zeros(4), np.eye(3)[i], Ws, Wx), np.tanh(Ws[i]), axes="(m,)")
    for k in range(4):
        equal("s", rnn_step(np.eye(4)[k], np.zeros(3), Ws, Wx), np.tanh(Wx[k]), axes="(m,)")


# ---- rnn_forward ----------------------------------------------------------------------------------------------


def network(rng, V, m):
    """s0, Ws, Wx, Wo of a network with V tokens and m state units."""
    return rng.normal(size=m), rng.normal(size=(m, m)), rng.normal(size=(V, m)), rng.normal(size=(m, V))


def states_and_predictions(result, T, m, V):
    """S and P as finite arrays."""
    S, P = unpack(result, "S", "P")
    return array("S", S, (T, m), "(T, m)", finite=True), array("P", P, (T, V), "(T, V)", finite=True)


@check(points=0.5)
def one_unit_reads_two_tokens(rnn_forward):
    """The one unit on paper reads token 0, then token 1: s_1 = tanh(1), s_2 = tanh(2 s_1 - 1)."""
    s1 = math.tanh(1)
    s2 = math.tanh(2 * s1 - 1)
    S, P = states_and_predictions(rnn_forward([0, 1, 1], *map(np.array, PAPER_ONE_UNIT.values())), 2, 1, 2)
    equal("S", S, np.array([[s1], [s2]]), axes="(T, m)")
    right = np.array([1 / (1 + math.exp(-s1)), 1 / (1 + math.exp(-s2))])
    equal("P", P, np.column_stack([1 - right, right]), axes="(T, V)")


@check(points=1)
def each_row_is_one_step_after_the_row_above(rnn_forward, rnn_step, rng):
    """Row by row, S is what your own rnn_step makes of the token read and the state before."""
    tokens, (s0, Ws, Wx, Wo) = [3, 0, 2, 2, 1], network(rng, 4, 3)
    S, _ = states_and_predictions(rnn_forward(tokens, s0, Ws, Wx, Wo), 4, 3, 4)
    for t, s in enumerate([s0, *S[:-1].astype(float)]):
        expected = array("rnn_step(x, s, Ws, Wx)", rnn_step(np.eye(4)[tokens[t]], s, Ws, Wx), (3,), "(m,)")
        equal(f"row {t} of S", S[t], expected, axes="(m,)", rtol=1e-4, atol=1e-5)


@check(points=1)
def no_state_knows_what_comes_next(rnn_forward, rng):
    """Another token at place t leaves the first t rows of S and P as they are, and changes the rows after."""
    tokens, weights = np.array([0, 1, 2, 3, 0]), network(rng, 4, 3)
    S, P = states_and_predictions(rnn_forward(tokens, *weights), 4, 3, 4)
    for t in range(5):
        other = tokens.copy()
        other[t] = (tokens[t] + 1) % 4
        S2, P2 = states_and_predictions(rnn_forward(other, *weights), 4, 3, 4)
        equal(f"S up to row {t - 1}, after token {t} was changed", S2[:t], S[:t])
        equal(f"P up to row {t - 1}, after token {t} was changed", P2[:t], P[:t])
        require(t == 4 or np.any(S2[t] != S[t]), f"Token {t} is changed, and row {t} of S is the same.")


# ---- sequence_loss --------------------------------------------------------------------------------------------


@check(points=0.5)
def each_token_costs_its_surprise(sequence_loss):
    """Row 0 of P gave the token that came 1/4, row 1 gave it 1/8: the loss is log 4 + log 8."""
    P = np.array([[0.25, 0.5, 0.25], [0.5, 0.375, 0.125]])
    loss = number("the loss", sequence_loss([1, 0, 2], P))
    equal("the loss", loss, math.log(4) + math.log(8), examples=2)


@check(points=0.5)
def loss_of_an_undecided_network_is_log_of_the_vocabulary(sequence_loss, rng):
    """If every token is equally likely, each of the T tokens to come costs log V; the first one costs nothing."""
    for T, V in [(1, 4), (6, 3)]:
        loss = number("the loss", sequence_loss(rng.integers(V, size=T + 1), np.full((T, V), 1 / V)))
        equal("the loss", loss, T * math.log(V), examples=T)


# ---- softmax_nll_grad -----------------------------------------------------------------------------------------


@check(points=0.5)
def gradient_is_minus_one_hot_minus_p(softmax_nll_grad):
    """For p = (0.2, 0.5, 0.3) the lecture's -(one-hot - p) is (0.2, -0.5, 0.3) if token 1 came."""
    equal("dz", softmax_nll_grad(np.array([0.2, 0.5, 0.3]), 1), np.array([0.2, -0.5, 0.3]), axes="(V,)")


@check(points=0.5)
def logit_gradient_matches_finite_differences(softmax_nll_grad, rng):
    """dz tells how fast -log p[token] grows with each logit; its entries add up to 0."""
    z = rng.normal(size=5)
    p = np.exp(z) / np.exp(z).sum()
    for token in (0, 3):
        expected = slopes(lambda z: math.log(np.exp(z).sum()) - z[token], z)  # noqa: B023  called before token changes
        dz = array("dz", softmax_nll_grad(p, token), (5,), "(V,)")
        equal("dz", dz, expected, axes="(V,)")
        equal("the sum of dz", dz.sum(), 0.0, atol=1e-6)


# ---- tanh_backward --------------------------------------------------------------------------------------------


@check(points=0.5)
def saturated_unit_passes_nothing_back(tanh_backward):
    """A unit with s = 0 passes its gradient on whole, one with s = 1/2 three quarters, one with s = 1 or -1 nothing."""
    got = tanh_backward(np.array([3.0, -8.0, 5.0, 7.0]), np.array([0.0, 0.5, 1.0, -1.0]))
    equal("da", got, np.array([3.0, -6.0, 0.0, 0.0]), axes="shape of ds")


@check(points=0.5)
def tanh_gradient_matches_finite_differences(tanh_backward, rng):
    """da is the derivative of sum(ds * tanh(a)), found from s = tanh(a) alone."""
    a, ds = rng.uniform(0.3, 1.5, size=4) * [1, -1, 1, -1], rng.normal(size=4)
    expected = slopes(lambda a: np.vdot(ds, np.tanh(a)), a)
    equal("da", tanh_backward(ds, np.tanh(a)), expected, axes="shape of ds")


# ---- rnn_backward ---------------------------------------------------------------------------------------------

GRADIENT_AXES = ("shape of Ws", "shape of Wx", "shape of Wo")


@check(points=0.5)
def one_step_on_paper(rnn_backward):
    """T = 1: the lecture's four factors, one after the other, from the prediction back to the weights."""
    s0, Ws, Wx, Wo = 0.5, 2.0, (3.0, -1.0), (0.0, 1.0)  # token 1 is read: a = 0.5 * 2 - 1 = 0, so s = 0, p = (1/2, 1/2)
    got = rnn_backward([1, 0], np.array([s0]), np.array([[Ws]]), np.transpose([Wx]), np.array([Wo]))
    # dz = p - one-hot = (-1/2, 1/2), ds = Wo dz = 1/2, da = (1 - 0) ds
    expected = np.array([[0.25]]), np.array([[0.0], [0.5]]), np.array([[0.0, 0.0]])
    equal("dWs, dWx, dWo", got, expected, axes=GRADIENT_AXES)


@check(points=1)
def two_steps_on_paper(rnn_backward):
    """T = 2: at s_1 two gradients meet, one from its own prediction and one from s_2."""
    _, Ws, Wx, Wo = map(np.array, PAPER_ONE_UNIT.values())
    s0, s1 = 0.5, math.tanh(2 * 0.5 + 1)
    s2 = math.tanh(2 * s1 - 1)
    right1, right2 = (1 / (1 + math.exp(-s)) for s in (s1, s2))  # the probability of token 1
    da2 = right2 * (1 - s2**2)  # token 0 comes last
    own, from_next = right1 - 1, 2 * da2  # token 1 comes in the middle
    da1 = (own + from_next) * (1 - s1**2)
    dWs, dWx = np.array([[s0 * da1 + s1 * da2]]), np.array([[da1], [da2]])
    dWo = np.array([[s1 * (1 - right1) - s2 * right2, s1 * (right1 - 1) + s2 * right2]])
    slips = {"found without the gradient that comes from s_2": np.array([[own * (1 - s1**2)], [da2]])}
    got = unpack(rnn_backward([0, 1, 0], np.array([s0]), Ws, Wx, Wo), "dWs", "dWx", "dWo")
    equal("dWx", got[1], dWx, axes="shape of Wx", slips=slips)
    equal("dWs, dWx, dWo", got, (dWs, dWx, dWo), axes=GRADIENT_AXES)


@check(points=1)
def first_token_learns_from_the_last_one(rnn_backward, rng):
    """Token 4 is read first of all, and its weights feel which token comes last; if Ws is 0 they do not."""
    s0, Ws, Wx, Wo = network(rng, 5, 3)
    for recurrent, reaches in [(Ws, True), (0 * Ws, False)]:
        rows = []
        for last in (1, 2):
            _, dWx, _ = unpack(rnn_backward([4, 0, 0, last], s0, recurrent, Wx, Wo), "dWs", "dWx", "dWo")
            rows.append(array("dWx", dWx, (5, 3), "shape of Wx", finite=True)[4])
        moved = float(np.max(np.abs(rows[0] - rows[1])))
        require(reaches or moved < 1e-6, "Ws is 0, and the weights of the first token feel the last one all the same.")
        require(not reaches or moved > 1e-6, "The weights of the first token do not feel which token comes last.")


def same_slopes(k, rnn_backward, rnn_forward, sequence_loss, rng):
    """Compare dWs, dWx or dWo with finite differences of the notebook's own loss of its own predictions."""
    tokens, s0 = [2, 0, 0, 1], rng.normal(size=2)
    weights = [
        rng.uniform(0.3, 1.2, size=shape) * rng.choice([-1, 1], size=shape) for shape in [(2, 2), (3, 2), (2, 3)]
    ]

    def loss(W):
        _, P = states_and_predictions(rnn_forward(tokens, s0, *weights[:k], W, *weights[k + 1 :]), 3, 2, 3)
        return number("the loss", sequence_loss(tokens, P))

    name, got = ("dWs", "dWx", "dWo")[k], unpack(rnn_backward(tokens, s0, *weights), "dWs", "dWx", "dWo")
    expected = slopes(loss, weights[k], 2.0**-7)
    equal(name, got[k], expected, axes=GRADIENT_AXES[k], rtol=5e-3, atol=5e-3)


@check(points=1)
def dws_is_the_slope_of_your_own_loss(rnn_backward, rnn_forward, sequence_loss, rng):
    """dWs is the derivative of your own sequence_loss of your own rnn_forward."""
    same_slopes(0, rnn_backward, rnn_forward, sequence_loss, rng)


@check(points=0.5)
def dwx_is_the_slope_of_your_own_loss(rnn_backward, rnn_forward, sequence_loss, rng):
    """dWx is the derivative of your own sequence_loss of your own rnn_forward."""
    same_slopes(1, rnn_backward, rnn_forward, sequence_loss, rng)


@check(points=0.5)
def dwo_is_the_slope_of_your_own_loss(rnn_backward, rnn_forward, sequence_loss, rng):
    """dWo is the derivative of your own sequence_loss of your own rnn_forward."""
    same_slopes(2, rnn_backward, rnn_forward, sequence_loss, rng)


# ---- sample_sequence ------------------------------------------------------------------------------------------


def sampled(result, first, length, V):
    """The tokens as whole numbers, after a look at their number, the first of them and their range."""
    tokens = array("tokens", result, (length,), "(length,)", finite=True)
    require(tokens[0] == first, f"The sequence does not start with first_token, which is {first}.")
    require(np.all((tokens >= 0) & (tokens < V) & (tokens == np.floor(tokens))), f"A token is not one of 0 .. {V - 1}.")
    return tokens.astype(int)


def always_the_same_state(shares):
    """s0, Ws, Wx, Wo of a network without memory whose prediction is `shares` after every token."""
    V = len(shares)
    return np.zeros(1), np.zeros((1, 1)), np.full((V, 1), 20.0), np.log([shares])


@check(points=0.5)
def sequence_has_its_length_and_its_first_token(sample_sequence, rng):
    """The first token counts: with length 1 it is all there is."""
    weights = network(rng, 5, 3)
    for first, length in [(2, 1), (4, 2), (0, 9)]:
        sampled(sample_sequence(rng, weights[0], first, length, *weights[1:]), first, length, 5)


@check(points=1)
def network_without_doubt_leaves_no_choice(sample_sequence, rng):
    """If logits lie a thousand apart, 0 is always followed by 2, 2 by 1, and 1 by 0."""
    Wx, Wo = 20 * (2 * np.eye(3) - 1), 1000.0 * np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    got = sample_sequence(rng, np.zeros(3), 0, 7, np.zeros((3, 3)), Wx, Wo)
    equal("tokens", sampled(got, 0, 7, 3), np.array([0, 2, 1, 0, 2, 1, 0]))


@check(points=1)
def tokens_come_as_often_as_predicted(sample_sequence, rng):
    """A network that always predicts (0.65, 0.25, 0.1) says token 0 in 65 of 100 places and token 2 in 10."""
    shares = (0.65, 0.25, 0.1)
    s0, *weights = always_the_same_state(shares)
    tokens = [sampled(sample_sequence(rng, s0, 2, 201, *weights), 2, 201, 3)[1:] for _ in range(5)]
    require_shares("Token", np.bincount(np.concatenate(tokens), minlength=3), shares)


# ---- train_rnn ------------------------------------------------------------------------------------------------


def trained(result, V, m):
    """The three new weight arrays, and the history as it is: what a check does not ask about costs nothing there."""
    params, history = unpack(result, "params", "history")
    shapes = {"Ws": (m, m), "Wx": (V, m), "Wo": (m, V)}
    parts = zip(unpack(params, *shapes), shapes.items(), strict=True)
    return [array(name, part, shape, finite=True) for part, (name, shape) in parts], history


@check(points=1)
def one_sequence_is_one_step_down_your_own_gradient(train_rnn, rnn_backward, rng):
    """One sequence, one epoch: each weight moves by -lr times its entry of your rnn_backward, from the state 0."""
    tokens, (_, *params) = [0, 2, 1, 4], network(rng, 5, 3)
    grads = unpack(rnn_backward(tokens, np.zeros(3), *params), "dWs", "dWx", "dWo")
    new, _ = trained(train_rnn(rng, [tokens], tuple(params), 0.05, 1, 1e6), 5, 3)
    for name, after, before, grad in zip(("Ws", "Wx", "Wo"), new, params, grads, strict=True):
        grad = array(f"d{name} of rnn_backward", grad, before.shape, finite=True)
        equal(f"the step of {name}", after - before, -0.05 * grad, rtol=1e-3, atol=1e-6)


@check(points=1)
def no_step_is_longer_than_lr_times_tau(train_rnn, rng):
    """With tau = 0.01, three steps with learning rate 0.5 move the three arrays together by 0.015 at most."""
    _, *params = network(rng, 4, 3)
    new, _ = trained(train_rnn(rng, [[0, 1, 3, 2, 2]], tuple(params), 0.5, 3, 0.01), 4, 3)
    moved = math.sqrt(sum(float(np.sum((after - before) ** 2)) for after, before in zip(new, params, strict=True)))
    require(moved <= 0.0151, f"The weights moved by {moved:.4g} in all; 3 * 0.5 * 0.01 is 0.015.")
    require(moved >= 0.0135, f"The weights moved by {moved:.4g}; three clipped steps nearly along one line move 0.015.")


@check(points=1)
def history_ends_with_the_loss_of_the_params_returned(train_rnn, rnn_forward, sequence_loss, rng):
    """The last number of history is the mean of your own sequence losses, with the params that are returned."""
    sequences, (_, *params) = [[0, 1], [2, 3, 0, 0, 1]], network(rng, 4, 3)
    new, history = trained(train_rnn(rng, sequences, tuple(params), 0.1, 3, 1.0), 4, 3)
    history, losses = array("history", history, (3,), "(epochs,)", finite=True), []
    for tokens in sequences:
        _, P = states_and_predictions(rnn_forward(tokens, np.zeros(3), *new), len(tokens) - 1, 3, 4)
        losses.append(number("the loss", sequence_loss(tokens, P)))
    equal("the last number of history", history[-1], np.mean(losses), rtol=1e-4)


@check(points=1)
def training_learns_what_needs_memory(train_rnn, rng):
    """In 0 0 1 0 0 1 ... only a network with memory knows what follows a 0; training finds one."""
    sequences = [[0, 0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0]]
    start = np.random.default_rng(4)
    params = tuple(start.normal(0, 0.5, size=shape) for shape in [(6, 6), (2, 6), (6, 2)])
    _, history = trained(train_rnn(rng, sequences, params, 0.3, 25, 2.0), 2, 6)
    history = array("history", history, (None,), "(epochs,)", finite=True)
    require(len(history) > 0, "history is empty.", "SHAPE")
    # Without memory: of 11 tokens that follow a 0, six are 0. That costs 6 log(11/6) + 5 log(11/5) in three sequences.
    require(
        history[-1] < 1.2,
        f"After 25 epochs the mean loss is {history[-1]:.3g}. Without memory no network gets below 2.5; with it, 0.5.",
    )
