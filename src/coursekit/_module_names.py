"""Code that uses a student's own modules, with names made unlike all others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Module:
    """A module of the student's: its code, whether it is a package, and the names that it has."""

    tree: ast.Module
    package: bool = False
    names: set[str] = field(default_factory=set)


def magics(tree: ast.AST, called: str) -> list[list[str]]:
    """Return the arguments of the magics in code that IPython has transformed."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    values = [
        [str(a.value) for a in c.args if isinstance(a, ast.Constant)] for c in calls if _attr(c) == called
    ]
    return [v for v in values if len(v) == (3 if called == "run_cell_magic" else 2)]


def _attr(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def source_of(node: ast.ImportFrom, here: str, modules: Mapping[str, Module]) -> str:
    """Return what a ``from … import`` names, seen from module ``here``."""
    if not node.level:
        return node.module or ""
    parts = here.split(".")
    is_package = here in modules and modules[here].package
    above = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _apart(module: str, name: str) -> str:
    return f"{module.replace('.', '__')}__{name}"


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _be(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


class Uses(ast.NodeTransformer):
    """Replaces imports of own modules, and what is taken from these, by the names that their code has."""

    def __init__(self, modules: Mapping[str, Module], trees: Iterable[ast.AST], here: str = "") -> None:
        self._modules, self._here = modules, here
        self._known: dict[str, str] = {}  # what a module is called here
        self._changed = False
        for node in (n for tree in trees for n in ast.walk(tree)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    root = alias.name.split(".")[0]
                    if root in modules:
                        self._known[alias.asname or root] = alias.name if alias.asname else root
            elif isinstance(node, ast.ImportFrom):
                source = source_of(node, here, modules)
                inner = {a.asname or a.name: f"{source}.{a.name}" for a in node.names}
                self._known |= {name: path for name, path in inner.items() if path in modules}

    def rewritten(self, tree: ast.Module, source: str) -> str:
        """Return a cell's text with the names of modules' code; as it was where it uses none."""
        self._changed = False
        new = self.visit(tree)
        return ast.unparse(ast.fix_missing_locations(new)) if self._changed else source

    def visit_Import(self, node: ast.Import) -> Any:
        kept = [a for a in node.names if a.name.split(".")[0] not in self._modules]
        own = [a for a in node.names if a not in kept]
        self._changed |= bool(own)
        made = [_be(a.asname or a.name.split(".")[0], self._whole(a.name)) for a in own]
        return [*([ast.Import(kept)] if kept else []), *made]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        source = source_of(node, self._here, self._modules)
        own = self._modules.get(source)
        if own is None:
            return node
        self._changed = True
        made = []
        for alias in node.names:
            if alias.name == "*":
                made += [_be(name, _load(_apart(source, name))) for name in sorted(own.names)]
                continue
            inner = f"{source}.{alias.name}"
            value = self._whole(inner) if inner in self._modules else _load(_apart(source, alias.name))
            made.append(_be(alias.asname or alias.name, value))
        return made

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        self.generic_visit(node)
        way = [node.attr]
        inner = node.value
        while isinstance(inner, ast.Attribute):
            way.insert(0, inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name) or inner.id not in self._known:
            return node
        path = self._known[inner.id]
        while way and f"{path}.{way[0]}" in self._modules:
            path += f".{way.pop(0)}"
        if len(way) != 1 or path not in self._modules or way[0] not in self._modules[path].names:
            return node
        self._changed = True
        return ast.Name(_apart(path, way[0]), node.ctx)

    def visit_Expr(self, node: ast.Expr) -> Any:
        for magic, line in magics(node, "run_line_magic"):
            name = line.split()[0].removesuffix(".py") if line.strip() else ""
            if magic == "run" and name in self._modules:
                self._changed = True
                return [_be(n, _load(_apart(name, n))) for n in sorted(self._modules[name].names)]
        return self.generic_visit(node)

    def _whole(self, name: str) -> ast.expr:
        """Return a value that reads all of a module: who takes it whole may use any of it."""
        inner = [m for m in self._modules if m == name or m.startswith(f"{name}.")]
        names = [_apart(m, n) for m in inner for n in sorted(self._modules[m].names)]
        return ast.Tuple([_load(n) for n in names], ast.Load())


class Renamed(ast.NodeTransformer):
    """Gives the names of a module the forms that no other code has."""

    def __init__(self, module: str, names: set[str]) -> None:
        self._module, self._names = module, names

    def _new(self, name: str) -> str:
        return _apart(self._module, name) if name in self._names else name

    def visit_Name(self, node: ast.Name) -> Any:
        return ast.Name(self._new(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> Any:
        node.arg = self._new(node.arg)
        return self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> Any:
        return ast.Global([self._new(name) for name in node.names])

    def visit_Nonlocal(self, node: ast.Nonlocal) -> Any:
        return ast.Nonlocal([self._new(name) for name in node.names])

    def visit_alias(self, node: ast.alias) -> Any:
        name = node.asname or node.name
        return ast.alias(node.name, self._new(name)) if name in self._names else node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        node.name = self._new(node.name)
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        node.name = self._new(node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.name = self._new(node.name)
        return self.generic_visit(node)
