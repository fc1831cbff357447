"""`autograder report`: how the class did, on a page and for machines."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Write how a class did: questions, tests, mistakes, oddities.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON and write no page.")
@calls.config_option
@calls.build_dir_option
def report(out: Path, as_json: bool, config: Path | None, build_dir: Path) -> None:
    """Write OUT/report.html for a class that was graded into the folder OUT.

    Distribution, pass rates by question and by test, submissions to look at with the evidence, the slowest,
    and the isolation that was used. It names hidden tests: it is for the instructor alone.
    """
    from autograder.assignment import load
    from autograder.files import write_whole
    from autograder.grades.people import MISSING
    from autograder.grades.rows import rows_with_standings
    from autograder.grading.batch import WEAK_TIER
    from autograder.pages.report import report as summed_up
    from autograder.pages.report_page import report_page
    from autograder.records import plan, versions
    from autograder.records.gradesheet import rows_on_disk
    from autograder.records.store import Store

    settings = calls.settings_of(config, out)
    try:
        versions.check(out)
        assignment, store = load(plan.read(out).assignment, build_dir), Store(out)
        settings = calls.with_late_days(settings, assignment)
        kept = rows_on_disk().filled(record.row for record in store.records())
        rows = rows_with_standings(kept, out, assignment, settings)
        made = summed_up(
            store.records(),
            assignment,
            lambda slug: getattr(rows.get(slug), "standing", None),
            sum(row.status == MISSING for row in rows),
        )
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps(asdict(made), indent=2))
        return
    page = out / "report.html"
    write_whole(page, report_page(made, WEAK_TIER if "process" in made.tiers else ""))
    click.echo(f"open  {page}")
