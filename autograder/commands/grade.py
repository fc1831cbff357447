"""`autograder grade`: grade a class under seal."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls
from autograder.commands.calls import build_dir_option


@click.command()
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
    from autograder.grading.job import earlier, unknown
    from autograder.records.plan import Plan

    assignment, entries = calls.checked(name, submissions, out, build_dir)
    chosen = calls.chosen_tier(tier)
    limits = calls.asked_limits(cell_seconds, notebook_seconds, grading_seconds, memory_gib)
    Plan(name, str(submissions.resolve()), chosen, limits).write(out)
    known = unknown if fresh else earlier
    rows, interrupted = calls.graded_class(
        entries, assignment, out, jobs or calls.cores(), chosen, limits, known
    )
    if as_json:
        calls.say_json(rows, assignment)
    else:
        calls.say_table(rows, assignment, out, chosen)
    calls.end(rows, len(entries), out, interrupted)
