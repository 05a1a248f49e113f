"""Grades as CSV: the kit's own table, a column of the teacher's Canvas gradebook, Moodle's grading worksheet.

A platform's file is given back as the teacher exported it, with the grades filled in and nothing else changed; whoever
could not be filled in is named. Students' text enters the kit's own table only, and there no spreadsheet takes it for a
formula.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder import look_at, tables
from autograder.errors import did_you_mean
from autograder.gradebook import StudentResult
from autograder.render import number
from autograder.tables import Row, Table
from autograder.text import few, one_line, spreadsheet_cell

CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Student Number")
MOODLE_IDS = ("Identifier", "ID number", "Email address", "Username")
FEEDBACK_CHARS = 4_000


@dataclass(frozen=True)
class Filled:
    """A platform's file with the grades in it, and one sentence for everything the teacher should know about it."""

    text: str
    notes: tuple[str, ...]


def grades_csv(results: Iterable[StudentResult]) -> str:
    """One row a student, by id; text is quoted and numbers are not, so that an id stays text."""
    rows = sorted(results, key=lambda result: result.student)
    points, looks = _exercise_points(rows), look_at.look_at(rows)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    exercises = [f"{name} ({number(most)})" for name, most in points.items()]
    writer.writerow(["student", "name", "score", "points", *exercises, "attempt", "adjustments", "look at"])
    for row in rows:
        scores = [_cell(row.exercises.get(name)) for name in points]
        reasons = "; ".join(map(str, row.adjustments))
        look = "; ".join(map(str, looks[row.student]))
        texts = [spreadsheet_cell(text, 800) for text in (reasons, look)]
        who = [spreadsheet_cell(row.student), spreadsheet_cell(row.name)]
        writer.writerow([*who, _cell(row.score), _cell(row.points), *scores, row.attempt, *texts])
    return out.getvalue()


def canvas(results: Iterable[StudentResult], export: Path, column: str) -> Filled:
    """The teacher's Canvas gradebook export with one column filled in.

    Args:
        results: the class.
        export: the CSV that Canvas gave (Grades, Export).
        column: the assignment's title, with or without Canvas's number in brackets.

    Raises:
        TableError: it is no such file, or the column is not there or not unique.
    """
    table = tables.read(export)
    ids = tables.id_columns(table, CANVAS_IDS, "a Canvas gradebook export")
    place = _canvas_column(table, column)
    matched, notes = _matched(table, ids, results)
    notes += _points_note(table, place, results=matched.values())
    rows = [_with(row, {place: _grade(matched.get(row.line))}) for row in table.rows]
    return Filled(table.text(rows), tuple(notes))


def moodle(results: Iterable[StudentResult], worksheet: Path) -> Filled:
    """Moodle's grading worksheet with the columns Grade and Feedback comments filled in.

    Raises:
        TableError: it is no such file.
    """
    table = tables.read(worksheet)
    ids = tables.id_columns(table, MOODLE_IDS, "a Moodle grading worksheet (Assignment, Download grading worksheet)")
    grade, comments = table.column("Grade"), table.column("Feedback comments")
    if grade is None:
        raise table.error(None, f"no column Grade; got {', '.join(table.header)}")
    matched, notes = _matched(table, ids, results)
    if comments is None:
        notes.append("the worksheet has no column Feedback comments: switch on Feedback comments in the assignment")
    notes += _locked(table, matched) + _maximum_note(table, matched)
    rows = []
    for row in table.rows:
        result = None if _is_locked(table, row) else matched.get(row.line)
        rows.append(_with(row, {grade: _grade(result), comments: feedback_html(result) if result else ""}))
    return Filled(table.text(rows), tuple(notes))


def feedback_html(result: StudentResult) -> str:
    """What a student reads in Moodle: score, the exercises that lost points and why, in a few lines of plain HTML."""
    lines = [f"<p>{escape(number(result.score))} of {escape(number(result.points))} points.</p>"]
    if result.problem:
        lines.append(f"<p>{_html(result.problem)}</p>")
    lines += [f"<p>{_html(str(adjustment))}</p>" for adjustment in result.adjustments]
    lost = [line for exercise in (result.published or {}).get("exercises", ()) for line in _lost(exercise)]
    kept: list[str] = []
    for line in lost:
        if sum(map(len, kept)) + len(line) > FEEDBACK_CHARS:
            kept.append("<li>and more: see your report.</li>")
            break
        kept.append(line)
    return "".join([*lines, f"<ul>{''.join(kept)}</ul>" if kept else ""])


def _lost(exercise: Mapping[str, object]) -> list[str]:
    checks = exercise.get("checks")
    failed = [check for check in checks if check["status"] != "PASSED"] if isinstance(checks, list) else []
    if not failed:
        return []
    head = f"<li><b>{_html(str(exercise['name']))}</b> {number(exercise['earned'])}/{number(exercise['points'])}: "  # type: ignore[arg-type]
    sentences = [_html(f"{check['sentence']} {check['hint'] or ''}") for check in failed[:3]]
    more = f" (and {len(failed) - 3} more)" if len(failed) > 3 else ""
    return [f"{head}{' / '.join(sentences)}{more}</li>"]


def _html(text: str) -> str:
    return escape(one_line(text, 400))


def _cell(value: float | None) -> float | str:
    return "" if value is None else int(value) if value == int(value) else round(value, 4)


def _exercise_points(results: Sequence[StudentResult]) -> dict[str, float]:
    points: dict[str, float] = {}
    for result in results:
        for exercise in (result.report or {}).get("exercises", ()):
            points.setdefault(exercise["name"], exercise["points"])
    return points


def _canvas_column(table: Table, wanted: str) -> int:
    """The column titled `wanted` or `wanted (12345)`."""
    titles = {place: re.sub(r"\s*\(\d+\)$", "", title).strip() for place, title in enumerate(table.header)}
    whole = [place for place, title in enumerate(table.header) if title.strip() == wanted.strip()]
    same = whole or [place for place, title in titles.items() if title.casefold() == wanted.strip().casefold()]
    if len(same) == 1:
        return same[0]
    if same:
        both = " and ".join(table.header[place] for place in same)
        raise table.error(None, f"{wanted} could be {both}; give the title with its number")
    known = did_you_mean(wanted, titles.values()) or f"; there are: {', '.join(titles.values())}"
    homework = next((titles[place] for place, title in enumerate(table.header) if titles[place] != title), "Homework 1")
    raise table.error(None, f'no column {wanted}{known}. Give its title, such as --column "{homework}"')


def _matched(
    table: Table, columns: Sequence[int], results: Iterable[StudentResult]
) -> tuple[dict[int, StudentResult], list[str]]:
    """The results to fill in by the line of their row, and what was left as it was."""
    by_id = {result.student: result for result in results}
    found = {line: by_id[student] for line, student in tables.match(table, columns, by_id).items()}
    seen = {result.student for result in found.values()}
    strangers = [student for student in by_id if student not in seen]
    nothing = [result.student for result in found.values() if not result.report and not result.adjustments]
    unsettled = [result.student for result in found.values() if result.score is None]
    notes = [f"no row for {few(strangers)} in {table.path.name}"] if strangers else []
    notes += [f"left as it was, because nothing could be graded: {few(nothing)}"] if nothing else []
    notes += [f"left as it was, because a person has to look first: {few(unsettled)}"] if unsettled else []
    left = {*nothing, *unsettled}
    return {line: result for line, result in found.items() if result.student not in left}, notes


def _points_note(table: Table, place: int, results: Iterable[StudentResult]) -> list[str]:
    row = next((row for row in table.rows if tables.plain_name(row.cell(0)) == "pointspossible"), None)
    return _difference("Canvas", row.cell(place) if row else "", results)


def _maximum_note(table: Table, matched: Mapping[int, StudentResult]) -> list[str]:
    column = table.column("Maximum Grade")
    row = next((row for row in table.rows if row.line in matched), None)
    return _difference("Moodle", row.cell(column) if row else "", matched.values())


def _difference(platform: str, theirs: str, results: Iterable[StudentResult]) -> list[str]:
    ours = next((result.points for result in results), None)
    try:
        if ours is None or not theirs or float(theirs.replace(",", ".")) == ours:
            return []
    except ValueError:
        return []
    mine = number(ours)
    return [f"{platform} has {theirs} points for this homework, the kit {mine}; make it {mine} there"]


def _is_locked(table: Table, row: Row) -> bool:
    return row.cell(table.column("Grade can be changed")).casefold() == "no"


def _locked(table: Table, matched: Mapping[int, StudentResult]) -> list[str]:
    locked = [matched[row.line].student for row in table.rows if row.line in matched and _is_locked(table, row)]
    return [f"Moodle does not let these grades be changed: {few(locked)}"] if locked else []


def _grade(result: StudentResult | None) -> str:
    return str(_cell(result.score)) if result else ""


def _with(row: Row, changes: Mapping[int | None, str]) -> list[str]:
    """A row's cells with the changes that say something."""
    cells = list(row.cells)
    for place, text in changes.items():
        if place is not None and text:
            cells += [""] * (place + 1 - len(cells))
            cells[place] = text
    return cells
