"""A replica of a Gradescope autograder: the documented folders in a Debian root, built and run as the platform does.

The image is made once: debootstrap, the zip's content in /autograder/source, setup.sh as root. Every submission gets a
container of its own on top of it: an overlay, so that what a run changed is exactly what lies in the upper folder.
"""

import contextlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT_OF_KIT = Path(__file__).resolve().parent.parent.parent
ENTER = Path(__file__).with_name("enter.py")
GROUPS = Path("/sys/fs/cgroup")
MEMORY_BYTES, CPUS = 768 * 2**20, 0.5
PLATFORM_SECONDS = 600
METADATA = {
    "id": 123456,
    "created_at": "2026-10-01T14:22:32.365935-07:00",
    "assignment": {"id": 25828, "title": "Homework", "total_points": "20.0", "group_submission": False},
    "submission_method": "upload",
    "users": [{"email": "student@example.com", "id": 1234, "name": "Student User"}],
    "previous_submissions": [
        {"submission_time": "2026-09-30T14:24:48.087023-07:00", "score": 1.0, "results": {"output": "canary-earlier"}}
    ],
}


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


@dataclass(frozen=True)
class Outcome:
    """What one command in a container did."""

    code: int
    seconds: float
    timed_out: bool
    survivors: list[str]
    printed: str
    results: Any = None  # the content of results.json; None if there is none
    changes: Mapping[str, str] = field(default_factory=dict)  # outside results: what changed, by path
    peak_mb: float | None = None

    @property
    def text(self) -> str:
        """What the platform gets."""
        return json.dumps(self.results)


class Replica:
    """An image, and the containers made of it."""

    def __init__(self, folder: Path) -> None:
        """Use `folder` for everything."""
        self._folder, self.image, self._numbers = folder, folder / "image", count()

    def bootstrap(self) -> None:
        """A minimal Debian of the release that this machine's packages come from."""
        command = ["debootstrap", "--variant=minbase", "bookworm", str(self.image), _mirror()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"debootstrap failed: {done.stdout[-2000:]}")
        shutil.rmtree(self.image / "etc" / "apt")
        shutil.copytree("/etc/apt", self.image / "etc" / "apt", dirs_exist_ok=True, ignore_dangling_symlinks=True)
        shutil.copy("/etc/resolv.conf", self.image / "etc" / "resolv.conf")

    def unpack(self, content: bytes) -> None:
        """Put the zip's content where the platform does, with the modes that it has."""
        source = self.image / "autograder" / "source"
        shutil.rmtree(self.image / "autograder", ignore_errors=True)
        source.mkdir(parents=True)
        (self.image / "autograder" / "results").mkdir()
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for entry in archive.infolist():
                path = Path(archive.extract(entry, source))
                path.chmod(stat.S_IMODE(entry.external_attr >> 16))
        shutil.copy(source / "run_autograder", self.image / "autograder" / "run_autograder")
        (self.image / "autograder" / "run_autograder").chmod(0o755)

    def build(self, seconds: float = 1800) -> Outcome:
        """Run setup.sh, as root, in the image itself."""
        report = self._enter(self._setup(None, seconds))
        return Outcome(**report, printed=_text(self.image / "setup.log"))

    def submit(
        self,
        files: Mapping[str, bytes],
        *,
        image: Mapping[str, bytes | None] = MappingProxyType({}),
        command: Sequence[str] = ("/autograder/run_autograder",),
        landlock: bool = True,
        seconds: float = PLATFORM_SECONDS,
    ) -> Outcome:
        """Run run_autograder on a submission of these files in a fresh container.

        It has half a processor and 768 MB, where this machine's control groups can do that.

        Args:
            files: content by path below the submission folder.
            image: what is different in the image, as after a fault of ours, by path; None for a file that is gone.
            command: what is run, as root.
            landlock: whether the kernel seems to have it.
            seconds: after which the platform ends the container.
        """
        with self._container(image) as place:
            upper = place / "upper"
            _hand_in(upper / "autograder", files)
            before = _entries(upper)
            with _groups(place.name) as groups:
                spec = self._spec(place, command, "/autograder/results/stdout", seconds)
                inside = [[str(group), f"/sys/fs/cgroup/{group.parent.name}"] for group in groups]
                spec |= {"landlock": landlock, "groups": list(map(str, groups)), "binds": inside}
                report = self._enter(spec)
                peak = _peak(groups)
            results = upper / "autograder" / "results"
            return Outcome(
                **report,
                printed=_text(results / "stdout"),
                results=json.loads(_text(results / "results.json") or "null"),
                changes=self._changes(upper, before),
                peak_mb=peak,
            )

    def set_up_again(self, image: Mapping[str, bytes | None], seconds: float = 300) -> Outcome:
        """Run setup.sh once more, in a container in which these files of the image are different."""
        with self._container(image) as place:
            report = self._enter(self._setup(place, seconds))
            return Outcome(**report, printed=_text(place / "upper" / "setup.log"))

    @contextlib.contextmanager
    def _container(self, image: Mapping[str, bytes | None]) -> Iterator[Path]:
        place = self._folder / f"container-{next(self._numbers)}"
        (place / "work").mkdir(parents=True)
        (place / "upper").mkdir()
        for name, content in image.items():
            _change(place / "upper" / name, self.image / name, content)
        try:
            yield place
        finally:
            shutil.rmtree(place)

    def _setup(self, place: Path | None, seconds: float) -> dict[str, Any]:
        environment, binds = pip_settings()
        spec = self._spec(place, ["/bin/bash", "/autograder/source/setup.sh"], "/setup.log", seconds)
        return spec | {"environment": environment, "binds": binds}

    def _spec(self, place: Path | None, command: Sequence[str], output: str, seconds: float) -> dict[str, Any]:
        mounted = (place or self._folder) / "mounted"
        mounted.mkdir(exist_ok=True)
        overlay = [str(place / "upper"), str(place / "work")] if place else None
        spec = {"root": str(self.image), "overlay": overlay, "mounted": str(mounted), "command": list(command)}
        spec |= {"binds": [], "groups": [], "environment": {}, "landlock": True, "output": output, "seconds": seconds}
        return spec

    def _enter(self, spec: dict[str, Any]) -> dict[str, Any]:
        unshare = ["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]
        done = subprocess.run(  # noqa: S603  our own file
            [*unshare, sys.executable, str(ENTER), json.dumps(spec)],
            env={**os.environ, "PYTHONPATH": str(ROOT_OF_KIT)},
            capture_output=True,
            text=True,
            timeout=spec["seconds"] + 120,
        )
        if done.returncode:
            raise RuntimeError(f"the container could not be started: {done.stderr[-2000:]}")
        return dict(json.loads(done.stdout))

    def _changes(self, upper: Path, before: Mapping[str, str]) -> dict[str, str]:
        """What a run left behind outside the results folder: new, changed and deleted files, changed modes."""
        after = _entries(upper)
        lower = {path: _entry(self.image / path) for path in after if os.path.lexists(self.image / path)}
        known = {**lower, **before}
        ours = {path for path in after if path.startswith("autograder/results/")}
        return {path: entry for path, entry in after.items() if path not in ours and known.get(path) != entry}


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


def _mirror() -> str:
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


def _hand_in(autograder: Path, files: Mapping[str, bytes]) -> None:
    """What the platform's harness puts into a container."""
    (autograder / "submission").mkdir(parents=True)
    (autograder / "results").mkdir(exist_ok=True)
    (autograder / "submission_metadata.json").write_text(json.dumps(METADATA))
    for name, content in files.items():
        path = autograder / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _change(path: Path, original: Path, content: bytes | None) -> None:
    """Put another file over one of the image; a device 0:0 is how an overlay says that a file is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(original.parent.stat().st_mode)
    if content is None:
        os.mknod(path, stat.S_IFCHR, os.makedev(0, 0))
    else:
        path.write_bytes(content)
        path.chmod(original.stat().st_mode)


@contextlib.contextmanager
def _groups(name: str) -> Iterator[list[Path]]:
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


def _peak(groups: list[Path]) -> float | None:
    peaks = [group / "memory.max_usage_in_bytes" for group in groups if group.parent.name == "memory"]
    return int(peaks[0].read_text()) / 2**20 if peaks else None


def _entries(folder: Path) -> dict[str, str]:
    paths = (Path(place, name) for place, folders, names in os.walk(folder) for name in [*folders, *names])
    return {path.relative_to(folder).as_posix(): _entry(path) for path in paths}


def _entry(path: Path) -> str:
    """Kind, mode, owner and content."""
    status = path.lstat()
    described = f"{stat.filemode(status.st_mode)} {status.st_uid}:{status.st_gid}"
    return f"{described} {path.read_bytes()!r}" if stat.S_ISREG(status.st_mode) else described


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""
