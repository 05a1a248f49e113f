"""Classes of growing size, graded as `make grade` does it: seconds and memory a submission, and the class's page."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import class_files, class_page, classroom, layouts, pages
from autograder.assignment import Assignment
from autograder.classroom import Outcomes
from autograder.gradebook import Attempt, Gradebook, StudentResult
from autograder.slots import Setup
from tests.benchmarks import machine, notebooks
from tests.benchmarks.contenders import SECRET, limits_of
from tests.benchmarks.processes import Peaks, resident, sample

LOOKS = 40  # at the memory, in a run


@dataclass(frozen=True)
class Grown:
    """What a class of one size took."""

    count: int
    every: int  # so many are there for one hostile notebook; 0: there is none
    seconds: float  # from a folder of notebooks to the gradebook
    each: float  # seconds of one core for a submission, once the slots are ready
    writing: float  # seconds for the table, the class's page and all students' pages
    peaks: Peaks
    holder: float  # MB of the process that holds the gradebook, at the end
    page_bytes: int
    page_seconds: float


def grow(loaded: Assignment, count: int, folder: Path, every: int = 0) -> Grown:
    """Make a class of `count`, one in `every` of them hostile, grade it, write its files."""
    notebooks.made_up_class(loaded, folder / "submissions", count, every)
    peaks, times, slots = Peaks(), [time.perf_counter()], min(machine.cores(), count)
    limits, started = limits_of(loaded), time.perf_counter()
    with Gradebook(folder / "gradebook.sqlite") as book:
        found = layouts.find(folder / "submissions", homework=loaded.homework.short, limits=limits)
        book.enrol(loaded.name, classroom.attempts_of(found.entries, limits))
        key = classroom.key_of(loaded, limits)

        def engine(attempts: Sequence[Attempt]) -> Outcomes:
            return classroom.in_slots(Setup.of(loaded, SECRET, limits), attempts, slots)

        def on_result() -> None:
            times.append(time.perf_counter())
            if len(times) % max(1, count // LOOKS) == 0:
                sample(peaks)

        classroom.grade(book, loaded, key, engine, book.pending(key), on_result=on_result)
        results, graded = book.results(loaded), time.perf_counter()
    class_files.write(results, loaded, folder / "out")
    written, (size, seconds) = time.perf_counter(), _page(results, loaded)
    each = slots * (times[-1] - times[1]) / (count - 1)
    return Grown(
        count, every, graded - started, each, written - graded, peaks, resident(os.getpid()), size, seconds
    )  # fmt: skip


def _page(results: Sequence[StudentResult], loaded: Assignment) -> tuple[int, float]:
    """Bytes of the class's page and seconds to make it."""
    started = time.perf_counter()
    page = class_page.class_page(results, loaded.name, pages.sources(loaded))
    return len(page.encode()), time.perf_counter() - started
