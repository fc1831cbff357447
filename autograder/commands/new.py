"""`autograder new`: begin an assignment."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Begin an assignment: a master with mutants and answers.")
@click.argument("name")
@click.option("--title", required=True, help="The title, such as 'Homework 8: attention'.")
def new(name: str, title: str) -> None:
    """Begin assignment NAME: a master with its mutants, answers and rubric, built and ready to be changed."""
    from autograder.release import build
    from autograder.release.new import write

    root = Path()
    if not (root / "_config.yml").is_file():
        raise click.UsageError("there is no _config.yml here: run this in the course's repository")
    try:
        for path in write(name, title, root):
            click.echo(f"{name}: wrote {path}")
        build.build_assignment(name, root)
        build.learn_mistakes(name, root)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{name}: change solutions/{name}/{name}.py, then run `autograder check {name}`")
