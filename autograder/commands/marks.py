"""`autograder marks`: written answers as a sheet, and what a person gave for them."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Enter points and comments for written answers from a sheet.")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("sheet", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--write", is_flag=True, help="Write the answers that wait for a person into SHEET.")
@click.option("--all", "everything", is_flag=True, help="With --write: those that were read, too.")
@calls.config_option
@calls.build_dir_option
def marks(
    out: Path, sheet: Path, write: bool, everything: bool, config: Path | None, build_dir: Path
) -> None:
    """Enter points and comments for written answers from a CSV file.

    SHEET has the columns student, question, points and comment; --write makes one with every answer that
    waits. What it says is entered where nbgrader's formgrader enters it, so both can be used side by side.

    A comment may use what comments.toml holds, here and in the formgrader: @vague stands for the text of this
    name, see [marks] in `autograder config`. Where the column points is empty and a comment in use says
    points, these are added to the question's. A mistake in SHEET is named with its line; nothing is entered
    then.
    """
    from autograder.assignment import load
    from autograder.files import write_whole
    from autograder.grades import marksheet
    from autograder.grades.people import is_own
    from autograder.grades.rows import kept_rows, rows_with_standings
    from autograder.records import plan, versions
    from autograder.records.store import BusyError, locked

    settings = calls.settings_of(config, out)
    try:
        versions.check(out)
        assignment = load(plan.read(out).assignment, build_dir)
        settings = calls.with_late_days(settings, assignment)
        rows = rows_with_standings(kept_rows(out), out, assignment, settings)
        if write:
            if sheet.exists():
                raise ValueError(f"{sheet} is there already, perhaps with points in it: give another name")
            text = marksheet.sheet(out, rows, assignment, everything=everything)
            write_whole(sheet, text)
            click.echo(f"{text.count(chr(10)) - 1} answers in {sheet}")
            return
        students = [row.student for row in rows if is_own(row) and row.standing and row.standing.counts]
        found = marksheet.read_sheet(sheet, assignment, students, settings.comments)
        with locked(out):
            marksheet.enter(out, assignment, found)
    except BusyError as error:
        raise click.ClickException(str(error)) from None
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{len(found)} entered. `autograder feedback {out}` puts them on the pages.")
