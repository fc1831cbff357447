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
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import FrameType, TracebackType
from typing import Self

from autograder import startup  # first: each spawned process imports this file before all else
from autograder.grading.job import Graded, Setup, grade_submission, lost
from autograder.sealed import Limits
from autograder.submissions.intake import Entry

TRIES = 2  # a submission on which a process died gets one more, in case something else killed the process
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
    entries : sequence of Entry
        The submissions.
    jobs : int
        How many processes there are at most.
    """

    def __init__(self, setup: Setup, entries: Sequence[Entry], jobs: int) -> None:
        self._setup = setup
        self._queue = deque((entry, 1) for entry in entries)
        self._workers = [_Worker(setup) for _ in range(min(jobs, len(entries)))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.bury()

    def results(self) -> Iterator[Graded]:
        """Yield each submission's result as it is done.

        Raises
        ------
        StartError
            When no grader can be started.
        """
        queue, workers = self._queue, self._workers
        while queue or any(w.task for w in workers):
            for worker in workers:
                if worker.ready and not worker.task and queue:
                    worker.give(*queue.popleft())
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
                    if worker.task and worker.task[1] < TRIES:
                        queue.append((worker.task[0], worker.task[1] + 1))
                    elif worker.task:
                        yield lost(worker.task[0], self._setup, worker.obituary())


class _Worker:
    """The parent's side of one grading process."""

    def __init__(self, setup: Setup) -> None:
        # A fresh interpreter: a fork would bring along whatever threads and locks this process has.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, setup, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()
        self.task: tuple[Entry, int] | None = None
        self.ready = False
        self.died = False
        limits = setup.limits or Limits()
        self._patience = limits.notebook_seconds + limits.grading_seconds + _MARGIN
        self._deadline = math.inf

    def give(self, entry: Entry, attempt: int) -> None:
        """Hand over a submission. A process that has just died is noticed at the next `receive`."""
        self.task = (entry, attempt)
        self._deadline = time.monotonic() + self._patience
        with contextlib.suppress(OSError):
            self.connection.send(entry)

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
