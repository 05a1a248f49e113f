"""The zip for Gradescope: what grading one homework needs, and nothing else. The same bytes whenever it is made.

It is put together by following imports from `run_autograder`, the worker and the homework's files, so that a module is
in it exactly if grading uses it.
"""

import json
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from autograder import pins, results_json
from autograder.assignment import VERDICT_MODULES, Assignment
from autograder.errors import AuthorError
from autograder.homework import ROOT, Homework
from autograder.imports import Imports, follow
from autograder.run_autograder import ANSWERS, SETTINGS, Settings

TEMPLATES = Path(__file__).parent / "gradescope_files"
EXECUTABLE = ("setup.sh", "run_autograder")
MOST_BYTES = 200_000
GRACE_SECONDS = 20  # before the platform ends the container, ours has ended and said so
OWN_NAME = "worker"  # what the zygote calls our own package, which it loads from its place
NO_RIGHTS = '"""Other right answers are for `verify`; grading does not need them."""\n'
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold


def make(loaded: Assignment, secret: bytes, hidden: str, seconds: int, root: Path = ROOT) -> bytes:
    """The zip's bytes.

    Args:
        loaded: the homework, from the checkout.
        secret: from which the seeds of hidden checks are made.
        hidden: the visibility of hidden checks on Gradescope.
        seconds: after which Gradescope ends the container.
        root: the checkout with the engine and the answer key.

    Raises:
        AuthorError: it would be larger than it may be, or the lock lacks a package.
    """
    settings = Settings(loaded.name, loaded.digest, hidden, seconds)
    content = zipped(files(loaded, settings, root) | {"secret": secret.hex().encode()})
    if len(content) > MOST_BYTES:
        raise AuthorError(f"the zip of {loaded.name} has {len(content)} bytes; at most {MOST_BYTES} are meant to be")
    return content


def files(loaded: Assignment, settings: Settings, root: Path = ROOT) -> dict[str, bytes]:
    """Content by name in the zip, without the secret."""
    homework, used = loaded.homework, imports(loaded, root)
    own = {path.relative_to(root).as_posix(): path for path in used.files}
    own |= {f"assignments/{homework.name}/public.py": homework.folder / "public.py"}
    own |= {f"solutions/{homework.name}/{name}.py": homework.solutions / f"{name}.py" for name in ("hidden", "wrong")}
    lock = (root / "requirements.lock").read_text("utf-8")
    made = {
        f"assignments/{homework.name}/student/{homework.notebook.name}": code_of(homework.notebook),
        ANSWERS: answers(homework),
        f"solutions/{homework.name}/right.py": NO_RIGHTS,
        "requirements.txt": pins.pinned(lock, used.packages - {OWN_NAME}),
        "failed.json": _json(results_json.failed()),
        SETTINGS: _json(asdict(settings)),
        **{name: _filled(name, settings) for name in EXECUTABLE},
    }
    encoded = {name: text.encode() for name, text in made.items()}
    return {name: path.read_bytes() for name, path in own.items()} | encoded


def code_of(notebook: Path) -> str:
    """A notebook with nothing but its code cells."""
    return _json(json.loads(notebook.read_text("utf-8")) | {"cells": _code_cells(notebook)})


def answers(homework: Homework) -> str:
    """What the solution notebook has in place of the student's cells, by the cell's id."""
    given = {cell["id"]: cell["source"] for cell in _code_cells(homework.notebook)}
    solved = {cell["id"]: cell["source"] for cell in _code_cells(homework.solution_notebook)}
    return _json({name: source for name, source in solved.items() if source != given[name]})


def _code_cells(notebook: Path) -> list[dict[str, Any]]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def _json(content: Any) -> str:
    return json.dumps(content, indent=1) + "\n"


def imports(loaded: Assignment, root: Path = ROOT) -> Imports:
    """The kit's files that grading this homework runs or reads, and the packages that they import."""
    homework = loaded.homework
    modules = ["autograder.run_autograder", *(f"autograder.{name}" for name in VERDICT_MODULES)]
    modules += [f"autograder.worker.{path.stem}" for path in (root / "autograder" / "worker").glob("*.py")]
    modules += [exercise.reference_name.rpartition(".")[0] for exercise in loaded.exercises]
    loose = [homework.folder / "public.py", *(homework.solutions / f"{name}.py" for name in ("hidden", "wrong"))]
    return follow(modules, root, loose)


def zipped(content: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the content alone: sorted names, one time, fixed modes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, so that the mode counts
            entry.external_attr = (stat.S_IFREG | (0o755 if name in EXECUTABLE else 0o600)) << 16
            archive.writestr(entry, content[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _filled(name: str, settings: Settings) -> str:
    """A script with the numbers that it needs."""
    text = (TEMPLATES / name).read_text("utf-8")
    return text.replace("@SECONDS@", str(int(settings.seconds) - GRACE_SECONDS))
