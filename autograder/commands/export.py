"""`autograder export`: totals for a learning platform."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Write the totals of a class for a learning platform.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(["canvas", "moodle", "csv"]), required=True,
              help="Whose file to write; csv has one column per question.")  # fmt: skip
@click.option(
    "--column", help="Name of the column with the score.  [default: the assignment's title for Canvas]"
)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write.  [default: OUT/export-FORMAT.csv]")  # fmt: skip
@calls.submitted_option
@calls.config_option
@calls.build_dir_option
def export(
    out: Path,
    kind: str,
    column: str | None,
    to: Path | None,
    submitted: Path | None,
    config: Path | None,
    build_dir: Path,
) -> None:
    """Write the totals of the class in OUT as a CSV file for a learning platform.

    Points that a person gave in the formgrader are in the totals. No cell can begin a formula. Students who
    still wait for a person are listed and keep their points so far. Each student gets the attempt that
    counts, less the penalty for lateness, by the rules of autograder.toml or those of the last grading. Times
    of hand-in are those that grading knew; --submitted gives others.
    """
    from autograder.assignment import load
    from autograder.files import write_whole
    from autograder.grades.export import FORMATS, one_each
    from autograder.grades.rows import kept_rows
    from autograder.grades.totals import totals
    from autograder.records import plan, versions

    settings = calls.settings_of(config, out, submitted)
    try:
        versions.check(out)
        assignment = load(plan.read(out).assignment, build_dir)
        settings = calls.with_late_days(settings, assignment)
        rows = kept_rows(out, settings if submitted else None)
        listed = one_each(totals(out, rows, assignment, settings))
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    write, usual = FORMATS[kind]
    path = to or out / f"export-{kind}.csv"
    write_whole(path, write(listed, assignment, column or usual or assignment.title))
    waiting = [t for t in listed if t.pending]
    if waiting:
        names = ", ".join(dict.fromkeys(name for t in waiting for name in t.pending))
        click.echo(f"{len(waiting)} of {len(listed)} still wait for a person in {names}.", err=True)
    click.echo(f"{len(listed)} students in {path}")
