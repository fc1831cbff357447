"""`autograder feedback`: bring every page up to date with the points that people gave, before it goes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands import calls
from autograder.text import one_line

if TYPE_CHECKING:
    from autograder.assignment import Assignment
    from autograder.grades.config import Settings
    from autograder.records.gradesheet import Row
    from autograder.records.ondisk import OnDisk


@click.command(short_help="Bring pages and lists up to date; pack feedback for a platform.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--for", "platform", type=click.Choice(["moodle", "canvas"]),
              help="Also pack the feedback for this platform, as OUT/feedback-PLATFORM.zip.")  # fmt: skip
@calls.config_option
@calls.build_dir_option
def feedback(out: Path, platform: str | None, config: Path | None, build_dir: Path) -> None:
    """Bring feedback pages, grades.csv and the class list in OUT up to date.

    Nothing is graded. Points and comments from nbgrader's formgrader, lateness, extensions and the attempt
    that counts are in them as they stand now. Call it when everything is read, before the pages go to the
    students.

    --for packs them for the way back: for Moodle's "Upload multiple feedback files in a zip", or for Canvas'
    "Re-upload submissions". These find a student by the name that they gave the hand-in, so the folder of
    submissions must still be there. Canvas shows a file under the name of the student's own, so there the
    feedback is a notebook. Gradescope takes no files back: its students read what the autograder says there.
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
        settings = calls.with_late_days(settings, assignment)
        with locked(out):
            kept = kept_rows(out)
            with GradeBook(out, assignment) as book:  # other rules may count another attempt
                book_counted(kept, out, assignment, settings, book.record)
            rows = rows_with_standings(kept, out, assignment, settings)
            weak = any(row.tier == "process" for row in rows)
            write_lists(out, rows, assignment, WEAK_TIER if weak else "")
            changed = write_pages(out, rows, assignment, settings.comments)
    except BusyError as error:
        raise click.ClickException(str(error)) from None
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    unmatched = _unmatched_comments(out, rows, assignment, settings)
    for words in unmatched[:10]:
        click.echo(words, err=True)
    waiting = sum(bool(row.standing and row.standing.waiting) for row in rows)
    if waiting:
        click.echo(f"{waiting} of {len(rows)} still wait for a person.", err=True)
    click.echo(f"{changed} of {len(rows)} pages in {out / 'feedback'} say something else now.")
    if platform:
        _pack(out, rows, assignment, settings, platform)


def _unmatched_comments(
    out: Path, rows: OnDisk[Row], assignment: Assignment, settings: Settings
) -> list[str]:
    """Say where a comment uses a name that is not in the file of comments."""
    from autograder.grades.marks import Marks

    if not settings.comments.questions:
        return []
    with Marks(out) as marks:
        return [
            f"{one_line(row.student, 40)}: {words}"
            for row in rows
            if row.standing and row.standing.counts and not row.by
            for name, mark in marks.of(row).items()
            for words in settings.comments.unmatched(assignment.name, name, mark.comment)
        ]


def _pack(out: Path, rows: OnDisk[Row], assignment: Assignment, settings: Settings, platform: str) -> None:
    """Write the zip for a platform and say whom it misses."""
    from autograder.pages.parcel import write_parcel
    from autograder.records import plan
    from autograder.submissions.intake import collect

    place = Path(plan.read(out).submissions)
    try:
        found = collect(place, settings.naming, assignment.notebook, assignment.files)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"the names of the hand-ins are needed again: {error}") from None
    path = out / f"feedback-{platform}.zip"
    names = {entry.slug: entry.place.name for entry in found}
    packed, without = write_parcel(path, out, rows, assignment, names, platform, settings.comments)
    what = platform.capitalize()
    if without:
        shown = ", ".join(one_line(name, 40) for name in without[:5])
        click.echo(
            f"{len(without)} are not in it, for {what} did not name what they handed in: {shown}"
            f"{' …' if len(without) > 5 else ''}",
            err=True,
        )
    if not packed:
        path.unlink(missing_ok=True)
        raise click.UsageError(f"nothing in {place} has a name as {what} gives it: there is no zip to make")
    click.echo(f"{packed} for {what} in {path}")
