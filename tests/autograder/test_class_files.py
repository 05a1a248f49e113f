"""The files made from a gradebook: safe names, what students may read, whole files."""

import csv
import io
import json
import os

import pytest

from autograder import class_files
from autograder.adjustments import Adjustment
from autograder.errors import KitError
from autograder.gradebook import StudentResult
from tests.autograder import tiny_class

HOSTILE = [
    "../../etc/passwd",
    "..",
    ".hidden",
    "a" * 300,
    "é" * 200,
    "con",
    "class",
    "LPT1.txt",
    "line\nbreak",
    "nul\0byte",
    "a/b",
    "a\\b",
    "C:evil",
    "~root",
    "=cmd()",
    "",
    " ",
    "‮txt.exe",
    "\udcff",
    "*?<>|\"'",
]


def test_plain_names_stay():
    """Letters of any script, digits, dots, dashes; a slash becomes two underscores."""
    assert class_files.file_stems(["ada", "Łukasz.k", "u-12_3", "lab1/ada"]) == {
        "ada": "ada",
        "Łukasz.k": "Łukasz.k",
        "u-12_3": "u-12_3",
        "lab1/ada": "lab1__ada",
    }


def test_hostile_names_stay_in_their_folder_and_apart(tmp_path):
    """Every name gives a file of its own in the folder, also where upper and lower case are the same."""
    stems = class_files.file_stems(HOSTILE)

    for stem in stems.values():
        class_files.write_text(tmp_path / f"{stem}.json", "{}")

    assert sorted(os.listdir(tmp_path)) == sorted(f"{stem}.json" for stem in stems.values())
    assert len({stem.casefold() for stem in stems.values()}) == len(HOSTILE)
    assert not any(stem.startswith(".") for stem in stems.values())


@pytest.mark.parametrize("twins", [("Ada", "ada"), ("a/b", "a__b"), ("a b", "a?b"), ("é", "e\u0301")])
def test_names_that_look_alike_get_different_files(twins):
    """Different students never share a file, even if a third one calls himself like the file of the second."""
    first, second = class_files.file_stems(twins).values()
    stems = class_files.file_stems([*twins, second]).values()

    assert first.casefold() != second.casefold()
    assert len({stem.casefold() for stem in stems}) == len({*twins, second})


def test_student_reads_the_decision_but_no_staff_detail():
    """The JSON is the published report with the final score and the reasons."""
    published = {"assignment": "hw0", "earned": 3.0, "points": 6.0}
    staff = published | {"detail": "a hidden value"}
    decided = (Adjustment("ada", "total", "-1", "one day late"),)
    result = StudentResult("ada", "Ada", staff, 2.0, 6.0, decided, published=published)

    content = json.loads(class_files.student_json(result))

    assert (content["earned"], content["score"]) == (3.0, 2.0)
    assert content["adjustments"] == [{"exercise": "total", "change": "-1", "reason": "one day late"}]
    assert "detail" not in content


def test_every_student_has_a_row_and_a_file(tmp_path):
    """Also one who handed nothing in."""
    report = {"assignment": "hw0", "earned": 3.0, "points": 6.0, "attention": "", "exercises": [], "cells": []}
    report |= {"problem": "", "submission": "ada", "provenance": {}}
    results = [
        StudentResult("ada", "Ada", report, 3.0, 6.0, published=report),
        StudentResult("alan", "Alan", None, 0.0, 6.0, problem="Nothing was handed in."),
    ]

    class_files.write(results, tiny_class.write_homework(tmp_path), tmp_path / "new" / "folder")

    rows = list(csv.DictReader(io.StringIO((tmp_path / "new" / "folder" / "grades.csv").read_text("utf-8"))))
    assert [(row["student"], row["score"]) for row in rows] == [("ada", "3"), ("alan", "0")]
    assert (
        json.loads((tmp_path / "new" / "folder" / "students" / "alan.json").read_text())["problem"]
        == "Nothing was handed in."
    )
    pages = (tmp_path / "new" / "folder").rglob("*.html")
    assert sorted(path.name for path in pages) == ["ada.html", "alan.html", "class.html"]
    assert 'href="students/ada.html"' in (tmp_path / "new" / "folder" / "class.html").read_text()


def test_pages_of_students_who_left_are_removed(tmp_path):
    """Also where they lay before; files that the kit did not write stay, whatever they hold."""
    ada = StudentResult("ada", "Ada", None, 0.0, 6.0, problem="Nothing was handed in.")
    loaded, out = tiny_class.write_homework(tmp_path), tmp_path / "out"
    (out / "students").mkdir(parents=True)
    for place in ("zoe", "students/zoe"):
        (out / f"{place}.json").write_text(class_files.student_json(ada))
        (out / f"{place}.html").write_text("")
    for name, text in {"notes.json": "[" * 9999, "verify.json": '{"score": 1}', "notes.html": ""}.items():
        (out / name).write_text(text)

    class_files.write([ada], loaded, out)

    assert sorted(os.listdir(out)) == [
        *("class.html", "grades.csv", "notes.html", "notes.json", "students", "verify.json")
    ]
    assert sorted(os.listdir(out / "students")) == ["ada.html", "ada.json"]


def test_folder_that_cannot_be_written_is_told(tmp_path):
    """The message says that the grades are safe."""
    (tmp_path / "file").write_text("")

    with pytest.raises(KitError, match=r"grades.csv cannot be written .* The grades are safe"):
        class_files.write([], tiny_class.write_homework(tmp_path), tmp_path / "file" / "folder")
