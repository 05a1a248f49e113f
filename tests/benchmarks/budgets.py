"""The budgets of DESIGN.md, section 7, and whether what one run measured keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import contenders as c
from tests.benchmarks.environments import Environment
from tests.benchmarks.growth import Grown
from tests.benchmarks.side_by_side import Measured
from tests.benchmarks.single import CheckTime

FLAT_MB = 10.0  # what the allocator keeps in fragments; it settles within about a thousand submissions of a slot
NOT_HAD = "not measured"


@dataclass
class Results:
    """Everything that one run measured."""

    homework: str
    machine: list[tuple[str, str]]
    twelve: Measured
    without_figures: Measured
    growth: list[Grown]
    checks: list[CheckTime]
    builds: Mapping[str, float | str]
    kit_zip: int
    otter_zip: int | None
    environments: Mapping[str, Environment]
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Budget:
    """A line of DESIGN.md, section 7, and what was measured; None where it was not."""

    what: str
    allowed: str
    measured: str
    holds: bool | None


def budgets(found: Results) -> list[Budget]:
    """The budgets, in the order of DESIGN.md."""
    twelve = found.twelve
    return [
        _at_most("class grading, seconds per submission and core", 0.10, _median(twelve, c.WARM), "s"),
        _at_least("... times as fast as `otter.api.grade_submission`", 30, ratio(twelve, c.OTTER_WARM, c.WARM)),
        _at_least("... times as fast as `nbgrader autograde`", 15, ratio(twelve, c.NBGRADER_WARM, c.WARM)),
        _at_most("one submission, cold", 0.8, _median(twelve, c.COLD), "s"),
        _at_least("... times as fast as `otter run`", 6, ratio(twelve, c.OTTER_COLD, c.COLD)),
        _at_most("class grading by the floor", 3, ratio(twelve, c.WARM, c.FLOOR), "x"),
        _at_most("a worker's memory beyond its zygote's", 40, _worker(found), "MB"),
        _flat(found.growth),
        _at_most("`grader.check` besides the exercise (slowest)", 20, _slowest(found.checks), "ms"),
        _at_most("build of all homeworks", 60, _built(found.builds), "s"),
        Budget("`make test` on 2 cores", "<= 6 minutes", "`time make test` tells", None),
        *_page_budgets(found.growth),
    ]


def _at_most(what: str, most: float, measured: float | None, unit: str) -> Budget:
    shown = NOT_HAD if measured is None else f"{digits(measured)} {unit}"
    return Budget(what, f"<= {most:g} {unit}", shown, None if measured is None else measured <= most)


def _at_least(what: str, least: float, measured: float | None) -> Budget:
    shown = NOT_HAD if measured is None else f"{digits(measured)} x"
    return Budget(what, f">= {least:g} x", shown, None if measured is None else measured >= least)


def _flat(growth: Sequence[Grown]) -> Budget:
    what, allowed = "memory is flat: largest class over the one of 100", f"<= {FLAT_MB:g} MB more"
    base = next((one for one in growth if one.count == 100), None)
    if base is None or base is growth[-1]:
        return Budget(what, allowed, NOT_HAD, None)
    more = _grader_and_zygote(growth[-1]) - _grader_and_zygote(base)
    return Budget(what, allowed, f"{more:+.1f} MB at {growth[-1].count:,}", more <= FLAT_MB)


def _page_budgets(growth: Sequence[Grown]) -> list[Budget]:
    grown = next((one for one in growth if one.count == 1000), None)
    size, seconds = (grown.page_bytes / 1000, grown.page_seconds) if grown else (None, None)
    return [
        _at_most("class page of 1,000 students, size", 300, size, "kB"),
        _at_most("class page of 1,000 students, time to make it", 1, seconds, "s"),
    ]


def _median(measured: Measured, name: str) -> float | None:
    return measured.median(name) if name in measured.seconds else None


def ratio(measured: Measured, name: str, to: str) -> float | None:
    """How many times as long `name` takes as `to`; None if one of them is missing."""
    return measured.ratio(name, to) if {name, to} <= set(measured.seconds) else None


def _worker(found: Results) -> float | None:
    peaks = [found.twelve.peaks.get(c.WARM), *(one.peaks for one in found.growth if not one.every)]
    return max((seen.worker_private for seen in peaks if seen), default=0.0) or None


def _slowest(checks: Iterable[CheckTime]) -> float | None:
    return max((1000 * check.besides for check in checks), default=None)


def _built(builds: Mapping[str, float | str]) -> float:
    return sum(seconds for seconds in builds.values() if isinstance(seconds, float))


def _grader_and_zygote(grown: Grown) -> float:
    return grown.peaks.grader + grown.peaks.zygote


def digits(value: float | None) -> str:
    """Three digits, or nothing where there is no number."""
    return "" if value is None else f"{value:.3g}"
