"""`autograder leaderboard`: a ranking for the class, of those who want to stand on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands import calls

if TYPE_CHECKING:
    from autograder.assignment import Assignment
    from autograder.pages.leaderboard import Place
    from autograder.submissions.names import Naming


@click.command(short_help="Write a ranking of those who gave themselves a nickname.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the ranking as JSON and write no page.")
@calls.config_option
@calls.build_dir_option
def leaderboard(out: Path, as_json: bool, config: Path | None, build_dir: Path) -> None:
    """Write OUT/leaderboard.html for a class that was graded into the folder OUT.

    It ranks the predictions that were handed in, by how many are right, for those who wrote a nickname into
    their notebook. Nobody else stands on it, and no name of a student does. Nothing is run: submissions are
    read where they were graded from, and those that changed since then are left out.
    """
    from autograder.assignment import load
    from autograder.files import write_whole
    from autograder.pages.leaderboard import leaderboard_page, ranked
    from autograder.records import plan, versions

    naming = calls.settings_of(config, out).naming
    try:
        versions.check(out)
        graded = plan.read(out)
        assignment = load(graded.assignment, build_dir)
        places = _places(assignment, Path(graded.submissions), out, naming)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        lines = [
            {"rank": rank, "nickname": p.nickname, "right": p.right, "of": p.count, "numbers": p.numbers}
            for rank, p in ranked(places)
        ]
        click.echo(json.dumps(lines, indent=2))
        return
    page = out / "leaderboard.html"
    write_whole(page, leaderboard_page(assignment.name, assignment.title, places))
    click.echo(f"{len(places)} on the board\nopen  {page}")


def _places(assignment: Assignment, submissions: Path, out: Path, naming: Naming) -> list[Place]:
    """Return the best line of each student who has one."""
    from autograder.pages.leaderboard import place, ranked, right_ones
    from autograder.records.store import Store
    from autograder.submissions import intake
    from autograder.submissions.beside import handed_in
    from autograder.submissions.notebook import UnreadableError
    from coursekit._files import Wanted

    wanted = Wanted.all(assignment.course)
    right = right_ones(assignment.folder / "data", wanted)
    if right is None:
        raise ValueError(f"{assignment.name} has no answers to rank by: no data named as a file handed in")
    tests = {q.name: q.tests.read_text(encoding="utf-8") for q in assignment.graded if q.tests}
    asking = {question for question, text in tests.items() if "handed_in(" in text}
    store, best = Store(out), dict[str, list["Place"]]()
    for entry in intake.collect(submissions, naming, assignment.notebook, assignment.files):
        record = store.read(entry.slug)
        if record is None:
            continue
        try:
            content = intake.fetch(entry, assignment.notebook)
        except UnreadableError:
            continue
        handed = handed_in(entry, assignment.notebook, wanted)
        if intake.fingerprint(entry, content, handed) != record.submission:
            continue  # it is not what was graded
        found = place(record, content.decode("utf-8", "replace"), handed, wanted, right, asking)
        if found is not None:
            best.setdefault(entry.student, []).append(found)
    return [ranked(found)[0][1] for found in best.values()]
