"""Measures everything in one run and writes the tables: `python -m tests.benchmarks`.

The first run makes an environment for each other grader below `.bench/` (from `requirements-*.txt`; it needs the
package index). What cannot be had here is said in the tables, with the reason.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click

from autograder import assignment
from autograder.assignment import Assignment
from tests.benchmarks import contenders, growth, machine, notebooks, single
from tests.benchmarks.budgets import Results
from tests.benchmarks.contenders import Contender
from tests.benchmarks.environments import Environment, Unavailable, environment
from tests.benchmarks.growth import Grown
from tests.benchmarks.results import markdown
from tests.benchmarks.side_by_side import FEW, measure
from tests.benchmarks.single import CheckTime

Made = TypeVar("Made")
SIZES, QUICK_SIZES, LARGEST = (10, 100, 1000), (10, 100), 10_000
ONE_IN = 20  # of the last class is hostile
WITHOUT_FIGURES = (contenders.WARM, contenders.FLOOR, contenders.OTTER_WARM, contenders.NBGRADER_WARM)


@click.command()
@click.option("--homework", default="hw3_backprop", show_default=True)
@click.option("--repeats", default=1, show_default=True, help="How often each notebook goes round.")
@click.option("--full", is_flag=True, help=f"A class of {LARGEST:,} as well.")
@click.option("--quick", is_flag=True, help=f"{FEW} notebooks and small classes: a first look.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(__file__).with_name("RESULTS.md"))
def main(homework: str, repeats: int, full: bool, quick: bool, out: Path) -> None:
    """Measure the kit beside other graders and write the tables."""
    load, sizes = machine.load(), (QUICK_SIZES if quick else SIZES) + ((LARGEST,) if full else ())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = Bench(assignment.load(homework), Path(folder)).results(repeats, sizes, FEW if quick else 12)
    found.machine.append(("load before, after", f"{load:.1f}, {machine.load():.1f}"))
    out.write_text(markdown(found), "utf-8")
    click.echo(markdown(found))


@dataclass
class Bench:
    """One run, in a folder of its own."""

    loaded: Assignment
    folder: Path
    environments: dict[str, Environment] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def results(self, repeats: int, sizes: tuple[int, ...], count: int) -> Results:
        """Measure everything, on `count` of the twelve notebooks."""
        twelve = notebooks.twelve(self.loaded, self.folder / "twelve")
        twelve = twelve[:: len(twelve) // count]
        plain = notebooks.without_figures(twelve[:: len(twelve) // FEW], self.folder / "plain")
        kit_zip, packages = single.gradescope_zip(self.loaded, self.folder)
        self._try("packages of the kit's zip", lambda: self._environment("kit", packages))
        everybody = [*contenders.kit(self.loaded), *self._otter(), *self._nbgrader([*twelve, *plain])]
        few = [one for one in everybody if one.name in WITHOUT_FIGURES]
        return Results(
            homework=self.loaded.name,
            machine=machine.description(),
            twelve=measure(everybody, twelve, repeats),
            without_figures=measure(few, plain, repeats, memory=False),
            growth=[*(self._grown(count) for count in sizes), self._grown(sizes[-1], ONE_IN)],
            checks=self._checks(),
            builds=single.build_times(self.folder / "checkout"),
            kit_zip=kit_zip,
            otter_zip=self._otter_zip.stat().st_size if self._otter_zip.exists() else None,
            environments=self.environments,
            missing=self.missing,
        )

    def _otter(self) -> list[Contender]:
        def open_up() -> list[Contender]:
            found = self._environment("otter")
            self._otter_zip.parent.mkdir()
            return contenders.otter(found, contenders.otter_zip(found, self.loaded, self._otter_zip))

        return self._try("otter", open_up) or []

    def _nbgrader(self, submissions: list[Path]) -> list[Contender]:
        def open_up() -> list[Contender]:
            found = self._environment("nbgrader")
            course = contenders.nbgrader_course(found, self.loaded, submissions, self.folder / "course")
            return contenders.nbgrader(found, course)

        return self._try("nbgrader", open_up) or []

    def _grown(self, count: int, every: int = 0) -> Grown:
        print(f"a class of {count:,}", file=sys.stderr, flush=True)
        return growth.grow(self.loaded, count, self.folder / f"class{count}-{every}", every)

    def _checks(self) -> list[CheckTime]:
        if "otter" not in self.environments:
            return []
        return single.checks_in_notebook(self.loaded, self.environments["otter"], self.folder / "notebook")

    @property
    def _otter_zip(self) -> Path:
        return self.folder / "otter" / "autograder.zip"

    def _environment(self, name: str, requirements: Path | None = None) -> Environment:
        self.environments[name] = environment(name, requirements)
        return self.environments[name]

    def _try(self, what: str, action: Callable[[], Made]) -> Made | None:
        """What `action` makes; where it cannot, the reason is kept for the tables."""
        try:
            return action()
        except (Unavailable, RuntimeError) as error:
            self.missing[what] = str(error)
            return None


if __name__ == "__main__":
    main()
