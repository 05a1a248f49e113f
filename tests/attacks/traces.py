"""What an attack may leave behind: processes, files, IPC objects, messages, memory of the grader."""

import contextlib
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

WORLD_WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock", "/")  # noqa: S108  what is searched
MEGABYTE = 2**20


def descendants_of(pid: int) -> set[int]:
    """Processes that `pid` started, and those that they started."""
    children: set[int] = set()
    with contextlib.suppress(OSError):
        children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    return children.union(*map(descendants_of, children))


def processes_of(uid: "int | None") -> list[str]:
    """Processes of a throwaway uid; none where there is no such uid."""
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")) if uid is not None else ():
        with contextlib.suppress(OSError):
            found += [name] * (os.stat(f"/proc/{name}").st_uid == uid)
    return found


def marked_files(mark: str, uid: "int | None") -> Iterator[str]:
    """What lies where anybody may write and has the mark in its name, or is the throwaway uid's; it is removed."""
    for folder in WORLD_WRITABLE:
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                if entry.name.startswith("worker-"):  # the scratch folder itself
                    continue
                with contextlib.suppress(OSError):
                    if mark in entry.name or (uid is not None and entry.stat(follow_symlinks=False).st_uid == uid):
                        yield entry.path
                        remove(Path(entry.path))


def names_in(scratch: str, mark: str) -> list[str]:
    """What lies in the scratch folder; in bubblewrap it is not ours to see, and /tmp here is another."""
    if not os.path.basename(scratch).startswith("worker-"):
        return []
    return os.listdir(scratch)


def ipc_objects(key: int, mark: str) -> list[str]:
    """SysV objects with the attackers' key, and POSIX queues with their name."""
    lines = []
    for kind in ("shm", "sem", "msg"):
        with contextlib.suppress(OSError):
            lines += [
                line for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines() if str(key) in line.split()
            ]
    return lines


def listeners(folder: Path) -> tuple[socket.socket, socket.socket]:
    """Neighbours that an attack may try to reach: one on the loopback interface, one on an abstract name."""
    server, neighbour = socket.socket(), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.listen(1)
    neighbour.bind(str(folder / "neighbour"))
    os.chmod(folder / "neighbour", 0o777)  # noqa: S103  as a system's socket may be
    for one in (server, neighbour):
        one.setblocking(False)
    return server, neighbour


def heard(server: socket.socket, neighbour: socket.socket) -> list[str]:
    """The neighbours that somebody reached."""
    found = []
    with contextlib.suppress(BlockingIOError):
        server.accept()[0].close()
        found.append("a neighbour on the network")
    with contextlib.suppress(BlockingIOError):
        neighbour.recv(100)
        found.append("a neighbour behind a Unix socket")
    return found


def reset_peak() -> float:
    """Forget the highest memory use of this process so far; gives the present one in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> float:
    """The highest memory use of this process since the last reset, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / MEGABYTE


def remove(path: Path) -> None:
    """A file, link, pipe or folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
