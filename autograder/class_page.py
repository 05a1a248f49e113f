"""One HTML page for a class: what to reteach, how the scores are spread, which checks fail, whom to look at.

Made for the teacher; built like a student's page (see `pages`) and kept small enough to be mailed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from autograder import class_summary, look_at
from autograder.class_summary import Scores
from autograder.gradebook import StudentResult
from autograder.pages import render_page

MOST_BYTES = 290_000
STUDENTS_SHOWN = 60  # of one reason or one misconception
MISCONCEPTIONS_SHOWN = 40
WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 600, 210, 14, 26, 28  # of the drawing; the style scales it


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram, in the drawing's own units; its label stands at its left edge, or below its middle."""

    label: str
    span: str
    count: int
    label_x: float
    x: float
    y: float
    width: float
    height: float


def class_page(
    results: Sequence[StudentResult], title: str, sources: Mapping[str, str], links: Mapping[str, str] | None = None
) -> str:
    """The page of a class.

    Args:
        results: what the gradebook says of every student.
        title: the homework's title.
        sources: the lecture of each exercise, from `pages.sources`.
        links: where each student's page lies, seen from this page; a student without one is named only.
    """
    links = {student: quote(place) for student, place in (links or {}).items()}
    in_order = sorted(results, key=lambda result: result.student)
    values = _values(in_order, title, sources) | {"links": links}
    page = render_page("class.html", **values)
    if len(page.encode()) > MOST_BYTES:
        page = render_page("class.html", **values | {"listed": (), "most": STUDENTS_SHOWN // 6})
    return page


def _values(results: Sequence[StudentResult], title: str, sources: Mapping[str, str]) -> dict[str, Any]:
    graded, spread = look_at.graded(results), class_summary.scores(results)
    mistakes = class_summary.misconceptions(results, sources)
    return {
        "title": title,
        "total": len(results),
        "graded": len(graded),
        "unsettled": sum(result.score is None for result in graded),
        "spread": spread,
        "bars": histogram(spread) if spread else [],
        "misconceptions": mistakes[:MISCONCEPTIONS_SHOWN],
        "more_misconceptions": max(len(mistakes) - MISCONCEPTIONS_SHOWN, 0),
        "exercises": class_summary.exercises(results, sources),
        "attention": look_at.attention(results),
        "shared": class_summary.shared_mistakes(results),
        "names": {result.student: result.name or result.student for result in results},
        "listed": sorted(results, key=lambda result: ((result.name or result.student).casefold(), result.student)),
        "most": STUDENTS_SHOWN,
        "frame": {"width": WIDTH, "height": HEIGHT, "side": SIDE, "floor": HEIGHT - BOTTOM},
    }


def histogram(spread: Scores) -> list[Bar]:
    """The bars of the scores: ten of ten percent each, and one, set apart, for full marks."""
    last, most = len(spread.counts) - 1, max(spread.counts)
    step, room = (WIDTH - 2 * SIDE) / (last + 1.5), HEIGHT - TOP - BOTTOM
    bars = []
    for place, count in enumerate(spread.counts):
        x, height = SIDE + (place + 0.5 * (place == last)) * step, room * count / most
        label, span = (str(place * 10), f"{place * 10} to {place * 10 + 10}") if place < last else ("all", "full marks")
        box = (x if place < last else x + step / 2, x + 2, HEIGHT - BOTTOM - height, step - 4, height)
        bars.append(Bar(label, span, count, *(round(value, 1) for value in box)))
    return bars
