"""The table of a class in the terminal."""

import io

from rich.console import Console

from autograder.adjustments import Adjustment
from autograder.class_terminal import class_table, ending, to_decide
from autograder.gradebook import StudentResult

REPORT = {"attention": "timeout"}


def _printed(*results):
    out = io.StringIO()
    Console(file=out, width=160).print(class_table(results))
    return out.getvalue()


def test_row_has_scores_total_and_what_to_look_at():
    """Exercises are numbered columns, their names stand below; a score that is open is a question mark."""
    late = (Adjustment("ada", "total", "-1", "one day late"),)
    ada = StudentResult("ada", "Ada", REPORT, 4.5, 8.0, late, exercises={"relu": 1.5, "threshold": 4.0})
    alan = StudentResult("alan", "Alan", None, None, 8.0, problem="a zip", exercises={"relu": None, "threshold": 0.0})

    rows = {
        line.split("│")[1].strip(): line.split("│")[2:-1] for line in _printed(ada, alan).splitlines() if "│" in line
    }

    assert [cell.strip() for cell in rows["ada"]] == ["1.5", "4", "4.5 / 8", "timeout; total -1: one day late"]
    assert [cell.strip() for cell in rows["alan"]] == ["?", "0", "? / 8", "no notebook"]
    assert "1 relu, 2 threshold" in _printed(ada)


def test_names_cannot_draw_or_colour():
    """Markup, escape sequences and line breaks of a name are text, or are dropped."""
    printed = _printed(StudentResult("[red]\x1b[31mada\n\u202eb", "", None, 0.0, 8.0))

    assert "[red][31mada b" in printed
    assert "\x1b" not in printed


def test_name_stands_before_an_id():
    """A platform's number alone says nothing; a name that is the id is not said twice."""
    printed = _printed(
        StudentResult("4321", "Ada Byron", REPORT, 1.0, 8.0), StudentResult("bo", "Bo", REPORT, 1.0, 8.0)
    )

    assert "Ada Byron (4321)" in printed
    assert "(bo)" not in printed


def test_choice_of_a_notebook_is_said_loudly():
    """Who has no points because of it comes first; a long list ends in a number."""
    unclear = "a.ipynb and b.ipynb were handed in: which one counts? Keep one of them."
    chosen = "hw3.ipynb and x.ipynb were handed in; hw3.ipynb counts: it is named like the homework"
    results = [StudentResult(f"{i:02}", "", REPORT, 1.0, 8.0, note=chosen) for i in range(12)]
    results.append(StudentResult("zoe", "Zoë", None, 0.0, 8.0, problem=unclear))

    first, second, *_, last = to_decide(results)

    assert first == f"LOOK, no points until a notebook is chosen: Zoë (zoe): {unclear}"
    assert second == f"look: 00: {chosen}"
    assert last == "look: 2 more; grades.csv names them all"


def test_last_line_counts_students(tmp_path):
    """One is no students; those who cannot be graded are counted as on the class's page."""
    read = StudentResult("ada", "", REPORT, 1.0, 8.0)
    broken = StudentResult("bo", "", {"problem": "no JSON", "attention": "no notebook"}, 0.0, 8.0)
    absent = StudentResult("cy", "", None, 0.0, 8.0, problem="Nothing was handed in.")

    assert ending([read], tmp_path).startswith("1 student; see grades.csv")
    assert ending([read, broken, absent], tmp_path).startswith(
        "3 students, 2 of them without a notebook that can be graded; see"
    )
