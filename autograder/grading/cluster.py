"""Grades a class on the workers of a Dask scheduler and streams the results back into OUT.

Submissions travel as bytes and results come back as files, so workers and this machine need no common disk.
When a worker is lost, Dask gives its submissions to another; only their time is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import queue
import socket
import time
import uuid
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from distributed import Client, Future, KilledWorker

from autograder.grading.delivery import adopt
from autograder.grading.job import Graded, Setup, beside, grade_submission, lost, opened
from autograder.grading.process import StartError
from autograder.grading.remote import Delivery, GraderPlugin, Loss, Parcel, Shipment, grade_parcel
from autograder.grading.tasks import TRIES, Task, Tasks
from autograder.records.results import NotebookResult
from autograder.submissions.entry import Entry
from autograder.submissions.notebook import UnreadableError

AHEAD = 2  # submissions under way for each thread of a worker: one in hand, one that is already there
_DESERTED = 300.0  # seconds without any worker before grading gives up
_TICK = 1.0  # seconds between two checks of the cluster
_REGISTRATIONS = 5  # a worker may die while it is given the tests
_GONE = "the scheduler is gone; run the same command again to go on"


class ClusterError(RuntimeError):
    """The cluster cannot be used, or no longer; the message says why and what to do."""


@dataclass
class _Flight:
    """A submission under way, and how often a worker began it."""

    task: Task
    future: Future[Delivery | Loss]
    begun: int = 0


class Cluster:
    """The workers of a Dask scheduler, for one class; leaving the ``with`` block cancels what is under way.

    Parameters
    ----------
    client : distributed.Client
        A connection to the scheduler.
    setup : Setup
        What every submission is graded against, and how. Its tier is one that all workers have.
    """

    def __init__(self, client: Client, setup: Setup) -> None:
        self._client: Any = client  # Dask annotates some of its methods only
        self._setup = setup
        place = f"{socket.gethostname()}:{setup.out.resolve()}"
        self._name = f"autograder-{hashlib.sha256(place.encode()).hexdigest()[:12]}"
        self._news: queue.SimpleQueue[str] = queue.SimpleQueue()  # flights that were begun or have ended
        self._flights: dict[str, _Flight] = {}
        self._threads, self._seen = 0, time.monotonic()
        try:
            self._plugin = GraderPlugin(self._name, Shipment.of(setup))
        except ValueError as error:
            raise ClusterError(str(error)) from None

    def __enter__(self) -> Self:
        self._register()
        self._client.subscribe_topic(self._name, lambda event: self._news.put(f"begun {event[1]}"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client.status != "running":
            return
        self._client.cancel([flight.future for flight in self._flights.values()])
        self._client.unsubscribe_topic(self._name)
        # A worker that dies while cleaning up has nothing left to clean, and the others have been asked, too.
        # The class is graded: no error here may spoil that.
        with contextlib.suppress(OSError):
            self._client.unregister_worker_plugin(self._name)

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        """Yield each submission's result as it comes back.

        Raises
        ------
        StartError
            When a worker cannot start its grader; the message names it.
        ClusterError
            When the scheduler is gone, or all workers have been for minutes.
        """
        tasks = Tasks(entries)
        while tasks or self._flights:
            self._look_around()
            while len(self._flights) < AHEAD * max(self._threads, 1) and (task := tasks.take()):
                entry, content = opened(task.entry, self._setup)
                if isinstance(content, UnreadableError):  # no worker is needed for that
                    yield grade_submission(task.entry, self._setup, _nothing_to_run)
                else:
                    self._send(task, Parcel(entry, content, beside(entry, self._setup)))
            try:
                kind, name = self._news.get(timeout=_TICK).split()
            except queue.Empty:
                continue
            flight = self._flights.get(name)
            if flight and (done := self._heard(kind, name, flight, tasks)):
                yield done

    def _register(self) -> None:
        """Put the grader on every worker; one that dies meanwhile costs another try."""
        for _ in range(_REGISTRATIONS):
            try:
                self._client.register_plugin(self._plugin, name=self._name)
                return
            except OSError as error:
                why = error
                time.sleep(_TICK)
        raise ClusterError(f"workers could not be given the tests, {_REGISTRATIONS} times: {why}") from None

    def _heard(self, kind: str, name: str, flight: _Flight, tasks: Tasks) -> Graded | None:
        """Handle an event of a flight; return a result if there is one."""
        if kind == "begun":
            flight.begun += 1
            if flight.begun + flight.task.attempt - 1 <= TRIES:
                return None
            del self._flights[name]
            self._client.cancel([flight.future])
            return lost(flight.task.entry, self._setup, f"{TRIES} workers were lost while they graded it")
        del self._flights[name]
        try:
            answer = flight.future.result()
        except KilledWorker:
            why = "Dask lost several workers that had it"
        except StartError:
            raise
        except Exception as error:
            raise ClusterError(f"the cluster failed: {type(error).__name__}: {error}") from error
        else:
            if isinstance(answer, Delivery):
                return adopt(answer, flight.task.entry, self._setup)
            why = answer.why
        return None if tasks.again(flight.task) else lost(flight.task.entry, self._setup, why)

    def _send(self, task: Task, parcel: Parcel) -> None:
        name = uuid.uuid4().hex
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")  # a notebook with figures
            future: Any = self._client.submit(
                grade_parcel,
                self._name,
                name,
                parcel,
                key=f"{self._name}-{name}",
            )
        self._flights[name] = _Flight(task, future)
        future.add_done_callback(lambda _: self._news.put(f"ended {name}"))

    def _look_around(self) -> None:
        """Count the threads of the workers that are there now."""
        now = time.monotonic()
        if self._threads and now < self._seen + _TICK:
            return
        if self._client.status != "running":
            raise ClusterError(_GONE)
        try:
            self._threads = sum(self._client.nthreads().values())
        except OSError:  # it left between the two lines
            raise ClusterError(_GONE) from None
        if self._threads:
            self._seen = now
        elif now > self._seen + _DESERTED:
            raise ClusterError(
                f"no worker was there for {_DESERTED / 60:.0f} minutes; start some and run the same command "
                "again to go on"
            )


def _nothing_to_run(_: str) -> NotebookResult:
    raise RuntimeError("the submission appeared while the class was being graded; grade again")
