"""What a container grants, read from its control groups, and limits of a submission that fit into it.

A platform ends a container that takes too long, or too much memory, and then nothing of the grading is left. So a
submission has to meet a limit of ours before the container meets its own.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.limits import Limits

GROUPS = Path("/sys/fs/cgroup")
MEGABYTE = 2**20
MAPPED_MB = 280  # address space that a worker with numpy and matplotlib has mapped before it takes any memory
RESIDENT_MB = 250  # what grader, zygote and a fresh worker hold together, with their libraries
LEAST_MB = 128  # memory for the student's own arrays, however small the container
MARGIN_SECONDS = 60.0  # to start, to test the isolation, to write the results
SLOWEST = 2.0  # half a processor is usual; what cannot be read is taken for that


@dataclass(frozen=True)
class Container:
    """Memory in MB and processors; None where nothing could be read."""

    memory_mb: int | None
    cpus: float | None


def this_container(groups: Path = GROUPS) -> Container:
    """What this container grants: version 2 of control groups, else version 1."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = [*_numbers(groups / "memory.max"), *_numbers(groups / "memory" / "memory.limit_in_bytes"), physical]
    return Container(int(min(limits)) // MEGABYTE, _cpus(groups))


def fitted(limits: Limits, container: Container, seconds: float) -> Limits:
    """`limits` for a container that is ended after `seconds`.

    A slow processor gets more time, so that an answer that is in time on the instructor's machine is so here; memory
    is bounded by what grader and zygote leave of the container's.
    """
    slower = max(SLOWEST, 1 / container.cpus if container.cpus else SLOWEST)
    together = max(seconds - MARGIN_SECONDS, seconds / 2)
    return replace(
        limits,
        cell_seconds=limits.cell_seconds * slower,
        call_seconds=limits.call_seconds * slower,
        submission_seconds=min(limits.submission_seconds * slower, together),
        address_space_mb=min(limits.address_space_mb, _address_space(container.memory_mb)),
    )


def _address_space(memory_mb: int | None) -> int:
    free = LEAST_MB if memory_mb is None else max(LEAST_MB, memory_mb - RESIDENT_MB)
    return MAPPED_MB + free


def _cpus(groups: Path) -> float | None:
    quota, period = (_numbers(groups / "cpu" / f"cpu.cfs_{name}_us") for name in ("quota", "period"))
    shares = [*_numbers(groups / "cpu.max"), *quota, *period]
    return shares[0] / shares[1] if len(shares) > 1 and min(shares) > 0 else None


def _numbers(path: Path) -> list[float]:
    """The numbers in a file of a control group; none where it is missing or says `max`."""
    try:
        return list(_parsed(path.read_text("ascii")))
    except OSError:
        return []


def _parsed(text: str) -> Iterator[float]:
    words = text.split()
    if words[:1] != ["max"]:
        yield from map(float, words)
