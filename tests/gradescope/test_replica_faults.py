"""Faults of ours in the replica: an image that cannot grade is refused when it is built, and never gives a score."""

import pytest

from tests.gradescope import submissions as made
from tests.gradescope.replica import PLATFORM_SECONDS

pytestmark = pytest.mark.slow
SOURCE = "autograder/source/"
BROKEN_CHECK = b"""
from autograder.check import check

@check(points=1)
def a_broken_check(relu_grad):
    \"\"\"Nothing.\"\"\"
    relu_grad.nonsense
"""
OUR_FAULTS = {
    "no secret": {SOURCE + "secret": None},
    "an engine that cannot be imported": {SOURCE + "autograder/grade.py": b"this is no Python"},
    "an engine that ends": {SOURCE + "autograder/grade.py": b"import os\nos.kill(os.getpid(), 9)"},
    "a check that breaks": {SOURCE + "assignments/hw3_backprop/public.py": BROKEN_CHECK},
    "setup that did not finish": {SOURCE + "ready": None},
    "no environment": {"opt/homework-kit/bin/python": b"#!/bin/sh\nexit 1\n"},
}


@pytest.mark.parametrize("fault", sorted(OUR_FAULTS))
def test_fault_of_ours_is_no_score(replica, solution, valid, fault):
    """Results that say whose fault it is, without a score; the student sees no detail, staff finds it in stdout."""
    outcome = replica.submit({"hw3.ipynb": made.encoded(solution)}, image=OUR_FAULTS[fault])

    _says_that_the_grader_failed(outcome, valid)


def test_grader_that_hangs_is_ended_and_is_no_score(replica, solution, valid):
    """The shell script ends it and writes the results, before the platform would."""
    script = (replica.image / "autograder" / "run_autograder").read_text()
    seconds = str(PLATFORM_SECONDS - 20)
    assert f"timeout --kill-after=5 {seconds} " in script
    hangs = {
        "autograder/run_autograder": script.replace(seconds, "2").encode(),
        SOURCE + "autograder/run_autograder.py": b"import time\ntime.sleep(1000)\n",
    }

    outcome = replica.submit({"hw3.ipynb": made.encoded(solution)}, image=hangs)

    assert outcome.seconds < 10
    _says_that_the_grader_failed(outcome, valid)


def _says_that_the_grader_failed(outcome, valid):
    results = valid(outcome.results)
    assert "score" not in results
    assert [test.keys() & {"score", "max_score"} for test in results["tests"]] == [set()]
    assert results["output"].startswith("The grader itself failed. This is not your fault")
    assert results["tests"][0]["visibility"] == "visible"
    assert "Traceback" not in outcome.text
    assert outcome.printed.strip()
    assert results["stdout_visibility"] == "hidden"
    assert (outcome.survivors, outcome.timed_out) == ([], False)


OTHER_HASH = b"msgpack==1.2.4 --hash=sha256:" + b"0" * 64
OLD_PYTHON = b"#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ({"usr/bin/python3": OLD_PYTHON}, "Python 3.10 to 3.14 is needed; this image has Python 3.9.2"),
        ({"usr/bin/apt-get": None}, "There is no apt here. Choose Ubuntu 22.04 or newer as the base image."),
        (
            {"autograder/source/requirements.txt": b"msgpack==1.2.4 --hash=sha256:" + b"0" * 64},
            "DO NOT MATCH THE HASHES",
        ),
        ({"autograder/source/answers.json": b"{}"}, "The self-test found that this image cannot grade"),
    ],
    ids=["old Python", "no apt", "wrong hash", "self-test"],
)
def test_setup_fails_loudly_where_the_image_could_not_grade(replica, image, said):
    """A sentence and an exit code; what could not grade is not marked as ready."""
    outcome = replica.set_up_again(image)

    assert outcome.code == 1
    assert "==== SETUP FAILED ====" in outcome.printed
    assert said in outcome.printed
    assert "ready to grade" not in outcome.printed
