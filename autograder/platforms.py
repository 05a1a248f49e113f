"""The downloads of learning platforms: who handed in what, by the names that a platform gives to them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder import choice
from autograder.archive import File
from autograder.choice import Entry, Intake, grouped
from autograder.errors import SubmissionError
from autograder.gradescope import METADATA, submitters

Forms = Sequence[re.Pattern[str]]

# "Ada Lovelace_12345_assignsubmission_file_": a folder, or the beginning of a file's name; the participant's number.
MOODLE: Forms = (
    re.compile(r"(?P<name>.+?)_(?P<student>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<rest>.*))?$", re.DOTALL),
)
# "lovelaceada_LATE_4321_987654_hw3-2.ipynb": user, attachment, the file's own name, here handed in a third time.
CANVAS: Forms = (
    re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<student>\d+)_\d+_(?P<rest>.+)$", re.DOTALL),
    re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<student>\d+)_(?:text|online_url)\.html$", re.DOTALL),
    re.compile(r"(?P<name>anon)_(?P<student>[A-Za-z0-9]{5})(?P<late>_LATE)?_(?:\d+_)+(?P<rest>.+)$", re.DOTALL),
)
LATE = "Canvas marks it as late"  # always the end of a note
PLATFORMS: Mapping[str, Forms] = {"moodle": MOODLE, "canvas": CANVAS}


@dataclass
class _Student:
    """What belongs to one student, while the files are gone through."""

    name: str
    late: bool = False
    files: list[File] = field(default_factory=list)


def recognised(names: Iterable[str]) -> str:
    """The platform that gave at least half of the names their form, or nothing."""
    listed = list(names)
    for platform, forms in PLATFORMS.items():
        if listed and 2 * sum(_match(name, forms) is not None for name in listed) >= len(listed):
            return platform
    return ""


def read_moodle(files: Sequence[File], intake: Intake) -> list[Entry]:
    """Students by participant number, the number of Moodle's grading worksheet."""
    students = _students(files, MOODLE).items()
    return [entry for number, one in students for entry in choice.entries(number, one.name, one.files, intake)]


def read_canvas(files: Sequence[File], intake: Intake) -> list[Entry]:
    """Students by Canvas's number of the user, the column ID of its gradebook export."""
    found = []
    for number, one in _students(files, CANVAS).items():
        *earlier, last = choice.entries(number, one.name, one.files, intake)
        notes = [last.note, LATE if one.late else ""]
        again = max(choice.copy_number(file.name) for file in one.files)
        found += [*earlier, replace(last, attempt=max(last.attempt, again + 1), note="; ".join(filter(None, notes)))]
    return found


def read_gradescope(files: Sequence[File], intake: Intake) -> list[Entry]:
    """Students by their id, else their e-mail address; each member of a group gets the group's submission."""
    metadata = next((file.path for file in files if file.parts == (METADATA,) and file.path), None)
    if metadata is None:
        raise SubmissionError(f"a Gradescope export holds {METADATA}; there is none")
    folders = grouped(files, lambda file: file.parts[0])
    found = []
    for one in submitters(metadata):
        own = choice.entries(one.student, one.name, folders.get(one.folder, []), intake)
        found += [replace(entry, attempt=entry.attempt + max(one.attempt - len(own), 0)) for entry in own]
    return found


def _students(files: Iterable[File], forms: Forms) -> dict[str, _Student]:
    students: dict[str, _Student] = {}
    for file in files:
        match = _match(file.parts[0], forms)
        if match:
            fields = match.groupdict()
            one = students.setdefault(fields["student"], _Student(fields["name"]))
            one.late = one.late or bool(fields.get("late"))
            one.files.append(replace(file, parts=file.parts[1:] or (fields.get("rest") or file.name,)))
    return students


def _match(name: str, forms: Forms) -> re.Match[str] | None:
    return next(filter(None, (form.match(name) for form in forms)), None)
