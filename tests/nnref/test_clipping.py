"""Gradient clipping."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnref.clipping import clip_by_global_norm, clip_by_norm, global_norm

GRADIENTS = arrays(float, (3, 2), elements=st.floats(-1e6, 1e6))


def test_a_long_gradient_is_scaled_to_tau():
    """(6, 8) has length 10; at tau = 5 it becomes (3, 4)."""
    np.testing.assert_allclose(clip_by_norm(np.array([6, 8]), 5), [3.0, 4.0], rtol=1e-14)


def test_a_gradient_of_length_tau_keeps_its_exact_values():
    """The limit itself is allowed: no value changes by rounding."""
    assert clip_by_norm(np.array([[3.0], [4.0]]), 5.0).tolist() == [[3.0], [4.0]]


def test_a_zero_gradient_stays_zero():
    """Length 0 is never divided by, not even at tau = 0."""
    assert clip_by_norm(np.zeros(3), 0.0).tolist() == [0.0, 0.0, 0.0]
    assert clip_by_global_norm([np.zeros(2)], 0.0)[0].tolist() == [0.0, 0.0]


@given(GRADIENTS, st.floats(1e-3, 1e3))
def test_clipping_keeps_the_direction_and_bounds_the_length(grad, tau):
    """The result is the gradient times min(1, tau / length)."""
    clipped = clip_by_norm(grad, tau)

    length = np.sqrt(np.sum(grad**2))
    np.testing.assert_allclose(clipped, grad * min(1, tau / max(length, 1e-300)), rtol=1e-9, atol=1e-300)
    assert np.sqrt(np.sum(clipped**2)) <= tau * (1 + 1e-12)


def test_a_matrix_counts_all_its_entries():
    """The length is that of all entries together, not a matrix norm and not one length a row."""
    grad = np.array([[3.0, 4.0], [4.0, -3.0]])  # sum of squares 50; the largest singular value is 5

    np.testing.assert_allclose(clip_by_norm(grad, 5.0), grad / np.sqrt(2), rtol=1e-12)
    np.testing.assert_allclose(clip_by_norm(np.full((2, 2, 2), 3), 1), np.full((2, 2, 2), 1 / np.sqrt(8)), rtol=1e-12)


def test_an_exploded_gradient_comes_back_with_length_tau():
    """Entries of 1e100 are clipped without overflow."""
    np.testing.assert_allclose(clip_by_norm(np.array([1e100, -1e100]), 1.0), np.sqrt([0.5, 0.5]) * [1, -1])
    np.testing.assert_allclose(clip_by_global_norm([np.array([1e100])], 2.0)[0], [2.0])


def test_global_norm_is_the_length_of_all_arrays_joined(rng):
    """One norm over all entries: that of the concatenated vector, for arrays of any shape."""
    grads = [rng.normal(size=(3, 4)), rng.normal(size=5), np.array(2), [[1, 2]]]

    expected = np.linalg.norm(np.concatenate([np.ravel(grad) for grad in grads]))

    assert isinstance(global_norm(grads), float)
    assert global_norm(grads) == pytest.approx(expected, rel=1e-12)
    assert global_norm([]) == 0.0


def test_small_integer_types_do_not_overflow():
    """100 squared is more than an int8 holds."""
    assert global_norm([np.array([100, 100], dtype=np.int8)]) == pytest.approx(np.sqrt(20_000))


def test_all_arrays_are_scaled_by_one_factor(rng):
    """The clipped arrays are the old ones times tau / length, and their joint length is tau."""
    grads = [rng.normal(size=(4, 2)), 100 * rng.normal(size=3), np.zeros((1, 1))]

    clipped = clip_by_global_norm(grads, 0.5)

    assert [part.shape for part in clipped] == [(4, 2), (3,), (1, 1)]
    assert np.sqrt(sum(np.sum(part**2) for part in clipped)) == pytest.approx(0.5, rel=1e-12)
    factor = clipped[0][0, 0] / grads[0][0, 0]
    for part, grad in zip(clipped, grads, strict=True):
        np.testing.assert_allclose(part, factor * grad, rtol=1e-12)


def test_each_array_may_be_short_while_all_are_too_long():
    """Two arrays of length 3 and 4 under tau = 4.5 are too long together: length 5, factor 0.9."""
    clipped = clip_by_global_norm([np.array([3]), np.array([4])], 4.5)

    np.testing.assert_allclose(np.concatenate(clipped), [2.7, 3.6], rtol=1e-12)


@pytest.mark.parametrize("tau", [1.0, 100.0])
def test_results_are_new_arrays(tau):
    """Clipped or not, no argument changes and no result is the argument itself."""
    grad = np.array([3.0, 4.0])
    grad.flags.writeable = False

    assert clip_by_norm(grad, tau).flags.writeable
    assert clip_by_global_norm([grad], tau)[0].flags.writeable
