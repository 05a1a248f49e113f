"""Other graders, each in a virtual environment of its own below `.bench/`, made once from a pinned list."""

import hashlib
import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import run

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".bench"


class Unavailable(Exception):
    """Something that cannot be measured here; the text says why."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path
    seconds: float  # that it took to make
    megabytes: float

    def program(self, name: str) -> Path:
        """One of its commands."""
        return self.folder / "bin" / name


def environment(name: str, requirements: Path | None = None) -> Environment:
    """The environment of `requirements-NAME.txt` or of the given list; made if it is not there.

    Raises:
        Unavailable: it cannot be made.
    """
    pinned = requirements or Path(__file__).with_name(f"requirements-{name}.txt")
    folder, stamp = CACHE / name, CACHE / name / "made.json"
    identity = hashlib.sha256(f"{sys.version}{pinned.read_text('utf-8')}".encode()).hexdigest()
    if not stamp.exists() or json.loads(stamp.read_text())["identity"] != identity:
        seconds = _make(folder, pinned)
        stamp.write_text(json.dumps({"identity": identity, "seconds": seconds}))
    return Environment(folder, json.loads(stamp.read_text())["seconds"], _megabytes(folder))


def _make(folder: Path, pinned: Path) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n")
    print(f"installing {folder.name} (once)", file=sys.stderr, flush=True)
    started, python = time.perf_counter(), folder / "bin" / "python"
    try:
        run([sys.executable, "-m", "venv", folder], ROOT)
        run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", pinned], ROOT)
    except RuntimeError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(f"cannot be installed here: {error}") from error
    return time.perf_counter() - started


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 2**20
