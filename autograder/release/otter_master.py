"""Writes a master as the notebook that Otter Assign reads."""

from __future__ import annotations

import copy
from pathlib import Path

import jupytext

from autograder.release import bands, head, told
from autograder.release.master import MARK, Master


def write(master: Master, folder: Path) -> Path:
    """Write the master as the .ipynb that Otter Assign reads, with its rules stated, and return its path."""
    path = folder / f"{master.name}.ipynb"
    notebook = told.tell(master, master.notebook)
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "raw":
            cell.source = head.without(cell.source)
        tests = cell.metadata.get(MARK, {}).get("block") == "tests"
        for number, source in enumerate(bands.expand(cell.source) if tests else [cell.source]):
            one = copy.deepcopy(cell) if number else cell
            if number and "id" in one:
                one["id"] += f"-{number}"
            one.source = source
            cells.append(one)
    notebook.cells = cells
    for name, content in master.data.items():
        (folder / name).write_bytes(content)
    jupytext.write(notebook, path)
    return path
