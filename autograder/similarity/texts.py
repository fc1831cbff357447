"""A notebook as the comparison sees it: token kinds, cut at top-level functions, each with its question."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from autograder.assignment import Assignment
from autograder.notebooks.cells import Cell, cells
from autograder.notebooks.released import grade_id
from autograder.similarity.fingerprints import Hashes, K, Places, grams, winnow
from autograder.similarity.lexer import Statement, statements
from autograder.similarity.normal import normal
from coursekit._cells import question_of

MAX_CODE = 300_000  # characters of a notebook that are compared; a long homework has 50,000
MAX_TOKENS = 50_000  # likewise; a long homework has 5,000
_CHECK = re.compile(r"""\.check\(\s*["'](\w+)["']""")
_HEADS = frozenset({"def", "class", "async", "@"})


@dataclass(frozen=True)
class Segment:
    """A top-level function or class, or the statements between two of them.

    ``start`` and ``stop`` are token positions, ``cell`` is the number of the code cell counted from 1,
    ``name`` the function's, empty for statements.
    """

    start: int
    stop: int
    cell: int
    name: str
    question: str


@dataclass(frozen=True)
class BaseCode:
    """The code that everybody has, because the release hands it out.

    ``sources`` are whole cells, ``grams`` runs of tokens; ``functions`` says which question asks for which
    function.
    """

    sources: frozenset[str] = frozenset()
    grams: Hashes = field(default_factory=lambda: np.empty(0, np.uint64))
    functions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A notebook's own code.

    ``hashes`` are its fingerprints without those of the base code, in the order of their ``places``. ``cut``
    says that only a part was read.
    """

    kinds: bytes
    segments: tuple[Segment, ...]
    hashes: Hashes
    places: Places
    cut: bool = False

    def owner(self) -> Places:
        """Return for each fingerprint the index of its segment."""
        starts = np.array([s.start for s in self.segments], np.int64)
        owner: Places = np.searchsorted(starts, self.places, side="right") - 1
        return owner


@dataclass(frozen=True)
class Reading:
    """A text and what it was read from: each token's line in its cell, from 0, and the cells' sources."""

    text: Text
    lines: array[int]
    sources: tuple[str, ...]


def base_code(released: str, assignment: Assignment) -> BaseCode:
    """Read the code of the notebook that is handed out to students.

    Parameters
    ----------
    released : str
        nbformat JSON.
    assignment : Assignment
        Whose questions are asked.
    """
    code = [c for c in cells(released) if c.kind == "code"]
    whole = read(released, assignment, BaseCode()).text
    functions = {s.name: s.question for s in whole.segments if s.name}
    asked = {q.name for q in assignment.questions}
    runs = [grams(whole.kinds[s.start : s.stop]) for s in whole.segments]
    return BaseCode(
        frozenset(c.source.strip() for c in code),
        np.unique(np.concatenate(runs)) if runs else np.empty(0, np.uint64),
        {name: question for name, question in functions.items() if question in asked},
    )


def read(notebook: str, assignment: Assignment, base: BaseCode) -> Reading:
    """Read a notebook's own code; cells that are as they were handed out are passed over.

    Parameters
    ----------
    notebook : str
        nbformat JSON, as `autograder.submissions.notebook.parse` returns it.
    assignment : Assignment
        Whose questions are answered.
    base : BaseCode
        What everybody has.
    """
    code = [c for c in cells(notebook) if c.kind == "code"]
    reader = _Reader()
    left = MAX_CODE
    for number, (cell, question) in enumerate(zip(code, _questions(code, assignment), strict=True), start=1):
        if cell.source.strip() in base.sources or reader.cut:
            continue
        reader.cut = len(cell.source) > left
        reader.read(cell.source[:left], number, question, base.functions)
        left -= len(cell.source)
    return Reading(reader.text(base.grams), reader.lines, tuple(c.source for c in code))


def _questions(code: list[Cell], assignment: Assignment) -> Iterable[str]:
    """Attribute each code cell: by nbgrader's id, else to the question that is checked next."""
    asked = {q.name for q in assignment.questions}
    following = ""
    found: list[str] = []
    for cell in reversed(code):
        if (check := _CHECK.search(cell.source)) and check[1] in asked:
            following = check[1]
        marked = question_of({"metadata": cell.metadata}) or grade_id(cell)
        found.append(marked if marked in asked else following)
    return reversed(found)


class _Reader:
    def __init__(self) -> None:
        self.cut = False
        self._kinds = bytearray()
        self.lines = array("I")
        self._segments: list[Segment] = []

    def read(self, source: str, cell: int, question: str, functions: Mapping[str, str]) -> None:
        """Read a cell; a statement at the margin that begins a function or follows one opens a segment."""
        name, decorated = "", False
        start = len(self._kinds)
        for statement in statements(source):
            tokens = normal(statement.tokens)
            if not tokens:
                continue
            if len(self._kinds) + len(tokens) > MAX_TOKENS:
                self.cut = True
                break
            head = statement.indent == 0 and tokens[0].text in _HEADS
            if (head and not decorated) or (name and statement.indent == 0 and not decorated):
                self._close(start, cell, name, question, functions)
                start, name = len(self._kinds), ""
            if head:
                decorated = tokens[0].text == "@"
                name = "@" if decorated else _name(statement)
            self._kinds += bytes(t.kind for t in tokens)
            self.lines.extend(t.line for t in tokens)
        self._close(start, cell, name, question, functions)

    def text(self, known: Hashes) -> Text:
        """Return what was read, with its fingerprints."""
        kinds = bytes(self._kinds)
        runs = grams(kinds)
        # A run that ends in the next segment does not count.
        kept = [s.start + winnow(runs[s.start : max(s.start, s.stop - K + 1)]) for s in self._segments]
        places = np.concatenate([np.empty(0, np.int64), *kept])
        own = places[~_contained(runs[places], known)]
        return Text(kinds, tuple(self._segments), runs[own], own, self.cut)

    def _close(self, start: int, cell: int, name: str, question: str, functions: Mapping[str, str]) -> None:
        if len(self._kinds) > start:
            asked = functions.get(name, question)
            self._segments.append(Segment(start, len(self._kinds), cell, name, asked))


def _contained(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Say which hashes are among ``known``, which is sorted."""
    at = np.searchsorted(known, hashes)
    return (at < len(known)) & (known[np.minimum(at, len(known) - 1)] == hashes) if len(known) else at < 0


def _name(statement: Statement) -> str:
    words = [t.text for t in statement.tokens if t.text not in _HEADS]
    return words[0] if words else ""
