"""Seccomp: deeds that are possible and no longer are, and the filter's program read by a small interpreter."""

import ctypes
import errno
import fcntl
import io
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
from tests.autograder.worker.test_identity import AS_ROOT, SECONDS, USERS, as_ordinary_user, as_root, in_child, outcome

pytest.importorskip(
    "pyseccomp", reason="seccomp needs Linux, pyseccomp and libseccomp", exc_type=(ImportError, RuntimeError)
)
if platform.machine() not in seccomp.MACHINES:
    pytest.skip(f"no filter for {platform.machine()}", allow_module_level=True)

PR_SET_PTRACER, ANYBODY = 0x59616D61, 2**64 - 1
PTRACE_SEIZE, CLONE_FILES, IPC_STAT = 0x4206, 0x400, 2


@pytest.fixture(scope="module")
def program():
    """The filter, made once as the zygote does."""
    return seccomp.prepare()


# ---- deeds ----------------------------------------------------------------------------------------------------


class Victim:
    """A process of the same user, and a file of that user: what a worker must leave alone."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(dir="/tmp")
        self.file = Path(self.folder, "key")
        self.file.write_text("42")
        ready, done = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self._live(done)
        os.read(ready, 1)

    def _live(self, done):
        identity.prctl(identity.PR_SET_PDEATHSIG, signal.SIGKILL)
        outcome(lambda: identity.prctl(PR_SET_PTRACER, ANYBODY))  # unknown without Yama, which forbids more by default
        os.write(done, b".")
        select.select([], [], [], 2 * SECONDS)
        os._exit(0)

    def clean(self):
        """Remove the folder; the process dies with its parent."""
        for name in os.listdir(self.folder):
            os.unlink(f"{self.folder}/{name}")
        os.rmdir(self.folder)


def call(name, *arguments):
    return lambda victim: identity.system_call(seccomp.number_of(name), *arguments)


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
    "signal to a thread": lambda victim: identity.system_call(seccomp.number_of("tkill"), victim.pid, 0),
    "queued signal": lambda victim: identity.system_call(seccomp.number_of("rt_sigqueueinfo"), victim.pid, 0, None),
    "signal by a pipe": _owner_of_a_pipes_signals,
    "pidfd": lambda victim: os.pidfd_open(victim.pid),
    "ptrace": libc("ptrace", PTRACE_SEIZE, _pid, None, None),
    "foreign memory": libc("process_vm_readv", _pid, None, 0, None, 0, 0),
    "foreign limits": _limit,
    "own limits": libc("setrlimit", resource.RLIMIT_CORE, struct.pack("QQ", 0, 0)),
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
    "new file": lambda victim: os.close(os.open(f"{victim.file}.new", os.O_WRONLY | os.O_CREAT)),
    "nameless file": lambda victim: os.close(os.open(os.path.dirname(victim.file), os.O_WRONLY | os.O_TMPFILE)),
    "new folder": lambda victim: os.mkdir(f"{victim.file}.folder"),
    "renamed file": lambda victim: os.rename(victim.file, f"{victim.file}.moved"),
    "removed file": lambda victim: os.unlink(victim.file),
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
    "set the clock": call("clock_settime", 99, None),
}
MAY_BE_MISSING = ("io_uring", "key ring", "kernel log", "shared memory", "semaphores", "message queues")
CASES = [
    *(
        pytest.param(*user.values, name, id=f"{name} as {user.id}", marks=user.marks)
        for user in USERS
        for name in DEEDS
    ),
    *(pytest.param(as_root, name, id=f"{name}, root", marks=AS_ROOT) for name in ROOT_DEEDS),
]


@pytest.mark.parametrize(("user", "name"), CASES)
def test_deed_is_possible_without_the_filter_and_not_with_it(user, name, program):
    """The filter, and nothing else, stands between a submission and each of these."""
    deed = {**DEEDS, **ROOT_DEEDS}[name]

    without = in_child(user, _attempt(deed))
    behind = in_child(user, _attempt(deed, identity.no_new_privileges, lambda: seccomp.load(program)))

    if name in MAY_BE_MISSING and without in ("ENOSYS", "EPERM"):
        pytest.skip(f"this machine has no {name} to begin with")
    assert without != "EPERM"
    assert "status" not in without
    assert behind == "EPERM"


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


@pytest.mark.parametrize("name", seccomp.PRETEND_MISSING)
def test_calls_whose_flags_cannot_be_seen_are_missing(name, program):
    """clone3 and openat2 answer as an old kernel does, so that libc uses their predecessors."""

    def attempt():
        return outcome(lambda: identity.system_call(seccomp.number_of(name), 0, 0, 0, 0))

    assert in_child(attempt) not in ("ENOSYS", "possible")
    assert in_child(*_filtered(program), attempt) == "ENOSYS"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86_64 has a second, older way into the kernel")
def test_32_bit_calls_are_missing(program):
    """The getpid of 32-bit programs, whose number is writev's here, is not a way around the filter."""

    def old_getpid():
        code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(bytes.fromhex("b814000000 cd80 c3"))  # mov eax, 20; int 0x80; ret
        return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))() == os.getpid()

    if in_child(old_getpid) is not True:
        pytest.skip("this kernel runs no 32-bit programs")
    assert in_child(*_filtered(program), old_getpid) is False


def _filtered(program, user=as_ordinary_user):
    return [user, identity.no_new_privileges, lambda: seccomp.load(program)]


# ---- what has to keep working ---------------------------------------------------------------------------------


def _threads():
    values = []
    threads = [threading.Thread(target=values.append, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(values)


def _signal_to_itself():
    caught = []
    signal.signal(signal.SIGUSR1, lambda *_: caught.append(True))
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    return len(caught)


WORK = {
    "matrix product": (lambda: float((np.ones((300, 300)) @ np.ones((300, 300)))[0, 0]), 300.0),
    "solving": (lambda: np.linalg.solve(2 * np.eye(50), np.ones(50)).sum().item(), 25.0),
    "threads": (_threads, [0, 1, 2, 3]),
    "random numbers": (lambda: (np.random.default_rng().random(3).shape, len(os.urandom(8))), ((3,), 8)),
    "time": (lambda: time.sleep(0.001) or time.time() > 1e9, True),
    "reading the library": (lambda: "def " in Path(np.__file__).read_text(), True),
    "signals to itself": (_signal_to_itself, 2),
    "own limits, read": (lambda: len(resource.getrlimit(resource.RLIMIT_AS)), 2),
    "size of a terminal": (lambda: os.isatty(0) in (True, False), True),
}


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize(("work", "result"), WORK.values(), ids=WORK)
def test_ordinary_work_goes_on(user, work, result, program):
    """Nothing that a homework does is in the filter's way."""
    assert in_child(*_filtered(program, user), work) == result


@pytest.mark.parametrize("user", USERS)
def test_figures_can_be_drawn(user, program):
    """Matplotlib, imported and used once before, as in the zygote, draws behind the filter."""
    plt = pytest.importorskip("matplotlib.pyplot")
    plt.switch_backend("Agg")

    def picture():
        buffer = io.BytesIO()
        plt.figure().subplots().plot([0, 1])
        plt.savefig(buffer)
        plt.close("all")
        return buffer.getvalue()[1:4]

    assert picture() == b"PNG"
    assert in_child(*_filtered(program, user), picture) == b"PNG"


def test_one_program_serves_many_workers(program):
    """Each worker may signal itself, and not the process that got the filter before it."""

    def signals():
        return outcome(lambda: os.kill(os.getpid(), 0)), outcome(lambda: os.kill(os.getppid(), 0))

    for _ in range(3):
        assert in_child(*_filtered(program, lambda: None), signals) == ("possible", "EPERM")


# ---- the program, read by an interpreter of our own -----------------------------------------------------------

ALLOWED = 0x7FFF0000
X86_64, AARCH64, I386 = 0xC000003E, 0xC00000B7, 0x40000003
NATIVE = X86_64 if platform.machine() == "x86_64" else AARCH64
JUMPS = {0x15: int.__eq__, 0x25: int.__gt__, 0x35: int.__ge__, 0x45: lambda a, k: a & k != 0}


def verdict(program, number, arguments=(), architecture=NATIVE):
    """What a classic BPF program (linux/filter.h) answers for a call."""
    data = struct.pack("=IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    steps = list(struct.iter_unpack("=HBBI", program))
    position = accumulator = 0
    while True:
        code, if_true, if_false, value = steps[position]
        position += 1
        if code == 0x06:
            return value
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
        elif code == 0x54:
            accumulator &= value
        elif code == 0x05:
            position += value
        else:
            position += if_true if JUMPS[code](accumulator, value) else if_false


def error(code):
    return 0x00050000 | code


GARBAGE = [(), (2**64 - 1,) * 6, (1,) * 6, (2**32,) * 6]


@pytest.mark.parametrize("name", " ".join(seccomp.DENIED).split())
def test_every_listed_call_is_denied_whatever_its_arguments(name, program):
    """No argument opens a call that is on the list."""
    number = seccomp.number_of(name)
    if number is None:
        pytest.skip(f"{platform.machine()} has no {name}")

    assert {verdict(program, number, arguments) for arguments in GARBAGE} == {error(errno.EPERM)}


def test_calls_that_python_lives_on_are_allowed(program):
    """A list that grows by mistake is noticed."""
    vital = (
        "read write close mmap munmap brk futex rt_sigaction getrandom clock_nanosleep exit_group openat fstat lseek"
    )

    assert {verdict(program, seccomp.number_of(name)) for name in vital.split()} == {ALLOWED}


@pytest.mark.parametrize("number", [seccomp.NEWEST + 1, 500, 0x40000000, 0x40000039, 2**32 - 1])
def test_calls_that_nobody_has_looked_at_do_not_exist(number, program):
    """Neither those of later kernels nor x32's, whose numbers carry a high bit."""
    assert verdict(program, number) == error(errno.ENOSYS)


def test_foreign_architectures_have_no_call(program):
    """Whatever a number means to a 32-bit program, it is an error."""
    verdicts = {verdict(program, number, architecture=I386) for number in range(seccomp.NEWEST + 1)}

    assert verdicts == {error(errno.ENOSYS), error(errno.EPERM)}


PTHREAD_CREATE = 0x3D0F00  # the flags of clone in glibc
PRCTL_SET_NAME, F_SETOWN, TIOCSTI, TCGETS = 15, 8, 0x5412, 0x5401


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (PTHREAD_CREATE,), ALLOWED),
        ("clone", (signal.SIGCHLD,), error(errno.EPERM)),
        ("clone", (0x4111,), error(errno.EPERM)),  # vfork
        ("clone", (2**32 * 0x10000 + signal.SIGCHLD,), error(errno.EPERM)),  # the kernel ignores the high word
        *(("clone", (PTHREAD_CREATE | flag,), error(errno.EPERM)) for flag in seccomp.CLONE_NEW),
        ("prctl", (PRCTL_SET_NAME,), ALLOWED),
        ("prctl", (2**32 + identity.PR_SET_PDEATHSIG,), error(errno.EPERM)),
        ("fcntl", (3, F_SETOWN, 1), error(errno.EPERM)),
        ("fcntl", (3, 2**32 + F_SETOWN, 1), error(errno.EPERM)),
        ("fcntl", (3, fcntl.F_GETFL), ALLOWED),
        ("ioctl", (0, 2**32 + TIOCSTI), error(errno.EPERM)),
        ("ioctl", (0, TCGETS), ALLOWED),
        ("openat", (0, 0, os.O_RDONLY | os.O_TRUNC), error(errno.EPERM)),
        ("openat", (0, 0, os.O_ACCMODE | os.O_TRUNC), error(errno.EPERM)),
        ("openat", (0, 0, 2**32 + os.O_TRUNC), error(errno.EPERM)),
        ("openat", (0, 0, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), error(errno.EPERM)),
        ("openat", (0, 0, os.O_RDWR | os.O_TRUNC), ALLOWED),
        ("prlimit64", (0, 9, 0, 2**40), ALLOWED),  # own limits, read
        ("prlimit64", (0, 9, 2**40, 0), error(errno.EPERM)),
        ("prlimit64", (1, 9, 0, 2**40), error(errno.EPERM)),
        ("kill", (2**32 - 1, 9), error(errno.EPERM)),
        ("tgkill", (1, 1, 9), error(errno.EPERM)),
        ("tgkill", (seccomp.PID, 1, 9), ALLOWED),
    ],
)
def test_a_flag_decides(name, arguments, expected, program):
    """Calls that are allowed in one form and denied in another."""
    assert verdict(program, seccomp.number_of(name), arguments) == expected


def test_pid_is_the_only_thing_that_differs_between_workers(program):
    """The stand-in for the pid occurs once for each call that asks for it, at the place of an operand."""
    operands = [value for _, _, _, value in struct.iter_unpack("=HBBI", program)]

    assert operands.count(seccomp.PID) == program.count(struct.pack("=I", seccomp.PID)) == 5


def test_misspelt_call_is_refused():
    """A typing error in the list must not leave a call open."""
    with pytest.raises(ValueError, match="frok"):
        seccomp.number_of("frok")


def test_unsupported_machine_is_refused(monkeypatch):
    """Where arguments lie elsewhere, the filter must not pretend."""
    monkeypatch.setattr(platform, "machine", lambda: "s390x")

    with pytest.raises(OSError, match="s390x"):
        seccomp.prepare()
