"""A notebook out again: its code cells, and the whole with the outputs that the sandbox gave."""

from __future__ import annotations

import json
import re

from autograder.submissions.notebook import Notebook as Notebook
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.notebook import read as read

from .errors import printable
from .inside.outputs import MIME_TYPES
from .replay import CellRun, cost

Unreadable = UnreadableError
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def code_cells(notebook: Notebook) -> list[Notebook]:
    """Return the code cells."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def sources(notebook: Notebook) -> list[str]:
    """Return the sources of the code cells, as text that can be sent."""
    return [cell["source"].encode("utf-8", "backslashreplace").decode() for cell in code_cells(notebook)]


def write(notebook: Notebook, runs: list[CellRun], room: int) -> str:
    """Return the notebook as JSON with the outputs of ``runs``, at most ``room`` bytes of them.

    The outputs are the student's: code that shows them must escape text and not trust HTML.
    """
    for count, (cell, run) in enumerate(zip(code_cells(notebook), runs, strict=True), start=1):
        cell["execution_count"] = None if run.skipped else count
        outputs: list[dict[str, object]] = []
        cell["outputs"] = outputs
        for output in run.outputs:
            room -= cost(output)
            node = _node(output, count) if room >= 0 else None
            if node is not None:
                outputs.append(node)
        if run.stopped:
            text = f"[grader] {run.stopped}.\n"
            outputs.append({"output_type": "stream", "name": "stderr", "text": text})
    # In one line: with line breaks Python itself encodes, twenty times as slowly. Escaped, because a source
    # may hold half a surrogate pair.
    return json.dumps(notebook)


def _node(output: list[str], count: int) -> dict[str, object] | None:
    kind, *parts = output
    if kind == "stream" and len(parts) == 2 and parts[0] in ("stdout", "stderr"):
        return {"output_type": "stream", "name": parts[0], "text": _plain(parts[1])}
    if kind == "error" and len(parts) == 3:
        name, value, trace = (_plain(part) for part in parts)
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": trace.splitlines()}
    if kind in ("display", "result") and len(parts) % 2 == 0:
        shown = zip(parts[::2], parts[1::2], strict=True)
        data = {m: _plain(v) if m == "text/plain" else v for m, v in shown if m in MIME_TYPES}
        node: dict[str, object] = {"output_type": "display_data", "data": data, "metadata": {}}
        if kind == "result":
            node.update(output_type="execute_result", execution_count=count)
        return node
    return None


def _plain(text: str) -> str:
    return printable(_ANSI.sub("", text).replace("\r\n", "\n").replace("\r", "\n"), len(text))
