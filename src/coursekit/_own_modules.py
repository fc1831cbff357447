"""A student's own modules read as part of the notebook: written by a cell, or lying beside it.

The rules of an assignment speak of what an answer uses, wherever it stands. So the code of a module that is
imported is put before the cells, its names made unlike all others, and what imports or uses the module uses
these names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from coursekit import _code
from coursekit._breaches import Cell
from coursekit._module_names import Module, Renamed, Uses, magics, source_of
from coursekit._scopes import bound

_WRITE = ("writefile", "file")
_MAGIC = "run_cell_magic"  # what IPython makes of %%, and what may stand in a cell itself
_MOST = 50  # modules that are looked at
_LARGEST = 2**20  # bytes of one


def with_own_modules(cells: Sequence[Cell], files: Mapping[str, str]) -> list[Cell]:
    """Return cells with the code of the student's own modules before them; as they are where none is used.

    Parameters
    ----------
    cells : sequence of Cell
        The code cells in their order.
    files : mapping of str to str
        Files that lie beside the notebook, by their names, such as ``"mine.py"``.
    """
    writing = [_parsed(cell.source) for cell in cells if "%%" in cell.source or _MAGIC in cell.source]
    modules = _modules({**files, **_written(writing)})
    if not modules:  # as in most notebooks, which need not be read for it
        return list(cells)
    trees = {cell.source: _parsed(cell.source) for cell in cells}
    used = _used(trees.values(), modules)
    if not used:
        return list(cells)
    modules = {name: module for name, module in modules.items() if name in used}
    for name, module in modules.items():
        module.names = _names(name, modules, set())
    code = []
    for name, module in modules.items():
        tree = Uses(modules, [module.tree], name).visit(module.tree)
        code.append(Cell(ast.unparse(ast.fix_missing_locations(Renamed(name, module.names).visit(tree)))))
    uses = Uses(modules, trees.values())
    texts = {source: uses.rewritten(tree, source) for source, tree in trees.items()}
    return code + [replace(cell, source=texts[cell.source]) for cell in cells]


def beside(cells: Sequence[Cell], folder: Path) -> dict[str, str]:
    """Return the modules and packages in a folder that cells, or these modules, may import."""
    found: dict[str, str] = {}
    todo = list({_parsed(cell.source) for cell in cells})
    while todo and len(found) < _MOST:
        tree = todo.pop()
        nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        roots = {a.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for a in n.names}
        roots |= {(n.module or "").split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
        roots |= {w[1].split()[0].removesuffix(".py") for w in magics(tree, "run_line_magic") if w[1].strip()}
        for root in filter(str.isidentifier, roots):
            paths = [folder / f"{root}.py", *islice((folder / root).rglob("*.py"), _MOST)]
            for path in paths:
                name = path.relative_to(folder).as_posix()
                if name not in found and path.is_file() and path.stat().st_size <= _LARGEST:
                    found[name] = path.read_text(encoding="utf-8", errors="replace")
                    todo.append(_parsed(found[name]))
    return found


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(_code.python(source))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _written(trees: Iterable[ast.Module]) -> dict[str, str]:
    """Return the files that cells write with ``%%writefile``."""
    found: dict[str, str] = {}
    for tree in trees:
        for magic, line, body in magics(tree, _MAGIC):
            words = line.split()
            if magic in _WRITE and words:
                found[words[-1]] = (found.get(words[-1], "") if "-a" in words else "") + body
    return found


def _modules(files: Mapping[str, str]) -> dict[str, Module]:
    found = {}
    for file, text in files.items():
        name = file.removeprefix("./").removesuffix(".py").replace("/", ".")
        package = name.endswith(".__init__")
        name = name.removesuffix(".__init__")
        if file.endswith(".py") and all(part.isidentifier() for part in name.split(".")):
            found[name] = Module(_parsed(text), package)
    return found


def _used(trees: Iterable[ast.AST], modules: Mapping[str, Module]) -> set[str]:
    """Return the modules that are imported, or run, by cells or by one another."""
    found: set[str] = set()
    todo = [(tree, "") for tree in trees]
    while todo:
        tree, here = todo.pop()
        runs = [line.split() for magic, line in magics(tree, "run_line_magic") if magic == "run"]
        asked = {words[0].removesuffix(".py") for words in runs if words}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                asked |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                source = source_of(node, here, modules)
                asked |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
        ways = {".".join(name.split(".")[: k + 1]) for name in asked for k in range(name.count(".") + 1)}
        for name in ways & modules.keys() - found:
            found.add(name)
            todo.append((modules[name].tree, name))
    return found


def _names(name: str, modules: Mapping[str, Module], seen: set[str]) -> set[str]:
    """Return the names of a module, those of others that it imports with ``*`` among them."""
    if name in seen or name not in modules:
        return set()
    body = modules[name].tree.body
    imported = [alias for node in body if isinstance(node, ast.Import) for alias in node.names]
    dotted = {a.name.split(".")[0] for a in imported if not a.asname and "." in a.name}
    found = bound(body) - dotted - {"*"}
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            found |= _names(source_of(node, name, modules), modules, seen | {name})
    return found
