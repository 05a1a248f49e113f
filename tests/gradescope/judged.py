"""What holds for the results of every submission."""

from tests.gradescope import submissions as made

HARMLESS_CHANGES = {"autograder/source", "autograder/results", "autograder/submission_metadata.json"}


def score(results):
    """The total, which is the sum of the tests."""
    assert results["score"] == sum(test["score"] for test in results["tests"])
    return results["score"]


def sound(outcome, valid):
    """What holds for every submission, whatever it did; gives its results."""
    assert (outcome.code, outcome.timed_out, outcome.survivors) == (0, False, [])
    assert set(outcome.changes) <= HARMLESS_CHANGES
    assert made.CANARY not in outcome.text
    assert "forged" not in outcome.text
    return valid(outcome.results)
