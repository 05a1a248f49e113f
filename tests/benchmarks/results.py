"""What was measured as Markdown: budgets first, then the tables that they come from."""

import re
from collections.abc import Iterable, Mapping, Sequence

from tests.benchmarks import contenders as c
from tests.benchmarks.budgets import NOT_HAD, Budget, Results, budgets, digits, ratio
from tests.benchmarks.growth import Grown
from tests.benchmarks.side_by_side import Measured
from tests.benchmarks.single import CheckTime

COMMAND = "python -m tests.benchmarks"


def markdown(found: Results) -> str:
    """The whole page."""
    blocks = [
        "# Results",
        f"Made by `{COMMAND}` (`--full` adds a class of 10,000, `--quick` is a first look); do not edit.",
        "Contenders take turns on each notebook, so that other work on the machine slows all of them alike: ratios "
        "bear it better than seconds. A load well above 0 before the run means that all seconds are too long, and the "
        "kit's most, because grader and worker take turns and wait for a core each time.",
        _table(["machine", ""], found.machine),
        "## Budgets",
        _table(["what", "budget", "measured", "holds"], map(_budget_row, budgets(found))),
        *_side_by_side(found),
        *_growth(found.growth),
        *_checks(found.checks),
        *_others(found),
    ]
    return "\n\n".join(blocks) + "\n"


def _budget_row(budget: Budget) -> tuple[str, ...]:
    word = {True: "yes", False: "**no**", None: ""}[budget.holds]
    return budget.what, budget.allowed, budget.measured, word


def _side_by_side(found: Results) -> list[str]:
    return [
        "## Side by side",
        f"{len(found.twelve.points[c.WARM])} notebooks of {found.homework} from its bank: solution, untouched, other "
        "styles, mistakes. The kit runs no figure cell that was left as it was; the others run every cell. All run the "
        "public checks; the kit runs the hidden ones too, looks for the mistake, and grades what fails because of an "
        "earlier function once more. MB is the memory of all processes of a contender (PSS) while it grades one "
        "notebook.",
        _contenders(found.twelve, found.missing),
        "The same without any figure cell, on a few of the notebooks:",
        _contenders(found.without_figures, found.missing, seconds_only=True),
        "Public points; the kit's are higher where it graded once more with right versions of earlier functions:",
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
    ratios = [ratio(measured, name, to) for to in (c.WARM, c.COLD)]
    row = (name, f"{measured.median(name):.3f}", f"{fastest:.3f}, {slowest:.3f}", *map(digits, ratios))
    return row[:4] if seconds_only else (*row, _megabytes(measured, name))


def _megabytes(measured: Measured, name: str) -> str:
    peaks = measured.peaks.get(name)
    return f"{peaks.together:.0f}" + (" or more" if peaks.unreadable else "") if peaks else ""


def _points(measured: Measured) -> str:
    names = [name for name in (c.WARM, c.FLOOR, c.OTTER_WARM, c.NBGRADER_WARM) if name in measured.points]
    rows = [
        (notebook, *(f"{measured.points[name].get(notebook, float('nan')):g}" for name in names))
        for notebook in measured.points[c.WARM]
    ]
    return _table(["notebook", *(re.split(r"[:,(]", name)[0].strip() for name in names)], rows)


def _growth(growth: Sequence[Grown]) -> list[str]:
    head = ["submissions", "seconds in all", "seconds of a core each", "grader MB", "zygote MB", "worker's own MB"]
    rows = [
        (_class(g), f"{g.seconds:.1f}", f"{g.each:.3f}", *(f"{mb:.1f}" for mb in _memories(g)), f"{g.writing:.1f}",
         f"{g.page_bytes / 1000:.0f} kB in {g.page_seconds:.2f} s")
        for g in growth
    ]  # fmt: skip
    return [
        "## Classes of growing size",
        "Answers of the bank drawn at random with a fixed seed, one in ten wrong; all cores. From the folder to "
        "the gradebook; then the files. A hostile notebook loops, ends its process, forks, takes all memory or prints "
        "without end before its answers come. Memory is the largest resident size of one slot's processes; what the "
        "process that holds the gradebook has at the end includes every result, for the pages.",
        _table([*head, "holder MB", "files, s", "class page"], rows),
    ]


def _class(grown: Grown) -> str:
    return f"{grown.count:,}" + (f", one in {grown.every} hostile" if grown.every else "")


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


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
