"""The list of a class, from a CSV: whose name belongs to an id, and who handed nothing in.

The columns are recognised by their titles: a plain list (`id,name`), a gradebook export of Canvas, a participants list
or grading worksheet of Moodle, and a roster of Gradescope are understood. A student may be known by several ids.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import tables
from autograder.choice import Entry, identity
from autograder.errors import KitError
from autograder.tables import Row, Table
from autograder.text import few, one_line

IDS = (
    *("id", "student id", "studentid", "student", "sid", "sis user id", "sis id", "sis login id", "login id", "login"),
    *("id number", "matriculation number", "user id", "username", "user name", "netid", "identifier", "participant"),
    *("email", "email address", "e-mail"),
)
NAMES = ("name", "full name", "student name", "display name")
FIRST, LAST = ("first name", "given name"), ("last name", "surname", "family name")
NOT_STUDENTS = ("pointspossible", "studenttest", "teststudent", "manualposting")
ABSENT = "Nothing was handed in."


@dataclass(frozen=True)
class Student:
    """A student of the class: the first id that the list gives, the name, and everything else that identifies them."""

    id: str
    name: str
    keys: frozenset[str]


def read(path: Path) -> tuple[Student, ...]:
    """The students of a CSV, in its order.

    Raises:
        TableError: no column holds an id, or two rows share one.
    """
    table = tables.read(path)
    columns = [column for name in IDS if (column := table.column(name)) is not None]
    if _canvas(table):
        columns = [column for column in columns if column != table.column("student")]
    if not columns:
        raise table.error(
            None, f"no column holds the students' ids; expected one called id, got {', '.join(table.header)}"
        )
    students = [_student(table, row, columns) for row in table.rows if not _not_a_student(row)]
    return tuple(_without_repeats(table, (pair for pair in students if pair[1].id)))


def apply(students: Sequence[Student], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with the list's names, and one entry more for each student who handed nothing in."""
    known, found = _by_key(students), list(entries)
    owners = [known.get(tables.key(entry.student)) for entry in found]
    named = [_named(entry, owner) for entry, owner in zip(found, owners, strict=True)]
    seen = {owner.id for owner in owners if owner}
    absent = [Entry(one.id, one.name, None, problem=ABSENT) for one in students if one.id not in seen]
    return tuple(sorted([*named, *absent], key=lambda entry: (entry.student, entry.attempt)))


def require_match(path: Path, students: Sequence[Student], entries: Iterable[Entry]) -> None:
    """Stop where no row is a student who handed in: every row would count as one who handed nothing in.

    Raises:
        KitError: the ids of the list are other ones than those of the submissions; examples of both are named.
    """
    handed_in = {entry.student for entry in entries}
    known = _by_key(students)
    if handed_in and not any(tables.key(student) in known for student in handed_in):
        raise KitError(
            f"no row of {path} fits a submission: its ids are like {few((one.id for one in students), 3) or 'none'}, "
            f"those of the submissions like {few(handed_in, 3)}. A column called id has to hold the latter"
        )


def strangers(students: Iterable[Student], entries: Iterable[Entry]) -> tuple[str, ...]:
    """Ids of students who handed in and are not on the list."""
    known = _by_key(students)
    return tuple(sorted({entry.student for entry in entries if tables.key(entry.student) not in known}))


def _by_key(students: Iterable[Student]) -> dict[str, Student]:
    """The students by what identifies one of them alone."""
    listed = list(students)
    uses = Counter(key for student in listed for key in student.keys)
    return {key: student for student in listed for key in student.keys if uses[key] == 1}


def _named(entry: Entry, student: Student | None) -> Entry:
    return replace(entry, name=student.name) if student and student.name else entry


def _canvas(table: Table) -> bool:
    """Canvas calls the column of the names Student."""
    return table.column("student") is not None and table.column("id") is not None


def _not_a_student(row: Row) -> bool:
    return tables.plain_name(row.cell(0)) in NOT_STUDENTS or not any(row.cells[:4])


def _student(table: Table, row: Row, columns: Sequence[int]) -> tuple[Row, Student]:
    texts = [text for column in columns if (text := row.cell(column))]
    if not texts:
        return row, Student("", "", frozenset())
    first = tables.key(texts[0]) if texts[0].casefold().startswith("participant ") else texts[0]
    keys = tables.row_keys(row, columns) | {tables.key(identity(first))}
    return row, Student(identity(first), one_line(_name(table, row), 120), frozenset(keys))


def _name(table: Table, row: Row) -> str:
    whole = row.cell(table.column(*NAMES)) or (row.cell(table.column("student")) if _canvas(table) else "")
    if whole:
        last, comma, first = whole.partition(",")
        return f"{first} {last}".strip() if comma else whole
    return f"{row.cell(table.column(*FIRST))} {row.cell(table.column(*LAST))}".strip()


def _without_repeats(table: Table, rows: Iterable[tuple[Row, Student]]) -> list[Student]:
    seen: dict[str, Row] = {}
    students = []
    for row, student in rows:
        if student.id in seen:
            line = seen[student.id].line
            raise table.error(row, f"{student.id} stands on line {line} already; each student is listed once")
        seen[student.id] = row
        students.append(student)
    return students
