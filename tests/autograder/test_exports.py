"""Grades as CSV: the kit's own table, and platforms' files with nothing changed but the grades."""

import csv
import io

import pytest

from autograder import exports
from autograder.adjustments import Adjustment
from autograder.tables import TableError
from tests.autograder.made_up_class import published, report, result, right, wrong

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Homework 3 (77),Homework 30 (78),Final Score
,,,,,Manual Posting,,
    Points Possible,,,,,20,5,(read only)
"Lovelace, Ada",4321,007,ada,"A, and B",,4,80.00
"Diaz, Bo",17,008,bo,A,3,,
"=HYPERLINK(""http://x"")",18,009,cy,A,,,
"Student, Test",1,,f00,A,,,
"""
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Feedback comments
Participant 1234,Ada Lovelace,ada@school.edu,Submitted,,20.00,Yes,
Participant 99,Bo Diaz,bo@school.edu,Submitted,7,20.00,Yes,old
Participant 98,Cy Ito,cy@school.edu,Submitted,5,20.00,No,kept
"""
STAFF = report(right("relu_grad"), wrong("linear_backward"))


@pytest.fixture
def table(tmp_path):
    """Writes a platform's file."""

    def write(text):
        path = tmp_path / "export.csv"
        path.write_text(text, "utf-8", newline="")
        return path

    return write


def rows(text):
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


# --- the canonical table


def test_grades_are_sorted_by_id_and_ids_stay_text():
    """One row a student, the order of arrival does not matter, zeros in front stay and are quoted."""
    results = [result("2", STAFF, "Bo"), result("007", STAFF, "Ada")]

    text = exports.grades_csv(results)

    assert text == exports.grades_csv(results[::-1])
    assert [row[0] for row in rows(text)] == ["student", "007", "2"]
    assert '\n"007","Ada",12,20,10,2,1,"",""\n' in text
    assert rows(text)[0][2:6] == ["score", "points", "relu_grad (10)", "linear_backward (10)"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_spreadsheet_takes_a_name_for_a_formula(start):
    """Names, ids, reasons and problems that begin like a formula are marked as text."""
    evil = f'{start}HYPERLINK("http://x")'
    decision = Adjustment("x", evil, "4", evil)
    text = exports.grades_csv([result(evil, None, evil, problem=evil, adjustments=(decision,))])

    for cell in rows(text)[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_open_scores_are_empty_and_absent_students_are_named():
    """No score is written where a person has to look."""
    results = [result("a", STAFF, score=None), result("b", None, problem="Nothing was handed in.")]

    first, second = rows(exports.grades_csv(results))[1:]

    assert first[2] == ""
    assert second[2] == "0"
    assert second[-1] == "nothing handed in"


def test_halves_and_sums_are_written_without_noise():
    """0.1 + 0.2 points are 0.3."""
    assert ",0.3," in exports.grades_csv([result("a", STAFF, score=0.1 + 0.2)])


@pytest.mark.parametrize("name", ["\udc80", "a\x00b", "\x1b[31m", "\u202e", "x" * 10_000, "a\nb,c"])
def test_hostile_names_keep_the_table_whole(name):
    """The table can be written and read whatever a name holds."""
    text = exports.grades_csv([result("1", STAFF, name)])

    assert len(rows(text.encode().decode())) == 2
    assert len(text) < 1000


# --- Canvas


def test_canvas_column_is_filled_and_all_else_stays(table):
    """Matched by id or SIS id; other columns, rows that are no students, and other students keep their cells."""
    path = table(CANVAS)

    filled = exports.canvas([result("4321", STAFF), result("008", STAFF, score=11.5)], path, "homework 3")

    before, after = rows(CANVAS), rows(filled.text)
    assert [row[5] for row in after[3:]] == ["12", "11.5", "", ""]
    assert [row[:5] + row[6:] for row in after] == [row[:5] + row[6:] for row in before]
    assert after[:3] == before[:3]
    assert filled.text.startswith("\ufeff")
    assert filled.notes == ()


def test_canvas_notes_say_what_was_not_filled(table):
    """Strangers, open scores, empty hands and other points are told; their cells stay as they were."""
    results = [
        result("nobody", STAFF),
        result("bo", STAFF, score=None),
        result("cy", None, problem="Nothing was handed in."),
        result("ada", STAFF, points=25),
    ]

    filled = exports.canvas(results, table(CANVAS), "Homework 3 (77)")

    assert [row[5] for row in rows(filled.text)[3:6]] == ["12", "3", ""]
    assert filled.notes == (
        "no row for nobody in export.csv",
        "left as it was, because nothing could be graded: cy",
        "left as it was, because a person has to look first: bo",
        "Canvas has 20 points for this homework, the kit 25; make it 25 there",
    )


def test_canvas_absent_student_with_a_decision_is_filled(table):
    """Points that a person gave count even without a notebook."""
    given = result("17", None, score=4.0, adjustments=(Adjustment("17", "total", "4", "shown on paper"),))

    assert rows(exports.canvas([given], table(CANVAS), "Homework 3").text)[4][5] == "4"


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        (CANVAS, "Homework 4", r"export.csv:1: no column Homework 4; did you mean Homework 3"),
        (
            CANVAS.replace("Homework 30", "Homework 3"),
            "Homework 3",
            r"could be Homework 3 \(77\) and Homework 3 \(78\)",
        ),
        ("name,grade\nAda,3\n", "Homework 3", r"export.csv:1: this is not a Canvas gradebook export: no column ID"),
        (CANVAS.replace(",17,", ",4321,"), "Homework 3", r"export.csv:5: 4321 stands on line 4 already"),
        (CANVAS.replace(",17,008", ",17,4321"), "Homework 3", r"export.csv:5: the row fits both 17 and 4321"),
    ],
)
def test_canvas_errors_name_file_and_line(table, text, column, message):
    """A file that does not match is refused before any grade is written."""
    with pytest.raises(TableError, match=message):
        exports.canvas([result("4321", STAFF), result("17", STAFF)], table(text), column)


# --- Moodle


def test_moodle_worksheet_is_filled(table):
    """Grade and feedback by participant number or address; a locked row stays."""
    results = [result("1234", STAFF), result("bo@school.edu", STAFF, score=3.5), result("98", STAFF)]

    filled = exports.moodle(results, table(MOODLE))

    after = rows(filled.text)
    assert [row[4] for row in after] == ["Grade", "12", "3.5", "5"]
    assert after[3] == rows(MOODLE)[3]
    assert after[1][:4] == rows(MOODLE)[1][:4]
    assert after[1][7].startswith("<p>12 of 20 points.</p><ul><li><b>linear_backward</b> 2/10: ")
    assert filled.notes == ("Moodle does not let these grades be changed: 98",)


def test_moodle_feedback_has_the_hint_and_no_hidden_value():
    """What a student may read: the sentence and the hint, not what the hidden check saw."""
    html = exports.feedback_html(result("1", STAFF))

    assert "Where does its 1/N enter for the first time?" in html
    assert "0.25" not in html


def test_moodle_feedback_is_harmless_html():
    """Names, reasons and problems cannot become markup."""
    evil = "<script>alert(1)</script>\u202e"
    decision = Adjustment("1", "total", "4", evil)
    html = exports.feedback_html(result("1", None, problem=evil, adjustments=(decision,)))

    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html


def test_moodle_feedback_is_short():
    """However many exercises failed, the comment stays readable."""
    staff = report(*(wrong("backprop") | {"name": f"exercise_{i}"} for i in range(100)))

    assert len(exports.feedback_html(result("1", staff))) < 5000


def test_moodle_other_maximum_is_told(table):
    """Moodle refuses grades above its maximum; the note says what to change."""
    filled = exports.moodle([result("1234", STAFF)], table(MOODLE.replace("20.00", '"100,00"')))

    assert filled.notes == ("Moodle has 100,00 points for this homework, the kit 20; make it 20 there",)


def test_moodle_errors_name_file_and_line(table):
    """A file without the columns is refused."""
    with pytest.raises(TableError, match=r"export.csv:1: this is not a Moodle grading worksheet"):
        exports.moodle([], table("name\nAda\n"))
    with pytest.raises(TableError, match=r"export.csv:1: no column Grade; got Identifier, Full name"):
        exports.moodle([], table("Identifier,Full name\nParticipant 1,Ada\n"))


def test_published_is_what_the_fake_says():
    """The stand-in for the student's JSON keeps staff text away, as the real one does."""
    assert "detail" not in published(STAFF)["exercises"][1]["checks"][2]
