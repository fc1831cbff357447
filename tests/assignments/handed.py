"""The small assignment whose files are handed in, built; and what a student might hand in for it."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment import Assignment
from autograder.records.results import NotebookResult
from autograder.release import build
from tests.support import ROOT

NAME = "checkpoint"
Files = dict[str, bytes]


def course(folder: Path) -> Path:
    """Return ``folder`` as a repository with the assignment alone, built."""
    shutil.copy(ROOT / "_config.yml", folder)
    shutil.copytree(ROOT / "tests/assignments/small" / NAME, folder / "solutions" / NAME)
    build.build_assignment(NAME, folder)
    return folder


def files_of(root: Path) -> Files:
    """Return what is handed in beside the master's own notebook."""
    return {path.name: path.read_bytes() for path in (root / "solutions" / NAME / "files").iterdir()}


def solution(built: Assignment) -> dict[str, Any]:
    """Return the master's notebook."""
    found: dict[str, Any] = json.loads((built.folder / "solution.ipynb").read_text(encoding="utf-8"))
    return found


def code_cell(source: str, name: str) -> dict[str, Any]:
    """Return a cell of a student's."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }


def with_cells(built: Assignment, *cells: str, last: bool = True) -> str:
    """Return the master's notebook with cells of a student's behind it, or before it."""
    notebook = solution(built)
    added = [code_cell(source, f"c{k}") for k, source in enumerate(cells)]
    own = notebook["cells"]
    return json.dumps(notebook | {"cells": own + added if last else added + own})


def scores(result: NotebookResult) -> dict[str, float]:
    """Return the score of each question."""
    return {question.name: question.score for question in result.questions}


def half_wrong(files: Files) -> bytes:
    """Return predictions of which two fifths are no kind at all: they earn one band of three."""
    kinds = np.load(io.BytesIO(files["predictions.npy"]))
    buffer = io.BytesIO()
    np.save(buffer, np.where(np.arange(200) < 120, kinds, 3))
    return buffer.getvalue()
