"""Which check of an exercise carries the hint."""

import pytest

from autograder.check import Check
from autograder.judge import FAILED, PASSED, Verdict
from autograder.report import SLIP_HINTS, with_hint


def verdict(code, slip=""):
    check = Check(lambda answer: None, points=1, public=False)
    return Verdict(check, FAILED if code else PASSED, code, slip=slip)


def hints(*verdicts, hint=""):
    return [result.hint for result in with_hint(verdicts, hint)]


def test_the_hint_of_a_mistake_stands_at_the_first_check_that_failed():
    assert hints(verdict(""), verdict("RAISED"), verdict("WRONG", "sign"), hint="Try 0.") == ["", "Try 0.", ""]


def test_the_hint_of_a_slip_stands_where_it_shows():
    """What stopped with an error is not off by a sign."""
    assert hints(verdict("RAISED"), verdict("WRONG", "sign")) == ["", SLIP_HINTS["sign"]]


@pytest.mark.parametrize(
    ("slips", "expected"),
    [(["factor 2", "", ""], ""), (["", "half", "half"], "half"), (["sign"], "sign"), (["", ""], "")],
)
def test_a_slip_in_few_of_many_checks_may_be_chance(slips, expected):
    given = hints(*(verdict("WRONG", slip) for slip in slips))

    assert next(filter(None, given), "") == SLIP_HINTS.get(expected, "")
