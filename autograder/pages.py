"""One HTML page for one student: self-contained, without scripts, readable in the dark, on paper and by ear.

Whatever a submission says enters a page as text: it is stripped by `text.plain` wherever a template writes it, escaped
by jinja2, and the page's own policy lets nothing load and nothing run.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.assignment import Assignment
from autograder.gradebook import StudentResult
from autograder.judge import FAILED, GRADER_ERROR, NOT_RUN, PASSED
from autograder.render import LEFT_OUT, number
from autograder.roster import ABSENT
from autograder.text import one_line, plain

TEMPLATES = Path(__file__).parent / "templates"
STATUSES = {
    PASSED: ("passed", "✓", "passed"),
    FAILED: ("failed", "✗", "not yet"),
    NOT_RUN: ("not-run", "○", "not run"),
    GRADER_ERROR: ("unclear", "!", "being looked at"),
}
CODES = {
    "WRONG": "A value is not the right one.",
    "SHAPE": "The result has the wrong shape.",
    "DTYPE": "The result holds the wrong type of numbers.",
    "NONFINITE": "The result holds inf or nan where a number is expected.",
    "RAISED": "Your code stopped with an error.",
    "CHANGED_ARGUMENT": "The function changed what was passed in; work on a copy.",
    "UNSUPPORTED_RETURN": "The function returned something that is neither a number nor an array.",
    "TIMEOUT": "Your code ran longer than allowed. Is there a loop that does not end?",
    "MEMORY": "Your code used up the memory. Is an array much larger than you meant?",
    "CRASHED": "Your code ended Python itself, so nothing came back.",
    "PROTOCOL": "What came back could not be read.",
    "NOT_DEFINED": "There is no function of this name in the notebook, or its cell did not run.",
    "NOT_STARTED": "This is still the line that came with the notebook.",
    "NO_NOTEBOOK": "There was no notebook to run.",
    "GRADER_ERROR": "The grader failed here. That is not your fault; a person will look at it.",
}
NEXT_STEPS = 3
SOURCE = re.compile(r"Source:\s*(.+?)(?:\n\s*\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One thing to do next: what, and a question or sentence that helps."""

    what: str
    help: str = ""


def student_page(result: StudentResult, title: str = "", *, staff: bool = False) -> str:
    """The page of one student.

    Args:
        result: what the gradebook says.
        title: the homework's title; by default its name as it stands in the report.
        staff: write what only staff may read (values of hidden checks, the diagnosis) in folded parts.
    """
    report = (result.report if staff else result.published) or {}
    finished = sum(exercise_status(exercise) == PASSED for exercise in report.get("exercises", ()))
    return render_page(
        "student.html",
        result=result,
        report=report,
        title=title or report.get("assignment", "Homework"),
        finished=finished,
        steps=next_steps(result),
        decided=_decided(result, report),
        staff=staff,
    )


def sources(assignment: Assignment) -> dict[str, str]:
    """The lecture that each exercise comes from: the `Source:` paragraph of its reference's docstring."""
    found = {exercise.name: SOURCE.search(exercise.reference.__doc__ or "") for exercise in assignment.exercises}
    return {name: " ".join(match[1].split()) for name, match in found.items() if match}


def homework_title(assignment: Assignment) -> str:
    """The first heading of the homework's notebook, else its name."""
    cells = json.loads(assignment.homework.notebook.read_text("utf-8"))["cells"]
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    headings = (match[1] for text in texts if (match := re.search(r"^# +(.+)$", text, re.MULTILINE)))
    return next(headings, assignment.name)


def next_steps(result: StudentResult) -> list[Step]:
    """What to do first, at most three things: a file, a cell, then exercises in the notebook's order."""
    report = result.published or {}
    if result.problem == ABSENT:
        return [Step(ABSENT, "If you did hand something in, tell your instructor.")]
    if result.problem or report.get("problem"):
        return [Step("Hand in a notebook that can be read.", result.problem or report["problem"])]
    broken = _broken_cells(report)
    steps = [_cell_step(broken)] if broken else []
    exercises = report.get("exercises", ())
    steps += [step for exercise in exercises if (step := _exercise_step(exercise))]
    if (missing := _not_run(exercises, "NOT_DEFINED")) and not broken:
        steps.append(Step(f"Put {_listed(missing)} back.", "The notebook has no function of this name any more."))
    if fresh := _not_run(exercises, "NOT_STARTED"):
        steps.append(Step(f"Write {_listed(fresh)}.", "Still as it came with the notebook."))
    return steps[:NEXT_STEPS]


def _not_run(exercises: Iterable[Mapping[str, Any]], code: str) -> list[str]:
    return [one["name"] for one in exercises if all(check["code"] == code for check in one["checks"])]


def _broken_cells(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The cells to repair: none with full marks, and none of which only lines such as %pip were left out."""
    if report.get("exercises") and all(exercise_status(exercise) == PASSED for exercise in report["exercises"]):
        return []
    return [cell for cell in report.get("cells", ()) if not cell["trouble"].startswith(LEFT_OUT)]


def _cell_step(cells: Sequence[Mapping[str, Any]]) -> Step:
    first = cells[0]["cell"]
    what = f"Repair cell {first}." if len(cells) == 1 else f"Repair the cells that did not run, cell {first} first."
    trouble = one_line(cells[0]["trouble"], 160).rstrip(".")
    happened = f"{trouble}. " if trouble else ""
    return Step(what, f"{happened}What stands below it may work once it runs. Choose Kernel, then Restart and run all.")


def _exercise_step(exercise: Mapping[str, Any]) -> Step | None:
    failed = [check for check in exercise["checks"] if check["status"] == FAILED]
    if not failed:
        return None
    hint, code = next((check["hint"] for check in failed if check["hint"]), ""), failed[0]["code"]
    what_happened = CODES.get(code, "") if code != "WRONG" else ""
    return Step(f"Look at {exercise['name']} again.", hint or what_happened or failed[0]["sentence"])


def _statuses(exercise: Mapping[str, Any]) -> set[str]:
    return {check["status"] for check in exercise["checks"]}


def exercise_status(exercise: Mapping[str, Any]) -> str:
    """PASSED, NOT_RUN or GRADER_ERROR as for a check, else FAILED."""
    found = _statuses(exercise)
    if GRADER_ERROR in found:
        return GRADER_ERROR
    return found.pop() if len(found) == 1 else FAILED


def _decided(result: StudentResult, report: Mapping[str, Any]) -> dict[str, float | None]:
    """The scores of exercises that a person changed."""
    earned = {exercise["name"]: exercise["earned"] for exercise in report.get("exercises", ())}
    return {name: score for name, score in result.exercises.items() if name in earned and score != earned[name]}


def _listed(names: Sequence[str]) -> str:
    shown = [*names[:4], f"{len(names) - 4} more"] if len(names) > 4 else list(names)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def render_page(template: str, **values: Any) -> str:
    """A page from one of the kit's templates, with its style and the policy that allows it alone."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    style = (TEMPLATES / "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    own = Markup(style)  # noqa: S704  a file of the kit; everything else is escaped
    environment.globals |= {"style": own, "style_digest": digest, "STATUSES": STATUSES, "CODES": CODES}
    environment.globals |= {"exercise_status": exercise_status}
    environment.filters |= {"number": number, "one_line": one_line, "words": lambda name: name.replace("_", " ")}
    return environment


def _harmless(value: Any) -> Any:
    """Text without control and bidirectional characters, wherever a template writes it; markup of ours as it is."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
