"""The page that says which homework teaches what: assignments/README.md, made from the homeworks and lectures.csv.

lectures.csv is the list of everything that the lectures teach; each row names the homework and the exercises, or the
figure, that it became. A row that names what does not exist is an author's mistake; an exercise in no row is a note.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import assignment
from autograder.assignment import Assignment
from autograder.errors import AuthorErrors, at, did_you_mean
from autograder.homework import ROOT, find_homeworks
from autograder.master import read

LIST = "assignments/lectures.csv"
HEAD = """<!-- Generated from lectures.csv and the homeworks; do not edit. -->
# The homeworks

"""


@dataclass(frozen=True)
class Row:
    """Something that a lecture teaches, and where it is practised; `exercises` is empty for a figure."""

    line: int
    lecture: str
    taught: str
    homework: str
    exercises: tuple[str, ...]


def rows(root: Path = ROOT) -> list[Row]:
    """The rows of lectures.csv."""
    with (root / LIST).open(encoding="utf-8", newline="") as file:
        return [_row(number, row) for number, row in enumerate(csv.DictReader(file), 2)]


def _row(line: int, row: dict[str, str]) -> Row:
    exercises = () if row["by"] == "figure" else tuple(row["by"].split(", "))
    return Row(line, row["lecture"], row["taught"], row["homework"], exercises)


def write(root: Path = ROOT) -> Path:
    """Write the page; gives its path.

    Raises:
        AuthorErrors: a row names what does not exist.
    """
    path = root / "assignments" / "README.md"
    path.write_text(text(root), "utf-8", newline="\n")
    return path


def text(root: Path = ROOT) -> str:
    """The page."""
    homeworks, listed = _homeworks(root), rows(root)
    mistakes = list(_mistakes(root / LIST, listed, homeworks))
    if mistakes:
        raise AuthorErrors(mistakes)
    return HEAD + "\n".join(
        [*_homework_lines(homeworks), "", "## From lecture to exercise", "", *_lecture_lines(listed)]
    )


def unlisted(root: Path = ROOT) -> list[str]:
    """A note for every exercise that stands in no row, with a row to copy."""
    named = {(row.homework, name) for row in rows(root) for name in row.exercises}
    return [
        f"{LIST}: no row leads to {exercise.name} of {homework.name}; "
        f"add one: lecture,what it teaches,{homework.name},{exercise.name}"
        for homework in _homeworks(root)
        for exercise in homework.exercises
        if (homework.name, exercise.name) not in named
    ]


def _homeworks(root: Path) -> list[Assignment]:
    return [assignment.load(homework.name, root) for homework in find_homeworks(root)]


def _mistakes(path: Path, listed: list[Row], homeworks: list[Assignment]) -> Iterator[str]:
    known = {homework.name: [exercise.name for exercise in homework.exercises] for homework in homeworks}
    for row in listed:
        if row.homework not in known:
            yield at(path, row.line, f"no homework {row.homework}{did_you_mean(row.homework, known)}")
            continue
        for name in row.exercises:
            if name not in known[row.homework]:
                hint = did_you_mean(name, known[row.homework])
                yield at(path, row.line, f"{row.homework} has no exercise {name}{hint}")


def _homework_lines(homeworks: list[Assignment]) -> Iterator[str]:
    yield "| homework | exercises | points | minutes |"
    yield "| --- | --- | --- | --- |"
    for homework in homeworks:
        story = read(homework.homework.folder / f"{homework.homework.short}.md")
        names = ", ".join(f"`{exercise.name}`" for exercise in homework.exercises)
        points = sum(exercise.points for exercise in homework.exercises)
        yield f"| [{story.title}]({homework.name}/student/) | {names} | {points:g} | {story.minutes} |"


def _lecture_lines(listed: list[Row]) -> Iterator[str]:
    yield "| lecture | teaches | practised in |"
    yield "| --- | --- | --- |"
    for row in listed:
        where = ", ".join(f"`{name}`" for name in row.exercises) or "a figure"
        yield f"| {row.lecture} | {row.taught} | {row.homework.split('_')[0]}: {where} |"
    yield ""
