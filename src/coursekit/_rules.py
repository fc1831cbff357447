"""The rules of an assignment, and which of them a notebook breaks.

The head of the master declares them, the notebook says them. `grader.check` and the export judge by the
functions of this module before a notebook is handed in, and the grader judges by the same functions after.
"""

from __future__ import annotations

import builtins
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coursekit import _code
from coursekit._code import COMPUTED, Statement

LOOPS = "loops"  # a name to forbid that stands for every way to go through values one by one
# google.colab is a notebook's own, and Otter's checks do nothing at the grader's.
OPEN = ("coursekit", "matplotlib", "mpl_toolkits", "IPython", "google", "otter")
# Parts of the standard library that lead out of the notebook; the grader's sandbox leads nowhere.
SHUT = (
    "subprocess",
    "multiprocessing",
    "ctypes",
    "socket",
    "ftplib",
    "smtplib",
    "http",
    "urllib",
    "ensurepip",
)
_SHORT = {"np": "numpy", "plt": "matplotlib.pyplot"}
_LOOPING = frozenset(
    ["builtins.map", "builtins.filter", "functools.reduce"]
    + [f"numpy.{name}" for name in ("vectorize", "frompyfunc", "fromiter", "fromfunction", "nditer")]
    + [f"numpy.{name}" for name in ("ndenumerate", "ndindex", "apply_along_axis", "apply_over_axes")]
)
# What can give a name of the notebook another value without naming it.
_BY_TEXT = frozenset(f"builtins.{name}" for name in ("globals", "locals", "vars", "exec", "eval", "setattr"))


@dataclass(frozen=True)
class Cell:
    """A code cell: its source, the questions that it answers, and names that another cell has taken since."""

    source: str
    answers: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Breach:
    """A rule that is broken: in which question (empty: in none), by what, and what to say of it."""

    question: str
    what: str
    words: str


@dataclass(frozen=True)
class Rules:
    """The rules of one assignment.

    Attributes
    ----------
    name : str
        The assignment.
    modules : tuple of str
        What may be imported, besides the standard library and `OPEN`; dotted names allow a part alone.
    forbids : mapping
        The names that the answer to each question must do without, as its author wrote them.
    asks : mapping
        The names that the tests of a question ask for.
    given : frozenset of str
        Marks of the code cells that came with the assignment.
    cell_seconds, call_seconds : float
        How long a cell and a call of a function may take.
    """

    name: str
    modules: tuple[str, ...]
    forbids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    cell_seconds: float = 20.0
    call_seconds: float = 10.0

    @classmethod
    def of(
        cls,
        name: str,
        course: Mapping[str, Any],
        questions: Mapping[str, Mapping[str, Any]],
        cells: Mapping[str, Any],
    ) -> Rules | None:
        """Read the rules from a manifest or a bundle; None where an older one has none.

        Parameters
        ----------
        name : str
            The assignment.
        course : mapping
            What the head of the master says.
        questions : mapping
            What it says of each question that a machine grades, by name.
        cells : mapping
            What the build knows of the cells: ``given`` and ``asks``.
        """
        if "modules" not in course:
            return None
        seconds = course.get("seconds", {})
        return cls(
            name,
            tuple(course["modules"]),
            {q: tuple(said.get("forbids", ())) for q, said in questions.items()},
            {q: tuple(names) for q, names in cells.get("asks", {}).items()},
            frozenset(cells.get("given", ())),
            seconds.get("cell", cls.cell_seconds),
            seconds.get("call", cls.call_seconds),
        )

    @property
    def in_words(self) -> str:
        """What may be imported, as the end of a sentence."""
        listed = [f"`{module}`" for module in dict.fromkeys((*self.modules, "coursekit", "matplotlib"))]
        return f"{', '.join(listed)} and the standard library"

    def allows(self, path: str) -> bool:
        """Say whether a dotted name may be imported and used."""
        if any(f"{m}.".startswith(f"{path}.") or path.startswith(f"{m}.") for m in self.modules):
            return True
        root = path.partition(".")[0]
        return root in OPEN or (root in sys.stdlib_module_names and root not in SHUT)


def mark(source: str) -> str:
    """Return the mark of a cell: the same however an editor leaves blanks at the ends of its lines."""
    lines = (line.rstrip() for line in source.splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode("utf-8", "replace")).hexdigest()[
        :12
    ]


def normal(name: str) -> str:
    """Return what a forbidden name stands for: ``np.convolve`` is ``numpy.convolve``, ``sum`` a built-in."""
    root, dot, rest = name.partition(".")
    if not dot and hasattr(builtins, name):
        return f"builtins.{name}"
    return f"{_SHORT.get(root, root)}{dot}{rest}"


def shown(path: str) -> str:
    """Return a dotted name as people write it: ``np.convolve``."""
    for short, long in _SHORT.items():
        if path.startswith(f"{long}."):
            return f"{short}{path.removeprefix(long)}"
    return path.removeprefix("builtins.")


def breaches(cells: Sequence[Cell], rules: Rules) -> list[Breach]:
    """Return the rules that a notebook breaks, each once a question, in the order of the questions.

    An answer is the cells that answer the question, whatever else gives a value to a name that its tests ask
    for, and what those use, wherever the student defined it. Cells that came with the assignment may do what
    they do.

    Parameters
    ----------
    cells : sequence of Cell
        The code cells in their order.
    rules : Rules
        What holds.
    """
    code = _code.read(cell.source for cell in cells)
    mine = [k for k, cell in enumerate(cells) if mark(cell.source) not in rules.given]
    asked = {name: q for q, names in rules.asks.items() for name in names}
    found: list[Breach] = []
    own = [(k, s) for k in mine for s in code[k]]
    by_text = [s.uses for k, s in own if s.uses & _BY_TEXT and not cells[k].answers]
    for question in rules.forbids:
        reached = _reached(question, cells, own, asked, rules)
        found += _judged(question, reached, set().union(*by_text), rules)
    told = {breach.what for breach in found}
    imported = sorted({name for k in mine for s in code[k] for name in s.imports})
    for name in imported:
        what = _module(name, rules)
        if name != COMPUTED and not rules.allows(name) and what not in told:
            told.add(what)
            words = f"a cell imports `{what}`, which {rules.name} does not allow"
            found.append(
                Breach("", what, f"{words}: at the grader's it is missing. Allowed are {rules.in_words}.")
            )
    return found


def _reached(
    question: str,
    cells: Sequence[Cell],
    code: Sequence[tuple[int, Statement]],
    asked: Mapping[str, str],
    rules: Rules,
) -> list[Statement]:
    names = set(rules.asks.get(question, ()))
    own = [s for k, s in code if question in cells[k].answers or (s.binds - cells[k].stale) & names]
    reached = {id(s): s for s in own}
    todo = list(reached.values())
    done = set(names)
    while todo:
        for name in todo.pop().reads - done:
            done.add(name)
            if asked.get(name, question) != question:
                continue  # the answer to another question, which has its own rules
            for k, s in code:
                if name in s.binds - cells[k].stale and id(s) not in reached:
                    reached[id(s)] = s
                    todo.append(s)
    return list(reached.values())


def _judged(question: str, reached: Iterable[Statement], by_text: set[str], rules: Rules) -> list[Breach]:
    statements = list(reached)
    uses = set().union(*(s.uses | s.imports for s in statements))
    reads = set().union(*(s.reads for s in statements))
    loops = set().union(*(s.loops for s in statements)) | {f"`{shown(p)}`" for p in uses & _LOOPING}
    found: dict[str, str] = {}
    for path in sorted(uses):
        if (
            path != COMPUTED
            and not path.startswith("builtins.")
            and not rules.allows(path.removesuffix("." + COMPUTED))
        ):
            what = _module(path, rules)
            found[what] = (
                f"{question} uses `{what}`, which {rules.name} does not allow: allowed are {rules.in_words}"
            )
    uses |= {path for path in by_text if not path.startswith("builtins.")}
    for name in rules.forbids.get(question, ()):
        wanted = normal(name)
        if name == LOOPS:
            if loops:
                found[name] = f"{question} must do without loops, and its answer has {sorted(loops)[0]}"
        elif any(_within(path, wanted) for path in uses) or (name in reads and "builtins." not in wanted):
            found[name] = f"{question} must do without `{name}`, and its answer uses it"
        elif any(_hides(path, wanted) for path in uses):
            found[name] = f"{question} must do without `{name}`, and its answer computes names that it uses"
    return [
        Breach(question, what, f"{words}. Such an answer gets no points.") for what, words in found.items()
    ]


def _module(path: str, rules: Rules) -> str:
    """Return as much of a dotted name as says what is not allowed."""
    root, _, rest = path.partition(".")
    partly = any(module.startswith(f"{root}.") for module in rules.modules)
    return f"{root}.{rest.partition('.')[0]}" if partly and rest else root


def _within(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}.")


def _hides(path: str, wanted: str) -> bool:
    """Say whether a computed name might be the forbidden one: ``getattr(np, name)``."""
    head, _, last = path.rpartition(".")
    return last == COMPUTED and wanted.startswith(f"{head}." if head else "")
