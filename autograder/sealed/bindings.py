"""The names that the cells of a notebook define, as far as reading shows, and the accidents among them."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from coursekit import _code

from .deadline import alarm
from .errors import printable

# Names that a cell that Python cannot read would have defined.
_WRITTEN = re.compile(
    r"^(?:async[ ]+)?(?:def|class)[ ]+(\w+)|^(\w+)[ ]*=(?!=)|^(?:import|from)[ ].*?\b(\w+)[ ]*$", re.MULTILINE
)
_STAR = re.compile(r"^[ \t]*from[ ]+([\w.]+)[ ]+import[ ]+\*", re.MULTILINE)
_LOOKED_AT = 100_000  # characters of a cell
SECONDS = 5.0
_OWN = frozenset(name for name in dir(builtins) if callable(getattr(builtins, name)) and name[0].islower())


@dataclass(frozen=True)
class Bindings:
    """Names by the cells that give them a value.

    Attributes
    ----------
    names : list of frozenset of str
        For each cell, the names that it defines.
    imported : list of frozenset of str
        For each cell, those of its names that it imports.
    stars : dict of int to str
        Cells that import everything from a module, and from which.
    """

    names: list[frozenset[str]] = field(default_factory=list)
    imported: list[frozenset[str]] = field(default_factory=list)
    stars: dict[int, str] = field(default_factory=dict)

    def after(self, number: int, name: str) -> int:
        """Return the first cell after ``number`` that defines ``name``; 0 where there is none."""
        return next((k for k, names in enumerate(self.names, 1) if k > number and name in names), 0)

    def alike(self, name: str) -> tuple[int, str] | None:
        """Return a cell and what it defines, where that is ``name`` but for capitals and underscores."""
        for number, names in enumerate(self.names, 1):
            for found in sorted(names):
                if found != name and _letters(found) == _letters(name):
                    return number, found
        return None

    def several(self, name: str) -> list[int]:
        """Return the cells that give ``name`` a value."""
        return [number for number, names in enumerate(self.names, 1) if name in names]

    def of_error(self, kind: str, text: str) -> str:
        """Return a sentence on a name that now means something else, where this may cause an error."""
        if kind == "TypeError" and "not callable" in text:
            for number, names in enumerate(self.names, 1):
                if hidden := sorted(names & _OWN):
                    listed = f"names {', '.join(hidden[:4])}" if len(hidden) > 1 else f"name {hidden[0]}"
                    return f"Cell {number} gives Python's own {listed} another value."
        if kind in ("TypeError", "AxisError", "ValueError") and self.stars:
            number, module = next(iter(self.stars.items()))
            return (
                f"Cell {number} imports * from {printable(module, 40)}: "
                "names such as max, min, sum and round then stand for what is in there."
            )
        if kind == "AttributeError" and "has no attribute" in text:
            modules = frozenset().union(*self.imported)
            for number, (names, imported) in enumerate(zip(self.names, self.imported, strict=True), 1):
                if again := sorted((names - imported) & modules):
                    return f"Cell {number} gives the name {again[0]} of a module another value."
        return ""


def read(sources: Sequence[str]) -> Bindings:
    """Read the code cells of a notebook."""
    try:
        with alarm(SECONDS):
            cells = _code.read(sources)
    except Exception:  # whatever hostile code makes of a parser
        cells = [() for _ in sources]
    found = Bindings()
    for number, (source, statements) in enumerate(zip(sources, cells, strict=True), 1):
        text = source[:_LOOKED_AT]
        names = _all(s.binds for s in statements) if statements else written(text)
        imported = _all(s.binds for s in statements if s.imports)
        if statements and (star := _STAR.search(text)):
            found.stars[number] = star[1]
            named = frozenset(np.__all__) if star[1] == "numpy" else frozenset()
            names, imported = names | named, imported | named
        found.names.append(names)
        found.imported.append(imported)
    return found


def _all(sets: Iterable[set[str]]) -> frozenset[str]:
    return frozenset(name for names in sets for name in names)


def written(source: str) -> frozenset[str]:
    """Return the names that a cell that Python cannot read would have defined, by its first words."""
    found = _WRITTEN.finditer(source[:_LOOKED_AT])
    return frozenset(name for one in found for name in one.groups() if name)


def _letters(name: str) -> str:
    return name.replace("_", "").casefold()
