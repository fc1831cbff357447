"""What the commands share: their exit codes, their checks before any work, and what they print after it."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.assignment import Assignment, load
from autograder.records.gradesheet import COLUMNS, Row, bank_cells, person_cells, standing_cells
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from autograder.grades.config import Settings
    from autograder.grading.batch import Workers
    from autograder.grading.job import Graded, Setup
    from autograder.limits import Limits
    from autograder.records.ondisk import OnDisk
    from autograder.submissions.entry import Entry

FAILED, MISUSED, NO_TIER, INTERRUPTED = 1, 2, 3, 130
SHOWN = 200  # rows that are printed; nobody reads more of them in a terminal


build_dir_option = click.option(
    "--build-dir",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Where `autograder build` wrote.",
)


class TierUnavailableError(click.ClickException):
    """The isolation that was asked for cannot be had on this machine."""

    exit_code = NO_TIER


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The rules of the course.  [default: autograder.toml, if there is one]",
)
submitted_option = click.option(
    "--submitted",
    type=click.Path(path_type=Path, dir_okay=False),
    help="When work was handed in: a CSV file with submitted, and student or file.",
)


def settings_of(config: Path | None, out: Path | None = None, submitted: Path | None = None) -> Settings:
    """Return the effective rules; a mistake in them ends the command."""
    from autograder.grades.config import effective_settings

    try:
        found = effective_settings(config, out)
        return found.with_times(submitted) if submitted else found
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def with_late_days(settings: Settings, assignment: Assignment) -> Settings:
    """Return the rules with the late days that were used before; a mistake about them ends the command."""
    from autograder.grades.bank import with_spent

    try:
        return with_spent(settings, assignment.name)
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def checked(
    name: str, submissions: Path, out: Path, build_dir: Path, settings: Settings
) -> tuple[Assignment, OnDisk[Entry]]:
    """Check the arguments of `grade`; return the assignment and its submissions."""
    from autograder.grading.entries import entries_on_disk
    from autograder.submissions.intake import collect

    try:
        assignment = load(name, build_dir)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if not submissions.is_dir():
        what = "is not a folder" if submissions.exists() else "does not exist"
        raise click.UsageError(f"the submissions' folder {submissions} {what}")
    if out.exists() and not out.is_dir():
        raise click.UsageError(f"--out {out} is not a folder")
    if out.resolve() == submissions.resolve() or submissions.resolve() in out.resolve().parents:
        raise click.UsageError(
            f"--out {out} lies in the submissions' folder; its files would be taken for submissions"
        )
    _same_term(assignment, out)
    try:
        entries = entries_on_disk(
            collect(submissions, settings.naming, assignment.notebook, assignment.files)
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not entries:
        raise click.UsageError(f"there is no submission in {submissions}: it takes .ipynb, .zip and folders")
    return assignment, entries


def _same_term(assignment: Assignment, out: Path) -> None:
    """Refuse to mix scores from the hidden inputs of two terms in one folder."""
    from autograder.records import plan

    try:
        before = plan.read(out)
    except ValueError:  # nothing was graded there
        return
    if before.assignment == assignment.name and before.term != assignment.term:
        old, now = (
            f"of the term {t}" if t else "of the master itself" for t in (before.term, assignment.term)
        )
        raise click.UsageError(
            f"{out} was graded with the hidden inputs {old}, and {assignment.folder} has those {now}: give "
            f"`autograder build {assignment.name} --term {before.term or 'master'}` first, or grade into "
            "another folder"
        )


def chosen_tier(wanted: str) -> str:
    """Choose an isolation, and warn loudly of a weak one."""
    from autograder.sealed.tiers import TierUnavailable, choose, why_no_bubblewrap

    try:
        chosen = choose(wanted)
    except TierUnavailable as error:
        raise TierUnavailableError(str(error)) from None
    if chosen == "process":
        warn_of_weak_tier(why_no_bubblewrap() if wanted == "auto" else "")
    return chosen


def warn_of_weak_tier(why: str) -> None:
    """Warn that notebooks will not be sealed off, and say why."""
    from autograder.grading.batch import WEAK_TIER

    reason = f"\n({why})" if why else ""
    click.secho(f"WARNING: no seal. {WEAK_TIER}{reason}", fg="red", bold=True, err=True)


def asked_limits(
    assignment: Assignment,
    cell: float | None,
    notebook: float | None,
    grading: float | None,
    memory_gib: float | None,
) -> Limits:
    """Make limits from the options; the assignment says what they leave open."""
    from autograder.limits import Limits

    asked = {"cell_seconds": cell, "notebook_seconds": notebook, "grading_seconds": grading}
    given: dict[str, Any] = {key: value for key, value in asked.items() if value is not None}
    if memory_gib is not None:
        given["memory"] = int(memory_gib * 2**30)
    return Limits.of(assignment.course, **given)


def graded_class(
    entries: Iterable[Entry],
    assignment: Assignment,
    out: Path,
    jobs: int,
    tier: str,
    limits: Limits,
    reuse: Callable[[Entry, Setup], Graded | None],
    settings: Settings,
    workers: Callable[[Setup, int], Workers],
) -> tuple[Sequence[Row], bool]:
    """Grade a class; return its rows, and whether grading was interrupted."""
    from autograder.grading.batch import Interrupted, grade_class
    from autograder.grading.process import StartError
    from autograder.records.store import BusyError

    bar = sys.stderr.isatty()
    try:
        rows = grade_class(
            entries,
            assignment,
            out,
            jobs=jobs,
            tier=tier,
            limits=limits,
            progress=bar,
            reuse=reuse,
            settings=settings,
            workers=workers,
        )
        return rows, False
    except Interrupted as stop:
        return stop.rows, True
    except StartError as error:
        raise TierUnavailableError(f"the grader does not start:\n{error}") from error
    except BusyError as error:
        raise click.ClickException(str(error)) from None


def end(rows: Sequence[Row], total: int, out: Path, interrupted: bool) -> None:
    """Say what went wrong, and exit with its exit code."""
    if interrupted:
        click.echo(f"Interrupted: {len(rows)} of {total} were graded and are written.", err=True)
        raise SystemExit(INTERRUPTED)
    if failed := sum("internal error" in r.reason for r in rows):
        click.echo(f"Grading itself failed on {failed}; the tracebacks are in {out / 'log'}.", err=True)
        raise SystemExit(FAILED)


def say_table(rows: Sequence[Row], assignment: Assignment, out: Path, tier: str) -> None:
    """Print the class list (only its beginning for a large class), how the class did, and where to look."""
    from autograder.pages.table import summary, table

    if not rows:
        return
    click.echo(table(rows[:SHOWN], assignment))
    if len(rows) > SHOWN:
        click.echo(f"… and {len(rows) - SHOWN} more in {out / 'grades.csv'}")
    click.echo(f"\n{summary(rows)}. Isolation: {tier}.")
    waiting = {name for row in rows if row.standing for name in row.standing.waiting}
    manual = [q.name for q in assignment.questions if q.manual and q.name in waiting]
    click.echo(
        f"\n  open  {out / 'index.html'}\n        {out / 'grades.csv'}\n        {out / 'gradebook.db'}"
    )
    if manual:
        click.echo(f"  read  {', '.join(manual)} in nbgrader's formgrader: cd {out} && jupyter lab")


def say_doubts(rows: Iterable[Row], assignment: Assignment, settings: Settings) -> None:
    """Warn of rules that apply to nobody: an unknown account, no time of hand-in, an extension for nobody."""
    from autograder.grades.people import is_own
    from autograder.lookalikes import drawn, hint

    strangers = {student for student, name in settings.policy.extensions if name == assignment.name}
    untimed, unlisted = 0, []
    looks, alike = {drawn(name) for name in strangers}, set()
    for row in rows:
        strangers.discard(row.student)
        if drawn(row.student) in looks:
            alike.add(row.student)
        untimed += is_own(row) and not row.submitted and row.standing is not None and row.standing.counts
        if row.person and not row.person.listed:
            unlisted.append(one_line(row.student, 40))
    if unlisted:
        names = ", ".join(dict.fromkeys(unlisted[:5]))
        click.echo(f"Not on the roster: {names} ({len(unlisted)} in all).", err=True)
    if assignment.name not in settings.policy.due:
        return
    if untimed:
        said = f"Nobody said when {untimed} handed in: nothing is taken off them."
        click.echo(f"{said} Give their times with --submitted.", err=True)
    if strangers:
        names = ", ".join(f"{name}{hint(name, alike)}" for name in sorted(strangers)[:5])
        click.echo(
            f"An extension is given to {names} ({len(strangers)} in all), who handed nothing in.", err=True
        )


def say_json(rows: Sequence[Row], assignment: Assignment) -> None:
    """Print the class list for machines, row by row: an object with one entry a submission."""
    names = [q.name for q in assignment.questions]
    click.echo(f'{{\n  "assignment": {json.dumps(assignment.name)},\n  "submissions": [', nl=False)
    between, people = "\n", any(row.person for row in rows)
    for row in rows:
        listed = {key: getattr(row, key) for key in ("student", "slug", *COLUMNS[2:])}
        listed["questions"] = dict(zip(names, row.questions, strict=True))
        listed |= (
            (person_cells(row) if people else {})
            | bank_cells(row)
            | standing_cells(row)
            | {"attempt": row.attempt, "attempts": row.attempts}
        )
        click.echo(between + textwrap.indent(json.dumps(listed, indent=2), "    "), nl=False)
        between = ",\n"
    click.echo("\n  ]\n}")
