"""Statistics for random answers: right ones pass practically always, the usual mistakes are seen."""

import math

import numpy as np
import pytest

from autograder import chance
from autograder.failure import Failure

N = 10_000


@pytest.fixture
def rng():
    return np.random.default_rng(20_240_607)


def binomial_tail(n, p, low, high):
    """The exact probability that a binomial count lies outside low..high, summed in logarithms."""
    outside = [*range(0, math.ceil(low)), *range(math.floor(high) + 1, n + 1)]
    logs = [
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
        for k in outside
    ]
    return math.fsum(map(math.exp, logs))


def chi_square_upper_tail(n, x):
    """P(chi-square with n degrees of freedom over x) for even n: a Poisson sum, exactly."""
    half = x / 2
    return math.fsum(math.exp(-half + k * math.log(half) - math.lgamma(k + 1)) for k in range(n // 2))


@pytest.mark.parametrize(("n", "p"), [(20, 0.5), (200, 0.1), (1_000, 0.3), (5_000, 0.9)])
def test_share_bounds_keep_their_promise(n, p):
    """The exact binomial probability outside the bounds is below 1e-9, and not needlessly small."""
    low, high = chance.share_bounds(n, p)
    exact = binomial_tail(n, p, n * low, n * high)

    assert exact < chance.FALSE_FAIL
    assert exact > chance.FALSE_FAIL / 1e5 or n < 100


@pytest.mark.parametrize("n", [2, 50, 1_000])
def test_square_sum_bounds_keep_their_promise(n):
    """The exact chi-square probability outside the bounds is below 1e-9."""
    low, high = chance.square_sum_bounds(n)
    below = 1 - chi_square_upper_tail(n, low) if low > 0 else 0.0

    assert chi_square_upper_tail(n, high) + below < chance.FALSE_FAIL


@pytest.mark.parametrize("n", [1, 100, 10_000])
def test_normal_mean_bound_keeps_its_promise(n):
    """The exact normal probability beyond the bound is below 1e-9."""
    assert math.erfc(chance.normal_mean_bound(n) * math.sqrt(n) / math.sqrt(2)) < chance.FALSE_FAIL


def test_bounded_mean_bound_is_hoeffdings():
    """Two tails of exp(-2 n t^2 / width^2) at the bound t make 1e-9."""
    t = chance.bounded_mean_bound(400, 3.0)

    assert 2 * math.exp(-2 * 400 * t**2 / 9) == pytest.approx(chance.FALSE_FAIL)


def test_right_draws_pass(rng):
    """Hundreds of right answers of every kind pass."""
    for _ in range(100):
        chance.require_normal("W", rng.normal(0, 0.2, size=(100, 100)), 0.04)
        chance.require_normal("W", rng.normal(0, 0.2, size=(100, 100)).astype(np.float32), 0.04)
        chance.require_uniform("W", rng.uniform(-0.1, 0.1, size=N), -0.1, 0.1)
        chance.require_share("kept", int(np.sum(rng.random(N) < 0.7)), N, 0.7)
        chance.require_shares("token", np.bincount(rng.choice(3, size=N, p=[0.2, 0.3, 0.5])), [0.2, 0.3, 0.5])


MISTAKES = {
    "variance taken for deviation": lambda rng: rng.normal(0, 0.04, size=(100, 100)),
    "fan_out for fan_in": lambda rng: rng.normal(0, 0.2 * math.sqrt(3), size=(100, 100)),
    "2 / fan_in for 1 / fan_in": lambda rng: rng.normal(0, 0.2 * math.sqrt(2), size=(100, 100)),
    "Glorot's variance": lambda rng: rng.normal(0, 0.2 * math.sqrt(2 / 3), size=(100, 100)),
    "uniform of the same variance": lambda rng: rng.uniform(-0.2 * math.sqrt(3), 0.2 * math.sqrt(3), size=(100, 100)),
    "the same draw for every row": lambda rng: np.tile(rng.normal(0, 0.2, size=100), (100, 1)),
    "absolute values": lambda rng: np.abs(rng.normal(0, 0.2, size=(100, 100))),
    "zeros": lambda rng: np.zeros((100, 100)),
    "one number": lambda rng: np.full((100, 100), 0.2),
    "NaN": lambda rng: np.full((100, 100), np.nan),
    "a mean that is not 0": lambda rng: rng.normal(0.02, 0.2, size=(100, 100)),
}


@pytest.mark.parametrize("draw", MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_with_normal_draws_are_seen(rng, draw):
    """Twenty of twenty wrong answers of each kind fail."""
    for _ in range(20):
        with pytest.raises(Failure):
            chance.require_normal("W", draw(rng), 0.04)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.uniform(0, 0.1, size=N),
        lambda rng: rng.uniform(-0.2, 0.2, size=N),
        lambda rng: rng.uniform(-0.05, 0.05, size=N),
        lambda rng: rng.normal(0, 0.1 / 3, size=N),
        lambda rng: rng.choice([-0.1, 0.1], size=N),
        lambda rng: np.full(N, np.nan),
    ],
    ids=["one-sided", "too wide", "too narrow", "normal", "two values", "NaN"],
)
def test_mistakes_with_uniform_draws_are_seen(rng, draw):
    """Twenty of twenty wrong answers of each kind fail."""
    for _ in range(20):
        with pytest.raises(Failure):
            chance.require_uniform("W", draw(rng), -0.1, 0.1)


@pytest.mark.parametrize("share", [0.24, 0.36, 0.7, 0.0, 1.0])
def test_wrong_shares_are_seen(rng, share):
    """A probability off by 0.06, or p in place of 1 - p, fails."""
    with pytest.raises(Failure):
        chance.require_share("kept", int(N * share), N, 0.3)


def test_certain_things_are_certain():
    """Probability 0 and 1 leave no room."""
    chance.require_share("kept", N, N, 1)
    with pytest.raises(Failure):
        chance.require_share("kept", N - 1, N, 1)
