"""Batch normalisation."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.compare import slopes
from nnref.normalization import batch_norm_backward, batch_norm_forward

EPS = 1e-5


def normalised(X, gamma, beta, eps):
    centred = X - anp.sum(X, axis=0) / len(X)
    return beta + gamma * centred * (eps + anp.sum(centred * centred, axis=0) / len(X)) ** -0.5


def train(X, gamma, beta, eps=EPS, mean=0.0, var=1.0, momentum=0.9):
    width = np.shape(X)[1]
    return batch_norm_forward(X, gamma, beta, np.full(width, mean), np.full(width, var), True, momentum, eps)


def test_columns_get_mean_beta_and_deviation_gamma(rng):
    """With a tiny eps each column of the output has mean beta and standard deviation |gamma|."""
    X, gamma, beta = 50 + 7 * rng.normal(size=(40, 3)), np.array([1.0, -2.0, 0.5]), np.array([0.0, 3.0, -1.0])

    out, _, _ = train(X, gamma, beta, eps=1e-14)

    np.testing.assert_allclose(out.mean(axis=0), beta, atol=1e-11)
    np.testing.assert_allclose(out.std(axis=0), np.abs(gamma), rtol=1e-9)
    np.testing.assert_allclose(out, normalised(X, gamma, beta, 1e-14), rtol=1e-9, atol=1e-11)


def test_eps_is_inside_the_root():
    """Column (0, 2) has mean 1 and variance 1; with eps = 3 it is divided by the root of 4."""
    out, _, _ = train([[0], [2]], [1], [0], eps=3)

    assert out.tolist() == [[-0.5], [0.5]]


def test_running_statistics_keep_the_share_momentum():
    """Column (1, 5): mean 3, variance 4 by division by N = 2; 0.75 of the old 10 and 20 stays."""
    _, mean, var = train(np.array([[1.0], [5.0]]), [1.0], [0.0], mean=10.0, var=20.0, momentum=0.75)

    assert mean.tolist() == [0.75 * 10 + 0.25 * 3]
    assert var.tolist() == [0.75 * 20 + 0.25 * 4]


@pytest.mark.parametrize(("momentum", "expected"), [(0, 4.0), (1, 20.0)])
def test_extreme_momentum_takes_the_batch_or_the_past(momentum, expected):
    """A momentum of 0 forgets everything, one of 1 learns nothing."""
    _, _, var = train([[1], [5]], [1], [0], var=20.0, momentum=momentum)

    assert var.tolist() == [expected]


def test_evaluation_uses_the_running_statistics_and_keeps_them():
    """(7 - 3) / sqrt(4 - eps + eps) = 2, then gamma 10 and beta 1; each row is treated alone."""
    running_mean, running_var = np.array([3.0]), np.array([4.0 - EPS])
    running_mean.flags.writeable = running_var.flags.writeable = False

    out, mean, var = batch_norm_forward([[7], [3]], [10], [1], running_mean, running_var, False, 0.9, EPS)

    np.testing.assert_allclose(out, [[21.0], [1.0]], rtol=1e-12)
    assert mean.tolist() == [3.0]
    assert var.tolist() == [4.0 - EPS]
    assert mean.flags.writeable
    assert var.flags.writeable


def test_one_example_and_a_constant_column_give_beta():
    """Without spread there is nothing to scale: the output is beta, and finite."""
    np.testing.assert_array_equal(train([[5.0, -3.0]], [2.0, 4.0], [0.25, 7.0])[0], [[0.25, 7.0]])
    np.testing.assert_allclose(train(np.full((6, 1), 1e3), [2.0], [0.5])[0], np.full((6, 1), 0.5), rtol=1e-12)


def test_training_changes_no_argument_and_returns_new_arrays(rng):
    """Running statistics come back as new arrays in training too."""
    args = [rng.normal(size=(4, 2)), np.ones(2), np.zeros(2), np.zeros(2), np.ones(2)]
    for array in args:
        array.flags.writeable = False

    results = batch_norm_forward(*args, True, 1.0, EPS)

    assert all(array.flags.writeable for array in results)
    assert not np.shares_memory(results[1], results[2])


@pytest.mark.parametrize(("shape", "eps"), [((5, 3), EPS), ((2, 4), 0.5), ((3, 3), 1e-3), ((1, 2), EPS)])
def test_backward_is_the_derivative_of_training(rng, shape, eps):
    """dX, dgamma and dbeta of sum(dout * output): autograd of an independent forward pass."""
    X, dout = rng.normal(size=shape), rng.normal(size=shape)
    gamma, beta = rng.normal(size=shape[1]), rng.normal(size=shape[1])

    def total(X, gamma, beta):
        return anp.sum(dout * normalised(X, gamma, beta, eps))

    for got, argument in zip(batch_norm_backward(dout, X, gamma, eps), range(3), strict=True):
        np.testing.assert_allclose(got, grad(total, argument)(X, gamma, beta), rtol=1e-8, atol=1e-10)


def test_backward_agrees_with_finite_differences_of_the_forward_pass(rng):
    """Nudging one entry moves its whole column, and dX knows it."""
    X, dout, gamma, beta = rng.normal(size=(6, 2)), rng.normal(size=(6, 2)), np.array([2.0, -0.5]), np.zeros(2)

    dX, _, _ = batch_norm_backward(dout, X, gamma, EPS)

    np.testing.assert_allclose(dX, slopes(lambda X: np.sum(dout * train(X, gamma, beta)[0]), X), rtol=1e-5, atol=1e-8)


def test_no_gradient_leads_along_a_shift_of_a_column(rng):
    """The output ignores a shift of X, so each column of dX sums to 0; so does a bias just before the layer."""
    dX, _, _ = batch_norm_backward(rng.normal(size=(7, 3)), rng.normal(size=(7, 3)), rng.normal(size=3), EPS)

    np.testing.assert_allclose(dX.sum(axis=0), 0, atol=1e-12)


def test_backward_takes_whole_numbers_and_changes_nothing():
    """Two rows: x = 0, 2 and eps = 3 give a deviation of 2 and normalised values of -1/2 and 1/2."""
    X, dout = np.array([[0], [2]]), np.array([[1], [3]])
    X.flags.writeable = dout.flags.writeable = False

    dX, dgamma, dbeta = batch_norm_backward(dout, X, [4], 3)

    # mean of dout 2, mean of dout * normalised 1/2; 4/2 * (1 - 2 + 1/4) = -3/2
    assert dX.tolist() == [[-1.5], [1.5]]
    assert dgamma.tolist() == [1.0]
    assert dbeta.tolist() == [4.0]
