"""`autograder check`: whether an assignment does what it promises."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands import calls

if TYPE_CHECKING:
    from autograder.release.checking.run import Outcome


@click.command(short_help="Put assignments through all their checks.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--only", default="", metavar="TEXT", help="Run only the checks with TEXT in their titles.")
def check(names: tuple[str, ...], only: str) -> None:
    """Put assignments through their checks: master, mutants, empty answers, leaks.

    NAME is an assignment with a master, such as hw3; without NAME, all are checked. Nothing is written. The
    exit code is 1 when a check fails, and the output names it.
    """
    from autograder.release import build
    from autograder.release.checking import run

    root = Path()
    known = build.names(root)
    if not known:
        raise click.UsageError("there is no solutions/NAME/NAME.py here: run this in the course's repository")
    for name in names:
        if name not in known:
            raise click.UsageError(f"no assignment {name!r}; there is {', '.join(known)}")
    good = [show(name, run.check(name, root, progress=None, only=only)) for name in names or known]
    if not all(good):
        raise SystemExit(calls.FAILED)


def show(name: str, outcomes: Iterable[Outcome], *, failures_only: bool = False) -> bool:
    """Print a line for each outcome, and say whether all are good."""
    good, total = True, 0.0
    for outcome in outcomes:
        total += outcome.seconds
        good = good and not outcome.problems
        if outcome.problems or not failures_only:
            sign = click.style("FAIL", fg="red") if outcome.problems else click.style("ok  ", fg="green")
            click.echo(f"{name}: {sign} {outcome.title} ({outcome.seconds:.1f} s)")
        for problem in outcome.problems:
            click.echo(f"{'':{len(name) + 7}}{problem}")
    if not failures_only:
        click.echo(f"{name}: {'all is well' if good else 'something is wrong'} ({total:.0f} s)")
    return good
