"""Grades a class: what the gradebook lacks goes to slots, or to a cluster; what comes back goes into the gradebook.

Every submission is graded by itself, and what it gets depends neither on the slots, nor on the order, nor on the
machine. One process, this one, writes the gradebook, one result at a time; a run that was ended in whatever way goes on
where it was when it is started again.
"""

import hashlib
import selectors
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

from autograder import render
from autograder.assignment import Assignment, Exercise
from autograder.choice import Entry
from autograder.gradebook import Attempt, Gradebook, Graded, Key
from autograder.judge import GRADER_ERROR, Verdict
from autograder.limits import Limits
from autograder.report import KIT_VERSION, CheckResult, ExerciseResult, Report
from autograder.slots import Setup, Slot, SlotEnded

Outcomes = Generator[tuple[Attempt, Graded | SlotEnded], None, None]
Engine = Callable[[Sequence[Attempt]], Outcomes]

PIECE = 2**20


def attempts_of(entries: Iterable[Entry], limits: Limits) -> list[Attempt]:
    """What was handed in, with the digest of each file; attempts of one student get different numbers, in order."""
    last: Counter[str] = Counter()
    attempts = []
    for entry in entries:
        attempt = _attempt(entry, limits)
        last[attempt.student] = max(attempt.attempt, last[attempt.student] + 1)
        attempts.append(replace(attempt, attempt=last[attempt.student]))
    return attempts


def file_digest(path: Path, limits: Limits) -> str:
    """SHA-256 of a file's bytes; of one that is too long to be graded, of its length; nothing for what is no file."""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        size = path.stat().st_size
        if size > limits.notebook_bytes:
            return hashlib.sha256(f"a file of {size} bytes".encode()).hexdigest()
        return _digest(path)
    except OSError:
        return ""


def key_of(loaded: Assignment, limits: Limits) -> Key:
    """What all results of a run have in common."""
    return Key(loaded.name, loaded.digest, KIT_VERSION, hashlib.sha256(repr(asdict(limits)).encode()).hexdigest())


def grade(
    gradebook: Gradebook,
    loaded: Assignment,
    key: Key,
    engine: Engine,
    pending: Sequence[Attempt],
    *,
    on_result: Callable[[], None] = lambda: None,
) -> None:
    """Grade `pending` and keep every result as soon as it is there."""
    with closing(engine(pending)) as outcomes:
        for attempt, outcome in outcomes:
            graded = outcome if isinstance(outcome, Graded) else grader_error(loaded, attempt, str(outcome))
            gradebook.record(key, attempt, graded)
            on_result()


def in_slots(setup: Setup, attempts: Sequence[Attempt], count: int) -> Outcomes:
    """The reports of `attempts`, graded in `count` processes, in the order in which they are ready.

    A submission during which its slot ends gets a second try in a fresh one.
    """
    queue = deque(attempts)
    tried: set[Attempt] = set()
    busy: dict[Slot, Attempt] = {}
    slots = [Slot(setup, number) for number in range(min(count, len(queue)))]
    try:
        for slot in slots:
            slot.greet()
        while queue or busy:
            _hand_out(queue, slots, busy)
            for slot in _answered(busy):
                attempt, outcome = busy.pop(slot), _outcome(slot)
                if isinstance(outcome, Graded) or attempt in tried:
                    yield attempt, outcome
                else:
                    tried.add(attempt)
                    queue.append(attempt)
    finally:
        for slot in slots:
            slot.close()


def grader_error(loaded: Assignment, attempt: Attempt, detail: str) -> Graded:
    """The report of a submission on which the grader failed: no score, and for staff what happened."""
    exercises = tuple(ExerciseResult(e.name, _grader_errors(e, detail)) for e in loaded.exercises)
    provenance = {"kit": KIT_VERSION, "checks": loaded.digest}
    report = Report(loaded.name, attempt.student, exercises, provenance=provenance)
    return Graded(render.report_json(report), render.report_json(report, staff=True))


def _grader_errors(exercise: Exercise, detail: str) -> tuple[CheckResult, ...]:
    verdicts = (Verdict(check, GRADER_ERROR, GRADER_ERROR, detail) for check in exercise.checks)
    return tuple(CheckResult.of(verdict) for verdict in verdicts)


def _attempt(entry: Entry, limits: Limits) -> Attempt:
    path = None if entry.path is None else entry.path.absolute()
    digest = "" if path is None else file_digest(path, limits)
    identity = (_storable(entry.student), _storable(entry.name), entry.attempt)
    return Attempt(*identity, path, digest, entry.problem, entry.note)


def _storable(text: str) -> str:
    """`text` with what is no Unicode (names of files may be any bytes) written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _digest(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def _hand_out(queue: deque[Attempt], slots: Sequence[Slot], busy: dict[Slot, Attempt]) -> None:
    for slot in slots:
        if queue and slot not in busy:
            busy[slot] = attempt = queue.popleft()
            slot.send(attempt.path or Path(), attempt.student)


def _answered(busy: Collection[Slot]) -> list[Slot]:
    """The slots that have answered or ended; waits for the first one, and ends those that are stuck."""
    patience = min(slot.overdue for slot in busy) - time.monotonic()
    with selectors.DefaultSelector() as selector:
        for slot in busy:
            selector.register(slot, selectors.EVENT_READ, slot)
        ready: list[Slot] = [key.data for key, _ in selector.select(max(0.0, patience))]
    for slot in busy:
        if slot not in ready and slot.overdue <= time.monotonic():
            slot.kill()
    return ready


def _outcome(slot: Slot) -> Graded | SlotEnded:
    try:
        return slot.receive()
    except SlotEnded as ended:
        slot.restart()
        return ended
