"""An assignment as a student meets it: in a kernel, from the archive, with the checks of coursekit."""

import io
import json
import os
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.validator import Validator

from autograder.assignment import Assignment
from autograder.release import variants
from tests.assignments.messages import WRONG
from tests.assignments.ran import raised


def run(notebook: dict, folder: Path) -> dict[str, str]:
    """Run a notebook in ``folder`` and return what each check said."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    node = nbformat.reads(json.dumps(notebook), as_version=4)
    client = NotebookClient(
        node, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return said(node)


def said(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Return what each check of a notebook that ran said."""
    return {
        cell.source.split('"')[1]: "".join(o.data["text/plain"] for o in cell.outputs if "data" in o)
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.startswith("grader.check(")
    }


@pytest.fixture
def desk(built: Assignment, tmp_path: Path) -> Path:
    """A folder with the student's archive unpacked."""
    zipfile.ZipFile(built.folder / "student.zip").extractall(tmp_path)
    return tmp_path / built.name


class Kept(Validator):
    """nbgrader's validator, which also keeps the notebook that it ran."""

    def _preprocess(self, nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
        self.ran = super()._preprocess(nb)
        return self.ran


@pytest.mark.slow
def test_the_solution_comes_to_its_end_passes_every_check_and_nbgrader_agrees(
    built: Assignment, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run for all three: it takes minutes where networks are trained."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.chdir(desk)
    source = built.folder / "nbgrader/source" / built.name / built.notebook
    Path(built.notebook).write_bytes(source.read_bytes())
    validator = Kept()
    validator.stream = io.StringIO()
    validator.validate_and_print(built.notebook)
    assert "Success! Your notebook passes all the tests." in validator.stream.getvalue()
    assert raised(validator.ran) == []
    told = said(validator.ran)
    assert list(told) == [q.name for q in built.graded]
    assert [text for text in told.values() if "passed" not in text or "failed" in text] == []


@pytest.mark.slow
def test_the_checks_say_what_to_do(built: Assignment, desk: Path) -> None:
    given = json.loads((desk / built.notebook).read_text(encoding="utf-8"))
    wrong = WRONG.get(built.name, {})
    said = run(variants.answer(given, {q: code for q, (code, _) in wrong.items()}), desk)
    for question, (_, words) in wrong.items():
        assert words in said[question], f"{question} said:\n{said[question]}"
    open_ones = [q.name for q in built.graded if q.name not in wrong]
    told = {q: " ".join(said[q].split()) for q in open_ones}
    advice = ("in the place of the `...`", "in the place of each `...`")  # of one function, and of several
    assert {q: words for q, words in told.items() if not any(place in words for place in advice)} == {}
