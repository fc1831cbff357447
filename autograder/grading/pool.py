"""Grading processes on one machine: each keeps a warm grader and takes one submission at a time."""

from __future__ import annotations

import contextlib
import ctypes
import math
import multiprocessing
import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import FrameType, TracebackType
from typing import Self

from autograder import startup  # first: each spawned process imports this file before all else
from autograder.grading.job import Graded, Setup, grade_submission, lost
from autograder.grading.tasks import Task, Tasks
from autograder.sealed import Limits
from autograder.submissions.intake import Entry

_FAREWELL = 10.0  # seconds a process has to clear its sandboxes away
_MARGIN = 240.0  # seconds beyond the notebook's own limits before the grader itself is taken to hang
_PR_SET_PDEATHSIG = 1
_TICK = 5.0  # seconds between two looks at the clock


class StartError(RuntimeError):
    """A grading process could not start its grader; the message is its traceback."""


class Pool:
    """Grading processes that warm up as soon as it is made, and end with its ``with`` block.

    A process that dies is replaced. Its submission is tried once more, then becomes a row that says so.

    Parameters
    ----------
    setup : Setup
        What every submission is graded against, and how.
    jobs : int
        How many processes there are.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._workers = [_Worker(setup) for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.bury()

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        """Yield each submission's result as it is done.

        Submissions are taken from ``entries`` when there is a process for them, so few are in memory.

        Raises
        ------
        StartError
            When no grader can be started.
        """
        tasks, workers = Tasks(entries), self._workers
        while tasks or any(w.task for w in workers):
            for worker in workers:
                if worker.ready and not worker.task and (task := tasks.take()):
                    worker.give(task)
            ready = wait([w.connection for w in workers], timeout=_TICK)
            for worker in workers:
                worker.end_if_overdue()
            for worker in [w for w in workers if w.connection in ready]:
                done = worker.receive()
                if done:
                    yield done
                elif worker.died:
                    workers.remove(worker)
                    workers.append(_Worker(self._setup))
                    if worker.task and not tasks.again(worker.task):
                        yield lost(worker.task.entry, self._setup, worker.obituary())


class _Worker:
    """The parent's side of one grading process."""

    def __init__(self, setup: Setup) -> None:
        # A fresh interpreter: a fork would bring along whatever threads and locks this process has.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, setup, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.ready = False
        self.died = False
        limits = setup.limits or Limits()
        self._patience = limits.notebook_seconds + limits.grading_seconds + _MARGIN
        self._deadline = math.inf

    def give(self, task: Task) -> None:
        """Hand over a submission. A process that has just died is noticed at the next `receive`."""
        self.task = task
        self._deadline = time.monotonic() + self._patience
        with contextlib.suppress(OSError):
            self.connection.send(task.entry)

    def end_if_overdue(self) -> None:
        """Kill the process when its grader hangs, which no limit on a notebook can see."""
        if self.task and time.monotonic() > self._deadline:
            self._process.kill()

    def receive(self) -> Graded | None:
        """Take the next message: a result, or nothing when the process got ready or died."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            self.died = True
            self.bury()
            if not self.ready:
                raise StartError(self.obituary()) from None
            return None
        if isinstance(message, str):
            raise StartError(message)
        if message is None:
            self.ready = True
            return None
        self.task = None
        assert isinstance(message, Graded)
        return message

    def obituary(self) -> str:
        """Say how the process ended."""
        code = self._process.exitcode
        return (
            f"the grading process was killed (signal {-code})"
            if code and code < 0
            else (f"the grading process ended with exit code {code}")
        )

    def dismiss(self) -> None:
        """Tell the process to end; one that is grading clears its sandbox away first."""
        self.connection.close()
        if self.task and self._process.is_alive():
            self._process.terminate()

    def bury(self) -> None:
        """Wait for the process to be gone, and insist after a while."""
        self.connection.close()
        self._process.join(_FAREWELL)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(connection: Connection, setup: Setup, parent: int) -> None:
    """Run in a grading process: grade what comes down the pipe until it closes."""
    # Ctrl-C reaches the whole process group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _end_with(parent)
    # The command says it once, in its own words; here it would break the progress bar, once a process.
    warnings.filterwarnings("ignore", message="autograder: grading in the 'process' tier")
    startup.skip_init("otter")
    try:
        from autograder.sealed import Grader  # loads Otter: seconds, which the parent need not spend

        limits = setup.limits or Limits()
        with Grader(setup.assignment, tier=setup.tier, limits=limits) as grader:
            connection.send(None)
            while True:
                entry = connection.recv()
                connection.send(grade_submission(entry, setup, grader.grade))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is done, or gone
    except Exception:
        connection.send(traceback.format_exc())
        raise


def _end_with(parent: int) -> None:
    """Have this process told to leave when its parent is killed, so that no two runs write into one folder.

    Where the kernel cannot do that, the closed pipe ends it after the submission it has in hand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        _leave(signal.SIGTERM, None)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
