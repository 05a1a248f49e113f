"""What `make` would run."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def dry_run(*words):
    """The commands that make prints instead of running them."""
    make = shutil.which("make") or pytest.skip("there is no make here")
    done = subprocess.run([make, "-n", *words], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def test_demo_class_never_takes_the_place_of_a_real_one():
    """It has a folder of its own, which may be filled again and again; a real class goes to the homework's folder."""
    demo, real = dry_run("grade", "HW=hw1_neuron"), dry_run("grade", "HW=hw1_neuron", "SUBMISSIONS=handed in")

    assert "class hw1_neuron demo/hw1_neuron --out reports/demo-hw1_neuron --replace" in demo
    assert 'class hw1_neuron "handed in"' in real
    assert "--out" not in real
    assert "--replace" not in real


def test_demo_class_builds_its_homework_alone():
    """The other homeworks do not matter to it."""
    builds = [line for line in dry_run("grade", "HW=hw1_neuron").splitlines() if " autograder build" in line]

    assert [line.split()[-2:] for line in builds] == [["build", "hw1_neuron"]]
