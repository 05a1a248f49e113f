"""Pages: what they say, and that nothing of a submission gets out of its place in them."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from autograder import class_summary, pages
from autograder.adjustments import Adjustment
from autograder.class_page import class_page
from autograder.pages import next_steps, student_page
from tests.autograder import made_up_class as made
from tests.autograder.made_up_class import check, exercise, not_started, report, result, right, wrong

MISSING = check("value", 3, "NOT_RUN", code="NOT_DEFINED")
HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quotes": "' onmouseover='alert(1)",
    "template": "{{ 7 * 7 }}{% raw %}",
    "comment": "--></title></style></head>",
    "bidi": "\u202eevil\u2066\u200f",
    "ansi": "\x1b[31mred\x1b]8;;http://x\x07",
    "formula": '=HYPERLINK("http://x")',
    "long": "x" * 10_000,
    "surrogate": "a\udc80b\ud800",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
}


class Outline(HTMLParser):
    """The tags of a page in order, and its text."""

    VOID = ("meta", "br", "img", "line", "link")

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """A tag that may hold others."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """A tag that closes itself, as in SVG."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        """It closes the tag opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Text; the style is not read."""
        if "style" not in self.open:
            self.text.append(data)

    def words(self):
        """The text that is read, on one line."""
        return " ".join(" ".join(self.text).split())


def words(page):
    """The text of a page."""
    return Outline(page).words()


def hostile_result(text):
    """A student every part of whose report says `text`."""
    checks = [
        check("value", 3, "FAILED", message=text, hint=text, detail=text, code="RAISED"),
        check("hidden", 2, "FAILED", public=False, detail=text),
    ]
    cells = [{"cell": 3, "trouble": text}]
    staff = report(exercise("backprop", *checks, note=text, diagnosis=[text]), right("relu_grad"), cells=cells)
    staff = staff | {"submission": text, "attention": "crashed", "altered": [text]}
    decision = Adjustment("x", "total", "+1", text)
    return result(text, staff, text, problem="", adjustments=(decision,), note=text)


# --- whatever a submission says


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("staff", [False, True])
def test_hostile_text_stays_text_on_a_students_page(text, staff):
    """The tags of the page are those of a harmless student's page, and the page can be saved."""
    page = student_page(hostile_result(text), "Homework", staff=staff)

    assert Outline(page).tags == Outline(student_page(hostile_result("harmless"), "Homework", staff=staff)).tags
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x1b\x7f\ud800-\udfff]", page)
    assert len(page.encode()) < 60_000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text_on_the_page_of_a_class(text):
    """Names, notes and links are text; a link leads where the caller said."""
    harmless, evil = (_page_of_a_class_with(one) for one in ("harmless", text))

    assert Outline(evil).tags == Outline(harmless).tags
    assert ("a", "href", "s/of%20x%23%3F.html") in Outline(evil).attributes
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x1b\x7f\ud800-\udfff]", evil)


def _page_of_a_class_with(text):
    fine = exercise("backprop", check("value", 3), check("hidden", 2, public=False))
    results = [hostile_result(text), result("b", report(fine, right("relu_grad")))]
    return class_page(results, text, {"backprop": text}, {text: "s/of x#?.html", "b": "s/b.html"})


PAGES = [student_page(hostile_result("x")), class_page(made.a_class(40), "x", made.SOURCES)]


@pytest.mark.parametrize("page", PAGES, ids=["student", "class"])
def test_pages_load_and_run_nothing(page):
    """No script, handler, style attribute, frame, form or address of anything to load; the policy says so too."""
    outline = Outline(page)
    policy = next(value for tag, name, value in outline.attributes if name == "content" and "default-src" in value)

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not {"script", "img", "iframe", "object", "embed", "form", "link", "base"} & set(outline.tags)
    names = {name for _, name, _ in outline.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href")]
    assert all(value.startswith("#") for tag, name, value in outline.attributes if name == "href")


def test_pages_are_whole_and_the_same_every_time():
    """Every tag is closed where it should be (the outline asserts it), and two renderings are equal."""
    results = made.a_class(60)

    assert class_page(results, "x", made.SOURCES) == class_page(results[::-1], "x", made.SOURCES)
    assert not Outline(class_page(results, "x", made.SOURCES)).open
    assert not Outline(student_page(results[0])).open


@pytest.mark.parametrize("page", PAGES, ids=["student", "class"])
def test_headings_and_landmarks_are_in_order(page):
    """One h1, no level skipped, one main, every section named by its heading, no id twice."""
    outline = Outline(page)
    levels = [int(tag[1]) for tag in outline.tags if re.fullmatch("h[1-6]", tag)]
    ids = [value for _, name, value in outline.attributes if name == "id"]
    named = [value for _, name, value in outline.attributes if name == "aria-labelledby"]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert outline.tags.count("main") == outline.tags.count("header") == outline.tags.count("footer") == 1
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)


# --- what a student reads


def test_a_student_reads_score_verdicts_and_hints():
    """The score after adjustments, each check's sentence and verdict in words, message and hint."""
    decision = Adjustment("ada", "total", "-10%", "one day late")
    staff = report(right("relu_grad"), wrong("linear_backward"))
    text = words(student_page(result("ada", staff, "Ada", score=10.8, adjustments=(decision,))))

    assert "10.8 of 20 points" in text
    assert "1 of 2 exercises complete" in text
    assert "Value of the gradient is right." in text
    assert "dW[0, 2] is 1.5; finite differences give 3." in text
    assert "Try this: The loss is a mean. Where does its 1/N enter for the first time?" in text
    assert "total -10%: one day late" in text
    assert "✓ passed" in text
    assert "✗ not yet" in text


def test_staff_text_is_on_staff_pages_only():
    """What a hidden check saw and the diagnosis are not on the student's page."""
    one = result("ada", report(wrong("linear_backward")))

    assert "0.25" not in student_page(one)
    assert "averages over the batch" not in words(student_page(one))
    assert "dW[1, 1] is 0.25, expected 0.5" in words(student_page(one, staff=True))
    assert "averages over the batch" in words(student_page(one, staff=True))


CODES = "SHAPE DTYPE NONFINITE RAISED CHANGED_ARGUMENT UNSUPPORTED_RETURN TIMEOUT MEMORY CRASHED PROTOCOL"


@pytest.mark.parametrize("code", CODES.split())
def test_codes_are_explained(code):
    """No student has to know what a code means."""
    text = words(student_page(result("a", report(exercise("f", check("v", 1, "FAILED", code=code), check("w", 1))))))

    assert pages.CODES[code] in text
    assert code not in text


def test_a_score_that_a_person_has_to_find_is_no_zero():
    """A grader error shows no number and blames nobody."""
    staff = report(exercise("f", check("v", 1, "GRADER_ERROR", code="GRADER_ERROR")))
    text = words(student_page(result("a", staff, score=None)))

    assert "? of 1 points" in text
    assert "That is not your fault" in text
    assert "being looked at" in text


def test_a_mistake_that_was_lost_once_is_said():
    """The note of an exercise that was graded with a repaired one is a sentence."""
    note = "graded with a right relu_grad in place of yours: the mistake there costs once"
    text = words(student_page(result("a", report(wrong("relu_grad"), right("backprop") | {"note": note}))))

    assert f"this exercise was {note}." in text


def test_an_exercise_that_a_person_decided_shows_both_scores():
    """The decided points count, and the checks' points are said."""
    staff = report(wrong("relu_grad"))
    one = result("a", staff)
    decided = type(one)(**{**vars(one), "exercises": {"relu_grad": 7.0}, "score": 7.0})

    text = words(student_page(decided))

    assert "7 of 10 points" in text
    assert "The checks gave 2; a person changed it" in text


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (result("a", report(right("relu_grad"))), []),
        (result("a", None, problem="Nothing was handed in."), ["Nothing was handed in."]),
        (result("a", None, problem="The file is empty."), ["Hand in a notebook that can be read."]),
        (result("a", report(wrong("relu_grad"), right("backprop"))), ["Look at relu_grad again."]),
        (
            result("a", report(wrong("relu_grad"), cells=[{"cell": 4, "trouble": "NameError"}])),
            ["Repair cell 4.", "Look at relu_grad again."],
        ),
        (result("a", report(right("relu_grad"), cells=[{"cell": 4, "trouble": "NameError"}])), []),
        (
            result("a", report(wrong("relu_grad"), cells=[{"cell": 4, "trouble": "left out: %pip install x"}])),
            ["Look at relu_grad again."],
        ),
        (
            result("a", report(exercise("f", MISSING), cells=[{"cell": 4, "trouble": "left out: !ls"}])),
            ["Put f back."],
        ),
        (
            result("a", report(not_started("relu_grad"), wrong("backprop"), not_started("graph_backprop"))),
            ["Look at backprop again.", "Write relu_grad and graph_backprop."],
        ),
        (result("a", report(exercise("f", MISSING), right("backprop"))), ["Put f back."]),
        (result("a", report(exercise("f", MISSING), cells=[{"cell": 4, "trouble": ""}])), ["Repair cell 4."]),
    ],
)
def test_next_steps(one, expected):
    """First the file, then cells, then wrong exercises, then those not begun."""
    assert [step.what for step in next_steps(one)] == expected


def test_cell_to_repair_is_told_by_its_line():
    """Jupyter shows no numbers of cells, so the line on which it ended stands there too."""
    cells = [{"cell": 107, "trouble": "NameError: name 'x' is not defined on line 2: y = x"}]
    (step, _) = next_steps(result("a", report(wrong("relu_grad"), cells=cells)))

    assert step.what == "Repair cell 107."
    assert step.help.startswith("NameError: name 'x' is not defined on line 2: y = x. What stands below")


def test_the_help_of_a_step_is_the_hint_or_what_happened():
    """A loop without an end is a better clue than the sentence of the check that it failed."""
    slow = exercise("f", check("value", 3, "FAILED", code="TIMEOUT"))
    plain = exercise("g", check("value", 3, "FAILED"))

    assert [step.help for step in next_steps(result("a", report(wrong("backprop"), slow, plain)))] == [
        "Which gradient is known first?",
        pages.CODES["TIMEOUT"],
        "Value of the gradient is right.",
    ]


def test_the_same_explanation_is_not_repeated():
    """Eight checks that ran too long say so once."""
    slow = [check(f"value_{i}", 1, "FAILED", code="TIMEOUT") for i in range(8)]
    main = words(student_page(result("a", report(exercise("f", *slow))))).split("Exercises", 1)[1]

    assert main.count(pages.CODES["TIMEOUT"]) == 1


def test_the_title_is_the_first_heading_of_the_notebook(tmp_path):
    """Pages are called as the homework is."""
    notebook = tmp_path / "hw3.ipynb"
    cells = [
        {"cell_type": "code", "source": "# no"},
        {"cell_type": "markdown", "source": ["Hello\n", "# Homework 3\n"]},
    ]
    notebook.write_text(json.dumps({"cells": cells}))
    homework = type("Assignment", (), {"name": "hw3", "homework": type("Homework", (), {"notebook": notebook})})

    assert pages.homework_title(homework) == "Homework 3"
    notebook.write_text('{"cells": []}')
    assert pages.homework_title(homework) == "hw3"


def test_never_more_than_three_next_steps():
    """A list of ten things to do is not read."""
    wrongs = [wrong("relu_grad") | {"name": f"f{i}"} for i in range(9)]
    one = result("a", report(*wrongs, cells=[{"cell": 1, "trouble": ""}]))

    assert len(next_steps(one)) == 3


def test_the_source_of_an_exercise_is_its_docstrings_paragraph():
    """The lecture stands once, in the reference's docstring."""

    def reference():
        """Gradient.

        Source: MIT 6.7900 F24,
            rules (1) and (2).

        Args:
            x: an array.
        """

    one = type("Exercise", (), {"name": "f", "reference": staticmethod(reference)})
    two = type("Exercise", (), {"name": "g", "reference": staticmethod(lambda: None)})
    homework = type("Assignment", (), {"exercises": (one, two)})

    assert pages.sources(homework) == {"f": "MIT 6.7900 F24, rules (1) and (2)."}


# --- what the class says to its teacher


def test_scores_are_counted_in_tens_of_percent_with_full_marks_apart():
    """0, 9.9, 10, 99.9 and 100 percent fall into the first, first, second, tenth and last bin."""
    staff = report(right("relu_grad"))
    results = [result(str(i), staff, score=score, points=10) for i, score in enumerate((0, 0.99, 1, 9.99, 10, 3))]
    open_one = result("open", staff, score=None)

    spread = class_summary.scores([*results, open_one, result("none", None)])

    assert spread.counts == (2, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1)
    assert spread.median == 2
    assert class_summary.scores([result("none", None)]) is None


def test_rates_by_exercise_and_check():
    """Of three students, one has all points, one the mistake, one did not begin."""
    results = [result(str(i), report(make("backprop"))) for i, make in enumerate((right, wrong, not_started))]

    (rate,) = class_summary.exercises(results, made.SOURCES)

    assert (rate.full, rate.nothing, rate.mean_share) == (1, 1, pytest.approx((10 + 2 + 0) / 30))
    assert [(one.passed, one.failed, one.not_run) for one in rate.checks] == [(2, 0, 1), (1, 1, 1), (1, 1, 1)]
    assert rate.hardest.name == "value"
    assert rate.source == made.SOURCES["backprop"]


def test_misconceptions_are_counted_with_hint_and_slide():
    """The commonest comes first; a hint without a name in the bank counts by its hint."""
    slip = exercise("relu_grad", check("value", 3, "FAILED", hint="Positive or negative?"))
    results = [
        result("a", report(wrong("relu_grad"), wrong("backprop"))),
        result("b", report(slip, wrong("backprop"))),
        result("c", report(right("relu_grad"), not_started("backprop"))),
    ]

    first, *others = class_summary.misconceptions(results, made.SOURCES)

    assert first.exercise == "backprop"
    assert first.names == ("goes_forward_through_the_layers",)
    assert first.students == ("a", "b")
    assert first.hint == "Which gradient is known first?"
    assert first.source == made.SOURCES["backprop"]
    assert [(one.names, one.students) for one in others] == [((), ("b",)), (("averages_the_slope",), ("a",))]


def test_the_same_rare_mistake_in_the_same_code_is_a_group():
    """Two with the same wrong code are named; with a common mistake, or another text, nobody is."""
    rare = exercise("backprop", check("shape", 2, "FAILED"), check("value", 8), answer_digest="same")
    usual = exercise("relu_grad", check("shape", 2, "FAILED"), answer_digest="usual")
    fine = exercise("relu_grad", check("shape", 2))
    results = [result(str(i), report(usual if i > 9 else fine, right("backprop"))) for i in range(40)]
    results[3] = result("3", report(fine, rare))
    results[4] = result("4", report(fine, rare))
    results[5] = result("5", report(fine, rare | {"answer_digest": "other"}))

    (group,) = class_summary.shared_mistakes(results)

    assert group.students == ("3", "4")
    assert group.exercises == ("backprop",)


def test_untouched_exercises_are_no_shared_mistake():
    """The line that came with the notebook is the same for all who left it."""
    results = [result(str(i), report(not_started("backprop"))) for i in range(3)]

    assert class_summary.shared_mistakes(results) == []


def test_the_class_page_says_what_the_summary_found():
    """Numbers, misconceptions with count and slide, and names of those to look at."""
    results = made.a_class(120)
    first = class_summary.misconceptions(results, made.SOURCES)[0]
    text = words(class_page(results, "Homework 3", made.SOURCES))

    assert "Handed in 116 of 120" in text
    assert f"{len(first.students)} students" in text
    assert f"Reteach: {first.source}" in text
    assert "Crashed 1" in text
    assert "This is a fact and not an accusation" in text


@pytest.mark.parametrize("size", [0, 1, 2, 1000])
def test_the_class_page_stays_small(size):
    """Nobody, one, and a thousand students: less than 300 kB."""
    results = made.a_class(size)
    links = {one.student: f"students/{one.student}.html" for one in results}

    page = class_page(results, "Homework 3", made.SOURCES, links)

    assert len(page.encode()) < 300_000
    assert f"of {size}" in words(page)


def test_a_thousand_hostile_names_do_not_make_the_page_large():
    """The table of all students goes first, and then the long lists."""
    staff = report(wrong("backprop"), attention="crashed")
    results = [result(f"{i}" + "<" * 70, staff, "<&\">'" * 40) for i in range(1000)]
    links = {one.student: f"students/{'<' * 70}{one.student}.html" for one in results}

    page = class_page(results, "Homework 3", made.SOURCES, links)

    assert len(page.encode()) < 300_000
    assert "and 990 more" in words(page)
