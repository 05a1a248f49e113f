"""Measurements that need no peer beside them: a check in the notebook, building, the zip for Gradescope."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder import bundle
from autograder.assignment import Assignment
from autograder.homework import find_homeworks
from autograder.results_json import VISIBILITIES
from tests.benchmarks.contenders import SCRIPTS, SECRET
from tests.benchmarks.environments import ROOT, Environment
from tests.benchmarks.processes import run

PARTS = ("autograder", "assignments", "solutions", "nnref")
TEN_MINUTES = 600


@dataclass(frozen=True)
class CheckTime:
    """One exercise: seconds of `grader.check`, and those of them in the student's own function."""

    exercise: str
    seconds: float
    own: float

    @property
    def besides(self) -> float:
        """What the kit and otter take."""
        return self.seconds - self.own


def checks_in_notebook(loaded: Assignment, environment: Environment, folder: Path) -> list[CheckTime]:
    """Time `grader.check` for every exercise of the solved notebook."""
    shutil.copytree(loaded.homework.folder / "student" / "tests", folder / "tests")
    content = json.loads(loaded.homework.solution_notebook.read_text("utf-8"))
    roles = ("setup", "given", "repair", "exercise")
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells if cell["metadata"]["kit"]["role"] in roles]
    (folder / "cells.json").write_text(json.dumps([sources, [exercise.name for exercise in loaded.exercises]]))
    output = run([environment.program("python"), SCRIPTS / "notebook_check.py"], folder).output
    return [CheckTime(name, *seconds) for name, seconds in json.loads(output.splitlines()[-1]).items()]


def build_times(folder: Path) -> dict[str, float | str]:
    """Seconds to build each homework, in a copy of the checkout; where it cannot be built, why."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return {homework.name: _build(homework.name, folder) for homework in find_homeworks(folder)}


def _build(name: str, folder: Path) -> float | str:
    command = [sys.executable, "-m", "autograder", "build", name]
    try:
        return run(command, folder).seconds
    except RuntimeError as error:
        return str(error)


def gradescope_zip(loaded: Assignment, folder: Path) -> tuple[int, Path]:
    """Bytes of the kit's zip, and the list of the packages that its setup installs."""
    content = bundle.make(loaded, SECRET, VISIBILITIES[0], TEN_MINUTES)
    path = folder / "kit-autograder.zip"
    path.write_bytes(content)
    shutil.unpack_archive(path, folder / "unpacked")
    return len(content), folder / "unpacked" / "requirements.txt"
