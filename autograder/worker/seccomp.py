"""Which requests a worker may make of the kernel.

Protects the processes beside the worker, the network, and the kernel itself: no new process or program, no socket, no
signal or ptrace to others, no change of owners and modes, none of the subsystems that a homework has no use for. Load
it last: it takes away calls that the other layers need. It needs `no_new_privileges` unless run by root.

Everything is allowed that is not denied, so that numpy, threads and the interpreter keep working wherever they run;
but the list was made by going through every call up to `NEWEST`, and younger ones do not exist for a worker (ENOSYS),
nor do those of foreign architectures. A denied call fails with EPERM, an ordinary error for the code that made it.

It does not protect files (the uid and Landlock do: a filter cannot see paths) nor bound memory or time (rlimits).
"""

import ctypes
import errno
import os
import platform
import struct
import tempfile
from collections.abc import Iterable
from typing import Any

from .identity import prctl

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
MACHINES = ("x86_64", "aarch64")  # little-endian, and clone(2) takes its flags first
NEWEST = 469  # file_setattr, Linux 6.17

DENIED = (
    # processes and programs (clone without CLONE_THREAD: see _add_conditional)
    "fork vfork execve execveat setsid setpgid",
    # sockets: a socketpair's end can be pointed at somebody else's address
    "socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg",
    # other processes: their memory, descriptors, scheduling (kill and the like: see _own_process)
    "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp get_robust_list tkill",
    "pidfd_open pidfd_getfd pidfd_send_signal migrate_pages move_pages setpriority ioprio_set",
    "sched_setscheduler sched_setparam sched_setattr sched_setaffinity setrlimit",
    # files in ways that Landlock does not govern: owners, modes, times, attributes, truncation, links, handles
    "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat",
    "setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat file_setattr",
    "truncate link linkat symlink symlinkat mknod mknodat name_to_handle_at open_by_handle_at",
    # names: nothing created, moved or removed, so nothing is left for the next (O_CREAT: see _add_conditional)
    "creat mkdir mkdirat rename renameat renameat2 unlink unlinkat rmdir",
    "inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark cachestat",
    # memory that outlives or evades the limits, and channels between processes
    "memfd_create memfd_secret shmget shmat shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl",
    "mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr",
    # identity, keys, namespaces, mounts
    "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset personality",
    "add_key request_key keyctl unshare setns chroot pivot_root mount umount umount2 mount_setattr open_tree",
    "open_tree_attr move_mount fsopen fsconfig fsmount fspick statmount listmount",
    # large or rarely used parts of the kernel
    "io_uring_setup io_uring_enter io_uring_register",
    "io_setup io_submit io_cancel io_destroy io_getevents io_pgetevents",
    "bpf perf_event_open userfaultfd seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self",
    "lsm_get_self_attr lsm_set_self_attr lsm_list_modules splice tee vmsplice remap_file_pages modify_ldt",
    # the machine
    "reboot kexec_load kexec_file_load init_module finit_module delete_module create_module query_module",
    "get_kernel_syms swapon swapoff quotactl quotactl_fd acct settimeofday clock_settime clock_adjtime adjtimex",
    "sethostname setdomainname iopl ioperm vhangup syslog sync syncfs lookup_dcookie nfsservctl sysfs ustat uselib",
    "_sysctl",
)
PRETEND_MISSING = ("clone3", "openat2")  # their flags lie behind a pointer; libc falls back to clone and openat

# Calls since 424 have one number on all architectures; libseccomp may be older than they are.
NUMBERS = {
    **{"pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427},
    **{"open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433},
    **{"pidfd_open": 434, "clone3": 435, "openat2": 437, "pidfd_getfd": 438, "process_madvise": 440},
    **{"mount_setattr": 442, "quotactl_fd": 443, "landlock_create_ruleset": 444, "landlock_add_rule": 445},
    **{"landlock_restrict_self": 446, "memfd_secret": 447, "process_mrelease": 448, "cachestat": 451},
    **{"fchmodat2": 452, "statmount": 457, "listmount": 458, "lsm_get_self_attr": 459, "lsm_set_self_attr": 460},
    **{"lsm_list_modules": 461, "setxattrat": 463, "removexattrat": 466, "open_tree_attr": 467, "file_setattr": 469},
}

O_TMPFILE = 0o20000000  # without O_DIRECTORY, which Python's constant includes
CLONE_THREAD = 0x10000
CLONE_NEW = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)  # namespaces

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, locks, F_GETOWN, locks of open files, F_DUPFD_CLOEXEC, F_GETPIPE_SZ: not
# F_SETOWN and F_SETSIG (together a signal to anybody of the same uid), leases, notification, larger pipes
FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 9, 36, 37, 38, 1030, 1032)
# TCGETS, TCGETS2, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: not TIOCSTI, TIOCLINUX, TIOCSCTTY, FIOSETOWN
IOCTL_REQUESTS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ, PR_GET_NO_NEW_PRIVS,
# PR_SET_VMA (names for allocations)
PRCTL_OPTIONS = (2, 3, 15, 16, 21, 23, 39, 0x53564D41)


def prepare() -> bytes:
    """The filter's program, with `PID` where the worker's pid has to be: once, in the zygote.

    Raises:
        OSError: this machine's architecture is not supported, or libseccomp refuses a rule.
        ImportError: no pyseccomp; RuntimeError: no libseccomp.
    """
    import pyseccomp  # here, because only Linux has it

    if platform.machine() not in MACHINES:
        raise OSError(errno.ENOTSUP, f"the filter is written for {' and '.join(MACHINES)}, not {platform.machine()}")
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.ERRNO(errno.ENOSYS))
    _deny(rules, " ".join(DENIED).split(), pyseccomp.ERRNO(errno.EPERM))
    _deny(rules, PRETEND_MISSING, pyseccomp.ERRNO(errno.ENOSYS))
    _add_conditional(rules, pyseccomp.ERRNO(errno.EPERM))
    return _own_process() + _exported(rules)


def load(program: bytes) -> None:
    """Put the filter in force for the calling thread and all that it starts; nothing can take it off again."""
    instructions = program.replace(struct.pack("I", PID), struct.pack("I", os.getpid()))
    code = ctypes.create_string_buffer(instructions, len(instructions))
    program_header = ctypes.create_string_buffer(struct.pack("HP", len(instructions) // 8, ctypes.addressof(code)))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program_header))


# ---- rules that libseccomp turns into a program ---------------------------------------------------------------


def _deny(rules: Any, names: Iterable[str], action: int) -> None:
    for name in names:
        number = number_of(name)
        if number is not None:
            rules.add_rule(action, number)


def number_of(name: str) -> "int | None":
    """The number of a system call on this machine; None if it has no such call.

    Raises:
        ValueError: nobody knows the name.
    """
    import pyseccomp

    number = NUMBERS.get(name) or pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number == -1:
        raise ValueError(f"no system call is called {name}")
    return number if number >= 0 else None  # libseccomp numbers calls of other architectures from -100 downwards


def _add_conditional(rules: Any, action: int) -> None:
    """Calls that depend on one flag: only threads; no namespace; no limit; no new file; no truncation by reading."""
    from pyseccomp import MASKED_EQ, NE, Arg

    rules.add_rule(action, "clone", Arg(0, MASKED_EQ, CLONE_THREAD, 0))
    for flag in CLONE_NEW:
        rules.add_rule(action, "clone", Arg(0, MASKED_EQ, flag, flag))
    rules.add_rule(action, "prlimit64", Arg(2, NE, 0))
    for name, flags in (("open", 1), ("openat", 2)):
        if number_of(name) is None:
            continue
        for creating in (os.O_CREAT, O_TMPFILE):
            rules.add_rule(action, name, Arg(flags, MASKED_EQ, creating, creating))
        for mode in (os.O_RDONLY, os.O_ACCMODE):  # Landlock before ABI 3 lets these through
            rules.add_rule(action, name, Arg(flags, MASKED_EQ, os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | mode))


def _exported(rules: Any) -> bytes:
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


# ---- instructions put before that program: what libseccomp cannot say, or what depends on the pid -------------

# linux/filter.h: load a word of seccomp_data; jump if equal; jump if greater; return
LOAD, EQUAL, GREATER, RETURN = 0x20, 0x15, 0x25, 0x06
PID = 0x7ABCDEF1  # stands for the worker's pid; larger than any pid, and no other constant of the program
NUMBER, ARGUMENTS = 0, 16  # offsets in seccomp_data; an argument has 8 bytes, the low word first
ERROR = 0x00050000


def _own_process() -> bytes:
    """No unknown calls; signals and limits for the own process alone; the commands listed above.

    Every block ends in an error or falls through to the next, so the program behind can only deny more.
    """
    signals = [_only(name, 0, (PID,)) for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")]
    listed = [_only("prctl", 0, PRCTL_OPTIONS), _only("fcntl", 1, FCNTL_COMMANDS), _only("ioctl", 1, IOCTL_REQUESTS)]
    return b"".join([_known_calls(), *signals, _only("prlimit64", 0, (0, PID)), *listed])


def _known_calls() -> bytes:
    """Calls above `NEWEST`, among them all of x32, do not exist."""
    return b"".join((_step(LOAD, NUMBER), _step(GREATER, NEWEST, 0, 1), _step(RETURN, ERROR | errno.ENOSYS)))


def _only(name: str, argument: int, allowed: "tuple[int, ...]") -> bytes:
    """EPERM for call `name` unless the low word of that argument, all that the kernel looks at, is in `allowed`."""
    number = number_of(name)
    if number is None:
        return b""
    count = len(allowed)
    steps = [_step(LOAD, NUMBER), _step(EQUAL, number, 0, count + 2), _step(LOAD, ARGUMENTS + 8 * argument)]
    steps += [_step(EQUAL, value, count - position, 0) for position, value in enumerate(allowed)]
    return b"".join([*steps, _step(RETURN, ERROR | errno.EPERM)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
