"""Which files of the course's packages the code of a chapter reaches, found without running it.

A chapter is run again when its own code changes, or a module that it imports. Imports are followed from file
to file. A package's ``__init__`` that gathers names from its modules is read as a list of where each name
comes from: ``from convnet import plain`` and ``plain.conv2d`` lead to the one module that defines ``conv2d``.

What is imported by a computed name (``importlib.import_module``) is not seen; nothing in the packages is.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("convnet", "coursekit")
LIBRARIES = ("numpy", "matplotlib", "ipykernel")
"""Another version of these runs every chapter again."""

Wanted = tuple[str, frozenset[str] | None]
"""A module and the names wanted from it; all of it where there are no names."""


def digest(cells: Iterable[str]) -> str:
    """Name what a chapter's outputs depend on: its code, the files it reaches, the libraries' versions."""
    code = list(cells)
    found = hashlib.sha256("\0".join(code).encode())
    for library in LIBRARIES:
        found.update(f"{library} {version(library)}".encode())
    for path in reached(code):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def reached(cells: Iterable[str]) -> list[Path]:
    """Files of the packages that code cells reach, in a fixed order."""
    code = "\n".join(_python(cell) for cell in cells)
    queue = list(_wanted(ast.parse(code), ""))
    seen: set[Wanted] = set()
    files: set[Path] = set()
    while queue:
        wanted = queue.pop()
        if wanted in seen or wanted[0].split(".")[0] not in PACKAGES:
            continue
        seen.add(wanted)
        new, more = _follow(*wanted)
        files |= new
        queue += more
    return sorted(files)


def _python(cell: str) -> str:
    """Leave out the lines that are IPython's."""
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in cell.splitlines())


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All that is in a tree, walked once: a page asks the same files many times over."""
    return tuple(ast.walk(tree))


@cache
def _root(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {package} is not installed: run `make env`")
    return Path(spec.origin).parent


def _file(module: str) -> Path | None:
    package, *rest = module.split(".")
    path = _root(package).joinpath(*rest)
    for candidate in (path / "__init__.py", path.with_suffix(".py")):
        if candidate.is_file():
            return candidate
    return None


def _follow(module: str, names: frozenset[str] | None) -> tuple[set[Path], list[Wanted]]:
    """Files and further modules that come with a module, or with some names of it."""
    path = _file(module)
    return (set(), []) if path is None else _through(path, module, names)


@cache
def _through(path: Path, module: str, names: frozenset[str] | None) -> tuple[set[Path], list[Wanted]]:
    """Go on from the file of a module; most chapters reach the same files."""
    tree = _tree(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    if names is not None and path.name == "__init__.py":
        gathered = _gathered(tree, package)
        modules = {name: f"{module}.{name}" for name in names if _file(f"{module}.{name}")}
        if all(name in gathered or name in modules for name in names):
            more: list[Wanted] = [(found, None) for found in modules.values()]
            return set(), more + [gathered[name] for name in names if name not in modules]
    return {path, *_data(tree, path)}, list(_wanted(tree, package))


def _gathered(tree: ast.Module, package: str) -> dict[str, Wanted]:
    """Where each name comes from that a package's ``__init__`` imports."""
    found: dict[str, Wanted] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            home = _absolute(node, package)
            for alias in node.names:
                found[alias.asname or alias.name] = (home, frozenset({alias.name}))
    return found


def _wanted(tree: ast.Module, package: str) -> Iterator[Wanted]:
    """Modules that code imports, each with the names it uses where that can be told."""
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, None
        elif isinstance(node, ast.ImportFrom):
            home = _absolute(node, package)
            if home.split(".")[0] not in PACKAGES:
                continue
            for alias in node.names:
                inner = f"{home}.{alias.name}"
                if alias.name == "*":
                    yield home, None
                elif _file(inner):  # a module: what is used of it decides, where it is a package
                    yield inner, _attributes(tree, alias.asname or alias.name)
                else:
                    yield home, frozenset({alias.name})


def _attributes(tree: ast.Module, name: str) -> frozenset[str] | None:
    """Names used as ``name.attribute``; nothing where the name is used in any other way."""
    uses = [node for node in _nodes(tree) if isinstance(node, ast.Name) and node.id == name]
    attributes = [
        node.attr
        for node in _nodes(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    ]
    return frozenset(attributes) if len(uses) == len(attributes) else None


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """Return the module of a ``from … import``, dots at its front resolved."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _data(tree: ast.Module, path: Path) -> set[Path]:
    """Data files of the package that a module names: a script or style of a figure, the folder of data."""
    words = {node.value for node in _nodes(tree) if isinstance(node, ast.Constant)}
    root = next(parent for parent in path.parents if parent.name in PACKAGES)
    scripts = {file for file in root.glob("_widgets/*") if {file.name, file.stem} & words}
    return scripts | (set(root.glob("_data/*")) if "_data" in words else set())
