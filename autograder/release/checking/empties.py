"""Answers that compute nothing, made for the names that a master's answers define: none may earn anything."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from types import MappingProxyType

from autograder.release.checking import nothing, shapes, taken

# Kind → what a function returns; `first` is its first argument, or None.
RETURNS: dict[str, str] = {
    "returns None": "return None",
    "returns 0": "return 0",
    "returns 1": "return 1",
    "returns NaN": "return float('nan')",
    "returns True": "return True",
    "returns an empty string": "return ''",
    "returns an empty list": "return []",
    "returns an empty array": "return np.zeros(0)",
    "returns its first argument": "return first",
    "returns zeros like its first argument": "return np.zeros(np.shape(first))",
    "returns ones like its first argument": "return np.ones(np.shape(first))",
    "always raises ValueError": "raise ValueError('no')",
    "always raises TypeError": "raise TypeError('no')",
}
KINDS = (*RETURNS, *nothing.MADE)
# The seal keeps these from points: they do something to whoever runs them, or look around there.
SEALED = (
    "fills all arrays around it with zeros and returns zeros",
    "says yes to the first function of a test",
    "says yes to a function by its name",
    "returns an array that it finds around it",
    "returns an array that equals everything",
    "returns an object that equals everything",
    "returns zeros and exchanges what compares",
)
AT_DESK = tuple(kind for kind in KINDS if kind not in SEALED)
_STRIDE = 13  # homeworks are that many kinds apart; it has no divisor in common with their number
_VALUES = {"returns None", "returns 0", "returns 1", "returns NaN", "returns True", "returns an empty list"}
TEXT = "\n".join(
    line
    for module in (shapes, taken, nothing)
    for line in re.sub(
        r"^from (?:autograder\S*|__future__) import (?:\([^)]*\)|.*)$",
        "",
        inspect.getsource(module),
        flags=re.M,
    ).splitlines()
)
"""What the answers of `nothing.MADE` are made with, as it stands in a notebook."""
_LOADED = f"""
import sys, types
if "nothing" not in sys.modules:
    sys.modules["nothing"] = types.ModuleType("nothing")
    exec({TEXT!r}, vars(sys.modules["nothing"]))
_nothing = sys.modules["nothing"]
"""
FILLED = f"{_LOADED}\n_emptied = _nothing.emptied\n"
"""What makes of a function one that returns a number in the right shapes: ``_emptied(function, 0)``."""
_ATTACK = """
_nothing.PUBLIC = {public!r}
_own = dict(globals())
exec({own!r}, _own)
"""


def mixed(assignment: str, questions: Sequence[str]) -> dict[str, str]:
    """Return for each question one kind of `AT_DESK`, to be graded under seal in one notebook.

    Assignments of neighbouring names begin elsewhere, so that a few of them have each kind under seal.
    """
    turn = _STRIDE * sum(map(ord, assignment))
    return {question: AT_DESK[(turn + k) % len(AT_DESK)] for k, question in enumerate(questions)}


def answer(own: str, kind: str, public: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """Return an answer of a kind to the question that ``own`` answers, or None where the kind has no meaning.

    Parameters
    ----------
    own : str
        The master's answer.
    kind : str
        One of `KINDS`.
    public : mapping of str, optional
        The public tests of each question, as students have them.
    """
    body = ast.parse(own).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    if kind in nothing.MADE:
        return _made(body, kind, public)
    parts = ["import numpy as np\n"]
    parts += [_function(f.name, RETURNS[kind]) for f in functions]
    parts += [_class(c, RETURNS[kind]) for c in classes]
    if kind in _VALUES:
        value = RETURNS[kind].removeprefix("return ")
        parts += [f"{name} = {value}\n" for node in body for name in _assigned(node)]
    return "\n".join(parts) if len(parts) > 1 else None


def _made(body: list[ast.stmt], kind: str, public: Mapping[str, str]) -> str | None:
    """Return an answer that is made out of the right one, which runs in a namespace of its own."""
    kept = [node for node in body if not isinstance(node, ast.Expr)]
    lines = []
    for node in kept:
        if isinstance(node, ast.FunctionDef):
            lines.append(f"{node.name} = _make(_own[{node.name!r}])")
        elif isinstance(node, ast.ClassDef):
            lines.append(f"{node.name} = _own[{node.name!r}]")
            lines += [
                f"{node.name}.{method.name} = _make({node.name}.{method.name})"
                for method in node.body
                if isinstance(method, ast.FunctionDef) and method.name != "__init__"
            ]
        for name in _assigned(node):
            lines.append(f"try:\n    {name} = _make(lambda: _own[{name!r}])()\nexcept ValueError:\n    pass")
    if not lines:
        return None
    own = "\n\n".join(ast.unparse(node) for node in kept)
    start = _LOADED + _ATTACK.format(public=dict(public), own=own)
    return "\n".join([start, f"_make = _nothing.MADE[{kind!r}]", *lines, ""])


def _function(name: str, body: str, extra: str = "") -> str:
    return f"def {name}({extra}*args, **kwargs):\n    first = args[0] if args else None\n    {body}\n"


def _class(node: ast.ClassDef, body: str) -> str:
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    start = "super().__init__()" if bases else "pass"
    parts = [f"def __init__(self, *args, **kwargs):\n    {start}\n"]
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name != "__init__":
            parts.append(_function(method.name, body, "self, "))
    return f"class {node.name}({bases}):\n" + indent("\n".join(parts), "    ")


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    names = [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]
    return [name for name in names if name != "_"]
