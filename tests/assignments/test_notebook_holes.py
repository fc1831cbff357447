"""A student's notebook runs from top to bottom whatever is solved, also as Colab saves it, and adds up."""

import json
import random
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.assignment import Assignment
from autograder.release import build, master, variants
from autograder.release.variants import own_answers
from tests.assignments.ran import raised
from tests.support import ROOT

Notebook = dict
# A test of the checks runs the whole solution.
HALF, NOTHING = (0.5, 5), (0.0, 0)
"""How much of an assignment is solved: the share of its questions, and the seed that draws them."""


def given(built: Assignment, folder: Path) -> Notebook:
    """Unpack the student's archive and return the notebook in it."""
    zipfile.ZipFile(built.folder / "student.zip").extractall(folder)
    found: Notebook = json.loads((folder / built.name / built.notebook).read_text(encoding="utf-8"))
    return found


def solved(built: Assignment, notebook: Notebook, part: tuple[float, int]) -> Notebook:
    """Put the master's answers to some questions into a notebook."""
    share, seed = part
    answers = own_answers(master.read(built.name, ROOT))
    names = [q.name for q in built.graded]
    drawn = sorted(random.Random(seed).sample(names, round(share * len(names))))
    return variants.answer(notebook, {name: answers[name] for name in drawn})


def as_colab_saves(notebook: Notebook) -> Notebook:
    """Return a notebook as Colab writes it: ids of cells in their metadata, and metadata of its own."""
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"]).splitlines(keepends=True)
        metadata = {**cell["metadata"], "id": f"{number:012x}"}
        kept = {"cell_type": cell["cell_type"], "source": source, "metadata": metadata}
        cells.append(kept | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {}))
    metadata = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    return {"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells}


def errors(notebook: Notebook, folder: Path) -> list[str]:
    """Run a notebook from top to bottom and return the cells that raise; the export needs a saved file."""
    (folder / "saved.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    node = nbformat.from_dict(notebook)
    for cell in node.cells:
        cell.source = "".join(cell.source)
    client = NotebookClient(
        node, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return raised(node)


@pytest.mark.slow
def test_restart_and_run_all_comes_to_the_end(built: Assignment, tmp_path: Path) -> None:
    notebook = solved(built, given(built, tmp_path), HALF)
    assert errors(notebook, tmp_path / built.name) == []


@pytest.mark.slow
def test_a_notebook_that_colab_saved_runs_with_nothing_solved(built: Assignment, tmp_path: Path) -> None:
    notebook = as_colab_saves(solved(built, given(built, tmp_path), NOTHING))
    nbformat.validate(notebook)
    assert errors(notebook, tmp_path / built.name) == []


def test_a_cell_that_raises_is_found(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("1 / 0")
    broken = json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))
    assert errors(broken, tmp_path) == ["'1 / 0': ZeroDivisionError: division by zero"]


def minutes(text: str) -> tuple[list[int], list[int]]:
    """Return the minutes in the headings of questions, and those that the introduction says."""
    headings = re.findall(r"^# ### q\d+ .*?(\d+) minutes$", text, re.MULTILINE)
    introduction = text.split("# # BEGIN QUESTION")[0]
    return [int(m) for m in headings], [int(m) for m in re.findall(r"\b(\d+) minutes\b", introduction)]


@pytest.mark.parametrize("name", build.names(ROOT))
def test_the_minutes_of_the_questions_add_up_to_what_the_introduction_says(name: str) -> None:
    text = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    each, said = minutes(text)
    assert len(each) == len(master.read(name, ROOT).questions)
    assert said == [sum(each)]


@pytest.mark.parametrize("name", build.names(ROOT))
def test_a_cell_of_an_answer_defines_one_thing(name: str) -> None:
    source = master.read(name, ROOT)
    for cell in source.notebook.cells:
        place = cell.metadata.get(master.MARK, {})
        if place.get("block") == "solution" and cell.cell_type == "code":
            defined = re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
            assert len(defined) <= 1, f"{defined} stand in one cell: where one fails, the others are lost"
