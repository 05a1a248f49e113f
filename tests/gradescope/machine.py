"""What a replica takes from this machine: whether it can be made at all, mirrors, pip's settings, control groups."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
MEMORY_BYTES, CPUS = 768 * 2**20, 0.5


def why_not() -> str:
    """Empty, or why no replica can be made here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "the replica needs root on Linux"
    missing = [name for name in ("debootstrap", "unshare", "mount") if shutil.which(name) is None]
    if missing:
        return f"the replica needs {', '.join(missing)}"
    if "\toverlay\n" not in Path("/proc/filesystems").read_text():
        return "this kernel has no overlay file system"
    return ""


def pip_settings() -> tuple[dict[str, str], list[list[str]]]:
    """How pip is set up on this machine: as environment, and what has to be mounted because it refers to it."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    environment, binds = {}, dict[str, str]()
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        words = value.strip("'\"").replace("\\n", " ").split()
        for word in words:
            binds |= _mounts(Path(word.removeprefix("file://")))
        moved = " ".join(binds.get(word, word) for word in words)
        environment["PIP_" + key.split(".")[-1].upper().replace("-", "_")] = moved
    return environment, [[source, target] for source, target in binds.items()]


def _mounts(path: Path) -> dict[str, str]:
    """Where a path of the settings is in the container; a folder keeps its place, because indexes refer to it."""
    if not path.is_absolute() or not path.exists():
        return {}
    if path.is_dir():
        folder = path.parent if path.name == "simple" else path
        return {str(folder): str(folder)}
    return {str(path): f"/machine/{path.name}"}


def mirror() -> str:
    """Where this machine gets its packages from."""
    for path in [*Path("/etc/apt").glob("sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]:
        words = path.read_text("utf-8", "replace").split()
        found = [
            word for word in words if word.startswith(("http://", "https://")) and word.rstrip("/").endswith("debian")
        ]
        found = [word for word in found if "snapshot" not in word]
        if found:
            return found[0]
    return "http://deb.debian.org/debian"


@contextlib.contextmanager
def control_groups(name: str) -> Iterator[list[Path]]:
    """Control groups (version 1) with half a processor and the memory of a container; none where there are none."""
    quota = str(int(CPUS * 100_000))
    wanted = {"memory": ("memory.limit_in_bytes", str(MEMORY_BYTES)), "cpu": ("cpu.cfs_quota_us", quota)}
    groups = []
    try:
        for controller, (file, value) in wanted.items():
            if (GROUPS / controller / file).exists() or (GROUPS / controller / "cpu.shares").exists():
                group = GROUPS / controller / f"replica-{os.getpid()}-{name}"
                group.mkdir()
                groups.append(group)
                (group / file).write_text(value)
        yield groups
    finally:
        for group in groups:
            _remove(group)


def _remove(group: Path) -> None:
    """Remove a group as soon as its last process is gone."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.05)


def peak_mb(groups: list[Path]) -> float | None:
    """The most memory that was in use, in MB."""
    peaks = [group / "memory.max_usage_in_bytes" for group in groups if group.parent.name == "memory"]
    return int(peaks[0].read_text()) / 2**20 if peaks else None
