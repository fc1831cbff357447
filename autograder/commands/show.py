"""`autograder show`: print a class that was graded."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.assignment import load
from autograder.commands import calls
from autograder.commands.calls import build_dir_option


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@build_dir_option
def show(out: Path, build_dir: Path) -> None:
    """Print the table of a class that was graded into the folder OUT."""
    from autograder.records.gradesheet import read_rows

    try:
        rows = read_rows(out)
        assignment = load(rows[0].assignment, build_dir) if rows else None
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if assignment is None:
        raise click.UsageError(f"the sheet in {out} has no rows")
    tiers = sorted({row.tier for row in rows} - {"none"})
    calls.say_table(rows, assignment, out, " and ".join(tiers) or "none")
