"""What people open, brought in step with the gradebook and the rules of the course; nothing is graded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grades.comments import CommentBank
from autograder.grades.marks import Marks
from autograder.grades.people import MISSING
from autograder.pages.class_list import write_class_list
from autograder.pages.feedback import feedback_path, said_by, student_page
from autograder.pages.overview import Overview, overview
from autograder.pages.table import summary
from autograder.records.gradesheet import Row, write_sheet
from autograder.records.ondisk import OnDisk
from autograder.records.store import Store


def write_lists(out: Path, rows: OnDisk[Row], assignment: Assignment, warning: str) -> None:
    """Write grades.csv and the list of the class."""
    write_sheet(out, assignment, rows)
    tiers = " and ".join(sorted({row.tier for row in rows} - {"none"})) or "none"
    write_class_list(out, rows, assignment, f"{summary(rows)}. Isolation: {tiers}.", warning)


def write_pages(
    out: Path, rows: Iterable[Row], assignment: Assignment, comments: CommentBank | None = None
) -> int:
    """Rewrite the feedback pages whose content has changed; return how many these were.

    Each page holds a digest of what it says of standing, points and comments, so that pages which say it
    already are not even rendered.
    """
    store, count = Store(out), 0
    with Marks(out, comments) as marks:
        for row in rows:
            if row.status == MISSING:
                continue
            now = overview_of(row, marks)
            path = feedback_path(out, row.slug)
            if said_by(path) == now.digest:
                continue
            record = store.read(row.of or row.slug)
            if record is not None:
                write_whole(path, student_page(row, record.result, assignment, now), sync=False)
                count += 1
    return count


def overview_of(row: Row, marks: Marks) -> Overview:
    """Put into words what is known of a submission, with what persons gave where it counts."""
    return overview(row, marks.of(row) if row.standing and row.standing.counts else {})
