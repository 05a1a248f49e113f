"""The list of a class: whose CSV it is, is recognised by its columns."""

import pytest

from autograder import roster
from autograder.choice import Entry
from autograder.errors import KitError
from autograder.tables import TableError

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,hw3 (99)
,,,,,Manual Posting
    Points Possible,,,,,60
"Lovelace, Ada",4321,S01,ada@school.edu,A,
"Diaz, Bo",17,S02,bo@school.edu,A,
"Student, Test",1,,f00,A,
"""
MOODLE = """Identifier,"Full name","Email address",Status,Grade
"Participant 1234","Ada Lovelace",ada@school.edu,Submitted,
"Participant 99","Bo Diaz",bo@school.edu,,
"""


@pytest.fixture
def students(tmp_path):
    """Reads a roster from text."""

    def read(text, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return roster.read(path)

    return read


def pairs(students):
    """Ids and names."""
    return [(student.id, student.name) for student in students]


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n007,Ada Lovelace\n17,Bo Diaz\n",
        "Name;Student ID\r\nLovelace, Ada;007\r\nBo Diaz;17\r\n",
        "First name\tSurname\tID number\tEmail address\nAda\tLovelace\t007\ta@x.edu\nBo\tDiaz\t17\tb@x.edu\n",
        "First Name,Last Name,SID,Email,Role\nAda,Lovelace,007,a@x.edu,Student\n\nBo,Diaz,17,b@x.edu,Student\n",
    ],
)
def test_columns_are_recognised(students, text):
    """Plain lists, Moodle's participants and Gradescope's roster; ids keep their zeros."""
    assert pairs(students(text)) == [("007", "Ada Lovelace"), ("17", "Bo Diaz")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write_is_read(students, encoding):
    """Names keep their accents in every usual encoding."""
    assert pairs(students("id,name\n1,Zoë Müller\n", encoding)) == [("1", "Zoë Müller")]


def test_canvas_export_without_its_rows_that_are_no_students(students):
    """Points, posting and the test student are left out; a student is known by each of the ids."""
    ada, bo = students(CANVAS)

    assert (ada.id, ada.name, bo.id) == ("4321", "Ada Lovelace", "17")
    assert {"4321", "s01", "ada@school.edu", "ada"} <= ada.keys


def test_moodle_worksheet(students):
    """The participant's number is the id, as in Moodle's download."""
    assert pairs(students(MOODLE)) == [("1234", "Ada Lovelace"), ("99", "Bo Diaz")]


def test_who_handed_nothing_in_gets_an_entry(students, tmp_path):
    """Names come from the roster, and a student is found by any id."""
    entries = [Entry("ada@school.edu", "adalovelace", tmp_path), Entry("eve", "Eve", tmp_path)]
    listed = students(CANVAS)

    applied = roster.apply(listed, entries)

    assert [(entry.student, entry.name, entry.problem) for entry in applied] == [
        ("17", "Bo Diaz", "Nothing was handed in."),
        ("ada@school.edu", "Ada Lovelace", ""),
        ("eve", "Eve", ""),
    ]
    assert roster.strangers(listed, entries) == ("eve",)


def test_list_that_fits_nobody_is_refused(students, tmp_path):
    """Addresses do not tell whose number 12345 is; both kinds of ids are named. One row that fits is enough."""
    listed = students("name,email\nAda Lovelace,ada@school.edu\nBo Diaz,bo@school.edu\n")

    with pytest.raises(KitError, match=r"roster.csv fits .* like ada@school.edu, bo@school.edu, .* like 12345\. "):
        roster.require_match(tmp_path / "roster.csv", listed, [Entry("12345", "", tmp_path)])
    roster.require_match(tmp_path, listed, [Entry("12345", "", tmp_path), Entry("ada", "", tmp_path)])


def test_part_of_an_address_that_two_share_identifies_nobody(students, tmp_path):
    """ada@a and ada@b are two students; ada alone is neither."""
    listed = students("id,email\n1,ada@a.edu\n2,ada@b.edu\n")

    assert roster.strangers(listed, [Entry("ada", "", tmp_path), Entry("1", "", tmp_path)]) == ("ada",)


def test_errors_name_the_line(students):
    """A missing column, a student twice, a broken file."""
    with pytest.raises(TableError, match=r"roster.csv:1: no column holds the students' ids; .* got colour, shape"):
        students("colour,shape\nred,round\n")
    with pytest.raises(TableError, match=r"roster.csv:4: 1 stands on line 2 already"):
        students("id,name\n1,Ada\n2,Bo\n1,Cy\n")
    with pytest.raises(TableError, match=r"roster.csv:2: no valid CSV"):
        students('id,name\n"1,Ada\n')
    with pytest.raises(TableError, match="save it as CSV"):
        students("PK\x03\x04")
    with pytest.raises(TableError, match="empty"):
        students("")


def test_hostile_ids_and_names_are_harmless(students):
    """Control characters go; a formula stays text."""
    (one,) = students("id,name\n=1+1,\u202eevil\x1b[31m\n")

    assert one.id == "=1+1"
    assert one.name == "evil[31m"
