"""Notebooks in and out: read what was submitted, and write it with the outputs the sandbox gave."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat

from .errors import printable
from .inside.outputs import MIME_TYPES
from .replay import CellRun

NOTEBOOK_BYTES = 64 << 20
CELLS = 2_000
SOURCE_BYTES = 4 << 20
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Unreadable(ValueError):
    """What was submitted is no notebook; the message says why, in words."""


def read(submission: str | bytes) -> nbformat.NotebookNode:
    """Return the submitted notebook in the current format.

    Raises
    ------
    Unreadable
        When it is not one; nothing else is raised, whatever was submitted.
    """
    if len(submission) > NOTEBOOK_BYTES:
        raise Unreadable(f"the notebook is larger than {NOTEBOOK_BYTES >> 20} MiB")
    try:
        text = submission.decode("utf-8-sig") if isinstance(submission, bytes) else submission
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("not a notebook: the file is not JSON") from None
    if not isinstance(parsed, dict) or not ("cells" in parsed or "worksheets" in parsed):
        raise Unreadable("not a notebook: the file has no cells")
    try:
        notebook = nbformat.reads(json.dumps(parsed), as_version=4)
        cells = [c for c in notebook.cells if c.cell_type == "code"]
        sources = [c.source for c in cells]
    except Exception as error:  # nbformat raises nearly anything for a broken notebook
        raise Unreadable(f"not a notebook: {type(error).__name__} while reading it") from None
    if any(not isinstance(source, str) for source in sources):
        raise Unreadable("not a notebook: a cell has no text")
    if len(cells) > CELLS or sum(map(len, sources)) > SOURCE_BYTES:
        raise Unreadable(f"the notebook has more than {CELLS} code cells or {SOURCE_BYTES >> 20} MiB of code")
    return notebook


def sources(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the sources of the code cells, as text that can be sent."""
    return [
        c.source.encode("utf-8", "backslashreplace").decode() for c in notebook.cells if c.cell_type == "code"
    ]


def write(notebook: nbformat.NotebookNode, runs: list[CellRun], room: int) -> str:
    """Return the notebook as JSON with the outputs of ``runs``, at most ``room`` bytes of them.

    The outputs are the student's: whoever shows them escapes text and does not trust HTML.
    """
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    for count, (cell, run) in enumerate(zip(cells, runs, strict=True), start=1):
        cell.execution_count = None if run.skipped else count
        cell.outputs = []
        if run.skipped:
            text = f"[grader] {run.skipped}; this cell was skipped.\n"
            cell.outputs.append(nbformat.v4.new_output("stream", name="stderr", text=text))
        for output in run.outputs:
            room -= sum(map(len, output))
            node = _node(output, count) if room >= 0 else None
            if node is not None:
                cell.outputs.append(node)
    return str(nbformat.v4.writes(notebook))


def _node(output: list[str], count: int) -> Any:
    kind, *parts = output
    if kind == "stream" and len(parts) == 2 and parts[0] in ("stdout", "stderr"):
        return nbformat.v4.new_output("stream", name=parts[0], text=_plain(parts[1]))
    if kind == "error" and len(parts) == 3:
        name, value, trace = (_plain(part) for part in parts)
        return nbformat.v4.new_output("error", ename=name, evalue=value, traceback=trace.splitlines())
    if kind in ("display", "result") and len(parts) % 2 == 0:
        data = {m: v for m, v in zip(parts[::2], parts[1::2], strict=True) if m in MIME_TYPES}
        if kind == "display":
            return nbformat.v4.new_output("display_data", data=data)
        return nbformat.v4.new_output("execute_result", data=data, execution_count=count)
    return None


def _plain(text: str) -> str:
    return printable(_ANSI.sub("", text).replace("\r\n", "\n").replace("\r", "\n"), len(text))
