"""Reads a master (MyST Markdown) into cells that know their lines, and follows which names its code introduces.

The only module that imports jupytext. Nothing is executed.
"""

import ast
import builtins
import inspect
import re
import symtable
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import dropwhile
from pathlib import Path
from typing import Any

from jupytext.myst import MystMetadataParsingError, myst_to_notebook

from autograder.assignment import load_reference
from autograder.causes import Mistake, Rank
from autograder.errors import AuthorError, AuthorErrors, at, at_function

MARK = "# begin answer"
TAGS = ("figure", "repair")
TIMED = re.compile(r"^## .*\((\d+) minutes?\)$")
SETUP_NAMES = frozenset({"np", "plt", "otter", "grader"})
BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Cell:
    """One cell of a master: its role, its text and the text's first line.

    The role is prose, given, figure, repair (given code with a mistake that students are asked to find) or exercise.
    """

    role: str
    source: str
    line: int
    reference_name: str = ""
    introduced: frozenset[str] = frozenset()

    @property
    def exercise(self) -> str:
        """The exercise's name, the last part of its reference."""
        return self.reference_name.rpartition(".")[2]


@dataclass(frozen=True)
class Master:
    """A homework's story; `minutes` is the sum of what its headings say."""

    path: Path
    title: str
    minutes: int
    cells: tuple[Cell, ...]

    @property
    def exercises(self) -> tuple[Cell, ...]:
        """The exercise cells in order."""
        return tuple(cell for cell in self.cells if cell.role == "exercise")


def read(path: Path) -> Master:
    """The master at `path`.

    Raises:
        AuthorErrors: cells or front matter that cannot be understood, all of them.
    """
    if not path.exists():
        raise AuthorError(f"{path} is missing")
    text = path.read_text("utf-8")
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise AuthorErrors([at(path, 1, str(error))]) from error
    lines, starts = text.splitlines(), notebook.metadata.source_map
    raw = [(cell, _first_line(lines, cell, start)) for cell, start in zip(notebook.cells, starts, strict=True)]
    found = [*_mistakes(notebook.metadata, raw), *_untimed(lines)]
    _refuse(at(path, line, message) for line, message in found)
    cells = _with_introduced_names([_cell(cell, line) for cell, line in raw])
    minutes = sum(int(timed[1]) for _, heading in _headings(lines) if (timed := TIMED.match(heading)))
    return Master(path, str(notebook.metadata["title"]), minutes, cells)


def references(master: Master) -> dict[str, Callable[..., Any]]:
    """The reference function of every exercise that has one."""
    found = {}
    for cell in master.exercises:
        with suppress(AuthorError):
            found[cell.exercise] = load_reference(cell.reference_name)
    return found


def mistakes(master: Master) -> Iterator[Mistake]:
    """Exercises without a usable reference, and code that uses what the notebook has not introduced above it."""
    seen: set[str] = set()
    for cell in master.cells:
        if cell.role == "exercise":
            if cell.exercise in seen:
                yield Mistake(at(master.path, cell.line, f"exercise {cell.exercise} stands here for the second time"))
            seen.add(cell.exercise)
            yield from _reference_mistakes(master.path, cell)
        elif cell.role != "prose":
            for name, line in strangers(cell.source, cell.introduced | bound_names(cell.source)):
                place = at(master.path, cell.line + line - 1, f"{name} is not introduced above")
                yield Mistake(place, name, Rank.FOLLOWS)  # of an exercise that the master misspells, if of anything


def _reference_mistakes(path: Path, cell: Cell) -> Iterator[Mistake]:
    try:
        function = load_reference(cell.reference_name)
    except AuthorError as error:
        yield Mistake(at(path, cell.line, str(error)), cell.exercise, Rank.REFERENCE)
        return
    source = source_of(function)
    if len(re.findall(rf"^ +{MARK} *$", source, re.MULTILINE)) != 1:
        yield Mistake(at_function(function, f"{cell.exercise} needs one line `{MARK}` above what students write"))
    for name, line in strangers(source, cell.introduced | {cell.exercise}):
        message = f"{cell.exercise} uses {name}, which {path.name} has not introduced above line {cell.line}"
        place = at(function.__code__.co_filename, function.__code__.co_firstlineno + line - 1, message)
        yield Mistake(place, name, Rank.FOLLOWS)


def source_of(function: Callable[..., Any]) -> str:
    """The text of a function without its decorators."""
    lines = inspect.getsource(function).splitlines(keepends=True)
    return "".join(dropwhile(lambda line: not line.startswith("def "), lines)).rstrip()


def strangers(source: str, introduced: Iterable[str]) -> list[tuple[str, int]]:
    """The global names, with their lines, that `source` uses though they are neither builtin nor `introduced`."""
    unknown = used_names(source) - BUILTINS - set(introduced)
    return [(name, _line_of(name, source)) for name in sorted(unknown)]


def used_names(source: str) -> set[str]:
    """Names that Python would look up in the module when it runs `source`, functions' bodies included."""
    top, *inner = _tables(symtable.symtable(source, "cell", "exec"))
    used = {s.get_name() for s in top.get_symbols() if s.is_referenced() and not (s.is_assigned() or s.is_imported())}
    return used.union(*({s.get_name() for s in table.get_symbols() if s.is_global()} for table in inner))


def bound_names(source: str) -> set[str]:
    """Names that `source` defines in the module: assignments, functions, classes and imports."""
    top = symtable.symtable(source, "cell", "exec")
    return {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _line_of(name: str, source: str) -> int:
    lines = [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and node.id == name]
    return min(lines, default=1)


def _with_introduced_names(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """What a figure defines is its own affair: when graded, figures are skipped."""
    introduced, result = set(SETUP_NAMES), []
    for cell in cells:
        result.append(replace(cell, introduced=frozenset(introduced)))
        introduced |= bound_names(cell.source) if cell.role in ("given", "repair") else set()
        introduced |= {cell.exercise} if cell.role == "exercise" else set()
    return tuple(result)


def _cell(cell: Any, line: int) -> Cell:
    if cell.cell_type == "raw":
        return Cell("exercise", "", line, str(cell.metadata["exercise"]).strip())
    tagged = [tag for tag in TAGS if tag in cell.metadata.get("tags", [])]
    role = "prose" if cell.cell_type == "markdown" else [*tagged, "given"][0]
    return Cell(role, cell.source.strip("\n"), line)


def _first_line(lines: list[str], cell: Any, start: int) -> int:
    """The line, counted from 1, where the cell's text begins; of a raw cell, the line that names the exercise."""
    if cell.cell_type == "raw":
        return start + ("exercise" in cell.metadata)
    wanted = cell.source.strip("\n").splitlines()[:1]
    return next((number for number, line in enumerate(lines[start:], start + 1) if [line] == wanted), start)


def _mistakes(metadata: Any, cells: Iterable[tuple[Any, int]]) -> Iterator[tuple[int, str]]:
    if not metadata.get("title"):
        yield 1, "the front matter needs a `title:`"
    if "minutes" in metadata:
        yield 1, "take `minutes:` out of the front matter; the minutes in the headings are added up"
    for cell, line in cells:
        if cell.cell_type == "raw" and not cell.metadata.get("exercise"):
            yield line, "a raw cell needs `:exercise: module.function`"
        if cell.cell_type == "code":
            yield from ((line, f"unknown tag {tag}; there are `figure` and `repair`") for tag in _unknown_tags(cell))
            yield from ((line + at_line - 1, message) for at_line, message in _syntax(cell.source.strip("\n")))


def _untimed(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for line, heading in _headings(lines):
        if not TIMED.match(heading):
            yield line, f"end this heading with its minutes: `{heading} (10 minutes)`"


def _headings(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The headings of sections, with their lines; what a fence holds is no heading."""
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            yield number, line.rstrip()


def _unknown_tags(cell: Any) -> list[str]:
    return [str(tag) for tag in cell.metadata.get("tags", []) if tag not in TAGS]


def _syntax(source: str) -> Iterator[tuple[int, str]]:
    try:
        ast.parse(source)
    except SyntaxError as error:
        yield error.lineno or 1, f"not Python: {error.msg}"


def _refuse(messages: Iterable[str]) -> None:
    found = list(messages)
    if found:
        raise AuthorErrors(found)
