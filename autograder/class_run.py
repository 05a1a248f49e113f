"""What the commands that grade a class were told: which homework, where the gradebook is and where files go."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import click

from autograder import assignment, classroom, secret
from autograder.assignment import Assignment
from autograder.classroom import Outcomes
from autograder.errors import KitError
from autograder.gradebook import Attempt, Key
from autograder.limits import Limits
from autograder.slots import Setup

REPORTS = Path("reports")
PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Run:
    """What both commands were told about grading; None stands for the default."""

    homework: str
    out: Path | None
    gradebook: Path | None
    slots: int | None
    scheduler: str | None
    trust: bool
    fresh: bool

    @cached_property
    def loaded(self) -> Assignment:
        """The homework."""
        return assignment.load(self.homework)

    @property
    def limits(self) -> Limits:
        """What a submission may use."""
        return replace(Limits(), **self.loaded.limits)

    @property
    def key(self) -> Key:
        """What all results of this run have in common."""
        return classroom.key_of(self.loaded, self.limits)

    @property
    def folder(self) -> Path:
        """Where files are written."""
        return self.out or REPORTS / self.loaded.name

    @property
    def book(self) -> Path:
        """The gradebook's file."""
        return self.gradebook or self.folder / "gradebook.sqlite"

    @property
    def secret(self) -> bytes:
        """The homework's secret, also for a class with a folder of its own: the same code meets the same inputs."""
        return secret.read_or_make(self.gradebook.parent if self.gradebook else REPORTS / self.loaded.name)

    def engine(self, attempts: Sequence[Attempt]) -> Outcomes:
        """Grade on the cluster, or in slots of this machine."""
        setup = Setup.of(self.loaded, self.secret, self.limits, trust=self.trust, fresh=self.fresh)
        if self.scheduler is None:
            return classroom.in_slots(setup, attempts, self.slots or _cores())
        try:
            from autograder import cluster
        except ModuleNotFoundError as error:
            raise KitError(f"--scheduler needs the group `cluster` of pyproject.toml ({error})") from error
        return cluster.in_cluster(setup, attempts, self.scheduler)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both commands."""
    for option in (
        click.option("--fresh", is_flag=True, help="A new interpreter for every worker: slower, shares nothing."),
        click.option("--trust-submissions", "trust", is_flag=True, help="Grade even where nothing can be isolated."),
        click.option("--scheduler", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler."),
        click.option(
            "--adjustments",
            "decisions",
            type=PATH,
            help="CSV with the columns student,exercise,score,reason.",
        ),
        click.option("--slots", type=click.IntRange(1, 1024), help="How many are graded at a time (default: cores)."),
        click.option("--gradebook", type=PATH, help="The gradebook (default: gradebook.sqlite where the results go)."),
        click.option("--out", type=PATH, help="Where the results of this class go (default: reports/HOMEWORK)."),
        click.argument("homework"),
    ):
        command = option(command)
    return command


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
