"""`autograder build`: make assignments from their masters."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Make the student, Otter and nbgrader versions of assignments.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--check/--no-check", default=True, help="Whether to run the quick checks on what was built.")
def build(names: tuple[str, ...], check: bool) -> None:
    """Make the student, Otter and nbgrader versions of assignments.

    NAME is an assignment with a master, such as hw3; without NAME, all are built. Run it in the repository.
    The quick checks run on what was built; `autograder check` runs all checks.
    """
    from autograder.commands.check import show
    from autograder.release.build import build_assignment, learn_mistakes
    from autograder.release.build import names as masters
    from autograder.release.checking import run

    root = Path()
    known = masters(root)
    if not known:
        raise click.UsageError("there is no solutions/NAME/NAME.py here: run this in the course's repository")
    for name in names or known:
        if name not in known:
            raise click.UsageError(f"no assignment {name!r}; there is {', '.join(known)}")
        try:
            build_assignment(name, root)
            learn_mistakes(name, root)
        except (ValueError, RuntimeError, OSError) as error:
            raise click.ClickException(f"{name} was not built: {error}") from error
        if check and not show(name, run.quick(name, root), failures_only=True):
            raise SystemExit(calls.FAILED)
