"""Grading processes on one machine, each of which grades one submission at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self

from autograder.grading.claims import objections
from autograder.grading.job import Graded, Setup, lost
from autograder.grading.process import GradingProcess, LocalWork
from autograder.grading.tasks import Task, Tasks
from autograder.sealed import cores
from autograder.submissions.entry import Entry

_TICK = 5.0  # seconds between two checks of the clock


class Pool:
    """A pool of grading processes, which warm up as soon as it is made and end with its ``with`` block.

    Each has its own share of the cores, so that what a submission does slows no other (unless there are more
    processes than cores). A process that dies is replaced. Its submission is tried once more, then becomes a
    row that says so.

    Parameters
    ----------
    setup : Setup
        What every submission is graded against, and how.
    jobs : int
        How many processes there are.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup, self._work = setup, LocalWork(setup)
        self._processes = [GradingProcess(self._work, s) for s in cores.shares(jobs, cores.available())]
        self._tasks: dict[GradingProcess, Task] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.dismiss()
        for process in self._processes:
            process.bury()

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        """Yield each submission's result as it is done.

        Submissions are taken from ``entries`` as processes become free, so that few are in memory.

        Raises
        ------
        StartError
            When no grader can be started.
        """
        tasks, processes = Tasks(entries), self._processes
        while tasks or self._tasks:
            for process in processes:
                if process.ready and not process.busy and (task := tasks.take()):
                    self._tasks[process] = task
                    process.give(task.entry)
            ready = wait([p.connection for p in processes], timeout=_TICK)
            for process in processes:
                process.end_if_overdue()
            for process in [p for p in processes if p.connection in ready]:
                done: Graded | None = process.receive()
                if done:
                    yield self._checked(done, self._tasks.pop(process).entry)
                elif process.died:
                    processes[processes.index(process)] = GradingProcess(self._work, process.share)
                    died_on = self._tasks.pop(process, None)
                    if died_on and not tasks.again(died_on):
                        yield lost(died_on.entry, self._setup, process.obituary())

    def _checked(self, done: Graded, entry: Entry) -> Graded:
        """Take a row that is about the submission; any other becomes a row that says so."""
        wrong = objections(done.row, entry, self._setup.assignment)
        if not wrong:
            return done
        return lost(entry, self._setup, f"the grading process answered with another row: {'; '.join(wrong)}")
