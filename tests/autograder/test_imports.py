"""Following imports: a small tree of modules, with every kind of import statement."""

import sys
import textwrap

import pytest

from autograder.imports import follow

TREE = {
    "kit/__init__.py": "",
    "kit/start.py": """
        import os.path
        import numpy.linalg as la
        from kit import used, nothing_of_this_name
        from kit.used import value
        def later():
            from kit.deep.inner import thing
    """,
    "kit/used.py": "import json\nvalue = 1\n",
    "kit/unused.py": "import pandas\n",
    "kit/deep/__init__.py": "from . import sibling\n",
    "kit/deep/inner.py": "from ..other import thing\nfrom .sibling import *\n",
    "kit/deep/sibling.py": "import msgpack\n",
    "kit/other.py": "thing = 1\n",
    "loose.py": "from kit.used import value\nimport yaml\nfrom .beside import x\n",
}


@pytest.fixture
def root(tmp_path):
    """The folder with the tree."""
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return tmp_path


def _names(found, root):
    return {path.relative_to(root).as_posix() for path in found.files}


def test_modules_are_followed_through_every_kind_of_import(root):
    """Direct, from a package, relative, inside a function; a package's own file counts, an unused module does not."""
    found = follow(["kit.start"], root)

    inner = {"kit/deep/__init__.py", "kit/deep/inner.py", "kit/deep/sibling.py"}
    assert _names(found, root) == {"kit/__init__.py", "kit/start.py", "kit/used.py", "kit/other.py"} | inner


def test_packages_of_others_are_named_without_the_standard_library(root):
    """numpy and msgpack are imported, pandas only by a module that is not."""
    assert follow(["kit.start"], root).packages == {"numpy", "msgpack"}


def test_loose_files_are_read_and_not_listed(root):
    """A homework's file is no module below the root; what it imports is."""
    found = follow([], root, [root / "loose.py"])

    assert _names(found, root) == {"kit/__init__.py", "kit/used.py"}
    assert found.packages == {"yaml"}


def test_what_is_followed_is_what_python_loads(root, monkeypatch):
    """Importing the module for real loads the same files, but for what stands inside functions."""
    monkeypatch.syspath_prepend(str(root))
    (root / "kit" / "start.py").write_text("from kit import used\nfrom kit.deep import inner\n")

    import kit.start  # noqa: F401

    loaded = {module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "kit"}
    for name in [name for name in sys.modules if name.split(".")[0] == "kit"]:
        monkeypatch.delitem(sys.modules, name)
    assert {str(path) for path in follow(["kit.start"], root).files} == loaded
