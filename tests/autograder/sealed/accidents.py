"""The small assignment again, as a build that knows its cells, and what it says of notebooks."""

import json
from pathlib import Path

import nbformat

from autograder.assignment import Assignment, load
from coursekit._rules import mark
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST

NUMBERS = "import numpy as np\nfrom coursekit.notebook import Grader\n\ngrader = Grader('tiny')"
ASKS = {"double": ["double"], "size": ["output_size"], "layer": ["Scale"]}
ANSWERS = dict(zip(ASKS, HONEST[1:], strict=True))


def make(folder: Path, tests: dict[str, str] | None = None, modules: tuple[str, ...] = ()) -> Assignment:
    """Write the assignment with what a build notes of its cells, and load it."""
    home = class_of_one.make(folder, tests, modules).folder
    manifest = json.loads((home / "manifest.json").read_text())
    manifest["cells"] = {"given": [mark(NUMBERS)], "asks": ASKS if tests is None else {}}
    (home / "manifest.json").write_text(json.dumps(manifest))
    return load("tiny", folder)


def handed_in(*more: str, first: str = NUMBERS, **answers: str) -> str:
    """Return a notebook as students have it: imports, then each answer in a marked cell, with its check."""
    cells = [_code(first)]
    for question, source in {**ANSWERS, **answers}.items():
        cells += [_code(source, question), _code(f'grader.check("{question}")')]
    return as_json([*cells, *map(_code, more)])


def as_json(cells: list[dict]) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def changed(place: int, **changes: object) -> str:
    """Return an honest notebook in which one cell has other keys."""
    cells = json.loads(handed_in())["cells"]
    cells[place] |= changes
    return as_json(cells)


def plain(*sources: str) -> str:
    """Return a notebook that bears no marks of the assignment."""
    return as_json(list(map(_code, sources)))


def _code(source: str, question: str = "") -> dict:
    cell = dict(nbformat.v4.new_code_cell(source))
    if question:
        cell["metadata"] = {"nbgrader": {"grade_id": f"{question}-answer", "solution": True}}
    return cell
