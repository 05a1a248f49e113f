"""The zygote: a lean process that has imported what submissions need and forks one worker for each.

It holds no check, key, seed, name or source; it reads requests from the trusted side alone. A request to fork carries
the worker's two pipe ends; the answer carries the worker's pid and, where the system has them, its pidfd.
"""

import array
import os
import random
import signal
import socket
import sys
import threading
import traceback
from typing import Any

import msgpack
import numpy as np

from . import confine, otter_stub, session
from .channel import ANSWERS, REQUESTS, Channel

MESSAGE_BYTES = 65_536


def main(control_fd: int) -> None:
    """Serve fork and reap requests on a sequenced-packet socket until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the trusted side's to handle
    control = socket.socket(fileno=control_fd)
    _warm()
    prepared = confine.prepare()
    control.send(
        msgpack.packb({"ready": _self_check(), "versions": {"python": sys.version.split()[0], "numpy": np.__version__}})
    )
    while True:
        data, ancillary, _, _ = control.recvmsg(MESSAGE_BYTES, socket.CMSG_SPACE(2 * 4))
        if not data:
            return
        request = msgpack.unpackb(data)
        if "reap" in request:
            control.send(msgpack.packb({"status": _reap(request["reap"])}))
        else:
            _fork(control, request, _descriptors(ancillary), prepared)


def _warm() -> None:
    """Import what notebooks import, so that a worker need not."""
    otter_stub.install()
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    plt.close(plt.figure())
    np.random.default_rng(0).normal(size=(4, 4)) @ np.eye(4)


def _self_check() -> str:
    """Empty, or what is wrong with this process as a parent of workers."""
    if (
        threading.active_count() != 1
        or len(os.listdir("/proc/self/task" if os.path.isdir("/proc/self/task") else "/dev/fd")) > 4
    ):
        return f"the zygote has {threading.active_count()} threads; a fork would inherit their locks"
    return ""


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
