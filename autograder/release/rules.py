"""The rules that a master's head declares: read, refused where they make no sense, and told to students."""

from __future__ import annotations

import ast
import copy
import difflib
import importlib
import importlib.util
import math
import pkgutil
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from autograder.sealed.limits import GIB, MIB, Limits, size
from coursekit import _rules
from coursekit._files import Wanted
from coursekit._files import size as files_size

if TYPE_CHECKING:
    from autograder.release.master import Master

MODULES = ("numpy",)  # what may be imported unless the head says otherwise
MARK = "course"  # as in `blocks`, which reads what is read here
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
            raise ValueError(f"`{name}` is not installed here{_meant(name)}: mend the name, or install it")
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
                raise ValueError(f"`{name}`: nothing here is called `{head}`{_meant(head)}: mend the name")
            near = difflib.get_close_matches(last, found, 1)
            meant = f", did you mean `{_rules.shown(f'{head}.{near[0]}')}`" if near else ""
            raise ValueError(f"there is no `{name}` here{meant}: a misspelt name forbids nothing")
    return names


def default() -> dict[str, Any]:
    """Return the rules of an assignment whose head says nothing."""
    usual = Limits()
    times = {"cell": usual.cell_seconds, "call": usual.call_seconds}
    return {"modules": list(MODULES), "seconds": times, "memory": usual.memory}


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


def rules_of(
    name: str, course: Mapping[str, Any], forbidden: Mapping[str, Mapping[str, Any]], cells: Mapping[str, Any]
) -> _rules.Rules:
    """Return the rules as those know them who judge by them."""
    found = _rules.Rules.of(name, course, forbidden, cells)
    assert found is not None  # what a head leaves open is filled in
    return found


def told(master: Master) -> str:
    """Return the cell that tells students the rules."""
    rules = rules_of(master.name, master.course, {}, {})
    cell, call = (duration(master.course["seconds"][key]) for key in ("cell", "call"))
    lines = [
        "**Rules of this homework.** They hold in your notebook and at the grader's. The checks and the "
        "export tell you when you break one.",
        "",
        f"- **Modules.** You may import {rules.in_words}. Nothing else is there when your work is graded: a "
        "cell that imports it stops, and an answer that uses it gets no points.",
        f"- **Time.** A cell may run for {cell}, one call of your function for {call}.",
        f"- **Memory.** The notebook may use {size(master.course['memory'])} in all.",
    ]
    if wanted := Wanted.all(master.course):
        listed = ", ".join(f"`{f.name}` (at most {files_size(f.most)})" for f in wanted)
        lines.append(
            f"- **Files.** Hand in beside the notebook: {listed}. The export puts them into the zip, and "
            "says before what is missing or wrong."
        )
    if any(question.course.get("forbids") for question in master.questions):
        lines.append(
            "- **Names.** Some questions say what their answer must do without. An answer that uses it all "
            "the same gets no points."
        )
    return "\n".join(lines)


def told_of_question(forbidden: Sequence[str]) -> str:
    """Return the sentence that a question's text ends with."""
    names = [
        "any loop (`for`, `while`, comprehensions)" if n == _rules.LOOPS else f"`{n}`" for n in forbidden
    ]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return (
        f"**Do without** {listed}: an answer that uses {'them' if len(names) > 1 else 'it'} gets no points."
    )


def duration(number: float) -> str:
    """Return seconds in words."""
    if number >= 120 and number % 60 == 0:
        return f"{number / 60:g} minutes"
    return f"{number:g} second{'' if math.isclose(number, 1) else 's'}"


def tell(master: Master, notebook: Any) -> Any:
    """Return a copy of a master's notebook that tells the rules: below its introduction, in its questions."""
    said = copy.deepcopy(notebook)
    first = next(k for k, cell in enumerate(said.cells) if _is_title(cell))
    make: Any = nbformat.v4.new_markdown_cell
    for question in master.questions:
        if forbidden := question.course.get("forbids"):
            cell = _text_of(said.cells, question.name)
            cell.source = f"{cell.source}\n\n{told_of_question(forbidden)}"
    said.cells.insert(first + 1, make(told(master)))
    return said


def _is_title(cell: Any) -> bool:
    return cell.cell_type == "markdown" and bool(re.match(r"# \S", cell.source))


def _text_of(cells: Iterable[Any], question: str) -> Any:
    """Return the last text above the place of a question's answer."""
    found = None
    for cell in cells:
        place = cell.metadata.get(MARK, {})
        if place.get("question") != question:
            continue
        if place["block"] != "question":
            break
        found = cell if cell.cell_type == "markdown" else found
    if found is None:
        raise ValueError(f"{question} forbids names and has no text to say so: write one above its answer")
    return found


def known(student: Any, tests: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what judging by the rules needs to know of the cells that students get.

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
