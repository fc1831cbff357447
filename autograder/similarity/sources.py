"""Where notebooks come from: the class, the reference solution, earlier terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from autograder.assignment import Assignment
from autograder.records.store import FOLDER, Store
from autograder.submissions import intake
from autograder.submissions.entry import Entry
from autograder.submissions.names import Naming
from autograder.submissions.notebook import UnreadableError, parse
from autograder.submissions.times import Times

Origin = Literal["class", "earlier", "reference"]
SOLUTION = "solution.ipynb"


@dataclass(frozen=True)
class Source:
    """A notebook not yet opened; ``term`` names the folder of an earlier term.

    ``open`` returns it as nbformat JSON, or raises `UnreadableError`. ``attempt`` counts from 1 where the
    student handed in several times.
    """

    name: str
    origin: Origin
    open: Callable[[], str]
    term: str = ""
    attempt: int = 0


def submissions(folder: Path, assignment: Assignment, naming: Naming | None = None) -> list[Source]:
    """List a class's submissions, as `autograder grade` takes them.

    Raises
    ------
    ValueError
        When ``naming`` gives a time for a student who handed in several files.
    """
    return _collected(folder, assignment, naming or Naming(), "class", "")


def earlier(folder: Path, assignment: Assignment, naming: Naming | None = None) -> list[Source]:
    """List an earlier term's notebooks: submissions, or the results of `autograder grade`.

    Only the patterns of ``naming`` are used; its times are those of the present class.

    Raises
    ------
    NotADirectoryError
        When ``folder`` is not a folder.
    """
    term = folder.resolve().name
    if (folder / FOLDER).is_dir():
        store = Store(folder)
        return [Source(slug, "earlier", partial(_graded, store, slug), term) for slug in store.slugs()]
    return _collected(folder, assignment, replace(naming or Naming(), times=Times()), "earlier", term)


def reference(assignment: Assignment) -> list[Source]:
    """Return the master's solution; nothing where the build has none."""
    path = assignment.folder / SOLUTION
    return [Source("reference solution", "reference", partial(_read, path))] if path.exists() else []


def released(assignment: Assignment) -> Path:
    """Return the path of the notebook that students got."""
    return assignment.folder / "nbgrader" / "release" / assignment.name / assignment.notebook


def _collected(
    folder: Path, assignment: Assignment, naming: Naming, origin: Origin, term: str
) -> list[Source]:
    return [
        Source(
            entry.student,
            origin,
            partial(_submitted, entry, assignment.notebook),
            term,
            entry.attempt if entry.attempts > 1 else 0,
        )
        for entry in intake.collect(folder, naming, assignment.notebook, assignment.files)
    ]


def _submitted(entry: Entry, notebook: str) -> str:
    return parse(intake.fetch(entry, notebook))


def _graded(store: Store, slug: str) -> str:
    record = store.read(slug)
    if record is None:
        raise UnreadableError("its result is of another version")
    if record.result.executed is None:
        raise UnreadableError(record.row.reason or "there was no notebook to run")
    return parse(record.result.executed.encode())


def _read(path: Path) -> str:
    return parse(path.read_bytes())
