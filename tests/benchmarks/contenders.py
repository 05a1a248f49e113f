"""Everything that grades the same notebooks, behind one interface: `grade(path)` gives the public points.

A warm contender is a process that stays, a cold one a command for each notebook.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.limits import Limits
from autograder.sandbox import CLEAN_ENVIRONMENT
from autograder.slots import Setup, Slot
from tests.benchmarks import course
from tests.benchmarks.environments import ROOT, Environment
from tests.benchmarks.processes import run

SECRET = b"no student is graded with it"
SCRIPTS = Path(__file__).parent / "peers"
ONE_THREAD = {key: CLEAN_ENVIRONMENT[key] for key in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")}
Grade = Callable[[Path], float | None]


@dataclass(frozen=True)
class Contender:
    """A grader: its name in tables, how it is opened, and how often it grades each notebook in a round."""

    name: str
    open: Callable[[], Any]  # a context manager that gives a `Grade`
    often: int = 1
    some: bool = False  # so slow that a few of the notebooks have to do


def kit(loaded: Assignment) -> list[Contender]:
    """The kit's engine, and its work without isolation."""
    return [
        Contender(WARM, lambda: _slot(loaded), often=3),
        Contender(
            FLOOR, lambda: _served(sys.executable, "-m", "tests.benchmarks.floor", loaded.name, "checks"), often=3
        ),
        Contender(
            NO_ISOLATION,
            lambda: _served(sys.executable, "-m", "tests.benchmarks.floor", loaded.name, "grader"),
            often=3,
        ),
        Contender(FRESH, lambda: _slot(loaded, fresh=True), some=True),
        Contender(COLD, lambda: _kit_command(loaded)),
    ]


def otter(environment: Environment, zip_path: Path) -> list[Contender]:
    """otter-grader with an autograder zip."""
    python = environment.program("python")
    return [
        Contender(OTTER_WARM, lambda: _served(python, SCRIPTS / "otter_warm.py", zip_path)),
        Contender(OTTER_COLD, lambda: _otter_command(environment, zip_path), some=True),
    ]


def nbgrader(environment: Environment, folder: Path) -> list[Contender]:
    """Nbgrader with a course in `folder`, where the name of a notebook is that of a student."""
    python = environment.program("python")
    return [
        Contender(
            NBGRADER_WARM, lambda: _served(python, SCRIPTS / "nbgrader_warm.py", folder=folder, name=lambda p: p.stem)
        ),
        Contender(NBGRADER_COLD, lambda: _nbgrader_command(environment, folder), some=True),
    ]


WARM = "this kit, class (warm, all isolation on)"
FLOOR = "floor: same cells and checks, one warm process, no isolation"
NO_ISOLATION = "this kit's grader in one warm process, no isolation"
FRESH = "this kit, class with `--fresh` (a new zygote for each worker)"
COLD = "this kit, `python -m autograder grade` (cold)"
OTTER_WARM = "`otter.api.grade_submission` (warm)"
OTTER_COLD = "`otter run` (cold)"
NBGRADER_WARM = "`nbgrader autograde` through its API (warm)"
NBGRADER_COLD = "`nbgrader autograde` (cold)"


def otter_zip(environment: Environment, loaded: Assignment, path: Path) -> Path:
    """The autograder zip that `otter generate` makes of the public checks."""
    tests = loaded.homework.folder / "student" / "tests"
    quiet = ("--no-config", "--no-requirements", "--no-environment")
    run([environment.program("otter"), "generate", "-t", tests, "-o", path, *quiet], path.parent)
    return path


def nbgrader_course(environment: Environment, loaded: Assignment, notebooks: list[Path], folder: Path) -> Path:
    """A course with the homework and the notebooks as submissions, ready for `nbgrader autograde`."""
    course.write(loaded, notebooks, folder)
    run([environment.program("nbgrader"), "generate_assignment", course.NAME], folder, _first_on_path(environment))
    return folder


# ---- warm -----------------------------------------------------------------------------------------------------


@contextmanager
def _slot(loaded: Assignment, *, fresh: bool = False) -> Iterator[Grade]:
    slot = Slot(Setup.of(loaded, SECRET, limits_of(loaded), fresh=fresh))
    try:
        slot.greet()
        yield lambda path: _through(slot, path)
    finally:
        slot.close()


def _through(slot: Slot, path: Path) -> float:
    slot.send(path, path.stem)
    return public_points(slot.receive().report)


@contextmanager
def _served(
    *command: str | Path, folder: Path = ROOT, name: Callable[[Path], str] = lambda path: str(path)
) -> Iterator[Grade]:
    """A process that stays and speaks as `peers/serve.py` does."""
    with subprocess.Popen(  # noqa: S603  scripts of this package
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **ONE_THREAD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        _line(process, command)

        def grade(path: Path) -> float:
            print(json.dumps(name(path)), file=process.stdin, flush=True)
            return float(_line(process, command))

        yield grade
        process.stdin.close()


def _line(process: "subprocess.Popen[str]", command: tuple[str | Path, ...]) -> Any:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"{command[1:]} ended with exit code {process.wait()}")
    return json.loads(line)


# ---- cold -----------------------------------------------------------------------------------------------------


@contextmanager
def _kit_command(loaded: Assignment) -> Iterator[Grade]:
    command = [sys.executable, "-m", "autograder", "grade", loaded.name, "--json"]
    yield lambda path: public_points(run([*command, path], ROOT).output)


@contextmanager
def _otter_command(environment: Environment, zip_path: Path) -> Iterator[Grade]:
    command = [environment.program("otter"), "run", "-a", zip_path, "-o", ".", "--no-logo"]

    def grade(path: Path) -> float:
        run([*command, path], zip_path.parent, _first_on_path(environment) | ONE_THREAD)
        tests = json.loads((zip_path.parent / "results.json").read_text())["tests"]
        return float(sum(test.get("score", 0) for test in tests))

    yield grade


@contextmanager
def _nbgrader_command(environment: Environment, folder: Path) -> Iterator[Grade]:
    command = [environment.program("nbgrader"), "autograde", course.NAME, "--force", "--student"]

    def grade(path: Path) -> None:
        run([*command, path.stem], folder, _first_on_path(environment) | ONE_THREAD)

    yield grade


def limits_of(loaded: Assignment) -> Limits:
    """What a submission to this homework may use."""
    return replace(Limits(), **loaded.limits)


def public_points(report: str) -> float:
    """Points of the public checks in a JSON report."""
    exercises = json.loads(report)["exercises"]
    return float(sum(check["earned"] for exercise in exercises for check in exercise["checks"] if check["public"]))


def _first_on_path(environment: Environment) -> dict[str, str]:
    return {"PATH": f"{environment.program('')}{os.pathsep}{os.environ['PATH']}"}
