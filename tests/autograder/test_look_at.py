"""Whom to look at: one list, and the same reasons wherever it is shown."""

import csv
import io

from rich.console import Console

from autograder import exports, look_at
from autograder.class_page import class_page
from autograder.class_terminal import class_table
from tests.autograder import made_up_class as made
from tests.autograder.made_up_class import not_started, report, result, right

TWO = "hw3.ipynb and hw3_final.ipynb were handed in; hw3.ipynb counts: it is named like the homework"
UNCLEAR = "a.ipynb and b.ipynb were handed in: which one counts? Keep one of them, or name it hw3.ipynb."


def test_attention_names_reasons_in_order_of_urgency():
    """Grader errors first, absent students last; the same notebook is told once, with the names."""
    same = {"provenance": {"submission": "same"}}
    results = [
        result("a", report(right("relu_grad"), attention="timeout, crashed")),
        result("b", None, problem="Nothing was handed in."),
        result("c", report(right("relu_grad"), attention="grader error"), score=None),
        result("d", None, problem="The file is empty."),
        result("e", report(right("relu_grad")) | same, "Eve"),
        result("f", report(right("relu_grad")) | same, "Fay"),
        result("g", report(right("relu_grad"), altered=["cell 2"])),
        result("h", report(not_started("relu_grad")) | same | {"provenance": {"submission": "stub"}}),
        result("i", report(not_started("relu_grad")) | {"provenance": {"submission": "stub"}}),
        result("j", report(right("relu_grad")), note=f"{TWO}; Canvas marks it as late"),
        result("k", report(right("relu_grad")), note="Canvas marks it as late"),
        result("l", None, problem=UNCLEAR),
    ]

    found = [(one.reason, one.students) for one in look_at.attention(results)]

    assert found == [
        ("grader error", (("c", ""),)),
        ("which notebook", (("l", UNCLEAR),)),
        ("crashed", (("a", ""),)),
        ("timeout", (("a", ""),)),
        ("altered given code", (("g", "cell 2"),)),
        ("same notebook", (("e", "the same as Fay"),)),
        ("several notebooks", (("j", TWO),)),
        ("no notebook", (("d", "The file is empty."),)),
        ("late", (("j", ""), ("k", ""))),
        ("nothing handed in", (("b", ""),)),
    ]


def test_terminal_table_and_page_give_the_same_reasons():
    """A changed given cell, a late submission and two notebooks stand in all three."""
    staff = report(right("relu_grad"), altered=["hw3-04"])
    results = [result("ada", staff, note=f"{TWO}; Canvas marks it as late")]
    out = io.StringIO()

    Console(file=out, width=200).print(class_table(results))
    (row,) = csv.DictReader(io.StringIO(exports.grades_csv(results)))
    page = class_page(results, "Homework 3", made.SOURCES)

    assert "altered given code; several notebooks; late" in out.getvalue()
    assert row["look at"] == f"altered given code: hw3-04; several notebooks: {TWO}; late"
    for text in ("Altered given code", "Several notebooks", TWO, "Late"):
        assert text in page


def test_each_twin_is_told_of_the_others():
    """On the class's page a group is one line; in a table each of them has to be found."""
    same = {"provenance": {"submission": "same"}}
    results = [result(student, report(right("relu_grad")) | same, student) for student in "abc"]

    assert [str(look) for look in look_at.look_at(results)["b"]] == ["same notebook: the same as a, c"]
    assert [one.students for one in look_at.attention(results)] == [(("a", "the same as b, c"),)]
