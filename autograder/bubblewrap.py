"""A second wall around the zygote: bubblewrap's namespaces, in which nothing but the interpreter exists.

Protects what Landlock and seccomp protect, by other means and once more: no network, no foreign process, an empty file
system with Python's own folders read-only. For an ordinary user on a kernel without Landlock it is what hides the key.
It has to be the outermost layer, as it needs calls that the worker's filter denies; the worker's layers apply inside.

It does not replace them: a bug of the kernel is shared, memory and time are not bounded, and all workers of one zygote
see each other's scratch. Only one uid exists inside, so throwaway uids and bubblewrap exclude each other. The
environment is the caller's to clear, and a folder that holds both the interpreter's libraries and a secret shows both.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence

from autograder.worker.landlock import interpreter_trees

SCRATCH = "/scratch"  # a tmpfs of its own, in which nothing else is shown: the sweep may empty it
SCRATCH_BYTES = 64 * 2**20
TRIAL_SECONDS = 20
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
PROGRAMS = ("/sbin/ldconfig", "/sbin/ldconfig.real", "/bin/sh")  # ctypes asks ldconfig where libseccomp is

ISOLATION = (
    *("--unshare-all", "--unshare-user"),  # with -all alone a missing user namespace would go unnoticed
    *("--as-pid-1", "--die-with-parent", "--new-session"),  # bwrap's own process 1 has writable memory
    *("--cap-drop", "ALL"),
)


def available() -> bool:
    """Whether this user can run programs in bubblewrap on this machine."""
    return why_unavailable() == ""


def why_unavailable() -> str:
    """Why bubblewrap cannot be used, found by using it; empty if it can."""
    if shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    trial = command([sys.executable, "-I", "-S", "-c", "import os; print(os.getpid())"], read_only=[])
    try:
        done = subprocess.run(  # noqa: S603  our own command
            trial, env={}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TRIAL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run here: {error}"
    if done.stdout.strip() == "1":
        return ""
    said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return f"bubblewrap does not run here (status {done.returncode}): {said}"


def command(
    argv: Sequence[str], read_only: Iterable[str], scratch: str = SCRATCH, scratch_bytes: int = SCRATCH_BYTES
) -> "list[str]":
    """The command that runs `argv` as process 1 of an otherwise empty system.

    Descriptors that the caller lets `argv` inherit (subprocess's `pass_fds`) stay open inside.

    Args:
        argv: program, by absolute path, and arguments; the program itself need not be in `read_only`.
        read_only: files and folders to show besides the interpreter's, such as the worker's code.
        scratch: where the only writable folder appears; it is empty, in memory, and gone at the end.
        scratch_bytes: its size.
    """
    shown = [*interpreter_trees(), *_configurations(), *PROGRAMS, sys.executable, argv[0], *read_only]
    devices = [argument for device in DEVICES for argument in ("--dev-bind", device, device)]
    return [
        shutil.which("bwrap") or "bwrap",
        *ISOLATION,
        *("--size", str(scratch_bytes), "--tmpfs", scratch),  # first: what is shown may lie below it
        *_mounts(path for path in shown if os.path.exists(path) and not path.startswith("/dev/")),
        *(
            "--proc",
            "/proc",
            *(() if os.geteuid() else ("--remount-ro", "/proc")),
        ),  # /proc/sys is root's, even here
        *("--tmpfs", "/dev", *devices, "--remount-ro", "/dev"),
        *("--remount-ro", "/", "--chdir", scratch),  # bwrap's root is a tmpfs without a limit
        *("--", *argv),
    ]


def _configurations() -> "list[str]":
    """Files by which an interpreter finds its folders."""
    return [
        os.path.join(prefix, "pyvenv.cfg") for prefix in (sys.prefix, os.path.dirname(os.path.dirname(sys.executable)))
    ]


def _mounts(paths: Iterable[str]) -> Iterator[str]:
    """Each path at its own place, links as links, nothing twice; parents come before what lies in them."""
    bound: list[str] = []
    for path in sorted({step for start in paths for step in _chain(os.path.abspath(start))}):
        if any(path == folder or path.startswith(f"{folder}/") for folder in bound):
            continue
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        else:
            yield from ("--ro-bind", path, path)
            bound.append(path)


def _chain(path: str) -> Iterator[str]:
    """A path, every link that it leads through at its end, and the real path of the file."""
    yield os.path.realpath(path)
    while os.path.islink(path):
        yield path
        path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(path)))
    yield path
