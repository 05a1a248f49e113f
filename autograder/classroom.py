"""Grades every submission of a folder; one bad file never stops the class."""

from collections.abc import Iterator
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.grade import Grader
from autograder.report import Report


def submissions(folder: Path) -> list[Path]:
    """The notebooks of a folder and of the folders in it, one level down, in the order of their names.

    Raises:
        SubmissionError: there is no such folder or no file in it.
    """
    if not folder.is_dir():
        raise SubmissionError(f"{folder} is no folder; give the folder that holds the submissions")
    found = sorted(path for pattern in ("*.ipynb", "*/*.ipynb") for path in folder.glob(pattern))
    if not found:
        raise SubmissionError(f"{folder} holds no notebook (*.ipynb), neither itself nor one level down")
    return found


def grade_class(grader: Grader, paths: list[Path], folder: Path) -> Iterator[Report]:
    """The reports of all submissions, in order."""
    for path in paths:
        yield grader.grade(path, str(path.relative_to(folder)))
