"""`autograder gradescope`: make the zip that grades an assignment inside Gradescope."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls
from autograder.gradescope.settings import MINUTES, MOST_MINUTES, SHOWN, Settings, Shown

LEAST_MINUTES = 5  # with less, a slow but honest notebook would be ended


@click.command(short_help="Make the zip with which Gradescope grades an assignment.")
@click.argument("name")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="The zip.  [default: NAME-gradescope.zip]"
)
@click.option(
    "--hidden",
    type=click.Choice(SHOWN),
    default="after_published",
    show_default=True,
    help="When students see outcomes of hidden tests, and with them their score.",
)
@click.option(
    "--minutes",
    type=click.IntRange(LEAST_MINUTES, MOST_MINUTES),
    default=MINUTES,
    show_default=True,
    help="The time limit in the Gradescope assignment's settings.",
)
@calls.build_dir_option
def gradescope(name: str, to: Path | None, hidden: Shown, minutes: int, build_dir: Path) -> None:
    """Make a zip to upload to Gradescope as the autograder of assignment NAME.

    There each notebook is graded under the same seal as here if the container lets bubblewrap work; otherwise
    as a user who can neither read tests and reference, nor write results, nor open a connection. The zip
    holds the hidden tests: give it to nobody but Gradescope.
    """
    from autograder.assignment import load
    from autograder.gradescope import bundle, room
    from autograder.limits import Limits

    path = to or Path(f"{name}-gradescope.zip")
    try:
        assignment = load(name, build_dir)
        bundle.write(assignment, Settings(name, hidden, minutes), path)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    possible = sum(q.points for q in assignment.questions)
    manual = [q.name for q in assignment.questions if q.manual]
    click.echo(f"{path} ({path.stat().st_size / 2**20:.1f} MiB)\n")
    click.echo("In Gradescope: a Programming Assignment, Configure Autograder, upload this zip.")
    click.echo("  base image   Ubuntu 22.04 or later")
    click.echo("  container    1 CPU and 1.5 GB or more; the default is half a CPU and 768 MB")
    click.echo(f"  time limit   {minutes} minutes")
    click.echo(f"  points       {assignment.possible:g} by the autograder, {possible:g} in all")
    told = Limits.of(assignment.course)
    left = room.limits(minutes, None, told)
    if left.cell_seconds < told.cell_seconds or left.call_seconds < told.call_seconds:
        click.echo(
            f"The notebook promises {told.cell_seconds:g} s a cell and {told.call_seconds:g} s a call, and "
            f"{minutes} minutes leave {left.cell_seconds:.3g} and {left.call_seconds:.3g} s: raise it with "
            "--minutes, and in Gradescope.",
            err=True,
        )
    if manual:
        click.echo(f"  by a person  {', '.join(manual)}: enable manual grading")
    click.echo("Test Autograder there with a solution before students hand in.")
