"""The generated test files under real otter: the same verdicts as the engine's, in sentences that can be read."""

import ast
import sys
import textwrap
import warnings

import numpy as np
import pytest

from autograder import bank, build, otter_tests
from autograder.assignment import load, load_parts, public_seed
from autograder.check import Answer, Check
from autograder.failure import Failure
from autograder.guard import run
from autograder.homework import find_homeworks
from tests.autograder.test_build import write_specimen

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of a package that otter imports
    from otter.test_files import create_test_file
    from otter.test_files.exception_test import ExceptionTestFile


@pytest.fixture
def specimen(tmp_path, monkeypatch):
    homework = write_specimen(tmp_path, monkeypatch)
    build.build("hw1", tmp_path)
    return homework


def scaled(z):
    return 2.0 * z


def stub(x):
    raise NotImplementedError("twice: your code here")


def raising(x):
    return {}["<b>no such key</b>"]


def exiting(x):
    sys.exit(1)


def with_an_angry_list(x):
    return [1.0, "<script>"]


ANSWERS = {
    "right": lambda x: 2 * x,
    "list": lambda x: [2 * value for value in x],
    "wrong": lambda x: x * x,
    "off by a factor": lambda x: 4 * x,
    "wrong shape": lambda x: np.ones((2, 2)),
    "nan": lambda x: x * np.nan,
    "stub": stub,
    "None": lambda x: None,
    "ellipsis": lambda x: ...,
    "raises": raising,
    "exits": exiting,
    "text": with_an_angry_list,
    "takes nothing": lambda: 2,
    "a number": 3.0,
}


def engines_verdict(check, env):
    """None if the check passes, else its Failure."""
    try:
        with np.errstate(all="ignore"):
            run(check.function, env, public_seed(check))
    except Failure as failure:
        return failure
    return None


def otters_results(homework, exercise, env):
    path = homework.notebook.parent / "tests" / f"{exercise}.py"
    tests = ExceptionTestFile.from_file(str(path))
    tests.run(env)
    return tests


@pytest.mark.parametrize("answer", [*ANSWERS, "missing"])
def test_otter_and_engine_say_the_same(answer, specimen):
    """Same verdict and same message; the message names the check, and nothing in it could be taken for HTML."""
    env = {"scaled": scaled} | ({"twice": ANSWERS[answer]} if answer in ANSWERS else {})
    checks = [check for check in load_parts(specimen).public if check.exercise == "twice"]

    results = otters_results(specimen, "twice", env).test_case_results

    assert [result.test_case.name for result in results] == [check.sentence for check in checks]
    for check, result in zip(checks, results, strict=True):
        failure = engines_verdict(check, env)
        assert result.passed == (failure is None)
        if failure:
            assert f"  run({check.name}, env, {public_seed(check)})  # this line is the test's" in result.message
            assert result.message.endswith(f"\nFailure: {failure}")
            assert not set("<>") & set(result.message)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("stub", "twice is not started yet: write its body, run its cell, then this one."),
        ("missing", "twice is not defined yet. Run the cell that defines it, then this one."),
        ("None", "twice(x) is None. Does every path through your function end with a return?"),
        ("exits", "twice raised SystemExit: 1 on your line `sys.exit(1)` in exiting. It was given x (2,)."),
        ("off by a factor", "Every entry of twice(x) is off by the same factor, 2."),
        ("wrong shape", "twice(x) has shape (2, 2), expected (2,)."),
    ],
)
def test_message_says_what_is_wrong(answer, message, specimen):
    """What a student reads for the commonest mishaps."""
    env = {"scaled": scaled} | ({"twice": ANSWERS[answer]} if answer in ANSWERS else {})

    first, *_ = otters_results(specimen, "twice", env).test_case_results

    assert message in first.message


def test_each_exercise_has_its_points_and_nothing_is_hidden(specimen):
    """1 + 0.5 points, as written in public.py."""
    tests = otters_results(specimen, "twice", {"twice": ANSWERS["right"], "scaled": scaled})

    assert tests.name == "twice"
    assert [case.points for case in tests.test_cases] == [1, 0.5]
    assert not any(case.hidden for case in tests.test_cases)
    assert tests.score == tests.possible == 1.5


def test_passing_says_that_more_checks_run(specimen):
    """Once, and in words that stay true if an earlier check failed: otter shows it for every check that passed."""
    tests = otters_results(specimen, "twice", {"twice": ANSWERS["right"], "scaled": scaled})

    assert tests.summary().count("These are the public checks; more run when this is graded.") == 1


def test_otter_recognises_the_format(specimen, monkeypatch):
    """grader.check finds out by itself that the file is in the exception format, whatever the machine's encoding."""
    path = specimen.notebook.parent / "tests" / "twice.py"

    assert isinstance(create_test_file(str(path), None), ExceptionTestFile)
    assert path.read_bytes().isascii()
    assert load_parts(specimen).public[0].sentence == "1 and -4 become 2 and -8 – as the slide has it."


def test_file_holds_what_its_checks_use_and_no_more(specimen):
    """Constants come with their comments; other exercises' checks, unused names and the kit's imports stay away."""
    twice, centred = (
        (specimen.notebook.parent / "tests" / f"{name}.py").read_text("ascii") for name in ("twice", "centred")
    )

    assert "# The slide prints these.\nLECTURE_NUMBERS = [1.0, -4.0]\n" in twice
    assert "def doubled(values):" in twice
    assert not any(word in centred for word in ("LECTURE_NUMBERS", "doubled", "twice"))
    assert not any(word in twice + centred for word in ("UNUSED", "autograder.", "secret", "specimenref", "@check"))


def test_file_imports_the_standard_library_numpy_and_otter(specimen):
    """Students need nothing else."""
    text = (specimen.notebook.parent / "tests" / "twice.py").read_text("ascii")
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in nodes}

    assert {module.split(".")[0] for module in modules} - set(sys.stdlib_module_names) == {"numpy", "otter"}


def rendered(source):
    """The test file of the exercise `f` with one check, which does what public.py's text `source` says."""

    def one_holds(f):
        """One is one."""

    return otter_tests.render("f", [Check(one_holds, 1)], textwrap.dedent(source), "hw9_none")


def test_what_a_constant_is_made_of_comes_along():
    """Names are followed through constants, functions, default values and imports."""
    text = rendered(
        """
        from itertools import count, product
        import math
        from autograder.check import Check

        SIZES = (2, 3)
        PAIRS = list(product(SIZES, SIZES))
        DIGITS = 3

        def area(width=math.pi):
            return width * len(PAIRS)

        @check(points=1)
        def one_holds(f):
            '''One is one.'''
            area()
        """
    )

    assert "from itertools import count, product\n" in text
    assert text.index("SIZES = (2, 3)") < text.index("PAIRS = ") < text.index("def area") < text.index("def one_holds")
    assert "DIGITS" not in text


def test_statistics_are_pasted_only_where_they_are_used():
    """chance.py is long, and most homework has no randomness."""
    with_chance = rendered(
        """
        from autograder.chance import share_bounds

        def one_holds(f):
            share_bounds(10, 0.5)
        """
    )
    without = rendered("def one_holds(f):\n    pass\n")

    assert "def share_bounds(" in with_chance
    assert "def share_bounds(" not in without


@pytest.mark.parametrize("name", [homework.name for homework in find_homeworks()])
def test_otter_and_engine_agree_on_the_whole_bank(name):
    """Every public check of a homework, on the reference and on every answer of the bank."""
    assignment = load(name)
    library = bank.library(assignment.exercises)

    disagreements = [
        f"{exercise.name}: {answer.name} at {check.name}"
        for exercise in assignment.exercises
        for answer in (Answer(exercise.name, exercise.reference), *answers_of(assignment, exercise.name))
        for check, result in judged_by_otter(assignment.homework, exercise, {**library, exercise.name: answer.function})
        if result.passed != (engines_verdict(check, {**library, exercise.name: answer.function}) is None)
    ]

    assert not disagreements


def answers_of(assignment, exercise):
    return assignment.rights[exercise] + assignment.wrongs[exercise] + assignment.rewrites[exercise]


def judged_by_otter(homework, exercise, env):
    with np.errstate(all="ignore"):
        results = otters_results(homework, exercise.name, env).test_case_results
    return zip(exercise.public, results, strict=True)
