"""The zygote: a lean process that has imported what submissions need and forks one worker for each.

It holds no check, key, seed, name or source; it reads requests from the trusted side alone. A request to fork carries
the worker's two pipe ends; the answer carries the worker's pid and, where the system has them, its pidfd.
"""

import array
import contextlib
import fcntl
import gc
import importlib
import os
import random
import signal
import socket
import stat
import sys
import threading
import traceback
from typing import Any

import msgpack
import numpy as np

from . import confine, identity, session, stand_ins, sweep
from .channel import ANSWERS, REQUESTS, Channel

MESSAGE_BYTES = 65_536
WARM_MODULES = """
    abc array ast bisect calendar cmath collections.abc colorsys concurrent.futures.thread contextlib copy cProfile
    csv ctypes dataclasses datetime decimal difflib enum fractions functools glob graphlib gzip hashlib heapq html
    inspect io itertools json keyword linecache locale logging math mmap numbers operator os pathlib pickle platform
    pprint queue random re secrets shutil socket statistics string struct subprocess sys tempfile textwrap threading
    time timeit traceback types typing uuid warnings weakref zlib encodings.idna _strptime numpy.fft
    numpy.linalg numpy.ma numpy.polynomial numpy.random numpy.testing numpy.typing matplotlib.animation
    matplotlib.cm matplotlib.colors matplotlib.gridspec matplotlib.lines matplotlib.patches matplotlib.ticker
    mpl_toolkits.mplot3d
"""


def main(control_fd: int, layers: list[str]) -> None:
    """Serve fork and reap requests on a sequenced-packet socket until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the trusted side's to handle
    if sys.platform == "linux":  # a worker of the same uid must not open this process's memory
        identity.prctl(identity.PR_SET_DUMPABLE, 0)
    control = socket.socket(fileno=control_fd)
    _warm()
    prepared = confine.prepare(layers)
    sweep.empty(os.environ["HOME"])
    versions = {"python": sys.version.split()[0], "numpy": np.__version__}
    with contextlib.suppress(BrokenPipeError):  # the trusted side has given up meanwhile
        control.send(msgpack.packb({"ready": _self_check(control_fd), "versions": versions}))
    while True:
        data, ancillary, _, _ = control.recvmsg(MESSAGE_BYTES, socket.CMSG_SPACE(2 * 4))
        if not data:
            os._exit(0)  # there is nothing to tidy up, and everything to be waited for
        request = msgpack.unpackb(data)
        if "reap" in request:
            control.send(msgpack.packb({"status": _reap(request["reap"])}))
        elif "clean" in request:
            control.send(msgpack.packb({"fault": _clean(request["clean"])}))
        else:
            _fork(control, request, _descriptors(ancillary), prepared)


def _warm() -> None:
    """Import what notebooks import: it is faster, and after a change of uid a home folder can no longer be read."""
    gc.disable()  # it would look through everything again and again
    stand_ins.install()
    import matplotlib as mpl

    mpl.use("Agg")
    for name in WARM_MODULES.split():
        importlib.import_module(name)
    exec("from numpy import *\nfrom math import *", {})  # noqa: S102  imports parts of numpy that nothing else does
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([0, 1], label="$x$")
    axes.legend()
    figure.canvas.draw()
    plt.close(figure)
    gc.enable()
    gc.freeze()  # what is here now stays shared with the children and is not collected in them
    np.random.default_rng(0).normal(size=(4, 4)) @ np.eye(4)


def _self_check(control_fd: int) -> str:
    """Empty, or what is wrong with this process as a parent of workers."""
    threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else threading.active_count()
    if threads != 1:
        return f"the zygote has {threads} threads; a child would inherit the locks they hold"
    strangers = [fd for fd in range(3, 256) if fd != control_fd and not _is_harmless(fd)]
    return f"the zygote has inherited descriptors {strangers}" if strangers else ""


def _is_harmless(descriptor: int) -> bool:
    """Closed, or a regular file that is open for reading only: matplotlib keeps its fonts open."""
    try:
        mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
        return mode == os.O_RDONLY and stat.S_ISREG(os.fstat(descriptor).st_mode)
    except OSError:
        return True


def _fork(control: socket.socket, request: dict[str, Any], pipes: list[int], prepared: Any) -> None:
    pid = os.fork()
    if pid == 0:
        _become_worker(request["settings"], pipes, prepared)
    for descriptor in pipes:
        os.close(descriptor)
    handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [handle]))] if handle is not None else []
    control.sendmsg([msgpack.packb({"pid": pid})], rights)
    if handle is not None:
        os.close(handle)


def _become_worker(settings: dict[str, Any], pipes: list[int], prepared: Any) -> None:
    """Runs in the child and never returns."""
    try:
        confine.confine(settings, {pipes[0]: REQUESTS, pipes[1]: ANSWERS}, prepared)
        seed = int.from_bytes(os.urandom(4), "little")
        random.seed(seed)
        np.random.seed(seed)
        session.serve(Channel())
    except BaseException:
        os.write(2, traceback.format_exc().encode()[-2000:])
    finally:
        os._exit(0)


def _clean(uid: int | None) -> str:
    """Empty, or why something of a submission may be left."""
    try:
        if uid is not None:
            sweep.kill_all_of(uid)
        sweep.empty(os.environ["HOME"])
    except OSError as error:  # TimeoutError is one
        return f"{type(error).__name__}: {error}"
    return ""


def _reap(pid: int) -> int:
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        return 0


def _descriptors(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    found = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            found.frombytes(data[: len(data) - len(data) % found.itemsize])
    return list(found)
