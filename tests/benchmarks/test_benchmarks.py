"""The parts of the benchmark that the meaning of its numbers hangs on."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from autograder import assignment
from autograder.assignment import Assignment
from tests.benchmarks import contenders, course, environments, notebooks
from tests.benchmarks.budgets import Results, budgets
from tests.benchmarks.contenders import COLD, FLOOR, NO_ISOLATION, OTTER_WARM, WARM, Contender
from tests.benchmarks.environments import Unavailable
from tests.benchmarks.processes import Sampler
from tests.benchmarks.results import markdown
from tests.benchmarks.side_by_side import Measured, measure

MEGABYTES = 60


@pytest.fixture(scope="module")
def hw3() -> Assignment:
    return assignment.load("hw3")


@pytest.fixture
def solution(hw3, tmp_path) -> Path:
    """The solved notebook without figures."""
    (copy,) = notebooks.without_figures([hw3.homework.solution_notebook], tmp_path / "plain")
    return copy


def public_points(loaded: Assignment) -> float:
    return sum(check.points for exercise in loaded.exercises for check in exercise.public)


# ---- notebooks ------------------------------------------------------------------------------------------------


def test_twelve_notebooks_are_twelve_different_ones(hw3, tmp_path):
    """No two of the twelve have the same text."""
    written = notebooks.twelve(hw3, tmp_path / "twelve")

    assert len({path.read_bytes() for path in written}) == 12


def test_a_larger_class_begins_with_the_smaller_one(hw3, tmp_path):
    """The seed is fixed, so that classes of growing size are comparable and can be made again."""
    for count in (3, 5):
        notebooks.made_up_class(hw3, tmp_path / str(count), count)

    small, large = (sorted((tmp_path / str(count)).iterdir()) for count in (3, 5))
    assert [path.read_bytes() for path in small] == [path.read_bytes() for path in large[:3]]
    assert len({path.read_bytes() for path in large}) == 5


def test_without_figures_every_other_cell_stays(hw3, solution):
    """A figure cell is left out, an exercise is not."""
    kept = {cell["id"] for cell in json.loads(solution.read_text())["cells"]}

    assert kept == {
        cell["id"]
        for cell in json.loads(hw3.homework.solution_notebook.read_text())["cells"]
        if cell["metadata"]["kit"]["role"] != "figure"
    }


# ---- the course for nbgrader ----------------------------------------------------------------------------------


def cells_of(loaded: Assignment, notebook: Path) -> list[tuple[float, str]]:
    """Points (of test cells) and text of the code cells of a converted notebook."""
    cells = [cell for cell in course.converted(loaded, notebook)["cells"] if cell["cell_type"] == "code"]
    return [(cell["metadata"].get("nbgrader", {}).get("points", 0), "".join(cell["source"])) for cell in cells]


def earned(cells: list[tuple[float, str]]) -> float:
    """The points of the test cells that run through, as nbgrader gives them."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    total = 0.0
    for points, source in cells:
        with suppress(AssertionError, NotImplementedError):
            exec(source, namespace)  # noqa: S102  the solution of the homework
            total += points
    return total


def test_course_has_the_points_of_the_public_checks(hw3, solution):
    """Every public check is a test cell with its points."""
    cells = cells_of(hw3, solution)

    assert sum(points for points, _ in cells) == public_points(hw3)
    assert sum(points > 0 for points, _ in cells) == sum(len(exercise.public) for exercise in hw3.exercises)


def test_solution_earns_everything_in_the_course_and_a_stub_nothing(hw3, solution, tmp_path):
    """The assertions are those of the public checks."""
    (stub,) = notebooks.without_figures([hw3.homework.notebook], tmp_path / "stub")

    assert earned(cells_of(hw3, solution)) == public_points(hw3)
    assert earned(cells_of(hw3, stub)) == 0


# ---- measuring ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [FLOOR, NO_ISOLATION])
def test_what_runs_without_isolation_gives_the_same_points(hw3, solution, name):
    """The floor does run the cells and the checks."""
    (contender,) = [one for one in contenders.kit(hw3) if one.name == name]

    with contender.open() as grade:
        assert grade(solution) == public_points(hw3)
        assert grade(hw3.homework.notebook) == 0


def made_up(seconds: dict[str, dict[str, list[float]]]) -> Measured:
    measured = Measured()
    for name, samples in seconds.items():
        measured.seconds[name].update(samples)
        measured.points[name].update(dict.fromkeys(samples, 1.0))
    return measured


def test_ratio_compares_notebook_by_notebook():
    """Of 2, 3 and 10 times as long on three notebooks the median is 3, whatever these took."""
    measured = made_up({"slow": {"a": [2.0], "b": [9.0], "c": [1.0]}, "fast": {"a": [1.0], "b": [3.0], "c": [0.1]}})

    assert measured.ratio("slow", "fast") == pytest.approx(3)
    assert measured.median("slow") == 2


def test_ratio_leaves_out_notebooks_that_only_one_has_graded():
    """A contender that graded a few notebooks is compared on these."""
    measured = made_up({"slow": {"a": [8.0]}, "fast": {"a": [2.0], "b": [1.0]}})

    assert measured.ratio("slow", "fast") == 4


def test_every_contender_grades_every_notebook_and_one_that_cannot_is_named(tmp_path):
    """A contender that fails is left out with its reason; a slow one grades a few notebooks."""
    graded = []

    class Here:
        def __enter__(self):
            return lambda path: graded.append(path.stem)

        def __exit__(self, *error):
            pass

    class Broken(Here):
        def __enter__(self):
            raise Unavailable("no such program")

    paths = [tmp_path / f"{letter}.ipynb" for letter in "abcdefgh"]
    everybody = [Contender("here", Here, often=2), Contender("slow", Here, some=True), Contender("broken", Broken)]

    measured = measure(everybody, paths, repeats=1, memory=False)

    assert measured.missing == {"broken": "no such program"}
    assert {name: len(samples) for name, samples in measured.seconds["here"].items()} == dict.fromkeys("abcdefgh", 2)
    assert list(measured.seconds["slow"]) == list("aceg")


def test_memory_of_a_process_that_was_started_is_seen():
    """What a child holds counts, what it holds no more counts as well."""
    hold = f"held = bytearray({MEGABYTES << 20}); held[:] = b'x' * len(held); import time; time.sleep(0.3)"
    with Sampler() as peaks:
        subprocess.run([sys.executable, "-c", hold], check=True)  # noqa: S603  our own interpreter

    assert peaks.together > MEGABYTES


# ---- tables ---------------------------------------------------------------------------------------------------


def results(twelve: Measured) -> Results:
    missing = {"nbgrader": "cannot be installed here: no network"}
    return Results("hw3", [("date", "today")], twelve, Measured(), [], [], {"hw3": 61.0}, 1, None, {}, missing)


def test_budget_holds_up_to_its_border_and_not_beyond():
    """0.1 s is allowed, 61 s to build is not, and what is 30 times as slow is 30 times as slow."""
    twelve = made_up({WARM: {"a": [0.1]}, FLOOR: {"a": [0.02]}, OTTER_WARM: {"a": [3.0]}, COLD: {"a": [0.81]}})

    found = {budget.what: budget.holds for budget in budgets(results(twelve))}

    assert found["class grading, seconds per submission and core"] is True
    assert found["... times as fast as `otter.api.grade_submission`"] is True
    assert found["class grading by the floor"] is False
    assert found["one submission, cold"] is False
    assert found["build of all homeworks"] is False


def test_a_missing_peer_is_neither_a_yes_nor_a_no_and_its_reason_is_told():
    """Nothing was measured, so nothing is claimed."""
    found = results(made_up({WARM: {"a": [0.1]}}))

    (budget,) = [one for one in budgets(found) if "nbgrader" in one.what]

    assert budget.holds is None
    assert "cannot be installed here: no network" in markdown(found)


@pytest.mark.slow
def test_an_environment_that_cannot_be_made_says_why(tmp_path, monkeypatch):
    """The reason is the installer's last word."""
    pinned = tmp_path / "requirements.txt"
    pinned.write_text("./there-is-nothing-here\n")
    monkeypatch.setattr(environments, "CACHE", tmp_path / "cache")

    with pytest.raises(Unavailable, match="there-is-nothing-here"):
        environments.environment("nothing", pinned)

    assert not (tmp_path / "cache" / "nothing").exists()
