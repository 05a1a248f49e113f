"""What instructors have on disk: each layout is recognised, and no student's file stops the class."""

import os
import zipfile

import pytest

from autograder import layouts
from autograder.errors import SubmissionError
from tests.autograder.test_archive import NOTEBOOK, zipped


@pytest.fixture
def found(tmp_path):
    """Writes a class of files below a folder and looks for submissions there."""

    def find(files, layout="auto", folder="class", homework="hw3"):
        root = tmp_path / folder
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return layouts.find(root, layout, homework=homework, into=tmp_path / "into")

    return find


def brief(found):
    """Students, attempts and whether there is a notebook."""
    return [(entry.student, entry.attempt, entry.path is not None) for entry in found.entries]


def zip_of(tmp_path, files):
    """A platform's zip of the files."""
    path = tmp_path / "download.zip"
    path.write_bytes(zipped(*files.items()))
    return path


# --- a folder of notebooks, a folder a student


def test_a_folder_of_notebooks(found):
    """A student is called as the notebook is."""
    got = found({"ada.ipynb": NOTEBOOK, "bob.ipynb": NOTEBOOK, "roster.csv": b"id,name"})

    assert got.layout == "notebooks"
    assert brief(got) == [("ada", 1, True), ("bob", 1, True)]
    assert got.said == "a folder of notebooks: 2 students"


def test_another_kind_of_file_says_what_to_hand_in(found):
    """A script or a PDF is an entry with a problem, so that the student can be told."""
    got = found({"ada.ipynb": NOTEBOOK, "bob.py": b"x = 1", "eve.pdf": b"%PDF"})

    assert brief(got) == [("ada", 1, True), ("bob", 1, False), ("eve", 1, False)]
    assert got.entries[1].problem.startswith("There is no notebook, only bob.py. Please hand in the notebook (.ipynb)")


def test_students_without_a_notebook_are_counted(found):
    """Only what can be known before grading: whether there is a notebook, not whether it can be read."""
    got = found({"ada.ipynb": NOTEBOOK, "bob.docx": b"x", "eve.ipynb": b""})

    assert got.said == "a folder of notebooks: 3 students, 1 of them without a notebook (*.ipynb)"


def test_a_folder_for_each_student(found):
    """A student is called as the folder is; checkpoints and data files do not matter."""
    checkpoint = "ada/.ipynb_checkpoints/hw3-checkpoint.ipynb"
    got = found({"ada/hw3.ipynb": NOTEBOOK, checkpoint: NOTEBOOK, "bob/drafts/mine.ipynb": NOTEBOOK})

    assert got.layout == "folders"
    assert brief(got) == [("ada", 1, True), ("bob", 1, True)]


def test_loose_notebooks_beside_folders_are_students_too(found):
    """A mixed folder loses nobody."""
    got = found({"ada/hw3.ipynb": NOTEBOOK, "bob.ipynb": NOTEBOOK})

    assert brief(got) == [("ada", 1, True), ("bob", 1, True)]


def test_one_students_folder_is_a_class_of_one(found):
    """A folder is taken as the teacher gave it: its one folder is a student, not a wrapper."""
    assert [entry.student for entry in found({"ada/hw2.ipynb": NOTEBOOK, "ada/hw3.ipynb": NOTEBOOK}).entries] == ["ada"]


def test_one_notebook_alone(tmp_path):
    """The path of one notebook is a class of one."""
    path = tmp_path / "ada.ipynb"
    path.write_bytes(NOTEBOOK)

    assert brief(layouts.find(path)) == [("ada", 1, True)]


# --- several notebooks of one student


def test_the_notebook_named_like_the_homework_is_taken(found):
    """Last week's notebook in the same folder does not matter."""
    names = ("ada/hw2.ipynb", "ada/hw3.ipynb", "bob/hw3_final.ipynb", "bob/x.ipynb")
    got = found(dict.fromkeys(names, NOTEBOOK))

    assert [entry.path.name for entry in got.entries] == ["hw3.ipynb", "hw3_final.ipynb"]
    assert got.entries[0].note == (
        "hw2.ipynb and hw3.ipynb were handed in; hw3.ipynb counts: it is named like the homework"
    )


@pytest.mark.parametrize(
    ("other", "saved", "ground"),
    [
        ("hw3_final.ipynb", 2e9, "it is named like the homework, although hw3_final.ipynb was saved later"),
        ("hw3_final.ipynb", 1e9, "it is named like the homework"),
        ("hw3-Copy1.ipynb", 1e9, "it was saved last"),
        ("hw3-Copy1.ipynb", 1.5e9, "going by their names, it is the last one"),
    ],
)
def test_it_is_said_why_a_notebook_was_chosen(found, tmp_path, other, saved, ground):
    """The name, the time of saving, or a number in the name; a later notebook that was left is named."""
    found({"ada/hw3.ipynb": NOTEBOOK, f"ada/{other}": NOTEBOOK})
    os.utime(tmp_path / "class/ada/hw3.ipynb", (1.5e9, 1.5e9))
    os.utime(tmp_path / "class/ada" / other, (saved, saved))

    ada = [entry for entry in found({"bob/hw3.ipynb": NOTEBOOK}).entries if entry.student == "ada"]

    assert ada[-1].note.endswith(f" counts: {ground}")


def test_different_notebooks_without_the_name_need_a_person(found):
    """Where a rule would guess, the sentence says what to do."""
    got = found({"ada/draft.ipynb": NOTEBOOK, "ada/clean.ipynb": NOTEBOOK, "bob/hw3.ipynb": NOTEBOOK})

    assert got.entries[0].path is None
    assert got.entries[0].problem == (
        "clean.ipynb and draft.ipynb were handed in: which one counts? Keep one of them, or name it hw3.ipynb."
    )


@pytest.mark.parametrize("copy", ["hw3-Copy1.ipynb", "hw3 (1).ipynb", "hw3-1.ipynb", "hw3_copy.ipynb"])
def test_copies_are_attempts_the_newest_last(found, tmp_path, copy):
    """The times of saving decide where they differ."""
    found({"ada/hw3.ipynb": NOTEBOOK, f"ada/{copy}": NOTEBOOK})
    os.utime(tmp_path / "class/ada/hw3.ipynb", (2e9, 2e9))
    os.utime(tmp_path / "class/ada" / copy, (1e9, 1e9))
    got = found({"bob/hw3.ipynb": NOTEBOOK})

    assert [entry.path.name for entry in got.entries] == [copy, "hw3.ipynb", "hw3.ipynb"]
    assert [entry.attempt for entry in got.entries] == [1, 2, 1]


def test_copies_saved_at_the_same_time_go_by_their_number(found, tmp_path):
    """Ten comes after two."""
    names = ["hw3.ipynb", "hw3-Copy2.ipynb", "hw3-Copy10.ipynb"]
    found({f"ada/{name}": NOTEBOOK for name in names})
    for name in names:
        os.utime(tmp_path / "class/ada" / name, (1e9, 1e9))

    assert [entry.path.name for entry in found({"b/hw3.ipynb": NOTEBOOK}).entries][:3] == names


# --- Gradescope

METADATA = b"""---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :email: ada@school.edu
    :sid: 00123
  :created_at: 2024-10-01 12:00:00.000000000 -07:00
  :score: 1e5
  :results: !ruby/object:Evil
    :output: "submission_9:"
  :history:
  - :id: 99
    :score: 3.0
submission_102:
  :submitters:
  - :name: Bo Diaz
    :email: bo@school.edu
    :sid: ''
  - :name: Cy Ito
    :email: cy@school.edu
    :sid: '77'
  :history: []
"""


def test_gradescope_export(found):
    """Ids stay text, groups are shared, earlier attempts are counted, tags are not obeyed."""
    got = found(
        {
            "submission_metadata.yml": METADATA,
            "submission_101/hw3.ipynb": NOTEBOOK,
            "submission_102/hw3.zip": zipped(("hw3.ipynb", NOTEBOOK)),
        },
        folder="assignment_5_export",
    )

    assert got.layout == "gradescope"
    assert brief(got) == [("00123", 2, True), ("77", 1, True), ("bo@school.edu", 1, True)]
    assert [entry.name for entry in got.entries] == ["Ada Lovelace", "Cy Ito", "Bo Diaz"]


def test_gradescope_zip_with_its_outer_folder(tmp_path):
    """The download as it comes, packed, with everything below one folder."""
    files = {f"export/submission_{number}/hw3.ipynb": NOTEBOOK for number in (101, 102)}
    path = zip_of(tmp_path, {"export/submission_metadata.yml": METADATA} | files)

    got = layouts.find(path, into=tmp_path / "into")

    assert got.layout == "gradescope"
    assert len(got.entries) == 3


def test_a_gradescope_student_without_files_is_a_problem(found):
    """The metadata names who handed in, even if the folder is missing."""
    got = found({"submission_metadata.yml": METADATA, "submission_101/hw3.ipynb": NOTEBOOK})

    assert [entry.student for entry in got.entries if entry.problem] == ["77", "bo@school.edu"]


@pytest.mark.parametrize("content", [b"a: [", b"\x00\xff", b"- 1", b"x: &a [*a]", b"[" * 5000])
def test_a_broken_metadata_file_says_what_to_do(found, content):
    """The teacher is told to use the folders instead."""
    with pytest.raises(SubmissionError, match="--layout folders"):
        found({"submission_metadata.yml": content, "submission_101/hw3.ipynb": NOTEBOOK})


# --- Moodle and Canvas


@pytest.mark.parametrize("tail", ["file_/hw3.ipynb", "file_hw3.ipynb", "file/hw3.ipynb"])
def test_moodle_download(found, tail):
    """Folders or flat files; the student is the participant's number."""
    names = ("Ada K. Lovelace_1234", "Bo_de_la_Diaz_99")
    got = found({f"{name}_assignsubmission_{tail}": NOTEBOOK for name in names})

    assert got.layout == "moodle"
    assert [entry.student for entry in got.entries] == ["1234", "99"]
    assert [entry.name for entry in got.entries] == ["Ada K. Lovelace", "Bo_de_la_Diaz"]


def test_moodle_text_and_a_script_are_no_notebook(found):
    """What was typed into Moodle is not graded, and the sentence says what is missing."""
    got = found(
        {
            "Ada_1_assignsubmission_file_/hw3.ipynb": NOTEBOOK,
            "Bo_2_assignsubmission_onlinetext_/onlinetext.html": b"<p>hi",
            "Cy_3_assignsubmission_file_/hw3.py": b"",
        }
    )

    assert brief(got) == [("1", 1, True), ("2", 1, False), ("3", 1, False)]
    assert "only hw3.py" in got.entries[2].problem


def test_canvas_download(found):
    """User, lateness and the number of attempts are read from the name."""
    got = found(
        {
            "lovelaceada_4321_98765_hw3-2.ipynb": NOTEBOOK,
            "diazbo_LATE_17_98766_my homework_v2.ipynb": NOTEBOOK,
            "itocy_18_text.html": b"<p>",
            "itodee_19_5_hw3.zip": zipped(("hw3.ipynb", NOTEBOOK)),
        }
    )

    assert got.layout == "canvas"
    assert brief(got) == [("17", 1, True), ("18", 1, False), ("19", 1, True), ("4321", 3, True)]
    assert [entry.note for entry in got.entries][:1] == ["Canvas marks it as late"]
    assert got.entries[3].name == "lovelaceada"


def test_folder_around_a_download_is_opened(found):
    """A folder that holds Canvas's submissions.zip and nothing else that was handed in."""
    names = ("lovelaceada_4321_98765_hw3.ipynb", "diazbo_17_98766_hw3.ipynb")
    got = found({"submissions.zip": zipped(*((name, NOTEBOOK) for name in names)), "roster.csv": b"id,name"})

    assert got.layout == "canvas"
    assert brief(got) == [("17", 1, True), ("4321", 1, True)]


def test_zip_of_one_student_is_no_download(found):
    """Otter's archive of one student stays one; of a whole class without a platform's names, the zip is asked for."""
    assert [entry.student for entry in found({"ada.zip": zipped(("hw3.ipynb", NOTEBOOK))}).entries] == ["ada"]
    with pytest.raises(SubmissionError, match=r"If class\.zip holds the whole class, give the zip itself"):
        found({"class.zip": zipped(("ada.ipynb", NOTEBOOK), ("bo.ipynb", NOTEBOOK))}, folder="other")


def test_canvas_files_of_one_student_belong_together(found):
    """A PDF beside the notebook is no second student."""
    got = found({"a_1_5_hw3.pdf": b"", "a_1_6_hw3.ipynb": NOTEBOOK, "b_2_7_hw3.ipynb": NOTEBOOK})

    assert brief(got) == [("1", 1, True), ("2", 1, True)]


def test_canvas_anonymous_download(found):
    """With anonymous grading, Canvas names its own short id."""
    got = found({"anon_Ab3dE_LATE_98_hw3.ipynb": NOTEBOOK, "anon_Zz9xY_99_hw3.ipynb": NOTEBOOK})

    assert [entry.student for entry in got.entries] == ["Ab3dE", "Zz9xY"]


# --- nbgrader and otter


@pytest.mark.parametrize("top", ["submitted/", ""])
def test_nbgrader_tree(found, top):
    """submitted/STUDENT/ASSIGNMENT/x.ipynb, given as the course or as the folder itself."""
    files = {f"{top}{who}/hw3/hw3.ipynb": NOTEBOOK for who in ("ada", "bob")}

    got = found(files | {f"{top}ada/hw3/timestamp.txt": b"2024-10-01"})

    assert got.layout == "nbgrader"
    assert brief(got) == [("ada", 1, True), ("bob", 1, True)]


def test_nbgrader_takes_the_assignment_of_the_homework(found):
    """Of several assignments, the one named like the homework."""
    files = {f"submitted/{who}/{hw}/x.ipynb": NOTEBOOK for who in ("ada", "bob") for hw in ("hw2", "hw3_backprop")}

    assert {entry.path.parent.name for entry in found(files).entries} == {"hw3_backprop"}
    with pytest.raises(SubmissionError, match="hw2, hw3_backprop"):
        found(files, homework="hw7")


def test_otter_archives(found):
    """A zip a student, as otter's export makes it; the notebook is taken out."""
    inside = zipped(("hw3.ipynb", NOTEBOOK), ("hw3.pdf", b""), (".OTTER_LOG", b"\x80"), ("__zip_filename__", b"x"))
    got = found({"ada.zip": inside, "bob.zip": inside})

    assert got.layout == "otter"
    assert [entry.path.read_bytes() for entry in got.entries] == [NOTEBOOK, NOTEBOOK]


def test_two_otter_archives_of_one_student_go_by_their_time(found):
    """The time stands in the archive's name."""
    names = ["hw3_2024_10_21T09_30_00_000001.zip", "hw3_2024_10_20T23_00_00_000001.zip"]
    files = {f"ada/{name}": zipped(("hw3.ipynb", name.encode())) for name in names}

    got = found(files | {"bob/hw3.ipynb": NOTEBOOK})

    assert [entry.path.read_bytes().decode() for entry in got.entries][:2] == names[::-1]


# --- hostile files and the override


def test_each_fault_is_a_sentence_of_its_own_student(found):
    """A bomb, a nested zip, a locked folder of nothing and a good notebook, all in one class."""
    got = found(
        {
            "bomb/hw3.zip": zipped(("hw3.ipynb", bytes(60 * 2**20))),
            "nested/hw3.zip": zipped(("again.zip", zipped(("hw3.ipynb", NOTEBOOK)))),
            "empty/hw3.zip": zipped(),
            "broken/hw3.zip": b"PK\x03\x04 not really",
            "outside/hw3.zip": zipped(("../../hw3.ipynb", NOTEBOOK)),
            "good/hw3.zip": zipped(("hw3.ipynb", NOTEBOOK)),
        }
    )

    problems = {entry.student: entry.problem for entry in got.entries}
    assert {student for student, problem in problems.items() if not problem} == {"good"}
    assert "60 MB" in problems["bomb"]
    assert "another zip" in problems["nested"]
    assert "empty" in problems["empty"]
    assert "no zip archive" in problems["broken"]
    assert "outside" in problems["outside"]


HOSTILE = ("=HYPERLINK(1)", "<script>alert(1)</script>", "a\u202ebcd", "x\x1b[31m", "n" * 200, "\udc80")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_become_harmless_and_stay_different(found, name):
    """Control characters go, ids are short, and two names that look alike are two students."""
    folder = name.replace("/", "_")
    got = found({f"{folder}/hw3.ipynb": NOTEBOOK, "abcd/hw3.ipynb": NOTEBOOK, "x[31m/hw3.ipynb": NOTEBOOK})

    ids = [entry.student for entry in got.entries]
    assert len(set(ids)) == 3
    assert all(len(one) <= 90 and one.isprintable() for one in ids)
    "".join(entry.name for entry in got.entries).encode()


def test_a_layout_can_be_chosen(found):
    """What looks like Canvas is read as plain notebooks if the teacher says so."""
    files = {"a_1_2_x.ipynb": NOTEBOOK, "b_2_3_x.ipynb": NOTEBOOK}

    assert found(files).layout == "canvas"
    assert [entry.student for entry in found(files, "notebooks").entries] == ["a_1_2_x", "b_2_3_x"]


def test_unknown_layouts_and_empty_places_are_told(found, tmp_path):
    """The errors say what there is."""
    with pytest.raises(SubmissionError, match="did you mean canvas"):
        found({"ada.ipynb": NOTEBOOK}, "canvass")
    with pytest.raises(SubmissionError, match="no folder and no zip"):
        layouts.find(tmp_path / "missing")
    (tmp_path / "nothing").mkdir()
    with pytest.raises(SubmissionError, match="nothing is empty: it holds no notebook"):
        layouts.find(tmp_path / "nothing")
    with pytest.raises(SubmissionError, match=r"read as a folder of notebooks \(see --layout\)\. bo: There is no"):
        found({"bo.docx": b"x"}, folder="essays")


def test_a_temporary_folder_is_made_if_none_is_given(tmp_path):
    """Without a place to unpack to, one is made that goes with the process."""
    path = zip_of(tmp_path, {"ada.ipynb": NOTEBOOK, "bob.ipynb": NOTEBOOK})

    got = layouts.find(path)

    assert got.entries[0].path.read_bytes() == NOTEBOOK
    assert not got.entries[0].path.is_relative_to(tmp_path)


def test_unpacking_again_to_the_same_folder_gives_the_same_paths(tmp_path):
    """A run that goes on finds what it found before."""
    path = zip_of(tmp_path, {"ada/hw3.zip": zipped(("hw3.ipynb", NOTEBOOK)), "bob/hw3.ipynb": NOTEBOOK})

    first, second = (layouts.find(path, into=tmp_path / "into") for _ in range(2))

    assert first == second


def test_zips_made_elsewhere_are_understood(tmp_path):
    """Stored members and members with folders of their own, as other programs write them."""
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as opened:
        opened.writestr("ada/", b"")
        opened.writestr("ada/hw3.ipynb", NOTEBOOK)
        opened.writestr("bob/hw3.ipynb", NOTEBOOK)

    assert brief(layouts.find(path, into=tmp_path / "into")) == [("ada", 1, True), ("bob", 1, True)]
