"""Teachers' tables: CSV files as spreadsheets and learning platforms write them, with clear errors and `file:line`."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import KitError, at

MOST_BYTES = 32 * 2**20
DELIMITERS = ",;\t"


class TableError(KitError):
    """A CSV file of the instructor's that cannot be used as it is."""


@dataclass(frozen=True)
class Row:
    """One row and the line of the file on which it ends."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """The text in a column, without spaces around it; empty where the row is short or there is no such column."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A header and its rows, and what is needed to write them back as they were."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str
    marked: bool

    def column(self, *names: str) -> int | None:
        """The first column called by one of the names (case, spaces and signs do not count), in the names' order."""
        known = [plain_name(title) for title in self.header]
        return next((known.index(plain_name(name)) for name in names if plain_name(name) in known), None)

    def error(self, row: Row | None, message: str) -> TableError:
        """An error at a row of this file, or at its header."""
        return TableError(at(self.path, row.line if row else 1, message))

    def text(self, rows: Iterable[Sequence[str]]) -> str:
        """The file with the same header, delimiter and mark, and these rows."""
        out = io.StringIO()
        out.write("\ufeff" if self.marked else "")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(rows)
        return out.getvalue()


def plain_name(title: str) -> str:
    """A column's title reduced to its letters and digits."""
    return re.sub(r"[\W_]", "", title.casefold())


def read(path: Path) -> Table:
    """The table in a CSV file; UTF-8 with or without a mark, UTF-16 with one, or Windows' Latin letters.

    Raises:
        TableError: it is no such file, or it has no header.
    """
    text = _text(path)
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows = list(_rows(path, text.lstrip("\ufeff"), delimiter))
    if not rows:
        raise TableError(at(path, 1, "the file is empty; a line with the columns' names was expected"))
    return Table(path, rows[0].cells, tuple(rows[1:]), delimiter, text.startswith("\ufeff"))


def id_columns(table: Table, names: Sequence[str], what: str) -> list[int]:
    """The columns that identify a student; `what` says which file was expected if there is none."""
    columns = [column for name in names if (column := table.column(name)) is not None]
    if not columns:
        raise table.error(None, f"this is not {what}: no column {' or '.join(names)}; got {', '.join(table.header)}")
    return columns


def match(table: Table, columns: Sequence[int], students: Iterable[str]) -> dict[int, str]:
    """Which student the row on a line is; rows of nobody are left out.

    Raises:
        TableError: a row fits two students, or a student two rows.
    """
    by_key = {key(student): student for student in students}
    matched: dict[int, str] = {}
    taken: dict[str, int] = {}
    for row in table.rows:
        fits = sorted({by_key[found] for found in row_keys(row, columns) if found in by_key})
        if len(fits) > 1:
            raise table.error(row, f"the row fits both {fits[0]} and {fits[1]}")
        if fits and fits[0] in taken:
            raise table.error(row, f"{fits[0]} stands on line {taken[fits[0]]} already")
        if fits:
            matched[row.line], taken[fits[0]] = fits[0], row.line
    return matched


def key(text: str) -> str:
    """What identifies a student, in whatever case it is written; of Moodle's `Participant 12345` the number."""
    numbered = re.fullmatch(r"[^\W\d_]+[/\w]* (\d+)", text.strip())
    return numbered[1] if numbered else text.strip().casefold()


def row_keys(row: Row, columns: Iterable[int]) -> set[str]:
    """Everything that identifies the student of a row; of an e-mail address also the part before the sign."""
    keys = {key(text) for column in columns if (text := row.cell(column))}
    return keys | {before for text in keys if (before := text.partition("@")[0]) != text and before}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError(f"{path} is too large for a list of students")
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read ({error.strerror})") from error
    if data.startswith(b"PK"):
        raise TableError(f"{path} is a spreadsheet or an archive; save it as CSV")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "\ufeff" + data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(path: Path, text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(reader.line_num, tuple(cells))
    except csv.Error as error:
        raise TableError(at(path, reader.line_num, f"no valid CSV: {error}")) from error
