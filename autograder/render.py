"""The report of one submission as text for a terminal and as JSON. Adds nothing, prints nothing."""

import json
from typing import Any

import numpy as np

from autograder.failure import Failure
from autograder.judge import FAILED, GRADER_ERROR, NOT_RUN, PASSED, Verdict
from autograder.report import CheckResult, ExerciseResult, Report
from autograder.text import one_line, plain

WORDS = {PASSED: "pass", FAILED: "FAIL", NOT_RUN: "not run", GRADER_ERROR: "GRADER ERROR"}
WIDTH = 72
LEFT_OUT = "left out: "  # how the trouble of a cell begins that ran, but for lines that only Jupyter knows


def number(value: float | None) -> str:
    """Points without needless zeros; a question mark where a person has to look."""
    return "?" if value is None else f"{value:g}"


def report_text(report: Report) -> str:
    """One submission for a terminal."""
    score = f"{number(report.earned)} / {number(report.points)}"
    title = f"{report.assignment}  {one_line(report.submission, 60)}"
    lines = [f"{title:<{WIDTH - len(score)}}{score}"]
    if report.problem:
        lines.append(f"  {one_line(report.problem, 400)}")
    lines += [f"  cell {cell.number}: {cell_trouble(cell)}" for cell in report.troubled_cells]
    for exercise in report.exercises if not report.problem else ():
        lines += _exercise_lines(exercise)
    return "\n".join(lines) + "\n"


def cell_trouble(cell: Any) -> str:
    """What happened to a cell, in one line of harmless text, and how the cell begins."""
    begins = f" (the cell begins: {one_line(cell.begins, 60)})" if cell.begins else ""
    return _what_happened(cell) + begins


def _what_happened(cell: Any) -> str:
    if cell.code == "RAISED" or cell.kind:
        where = f" on line {cell.line_number}: {cell.line}" if cell.line else ""
        return one_line(f"{cell.kind}: {cell.text}{where}" if cell.text else f"{cell.kind}{where}")
    if cell.code:
        return one_line(f"{cell.code.lower()}: {cell.text}; the cell was left out")
    return one_line(LEFT_OUT + "; ".join(cell.dropped))


def _exercise_lines(exercise: ExerciseResult) -> list[str]:
    head = f"  {exercise.name} {number(exercise.earned)}/{number(exercise.points)}"
    lines = ["", head + (f"  ({exercise.note})" if exercise.note else "")]
    said = ""
    for check in exercise.checks:
        lines += _check_lines(check, said)
        said = check.message
    return lines


def _check_lines(check: CheckResult, said: str) -> list[str]:
    """One check; a message that the check above gave already is not repeated."""
    score = f"{number(check.earned)}/{number(check.points)}"
    code = f"   [{check.code}]" if check.code else ""
    lines = [f"    {WORDS[check.status]:<8}{score:<8}{check.sentence}{code}"]
    if check.message and check.message != said:
        lines.append(f"            {one_line(check.message, 400)}")
    if check.hint:
        lines.append(f"            hint: {one_line(check.hint, 400)}")
    return lines


def report_json(report: Report, *, staff: bool = False) -> str:
    """One submission as JSON; `staff` adds what students must not see (values of hidden checks, text of cells)."""
    exercises = [
        {
            "name": exercise.name,
            "points": exercise.points,
            "earned": exercise.earned,
            "note": exercise.note,
            "checks": [_check_json(check, staff) for check in exercise.checks],
        }
        | ({"diagnosis": list(exercise.diagnosis), "answer_digest": exercise.answer_digest} if staff else {})
        for exercise in report.exercises
    ]
    content = {
        "assignment": report.assignment,
        "submission": plain(report.submission),
        "points": report.points,
        "earned": report.earned,
        "problem": plain(report.problem),
        "attention": report.needs_attention,
        "altered": list(report.altered),
        "cells": [{"cell": cell.number, "trouble": cell_trouble(cell)} for cell in report.troubled_cells],
        "exercises": exercises,
        "provenance": dict(report.provenance),
    }
    return json.dumps(content, ensure_ascii=True) + "\n"


def _check_json(check: CheckResult, staff: bool) -> dict[str, Any]:
    content = {
        "name": check.check,
        "sentence": check.sentence,
        "public": check.public,
        "points": check.points,
        "earned": check.earned,
        "status": check.status,
        "code": check.code,
        "message": plain(check.message),
        "hint": plain(check.hint),
    }
    return content | {"detail": plain(check.detail)} if staff else content


def verdict_text(verdict: Verdict) -> str:
    """One check for staff: how it ended, and every call with what went in and what came out."""
    check = verdict.check
    kind = "public" if check.public else "hidden"
    lines = [f"{WORDS[verdict.status]:<8}{check.exercise}.{check.name} ({kind}) {verdict.code}".rstrip()]
    lines += [f"        {plain(verdict.message)}"] if verdict.message else []
    for call in verdict.calls:
        given = ", ".join(map(_value_text, call.args))
        lines.append(f"        {call.name}({given})")
        lines.append(f"          -> {_value_text(call.result)}")
    return "\n".join(lines) + "\n\n"


def _value_text(value: Any) -> str:
    """A value of a call on one line: arrays with their shape, failures with their code."""
    if isinstance(value, Failure):
        return f"[{value.code}] {one_line(str(value))}"
    if isinstance(value, np.ndarray):
        numbers = np.array2string(value, precision=5, separator=", ", threshold=24)
        return f"array{value.shape} {one_line(numbers)}"
    return one_line(repr(value))
