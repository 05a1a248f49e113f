"""Starts a homework: a small one, finished and green, for its author to replace piece by piece.

The texts lie in `skeleton/`, at the paths where they will lie in the project and with `.txt` behind their names. In
both, HOMEWORK stands for hw9_topic, SHORT for hw9, TOPIC for topic, and TITLE for what students read above it.
"""

import keyword
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from autograder import index
from autograder.errors import AuthorError
from autograder.homework import ROOT, find_homeworks

SKELETON = Path(__file__).with_name("skeleton")
NEXT = """next, after any change:
  .venv/bin/python -m autograder build {name}
  make verify HW={name}
CONTRIBUTING.md says what to write where."""
FIRST_EXERCISE = "centered"


@click.command("new", short_help="Start a homework with one finished exercise.")
@click.argument("homework")
def new_homework(homework: str) -> None:
    """Start HOMEWORK, such as hw9_topic, with one small finished exercise in every file."""
    for path in create(homework):
        click.echo(f"wrote {path.relative_to(ROOT)}", err=True)
    click.echo(NEXT.format(name=homework), err=True)


def create(name: str, root: Path = ROOT) -> list[Path]:
    """Write the files of a new homework below `root` and give their paths.

    Raises:
        AuthorError: the name is not usable, or something of that name is there; then nothing was written.
    """
    _require_free(name, root)
    files = texts(name, root)
    for path in files:
        if path.exists():
            raise AuthorError(f"{path} is there already; nothing was written. Choose another topic.")
    _write(files)
    return [*files, *_listed(name, root / index.LIST)]


def texts(name: str, root: Path = ROOT) -> dict[Path, str]:
    """The text of every file of the homework by its path."""
    short, _, topic = name.partition("_")
    title = f"Homework {short.removeprefix('hw')}: {topic.replace('_', ' ')}"
    words = {"HOMEWORK": name, "SHORT": short, "TOPIC": topic, "TITLE": title}

    def filled(text: str) -> str:
        return re.sub("|".join(words), lambda found: words[found[0]], text)

    sources = sorted(SKELETON.rglob("*.txt"))
    paths = [root / filled(source.relative_to(SKELETON).with_suffix("").as_posix()) for source in sources]
    return {path: filled(source.read_text("utf-8")) for path, source in zip(paths, sources, strict=True)}


def _listed(name: str, path: Path) -> list[Path]:
    """The list of lectures, with a row for the new exercise; nothing where there is no such list."""
    if not path.exists():
        return []
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"lecture,what it teaches,{name},{FIRST_EXERCISE}\n")
    return [path]


def _require_free(name: str, root: Path) -> None:
    named = re.fullmatch(r"(hw[1-9][0-9]*)_([a-z][a-z0-9_]*)", name)
    if not named or keyword.iskeyword(named[2]):
        raise AuthorError(
            f"{name} is no name for a homework; it is hw, a number, _ and a topic in small letters: hw9_topic"
        )
    for homework in find_homeworks(root):
        if homework.short == named[1]:
            raise AuthorError(f"there is {homework.name} already; nothing was written. Choose another number.")
    for folder in (root / "assignments" / name, root / "solutions" / name):
        if folder.exists():
            raise AuthorError(f"{folder} is there already; nothing was written.")


def _write(files: Mapping[Path, str]) -> None:
    """All of them, or none."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        _remove(written, set(files))
        raise AuthorError(f"{error}; nothing was written") from error


def _remove(written: list[Path], planned: set[Path]) -> None:
    for path in written:
        path.unlink()
    for folder in {path.parent for path in planned}:
        with suppress(OSError):  # it is not there, or others have files in it
            folder.rmdir()
