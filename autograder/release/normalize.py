"""Makes generated files the same on every machine at any time: no random ids, no timestamps."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
OURS = {"course", "lines_to_next_cell"}  # metadata for the way through the build alone
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(node: Any, generated: str) -> bytes:
    """Return a notebook as JSON: ids drawn from the cells' own text, no outputs, no editor's metadata.

    Parameters
    ----------
    node : NotebookNode
        The notebook; it is not changed.
    generated : str
        What made it from what, written into the metadata.
    """
    seen: Counter[str] = Counter()
    cells = []
    for cell in node.cells:
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
        digest = hashlib.sha256(source.encode()).hexdigest()[:8]
        seen[digest] += 1
        clean: dict[str, Any] = {
            "cell_type": cell.cell_type,
            "id": digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
            "metadata": {k: v for k, v in cell.metadata.items() if k not in OURS},
            "source": source.splitlines(keepends=True),
        }
        if cell.cell_type == "code":
            clean |= {"execution_count": None, "outputs": []}
        cells.append(clean)
    metadata = {"generated": generated, "kernelspec": KERNEL, "language_info": {"name": "python"}}
    return as_json({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def as_json(value: object) -> bytes:
    """Return ``value`` as readable JSON with sorted keys."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``files``: sorted, dated to `EPOCH`, uncompressed, because compressors differ."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix: otherwise the byte depends on the machine
            out.writestr(entry, files[name])
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
