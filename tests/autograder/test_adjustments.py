"""Overrides and penalties: what they do to a score, and that every wrong row is told with its line."""

import pytest

from autograder import adjustments
from autograder.adjustments import TOTAL, Adjustment
from autograder.errors import AuthorErrors, KitError

POINTS = {"relu": 4.0, "threshold": 2.0}
STUDENTS = {"ada", "alan"}


def _one(change, exercise=TOTAL):
    return Adjustment("ada", exercise, change, "a reason")


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ("4", 1.0, 4.0),
        ("0", 3.0, 0.0),
        ("+1", 3.0, 4.0),
        ("-0.5", 3.0, 2.5),
        ("-5", 3.0, 0.0),
        ("-10%", 17.0, 15.3),
        ("+50%", 3.0, 4.5),
        ("-100%", 17.0, 0.0),
        ("4", None, 4.0),
        ("-1", None, None),
        ("-10%", None, None),
    ],
)
def test_change_is_applied_to_a_score(change, before, after):
    """A number replaces, a signed one adds, a percentage is of the score; an unknown score needs a number."""
    assert _one(change).apply(before) == after


def test_exercises_are_changed_before_the_total():
    """(4 -> 3) + 2 = 5, then 10 % off, then 1 more: 5.5, although the rows stand the other way round."""
    decisions = [_one("-10%"), _one("+1"), _one("3", "relu")]

    scores, total = adjustments.apply({"relu": 4.0, "threshold": 2.0}, decisions)

    assert scores == {"relu": 3.0, "threshold": 2.0}
    assert total == pytest.approx(5 * 0.9 + 1)


def test_total_needs_every_exercise():
    """While one exercise waits for a person, so does the total; a score for that exercise gives a total."""
    earned = {"relu": None, "threshold": 2.0}

    assert adjustments.apply(earned, [])[1] is None
    assert adjustments.apply(earned, [_one("1", "relu")])[1] == 3.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_is_read_as_spreadsheets_write_it(tmp_path, encoding, separator):
    """Columns in any order, commas or semicolons, with or without a byte order mark, empty lines left out."""
    path = tmp_path / "adjustments.csv"
    rows = ["Reason,Student,Exercise,Score", "one day late,ada,total,-10%", ",,,", "good idea, alan ,,+1"]
    path.write_text("\r\n".join(rows).replace(",", separator), encoding)

    found = adjustments.read(path, STUDENTS, POINTS)

    assert found == (Adjustment("ada", TOTAL, "-10%", "one day late"), Adjustment("alan", TOTAL, "+1", "good idea"))
    assert [str(one) for one in found] == ["total -10%: one day late", "total +1: good idea"]


def test_all_wrong_rows_are_told_at_once(tmp_path):
    """Every mistake has its file and line, and near misses are suggested."""
    path = tmp_path / "late.csv"
    rows = [
        "student,exercise,score,reason",
        "adda,total,5,late",
        "ada,rellu,1,late",
        "ada,relu,5,",
        "alan,relu,1;5,late",
    ]
    path.write_text("\n".join(rows))

    with pytest.raises(AuthorErrors) as raised:
        adjustments.read(path, STUDENTS, POINTS)

    starts = ["late.csv:2: no student adda; did you mean ada?", "late.csv:3: no exercise rellu; did you mean relu?"]
    starts += ["late.csv:4: a reason is missing", "late.csv:4: relu has 4 points, got 5", "late.csv:5: the score 1;5"]
    assert [message.startswith(start) for message, start in zip(raised.value.messages, starts, strict=True)] == [
        True
    ] * 5


@pytest.mark.parametrize("change", ["", "nan", "inf", "1e3", "10%", "4,5", "--1", "=1+1", "٣", "1" * 9])
def test_score_is_a_plain_number(tmp_path, change):
    """Nothing else than digits, a sign and a percent sign; a share without a sign could mean either."""
    path = tmp_path / "adjustments.csv"
    path.write_text(f'student,exercise,score,reason\nada,total,"{change}",late\n', "utf-8")

    with pytest.raises(AuthorErrors, match=r"adjustments.csv:2: the score"):
        adjustments.read(path, STUDENTS, POINTS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"student,score\nada,1\n", "adjustments.csv:1: the columns are student, score; expected"),
        (b"", "adjustments.csv:1: the columns are missing"),
        ("student,exercise,score,reason\nada,total,-1,spät\n".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_file_that_is_no_such_table_is_refused(tmp_path, content, said):
    """The message says what was found and what is expected."""
    path = tmp_path / "adjustments.csv"
    path.write_bytes(content)

    with pytest.raises(KitError, match=said):
        adjustments.read(path, STUDENTS, POINTS)


def test_missing_file_is_told(tmp_path):
    """The path is in the message."""
    with pytest.raises(KitError, match=r"nowhere.csv cannot be read"):
        adjustments.read(tmp_path / "nowhere.csv", STUDENTS, POINTS)
