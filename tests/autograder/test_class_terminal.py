"""The table of a class in the terminal."""

import io

from rich.console import Console

from autograder.adjustments import Adjustment
from autograder.class_terminal import class_table
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
    assert [cell.strip() for cell in rows["alan"]] == ["?", "0", "? / 8", "a zip"]
    assert "1 relu, 2 threshold" in _printed(ada)


def test_names_cannot_draw_or_colour():
    """Markup, escape sequences and line breaks of a name are text, or are dropped."""
    printed = _printed(StudentResult("[red]\x1b[31mada\n\u202eb", "", None, 0.0, 8.0))

    assert "[red][31mada b" in printed
    assert "\x1b" not in printed
