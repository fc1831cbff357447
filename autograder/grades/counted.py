"""The attempt that counts, for the gradebook and the formgrader, which know one submission per student."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grades import coursedir
from autograder.grades.config import Settings
from autograder.grades.standings import standings
from autograder.records.gradesheet import Row
from autograder.records.store import Record, Store

_SHOWN = ".attempt"  # beside the notebook that the formgrader is shown: the digest of what it was made from
Booker = Callable[[Row, dict[str, str]], None]


def counted(same: Iterable[Row], settings: Settings) -> Row | None:
    """Return the row of one student that counts; None where none may."""
    rows = list(same)
    found = standings(rows, settings)
    return next((row for row in rows if found[row.slug].counts), None)


def book_counted(
    rows: Iterable[Row], out: Path, assignment: Assignment, settings: Settings, book: Booker
) -> None:
    """For each student with several attempts, book the one that counts and show it to the formgrader.

    Parameters
    ----------
    rows : iterable of Row
        The class, sorted by student.
    out : Path
        The folder of results.
    assignment : Assignment
        What was graded.
    settings : Settings
        The rules of the course.
    book : callable
        `autograder.grades.gradebook.GradeBook.record`.
    """
    store = Store(out)
    for student, group in groupby((r for r in rows if r.attempts > 1), lambda r: r.student):
        row = counted(group, settings)
        record = store.read(row.slug) if row else None
        if row and record:
            _show(record, coursedir.notebook_path(out, student, assignment), assignment)
            book(row, record.answers)


def clear_shown(out: Path, student: str, assignment: Assignment) -> None:
    """Forget which attempt the formgrader is shown, because one of them is no longer handed in."""
    path = coursedir.notebook_path(out, student, assignment)
    path.unlink(missing_ok=True)
    path.with_name(_SHOWN).unlink(missing_ok=True)


def _show(record: Record, path: Path, assignment: Assignment) -> None:
    """Write the attempt's notebook, unless it is already there."""
    content = json.dumps([record.row.slug, asdict(record.result.untimed())])
    digest, shown = hashlib.sha256(content.encode()).hexdigest(), path.with_name(_SHOWN)
    if path.exists() and shown.exists() and shown.read_text(encoding="utf-8") == digest:
        return
    shown.unlink(missing_ok=True)
    coursedir.write_notebook(path, record.result, assignment)
    if path.exists():
        write_whole(shown, digest)
