"""Who a worker is and what it inherits: session, descriptors, environment, uid, capabilities.

Protects everything that belongs to somebody else. A throwaway uid cannot open files of mode 0700, signal or trace
foreign processes; a process without inherited descriptors and environment has nothing to leak. In the child, in this
order:

1. `new_session_and_descriptors`: out of the grader's process group; only the given pipes stay open.
2. `clear_environment`, `raise_oom_score`: both need what later steps take away (/proc, root's files).
3. (resource limits)
4. `no_new_privileges`: no set-uid program can give anything back; an ordinary user needs it for seccomp and Landlock.
5. (Landlock)
6. `become`: the uid last of these, as only root may do the rest; then the parent-death signal, which the kernel clears
   when a uid changes, and the dumpable flag, which it resets.

It does not protect an ordinary user's own files (there is no second uid to change to; Landlock or bubblewrap has to),
world-readable files, or the network. The environment that a process was *started* with stays in its memory: the zygote
has to be started with a clean one.
"""

import ctypes
import errno
import fcntl
import grp
import itertools
import os
import pwd
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

UIDS = range(40000, 60000)
SLOTS = 64
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long

STANDARD = (0, 1, 2)
CLOSE_RANGE = 436  # system calls since 424 have one number on all architectures
LAST_DESCRIPTOR = 2**32 - 1
CAPABILITY_VERSION_3 = 0x20080522
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 38, 39


def new_session_and_descriptors(keep: Mapping[int, int]) -> None:
    """Leave the session of the grader, and every descriptor but those in `keep`.

    Args:
        keep: descriptors as they are now, each with the number (3 or more) that it gets. Standard input, output and
            error become /dev/null.
    """
    targets = list(keep.values())
    if len(set(targets)) < len(targets) or set(targets) & set(STANDARD):
        raise ValueError(f"descriptors need distinct numbers above 2, got {targets}")
    os.setsid()
    parking = max([*STANDARD, *targets]) + 1
    parked = {target: fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, parking) for source, target in keep.items()}
    null = fcntl.fcntl(os.open(os.devnull, os.O_RDWR), fcntl.F_DUPFD_CLOEXEC, parking)
    for target, source in {**parked, **dict.fromkeys(STANDARD, null)}.items():
        os.dup2(source, target, inheritable=target in STANDARD)
    _close_all_but({*STANDARD, *targets})


def clear_environment(scratch: str) -> None:
    """Replace the environment by one that mentions nothing but the scratch folder."""
    os.environ.clear()
    os.environ.update(HOME=scratch, TMPDIR=scratch, MPLCONFIGDIR=scratch, MPLBACKEND="Agg", LANG="C.UTF-8")
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    tempfile.tempdir = scratch  # the zygote may have asked for the temporary folder and remembered the answer


def raise_oom_score() -> None:
    """Make the kernel prefer this process when memory runs out: the grader and its zygote must survive it."""
    # A courtesy, not a boundary; some containers mount /proc read-only.
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def no_new_privileges() -> None:
    """Give up for good, for this process and all it may start, gaining rights through exec."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if prctl(PR_GET_NO_NEW_PRIVS) != 1:
        raise PermissionError("no_new_privs was set and is not in force")


def become(uid: "int | None", gid: "int | None", *, parent: int) -> None:
    """Change to `uid` and `gid`, drop every capability, and die when the parent does.

    Args:
        uid: the throwaway user, not root; None for an ordinary user, who stays who they are.
        gid: its group; None if `uid` is.
        parent: pid of the process that forked this one, read by the parent before it forked.

    Raises:
        PermissionError: the change did not take effect; the process must not run anything.
        ProcessLookupError: the parent is gone already.
    """
    if uid is not None and gid is not None:
        _change_user(uid, gid)
    _drop_capabilities()
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the signal was asked for
        raise ProcessLookupError(f"the process that forked this one, {parent}, is gone")


def pick_uid(slot: int) -> int:
    """A uid, usable as gid too, that no account, group or process has; different slots get different ones.

    Slots of one grader never share a candidate, and graders that run side by side begin at different places. Nothing
    is reserved: use it soon, and sweep by it afterwards.
    """
    if not 0 <= slot < SLOTS:
        raise ValueError(f"slot must be in 0..{SLOTS - 1}, got {slot}")
    own: list[int] = list(UIDS[slot::SLOTS])
    start = os.getpid() % len(own)
    busy = set(_uids_of_processes())
    for uid in own[start:] + own[:start]:
        if uid not in busy and not _is_account(uid):
            return uid
    raise RuntimeError(f"no free uid in {UIDS.start}..{UIDS.stop - 1} for slot {slot}")


def prctl(option: int, *values: int) -> int:
    """What the system call prctl answers, arguments not given being 0; an OSError if the kernel refuses."""
    arguments = [ctypes.c_ulong(value) for value in (*values, *[0] * (4 - len(values)))]
    return _checked(LIBC.prctl(option, *arguments), f"prctl({option})")


def system_call(number: int, *arguments: object) -> int:
    """A system call that libc may not know; an OSError if the kernel refuses.

    Whole numbers are passed as C longs; other arguments have to be ctypes values.
    """
    converted = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return _checked(LIBC.syscall(ctypes.c_long(number), *converted), f"system call {number}")


def _checked(result: Any, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return int(result)


# ---- descriptors ----------------------------------------------------------------------------------------------


def _close_all_but(kept: Iterable[int]) -> None:
    bounds = [-1, *sorted(kept), LAST_DESCRIPTOR + 1]
    try:
        for low, high in itertools.pairwise(bounds):
            if high - low > 1:
                system_call(CLOSE_RANGE, low + 1, high - 1, 0)
    except OSError as error:
        if error.errno not in (errno.ENOSYS, errno.EPERM):  # EPERM: older container filters that do not know the call
            raise
        _close_one_by_one(set(kept))


def _close_one_by_one(kept: "set[int]") -> None:
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in kept:
            with suppress(OSError):  # the descriptor of this very listing is closed by now
                os.close(int(name))


# ---- user and capabilities ------------------------------------------------------------------------------------


def _change_user(uid: int, gid: int) -> None:
    if uid <= 0 or gid <= 0:
        raise ValueError(f"a worker needs a uid and gid above 0, got {uid} and {gid}")
    _drop_bounding_set()
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    have = (os.getresuid(), os.getresgid(), os.getgroups())
    if have != ((uid,) * 3, (gid,) * 3, []):
        raise PermissionError(f"became {have} instead of uid {uid}, gid {gid} without groups")


def _drop_bounding_set() -> None:
    with suppress(OSError):  # EINVAL behind the last capability; EPERM where a container withholds CAP_SETPCAP
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)


def _drop_capabilities() -> None:
    """Empty the effective, permitted and inheritable sets (and with them the ambient one), and look at the result."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    _checked(LIBC.capset(header, sets), "capset")
    _checked(LIBC.capget(header, sets), "capget")
    if any(sets):
        raise PermissionError("capabilities were dropped and are still there")


# ---- uids in use ----------------------------------------------------------------------------------------------


def _uids_of_processes() -> Iterator[int]:
    """Real, effective, saved and file-system uid of every process."""
    for name in filter(str.isdecimal, os.listdir("/proc")):
        with suppress(OSError), open(f"/proc/{name}/status") as file:  # it may have ended meanwhile
            yield from _uids_in(file)


def _uids_in(status: Iterable[str]) -> "list[int]":
    return next(([int(uid) for uid in line.split()[1:]] for line in status if line.startswith("Uid:")), [])


def _is_account(uid: int) -> bool:
    for look_up in (pwd.getpwuid, grp.getgrgid):
        with suppress(KeyError):
            look_up(uid)
            return True
    return False
