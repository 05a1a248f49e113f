"""What a hidden layer adds: features in which a line separates, and curves made of ReLUs."""

import numpy as np

from nnref.activations import logistic


def two_sigmoid_xor(X):
    """Decision values of the lecture's network for XOR, which has two logistic hidden neurons.

    The hidden neurons have pre-activations 5 x1 - 5 x2 + 1 and -5 x1 + 5 x2 + 1; the output
    is linear: -3 times the sum of their activations.

    Source: MIT 6.390 S25 and S26, recap; Buoy, Outline (recall this example).

    Args:
        X: points in the plane, one a row, shape (N, 2).

    Returns:
        The decision values, a float array of shape (N,); never nan for attributes from -100
        to 100.

    >>> two_sigmoid_xor(np.array([[30, 0]])).tolist()
    [-3.0]
    """
    # begin answer
    difference = 5.0 * X[:, 0] - 5.0 * X[:, 1]
    return -3.0 * (logistic(difference + 1.0) + logistic(1.0 - difference))


def abs_difference_features(X):
    """The features 1 and |x1 - x2| of points in the plane.

    Source: Buoy, leveraging nonlinear transformations.

    Args:
        X: points, one a row, shape (N, 2).

    Returns:
        A new float array of shape (N, 2): column 0 is the constant feature, column 1 the
        absolute difference.

    >>> abs_difference_features(np.array([[2, 7]])).tolist()
    [[1.0, 5.0]]
    """
    # begin answer
    return np.column_stack([np.ones(len(X)), np.abs(X[:, 0] - X[:, 1])])


def relu_interpolator(knots, values):
    """Weights of a network with one hidden ReLU layer that runs straight from point to point.

    For inputs X of shape (N, 1) the network's N outputs are relu(X @ W1 + b1) @ w2 + b2.

    Source: MIT 6.390 S25, compositions of ReLUs can be quite expressive; Buoy, the same.

    Args:
        knots: K inputs in strictly increasing order, shape (K,), K at least 2.
        values: what the network puts out at each knot, shape (K,).

    Returns:
        (W1, b1, w2, b2): arrays of shape (1, H), (H,) and (H,), and a number. The number H
        of hidden units is free. The network puts out values at the knots and is linear
        between neighbouring knots; what it does to the left of the first knot and to the
        right of the last is free.

    >>> W1, b1, w2, b2 = relu_interpolator(np.array([0, 1, 3]), np.array([5, 7, 6]))
    >>> X = np.array([[0.0], [0.5], [3.0]])
    >>> (np.maximum(X @ W1 + b1, 0) @ w2 + b2).tolist()
    [5.0, 6.0, 6.0]
    """
    # begin answer
    slopes = np.diff(values) / np.diff(knots)
    # One unit for each knot but the last: it wakes there and adds the change of slope.
    W1, b1 = np.ones((1, len(slopes))), -1.0 * knots[:-1]
    return W1, b1, np.diff(slopes, prepend=0.0), float(values[0])
