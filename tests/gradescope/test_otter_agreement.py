"""otter's results for Gradescope from the same public checks on the same notebooks: names, points and verdicts."""

import json
import warnings

import pytest

from autograder import results_json
from autograder.engine import Job, open_grader
from autograder.isolation import choose, this_machine
from autograder.limits import Limits
from tests.gradescope import submissions as made

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of a package that otter imports
    from otter.run.run_autograder.autograder_config import AutograderConfig
    from otter.test_files import GradingResults, create_test_file

WRONG = ("graph_backprop", "numerical_gradient", "relative_error", "two_neuron_gradients")  # nothing else calls these


@pytest.fixture(scope="module")
def grader(loaded):
    """The engine; without isolation where there is none, as all that is graded here is ours."""
    trust = not choose(this_machine(), trust=True).isolated
    with open_grader(lambda: Job(loaded, bytes(32), Limits(**loaded.limits)), trust=trust) as one:
        yield one


def _notebook(loaded, which):
    solution = json.loads(loaded.homework.solution_notebook.read_text("utf-8"))
    if which == "solution":
        return solution
    if which == "untouched":
        return json.loads(loaded.homework.notebook.read_text("utf-8"))
    return made.with_answer(solution, loaded.wrongs[which][0])


def _ours(grader, notebook, path):
    path.write_bytes(made.encoded(notebook))
    results = results_json.graded(grader.grade(path), hidden="hidden", seconds=0)
    public = [test for test in results["tests"] if test["visibility"] == "visible"]
    return {test["name"]: (test["score"], test["max_score"], test["status"] == "passed") for test in public}


def _otters(loaded, notebook):
    """Run the notebook here, as otter does, and its test files on what it defines."""
    environment = _run(notebook)
    files = [create_test_file(str(_tests(loaded) / f"{e.name}.py"), None) for e in loaded.exercises]
    for file in files:
        file.run(environment)
    return GradingResults(files)


def _tests(loaded):
    return loaded.homework.notebook.parent / "tests"


def _run(notebook):
    """What the notebook defines; otter's own object is left out, and so are figures, which nothing later needs."""
    environment = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        role = cell["metadata"].get("kit", {}).get("role")
        if cell["cell_type"] == "code" and role not in ("figure", "check"):
            source = "".join(cell["source"])
            exec(source.replace("import otter", "").replace("grader = otter.Notebook()", ""), environment)  # noqa: S102
    return environment


@pytest.mark.parametrize("which", ["solution", "untouched", *WRONG])
def test_otter_has_the_same_names_points_and_verdicts(loaded, grader, tmp_path, monkeypatch, which):
    """Every test case of otter is a test of ours; every question's points are the sums of ours."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    notebook = _notebook(loaded, which)

    ours, theirs = _ours(grader, notebook, tmp_path / "hw3.ipynb"), _otters(loaded, notebook)

    cases = {
        results_json.title(name, case.test_case.name): (
            case.test_case.points if case.passed else 0,
            case.test_case.points,
            case.passed,
        )
        for name in theirs.test_files
        for case in theirs.get_result(name).test_case_results
    }
    assert ours == cases
    questions = {test["name"]: test for test in theirs.to_gradescope_dict(AutograderConfig())["tests"]}
    for exercise in loaded.exercises:
        own = [value for name, value in ours.items() if name.startswith(f"{exercise.name}: ")]
        assert questions[exercise.name]["score"] == sum(score for score, _, _ in own)
        assert questions[exercise.name]["max_score"] == sum(most for _, most, _ in own)
    assert (questions["Public Tests"]["status"] == "passed") == all(passed for _, _, passed in ours.values())


def test_what_is_compared_is_not_empty(loaded):
    """Every exercise has a test file, and otter finds cases in it."""
    found = _otters(loaded, _notebook(loaded, "untouched"))

    assert {name: len(found.get_result(name).test_cases) for name in found.test_files} == {
        exercise.name: len(exercise.public) for exercise in loaded.exercises
    }
