"""What people open, brought in step: who counts, how late, what persons gave. Nothing is graded here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grades.config import NAME, Settings
from autograder.grades.marks import Marks
from autograder.grades.settle import settled
from autograder.pages.class_list import write_class_list
from autograder.pages.feedback import feedback_path, said_by, student_page
from autograder.pages.given import Given, given
from autograder.pages.table import summary
from autograder.records.gradesheet import Row, rows_on_disk, write_sheet
from autograder.records.ondisk import OnDisk
from autograder.records.store import Store


def settled_rows(rows: Iterable[Row], out: Path, assignment: Assignment, settings: Settings) -> OnDisk[Row]:
    """Return the class with the standing of each attempt, kept where it does not grow in memory."""
    with Marks(out) as marks:
        return rows_on_disk().filled(settled(rows, assignment, settings, marks))


def kept_rows(out: Path, settings: Settings | None = None) -> OnDisk[Row]:
    """Read the rows of a class from its results; with ``settings``, with the times that they give by student.

    Raises
    ------
    ValueError
        When there are no results.
    """
    times = settings.naming.times.students if settings else {}
    rows = rows_on_disk().filled(
        replace(row, submitted=times[row.student].isoformat()) if row.student in times else row
        for row in (record.row for record in Store(out).records())
    )
    if not rows:
        raise ValueError(f"there are no results in {out}: grade a class with --out {out} first")
    return rows


def keep_settings(out: Path, settings: Settings) -> None:
    """Leave a copy of the rules in ``out``: they hold where no other file says anything."""
    if settings.text:
        write_whole(out / NAME, settings.text)
    else:
        (out / NAME).unlink(missing_ok=True)


def write_lists(out: Path, rows: OnDisk[Row], assignment: Assignment, warning: str) -> None:
    """Write grades.csv and the list of the class."""
    write_sheet(out, assignment, rows)
    write_class_list(out, rows, assignment, summary(rows), warning)


def write_pages(out: Path, rows: Iterable[Row], assignment: Assignment) -> int:
    """Write the feedback pages that would say something else now; return how many these were.

    Each page holds a digest of what it says of standing, points and comments, so that pages which say it
    already are not even rendered.
    """
    store, count = Store(out), 0
    with Marks(out) as marks:
        for row in rows:
            now = _given(row, marks)
            path = feedback_path(out, row.slug)
            if said_by(path) == now.digest:
                continue
            record = store.read(row.slug)
            if record is not None:
                write_whole(path, student_page(row, record.result, assignment, now), sync=False)
                count += 1
    return count


def _given(row: Row, marks: Marks) -> Given:
    return given(row, marks.of(row) if row.standing and row.standing.counts else {})
