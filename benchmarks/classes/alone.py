"""Grades a class in this process's own order: one by one and shuffled, or without a sandbox for memory.

Started by `benchmarks/large_class.py`, so that what it needs can be measured from outside.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from autograder import startup  # first: it spares the others a slow import
from autograder.assignment import load
from autograder.grading.batch import grade_class
from autograder.grading.entries import entries_on_disk
from autograder.grading.job import Graded, Setup, grade_submission
from autograder.limits import Limits
from autograder.records.results import NotebookResult, QuestionResult
from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect


class Nobody:
    """Stands in for the graders, and gives everybody full marks: what is left is the coordinator."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        """Write every file of a submission, without running it."""
        questions = tuple(QuestionResult(q.name, q.points, q.points) for q in self._setup.assignment.graded)
        for entry in entries:
            yield grade_submission(
                entry,
                self._setup,
                lambda notebook: NotebookResult("graded", "", "process", 0.0, questions, notebook),
            )


def main() -> None:
    """Grade the class below a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out")
    parser.add_argument("--nobody", action="store_true", help="leave the sandbox out")
    options = parser.parse_args()
    startup.skip_init("nbgrader")
    assignment = load("tiny", options.folder / "build")
    entries: Sequence[Entry] = collect(options.folder / "in")
    limits = Limits(cell_seconds=2, notebook_seconds=6, grading_seconds=6)  # as `runs.LIMITS` has them
    if options.nobody:
        graders = {"workers": Nobody, "tier": "process"}
        entries = entries_on_disk(entries)  # as the command does: the list may go
    else:
        graders = {"jobs": 1}
        entries = random.Random(3).sample(entries, len(entries))
    grade_class(entries, assignment, options.folder / options.out, limits=limits, progress=True, **graders)


if __name__ == "__main__":
    main()
