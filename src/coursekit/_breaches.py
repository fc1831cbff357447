"""Which rules of its assignment a notebook breaks.

`grader.check` and the export judge by `breaches` before a notebook is handed in, and the grader judges by it
after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coursekit import _code
from coursekit._code import Statement
from coursekit._rules import LOOPS, Rules, mark, normal, shown
from coursekit._scopes import COMPUTED

_LOOPING = frozenset(
    ["builtins.map", "builtins.filter", "functools.reduce"]
    + [f"numpy.{name}" for name in ("vectorize", "frompyfunc", "fromiter", "fromfunction", "nditer")]
    + [f"numpy.{name}" for name in ("ndenumerate", "ndindex", "apply_along_axis", "apply_over_axes")]
)
# What can give a name of the notebook another value without mentioning it.
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


def breaches(cells: Sequence[Cell], rules: Rules) -> list[Breach]:
    """Return the rules that a notebook breaks, each once per question, in the order of the questions.

    An answer is the cells that answer the question, whatever else gives a value to a name that its tests ask
    for, and what those use, wherever the student defined it. Cells that came with the assignment are exempt.

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
    """Return the part of a dotted name that is not allowed."""
    root, _, rest = path.partition(".")
    partly = any(module.startswith(f"{root}.") for module in rules.modules)
    return f"{root}.{rest.partition('.')[0]}" if partly and rest else root


def _within(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}.")


def _hides(path: str, wanted: str) -> bool:
    """Say whether a computed name might be the forbidden one: ``getattr(np, name)``."""
    head, _, last = path.rpartition(".")
    return last == COMPUTED and wanted.startswith(f"{head}." if head else "")
