"""A class graded: every submission through the grader, the results into every file of OUT."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tqdm import tqdm

from autograder.assignment import Assignment
from autograder.feedback import class_page
from autograder.gradebook import GradeBook
from autograder.gradesheet import GradeSheet, Row, write_whole
from autograder.intake import Entry
from autograder.pool import Setup, grade_all
from autograder.sealed import Limits
from autograder.table import summary


class Interrupted(KeyboardInterrupt):
    """Grading was interrupted; ``rows`` were finished, and are written."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows


WEAK_TIER = (
    "Graded in the process tier: student code runs with your rights, and nothing keeps it from your files, "
    "your network or the tests. Trust these scores only if you trust the students."
)


def grade_class(
    entries: Sequence[Entry],
    assignment: Assignment,
    out: Path,
    *,
    jobs: int = 1,
    tier: str = "auto",
    limits: Limits | None = None,
    progress: bool = False,
) -> list[Row]:
    """Grade the submissions and fill ``out``: grades.csv, feedback, index.html, gradebook.db.

    Files are replaced whole. When this is interrupted, what was finished stands in all of them. Grading into
    the same ``out`` again grades everything anew and keeps what a person entered in the gradebook.

    Parameters
    ----------
    entries : sequence of Entry
        The submissions, from `autograder.intake.collect`.
    assignment : Assignment
        What they are graded against.
    out : Path
        The folder of results; made if missing.
    jobs : int
        How many notebooks are graded at once.
    tier : {"auto", "bubblewrap", "process"}
        The isolation that is asked for.
    limits : Limits, optional
        What one notebook may use.
    progress : bool
        Whether a progress bar is drawn on standard error.

    Returns
    -------
    list of Row
        One row for each entry, sorted by student.

    Raises
    ------
    Interrupted
        On Ctrl-C, after everything finished was written.
    """
    if jobs < 1:
        raise ValueError(f"grade_class: jobs must be at least 1, not {jobs}")
    out.mkdir(parents=True, exist_ok=True)
    sheet = GradeSheet(out, assignment)
    try:
        with sheet, GradeBook(out, assignment) as book:
            results = grade_all(entries, Setup(assignment, out, tier, limits), jobs)
            bar = tqdm(total=len(entries), desc=assignment.name, unit="notebook", disable=not progress)
            with bar, closing(results):
                for graded in results:
                    book.record(graded.row, graded.answers)
                    sheet.add(graded.row)
                    bar.update()
    except KeyboardInterrupt:
        raise Interrupted(sheet.rows) from None
    finally:
        weak = any(r.tier == "process" for r in sheet.rows)
        if sheet.rows:
            page = class_page(sheet.rows, assignment, summary(sheet.rows), WEAK_TIER if weak else "")
            write_whole(out / "index.html", page)
    return sheet.rows
