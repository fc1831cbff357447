"""A class graded: every submission through the grader, the results into every file of OUT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from autograder.assignment import Assignment
from autograder.files import sweep, write_whole
from autograder.grading.job import Graded, Setup, earlier
from autograder.grading.pool import Pool
from autograder.pages.feedback import class_page
from autograder.pages.table import summary
from autograder.records.gradesheet import GradeSheet, Row
from autograder.records.store import Store, locked
from autograder.sealed import Limits
from autograder.sealed.tiers import choose
from autograder.submissions.intake import Entry


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
    known: Callable[[Entry, Setup], Graded | None] = earlier,
) -> list[Row]:
    """Grade the submissions and fill ``out``: grades.csv, feedback, index.html, gradebook.db.

    Files are replaced whole. When this is interrupted, what was finished stands in all of them; when it is
    killed, in ``out/results``. Grading into the same ``out`` again takes every result whose submission,
    tests, limits and tier are the same, grades the rest, and keeps what a person entered in the gradebook.

    Parameters
    ----------
    entries : sequence of Entry
        The submissions, from `autograder.submissions.intake.collect`.
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
    known : callable
        Takes a submission, yields the result to take for it, or nothing when it is to be graded.

    Returns
    -------
    list of Row
        One row for each entry, sorted by student.

    Raises
    ------
    Interrupted
        On Ctrl-C, after everything finished was written.
    BusyError
        When another process is grading into ``out``.
    """
    if jobs < 1:
        raise ValueError(f"grade_class: jobs must be at least 1, not {jobs}")
    out.mkdir(parents=True, exist_ok=True)
    setup = Setup(assignment, out, choose(tier) if tier == "auto" else tier, limits)
    sheet = GradeSheet(out, assignment)
    with locked(out):
        sweep(out)
        _put_away(out, entries)
        try:
            taken = {entry.slug: done for entry in entries if (done := known(entry, setup))}
            rest = [entry for entry in entries if entry.slug not in taken]
            with sheet, Pool(setup, rest, jobs) as pool:
                # Loading nbgrader takes a second, in which the graders warm up.
                from autograder.grades.gradebook import GradeBook

                bar = tqdm(total=len(entries), desc=assignment.name, unit="notebook", disable=not progress)
                with GradeBook(out, assignment) as book, bar:
                    for graded in chain(taken.values(), pool.results()):
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


def _put_away(out: Path, entries: Sequence[Entry]) -> None:
    """Move the results of submissions that are no longer handed in into the history."""
    store, here = Store(out), {e.slug for e in entries}
    for slug in store.slugs():
        if slug not in here:
            store.retire(slug)
