"""Notebooks graded side by side, one process a core, before a check asks for their results."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import util
from typing import NamedTuple, Protocol

from autograder.records.results import NotebookResult
from coursekit._mistakes import Seen

Watched = dict[str, tuple[Seen, ...]]


class Wanted(NamedTuple):
    """A notebook as text, the questions whose tests run ("q3 q5", or "" for all), and whether rules hold.

    Whoever wants to know what each case saw has it ``watched``, which takes about as long again.
    """

    notebook: str
    only: str
    ruled: bool
    watched: bool = False


class Grades(Protocol):
    """What grades one notebook after the other: a `Bench`."""

    def graded(self, wanted: Wanted) -> tuple[NotebookResult, Watched]:
        """Grade a notebook."""
        ...

    def close(self) -> None:
        """End its sandbox."""
        ...


class Crew:
    """Processes with a warm grader each, for one assignment.

    Parameters
    ----------
    make : callable
        Makes what grades, in each process: it can be pickled.
    jobs : int
        Processes.
    """

    def __init__(self, make: Callable[[], Grades], jobs: int) -> None:
        fresh = multiprocessing.get_context("spawn")  # no thread or socket of this process is in them
        self._pool = ProcessPoolExecutor(jobs, fresh, _ready, (make,))

    def results(self, wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, NotebookResult, Watched]]:
        """Yield each notebook's result and what its cases saw, in the order in which they end."""
        running = {self._pool.submit(_grade, one): one for one in wanted}
        for done in as_completed(running):
            yield (running[done], *done.result())

    def close(self) -> None:
        """Let what is running end, and drop the rest."""
        self._pool.shutdown(cancel_futures=True)


_grading: list[Grades] = []  # of this process, when it belongs to a crew


def _ready(make: Callable[[], Grades]) -> None:
    _grading.append(make())
    util.Finalize(None, _grading[0].close, exitpriority=1)  # a sandbox ends with its process


def _grade(wanted: Wanted) -> tuple[NotebookResult, Watched]:
    return _grading[0].graded(wanted)
