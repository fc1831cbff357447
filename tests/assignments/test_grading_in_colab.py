"""The notebook with which an instructor grades in Colab: in step with its page, and run on a small Drive."""

import os
import shutil
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support import ROOT
from tools.make_grading_notebook import NOTEBOOK, PAGE, notebook

STANDIN = ROOT / "tools/colab/standin"


def test_notebook_and_page_are_in_step() -> None:
    made = notebook(PAGE.read_text(encoding="utf-8"))
    assert NOTEBOOK.read_text(encoding="utf-8") == made, "run tools/make_grading_notebook.py"
    cells = nbformat.reads(made, as_version=4).cells
    assert [cell.cell_type for cell in cells[:3]] == ["markdown", "code", "markdown"]
    assert "{doc}" not in made
    assert "Do not edit" in cells[0].source


@pytest.fixture
def colab(tiny: Path, tmp_path: Path) -> Path:
    """What is below ``/content`` in Colab, and a Drive with the course and three submissions of hw8."""
    drive, content = tmp_path / "drive", tmp_path / "content"
    handed_in = drive / "hw8/handed-in"
    handed_in.mkdir(parents=True)
    shutil.copy(tiny / "build/hw8/solution.ipynb", handed_in / "solved.ipynb")
    shutil.copy(tiny / "assignments/hw8/hw8.ipynb", handed_in / "blank.ipynb")
    (handed_in / "broken.ipynb").write_text("{", encoding="utf-8")
    with zipfile.ZipFile(drive / "cnn-course.zip", "w") as archive:  # as GitHub packs it: in one folder
        for path in [ROOT / "pyproject.toml", tiny / "_config.yml", *(tiny / "solutions").rglob("*")]:
            home = ROOT if path.is_relative_to(ROOT) else tiny
            archive.write(path, f"cnn-course-main/{path.relative_to(home)}")
    (content / "grader").mkdir(parents=True)
    # The grader of this environment in the place of one that took minutes to install.
    (content / "grader/bin").symlink_to(Path(sys.executable).parent)
    return content


def run(content: Path) -> tuple[str, str]:
    """Run the notebook with its addresses below another folder; return what it printed and its table."""
    text = NOTEBOOK.read_text(encoding="utf-8").replace("/content", str(content)).replace("hw3", "hw8")
    made = nbformat.reads(text, as_version=4)
    environment = {k: v for k, v in os.environ.items() if k != "COURSEKIT_GRADING"}
    environment |= {"PYTHONPATH": str(STANDIN), "REHEARSED_DRIVE": str(content.with_name("drive"))}
    client = NotebookClient(made, timeout=300, resources={"metadata": {"path": str(content)}})
    client.execute(env=environment)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    printed = "".join(output.get("text", "") for cell in code for output in cell.outputs)
    return printed, str(code[-1].outputs[-1].data["text/plain"])


@pytest.mark.slow
@pytest.mark.sealed
def test_a_folder_of_the_drive_is_graded(colab: Path) -> None:
    printed, table = run(colab)
    assert f"Mounted at {colab}/drive" in printed
    assert "3 submissions: 2 graded, 1 unreadable." in printed
    out = colab.with_name("drive") / "hw8/graded"
    assert {"index.html", "grades.csv", "gradebook.db", "feedback", "results"} <= {
        p.name for p in out.iterdir()
    }
    assert all(name in table for name in ("solved", "blank", "broken", "process")), table
    # A new machine: everything below /content is gone, and what the Drive has is not graded again.
    shutil.rmtree(colab / "graded")
    shutil.rmtree(colab / "course")
    kept = {path: path.read_text(encoding="utf-8") for path in (out / "results").glob("*.json")}
    again, _ = run(colab)
    assert "2 graded, 1 unreadable" in again
    assert len(kept) == 3
    assert {p: p.read_text(encoding="utf-8") for p in kept} == kept, "seconds, too: nothing ran again"
