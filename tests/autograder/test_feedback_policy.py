"""What a student reads: of a hidden check its sentence, points, code and hint alone; and nothing that does harm."""

import csv
import html.parser
import io
import json
import re

import pytest
import tiny_class

from autograder import pages, render
from autograder.exports import grades_csv
from autograder.grade import Grader
from autograder.gradebook import StudentResult

SEEN, EXPECTED, CANARY = "7319", "91357", "canary"
SEEN_AS = re.compile(r"7\.?319")  # numpy may write 7.31925e+03
HIDDEN = f'''
import numpy as np
from autograder.check import check
from autograder.compare import equal

@check(points=3)
def planted_number(relu):
    """relu of a large number is that number."""
    equal("relu", relu(np.array([{SEEN}.25, 1.0])), np.array([{EXPECTED}.5, 1.0]))

@check(points=1)
def threshold_of_planted_numbers(threshold):
    """threshold of a large number is 1."""
    equal("threshold", threshold(np.array([{SEEN}.25])), np.array([1.0]))
'''
LOOK = """
import os
kept = []
def look(z):
    if np.max(z) > 2:
        kept.append(repr(z))
        for tell in (lambda: os.mkdir("saw" + str(z[0])), lambda: setattr(np, "kept", repr(z))):
            try:
                tell()
            except OSError:
                pass
    return kept + os.listdir(".") + [getattr(np, "kept", "")]
"""
RAISE_LATER = """
def threshold(z):
    if look(z)[-1]:
        raise ValueError(str(look(z)))
    return np.where(z > 0, 1.0, 0.0)
"""
RIGHT = "def relu(z):\n    look(z)\n    return np.maximum(z, 0)"
CHANNELS = {  # relu, threshold, a last cell
    "the text of an error": ("def relu(z):\n    raise ValueError(repr(z))", "", ""),
    "the type of an error": ("def relu(z):\n    raise type('Saw' + str(int(z[0])), (Exception,), {})()", "", ""),
    "a wrong value": ("def relu(z):\n    return z", "", ""),
    "a wrong shape": ("def relu(z):\n    return np.zeros(int(abs(z[0])))", "", ""),
    "the type of what is returned": ("def relu(z):\n    return type('Saw' + str(int(z[0])), (), {})()", "", ""),
    "the keys of a dictionary": ("def relu(z):\n    return {float(z[0]): 1}", "", ""),
    "the words of a stub": ("def relu(z):\n    raise NotImplementedError('relu: your code here' + repr(z))", "", ""),
    "what is printed": ("def relu(z):\n    print(z)\n    return z", "", "print(look(np.zeros(1)))"),
    "an error of a later cell": (RIGHT, "", "raise ValueError(str(look(np.zeros(1))))"),
    "the type of a later cell's error": (RIGHT, "", "raise type('Saw' + ''.join(kept), (Exception,), {})"),
    "an error in a later public check": (RIGHT, RAISE_LATER, ""),
    "a value in a later public check": (
        RIGHT,
        "def threshold(z):\n    saw = [float(w) for w in ''.join(kept).replace('array([', '').split(',')[:1] if w]\n"
        "    return np.full(np.shape(z), (saw + [0.5])[0])",
        "",
    ),
    "an error when it is graded again": (
        "def relu(z):\n    look(z)\n    return z",
        "def threshold(z):\n    raise ValueError(str(look(z)) + repr(relu(z)))",
        "",
    ),
}


@pytest.fixture
def graded(tmp_path, zygote):
    """Grades a notebook with these two functions, and a last cell, against the planted hidden check."""
    homework = tiny_class.write_homework(tmp_path, hidden=HIDDEN)

    def grade(relu, threshold="", last="", name="ada.ipynb"):
        content = json.loads(tiny_class.notebook(LOOK + relu, threshold or tiny_class.STEP))
        cells = [*content["cells"], {"cell_type": "code", "source": last, "metadata": {}, "outputs": []}]
        for place, exercise in ((2, "relu"), (4, "threshold")):
            check = {"cell_type": "code", "source": f'grader.check("{exercise}")', "metadata": {}, "outputs": []}
            cells.insert(place, check)
        cells[0]["source"] += "\nimport otter\ngrader = otter.Notebook()"
        path = tmp_path / "submission.ipynb"
        path.write_text(json.dumps(content | {"cells": cells}))
        return Grader(homework, zygote, b"secret" * 6, tiny_class.LIMITS).grade(path, name)

    return grade


def row_of(report):
    student, staff = (json.loads(render.report_json(report, staff=flag)) for flag in (False, True))
    return StudentResult(
        report.submission,
        report.submission,
        staff,
        report.earned,
        report.points,
        published=student,
        problem=report.problem,
    )


def seen_by_student(report):
    """Everything that is made of a report for a student, by its kind."""
    return {
        "terminal": render.report_text(report),
        "JSON": render.report_json(report),
        "page": pages.student_page(row_of(report)),
        "CSV": grades_csv([row_of(report)]),
    }


# ---- hidden checks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_hidden_input_does_not_come_out(graded, channel):
    """Whatever the code that saw it does with it, no student reads it."""
    report = graded(*CHANNELS[channel])

    assert [kind for kind, text in seen_by_student(report).items() if SEEN_AS.search(text)] == []


@pytest.mark.parametrize("channel", ["the text of an error", "a wrong value", "a wrong shape"])
def test_staff_read_what_the_hidden_check_saw(graded, channel):
    """So the values were there to be kept: the test above would find them."""
    assert SEEN_AS.search(render.report_json(graded(*CHANNELS[channel]), staff=True))


def test_an_expected_value_does_not_come_out(graded):
    """The hidden check's message has it, and stays with staff."""
    report = graded("def relu(z):\n    return np.maximum(z, 0)")

    assert EXPECTED in render.report_json(report, staff=True)
    assert [kind for kind, text in seen_by_student(report).items() if EXPECTED in text] == []


TEXTS = {
    "an error": f"def relu(z):\n    if z[0] > 2:\n        raise ValueError('{CANARY}')\n    return np.maximum(z, 0)",
    "the student's line": f"def relu(z):\n    return np.maximum(z, 0) if z[0] < 2 else z['{CANARY}']",
    "a type": f"def relu(z):\n    return np.maximum(z, 0) if z[0] < 2 else type('{CANARY}', (), {{}})()",
    "a key": f"def relu(z):\n    return np.maximum(z, 0) if z[0] < 2 else {{'{CANARY}': 1}}",
}


@pytest.mark.parametrize("source", TEXTS.values(), ids=TEXTS)
def test_a_submissions_text_does_not_come_out_through_a_hidden_check(graded, source):
    """An error that happens in a hidden check only is told by its code."""
    report = graded(source)
    hidden = next(check for check in report.exercises[0].checks if not check.public)

    assert [kind for kind, text in seen_by_student(report).items() if CANARY in text] == []
    assert (hidden.status, hidden.message) == ("FAILED", "")
    assert hidden.code in ("RAISED", "UNSUPPORTED_RETURN", "DTYPE", "SHAPE")


def test_a_hidden_check_shows_these_fields_and_no_others(graded):
    """Name, sentence, points, status and code; message and hint are empty here."""
    report = graded("def relu(z):\n    return np.maximum(z, 0)")
    shown = json.loads(render.report_json(report))["exercises"][0]["checks"][1]

    assert shown == {
        **{"name": "planted_number", "sentence": "relu of a large number is that number.", "public": False},
        **{"points": 3, "earned": 0, "status": "FAILED", "code": "WRONG", "message": "", "hint": ""},
    }


def test_a_public_check_shows_everything(graded):
    """Its message has the student's own error, line and values."""
    report = graded(f"def relu(z):\n    raise ValueError('{CANARY}')")

    assert all(CANARY in seen_by_student(report)[kind] for kind in ("terminal", "JSON", "page"))


def test_what_is_for_staff_is_added_for_staff_alone(graded):
    """The detail of a check, the diagnosis and the digest of an answer are in no student's report."""
    report = graded("def relu(z):\n    return z")
    student, staff = render.report_json(report), render.report_json(report, staff=True)

    for field in ('"detail"', '"diagnosis"', '"answer_digest"'):
        assert field in staff
        assert field not in student


# ---- names and texts that do harm -----------------------------------------------------------------------------

NASTY = {
    "terminal sequences": "\x1b[2J\x1b]0;title\x07 \x9b31m \x08\x08",
    "a carriage return": "harmless\rharm",
    "bidirectional marks": "ada\u202egpj.\u2066exe\u2069",
    "invisible characters": "a\u200bd\u200da\ufeff",
    "lone surrogates": "ada\ud800",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a way out of an attribute": "\"'><svg onload=alert(1)>",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a formula": '=HYPERLINK("http://x","y")',
    "a formula behind a blank": " \t=1+1",
    "a formula with a sign": "-2+3+cmd|' /C calc'!A0",
    "an at sign": "@SUM(1,2)",
    "another row": 'x",100\n"eve',
    "another line": "x\n  relu 5/5\n    pass    5/5",
    "a separator of lines": "x\u2028  relu 5/5\u2029y",
}
NASTY_CASES = [pytest.param(text, id=name) for name, text in NASTY.items()]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
FORGED = re.compile(r"^ *(relu 5/5|pass +5/5)", re.MULTILINE)


class Elements(html.parser.HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.handlers = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def require_harmless(report):
    seen = seen_by_student(report)
    decoded = json.dumps(json.loads(seen["JSON"]), ensure_ascii=False)
    page = Elements(seen["page"])

    assert {
        kind for kind, text in {**seen, "decoded": decoded}.items() if CONTROL.search(text.replace("\\n", ""))
    } == set()
    assert seen["JSON"].isascii()
    assert page.tags & {"script", "img", "iframe", "object"} == set()
    assert page.handlers == []
    assert not FORGED.search(seen["terminal"])


def require_one_row(text):
    """A header and one row, in which no cell is a formula."""
    _, row = csv.reader(io.StringIO(text))

    assert [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


@pytest.mark.parametrize("nasty", NASTY_CASES)
def test_a_name_does_no_harm(graded, nasty):
    """In the terminal, in JSON, on a page and in a table: one row, no formula, no line of its own."""
    report = graded("def relu(z):\n    return z", name=nasty)

    require_harmless(report)
    require_one_row(grades_csv([row_of(report)]))


@pytest.mark.parametrize("nasty", NASTY_CASES)
def test_the_text_of_an_error_does_no_harm(graded, nasty):
    """In a cell and in a public check: the text, the type's name and the line are all a student's."""
    literal = ascii(nasty)
    report = graded(
        f"def relu(z):\n    raise type({literal}.replace('\\0', ''), (Exception,), {{}})({literal})  # {nasty!a}",
        last=f"print({literal})\nraise ValueError({literal})",
    )

    require_harmless(report)


@pytest.mark.parametrize("nasty", ["\x1b[2J", "\u202e", "<script>", pytest.param("x\n  relu 5/5")], ids=ascii)
def test_a_name_of_what_is_no_file_does_no_harm(tmp_path, zygote, nasty):
    """The sentence about it quotes the name."""
    homework = tiny_class.write_homework(tmp_path)
    path = tmp_path / nasty.replace("/", "\u2044")
    path.mkdir()

    report = Grader(homework, zygote, b"secret" * 6, tiny_class.LIMITS).grade(path)

    require_harmless(report)
    assert len(render.report_text(report).splitlines()) == 2
