"""Grades on an existing Dask cluster: the same unit of work, in slots of the nodes.

Each node needs a checkout of the kit with the same checks, and its worker has to be started in it. The bytes of a
notebook travel with the task, so nodes need not share a file system. A node is trusted as this machine is: it gets the
secret, and its isolation has to hold; one that cannot isolate refuses, and the run ends.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.classroom import Outcomes
from autograder.errors import GraderError, KitError
from autograder.gradebook import Attempt, Graded
from autograder.slots import Setup, Slot, SlotEnded

PLUGIN = "nn-homework-kit"
AHEAD = 2  # tasks for each thread of the cluster, so that none waits for the next notebook
PATIENCE_SECONDS = 30.0  # for the scheduler to answer, and for a first worker


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
            path.write_bytes(self.data)
            with path.open("r+b") as file:
                file.truncate(self.size)
        return path


class Node:
    """The slots of one worker process of the cluster: a worker plugin, one slot for each task that runs at a time."""

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
            raise type(error)(f"{self._address} cannot grade: {error}") from None
        return slot


def in_cluster(setup: Setup, attempts: Sequence[Attempt], address: str) -> Outcomes:
    """The reports of `attempts`, graded by the workers of a Dask scheduler, in the order in which they are ready.

    Raises:
        KitError: Dask is not installed, no scheduler answers, or a node cannot grade.
        GraderError: the cluster was lost.
    """
    if not attempts:
        return
    distributed = _distributed()
    with _client(distributed, address) as client:
        client.register_plugin(Node(setup), name=PLUGIN)
        try:
            yield from _graded(distributed, client, attempts, int(setup.limits["notebook_bytes"]))
        finally:
            client.unregister_worker_plugin(PLUGIN)


def grade_here(parcel: Parcel) -> Graded:
    """The task: runs in a worker of the cluster."""
    node: Node = _distributed().get_worker().plugins[PLUGIN]
    return node.grade(parcel)


def _graded(distributed: Any, client: Any, attempts: Sequence[Attempt], limit: int) -> Outcomes:
    queue, tried, running = list(reversed(attempts)), set[Attempt](), dict[Any, Attempt]()
    while queue or running:
        while queue and len(running) < AHEAD * _threads(client):
            parcel = Parcel.of(queue[-1], limit)
            running[client.submit(grade_here, parcel, pure=False)] = queue.pop()
        for future in _finished(distributed, client, running):
            attempt, outcome = running.pop(future), _outcome(distributed, future)
            if isinstance(outcome, Graded) or attempt in tried:
                yield attempt, outcome
            else:
                tried.add(attempt)
                queue.append(attempt)


def _finished(distributed: Any, client: Any, running: dict[Any, Attempt]) -> list[Any]:
    """The tasks that have ended; waits for one, as long as the cluster has workers."""
    try:
        done = distributed.wait(list(running), timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        _threads(client)
        return []
    return list(done)


def _outcome(distributed: Any, future: Any) -> Graded | SlotEnded:
    try:
        return future.result()  # type: ignore[no-any-return]  # what `grade_here` gives
    except (SlotEnded, distributed.KilledWorker) as ended:
        return SlotEnded(str(ended))
    except KitError:
        raise
    except Exception as error:
        raise GraderError(
            f"the cluster failed ({type(error).__name__}: {error}). Results so far are kept; start it again"
        ) from error


def _threads(client: Any) -> int:
    """How many tasks the cluster runs at a time, once it has a worker."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        return sum(client.nthreads().values()) or 1
    except (TimeoutError, OSError) as error:
        raise GraderError(
            "the scheduler has no workers. Start one on each node, in the folder of the kit: dask worker ADDRESS"
        ) from error


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise KitError("--scheduler needs Dask: install the group `cluster` of pyproject.toml") from None
    return distributed


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise KitError(f"no Dask scheduler answers at {address} ({error}); it looks like tcp://HOST:8786") from error
    with client:
        yield client
