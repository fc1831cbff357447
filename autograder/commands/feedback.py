"""`autograder feedback`: write every page anew, with what persons gave, before it goes out."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@calls.config_option
@calls.build_dir_option
def feedback(out: Path, config: Path | None, build_dir: Path) -> None:
    """Bring the feedback pages, grades.csv and the list of the class in OUT up to date, without grading.

    Points and comments from nbgrader's formgrader, lateness, extensions and the attempt that counts are in
    them as they stand now. Call it when everything is read, before the pages go to the students.
    """
    from autograder.assignment import load
    from autograder.grades.counted import book_counted
    from autograder.grades.gradebook import GradeBook
    from autograder.grades.rows import kept_rows, rows_with_standings
    from autograder.grading.batch import WEAK_TIER
    from autograder.pages.refresh import write_lists, write_pages
    from autograder.records import plan, versions
    from autograder.records.store import BusyError, locked

    settings = calls.settings_of(config, out)
    try:
        versions.check(out)
        assignment = load(plan.read(out).assignment, build_dir)
        with locked(out):
            kept = kept_rows(out)
            with GradeBook(out, assignment) as book:  # other rules may count another attempt
                book_counted(kept, out, assignment, settings, book.record)
            rows = rows_with_standings(kept, out, assignment, settings)
            weak = any(row.tier == "process" for row in rows)
            write_lists(out, rows, assignment, WEAK_TIER if weak else "")
            changed = write_pages(out, rows, assignment)
    except BusyError as error:
        raise click.ClickException(str(error)) from None
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    waiting = sum(bool(row.standing and row.standing.waiting) for row in rows)
    if waiting:
        click.echo(f"{waiting} of {len(rows)} still wait for a person.", err=True)
    click.echo(f"{changed} of {len(rows)} pages in {out / 'feedback'} say something else now.")
