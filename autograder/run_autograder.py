"""Grades the one submission of a Gradescope container; `gradescope_files/run_autograder` starts it, as root.

With --selftest, when the image is built: can this image grade? The isolation is tried, and a solution must earn
everything. What is printed is for staff: Gradescope shows it to nobody else.
"""

import json
import os
import sys
import time
import traceback
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from autograder import assignment, container, judge, render, results_json, secret, submission
from autograder.assignment import Assignment
from autograder.engine import Job, open_grader
from autograder.errors import GraderError, SubmissionError
from autograder.grade import Grader
from autograder.homework import ROOT
from autograder.judge import Verdict
from autograder.limits import Limits
from autograder.report import KIT_VERSION, ExerciseResult, Report, with_hint
from autograder.submission import Submission
from autograder.text import one_line

HOME = Path("/autograder")
SETTINGS, ANSWERS = "settings.json", "answers.json"
IGNORED = ("__MACOSX", "__pycache__")  # with everything whose name begins with a dot
MOST_FILES = 1_000


@dataclass(frozen=True)
class Settings:
    """What was fixed when the zip was made."""

    homework: str
    checks: str  # the digest of the checks in the instructor's checkout
    hidden: str  # who sees hidden checks when
    seconds: float  # after which the platform ends the container

    @classmethod
    def read(cls, source: Path) -> "Settings":
        """Read the file in the folder of the zip's content."""
        return cls(**json.loads((source / SETTINGS).read_text("utf-8")))


@dataclass(frozen=True)
class Deployed:
    """A homework as it lies in the container."""

    settings: Settings
    loaded: Assignment
    secret: bytes
    limits: Limits

    @classmethod
    def read(cls, source: Path) -> "Deployed":
        """Load it from the folder of the zip's content."""
        settings = Settings.read(source)
        if not (source / "secret").exists():
            raise GraderError(f"{source / 'secret'} is missing")
        # The zip holds a part of the answer key: what identifies the checks is the digest of the whole.
        loaded = replace(assignment.load(settings.homework, source), digest=settings.checks)
        limits = container.fitted(replace(Limits(), **loaded.limits), container.this_container(), settings.seconds)
        return cls(settings, loaded, secret.read_or_make(source), limits)


def main(arguments: list[str], home: Path = HOME, source: Path = ROOT) -> int:
    """Grade, or test the image; gives the exit code."""
    if arguments == ["--selftest"]:
        return try_image(source)
    run(home, source)
    return 0


def run(home: Path, source: Path) -> None:
    """Grade what lies in `home/submission`; whatever happens, `home/results/results.json` is there afterwards."""
    close(home, source)
    started = time.monotonic()
    try:
        results = _results(home, source, started)
    except Exception:
        print(traceback.format_exc(), flush=True)
        results = results_json.failed({"kit": KIT_VERSION})
    write(results, home / "results")


def close(home: Path, source: Path) -> None:
    """Nobody but root looks into source, results and what the platform says of earlier submissions."""
    for folder in (source, home / "results"):
        folder.chmod(0o700)
    metadata = home / "submission_metadata.json"
    if metadata.exists():
        metadata.chmod(0o600)


def write(results: dict[str, Any], folder: Path) -> None:
    """Whole or not there; never a part."""
    unfinished = folder / ".results.unfinished"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / "results.json")


def pick(folder: Path) -> Path:
    """The notebook that was handed in, or the one file that was.

    Raises:
        SubmissionError: there is none, or there are several; the text tells the student what to do.
    """
    files = _files(folder)
    notebooks = [path for path in files if path.suffix.lower() == ".ipynb"]
    if len(notebooks) > 1:
        raise SubmissionError(f"{_names(notebooks)} were handed in. Which one counts? Please hand in one notebook.")
    if notebooks or len(files) == 1:
        return (notebooks or files)[0]
    found = f"only {_names(files)}" if files else "no file at all"
    raise SubmissionError(f"There is no notebook in what was handed in, {found}. {submission.HAND_IN}")


def try_image(source: Path) -> int:
    """Grade the solution, which begins with trying the isolation; 0 if this image can be trusted to grade."""
    deployed = Deployed.read(source)
    with _grader(deployed) as grader:
        report = grader.grade_cells(solution(deployed, source), "the solution")
    print(f"isolation: {grader.zygote.isolation}; {grader.selftest}")
    print(render.report_text(report), flush=True)
    return 0 if report.earned == report.points else 1


def solution(deployed: Deployed, source: Path) -> Submission:
    """The student's notebook with the answers of the zip in its cells."""
    notebook = json.loads(deployed.loaded.homework.notebook.read_text("utf-8"))
    answers = json.loads((source / ANSWERS).read_text("utf-8"))
    cells = [cell | {"source": answers.get(cell["id"], cell["source"])} for cell in notebook["cells"]]
    return submission.parse(json.dumps(notebook | {"cells": cells}).encode(), deployed.limits)


def _results(home: Path, source: Path, started: float) -> dict[str, Any]:
    deployed = Deployed.read(source)
    with _grader(deployed) as grader:
        report = _report(deployed, grader, home / "submission")
    # From here on no process of the submission lives any more.
    print(render.report_json(report, staff=True), flush=True)
    limits = {name: value for name, value in asdict(deployed.limits).items() if "seconds" in name or "_mb" in name}
    results = results_json.graded(report, hidden=deployed.settings.hidden, seconds=time.monotonic() - started)
    results["extra_data"]["limits"] = limits
    return results


def _grader(deployed: Deployed) -> Any:
    return open_grader(lambda: Job(deployed.loaded, deployed.secret, deployed.limits))


def _report(deployed: Deployed, grader: Grader, folder: Path) -> Report:
    try:
        path = pick(folder)
    except SubmissionError as error:
        return not_graded(deployed.loaded, str(error))
    return grader.grade(path)


def not_graded(loaded: Assignment, problem: str) -> Report:
    """The report where there is no file to grade."""
    exercises = tuple(
        ExerciseResult(e.name, with_hint([Verdict(check, judge.NOT_RUN, "NO_NOTEBOOK") for check in e.checks]))
        for e in loaded.exercises
    )
    return Report(loaded.name, "", exercises, problem=problem, provenance={"kit": KIT_VERSION, "checks": loaded.digest})


def _files(folder: Path) -> list[Path]:
    """What was handed in, without what systems and editors add; links are not followed."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_added(name))
        paths = (Path(place, name) for name in sorted(names) if not _is_added(name))
        found += [path for path in paths if path.is_file() and not path.is_symlink()]
        if len(found) > MOST_FILES:
            raise SubmissionError(f"More than {MOST_FILES} files were handed in. {submission.HAND_IN}")
    return found


def _is_added(name: str) -> bool:
    return name.startswith(".") or name in IGNORED


def _names(files: list[Path]) -> str:
    names = [one_line(path.name, 40) for path in files]
    return f"{', '.join(names[:3])} and {len(names) - 3} more" if len(names) > 3 else " and ".join(names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
