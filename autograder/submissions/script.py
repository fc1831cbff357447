"""A Python script handed in for a notebook: cells in the percent format, or statements."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from autograder.submissions.notebook import UnreadableError, text_of
from autograder.text import one_line

MAX_SCRIPT = 4 * 2**20  # bytes
_PERCENT = re.compile(r"^#[ \t]*%%(?=[ \t\[]|$)", re.MULTILINE)
_EXPORTED = re.compile(r"^# In\[[ \d]*\]:[ \t]*$", re.MULTILINE)  # how nbconvert and VS Code mark a cell


def as_notebook(raw: bytes) -> bytes:
    """Read a script as a notebook.

    Where lines ``# %%`` mark cells, jupytext reads them, Markdown and magics included; ``# In[1]:`` is taken
    for such a line. Without marks, as Colab downloads scripts, each statement becomes a cell, so that one
    that fails stops no other, and a text alone in triple quotes becomes a text.

    Returns
    -------
    bytes
        nbformat JSON.

    Raises
    ------
    UnreadableError
        When it is no script that can be read.
    """
    if len(raw) > MAX_SCRIPT:
        raise UnreadableError(f"the script is larger than {MAX_SCRIPT // 2**20} MiB")
    text = text_of(raw).replace("\r\n", "\n")
    if not text.strip():
        raise UnreadableError("the file holds nothing but blanks" if raw else "the file is empty")
    if not _PERCENT.search(text):
        text = _EXPORTED.sub("# %%", text)
    cells = _marked(text) if _PERCENT.search(text) else _statements(text)
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode("utf-8", "surrogatepass")


def _marked(text: str) -> list[dict[str, Any]]:
    import jupytext  # here, because few hand in scripts and it takes a while to load

    try:
        read = jupytext.reads(text, fmt="py:percent")
        return [
            _cell(str(cell["cell_type"]), str(cell["source"]).strip("\n"), dict(cell["metadata"]))
            for cell in read["cells"]
        ]
    except Exception as error:  # jupytext reads headers as YAML and options as Python or JSON
        raise UnreadableError(f"the script cannot be read ({one_line(str(error), 60)})") from None


def _statements(text: str) -> list[dict[str, Any]]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [_cell("code", text)]  # Python's own message shows where it runs
    lines = text.splitlines(keepends=True)
    cells = []
    begun = 0
    for node in body:
        end = node.end_lineno or node.lineno
        if end <= begun:  # several statements in one line
            continue
        source = "".join(lines[begun:end]).strip("\n")
        begun = end
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and type(node.value.value) is str
        ):
            cells.append(_cell("markdown", node.value.value.strip()))
        else:
            cells.append(_cell("code", source))
    return cells


def _cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": metadata or {}, "source": source}
    return cell | {"outputs": [], "execution_count": None} if kind == "code" else cell
