"""Momentum, Adam and learning-rate schedules, against their closed forms."""

import numpy as np
import pytest

from nnref.optimizers import adam_step, cosine_decay, inverse_time_decay, momentum_step, step_decay


def test_velocity_is_the_geometric_sum_of_all_gradients(rng):
    """After n steps from 0, v is the sum of mu^(n-i) grad_i, and w has moved by -lr times the sum of all velocities."""
    grads, mu, lr = rng.normal(size=(6, 2, 3)), 0.8, 0.1
    start = rng.normal(size=(2, 3))
    w, v = start, np.zeros((2, 3))

    for grad in grads:
        w, v = momentum_step(w, v, grad, lr, mu)

    # grad_i is in the velocities of steps i .. n: (1 - mu^(n-i+1)) / (1 - mu) times in all.
    ages = np.arange(5, -1, -1).reshape(-1, 1, 1)
    np.testing.assert_allclose(v, np.sum(mu**ages * grads, axis=0), rtol=1e-12)
    np.testing.assert_allclose(w, start - lr * np.sum((1 - mu ** (ages + 1)) / (1 - mu) * grads, axis=0), rtol=1e-12)


def test_without_momentum_the_step_is_gradient_descent():
    """At mu = 0 an old velocity is forgotten: 1 - 0.5 * 2 = 0."""
    w, v = momentum_step([1], [100], [2], 0.5, 0)

    assert w.tolist() == [0.0]
    assert v.tolist() == [2.0]
    assert w.dtype == v.dtype == float


def test_a_steady_slope_reaches_its_terminal_velocity():
    """With a constant gradient v tends to grad / (1 - mu): ten times the gradient at mu = 0.9."""
    w, v = np.zeros(1), np.zeros(1)

    for _ in range(400):
        w, v = momentum_step(w, v, np.array([2.0]), 0.1, 0.9)

    assert v[0] == pytest.approx(20.0, rel=1e-12)


def test_adams_averages_are_weighted_sums_of_the_past(rng):
    """After n steps m and v are (1 - beta) times the sums of beta^(n-i) grad_i and grad_i^2; each step is corrected."""
    grads, lr, b1, b2, eps = rng.normal(size=(7, 3)), 0.05, 0.8, 0.95, 1e-3
    w, m, v, t = start, _, _, _ = rng.normal(size=3), np.zeros(3), np.zeros(3), 0

    expected = start
    for n in range(1, 8):
        w, m, v, t = adam_step(w, m, v, t, grads[n - 1], lr, b1, b2, eps)
        share1, share2 = b1 ** np.arange(n - 1.0, -1, -1), b2 ** np.arange(n - 1.0, -1, -1)
        mean, square = np.average(grads[:n], axis=0, weights=share1), np.average(grads[:n] ** 2, axis=0, weights=share2)
        expected = expected - lr * mean / (np.sqrt(square) + eps)

        assert t == n
        np.testing.assert_allclose(m, (1 - b1) * share1 @ grads[:n], rtol=1e-12)
        np.testing.assert_allclose(v, (1 - b2) * share2 @ grads[:n] ** 2, rtol=1e-12)
        np.testing.assert_allclose(w, expected, rtol=1e-12)


def test_adams_steps_on_a_steady_slope_all_have_length_lr():
    """A constant gradient is its own corrected average, so each step is lr * g / (|g| + eps), from the first one on."""
    g, eps = np.array([1e-3, -1e3, 7.0]), 1e-4
    w, m, v, t = np.zeros(3), np.zeros(3), np.zeros(3), 0

    for n in range(1, 6):
        w, m, v, t = adam_step(w, m, v, t, g, 0.1, 0.9, 0.999, eps)
        np.testing.assert_allclose(w, -0.1 * n * g / (np.abs(g) + eps), rtol=1e-9)


def test_adam_stands_still_without_a_gradient():
    """Gradient 0 from the start: nothing moves, and 0 / 0 does not occur."""
    w, m, v, t = adam_step([3], [0], [0], 0, [0], 0.1, 0.9, 0.999, 1e-8)

    assert w.tolist() == [3.0]
    assert m.tolist() == v.tolist() == [0.0]
    assert t == 1
    assert w.dtype == m.dtype == v.dtype == float


def test_adam_without_memory_moves_by_the_sign():
    """At beta1 = beta2 = 0 each step is lr * g / (|g| + eps), whatever m, v and t were."""
    w, m, v, t = adam_step(np.zeros(2), np.ones(2), np.ones(2), 9, np.array([3, -4]), 0.5, 0, 0, 1.0)

    np.testing.assert_allclose(w, [-0.375, 0.4], rtol=1e-14)
    assert m.tolist() == [3.0, -4.0]
    assert v.tolist() == [9.0, 16.0]
    assert t == 10


def test_optimizers_change_no_argument_and_return_new_arrays():
    """State comes back in fresh arrays; the state that went in can be used again."""
    w, m, v, grad = (np.array([value, 1.0]) for value in (1.0, 2.0, 3.0, 4.0))
    for array in (w, m, v, grad):
        array.flags.writeable = False

    results = [*momentum_step(w, v, grad, 0.0, 0.5), *adam_step(w, m, v, 3, grad, 0.0, 0.9, 0.99, 1e-8)[:3]]

    assert all(array.flags.writeable for array in results)


def test_step_decay_drops_after_every_few_epochs():
    """Epochs 0, 1, 2 at 0.8, then 3, 4, 5 at half of it, then a quarter."""
    assert [step_decay(epoch, 0.8, 0.5, 3) for epoch in range(7)] == [0.8] * 3 + [0.4] * 3 + [0.2]
    assert step_decay(5, 0.3, 1, 1) == 0.3
    assert isinstance(step_decay(0, 1, 1, 1), float)


def test_inverse_time_decay_halves_when_k_t_is_one():
    """The rate is lr0 at 0, a half at t = 1/k, a third at t = 2/k."""
    np.testing.assert_allclose([inverse_time_decay(t, 0.6, 0.1) for t in (0, 10, 20)], [0.6, 0.3, 0.2], rtol=1e-14)
    assert inverse_time_decay(1000, 0.6, 0) == 0.6
    assert isinstance(inverse_time_decay(0, 1, 1), float)


def test_cosine_decay_follows_half_a_period():
    """The cosine of 0, 60, 90, 120 and 180 degrees: all, three quarters, half, a quarter and nothing of lr0."""
    rates = [cosine_decay(t, 6, 0.8) for t in (0, 2, 3, 4, 6)]

    np.testing.assert_allclose(rates, [0.8, 0.6, 0.4, 0.2, 0.0], rtol=1e-12, atol=1e-16)
    assert isinstance(rates[0], float)
