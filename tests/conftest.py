"""For all tests."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _same_floating_point_errors():
    """A test that changes how numpy treats floating-point errors changes it for itself alone."""
    with np.errstate():
        yield
