"""Everything that the lectures teach leads to an exercise or a figure, and every exercise comes from a lecture."""

import pytest

from autograder import index
from autograder.errors import AuthorErrors
from autograder.homework import ROOT


def test_the_committed_page_is_what_the_homeworks_make():
    """Points, minutes and names on the page are those of the homeworks."""
    assert (ROOT / "assignments" / "README.md").read_text("utf-8") == index.text()


def test_every_lecture_has_its_rows():
    """All five lectures of the ledger stand in the list."""
    lectures = " ".join(row.lecture for row in index.rows())

    assert all(name in lectures for name in ("MIT 6.390 S25", "S26", "Buoy", "MIT 6.7900 F24", "UWL CS457 F24"))
    assert len(index.rows()) > 60


def test_every_exercise_stands_in_a_row():
    """Nothing is missing from the committed list."""
    assert index.unlisted() == []


def test_an_exercise_in_no_row_is_a_note_that_shows_one(monkeypatch):
    """A homework that is half written does not stop the build of the others."""
    rows = [row for row in index.rows() if "relu_grad" not in row.exercises]
    monkeypatch.setattr(index, "rows", lambda root: rows)

    assert index.unlisted() == [
        "assignments/lectures.csv: no row leads to relu_grad of hw3_backprop; add one:"
        " lecture,what it teaches,hw3_backprop,relu_grad"
    ]
    assert "relu_grad" in index.text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("threshold, logistic", "treshold, logistic", "hw1_neuron has no exercise treshold; did you mean threshold"),
        ("hw3_backprop,linear_backward", "hw3_backprop,linear_bakward", "did you mean linear_backward"),
        ("hw7_rnn,tanh_backward", "hw9_rnn,tanh_backward", "no homework hw9_rnn; did you mean hw7_rnn"),
    ],
)
def test_a_row_that_leads_nowhere_is_an_authors_mistake(tmp_path, monkeypatch, old, new, message):
    """File and line are said, all mistakes at once."""
    text = (ROOT / "assignments" / "lectures.csv").read_text("utf-8")
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "lectures.csv").write_text(text.replace(old, new), "utf-8")
    rows = index.rows(tmp_path)
    monkeypatch.setattr(index, "rows", lambda root: rows)

    with pytest.raises(AuthorErrors, match=message) as found:
        index.text()
    assert found.value.messages[0].startswith("assignments/lectures.csv:")
