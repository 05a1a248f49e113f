"""Networks drawn as graphs: neurons with numbers, arcs with weights, one example at a time."""

import numpy as np

from nnref.activations import logistic


def graph_forward(x, n, arcs, w):
    """Outputs of all neurons of a network that is given as a graph, for one example.

    Source: UWL CS457 F24, 07-2c, The Forward Propagation Algorithm; 07-1b, Network Topology
    and Notation.

    Args:
        x: the example's d attributes, shape (d,): the outputs of the input neurons 1..d.
        n: the largest neuron number. Neuron 0 is the dummy, whose output is 1; neurons
            d+1..n are logistic.
        arcs: a list of pairs (i, j), an arc from neuron i to neuron j, with i < j, in any
            order; an arc may skip layers, none leads to neurons 0..d. A bias is an arc
            (0, j): it is there only if it is listed.
        w: a dict with the weight of every arc, {(i, j): w_ij}.

    Returns:
        a, a new float array of shape (n + 1,): a[j] is the output of neuron j. A logistic
        neuron that no arc reaches has input 0.

    >>> graph_forward(np.array([3.0]), 2, [(1, 2)], {(1, 2): 0.0}).tolist()
    [1.0, 3.0, 0.5]
    """
    # begin answer
    a = np.concatenate([[1.0], x, np.zeros(n - len(x))])
    # i < j on every arc: in the order of their numbers, the inputs of a neuron are known before it is reached.
    for j in range(len(x) + 1, n + 1):
        a[j] = logistic(sum(w[i, k] * a[i] for i, k in arcs if k == j))
    return a


def graph_backprop(x, y, n, arcs, w):
    """Deltas of the logistic neurons and slopes of all weights of a graph, for one example.

    The loss is the squared error (y - a_j)^2 of the output neuron, summed over the output
    neurons if there are several. The output neurons are those of d+1..n that no arc leaves.

    Source: UWL CS457 F24, 07-3a, Putting It All Together, and 07-3b, The Backpropagation
    Algorithm.

    Args:
        x: the example's d attributes, shape (d,): the outputs of the input neurons 1..d.
        y: the target: a number if there is one output neuron; else shape (K,), in the order
            of their neuron numbers.
        n: the largest neuron number. Neuron 0 is the dummy, whose output is 1; neurons
            d+1..n are logistic.
        arcs: a list of pairs (i, j), an arc from neuron i to neuron j, with i < j, in any
            order; an arc may skip layers, none leads to neurons 0..d.
        w: a dict with the weight of every arc, {(i, j): w_ij}.

    Returns:
        (deltas, grads): deltas is {j: Delta_j} for j = d+1..n, where Delta_j is the
        derivative of the loss with respect to the input in_j of neuron j; grads is
        {(i, j): derivative of the loss with respect to w_ij} for every arc. All values are
        floats.

    >>> deltas, grads = graph_backprop(np.array([3.0]), 1.0, 2, [(1, 2)], {(1, 2): 0.0})
    >>> deltas, grads
    ({2: -0.25}, {(1, 2): -0.75})
    """
    # begin answer
    a = graph_forward(x, n, arcs, w)
    neurons = range(len(x) + 1, n + 1)
    outputs = [j for j in neurons if all(i != j for i, _ in arcs)]
    targets = dict(zip(outputs, np.atleast_1d(y), strict=True))
    deltas = {}
    for j in reversed(neurons):
        # UWL CS457 F24, 07-3a: the base case, else the sum over every arc that leaves j.
        da = 2.0 * (a[j] - targets[j]) if j in targets else sum(w[j, k] * deltas[k] for i, k in arcs if i == j)
        deltas[j] = float(da * a[j] * (1.0 - a[j]))
    return deltas, {(i, j): float(deltas[j] * a[i]) for i, j in arcs}
