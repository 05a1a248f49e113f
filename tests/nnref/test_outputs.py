"""Output layer: softmax, rescaling, one-hot targets, accuracy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnref.outputs import accuracy, one_hot, rescale_outputs, softmax

# UWL CS457 F24, 07-4c: outputs of three logistic neurons that do not add up to 1.
LECTURE_OUTPUTS = np.array([0.03, 0.57, 0.24])
LECTURE_RESCALED = [0.0357143, 0.6785714, 0.2857143]


@given(arrays(float, (3, 4), elements=st.floats(-500, 500)), st.floats(-500, 500))
def test_softmax_gives_distributions_that_a_shift_leaves_alone(logits, shift):
    """Rows add up to 1, none is negative, and a constant on top of all logits changes nothing."""
    probs = softmax(logits)

    assert (probs >= 0).all()
    np.testing.assert_allclose(probs.sum(axis=1), 1)
    np.testing.assert_allclose(softmax(logits + shift), probs, rtol=1e-9, atol=1e-12)


def test_softmax_ratios_are_exponentials_of_differences(rng):
    """p_j / p_k = exp(z_j - z_k), which together with the sum determines softmax."""
    logits = rng.normal(size=(2, 3))

    probs = softmax(logits)

    np.testing.assert_allclose(probs[:, 0] / probs[:, 2], np.exp(logits[:, 0] - logits[:, 2]))
    np.testing.assert_allclose(probs[:, 1] / probs[:, 2], np.exp(logits[:, 1] - logits[:, 2]))


def test_softmax_of_logits_far_apart_is_certain():
    """1000 apart, large and small, without overflow."""
    assert softmax(np.array([[1000.0, 0.0], [-1000.0, 0.0], [1e3, 1e3]])).tolist() == [[1, 0], [0, 1], [0.5, 0.5]]


def test_softmax_of_one_example_is_the_row_of_a_batch(rng):
    """(K,) and (1, K) agree; so do whole numbers and floats."""
    logits = rng.integers(-3, 4, size=5)

    np.testing.assert_array_equal(softmax(logits), softmax(logits[None].astype(float))[0])


def test_rescaled_outputs_of_the_lecture():
    """W9: divided by their sum, 0.84."""
    np.testing.assert_allclose(rescale_outputs(LECTURE_OUTPUTS), LECTURE_RESCALED, atol=5e-8)


def test_rescaling_keeps_ratios_and_makes_rows_add_up_to_one(rng):
    """Row by row, not over the whole batch."""
    a = rng.uniform(0.1, 1, size=(4, 3))

    rescaled = rescale_outputs(a)

    np.testing.assert_allclose(rescaled.sum(axis=1), 1)
    np.testing.assert_allclose(rescaled[:, 0] * a[:, 1], rescaled[:, 1] * a[:, 0])
    assert not np.shares_memory(rescaled, a)


def test_one_hot_of_the_lecture():
    """W9: the three labels become the three unit vectors."""
    assert one_hot(np.array([0, 1, 2]), 3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=20))
def test_one_hot_rows_hold_one_one_at_the_label(labels):
    """Also for one example, repeated labels and classes that never come."""
    encoded = one_hot(np.array(labels), 7)

    assert encoded.shape == (len(labels), 7)
    assert encoded.dtype == float
    assert encoded.sum() == len(labels)
    assert encoded.argmax(axis=1).tolist() == labels


def test_accuracy_of_one_output_cuts_at_one_half():
    """0.5 itself counts as class 1."""
    outputs = np.array([[0.5], [0.49], [0.9], [0.1]])

    assert accuracy(outputs, np.array([1, 0, 1, 0])) == 1.0
    assert accuracy(outputs, np.array([0, 0, 1, 0])) == 0.75


def test_accuracy_of_many_outputs_takes_the_largest():
    """Even where no output reaches 0.5; of equal ones the first."""
    outputs = np.array([[0.1, 0.3, 0.2], [-5.0, -7.0, -6.0], [0.4, 0.9, 0.9], [2.0, 1.0, 3.0]])

    assert accuracy(outputs, np.array([1, 0, 1, 0])) == 0.75


@pytest.mark.parametrize("n_classes", [2, 5])
def test_one_hot_targets_are_all_right(n_classes, rng):
    """A network whose outputs are the targets makes no mistake."""
    y = rng.integers(0, n_classes, size=30)

    assert accuracy(one_hot(y, n_classes), y) == 1.0
    assert accuracy(one_hot((y + 1) % n_classes, n_classes), y) == 0.0
