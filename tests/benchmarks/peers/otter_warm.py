"""Grades notebooks with otter in one warm process: `python otter_warm.py AUTOGRADER_ZIP`."""

import sys

from otter.api import grade_submission
from serve import serve


def grade(path):
    """Points of one notebook."""
    return grade_submission(path, sys.argv[1], quiet=True).total


serve(grade)
