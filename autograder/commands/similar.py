"""`autograder similar`: which notebooks of a class are alike."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands import calls

if TYPE_CHECKING:
    from autograder.assignment import Assignment
    from autograder.similarity.comparison import Comparison
    from autograder.similarity.sources import Source
    from autograder.submissions.names import Naming


@click.command(short_help="Compare the notebooks of a class: who worked together?")
@click.argument("name")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="The page to write, such as similar.html.")
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    help="An earlier term: a folder of submissions, or one that `grade` wrote. May be given again.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.3,
    show_default=True,
    help="Least score of a pair, from 0 to 1.",
)
@click.option(
    "--most", type=click.IntRange(min=1), default=50, show_default=True, help="Most pairs on the page."
)
@click.option("--json", "as_json", is_flag=True, help="Print all pairs as JSON and write no page.")
@calls.config_option
@calls.build_dir_option
def similar(
    name: str,
    submissions: Path,
    to: Path | None,
    earlier: tuple[Path, ...],
    threshold: float,
    most: int,
    as_json: bool,
    config: Path | None,
    build_dir: Path,
) -> None:
    """Compare the notebooks in SUBMISSIONS: with each other, the reference solution and earlier terms.

    Notebooks are read, never run. Code that assignment NAME hands out counts for nothing; code that few
    students share counts most. Renaming, reordering, reformatting and comments do not hide a copy. Similarity
    is evidence, not proof: the page shows both sides for a person to judge, and no grade depends on it. Names
    of files are read as autograder.toml says.
    """
    from autograder.files import write_whole
    from autograder.similarity.comparison import compare
    from autograder.similarity.page import similar_page

    naming = calls.settings_of(config).naming
    assignment, sources = _checked(name, submissions, to, earlier, as_json, naming, build_dir)
    try:
        found = compare(sources, assignment, threshold, progress=sys.stderr.isatty())
        page = "" if as_json else similar_page(found, assignment, threshold, most)
    except KeyboardInterrupt:
        click.echo("Interrupted: nothing was written.", err=True)
        raise SystemExit(calls.INTERRUPTED) from None
    if to is None or as_json:
        click.echo(_json(found, assignment))
        return
    try:
        write_whole(to, page)
    except OSError as error:
        raise click.ClickException(f"{to} cannot be written: {error.strerror}") from None
    click.echo(f"{_summary(found, threshold)}\nopen  {to}")


def _checked(
    name: str,
    submissions: Path,
    to: Path | None,
    earlier: tuple[Path, ...],
    as_json: bool,
    naming: Naming,
    build_dir: Path,
) -> tuple[Assignment, list[Source]]:
    """Check the call and list what is to be compared."""
    from autograder.assignment import load
    from autograder.similarity import sources

    if to is None and not as_json:
        raise click.UsageError("say where the page goes, as in --to similar.html, or ask for --json")
    if to is not None and to.is_dir():
        raise click.UsageError(f"--to {to} is a folder; name a file, as in --to {to / 'similar.html'}")
    try:
        assignment = load(name, build_dir)
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(str(error)) from None
    for what, folder in (("the submissions' folder", submissions), *(("--earlier", e) for e in earlier)):
        if not folder.is_dir():
            raise click.UsageError(f"{what} {folder} is not a folder")
    if to is not None and submissions.resolve() in to.resolve().parents:
        raise click.UsageError(
            f"--to {to} lies in the submissions' folder; the page would be taken for a submission"
        )
    if any(e.resolve() == submissions.resolve() for e in earlier):
        raise click.UsageError(f"--earlier {submissions} is the class itself")
    try:
        listed = sources.submissions(submissions, assignment, naming)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not listed:
        raise click.UsageError(f"there is no submission in {submissions}: it takes .ipynb, .zip and folders")
    for folder in earlier:
        listed += sources.earlier(folder, assignment, naming)
    return assignment, listed + sources.reference(assignment)


def _summary(found: Comparison, threshold: float) -> str:
    count = sum(n.origin == "class" for n in found.notebooks)
    lines = [f"{count} notebooks compared, {len(found.pairs)} pairs from {threshold:g}."]
    if found.passed_over:
        lines.append(f"{len(found.passed_over)} not compared, or in part only: the page says why.")
    return "\n".join(lines)


def _json(found: Comparison, assignment: Assignment) -> str:
    """Write what was found for machines: an object with one entry a pair."""
    from autograder.similarity.page import label
    from autograder.text import one_line

    def named(source: Source) -> dict[str, str | int]:
        return {
            "name": one_line(source.name),
            "origin": source.origin,
            "term": source.term,
            "attempt": source.attempt,
        }

    pairs = [
        {
            "left": named(found.notebooks[p.left]),
            "right": named(found.notebooks[p.right]),
            "score": round(p.likeness.score, 4),
            "left_in_right": round(p.likeness.left, 4),
            "right_in_left": round(p.likeness.right, 4),
            "shared_fingerprints": p.likeness.shared,
            "longest_run": p.likeness.longest,
            "questions": {q.question: [round(q.left, 4), round(q.right, 4)] for q in p.likeness.questions},
        }
        for p in found.pairs
    ]
    return json.dumps(
        {
            "assignment": assignment.name,
            "note": "Similarity is evidence, not proof. No grade depends on it.",
            "compared": len(found.notebooks),
            "pairs": pairs,
            "groups": [[label(found.notebooks[i]) for i in group] for group in found.groups],
            "passed_over": [named(source) | {"why": why} for source, why in found.passed_over],
        },
        indent=2,
    )
