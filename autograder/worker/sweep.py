"""After a submission: nothing of its uid runs, nothing of it lies in the scratch folder. The zygote does this."""

import contextlib
import errno
import itertools
import os
import signal
import stat
import time
from collections.abc import Iterator

SECONDS = 10.0
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def kill_all_of(uid: int) -> int:
    """Kill every process of a throwaway uid and look until there is none; gives how many there were.

    kill(-1) reports success even if it hit nobody, so what counts is what /proc shows.
    """
    killed, deadline = 0, time.monotonic() + SECONDS
    while found := list(_processes_of(uid)):
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed = max(killed, len(found))
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(found)} processes of uid {uid} do not end")
        time.sleep(0.001)
    return killed


def _processes_of(uid: int) -> Iterator[int]:
    for name in filter(str.isdecimal, os.listdir("/proc")):
        with contextlib.suppress(OSError):  # it ended meanwhile
            if os.stat(f"/proc/{name}").st_uid == uid and _lives(name):
                yield int(name)


def _lives(pid: str) -> bool:
    with open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")


def empty(folder: str) -> None:
    """Remove everything below `folder`, following no link, within a time limit.

    A folder inside a folder is first moved to the top, so that a tree of any depth and any number of folders is taken
    apart with two descriptors open and without recursion.

    Raises:
        TimeoutError: it takes too long; what is left stays.
    """
    deadline, names = time.monotonic() + SECONDS, (f".moved-{number}" for number in itertools.count())
    top = os.open(folder, FOLDER)
    try:
        while entries := os.listdir(top):
            for entry in entries:
                if time.monotonic() > deadline:
                    raise TimeoutError("the scratch folder cannot be emptied in time")
                _remove(entry, top, names)
    finally:
        os.close(top)


def _remove(entry: str, top: int, names: Iterator[str]) -> None:
    if not _is_folder(entry, top):
        os.unlink(entry, dir_fd=top)
        return
    os.chmod(entry, 0o700, dir_fd=top)
    inside = os.open(entry, FOLDER, dir_fd=top)
    try:
        for name in os.listdir(inside):
            if _is_folder(name, inside):
                _move_up(name, inside, top, names)
            else:
                os.unlink(name, dir_fd=inside)
    finally:
        os.close(inside)
    os.rmdir(entry, dir_fd=top)


def _move_up(name: str, inside: int, top: int, names: Iterator[str]) -> None:
    os.chmod(name, 0o700, dir_fd=inside)  # only the owner of a folder that may be written can move it
    for new_name in names:
        try:
            os.rename(name, new_name, src_dir_fd=inside, dst_dir_fd=top)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):  # the name is taken
                raise


def _is_folder(name: str, folder: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
