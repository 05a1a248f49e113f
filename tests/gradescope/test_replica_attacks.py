"""Hostile and ruined submissions in the replica, on a kernel with Landlock and on one without."""

import ast
import json
import socket

import pytest

from tests.gradescope import submissions as made
from tests.gradescope.judged import HARMLESS_CHANGES, score, sound

pytestmark = pytest.mark.slow
CODE = (ast.Assign, ast.Return, ast.Assert)


@pytest.fixture(scope="module")
def listener():
    """A port on which somebody listens, and a function that says whether anybody came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1], lambda: _has_visitor(server)


def _has_visitor(server):
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


ATTACKS = sorted(made.hostile(0))


@pytest.mark.parametrize("landlock", [True, False], ids=["landlock", "old kernel"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_earns_and_learns_nothing(replica, untouched, listener, valid, loaded, attack, landlock):
    """The score is that of the untouched notebook; nothing of key, checks, secret or results got out or was changed."""
    port, has_visitor = listener
    notebook = made.with_first_cell(untouched, made.hostile(port)[attack])

    outcome = replica.submit({"hw3.ipynb": made.encoded(notebook)}, landlock=landlock)

    results = sound(outcome, valid)
    assert score(results) == 0
    assert "STOLEN" not in outcome.text
    assert not _secrets(replica, outcome.text)
    assert not has_visitor()


def test_attacks_would_succeed_if_nothing_kept_them_from_it(replica, untouched, listener):
    """Run as root, outside a worker, the same code overwrites, reads, connects and leaves files."""
    port, has_visitor = listener
    python = ["/opt/homework-kit/bin/python", "-c"]

    def unprotected(attack):
        cell = made.hostile(port)[attack]
        return replica.submit({"hw3.ipynb": made.encoded(untouched)}, command=[*python, cell])

    assert unprotected("results overwritten before").changes.keys() - HARMLESS_CHANGES
    assert _secrets(replica, unprotected("source read").text + unprotected("source read").printed)
    assert unprotected("disk filled").changes.keys() - HARMLESS_CHANGES
    unprotected("network")
    assert has_visitor()


def _secrets(replica, text):
    """Lines of the key, the checks and the secret that stand in `text`."""
    source = replica.image / "autograder" / "source"
    private = [source / "secret", *(source / "nnref").glob("*.py"), *(source / "solutions").rglob("*.py")]
    lines = {line for path in private for line in _code_lines(path)}
    return [line for line in lines if line in text]


def _code_lines(path):
    """The longer lines of code of a file, as JSON would show them; hints and sentences are meant to be read."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        statements = [
            node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Assign, ast.Return, ast.Assert))
        ]
        text = "\n".join(ast.get_source_segment(text, node) or "" for node in statements)
    return {json.dumps(line.strip())[1:-1] for line in text.splitlines() if len(line.strip()) > 30}


@pytest.mark.parametrize("landlock", [True, False], ids=["landlock", "old kernel"])
@pytest.mark.parametrize("ruin", sorted(made.RUINED))
def test_ruined_answer_costs_its_own_exercise_only(replica, solution, valid, loaded, ruin, landlock):
    """Whatever the last function does to its process, everything else keeps its points."""
    last = loaded.exercises[-1]
    notebook = made.with_body(solution, last, made.RUINED[ruin])

    results = sound(replica.submit({"hw3.ipynb": made.encoded(notebook)}, landlock=landlock), valid)

    lost = {test["extra_data"]["exercise"] for test in results["tests"] if test["status"] == "failed"}
    assert lost == {last.name}
    assert score(results) == sum(exercise.points for exercise in loaded.exercises) - last.points


def test_results_come_before_the_platform_ends_the_container(replica, solution, valid, loaded):
    """Cells that never end use up the time; what was judged before keeps its points, and the results are there."""
    settings = json.loads((replica.image / "autograder/source/settings.json").read_text())
    short = {"autograder/source/settings.json": json.dumps(settings | {"seconds": 100}).encode()}
    first = loaded.exercises[0]
    place = next(i for i, cell in enumerate(solution["cells"]) if cell.get("id") == f"check-{first.name}")
    endless = [
        made.with_first_cell({"cells": []}, "while True:\n    pass")["cells"][0] | {"id": f"e{i}"} for i in range(9)
    ]
    cells = [*solution["cells"][: place + 1], *endless, *solution["cells"][place + 1 :]]

    outcome = replica.submit({"hw3.ipynb": made.encoded(solution | {"cells": cells})}, image=short, seconds=100)

    assert outcome.code == 0
    assert not outcome.timed_out
    earned = {test["extra_data"]["exercise"] for test in valid(outcome.results)["tests"] if test["score"]}
    assert earned == {first.name}
