"""The commands: build assignments from their masters, grade a class under seal.

Exit codes: 0 when every submission has its row, the unreadable ones too; 1 when grading itself failed on a
submission (its row says so) or a build failed; 2 when the command was called wrongly; 3 when the isolation
asked for is not to be had here; 130 when interrupted, with what was finished written.
"""

from __future__ import annotations

from pathlib import Path

import click

from autograder import calls
from autograder.assignment import load
from autograder.calls import build_dir_option
from autograder.doctor_command import doctor
from autograder.export_command import export
from autograder.regrade_command import regrade
from autograder.report_command import report


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
@click.option("--fresh", is_flag=True, help="Grade everything again, finished results too.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON instead of a table.")
@build_dir_option
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
    fresh: bool,
    as_json: bool,
    build_dir: Path,
) -> None:
    """Grade the notebooks in the folder SUBMISSIONS against assignment NAME.

    A submission is a notebook, a zip with one notebook in it, or a folder; its name is the student's id.
    Whatever is in the folder becomes a row of grades.csv, with a reason where there was nothing to grade.
    A result that OUT holds already counts as long as submission, tests, limits and tier are the same: after
    an interruption of any kind the same command goes on where it stopped.

    \b
    OUT/index.html    the class, with links to the feedback pages
    OUT/grades.csv    one row a submission
    OUT/feedback/     one page a student
    OUT/gradebook.db  nbgrader's gradebook; start `jupyter server` in OUT for the formgrader
    OUT/log/          tracebacks, for the instructor alone
    OUT/results/      one file a submission, from which all of this can be made again
    """  # noqa: D301 - click's mark for a paragraph that is not to be rewrapped
    from autograder.job import earlier, unknown
    from autograder.plan import Plan

    assignment, entries = calls.checked(name, submissions, out, build_dir)
    chosen = calls.chosen_tier(tier)
    limits = calls.asked_limits(cell_seconds, notebook_seconds, grading_seconds, memory_gib)
    Plan(name, str(submissions.resolve()), chosen, limits).write(out)
    known = unknown if fresh else earlier
    rows, interrupted = calls.graded_class(
        entries, assignment, out, jobs or calls.cores(), chosen, limits, known
    )
    if as_json:
        click.echo(calls.as_json(rows, assignment))
    else:
        calls.say_table(rows, assignment, out, chosen)
    calls.end(rows, len(entries), out, interrupted)


@autograder.command()
@click.argument("out", type=click.Path(path_type=Path))
@build_dir_option
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
    calls.say_table(rows, assignment, out, " and ".join(tiers) or "none")


for command in (regrade, report, export, doctor):
    autograder.add_command(command)
