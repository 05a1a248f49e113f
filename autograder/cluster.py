"""Grades on an existing Dask cluster: the same unit of work, in slots of the nodes. The only module that imports Dask.

Each node needs a checkout of the kit with the same checks, and its worker has to be started in it. The bytes of a
notebook travel with the task, so nodes need not share a file system. A node is trusted as this machine is: it gets the
secret, and its isolation has to hold; one that cannot isolate refuses, and the run ends.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import distributed
from distributed.diagnostics.plugin import WorkerPlugin

from autograder.classroom import Outcomes
from autograder.errors import GraderError, KitError
from autograder.gradebook import Attempt, Graded
from autograder.slots import Setup, Slot, SlotEnded

AHEAD = 2  # tasks for each thread of the cluster, so that none waits for the next notebook
PATIENCE_SECONDS = 30.0  # for the scheduler to answer, and for a first worker

dask: Any = distributed  # most of it has no types
Client: TypeAlias = Any
Future: TypeAlias = Any
Running = dict[Future, Attempt]


@dataclass(frozen=True)
class Parcel:
    """A file as it travels; `data` is as much as a grader would read, None for what is no file."""

    student: str
    file_name: str
    data: bytes | None
    size: int

    @classmethod
    def of(cls, attempt: Attempt, limit: int) -> "Parcel":
        """Pack what a student handed in."""
        path = attempt.path or Path()
        if path.is_symlink() or not path.is_file():
            return cls(attempt.student, path.name, None, 0)
        size = path.stat().st_size
        return cls(attempt.student, path.name, path.read_bytes() if size <= limit else b"", size)

    def unpack(self, folder: Path) -> Path:
        """Put the file into a folder of the node; one that was too long is as long again, and empty."""
        path = folder / (self.file_name or "notebook.ipynb")
        if self.data is not None:
            with path.open("wb") as file:
                file.write(self.data)
                file.truncate(self.size)
        return path


class Node(WorkerPlugin):
    """The slots of one worker process of the cluster: one for each task that runs at a time."""

    def __init__(self, setup: Setup) -> None:
        """Nothing is started before the first task."""
        self._setup = setup
        self._idle: list[Slot] = []

    def setup(self, worker: Any) -> None:
        """Called on a worker when it joins."""
        self._address = str(worker.address)

    def teardown(self, worker: Any) -> None:
        """Called on a worker when the run has ended."""
        while self._idle:
            self._idle.pop().close()

    def grade(self, parcel: Parcel) -> Graded:
        """Grade one notebook in a slot of this node."""
        with self._slot() as slot, tempfile.TemporaryDirectory() as folder:
            slot.send(parcel.unpack(Path(folder)), parcel.student)
            return slot.receive()

    @contextmanager
    def _slot(self) -> Iterator[Slot]:
        slot = self._idle.pop() if self._idle else self._new()
        try:
            yield slot
        except BaseException:
            slot.close()
            raise
        self._idle.append(slot)

    def _new(self) -> Slot:
        slot = Slot(self._setup)
        try:
            slot.greet()
        except KitError as error:
            slot.close()
            raise KitError(f"the node {self._address} cannot grade: {error}") from None
        return slot


def in_cluster(setup: Setup, attempts: Sequence[Attempt], address: str) -> Outcomes:
    """The reports of `attempts`, graded by the workers of a Dask scheduler, in the order in which they are ready.

    Raises:
        KitError: no scheduler answers, or a node cannot grade.
        GraderError: the cluster was lost.
    """
    if not attempts:
        return
    with _client(address) as client:
        name = _plugin_name(setup)
        client.register_plugin(Node(setup), name=name)
        try:
            yield from _graded(client, name, attempts, int(setup.limits["notebook_bytes"]))
        finally:
            with suppress(Exception):  # nothing but a lost cluster, and that is told already
                client.unregister_worker_plugin(name)


def grade_here(plugin: str, parcel: Parcel) -> Graded:
    """The task: runs in a worker of the cluster."""
    node: Node = dask.get_worker().plugins[plugin]
    return node.grade(parcel)


def _plugin_name(setup: Setup) -> str:
    """The same for a run that goes on, so that what an earlier one left on the nodes is replaced."""
    return f"nn-homework-kit-{hashlib.sha256(repr(setup).encode()).hexdigest()[:16]}"


def _graded(client: Client, plugin: str, attempts: Sequence[Attempt], limit: int) -> Outcomes:
    queue = list(reversed(attempts))
    tried: set[Attempt] = set()
    running: Running = {}
    while queue or running:
        for _ in range(min(len(queue), AHEAD * _threads(client) - len(running))):
            parcel = Parcel.of(queue[-1], limit)
            running[client.submit(grade_here, plugin, parcel, pure=False)] = queue.pop()
        for future in _finished(client, running):
            attempt, outcome = running.pop(future), _outcome(future)
            if isinstance(outcome, Graded) or attempt in tried:
                yield attempt, outcome
            else:
                tried.add(attempt)
                queue.append(attempt)


def _finished(client: Client, running: Running) -> list[Future]:
    """The tasks that have ended; waits for one as long as the cluster has workers."""
    while True:
        try:
            done = dask.wait(list(running), timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED").done
            return list(done)
        except TimeoutError:
            _threads(client)


def _outcome(future: Future) -> Graded | SlotEnded:
    try:
        return future.result()  # type: ignore[no-any-return]  # what `grade_here` gives
    except (SlotEnded, dask.KilledWorker) as ended:
        return SlotEnded(str(ended))
    except KitError:
        raise
    except Exception as error:
        raise _lost(f"{type(error).__name__}: {error}") from error


def _threads(client: Client) -> int:
    """How many tasks the cluster runs at a time, once it has a worker."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        return sum(client.nthreads().values()) or 1
    except (TimeoutError, OSError) as error:
        raise _lost(
            "it has no workers; start one on each node, in the folder of the kit: dask worker ADDRESS"
        ) from error


def _lost(reason: str) -> GraderError:
    return GraderError(f"the cluster cannot go on ({reason}). Results so far are kept; the same command goes on")


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        client = dask.Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        raise KitError(f"no Dask scheduler answers at {address} ({error}); it looks like tcp://HOST:8786") from error
    with client:
        yield client
