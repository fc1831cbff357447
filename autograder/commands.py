"""The commands: build assignments from their masters, grade a class under seal.

Exit codes: 0 when every submission has its row, the unreadable ones too; 1 when grading itself failed on a
submission (its row says so) or a build failed; 2 when the command was called wrongly; 3 when the isolation
asked for is not to be had here; 130 when interrupted, with what was finished written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.assignment import Assignment, load
from autograder.gradesheet import Row

if TYPE_CHECKING:
    from autograder.intake import Entry
    from autograder.sealed import Limits

FAILED, MISUSED, NO_TIER, INTERRUPTED = 1, 2, 3, 130


class TierUnavailableError(click.ClickException):
    """The isolation that was asked for cannot be had on this machine."""

    exit_code = NO_TIER


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 something failed, 2 wrong call, 3 no such isolation here, 130 interrupted.",
)
def autograder() -> None:
    """Build assignments from their masters, and grade a class's notebooks under seal."""


@autograder.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def build(names: tuple[str, ...]) -> None:
    """Make the student, Otter and nbgrader versions of assignments.

    NAME is an assignment with a master, such as hw3; without one, all are built. Run it in the repository.
    """
    from autograder.build import build_assignment
    from autograder.build import names as masters

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


@autograder.command()
@click.argument("name")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the results; made if missing."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks graded at once.  [default: one a core]")
@click.option(
    "--tier",
    type=click.Choice(["auto", "bubblewrap", "process"]),
    default="auto",
    show_default=True,
    help="Isolation. auto takes the best there is; process is weak and says so.",
)
@click.option("--cell-seconds", type=click.FloatRange(min=0, min_open=True), help="Most time for one cell.")
@click.option(
    "--notebook-seconds", type=click.FloatRange(min=0, min_open=True), help="Most time for all cells."
)
@click.option(
    "--grading-seconds", type=click.FloatRange(min=0, min_open=True), help="Most time for all tests."
)
@click.option(
    "--memory-gib", type=click.FloatRange(min=0, min_open=True), help="Most memory of one notebook."
)
@click.option("--build-dir", type=click.Path(path_type=Path), default=Path("build"), show_default=True,
              help="Where `autograder build` wrote.")  # fmt: skip
def grade(
    name: str,
    submissions: Path,
    out: Path,
    jobs: int | None,
    tier: str,
    cell_seconds: float | None,
    notebook_seconds: float | None,
    grading_seconds: float | None,
    memory_gib: float | None,
    build_dir: Path,
) -> None:
    """Grade the notebooks in the folder SUBMISSIONS against assignment NAME.

    A submission is a notebook, a zip with one notebook in it, or a folder; its name is the student's id.
    Whatever is in the folder becomes a row of grades.csv, with a reason where there was nothing to grade.

    \b
    OUT/index.html    the class, with links to the feedback pages
    OUT/grades.csv    one row a submission
    OUT/feedback/     one page a student
    OUT/gradebook.db  nbgrader's gradebook; start `jupyter server` in OUT for the formgrader
    OUT/log/          tracebacks, for the instructor alone
    """  # noqa: D301 - click's mark for a paragraph that is not to be rewrapped
    assignment, entries = _checked(name, submissions, out, build_dir)
    chosen = _tier(tier)
    limits = _limits(cell_seconds, notebook_seconds, grading_seconds, memory_gib)
    rows, interrupted = _graded(entries, assignment, out, jobs or _cores(), chosen, limits)
    _report(rows, assignment, out, chosen)
    if interrupted:
        click.echo(f"Interrupted: {len(rows)} of {len(entries)} were graded and are written.", err=True)
        raise SystemExit(INTERRUPTED)
    if failed := [r for r in rows if "internal error" in r.reason]:
        click.echo(f"Grading itself failed on {len(failed)}; the tracebacks are in {out / 'log'}.", err=True)
        raise SystemExit(FAILED)


@autograder.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--build-dir", type=click.Path(path_type=Path), default=Path("build"), show_default=True,
              help="Where `autograder build` wrote.")  # fmt: skip
def show(out: Path, build_dir: Path) -> None:
    """Print the table of a class that was graded into the folder OUT."""
    from autograder.gradesheet import read_rows

    try:
        rows = read_rows(out)
        assignment = load(rows[0].assignment, build_dir) if rows else None
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if assignment is None:
        raise click.UsageError(f"the sheet in {out} has no rows")
    tiers = sorted({row.tier for row in rows} - {"none"})
    _report(rows, assignment, out, " and ".join(tiers) or "none")


def _checked(name: str, submissions: Path, out: Path, build_dir: Path) -> tuple[Assignment, list[Entry]]:
    from autograder.intake import collect

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
    entries = collect(submissions)
    if not entries:
        raise click.UsageError(f"there is no submission in {submissions}: it takes .ipynb, .zip and folders")
    return assignment, entries


def _tier(wanted: str) -> str:
    from autograder.sealed.tiers import TierUnavailable, choose, why_no_bubblewrap

    try:
        chosen = choose(wanted)
    except TierUnavailable as error:
        raise TierUnavailableError(str(error)) from None
    if chosen == "process":
        from autograder.batch import WEAK_TIER

        why = f"\n({why_no_bubblewrap()})" if wanted == "auto" else ""
        click.secho(f"WARNING: no seal. {WEAK_TIER}{why}", fg="red", bold=True, err=True)
    return chosen


def _limits(
    cell: float | None, notebook: float | None, grading: float | None, memory_gib: float | None
) -> Limits:
    from autograder.sealed import Limits

    asked = {"cell_seconds": cell, "notebook_seconds": notebook, "grading_seconds": grading}
    given: dict[str, Any] = {key: value for key, value in asked.items() if value is not None}
    if memory_gib is not None:
        given["memory"] = int(memory_gib * 2**30)
    return Limits(**given)


def _graded(
    entries: list[Entry], assignment: Assignment, out: Path, jobs: int, tier: str, limits: Limits
) -> tuple[list[Row], bool]:
    from autograder.batch import Interrupted, grade_class
    from autograder.pool import StartError

    try:
        bar = sys.stderr.isatty()
        return grade_class(entries, assignment, out, jobs=jobs, tier=tier, limits=limits, progress=bar), False
    except Interrupted as stop:
        return stop.rows, True
    except StartError as error:
        raise TierUnavailableError(f"the grader does not start:\n{error}") from error


def _report(rows: list[Row], assignment: Assignment, out: Path, tier: str) -> None:
    from autograder.table import summary, table

    if not rows:
        return
    click.echo(table(rows, assignment))
    click.echo(f"\n{summary(rows)}. Isolation: {tier}.")
    manual = [q.name for q in assignment.questions if q.manual]
    click.echo(
        f"\n  open  {out / 'index.html'}\n        {out / 'grades.csv'}\n        {out / 'gradebook.db'}"
    )
    if manual:
        click.echo(f"  read  {', '.join(manual)} in nbgrader's formgrader: cd {out} && jupyter lab")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
