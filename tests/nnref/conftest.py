"""What the tests of the answer key share."""

import numpy as np
import pytest


@pytest.fixture
def rng():
    """A generator that starts anew, in the same state, for every test."""
    return np.random.default_rng(20240906)
