"""Ceilings that the kernel keeps for one worker: memory, processor time, files, descriptors, stack.

Protects the machine from a submission that exhausts it. Apply it after the descriptors are in place (NOFILE bounds new
ones) and before the uid is given up: from then on nothing can raise a ceiling again.

It does not bound what is counted elsewhere: wall-clock time (the trusted side keeps deadlines), bytes sent through
pipes (the trusted side reads with a cap), and the number of files, because FSIZE bounds each file by itself. That is
why FSIZE is 0: a scratch folder then holds names but no data, and a disk cannot be filled. Modules that write a cache
when they are imported, such as matplotlib, have to be imported in the zygote. NPROC counts every process and thread of
a *user* and binds anybody but root, so it belongs in `limits` only when the worker gets a uid of its own: an ordinary
user's other programs would use it up, and the worker could not start a thread.
"""

import resource
from collections.abc import Mapping

MEGABYTE = 2**20

DEFAULTS = {
    "AS": 1024 * MEGABYTE,  # address space; numpy and matplotlib map about 150 MB of libraries before any data
    "CPU": 60,  # seconds: SIGXCPU, and SIGKILL a second later
    "FSIZE": 0,  # bytes in any one file that is written; Python ignores SIGXFSZ, so a write raises OSError
    "NOFILE": 64,  # descriptors; also bounds memory hidden in pipe buffers
    "STACK": 16 * MEGABYTE,
    "CORE": 0,
    "MEMLOCK": 0,
    "MSGQUEUE": 0,
    "NICE": 0,
    "RTPRIO": 0,
}


def apply(limits: Mapping[str, int]) -> None:
    """Set `DEFAULTS`, overridden by `limits`, as soft and hard limits of this process.

    Args:
        limits: values by the name that follows `RLIMIT_`, in the units of setrlimit(2). A value above the present
            hard limit is lowered to it.

    Raises:
        ValueError: a name that this system does not know; nothing has been set.
    """
    unknown = [name for name in limits if not hasattr(resource, f"RLIMIT_{name}")]
    if unknown:
        raise ValueError(f"this system has no limit RLIMIT_{unknown[0]}")
    for name, value in {**DEFAULTS, **limits}.items():
        which = getattr(resource, f"RLIMIT_{name}", None)
        if which is not None:  # macOS lacks some of the defaults
            _lower(which, value, grace=1 if name == "CPU" else 0)


def _lower(which: int, value: int, grace: int) -> None:
    """Set soft to `value` and hard to `value + grace`, neither above the hard limit in force."""
    hard = resource.getrlimit(which)[1]
    unlimited = hard == resource.RLIM_INFINITY
    soft, ceiling = (value, value + grace) if unlimited else (min(value, hard), min(value + grace, hard))
    resource.setrlimit(which, (soft, ceiling))
