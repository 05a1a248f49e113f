"""Every contender on every notebook, one after the other, so that what else the machine does hits all alike.

A ratio is the median over notebooks of a contender's seconds by the kit's for the same notebook, minutes apart at most.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.contenders import Contender, Grade
from tests.benchmarks.environments import Unavailable
from tests.benchmarks.processes import Peaks, Sampler

FEW = 3


@dataclass
class Measured:
    """Seconds and points by contender and notebook, the peaks of memory, and why a contender is missing."""

    seconds: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    points: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    peaks: dict[str, Peaks] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def median(self, name: str) -> float:
        """Seconds for a notebook."""
        return statistics.median(second for samples in self.seconds[name].values() for second in samples)

    def spread(self, name: str) -> tuple[float, float]:
        """The fastest and the slowest."""
        samples = [second for samples in self.seconds[name].values() for second in samples]
        return min(samples), max(samples)

    def ratio(self, name: str, to: str) -> float:
        """How many times as long `name` takes as `to`."""
        both = [notebook for notebook in self.seconds[name] if notebook in self.seconds[to]]
        return statistics.median(
            statistics.median(self.seconds[name][notebook]) / statistics.median(self.seconds[to][notebook])
            for notebook in both
        )


def measure(
    contenders: Sequence[Contender], notebooks: Sequence[Path], repeats: int, *, memory: bool = True
) -> Measured:
    """Time all contenders, then look at each one's memory by itself."""
    measured = Measured()
    with ExitStack() as stack:
        opened = [(one, grade) for one in contenders if (grade := _opened(one, notebooks[0], stack, measured))]
        for repeat in range(repeats):
            for place, notebook in enumerate(notebooks):
                _tell(f"repeat {repeat + 1} of {repeats}, notebook {place + 1} of {len(notebooks)}")
                for one, grade in opened:
                    if not one.some or place % (len(notebooks) // FEW) == 0:
                        _time(one, grade, notebook, measured)
    for one, _ in opened if memory else ():
        _tell(f"memory of {one.name}")
        with Sampler() as measured.peaks[one.name], one.open() as grade:
            grade(notebooks[0])
    return measured


def _opened(one: Contender, warm_up: Path, stack: ExitStack, measured: Measured) -> Grade | None:
    try:
        grade: Grade = stack.enter_context(one.open())
        grade(warm_up)
    except (RuntimeError, OSError, Unavailable) as error:
        measured.missing[one.name] = str(error)
        return None
    return grade


def _time(one: Contender, grade: Grade, notebook: Path, measured: Measured) -> None:
    for _ in range(one.often):
        started = time.perf_counter()
        points = grade(notebook)
        measured.seconds[one.name][notebook.stem].append(time.perf_counter() - started)
        if points is not None:
            measured.points[one.name][notebook.stem] = points


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
