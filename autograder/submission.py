"""A file that a student handed in, read as data: bytes -> cells. Nothing is executed, every fault is one sentence.

The file is hostile until shown otherwise: its size is looked at before it is read, its nesting and types before they
are used. nbformat is not used here: its validation and conversion are made for well-meant notebooks.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.errors import SubmissionError
from autograder.limits import Limits

HAND_IN = "Please hand in the notebook (.ipynb) that you worked on."
SAVE_AGAIN = "Please open it in Jupyter, save it, and hand in the saved file."
CHECK_CALL = re.compile(r"^[ \t]*grader\.check\(\s*(['\"])(\w+)\1\s*\)", re.MULTILINE)
BRACKETS = 1_000_000  # each becomes an object of a hundred bytes or so; printed arrays have some, too
ZIP_MAGIC, UTF16_MARKS = b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Cell:
    """A code cell: its place among all cells of the notebook, its id (may be empty) and its text."""

    number: int
    id: str
    source: str

    @property
    def first_line(self) -> str:
        """The first line of its text that is not empty."""
        return next((line.strip() for line in self.source.splitlines() if line.strip()), "")

    @property
    def checks(self) -> list[str]:
        """The exercises that the student checks in this cell."""
        return [match[2] for match in CHECK_CALL.finditer(self.source)]

    @property
    def only_checks(self) -> bool:
        """Nothing but `grader.check(...)`: such a cell defines nothing and need not run."""
        return not CHECK_CALL.sub("", self.source).replace("grader.check_all()", "").strip()


@dataclass(frozen=True)
class Submission:
    """The code cells of one notebook, and which homework it says it is (may be empty)."""

    cells: tuple[Cell, ...]
    homework: str = ""

    @cached_property
    def digest(self) -> str:
        """Identifies the code: SHA-256 over the code cells."""
        return hashlib.sha256(json.dumps([cell.source for cell in self.cells]).encode()).hexdigest()

    def answer_digest(self, exercise: str) -> str:
        """Identifies the text of the last cell that defines `exercise`; empty if none does."""
        defining = re.compile(rf"^[ \t]*(def[ \t]+{exercise}\b|{exercise}[ \t]*=)", re.MULTILINE)
        text = next((cell.source for cell in reversed(self.cells) if defining.search(cell.source)), "")
        return hashlib.sha256(text.strip().encode()).hexdigest() if text else ""


def read(path: Path, limits: Limits) -> Submission:
    """Read a notebook.

    Raises:
        SubmissionError: it is no readable notebook; the text tells the student what to hand in instead.
    """
    return parse(_bytes_of(path, limits), limits)


def parse(data: bytes, limits: Limits) -> Submission:
    """The cells of a notebook's bytes; raises `SubmissionError` as `read` does."""
    notebook = _json_of(data)
    if type(notebook) is not dict:
        raise SubmissionError(f"The file is JSON, but not a notebook. {HAND_IN}")
    cells = _cells_of(notebook, limits)
    _require_python(notebook)
    code = [(number, cell) for number, cell in enumerate(cells, 1) if _kind(cell, number) == "code"]
    if not code:
        raise SubmissionError(f"The notebook holds no code cell. {HAND_IN}")
    return Submission(tuple(Cell(number, _id(cell), _source(cell, number)) for number, cell in code), _named(notebook))


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file() or path.is_symlink():
            raise SubmissionError(f"{path.name} is not a file. {HAND_IN}")
        size = path.stat().st_size
        if size > limits.notebook_bytes:
            allowed = limits.notebook_bytes // 2**20
            raise SubmissionError(
                f"The file has {size // 2**20} MB, more than the {allowed} MB allowed. "
                "Clear its output (Kernel, Restart and clear output), save it, and hand it in again."
            )
        with path.open("rb") as file:
            return file.read(limits.notebook_bytes + 1)[: limits.notebook_bytes]
    except OSError as error:
        raise SubmissionError(f"The file cannot be read ({error.strerror}). {HAND_IN}") from error


def _json_of(data: bytes) -> Any:
    if not data.strip():
        raise SubmissionError(f"The file is empty. {HAND_IN}")
    if data.startswith(ZIP_MAGIC):
        raise SubmissionError(f"The file is a zip archive. {HAND_IN}")
    if data.startswith(UTF16_MARKS):
        raise SubmissionError(f"The file is UTF-16 text; notebooks are UTF-8. {SAVE_AGAIN}")
    if data.count(b"[") + data.count(b"{") > BRACKETS:
        raise SubmissionError(f"The file is nested too deeply, or holds too many lists, to be a notebook. {HAND_IN}")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SubmissionError(f"The file is not text. {HAND_IN}") from None
    except RecursionError:
        raise SubmissionError(f"The file is nested too deeply to be a notebook. {HAND_IN}") from None
    except ValueError as error:
        what = "is not valid JSON" if data.lstrip()[:1] == b"{" else "is not a notebook"
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise SubmissionError(f"The file {what}{where}. {SAVE_AGAIN}") from None


def _cells_of(notebook: dict[str, Any], limits: Limits) -> list[Any]:
    version = notebook.get("nbformat")
    if type(version) is int and version < 4:
        raise SubmissionError(f"The notebook has the old format {version}; format 4 is needed. {SAVE_AGAIN}")
    if type(version) is int and version > 4:
        raise SubmissionError(f"The notebook has format {version}, which is newer than this grader knows (4).")
    cells = notebook.get("cells")
    if type(cells) is not list:
        raise SubmissionError(f"The file holds no list of cells, so it is not a notebook. {HAND_IN}")
    if len(cells) > limits.cells:
        raise SubmissionError(f"The notebook has {len(cells)} cells; at most {limits.cells} are graded. {HAND_IN}")
    return cells


def _require_python(notebook: dict[str, Any]) -> None:
    metadata = notebook.get("metadata")
    kernel = metadata.get("kernelspec") if type(metadata) is dict else None
    language = kernel.get("language") if type(kernel) is dict else None
    if type(language) is str and language.lower() not in ("python", "python3", ""):
        raise SubmissionError(
            "The notebook is written for another language than Python. "
            "Choose a Python kernel, save it, and hand it in again."
        )


def _named(notebook: dict[str, Any]) -> str:
    """The homework that the builder wrote into the notebook."""
    metadata = notebook.get("metadata")
    kit = metadata.get("kit") if type(metadata) is dict else None
    name = kit.get("assignment") if type(kit) is dict else None
    return name[:64].encode("utf-8", "replace").decode("utf-8") if type(name) is str else ""


def _kind(cell: Any, number: int) -> str:
    kind = cell.get("cell_type") if type(cell) is dict else None
    if type(kind) is not str:
        raise SubmissionError(f"Cell {number} of the notebook is damaged. {SAVE_AGAIN}")
    return kind


def _id(cell: dict[str, Any]) -> str:
    found = cell.get("id")
    return found[:64] if type(found) is str else ""


def _source(cell: dict[str, Any], number: int) -> str:
    source = cell.get("source", "")
    if type(source) is list and all(type(line) is str for line in source):
        source = "".join(source)
    if type(source) is not str:
        raise SubmissionError(f"The text of cell {number} is damaged. {SAVE_AGAIN}")
    return source.encode("utf-8", "replace").decode("utf-8")
