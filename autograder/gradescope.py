"""The metadata file of a Gradescope export: which folder belongs to whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its types are a package of their own

from autograder.errors import SubmissionError

METADATA = "submission_metadata.yml"
MOST_BYTES = 64 * 2**20
# Makes nothing but text, lists and dicts: no tag is obeyed, and an id stays the text that it is (00123, 1e5).
Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Submitter:
    """A student of the export, the folder of the submission that counts, and how often it was handed in."""

    student: str
    name: str
    folder: str
    attempt: int


def submitters(metadata: Path) -> list[Submitter]:
    """Everybody who handed in; a group's submission is named once for each of its members.

    Raises:
        SubmissionError: the file cannot be read; the text says what to do instead.
    """
    try:
        if metadata.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        content = yaml.load(metadata.read_text("utf-8", "replace"), Loader=Loader)  # noqa: S506  see Loader
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise SubmissionError(f"{METADATA} cannot be read ({_where(error)}); {_otherwise()}") from error
    found = [one for folder, record in _items(content) for one in _of_folder(str(folder), record)]
    if not found:
        raise SubmissionError(f"{METADATA} names no submitter; {_otherwise()}")
    return found


def _of_folder(folder: str, record: Any) -> Iterator[Submitter]:
    fields = dict(_items(record))
    history, people = fields.get(":history"), fields.get(":submitters")
    attempt = 1 + (len(history) if isinstance(history, list) else 0)
    for person in people if isinstance(people, list) else []:
        student, email, name = (_text(person, key) for key in (":sid", ":email", ":name"))
        yield Submitter(student or email or name or folder, name or email or student, folder, attempt)


def _items(content: Any) -> Iterator[tuple[Any, Any]]:
    yield from content.items() if isinstance(content, Mapping) else ()


def _text(person: Any, key: str) -> str:
    value = person.get(key) if isinstance(person, Mapping) else None
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {getattr(error, 'problem', '')}" if mark else str(error)


def _otherwise() -> str:
    return "download the export again, or grade it with --layout folders"
