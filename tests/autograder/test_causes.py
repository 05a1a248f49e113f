"""A typo is one line, not one for everything that hangs on the name."""

from autograder.causes import Mistake, Rank, summary


def test_misspelt_exercise_in_the_master_comes_first():
    """Checks and answers spell it right, and each of them would be told that there is no such exercise."""
    found = [Mistake(f"wrong.py:{n}: no exercise centered", "centered", Rank.ANSWER) for n in range(9)]
    found += [Mistake("public.py:3: no exercise centered", "centered", Rank.CHECK)]
    found += [Mistake("hw9.md:2: centred has 0 public checks", "centred", Rank.FOLLOWS)]
    found += [Mistake("hw9.md:2: no function centred", "centred", Rank.REFERENCE)]

    assert summary(found, ["centred", "softmax"]) == [
        "hw9.md:2: no function centred",
        "    and 11 more that follow from it",
    ]


def test_every_misspelling_is_named_once():
    """Two different typos are two things to mend, wherever they stand."""
    found = [Mistake("public.py:3: centred is no exercise", "centred", Rank.CHECK)]
    found += [Mistake(f"wrong.py:{n}: no exercise centerd", "centerd", Rank.ANSWER) for n in range(2)]
    found += [Mistake("hw9.md:2: centered has 0 public checks", "centered", Rank.FOLLOWS)]

    assert summary(found, ["centered"]) == [
        "public.py:3: centred is no exercise",
        "wrong.py:0: no exercise centerd",
        "    and 2 more that follow from these",
    ]


def test_what_follows_from_nothing_keeps_its_line():
    """A missing answer without a typo, a mistake of another exercise, one that has nothing to do with a name."""
    found = [Mistake("a", "centered", Rank.FOLLOWS), Mistake("b", "centered", Rank.FOLLOWS), Mistake("c")]
    found += [Mistake("d", "softmax", Rank.ANSWER), Mistake("e", "softmax"), Mistake("f", "softmax", Rank.FOLLOWS)]

    assert summary(found, ["centered", "softmax"]) == ["a", "b", "c", "d", "    and 1 more that follows from it", "e"]
