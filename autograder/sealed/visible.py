"""Which installed packages a notebook may see: those that its assignment allows, and their dependencies."""

from __future__ import annotations

import csv
import functools
import os
import re
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What runs a notebook's cells, what coursekit needs in them, and what talks to the grader.
NEEDED = ("ipython", "matplotlib", "matplotlib-inline", "msgpack", "numpy")
OURS: dict[str, tuple[str, ...]] = {"coursekit": (), "convnet": ("array-api-compat",), "autograder": ()}
_SUFFIXES = (".py", ".so", ".pyd")


@functools.cache
def allowed(modules: tuple[str, ...]) -> frozenset[str]:
    """Return the top-level names that may be imported from outside of the standard library.

    Parameters
    ----------
    modules : tuple of str
        What the assignment allows; of a dotted name the whole package has to be there.
    """
    roots = {name.partition(".")[0] for name in modules}
    todo = [*NEEDED, *(one for name in modules for one in distributions(name))]
    seen: set[tuple[str, str]] = set()
    while todo:
        name, _, extra = todo.pop().partition(":")
        key = canonicalize_name(name)
        if (key, extra) not in seen:
            seen.add((key, extra))
            todo += _needs(key, extra)
    found = {top for name in {name for name, _ in seen} for top in _top_names(name)}
    return frozenset(found - OURS.keys() | roots | {"coursekit"})


def hidden(modules: tuple[str, ...], places: Iterable[Path], but: Sequence[str] = ()) -> dict[str, Path]:
    """Return what lies in ``places`` and may not be imported: top-level names, and where each lies.

    Parameters
    ----------
    modules : tuple of str
        What the assignment allows.
    places : iterable of Path
        The folders of libraries.
    but : sequence of str
        Names for which the sandbox has its own modules.
    """
    open_names = allowed(modules) | set(but)
    found = {}
    for place in places:
        with os.scandir(place) as entries:  # hundreds, of which each warm process makes such a list
            for entry in entries:
                name = entry.name.partition(".")[0]
                plain = entry.name == name if entry.is_dir() else entry.name.endswith(_SUFFIXES)
                if plain and name.isidentifier() and name != "__pycache__" and name not in open_names:
                    found[name] = Path(entry.path)
    return found


def distributions(module: str) -> tuple[str, ...]:
    """Return the distributions that have to be installed for a module."""
    name = module.partition(".")[0]
    if name in OURS:
        return OURS[name]
    if name in _top_names(name):  # most have the name of what they install; searching all takes time
        return (name,)
    return tuple(metadata.packages_distributions().get(name, ()))


@functools.cache
def _top_names(distribution: str) -> set[str]:
    """Return the names that a distribution installs at the top; none where it is not installed."""
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:  # an extra that is not installed, or a package without metadata
        return set()
    declared = (found.read_text("top_level.txt") or "").split()
    return set(declared) | _recorded(found)


def _recorded(found: metadata.Distribution) -> set[str]:
    """Return the top-level names of the Python files that a distribution installed.

    They are read from its record, because `Distribution.files` makes a path of each of thousands of files.
    """
    record = found.read_text("RECORD")
    if record is None:  # installed by something else than pip
        names = [str(file) for file in found.files or ()]
    else:
        names = [row[0] for row in csv.reader(record.splitlines()) if row]
    return {name.split("/", 1)[0].partition(".")[0] for name in names if name.endswith(_SUFFIXES)}


def _needs(name: str, extra: str) -> list[str]:
    applying = [
        one for one in _requirements(name) if one.marker is None or one.marker.evaluate({"extra": extra})
    ]
    return [f"{one.name}:{more}" for one in applying for more in (*one.extras, "")]


@functools.cache
def _requirements(name: str) -> list[Requirement]:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return []
    # `requires` would parse the long description, too, of each package, in each process that grades.
    text = found.read_text("METADATA")
    if text is None:  # of an older kind
        return [Requirement(one) for one in found.requires or []]
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    unfolded = re.sub(r"\n[ \t]+", " ", head)
    return [Requirement(text) for text in re.findall(r"^Requires-Dist: *(.+)$", unfolded, re.M | re.I)]
