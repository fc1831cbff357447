"""Checks from inside, before the first notebook runs, that the sandbox hides what it must."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from . import layout, tiers
from .inside import witnesses as inside

OPEN = "a notebook in the sandbox would see what it must not"


def witnesses(where: layout.Layout) -> list[inside.Witness]:
    """Return what the inside would recognize the secret folders of a layout by, if it saw them.

    A folder that lies in a secret one and is bound on purpose, such as the libraries of a checkout, is none.
    """
    bound = (*(source for source, _ in where.bound), *layout.SYSTEM, *layout.SETTINGS)
    needed = {str(name) for source in bound for name in (source, source.resolve())}
    needed -= {str(name) for place in where.secret for name in (place, place.resolve())}
    found = [witness for witness in inside.witnesses(where.secret) if witness[0] not in needed]
    moved = [  # what lies below a folder that the sandbox has elsewhere is looked for there, too
        (str(there / Path(path).relative_to(source)), device, number)
        for path, device, number in found
        for source, there in where.bound
        if there != source and Path(path).is_relative_to(source)
    ]
    return found + moved


def _at_home(where: layout.Layout, path: str) -> str:
    """Return where a path of the sandbox lies outside of it."""
    for source, there in where.bound:
        if Path(path).is_relative_to(there):
            return str(source / Path(path).relative_to(there))
    return path


def exposed(secret: Sequence[Path]) -> list[str]:
    """Return what a notebook would see of forbidden folders, found out from inside the sandbox.

    Parameters
    ----------
    secret : sequence of Path
        The folders, beside those that are secret in any case.

    Raises
    ------
    TierUnavailable
        When the walls cannot be built.
    """
    where = layout.layout(secret)
    program = (
        "import json, sys\nfrom inside.witnesses import seen\nprint(json.dumps(seen(json.load(sys.stdin))))\n"
    )
    done = tiers.behind_walls(where, program, json.dumps(witnesses(where)))
    if done.returncode:
        raise tiers.TierUnavailable(tiers.last_words(done))
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return [_at_home(where, path) for path in found]
