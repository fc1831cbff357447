"""Reads the code of a notebook's cells without running it: what each statement binds, imports and uses.

`coursekit._scopes` says what a name stands for.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coursekit._scopes import (
    COMPUTED,
    FUNCTIONS,
    NOTHING,
    SCOPES,
    Names,
    Paths,
    add,
    bound,
    literal,
    named,
    resolve,
)

_PYTHON_MAGICS = ("time", "timeit", "prun", "capture", "memit", "python", "python3")
_LOOPS: dict[type[ast.AST], str] = {
    ast.For: "a `for` loop",
    ast.AsyncFor: "a `for` loop",
    ast.While: "a `while` loop",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a generator expression",
}
_PATHS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)


@dataclass
class Statement:
    """One statement at the top of a cell.

    Attributes
    ----------
    binds : set of str
        Names that it gives a value in the notebook.
    reads : set of str
        Names of the notebook that it looks up.
    imports : set of str
        Dotted names that it imports.
    uses : set of str
        Dotted names of what it uses, as far as reading can tell.
    loops : set of str
        The kinds of loop in it, in words.
    """

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)
    loops: set[str] = field(default_factory=set)


class _Cell:
    """A cell as Python reads it, with what can be said of it alone."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self.body = tree.body
        self.binds = frozenset(bound(tree.body))
        self.mentions = tuple({node.id for node in nodes if isinstance(node, ast.Name)})
        self.stars = frozenset(
            node.module
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module and node.names[0].name == "*"
        )

    def around(self, names: Names) -> tuple[tuple[str, Paths], ...]:
        """Return what the names that the cell mentions stand for: all of a notebook that it depends on."""
        return tuple((name, names[name]) for name in self.mentions if name in names)


def read(sources: Iterable[str]) -> list[tuple[Statement, ...]]:
    """Return the statements of each cell; none for a cell that Python cannot read, because it never runs.

    A class hands in the same cells again and again, in which the same names stand for the same things: then
    the same statements are returned, which nobody may change.
    """
    cells = [_cell(source) for source in sources]
    names: dict[str, Paths] = {}
    for cell in cells:
        add(names, _named(cell, cell.around(names)))
    stars = frozenset().union(*(cell.stars for cell in cells))
    known = frozenset[str]()
    if stars:
        known = frozenset({*names, *dir(builtins), "get_ipython", "display"}).union(*(c.binds for c in cells))
    return [_statements(cell, cell.around(names), stars, known) for cell in cells]


@functools.lru_cache(maxsize=1_000)
def _cell(source: str) -> _Cell:
    return _Cell(_parse(source))


@functools.lru_cache(maxsize=2_000)
def _named(cell: _Cell, around: tuple[tuple[str, Paths], ...]) -> dict[str, Paths]:
    return named(cell.body, dict(around))


@functools.lru_cache(maxsize=2_000)
def _statements(
    cell: _Cell, around: tuple[tuple[str, Paths], ...], stars: Paths, known: Paths
) -> tuple[Statement, ...]:
    return tuple(_statement(node, dict(around), stars, known) for node in cell.body)


def python(source: str) -> str:
    """Return the Python that IPython makes of a cell: magics and shell commands become calls."""
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:  # no IPython, so no magics; what looks like one is left out
        return re.sub(r"(?m)^(\s*)[%!?].*$", r"\1pass", source)
    try:
        make: Any = TransformerManager
        return str(make().transform_cell(source))
    except SyntaxError:
        return ""


@functools.lru_cache(maxsize=1_000)  # a session asks again and again
def _parse(source: str) -> ast.Module:
    try:
        text = python(source)
        tree: ast.Module = compile(
            text, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
    inner = [statement for node in ast.walk(tree) for statement in _text(node)]
    return ast.Module([*tree.body, *inner], [])


def _text(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in a string that a cell runs: ``exec("…")``, ``%time …``, ``%%time``."""
    if not isinstance(node, ast.Call) or not all(isinstance(a, ast.Constant) for a in node.args):
        return
    values = [str(a.value) for a in node.args if isinstance(a, ast.Constant)]
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in ("exec", "eval", "run_cell", "ex", "ev") and values:
        yield from _parse(values[0]).body
    elif called in ("run_line_magic", "run_cell_magic") and len(values) > 1:
        name = values[0].split(".")[-1]
        if name in _PYTHON_MAGICS:
            body = values[-1]
            while body.startswith("-"):  # the magic's own options
                body = re.sub(r"^-\w+(\s+\d+)?\s*", "", body)
            yield from _parse(body).body


def _statement(node: ast.stmt, names: Names, stars: Paths, known: Paths) -> Statement:
    found = Statement(binds=bound([node]))
    _collect([node], names, frozenset(), found)
    # A name that nothing defines comes from a module imported with `*`.
    found.uses |= {f"{star}.{name}" for star in stars for name in found.reads - known}
    for inner in ast.walk(node):
        if type(inner) in _LOOPS:
            found.loops.add(_LOOPS[type(inner)])
        elif isinstance(inner, ast.Import):
            found.imports |= {alias.name for alias in inner.names}
        elif isinstance(inner, ast.ImportFrom) and inner.module and not inner.level:
            found.imports |= {
                inner.module if alias.name == "*" else f"{inner.module}.{alias.name}" for alias in inner.names
            }
        elif isinstance(inner, ast.Global):
            found.binds |= set(inner.names)
    return found


def _collect(body: Iterable[ast.AST], names: Names, local: frozenset[str], found: Statement) -> None:
    """Note what nodes use and read; ``local`` are the names that functions around them made their own."""
    for node in body:
        if isinstance(node, _PATHS):
            paths = resolve(node, names)
            found.uses |= paths
            if isinstance(node, ast.Call):
                _imported(node, names, found)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local:
            found.reads.add(node.id)
        if not isinstance(node, SCOPES):
            _collect(ast.iter_child_nodes(node), names, local, found)
            continue
        inside = list(ast.iter_child_nodes(node))
        made = bound(inside, of_function=True)
        here = dict.fromkeys(made, NOTHING) | named(inside, names)
        if isinstance(node, FUNCTIONS):  # defaults and decorators see the names outside
            outer = [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]
            outer += getattr(node, "decorator_list", [])
            _collect(outer, names, local, found)
        _collect(inside, {**names, **here}, local | made, found)


def _imported(node: ast.Call, names: Names, found: Statement) -> None:
    called = resolve(node.func, names)
    if node.args and called & {"builtins.__import__", "importlib.import_module"}:
        found.imports.add(literal(node.args[0]) or COMPUTED)
