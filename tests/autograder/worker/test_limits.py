"""Limits: what a worker may use up."""

import errno
import os
import resource
import signal
import threading
import time

import numpy as np
import pytest

from autograder.worker import limits
from tests.autograder.worker.test_identity import AS_ROOT, USERS, as_ordinary_user, in_child, outcome

MEGABYTE = 2**20


def _apply(**values):
    return lambda: limits.apply(values)


def _mapped():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


@pytest.mark.parametrize("user", USERS)
def test_memory_is_bounded(user):
    """An array beyond the address space is a MemoryError, which the submission's cell reports."""

    def demand():
        return np.ones(256 * MEGABYTE, dtype=np.uint8).size

    def small_limit():
        limits.apply({"AS": _mapped() + 64 * MEGABYTE})

    assert in_child(user, demand) == 256 * MEGABYTE
    assert "MemoryError" in in_child(small_limit, user, demand)


def _burn(seconds):
    while time.process_time() < seconds:
        pass
    return "survived"


def _burn_deaf():
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return _burn(4)


def test_processor_time_is_bounded():
    """A loop ends with SIGXCPU, so that the trusted side knows why."""
    assert in_child(lambda: _burn(1.2)) == "survived"

    assert in_child(_apply(CPU=1), lambda: _burn(4)) == f"ended with status {signal.SIGXCPU:d}"


def test_processor_time_is_bounded_for_a_loop_that_ignores_signals():
    """A second later comes a signal that cannot be ignored."""
    assert in_child(_apply(CPU=1), _burn_deaf) == f"ended with status {signal.SIGKILL:d}"


@pytest.mark.parametrize("user", USERS)
def test_no_file_can_be_filled(user):
    """The first byte written to a file is an ordinary error; a pipe still works."""

    def write():
        with open(os.open("/tmp", os.O_TMPFILE | os.O_RDWR), "wb") as file:  # noqa: S108  a file without a name
            file.write(b"x")

    assert in_child(user, lambda: outcome(write)) == "possible"
    assert in_child(_apply(), user, lambda: outcome(write)) == "EFBIG"


def test_a_file_limit_can_be_granted():
    """A homework that needs to write gets so many bytes a file, and no more."""

    def write(size):
        with open(os.open("/tmp", os.O_TMPFILE | os.O_RDWR), "wb") as file:  # noqa: S108  a file without a name
            file.write(b"x" * size)

    assert in_child(_apply(FSIZE=1000), lambda: outcome(lambda: write(1000))) == "possible"
    assert in_child(_apply(FSIZE=1000), lambda: outcome(lambda: write(1001))) == "EFBIG"


@pytest.mark.parametrize("user", USERS)
def test_descriptors_are_bounded(user):
    """Pipes, whose buffers hold memory, cannot be opened without end."""

    def open_many():
        pipes = [os.pipe() for _ in range(100)]
        return len(pipes)

    assert in_child(user, lambda: outcome(open_many)) == "possible"
    assert in_child(_apply(), user, lambda: outcome(open_many)) == "EMFILE"


def _threads_that_start(count):
    stop = threading.Event()
    started = 0
    try:
        for _ in range(count):
            threading.Thread(target=stop.wait, daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    stop.set()
    return started


@AS_ROOT
def test_threads_are_bounded_for_a_user_of_its_own():
    """NPROC counts threads once the uid is not root's any more."""
    assert in_child(as_ordinary_user, lambda: _threads_that_start(20)) == 20
    assert in_child(_apply(NPROC=8), as_ordinary_user, lambda: _threads_that_start(20)) < 8


def test_memory_cannot_be_locked():
    """Pages stay swappable: mlock is refused."""

    def lock():
        from autograder.worker.identity import LIBC

        memory = np.ones(1000)
        if LIBC.mlock(memory.ctypes, 8000) < 0:
            raise OSError(errno.ENOMEM, "mlock")

    assert in_child(as_ordinary_user, lambda: outcome(lock)) == "possible"
    assert in_child(_apply(), as_ordinary_user, lambda: outcome(lock)) == "ENOMEM"


@pytest.mark.parametrize("name", limits.DEFAULTS)
def test_limit_cannot_be_raised_again(name):
    """Soft and hard limit fall together, and without privileges a hard limit only falls."""
    which = getattr(resource, f"RLIMIT_{name}")

    def raise_it():
        soft, hard = resource.getrlimit(which)
        resource.setrlimit(which, (soft, hard + 10))

    def try_it():
        try:
            raise_it()
        except ValueError as error:
            return str(error)
        return "possible"

    assert in_child(_apply(), as_ordinary_user, try_it) == "not allowed to raise maximum limit"


def test_defaults_are_in_force_and_can_be_overridden():
    """Every limit has its default, except those that were given."""
    given = {"AS": 900 * MEGABYTE, "NOFILE": 20}

    def in_force():
        return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in limits.DEFAULTS}

    assert in_child(_apply(**given), in_force) == {**limits.DEFAULTS, **given}


def test_a_limit_above_the_hard_limit_is_lowered_to_it():
    """An ordinary user with a small quota can still run the grader."""

    def small_quota():
        resource.setrlimit(resource.RLIMIT_NOFILE, (30, 30))

    steps = [small_quota, as_ordinary_user, _apply(NOFILE=64), lambda: resource.getrlimit(resource.RLIMIT_NOFILE)]

    assert in_child(*steps) == (30, 30)


def test_unknown_limit_is_refused():
    """A misspelt limit is never silently missing."""
    assert "RLIMIT_MEMORY" in in_child(_apply(MEMORY=1))


def test_ordinary_work_fits_into_the_defaults():
    """Matrix products and a few threads run under the default limits."""

    def work():
        product = np.ones((300, 300)) @ np.ones((300, 300))
        return float(product[0, 0]), _threads_that_start(4)

    assert in_child(_apply(AS=limits.DEFAULTS["AS"] + _mapped()), as_ordinary_user, work) == (300.0, 4)
