"""The order in which a forked child gives up what it could do, before it sees a line of a student's code.

Each layer says in its own module what it protects from. The order is forced: descriptors and environment first, because
later steps take /proc and foreign files away; limits before the uid, because nothing may raise them again; Landlock
before the uid, because root's folders have to be opened for its rules; the system-call filter last, because it denies
the calls that all the others make.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import identity, landlock, limits, seccomp

SECCOMP, LANDLOCK, UID = "seccomp", "landlock", "uid"


@dataclass(frozen=True)
class Prepared:
    """What the zygote works out once for all its children; None where the layer is not used."""

    pid: int
    program: "bytes | None"
    rules: "landlock.Rules | None"


def prepare(layers: "list[str]") -> Prepared:
    """Work out, in the zygote, what every child will apply."""
    program = seccomp.prepare() if SECCOMP in layers else None
    rules = landlock.prepare(landlock.interpreter_trees()) if LANDLOCK in layers else None
    return Prepared(os.getpid(), program, rules)


def confine(settings: Mapping[str, Any], keep: "dict[int, int]", prepared: Prepared) -> None:
    """Apply every layer to this process, which has one thread.

    Args:
        settings: "scratch" (a folder), "limits" (see `limits.apply`), "uid" (None: stay who you are).
        keep: the descriptors that stay, with their numbers.
        prepared: what `prepare` gave in the parent.
    """
    uid = settings["uid"]
    identity.new_session_and_descriptors(keep)
    identity.clear_environment(settings["scratch"])
    identity.raise_oom_score()
    limits.apply(settings["limits"])
    if sys.platform == "linux":
        identity.no_new_privileges()
        if prepared.rules is not None:
            landlock.restrict(prepared.rules, settings["scratch"])
        identity.become(uid, uid, parent=prepared.pid)
    os.chdir(settings["scratch"])
    if prepared.program is not None:
        seccomp.load(prepared.program)
