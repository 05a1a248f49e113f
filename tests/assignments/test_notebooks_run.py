"""Both notebooks of every homework, run from top to bottom as Jupyter runs them, with the real otter."""

import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.homework import find_homeworks

HOMEWORKS = find_homeworks()
SECONDS = 180  # a cell, on a busy machine


def run(path, folder, homework):
    """The notebook after running it beside the students' tests; an exception in any cell is raised here."""
    shutil.copytree(homework.notebook.parent / "tests", folder / "tests")
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
    return notebook


def told(notebook):
    """What each check cell of an exercise shows, by exercise."""
    cells = [cell for cell in notebook.cells if cell.metadata.get("kit", {}).get("role") == "check"]
    return {
        cell.metadata.kit.exercise: "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        for cell in cells
        if "exercise" in cell.metadata.kit
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the kernel's own making
@pytest.mark.parametrize("homework", HOMEWORKS, ids=lambda homework: homework.short)
def test_every_public_check_passes_in_the_solution_notebook(homework, tmp_path):
    """otter says so below every exercise."""
    shown = told(run(homework.solution_notebook, tmp_path, homework))

    assert shown
    assert all("All test cases passed!" in text for text in shown.values())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("homework", HOMEWORKS, ids=lambda homework: homework.short)
def test_nothing_raises_in_the_untouched_notebook(homework, tmp_path):
    """Given cells run, and every check says that its exercise is not started."""
    shown = told(run(homework.notebook, tmp_path, homework))

    assert shown
    assert all("not started yet" in text for text in shown.values())
