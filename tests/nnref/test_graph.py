"""Networks given as graphs."""

import math
from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from nnref.graph import graph_backprop, graph_forward
from nnref.network import backprop, mlp_forward

# UWL CS457 F24, 07-2c: two inputs, two hidden neurons, one output.
LECTURE_X = np.array([3, 4])
LECTURE_W = {(0, 3): 5, (1, 3): 1, (2, 3): -2, (0, 4): 3, (1, 4): -4, (2, 4): 2, (0, 5): -1, (3, 5): 4, (4, 5): 2}
LECTURE_A3, LECTURE_A4, LECTURE_H = 0.5, 0.27, 0.82
EXACT_A4, EXACT_IN5, EXACT_H = 0.2689414, 1.5378828, 0.8231568

# UWL CS457 F24, 07-2d: inputs 1, 2; hidden 3, 4; hidden 5, 6; output 7; every neuron has a bias.
SEVEN = [*((i, j) for i in (0, 1, 2) for j in (3, 4)), *((i, j) for i in (0, 3, 4) for j in (5, 6))]
SEVEN += [(0, 7), (5, 7), (6, 7)]
# Two inputs, arcs that skip layers, several routes from 3 to 6, no bias at 4.
SKIPPING = [(1, 3), (0, 3), (3, 4), (2, 4), (3, 5), (4, 5), (1, 5), (0, 5), (2, 6), (3, 6), (5, 6), (4, 6), (0, 6)]
# One input; 3 and 5 are outputs, and 3 is not the last neuron.
TWO_OUTPUTS = [(0, 2), (1, 2), (2, 3), (0, 3), (2, 4), (1, 4), (4, 5)]
GRAPHS = [(2, 5, list(LECTURE_W)), (2, 7, SEVEN), (2, 6, SKIPPING), (1, 5, TWO_OUTPUTS), (3, 4, [(1, 4), (3, 4)])]
graphs = pytest.mark.parametrize(("d", "n", "arcs"), GRAPHS, ids=["lecture", "seven", "skipping", "two", "single"])


def sigma(z):
    return 1 / (1 + anp.exp(-z))


def slope(a):
    return a * (1 - a)


def activation(j, x, arcs, w):
    """The output of neuron j by recursion on its incoming arcs, the definition itself."""
    if j <= len(x):
        return 1.0 if j == 0 else x[j - 1]
    return sigma(sum(w[arc] * activation(arc[0], x, arcs, w) for arc in arcs if arc[1] == j))


def loss(weights, x, y, n, arcs):
    w = dict(zip(arcs, weights, strict=True))
    sources = {i for i, _ in arcs}
    outputs = [j for j in range(len(x) + 1, n + 1) if j not in sources]
    return sum((activation(j, x, arcs, w) - target) ** 2 for j, target in zip(outputs, np.atleast_1d(y), strict=True))


def random_weights(rng, arcs):
    return {arc: float(value) for arc, value in zip(arcs, rng.normal(size=len(arcs)), strict=True)}


def test_forward_propagation_of_the_lecture():
    """W3: 0.5, 0.27 and 0.82, with the inputs and the dummy in front."""
    a = graph_forward(LECTURE_X, 5, list(LECTURE_W), LECTURE_W)

    np.testing.assert_allclose(a, [1, 3, 4, LECTURE_A3, EXACT_A4, EXACT_H], atol=5e-8)
    np.testing.assert_allclose(a[3:], [LECTURE_A3, LECTURE_A4, LECTURE_H], atol=5e-3)
    assert math.log(a[5] / (1 - a[5])) == pytest.approx(EXACT_IN5, abs=5e-8)


@graphs
def test_forward_propagation_agrees_with_the_definition(d, n, arcs, rng):
    """Every neuron, by recursion."""
    x, w = rng.normal(size=d), random_weights(rng, arcs)

    np.testing.assert_allclose(graph_forward(x, n, arcs, w), [activation(j, x, arcs, w) for j in range(n + 1)])


@graphs
def test_the_order_of_the_arcs_does_not_matter(d, n, arcs, rng):
    """Shuffled arcs, shuffled dict: the same outputs, deltas and gradients."""
    x, w, y = rng.normal(size=d), random_weights(rng, arcs), rng.uniform(size=2 if arcs is TWO_OUTPUTS else ())
    shuffled = [arcs[k] for k in rng.permutation(len(arcs))]

    np.testing.assert_allclose(graph_forward(x, n, shuffled, w), graph_forward(x, n, arcs, w))
    deltas, grads = graph_backprop(x, y, n, shuffled, {arc: w[arc] for arc in sorted(w, reverse=True)})
    expected_deltas, expected_grads = graph_backprop(x, y, n, arcs, w)
    assert deltas == pytest.approx(expected_deltas)
    assert grads == pytest.approx(expected_grads)


@graphs
def test_gradients_agree_with_autograd_and_finite_differences(d, n, arcs, rng):
    """Every arc, whichever way it takes to the output."""
    x, w, y = rng.normal(size=d), random_weights(rng, arcs), rng.uniform(size=2 if arcs is TWO_OUTPUTS else ())
    weights, eps = np.array(list(w.values())), 1e-6

    deltas, grads = graph_backprop(x, y, n, arcs, w)

    assert set(deltas) == set(range(d + 1, n + 1))
    assert set(grads) == set(arcs)
    expected = grad(loss)(weights, x, y, n, arcs)
    np.testing.assert_allclose([grads[arc] for arc in arcs], expected, atol=1e-14)
    for k, arc in enumerate(arcs):
        step = eps * np.eye(len(arcs))[k]
        difference = (loss(weights + step, x, y, n, arcs) - loss(weights - step, x, y, n, arcs)) / (2 * eps)
        assert grads[arc] == pytest.approx(difference, rel=1e-5, abs=1e-8)


def test_lecture_formulas_of_the_seven_neuron_network(rng):
    """07-3c: w57, w35 and w13 written out; w13 acts by two routes."""
    x, y, w = rng.normal(size=2), 0.3, random_weights(rng, SEVEN)
    a = graph_forward(x, 7, SEVEN, w)

    deltas, grads = graph_backprop(x, y, 7, SEVEN, w)

    delta7 = -2 * (y - a[7]) * slope(a[7])
    delta5, delta6 = delta7 * w[5, 7] * slope(a[5]), delta7 * w[6, 7] * slope(a[6])
    delta3 = slope(a[3]) * (w[3, 5] * delta5 + w[3, 6] * delta6)
    assert [deltas[j] for j in (7, 5, 6, 3)] == pytest.approx([delta7, delta5, delta6, delta3])
    assert grads[5, 7] == pytest.approx(delta7 * a[5])
    assert grads[3, 5] == pytest.approx(delta5 * a[3])
    assert grads[1, 3] == pytest.approx(delta3 * x[0])


def test_deltas_are_derivatives_with_respect_to_the_input_of_a_neuron(rng):
    """A bias arc adds to in_j alone, so its gradient is Delta_j."""
    w = random_weights(rng, SEVEN)

    deltas, grads = graph_backprop(rng.normal(size=2), 0.8, 7, SEVEN, w)

    assert {j: grads[0, j] for j in deltas} == deltas


@given(st.lists(st.integers(1, 3), min_size=2, max_size=4), st.integers(0, 2**16))
def test_a_layered_graph_is_a_network_of_layers(widths, seed):
    """Neurons numbered layer by layer: outputs and gradients of the layered network, arc by arc."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=widths[0]), rng.normal(size=widths[-1])
    params = [(rng.normal(size=(i, j)), rng.normal(size=j)) for i, j in pairwise(widths)]
    starts = np.cumsum([1, *widths])
    n, names = int(starts[-1]) - 1, ["logistic"] * len(params)
    w = as_arcs(params, starts)

    deltas, grads = graph_backprop(x, y, n, list(w), w)

    assert len(deltas) == sum(widths[1:])
    np.testing.assert_allclose(
        graph_forward(x, n, list(w), w)[1:], np.concatenate(mlp_forward(x[None], params, names)[1], axis=1)[0]
    )
    expected = as_arcs(backprop(x[None], y[None], params, names), starts)
    assert grads == pytest.approx(expected, rel=1e-9, abs=1e-14)


def as_arcs(params, starts):
    values = {}
    for (W, b), first, second in zip(params, starts, starts[1:], strict=False):
        values |= {(0, int(second + j)): float(b[j]) for j in range(len(b))}
        values |= {(int(first + i), int(second + j)): float(W[i, j]) for i, j in np.ndindex(W.shape)}
    return values


def test_large_inputs_saturate_and_stay_finite():
    """Inputs of 1000 and -1000: outputs 1 and 0, no gradient, no warning."""
    arcs, w = [(1, 2), (1, 3), (2, 4), (3, 4)], {(1, 2): 1.0, (1, 3): -1.0, (2, 4): 1e3, (3, 4): 5.0}
    x = np.array([1000.0])

    assert graph_forward(x, 4, arcs, w).tolist() == [1, 1000, 1, 0, 1]
    deltas, grads = graph_backprop(x, 0.0, 4, arcs, w)
    assert set(deltas.values()) | set(grads.values()) == {0.0}


def test_whole_numbers_give_floats_and_arguments_stay():
    """The lecture's integers; a neuron that no arc reaches has input 0."""
    x, arcs, w = LECTURE_X.copy(), list(LECTURE_W), dict(LECTURE_W)

    a = graph_forward(x, 6, arcs, w)
    deltas, grads = graph_backprop(x, [1, 0], 6, arcs, w)

    assert (a.dtype, a[6]) == (float, 0.5)
    assert {type(value) for value in (*deltas.values(), *grads.values())} == {float}
    assert deltas[6] == 2 * 0.5 * 0.25
    assert (x.tolist(), arcs, w) == ([3, 4], list(LECTURE_W), LECTURE_W)
