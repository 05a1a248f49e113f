"""The part of a lock that grading needs."""

import importlib.metadata
import re

import pytest

from autograder import assignment, bundle, pins
from autograder.errors import AuthorError
from autograder.homework import ROOT

LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:ab
matplotlib-inline==0.2 \\
    --hash=sha256:ba
numpy==2.2 ; python_full_version < '3.11' \\
    --hash=sha256:ca
numpy==2.4 ; python_full_version >= '3.11' \\
    --hash=sha256:cb
"""


@pytest.fixture(scope="module")
def lock():
    """The project's own lock."""
    return (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def used():
    """The packages that grading imports."""
    return bundle.imports(assignment.load("hw3")).packages - {bundle.OWN_NAME}


def test_every_line_of_a_package_is_kept():
    """All versions with their markers and hashes, and no package whose name only begins alike."""
    assert pins.pinned(LOCK, ["numpy"]) == LOCK[LOCK.index("numpy") :]


def test_package_that_is_not_locked_is_named():
    """Better no zip than one whose setup fails."""
    with pytest.raises(AuthorError, match="does not pin beta; run `make locks`"):
        pins.pinned(LOCK, ["alpha", "beta"])


def test_imports_are_pinned_by_the_names_of_their_distributions(lock):
    """`import yaml` is the distribution PyYAML."""
    assert pins.pinned(lock, ["yaml"]).startswith("pyyaml==")


def test_closure_holds_what_the_packages_say_they_need(used):
    """Walks through the metadata of what is installed here, whatever their markers, and finds nothing more."""
    found, waiting = set(), [pins.DISTRIBUTIONS.get(name, name) for name in used]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            needs = [need for need in importlib.metadata.requires(name) or [] if "extra ==" not in need]
            waiting += [re.match(r"[\w.-]+", need)[0].lower() for need in needs]

    assert found <= pins.closure(found)
    assert found == pins.closure(pins.DISTRIBUTIONS.get(name, name) for name in used) - {"six"}  # for Python 3.10 alone


def test_grading_needs_few_packages(used, lock):
    """What submissions import, the frames between processes, the system-call filter; nothing that builds or renders."""
    assert {"numpy", "matplotlib", "msgpack", "pyseccomp"} <= used
    assert not used & {"click", "jinja2", "jupytext", "nbformat", "otter", "yaml"}
    assert "otter-grader" not in pins.pinned(lock, used)


def test_every_pin_has_hashes(used, lock):
    """pip is told to require them."""
    blocks = re.split(r"\n(?=\S)", pins.pinned(lock, used))

    assert all("--hash=sha256:" in block for block in blocks)
