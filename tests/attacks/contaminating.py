"""Leaving something behind: files, names, shared memory, a changed zygote, what the next submission would find."""

# ruff: noqa: E501, S108  one attack a line, as in a table; the paths are what is attacked

from attacks.attack import PROCESSES, Attack, answers, attempts

contaminating, honest = attempts("contaminating"), answers("contaminating")
FULL = 4.0  # the points of `double`

PLACES = {"/tmp": "/tmp", "/var/tmp": "/var/tmp", "shared memory": "/dev/shm", "/run/lock": "/run/lock"}
IPC = {
    "SysV shared memory": (29, "$IPC, 4096, 0o1666"),
    "a SysV semaphore": (64, "$IPC, 1, 0o1666"),
    "a SysV queue": (68, "$IPC, 0o1666"),
    "a POSIX queue": (240, 'b"$MARK", 0o102, 0o666, 0'),
}


def _names() -> "list[Attack]":
    files = [
        contaminating(f"a file in {place}", "something for the next submission to find", f'open("{path}/$MARK", "w").close()',
                      smoke=path in ("/tmp", "/dev/shm"), open_to=PROCESSES if path == "/tmp" else "")
        for place, path in PLACES.items()
    ]  # fmt: skip
    folders = [
        contaminating(f"a folder in {place}", "the same", f'import os\nos.mkdir("{path}/$MARK")')
        for place, path in PLACES.items()
    ]
    return files + folders


def _objects() -> "list[Attack]":
    body = "import ctypes\nassert ctypes.CDLL(None).syscall({}, {}) >= 0"
    return [
        contaminating(name, "an object that lives longer than a process", body.format(number, arguments),
                      smoke="memory" in name)
        for name, (number, arguments) in IPC.items()
    ]  # fmt: skip


ATTACKS = [
    *_names(),
    *_objects(),
    contaminating(
        "a module among the packages",
        "a numpy of one's own for those who come after",
        """
        import numpy, os
        folder = os.path.dirname(os.path.dirname(numpy.__file__))
        open(os.path.join(folder, "$MARK.py"), "w").close()
        """,
        smoke=True,
    ),
    contaminating("change a package", "numpy itself", 'import numpy\nopen(numpy.__file__, "a").close()', smoke=True),
    contaminating("change the worker", "its source", 'import sys\nopen(sys.modules["worker.session"].__file__, "a").close()'),
    contaminating("change the key", "the answer key", 'open("$KEY", "a").write("# $MARK")', smoke=True),
    contaminating("empty the results", "opening them to truncate", 'import os\nos.open("$RESULTS", os.O_WRONLY | os.O_TRUNC)'),
    contaminating("truncate the results", "by path", 'import os\nos.truncate("$RESULTS", 0)'),
    contaminating("remove the results", "unlink", 'import os\nos.unlink("$RESULTS")'),
    contaminating("rename the results", "rename", 'import os\nos.rename("$RESULTS", "$RESULTS.old")'),
    contaminating("open up the results", "chmod", 'import os\nos.chmod("$RESULTS", 0o777)'),
    contaminating("date the results", "utime", 'import os\nos.utime("$RESULTS", (0, 0))'),
    contaminating("tag the results", "an extended attribute", 'import os\nos.setxattr("$RESULTS", "user.mark", b"x")'),
    contaminating("open up the scratch folder", "chmod of the own folder", 'import os\nos.chmod(os.getcwd(), 0o777)'),
    contaminating("leave a file for the next", "in the scratch folder", 'open("$MARK", "w").close()'),
    contaminating(
        "write into the zygote's memory",
        "every later worker is a copy of it",
        'import os\nopen(f"/proc/{os.getppid()}/mem", "r+b", 0)',
        smoke=True,
    ),
    contaminating(
        "have the zygote die first",
        "its oom score",
        'import os\nopen(f"/proc/{os.getppid()}/oom_score_adj", "w").write("1000")',
    ),
    contaminating("unlock the kernel", "/proc/sys", 'open("/proc/sys/kernel/core_pattern", "w")'),
    honest(
        "patch the zygote's modules",
        "a fork shares nothing: numpy and the worker are patched for this submission alone",
        before=(
            """
import sys
for name in ("zeros", "ones", "abs", "isfinite", "asarray", "ascontiguousarray"):
    setattr(np, name, None)
sys.modules["worker.zygote"].main = sys.modules["worker.confine"].confine = None
""",
        ),
        earns=0.0,
        source="def double(x):\n    return np.zeros(3)",
    ),
    honest(
        "a thread that goes on",
        "busy after the answer, and after the submission",
        before=(
            """
import threading, time
def busy():
    while True:
        time.sleep(0.001)
for _ in range(5):
    threading.Thread(target=busy, daemon=True).start()
""",
        ),
        earns=FULL,
        smoke=True,
    ),
    honest(
        "a thread that is no daemon",
        "an interpreter waits for it at its end",
        before=("import threading, time\nthreading.Thread(target=lambda: time.sleep(10**6)).start()",),
        earns=FULL,
    ),
    honest(
        "timers and handlers",
        "an alarm, and handlers for every signal that has one",
        before=(
            """
import signal
for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
""",
        ),
        earns=FULL,
        smoke=True,
    ),
    honest(
        "change environment and folder",
        "for whoever comes after",
        before=('import os\nos.environ["PYTHONPATH"] = "$ROOT"\nos.umask(0o777)\nos.chdir("/")',),
        earns=FULL,
    ),
    honest(
        "lock the libraries",
        "flock of a file that all workers read",
        before=("import fcntl\nkept = open(np.__file__)\nfcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)",),
        earns=FULL,
    ),
    honest(
        "close the channel's neighbours",
        "standard streams closed and put elsewhere",
        before=("import os, sys\nos.close(0)\nos.close(1)\nos.close(2)\nsys.stdout = sys.stderr = None",),
        earns=FULL,
    ),
    honest(
        "another rounding",
        "the processor rounds downwards from now on",
        before=('import ctypes\nctypes.CDLL("libm.so.6").fesetround(0x400)',),
        earns=FULL,
    ),
    honest(
        "limits of one's own",
        "every soft and hard limit set to nothing",
        before=(
            "import resource\nfor which in range(16):\n    try:\n        resource.setrlimit(which, (0, 0))\n"
            "    except (OSError, ValueError):\n        pass",
        ),
        earns=FULL,
    ),
    honest(
        "a slow switch and no collector",
        "the interpreter's own clocks",
        before=("import gc, sys\nsys.setswitchinterval(10**6)\ngc.disable()",),
        earns=FULL,
    ),
    honest(
        "a finder that exits",
        "the import system of the worker",
        before=(
            "import sys\nclass Finder:\n    def find_spec(self, *_):\n        raise SystemExit\n"
            "sys.meta_path.insert(0, Finder())",
        ),
        earns=FULL,
    ),
]  # fmt: skip
