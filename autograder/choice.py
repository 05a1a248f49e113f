"""Which of a student's files is graded: one rule for every layout, and a sentence whenever it had to decide.

One notebook is taken as it is. Copies of one notebook (`hw3.ipynb`, `hw3-Copy1.ipynb`, `hw3 (1).ipynb`) are attempts,
the newest last. Of different notebooks the one named like the homework is taken; if none is, a person has to choose.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from autograder.archive import Bounds, File, unpack
from autograder.errors import SubmissionError
from autograder.limits import Limits
from autograder.submission import HAND_IN
from autograder.text import one_line

COPY = re.compile(
    r"(?:[-_ ]copy[-_ ]?(\d*)"  # Jupyter: hw3-Copy1
    r"| ?\((\d+)\)"  # browsers: hw3 (1)
    r"|(?<=\d)-(\d{1,2})"  # Canvas, when a file of that name is handed in again: hw3-1
    r"|_(\d{4}(?:_\d\d){2}T\d\d(?:_\d+)+))$",  # otter's archives: hw3_2024_10_21T09_30_00_123456
    re.IGNORECASE,
)
WHICH = "which one counts?"  # stands in the problem of a student for whom a person has to choose
ZIP_SECONDS = 2.0  # a zip keeps times in steps of two seconds


@dataclass(frozen=True)
class Entry:
    """One attempt of one student; `path` is None where there is nothing to grade, and `problem` says why.

    `note` is for the instructor: what was decided (which of two notebooks), or what the platform says (late).
    """

    student: str
    name: str
    path: Path | None
    attempt: int = 1
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Intake:
    """What choosing needs: the homework's short name (may be empty), a private folder and the limits."""

    homework: str
    into: Path
    limits: Limits


def entries(student: str, name: str, files: Sequence[File], intake: Intake) -> list[Entry]:
    """The attempts of one student, in order; a single one with a problem if there is no notebook."""
    student, name = identity(student), one_line(name, 120) or identity(student)
    opened = [file for given in files for file in _opened(given, student, intake)]
    notebooks = [file for file in opened if file.suffix == ".ipynb" and file.path]
    if not notebooks:
        return [Entry(student, name, None, problem=_without_notebook(opened))]
    chosen, note = _chosen(notebooks, intake.homework)
    if not chosen:
        return [Entry(student, name, None, problem=note)]
    found = [Entry(student, name, file.path, attempt) for attempt, file in enumerate(chosen, 1)]
    return [*found[:-1], replace(found[-1], note=note)]


def grouped(files: Iterable[File], key: Callable[[File], str]) -> dict[str, list[File]]:
    """The files by their key, in their order."""
    groups: dict[str, list[File]] = {}
    for file in files:
        groups.setdefault(key(file), []).append(file)
    return groups


def identity(text: str) -> str:
    """`text` as a student's id: harmless, at most 80 characters, still different for different texts."""
    clean = one_line(text, 80)
    if clean == text and text:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{clean.removesuffix(' ...') or 'unnamed'} #{digest}"


def _opened(file: File, student: str, intake: Intake) -> list[File]:
    """A file, or what is in it if it is a zip."""
    if file.suffix != ".zip" or file.path is None:
        return [file]
    place = hashlib.sha256("/".join((student, *file.parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    try:
        inside = unpack(file.path, intake.into / place, Bounds.student(intake.limits))
    except SubmissionError as error:
        return [replace(file, path=None, problem=str(error))]
    return [_named_after(file, member) for member in inside] or [
        replace(file, path=None, problem=f"The zip archive is empty. {HAND_IN}")
    ]


def _named_after(archive: File, member: File) -> File:
    """Otter's archives carry the time in their own name, so of two archives that name says which is newer."""
    if member.suffix == ".zip":
        return replace(member, problem=f"The zip archive holds another zip archive. {HAND_IN}")
    mark = COPY.search(Path(archive.name).stem)
    stem = Path(member.name).stem + (mark[0] if mark else "")
    return replace(member, parts=(*archive.parts, *member.parts[:-1], stem + member.suffix))


def _without_notebook(files: Iterable[File]) -> str:
    listed = list(files)
    faults = [file.problem for file in listed if file.problem]
    if faults:
        return faults[0]
    if not listed:
        return f"The folder is empty. {HAND_IN}"
    names = ", ".join(one_line(file.name, 40) for file in listed[:3]) + (", ..." if len(listed) > 3 else "")
    return f"There is no notebook, only {names}. {HAND_IN}"


def _chosen(notebooks: list[File], homework: str) -> tuple[list[File], str]:
    """The attempts in order and what to say about them; none and why, if a person has to choose."""
    if len(notebooks) == 1:
        return notebooks, ""
    groups = grouped(notebooks, _base)
    named = _named_like(homework, groups)
    if len(named) != 1:
        return [], f"{_names(notebooks)} were handed in: {WHICH} {_advice(homework)}"
    attempts = _in_order(groups[named[0]])
    counted = one_line(attempts[-1].name, 40)
    return attempts, f"{_names(notebooks)} were handed in; {counted} counts: {_ground(attempts, notebooks)}"


def _ground(attempts: Sequence[File], notebooks: Sequence[File]) -> str:
    """Why the last of the attempts counts; a notebook that was saved later is named."""
    last = "it was saved last" if _told_apart(attempts) else "going by their names, it is the last one"
    if len(attempts) == len(notebooks):
        return last
    named = "it is named like the homework" + (f", and {last}" if len(attempts) > 1 else "")
    newest = max(notebooks, key=lambda file: file.modified)
    older = newest.modified - attempts[-1].modified <= ZIP_SECONDS or newest in attempts
    return named if older else f"{named}, although {one_line(newest.name, 40)} was saved later"


def _named_like(homework: str, groups: Iterable[str]) -> list[str]:
    """The notebooks named exactly like the homework, else those that begin so, else all."""
    names = list(groups)
    wanted = _squeezed(homework)
    exact = [name for name in names if wanted and _squeezed(name) == wanted]
    return exact or [name for name in names if wanted and _squeezed(name).startswith(wanted)] or names


def _base(file: File) -> str:
    """A notebook's name without the marks that copying adds to it."""
    stem = Path(file.name).stem
    while (shorter := COPY.sub("", stem)) not in (stem, ""):
        stem = shorter
    return stem.casefold()


def copy_number(name: str) -> int:
    """The number that copying or handing in again added to a name: 1 for `hw3-1.ipynb`, else 0."""
    mark = COPY.search(Path(name).stem)
    digits = re.sub(r"\D", "", "".join(group or "" for group in mark.groups())) if mark else "0"
    return int(digits[:20] or 1)


def _in_order(copies: list[File]) -> list[File]:
    """By the time they were saved if the times differ, else by the number in their names."""
    told_apart = _told_apart(copies)
    return sorted(copies, key=lambda file: (file.modified if told_apart else 0, copy_number(file.name), file.parts))


def _told_apart(copies: Sequence[File]) -> bool:
    """Whether the times at which they were saved differ."""
    times = sorted(file.modified for file in copies)
    return all(later - earlier > ZIP_SECONDS for earlier, later in pairwise(times))


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _names(files: list[File]) -> str:
    names = [one_line(file.name, 40) for file in files]
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more notebooks"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _advice(homework: str) -> str:
    name = f"{homework}.ipynb" if homework else "like the homework"
    return f"Keep one of them, or name it {name}."
