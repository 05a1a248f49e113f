"""Verifying is green on a sound homework, and red as soon as one thing about it is broken."""

import json
import re

import numpy as np
import pytest

from autograder import bank
from autograder.assignment import Assignment, Exercise
from autograder.check import Answer, Check
from autograder.compare import equal, number
from autograder.homework import Homework
from autograder.verify import prove
from tests.autograder import specimen
from tests.autograder.specimen import NAME

TABLE_CHECK, COPY_CHECK = "means_of_a_small_table_are_taken_off", "centered_leaves_X_alone"
REMOVED = """

@check(points=1)
def centered_leaves_X_alone"""
ADDED_WRONG = f'''

@wrong("centered", caught_by="{TABLE_CHECK}")
def right_after_all(X):
    """Is anything wrong with it?"""
    return X - np.mean(X, axis=0)
'''
ADDED_RIGHT = """

@right("centered")
def with_the_middle(X):
    return X - np.median(X, axis=0)
"""
ADDED_CHECK = '''

@check(points=1)
def another_truth(centered, rng):
    """Something about centered inputs."""
    X = rng.normal(size=(4, 3))
    {}
'''

# What is broken: changes (part, old text, new text), and what the author reads.
BREAKAGES = {
    "a check is removed": (
        [("hidden", REMOVED, "\n\ndef centered_leaves_X_alone")],
        f"centered: wrong answer in_place is not caught by {COPY_CHECK} (no other catches it)",
    ),
    "a tolerance is weakened": (
        [("public", "slips=one_for_all)", "slips=one_for_all, atol=11)")],
        f"centered: wrong answer median_for_the_mean is not caught by {TABLE_CHECK} (",
    ),
    "a wrong answer is added that nothing catches": (
        [("wrong", "", ADDED_WRONG)],
        f"centered: wrong answer right_after_all is not caught by {TABLE_CHECK} (no other catches it)",
    ),
    "a right answer is rejected": (
        [("right", "", ADDED_RIGHT)],
        f"centered: right answer with_the_middle is rejected by {TABLE_CHECK} (seed 0): ",
    ),
    "the answer key is wrong": (
        [("key", "return X -", "return X +")],
        f"centered: right answer the reference is rejected by {TABLE_CHECK} (seed 0): ",
    ),
    "a check catches nothing": (
        [("hidden", "", ADDED_CHECK.format("centered(X)"))],
        "centered: the check another_truth catches nothing",
    ),
    "a check breaks on a right answer": (
        [("hidden", "", ADDED_CHECK.format('equal("sum", centered(X).sum(axis=0), [0.0] * 3)'))],
        "centered: another_truth breaks on with_nested_lists: Traceback",
    ),
    "a check breaks on a wrong answer": (
        [("hidden", "", ADDED_CHECK.format("assert abs(sum(row[0] for row in centered(X))) < 1e-9"))],
        "centered: another_truth breaks on one_mean_for_all_entries and 5 other answers: checks do not assert; use",
    ),
    "the answer is forgotten": (
        [("key", "return X -", "X -")],
        f"centered: right answer the reference is rejected by {TABLE_CHECK} (seed 0): ",
    ),
    "a mutant is unexplained": (
        [("equivalent", 'axis=0, keepdims=False)": ', 'axis=0, keepdims=None)": ')],
        "centered: no check notices the mutant return X - np.mean(X, axis=0, keepdims=True)"
        " => return X - np.mean(X, axis=0, keepdims=False)",
    ),
    "a mutant's reason is empty": (
        [("equivalent", '_BROADCAST = "means', '_BROADCAST = "" and "means')],
        "centered: no check notices the mutant ",
    ),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    root = specimen.write_checkout(tmp_path_factory.mktemp("checkout"))
    specimen.write_homework(root)
    return root


@pytest.fixture
def broken(checkout):
    """Breaks the homework, and mends it after the test."""
    before = {part: (checkout / path).read_text("utf-8") for part, path in specimen.PATHS.items()}
    yield lambda changes: [specimen.change(checkout, *changed) for changed in changes]
    for part, text in before.items():
        (checkout / specimen.PATHS[part]).write_text(text, "utf-8")


def verify(checkout):
    """The command's outcome and the exercise in its JSON."""
    done = specimen.python(checkout, "-m", "autograder", "verify", NAME, "--seeds", "3")
    (exercise,) = json.loads((checkout / "reports" / NAME / "verify.json").read_text("utf-8"))["exercises"]
    return done, exercise


def test_sound_homework_is_green(checkout):
    """Exit code 0, and no line that asks for anything to be mended."""
    done, exercise = verify(checkout)

    assert done.returncode == 0, done.stdout + done.stderr
    assert exercise["green"]
    assert not any(line.startswith("centered: ") for line in done.stdout.splitlines())
    assert done.stdout.endswith("\neverything is as it should be\n")


@pytest.mark.parametrize(("changes", "finding"), BREAKAGES.values(), ids=BREAKAGES)
def test_broken_homework_is_red(changes, finding, checkout, broken):
    """Exit code 1, and a line that says what, where and by which check."""
    broken(changes)

    done, exercise = verify(checkout)

    assert done.returncode == 1, done.stdout + done.stderr
    assert not exercise["green"]
    assert any(line.startswith(finding) for line in done.stdout.splitlines()), done.stdout
    assert re.search(r"\n[1-9]\d* things? to mend\n$", done.stdout)
    assert done.stdout.count("Traceback") <= 1


def test_nothing_else_is_tried_with_a_wrong_answer_key(checkout, broken):
    """Whatever it says about the bank would follow from the key."""
    broken([("key", "return X -", "X -")])

    done, exercise = verify(checkout)

    assert done.stdout.endswith("\n3 things to mend\n")  # the key, its example, the figure that draws its result
    assert (exercise["wrongs"], exercise["mutants"]) == (0, 0)


# What is broken in the notebook's code: change, and what the author reads.
NOTEBOOK_BREAKAGES = {
    "a figure raises": (
        ("master", "ax.legend()", "ax.legend(nowhere=1)"),
        "assignments/hw9_topic/hw9.md:{line}: ",
        " in the solution notebook",
    ),
    "given code raises": (
        ("master", "return np.array([50.0, 7.0]) +", "return np.array([50.0, 7.0, 1.0]) +"),
        "assignments/hw9_topic/hw9.md:{line}: ValueError: operands could not be broadcast",
        " in the solution notebook",
    ),
    "a stub stops a figure": (
        ("master", "except NotImplementedError:", "except KeyError:"),
        "assignments/hw9_topic/hw9.md:{line}: NotImplementedError: centered: your code here",
        " while the exercises are stubs",
    ),
    "an example is wrong": (
        ("key", "[[-1.0, 0.0], [1.0, 0.0]]", "[[-1.0, 0.0], [2.0, 0.0]]"),
        "nnref/topic.py:{line}: centered's example gives [[-1.0, 0.0], [1.0, 0.0]], not [[-1.0, 0.0], [2.0, 0.0]]",
        "",
    ),
    "an example uses what students do not have": (
        ("key", ">>> centered(np.array(", ">>> centered(numpy.array("),
        "nnref/topic.py:{line}: centered's example raises NameError: name 'numpy' is not defined",
        "",
    ),
}


@pytest.mark.parametrize(("changed", "start", "end"), NOTEBOOK_BREAKAGES.values(), ids=NOTEBOOK_BREAKAGES)
def test_notebook_whose_code_raises_is_red(changed, start, end, checkout, broken):
    """Run once with every answer and once with every stub; a docstring's example with what stands above it."""
    part, _, new = changed
    broken([changed])
    text = (checkout / specimen.PATHS[part]).read_text("utf-8")
    near = "moved = centered(raw)" if "stub" in end else ">>> centered(" if part == "key" else new
    line = text[: text.index(near)].count("\n") + 1

    command = f"from autograder import notebook_run; print('found', *notebook_run.mistakes({NAME!r}), sep='\\n')"
    done = specimen.python(checkout, "-c", command)
    _, found = done.stdout.splitlines()

    assert found.startswith(start.format(line=line))
    assert found.endswith(end)


# ---- what is counted ------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_answer_key(monkeypatch):
    """The homework below lies in this file alone."""
    monkeypatch.setattr(bank, "library", lambda exercises: {})


def halved(x):
    """Half of x."""
    return x / 2


def four_is_halved(halved):
    """Half of 4 is 2."""
    equal("halved(4)", halved(4.0), 2.0)


def random_numbers_are_halved(halved, rng):
    """Twice the half is the whole."""
    x = rng.uniform(1, 2)
    equal("twice halved(x)", 2 * number("halved(x)", halved(x)), x)


def doubled(x):
    """Is it larger or smaller than before?"""
    return 2 * x


def less_by_two(x):
    """What comes out for 3?"""
    return x - 2


def root(x):
    """What comes out for 9?"""
    return x**0.5


def sum_with_itself(x):
    return x + x


def one_more(x):
    return x + 1


def multiplied_by_half(x):
    return 0.5 * x


def homework(*, wrongs, rights=(multiplied_by_half,), rewrites=()):
    """A homework of one exercise; `wrongs` and `rewrites` are pairs of a function and the name of a check or answer."""
    checks = tuple(Check(function, 1) for function in (four_is_halved, random_numbers_are_halved))
    exercise = Exercise("halved", "nowhere.halved", halved, checks[:1], checks[1:])
    bank = {
        "rights": {"halved": tuple(Answer("halved", function) for function in rights)},
        "wrongs": {"halved": tuple(Answer("halved", function, caught_by) for function, caught_by in wrongs)},
        "rewrites": {"halved": tuple(Answer("halved", function, "", original) for function, original in rewrites)},
    }
    whole = Assignment(Homework("hw0", None), (exercise,), **bank, equivalent={}, cells=(), limits={}, digest="")
    return whole, exercise


BY_ONE = "random_numbers_are_halved"


def test_catches_are_counted_by_check():
    """4 - 2 and the root of 4 are half of 4: one check sees those two mistakes, both checks see the doubling."""
    proof = prove(*homework(wrongs=[(doubled, "four_is_halved"), (less_by_two, BY_ONE), (root, BY_ONE)]), range(3))

    assert (proof.wrongs, proof.wrongs_caught) == (3, 3)
    assert proof.catches == pytest.approx((2 + 1 + 1) / 3)
    assert proof.only_one_check == ["less_by_two", "root"]
    assert proof.idle_checks == []
    assert proof.green


def test_check_that_a_wrong_answer_names_has_to_catch_it_itself():
    """That another check does is said, but it does not count."""
    proof = prove(*homework(wrongs=[(root, "four_is_halved")]), range(3))

    assert proof.wrongs_caught == 0
    assert proof.misjudged == [
        "halved: wrong answer root is not caught by four_is_halved (random_numbers_are_halved catches it)"
    ]
    assert proof.idle_checks == ["four_is_halved"]


def test_catch_has_to_happen_at_every_seed():
    """A mistake that shows on three draws out of four is not caught."""

    def wrong_above(x):
        """Try many values of x."""
        return x / 2 if x < 1.75 else x

    draws = [np.random.default_rng(seed).uniform(1, 2) for seed in range(50)]
    assert min(draws) < 1.75 < max(draws)

    proof = prove(*homework(wrongs=[(wrong_above, BY_ONE)]), range(50))

    assert proof.wrongs_caught == 0
    assert proof.lucky == [f"wrong_above by {BY_ONE}"]
    assert not proof.green


def test_right_answers_count_with_the_reference():
    """Of the reference, 0.5 x and x - 2, the last is rejected once, however many checks and seeds reject it."""
    proof = prove(*homework(wrongs=[], rights=[multiplied_by_half, less_by_two]), range(5))

    assert (proof.rights, proof.rights_accepted) == (3, 2)
    assert len(proof.misjudged) == 1
    assert "right answer less_by_two is rejected by random_numbers_are_halved" in proof.misjudged[0]


def test_diagnoses_are_counted_with_and_without_the_answers_own_entry():
    """Two mistakes that behave differently are told apart, and each is unknown to a bank that has only the other."""
    proof = prove(*homework(wrongs=[(doubled, "four_is_halved"), (root, BY_ONE)]), range(2))

    assert (proof.diagnosed, proof.unknown_without_it) == (2, 2)
    assert proof.misdiagnosed == []


def test_twins_in_the_bank_are_not_told_apart():
    """Two entries that do the same name each other: neither is diagnosed, and neither is unknown without its entry."""
    wrongs = [(doubled, "four_is_halved"), (sum_with_itself, "four_is_halved")]

    proof = prove(*homework(wrongs=wrongs), range(2))

    assert (proof.diagnosed, proof.unknown_without_it) == (0, 0)
    assert proof.misdiagnosed == ["doubled: doubled, sum_with_itself", "sum_with_itself: doubled, sum_with_itself"]


def test_rewrites_are_counted_by_the_mistake_they_rewrite():
    """x + x is the doubling in another style; x + 1 is not what it says it is."""
    rewrites = [(sum_with_itself, "doubled"), (one_more, "doubled")]

    proof = prove(*homework(wrongs=[(doubled, "four_is_halved")], rewrites=rewrites), range(2))

    assert (proof.rewrites, proof.rewrites_diagnosed) == (2, 1)
    assert proof.misdiagnosed == ["one_more (of doubled): unknown"]
