"""The rules that a master's head declares: read, and refused where they make no sense."""

from __future__ import annotations

import ast
import difflib
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.limits import GIB, MIB, Limits, size
from coursekit import _rules

MODULES = ("numpy",)  # what may be imported unless the head says otherwise
LEAST_MEMORY, MOST_MEMORY, MOST_SECONDS = 256 * MIB, 256 * GIB, 3600.0
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(MiB|GiB)")
_UNITS = {"MiB": MIB, "GiB": GIB}


def modules(value: Any) -> list[str]:
    """Read the modules that may be imported.

    Raises
    ------
    ValueError
        When the value is no list of dotted names, or one of them is not installed here.
    """
    names = _names(value, "[numpy, torch]")
    for name in names:
        root = name.partition(".")[0]
        if root == "autograder":
            raise ValueError("`autograder` holds the tests, and no notebook may see it: take it out")
        try:
            there = importlib.util.find_spec(name) is not None
        except (ImportError, ValueError):
            there = False
        if not there:
            raise ValueError(f"`{name}` is not installed here{_meant(name)}: correct the name, or install it")
    return names


def seconds(value: Any) -> dict[str, float]:
    """Read how long a cell and a call of a student's function may take.

    Raises
    ------
    ValueError
        When it is not a number of seconds for ``cell``, ``call`` or both.
    """
    if not isinstance(value, dict) or not value or value.keys() - {"cell", "call"}:
        raise ValueError(
            f"seconds are for `cell`, `call` or both: write {{cell: 20, call: 10}}, not {value!r}"
        )
    for key, number in value.items():
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number <= MOST_SECONDS:
            raise ValueError(f"`{key}` is a number of seconds, more than 0 and at most 3600, got {number!r}")
    return {**default()["seconds"], **value}


def memory(value: Any) -> int:
    """Read how much memory a notebook may use; return bytes.

    Raises
    ------
    ValueError
        When it is not like ``2 GiB``, or too little to start with.
    """
    found = _SIZE.fullmatch(str(value).strip())
    if not found:
        raise ValueError(f"memory is like `2 GiB` or `512 MiB`, got {value!r}")
    count = int(float(found[1]) * _UNITS[found[2]])
    if not LEAST_MEMORY <= count <= MOST_MEMORY:
        raise ValueError(
            f"memory is at least {size(LEAST_MEMORY)} and at most {size(MOST_MEMORY)}, got {value}"
        )
    return count


def forbids(value: Any) -> list[str]:
    """Read the names that the answer to a question must do without.

    Raises
    ------
    ValueError
        When the value is no list of dotted names, or a module that is installed has no such name.
    """
    names = _names(value, "[np.convolve, loops]")
    for name in names:
        head, _, last = _rules.normal(name).rpartition(".")
        if head and not (found := _members(head)) & {last}:
            if not found:
                raise ValueError(f"`{name}`: nothing here is called `{head}`{_meant(head)}: correct the name")
            near = difflib.get_close_matches(last, found, 1)
            meant = f", did you mean `{_rules.shown(f'{head}.{near[0]}')}`" if near else ""
            raise ValueError(f"there is no `{name}` here{meant}: a misspelt name forbids nothing")
    return names


def default() -> dict[str, Any]:
    """Return the rules of an assignment whose head says nothing."""
    usual = Limits()
    times = {"cell": usual.cell_seconds, "call": usual.call_seconds}
    return {"modules": list(MODULES), "seconds": times, "memory": usual.memory, "public_alone": False}


def public_alone(value: Any) -> bool:
    """Return whether public tests earn points where no hidden test of their question passes.

    Raises
    ------
    ValueError
        When it is neither true nor false.
    """
    if not isinstance(value, bool):
        raise ValueError(f"true or false, got {value!r}: write `public_alone: true`")
    return value


def _names(value: Any, example: str) -> list[str]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"a list of names is wanted, such as {example}, got {value!r}")
    for name in value:
        if not isinstance(name, str) or not _DOTTED.fullmatch(name):
            raise ValueError(f"a name is like `scipy.signal`, got {name!r}")
    return list(dict.fromkeys(value))


def _members(path: str) -> set[str]:
    """Return the names in a module or class; empty when it cannot be found here."""
    root, *rest = path.split(".")
    try:
        found: Any = importlib.import_module(root)
    except ImportError:
        return set()
    for k, part in enumerate(rest):
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(".".join([root, *rest[: k + 1]]))
            except ImportError:
                return set()
    inner = {part.name for part in pkgutil.iter_modules(getattr(found, "__path__", []))}
    return set(dir(found)) | inner


def _meant(name: str) -> str:
    """Return what was probably meant by the name of a module."""
    root, _, rest = name.partition(".")
    if rest and (there := _members(root)):
        near = difflib.get_close_matches(rest, there, 1)
        return f", did you mean `{root}.{near[0]}`" if near else ""
    there = {module.name for module in pkgutil.iter_modules()} - set(sys.stdlib_module_names)
    near = difflib.get_close_matches(root, there - {root}, 1)
    return f", did you mean `{near[0]}`" if near else ""


def known(student: Any, tests: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what judging by the rules needs to know about the cells that students get.

    Parameters
    ----------
    student : NotebookNode
        The student's notebook, with nbgrader's marks.
    tests : mapping
        All test files, hidden tests too: of these only the names that they ask for are taken.
    """
    given, blank = [], {}
    for cell in student.cells:
        entry = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and not entry.get("solution"):
            given.append(_rules.mark(cell.source))
        elif entry.get("solution") and entry.get("grade"):
            blank[entry["grade_id"]] = _rules.mark(cell.source)
    asks = {Path(name).stem: _asked(text.decode()) for name, text in tests.items()}
    return {"given": sorted(set(given)), "blank": blank, "asks": asks}


def _asked(source: str) -> list[str]:
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    names = {argument.arg for function in functions for argument in function.args.args}
    return sorted(names - {"env"})
