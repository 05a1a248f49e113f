"""The order in which a forked child gives up what it could do, before it sees a line of a student's code."""

import os
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Prepared:
    """What the zygote computes once for all its children."""


def prepare() -> Prepared:
    """Compute once, in the zygote, what every child will apply."""
    return Prepared()


def confine(settings: dict[str, Any], keep: dict[int, int], prepared: Prepared) -> None:
    """Apply every layer in `settings` to this process. `keep` maps the descriptors to keep to their fixed numbers."""
    os.setsid()
    spare = [os.dup2(old, 20 + i) for i, old in enumerate(keep)]
    for source, target in zip(spare, keep.values(), strict=True):
        os.dup2(source, target)
    os.closerange(max(keep.values()) + 1, 1024)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0), os.dup2(null, 1)
    os.chdir(settings.get("scratch", "/"))
    sys.path[:] = [entry for entry in sys.path if entry]
