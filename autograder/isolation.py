"""Which layers protect the grader on this machine, for this user; decided once, said in every report.

Root:            L0 processes and limits, L1 a throwaway uid, L2 seccomp, L3 Landlock where the kernel has it.
Ordinary user:   L0, L2, and L3 or L4 (bubblewrap): without one of them the answer key has the same owner as the
                 submission, and nothing would keep the one from reading the other. Then grading is refused.
Elsewhere:       no isolation that we know; refused.

`--trust-submissions` overrides a refusal and marks every report NOT ISOLATED.
"""

import importlib.util
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass

from autograder import bubblewrap
from autograder.errors import KitError
from autograder.worker import identity, landlock

UID, SECCOMP, LANDLOCK, BUBBLEWRAP = "uid", "seccomp", "landlock", "bubblewrap"
NOT_ISOLATED = "NOT ISOLATED"


class IsolationError(KitError):
    """This machine, or this user, cannot isolate submissions; the text says what is missing and what to do."""


@dataclass(frozen=True)
class Isolation:
    """The layers in use beside the separate process and its limits, which are always on."""

    layers: tuple[str, ...]
    isolated: bool = True

    def __str__(self) -> str:
        """For reports: "processes + uid + seccomp + landlock"."""
        layers = " + ".join(("processes", *self.layers))
        return layers if self.isolated else f"{NOT_ISOLATED} ({layers})"


@dataclass(frozen=True)
class Machine:
    """What there is to choose from."""

    linux: bool
    root: bool
    seccomp: bool
    landlock: bool
    why_no_bubblewrap: Callable[[], str]


def this_machine() -> Machine:
    """What this machine offers to this user."""
    linux = sys.platform == "linux"
    return Machine(
        linux=linux,
        root=linux and os.geteuid() == 0,
        seccomp=linux and importlib.util.find_spec("pyseccomp") is not None,
        landlock=linux and landlock.abi() > 0,
        why_no_bubblewrap=bubblewrap.why_unavailable,
    )


def choose(machine: Machine, *, trust: bool = False) -> Isolation:
    """The strongest isolation of a machine.

    Raises:
        IsolationError: there is none, and `trust` is false.
    """
    if not machine.linux:
        return _without("there is no isolation for this system; use Linux, a container or Gradescope", (), trust)
    if not machine.seccomp:
        return _without("pyseccomp is not installed; run `make grade`, which installs it", (), trust)
    if machine.root:
        return Isolation((UID, SECCOMP, LANDLOCK) if machine.landlock else (UID, SECCOMP))
    if machine.landlock:
        return Isolation((SECCOMP, LANDLOCK))
    reason = machine.why_no_bubblewrap()
    if not reason:
        return Isolation((SECCOMP, BUBBLEWRAP))
    return _without(f"this kernel has no Landlock, and {reason}", (SECCOMP,), trust)


def reserve_uid(slot: int = 0) -> tuple[int, socket.socket]:
    """A uid that no account, process or other grader uses, and the reservation to keep as long as it is in use."""
    for attempt in range(slot, slot + identity.SLOTS):
        uid = identity.pick_uid(attempt % identity.SLOTS)
        reservation = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            reservation.bind(f"\0homework-kit-uid-{uid}")  # an abstract name: gone with the process that holds it
        except OSError:
            reservation.close()
            continue
        return uid, reservation
    raise IsolationError("no free uid for a worker; are many graders running on this machine?")


def _without(reason: str, layers: tuple[str, ...], trust: bool) -> Isolation:
    if trust:
        return Isolation(layers, isolated=False)
    raise IsolationError(
        f"Grading is refused: {reason}. A submission could read the answer key and your files, or change results. "
        "If you wrote or read every submission yourself, add --trust-submissions; the reports will say NOT ISOLATED."
    )
