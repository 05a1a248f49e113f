"""A report as Gradescope's results.json. Adds no points of its own and decides nothing but who sees what.

The format: https://gradescope-autograders.readthedocs.io/en/latest/specs/ (read in 2026). All text is plain text.
A student may hand in again at once, so what is visible before the due date tells nothing of hidden checks, not even in
a sum of points.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograder.judge import GRADER_ERROR, NOT_RUN, PASSED
from autograder.render import cell_trouble
from autograder.report import CheckResult, ExerciseResult, Report
from autograder.text import one_line, plain

VISIBLE = "visible"
VISIBILITIES = ("after_due_date", "after_published", "hidden", VISIBLE)
SHOWN_LATER = {
    "after_due_date": "their results are shown after the due date",
    "after_published": "their results are shown when the grades are published",
    "hidden": "their results are not shown here",
    VISIBLE: "their results are below",
}
FAILED = (
    "The grader itself failed. This is not your fault, and it is not a score. "
    "Please tell your instructor, who sees what happened and can have your submission graded again."
)
MESSAGE_CHARS = 1_000


def graded(report: Report, *, hidden: str, seconds: float) -> dict[str, Any]:
    """The results of a report.

    Args:
        report: what grading found.
        hidden: the visibility of hidden checks, one of `VISIBILITIES`.
        seconds: how long it took.
    """
    if report.earned is None:
        return failed(report.provenance)
    return {
        "score": report.earned,
        "execution_time": round(seconds, 1),
        "output": "\n".join(_overview(report, hidden)),
        **_formats(),
        "tests": [
            test for place, exercise in enumerate(report.exercises, 1) for test in _tests(place, exercise, hidden)
        ],
        "extra_data": {
            "homework": report.assignment,
            "attention": report.needs_attention,
            "problem": plain(report.problem),
            "altered": list(report.altered),
            "provenance": dict(report.provenance),
        },
    }


def failed(provenance: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The results when the grader failed: a sentence and no score. What happened is printed, for staff."""
    test = {"name": "The grader failed", "status": "failed", "output": FAILED, "visibility": VISIBLE}
    data = {"attention": "grader error", "provenance": dict(provenance or {})}
    return {"output": FAILED, **_formats(), "tests": [test], "extra_data": data}


def _formats() -> dict[str, str]:
    formats = dict.fromkeys(("output_format", "test_output_format", "test_name_format"), "text")
    return {**formats, "visibility": VISIBLE, "stdout_visibility": "hidden"}


def _overview(report: Report, hidden: str) -> Iterator[str]:
    if report.problem:
        yield plain(report.problem)
        return
    yield from (f"Cell {cell.number}: {cell_trouble(cell)}" for cell in report.troubled_cells)
    public = [check for exercise in report.exercises for check in exercise.checks if check.public]
    passed = sum(check.status == PASSED for check in public)
    yield f"{passed} of {len(public)} public checks passed. More checks ran; {SHOWN_LATER[hidden]}."


def _tests(place: int, exercise: ExerciseResult, hidden: str) -> Iterator[dict[str, Any]]:
    for number, check in enumerate(exercise.checks, 1):
        yield {
            "number": f"{place}.{number}",
            "name": title(check.exercise, check.sentence),
            "score": check.earned,
            "max_score": check.points,
            "status": "passed" if check.status == PASSED else "failed",
            "output": "\n".join(_said(check, exercise.note if number == 1 else "")),
            "visibility": VISIBLE if check.public else hidden,
            "tags": [check.exercise],
            "extra_data": {
                "exercise": check.exercise,
                "check": check.check,
                "status": check.status,
                "code": check.code,
            },
        }


def title(exercise: str, sentence: str) -> str:
    """What a test is called: "relu_grad: the slope is 1 where z is positive"."""
    return f"{exercise}: {' '.join(sentence.split())}"


def _said(check: CheckResult, note: str) -> Iterable[str]:
    kind = "Public check" if check.public else "Hidden check"
    ending = {PASSED: "passed", NOT_RUN: "not run", GRADER_ERROR: "the grader failed"}.get(check.status, "failed")
    code = f" ({check.code})" if check.code else ""
    yield f"{kind} {ending}{code}."
    if check.message:
        yield plain(check.message, MESSAGE_CHARS)
    if check.hint:
        yield f"Hint: {one_line(check.hint, MESSAGE_CHARS)}"
    if note:
        yield f"This exercise was {one_line(note, MESSAGE_CHARS)}."
