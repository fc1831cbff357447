"""Reads a master's test cells as Otter does, and refuses with a message what would fail only for students."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import symtable
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from autograder.release import crossing

KEYS = ("hidden", "points", "bands", "success_message", "failure_message")
_BEGIN = re.compile(r'[^#\n"]*"{2,3}\s*#\s*BEGIN\s*TEST\s*CONFIG', re.IGNORECASE)
_END = re.compile(r'"{2,3}\s*#\s*END\s*TEST\s*CONFIG', re.IGNORECASE)
_UNSAFE = re.compile(r'["\\\n]')


class Wrong(ValueError):
    """Something in a cell is wrong; ``line`` counts from the cell's first line, which is 0."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True)
class TestCell:
    """A test of a master: the function's name, whether students see it, and what stands in its head."""

    __test__ = False  # pytest collects what is called Test...
    name: str
    hidden: bool
    config: dict[str, Any]


def read_yaml(text: str, first: int = 0) -> dict[str, Any]:
    """Parse the settings of a cell as Otter does.

    Raises
    ------
    Wrong
        When they are no YAML, or no list of keys; ``first`` is the line of the cell at which they begin.
    """
    try:
        found = yaml.full_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "this is no YAML"
        raise Wrong(
            first + (place.line if place else 0),
            f"the settings cannot be read ({problem}): write `key: value` on each line, and put a value with "
            "a colon between single quotes",
        ) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Wrong(first, f"the settings cannot be read: write `key: value` on each line, not {found!r}")
    return found


def only(config: Iterable[str], keys: Iterable[str], text: str, first: int = 0) -> None:
    """Refuse a setting that is none of ``keys``.

    Raises
    ------
    Wrong
        With the line of the first such setting, and the key that was probably meant.
    """
    for key in config:
        if key not in (known := list(keys)):
            near = difflib.get_close_matches(str(key).lower(), known, 1)
            remedy = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"
            raise Wrong(first + line_of(text, str(key)), f"there is no setting `{key}`: {remedy}")


def line_of(text: str, key: str) -> int:
    """Return the line of ``text`` that sets ``key``, or the first."""
    found = re.search(rf"^\s*{re.escape(key)}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) if found else 0


def config_of(source: str) -> tuple[dict[str, Any], str, int]:
    """Return the settings at the head of a test cell, their text, and the cell's line at which they begin.

    Raises
    ------
    Wrong
        When they cannot be read or have no end.
    """
    lines = source.splitlines()
    if not lines or not _BEGIN.match(lines[0]):
        hidden = lines and re.match(r"\s*#.*\bhidden\b", lines[0], re.IGNORECASE)
        return ({"hidden": True} if hidden else {}), "", 0
    end = next((k for k, line in enumerate(lines) if _END.match(line)), None)
    if end is None:
        raise Wrong(0, 'the settings of this test have no end: write `"""  # END TEST CONFIG` below them')
    text = "\n".join(lines[1:end])
    return read_yaml(text, 1), text, 1


def is_hidden(source: str) -> bool:
    """Say whether Otter hides this test cell from students."""
    return bool(config_of(source)[0].get("hidden", False))


def read(source: str) -> TestCell:
    """Read one test cell.

    Raises
    ------
    Wrong
        When Otter would refuse or misread it, or the test would fail for lack of a name.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise Wrong((error.lineno or 1) - 1, f"Python cannot read this test: {error.msg}") from None
    config, text, first = config_of(source)
    only(config, KEYS, text, first)
    hidden = config.get("hidden", False)
    if not isinstance(hidden, bool):
        where = first + line_of(text, "hidden")
        raise Wrong(where, f"`hidden` is true or false, got {hidden!r}: write `hidden: true`")
    body = tree.body
    if text and body and isinstance(body[0], ast.Expr | ast.Assign):
        body = body[1:]
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    if len(functions) != 1:
        names = [function.name for function in functions]
        raise Wrong(
            functions[1].lineno - 1 if names else 0,
            f"a test cell holds one function and one call, found {names or 'no function'}: "
            "give each test a cell of its own",
        )
    function = functions[0]
    for node in body:
        if node is not function and not isinstance(node, ast.Expr):
            raise Wrong(
                node.lineno - 1,
                f"`{ast.unparse(node).splitlines()[0]}` stands outside of {function.name}, where Otter drops "
                "it: move it into the function",
            )
    _check_call(function, [node.value for node in body if isinstance(node, ast.Expr)])
    _check_messages(config, function.name, text, first)
    _check_names(function)
    if found := crossing.find(function):
        raise Wrong(found[0] - 1, found[1])
    return TestCell(function.name, hidden, config)


def _check_call(function: ast.FunctionDef, calls: list[ast.expr]) -> None:
    arguments = ", ".join(argument.arg for argument in function.args.args)
    right = f"{function.name}({arguments})"
    if len(calls) != 1 or body_before(function, calls[0]):
        raise Wrong(function.lineno - 1, f"{function.name} must be called once: write `{right}` below it")
    if ast.unparse(calls[0]) != right:
        raise Wrong(
            calls[0].lineno - 1,
            f"`{ast.unparse(calls[0])}` does not pass what {function.name} tests: write `{right}`",
        )


def body_before(function: ast.FunctionDef, call: ast.expr) -> bool:
    """Say whether a call comes before the function that it calls."""
    return call.lineno < function.lineno


def _check_messages(config: dict[str, Any], name: str, text: str, first: int) -> None:
    for key in ("failure_message", "success_message"):
        if _UNSAFE.search(str(config.get(key) or "")):
            raise Wrong(
                first + line_of(text, key),
                f"{name}: {key} must hold no quote, backslash or line break: say it with other words",
            )


def _check_names(function: ast.FunctionDef) -> None:
    """Refuse a name that only the notebook around the test knows: Otter takes the function out of it."""
    source = ast.unparse(function)
    known = {function.name, *dir(builtins)}
    for name in sorted(_from_outside(symtable.symtable(source, function.name, "exec")) - known):
        line = next(
            (n.lineno for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name),
            function.lineno,
        )
        remedy = {"np": "import numpy as np", "F": "from convnet import functional as F"}.get(
            name, f"import {name}` or `{name} = ..."
        )
        raise Wrong(
            line - 1,
            f"{function.name} uses `{name}`, which it does not define: write `{remedy}` inside the test, or "
            "make it an argument",
        )


def _from_outside(table: symtable.SymbolTable) -> set[str]:
    """Return the names that the functions of a table look up outside of it."""
    found = set()
    for child in table.get_children():
        found |= {s.get_name() for s in child.get_symbols() if s.is_global() and s.is_referenced()}
        found |= _from_outside(child)
    return found
