"""`autograder doctor`: check the machine, and say what to do."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from autograder.commands import calls

_SIGNS = {"good": ("ok  ", "green"), "weak": ("weak", "yellow"), "bad": ("BAD ", "red")}


@click.command(short_help="Say whether this machine can grade, and what to do if not.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True))
@calls.build_dir_option
def doctor(as_json: bool, folders: tuple[Path, ...], build_dir: Path) -> None:
    """Say whether this machine can grade, and what to do where it cannot.

    The sandbox is asked from inside whether it hides the tests, the working folder, and FOLDERS: name those
    of the submissions and of the results.

    Exit code 0 when it can, under seal; 3 when it can grade but not under seal; 1 when something is missing.
    """
    from autograder.grading.doctor import examine

    found = examine(build_dir, folders)
    if as_json:
        click.echo(json.dumps([asdict(f) for f in found], indent=2))
    else:
        width = max(len(f.what) for f in found)
        for finding in found:
            sign, colour = _SIGNS[finding.state]
            click.echo(f"{click.style(sign, fg=colour)}  {finding.what:{width}}  {finding.said}")
            if finding.advice:
                click.echo(f"{'':{width + 8}}→ {finding.advice}")
    if any(f.state == "bad" for f in found):
        raise SystemExit(calls.FAILED)
    if any(f.state == "weak" for f in found if f.what == "isolation"):
        raise SystemExit(calls.NO_TIER)
