"""What the output layer hands out: probabilities, one-hot targets, decisions."""

import numpy as np


def softmax(logits):
    """Probabilities from logits, one distribution a row.

    Source: Buoy, output layer design choices; MIT 6.7900 F24, gradient steps within the
    computation graph.

    Args:
        logits: pre-activations of the output layer, shape (N, K), or (K,) for one example.

    Returns:
        A new float array in the shape of logits whose last axis sums to 1; no nan, even for
        logits 1000 apart.

    >>> softmax(np.array([[7.0, 7.0], [0.0, 1000.0]])).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    # begin answer
    # A shift changes no probability; with 0 as the largest logit nothing overflows.
    weights = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def rescale_outputs(a):
    """Outputs of K logistic units, rescaled so that they add up to 1.

    Source: UWL CS457 F24, 07-4c, Multi-Class Classification: Network Outputs.

    Args:
        a: outputs, none negative and in no row all 0; shape (N, K), or (K,) for one example.

    Returns:
        A new float array in the shape of a: each example's outputs divided by their sum.

    >>> rescale_outputs(np.array([[1, 3], [2, 2]])).tolist()
    [[0.25, 0.75], [0.5, 0.5]]
    """
    # begin answer
    return a / np.sum(a, axis=-1, keepdims=True)


def one_hot(y, n_classes):
    """Class labels as rows that hold a single 1.

    Source: UWL CS457 F24, 07-4c, Multi-Class Classification: Network Inputs. (Labels count from 1
    there, from 0 here.)

    Args:
        y: class labels in 0..n_classes-1, integers, shape (N,). A class may be absent.
        n_classes: the number of classes K.

    Returns:
        A float array of shape (N, K): in row n a 1 at column y[n], 0 elsewhere.

    >>> one_hot(np.array([1]), 3).tolist()
    [[0.0, 1.0, 0.0]]
    """
    # begin answer
    return np.eye(n_classes)[y]


def accuracy(outputs, y):
    """Share of the examples whose predicted class is their label.

    Source: UWL CS457 F24, 07-4c, Multi-Class Classification: Network Outputs.

    Args:
        outputs: outputs of a network, shape (N, K). With K = 1 the output is the probability of
            class 1, and class 1 is predicted from 0.5 upwards (0.5 included). With K > 1 the
            class with the largest output is predicted, of equally large ones the first.
        y: true labels, integers, shape (N,): in {0, 1} for K = 1, in 0..K-1 for K > 1.

    Returns:
        A float from 0 to 1.

    >>> accuracy(np.array([[0.9], [0.2]]), np.array([1, 1]))
    0.5
    """
    # begin answer
    outputs = np.asarray(outputs)
    predicted = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] >= 0.5
    return float(np.mean(predicted == y))
