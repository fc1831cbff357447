"""`autograder completion`: the Tab key for shells."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from autograder.assignment import MANIFEST
from autograder.records.gradesheet import NAME as SHEET

PROGRAM, VARIABLE = "autograder", "_AUTOGRADER_COMPLETE"


class AssignmentName(click.ParamType[str]):
    """The name of an assignment: completed from what is built, or for `build` from the masters."""

    name = "text"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the assignments whose names begin like this."""
        if ctx.command.name == "build":
            names = {p.stem for p in Path("solutions").glob("*/*.py") if p.stem == p.parent.name}
        else:
            build = ctx.params.get("build_dir") or Path("build")
            names = {p.parent.name for p in build.glob(f"*/{MANIFEST}")}
        return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


class ResultsFolder(click.Path):
    """A folder of results: completed from the folders that grading wrote, else from all folders."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the folders whose names begin like this."""
        head, slash, start = incomplete.rpartition("/")
        parent = Path(head + slash)
        found = [p.parent.name for p in parent.glob(f"*/{SHEET}")] if parent.is_dir() else []
        known = [f"{head}{slash}{name}" for name in sorted(found) if name.startswith(start)]
        return [CompletionItem(name) for name in known] or [CompletionItem(incomplete, type="dir")]


class TermName(click.ParamType[str]):
    """The name of a term: completed from those that were begun."""

    name = "text"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the terms whose names begin like this, the newest first."""
        from autograder.release import term

        names = [*reversed(term.known(Path())), term.OWN]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


_KINDS = {
    "name": AssignmentName(),
    "term": TermName(),
    "names": AssignmentName(),
    "out": ResultsFolder(path_type=Path),
}


def teach(group: click.Group) -> None:
    """Let the commands of a group complete the names of assignments and the folders of results."""
    for command in group.commands.values():
        if isinstance(command, click.Group):
            teach(command)
        for param in command.params:
            if param.name in _KINDS:
                param.type = _KINDS[param.name]


@click.command(short_help="Print the script for the Tab key in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes the Tab key complete commands, assignments, folders and tiers.

    \b
    bash  echo 'eval "$(autograder completion bash)"' >> ~/.bashrc
    zsh   echo 'eval "$(autograder completion zsh)"' >> ~/.zshrc
    fish  autograder completion fish > ~/.config/fish/completions/autograder.fish
    """  # noqa: D301 - click's mark for a paragraph that is not to be rewrapped
    kind = get_completion_class(shell)
    assert kind is not None  # the choices are click's own
    click.echo(kind(ctx.find_root().command, {}, PROGRAM, VARIABLE).source())
