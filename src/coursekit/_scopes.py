"""The names of a scope: which it binds, and what they stand for.

Names are followed to what they stand for: after ``import numpy as xyz``, ``xyz.convolve`` is
``numpy.convolve``, and so is ``getattr(xyz, "convolve")``. A name that a function makes for itself (a
parameter ``F``) is not the module of that name outside.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping

COMPUTED = "<computed>"  # the last part of a path that only running the code can tell
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Tuples made once: these are asked of every node of every notebook.
_GIVING = (ast.Assign, ast.AnnAssign, ast.NamedExpr)
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTING = (ast.Import, ast.ImportFrom)
_ELSEWHERE = (ast.Global, ast.Nonlocal)
SCOPES = (*FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)
Paths = frozenset[str]
Names = Mapping[str, Paths]
NOTHING: Paths = frozenset()


def add(names: dict[str, Paths], more: Names) -> None:
    """Add meanings to names, besides those they have."""
    for name, paths in more.items():
        names[name] = names.get(name, NOTHING) | paths


def named(body: Iterable[ast.AST], known: Names) -> dict[str, Paths]:
    """Return the names that stand for something imported, by import or by assignment, in this scope."""
    found: dict[str, Paths] = {}
    for node in _of_scope(body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                path = alias.name if alias.asname else alias.name.partition(".")[0]
                add(found, {alias.asname or path: frozenset({path})})
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                add(found, {alias.asname or alias.name: frozenset({f"{node.module}.{alias.name}"})})
        elif isinstance(node, _GIVING) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in _pairs(target, node.value):
                    if paths := resolve(value, {**known, **found}):
                        add(found, {name: paths})
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)


def _of_scope(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes that belong to a scope; of the scopes inside, the node itself alone."""
    todo = list(body)[::-1]
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, SCOPES):
            todo += [*ast.iter_child_nodes(node)][::-1]


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
            return frozenset({literal(node.slice) or COMPUTED})
        last = literal(node.slice) or COMPUTED
        return frozenset(p.removesuffix(".__dict__") + f".{last}" for p in paths if p.endswith(".__dict__"))
    return NOTHING


def _called(node: ast.Call, names: Names) -> Paths:
    paths, given = resolve(node.func, names), node.args
    first = literal(given[0]) if given else ""
    if "builtins.__import__" in paths and given:
        return frozenset({first.partition(".")[0] or COMPUTED})
    if "importlib.import_module" in paths and given:
        return frozenset({first or COMPUTED})
    if "builtins.getattr" in paths and len(given) > 1:
        last = literal(given[1]) or COMPUTED
        return frozenset(f"{path}.{last}" for path in _outside(resolve(given[0], names)))
    if "builtins.vars" in paths and given:
        return frozenset(f"{path}.__dict__" for path in _outside(resolve(given[0], names)))
    return NOTHING


def _outside(paths: Paths) -> Paths:
    """Leave out attributes of built-in functions: ``max.x`` leads nowhere."""
    return frozenset(p for p in paths if not p.startswith("builtins.")) | frozenset(
        "builtins" for p in paths if p == "builtins.__builtins__"
    )


def literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def bound(body: Iterable[ast.AST], of_function: bool = False) -> set[str]:
    """Return the names that statements bind in their own scope."""
    found: set[str] = set()
    outside: set[str] = set()
    for node in _of_scope(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, _DEFINING):
            found.add(node.name)
        elif isinstance(node, _IMPORTING):
            found |= {a.asname or a.name.partition(".")[0] for a in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.arg) and of_function:
            found.add(node.arg)
        elif isinstance(node, _ELSEWHERE):
            outside |= set(node.names)
    return found - outside
