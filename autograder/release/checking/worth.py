"""Finds tests that earn points for nothing: shapes or refusals alone, comparisons that say yes too easily.

What `empties` finds by attack, this finds by reading, with the line and what to write instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.release.bench import Bench

# What compares a value: methods of `checks`, and functions of NumPy and torch.
_VALUES = {
    "equals", "matches", "is_whole", "judges", "judges_each",
    "array_equal", "assert_array_equal", "assert_equal", "equal",
    "allclose", "isclose", "assert_allclose", "assert_close",
}  # fmt: skip
_BROADCAST = {"allclose", "isclose", "assert_allclose", "assert_array_almost_equal", "assert_almost_equal"}
_FORM = {"shape", "dtype", "ndim", "size", "len", "type", "isinstance", "isfinite", "callable"}


def points(bench: Bench) -> list[str]:
    """Return what is wrong in the tests of an assignment."""
    problems = []
    for question in bench.assignment.graded:
        text = question.tests.read_text(encoding="utf-8") if question.tests else ""
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                problems += [words for _, words in find(node, not any(map(_is_free, node.decorator_list)))]
    return problems


def _is_free(decorator: ast.expr) -> bool:
    """Say whether a test case has no points."""
    settings = decorator.keywords if isinstance(decorator, ast.Call) else []
    return any(s.arg == "points" and ast.unparse(s.value) in ("0", "0.0") for s in settings)


def find(function: ast.FunctionDef, earns: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the lines of a test at which something is wrong, and what to write instead.

    Parameters
    ----------
    function : ast.FunctionDef
        The test.
    earns : bool
        Whether points hang on it.
    """
    name = function.name
    if earns and not any(map(_compares_a_value, ast.walk(function))):
        refuses = any(_called(node) == "refuses" or _excepts(node) for node in ast.walk(function))
        what = "whether something raises" if refuses else "for shapes, types or properties"
        who = "raises ValueError at every call" if refuses else "computes nothing"
        yield (
            function.lineno,
            f"{name} asks only {what}, and code that {who} passes: compare a value in the same test, "
            "or write `points: 0`",
        )
    for node in ast.walk(function):
        if _called(node) in _BROADCAST and not _compares_shapes(function):
            yield (
                node.lineno,  # type: ignore[attr-defined]
                f"{name}: `{_called(node)}` broadcasts, and is true of empty arrays: use "
                "checks.Answer(value, 'what it is').matches(right), or compare the shapes first",
            )
    yield from _lent_and_used(function)


def _called(node: ast.AST) -> str:
    """Return the last name of what is called; empty where nothing is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _excepts(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) or _called(node) == "raises"


def _compares_a_value(node: ast.AST) -> bool:
    if _called(node) in _VALUES:
        return True
    if isinstance(node, ast.Return) and node.value is not None:  # a score, for bands
        return True
    return isinstance(node, ast.Assert) and _tells_values(node.test)


def _tells_values(test: ast.expr) -> bool:
    """Say whether an asserted expression looks at more than shapes and types."""
    if isinstance(test, ast.BoolOp):
        return any(map(_tells_values, test.values))
    if isinstance(test, ast.Compare):
        none = any(isinstance(c, ast.Constant) and c.value is None for c in test.comparators)
        return not none and not _is_form(test.left) and not any(map(_is_form, test.comparators))
    return False


def _is_form(node: ast.expr) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr in _FORM) or _called(node) in _FORM


def _compares_shapes(function: ast.FunctionDef) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "shape") or _called(node) in ("shape", "array")
        for node in ast.walk(function)
    )


def _lent_and_used(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Yield direct calls of a student's function with an array that the test uses again below."""
    students = {argument.arg for argument in function.args.args}
    used: dict[str, int] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used[node.id] = max(used.get(node.id, 0), node.lineno)
    nested = [n for n in ast.walk(function) if isinstance(n, ast.FunctionDef) and n is not function]
    away = {id(inner) for part in nested for inner in ast.walk(part)}
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in students):
            continue
        if id(node) in away:
            continue
        for argument in node.args:
            if isinstance(argument, ast.Name) and used[argument.id] > (node.end_lineno or node.lineno):
                yield (
                    node.lineno,
                    f"{function.name} passes `{argument.id}` itself to {node.func.id} and uses it below; in "
                    f"a notebook the answer may have overwritten it: write checks.call({node.func.id!r}, "
                    f"{node.func.id}, …), which passes copies",
                )
                break
