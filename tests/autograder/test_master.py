"""Masters become cells that know their lines and the names above them."""

import pytest

from autograder.errors import AuthorError, AuthorErrors
from autograder.master import bound_names, read, source_of, strangers, used_names

TEXT = """---
title: A story
---

# One

## A beginning (90 minutes)

Prose with a fence:

```python
## not_a_heading = 1
```

## An end (5 minutes)

```{code-cell} ipython3

import math
a, (b, *c) = 1, (2, 3)
```

+++

Two

```{code-cell} ipython3
:tags: [figure]

fig = plt.figure()
```

```{raw-cell}
:exercise: package.module.solve
```

```{code-cell} ipython3
def later(): return solve(a)
```
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "hw1.md"
    path.write_text(TEXT, "utf-8")
    return read(path)


def test_cells_have_roles_and_the_lines_of_their_texts(story):
    """A fence without {code-cell} is prose; `+++` begins a new cell."""
    assert [(cell.role, cell.line) for cell in story.cells] == [
        ("prose", 5),
        ("given", 19),
        ("prose", 25),
        ("figure", 30),
        ("exercise", 34),
        ("given", 38),
    ]
    lines = TEXT.splitlines()
    assert all(lines[cell.line - 1] == cell.source.splitlines()[0] for cell in story.cells if cell.source)


def test_title_stands_in_the_front_matter_and_minutes_in_the_headings(story):
    """Both stand in the notebook's first cell; the minutes of the sections add up."""
    assert (story.title, story.minutes) == ("A story", 95)


def test_exercise_is_called_like_its_reference(story):
    """The last part of the dotted name."""
    (cell,) = story.exercises

    assert (cell.exercise, cell.reference_name) == ("solve", "package.module.solve")


def test_names_are_introduced_by_given_code_and_exercises_but_not_by_figures(story):
    """A figure may be skipped when graded, so nothing can rely on it."""
    above = [cell.introduced - {"np", "plt", "otter", "grader"} for cell in story.cells]

    assert above == [
        set(),
        set(),
        {"math", "a", "b", "c"},
        {"math", "a", "b", "c"},
        {"math", "a", "b", "c"},
        {"math", "a", "b", "c", "solve"},
    ]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("y = x + 1", {"x"}),
        ("def f(a, b=c): return a + b + d", {"c", "d"}),
        ("def f():\n    def g():\n        return h\n    return g", {"h"}),
        ("[i * k for i in items]", {"k", "items"}),
        ("{'relu': lambda z: relu(z)}", {"relu"}),
        ("class C(Base):\n    size = SIZE", {"Base", "SIZE"}),
        ("def f(x):\n    x = np.asarray(x)\n    return x.T @ x", {"np"}),
        ("for i in range(3):\n    print(i)", {"range", "print"}),
    ],
)
def test_used_names_are_those_python_looks_up_in_the_module(source, names):
    """Parameters, local variables and attributes do not count; default values and nested functions do."""
    assert used_names(source) == names


def test_bound_names_are_what_a_cell_leaves_behind():
    """Local variables stay inside."""
    source = "import os.path\nfrom math import pi as p\nwith open(p) as f: x = y = 1\ndef g(z): w = z\nclass C: v = 1"

    assert bound_names(source) == {"os", "p", "f", "x", "y", "g", "C"}


def test_strangers_come_with_their_first_lines():
    """Builtins and introduced names are no strangers."""
    assert strangers("a = len(b)\n\nc = d + b", {"b"}) == [("d", 3)]


def test_source_of_a_function_begins_at_its_definition():
    """Decorators are the bank's business, not the student's."""
    assert source_of(test_used_names_are_those_python_looks_up_in_the_module).startswith("def test_used_names")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: A story", "subtitle: A story", "hw1.md:1: the front matter needs a `title:`"),
        ("title: A story\n", "title: A story\nminutes: 9\n", "hw1.md:1: take `minutes:` out of the front matter; the"),
        (" (90 minutes)", "", "hw1.md:7: end this heading with its minutes: `## A beginning (10 minutes)`"),
        (" (5 minutes)", " (5 min)", "hw1.md:15: end this heading with its minutes: `## An end (5 min) (10 minutes)`"),
        (":exercise: package.module.solve\n", "", "hw1.md:33: a raw cell needs `:exercise: module.function`"),
        ("[figure]", "[figure, big]", "hw1.md:30: unknown tag big; there are `figure` and `repair`"),
        ("import math\n", "import math,\n", "hw1.md:19: not Python:"),
        ("[figure]", "[figure", "hw1.md:1: "),
    ],
)
def test_master_that_cannot_be_understood_is_refused_with_a_place(old, new, message, tmp_path):
    """Every mistake of form is said with its line."""
    path = tmp_path / "hw1.md"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), "utf-8")

    with pytest.raises(AuthorErrors) as caught:
        read(path)

    (found,) = caught.value.messages
    assert found.startswith(message)


def test_missing_master_is_named(tmp_path):
    """An empty folder is no homework."""
    with pytest.raises(AuthorError, match=r"hw1\.md is missing"):
        read(tmp_path / "hw1.md")
