"""Shared by the engine's tests: one zygote with short limits, and sessions of it."""

import pytest

from autograder.isolation import choose, this_machine
from autograder.limits import Limits
from autograder.sandbox import Zygote
from autograder.session import Session

SHORT = Limits(cell_seconds=2, call_seconds=1, submission_seconds=30)


@pytest.fixture(scope="session")
def zygote():
    """One zygote for all tests: workers of one test must not matter to the next."""
    with Zygote(SHORT, choose(this_machine(), trust=True)) as zygote:
        yield zygote


@pytest.fixture
def session(zygote):
    """A fresh session."""
    with Session(zygote, SHORT) as session:
        yield session
