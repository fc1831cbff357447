"""`autograder regrade`: grade again, keep the earlier results, say what changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from autograder.commands import calls
from autograder.commands.graders import graders, jobs_for, scheduler_option


@click.command(short_help="Grade again, after a test was corrected; say what changed.")
@click.argument("name")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("students", nargs=-1, metavar="[STUDENT]...")
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks graded at once.  [default: one per core]")
@scheduler_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@calls.submitted_option
@calls.config_option
@calls.build_dir_option
def regrade(
    name: str,
    out: Path,
    students: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    as_json: bool,
    submitted: Path | None,
    config: Path | None,
    build_dir: Path,
) -> None:
    """Grade again what was graded into OUT, after a test was fixed or a notebook handed in again.

    Without a STUDENT the whole class is graded. The folder of submissions, the isolation and the limits are
    those of the last `autograder grade`. Earlier results stay in OUT/results/history, and so do the points
    that a person gave. Attempts that cannot count are left as they are. The command says whose score changed.
    If it is killed, the same call continues it.
    """
    from autograder.grades.standings import withheld
    from autograder.grading.regrade import Regrading, chosen, say
    from autograder.records import plan, versions

    try:
        versions.check(out)
        before = plan.read(out)
        if before.assignment != name:
            raise ValueError(f"{out} holds the results of {before.assignment!r}, not of {name!r}")
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    times = submitted or (Path(before.times) if before.times else None)
    settings = calls.settings_of(config, out, times)
    assignment, entries = calls.checked(name, Path(before.submissions), out, build_dir, settings)
    settings = calls.with_late_days(settings, assignment)
    try:
        able = (e for e in withheld(entries, settings) if e.slug in students or not e.uncounted)
        slugs = chosen(able, students)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    scheduler = scheduler or settings.grading.get("scheduler")
    jobs = jobs_for(scheduler, jobs, settings.grading.get("jobs"))
    with graders(scheduler, before.tier) as (tier, workers):
        again = Regrading(out, slugs)
        rows, interrupted = calls.graded_class(
            entries, assignment, out, jobs, tier, before.limits, again.reuse, settings, workers
        )
    if not interrupted:
        changes = again.changes(assignment)
        again.end()
        click.echo(
            json.dumps({"regraded": len(slugs), "changes": [asdict(c) for c in changes]}, indent=2)
            if as_json
            else say(changes, len(slugs))
        )
    calls.end(rows, len(entries), out, interrupted)
