"""Finds what given cells make to look at and nobody sees: a notebook shows only a cell's last expression."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# What makes something to look at: functions of these modules, and some that notebooks call by their own name.
_MODULES = {"plots", "widgets", "tables"}
_FUNCTIONS = {"table", "quiz", "practice", "source", "grader.check", "grader.check_all"}
_SILENT = {"plots.style"}  # changes what it is given


def find(source: str) -> tuple[int, str] | None:
    """Return where a given cell makes something to look at and drops it, and what to write instead.

    Parameters
    ----------
    source : str
        The cell's text.

    Returns
    -------
    tuple of (int, str) or None
        The line, from 0, and the message; None where all is well, or where the cell is no Python.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return None
    inside = body[:-1] if body and isinstance(body[-1], ast.Expr) else body
    for expression in _dropped(inside):
        if what := _to_look_at(expression.value):
            return (
                expression.lineno - 1,
                f"nobody sees `{what}`, since a notebook shows only the last line of a cell, outside of any "
                f"block: write display({what})",
            )
    return None


def _dropped(body: list[ast.stmt]) -> Iterator[ast.Expr]:
    """Yield the expressions that stand alone, in blocks too; a function's own are its author's business."""
    for node in body:
        if isinstance(node, ast.Expr):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for _, value in ast.iter_fields(node):
                parts = value if isinstance(value, list) else []
                yield from _dropped([part for part in parts if isinstance(part, ast.stmt)])
                for part in parts:
                    if isinstance(part, ast.ExceptHandler | ast.match_case):
                        yield from _dropped(part.body)


def _to_look_at(value: ast.expr) -> str:
    """Return a name, or a call that makes a figure, as the message quotes it; empty for anything else."""
    if isinstance(value, ast.Name):
        return value.id
    if not isinstance(value, ast.Call):
        return ""
    called = ast.unparse(value.func)
    module = called.partition(".")[0] if "." in called else ""
    shown = (module in _MODULES and called not in _SILENT) or called in _FUNCTIONS
    return f"{called}(…)" if shown else ""
