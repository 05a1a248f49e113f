"""Getting out: network, new programs, more rights, other processes, rare corners of the kernel."""

# ruff: noqa: E501  one attack a line, as in a table

from attacks.attack import PROCESSES, Attack, attempts

escaping = attempts("getting out")

# number of a system call on x86-64 and its arguments; success is an answer of 0 or more
CALLS = {
    "io_uring": (425, "8, (ctypes.c_uint64 * 20)()", "a ring through which files and sockets can be had"),
    "memfd_create": (319, 'b"x", 0', "a file in memory, to run as a program"),
    "memfd_secret": (447, "0", "memory that nobody else can see"),
    "fork as a system call": (57, "", "a process that the grader does not know"),
    "vfork": (58, "", "the same"),
    "clone": (56, "17, 0, 0, 0, 0", "the same"),
    "clone3": (435, "(ctypes.c_uint64 * 8)(0, 0, 0, 0, 17), 64", "the same"),
    "a user namespace": (272, "0x10000000", "root in a namespace of its own"),
    "a network namespace": (272, "0x40000000", "a namespace"),
    "chroot": (161, 'b"/tmp"', "another root folder"),
    "mount": (165, 'b"none", b"/tmp", b"tmpfs", 0, 0', "a file system of its own"),
    "open_tree": (428, '-100, b"/", 1', "a copy of the mounts"),
    "fsopen": (430, 'b"tmpfs", 0', "a new file system"),
    "bpf": (321, "5, (ctypes.c_uint64 * 16)(), 128", "programs in the kernel"),
    "perf_event_open": (298, "(ctypes.c_uint64 * 16)(1, 112), 0, -1, -1, 0", "what other processes do"),
    "userfaultfd": (323, "1", "page faults in user space"),
    "a keyring": (250, "0, -3, 1, 0, 0", "keys shared by a session"),
    "add_key": (248, 'b"user", b"mark", b"x", 1, -3', "the same"),
    "ptrace of oneself": (101, "0, 0, 0, 0", "to be traced by the parent"),
    "personality": (135, "0x0040000", "weaker address layout"),
    "modify_ldt": (154, "1, (ctypes.c_uint32 * 4)(0, 0, 0xFFFFF, 0x51), 16", "segments for old tricks"),
    "a device": (133, 'b"mine", 0o20666, 0x101', "a node for /dev/mem"),
    "a second filter": (317, "0, 1, 0", "a weaker system-call filter"),
    "Landlock undone": (444, "0, 0, 1", "Landlock's own calls"),
    "reading the kernel's log": (103, "10, 0, 0", "addresses"),
    "kcmp": (312, "$GRADER, $GRADER, 0, 0, 0", "a comparison of descriptors of others"),
    "x32": (0x40000000 + 39, "", "calls of the x32 kind, past a filter for x86-64"),
    "x32 socket": (0x40000000 + 41, "2, 1, 0", "the same, with a call that is denied"),
}
EXPECTED_FREE = {"fork as a system call", "clone", "memfd_create", "x32"}
CALL = """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
assert platform.machine() == "x86_64"
libc.syscall.restype = ctypes.c_long
answer = libc.syscall({number}{arguments})
assert answer >= 0
import os
if {number} in (56, 57, 58, 435) and answer == 0:
    os._exit(0)
return answer
"""


def _system_calls() -> "list[Attack]":
    return [
        escaping(f"system call: {name}", tries, CALL.format(number=number, arguments=f", {given}" if given else ""),
                 smoke=name in ("io_uring", "memfd_create", "x32 socket", "clone3"))
        for name, (number, given, tries) in CALLS.items()
    ]  # fmt: skip


def _sockets() -> "list[Attack]":
    ways = {
        "TCP": 'socket.create_connection(("127.0.0.1", $PORT), 1).sendall(b"x")',
        "UDP": 'socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", $PORT))',
        "IPv6": 'socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"x", ("::1", $PORT))',
        "a Unix socket": 'socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", "$UNIX")',
        "an abstract socket": 'socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", "\\0$MARK")',
        "a listening socket": 'server = socket.socket()\nserver.bind(("127.0.0.1", 0))\nserver.listen()',
        "a socket pair": "socket.socketpair()",
        "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
        "vsock": "socket.socket(40, socket.SOCK_STREAM)",
        "a raw socket": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    }
    return [
        escaping(f"network: {name}", "a way out of the machine, or to a neighbour", f"import socket\n{body}",
                 smoke=name in ("TCP", "an abstract socket"), open_to=PROCESSES if name in ("TCP", "UDP") else "")
        for name, body in ways.items()
    ]  # fmt: skip


FOREIGN = r"""
import ctypes, mmap, platform
assert platform.machine() == "x86_64"
code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20 (getpid of i386); int 0x80; ret
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
assert answer > 0
return answer
"""

ATTACKS = [
    *_sockets(),
    *_system_calls(),
    escaping("int 0x80", "calls of a foreign architecture, past a filter for x86-64", FOREIGN, smoke=True),
    escaping(
        "run a program",
        "a shell",
        'import subprocess\nreturn subprocess.run(["/bin/echo", "out"], capture_output=True, check=True).stdout',
        smoke=True,
        open_to=PROCESSES,
    ),
    escaping("os.system", "a shell", 'import os\nassert os.system("true") == 0'),
    escaping("posix_spawn", "a program", 'import os\nreturn os.posix_spawn("/bin/true", ["true"], {})'),
    escaping(
        "multiprocessing",
        "processes for honest reasons",
        """
        import multiprocessing
        with multiprocessing.get_context("fork").Pool(2) as pool:
            return pool.map(abs, [1, -1])
        """,
    ),
    escaping("exec", "another program in its place", 'import os\nos.execv("/bin/sh", ["sh", "-c", "echo out >&4"])'),
    escaping(
        "a program in memory",
        "memfd_create, then execve of it",
        """
        import os
        fd = os.memfd_create("x")
        os.write(fd, b"#!/bin/sh\\nexit 0\\n")
        os.execve(fd, ["x"], {})
        """,
    ),
    escaping(
        "become root",
        "every call that sets a user",
        """
        import os
        if os.getuid() == 0:
            return "is root"
        for attempt in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setreuid(0, 0)):
            try:
                attempt()
            except OSError:
                continue
            return os.getresuid()
        raise PermissionError
        """,
        smoke=True,
    ),
    escaping("join the group of root", "setgroups and setgid", "import os\nos.setgid(0) if os.getgid() else 1 / 0"),
    escaping("signal the grader", "SIGTERM", "import os\nos.kill($GRADER, 15)", smoke=True),
    escaping("stop the zygote", "SIGSTOP", "import os\nos.kill(os.getppid(), 19)", smoke=True),
    escaping("signal a group", "every process of the group and of the user", "import os\nos.killpg(os.getpgid(0), 0)"),
    escaping("signal everybody", "kill(-1)", "import os\nos.kill(-1, 0)"),
    escaping(
        "queue a signal",
        "rt_sigqueueinfo to the grader",
        """
        import ctypes
        info = (ctypes.c_int * 32)(15, 0, -1)
        assert ctypes.CDLL(None).syscall(129, $GRADER, 15, info) == 0
        """,
    ),
    escaping(
        "have a signal sent",
        "F_SETOWN of a pipe to the zygote, then SIGIO",
        """
        import fcntl, os
        fcntl.fcntl(61, fcntl.F_SETOWN, os.getppid())
        """,
    ),
    escaping(
        "raise the limits",
        "setrlimit and prlimit of oneself and of the zygote",
        """
        import os, resource
        for attempt in (
            lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
            lambda: resource.prlimit(0, resource.RLIMIT_FSIZE, (2**30, 2**30)),
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)),
        ):
            try:
                attempt()
            except (OSError, ValueError):
                continue
            return "raised"
        raise PermissionError
        """,
    ),
    escaping("be dumpable again", "prctl, so that /proc opens", "import ctypes\nassert ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0"),
    escaping("outlive the parent", "prctl, so that the parent's death is not told", "import ctypes\nassert ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0"),
    escaping("a new session", "setsid, out of the reach of signals to the group", "import os\nos.setpgid(0, 0)"),
    escaping("be greedy", "a better place in the scheduler", "import os\nos.setpriority(os.PRIO_PROCESS, os.getppid(), 19)"),
    escaping("type into a terminal", "TIOCSTI", 'import fcntl\nfcntl.ioctl(0, 0x5412, b"x")'),
]  # fmt: skip
