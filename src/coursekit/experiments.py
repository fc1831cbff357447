"""Results of experiments that take longer than a page may: made by a script, kept, read by a chapter.

The scripts stand in ``book/experiments``, one for each result, under the same name.

Examples
--------
>>> experiment("learned_kernels")["seeds"]
[0, 1, 2, 3, 4]
"""

from __future__ import annotations

import datetime
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

_KEPT = Path(__file__).with_name("_experiments")


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
    known = sorted(path.stem for path in _KEPT.glob("*.json"))
    if name not in known:
        raise ValueError(f"experiment: name must be one of {', '.join(known)}; got {name!r}")
    found: dict[str, Any] = json.loads((_KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return found


def made_by(script: str, *packages: str) -> dict[str, Any]:
    """Return what every result begins with: its script, the date, the machine and the versions.

    Parameters
    ----------
    script : str
        The ``__file__`` of the script in ``book/experiments``.
    *packages : str
        The packages that the result depends on, whose versions are kept beside Python's.

    Returns
    -------
    dict
        ``script``, ``date`` (of today), ``machine`` (system and processor) and ``versions``.

    Examples
    --------
    >>> made_by("book/experiments/race.py", "numpy")["script"]
    'book/experiments/race.py'
    """
    return {
        "script": f"book/experiments/{Path(script).name}",
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


def keep(found: dict[str, Any]) -> None:
    """Keep what an experiment found, where `experiment` finds it by the name of its script.

    Parameters
    ----------
    found : dict
        The result, which begins with what `made_by` returns.

    Raises
    ------
    ValueError
        If a number is NaN or infinite, which JSON does not know; an earlier result then stays.
    """
    text = json.dumps(found, ensure_ascii=False, allow_nan=False) + "\n"
    (_KEPT / f"{Path(found['script']).stem}.json").write_text(text, encoding="utf-8")
