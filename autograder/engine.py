"""A grader that is ready: the machine's isolation chosen, a zygote started, the isolation tried, a homework loaded.

What takes long to import (numpy, the homework) is imported after the zygote was started, which takes as long itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder import isolation
from autograder.limits import Limits
from autograder.sandbox import FreshZygotes, Zygote

if TYPE_CHECKING:
    from autograder.assignment import Assignment
    from autograder.grade import Grader


@dataclass(frozen=True)
class Job:
    """What a grader grades: a homework, the secret that makes the hidden checks' seeds, a submission's limits."""

    loaded: "Assignment"
    secret: bytes
    limits: Limits


@contextmanager
def open_grader(
    prepare: Callable[[], Job], *, slot: int = 0, trust: bool = False, fresh: bool = False
) -> Iterator["Grader"]:
    """A grader with a zygote of its own; everything that grades goes through here.

    Args:
        prepare: gives the job; called while the zygote imports what submissions need.
        slot: tells graders that run at the same time apart.
        trust: grade even where submissions cannot be isolated.
        fresh: a new interpreter for every worker, instead of forks of one.
    """
    chosen = isolation.choose(isolation.this_machine(), trust=trust)
    with (FreshZygotes if fresh else Zygote)(Limits(), chosen, slot) as zygote:
        from autograder import selftest
        from autograder.grade import Grader

        job = prepare()
        zygote.limits = job.limits
        tested = selftest.run(zygote, job.loaded.homework.solutions / "hidden.py")
        if not trust:
            selftest.require(tested)
        yield Grader(job.loaded, zygote, job.secret, job.limits, str(tested))
