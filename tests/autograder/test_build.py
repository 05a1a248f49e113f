"""Building a homework: the notebooks, the refusal of an author's mistakes, and the committed files."""

import importlib
import inspect
import shutil
import sys
import textwrap
import zipfile

import nbclient
import nbformat
import pytest

from autograder import build
from autograder.assignment import load_parts, load_reference
from autograder.errors import AuthorErrors
from autograder.homework import ROOT, Homework, find, find_homeworks
from autograder.master import MARK, read

MASTER = """
---
title: A specimen
---

## Twice (20 minutes)

Some prose, and a formula: $a < b$.

```{code-cell} ipython3
SCALE = 2.0

def scaled(z):
    return SCALE * z
```

```{raw-cell}
:exercise: specimenref.tiny.twice
```

```{code-cell} ipython3
:tags: [figure]

height = 3
plt.figure(figsize=(height, height))
plt.close()
print("one sentence")
```

Now centred.

```{raw-cell}
:exercise: specimenref.tiny.centred
```
"""

REFERENCE = '''
"""The answer key of the specimen."""

import numpy as np

SCALE = 2.0


def scaled(z):
    return SCALE * z


def twice(x):
    """Every entry of x, doubled.

    >>> twice(np.array([1.0, 3.0])).tolist()
    [2.0, 6.0]
    """
    # begin answer
    # the secret comment
    return scaled(np.asarray(x, dtype=float))


def centred(X):
    """The columns of X without their means."""
    # begin answer
    X = np.asarray(X, dtype=float)
    return X - twice(X).mean(axis=0) / 2.0
'''

PUBLIC = '''
"""Public checks of the specimen."""

import math

import numpy as np

from autograder.check import check
from autograder.compare import array, equal
from autograder.guard import unchanged

# The slide prints these.
LECTURE_NUMBERS = [1.0, -4.0]
UNUSED = math.pi


def doubled(values):
    return [2 * value for value in values]


@check(points=1)
def lecture_numbers_are_doubled(twice):
    """1 and -4 become 2 and -8 – as the slide has it."""
    equal("twice(x)", twice(np.array(LECTURE_NUMBERS)), doubled(LECTURE_NUMBERS))


@check(points=0.5)
def sum_is_doubled_too(twice, scaled, rng):
    """The sum of the results is twice the sum."""
    x = rng.normal(size=5)
    equal("the sum", array("twice(x)", twice(x), (5,)).sum(), scaled(x.sum()))


@check(points=1.5)
def columns_have_mean_zero(centred, rng):
    """Every column of the result has mean 0, and X stays as it was."""
    X = rng.normal(size=(4, 3))
    equal("centred(X)", unchanged(centred, X), X - X.mean(axis=0), axes="(N, D)")
'''

HIDDEN = '''
"""Hidden checks of the specimen."""

import numpy as np

from autograder.check import check
from autograder.compare import equal
from specimenref.tiny import centred as centred_reference

LIMITS = {"call_seconds": 3.0}


@check(points=2)
def whole_numbers_are_doubled(twice):
    """Whole numbers are doubled as well."""
    equal("twice(x)", twice(np.arange(3)), [0.0, 2.0, 4.0])


@check(points=2)
def matrices_are_doubled(twice, rng):
    """Matrices keep their shape."""
    secret_matrix = rng.normal(size=(2, 3))
    equal("twice(x)", twice(secret_matrix), 2 * secret_matrix)


@check(points=2)
def one_row_becomes_zero(centred):
    """A single example is its own mean."""
    equal("centred(X)", centred(np.array([[3.0, 4.0]])), [[0.0, 0.0]])


@check(points=1)
def shift_changes_nothing(centred, rng):
    """A constant added to a column changes nothing."""
    X = rng.normal(size=(4, 2))
    equal("centred(X)", centred(X + 7.0), centred_reference(X))
'''

TWICE_RIGHT = ["x + x", "np.multiply(2, x)", "scaled(x)"]
CENTRED_RIGHT = ["X - np.mean(X, axis=0)", "X - X.mean(0)", "X - twice(X).mean(axis=0) / 2"]
TWICE_WRONG = ["x * x", "x", "-x", "2 * x + 1", "np.zeros(3)"]
CENTRED_WRONG = ["X - X.mean()", "X", "X - X.mean(axis=1, keepdims=True)", "-X", "0 * X"]


def bank(kind, expressions, exercise, parameter, caught_by=""):
    """The text of a bank: one function an expression."""
    named = f", caught_by={caught_by!r}" if caught_by else ""
    form = "\n\n@{kind}({exercise!r}{named})\ndef {exercise}_{kind}_{n}({parameter}):\n    {hint}return {body}\n"
    hint = '"""What comes out for 3?"""\n    ' if kind == "wrong" else ""
    fill = {"kind": kind, "exercise": exercise, "named": named, "parameter": parameter, "hint": hint}
    return "".join(form.format(n=n, body=body, **fill) for n, body in enumerate(expressions))


def specimen_files():
    """The author's files of a small homework by their paths below the root."""
    imports = "import numpy as np\n\nfrom autograder.check import {kind}\nfrom specimenref.tiny import scaled, twice\n"
    rights = bank("right", TWICE_RIGHT, "twice", "x") + bank("right", CENTRED_RIGHT, "centred", "X")
    wrongs = bank("wrong", TWICE_WRONG, "twice", "x", "lecture_numbers_are_doubled")
    wrongs += bank("wrong", CENTRED_WRONG, "centred", "X", "columns_have_mean_zero")
    return {
        "assignments/hw1_specimen/hw1.md": MASTER.lstrip(),
        "assignments/hw1_specimen/public.py": PUBLIC.lstrip(),
        "solutions/hw1_specimen/hidden.py": HIDDEN.lstrip(),
        "solutions/hw1_specimen/right.py": imports.format(kind="right") + rights,
        "solutions/hw1_specimen/wrong.py": imports.format(kind="wrong") + wrongs,
        "specimenref/__init__.py": "",
        "specimenref/tiny.py": REFERENCE.lstrip(),
    }


def write_specimen(root, monkeypatch, changes=()):
    """Write the specimen below `root`, with (file's name, old text, new text) changed, and make it importable."""
    files = specimen_files()
    for name, old, new in changes:
        path = next(path for path in files if path.endswith(name))
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(root)
    for module in [name for name in sys.modules if name.split(".")[0] == "specimenref"]:
        monkeypatch.delitem(sys.modules, module)
    importlib.invalidate_caches()
    return Homework("hw1_specimen", root)


@pytest.fixture
def specimen(tmp_path, monkeypatch):
    return write_specimen(tmp_path, monkeypatch)


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


# ---- what is generated ----------------------------------------------------------------------------------------


def test_build_writes_both_notebooks_the_tests_and_the_requirements(specimen):
    """Nothing else is written, and all of it can be read back."""
    written = build.build("hw1", specimen.root)

    assert sorted(path.relative_to(specimen.root).as_posix() for path in written) == [
        "assignments/hw1_specimen/student/hw1.ipynb",
        "assignments/hw1_specimen/student/requirements.txt",
        "assignments/hw1_specimen/student/tests/centred.py",
        "assignments/hw1_specimen/student/tests/twice.py",
        "solutions/hw1_specimen/hw1_solution.ipynb",
    ]
    assert all(path.is_file() for path in written)


def test_cells_keep_the_masters_order_and_have_fixed_ids(specimen):
    """An exercise is a line, a stub called like the function, and its check."""
    build.build("hw1", specimen.root)

    cells = [(cell.id, cell.metadata.kit.role) for cell in cells_of(specimen.notebook)]
    assert cells == [
        ("hw1-00", "prose"),
        ("hw1-01", "setup"),
        ("hw1-02", "prose"),
        ("hw1-03", "given"),
        ("hw1-04", "prose"),
        ("twice", "exercise"),
        ("check-twice", "check"),
        ("hw1-07", "figure"),
        ("hw1-08", "prose"),
        ("hw1-09", "prose"),
        ("centred", "exercise"),
        ("check-centred", "check"),
        ("hw1-12", "prose"),
        ("hw1-13", "check"),
    ]


def test_stub_is_what_stands_above_the_mark(specimen):
    """Signature and docstring stay, the answer and its comments go."""
    build.build("hw1", specimen.root)

    stub = next(cell for cell in cells_of(specimen.notebook) if cell.id == "twice")
    assert stub.source == textwrap.dedent(
        '''\
        def twice(x):
            """Every entry of x, doubled.

            >>> twice(np.array([1.0, 3.0])).tolist()
            [2.0, 6.0]
            """
            raise NotImplementedError("twice: your code here")'''
    )


def test_solution_is_the_whole_function_without_the_mark(specimen):
    """Everything else in the solution notebook is as in the student's."""
    build.build("hw1", specimen.root)

    student, solution = cells_of(specimen.notebook), cells_of(specimen.solutions / "hw1_solution.ipynb")
    changed = {a.id: b.source for a, b in zip(student, solution, strict=True) if a != b}
    assert set(changed) == {"twice", "centred"}
    assert changed["twice"].endswith("    # the secret comment\n    return scaled(np.asarray(x, dtype=float))")
    assert MARK not in changed["twice"] + changed["centred"]


def test_cell_to_repair_has_a_role_of_its_own(tmp_path, monkeypatch):
    """Students are asked to change it, so grading does not call it altered; what it defines is still introduced."""
    tagged = ("hw1.md", "ipython3\nSCALE", "ipython3\n:tags: [repair]\n\nSCALE")
    homework = write_specimen(tmp_path, monkeypatch, [tagged])
    build.build("hw1", tmp_path)

    roles = {cell.id: cell.metadata.kit.role for cell in cells_of(homework.notebook)}
    assert roles["hw1-03"] == "repair"


def test_figures_are_folded_and_nothing_else(specimen):
    """Jupyter, VS Code and Colab show a figure; its code on a click. The text of the cell is as it was written."""
    build.build("hw1", specimen.root)

    folded = [cell for cell in cells_of(specimen.notebook) if cell.metadata.get("cellView")]
    assert [cell.id for cell in folded] == ["hw1-07"]
    assert folded[0].metadata.jupyter == {"source_hidden": True}
    assert folded[0].source.startswith("height = 3\nplt.figure(")


def test_zip_holds_the_students_folder_and_is_the_same_whenever_it_is_made(specimen, tmp_path):
    """What one uploads to Colab: the notebook, its tests, the requirements; no time of day."""
    build.build("hw1", specimen.root)

    path = build.student_zip(specimen, tmp_path / "dist")

    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    folder = specimen.notebook.parent
    assert path.name == "hw1_specimen-student.zip"
    assert set(entries) == {"hw1.ipynb", "requirements.txt", "tests/twice.py", "tests/centred.py"}
    assert all(content == (folder / name).read_bytes() for name, content in entries.items())
    first = path.read_bytes()
    (folder / "hw1.ipynb").touch()
    assert build.student_zip(specimen, tmp_path / "dist").read_bytes() == first


def test_points_are_the_sum_over_public_and_hidden_checks(specimen):
    """1 + 0.5 + 2 + 2 and 1.5 + 2 + 1."""
    build.build("hw1", specimen.root)

    text = specimen.notebook.read_text("utf-8")
    assert "**Exercise** `twice` (5.5 points)" in text
    assert "**Exercise** `centred` (4.5 points)" in text
    assert "About 20 minutes, 10 points." in text


def test_build_gives_the_same_bytes_in_every_place(specimen, tmp_path, monkeypatch):
    """Nothing generated depends on a path, on an earlier build or on chance; lines end in one way."""
    build.build("hw1", specimen.root)
    first = {path.relative_to(specimen.root): path.read_bytes() for path in build.build("hw1", specimen.root)}
    elsewhere = write_specimen(tmp_path / "elsewhere", monkeypatch)
    second = {path.relative_to(elsewhere.root): path.read_bytes() for path in build.build("hw1", elsewhere.root)}

    assert first == second
    assert not any(b"\r" in content for content in first.values())


def test_tests_of_a_removed_exercise_disappear(specimen):
    """A test file that nothing generates any more would only confuse students."""
    old = specimen.notebook.parent / "tests" / "renamed.py"
    old.parent.mkdir(parents=True)
    old.write_text("")

    build.build("hw1", specimen.root)

    assert not old.exists()


def test_student_requirements_are_those_of_the_project():
    """Students install the same minimum versions as the grader, and what opens a notebook."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    assert all(f'"{requirement}"' in project for requirement in (*build.REQUIREMENTS, build.KERNEL))


def test_students_install_a_kernel(specimen):
    """Without one, a fresh environment opens the notebook and cannot run it."""
    build.build("hw1", specimen.root)

    lines = (specimen.notebook.parent / "requirements.txt").read_text("utf-8").splitlines()
    assert lines[1:] == [*build.REQUIREMENTS, build.KERNEL, build.FRONT_END]


def test_notebook_with_stubs_runs_to_its_end_under_any_name(specimen):
    """While exercises are stubs, no cell raises: figures draw and checks say that nothing is started."""
    build.build("hw1", specimen.root)
    notebook = nbformat.read(shutil.move(specimen.notebook, specimen.notebook.with_name("renamed.ipynb")), as_version=4)

    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": specimen.notebook.parent}})
    client.execute()

    outputs = {cell.id: str(cell.get("outputs", "")) for cell in notebook.cells}
    assert "twice is not started yet" in outputs["check-twice"]
    assert "centred is not started yet" in outputs["hw1-13"]
    assert "one sentence" in outputs["hw1-07"]


# ---- an author's mistakes -------------------------------------------------------------------------------------

# What is changed (file, old text, new text), and what is reported (file, a text in the reported line, message).
MISTAKES = {
    "unknown function": (
        ("hw1.md", "tiny.centred", "tiny.centered"),
        (
            "hw1.md",
            ":exercise: specimenref.tiny.centered",
            "no function specimenref.tiny.centered; did you mean centred?",
        ),
    ),
    "unknown module": (
        ("hw1.md", "tiny.twice", "tinny.twice"),
        ("hw1.md", "tinny", "no function specimenref.tinny.twice: No module named 'specimenref.tinny'"),
    ),
    "exercise stands twice": (
        ("hw1.md", "\nNow centred", "\n```{raw-cell}\n:exercise: specimenref.tiny.twice #2\n```\n\nNow centred"),
        ("hw1.md", "#2", "exercise twice stands here for the second time"),
    ),
    "given code uses a stranger": (
        ("hw1.md", "return SCALE * z", "return FACTOR * z"),
        ("hw1.md", "FACTOR", "FACTOR is not introduced above"),
    ),
    "given code uses what a figure defines": (
        ("hw1.md", "\nNow centred", "\n```{code-cell} ipython3\nwidth = 2 * height\n```\n\nNow centred"),
        ("hw1.md", "width = 2 * height", "height is not introduced above"),
    ),
    "no mark": (
        ("tiny.py", "    # begin answer\n    # the", "    # the"),
        ("tiny.py", "def twice", "twice needs one line `# begin answer` above what students write"),
    ),
    "answer uses a stranger": (
        ("tiny.py", "return scaled(np", "return doubled(np"),
        ("tiny.py", "return doubled(np", "twice uses doubled, which hw1.md has not introduced above line 17"),
    ),
    "answer uses a later exercise": (
        ("tiny.py", "return scaled(np.asarray(x, dtype=float))", "return centred(x)"),
        ("tiny.py", "return centred(x)", "twice uses centred, which hw1.md has not introduced above line 17"),
    ),
    "no public check": (
        ("public.py", "def columns_have_mean_zero(centred, rng)", "def columns_have_mean_zero(twice, centred, rng)"),
        ("hw1.md", "tiny.centred", "centred has 0 public checks; it needs at least 1"),
    ),
    "one hidden check": (
        ("hidden.py", "def one_row_becomes_zero(centred)", "def one_row_becomes_zero(twice, centred)"),
        ("hw1.md", "tiny.centred", "centred has 1 hidden check; it needs at least 2"),
    ),
    "two right answers": (
        ("right.py", "@right('centred')", "@right('twice')"),
        ("hw1.md", "tiny.centred", "centred has 2 right answers; it needs at least 3"),
    ),
    "four wrong answers": (
        (
            "wrong.py",
            "@wrong('centred', caught_by='columns_have_mean_zero')",
            "@wrong('twice', caught_by='sum_is_doubled_too')",
        ),
        ("hw1.md", "tiny.centred", "centred has 4 wrong answers; it needs at least 5"),
    ),
    "check without a sentence": (
        ("hidden.py", '    """Matrices keep their shape."""\n', ""),
        ("hidden.py", "2)\ndef matrices", "matrices_are_doubled has no docstring: the sentence that students read"),
    ),
    "sentence with an angle bracket": (
        ("public.py", "The sum of the results", "If x > 0, the sum of the results"),
        (
            "public.py",
            "0.5)",
            "the sentence of sum_is_doubled_too has an angle bracket, which otter would take for HTML",
        ),
    ),
    "check with an empty name": (
        ("hidden.py", "def matrices_are_doubled", "def test_2"),
        ("hidden.py", "2)\ndef test_2", "the name test_2 says nothing; name what a right answer does"),
    ),
    "check without parameters": (
        ("hidden.py", "def whole_numbers_are_doubled(twice)", "def whole_numbers_are_doubled()"),
        ("hidden.py", "2)\ndef whole", "whole_numbers_are_doubled has no parameter: the exercise"),
    ),
    "check of no exercise": (
        ("hidden.py", "whole_numbers_are_doubled(twice)", "whole_numbers_are_doubled(twise)"),
        (
            "hidden.py",
            "2)\ndef whole",
            "the first parameter of whole_numbers_are_doubled is twise, which is no exercise; did you mean twice?",
        ),
    ),
    "check needs what comes later": (
        ("hidden.py", "whole_numbers_are_doubled(twice)", "whole_numbers_are_doubled(twice, centred)"),
        (
            "hidden.py",
            "2)\ndef whole",
            "whole_numbers_are_doubled needs centred, which the notebook does not define above twice",
        ),
    ),
    "check without points": (
        ("hidden.py", "points=1)", "points=0)"),
        ("hidden.py", "points=0)", "shift_changes_nothing has 0 points; give whole or half points above 0"),
    ),
    "check with a third of a point": (
        ("hidden.py", "points=1)", "points=1 / 3)"),
        ("hidden.py", "points=1 / 3)", "shift_changes_nothing has 0.333333 points; give whole or half points above 0"),
    ),
    "two checks of one name": (
        ("hidden.py", "def matrices_are_doubled", "def whole_numbers_are_doubled"),
        (
            "hidden.py",
            "def whole_numbers_are_doubled(twice, rng)",
            "whole_numbers_are_doubled is defined for the second time",
        ),
    ),
    "public and hidden check of one name": (
        ("hidden.py", "def matrices_are_doubled", "def sum_is_doubled_too"),
        ("hidden.py", "def sum_is_doubled_too", "sum_is_doubled_too is defined for the second time"),
    ),
    "two answers of one name": (
        ("wrong.py", "def twice_wrong_1", "def twice_wrong_0"),
        (
            "wrong.py",
            'def twice_wrong_0(x):\n    """What comes out for 3?"""\n    return x\n',
            "twice_wrong_0 is defined for the second time",
        ),
    ),
    "caught by no check": (
        ("wrong.py", "caught_by='columns_have_mean_zero'", "caught_by='column_has_mean_zero'"),
        (
            "wrong.py",
            "column_has_mean_zero",
            "centred has no check column_has_mean_zero; did you mean columns_have_mean_zero?",
        ),
    ),
    "caught by another exercise's check": (
        ("wrong.py", "caught_by='columns_have_mean_zero'", "caught_by='sum_is_doubled_too'"),
        ("wrong.py", "sum_is_doubled_too", "centred has no check sum_is_doubled_too"),
    ),
    "wrong answer without a hint": (
        ("wrong.py", '    """What comes out for 3?"""\n', ""),
        ("wrong.py", "@wrong", "twice_wrong_0 has no docstring: the hint"),
    ),
    "answer to no exercise": (
        ("right.py", "@right('twice')", "@right('thrice')"),
        ("right.py", "@right('thrice')", "no exercise thrice in hw1.md; did you mean twice?"),
    ),
    "bank uses a stranger": (
        ("right.py", "return x + x", "return _own_helper(x)"),
        ("right.py", "@right", "twice_right_0 uses _own_helper, which the notebook has not introduced above twice"),
    ),
    "bank calls the exercise itself": (
        ("right.py", "return x + x", "return twice(x)"),
        ("right.py", "@right", "twice_right_0 uses twice, which the notebook has not introduced above twice"),
    ),
    "bank with other parameters": (
        ("right.py", "def twice_right_0(x)", "def twice_right_0(x, y)"),
        ("right.py", "@right", "twice_right_0 does not take (x)"),
    ),
    "public.py imports the answer key": (
        ("public.py", "import math\n", "import math\nimport specimenref.tiny\n"),
        (
            "public.py",
            "import specimenref.tiny",
            "students' tests cannot import specimenref.tiny; there are numpy, math,"
            " itertools, autograder.check, autograder.failure, autograder.guard, autograder.compare, autograder.chance",
        ),
    ),
    "public.py renames a helper": (
        ("public.py", "import array, equal", "import array, equal as same"),
        ("public.py", "equal as same", "import names from autograder.compare one by one and without `as`"),
    ),
    "public.py does something": (
        ("public.py", "UNUSED = math.pi", "np.seterr(all='raise')"),
        ("public.py", "np.seterr", "only imports, constants and functions may stand here"),
    ),
    "public.py takes a helper's name": (
        ("public.py", "UNUSED = ", "digits = "),
        ("public.py", "digits =", "digits already means something in the test files"),
    ),
    "public.py takes otter's name": (
        ("public.py", "UNUSED = ", "points = "),
        ("public.py", "points = ", "points already means something in the test files"),
    ),
    "public.py has Greek names": (
        ("public.py", "UNUSED = ", "σ = "),
        ("public.py", '"""Public', "names and raw strings have to be ASCII"),
    ),
    "syntax error in a file": (
        ("wrong.py", "return x * x", "return x *"),
        ("wrong.py", "return x *", "invalid syntax"),
    ),
    "error in a file": (
        ("hidden.py", "LIMITS = {", "LIMITS = {} | nothing | {"),
        ("hidden.py", "LIMITS", "NameError: name 'nothing' is not defined"),
    ),
    "given code is not Python": (
        ("hw1.md", "SCALE = 2.0", "%matplotlib inline"),
        ("hw1.md", "%matplotlib", "not Python: invalid syntax"),
    ),
    "unknown tag": (
        ("hw1.md", "[figure]", "[figur]"),
        ("hw1.md", "height = 3", "unknown tag figur; there are `figure` and `repair`"),
    ),
    "raw cell without an exercise": (
        ("hw1.md", ":exercise: specimenref.tiny.twice\n", ""),
        ("hw1.md", "```{raw-cell}", "a raw cell needs `:exercise: module.function`"),
    ),
    "given code takes an exercise's name": (
        ("hw1.md", "\nNow centred", "\n```{code-cell} ipython3\nfirst = 1\ntwice = 2\n```\n\nNow centred"),
        (
            "hw1.md",
            "twice = 2",
            "twice is an exercise: here the student's own function would be lost; take another name",
        ),
    ),
    "a figure takes a later exercise's name": (
        ("hw1.md", "height = 3\n", "height = 3\nfor centred in range(3):\n    pass\n"),
        (
            "hw1.md",
            "for centred",
            "centred is an exercise: here the student's own function would be lost; take another name",
        ),
    ),
    "a figure changes what is given": (
        ("hw1.md", "height = 3\n", "height = 3\nSCALE = 4.0\n"),
        (
            "hw1.md",
            "SCALE = 4.0",
            "SCALE is given above, and a figure is skipped when graded: the two would differ; take another name",
        ),
    ),
    "generator without a seed": (
        ("public.py", "np.array(LECTURE_NUMBERS))", "np.random.default_rng().normal(size=2))"),
        (
            "public.py",
            "np.random.default_rng()",
            "np.random.default_rng() draws other numbers every time; take the check's `rng`",
        ),
    ),
    "numbers of the module": (
        ("hidden.py", "rng.normal(size=(2, 3))", "np.random.normal(size=(2, 3))"),
        ("hidden.py", "np.random.normal", "np.random.normal() draws other numbers every time; take the check's `rng`"),
    ),
    "check uses what its file does not define": (
        (
            "hidden.py",
            'equal("twice(x)", twice(secret_matrix), 2 *',
            'equal("twice(x)", twice(secret_matrix), DOUBLE *',
        ),
        ("hidden.py", "DOUBLE", "DOUBLE is not defined in this file"),
    ),
    "check that asserts": (
        (
            "hidden.py",
            '    equal("twice(x)", twice(np.ar',
            '    assert twice(0) == 0\n    equal("twice(x)", twice(np.ar',
        ),
        (
            "hidden.py",
            "assert twice",
            "checks do not assert; use `equal`, `number` or `require`, which tell the student what is wrong",
        ),
    ),
    "hidden.py imports another package": (
        ("hidden.py", "import numpy as np\n", "import matplotlib.pyplot as plt\nimport numpy as np\n"),
        (
            "hidden.py",
            "import matplotlib",
            "hidden.py cannot import matplotlib.pyplot; there are numpy, the standard library, specimenref,"
            " autograder.check, autograder.failure, autograder.guard, autograder.compare, autograder.chance",
        ),
    ),
    "an answer imports the engine": (
        ("wrong.py", "return x * x", "from autograder.judge import run\n    return x * x"),
        (
            "wrong.py",
            "from autograder.judge",
            "wrong.py cannot import autograder.judge; there are numpy, the standard library, specimenref,"
            " autograder.check, autograder.failure, autograder.guard, autograder.compare, autograder.chance",
        ),
    ),
    "no title": (("hw1.md", "title:", "subtitle:"), ("hw1.md", "---", "the front matter needs a `title:`")),
    "no minutes": (
        ("hw1.md", " (20 minutes)", ""),
        ("hw1.md", "## Twice", "end this heading with its minutes: `## Twice (10 minutes)`"),
    ),
}


@pytest.mark.parametrize(("change", "reported"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_reported_with_file_and_line(change, reported, tmp_path, monkeypatch):
    """What is wrong, where, and, for a near miss, what was probably meant; and nothing is written."""
    homework = write_specimen(tmp_path, monkeypatch, [change])
    name, text, message = reported
    source = next(tmp_path.glob(f"**/{name}")).read_text("utf-8")
    line = source[: source.index(text)].count("\n") + 1

    with pytest.raises(AuthorErrors) as caught:
        build.build("hw1", tmp_path)

    assert f"{name}:{line}: {message}" in caught.value.messages
    assert not homework.notebook.exists()
    assert not list(homework.solutions.glob("*.ipynb"))


def test_all_mistakes_are_reported_at_once(tmp_path, monkeypatch):
    """An author sees the master's, the key's, the checks' and the bank's mistakes in one run."""
    labels = ["unknown function", "no mark", "check without points", "public.py does something", "bank uses a stranger"]
    write_specimen(tmp_path, monkeypatch, [MISTAKES[label][0] for label in labels])

    with pytest.raises(AuthorErrors) as caught:
        build.build("hw1", tmp_path)

    for label in labels:
        assert any(message.endswith(MISTAKES[label][1][2]) for message in caught.value.messages)


@pytest.mark.parametrize(
    ("change", "first", "more"),
    [
        (("hw1.md", "tiny.centred", "tiny.centered"), "hw1.md:32: no function specimenref.tiny.centered; did", 15),
        (
            ("hw1.md", "tiny.twice", "tiny.twise"),
            "hw1.md:17: no function specimenref.tiny.twise; did you mean twice?",
            18,
        ),
        (("public.py", "zero(centred, rng)", "zero(centered, rng)"), "public.py:33: the first parameter of columns", 7),
    ],
)
def test_one_typo_is_one_line(change, first, more, tmp_path, monkeypatch):
    """What only follows from it is counted: the checks and answers that spell it right, or name that check."""
    write_specimen(tmp_path, monkeypatch, [change])

    with pytest.raises(AuthorErrors) as caught:
        build.build("hw1", tmp_path)

    head, rest = caught.value.messages
    assert head.startswith(first)
    assert rest == f"    and {more} more that follow from it"


def test_missing_file_is_named(specimen):
    """A homework without its bank of wrong answers is not built."""
    (specimen.solutions / "wrong.py").unlink()

    with pytest.raises(AuthorErrors, match=r"wrong\.py is missing"):
        build.build("hw1", specimen.root)


# ---- the homeworks themselves ---------------------------------------------------------------------------------

HOMEWORKS = [homework.name for homework in find_homeworks()]
TELLING = 25  # characters from which on a line is no accident


def texts_below(folder):
    """Every text below a folder by its path; of a notebook its cells, which JSON would write with escaped quotes."""
    paths = [path for path in folder.rglob("*") if path.suffix in (".ipynb", ".py", ".md", ".txt")]
    return {path: text_of(path) for path in paths}


def text_of(path):
    return "\n".join(c.source for c in cells_of(path)) if path.suffix == ".ipynb" else path.read_text("utf-8")


def leaks(folder, lines):
    return [(path.name, line) for path, text in texts_below(folder).items() for line in lines if line in text]


def test_leaks_are_found_in_notebooks_and_in_tests(specimen):
    """The two tests below would see an answer with quotes in a notebook, and a hidden sentence in a test file."""
    build.build("hw1", specimen.root)
    path = specimen.notebook.parent / "tests" / "twice.py"
    path.write_text(path.read_text() + "# Whole numbers are doubled as well.\n")

    found = leaks(specimen.folder, ['print("one sentence")'])
    assert sorted(name for name, _ in found) == ["hw1.ipynb", "hw1.md"]
    assert leaks(specimen.folder, ["Whole numbers are doubled as well."]) == [
        ("twice.py", "Whole numbers are doubled as well.")
    ]


@pytest.mark.parametrize("name", HOMEWORKS)
def test_committed_files_are_what_the_builder_makes(name):
    """Nobody edited a generated file, and nobody forgot to build."""
    homework = find(name)

    for path, text in build.generate(homework).items():
        assert path.read_text("utf-8") == text, f"{path} is stale; run `python -m autograder build {name}`"


@pytest.mark.parametrize("name", HOMEWORKS)
def test_no_answer_stands_where_students_can_read(name):
    """No telling line below a mark is found in the master, the public checks or the student's files."""
    homework = find(name)
    exercises = read(homework.folder / f"{homework.short}.md").exercises
    answers = [inspect.getsource(load_reference(cell.reference_name)).split(MARK)[1] for cell in exercises]
    telling = {line.strip() for answer in answers for line in answer.splitlines() if len(line.strip()) >= TELLING}

    leaks = [
        (path.name, line) for path, text in texts_below(homework.folder).items() for line in telling if line in text
    ]

    assert telling
    assert not leaks


@pytest.mark.parametrize("name", HOMEWORKS)
def test_nothing_of_the_hidden_checks_stands_where_students_can_read(name):
    """Neither names, nor sentences, nor telling lines of hidden.py that public.py does not have as well."""
    homework = find(name)
    hidden = load_parts(homework).hidden
    public = (homework.folder / "public.py").read_text("utf-8")
    lines = {line.strip() for check in hidden for line in inspect.getsource(check.function).splitlines()}
    secrets = {line for line in lines if len(line) >= TELLING and line not in public}
    secrets |= {check.name for check in hidden} | {check.sentence for check in hidden}

    leaks = [
        (path.name, line) for path, text in texts_below(homework.folder).items() for line in secrets if line in text
    ]

    assert not leaks
