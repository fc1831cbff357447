"""Notebooks in and out: read what was submitted, and write it with the outputs the sandbox gave."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat

from .errors import printable
from .inside.outputs import MIME_TYPES
from .replay import CellRun, cost

NOTEBOOK_BYTES = 64 << 20
CELLS = 2_000
SOURCE_BYTES = 4 << 20
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_upgrade: Any = nbformat.reads

Notebook = dict[str, Any]


class Unreadable(ValueError):
    """What was submitted is no notebook; the message says why, in words."""


def read(submission: str | bytes) -> Notebook:
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
    if not isinstance(parsed, dict):
        raise Unreadable("not a notebook: the file has no cells")
    try:
        if "worksheets" in parsed:
            parsed = _upgrade(json.dumps(parsed), as_version=4)
        notebook = _repaired(parsed)
    except Unreadable:
        raise
    except Exception as error:  # nbformat raises nearly anything for a broken old notebook
        raise Unreadable(f"not a notebook: {type(error).__name__} while reading it") from None
    texts = sources(notebook)
    if len(texts) > CELLS or sum(map(len, texts)) > SOURCE_BYTES:
        raise Unreadable(f"the notebook has more than {CELLS} code cells or {SOURCE_BYTES >> 20} MiB of code")
    return notebook


def _repaired(parsed: Notebook) -> Notebook:
    """Return a valid notebook with the cells of ``parsed``: editors and students lose keys, not answers."""
    if not isinstance(parsed.get("cells"), list):
        raise Unreadable("not a notebook: the file has no cells")
    cells: list[Notebook] = []
    taken: set[str] = set()
    for number, cell in enumerate(parsed["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise Unreadable(f"not a notebook: cell {number} is no cell")
        source = cell.get("source", "")
        lines = source if isinstance(source, list) else [source]
        if any(not isinstance(line, str) for line in lines):
            raise Unreadable(f"not a notebook: cell {number} has no text")
        name = cell.get("id")
        if not isinstance(name, str) or not _ID.fullmatch(name) or name in taken:
            name = f"cell-{number}"
        taken.add(name)
        kept = {"id": name, "cell_type": cell["cell_type"], "source": "".join(lines), "metadata": _dict(cell)}
        if cell["cell_type"] == "code":
            kept.update(outputs=[], execution_count=None)
        elif attachments := _attachments(cell.get("attachments")):
            kept["attachments"] = attachments
        cells.append(kept)
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": _dict(parsed), "cells": cells}


def _attachments(found: object) -> Notebook:
    """Return the pictures pasted into a cell, those of them that are well formed."""
    if not isinstance(found, dict):
        return {}
    return {
        name: bundle
        for name, bundle in found.items()
        if isinstance(bundle, dict) and all(isinstance(value, str) for value in bundle.values())
    }


def _dict(part: Notebook) -> Notebook:
    metadata = part.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


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
    return json.dumps(notebook, indent=1)  # escaped: a source may hold half a surrogate pair


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
