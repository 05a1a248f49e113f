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
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.gradescope import machine

ROOT_OF_KIT = Path(__file__).resolve().parent.parent.parent
ENTER = Path(__file__).with_name("enter.py")
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
        command = ["debootstrap", "--variant=minbase", "bookworm", str(self.image), machine.mirror()]
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
            with machine.control_groups(place.name) as groups:
                spec = self._spec(place, command, "/autograder/results/stdout", seconds)
                inside = [[str(group), f"/sys/fs/cgroup/{group.parent.name}"] for group in groups]
                spec |= {"landlock": landlock, "groups": list(map(str, groups)), "binds": inside}
                report = self._enter(spec)
                peak = machine.peak_mb(groups)
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
        environment, binds = machine.pip_settings()
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
