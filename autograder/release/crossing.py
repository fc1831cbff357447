"""Finds questions that a test cannot ask under seal, where it has only copies and handles."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

# Classes whose objects cross as they are; of others a test has a handle, which is an instance of none.
_TORCH = {"torch.dtype", "torch.device", "torch.Size", "torch.nn.Parameter", "torch.nn.parameter.Parameter"}
_OF = ("numpy.", "numbers.", "builtins.", "collections.abc.", "coursekit.")


def find(function: ast.FunctionDef) -> tuple[int, str] | None:
    """Return the line of a test's first question that cannot cross, and what to write instead.

    Parameters
    ----------
    function : ast.FunctionDef
        The test.

    Returns
    -------
    tuple or None
        The line in the source that was parsed, and the message; None where all is well.
    """
    inside = {name: node for node in ast.walk(function) for name in _run_inside(node)}
    fixtures = {
        node.name: node
        for node in ast.walk(function)
        if isinstance(node, ast.FunctionDef) and node is not function and node.name in inside
    }
    found = [*_classes(function, fixtures), *_frees(function, fixtures)]
    return min(found, default=None)


def _run_inside(node: ast.AST) -> Iterator[str]:
    """Yield the name of the function that `checks.inside` is given."""
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "inside":
            yield node.args[0].id


def _classes(function: ast.FunctionDef, fixtures: dict[str, ast.FunctionDef]) -> Iterator[tuple[int, str]]:
    imported = dict(pair for node in ast.walk(function) for pair in _imports(node))
    away = {id(node) for fixture in fixtures.values() for node in ast.walk(fixture)}
    for node in ast.walk(function):
        if id(node) in away:
            continue
        for asked in _asked(node):
            full = _full_name(asked, imported)
            if full and not _is_plain(full):
                remedy = (
                    "checks.module(net) examines a network"
                    if full.startswith("torch.nn.") or full.endswith("nn.Module")
                    else "write a function that asks, and run it with checks.inside"
                )
                yield (
                    asked.lineno,
                    f"{function.name} asks for the class `{ast.unparse(asked)}`, and under seal a test has "
                    f"no object of it, so the answer is always no: {remedy}",
                )


def _asked(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the classes that an expression compares an object's class with."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 2:
        if node.func.id in ("isinstance", "issubclass"):
            yield from _each(node.args[1])
    elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Call):
        called = node.left.func
        if isinstance(called, ast.Name) and called.id == "type" and len(node.left.args) == 1:
            for other in node.comparators:
                yield from _each(other)


def _each(classes: ast.expr) -> Iterator[ast.expr]:
    if isinstance(classes, ast.Tuple | ast.List | ast.Set):
        for one in classes.elts:
            yield from _each(one)
    elif isinstance(classes, ast.BinOp):
        yield from _each(classes.left)
        yield from _each(classes.right)
    else:
        yield classes


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _full_name(node: ast.expr, imported: dict[str, str]) -> str:
    """Return a class's dotted name with its module; empty where it was not imported here."""
    parts = ast.unparse(node).split(".")
    if not all(part.isidentifier() for part in parts) or parts[0] not in imported:
        return ""
    return ".".join([imported[parts[0]], *parts[1:]])


def _is_plain(full: str) -> bool:
    if full.startswith("numpy.random."):
        return False
    return full.startswith(_OF) or full in _TORCH or (full.startswith("torch.") and full.endswith("Tensor"))


def _frees(function: ast.FunctionDef, fixtures: dict[str, ast.FunctionDef]) -> Iterator[tuple[int, str]]:
    """Yield the names that functions running inside take from the test around them."""
    if not fixtures:
        return
    (table,) = symtable.symtable(ast.unparse(function), function.name, "exec").get_children()
    for inner in table.get_children():
        if inner.get_name() not in fixtures or not isinstance(inner, symtable.Function):
            continue
        for name in inner.get_frees():
            fixture = fixtures[inner.get_name()]
            line = next(
                (n.lineno for n in ast.walk(fixture) if isinstance(n, ast.Name) and n.id == name),
                fixture.lineno,
            )
            yield (
                line,
                f"{fixture.name} runs inside, where `{name}` of {function.name} is not there: if it is a "
                f"module, import it inside {fixture.name}; else make it an argument",
            )
