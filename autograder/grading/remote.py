"""What a cluster's workers do: the same grading, from bytes that were sent to files that are sent back.

A worker needs this package and Dask, but no folder that it shares with others. Each of its threads has a
grading process of its own, because a grader wants a main thread to itself. What travels is our own: text,
numbers and the bytes of a notebook as it was handed in, never an object of a student's.
"""

from __future__ import annotations

import contextlib
import os
import platform
import queue
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from autograder import mistakes
from autograder.assignment import ANSWERS, MANIFEST, load
from autograder.files import alive
from autograder.grading.job import Graded, Setup, grade_submission
from autograder.grading.process import GradingProcess, StartError
from autograder.records.results import NotebookResult
from autograder.records.store import Conditions
from autograder.sealed import Limits, cores
from autograder.sealed.tiers import available_tiers, why_no_bubblewrap
from autograder.submissions.beside import Handed
from autograder.submissions.entry import Entry

MAX_SHIPMENT = 64 * 2**20  # bytes of tests; they stay on the scheduler while a class is graded
_IDLE = 600.0  # seconds without a task after which a grading process ends, in case its coordinator is gone
_TICK = 1.0
_PRIVATE = re.compile(r"autograder-(\d+)-.*")


@dataclass(frozen=True)
class Parcel:
    """A submission on its way to a worker: the notebook as it was handed in, and what lay beside it."""

    entry: Entry
    content: bytes
    files: Handed = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """What a worker made of a submission; ``files`` are those of OUT, by their paths below it."""

    graded: Graded
    files: dict[str, bytes]


@dataclass(frozen=True)
class Loss:
    """The grading process died while grading a submission."""

    why: str


@dataclass(frozen=True)
class Facts:
    """What a worker says of itself before it gets work."""

    tiers: tuple[str, ...]
    why_no_bubblewrap: str
    packages: dict[str, str]


def examine() -> Facts:
    """Say which tiers work on this machine and with what it would grade."""
    return Facts(tuple(available_tiers()), why_no_bubblewrap(), packages())


def packages() -> dict[str, str]:
    """Return the versions on which scores may depend."""
    names = ("cnn-course", "otter-grader", "numpy", "torch")
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, **{name: version(name) for name in names}}


@dataclass(frozen=True)
class Shipment:
    """An assignment and how to grade it, as bytes; what a worker's grading process is sent once."""

    name: str
    files: dict[str, bytes]
    tier: str
    limits: Limits
    conditions: Conditions
    idle: float = _IDLE

    @classmethod
    def of(cls, setup: Setup) -> Shipment:
        """Pack the manifest, the tests, what they need beside them, and the notebook that students got.

        Raises
        ------
        ValueError
            When that is too much to be sent to every worker.
        """
        assignment = setup.assignment
        folder = assignment.folder
        released = folder / "nbgrader" / "release" / assignment.name / assignment.notebook
        tests = [path for path in (folder / "tests").rglob("*") if "__pycache__" not in path.parts]
        data = sorted((folder / "data").glob("*.npz"))
        alone = [folder / name for name in (MANIFEST, ANSWERS, mistakes.NAME)]
        paths = [p for p in (*alone, *tests, *data, released) if p.is_file()]
        if (size := sum(p.stat().st_size for p in paths)) > MAX_SHIPMENT:
            raise ValueError(
                f"the tests of {assignment.name} have {size / 2**20:.0f} MiB; at most "
                f"{MAX_SHIPMENT // 2**20} MiB are sent to workers"
            )
        files = {str(p.relative_to(folder)): p.read_bytes() for p in paths}
        limits = setup.limits or Limits.of(assignment.course)
        return cls(assignment.name, files, setup.tier, limits, setup.conditions)

    @contextlib.contextmanager
    def begin(self) -> Iterator[Setup]:
        """Unpack into a folder that only this user may enter and that is deleted when grading ends."""
        _sweep(Path(tempfile.gettempdir()))
        with tempfile.TemporaryDirectory(prefix=f"autograder-{os.getpid()}-") as private:
            build = Path(private, "build")
            for name, content in self.files.items():
                path = build / self.name / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            setup = Setup(load(self.name, build), Path(private, "out"), self.tier, self.limits)
            if setup.conditions != self.conditions:
                raise ValueError("the tests that arrived are not those that were sent")
            yield setup

    def do(self, task: Parcel, setup: Setup, grade: Callable[..., NotebookResult]) -> Delivery:
        """Grade a submission as on one machine, and collect the files that this leaves."""
        path = setup.out.parent / "in" / f"{task.entry.slug}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(task.content)
        try:
            graded = grade_submission(replace(task.entry, path=path, within=""), setup, grade, task.files)
            left = [p for p in setup.out.rglob("*") if p.is_file()]
            return Delivery(graded, {str(p.relative_to(setup.out)): p.read_bytes() for p in left})
        finally:
            path.unlink()
            shutil.rmtree(setup.out, ignore_errors=True)


class GraderPlugin(WorkerPlugin):
    """Keeps a warm grading process for each thread of a worker; Dask puts it on every worker that joins.

    Parameters
    ----------
    name : str
        The name under which tasks find it; a class that is graded again replaces its earlier run.
    shipment : Shipment
        What is graded.
    """

    def __init__(self, name: str, shipment: Shipment) -> None:
        self.name, self._shipment = name, shipment

    def setup(self, worker: Worker) -> None:
        """Make room for the processes; each starts with its first task."""
        self._free: queue.SimpleQueue[tuple[frozenset[int], GradingProcess | None]] = queue.SimpleQueue()
        self._started: list[GradingProcess] = []
        for share in cores.shares(worker.state.nthreads, cores.available()):
            self._free.put((share, None))

    def teardown(self, worker: Worker) -> None:
        """End the processes and all they started."""
        for process in self._started:
            process.dismiss()
        for process in self._started:
            process.bury()

    def grade(self, parcel: Parcel) -> Delivery | Loss:
        """Grade one submission; a process that dies while grading it is replaced when the next one comes."""
        share, process = self._free.get()
        try:
            if process is None or not process.alive:
                process = GradingProcess(self._shipment, share)
                self._started = [*(p for p in self._started if p.alive), process]
                process.wait(_TICK)
            process.give(parcel)
            answer = process.wait(_TICK)
        except StartError:
            if process is None or not process.died:
                raise
            return Loss(process.obituary())  # killed before it could say what is wrong: another try may do
        finally:
            self._free.put((share, process))
        return answer if isinstance(answer, Delivery) else Loss(process.obituary())


def grade_parcel(plugin: str, flight: str, parcel: Parcel) -> Delivery | Loss:
    """Run as a task of Dask: tell the coordinator that a submission is begun, and grade it."""
    worker = get_worker()
    worker.log_event(plugin, flight)
    try:
        kept = worker.plugins[plugin]
        assert isinstance(kept, GraderPlugin)
        return kept.grade(parcel)
    except StartError as error:
        raise StartError(f"worker {worker.address} cannot grade:\n{error}") from None


def _sweep(folder: Path) -> None:
    """Delete what killed grading processes left behind: tests should not lie about."""
    for path in folder.glob("autograder-*"):
        found = _PRIVATE.fullmatch(path.name)
        if not found or alive(int(found[1])):
            continue
        with contextlib.suppress(FileNotFoundError):  # another process sweeps here, too
            if path.stat().st_uid == os.getuid():
                shutil.rmtree(path, ignore_errors=True)
