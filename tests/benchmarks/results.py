"""What was measured as Markdown: budgets first, then the tables that they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import contenders as c
from tests.benchmarks.environments import Environment
from tests.benchmarks.growth import Grown
from tests.benchmarks.side_by_side import Measured
from tests.benchmarks.single import CheckTime

COMMAND = "python -m tests.benchmarks"
FLAT_MB = 5.0
WARM_PEERS, COLD_PEERS = (c.OTTER_WARM, c.NBGRADER_WARM), (c.OTTER_COLD, c.NBGRADER_COLD)
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


def markdown(found: Results) -> str:
    """The whole page."""
    blocks = [
        "# Results",
        f"Made by `{COMMAND}` (`--full` adds the class of 10,000); do not edit. Homework: {found.homework}.",
        "Contenders take turns on each notebook, so that other work on the machine slows all of them alike: ratios "
        "bear it better than seconds. A load well above 0 before the run means that the seconds are too long.",
        _table(["machine", ""], found.machine),
        "## Budgets",
        _table(["what", "budget", "measured", "holds"], map(_budget_row, budgets(found))),
        *_side_by_side(found),
        *_growth(found.growth),
        *_checks(found.checks),
        *_others(found),
    ]
    return "\n\n".join(blocks) + "\n"


def budgets(found: Results) -> list[Budget]:
    """The budgets, in the order of DESIGN.md."""
    twelve = found.twelve
    return [
        _at_most("class grading, seconds per submission and core", 0.10, _median(twelve, c.WARM), "s"),
        _at_least("... times as fast as `otter.api.grade_submission`", 30, _ratio(twelve, c.OTTER_WARM, c.WARM)),
        _at_least("... times as fast as `nbgrader autograde`", 15, _ratio(twelve, c.NBGRADER_WARM, c.WARM)),
        _at_most("one submission, cold", 0.8, _median(twelve, c.COLD), "s"),
        _at_least("... times as fast as `otter run`", 6, _ratio(twelve, c.OTTER_COLD, c.COLD)),
        _at_most("class grading by the floor", 3, _ratio(twelve, c.WARM, c.FLOOR), "x"),
        _at_most("a worker's memory beyond its zygote's", 40, _worker(found), "MB"),
        _flat(found.growth),
        _at_most("`grader.check` besides the exercise (slowest)", 20, 1000 * _slowest(found.checks), "ms"),
        _at_most("build of all homeworks", 60, _built(found.builds), "s"),
        Budget("`make test` on 2 cores", "<= 6 minutes", "`time make test` tells", None),
        *_page_budgets(found.growth),
    ]


# ---- budgets --------------------------------------------------------------------------------------------------


def _at_most(what: str, most: float, measured: float | None, unit: str) -> Budget:
    shown = NOT_HAD if measured is None else f"{_digits(measured)} {unit}"
    return Budget(what, f"<= {most:g} {unit}", shown, None if measured is None else measured <= most)


def _at_least(what: str, least: float, measured: float | None) -> Budget:
    shown = NOT_HAD if measured is None else f"{_digits(measured)} x"
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


def _ratio(measured: Measured, name: str, to: str) -> float | None:
    return measured.ratio(name, to) if {name, to} <= set(measured.seconds) else None


def _worker(found: Results) -> float | None:
    seen = [peaks.worker_private for peaks in (*found.twelve.peaks.values(), *(one.peaks for one in found.growth))]
    return max(seen, default=0.0) or None


def _slowest(checks: Iterable[CheckTime]) -> float:
    return max((check.besides for check in checks), default=0.0)


def _built(builds: Mapping[str, float | str]) -> float:
    return sum(seconds for seconds in builds.values() if isinstance(seconds, float))


def _grader_and_zygote(grown: Grown) -> float:
    return grown.peaks.grader + grown.peaks.zygote


def _budget_row(budget: Budget) -> tuple[str, ...]:
    word = {True: "yes", False: "**no**", None: ""}[budget.holds]
    return budget.what, budget.allowed, budget.measured, word


# ---- tables ---------------------------------------------------------------------------------------------------


def _side_by_side(found: Results) -> list[str]:
    return [
        "## Side by side",
        "Twelve notebooks of the bank (the solution, an untouched one, three other styles, seven with mistakes). The "
        "kit runs no figure cell that was left as it was; the others run every cell. All run the public checks; the "
        "kit runs the hidden ones too, looks for the mistake, and grades what fails because of an earlier function "
        "once more. MB is the memory of all processes of a contender (PSS) while it grades one notebook.",
        _contenders(found.twelve, found.missing),
        "The same without any figure cell, on a few of the notebooks:",
        _contenders(found.without_figures, found.missing, seconds_only=True),
        "Public points: they differ exactly where the kit grades once more with right versions of earlier functions.",
        _points(found.twelve),
    ]


def _contenders(measured: Measured, missing: Mapping[str, str], *, seconds_only: bool = False) -> str:
    rows = [_contender(measured, name, seconds_only) for name in measured.seconds]
    if not seconds_only:
        rows += [(name, f"not here: {why}", "", "", "", "") for name, why in {**measured.missing, **missing}.items()]
    head = ["", "seconds", "fastest, slowest", "x kit, class", "x kit, cold", "MB"]
    return _table(head[:4] if seconds_only else head, rows)


def _contender(measured: Measured, name: str, seconds_only: bool) -> tuple[str, ...]:
    fastest, slowest = measured.spread(name)
    ratios = [_ratio(measured, name, to) for to in (c.WARM, c.COLD)]
    row = (name, f"{measured.median(name):.3f}", f"{fastest:.3f}, {slowest:.3f}", *map(_digits, ratios))
    return row[:4] if seconds_only else (*row, _megabytes(measured, name))


def _megabytes(measured: Measured, name: str) -> str:
    peaks = measured.peaks.get(name)
    return f"{peaks.together:.0f}" + (" or more" if peaks.unreadable else "") if peaks else ""


def _points(measured: Measured) -> str:
    names = [name for name in (c.WARM, c.FLOOR, *WARM_PEERS) if name in measured.points]
    rows = [
        (notebook, *(f"{measured.points[name].get(notebook, float('nan')):g}" for name in names))
        for notebook in measured.points[c.WARM]
    ]
    return _table(["notebook", *(name.split(":")[0] for name in names)], rows)


def _growth(growth: Sequence[Grown]) -> list[str]:
    head = ["submissions", "seconds in all", "seconds of a core each", "grader MB", "zygote MB", "worker's own MB"]
    rows = [
        (f"{g.count:,}", f"{g.seconds:.1f}", f"{g.each:.3f}", *(f"{mb:.1f}" for mb in _memories(g)), f"{g.writing:.1f}",
         f"{g.page_bytes / 1000:.0f} kB in {g.page_seconds:.2f} s")
        for g in growth
    ]  # fmt: skip
    return [
        "## Classes of growing size",
        "Answers of the bank drawn at random with a fixed seed, one in ten wrong; all cores. From the folder to "
        "the gradebook; then the files. Memory is the largest resident size of one slot's processes; what the process "
        "that holds the gradebook has at the end includes every result, for the pages.",
        _table([*head, "holder MB", "files, s", "class page"], rows),
    ]


def _memories(grown: Grown) -> tuple[float, ...]:
    return grown.peaks.grader, grown.peaks.zygote, grown.peaks.worker_private, grown.holder


def _checks(checks: Sequence[CheckTime]) -> list[str]:
    rows = [
        (check.exercise, f"{1000 * check.seconds:.1f}", f"{1000 * check.own:.2f}", f"{1000 * check.besides:.1f}")
        for check in checks
    ]
    head = ["`grader.check`", "ms", "in the student's function", "besides"]
    return ["## In the notebook", "otter in the same process, the solution's functions.", _table(head, rows)]


def _others(found: Results) -> list[str]:
    builds = [(name, f"{s:.2f} s" if isinstance(s, float) else f"not built: {s}") for name, s in found.builds.items()]
    zips = [("this kit", f"{found.kit_zip / 1000:.0f} kB", *_installed(found, "kit")), _otters_zip(found)]
    return [
        "## Building",
        _table(["homework", "`python -m autograder build`"], builds),
        "## The zip for Gradescope",
        "What has to be installed: pip packages for the kit. `otter generate` asks for Miniforge and a conda "
        "environment; here, its pip packages alone, so that its numbers are lower bounds.",
        _table(["", "zip", "installed", "seconds to install, here"], zips),
    ]


def _otters_zip(found: Results) -> tuple[str, ...]:
    size = NOT_HAD if found.otter_zip is None else f"{found.otter_zip / 1000:.0f} kB"
    return "`otter generate`, the same public checks", size, *_installed(found, "otter")


def _installed(found: Results, name: str) -> tuple[str, str]:
    made = found.environments.get(name)
    return (f"{made.megabytes:.0f} MB", f"{made.seconds:.0f}") if made else (NOT_HAD, "")


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
