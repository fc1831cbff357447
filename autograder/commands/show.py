"""`autograder show`: print the current table of a graded class."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Print the table of a graded class, as things stand now.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON instead of a table.")
@calls.config_option
@calls.build_dir_option
def show(out: Path, as_json: bool, config: Path | None, build_dir: Path) -> None:
    """Print the table of a class that was graded into the folder OUT, and bring OUT/grades.csv up to date.

    Points that a person gave in the formgrader are in the totals, and so is what autograder.toml says now.
    """
    from autograder.assignment import load
    from autograder.grades.rows import kept_rows, rows_with_standings
    from autograder.grading.batch import WEAK_TIER
    from autograder.pages.refresh import write_lists
    from autograder.records import versions
    from autograder.records.gradesheet import read_rows
    from autograder.records.store import BusyError, locked

    settings = calls.settings_of(config, out)
    try:
        versions.check(out)
        versions.check_sheet(out)
        kept = read_rows(out)
        if not kept:
            raise ValueError(f"the sheet in {out} has no rows")
        assignment = load(kept[0].assignment, build_dir)
        settings = calls.with_late_days(settings, assignment)
        # A roster is matched by what the sheet does not hold, and so are the members of a group.
        if settings.roster_for(assignment.name) or any(row.by for row in kept):
            kept = kept_rows(out)
        rows = rows_with_standings(kept, out, assignment, settings)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    tiers = sorted({row.tier for row in rows} - {"none"})
    try:
        with locked(out):
            write_lists(out, rows, assignment, WEAK_TIER if "process" in tiers else "")
    except BusyError:
        click.echo("The class is being graded: grades.csv is left alone.", err=True)
    calls.say_doubts(rows, assignment, settings)
    if as_json:
        calls.say_json(rows, assignment)
    else:
        calls.say_table(rows, assignment, out, " and ".join(tiers) or "none")
