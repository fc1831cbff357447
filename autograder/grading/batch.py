"""A class graded: every submission through the grader, the results into every file of OUT.

Nothing here grows with the class but temporary files: submissions, earlier results and rows pass one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from autograder.assignment import Assignment
from autograder.files import sweep
from autograder.grading.job import Graded, Setup, earlier
from autograder.grading.pool import Pool
from autograder.grading.roster import roster
from autograder.pages.class_list import write_class_list
from autograder.pages.table import summary
from autograder.records.gradesheet import GradeSheet, Row
from autograder.records.ondisk import OnDisk
from autograder.records.store import Store, locked
from autograder.sealed import Limits
from autograder.sealed.tiers import choose
from autograder.submissions.intake import Entry


class Interrupted(KeyboardInterrupt):
    """Grading was interrupted; ``rows`` were finished, and are written."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = rows


WEAK_TIER = (
    "Graded in the process tier: student code runs with your rights, and nothing keeps it from your files, "
    "your network or the tests. Trust these scores only if you trust the students."
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
    known: Callable[[Entry, Setup], Graded | None] = earlier,
) -> OnDisk[Row]:
    """Grade the submissions and fill ``out``: grades.csv, feedback, index.html, gradebook.db.

    Files are replaced whole. When this is interrupted, what was finished stands in all of them; when it is
    killed, in ``out/results``. Grading into the same ``out`` again takes every result whose submission,
    tests, limits and tier are the same, grades the rest, and keeps what a person entered in the gradebook.

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
    known : callable
        Takes a submission, yields the result to take for it, or nothing when it is to be graded.

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
    """
    if jobs < 1:
        raise ValueError(f"grade_class: jobs must be at least 1, not {jobs}")
    out.mkdir(parents=True, exist_ok=True)
    setup = Setup(assignment, out, choose(tier) if tier == "auto" else tier, limits)
    sheet, todo = GradeSheet(out, assignment), roster(entries)
    with locked(out):
        sweep(out)
        _put_away(out, todo)
        try:
            taken = _taken(todo, setup, known, progress)
            rest = (entry for entry in todo if entry.slug not in taken.names)
            with sheet, Pool(setup, min(jobs, len(todo) - len(taken))) as pool:
                # Loading nbgrader takes a second, in which the graders warm up.
                from autograder.grades.gradebook import GradeBook

                bar = tqdm(total=len(todo), desc=assignment.name, unit="notebook", disable=not progress)
                with GradeBook(out, assignment) as book, bar:
                    for graded in chain(taken, pool.results(rest)):
                        book.record(graded.row, graded.answers)
                        sheet.add(graded.row)
                        bar.update()
        except KeyboardInterrupt:
            raise Interrupted(sheet.rows) from None
        finally:
            weak = any(r.tier == "process" for r in sheet.rows)
            write_class_list(out, sheet.rows, assignment, summary(sheet.rows), WEAK_TIER if weak else "")
    return sheet.rows


def _put_away(out: Path, todo: OnDisk[Entry]) -> None:
    """Move the results of submissions that are no longer handed in into the history."""
    store = Store(out)
    for slug in store.slugs():
        if slug not in todo.names:
            store.retire(slug)


def _taken(
    todo: OnDisk[Entry],
    setup: Setup,
    known: Callable[[Entry, Setup], Graded | None],
    progress: bool,
) -> OnDisk[Graded]:
    """Collect the results that need not be made."""
    shown = tqdm(todo, desc="looking for results", unit="notebook", leave=False, disable=not progress)
    with shown:
        found = (known(entry, setup) for entry in shown)
        return OnDisk[Graded](lambda graded: graded.row.slug).filled(done for done in found if done)
