"""Answers that compute nothing, made for the names that a master's answers define: none may earn anything."""

from __future__ import annotations

import ast
from textwrap import indent

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
# Kind → the number that fills what the master's own answer would return.
FILLS: dict[str, str] = {
    "returns zeros of the right shape": "0",
    "returns ones of the right shape": "1",
    "returns NaN of the right shape": "float('nan')",
}
KINDS = (*RETURNS, *FILLS)
_VALUES = {"returns None", "returns 0", "returns 1", "returns NaN", "returns True", "returns an empty list"}
FILLED = """
def _emptied(real, fill):
    import copy

    import numpy as np

    def filled(value):
        if isinstance(value, (list, tuple)):
            return type(value)(map(filled, value))
        if isinstance(value, np.ndarray):
            whole = np.issubdtype(value.dtype, np.integer) and fill == fill
            return np.full(value.shape, fill, value.dtype if whole else float)
        if hasattr(value, "new_full"):
            return value.new_full(value.shape, fill)
        if isinstance(value, (bool, int)):
            return type(value)(fill) if fill == fill else fill
        return float(fill) if isinstance(value, (float, np.number)) else None

    def answer(*args, **kwargs):
        try:
            value = real(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        except Exception:
            return None
        return filled(value)

    return answer

"""


def answer(own: str, kind: str) -> str | None:
    """Return an answer of a kind to the question that ``own`` answers, or None where the kind has no meaning.

    Parameters
    ----------
    own : str
        The master's answer.
    kind : str
        One of `KINDS`.
    """
    body = ast.parse(own).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    if kind in FILLS:
        if not functions:
            return None
        emptied = [f"{f.name} = _emptied({f.name}, {FILLS[kind]})" for f in functions]
        return "\n".join([own, FILLED, *emptied, ""])
    parts = ["import numpy as np\n"]
    parts += [_function(f.name, RETURNS[kind]) for f in functions]
    parts += [_class(c, RETURNS[kind]) for c in classes]
    if kind in _VALUES:
        value = RETURNS[kind].removeprefix("return ")
        parts += [f"{name} = {value}\n" for node in body for name in _assigned(node)]
    return "\n".join(parts) if len(parts) > 1 else None


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
