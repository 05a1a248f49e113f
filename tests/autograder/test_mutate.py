"""Mutants are different programs, one small mistake each; equivalent ones carry their reason."""

import ast
import inspect

from autograder import mutate
from autograder.assignment import Exercise
from autograder.check import Check
from autograder.compare import equal
from autograder.failure import Failure


def average(values, weights):
    """The weighted average of values."""
    total = 0.0
    for value, weight in zip(values, weights, strict=True):
        total += value * weight
    return total / sum(weights)


def gives_the_average(average):
    """The weighted average of 1 and 4 with weights 1 and 3 is 13 / 4."""
    equal("average", average([1.0, 4.0], [1.0, 3.0]), 3.25)


def gives_a_number(average):
    """An average is something."""
    if average([1.0], [1.0]) is None:
        raise Failure("WRONG", "nothing")


def exercise(*functions):
    checks = tuple(Check(function, 1) for function in functions)
    return Exercise("average", "nowhere.average", average, (), checks)


def test_every_mutant_is_another_program():
    """No two are alike, none is the original, all compile."""
    found = list(mutate.mutants(average))
    texts = {mutant.change for mutant in found}

    assert len(found) == len(texts) > 8
    assert all(mutant.change.split(" => ")[0] != mutant.change.split(" => ")[1] for mutant in found)


def test_the_original_is_left_as_it_was():
    """Making mutants changes neither the function nor its text."""
    before = ast.dump(ast.parse(inspect.getsource(average)))
    list(mutate.mutants(average))

    assert ast.dump(ast.parse(inspect.getsource(average))) == before
    assert average([1.0, 4.0], [1.0, 2.0]) == 3.0


def test_the_usual_mistakes_are_among_them():
    """A dropped factor, a wrong operator, a lost update, a mean for a sum."""
    changes = {mutant.change for mutant in mutate.mutants(average)}

    assert "total += value * weight => total += value" in changes
    assert "total += value * weight => total -= value * weight" in changes
    assert "total += value * weight => pass" in changes
    assert "return total / sum(weights) => return total * sum(weights)" in changes
    assert "return total / sum(weights) => return total" in changes


def test_a_good_check_notices_them_all_but_the_equivalent():
    """Only the mutants that cannot matter survive a check of the value."""
    made, survivors = mutate.survivors(exercise(gives_the_average), {}, {})

    assert made == len(list(mutate.mutants(average)))
    assert all("zip(" in survivor.change for survivor in survivors)  # its order and its length check do not matter


def test_a_check_that_looks_at_nothing_lets_them_live():
    """The mutation score can fall: this is what it is for."""
    made, survivors = mutate.survivors(exercise(gives_a_number), {}, {})

    assert len(survivors) > made / 3


def test_a_recorded_reason_goes_with_its_survivor():
    """`equivalent.py` explains a survivor by its change."""
    _, survivors = mutate.survivors(exercise(gives_the_average), {}, {})
    change = survivors[0].change

    _, explained = mutate.survivors(exercise(gives_the_average), {}, {change: "lengths are equal"})

    assert explained[0].reason == "lengths are equal"
    assert not explained[1].reason if len(explained) > 1 else True


def forever(n):
    """Counts down."""
    while n > 0:
        n -= 1
    return n


def reaches_zero(forever):
    """Counting down ends at 0."""
    equal("n", forever(3), 0)


def test_a_mutant_that_loops_is_caught(monkeypatch):
    """`n += 1` never ends; the time limit counts as noticed."""
    monkeypatch.setattr(mutate, "SECONDS", 1)
    endless = Exercise("forever", "nowhere.forever", forever, (), (Check(reaches_zero, 1),))

    _, survivors = mutate.survivors(endless, {}, {}, seeds=(0,))

    assert "n -= 1 => n += 1" not in {survivor.change for survivor in survivors}
