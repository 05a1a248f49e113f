"""The gradebook's file: SQLite, opened, locked, and its errors in words.

Schema 1 (`PRAGMA user_version`):

    results      one graded file; identified by student, homework, digest of the file's bytes, digest of the checks, kit
                 version and limits. `report` is the JSON that the student may read, `staff` the same with what only
                 staff may read, `earned` its score, NULL where the grader itself failed.
    attempts     what the class handed in when last looked at, one row for each attempt of each student. `result` is
                 the result that stands for it; other results of the student are its history.
    classes      how the class was given: whether the best attempt counts (else the last), and the layout recognised.
    adjustments  overrides and penalties with their reasons, in the order of their file.

The file is locked from opening to closing by SQLite itself, so the lock ends with the process however that ends.
Write-ahead logging by a single process needs no shared memory, so the file may lie on a network drive.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.errors import KitError

VERSION = 1
SCHEMA = """
CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    student TEXT NOT NULL, homework TEXT NOT NULL, submission TEXT NOT NULL,
    checks TEXT NOT NULL, kit TEXT NOT NULL, limits TEXT NOT NULL,
    graded TEXT NOT NULL, earned REAL, report TEXT NOT NULL, staff TEXT NOT NULL,
    UNIQUE (homework, student, submission, checks, kit, limits)
);
CREATE TABLE attempts (
    homework TEXT NOT NULL, student TEXT NOT NULL, attempt INTEGER NOT NULL,
    name TEXT NOT NULL, path BLOB, submission TEXT NOT NULL, problem TEXT NOT NULL, note TEXT NOT NULL,
    result INTEGER REFERENCES results (id),
    PRIMARY KEY (homework, student, attempt)
);
CREATE TABLE classes (homework TEXT PRIMARY KEY, best INTEGER NOT NULL, layout TEXT NOT NULL);
CREATE TABLE adjustments (
    homework TEXT NOT NULL, place INTEGER NOT NULL,
    student TEXT NOT NULL, exercise TEXT NOT NULL, change TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (homework, place)
);
"""
SENTENCES = {
    "locked": "another run is using {path}; wait until it has ended, or choose another file with --gradebook",
    "full": "the disk that holds {path} is full. No result is lost: make room and give the same command again",
    "readonly": "{path} cannot be written; choose a file that you may write with --gradebook",
    "unable to open": "{path} cannot be opened or written; choose a file that you may write with --gradebook",
    "not a database": "{path} is not a gradebook; choose another file with --gradebook",
}


class Database:
    """An open, locked gradebook file."""

    def __init__(self, path: Path) -> None:
        """Open or make the file, and lock it.

        Raises:
            KitError: another run uses it, or it cannot be written, or it is no gradebook of this version.
        """
        self.path = path
        with self._in_words():
            self._make_file()
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close it and let others use it."""
        self._connection.close()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """What a query finds."""
        with self._in_words():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything in the with statement or nothing; what is committed survives the end of the process."""
        with self._in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def copy_to(self, other: "Database") -> None:
        """Replace the content of `other` by this one's."""
        with self._in_words():
            self._connection.backup(other._connection)

    def _make_file(self) -> None:
        """Make it if it is not there, for its owner alone: grades are private."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        except OSError:
            raise KitError(SENTENCES["unable to open"].format(path=self.path)) from None

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        with self.transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise KitError(f"{self.path} has schema {version}, this kit knows {VERSION}; use the kit that wrote it")
            if version == 0:
                for statement in f"{SCHEMA} PRAGMA user_version = {VERSION}".split(";"):
                    connection.execute(statement)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            known = (text for words, text in SENTENCES.items() if words in str(error))
            raise KitError(next(known, "{path}: {error}").format(path=self.path, error=error)) from error
