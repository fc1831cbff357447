"""The rows of a class with the standing of each attempt: which one counts, how late it is, its points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grades.config import Settings
from autograder.grades.marks import Marks
from autograder.grades.people import is_own, with_people
from autograder.grades.standings import with_standings
from autograder.records.gradesheet import Row, rows_on_disk
from autograder.records.ondisk import OnDisk
from autograder.records.store import Store


def rows_with_standings(
    rows: Iterable[Row], out: Path, assignment: Assignment, settings: Settings
) -> OnDisk[Row]:
    """Return the class with the standing of each attempt, kept where it does not grow in memory.

    Where the course has a roster, there are also rows for members of groups and for the absent.
    """
    with Marks(out) as marks:
        standing = with_standings(filter(is_own, rows), assignment, settings, marks)
        return rows_on_disk().filled(with_people(standing, assignment, settings))


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
