"""One replica for all tests: building it takes a minute."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from autograder import assignment, bundle, secret
from tests.gradescope import machine
from tests.gradescope import replica as replicas
from tests.gradescope import submissions as made

SCHEMA = json.loads(Path(__file__).with_name("results.schema.json").read_text())
HOMEWORK = "hw3_backprop"


@pytest.fixture(scope="session")
def loaded():
    """The homework that is deployed."""
    return assignment.load(HOMEWORK)


@pytest.fixture(scope="session")
def valid():
    """Fails on results that do not follow the documented format, and gives them back."""

    def check(results):
        jsonschema.validate(results, SCHEMA, jsonschema.Draft202012Validator)
        return results

    return check


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory):
    """The folder with the instructor's secret."""
    return tmp_path_factory.mktemp("gradebook")


@pytest.fixture(scope="session")
def content(loaded, gradebook):
    """The zip."""
    return bundle.make(loaded, secret.read_or_make(gradebook), "after_due_date", replicas.PLATFORM_SECONDS)


@pytest.fixture(scope="session")
def built(tmp_path_factory, content):
    """The replica, and how setup.sh went in it."""
    reason = machine.why_not()
    if reason:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("replica")
    try:
        made = replicas.Replica(folder)
        made.bootstrap()
        made.unpack(content)
        yield made, made.build()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def replica(built):
    """The replica, once setup.sh has made it able to grade."""
    made, setup = built
    assert setup.code == 0, setup.printed
    return made


@pytest.fixture(scope="session")
def solution(loaded):
    """The notebook with every answer."""
    return json.loads(loaded.homework.solution_notebook.read_text("utf-8"))


@pytest.fixture(scope="session")
def untouched(loaded):
    """The notebook as students get it."""
    return json.loads(loaded.homework.notebook.read_text("utf-8"))


@pytest.fixture(scope="session")
def honest(loaded, solution, untouched):
    """Submissions by the student's id: right, untouched, one mistake each, and an essay."""
    wrong = {f"wrong_{name}": made.with_answer(solution, loaded.wrongs[name][0]) for name in made.MISTAKEN}
    notebooks = {"solution": solution, "untouched": untouched, **wrong}
    return {name: made.encoded(notebook) for name, notebook in notebooks.items()} | {"essay": b"My laptop broke.\n"}


@pytest.fixture(scope="session")
def outcomes(replica, honest):
    """What the replica makes of them."""
    return {name: replica.submit({f"{name}.ipynb": content}) for name, content in honest.items()}
