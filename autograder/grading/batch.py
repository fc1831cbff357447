"""Grades a class: every submission goes through the grader, the results into every file of OUT.

Only temporary files grow with the class: submissions, earlier results and rows pass one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tqdm import tqdm

from autograder.assignment import Assignment
from autograder.files import sweep
from autograder.grades.config import Settings, keep_settings
from autograder.grades.counted import book_counted, clear_shown
from autograder.grades.rows import rows_with_standings
from autograder.grades.standings import withheld
from autograder.grading.entries import entries_on_disk, folders
from autograder.grading.job import Graded, Setup, reuse_earlier
from autograder.grading.pool import Pool
from autograder.limits import Limits
from autograder.lookalikes import told_apart
from autograder.pages.refresh import write_lists, write_pages
from autograder.records.gradesheet import GradeSheet, Row
from autograder.records.ondisk import OnDisk
from autograder.records.store import Store, locked
from autograder.sealed.tiers import choose
from autograder.submissions.entry import Entry


class Interrupted(KeyboardInterrupt):
    """Grading was interrupted; ``rows`` were finished and have been written."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = rows


class Workers(Protocol):
    """What grades a class; leaving the ``with`` block ends it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        """Yield each submission's result as it is done, in any order."""


WEAK_TIER = (
    "Graded in the process tier: student code runs with your rights, and nothing keeps it from your files "
    "or the tests. Trust these scores only if you trust the students."
)


def grade_class(
    entries: Iterable[Entry],
    assignment: Assignment,
    out: Path,
    *,
    jobs: int = 1,
    tier: str = "auto",
    limits: Limits | None = None,
    progress: bool = False,
    reuse: Callable[[Entry, Setup], Graded | None] = reuse_earlier,
    settings: Settings | None = None,
    workers: Callable[[Setup, int], Workers] = Pool,
) -> OnDisk[Row]:
    """Grade the submissions and fill ``out``: grades.csv, feedback, index.html, gradebook.db.

    Files are replaced whole. After an interruption all of them hold what was finished; after a kill
    ``out/results`` does. Grading into the same ``out`` again reuses every result whose submission, tests,
    limits and tier are the same, grades the rest, and keeps what a person entered in the gradebook.

    Parameters
    ----------
    entries : iterable of Entry
        The submissions, from `autograder.submissions.intake.collect`; read once.
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
    reuse : callable
        Takes a submission and returns the earlier result to use for it, or None when it is to be graded.
    settings : Settings, optional
        The rules of the course: due times, lateness, which attempt counts.
    workers : callable
        Makes what grades: processes of this machine, or `autograder.grading.scheduler.Scheduler.workers`.

    Returns
    -------
    sequence of Row
        One row for each entry, sorted by student; kept in a temporary file.

    Raises
    ------
    Interrupted
        On Ctrl-C, after everything finished was written.
    BusyError
        When another process is grading into ``out``.
    AssertionError
        When rows and submissions do not match; what was finished is written.
    """
    if jobs < 1:
        raise ValueError(f"grade_class: jobs must be at least 1, not {jobs}")
    out.mkdir(parents=True, exist_ok=True)
    rules = settings or Settings()
    sheet, todo = GradeSheet(out, assignment), entries_on_disk(withheld(entries, rules))
    setup = Setup(assignment, out, choose(tier) if tier == "auto" else tier, limits, folders(todo))
    with locked(out):
        sweep(out)
        keep_settings(out, rules)
        _put_away(out, todo, assignment)
        try:
            taken = _taken(todo, setup, reuse, progress)
            rest = (entry for entry in todo if entry.slug not in taken.names)
            with sheet, workers(setup, min(jobs, len(todo) - len(taken))) as pool:
                # Loading nbgrader takes a second; meanwhile the graders warm up.
                from autograder.grades.gradebook import GradeBook

                bar = tqdm(total=len(todo), desc=assignment.name, unit="notebook", disable=not progress)
                with GradeBook(out, assignment) as book, bar:
                    try:
                        for graded in chain(taken, pool.results(rest)):
                            if graded.row.attempts == 1:
                                book.record(graded.row, graded.answers)
                            sheet.add(graded.row)
                            bar.update()
                        check_complete(todo, sheet.rows)
                    finally:
                        book_counted(sheet.rows, out, assignment, rules, book.record)
        except KeyboardInterrupt:
            raise Interrupted(_bring_up_to_date(sheet.rows, out, assignment, rules)) from None
        except BaseException:
            _bring_up_to_date(sheet.rows, out, assignment, rules)
            raise
        return _bring_up_to_date(sheet.rows, out, assignment, rules)


def check_complete(entries: OnDisk[Entry], rows: OnDisk[Row]) -> None:
    """See that each submission has its row, and that no row is of anything else.

    Raises
    ------
    AssertionError
        With the submissions that have none, and the rows of none.
    """
    lost = [entry.slug for entry in entries if entry.slug not in rows.names]
    stray = [row.slug for row in rows if row.slug not in entries.names]
    if lost or stray or len(entries) != len(rows):
        named = [", ".join(told_apart(slugs[:5])) or "none" for slugs in (lost, stray)]
        raise AssertionError(
            f"{len(entries)} submissions, {len(rows)} rows; "
            f"without a row: {named[0]}; rows of no submission: {named[1]}"
        )


def _bring_up_to_date(
    rows: OnDisk[Row], out: Path, assignment: Assignment, settings: Settings
) -> OnDisk[Row]:
    """Bring everything that people open in step with the results."""
    if not rows:
        return rows
    rows = rows_with_standings(rows, out, assignment, settings)
    weak = any(r.tier == "process" for r in rows)
    write_lists(out, rows, assignment, WEAK_TIER if weak else "")
    write_pages(out, rows, assignment, settings.comments)
    return rows


def _put_away(out: Path, todo: OnDisk[Entry], assignment: Assignment) -> None:
    """Move the results of submissions that are no longer handed in into the history."""
    store = Store(out)
    for slug in store.slugs():
        if slug not in todo.names:
            if gone := store.read(slug):
                clear_shown(out, gone.row.student, assignment)
            store.retire(slug)


def _taken(
    todo: OnDisk[Entry],
    setup: Setup,
    reuse: Callable[[Entry, Setup], Graded | None],
    progress: bool,
) -> OnDisk[Graded]:
    """Collect the results that need not be made."""
    shown = tqdm(todo, desc="looking for results", unit="notebook", leave=False, disable=not progress)
    with shown:
        found = (reuse(entry, setup) for entry in shown)
        return OnDisk[Graded](lambda graded: graded.row.slug).filled(done for done in found if done)
