"""The trusted side's end of the zygote: start it with the layers of this machine, have workers forked, clean up."""

import array
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgpack

from autograder import bubblewrap
from autograder.errors import GraderError
from autograder.isolation import BUBBLEWRAP, UID, Isolation, reserve_uid
from autograder.limits import Limits

if TYPE_CHECKING:
    from autograder.conversation import Worker

ENTRY = Path(__file__).parent / "worker" / "__main__.py"
START_SECONDS = 60.0
CLEAN_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # a forked child of a process with BLAS threads would hang
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
}


class Zygote:
    """The process that forks workers, and the socket on which it is asked to."""

    def __init__(self, limits: Limits, isolation: Isolation, slot: int = 0) -> None:
        """Start it; `versions` and `fork` wait until it is ready."""
        self.limits, self.isolation = limits, isolation
        self._owned = contextlib.ExitStack()
        self._uid = self._own_uid(slot)
        self._scratch = self._own_scratch()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and file
            self._command(theirs.fileno()),
            env=CLEAN_ENVIRONMENT | {"MPLCONFIGDIR": self._scratch, "HOME": self._scratch, "TMPDIR": self._scratch},
            cwd="/",
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._control = ours
        self._control.settimeout(START_SECONDS)

    @cached_property
    def versions(self) -> dict[str, str]:
        """Of what it runs; waits until it is ready."""
        greeting = self._receive()[0]
        if greeting.get("ready") != "":
            raise GraderError(f"the worker process cannot be used: {greeting.get('ready')}")
        return dict(greeting["versions"])

    def fork(self) -> "Worker":
        """A fresh worker."""
        from autograder.conversation import Worker  # it needs numpy, which is imported while the zygote starts

        self._require_ready()
        requests_read, requests_write = os.pipe()
        answers_read, answers_write = os.pipe()
        settings = {"scratch": self._scratch, "uid": self._uid, "limits": self._kernel_limits()}
        rights = array.array("i", [requests_read, answers_write])
        self._control.sendmsg([msgpack.packb({"settings": settings})], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        os.close(requests_read)
        os.close(answers_write)
        reply, pidfd = self._receive()
        return Worker(self.limits, self.reap, reply["pid"], pidfd, requests_write, answers_read)

    def reap(self, pid: int) -> int:
        """Wait for a worker that has ended or was killed; its wait status."""
        self._control.send(msgpack.packb({"reap": pid}))
        return int(self._receive()[0]["status"])

    def clean(self) -> None:
        """After a submission: end whatever runs under the workers' uid and empty the scratch folder."""
        self._control.send(msgpack.packb({"clean": self._uid}))
        fault = self._receive()[0]["fault"]
        if fault:
            raise GraderError(f"something of a submission could not be removed: {fault}")

    def close(self) -> None:
        """End the zygote."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._owned.close()

    def __enter__(self) -> "Zygote":
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.close()

    def _require_ready(self) -> None:
        _ = self.versions

    def _own_uid(self, slot: int) -> int | None:
        if UID not in self.isolation.layers:
            return None
        uid, reservation = reserve_uid(slot)
        self._owned.enter_context(reservation)
        return uid

    def _own_scratch(self) -> str:
        if BUBBLEWRAP in self.isolation.layers:
            return bubblewrap.SCRATCH
        scratch = self._owned.enter_context(tempfile.TemporaryDirectory(prefix="worker-"))
        if self._uid is not None:
            os.chown(scratch, self._uid, self._uid)
        return scratch

    def _command(self, control_fd: int) -> list[str]:
        command = [sys.executable, "-I", str(ENTRY), str(control_fd), *self.isolation.layers]
        if BUBBLEWRAP in self.isolation.layers:
            return bubblewrap.command(command, [str(ENTRY.parent)])
        return command

    def _kernel_limits(self) -> dict[str, int]:
        """The limits that the kernel keeps, as setrlimit(2) takes them."""
        limits = self.limits
        kept = {
            "AS": limits.address_space_mb * 2**20,
            "CPU": limits.cpu_seconds,
            "STACK": limits.stack_mb * 2**20,
            "NOFILE": limits.open_files,
            "FSIZE": limits.file_bytes,
        }
        return kept | ({"NPROC": limits.processes} if self._uid is not None else {})

    def _receive(self) -> tuple[dict[str, Any], int]:
        try:
            data, ancillary, _, _ = self._control.recvmsg(65_536, socket.CMSG_SPACE(4))
        except TimeoutError:
            data, ancillary = b"", []
        if not data:
            raise GraderError("the worker process has ended or does not answer; its message stands above")
        descriptors = array.array("i")
        for _, _, raw in ancillary:
            descriptors.frombytes(raw)
        return msgpack.unpackb(data), descriptors[0] if descriptors else -1


class FreshZygotes:
    """A new interpreter for every worker: slower, and nothing is shared between workers but the machine."""

    def __init__(self, limits: Limits, isolation: Isolation, slot: int = 0) -> None:
        """Start the first, which says what versions there are."""
        self.limits, self.isolation, self._slot = limits, isolation, slot
        self._used: list[Zygote] = []
        self._first = Zygote(limits, isolation, slot)
        self._next: Zygote | None = self._first

    @property
    def versions(self) -> dict[str, str]:
        """Of what they run."""
        return self._first.versions

    def fork(self) -> "Worker":
        """A worker of an interpreter that has had none."""
        zygote = self._next or Zygote(self.limits, self.isolation, self._slot)
        zygote.limits = self.limits
        self._used.append(zygote)
        self._next = None
        return zygote.fork()

    def clean(self) -> None:
        """After a submission: clean up after its workers and end their interpreters."""
        while self._used:
            with contextlib.closing(self._used.pop()) as zygote:
                zygote.clean()

    def close(self) -> None:
        """End all of them."""
        self.clean()
        if self._next is not None:
            self._next.close()

    def __enter__(self) -> "FreshZygotes":
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all of them."""
        self.close()
