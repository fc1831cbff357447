"""Results of experiments that take longer than a page may: made by a script, kept, read by a chapter.

The scripts stand in ``book/experiments``, one for each result, under the same name.

Examples
--------
>>> experiment("learned_kernels")["seeds"]
[0, 1, 2, 3, 4]
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def experiment(name: str) -> dict[str, Any]:
    """Return what an experiment found, with its seeds, the machine and the versions that ran it.

    Parameters
    ----------
    name : str
        The experiment's script, without ``.py``.

    Returns
    -------
    dict
        The result; each experiment's script says what is in it.

    Raises
    ------
    ValueError
        If no result has this name; the message lists those there are.
    """
    kept = files("coursekit") / "_experiments"
    known = sorted(path.name.removesuffix(".json") for path in kept.iterdir())
    if name not in known:
        raise ValueError(f"experiment: name must be one of {', '.join(known)}; got {name!r}")
    found: dict[str, Any] = json.loads((kept / f"{name}.json").read_text(encoding="utf-8"))
    return found
