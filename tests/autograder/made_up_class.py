"""A made-up class for the tests of pages and exports: results as the gradebook gives them, without grading anything."""

import hashlib
import random
from typing import Any

from autograder.gradebook import StudentResult

EXERCISES = {
    "relu_grad": ("averages the slope", "What is the slope at z = 3, and what at z = -3?"),
    "squared_error_grad": ("forgets the two", "Work it by hand for one example. Where does the 2 come from?"),
    "linear_backward": ("averages over the batch", "The loss is a mean. Where does its 1/N enter for the first time?"),
    "layer_backward": ("takes the slope at a", "Which value goes into the slope: z or a?"),
    "backprop": ("goes forward through the layers", "Which gradient is known first?"),
    "graph_backprop": ("follows one arc only", "Neuron 3 feeds two others. How many routes does its error have?"),
}
SOURCES = {name: f"MIT 6.7900 F24, rule ({place})" for place, name in enumerate(EXERCISES, 1)}
FIRST = ("Ada", "Bruno", "Chen", "Dana", "Emeka", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena", "Noor")
LAST = ("Abel", "Brandt", "Castro", "Diaz", "Eriksen", "Fofana", "Garcia", "Haddad", "Ito", "Jansen", "Kumar", "Moreau")


def digest(text: str) -> str:
    """A made-up SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def check(name: str, points: float, status: str = "PASSED", **fields: Any) -> dict[str, Any]:
    """One check of a report, as `render.report_json(staff=True)` writes it."""
    found = {
        "name": name,
        "sentence": f"{name.replace('_', ' ').capitalize()} of the gradient is right.",
        "public": True,
        "points": points,
        "earned": points if status == "PASSED" else 0,
        "status": status,
        "code": "" if status == "PASSED" else "WRONG",
        "message": "",
        "hint": "",
        "detail": "",
    }
    return found | fields


def exercise(name: str, *checks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """One exercise of a report."""
    totals = {key: sum(one[key] for one in checks) for key in ("points", "earned")}
    found = {"name": name, **totals, "note": "", "checks": list(checks), "diagnosis": [], "answer_digest": digest(name)}
    return found | fields


def report(*exercises: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A staff report."""
    totals = {key: sum(one[key] for one in exercises) for key in ("points", "earned")}
    provenance = {"kit": "0.1.0", "checks": digest("checks"), "submission": digest(repr(list(exercises)))}
    found = {"assignment": "hw3_backprop", "submission": "hw3.ipynb", **totals, "problem": "", "attention": ""}
    return found | {"cells": [], "exercises": list(exercises), "provenance": provenance} | fields


def published(staff: dict[str, Any]) -> dict[str, Any]:
    """What a student may read of a staff report."""
    exercises = [
        {key: value for key, value in one.items() if key not in ("diagnosis", "answer_digest")}
        | {"checks": [{key: value for key, value in c.items() if key != "detail"} for c in one["checks"]]}
        for one in staff["exercises"]
    ]
    return staff | {"exercises": exercises}


def result(student: str, staff: dict[str, Any] | None, name: str = "", **fields: Any) -> StudentResult:
    """What the gradebook says of one student."""
    score = staff["earned"] if staff else 0.0
    values = {"score": score, "points": staff["points"] if staff else 60.0, **fields}
    own = {one["name"]: one["earned"] for one in staff["exercises"]} if staff else {}
    if staff and staff["provenance"]["submission"] == digest(repr(staff["exercises"])):
        staff = staff | {"provenance": staff["provenance"] | {"submission": digest(f"code of {student}")}}
    shown = published(staff) if staff else None
    return StudentResult(student, name or student, staff, exercises=own, published=shown, **values)


def right(name: str) -> dict[str, Any]:
    """An exercise with full marks."""
    return exercise(name, check("shape", 2), check("value", 3), check("every_entry", 5, public=False))


def wrong(name: str, style: str = "usual") -> dict[str, Any]:
    """An exercise with the mistake that the class commonly makes there."""
    mistake, hint = EXERCISES[name]
    failed = check("value", 3, "FAILED", message="dW[0, 2] is 1.5; finite differences give 3.", hint=hint)
    hidden = check("every_entry", 5, "FAILED", public=False, detail="dW[1, 1] is 0.25, expected 0.5")
    return exercise(
        name,
        check("shape", 2),
        failed,
        hidden,
        diagnosis=[mistake.replace(" ", "_")],
        answer_digest=digest(name + style),
    )


def not_started(name: str) -> dict[str, Any]:
    """An exercise that is still the stub."""
    points = {"shape": 2, "value": 3, "every_entry": 5}
    stub = {"status": "NOT_RUN", "code": "NOT_STARTED"}
    return exercise(name, *(check(one, most, **stub, public=one != "every_entry") for one, most in points.items()))


def a_class(size: int, seed: int = 3) -> list[StudentResult]:
    """A class with usual mistakes, accidents, a pair with the same rare mistake, and some who handed in nothing."""
    chance = random.Random(seed)  # noqa: S311  made-up students are no secret
    results = [_student(chance, place) for place in range(size)]
    accidents = {5: "crashed", 11: "timeout", 17: "grader error"}
    for place, attention in accidents.items():
        if place < size:
            staff = results[place].report | {"attention": attention}
            score = None if attention == "grader error" else results[place].score
            results[place] = result(results[place].student, staff, results[place].name, score=score)
    for place in range(20, min(size, 24)):
        one = results[place]
        results[place] = result(one.student, None, one.name, problem="Nothing was handed in.")
    return results


def _student(chance: random.Random, place: int) -> StudentResult:
    skill = chance.betavariate(4, 1.6)
    found = []
    for difficulty, name in enumerate(EXERCISES):
        if chance.random() < skill - 0.04 * difficulty + 0.15:
            found.append(right(name))
        else:
            found.append(wrong(name, f"own {place}") if chance.random() < 0.75 else not_started(name))
    if place in (30, 31):
        rare = exercise(
            "backprop", check("shape", 2, "FAILED"), check("value", 3), check("every_entry", 5, public=False)
        )
        found[4] = rare | {"answer_digest": digest("the same code")}
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return result(f"{20_000 + place}", report(*found), name)
