"""Judging random answers: bounds that a right answer breaks less than once in 1e9 calls of a function below.

The builder pastes this file into the tests of homeworks whose checks import it; it depends on numpy alone. Draws are
judged by exact structure where there is one, and by these statistics where there is not; never by a stream of numbers.
Every bound holds for every sample size (no normal approximation), so its false-fail probability is computed, not
guessed. Sources: the moment-generating-function bounds of Chernoff (1952) and Hoeffding (1963) for shares and bounded
draws; Laurent and Massart (2000), lemma 1, for sums of squared normal draws.
"""

import math

import numpy as np

from autograder.failure import Failure, digits

FALSE_FAIL = 2e-10  # of one statistic, for a right answer; no function looks at more than four
TAIL = math.log(2 / FALSE_FAIL)  # two tails of probability exp(-TAIL) each


# ---- bounds -----------------------------------------------------------------------------------------------------


def square_sum_bounds(n):
    """Bounds of a sum of n squared standard normal draws (chi-square with n degrees of freedom).

    P(sum over n + 2 sqrt(n t) + 2 t) and P(sum under n - 2 sqrt(n t)) are at most exp(-t) each.
    """
    return n - 2 * math.sqrt(n * TAIL), n + 2 * math.sqrt(n * TAIL) + 2 * TAIL


def normal_mean_bound(n):
    """How far the mean of n standard normal draws may lie from 0: P(mean over x) is at most exp(-n x^2 / 2)."""
    return math.sqrt(2 * TAIL / n)


def bounded_mean_bound(n, width):
    """How far the mean of n draws from an interval of this width may lie from its expectation (Hoeffding)."""
    return width * math.sqrt(TAIL / (2 * n))


def share_bounds(n, probability):
    """Bounds of the share of n independent trials that succeed: P(share beyond q) is at most exp(-n KL(q, p))."""
    return _share_bound(n, probability, 0.0), _share_bound(n, probability, 1.0)


def _share_bound(n, probability, end):
    inside, outside = probability, end
    for _ in range(60):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if n * _divergence(middle, probability) > TAIL else (middle, outside)
    return outside


def _divergence(q, p):
    """Kullback-Leibler divergence of two coins."""
    heads = q * math.log(q / p) if q > 0 else 0.0
    tails = (1 - q) * math.log((1 - q) / (1 - p)) if q < 1 else 0.0
    return heads + tails


# ---- checks -----------------------------------------------------------------------------------------------------


def require_normal(name, draws, variance):
    """Fail unless `draws` (1,000 or more) look like independent draws from N(0, variance).

    Looks at mean, variance, tails and repeats; false-fail below 1e-9 in all. Sees with certainty, for practical
    purposes, at 10,000 draws: a variance off by a factor of 1.15, a uniform distribution, a value drawn twice.
    """
    draws = np.asarray(draws, dtype=float).ravel()
    standard, n = draws / math.sqrt(variance), draws.size
    require_distinct(name, draws)
    low, high = square_sum_bounds(n)
    found = float(np.mean(draws**2))
    if not low <= float(np.sum(standard**2)) <= high:
        raise Failure(
            "WRONG", f"The {n} entries of {name} have variance {digits(found)}, expected about {digits(variance)}."
        )
    if not abs(float(np.mean(standard))) <= normal_mean_bound(n):
        raise Failure(
            "WRONG", f"The {n} entries of {name} have mean {digits(float(np.mean(draws)))}, expected about 0."
        )
    if n >= 1_800 and not np.any(np.abs(standard) > 2.5):  # 0.98758 ** 1800 is 1.7e-10
        raise Failure("WRONG", f"No entry of {name} is beyond 2.5 standard deviations: that is no normal distribution.")


def require_uniform(name, draws, low, high):
    """Fail unless `draws` look like independent draws from the interval (low, high): range, mean, spread, repeats.

    False-fail below 1e-9 in all. Sees at 10,000 draws a mean off by 0.04 widths and a normal distribution.
    """
    draws = np.asarray(draws, dtype=float).ravel()
    n, middle, half = draws.size, (low + high) / 2, (high - low) / 2
    require_distinct(name, draws)
    if not np.all((draws >= low) & (draws <= high)):
        raise Failure("WRONG", f"{name} has an entry outside {digits(low)} to {digits(high)}.")
    if not abs(float(np.mean(draws)) - middle) <= bounded_mean_bound(n, 2 * half):
        raise Failure(
            "WRONG",
            f"The entries of {name} have mean {digits(float(np.mean(draws)))}, expected about {digits(middle)}.",
        )
    if not abs(float(np.mean(((draws - middle) / half) ** 2)) - 1 / 3) <= bounded_mean_bound(n, 1.0):
        raise Failure("WRONG", f"The entries of {name} do not fill {digits(low)} to {digits(high)} evenly.")


def require_distinct(name, draws):
    """Fail if one value in twenty is a repeat: a million independent draws of 24 random bits do not come near that."""
    values = np.asarray(draws).ravel()
    repeated = values.size - np.unique(values).size
    if repeated > values.size / 20:
        raise Failure("WRONG", f"{name} holds the same number more than once: is every entry a draw of its own?")


def require_share(name, successes, trials, probability):
    """Fail unless the share of successes fits independent trials of this probability; false-fail below 2e-10.

    Sees, for example at 10,000 trials and probability 0.3, a true probability off by 0.06.
    """
    if probability in (0, 1):
        fits = successes == trials * probability
    else:
        low, high = share_bounds(trials, probability)
        fits = low <= successes / trials <= high
    if not fits:
        raise Failure(
            "WRONG", f"{name}: {successes} of {trials}, expected a share of about {digits(float(probability))}."
        )


def require_shares(name, counts, probabilities):
    """Fail unless `counts` of categories fit independent draws with these probabilities; 2e-10 a category."""
    for category, (count, probability) in enumerate(zip(counts, probabilities, strict=True)):
        require_share(f"{name} {category}", int(count), int(np.sum(counts)), float(probability))
