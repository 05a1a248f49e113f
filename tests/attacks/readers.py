"""Everything that is made of a report, as its readers see it, and what must not be in it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from autograder import exports, pages, render
from autograder.gradebook import StudentResult
from autograder.report import Report

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKUP = re.compile(r"<(script|img)\b", re.IGNORECASE)
SCORE = re.compile(r"^ *double [0-9.]+[/\u2044]4", re.MULTILINE)


def renderings(report: Report) -> dict[str, str]:
    """For students and for staff, with JSON decoded as its reader does."""
    student, staff = (json.loads(render.report_json(report, staff=flag)) for flag in (False, True))
    row = _row(report)
    return {
        "the text report": render.report_text(report),
        "the student's JSON": "\n".join(_texts(student)),
        "the staff's JSON": "\n".join(_texts(staff)),
        "the table of the class": exports.grades_csv([row]),
        "the student's page": pages.student_page(row),
        "the staff's page": pages.student_page(row, staff=True),
    }


def _row(report: Report) -> StudentResult:
    student, staff = (json.loads(render.report_json(report, staff=flag)) for flag in (False, True))
    return StudentResult(
        report.submission,
        report.submission,
        staff,
        report.earned,
        report.points,
        problem=report.problem,
        published=student,
    )


def harm_in(report: Report, search: Callable[[bytes, str], None]) -> list[str]:
    """What would harm a reader: control characters, markup, formulas, forged lines; `search` looks for secrets."""
    found = []
    for kind, text in renderings(report).items():
        search(text.encode("utf-8", "replace"), kind)
        harmful = HARMFUL.search(text)
        found += [f"{kind} holds {harmful[0]!r}"] if harmful else []
        found += [f"{kind} holds markup"] if "page" in kind and MARKUP.search(text) else []
    forged = len(SCORE.findall(render.report_text(report))) - (not report.problem)
    return found + (["the text report holds a forged line"] if forged else []) + _formulas(report)


def _formulas(report: Report) -> list[str]:
    fields = [field for line in exports.grades_csv([_row(report)]).splitlines() for field in re.split('[,"]', line)]
    return [f"the table of the class holds the formula {field!r}" for field in fields if field[:1] in ("=", "+", "@")]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
