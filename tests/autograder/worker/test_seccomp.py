"""Seccomp: deeds that are possible and no longer are, and the filter's program read by a small interpreter."""

import ctypes
import errno
import fcntl
import mmap
import os
import platform
import resource
import select
import signal
import socket
import struct
import tempfile
import termios
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.worker import identity, seccomp
from tests.autograder.worker.test_identity import SECONDS, USERS, as_ordinary_user, as_root, in_child, outcome

pytest.importorskip("pyseccomp", reason="seccomp needs Linux, pyseccomp and libseccomp", exc_type=(ImportError, RuntimeError))
if platform.machine() not in seccomp.MACHINES:
    pytest.skip(f"no filter for {platform.machine()}", allow_module_level=True)

BY_NAME = ("execve", "clone3", "shmget", "semget", "msgctl", "vmsplice", "userfaultfd", "io_uring_setup", "keyctl")
NUMBER = {
    name: seccomp.number_of(name)
    for name in [*BY_NAME, "tkill", "rt_sigqueueinfo", "unshare", "setsid", "ioctl", "memfd_secret", "setxattr", "openat2"]
}


@pytest.fixture(scope="module")
def program():
    """The filter, made once as the zygote does."""
    return seccomp.prepare()


# ---- deeds ----------------------------------------------------------------------------------------------------


class Victim:
    """A process of the same user, and a file of that user: what a worker must leave alone."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(dir="/tmp")  # noqa: S108
        self.file = Path(self.folder, "key")
        self.file.write_text("42")
        self.pid = os.fork()
        if self.pid == 0:
            identity.prctl(identity.PR_SET_PDEATHSIG, signal.SIGKILL)
            select.select([], [], [], 2 * SECONDS)
            os._exit(0)

    def clean(self):
        for name in os.listdir(self.folder):
            os.unlink(f"{self.folder}/{name}")
        os.rmdir(self.folder)


def call(name, *arguments):
    return lambda victim: identity.system_call(NUMBER[name], *arguments)


def libc(name, *arguments):
    """A deed through libc; an argument may be a function of the victim."""

    def deed(victim):
        given = [argument(victim) if callable(argument) else argument for argument in arguments]
        if getattr(identity.LIBC, name)(*given) < 0:
            raise OSError(ctypes.get_errno(), name)

    return deed


def _fork(_):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _owner_of_a_pipes_signals(victim):
    fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, victim.pid)


def _empty_by_reading(victim):
    os.close(os.open(victim.file, os.O_RDONLY | os.O_TRUNC))
    assert victim.file.read_text() == ""


def _file(victim):
    return os.fsencode(victim.file)


def _pid(victim):
    return victim.pid


def _limit(victim):
    resource.prlimit(victim.pid, resource.RLIMIT_CORE)


def _own_limit(_):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


PTRACE_SEIZE, CLONE_FILES, IPC_STAT = 0x4206, 0x400, 2

# Each must reach the kernel without the filter; with it, EPERM. Some pass nonsense: any other error means "reached".
DEEDS = {
    "fork": _fork,
    "exec": lambda victim: os.execv("/nonexistent", ["/nonexistent"]),  # noqa: S606
    "session": call("setsid"),
    "TCP socket": lambda victim: socket.socket().close(),
    "UDP socket": lambda victim: socket.socket(type=socket.SOCK_DGRAM).close(),
    "Unix socket": lambda victim: socket.socket(socket.AF_UNIX).close(),
    "netlink socket": lambda victim: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "socketpair": lambda victim: socket.socketpair(),
    "signal": lambda victim: os.kill(victim.pid, 0),
    "signal to everybody": lambda victim: os.kill(-1, 0),
    "signal to the own group": lambda victim: os.kill(0, 0),
    "signal to a thread": lambda victim: identity.system_call(NUMBER["tkill"], victim.pid, 0),
    "queued signal": lambda victim: identity.system_call(NUMBER["rt_sigqueueinfo"], victim.pid, 0, None),
    "signal by a pipe": _owner_of_a_pipes_signals,
    "pidfd": lambda victim: os.pidfd_open(victim.pid),
    "ptrace": libc("ptrace", PTRACE_SEIZE, _pid, None, None),
    "foreign memory": libc("process_vm_readv", _pid, None, 0, None, 0, 0),
    "foreign limits": _limit,
    "own limits": _own_limit,
    "foreign priority": lambda victim: os.setpriority(os.PRIO_PROCESS, victim.pid, 19),
    "foreign processors": lambda victim: os.sched_setaffinity(victim.pid, os.sched_getaffinity(0)),
    "unshare": call("unshare", CLONE_FILES),
    "memfd": lambda victim: os.memfd_create("x"),
    "shared memory": call("shmget", 0, 0, 0),
    "semaphores": call("semget", 0, 0, 0),
    "message queues": call("msgctl", -1, IPC_STAT, None),
    "key ring": call("keyctl", 0, -3, 1),
    "io_uring": call("io_uring_setup", 1, None),
    "vmsplice": call("vmsplice", -1, None, 0, 0),
    "inotify": libc("inotify_init1", 0),
    "chmod": lambda victim: os.chmod(victim.file, 0o777),  # noqa: S103
    "chmod by descriptor": lambda victim: os.fchmod(os.open(victim.file, os.O_RDONLY), 0o777),
    "chown": lambda victim: os.chown(victim.file, -1, -1),
    "times": lambda victim: os.utime(victim.file, (0, 0)),
    "attributes": libc("setxattr", _file, b"user.x", b"x", 1, 8),
    "hard link": lambda victim: os.link(victim.file, f"{victim.file}.link"),
    "symbolic link": lambda victim: os.symlink(victim.file, f"{victim.file}.link"),
    "named pipe": lambda victim: os.mkfifo(f"{victim.file}.pipe"),
    "truncate": lambda victim: os.truncate(victim.file, 0),
    "truncate by reading": _empty_by_reading,
    "outlive the parent": lambda victim: identity.prctl(identity.PR_SET_PDEATHSIG, 0),
    "be traced again": lambda victim: identity.prctl(identity.PR_SET_DUMPABLE, 1),
    "type into a terminal": lambda victim: fcntl.ioctl(os.pipe()[0], termios.TIOCSTI, b"x"),
    "second filter": lambda victim: seccomp.load(b""),
    "set the uid": lambda victim: os.setresuid(-1, -1, -1),
    "flush all disks": lambda victim: identity.system_call(seccomp.number_of("syncfs"), 0),
}
ROOT_DEEDS = {
    "mount": libc("mount", None, None, None, 0, None),
    "unmount": libc("umount2", b"/nonexistent", 0),
    "change the root folder": lambda victim: os.chroot("/"),
    "device": lambda victim: os.mknod(f"{victim.file}.null", 0o20600, os.makedev(1, 3)),
    "host name": libc("sethostname", None, 10_000),
    "leave a namespace": libc("setns", -1, 0),
    "kernel log": libc("klogctl", 10, None, 0),
    "set the clock": libc("clock_settime", 99, None),
}
UNPRIVILEGED = [pytest.param(user, deed, id=f"{name} as {user.id}", marks=user.marks) for user in USERS for name, deed in DEEDS.items()]
PRIVILEGED = [pytest.param(USERS[1].values[0], deed, id=f"{name} as root", marks=USERS[1].marks) for name, deed in ROOT_DEEDS.items()]


def _attempt(deed, *layers):
    """In a child: make a victim, apply the layers, try the deed; how it went."""

    def with_victim():
        victim = Victim()
        keeper = os.fork()  # behind the filter nobody could tidy up: the parent of the filtered process does
        if keeper:
            os.waitpid(keeper, 0)
            victim.clean()
            os._exit(0)
        for layer in layers:
            layer()
        return outcome(lambda: deed(victim))

    return with_victim
