"""Files as they are handed in: notebooks are read as data, everything else is one sentence for the student."""

import json

import pytest

from autograder import submission
from autograder.errors import SubmissionError
from autograder.limits import Limits

LIMITS = Limits(notebook_bytes=100_000, cells=50)


def notebook(*cells, **changes):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes


def code(source, **changes):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None} | changes


def parsed(content):
    return submission.parse(json.dumps(content).encode(), LIMITS)


def test_code_cells_keep_their_place_and_id():
    """Markdown counts for the number of a cell but is not run."""
    found = parsed(notebook({"cell_type": "markdown", "source": "hello"}, code(["a = 1\n", "b = 2"], id="x-1")))

    assert found.cells == (submission.Cell(2, "x-1", "a = 1\nb = 2"),)


@pytest.mark.parametrize("minor", [0, 1, 4, 5, 99])
def test_every_minor_version_is_read(minor):
    """Cells of all versions of format 4 look alike to us, with or without ids."""
    assert parsed(notebook(code("x"), nbformat_minor=minor)).cells[0].source == "x"


def test_checks_are_found_by_name():
    """A cell that checks two exercises names both; a comment names none."""
    cell = parsed(notebook(code("grader.check('relu')\ngrader.check(\"tanh\")\n# grader.check('no')"))).cells[0]

    assert cell.checks == ["relu", "tanh"]


def test_the_digest_is_of_the_code_alone():
    """Output, prose and metadata do not change it; code does."""
    one, same = code("x = 1"), code("x = 1", outputs=[{"text": "1"}], metadata={"collapsed": True})

    assert parsed(notebook(one)).digest == parsed(notebook(same, {"cell_type": "raw", "source": "y"})).digest
    assert parsed(notebook(one)).digest != parsed(notebook(code("x = 2"))).digest


def test_lone_surrogates_and_nul_are_text():
    """Half a character pair becomes a question mark; a NUL is left for the compiler to complain about."""
    found = submission.parse(
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = \'\\ud800\\u0000\'"}]}', LIMITS
    )

    assert found.cells[0].source == "x = '?\0'"


UNREADABLE = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n ", "empty"),
    "an essay": (b"Dear grader", "not a notebook"),
    "a list": (b"[1, 2]", "not a notebook"),
    "a number": (b"3", "not a notebook"),
    "half a notebook": (json.dumps(notebook(code("x"))).encode()[:-9], "line 1"),
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "not text"),
    "a zip": (b"PK\x03\x04rest", "zip"),
    "UTF-16": ("\ufeff{}".encode("utf-16-le"), "UTF-16"),
    "deep nesting": (b'{"cells":' + b"[" * 50_000, "deeply"),
    "an enormous number": (b'{"cells": ' + b"9" * 50_000 + b"}", "JSON"),
    "format 2": (json.dumps(notebook(nbformat=2)).encode(), "format 2"),
    "format 3": (json.dumps({"nbformat": 3, "worksheets": []}).encode(), "format 3"),
    "format 5": (json.dumps(notebook(nbformat=5)).encode(), "format 5"),
    "no cells": (json.dumps({"nbformat": 4}).encode(), "no list of cells"),
    "cells in a dict": (json.dumps(notebook(cells={"0": code("x")})).encode(), "no list of cells"),
    "only prose": (json.dumps(notebook({"cell_type": "markdown", "source": "x"})).encode(), "no code cell"),
    "a cell that is text": (json.dumps(notebook("x = 1")).encode(), "Cell 1"),
    "a cell without type": (json.dumps(notebook({"source": "x"})).encode(), "Cell 1"),
    "source in a dict": (json.dumps(notebook(code({"a": "b"}))).encode(), "cell 1"),
    "source of numbers": (json.dumps(notebook(code([1, 2]))).encode(), "cell 1"),
    "too many cells": (json.dumps(notebook(*[code("x")] * 51)).encode(), "51 cells"),
    "R": (json.dumps(notebook(code("x"), metadata={"kernelspec": {"language": "R"}})).encode(), "another language"),
}


@pytest.mark.parametrize(("data", "words"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_notebook_gets_one_sentence(data, words):
    """The sentence says what is wrong and what to do."""
    with pytest.raises(SubmissionError) as refused:
        submission.parse(data, LIMITS)

    assert words in str(refused.value)
    assert len(str(refused.value)) < 250


def test_duplicate_keys_are_read_as_json_reads_them():
    """The last one counts; nothing breaks."""
    data = b'{"nbformat": 4, "cells": [], "cells": [{"cell_type": "code", "source": "x"}]}'

    assert submission.parse(data, LIMITS).cells[0].source == "x"


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    """Size is looked at first: a sparse file of 300 MB costs nothing."""
    path = tmp_path / "large.ipynb"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)

    with pytest.raises(SubmissionError, match=r"300 MB.*Clear its output"):
        submission.read(path, LIMITS)


@pytest.mark.parametrize("kind", ["missing", "folder", "link"])
def test_only_files_are_read(tmp_path, kind):
    """A folder, a link to a file elsewhere, or nothing at all is said."""
    path = tmp_path / "x.ipynb"
    if kind == "folder":
        path.mkdir()
    if kind == "link":
        path.symlink_to("/etc/hostname")

    with pytest.raises(SubmissionError, match="is not a file"):
        submission.read(path, LIMITS)


def test_the_answer_digest_is_of_the_last_definition():
    """Two notebooks with the same answer share it, whatever stands around."""
    one = parsed(notebook(code("def f(x):\n    return x\n"), code("def g(x): ...")))
    other = parsed(notebook(code("import os"), code("  def f(): ..."), code("def f(x):\n    return x")))

    assert one.answer_digest("f") == other.answer_digest("f") != ""
    assert one.answer_digest("h") == ""
