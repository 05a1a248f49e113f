"""Grading on a real Dask cluster on the loopback interface: one scheduler, two worker processes."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from autograder import assignment, classroom, cluster, secret
from autograder.errors import GraderError, KitError
from autograder.gradebook import Attempt, Gradebook
from autograder.slots import Setup
from tests.autograder import tiny_class

CHECKOUT = assignment.ROOT
DASK = {"DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "spawn", "DASK_DISTRIBUTED__SCHEDULER__DASHBOARD__STATUS": ""}


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler without workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"]
    with _dask(arguments, tmp_path):
        yield f"tcp://127.0.0.1:{port}"


@contextlib.contextmanager
def _dask(arguments, folder):
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    with open(folder / f"{arguments[0]}.log", "a") as log:
        process = subprocess.Popen(command, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _worker(address, folder):
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    return _dask(["worker", address, *options], folder)


@pytest.mark.slow
def test_class_is_graded_although_a_worker_process_is_killed(tmp_path, scheduler):
    """Every student gets the expected score; the tasks of the process that died go to the other one."""
    loaded = tiny_class.write_homework(tmp_path)
    expected = tiny_class.write_class(tmp_path / "class", 60)
    key = classroom.key_of(loaded, tiny_class.LIMITS)
    setup = Setup.of(loaded, secret.read_or_make(tmp_path), tiny_class.LIMITS)

    with Gradebook(tmp_path / "gradebook.sqlite") as gradebook:
        gradebook.enrol(loaded.name, classroom.attempts_of(tiny_class.entries(tmp_path / "class"), tiny_class.LIMITS))
        pending = gradebook.pending(key)
        with _worker(scheduler, tmp_path) as doomed, _worker(scheduler, tmp_path):
            _wait_for_workers(scheduler, 2)
            done = []

            def kill_after_ten():
                done.append(True)
                if len(done) == 10:
                    os.kill(doomed.pid, signal.SIGKILL)

            engine = lambda attempts: cluster.in_cluster(setup, attempts, scheduler)  # noqa: E731
            classroom.grade(gradebook, loaded, key, engine, pending, on_result=kill_after_ten)
        results = gradebook.results(loaded)

    assert {result.student: result.score for result in results} == expected
    assert len(done) == 60
    assert doomed.returncode == -signal.SIGKILL


def _wait_for_workers(address, count):
    import distributed

    with distributed.Client(address, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)
