"""Reads a master: the text notebook with solutions and all tests from which everything else is made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext

from autograder.release import addresses, attached, blocks
from autograder.release import term as terms
from autograder.release.blocks import MARK, MasterQuestion
from autograder.release.testcells import Wrong

__all__ = ["MARK", "Master", "MasterQuestion", "read"]


@dataclass(frozen=True)
class Master:
    """A master notebook, with the addresses filled in and every cell of a question marked with its name."""

    name: str
    title: str
    questions: tuple[MasterQuestion, ...]
    course: dict[str, Any]  # what its head says under `course:`
    notebook: Any  # nbformat's NotebookNode, which has no types
    data: dict[str, bytes] = field(default_factory=dict)  # files that only the grader gets
    term: str = ""  # whose hidden inputs it has; empty for its own


def read(name: str, root: Path, of: str | None = None) -> Master:
    """Read ``solutions/<name>/<name>.py``, with the hidden inputs of a term.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    root : Path
        The repository.
    of : str, optional
        The term; without it the present one, if any was begun (`terms.find`).

    Raises
    ------
    FileNotFoundError
        When there is no such master; the message lists those there are.
    ValueError
        When Otter would refuse it or misread it in silence; the message names file, line and remedy.
    """
    path = root / "solutions" / name / f"{name}.py"
    if not path.is_file():
        there = ", ".join(
            sorted(p.parent.name for p in root.glob("solutions/*/*.py") if p.stem == p.parent.name)
        )
        raise FileNotFoundError(f"there is no master {name!r}; there are: {there or 'none'}")
    text = path.read_text(encoding="utf-8")
    addressed = addresses.filled(root)
    for key, value in addressed.items():
        text = text.replace("{{" + key + "}}", value)
    if unknown := re.search(r"\{\{\w+\}\}", text):
        line = text.count("\n", 0, unknown.start()) + 1
        known = ", ".join("{{" + key + "}}" for key in addressed)
        raise ValueError(f"{path.name}, line {line}: nothing fills {unknown[0]}: there are {known}")
    notebook = jupytext.reads(text, fmt="py:percent")
    title = _title(notebook, path.name)
    try:
        walk = blocks.Walk(notebook.cells, blocks.starts(text, notebook.cells))
        questions = walk.go()
    except Wrong as wrong:
        raise ValueError(f"{path.name}, line {wrong.line}: {wrong}") from None
    if not questions:
        raise ValueError(f"{path.name}, line 1: there is no question: write a raw cell `# BEGIN QUESTION`")
    try:
        held = attached.load(walk.course, path)
    except ValueError as error:
        line = next((k for k, row in enumerate(text.splitlines(), 1) if re.match(r"#?\s+data:", row)), 1)
        raise ValueError(f"{path.name}, line {line}: {error}") from None
    drawn = (now := terms.find(root, of)) and any(c.seeds for c in terms.redraw(notebook.cells, name, now))
    return Master(name, title, questions, walk.course, notebook, held, now.name if now and drawn else "")


def _title(notebook: Any, where: str) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (heading := re.match(r"# (.+)", cell.source)):
            return heading[1].strip()
    raise ValueError(
        f"{where}, line 1: no cell starts with a heading: write a markdown cell with '# Title' at the top"
    )
