"""What a container grants, in both versions of control groups, and limits that fit into it."""

import pytest

from autograder.container import LEAST_MB, MAPPED_MB, MARGIN_SECONDS, Container, fitted, this_container
from autograder.limits import Limits

UNLIMITED_1 = "9223372036854771712\n"


@pytest.fixture
def groups(tmp_path):
    """A function that writes files of control groups and gives their folder."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("files", "memory_mb", "cpus"),
    [
        ({"memory.max": "805306368\n", "cpu.max": "50000 100000\n"}, 768, 0.5),
        ({"memory.max": "268435456\n", "cpu.max": "max 100000\n"}, 256, None),
        (
            {
                "memory/memory.limit_in_bytes": "805306368\n",
                "cpu/cpu.cfs_quota_us": "200000\n",
                "cpu/cpu.cfs_period_us": "100000\n",
            },
            768,
            2.0,
        ),
        (
            {
                "memory/memory.limit_in_bytes": "805306368\n",
                "cpu/cpu.cfs_quota_us": "-1\n",
                "cpu/cpu.cfs_period_us": "100000\n",
            },
            768,
            None,
        ),
    ],
    ids=["version 2", "version 2, no quota", "version 1", "version 1, no quota"],
)
def test_container_is_read_from_its_groups(groups, files, memory_mb, cpus):
    """Memory in MB and processors; no quota is not known."""
    assert this_container(groups(files)) == Container(memory_mb, cpus)


@pytest.mark.parametrize(
    "files", [{}, {"memory.max": "max\n"}, {"memory/memory.limit_in_bytes": UNLIMITED_1}], ids=["none", "2", "1"]
)
def test_memory_without_a_limit_is_that_of_the_machine(groups, files):
    """The largest number of version 1 and the word `max` of version 2 mean no limit."""
    found = this_container(groups(files)).memory_mb

    assert 100 < found < 2**24


def test_slow_processor_gets_more_time_within_the_platforms():
    """A quarter of a processor: four times the seconds, but never more than the platform leaves."""
    limits = Limits(cell_seconds=20, call_seconds=5, submission_seconds=120)

    found = fitted(limits, Container(768, 0.25), 600)

    assert (found.cell_seconds, found.call_seconds) == (80, 20)
    assert found.submission_seconds == 480
    assert fitted(limits, Container(768, 0.25), 300).submission_seconds == 300 - MARGIN_SECONDS


@pytest.mark.parametrize("cpus", [None, 1.0, 4.0])
def test_processor_is_never_taken_for_a_fast_one(cpus):
    """Processors of a cluster are shared: twice the time even where a whole one is granted."""
    assert fitted(Limits(call_seconds=5), Container(768, cpus), 600).call_seconds == 10


@pytest.mark.parametrize("memory_mb", [300, 512, 768, 1500])
def test_worker_meets_its_own_limit_before_the_containers(memory_mb):
    """What it can take beyond what is mapped at the start is less than the container's memory."""
    own = fitted(Limits(), Container(memory_mb, 0.5), 600).address_space_mb - MAPPED_MB

    assert LEAST_MB <= own < memory_mb


def test_large_container_does_not_raise_the_limit():
    """The homework's limit stays the most."""
    assert fitted(Limits(address_space_mb=1024), Container(64_000, 8), 600).address_space_mb == 1024
