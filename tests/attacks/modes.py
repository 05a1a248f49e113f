"""Where attacks are run: combinations of layers and users, each in a process of its own started as that user."""

import contextlib
import functools
import json
import os
import select
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attacks import container
from attacks.specimen import new_token
from autograder import isolation
from autograder.worker import identity

CHECKOUT = Path(isolation.__file__).parent.parent
ROOT, ORDINARY, CONTAINER = "root", "ordinary user", "root of a container"
PATIENCE_SECONDS = 45.0  # for one attack, the honest submission after it and the search for traces
START_SECONDS = 120.0


@dataclass(frozen=True)
class Mode:
    """One combination. `isolating`: the kit grades here; otherwise it has to refuse."""

    name: str
    user: str
    layers: tuple[str, ...]
    fresh: bool = False
    isolating: bool = True

    @functools.cache  # noqa: B019  modes are few and live as long as the module
    def why_not(self) -> str:
        """Why it cannot be had here; empty if it can."""
        machine = isolation.this_machine()
        if not machine.seccomp:
            return "this is not Linux, or pyseccomp is missing"
        if self.user != ORDINARY and not machine.root:
            return "needs root"
        if "landlock" in self.layers and not machine.landlock:
            return "this kernel has no Landlock"
        if "bubblewrap" in self.layers and machine.why_no_bubblewrap():
            return machine.why_no_bubblewrap()
        return why_no_python_for_others() if self.user == ORDINARY and machine.root else ""


MODES = (
    Mode("root, uid and Landlock", ROOT, ("uid", "seccomp", "landlock")),
    Mode("root, uid, no Landlock", ROOT, ("uid", "seccomp")),
    Mode("root, a fresh zygote each", ROOT, ("uid", "seccomp", "landlock"), fresh=True),
    Mode("container, as found", CONTAINER, ("chosen",)),
    Mode("ordinary user, Landlock", ORDINARY, ("seccomp", "landlock")),
    Mode("ordinary user, bubblewrap", ORDINARY, ("seccomp", "bubblewrap")),
)
SECCOMP_ONLY = Mode("ordinary user, seccomp only", ORDINARY, ("seccomp",), isolating=False)
NO_LAYERS = Mode("ordinary user, no layer", ORDINARY, (), isolating=False)


@functools.cache
def strongest() -> Mode:
    """The first mode that can be had here."""
    return next((mode for mode in MODES if not mode.why_not()), MODES[0])


class Runner:
    """The arena of one mode: started when it is first needed, and again when an attack has killed it."""

    def __init__(self, mode: Mode) -> None:
        """Make a folder for it, with a copy of the checkout where its user could not read ours."""
        self.mode = mode
        self.base = Path(tempfile.mkdtemp(prefix="attacks-", dir="/var/tmp"))
        self.base.chmod(0o711)
        self.uid = identity.pick_uid(identity.SLOTS - 1) if mode.user == ORDINARY and os.geteuid() == 0 else None
        self._process: subprocess.Popen[str] | None = None
        self._starts = 0
        self.greeting: dict[str, Any] = {}
        self._python, self._checkout = Path(sys.executable), CHECKOUT
        if self.uid is not None:
            self._python, self._checkout = python_for_others(self.base), self._copied()
        self.start()

    def ask(self, wanted: str, name: str) -> Any:
        """Have an attack run ("attack": its outcome) or graded alone ("score"); None if the grader hung or died."""
        process = self._process or self.start()
        assert process.stdin is not None
        process.stdin.write(json.dumps([wanted, name]) + "\n")
        process.stdin.flush()
        return self._answer(PATIENCE_SECONDS)

    def start(self) -> "subprocess.Popen[str]":
        """Start the arena and keep what it says about itself."""
        self._starts += 1
        homework, scratch = self.base / f"homework-{self._starts}", self.base / f"tmp-{self._starts}"
        for folder, mode in ((homework, 0o700), (scratch, 0o711)):
            folder.mkdir()
            folder.chmod(mode)
            if self.uid is not None:
                os.chown(folder, self.uid, self.uid)
        self._process = self._started(homework, scratch)
        greeting = self._answer(START_SECONDS)
        if greeting is None:
            raise RuntimeError(f"the arena does not start: {(self.base / 'errors').read_text()[-2000:]}")
        self.greeting = greeting
        return self._process

    def close(self) -> None:
        """End it and remove its folder."""
        if self._process is not None:
            self._end(self._process)
        shutil.rmtree(self.base, ignore_errors=True)

    def _started(self, homework: Path, scratch: Path) -> "subprocess.Popen[str]":
        command = [str(self._python), "-m", "attacks.arena", str(homework), ",".join(self.mode.layers)]
        paths = f"{self._checkout}:{self._checkout / 'tests'}"
        user: dict[str, Any] = {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}
        if self.mode.user == CONTAINER:
            user = {"preexec_fn": container.preparation()}
        with (self.base / "errors").open("ab") as errors:
            return subprocess.Popen(  # noqa: S603  our own module
                [*command, "fresh"] if self.mode.fresh else command,
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": paths, "TMPDIR": str(scratch), "PLANTED": new_token(),
                     "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
                cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1, **user,
            )  # fmt: skip

    def _answer(self, seconds: float) -> Any:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        line = process.stdout.readline() if ready else ""
        if line:
            return json.loads(line)
        self._end(process)
        self._process = None
        return None

    def _end(self, process: "subprocess.Popen[str]") -> None:
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe is not None else None
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            time.sleep(0.5)  # for its zygote to notice

    def _copied(self) -> Path:
        checkout = self.base / "checkout"
        for part in ("autograder", "tests/attacks"):
            shutil.copytree(CHECKOUT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, self.uid or 0, self.uid or 0)
        return checkout


# ---- an interpreter that other users can run ------------------------------------------------------------------


def why_no_python_for_others() -> str:
    """Why no unprivileged user could run our interpreter and packages; empty if one can."""
    packages = Path(sysconfig.get_path("purelib"))
    if not _is_open(packages):
        return f"other users cannot read {packages}"
    return (
        ""
        if _is_open(Path(sys.executable)) or _system_python()
        else "other users cannot run this Python, nor is there a system's one of its version"
    )


def python_for_others(base: Path) -> Path:
    """Our interpreter if anybody may run it, else the system's one of the same version with our packages."""
    if _is_open(Path(sys.executable)):
        return Path(sys.executable)
    venv, packages = base / "venv", sysconfig.get_path("purelib")
    subprocess.run([_system_python(), "-m", "venv", "--without-pip", str(venv)], check=True)  # noqa: S603  a known program
    theirs = venv / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    theirs.rmdir()
    theirs.symlink_to(packages)
    return venv / "bin" / "python"


def _system_python() -> str:
    wanted = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    return wanted if os.path.exists(wanted) else ""


def _is_open(path: Path) -> bool:
    """Whether everybody may pass through all folders that lead to a file, and to what it links to."""
    return all(step.stat().st_mode & 0o001 for place in (path.absolute(), path.resolve()) for step in place.parents)
