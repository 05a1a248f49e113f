"""Checks of homework 7 that run when it is graded: fresh, extreme and degenerate inputs, compared with nnref."""

import itertools

import numpy as np

from autograder.chance import require_share, require_shares
from autograder.check import check
from autograder.compare import array, equal, number, require, unpack
from autograder.guard import unchanged
from nnref import clipping, rnn

# ---- rnn_step -------------------------------------------------------------------------------------------------


def step_case(rng, V, m):
    """x, s, Ws, Wx; x is any row, as it would be if words came as vectors."""
    return rng.normal(size=V), rng.uniform(-1, 1, size=m), rng.normal(size=(m, m)), rng.normal(size=(V, m))


@check(points=1)
def state_units_and_tokens_may_be_of_any_number(rnn_step, rng):
    """There may be more tokens than units, fewer, or as many; one of each is enough."""
    for V, m in [(5, 2), (2, 5), (3, 3), (1, 1), (1, 4), (6, 1)]:
        case = step_case(rng, V, m)
        equal("s", rnn_step(*case), rnn.rnn_step(*case), axes="(m,)")


@check(points=0.5)
def input_need_not_be_a_single_one(rnn_step, rng):
    """Half of one token and half of another acts half by each of their rows."""
    _, s, Ws, Wx = step_case(rng, 4, 3)
    for x in (np.array([0.0, 0.5, 0.5, 0.0]), np.array([2.0, -1.0, 0.25, 1.0])):
        equal("s", rnn_step(x, s, Ws, Wx), rnn.rnn_step(x, s, Ws, Wx), axes="(m,)")


@check(points=0.5)
def state_stays_between_minus_one_and_one(rnn_step, rng):
    """Sums of a thousand saturate at 1 and -1 and stay finite."""
    x, s, Ws, Wx = step_case(rng, 4, 3)
    signs = np.array([1.0, -1.0, 1.0])
    equal("s", rnn_step(x, np.ones(3), 400 * np.tile(signs, (3, 1)), 0 * Wx), signs, axes="(m,)")
    equal("s", rnn_step(np.ones(4), s, 0 * Ws, -300 * np.tile(signs, (4, 1))), -signs, axes="(m,)")


@check(points=0.5)
def whole_numbers_make_broken_states(rnn_step, rng):
    """Input, state and weights in whole numbers have a broken new state."""
    x, s = np.eye(3, dtype=int)[rng.integers(3)], np.array([1, -1])
    Ws, Wx = np.array([[1, 2], [2, 1]]), np.array([[2, 3], [-1, 2], [3, 2]])
    equal("s", rnn_step(x, s, Ws, Wx), rnn.rnn_step(x, s, Ws, Wx), axes="(m,)")


@check(points=0.5)
def rnn_step_leaves_arguments_alone(rnn_step, rng):
    """The new state is a new array; the old one is the same after the call."""
    case = step_case(rng, 4, 3)
    equal("s", unchanged(rnn_step, *case), rnn.rnn_step(*case), axes="(m,)")


# ---- rnn_forward ----------------------------------------------------------------------------------------------

FORWARD_AXES = ("(T, m)", "(T, V)")


def sequence_case(rng, T, V, m, scale=1.0):
    """tokens, s0, Ws, Wx, Wo, drawn afresh; the tokens repeat, and the last one is not the one before it."""
    tokens = rng.integers(V, size=T + 1)
    tokens[-1] = (tokens[-2] + 1) % V
    weights = rng.normal(size=(m, m)) / np.sqrt(m), rng.normal(size=(V, m)), rng.normal(size=(m, V))
    return tokens, rng.uniform(-1, 1, size=m), *(scale * W for W in weights)


def same_forward(rnn_forward, *case):
    """Compare states and predictions with the reference."""
    equal("S, P", rnn_forward(*case), rnn.rnn_forward(*case), axes=FORWARD_AXES)


@check(points=1.5)
def sequences_of_any_length_are_read(rnn_forward, rng):
    """Short sequences and long ones, with more tokens than units or fewer, have the states of the recurrence."""
    for T, V, m in [(1, 4, 3), (2, 3, 5), (7, 5, 3), (4, 3, 3), (40, 2, 4)]:
        same_forward(rnn_forward, *sequence_case(rng, T, V, m))


@check(points=1)
def state_before_the_first_token_counts(rnn_forward, rng):
    """Another s0 gives other states, from the first one on."""
    tokens, s0, *weights = sequence_case(rng, 3, 4, 3)
    for start in (s0, -s0, np.zeros(3)):
        same_forward(rnn_forward, tokens, start, *weights)


@check(points=1)
def sequence_read_in_two_pieces_has_the_same_states(rnn_forward, rng):
    """Whoever stops after three tokens and starts again from the state reached gets the same states."""
    tokens, s0, *weights = sequence_case(rng, 7, 5, 3)
    S, P = rnn.rnn_forward(tokens, s0, *weights)
    first, _ = unpack(rnn_forward(tokens[:4], s0, *weights), "S", "P")
    middle = array("S", first, (3, 3), "(T, m)", finite=True)[-1]
    equal("S, P", rnn_forward(tokens[3:], middle.astype(float), *weights), (S[3:], P[3:]), axes=FORWARD_AXES)


@check(points=0.5)
def what_is_likely_has_no_say(rnn_forward, rng):
    """The network reads the tokens that came, also where it was sure of others."""
    tokens, s0, Ws, Wx, Wo = sequence_case(rng, 6, 4, 3)
    P = rnn.rnn_forward(tokens, s0, Ws, Wx, Wo)[1]
    least = [int(tokens[0]), *np.argmin(P, axis=1).tolist()]
    same_forward(rnn_forward, least, s0, Ws, Wx, 3 * Wo)


@check(points=0.5)
def logits_a_thousand_apart_stay_finite(rnn_forward, rng):
    """Weights of a thousand give states at 1 and -1 and predictions of 0 and 1, all of them finite."""
    tokens, s0, Ws, Wx, Wo = sequence_case(rng, 4, 4, 3)
    same_forward(rnn_forward, tokens, s0, Ws, Wx, 1e3 * Wo)
    same_forward(rnn_forward, tokens, s0, Ws, 1e3 * Wx, Wo)


@check(points=0.5)
def lists_and_whole_numbers_are_read(rnn_forward, rng):
    """Tokens may come as a list or a tuple, and weights in whole numbers."""
    s0, Ws, Wx = np.array([1, -1]), np.array([[1, -1], [2, 1]]), np.array([[1, 0], [-2, 1], [0, 3]])
    Wo = np.array([[2, -1, 1], [1, 3, -2]])
    tokens = rng.permutation(3).tolist()
    tokens = [*tokens, tokens[0], tokens[2]]
    same_forward(rnn_forward, tokens, s0, Ws, Wx, Wo)
    same_forward(rnn_forward, tuple(tokens[:2]), s0, Ws, Wx, Wo)


@check(points=0.5)
def rnn_forward_leaves_arguments_alone(rnn_forward, rng):
    """States and predictions are new arrays; tokens, s0 and weights are the same after the call."""
    case = sequence_case(rng, 5, 4, 3)
    equal("S, P", unchanged(rnn_forward, *case), rnn.rnn_forward(*case), axes=FORWARD_AXES)


# ---- sequence_loss --------------------------------------------------------------------------------------------


def prediction_case(rng, T, V):
    """tokens and the predictions of some network."""
    weights = rng.uniform(0.2, 3, size=(T, V))
    return rng.integers(V, size=T + 1), weights / weights.sum(axis=1, keepdims=True)


@check(points=1)
def losses_of_fresh_sequences(sequence_loss, rng):
    """Short and long sequences cost the sum of -log p of what came."""
    for T, V in [(1, 3), (2, 2), (5, 5), (8, 3), (60, 4)]:
        case = prediction_case(rng, T, V)
        equal("the loss", number("the loss", sequence_loss(*case)), rnn.sequence_loss(*case), examples=T)


@check(points=0.5)
def long_sequences_have_finite_losses(sequence_loss, rng):
    """Two thousand tokens of probability 1/50 each cost 2000 log 50, although their product is 0 in a computer."""
    tokens = rng.integers(50, size=2001)
    equal("the loss", number("the loss", sequence_loss(tokens, np.full((2000, 50), 0.02))), 2000 * np.log(50))


@check(points=0.5)
def certain_tokens_cost_nothing_or_much(sequence_loss):
    """What was certain costs nothing; what was impossible costs at least 20, and the loss is never nan."""
    certain = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    equal("the loss", sequence_loss([2, 1, 0], certain), 0.0, atol=1e-6)
    loss = float(array("the loss", sequence_loss([2, 1, 2], certain), ()))
    require(loss >= 20, f"A token of probability 0 costs {loss:.4g}.", "WRONG" if loss == loss else "NONFINITE")


@check(points=0.5)
def rare_tokens_cost_what_they_should(sequence_loss, rng):
    """Probabilities of one in a million, or in a thousand million, cost their logarithm."""
    for rare in (1e-3, 1e-6, 1e-9):
        P = np.tile([rare, 1 - rare], (3, 1))
        loss = number("the loss", sequence_loss([1, 0, 1, 0], P))
        equal("the loss", loss, -2 * np.log(rare) - np.log1p(-rare), atol=4e-3)


@check(points=0.5)
def only_the_token_that_came_counts(sequence_loss, rng):
    """How the rest of a prediction is spread over the other tokens changes nothing, nor does the first token."""
    tokens, P = prediction_case(rng, 4, 4)
    other = P.copy()
    for row, token in zip(other, tokens[1:], strict=True):
        rest = [k for k in range(4) if k != token]
        row[rest] = row[rest].sum() * np.array([0.7, 0.2, 0.1])
    expected = rnn.sequence_loss(tokens, P)
    equal("the loss", number("the loss", sequence_loss(tokens, other)), expected, examples=4)
    tokens[0] = (tokens[0] + 1) % 4
    equal("the loss", number("the loss", sequence_loss(tokens.tolist(), P)), expected, examples=4)


@check(points=0.5)
def sequence_loss_leaves_arguments_alone(sequence_loss, rng):
    """Tokens and predictions are the same after the call, also if a prediction holds a 0."""
    tokens, P = prediction_case(rng, 4, 3)
    equal("the loss", unchanged(sequence_loss, tokens, P), rnn.sequence_loss(tokens, P))
    certain = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    equal("the loss", unchanged(sequence_loss, [2, 1, 0], certain), 0.0, atol=1e-6)


# ---- softmax_nll_grad -----------------------------------------------------------------------------------------


@check(points=1)
def every_token_may_come(softmax_nll_grad, rng):
    """Whichever token came, likely or not, its entry is p - 1 and every other one is p."""
    for V in (2, 3, 7):
        p = rng.dirichlet(np.ones(V))
        for token in range(V):
            equal("dz", softmax_nll_grad(p, token), rnn.softmax_nll_grad(p, token), axes="(V,)")


@check(points=0.5)
def certainty_pushes_only_if_it_is_wrong(softmax_nll_grad):
    """A certain right prediction has no gradient, a certain wrong one 1 and -1; whole numbers will do."""
    for p in (np.array([0.0, 1.0, 0.0]), np.array([0, 1, 0])):
        equal("dz", softmax_nll_grad(p, 1), np.zeros(3), axes="(V,)")
        equal("dz", softmax_nll_grad(p, 2), np.array([0.0, 1.0, -1.0]), axes="(V,)")


@check(points=0.5)
def token_may_be_a_numpy_number(softmax_nll_grad, rng):
    """A token taken from an array of tokens is as good as a plain number."""
    p, tokens = rng.dirichlet(np.ones(4)), np.array([3, 0])
    for token in tokens:
        equal("dz", softmax_nll_grad(p, token), rnn.softmax_nll_grad(p, int(token)), axes="(V,)")


@check(points=0.5)
def softmax_nll_grad_leaves_the_prediction_alone(softmax_nll_grad, rng):
    """The gradient is a new array; the prediction is the same after the call."""
    p = rng.dirichlet(np.ones(4))
    equal("dz", unchanged(softmax_nll_grad, p, 2), rnn.softmax_nll_grad(p, 2), axes="(V,)")


# ---- tanh_backward --------------------------------------------------------------------------------------------


@check(points=1)
def arrays_of_any_shape_pass_back(tanh_backward, rng):
    """Each unit has its own slope, found from its own output, in a state, in a batch of states, in a number."""
    for shape in [(5,), (1,), (4, 3), (3, 3), (2, 1, 3)]:
        ds, s = rng.normal(size=shape), rng.uniform(-0.95, 0.95, size=shape)
        equal("da", tanh_backward(ds, s), rnn.tanh_backward(ds, s), axes="shape of ds")
    equal("da", tanh_backward(2.0, 0.5), 1.5)


@check(points=0.5)
def slope_is_the_same_for_both_signs(tanh_backward, rng):
    """s and -s have the same slope, between 0 and 1."""
    s = rng.uniform(0.2, 0.95, size=4)
    for signed in (s, -s):
        equal("da", tanh_backward(np.ones(4), signed), 1 - s**2, axes="shape of ds")


@check(points=0.5)
def whole_numbers_pass_back(tanh_backward):
    """Gradients in whole numbers pass through states at 0, 1 and -1, or through broken ones."""
    ds = np.array([4, -3, 2])
    equal("da", tanh_backward(ds, np.array([0, 1, -1])), np.array([4.0, 0.0, 0.0]), axes="shape of ds")
    equal("da", tanh_backward(ds, np.array([0.5, -0.5, 0.1])), np.array([3.0, -2.25, 1.98]), axes="shape of ds")


@check(points=0.5)
def tanh_backward_leaves_arguments_alone(tanh_backward, rng):
    """The gradient is a new array; ds and s are the same after the call."""
    ds, s = rng.normal(size=4), rng.uniform(-0.9, 0.9, size=4)
    equal("da", unchanged(tanh_backward, ds, s), rnn.tanh_backward(ds, s), axes="shape of ds")


# ---- rnn_backward ---------------------------------------------------------------------------------------------

GRADIENTS, GRADIENT_AXES = "dWs, dWx, dWo", ("shape of Ws", "shape of Wx", "shape of Wo")


def same_backward(rnn_backward, *case, only=GRADIENTS):
    """Compare the gradients named by `only` with the reference; a check about one of them asks about no other."""
    T = len(case[0]) - 1
    got, expected = unpack(rnn_backward(*case), *GRADIENTS.split(", ")), rnn.rnn_backward(*case)
    for name, part, want, axes in zip(GRADIENTS.split(", "), got, expected, GRADIENT_AXES, strict=True):
        if name in only:
            equal(name, part, want, axes=axes, examples=T if T > 1 else None, atol=1e-7)


SIZES = (1, 4, 3), (2, 3, 5), (3, 5, 2), (7, 5, 3), (5, 1, 4)


@check(points=1)
def dws_of_sequences_of_any_length(rnn_backward, rng):
    """Ws learns from one step, from two or from seven, with more tokens than units or fewer."""
    for T, V, m in SIZES:
        same_backward(rnn_backward, *sequence_case(rng, T, V, m), only="dWs")


@check(points=0.5)
def dwx_of_sequences_of_any_length(rnn_backward, rng):
    """Wx learns from one step, from two or from seven, with more tokens than units or fewer."""
    for T, V, m in SIZES:
        same_backward(rnn_backward, *sequence_case(rng, T, V, m), only="dWx")


@check(points=0.5)
def dwo_of_sequences_of_any_length(rnn_backward, rng):
    """Wo learns from one step, from two or from seven, with more tokens than units or fewer."""
    for T, V, m in SIZES:
        same_backward(rnn_backward, *sequence_case(rng, T, V, m), only="dWo")


@check(points=1)
def equal_sizes_do_not_hide_a_transpose(rnn_backward, rng):
    """Where there are as many tokens as units, shapes tell nothing: rows lead from, columns lead to."""
    for T in (1, 4):
        same_backward(rnn_backward, *sequence_case(rng, T, 3, 3))


@check(points=1)
def only_a_unit_with_a_way_back_hears_of_later_losses(rnn_backward, rng):
    """Where a state's own prediction says nothing, all that it learns comes from the states after it."""
    tokens, s0, _, Wx, Wo = sequence_case(rng, 4, 5, 3)
    Ws = np.triu(rng.uniform(0.5, 1, size=(3, 3)), 1)  # unit 0 feeds 1 and 2, unit 1 feeds 2, unit 2 feeds nobody
    Wo[:2] = 0  # only unit 2 is seen
    same_backward(rnn_backward, tokens, s0, Ws, Wx, Wo, only="dWs")


@check(points=1)
def long_sequences_are_followed_to_their_start(rnn_backward, rng):
    """Through a hundred steps the first token still learns, if the state keeps what it heard."""
    s0, Ws = np.zeros(2), np.array([[0.0, 1.0], [-1.0, 0.0]])  # a state that turns and, being small, hardly fades
    Wx, Wo = 1e-3 * rng.uniform(1, 2, size=(3, 2)), rng.uniform(1, 2, size=(2, 3)) * [[1, -1, 1], [-1, 1, 1]]
    tokens = np.concatenate([[2], rng.integers(2, size=100)])
    same_backward(rnn_backward, tokens, s0, Ws, Wx, Wo, only="dWx")


@check(points=1)
def token_that_is_read_twice_learns_twice(rnn_backward, rng):
    """The row of a token adds up all places where it is read; a token that only comes last has a row of zeros."""
    _, s0, *weights = sequence_case(rng, 6, 4, 3)
    for tokens in ([1, 1, 1, 2, 1, 0], [2, 2, 2], [0, 1, 0, 1, 0, 3]):
        same_backward(rnn_backward, tokens, s0, *weights, only="dWx")


@check(points=1)
def state_before_the_first_token_takes_part(rnn_backward, rng):
    """s_0 is an input of the first step: if it is 0, Ws learns nothing there; if it is large, it learns much."""
    tokens, s0, *weights = sequence_case(rng, 2, 4, 3)
    for start in (np.zeros(3), 3 * s0):
        same_backward(rnn_backward, tokens[1:], start, *weights, only="dWs")
        same_backward(rnn_backward, tokens, start, *weights, only="dWs")


@check(points=1)
def certain_networks_have_finite_gradients(rnn_backward, rng):
    """Weights of a thousand saturate states and predictions; the gradients stay finite."""
    tokens, s0, Ws, Wx, Wo = sequence_case(rng, 4, 4, 3)
    same_backward(rnn_backward, tokens, s0, Ws, Wx, 1e3 * Wo)
    same_backward(rnn_backward, tokens, s0, Ws, 1e3 * Wx, Wo)


@check(points=0.5)
def whole_weights_have_broken_gradients(rnn_backward, rng):
    """Weights and states in whole numbers may have broken gradients; tokens may be a list."""
    s0, Ws, Wx = np.array([0, 1]), np.array([[0, 1], [1, -1]]), np.array([[1, 0], [-1, 1], [0, 1]])
    Wo = np.array([[1, -1, 2], [0, 1, -1]])
    same_backward(rnn_backward, [*rng.permutation(3).tolist(), 1], s0, Ws, Wx, Wo)


@check(points=0.5)
def rnn_backward_leaves_arguments_alone(rnn_backward, rng):
    """The gradients are new arrays; tokens, s0 and weights are the same after the call."""
    case = sequence_case(rng, 4, 4, 3)
    expected = rnn.rnn_backward(*case)
    equal(GRADIENTS, unchanged(rnn_backward, *case), expected, axes=GRADIENT_AXES, atol=1e-7)


# ---- sample_sequence ------------------------------------------------------------------------------------------


def sampled(result, first, length, V):
    """The tokens as whole numbers, after a look at their number, the first of them and their range."""
    tokens = array("tokens", result, (length,), "(length,)", finite=True)
    require(tokens[0] == first, f"The sequence does not start with first_token, which is {first}.")
    require(np.all((tokens >= 0) & (tokens < V) & (tokens == np.floor(tokens))), f"A token is not one of 0 .. {V - 1}.")
    return tokens.astype(int)


def undecided(V):
    """s0, Ws, Wx, Wo of a network for which every token is equally likely."""
    return np.zeros(2), np.zeros((2, 2)), np.ones((V, 2)), np.zeros((2, V))


@check(points=1.5)
def prediction_depends_on_the_token_before(sample_sequence, rng):
    """After each token come the others as often as that token's prediction says."""
    after = np.array([[0.1, 0.6, 0.3], [0.7, 0.05, 0.25], [0.35, 0.35, 0.3]])[:, rng.permutation(3)]
    Wx = 20 * (2 * np.eye(3) - 1)  # unit k is 1 after token k and -1 after any other
    Wo = (np.log(after) - np.log(after).sum(axis=0)) / 2  # so twice row k, less the sum of all rows, is log(after[k])
    s0, Ws = np.zeros(3), np.zeros((3, 3))
    texts = [sampled(sample_sequence(rng, s0, 1, 201, Ws, Wx, Wo), 1, 201, 3) for _ in range(6)]
    before, after_it = (np.concatenate([tokens[place] for tokens in texts]) for place in np.s_[:-1, 1:])
    for k in range(3):
        followers = after_it[before == k][:200]  # a number fixed beforehand; each token comes oftener
        require(len(followers) > 120, f"Token {k} comes {len(followers)} times in 1200 places.")
        require_shares(f"After {k}, token", np.bincount(followers, minlength=3), after[k])


@check(points=1)
def sample_remembers_its_first_token(sample_sequence, rng):
    """In a network that never forgets, what comes in place 200 still depends on the first token."""
    Ws, Wx, Wo = np.array([[40.0]]), np.array([[9.0], [-9.0]]), np.array([[-0.7, 0.7]])
    likely = 1 / (1 + np.exp(-1.4))
    for first in (0, 1):
        texts = [sample_sequence(rng, np.zeros(1), first, 201, Ws, Wx, Wo) for _ in range(2)]
        tokens = np.concatenate([sampled(text, first, 201, 2)[1:] for text in texts])
        shares = (1 - likely, likely) if first == 0 else (likely, 1 - likely)
        require_shares(f"After a first token {first}, token", np.bincount(tokens, minlength=2), shares)


@check(points=1)
def sample_follows_a_rule_that_needs_memory(sample_sequence, rng):
    """A network without doubt that knows its last two tokens says 0 0 1 0 0 1, from wherever its state begins."""
    # Unit 0: was the last token 0? Unit 1: what unit 0 said before. Unit 2: always 1. 1 comes if 0 and 1 are 1.
    Ws, Wx = np.zeros((3, 3)), np.array([[20.0, 0.0, 20.0], [-20.0, 0.0, 20.0]])
    Ws[0, 1] = 20.0
    Wo = 1000.0 * np.array([[-1.0, 1.0], [-1.0, 1.0], [1.5, -1.5]])
    for s0, expected in [(-1.0, [0, 0, 1, 0, 0, 1, 0, 0]), (1.0, [0, 1, 0, 0, 1, 0, 0, 1])]:
        got = sample_sequence(rng, np.array([s0, -s0, 0.0]), 0, 8, Ws, Wx, Wo)
        equal("tokens", sampled(got, 0, 8, 2), np.array(expected))


@check(points=0.5)
def all_randomness_comes_from_the_generator(sample_sequence, rng):
    """The same generator in the same state gives the same tokens; another state, or a second call, others."""
    seed, (s0, *weights) = int(rng.integers(1, 2**31)), undecided(4)
    same, one, other = (np.random.default_rng(seed + k) for k in (0, 0, 1))
    draws = [sampled(sample_sequence(g, s0, 0, 60, *weights), 0, 60, 4) for g in (same, one, one, other)]
    require(np.array_equal(draws[0], draws[1]), "Two generators in the same state give different tokens.")
    require(np.any(draws[1] != draws[2]), "A second call with the same generator gives the same tokens.")
    require(np.any(draws[0] != draws[3]), "Generators in different states give the same tokens.")


@check(points=0.5)
def neighbours_are_drawn_independently(sample_sequence, rng):
    """Where the network has no preference, a token is followed by the same token in one of three places."""
    s0, *weights = undecided(3)
    texts = [sampled(sample_sequence(rng, s0, 0, 201, *weights), 0, 201, 3)[1:] for _ in range(3)]
    for step in (1, 2):
        pairs = np.concatenate([tokens[step:] == tokens[:-step] for tokens in texts])
        require_share(f"Equal tokens {step} apart", int(np.sum(pairs)), len(pairs), 1 / 3)


@check(points=0.5)
def one_token_needs_no_draw(sample_sequence, rng):
    """With length 1 the result is the first token; a token taken from an array will do."""
    s0, *weights = undecided(5)
    for first in np.array([3, 0]):
        sampled(sample_sequence(rng, s0, first, 1, *weights), first, 1, 5)
        sampled(sample_sequence(rng, s0, first, 2, *weights), first, 2, 5)


@check(points=0.5)
def sample_sequence_leaves_arguments_alone(sample_sequence, rng):
    """The state and the weights are the same after the call."""
    _, s0, *weights = sequence_case(rng, 2, 4, 3)
    sampled(unchanged(sample_sequence, rng, s0, 2, 6, *weights), 2, 6, 4)


# ---- train_rnn ------------------------------------------------------------------------------------------------


def params_case(rng, V, m):
    """Weights to start from."""
    return rng.normal(size=(m, m)) / np.sqrt(m), rng.normal(size=(V, m)), rng.normal(size=(m, V))


def trained(result, params):
    """The new weights as arrays of the old shapes; the history is left to the checks that ask about it."""
    new, _ = unpack(result, "params", "history")
    shapes = [np.shape(W) for W in params]
    parts = zip(("Ws", "Wx", "Wo"), unpack(new, "Ws", "Wx", "Wo"), shapes, strict=True)
    return tuple(array(name, part, shape, finite=True) for name, part, shape in parts)


def same_weights(train_rnn, rng, sequences, params, lr, epochs, tau):
    """Compare the weights with the reference, for a single sequence: there the order does not matter."""
    expected, _ = rnn.train_rnn(np.random.default_rng(0), sequences, params, lr, epochs, tau)
    new = trained(train_rnn(rng, sequences, params, lr, epochs, tau), params)
    equal("Ws, Wx, Wo", new, expected, axes=("shape of Ws", "shape of Wx", "shape of Wo"), atol=1e-7)


def same_history(train_rnn, rng, sequences, params, lr, epochs, tau):
    """Compare the history with the reference, for a single sequence or a learning rate of 0."""
    _, expected = rnn.train_rnn(np.random.default_rng(0), sequences, params, lr, epochs, tau)
    _, history = unpack(train_rnn(rng, sequences, params, lr, epochs, tau), "params", "history")
    equal("history", history, np.array(expected), axes="(epochs,)", atol=1e-7, examples=len(sequences))


@check(points=0.5)
def one_sequence_has_one_step_an_epoch(train_rnn, rng):
    """With a single sequence, five epochs are five clipped steps."""
    for T, V, m, tau in [(4, 4, 3, 0.5), (1, 3, 2, 1.0), (6, 2, 3, 1e6)]:
        tokens = sequence_case(rng, T, V, m)[0]
        same_weights(train_rnn, rng, [tokens], params_case(rng, V, m), 0.2, 5, tau)


@check(points=1)
def three_arrays_have_one_length(train_rnn, rng):
    """The gradient is clipped as one: below tau all three arrays keep their step, above it all shrink alike."""
    tokens, params = [0, 1, 0, 2, 1], params_case(rng, 3, 3)
    norms = [float(np.linalg.norm(grad)) for grad in rnn.rnn_backward(tokens, np.zeros(3), *params)]
    whole, longest = float(np.linalg.norm(norms)), max(norms)
    for tau in ((whole + longest) / 2, 1.01 * whole, whole / 4):
        same_weights(train_rnn, rng, [tokens], params, 0.3, 1, tau)


def after_each_order(sequences, params, lr, tau):
    """The params after one epoch, for each possible order of the sequences."""
    results = {}
    for order in itertools.permutations(range(len(sequences))):
        new = params
        for i in order:
            grads = clipping.clip_by_global_norm(rnn.rnn_backward(sequences[i], np.zeros(len(params[0])), *new), tau)
            new = tuple(W - lr * dW for W, dW in zip(new, grads, strict=True))
        results[order] = new
    return results


def distance(one, two):
    """The largest difference of two lists of arrays."""
    return max(float(np.max(np.abs(a - b))) for a, b in zip(one, two, strict=True))


def order_of(new, results):
    """The order with these results, or None."""
    order = min(results, key=lambda order: distance(new, results[order]))
    return order if distance(new, results[order]) < 1e-4 else None


@check(points=1)
def every_sequence_is_used_once_in_an_epoch(train_rnn, rng):
    """One epoch over three sequences is three steps, one from each, in one of the six orders."""
    sequences, params = [[0, 1, 2], [3, 3, 1, 0], [2, 0, 3]], params_case(rng, 4, 3)
    results = after_each_order(sequences, params, 0.4, 5.0)
    for _ in range(8):  # whoever draws with replacement has an order of all three in 2 of 9 epochs
        new = trained(train_rnn(rng, sequences, params, 0.4, 1, 5.0), params)
        require(order_of(new, results) is not None, "After one epoch the weights are not those of any order.")


@check(points=1)
def order_is_drawn_afresh_in_every_epoch(train_rnn, rng):
    """With two sequences and two epochs, both orders begin, and the second epoch repeats or reverses the first."""
    sequences, seen = [[0, 1], [1, 0, 0]], set()
    params = np.array([[0.5]]), np.array([[1.0], [-0.5]]), np.array([[0.8, -0.3]])
    first = after_each_order(sequences, params, 0.5, 5.0)
    second = {one: after_each_order(sequences, first[one], 0.5, 5.0) for one in first}
    both = {(one, two): new for one, results in second.items() for two, new in results.items()}
    for _ in range(33):  # one of four events does not happen in 33 calls: 4 / 2 ** 33 is 5e-10
        new = trained(train_rnn(rng, sequences, params, 0.5, 2, 5.0), params)
        orders = order_of(new, both)
        require(orders is not None, "After two epochs the weights are not those of any two orders.")
        seen |= {f"begins with {orders[0][0]}", "repeats" if orders[0] == orders[1] else "reverses"}
    for event in ("begins with 0", "begins with 1"):
        require(event in seen, f"In 33 trainings, no first epoch {event}: is the order drawn at random?")
    for event in ("repeats", "reverses"):
        require(event in seen, f"In 33 trainings, no second epoch {event} the order of the first.")


@check(points=0.5)
def equal_generators_train_alike(train_rnn, rng):
    """All randomness comes from rng: the same state of the generator gives the same params."""
    sequences, params, seed = [[0, 1, 1], [1, 0], [0, 0, 1], [1, 1]], params_case(rng, 2, 2), int(rng.integers(2**31))
    one, two = (
        trained(train_rnn(np.random.default_rng(seed), sequences, params, 0.5, 5, 5.0), params) for _ in range(2)
    )
    equal("Ws, Wx, Wo", one, two)


@check(points=0.5)
def history_is_a_mean_over_sequences(train_rnn, rng):
    """A short sequence counts as much as a long one; with a learning rate of 0 history never changes."""
    sequences, params = [[0, 1], [2, 0, 1, 1, 2, 0, 0, 1]], params_case(rng, 3, 2)
    same_history(train_rnn, rng, sequences, params, 0.0, 3, 1.0)


@check(points=0.5)
def history_has_the_loss_after_every_epoch(train_rnn, rng):
    """With a single sequence, history has the loss after each of its steps; without an epoch it is empty."""
    tokens, params = [0, 2, 1, 0, 0], params_case(rng, 3, 2)
    for epochs in (5, 1, 0):
        same_history(train_rnn, rng, [tokens], params, 0.2, epochs, 0.5)


@check(points=0.5)
def training_goes_on_where_it_stopped(train_rnn, rng):
    """Two epochs and then three more are five; no epoch at all gives the weights back."""
    tokens, params = [1, 0, 2, 2, 1], params_case(rng, 3, 2)
    middle = trained(train_rnn(rng, [tokens], params, 0.2, 2, 1.0), params)
    end = trained(train_rnn(rng, [tokens], tuple(W.astype(float) for W in middle), 0.2, 3, 1.0), params)
    expected = rnn.train_rnn(rng, [tokens], params, 0.2, 5, 1.0)[0]
    equal("Ws, Wx, Wo", end, expected, atol=1e-7)
    same_weights(train_rnn, rng, [tokens], params, 0.2, 0, 1.0)


@check(points=0.5)
def whole_weights_learn(train_rnn, rng):
    """Weights in whole numbers become broken at the first step."""
    params = np.array([[1, -1], [0, 1]]), np.array([[1, 0], [0, 2], [-1, 1]]), np.array([[1, 0, -1], [2, -1, 0]])
    same_weights(train_rnn, rng, [rng.permutation(3).tolist()], params, 0.3, 2, 1.0)


@check(points=0.5)
def train_rnn_leaves_arguments_alone(train_rnn, rng):
    """The new weights are new arrays; the list of sequences and the params to start from stay as they were."""
    params = params_case(rng, 3, 2)
    expected = rnn.train_rnn(rng, [[0, 2, 1]], params, 0.3, 2, 0.05)[0]
    equal(
        "Ws, Wx, Wo", trained(unchanged(train_rnn, rng, [[0, 2, 1]], params, 0.3, 2, 0.05), params), expected, atol=1e-7
    )
    pairs = [list(pair) for pair in itertools.product(range(3), repeat=2)]
    triples = [[token] * 3 for token in range(3)]  # twelve sequences: by chance a shuffle leaves one list in 5e8 alone
    trained(unchanged(train_rnn, rng, pairs + triples, params, 0.1, 1, 1.0), params)
