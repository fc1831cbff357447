"""Reads the code of a notebook's cells without running it: what each statement binds, imports and uses.

Names are followed to what they stand for: after ``import numpy as xyz``, ``xyz.convolve`` is
``numpy.convolve``, and so is ``getattr(xyz, "convolve")``. A name that a function makes for itself (a
parameter ``F``) is not the module of that name outside.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

COMPUTED = "<computed>"  # the last part of a path that only running the code can tell
_PYTHON_MAGICS = ("time", "timeit", "prun", "capture", "memit", "python", "python3")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (*_FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)
_LOOPS: tuple[tuple[type[ast.AST], str], ...] = (
    (ast.For, "a `for` loop"),
    (ast.AsyncFor, "a `for` loop"),
    (ast.While, "a `while` loop"),
    (ast.ListComp, "a comprehension"),
    (ast.SetComp, "a comprehension"),
    (ast.DictComp, "a comprehension"),
    (ast.GeneratorExp, "a generator expression"),
)
Paths = frozenset[str]
Names = Mapping[str, Paths]
NOTHING: Paths = frozenset()


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


def read(sources: Iterable[str]) -> list[list[Statement]]:
    """Return the statements of each cell; none for a cell that Python cannot read, because it never runs."""
    trees = [_parse(source) for source in sources]
    names: dict[str, Paths] = {}
    for tree in trees:
        _add(names, _named(tree.body, names))
    stars = frozenset(
        node.module
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.names[0].name == "*"
    )
    known = {*names, *dir(builtins), "get_ipython", "display"}.union(*(_bound(tree.body) for tree in trees))
    return [[_statement(node, names, stars, known) for node in tree.body] for tree in trees]


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


def _add(names: dict[str, Paths], more: Names) -> None:
    for name, paths in more.items():
        names[name] = names.get(name, NOTHING) | paths


def _named(body: Iterable[ast.AST], known: Names) -> dict[str, Paths]:
    """Return the names that stand for something imported, by import or by assignment, in this scope."""
    found: dict[str, Paths] = {}
    for node in _of_scope(body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                path = alias.name if alias.asname else alias.name.partition(".")[0]
                _add(found, {alias.asname or path: frozenset({path})})
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                _add(found, {alias.asname or alias.name: frozenset({f"{node.module}.{alias.name}"})})
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in _pairs(target, node.value):
                    if paths := resolve(value, {**known, **found}):
                        _add(found, {name: paths})
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)


def _of_scope(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes that belong to a scope; of the scopes inside, the node itself alone."""
    for node in body:
        yield node
        if not isinstance(node, _SCOPES):
            yield from _of_scope(ast.iter_child_nodes(node))


def resolve(node: ast.AST, names: Names) -> Paths:
    """Return the dotted names that an expression may stand for; none where it is a value like any other."""
    if isinstance(node, ast.Name):
        return names.get(node.id, frozenset({f"builtins.{node.id}"} if hasattr(builtins, node.id) else ()))
    if isinstance(node, ast.Attribute):
        return frozenset(f"{path}.{node.attr}" for path in _outside(resolve(node.value, names)))
    if isinstance(node, ast.NamedExpr):
        return resolve(node.value, names)
    if isinstance(node, ast.IfExp):
        return resolve(node.body, names) | resolve(node.orelse, names)
    if isinstance(node, ast.BoolOp):
        return frozenset().union(*(resolve(value, names) for value in node.values))
    if isinstance(node, ast.Call):
        return _called(node, names)
    if isinstance(node, ast.Subscript):
        paths = resolve(node.value, names)
        if "sys.modules" in paths:
            return frozenset({_literal(node.slice) or COMPUTED})
        last = _literal(node.slice) or COMPUTED
        return frozenset(p.removesuffix(".__dict__") + f".{last}" for p in paths if p.endswith(".__dict__"))
    return NOTHING


def _called(node: ast.Call, names: Names) -> Paths:
    paths, given = resolve(node.func, names), node.args
    first = _literal(given[0]) if given else ""
    if "builtins.__import__" in paths and given:
        return frozenset({first.partition(".")[0] or COMPUTED})
    if "importlib.import_module" in paths and given:
        return frozenset({first or COMPUTED})
    if "builtins.getattr" in paths and len(given) > 1:
        last = _literal(given[1]) or COMPUTED
        return frozenset(f"{path}.{last}" for path in _outside(resolve(given[0], names)))
    if "builtins.vars" in paths and given:
        return frozenset(f"{path}.__dict__" for path in _outside(resolve(given[0], names)))
    return NOTHING


def _outside(paths: Paths) -> Paths:
    """Leave out attributes of built-in functions: ``max.x`` leads nowhere."""
    return frozenset(p for p in paths if not p.startswith("builtins.")) | frozenset(
        "builtins" for p in paths if p == "builtins.__builtins__"
    )


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _statement(node: ast.stmt, names: Names, stars: Paths, known: set[str]) -> Statement:
    found = Statement(binds=_bound([node]))
    _collect([node], names, frozenset(), found)
    # What nobody defines comes from a module all of whose names were imported.
    found.uses |= {f"{star}.{name}" for star in stars for name in found.reads - known}
    for inner in ast.walk(node):
        found.loops |= {words for kind, words in _LOOPS if isinstance(inner, kind)}
        if isinstance(inner, ast.Import):
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
        if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
            paths = resolve(node, names)
            found.uses |= paths
            if isinstance(node, ast.Call):
                _imported(node, names, found)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local:
            found.reads.add(node.id)
        if not isinstance(node, _SCOPES):
            _collect(ast.iter_child_nodes(node), names, local, found)
            continue
        inside = list(ast.iter_child_nodes(node))
        made = _bound(inside, of_function=True)
        here = dict.fromkeys(made, NOTHING) | _named(inside, names)
        if isinstance(node, _FUNCTIONS):  # defaults and decorators see the names outside
            outer = [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]
            outer += getattr(node, "decorator_list", [])
            _collect(outer, names, local, found)
        _collect(inside, {**names, **here}, local | made, found)


def _imported(node: ast.Call, names: Names, found: Statement) -> None:
    called = resolve(node.func, names)
    if node.args and called & {"builtins.__import__", "importlib.import_module"}:
        found.imports.add(_literal(node.args[0]) or COMPUTED)


def _bound(body: Iterable[ast.AST], of_function: bool = False) -> set[str]:
    """Return the names that statements bind in their own scope."""
    found: set[str] = set()
    outside: set[str] = set()
    for node in _of_scope(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {a.asname or a.name.partition(".")[0] for a in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.arg) and of_function:
            found.add(node.arg)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            outside |= set(node.names)
    return found - outside
