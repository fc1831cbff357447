"""Tables of results: printed as Markdown, kept in ``benchmarks/results`` with machine and versions."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "results"


def line(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Return one row of a Markdown table, its first column flush left, the others flush right."""
    first, *others = (text.rjust(width) for text, width in zip(texts, widths, strict=True))
    return f"| {' | '.join([first.strip().ljust(widths[0]), *others])} |"


def rule(columns: int) -> str:
    """Return the line below the head of a Markdown table."""
    return "| :--- |" + " ---: |" * (columns - 1)


def processor() -> str:
    """Return the name of the processor."""
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found.group(1) if found else platform.processor() or platform.machine()


def place(what: str, machine: str, ending: str, folder: Path = RESULTS) -> Path:
    """Return ``<day>-<what>-<machine><ending>`` in a folder, which is made if need be.

    Machines differ in what they are fast at, so the result of one does not replace that of another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(re.findall("[a-z0-9]+", machine.lower().replace("(r)", "")))
    return folder / f"{datetime.date.today().isoformat()}-{what}-{name}{ending}"


def keep(what: str, text: Iterable[str], command: str, packages: Iterable[str]) -> Path:
    """Write ``results/<day>-<what>-<machine>.md`` and return its path.

    Parameters
    ----------
    what : str
        The benchmark's name.
    text : iterable of str
        The lines of the table and what is to be said about it.
    command : str
        What was called, so that it can be repeated.
    packages : iterable of str
        Those whose versions matter.
    """
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    about = [
        f"# {what}: {datetime.date.today().isoformat()}, {processor()}",
        "",
        f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}, {versions}.",
        f"`{command}`; load when it ended {os.getloadavg()[0]:.1f}.",
        "",
    ]
    path = place(what, processor(), ".md")
    path.write_text("\n".join([*about, *text]) + "\n", encoding="utf-8")
    return path
