"""Notebooks graded side by side, one process a core, before a check asks for their results."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from autograder.records.results import NotebookResult
from coursekit._mistakes import Seen

if TYPE_CHECKING:
    from autograder.release.bench import Bench

Watched = dict[str, tuple[Seen, ...]]


class Wanted(NamedTuple):
    """A notebook as text, the one question whose tests run or "" for all, and whether rules hold."""

    notebook: str
    only: str
    ruled: bool


class Crew:
    """Processes with a warm grader each, for one assignment.

    Parameters
    ----------
    name, root, built, tier
        Those of the `Bench`.
    jobs : int
        Processes.
    """

    def __init__(self, name: str, root: Path, built: Path, tier: str, jobs: int) -> None:
        fresh = multiprocessing.get_context("spawn")  # no thread or socket of this process is in them
        self._pool = ProcessPoolExecutor(jobs, fresh, _ready, (name, root.resolve(), built.resolve(), tier))

    def results(self, wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, NotebookResult, Watched]]:
        """Yield each notebook's result and what its cases saw, in the order in which they end."""
        running = {self._pool.submit(_grade, one): one for one in wanted}
        for done in as_completed(running):
            yield (running[done], *done.result())

    def close(self) -> None:
        """Let what is running end, and drop the rest."""
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_benches: list[Bench] = []  # of this process, when it belongs to a crew


def _ready(name: str, root: Path, built: Path, tier: str) -> None:
    from autograder.release.bench import Bench

    bench = Bench(name, root, built, tier, progress=False)
    _benches.append(bench)
    util.Finalize(None, bench.close, exitpriority=1)  # a sandbox ends with its process


def _grade(wanted: Wanted) -> tuple[NotebookResult, Watched]:
    return _benches[0].graded(wanted)
