"""`autograder build`: make assignments from their masters."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def build(names: tuple[str, ...]) -> None:
    """Make the student, Otter and nbgrader versions of assignments.

    NAME is an assignment with a master, such as hw3; without one, all are built. Run it in the repository.
    """
    from autograder.release.build import build_assignment
    from autograder.release.build import names as masters

    root = Path()
    known = masters(root)
    if not known:
        raise click.UsageError("there is no solutions/NAME/NAME.py here: run this in the course's repository")
    for name in names or known:
        if name not in known:
            raise click.UsageError(f"no assignment {name!r}; there is {', '.join(known)}")
        try:
            build_assignment(name, root)
        except (ValueError, RuntimeError, OSError) as error:
            raise click.ClickException(f"{name} was not built: {error}") from error
