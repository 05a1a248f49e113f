"""Where the notebooks of a class lie: one folder, a folder a student, or a learning platform's download.

`find` recognises the layout, or is told which it is. It gives an `Entry` for each attempt of each student; whatever is
wrong with one student's files is a sentence in that entry and never stops the class.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from autograder import archive, choice, platforms
from autograder.archive import Bounds, File
from autograder.choice import Entry, Intake, grouped
from autograder.errors import SubmissionError, did_you_mean
from autograder.gradescope import METADATA
from autograder.limits import Limits
from autograder.text import one_line, plural

__all__ = ["LAYOUTS", "Entry", "Found", "find"]

LAYOUTS: Mapping[str, str] = {
    "notebooks": "a folder of notebooks",
    "folders": "a folder for each student",
    "gradescope": "a Gradescope export",
    "moodle": "a Moodle download",
    "canvas": "a Canvas download",
    "nbgrader": "an nbgrader tree (submitted/STUDENT/ASSIGNMENT)",
    "otter": "a folder of otter's zip archives, one for each student",
}
HANDED_IN = frozenset(
    {".ipynb", ".zip", ".py", ".pdf", ".html", ".htm", ".doc", ".docx", ".odt", ".rtf", ".json", ".txt"}
    | {".rar", ".7z", ".gz", ".tgz", ".tar", ".pages", ".png", ".jpg", ".jpeg"}
)


@dataclass(frozen=True)
class Found:
    """What was recognised, and one entry for each attempt of each student, in the order of the students' ids."""

    layout: str
    entries: tuple[Entry, ...]

    @property
    def said(self) -> str:
        """What was found, in one sentence for the instructor."""
        students = {entry.student for entry in self.entries}
        without = students - {entry.student for entry in self.entries if entry.path}
        missing = f", {len(without)} of them without a notebook (*.ipynb)" if without else ""
        return f"{LAYOUTS[self.layout]}: {plural(len(students), 'student')}{missing}"


def find(
    path: Path, layout: str = "auto", *, homework: str = "", into: Path | None = None, limits: Limits | None = None
) -> Found:
    """The submissions in a folder, in a zip, or the one notebook at `path`.

    Args:
        path: a folder, a platform's zip, or a notebook.
        layout: one of `LAYOUTS`, or `auto`.
        homework: its short name (hw3); chooses among several notebooks of one student.
        into: where zips are unpacked, a folder that only its owner may read; if None, one that lasts as long as this
            process.
        limits: what a submission may use.

    Raises:
        SubmissionError: there is nothing to grade, or no such layout.
    """
    if layout not in (*LAYOUTS, "auto"):
        raise SubmissionError(
            f"no layout {layout}{did_you_mean(layout, LAYOUTS) or '; there are: ' + ', '.join(LAYOUTS)}"
        )
    limits, into = limits or Limits(), into or _temporary()
    files = _files(path, into, limits)
    if packed := _download_in(files, into, limits) if layout != "folders" else None:
        path, files = packed
    if layout != "folders":
        files = _unwrapped(files, packed=not path.is_dir())
    chosen = _recognised(path, files) if layout == "auto" else layout
    found = _READERS[chosen](files, Intake(homework, into, limits))
    if not any(entry.path for entry in found):
        raise SubmissionError(_nothing_to_grade(path, files, found, chosen))
    return Found(chosen, _numbered(found))


def _nothing_to_grade(path: Path, files: Sequence[File], found: Sequence[Entry], chosen: str) -> str:
    """Why nothing can be graded, and what to give instead."""
    if not files:
        return f"{path} is empty: it holds no notebook (*.ipynb)"
    said = f"{path} holds no notebook (*.ipynb) that can be graded; it was read as {LAYOUTS[chosen]} (see --layout)"
    if found and found[0].problem:
        said += f". {found[0].student}: {found[0].problem}"
    if path.is_dir() and len(files) == 1 and files[0].suffix == ".zip":
        said += f" If {one_line(files[0].name, 60)} holds the whole class, give the zip itself instead of its folder"
    return said


def _numbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in order; no two attempts of a student have the same number."""
    taken: set[tuple[str, int]] = set()
    numbered = []
    for entry in sorted(entries, key=lambda entry: (entry.student, entry.attempt)):
        attempt = next(n for n in count(entry.attempt) if (entry.student, n) not in taken)
        taken.add((entry.student, attempt))
        numbered.append(replace(entry, attempt=attempt))
    return tuple(numbered)


def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="submissions-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _files(path: Path, into: Path, limits: Limits) -> list[File]:
    if path.is_dir():
        return archive.walk(path)
    if path.suffix.lower() == ".zip" and path.is_file():
        return sorted(archive.unpack(path, into / "download", Bounds.platform(limits)), key=lambda file: file.parts)
    if path.suffix.lower() == ".ipynb" and path.is_file():
        return [File((path.name,), path)]
    raise SubmissionError(f"{path} is no folder and no zip archive; give what holds the submissions")


def _download_in(files: Sequence[File], into: Path, limits: Limits) -> tuple[Path, list[File]] | None:
    """The one zip of a folder and what is in it, if that is a platform's download and nothing else was handed in."""
    given = [file for file in files if file.suffix in HANDED_IN]
    archive_path = given[0].path if len(given) == 1 and given[0].suffix == ".zip" else None
    if archive_path is None or len(given[0].parts) > 1:
        return None
    try:
        inside = _unwrapped(_files(archive_path, into, limits), packed=True)
    except SubmissionError:
        return None
    return (archive_path, inside) if inside and _told_by_names({file.parts[0] for file in inside}) else None


def _unwrapped(files: list[File], packed: bool) -> list[File]:
    """Without a folder that holds everything else, as zips often have one; a teacher's folder may hold a download."""
    tops = {file.parts[0] for file in files}
    below = {file.parts[1] for file in files if len(file.parts) > 1}
    alone = len(tops) == 1 and all(len(file.parts) > 1 for file in files)
    wrapper = alone and not _told_by_names(tops) and (_told_by_names(below) or (packed and len(below) > 1))
    return _unwrapped([replace(file, parts=file.parts[1:]) for file in files], packed) if wrapper else files


def _told_by_names(tops: Collection[str]) -> str:
    """The layout that the names at the top show, or nothing."""
    if METADATA in tops:
        return "gradescope"
    return "nbgrader" if "submitted" in tops else platforms.recognised(tops)


def _recognised(path: Path, files: list[File]) -> str:
    notebooks = [file for file in files if file.suffix == ".ipynb"]
    if found := _told_by_names({file.parts[0] for file in files}):
        return found
    if path.resolve().name == "submitted" or _same_second_level(notebooks):
        return "nbgrader"
    if any(len(file.parts) > 1 for file in files if file.suffix in HANDED_IN):
        return "folders"
    return "notebooks" if notebooks or not any(file.suffix == ".zip" for file in files) else "otter"


def _same_second_level(notebooks: Sequence[File]) -> bool:
    """Whether every notebook lies at STUDENT/ASSIGNMENT/x.ipynb with the same ASSIGNMENT for several students."""
    return (
        len({file.parts[0] for file in notebooks}) > 1
        and all(len(file.parts) == 3 for file in notebooks)
        and len({file.parts[1] for file in notebooks}) == 1
    )


def _read_folders(files: Sequence[File], intake: Intake) -> list[Entry]:
    """A student is a folder, or a file at the top, named by it without its ending."""
    handed_in = [file for file in files if len(file.parts) > 1 or file.suffix in HANDED_IN or file.problem]
    groups = grouped(handed_in, lambda file: file.parts[0] if len(file.parts) > 1 else Path(file.name).stem)
    return [entry for student, own in groups.items() for entry in choice.entries(student, student, own, intake)]


def _read_nbgrader(files: Sequence[File], intake: Intake) -> list[Entry]:
    inside = [replace(f, parts=f.parts[1:]) if f.parts[0] == "submitted" else f for f in files]
    inside = [file for file in inside if len(file.parts) > 2]
    assignments = sorted({file.parts[1] for file in inside})
    wanted = [name for name in assignments if intake.homework and name.casefold().startswith(intake.homework)]
    if len(assignments) > 1 and len(wanted) != 1:
        raise SubmissionError(
            f"the tree holds the assignments {', '.join(assignments)}; name the folder of the one to grade "
            f"{intake.homework or 'like the homework'}"
        )
    return _read_folders([file for file in inside if file.parts[1] in (wanted or assignments)], intake)


_READERS: Mapping[str, Callable[[Sequence[File], Intake], list[Entry]]] = {
    "notebooks": _read_folders,
    "folders": _read_folders,
    "gradescope": platforms.read_gradescope,
    "moodle": platforms.read_moodle,
    "canvas": platforms.read_canvas,
    "nbgrader": _read_nbgrader,
    "otter": _read_folders,
}
