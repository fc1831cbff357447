"""Which functions of a package can raise `ValueError`, read from their source: themselves, or by a call."""

import ast
import inspect
import textwrap
from types import FunctionType
from typing import Any


def definitions(owner: type, name: str) -> list[FunctionType]:
    """Return every definition of a method, from the class up through its bases."""
    found = (vars(base).get(name) for base in owner.__mro__)
    plain = (getattr(value, "__func__", value) for value in found)  # a static or class method holds one
    return [function for function in plain if inspect.isfunction(function)]


def raises_itself(function: Any) -> bool:
    """Say whether a ``raise ValueError`` stands in the function."""
    raised = (node.exc for node in ast.walk(_tree(function)) if isinstance(node, ast.Raise))
    return any("ValueError" in ast.unparse(error) for error in raised if error is not None)


def can_raise(function: FunctionType, owner: type | None = None, seen: set[Any] | None = None) -> bool:
    """Say whether a call may end in a ``raise ValueError`` of the same package.

    Followed are calls by name, of a module's attribute, of a class, and of a method of `owner`.
    """
    seen = set() if seen is None else seen
    if (function, owner) in seen:
        return False
    seen.add((function, owner))
    if raises_itself(function):
        return True
    calls = (node.func for node in ast.walk(_tree(function)) if isinstance(node, ast.Call))
    return any(
        can_raise(target, its_owner, seen)
        for call in calls
        for target, its_owner in _targets(call, function, owner)
        if target.__module__.partition(".")[0] == function.__module__.partition(".")[0]
    )


def _targets(call: ast.expr, function: FunctionType, owner: type | None) -> list[tuple[FunctionType, Any]]:
    """Return the functions that a call may reach, each with the class whose method it is."""
    names = function.__globals__
    value: Any = None
    if isinstance(call, ast.Name):
        value = names.get(call.id)
    elif isinstance(call, ast.Attribute):
        module = names.get(call.value.id) if isinstance(call.value, ast.Name) else None
        if inspect.ismodule(module):
            value = getattr(module, call.attr, None)
        elif owner is not None:
            return [(target, owner) for target in definitions(owner, call.attr)]
    if inspect.isclass(value):
        if hasattr(value, "__dataclass_fields__"):
            return []  # its __init__ has no source
        return [(target, value) for target in definitions(value, "__init__")]
    value = inspect.unwrap(value) if callable(value) else value
    return [(value, None)] if inspect.isfunction(value) else []


def _tree(function: Any) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
