"""Finds every function that a page of the book prints, with the code of the page that it needs."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CODE = re.compile(r"^\s*(?P<fence>`{3,})(?:\{code-cell\}.*|\{code-block\}\s+python|python)\s*$")
_INCLUDED = re.compile(r"^\s*`{3,}\{literalinclude\}\s+(?P<path>\S+\.py(?:\.txt)?)\s*$")
_SCAFFOLD = "/release/scaffold/"  # the guide prints what `autograder new` writes, for authors to replace
_OPTION = re.compile(r"^\s*:[\w-]+:")
_KEPT_BACK = ("convnet", "autograder")  # packages that a student's notebook cannot import while it is graded
Definition = ast.FunctionDef


@dataclass(frozen=True)
class Shown:
    """A function as a page prints it; ``source`` defines it, after the code around it."""

    page: str
    node: ast.FunctionDef
    source: str

    @property
    def label(self) -> str:
        """What `check.toml` calls it."""
        return f"{self.page}: {self.node.name}"


def functions(root: Path) -> list[Shown]:
    """Return the functions that the pages of ``root/book`` print, solutions of exercises among them.

    They stand in code cells, folded or not, in code blocks, in files that a page includes, and in modules
    from which a cell shows them with `coursekit.source.source`.
    """
    book = root / "book"
    pages = {str(p.relative_to(book)): p for p in sorted(book.rglob("*.md"))} if book.is_dir() else {}
    printed = {name: _of_page(path) for name, path in pages.items()}
    texts = {id(node): ast.unparse(node) for _, nodes in printed.values() for node, _ in nodes}
    everywhere = {node.name: node for _, nodes in printed.values() for node, by_source in nodes if by_source}
    found = []
    for name, (imports, nodes) in printed.items():
        own = {node.name: node for node, _ in nodes}
        beside = {**everywhere, **own}
        for node, _ in {texts[id(n)]: (n, by) for n, by in nodes}.values():
            needed = {**beside, node.name: node}.values()
            parts = ["from __future__ import annotations", "import numpy as np", *imports]
            source = "\n".join([*parts, *(texts[id(part)] for part in needed)])
            found.append(Shown(name, node, source + "\n"))
    return found


def _of_page(path: Path) -> tuple[list[str], list[tuple[Definition, bool]]]:
    """Return the imports of a page, and its functions; True where `source` shows one."""
    trees = [tree for text in _texts(path) if (tree := _parsed(text))]
    imports = [node for tree in trees for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    nodes: list[tuple[Definition, bool]] = []
    for tree in trees:
        nodes += [(_plain(node), False) for node in tree.body if isinstance(node, ast.FunctionDef)]
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "source":
                nodes += [(node, True) for argument in call.args for node in _behind(argument, imports)]
    return [ast.unparse(node) for node in imports if not _is_kept_back(node)], nodes


def _texts(path: Path) -> Iterator[str]:
    """Return the code of a page, one text for each cell, block and included file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if (included := _INCLUDED.match(line)) and _SCAFFOLD not in included["path"]:
            yield (path.parent / included["path"]).read_text(encoding="utf-8")
        elif opened := _CODE.match(line):
            body = []
            while number < len(lines) and lines[number].strip() != opened["fence"]:
                body.append(lines[number])
                number += 1
            yield textwrap.dedent("\n".join(_without_options(body)))


def _without_options(body: list[str]) -> list[str]:
    if body and body[0].strip() == "---":
        ends = [k for k, line in enumerate(body[1:], start=1) if line.strip() == "---"]
        return body[ends[0] + 1 :] if ends else body
    while body and _OPTION.match(body[0]):
        body = body[1:]
    return body


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:  # a magic, or a piece of code with an ellipsis of prose
        return None


def _is_kept_back(node: ast.Import | ast.ImportFrom) -> bool:
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    return any(module.partition(".")[0] in (*_KEPT_BACK, "__future__") for module in modules)


def _behind(argument: ast.expr, imports: list[ast.Import | ast.ImportFrom]) -> list[Definition]:
    """Return the function that `source(argument)` shows, if it comes from a module that the page imports."""
    first, *rest = ast.unparse(argument).split(".")
    value: object = None
    for node in imports:
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) == first:
                if isinstance(node, ast.Import):
                    value = importlib.import_module(alias.name if alias.asname else first)
                else:
                    value = getattr(importlib.import_module(node.module or ""), alias.name)
    for name in rest:
        value = getattr(value, name, None)
    if not inspect.isfunction(value):
        return []
    tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
    return [_plain(node) for node in tree.body if isinstance(node, ast.FunctionDef)]


def _plain(node: Definition) -> Definition:
    """Drop what a paste does not need, and what may not be there to run it: decorators and the docstring."""
    node.decorator_list = []
    if ast.get_docstring(node) and len(node.body) > 1:
        node.body = node.body[1:]
    return node
