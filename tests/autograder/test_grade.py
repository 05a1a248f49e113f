"""One notebook through the whole engine, on a homework of three exercises that is built for the test."""

import json
import textwrap
from dataclasses import replace

import pytest

from autograder import build, selftest
from autograder.assignment import NotebookCell, load
from autograder.grade import Grader
from autograder.limits import Limits
from autograder.render import report_json, report_text
from autograder.submission import Cell, Submission

LIMITS = Limits(cell_seconds=2, call_seconds=1, submission_seconds=20)

KEY = '''
"""The answer key of a small homework."""

import numpy as np


def double(x):
    """Twice x.

    >>> double(2)
    4
    """
    # begin answer
    return 2 * x


def quadruple(x):
    """Four times x.

    >>> quadruple(2)
    8
    """
    # begin answer
    return double(double(x))


def total(x):
    """The sum of the entries of x.

    >>> total([1, 2])
    3
    """
    # begin answer
    return np.sum(x)
'''

PUBLIC = '''
import numpy as np
from autograder.check import check
from autograder.compare import equal


@check(points=1)
def doubles_three(double):
    """Twice 3 is 6."""
    equal("double", double(3), 6)


@check(points=1)
def quadruples_three(quadruple):
    """Four times 3 is 12."""
    equal("quadruple", quadruple(3), 12)


@check(points=1)
def adds(total):
    """1 and 2 are 3."""
    equal("total", total(np.array([1.0, 2.0])), 3)
'''

HIDDEN = '''
import numpy as np
from autograder.check import check
from autograder.compare import equal
from autograder.guard import unchanged

LIMITS = {"call_seconds": 1}


@check(points=2)
def doubles_any(double, rng):
    """Twice any number is its sum with itself."""
    x = rng.normal(size=3) + 5
    equal("double", double(x), x + x)


@check(points=1)
def double_leaves_x_alone(double, rng):
    """The argument stays as it was."""
    x = rng.normal(size=3) + 5
    equal("double", unchanged(double, x), x + x)


@check(points=2)
def quadruples_any(quadruple, rng):
    """Four times any number."""
    x = rng.normal(size=3) + 5
    equal("quadruple", quadruple(x), 4 * x)


@check(points=1)
def quadruple_leaves_x_alone(quadruple, rng):
    """The argument stays as it was."""
    x = rng.normal(size=3) + 5
    equal("quadruple", unchanged(quadruple, x), 4 * x)


@check(points=2)
def adds_any(total, rng):
    """The sum of any numbers."""
    x = rng.normal(size=4) + 5
    equal("total", total(x), x @ np.ones(4))


@check(points=1)
def total_leaves_x_alone(total, rng):
    """The argument stays as it was."""
    x = rng.normal(size=4) + 5
    equal("total", unchanged(total, x), x @ np.ones(4))
'''

IMPORTS = "import numpy as np\nfrom autograder.check import {}\nfrom gradekey.numbers import double\n\n\n"

RIGHT = "\n\n".join(
    f'@right("{name}")\ndef {name}_{i}(x):\n    return {body}\n'
    for name, bodies in {
        "double": ["x + x", "x * 2", "np.multiply(x, 2)"],
        "quadruple": ["4 * x", "x + x + x + x", "2 * double(x)"],
        "total": ["np.sum(x)", "sum(x)", "np.asarray(x).sum()"],
    }.items()
    for i, body in enumerate(bodies)
)

WRONG = "\n\n".join(
    f'@wrong("{name}", caught_by="{check}")\ndef {name}_wrong_{i}(x):\n'
    f'    """Try it with {i + 2}. What should come out?"""\n    {body}\n'
    for name, check, bodies in (
        (
            "double",
            "doubles_any",
            ["return x", "return 3 * x", "return x + 2", "return x**2", "x += x\n    return x + 1"],
        ),
        (
            "quadruple",
            "quadruples_any",
            ["return x", "return 3 * x", "return x + 4", "return x**4", "return double(x)"],
        ),
        (
            "total",
            "adds_any",
            ["return x", "return np.mean(x)", "return np.max(x)", "return x[0]", "return np.prod(x)"],
        ),
    )
    for i, body in enumerate(bodies)
)

MASTER = """---
title: "Homework 1: Numbers"
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

# Numbers

```{raw-cell}
:exercise: gradekey.numbers.double
```

Twice and twice again.

```{raw-cell}
:exercise: gradekey.numbers.quadruple
```

```{code-cell} ipython3
:tags: [figure]

print(quadruple(1))
```

```{raw-cell}
:exercise: gradekey.numbers.total
```
"""


@pytest.fixture(scope="module")
def homework(tmp_path_factory):
    """A homework on disk, built."""
    root = tmp_path_factory.mktemp("homework")
    files = {
        "gradekey/__init__.py": "",
        "gradekey/numbers.py": KEY,
        "assignments/hw1_numbers/hw1.md": MASTER,
        "assignments/hw1_numbers/public.py": PUBLIC,
        "solutions/hw1_numbers/hidden.py": HIDDEN,
        "solutions/hw1_numbers/right.py": IMPORTS.format("right") + RIGHT,
        "solutions/hw1_numbers/wrong.py": IMPORTS.format("wrong") + WRONG,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip("\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root))
        build.build("hw1_numbers", root)
        yield load("hw1_numbers", root)


@pytest.fixture(scope="module")
def grader(homework, zygote):
    """A grader of that homework."""
    return Grader(homework, zygote, b"secret", LIMITS, "not tried")


def notebook(**answers):
    """A solution notebook in which some answers are others; None leaves the cell out."""
    sources = {
        "double": "def double(x):\n    return 2 * x",
        "quadruple": "def quadruple(x):\n    return double(double(x))",
        "total": "import numpy as np\ndef total(x):\n    return np.sum(x)",
    } | {name: text if text is None else textwrap.dedent(text) for name, text in answers.items()}
    cells = [text for name, source in sources.items() if source for text in (source, f"grader.check('{name}')")]
    cells = ["import otter\ngrader = otter.Notebook()", *cells]
    return Submission(tuple(Cell(number, "", source) for number, source in enumerate(cells, 1)))


def graded(grader, **answers):
    return grader.grade_cells(notebook(**answers), "ada.ipynb")


def earned(report):
    return {exercise.name: exercise.earned for exercise in report.exercises}


FULL = {"double": 4, "quadruple": 4, "total": 4}


def test_a_right_notebook_earns_everything(grader):
    """Twelve of twelve points."""
    report = graded(grader)

    assert earned(report) == FULL
    assert (report.earned, report.points, report.needs_attention) == (12, 12, "")


def test_the_built_notebooks_earn_all_and_nothing(grader, homework):
    """The solution notebook is right, the stub notebook earns 0 and is not started."""
    solution = grader.grade(homework.homework.solution_notebook)
    stub = grader.grade(homework.homework.notebook)

    assert solution.earned == 12
    assert stub.earned == 0
    assert {check.code for exercise in stub.exercises for check in exercise.checks} == {"NOT_STARTED"}
    assert stub.cells[-1].code == ""


def test_a_mistake_costs_once(grader):
    """quadruple calls double; what is lost in double is not lost again, and the report says so."""
    report = graded(grader, double="def double(x):\n    return 3 * x")

    assert earned(report) == FULL | {"double": 0}
    assert "double: lost once, there" in report.exercises[1].note


def test_two_mistakes_cost_two(grader):
    """A wrong quadruple stays wrong with a right double."""
    report = graded(
        grader, double="def double(x):\n    return 3 * x", quadruple="def quadruple(x):\n    return double(x)"
    )

    assert earned(report) == FULL | {"double": 0, "quadruple": 0}


def test_a_missing_exercise_costs_itself(grader):
    """Without its cell double is not run; quadruple is graded with a right one."""
    report = graded(grader, double=None)

    assert earned(report) == FULL | {"double": 0}
    assert report.exercises[0].status == "NOT_RUN"


def test_a_function_defined_after_its_check_counts(grader):
    """The check cell stands above the definition: it is judged after the last cell."""
    cells = notebook().cells
    order = [cells[0], cells[2], cells[1], *cells[3:]]
    shuffled = Submission(tuple(Cell(i, "", cell.source) for i, cell in enumerate(order, 1)))

    assert grader.grade_cells(shuffled, "x").earned == 12


def test_an_exercise_is_judged_where_its_check_stands(grader):
    """A cell at the end that spoils a function comes too late to matter."""
    found = notebook()
    spoiled = Submission((*found.cells, Cell(99, "", "def double(x):\n    return None")))

    assert earned(grader.grade_cells(spoiled, "x"))["double"] == 4


def test_a_notebook_of_another_homework_earns_nothing(grader):
    """Given code of another homework may define the same functions; the report says what was handed in."""
    report = grader.grade_cells(replace(notebook(), homework="hw2_letters"), "x")

    assert (report.earned, report.needs_attention) == (0, "no notebook")
    assert "the notebook of hw2_letters, not of hw1_numbers" in report.problem


def test_answers_in_a_copy_of_another_notebook_count(grader, homework):
    """A single cell of this homework shows that it is meant."""
    cells = notebook().cells
    own = replace(cells[0], id=next(cell.id for cell in homework.cells))

    assert grader.grade_cells(Submission((own, *cells[1:]), "hw2_letters"), "x").earned == 12


def test_a_cell_in_trouble_is_told_by_its_first_line(grader):
    """Jupyter shows no cell numbers."""
    found = notebook()
    report = grader.grade_cells(Submission((*found.cells, Cell(99, "", "\n# my plot\n1 / 0"))), "x")

    assert "cell 99: ZeroDivisionError: division by zero on line 3: 1 / 0 (the cell begins: # my plot)" in report_text(
        report
    )


def test_a_name_used_again_for_something_else_is_no_mistake(grader):
    """The last cell makes `total` a number: its hidden checks are judged where its check stands."""
    found = notebook()
    spoiled = Submission((*found.cells, Cell(99, "", "total = total([1, 2])\ndouble = quadruple = None")))

    assert earned(grader.grade_cells(spoiled, "x")) == FULL


def test_the_hint_names_the_mistake(grader):
    """An answer that behaves like an entry of the bank gets its hint, at the first check that failed."""
    report = graded(grader, total="import numpy as np\ndef total(x):\n    return np.sum(x) / len(x)")
    total = report.exercises[2]

    assert total.diagnosis == ("total_wrong_1",)
    assert [check.hint for check in total.checks] == ["Try it with 3. What should come out?", "", ""]


def test_hidden_values_are_for_staff(grader):
    """A hidden check shows sentence, points and code; its values appear for staff alone."""
    report = graded(grader, total="def total(x):\n    return 1234.5")
    student, staff = report_json(report), report_json(report, staff=True)

    assert "1234.5, expected 3" in student  # a public check may show everything
    assert student.count("1234.5") == 1
    assert staff.count("1234.5") > 2
    assert "[WRONG]" in report_text(report)


def test_text_that_a_student_reads_comes_from_a_worker_without_hidden_inputs(grader):
    """A function that remembers what it was given and tells it in a later public check has nothing to tell."""
    spy = """
        seen = []
        def double(x):
            seen.append(repr(x))
            return 2 * x
    """
    tell = """
        def total(x):
            raise ValueError("SEEN " + " | ".join(seen))
    """
    report = graded(grader, double=spy, total=tell)

    told = json.loads(report_json(report))["exercises"][2]["checks"][0]["message"]
    assert "SEEN 3" in told
    assert "array" not in told


def test_seeds_are_fresh_for_every_submission_and_the_same_for_the_same(grader):
    """A guess that fits one submission's inputs does not fit another's; grading again gives the same report."""
    wrong = {"total": "def total(x):\n    return x[0]"}
    details = [report_json(graded(grader, **wrong), staff=True) for _ in range(2)]
    other = report_json(graded(grader, total=wrong["total"] + "\n\n# another notebook"), staff=True)

    def inputs(report):
        return json.loads(report)["exercises"][2]["checks"][1]["detail"]

    assert details[0] == details[1]
    assert inputs(other) != inputs(details[0])


def test_a_check_that_breaks_is_our_fault(homework, zygote):
    """GRADER_ERROR carries no score and asks for a person."""

    def breaks(total):
        """A check with a bug."""
        return 1 / 0

    exercise = homework.exercises[2]
    broken = replace(exercise, hidden=(replace(exercise.hidden[0], function=breaks), *exercise.hidden[1:]))
    grader = Grader(replace(homework, exercises=(*homework.exercises[:2], broken)), zygote, b"secret", LIMITS)
    report = graded(grader)

    assert report.earned is None
    assert report.needs_attention == "grader error"
    assert "ZeroDivisionError" in report_json(report, staff=True)
    assert "ZeroDivisionError" not in report_json(report)


@pytest.mark.parametrize("name", ["os._exit", "loop", "segfault", "memory"])
def test_a_catastrophe_costs_its_exercise_only(grader, name):
    """Whatever double does to its process, the others earn their points."""
    body = {
        "os._exit": "import os\n    os._exit(0)",
        "loop": "while True: pass",
        "segfault": "import ctypes\n    ctypes.string_at(0)",
        "memory": "import numpy\n    numpy.ones(10 * 2**27)",
    }[name]
    report = graded(grader, double=f"def double(x):\n    {body}")

    assert earned(report) == FULL | {"double": 0}
    assert report.needs_attention in ("crashed", "timeout", "memory")


def test_a_cell_to_repair_is_not_called_altered(grader):
    """Its text asks students to change it; other given code is reported."""
    given, to_repair = NotebookCell("hw1-01", "given", "A = 1"), NotebookCell("hw1-02", "repair", "B = 2")
    changed = replace(grader, assignment=replace(grader.assignment, cells=(given, to_repair)))

    altered = changed._altered(Submission((Cell(1, "hw1-01", "A = 2"), Cell(2, "hw1-02", "B = 3"))))

    assert altered == ("hw1-01",)


def test_an_essay_is_no_notebook(grader, tmp_path):
    """The report has one sentence and no points."""
    path = tmp_path / "essay.ipynb"
    path.write_text("Dear grader")
    report = grader.grade(path)

    assert report.earned == 0
    assert "not a notebook" in report_text(report)


def test_the_report_says_how_it_came_about(grader, homework):
    """Kit, checks, submission, isolation and versions stand in every report."""
    provenance = json.loads(report_json(graded(grader)))["provenance"]

    assert provenance["checks"] == homework.digest
    assert set(provenance) == {"kit", "checks", "submission", "isolation", "selftest", "python", "numpy"}


def test_the_self_test_runs_in_this_zygote(zygote, homework):
    """Honest code runs, and with this machine's layers nothing forbidden does."""
    tested = selftest.run(zygote, homework.homework.solutions / "hidden.py")

    assert len(tested.outcomes) >= 19
    if zygote.isolation.isolated:
        assert tested.breaches == ()
