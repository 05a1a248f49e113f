"""An author's mistakes say where they stand, in a way that an editor can open."""

import pytest

from autograder.check import check, rewrite, right, wrong
from autograder.errors import AuthorError, at, blame


def test_place_is_the_path_from_the_folder_one_stands_in(tmp_path, monkeypatch):
    """A terminal opens it, and two homeworks have a public.py each."""
    monkeypatch.chdir(tmp_path)

    assert at(tmp_path / "assignments/hw9_topic/public.py", 11, "no") == "assignments/hw9_topic/public.py:11: no"
    assert at("assignments/lectures.csv", 1, "no") == "assignments/lectures.csv:1: no"


def test_file_elsewhere_is_called_by_its_name(tmp_path):
    """A long absolute path says less."""
    assert at(tmp_path / "late.csv", 2, "no") == "late.csv:2: no"


def function(x):
    return x


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda: check(function), "write `@check(points=1)` above function"),
        (lambda: check()(function), "write `@check(points=1)` above function"),
        (lambda: right(function), 'write `@right("exercise")` above function'),
        (lambda: right()(function), 'write `@right("exercise")` above function'),
        (lambda: wrong(function), 'write `@wrong("exercise", caught_by="check")` above function'),
        (lambda: wrong("centered")(function), 'write `@wrong("exercise", caught_by="check")` above function'),
        (lambda: rewrite(function), "write `@rewrite(wrong_answer)` above function"),
    ],
)
def test_decorator_that_lacks_something_says_how_it_is_written(use, message):
    """In place of what Python says about arguments."""
    with pytest.raises(AuthorError) as caught:
        use()

    assert str(caught.value) == message


def test_what_the_kit_says_itself_gets_a_place_and_no_class_name(tmp_path, monkeypatch):
    """`AuthorError:` in front of the sentence would tell an author nothing."""
    path = tmp_path / "public.py"
    path.write_text("from autograder.check import check\n\n\n@check\ndef truth(x):\n    pass\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(AuthorError) as caught:
        exec(compile(path.read_text(), path, "exec"), {})  # noqa: S102  the text above

    assert str(blame(caught.value, path)) == "public.py:4: write `@check(points=1)` above truth"
