"""Grading on a real Dask cluster on the loopback interface: one scheduler, two worker processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys

import pytest

distributed = pytest.importorskip("distributed")

from autograder import classroom, cluster, secret  # noqa: E402
from autograder.errors import GraderError, KitError  # noqa: E402
from autograder.gradebook import Attempt, Gradebook  # noqa: E402
from autograder.homework import ROOT  # noqa: E402
from autograder.slots import Setup  # noqa: E402
from tests.autograder import tiny_class  # noqa: E402

WITHOUT_SECCOMP = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "pyseccomp" else find(name, package)
"""


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler without workers."""
    port = _free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"]
    with _dask("scheduler", options, tmp_path):
        yield f"tcp://127.0.0.1:{port}"


@pytest.mark.slow
def test_class_is_graded_although_a_worker_process_is_killed(tmp_path, scheduler):
    """Every student gets the expected score; what the dead process had goes to the other one."""
    loaded = tiny_class.write_homework(tmp_path)
    expected = tiny_class.write_class(tmp_path / "class", 60)
    key, setup = classroom.key_of(loaded, tiny_class.LIMITS), _setup(loaded, tmp_path)
    done = []

    with _worker(scheduler, tmp_path) as doomed, _worker(scheduler, tmp_path):
        _wait_for_workers(scheduler, 2)

        def kill_after_ten():
            done.append(True)
            if len(done) == 10:
                os.kill(doomed.pid, signal.SIGKILL)

        with Gradebook(tmp_path / "gradebook.sqlite") as gradebook:
            entries = tiny_class.entries(tmp_path / "class")
            gradebook.enrol(loaded.name, classroom.attempts_of(entries, tiny_class.LIMITS))
            pending = gradebook.pending(key)
            engine = _engine(setup, scheduler)
            classroom.grade(gradebook, loaded, key, engine, pending, on_result=kill_after_ten)
            results = gradebook.results(loaded)

        assert doomed.wait(20) == -signal.SIGKILL
    assert {result.student: result.score for result in results} == expected
    assert len(done) == 60


@pytest.mark.slow
def test_cluster_and_this_machine_give_the_same_reports(tmp_path, scheduler):
    """Byte for byte, also for a file that is too long, is no notebook, or is not there."""
    loaded = tiny_class.write_homework(tmp_path)
    tiny_class.write_class(tmp_path / "class", 5)
    (tmp_path / "class" / "essay.ipynb").write_text("Dear grader")
    with (tmp_path / "class" / "long.ipynb").open("wb") as file:
        file.truncate(tiny_class.LIMITS.notebook_bytes + 2**21)
    (tmp_path / "class" / "link.ipynb").symlink_to(tmp_path / "class" / "essay.ipynb")
    attempts = classroom.attempts_of(tiny_class.entries(tmp_path / "class"), tiny_class.LIMITS)
    setup = _setup(loaded, tmp_path)

    with _worker(scheduler, tmp_path):
        remote = dict(cluster.in_cluster(setup, attempts, scheduler))

    assert remote == dict(classroom.in_slots(setup, attempts, 1))
    assert len(remote) == 8


@pytest.mark.slow
def test_node_without_isolation_is_refused(tmp_path, scheduler):
    """The refusal names the node and says why."""
    loaded = tiny_class.write_homework(tmp_path)
    tiny_class.write_class(tmp_path / "class", 1)
    attempts = classroom.attempts_of(tiny_class.entries(tmp_path / "class"), tiny_class.LIMITS)
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_SECCOMP)

    with (
        _worker(scheduler, tmp_path, PYTHONPATH=str(tmp_path)),
        pytest.raises(KitError, match=r"the node tcp://127.0.0.1:\d+ cannot grade: Grading is refused: pyseccomp"),
    ):
        list(cluster.in_cluster(_setup(loaded, tmp_path), attempts, scheduler))


@pytest.mark.slow
def test_cluster_without_workers_is_told(tmp_path, scheduler, monkeypatch):
    """It waits for a worker for a while, not for ever."""
    distributed.Client(scheduler, timeout=30).close()
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 2.0)
    setup = _setup(tiny_class.write_homework(tmp_path), tmp_path)

    with pytest.raises(GraderError, match="it has no workers"):
        list(cluster.in_cluster(setup, [Attempt("ada", "Ada", 1, tmp_path / "ada.ipynb", "")], scheduler))


def test_address_without_a_scheduler_is_told(tmp_path, monkeypatch):
    """The message shows what an address looks like."""
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1.0)
    setup = _setup(tiny_class.write_homework(tmp_path), tmp_path)
    address = f"tcp://127.0.0.1:{_free_port()}"

    with pytest.raises(KitError, match=rf"no Dask scheduler answers at {address}"):
        list(cluster.in_cluster(setup, [Attempt("ada", "Ada", 1, tmp_path / "ada.ipynb", "")], address))


def _setup(loaded, folder):
    return Setup.of(loaded, secret.read_or_make(folder), tiny_class.LIMITS)


def _engine(setup, address):
    return lambda attempts: cluster.in_cluster(setup, attempts, address)


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for_workers(address, count):
    with distributed.Client(address, timeout=30) as client:
        client.wait_for_workers(count, timeout=60)


def _worker(address, folder, **environment):
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    return _dask("worker", [address, *options], folder, **environment)


@contextlib.contextmanager
def _dask(part, options, folder, **environment):
    """A process of Dask's own command line, started in the checkout as its documentation says."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *options]
    with open(folder / f"{part}.log", "a") as log:
        process = subprocess.Popen(  # noqa: S603  our own interpreter
            command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **environment}
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
