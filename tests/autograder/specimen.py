"""A checkout that holds the kit and one small homework: the one that `new` writes.

Commands run there as they do in the project. The homework is green, so that a test can break one thing.
"""

import os
import shutil
import subprocess
import sys

from autograder import new_homework
from autograder.homework import ROOT

NAME = "hw9_topic"
PATHS = {
    "key": "nnref/topic.py",
    "master": f"assignments/{NAME}/hw9.md",
    "public": f"assignments/{NAME}/public.py",
    "hidden": f"solutions/{NAME}/hidden.py",
    "right": f"solutions/{NAME}/right.py",
    "wrong": f"solutions/{NAME}/wrong.py",
    "equivalent": f"solutions/{NAME}/equivalent.py",
}


def write_checkout(root):
    """Copy what building and verifying need to `root`; no homework, and no answer key but its package."""
    shutil.copytree(ROOT / "autograder", root / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nnref/__init__.py", "tests/nnref/conftest.py", "pyproject.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    (root / "assignments").mkdir()
    return root


def write_homework(root):
    """Start the homework in a checkout and build it there."""
    new_homework.create(NAME, root)
    built = python(root, "-m", "autograder", "build", NAME)
    assert built.returncode == 0, built.stderr


def python(root, *arguments):
    """What Python makes of these arguments in a checkout."""
    return subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def change(root, part, old, new):
    """Put `new` in the place of `old` in one of the homework's files; old "" means the file's end."""
    path = root / PATHS[part]
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
