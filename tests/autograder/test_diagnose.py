"""An answer that behaves like one mistake of the bank has its hint; any other is unknown."""

import numpy as np
import pytest

from autograder import judge
from autograder.check import Answer, Check
from autograder.compare import equal
from autograder.diagnose import Diagnosis, diagnose, same
from autograder.guard import unchanged

SECRET = 4711.0


def scaled(x):
    """The reference: x over the sum of its entries."""
    return np.asarray(x, dtype=float) / np.sum(x)


def shares_add_up(scaled):
    """The shares of 1, 2 and 5."""
    equal("scaled(x)", scaled(np.array([1.0, 2.0, 5.0])), [0.125, 0.25, 0.625])


def large_numbers_have_shares_too(scaled):
    """A number that nobody has to know, and another."""
    equal("scaled(x)", unchanged(scaled, np.array([SECRET, 3.0])), [SECRET / (SECRET + 3), 3 / (SECRET + 3)])


def by_the_largest(x):
    """What should the results add up to?"""
    return x / np.max(x)


def by_their_number(x):
    """Give it twice the numbers. What should come out?"""
    return x / len(x)


def in_place(x):
    """Print x before and after."""
    x /= np.sum(x)
    return x


def raises(x):
    """Which line is named?"""
    return x / undefined_sum  # noqa: F821  that is the mistake


BANK = (by_the_largest, by_their_number, in_place, raises)


def verdicts_of(answer, *checks, name="scaled", seed=0):
    """The verdicts of the checks on an answer to the exercise `name`."""
    functions = judge.local({name: answer})
    return [judge.run(Check(function, 1), functions, seed) for function in checks]


def diagnosis_of(answer, bank=BANK):
    """The diagnosis of an answer to `scaled`."""
    wrongs = [Answer("scaled", function, "shares_add_up") for function in bank]
    return diagnose(verdicts_of(answer, shares_add_up, large_numbers_have_shares_too), wrongs, scaled)


# ---- which entry is named -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mistake", BANK)
def test_mistake_of_the_bank_is_named_with_its_hint(mistake):
    """Every entry is told from every other."""
    assert diagnosis_of(mistake) == Diagnosis((mistake.__name__,), mistake.__doc__)


def by_the_largest_in_a_loop(x):
    largest = x[0]
    for entry in x:
        largest = entry if entry > largest else largest
    return [entry / largest for entry in x]


def in_place_by_entry(x):
    total = sum(x)
    for i in range(len(x)):
        x[i] = x[i] / total
    return x


def raises_otherwise(x):
    raise ValueError(f"cannot divide {x}")


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (by_the_largest_in_a_loop, "by_the_largest"),
        (lambda x: tuple(by_the_largest(x)), "by_the_largest"),
        (lambda x: np.exp(np.log(x) - np.log(np.max(x))), "by_the_largest"),
        (in_place_by_entry, "in_place"),
        (raises_otherwise, "raises"),
    ],
    ids=["list", "tuple", "other rounding", "in place", "another exception"],
)
def test_same_mistake_in_another_style_is_named(answer, name):
    """Lists and tuples count as arrays, and rounding and an exception's text do not matter."""
    assert diagnosis_of(answer).names == (name,)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: x / np.min(x),
        lambda x: by_the_largest(x) if len(x) == 3 else scaled(x),
        lambda x: by_the_largest(x)[:1],
        lambda x: None,
        lambda x: "text",
        lambda x: x / np.max(x) * (1 + 1e-4),
        lambda x: np.full(len(x), np.nan),
        lambda x: np.full(len(x), np.inf),
        lambda x: [10**400] * len(x),
    ],
    ids=["value", "on one call only", "shape", "None", "text", "almost", "nan", "infinity", "huge"],
)
def test_mistake_outside_the_bank_is_unknown(answer):
    """Nothing is better than a wrong hint."""
    assert diagnosis_of(answer) == Diagnosis()


def test_right_answer_has_no_diagnosis():
    """Even where an entry of the bank happens to be right on all of its calls."""

    def right_after_all(x):
        """No mistake."""
        return scaled(x)

    assert diagnosis_of(scaled, [*BANK, right_after_all]) == Diagnosis()


def test_entry_that_does_not_differ_from_the_reference_is_no_explanation():
    """An answer that only changes its argument is not explained by an entry that is right on all calls."""

    def right_after_all(x):
        """No mistake."""
        return scaled(x)

    assert diagnosis_of(in_place, [right_after_all]) == Diagnosis()


# ---- entries that cannot be told apart ------------------------------------------------------------------------


def test_twins_with_one_hint_give_that_hint():
    """Both are named to staff."""

    def divided_by_the_top(x):
        """What should the results add up to?"""
        return x / x.max()

    found = diagnosis_of(by_the_largest, [*BANK, divided_by_the_top])

    assert found == Diagnosis(("by_the_largest", "divided_by_the_top"), "What should the results add up to?")


def test_twins_with_different_hints_give_none():
    """Which of the two to give would be a guess."""

    def divided_by_the_last(x):
        """Put the largest number first. What changes?"""
        return x / np.sort(x)[-1]

    found = diagnosis_of(by_the_largest, [*BANK, divided_by_the_last])

    assert found == Diagnosis(("by_the_largest", "divided_by_the_last"), "")


def test_calls_of_all_checks_count():
    """The last entry of 1, 2, 5 is the largest; that of the other check's numbers is not."""

    def by_the_last(x):
        """Put the largest number first. What changes?"""
        return x / x[-1]

    bank = [*BANK, by_the_last]

    assert diagnosis_of(by_the_largest, bank).names == ("by_the_largest",)
    assert diagnosis_of(by_the_last, bank).names == ("by_the_last",)


def test_many_calls_are_enough_calls():
    """A check that calls a hundred thousand times costs no hundred thousand replays of every entry."""
    replayed = []

    def counted(x):
        """What comes out for 3?"""
        replayed.append(x)
        return x + 1

    def a_thousand_calls(same_number):
        """Every number is itself."""
        results = [same_number(float(x)) for x in range(1000)]
        equal("results", results, [float(x) for x in range(1000)])

    found = verdicts_of(lambda x: x + 1, a_thousand_calls, name="same_number")

    assert diagnose(found, [Answer("same_number", counted)], lambda x: x).names == ("counted",)
    assert 10 <= len(replayed) <= 100


# ---- arguments that are no data -------------------------------------------------------------------------------


def slope(f, x):
    """The reference: a central difference."""
    return (f(x + 0.5) - f(x - 0.5)) / 1.0


def forward_slope(f, x):
    """Give it a parabola's lowest point."""
    return (f(x + 0.5) - f(x)) / 0.5


def test_functions_as_arguments_are_called_again():
    """A forward difference of x^2 is told from one of double the width, by calling the check's own function."""

    def twice_the_slope(f, x):
        """Give it a straight line."""
        return f(x + 0.5) - f(x - 0.5) + 0 * x + slope(f, x)

    def parabola_has_slope_two_x(slope):
        """At 3 it rises by 6."""
        equal("slope", slope(lambda t: t**2, 3.0), 6.0)

    def same_in_a_loop(f, x):
        right, middle = (f(x + step) for step in (0.5, 0.0))
        return 2 * (right - middle)

    wrongs = [Answer("slope", forward_slope), Answer("slope", twice_the_slope)]

    def names(answer):
        return diagnose(verdicts_of(answer, parabola_has_slope_two_x, name="slope"), wrongs, slope).names

    assert names(same_in_a_loop) == ("forward_slope",)
    assert names(twice_the_slope) == ("twice_the_slope",)
    assert names(lambda f, x: 0.0) == ()


def test_generators_as_arguments_are_replayed_from_their_state():
    """The same draws come out again, also for the second call, when the generator has moved on."""

    def noise(rng, n):
        """The reference."""
        return rng.normal(size=n)

    def uniform_noise(rng, n):
        """Draw a histogram of ten thousand."""
        return rng.uniform(-1, 1, size=n)

    def constant_noise(rng, n):
        """Are there two equal entries?"""
        return np.full(n, rng.normal())

    def noise_goes_beyond_one(noise, rng):
        """Two batches of normal numbers hold one beyond 1."""
        draws = np.array([noise(rng, 500), noise(rng, 500)])
        equal("one is beyond 1", bool(np.any(np.abs(draws) > 1)), True)
        equal("spread", len(np.unique(draws)), 1000)

    wrongs = [Answer("noise", uniform_noise), Answer("noise", constant_noise)]

    def names(answer):
        return diagnose(verdicts_of(answer, noise_goes_beyond_one, name="noise", seed=5), wrongs, noise).names

    assert names(lambda rng, n: 2 * rng.random(n) - 1) == ("uniform_noise",)
    assert names(lambda rng, n: [rng.normal()] * n) == ("constant_noise",)
    assert names(lambda rng, n: np.zeros(n)) == ()


def test_calls_of_other_functions_are_not_compared():
    """A check may use an earlier exercise; what that one returned says nothing about this one."""

    def both_agree(scaled, helper):
        """Shares, with some help."""
        equal("scaled(x)", scaled(helper(np.array([1.0, 3.0]))), [0.25, 0.75])

    functions = judge.local({"scaled": by_the_largest, "helper": lambda x: x})
    verdict = judge.run(Check(both_agree, 1), functions, 0)

    assert diagnose([verdict], [Answer("scaled", by_the_largest)], scaled).names == ("by_the_largest",)


def test_check_that_never_called_the_answer_says_nothing():
    """A function that is missing has no behaviour."""
    wrongs = [Answer("scaled", by_the_largest)]

    assert diagnose(verdicts_of(None, shares_add_up), wrongs, scaled) == Diagnosis()
    assert diagnose([], wrongs, scaled) == Diagnosis()


# ---- what leaves ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [*BANK, raises_otherwise, lambda x: x * 0, lambda x: x[0], scaled])
def test_nothing_of_a_hidden_call_leaves(answer):
    """Names and hints are those of the bank, word for word; inputs and results are in none of them."""
    found = diagnosis_of(answer)

    assert set(found.names) <= {mistake.__name__ for mistake in BANK}
    assert found.hint in {"", *(mistake.__doc__ for mistake in BANK)}
    assert "4711" not in repr(found)


def test_diagnosing_changes_no_recorded_call():
    """Entries that work in place get copies."""
    verdicts = verdicts_of(by_the_largest, shares_add_up, large_numbers_have_shares_too)

    diagnose(verdicts, [Answer("scaled", function) for function in BANK], scaled)

    assert verdicts[1].calls[0].args[0].tolist() == [SECRET, 3.0]


# ---- same -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.array([1.0, 2.0]), [1, 2.0]),
        ((1.0, np.float32(2)), [1.0, 2.0]),
        (np.nan, float("nan")),
        (np.inf, 1e400),
        (1.0, 1.0 + 1e-12),
        (True, 1),
        (10**400, 10**400),
        ({"a": np.zeros(2)}, {"a": (0, 0)}),
        (None, None),
        ("x", "x"),
        (np.array(3.0), 3),
    ],
    ids=lambda value: str(value)[:12],
)
def test_values_that_are_the_same(one, other):
    """Whatever kind of list holds them, and up to rounding."""
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1.0, 2.0], [1.0, 2.0, 3.0]),
        ([[1.0, 2.0]], [1.0, 2.0]),
        (1.0, 1.001),
        (np.nan, 0.0),
        (np.inf, -np.inf),
        (np.inf, 1.0),
        (10**400, 1.0),
        (10**400, np.inf),
        ({"a": 1}, {"b": 1}),
        (None, 0),
        ("1", 1),
        (np.zeros((2, 1)), np.zeros((1, 2))),
    ],
    ids=lambda value: str(value)[:12],
)
def test_values_that_are_not_the_same(one, other):
    """Another length, depth, value or kind."""
    assert not same(one, other)
    assert not same(other, one)
