"""A homework as the grader sees it: exercises in the notebook's order, their checks, the bank, and a digest.

Exercises and given code come from the generated notebook, so that grading never parses a master; checks and bank from
the homework's Python files, which are imported from their paths.
"""

import hashlib
import importlib
import inspect
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.check import Answer, Check, collect
from autograder.errors import AuthorError, blame, did_you_mean
from autograder.homework import ROOT, Homework, find

VERDICT_MODULES = ("failure", "guard", "compare", "chance", "check", "judge", "session", "grade", "diagnose", "report")


@dataclass(frozen=True)
class Parts:
    """What a homework's Python files define, in their order."""

    public: tuple[Check, ...]
    hidden: tuple[Check, ...]
    rights: tuple[Answer, ...]
    wrongs: tuple[Answer, ...]
    rewrites: tuple[Answer, ...]
    equivalent: Mapping[str, Mapping[str, str]]
    limits: Mapping[str, Any]


@dataclass(frozen=True)
class Exercise:
    """One function that students write, and its checks."""

    name: str
    reference_name: str
    reference: Callable[..., Any]
    public: tuple[Check, ...]
    hidden: tuple[Check, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Public checks, then hidden ones: the order in which they are judged and reported."""
        return self.public + self.hidden

    @property
    def points(self) -> float:
        """The most that the exercise can earn."""
        return sum(check.points for check in self.checks)


@dataclass(frozen=True)
class NotebookCell:
    """A code cell of the student's notebook as built; its role is setup, given, figure, exercise or check."""

    id: str
    role: str
    source: str
    exercise: str = ""
    reference_name: str = ""


@dataclass(frozen=True)
class Assignment:
    """Everything that grading needs to know about a homework; the bank's answers by exercise."""

    homework: Homework
    exercises: tuple[Exercise, ...]
    rights: Mapping[str, tuple[Answer, ...]]
    wrongs: Mapping[str, tuple[Answer, ...]]
    rewrites: Mapping[str, tuple[Answer, ...]]
    equivalent: Mapping[str, Mapping[str, str]]  # mutants that compute the same, by exercise, each with the reason
    cells: tuple[NotebookCell, ...]
    limits: Mapping[str, Any]
    digest: str

    @property
    def name(self) -> str:
        """The homework's full name, hw3_backprop."""
        return self.homework.name

    def exercise(self, name: str) -> Exercise:
        """The exercise of that name."""
        return next(exercise for exercise in self.exercises if exercise.name == name)


def load(name_or_path: str | Path, root: Path = ROOT) -> Assignment:
    """The assignment called `hw3_backprop`, `hw3` for short, or lying in the given folder.

    Raises:
        AuthorError: there is no such homework, it was not built, or one of its files cannot be imported.
    """
    homework = find(name_or_path, root)
    cells, parts = _notebook_cells(homework), load_parts(homework)
    exercises = tuple(_exercise(cell, parts) for cell in cells if cell.role == "exercise")
    _require_no_strays(homework, exercises, parts)
    rights, wrongs, rewrites = (_by_exercise(exercises, a) for a in (parts.rights, parts.wrongs, parts.rewrites))
    digest = _digest(homework, exercises)
    return Assignment(homework, exercises, rights, wrongs, rewrites, parts.equivalent, cells, parts.limits, digest)


def public_seed(check: Check) -> int:
    """The seed of a public check: the same in the notebook, in the grader and for every student."""
    return zlib.crc32(f"{check.exercise}.{check.name}".encode())


def load_parts(homework: Homework) -> Parts:
    """Import public.py, hidden.py, right.py, wrong.py and, if there is one, rewrites.py."""
    package = _fresh_package(homework)
    public = _import(package, homework.folder / "public.py")
    hidden, right, wrong = (_import(package, homework.solutions / f"{n}.py") for n in ("hidden", "right", "wrong"))
    path, equal = homework.solutions / "rewrites.py", homework.solutions / "equivalent.py"
    return Parts(
        public=tuple(replace(check, public=True) for check in _own(public, Check)),
        hidden=_own(hidden, Check),
        rights=_own(right, Answer),
        wrongs=_own(wrong, Answer),
        rewrites=_own(_import(package, path), Answer) if path.exists() else (),
        equivalent=getattr(_import(package, equal), "EQUIVALENT", {}) if equal.exists() else {},
        limits=dict(getattr(hidden, "LIMITS", {})),
    )


def load_reference(name: str) -> Callable[..., Any]:
    """The function called `nnref.layers.linear_backward`."""
    module_name, _, function_name = name.rpartition(".")
    try:
        module = importlib.import_module(module_name)
    except (ImportError, ValueError) as error:
        raise AuthorError(f"no function {name}: {error}") from error
    functions = dict(inspect.getmembers(module, inspect.isfunction))
    if function_name not in functions:
        raise AuthorError(f"no function {name}{did_you_mean(function_name, functions)}")
    return functions[function_name]


def _fresh_package(homework: Homework) -> str:
    """A package of that homework's files alone, so that one of them may say `from .wrong import ...`."""
    package = f"homework_{homework.name}"
    for stale in [key for key in sys.modules if key == package or key.startswith(f"{package}.")]:
        del sys.modules[stale]
    sys.modules[package] = ModuleType(package)
    sys.modules[package].__path__ = [str(homework.folder), str(homework.solutions)]
    importlib.invalidate_caches()
    return package


def _import(package: str, path: Path) -> ModuleType:
    if not path.exists():
        raise AuthorError(f"{path} is missing")
    try:
        return importlib.import_module(f"{package}.{path.stem}")
    except Exception as error:
        raise blame(error, path) from error


def _own(module: ModuleType, kind: type[Any]) -> tuple[Any, ...]:
    """What a module defines itself, without what it imports from another file of the homework."""
    return tuple(marked for marked in collect(module, kind) if marked.function.__module__ == module.__name__)


def _notebook_cells(homework: Homework) -> tuple[NotebookCell, ...]:
    if not homework.notebook.exists():
        raise AuthorError(f"{homework.notebook} is missing; run `python -m autograder build {homework.name}`")
    cells = json.loads(homework.notebook.read_text("utf-8"))["cells"]
    return tuple(_notebook_cell(cell, **cell["metadata"]["kit"]) for cell in cells if cell["cell_type"] == "code")


def _notebook_cell(cell: dict[str, Any], role: str, exercise: str = "", reference: str = "") -> NotebookCell:
    return NotebookCell(cell["id"], role, "".join(cell["source"]), exercise, reference)


def _exercise(cell: NotebookCell, parts: Parts) -> Exercise:
    own = [tuple(c for c in checks if c.exercise == cell.exercise) for checks in (parts.public, parts.hidden)]
    return Exercise(cell.exercise, cell.reference_name, load_reference(cell.reference_name), *own)


def _by_exercise(exercises: Iterable[Exercise], answers: Iterable[Answer]) -> dict[str, tuple[Answer, ...]]:
    return {exercise.name: tuple(a for a in answers if a.exercise == exercise.name) for exercise in exercises}


def _require_no_strays(homework: Homework, exercises: Iterable[Exercise], parts: Parts) -> None:
    strays = {check.exercise for check in parts.public + parts.hidden} - {exercise.name for exercise in exercises}
    if strays:
        raise AuthorError(f"{homework.notebook} lacks {min(strays)}; run `python -m autograder build {homework.name}`")


def _digest(homework: Homework, exercises: Iterable[Exercise]) -> str:
    """One hash of every text that a verdict depends on; line ends do not count."""
    keys = {Path(inspect.getfile(exercise.reference)).parent for exercise in exercises}
    texts = [homework.folder / "public.py", homework.solutions / "hidden.py", homework.solutions / "wrong.py"]
    texts += [ROOT / "autograder" / f"{name}.py" for name in VERDICT_MODULES]
    texts += sorted(path for key in keys for path in key.glob("*.py"))
    text = "".join(f"{path.parent.name}/{path.name}\0{path.read_text('utf-8')}\0" for path in texts)
    return hashlib.sha256(text.encode()).hexdigest()
