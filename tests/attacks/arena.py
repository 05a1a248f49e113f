"""Grades one attack after another in a process of its own, and looks for what each of them may have left or got.

Run as `python -m attacks.arena ROOT LAYER,... [fresh]` with a token in the environment; requests come in and outcomes
go out as lines of JSON. The process is the grader: when an attack hangs or kills it, whoever started it notices.
"""

import contextlib
import hashlib
import json
import os
import string
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from attacks import catalogue, readers, specimen, traces
from attacks.attack import Attack
from autograder import isolation, judge, selftest
from autograder.grade import Grader
from autograder.isolation import Isolation
from autograder.limits import Limits
from autograder.report import Report
from autograder.sandbox import Zygote
from autograder.worker import wire

LIMITS = Limits(cell_seconds=2, call_seconds=1, submission_seconds=8, address_space_mb=1024)
MARGIN_SECONDS = 3.0
GROWTH_MB = 200  # of the grader over one submission: a dozen of the largest frames
MARK, IPC_KEY, EVIDENCE = "attackmark", 0x6B6974, b"BREACH"


@dataclass
class Outcome:
    """What became of one attack: the breaches in words (none: it was repelled), the score, and the time it took."""

    attack: str
    breaches: list[str] = field(default_factory=list)
    earned: float | None = None
    seconds: float = 0.0
    growth_mb: float = 0.0


class Recorder:
    """Everything that came out of workers, searched for the token and for the evidence of a breach."""

    def __init__(self, token: str) -> None:
        self._wanted = {"the token": token.encode(), "evidence": EVIDENCE}
        self.found: dict[str, str] = {}

    def search(self, data: bytes, where: str) -> None:
        """Note what is in `data` that must not be there."""
        for what, wanted in self._wanted.items():
            place = data.find(wanted)
            if place >= 0:
                self.found.setdefault(what, f"{where}: {data[max(0, place - 20) : place + 100]!r}")

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Look into every frame that the trusted side decodes."""
        decode = wire.loads

        def loads(body: bytes, *rest: Any) -> Any:
            self.search(body, "a frame")
            return decode(body, *rest)

        with mock.patch.object(wire, "loads", loads):
            yield


class Arena:
    """One combination of layers, and the homework that is attacked in it."""

    def __init__(self, root: Path, layers: tuple[str, ...], *, fresh: bool = False) -> None:
        """Write the homework and start the zygote."""
        sys.path.insert(0, str(root))
        self.module = f"attacked_key_{os.getpid()}"
        self.specimen: specimen.Specimen = specimen.write(root, self.module, os.environ["PLANTED"])
        self.submissions = root / "submissions"
        self.submissions.mkdir()
        self.isolation = Isolation(layers) if layers != ("chosen",) else isolation.choose(isolation.this_machine())
        self.fresh, self._zygote = fresh, Zygote(LIMITS, self.isolation)
        self._listener, self._unix = traces.listeners(root)
        self._know_own()
        self.baseline = self.grade_honest()

    def tested(self) -> selftest.SelfTest:
        """What the kit's own self-test says about these layers."""
        return selftest.run(self._zygote, self.specimen.hidden)

    def run(self, attack: Attack) -> Outcome:
        """Grade it, then look for what must not have happened."""
        self._renew()
        outcome, recorder = Outcome(attack.name), Recorder(self.specimen.token)
        path, before = self._written(attack), self._digests()
        memory, started = traces.reset_peak(), time.monotonic()
        with recorder.recording():
            report = self._graded(path, outcome)
        outcome.seconds = time.monotonic() - started
        outcome.growth_mb = traces.peak() - memory
        outcome.breaches += self._of_report(attack, report, recorder) if report else []
        outcome.breaches += [f"{what} came out in {where}" for what, where in recorder.found.items()]
        outcome.breaches += self._traces(before) + _of_costs(outcome) + self._of_the_next(attack)
        traces.remove(path)
        return outcome

    def score(self, attack: Attack) -> float | None:
        """What the whole submission earns."""
        self._renew()
        return self.grade(self._written(attack)).earned

    def grade(self, path: Path) -> Report:
        """The report of one file."""
        return Grader(self.specimen.assignment, self._zygote, self.specimen.secret, LIMITS).grade(path)

    def grade_honest(self) -> float | None:
        """The score of a submission in which all is right."""
        path = self.submissions / "honest.ipynb"
        path.write_text(specimen.notebook(), "utf-8")
        return self.grade(path).earned

    def close(self) -> None:
        """End the zygote and the listeners."""
        self._zygote.close()
        self._listener.close()
        self._unix.close()

    def _renew(self) -> None:
        if self.fresh:
            self._replace_zygote()

    def _replace_zygote(self) -> None:
        self._zygote.close()
        self._zygote = Zygote(LIMITS, self.isolation)
        self._know_own()

    def _know_own(self) -> None:
        """In bubblewrap the zygote is a child itself; it is there once it has told its versions."""
        _ = self._zygote.versions
        self._own = traces.descendants_of(self._zygote._process.pid)

    def _graded(self, path: Path, outcome: Outcome) -> Report | None:
        try:
            report = self.grade(path)
        except Exception:
            outcome.breaches.append(f"the grader failed: {traceback.format_exc(limit=-3)}")
            self._replace_zygote()
            return None
        outcome.earned = report.earned
        return report

    def _of_report(self, attack: Attack, report: Report, recorder: Recorder) -> list[str]:
        exercise = next(e for e in report.exercises if e.name == attack.on)
        found = [f"the report is wrong: {why}" for why in readers.harm_in(report, recorder.search)]
        if exercise.earned != attack.earns:
            found.append(f"{attack.on} earned {exercise.earned:g} instead of {attack.earns:g}")
        if attack.problem not in report.problem or bool(attack.problem) != bool(report.problem):
            found.append(f"the report says {report.problem!r} about the file")
        errors = [c.detail for e in report.exercises for c in e.checks if c.status == judge.GRADER_ERROR]
        return found + [f"a check ended in an error of ours: {error[-300:]}" for error in errors[:1]]

    def _traces(self, before: dict[str, str]) -> list[str]:
        zygote = self._zygote
        found = [f"{path} changed" for path, digest in self._digests().items() if digest != before[path]]
        found += [f"process {pid} is left" for pid in traces.descendants_of(zygote._process.pid) - self._own]
        found += [f"a process of uid {zygote._uid} is left" for _ in traces.processes_of(zygote._uid)]
        found += [f"{path} is left" for path in traces.marked_files(MARK, zygote._uid)]
        found += [f"{name} is left in the scratch folder" for name in traces.names_in(zygote._scratch, MARK)]
        found += [f"an IPC object is left: {line}" for line in traces.ipc_objects(IPC_KEY, MARK)]
        return found + [f"{what} heard something" for what in traces.heard(self._listener, self._unix)]

    def _of_the_next(self, attack: Attack) -> list[str]:
        try:
            earned = self.grade_honest()
        except Exception:
            self._replace_zygote()
            return [f"the next submission could not be graded: {traceback.format_exc(limit=-2)}"]
        return [] if earned == self.baseline else [f"the next submission earned {earned} instead of {self.baseline}"]

    def _written(self, attack: Attack) -> Path:
        path = self.submissions / attack.called
        traces.remove(path)
        if attack.file is not None:
            attack.file(path)
            return path
        known = self._known()
        answers = {name: string.Template(text).safe_substitute(known) for name, text in attack.answers.items()}
        cells = [
            tuple(string.Template(text).safe_substitute(known) for text in c) for c in (attack.before, attack.after)
        ]
        path.write_text(specimen.notebook(answers, *cells), "utf-8")
        return path

    def _known(self) -> dict[str, str]:
        """What a well-informed attacker knows."""
        s = self.specimen
        return {
            **{"KEY": str(s.key), "HIDDEN": str(s.hidden), "SECRET": str(s.secret_file), "RESULTS": str(s.results)},
            **{"ROOT": str(s.root), "MODULE": self.module, "MARK": MARK, "IPC": str(IPC_KEY)},
            **{"GRADER": str(os.getpid()), "ZYGOTE": str(self._zygote._process.pid), "UNIX": self._unix.getsockname()},
            **{"PORT": str(self._listener.getsockname()[1]), "CHECKOUT": str(Path(selftest.__file__).parent.parent)},
        }

    def _digests(self) -> dict[str, str]:
        return {str(path): _digest(path) for path in self.specimen.guarded}


def _digest(path: Path) -> str:
    """Of content, mode, owner and times: an attack may change none of them."""
    if not path.exists():
        return "missing"
    status = path.stat()
    rest = (status.st_mode, status.st_uid, status.st_mtime_ns, status.st_ino, sorted(os.listxattr(path)))
    return hashlib.sha256(path.read_bytes() + repr(rest).encode()).hexdigest()


def _of_costs(outcome: Outcome) -> list[str]:
    found = []
    if outcome.seconds > LIMITS.submission_seconds + MARGIN_SECONDS:
        found.append(f"it took {outcome.seconds:.1f} s of the {LIMITS.submission_seconds:g} s allowed")
    if outcome.growth_mb > GROWTH_MB:
        found.append(f"the grader grew by {outcome.growth_mb:.0f} MB")
    return found


def main(root: Path, layers: tuple[str, ...], fresh: bool) -> None:
    """Serve names of attacks from standard input."""
    arena = Arena(root, layers, fresh=fresh)
    outcomes = arena.tested().outcomes if layers else {}  # without any layer it would stop its own zygote
    print(
        json.dumps({"isolation": str(arena.isolation), "selftest": dict(outcomes), "honest": arena.baseline}),
        flush=True,
    )
    for line in sys.stdin:
        wanted, name = json.loads(line)
        attack = catalogue.BY_NAME[name]
        answer = asdict(arena.run(attack)) if wanted == "attack" else arena.score(attack)
        print(json.dumps(answer), flush=True)
    arena.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(filter(None, sys.argv[2].split(","))), "fresh" in sys.argv[3:])
