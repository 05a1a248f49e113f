"""A new homework is finished and green at once, or nothing is written."""

import json

import pytest

from autograder import index, new_homework
from autograder.errors import AuthorError
from autograder.homework import Homework
from autograder.master import MARK
from tests.autograder import specimen
from tests.autograder.specimen import NAME


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    root = specimen.write_checkout(tmp_path_factory.mktemp("checkout"))
    specimen.write_homework(root)
    return root


def files_below(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_every_file_of_a_homework_is_written(tmp_path):
    """The answer and its test, the two files of the public half, the four of the private half."""
    written = new_homework.create(NAME, tmp_path)

    assert [path.relative_to(tmp_path).as_posix() for path in written] == files_below(tmp_path)
    assert files_below(tmp_path) == [
        "assignments/hw9_topic/hw9.md",
        "assignments/hw9_topic/public.py",
        "nnref/topic.py",
        "solutions/hw9_topic/equivalent.py",
        "solutions/hw9_topic/hidden.py",
        "solutions/hw9_topic/right.py",
        "solutions/hw9_topic/wrong.py",
        "tests/nnref/test_topic.py",
    ]


def test_names_are_filled_in_everywhere(tmp_path):
    """No placeholder is left, in a file or in its name; the title is in plain words."""
    for path in new_homework.create("hw12_two_words", tmp_path):
        text = path.read_text("utf-8") + path.as_posix()
        assert not any(word in text for word in ("HOMEWORK", "SHORT", "TOPIC", "TITLE"))

    assert 'title: "Homework 12: two words"' in (tmp_path / "assignments/hw12_two_words/hw12.md").read_text("utf-8")
    assert ":exercise: nnref.two_words.centered" in (tmp_path / "assignments/hw12_two_words/hw12.md").read_text("utf-8")


def test_new_homework_is_green(checkout):
    """Built, it verifies: no answer misjudged, no check idle, no mutant unexplained, exit code 0."""
    done = specimen.python(checkout, "-m", "autograder", "verify", NAME)

    assert done.returncode == 0, done.stdout + done.stderr
    (exercise,) = json.loads((checkout / "reports" / NAME / "verify.json").read_text("utf-8"))["exercises"]
    assert exercise["green"]
    assert exercise["rights_accepted"] == exercise["rights"] == 4  # three answers and the reference
    assert exercise["wrongs_caught"] == exercise["diagnosed"] == exercise["wrongs"] >= 8


def test_its_own_tests_and_doctests_pass(checkout):
    """The test of the answer key, run as the project runs it."""
    done = specimen.python(checkout, "-m", "pytest", "-q", "--doctest-modules", "tests/nnref", "nnref")

    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_students_get_no_line_of_the_answer(checkout):
    """Neither notebook nor tests hold what stands below the mark."""
    answer = (checkout / "nnref/topic.py").read_text("utf-8").split(MARK)[1]
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    homework = Homework(NAME, checkout)
    given = [path.read_text("utf-8") for path in homework.notebook.parent.rglob("*") if path.is_file()]

    assert lines
    assert len(given) == 3
    assert not any(line in text for line in lines for text in given)
    assert all(line in homework.solution_notebook.read_text("utf-8") for line in lines)


def test_skeleton_follows_the_style_of_the_project(checkout):
    """An author begins without a complaint of linter or formatter."""
    pytest.importorskip("ruff", reason="a tool for developers")

    for command in (["check"], ["format", "--check"]):
        done = specimen.python(checkout, "-m", "ruff", *command, "nnref", "assignments", "solutions", "tests")
        assert done.returncode == 0, done.stdout


def test_its_exercise_gets_a_row_in_the_list_of_lectures(tmp_path):
    """The author replaces lecture and words; until then the page of all homeworks can be made."""
    listed = tmp_path / "assignments" / "lectures.csv"
    listed.parent.mkdir()
    listed.write_text("lecture,taught,homework,by\nA,b,hw1_neuron,relu\n")

    written = new_homework.create(NAME, tmp_path)

    assert written[-1] == listed
    assert listed.read_text().splitlines()[1] == "A,b,hw1_neuron,relu"
    (_, row) = index.rows(tmp_path)
    assert (row.homework, row.exercises) == (NAME, ("centered",))


@pytest.mark.parametrize(
    "name",
    ["topic", "hw9", "hw9_", "hw_topic", "hw0_topic", "hw9-topic", "HW9_topic", "hw9_Topic", "hw9_9", "../hw9_a"],
)
def test_other_names_are_refused(name, tmp_path):
    """With an example of a good one."""
    with pytest.raises(AuthorError, match=r"is no name for a homework; .*: hw9_topic$"):
        new_homework.create(name, tmp_path)

    assert files_below(tmp_path) == []


def test_keyword_is_no_topic(tmp_path):
    """`import nnref.lambda` would be no Python."""
    with pytest.raises(AuthorError, match="hw9_lambda is no name"):
        new_homework.create("hw9_lambda", tmp_path)


@pytest.mark.parametrize(
    "there",
    [
        "assignments/hw9_topic/notes.txt",
        "assignments/hw9_other/hw9.md",
        "solutions/hw9_topic/right.py",
        "nnref/topic.py",
        "tests/nnref/test_topic.py",
    ],
)
def test_nothing_is_written_over_what_is_there(there, tmp_path):
    """Not the homework's folders, not another homework of its number, not the answer key, not its tests."""
    path = tmp_path / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")

    with pytest.raises(AuthorError, match=r"already; nothing was written"):
        new_homework.create(NAME, tmp_path)

    assert files_below(tmp_path) == [there]
    assert path.read_text() == "mine"


def test_nothing_stays_when_writing_fails_half_way(tmp_path):
    """A file where a folder should be: the other files are taken back, with their folders."""
    (tmp_path / "tests").write_text("no folder")

    with pytest.raises(AuthorError, match="nothing was written"):
        new_homework.create(NAME, tmp_path)

    assert files_below(tmp_path) == ["tests"]
    assert not (tmp_path / "solutions" / NAME).exists()
    assert not (tmp_path / "assignments" / NAME).exists()


def test_command_says_what_it_wrote_and_what_comes_next(checkout):
    """Paths as they are seen from the project's folder, on stderr; a second time is refused."""
    command = "from autograder.new_homework import new_homework; new_homework.main(['hw10_second'])"

    done, again = (specimen.python(checkout, "-c", command) for _ in range(2))

    assert done.returncode == 0, done.stderr
    assert "wrote assignments/hw10_second/hw10.md\n" in done.stderr
    assert "make verify HW=hw10_second" in done.stderr
    assert done.stdout == ""
    assert "there is hw10_second already; nothing was written" in again.stderr
