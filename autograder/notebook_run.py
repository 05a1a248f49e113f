"""Runs a homework's notebook once with every answer and once with every stub, and the examples of its exercises.

All of it is the author's own code. It runs in a process of its own, with the drawing surface that needs no screen.
"""

import doctest
import io
import multiprocessing
import os
import traceback
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from typing import Any

from autograder import master, notebook
from autograder.errors import at
from autograder.homework import find
from autograder.master import Cell, Master

NAMES = "import numpy as np\nimport matplotlib.pyplot as plt\nplt.rcParams['figure.max_open_warning'] = 0"
Namespace = dict[str, Any]


def mistakes(name: str) -> list[str]:
    """The first cell that raises, with and without answers, and every example that does not give what it says."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run, name).result()


def run(name: str) -> list[str]:
    """The same in this process."""
    os.environ["MPLBACKEND"] = "Agg"
    homework = find(name)
    story = master.read(homework.folder / f"{homework.short}.md")
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        solved = list(_mistakes(story, notebook.answer, "in the solution notebook", _wrong_examples))
        return solved or list(_mistakes(story, notebook.stub, "while the exercises are stubs"))


def _mistakes(
    story: Master,
    body: Callable[[Callable[..., Any]], str],
    where: str,
    after: Callable[[Callable[..., Any], Namespace], Iterator[str]] = lambda function, namespace: iter(()),
) -> Iterator[str]:
    references = master.references(story)
    namespace: Namespace = {"__name__": "__main__"}
    exec(NAMES, namespace)  # noqa: S102
    for number, cell in enumerate(story.cells):
        if cell.role == "prose":
            continue
        function = references.get(cell.exercise)
        try:
            exec(compile(body(function) if function else cell.source, _file(number), "exec"), namespace)  # noqa: S102
        except Exception as error:
            yield at(story.path, _line(error, story.cells), f"{type(error).__name__}: {error}, {where}")
            return
        namespace["plt"].close("all")
        if function:
            yield from after(function, namespace)


def _file(number: int) -> str:
    return f"<cell {number}>"


def _line(error: Exception, cells: tuple[Cell, ...]) -> int:
    """The master's line of the innermost frame in given code or a figure."""
    given = {_file(number): cell for number, cell in enumerate(cells) if cell.role != "exercise"}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in given]
    return given[frames[-1].filename].line + (frames[-1].lineno or 1) - 1 if frames else 1


# ---- examples -------------------------------------------------------------------------------------------------


class _Runner(doctest.DocTestRunner):
    """Notes what an example gave, or raised, in place of printing it."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.found: list[tuple[int, str]] = []

    def report_failure(self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        self.found.append((example.lineno, f"gives {got.strip() or 'nothing'}, not {example.want.strip()}"))

    def report_unexpected_exception(self, out: Any, test: Any, example: doctest.Example, exc_info: Any) -> None:
        self.found.append((example.lineno, f"raises {exc_info[0].__name__}: {exc_info[1]}"))


def _wrong_examples(function: Callable[..., Any], namespace: Namespace) -> Iterator[str]:
    """The examples in a docstring, with the names that the notebook has where the exercise stands."""
    (test,) = doctest.DocTestFinder(recurse=False, exclude_empty=False).find(function, module=False, globs=namespace)
    runner = _Runner()
    runner.run(test, clear_globs=False)
    for line, what in runner.found:
        place = (test.lineno or 0) + line + 1
        yield at(function.__code__.co_filename, place, f"{function.__name__}'s example {what}")
