"""A report as results.json: names, points, who sees what, and nothing of hidden checks where all can see it."""

import json

import pytest

from autograder import results_json
from autograder.check import Check
from autograder.judge import FAILED, GRADER_ERROR, NOT_RUN, PASSED, Verdict
from autograder.report import ExerciseResult, Report, with_hint
from autograder.session import CellOutcome


def _check(name, sentence, points, public):
    def judge(square):
        pass

    judge.__name__, judge.__doc__ = name, sentence
    return Check(judge, points, public)


SHOWN = _check("square_of_two", "The square of 2 is 4.", 1, True)
HIDDEN = _check("square_of_any_number", "The square of z\nis z times z.", 2.5, False)
CELLS = (CellOutcome(7, "RAISED", "NameError", "name 'x' is not defined", "y = x", 1),)


def _report(shown=PASSED, hidden=PASSED, **changes):
    verdicts = [
        Verdict(
            SHOWN, shown, "" if shown == PASSED else "WRONG", "" if shown == PASSED else "square(2) is 5, expected 4."
        ),
        Verdict(HIDDEN, hidden, "" if hidden == PASSED else "WRONG", "square(-3.25) is 1, expected 10.5625."),
    ]
    exercise = ExerciseResult("square", with_hint(verdicts, "Try a negative number. What should come out?"))
    return Report("hw0_tiny", "ada.ipynb", (exercise,), provenance={"kit": "1"}, **changes)


def _results(report, hidden="after_due_date"):
    return results_json.graded(report, hidden=hidden, seconds=1.26)


def test_each_check_is_a_test_with_its_points():
    """Name, number, points and status of a passed public and a failed hidden check."""
    shown, hidden = _results(_report(hidden=FAILED))["tests"]

    assert [shown[key] for key in ("number", "score", "max_score", "status")] == ["1.1", 1, 1, "passed"]
    assert [hidden[key] for key in ("number", "score", "max_score", "status")] == ["1.2", 0, 2.5, "failed"]
    assert (shown["name"], hidden["name"]) == ("square: The square of 2 is 4.", "square: The square of z is z times z.")


@pytest.mark.parametrize("hidden", [PASSED, FAILED, NOT_RUN])
def test_score_is_the_sum_of_the_tests(hidden):
    """The total stands at the top and adds up."""
    results = _results(_report(hidden=hidden))

    assert results["score"] == sum(test["score"] for test in results["tests"])


@pytest.mark.parametrize("visibility", results_json.VISIBILITIES)
def test_hidden_checks_are_seen_when_the_instructor_chose(visibility):
    """Public checks always; the top says when the others are."""
    results = _results(_report(), visibility)

    assert [test["visibility"] for test in results["tests"]] == ["visible", visibility]
    assert results_json.SHOWN_LATER[visibility] in results["output"]


def test_what_all_can_see_is_the_same_whatever_hidden_checks_found():
    """Top-level text and visible tests tell nothing of hidden checks, not even by a sum of points."""

    def seen(report):
        results = _results(report)
        visible = [test for test in results["tests"] if test["visibility"] == "visible"]
        return results["output"], visible

    assert seen(_report(hidden=FAILED)) == seen(_report(hidden=PASSED))


def test_hidden_values_are_nowhere():
    """A hidden check's message holds hidden inputs; neither they nor the message reach the platform."""
    text = json.dumps(_results(_report(hidden=FAILED)))

    assert "-3.25" not in text
    assert "10.5625" not in text


def test_failed_test_says_why_and_gives_the_hint():
    """A public check shows its message; the hint stands with the first check that failed."""
    shown, hidden = _results(_report(shown=FAILED, hidden=FAILED))["tests"]

    assert shown["output"].splitlines() == [
        "Public check failed (WRONG).",
        "square(2) is 5, expected 4.",
        "Hint: Try a negative number. What should come out?",
    ]
    assert hidden["output"] == "Hidden check failed (WRONG)."


def test_cells_that_did_not_run_stand_at_the_top():
    """With their number and the student's line, before the count of public checks."""
    lines = _results(_report(cells=CELLS))["output"].splitlines()

    assert lines[0] == "Cell 7: NameError: name 'x' is not defined on line 1: y = x"
    assert lines[1].startswith("1 of 1 public checks passed.")


def test_file_that_is_no_notebook_is_said_at_the_top():
    """Nothing but the sentence."""
    assert _results(_report(NOT_RUN, NOT_RUN, problem="The file is empty."))["output"] == "The file is empty."


def test_control_characters_of_a_submission_do_not_get_through():
    """Colours of a terminal, reversed text and the like are taken out."""
    cell = CellOutcome(1, "RAISED", "ValueError", "\x1b[31mred\u202egnp.exe")

    output = _results(_report(cells=(cell,)))["output"]

    assert "\x1b" not in output
    assert "\u202e" not in output


def test_error_of_the_grader_is_no_score():
    """One check that broke: no number anywhere, a sentence that all can see, and what is needed to replay it."""
    results = _results(_report(hidden=GRADER_ERROR))

    assert "score" not in results
    assert [set(test) & {"score", "max_score"} for test in results["tests"]] == [set()]
    assert results["output"] == results_json.FAILED
    assert results["extra_data"] == {"attention": "grader error", "provenance": {"kit": "1"}}


def test_standard_output_is_for_staff_and_text_is_plain():
    """Nothing of a submission is shown as HTML or Markdown."""
    results = _results(_report())

    assert results["stdout_visibility"] == "hidden"
    assert {results[f"{part}_format"] for part in ("output", "test_output", "test_name")} == {"text"}
    assert "leaderboard" not in results
