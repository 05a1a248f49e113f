"""What Linux tells of processes: a command's time and memory, and the memory of everything that this process started.

Sizes are in MB. PSS counts a page shared by n processes as 1/n in each, so that sums are right; private pages are those
that no other process has.
"""

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL = 0.01
ZYGOTE, SLOT = "worker/__main__.py", "autograder.slots"


@dataclass
class Peaks:
    """The most that was seen of everything together, and of each part of the engine."""

    together: float = 0.0  # PSS of all processes
    worker_private: float = 0.0  # what a worker does not share with its zygote
    zygote: float = 0.0  # resident, shared pages included
    grader: float = 0.0  # the trusted process of a slot, resident
    unreadable: bool = False


@dataclass
class Sampler:
    """Looks at the processes started by this one, again and again, for as long as it is entered."""

    peaks: Peaks = field(default_factory=Peaks)

    def __enter__(self) -> Peaks:
        """Begin."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self.peaks

    def __exit__(self, *_: object) -> None:
        """End."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            sample(self.peaks)


def sample(peaks: Peaks) -> None:
    """Look once."""
    found = {pid: _sizes(pid) for pid in descendants(os.getpid())}
    peaks.unreadable |= any(sizes is None for sizes in found.values())
    sizes = {pid: size for pid, size in found.items() if size}
    peaks.together = max(peaks.together, sum(size["Pss"] for size in sizes.values()))
    ours = {pid for pid in sizes if ZYGOTE in _command(pid)}
    workers = {pid for pid in ours if _parent(pid) in ours}
    for pid, size in sizes.items():
        if pid in workers:
            private = size["Private_Clean"] + size["Private_Dirty"]
            peaks.worker_private = max(peaks.worker_private, private)
        elif pid in ours:
            peaks.zygote = max(peaks.zygote, size["Rss"])
        elif SLOT in _command(pid):
            peaks.grader = max(peaks.grader, size["Rss"])


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    children = list(_children(pid))
    return children + [further for child in children for further in descendants(child)]


def resident(pid: int) -> float:
    """MB of a process that are in memory, shared pages included."""
    return (_sizes(pid) or {}).get("Rss", 0.0)


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    seconds: float
    output: str


def run(command: Sequence[str | Path], folder: Path, environment: dict[str, str] | None = None) -> Ran:
    """Run a command in `folder` and time it; RuntimeError with its last words if it fails."""
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603  commands of this package
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(last_words(done.stderr + done.stdout))
    return Ran(seconds, done.stdout)


def last_words(text: str) -> str:
    """The last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it said nothing")


def _children(pid: int) -> Iterable[int]:
    with suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            yield from map(int, (thread / "children").read_text().split())


def _sizes(pid: int) -> dict[str, float] | None:
    """MB by kind of a process; None if it may not be read, nothing if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except PermissionError:
        return None
    except OSError:
        return {}
    return {name: int(value.split()[0]) / 1024 for name, value in (line.split(":") for line in lines)}


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
