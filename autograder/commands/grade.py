"""`autograder grade`: grade a class under seal."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls
from autograder.commands.calls import build_dir_option
from autograder.commands.graders import graders, jobs_for, scheduler_option


@click.command(short_help="Grade a folder of submissions under seal.")
@click.argument("name")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the results; made if missing."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks graded at once.  [default: one per core]")
@click.option(
    "--tier",
    type=click.Choice(["auto", "bubblewrap", "process"]),
    help="Isolation. auto takes the best there is; process is weak and says so.  [default: auto]",
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
@scheduler_option
@click.option("--fresh", is_flag=True, help="Grade everything again, finished results too.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON instead of a table.")
@calls.submitted_option
@calls.config_option
@build_dir_option
def grade(
    name: str,
    submissions: Path,
    out: Path,
    jobs: int | None,
    tier: str | None,
    cell_seconds: float | None,
    notebook_seconds: float | None,
    grading_seconds: float | None,
    memory_gib: float | None,
    scheduler: str | None,
    fresh: bool,
    as_json: bool,
    submitted: Path | None,
    config: Path | None,
    build_dir: Path,
) -> None:
    """Grade the notebooks in the folder SUBMISSIONS against assignment NAME.

    A submission is a notebook, a zip with one notebook in it, or a folder; its name is the student's id, or
    follows Canvas, Moodle or nbgrader, or looks like ann--2026-03-01T10-00-00.ipynb. Of several attempts one
    counts; autograder.toml says which, and what lateness costs (`autograder config` shows all it can say).
    Everything in the folder becomes a row of grades.csv, with a reason where there was nothing to grade.
    Results already in OUT are kept as long as submission, tests, limits and tier are the same: after any
    interruption, the same command continues where it stopped.

    \b
    OUT/index.html    the class, with links to the feedback pages
    OUT/grades.csv    one row per submission
    OUT/feedback/     one page per student
    OUT/gradebook.db  nbgrader's gradebook, for the formgrader
    OUT/log/          tracebacks, for the instructor alone
    OUT/results/      one file per submission, from which all this is made
    """  # noqa: D301 - click's mark for a paragraph that is not to be rewrapped
    from autograder.grading.job import reuse_earlier, reuse_nothing
    from autograder.records.plan import Plan

    settings = calls.settings_of(config, submitted=submitted)
    asked = settings.grading
    assignment, entries = calls.checked(name, submissions, out, build_dir, settings)
    settings = calls.with_late_days(settings, assignment)
    limits = calls.asked_limits(
        assignment,
        cell_seconds or asked.get("cell_seconds"),
        notebook_seconds or asked.get("notebook_seconds"),
        grading_seconds or asked.get("grading_seconds"),
        memory_gib or asked.get("memory_gib"),
    )
    times = str(settings.times.resolve()) if settings.times else ""
    reuse = reuse_nothing if fresh else reuse_earlier
    scheduler = scheduler or asked.get("scheduler")
    jobs = jobs_for(scheduler, jobs, asked.get("jobs"))
    with graders(scheduler, tier or asked.get("tier", "auto")) as (chosen, workers):
        Plan(name, str(submissions.resolve()), chosen, limits, times, assignment.term).write(out)
        rows, interrupted = calls.graded_class(
            entries, assignment, out, jobs, chosen, limits, reuse, settings, workers
        )
    calls.say_doubts(rows, assignment, settings)
    if as_json:
        calls.say_json(rows, assignment)
    else:
        calls.say_table(rows, assignment, out, chosen)
    calls.end(rows, len(entries), out, interrupted)
