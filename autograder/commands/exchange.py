"""`autograder exchange`: hand out, take in and give back through nbgrader's exchange on a JupyterHub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from autograder.commands import calls
from autograder.text import one_line

if TYPE_CHECKING:
    from autograder.exchange.course import Course

T = TypeVar("T", bound=Callable[..., object])
SHOWN = 20


@click.group(short_help="Hand out, take in and return through nbgrader's exchange.")
def exchange() -> None:
    """Hand out, take in and give back through nbgrader's exchange, the folder that a JupyterHub shares.

    \b
    autograder exchange release hw3
    autograder exchange collect hw3 --to handed-in
    autograder grade hw3 handed-in --out graded
    autograder feedback graded
    autograder exchange return graded

    Students find the notebook and its feedback in nbgrader's Assignment List. The course and the folder are
    those of nbgrader_config.py.
    """  # noqa: D301 - click's mark for a paragraph that is not to be rewrapped


def _place(command: T) -> T:
    """Add the options that say which course in which exchange."""
    course = click.option(
        "--course", default="", help="nbgrader's course id.  [default: its configuration's]"
    )
    root = click.option(
        "--exchange",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of the exchange.  [default: its configuration's]",
    )
    return course(root(command))


@exchange.command(short_help="Let students fetch an assignment.")
@click.argument("name")
@click.option(
    "--again", is_flag=True, help="Replace what was released; who has fetched it keeps the old one."
)
@_place
@calls.build_dir_option
def release(name: str, again: bool, root: Path | None, course: str, build_dir: Path) -> None:
    """Put the student's notebook of assignment NAME into the exchange, where students fetch it."""
    from autograder.assignment import load
    from autograder.exchange.release import release as put

    try:
        there = _course(course, root)
        put(load(name, build_dir), there, again)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{name} is released in the course {there.name!r}.")


@exchange.command(short_help="Copy what students submitted into a folder.")
@click.argument("name")
@click.option("--to", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder; made if missing.")  # fmt: skip
@_place
def collect(name: str, to: Path, root: Path | None, course: str) -> None:
    """Copy every attempt at assignment NAME out of the exchange; `autograder grade` takes the folder.

    Names of the copies say whose they are and when they were submitted, so lateness and the attempt that
    counts follow autograder.toml. Give it as often as you like: what is there already stays as it is.
    """
    from autograder.exchange.collect import collect as take

    try:
        found = take(name, to, _course(course, root))
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    for words in found.remarks[:SHOWN]:
        click.echo(one_line(words, 300), err=True)
    if len(found.remarks) > SHOWN:
        click.echo(f"… and {len(found.remarks) - SHOWN} remarks more", err=True)
    before = f"; {found.known} were there already" if found.known else ""
    click.echo(f"{len(found.new)} new in {to}{before}.")


@exchange.command("return", short_help="Let students fetch their feedback pages.")
@click.argument("out", type=click.Path(path_type=Path))
@_place
@calls.config_option
@calls.build_dir_option
def give_back(out: Path, root: Path | None, course: str, config: Path | None, build_dir: Path) -> None:
    """Give the pages in OUT/feedback back, each to the student whose submission it is about.

    The folder that was collected must still be there. Give `autograder feedback OUT` first, which brings the
    pages up to date; pages that changed later go out with the next call.
    """
    from autograder.assignment import load
    from autograder.exchange.returning import give_back as put
    from autograder.records import plan, versions
    from autograder.submissions.intake import collect as submissions

    settings = calls.settings_of(config, out)
    try:
        versions.check(out)
        before = plan.read(out)
        assignment = load(before.assignment, build_dir)
        found = submissions(Path(before.submissions), settings.naming, assignment.notebook, assignment.files)
        count, without = put(out, found, assignment.name, _course(course, root))
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if without:
        names = ", ".join(one_line(name, 60) for name in without[:5])
        click.echo(f"{len(without)} did not come through the exchange or have no page: {names}", err=True)
    click.echo(f"{count} page{'s' if count != 1 else ''} returned.")


def _course(name: str, root: Path | None) -> Course:
    from autograder.exchange.course import find

    return find(name, root)
