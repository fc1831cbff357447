"""Cells that did not run to their end: why, in a sentence, and which names are missing because of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.records.results import FailedCell
from autograder.text import one_line

from . import bindings
from .bindings import Bindings
from .errors import printable
from .replay import CellRun

_NOWHERE = ", and no cell defines it"
WIDTH = 200  # characters of a reason
_UNREADABLE = ("SyntaxError", "IndentationError", "TabError")
_PLAIN = (
    "NameError",
    "UnboundLocalError",
    "ImportError",
    "EOFError",
    "UsageError",
)  # these say what is wrong
_SAID = {"SystemExit": "it calls exit()", "KeyboardInterrupt": "it raises KeyboardInterrupt"}
_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
# A student's own look at the answers, or the export: it defines nothing.
_CHECK = re.compile(r"(?:\s|#[^\n]*\n)*grader\.\w+\([^()]*\)\s*")
_MISSING = re.compile(r"No module named '([^']+)'")


@dataclass(frozen=True)
class Broken:
    """A cell that did not run to its end: its number, what ended it, what it would define, what it lacks."""

    number: int
    sentence: str
    names: frozenset[str]
    lacks: str = ""

    def instead(self) -> str:
        """Return what became of it, as a sentence on something that it should have defined."""
        rest = self.sentence.removeprefix(f"cell {self.number} ")
        joint = "but" if rest == self.sentence else "which"
        return f"It should come from cell {self.number}, {joint} {rest}."


@dataclass(frozen=True)
class Blames:
    """Explains missing names by the cells that should have defined them.

    Attributes
    ----------
    failed : tuple of FailedCell
        The cells that an exception ended, in their order.
    first : CellRun or None
        What the first of these did.
    broken : tuple of Broken
        Those that did not run to their end, whatever ended them.
    sources : sequence of str
        The code cells. They are read when a sentence needs it: most notebooks need none.
    """

    failed: tuple[FailedCell, ...] = ()
    first: CellRun | None = None
    broken: tuple[Broken, ...] = ()
    sources: Sequence[str] = ()

    @cached_property
    def bindings(self) -> Bindings:
        """What the cells give a value."""
        return bindings.read(self.sources)

    def of(self, name: str) -> str:
        """Return a sentence on why a name is missing; empty where that is not known."""
        for cell in self.broken:
            if name in cell.names:
                return cell.instead()
        if there := self.bindings.several(name):
            return (
                f"Cell {there[-1]} defines it, and it is gone when all cells have run: "
                "look for %reset, del or a condition."
            )
        alike = self.bindings.alike(name)
        if alike is not None:
            number, found = alike
            return f"Cell {number} defines {printable(found, 80)}: the name has to be the one asked for."
        return ""

    def of_cell(self) -> str:
        """Return a sentence on what may have caused the first failed cell; usually empty."""
        return self.bindings.of_error(self.first.error, self.first.text) if self.first else ""

    def of_error(self, kind: str, text: str) -> str:
        """Return a sentence on what may have caused an exception of the student's code; usually empty."""
        if not (name := _missed(kind, text)):
            return self.bindings.of_error(kind, text)
        return self.of(name) or f"No cell defines {printable(name, 80)}."

    def in_failed_cell(self, kind: str, text: str) -> bool:
        """Say whether an exception misses a name that a failed cell should have defined, or missed itself."""
        name = _missed(kind, text)
        return bool(name) and any(name in (*cell.names, cell.lacks) for cell in self.broken)


def look(sources: Sequence[str], runs: Sequence[CellRun]) -> Blames:
    """Examine what the cells of a notebook did.

    Parameters
    ----------
    sources : sequence of str
        The code cells.
    runs : sequence of CellRun
        What each did.
    """
    if not any(run.error or run.stopped for run in runs):
        return Blames(sources=sources)
    read = bindings.read(sources)
    failed: list[FailedCell] = []
    broken: list[Broken] = []
    for number, (run, names, source) in enumerate(zip(runs, read.names, sources, strict=True), 1):
        names |= bindings.written(source)  # a cell magic that failed hides what stands below it
        if run.stopped:
            broken.append(Broken(number, run.stopped.partition(";")[0], names))
        elif run.error:
            lacks = _missed(run.error, run.text)
            if lacks == "grader" and _CHECK.fullmatch(source) and not broken:
                continue  # without the first cell no check runs at home, and none is needed here
            before = next((b.number for b in broken if lacks and (lacks in b.names or lacks == b.lacks)), 0)
            why = reason(run)
            if lacks and not before:
                later = read.after(number, lacks)
                why += (
                    f", it is defined in cell {later}" if later else "" if read.several(lacks) else _NOWHERE
                )
            failed.append(FailedCell(number, why, run.line, before))
            broken.append(Broken(number, failed[-1].sentence, names - {lacks}, lacks))
    first = next((run for run in runs if run.error and not run.stopped), None)
    return Blames(tuple(failed), first, tuple(broken), sources)


def _missed(kind: str, text: str) -> str:
    """Return the name that an exception says is not defined; empty for any other exception."""
    found = _UNDEFINED.search(text) if kind == "NameError" else None
    return found[1] if found else ""


def reason(run: CellRun) -> str:
    """Return why a cell stopped, as the end of a sentence."""
    if run.error == "ModuleNotFoundError" and (found := _MISSING.search(run.text)):
        return f"no module named {one_line(found[1], 80)}"
    said = one_line(run.text, WIDTH).rstrip(".")
    if run.error in _UNREADABLE:
        return f"Python cannot read it: {said}"
    if run.error in _SAID:
        return _SAID[run.error]
    return said if said and run.error in _PLAIN else f"{one_line(run.error)}: {said}".removesuffix(": ")


def in_words(failed: Sequence[FailedCell]) -> list[str]:
    """Return what a row says of failed cells: the first, and which others failed for reasons of their own."""
    own = [cell for cell in failed if not cell.follows]
    if not own:
        return []
    first, *rest = own
    numbers = [str(cell.number) for cell in rest]
    if not numbers:
        return [first.sentence]
    listed = ", ".join(numbers[:3]) + (" and others" if len(numbers) > 3 else "")
    return [first.sentence, f"cell{'s' if len(numbers) > 1 else ''} {listed} stopped, too"]
