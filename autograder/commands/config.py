"""`autograder config`: every key of autograder.toml, explained, with the value that holds."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands import calls


@click.command(short_help="Check autograder.toml and print it with every key explained.")
@click.option("--default", "defaults", is_flag=True, help="Print the defaults, whatever is set here.")
@calls.config_option
def config(defaults: bool, config: Path | None) -> None:
    """Check autograder.toml and print it with every key there is, explained.

    Without such a file the defaults are printed: `autograder config > autograder.toml` makes one.
    """
    from autograder.grades.example import written

    text = "" if defaults else calls.settings_of(config).text
    click.echo(written(text), nl=False)
