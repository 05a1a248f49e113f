"""Which layers are chosen where, and that a self-test can fail."""

import dataclasses
import os

import pytest

import nnref
from autograder import selftest
from autograder.isolation import Isolation, IsolationError, Machine, choose, reserve_uid, this_machine
from autograder.sandbox import FreshZygotes, Zygote
from autograder.session import Session

MACHINE = Machine(linux=True, root=True, seccomp=True, landlock=True, why_no_bubblewrap=lambda: "")
NO_BUBBLEWRAP = "bubblewrap (bwrap) is not installed"


@pytest.mark.parametrize(
    ("changes", "layers"),
    [
        ({}, ("uid", "seccomp", "landlock")),
        ({"landlock": False}, ("uid", "seccomp")),
        ({"root": False}, ("seccomp", "landlock")),
        ({"root": False, "landlock": False}, ("seccomp", "bubblewrap")),
    ],
)
def test_the_strongest_isolation_of_a_machine_is_chosen(changes, layers):
    """As the table in the module says."""
    assert choose(dataclasses.replace(MACHINE, **changes)).layers == layers


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"linux": False}, "no isolation for this system"),
        ({"seccomp": False}, "pyseccomp"),
        ({"root": False, "landlock": False, "why_no_bubblewrap": lambda: NO_BUBBLEWRAP}, NO_BUBBLEWRAP),
    ],
)
def test_without_isolation_grading_is_refused_unless_trusted(changes, reason):
    """The refusal says what is missing, what could happen and what to do; trust is written on every report."""
    machine = dataclasses.replace(MACHINE, **changes)

    with pytest.raises(IsolationError, match=f"(?s){reason.replace('(', '.').replace(')', '.')}.*--trust-submissions"):
        choose(machine)
    assert str(choose(machine, trust=True)).startswith("NOT ISOLATED")


@pytest.mark.skipif(not this_machine().root, reason="throwaway uids are root's")
def test_a_reserved_uid_is_nobody_elses():
    """Two graders at once never share one; when one ends it is free again."""
    first, held = reserve_uid()
    second, other = reserve_uid()

    assert first != second
    held.close()
    other.close()
    again, held = reserve_uid()
    held.close()
    assert again == first


def key_file():
    return nnref.__file__


@pytest.mark.skipif(not this_machine().linux, reason="layers exist on Linux")
def test_without_layers_the_self_test_shows_what_is_possible():
    """The self-test can fail: with the layers off, forbidden things go through, and grading is refused."""
    with Zygote(selftest.LIMITS, Isolation(())) as zygote:
        tested = selftest.run(zygote, key_file())

    assert {"read the key", "fork", "open a socket", "signal the parent"} <= set(tested.possible)
    with pytest.raises(IsolationError, match="read the key"):
        selftest.require(tested)


@pytest.mark.skipif(not this_machine().linux, reason="layers exist on Linux")
@pytest.mark.parametrize("layers", [("seccomp", "landlock"), ("seccomp", "bubblewrap"), ("uid", "seccomp", "landlock")])
def test_every_isolation_blocks_everything(layers):
    """Every combination that is offered blocks every forbidden thing, or is not offered here."""
    machine = this_machine()
    if "landlock" in layers and not machine.landlock:
        pytest.skip("this kernel has no Landlock")
    if "uid" in layers and not machine.root:
        pytest.skip("throwaway uids are root's")
    if "bubblewrap" in layers and machine.why_no_bubblewrap():
        pytest.skip(machine.why_no_bubblewrap())

    with Zygote(selftest.LIMITS, Isolation(layers)) as zygote:
        assert selftest.run(zygote, key_file()).breaches == ()


def test_fresh_interpreters_share_nothing(zygote):
    """Every worker is the child of an interpreter of its own, and none is left afterwards."""
    source = "import os\ndef parent():\n    return os.getppid()\ndef end():\n    os._exit(0)"
    with FreshZygotes(zygote.limits, zygote.isolation) as fresh:
        parents = []
        for _ in range(2):
            with Session(fresh, zygote.limits) as session:
                session.run_cell(1, source)
                parents.append(session.function("parent")())

    assert len(set(parents)) == 2
    assert not any(os.path.exists(f"/proc/{pid}") for pid in parents)
