"""One replica for all tests: building it takes a minute."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from autograder import assignment, bundle, secret
from tests.gradescope import replica as replicas

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
    reason = replicas.why_not()
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
