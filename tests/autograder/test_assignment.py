"""Loading a homework for grading: order, checks, bank, digest, names."""

import binascii
import subprocess
import sys
import time

import pytest

from autograder import build
from autograder.assignment import load, load_reference, public_seed
from autograder.errors import AuthorError
from autograder.homework import ROOT, find, find_homeworks
from tests.autograder.test_build import write_specimen


@pytest.fixture
def homework(tmp_path, monkeypatch):
    homework = write_specimen(tmp_path, monkeypatch)
    build.build("hw1", tmp_path)
    return homework


def test_exercises_come_in_the_notebooks_order_with_their_checks(homework):
    """Public checks before hidden ones, and each knows which it is."""
    twice, centred = load("hw1", homework.root).exercises

    assert (twice.name, twice.reference_name, twice.parameters) == ("twice", "specimenref.tiny.twice", ("x",))
    assert (centred.name, centred.parameters, centred.points) == ("centred", ("X",), 4.5)
    assert [(check.name, check.public) for check in twice.checks] == [
        ("lecture_numbers_are_doubled", True),
        ("sum_is_doubled_too", True),
        ("whole_numbers_are_doubled", False),
        ("matrices_are_doubled", False),
    ]
    assert twice.reference([1.0]).tolist() == [2.0]


def test_bank_is_sorted_by_exercise(homework):
    """Right and wrong answers in the order of their files; a homework may have no rewrites."""
    assignment = load("hw1", homework.root)

    assert [answer.name for answer in assignment.rights["centred"]] == [f"centred_right_{n}" for n in range(3)]
    assert [answer.name for answer in assignment.wrongs["twice"]] == [f"twice_wrong_{n}" for n in range(5)]
    assert assignment.rewrites == {"twice": (), "centred": ()}


def test_rewrites_may_import_the_answers_that_they_rewrite(homework):
    """What they import is not theirs."""
    text = "from autograder.check import rewrite\n\nfrom .wrong import twice_wrong_0\n\n"
    text += "@rewrite(twice_wrong_0)\ndef by_power(x):\n    return x**2\n"
    (homework.solutions / "rewrites.py").write_text(text)

    (answer,) = load("hw1", homework.root).rewrites["twice"]

    assert (answer.name, answer.rewrite_of) == ("by_power", "twice_wrong_0")


def test_cells_are_the_notebooks_code_cells_with_their_roles(homework):
    """Grading skips a figure that still reads as it was given."""
    cells = load("hw1", homework.root).cells

    assert [cell.role for cell in cells] == [
        "setup",
        "given",
        "exercise",
        "check",
        "figure",
        "exercise",
        "check",
        "check",
    ]
    assert cells[4].source.startswith("height = 3\nplt.figure(")
    assert cells[5].id == cells[5].exercise == "centred"


def test_limits_of_the_homework_are_read_from_hidden_py(homework):
    """A constant LIMITS, or nothing."""
    assert load("hw1", homework.root).limits == {"call_seconds": 3.0}


@pytest.mark.parametrize("name", ["hw1", "hw1_specimen", "assignments/hw1_specimen", "solutions/hw1_specimen/"])
def test_homework_is_found_by_name_short_name_or_folder(name, homework):
    """What a person types, with the shell's completion or without."""
    assert load(name, homework.root).name == "hw1_specimen"


def test_unknown_homework_is_refused_with_the_known_ones(homework):
    """A near miss is named."""
    with pytest.raises(AuthorError, match=r"no homework hw1_specimn in .*; did you mean hw1_specimen\?"):
        find("hw1_specimn", homework.root)
    with pytest.raises(AuthorError, match=r"no homework final in .*; there are: hw1, hw1_specimen"):
        find("final", homework.root)


def test_homeworks_are_sorted_by_number(homework):
    """hw10 comes after hw2."""
    for name in ("hw10_last", "hw2_second"):
        (homework.root / "assignments" / name).mkdir()

    assert [found.name for found in find_homeworks(homework.root)] == ["hw1_specimen", "hw2_second", "hw10_last"]


def test_homework_that_was_not_built_says_so(homework):
    """And what to do."""
    homework.notebook.unlink()

    with pytest.raises(AuthorError, match=r"hw1\.ipynb is missing; run `python -m autograder build hw1_specimen`"):
        load("hw1", homework.root)


def test_check_of_an_exercise_that_the_notebook_lacks_is_refused(homework):
    """No check is dropped silently when somebody forgot to build."""
    path = homework.solutions / "hidden.py"
    path.write_text(path.read_text().replace("def matrices_are_doubled(twice", "def matrices_are_doubled(thrice"))

    with pytest.raises(AuthorError, match=r"lacks thrice; run `python -m autograder build hw1_specimen`"):
        load("hw1", homework.root)


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        ("assignments/hw1_specimen/public.py", True),
        ("solutions/hw1_specimen/hidden.py", True),
        ("specimenref/tiny.py", True),
        ("solutions/hw1_specimen/wrong.py", True),
        ("assignments/hw1_specimen/hw1.md", False),
    ],
)
def test_digest_changes_with_what_decides_a_verdict(file, changes, homework):
    """Checks and answer key count; prose and bank do not."""
    before = load("hw1", homework.root).digest
    path = homework.root / file
    path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")

    assert (load("hw1", homework.root).digest != before) == changes


def test_digest_does_not_depend_on_line_ends(homework):
    """A checkout on Windows gives the same digest."""
    before = load("hw1", homework.root).digest
    path = homework.solutions / "hidden.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert load("hw1", homework.root).digest == before


def test_public_seed_is_the_checksum_of_exercise_and_check(homework):
    """The same number on every machine and in every version of Python, unlike hash()."""
    check = load("hw1", homework.root).exercises[0].checks[0]

    assert public_seed(check) == binascii.crc32(b"twice.lecture_numbers_are_doubled")


def test_unknown_reference_names_a_near_miss(homework):
    """Functions only: the module's numpy is none."""
    with pytest.raises(AuthorError, match=r"no function specimenref\.tiny\.centered; did you mean centred\?"):
        load_reference("specimenref.tiny.centered")
    with pytest.raises(AuthorError, match=r"no function specimenref\.tiny\.np$"):
        load_reference("specimenref.tiny.np")


def test_loading_imports_neither_jupytext_nor_nbformat_nor_otter(homework):
    """They cost more time than grading a submission."""
    code = f"import sys, pathlib; sys.path.insert(0, {str(homework.root)!r})\n"
    code += f"from autograder.assignment import load; load('hw1', pathlib.Path({str(homework.root)!r}))\n"
    code += "print(*({'jupytext', 'nbformat', 'otter', 'matplotlib'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603

    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", [homework.name for homework in find_homeworks()])
def test_real_homework_loads_fast(name):
    """Besides importing numpy; three times the budget of 0.2 s, because the machine may be busy."""
    start = time.perf_counter()
    assignment = load(name)

    assert time.perf_counter() - start < 0.6
    assert all(exercise.public and exercise.hidden for exercise in assignment.exercises)
