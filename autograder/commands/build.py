"""`autograder build`: make assignments from their masters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands import calls

if TYPE_CHECKING:
    from autograder.release.term import Term


@click.command(short_help="Make the student, Otter and nbgrader versions of assignments.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--term",
    help="Draw the hidden inputs of this term, such as 2027-spring. A new name begins a term; `master` takes "
    "the seeds of the master itself.  [default: the present term]",
)
@click.option("--check/--no-check", default=True, help="Whether to run the quick checks on what was built.")
def build(names: tuple[str, ...], term: str | None, check: bool) -> None:
    """Make the student, Otter and nbgrader versions of assignments.

    NAME is an assignment with a master, such as hw3; without NAME, all are built. Run it in the repository.
    The quick checks run on what was built; `autograder check` runs all checks.

    With --term hidden tests draw other inputs, while nothing that students have changes. The command says
    which tests these are, and tries every known mistake on the new inputs, which takes minutes. Terms stand
    in solutions/terms.toml; the last one there is the present term, which later builds follow.
    """
    from autograder.commands.check import show
    from autograder.release.build import build_assignment, learn_mistakes
    from autograder.release.build import names as masters
    from autograder.release.checking import run

    root = Path()
    known = masters(root)
    if not known:
        raise click.UsageError("there is no solutions/NAME/NAME.py here: run this in the course's repository")
    if strange := [name for name in names if name not in known]:
        raise click.UsageError(f"no assignment {strange[0]!r}; there is {', '.join(known)}")
    if term:
        _begin(names, known, root, term)
    good = True
    for name in names or known:
        try:
            build_assignment(name, root, term)
            learn_mistakes(name, root)
        except (ValueError, RuntimeError, OSError) as error:
            raise click.ClickException(f"{name} was not built: {error}") from error
        if check and not show(name, run.quick(name, root), failures_only=True):
            raise SystemExit(calls.FAILED)
        if check and term:
            good = show(name, run.drawn(name, root)) and good
    if not good:
        raise click.ClickException(
            f"the hidden inputs of {term} are not good enough. Correct the test, or take the line of "
            f"{term} out of solutions/terms.toml and give the command again: then others are drawn."
        )


def _begin(names: tuple[str, ...], known: list[str], root: Path, name: str) -> None:
    """Say what a term changes in each assignment, and write it down where it is new."""
    from autograder.release import term as terms

    try:
        term = terms.drawn(root, name)
        if term is None:
            return
        changed = [_say(one, root, term) for one in names or known]
        if not all(changed) if names else not any(changed):
            raise click.UsageError("nothing was built")
        if terms.begin(root, term):
            click.echo(f"{name} is a new term: commit solutions/{terms.FILE}, which keeps its secret.")
    except (ValueError, OSError) as error:
        raise click.UsageError(str(error)) from None


def _say(name: str, root: Path, term: Term) -> bool:
    """Say which tests of an assignment draw other inputs in a term; whether any does."""
    from autograder.release import master
    from autograder.release import term as terms

    source = master.read(name, root, terms.OWN)
    changes = terms.redraw(source.notebook.cells, name, term)
    width = max((len(change.test) for change in changes), default=0)
    for change in changes:
        seeds = ", ".join(f"{old} → {new}" for old, new in change.seeds)
        click.echo(f"{name}: {change.question:<4} {change.test:<{width}}  {seeds or f'stays: {change.kept}'}")
    drawn = sum(bool(change.seeds) for change in changes)
    if not drawn:
        click.echo(
            f"{name}: no hidden test has a seed that a term could change: draw its inputs from "
            "`np.random.default_rng(NUMBER)`, with a number that nothing else uses",
            err=True,
        )
        return False
    click.echo(f"{name}: {drawn} of {len(changes)} hidden tests draw other inputs in {term.name}")
    return True
