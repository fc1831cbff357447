"""hw3 as a student meets it: in a kernel, from the archive, with the checks of coursekit."""

import json
import os
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.assignment import Assignment
from autograder.release import variants


def run(notebook: dict, folder: Path) -> dict[str, str]:
    """Run a notebook in ``folder`` and return what each check said."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    node = nbformat.reads(json.dumps(notebook), as_version=4)
    client = NotebookClient(
        node, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return {
        cell.source.split('"')[1]: "".join(o.data["text/plain"] for o in cell.outputs if "data" in o)
        for cell in node.cells
        if cell.cell_type == "code" and cell.source.startswith("grader.check(")
    }


@pytest.fixture
def desk(built: Assignment, tmp_path: Path) -> Path:
    """A folder with the student's archive unpacked."""
    zipfile.ZipFile(built.folder / "student.zip").extractall(tmp_path)
    return tmp_path / "hw3"


def test_every_check_of_the_solution_passes(built: Assignment, desk: Path) -> None:
    said = run(json.loads((built.folder / "solution.ipynb").read_text(encoding="utf-8")), desk)
    assert list(said) == [q.name for q in built.graded]
    assert [text for text in said.values() if "passed" not in text or "failed" in text] == []


CONV2D = "def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):\n    return x @ weight"
OUTPUT_SIZE = """def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1"""
MAX_POOL2D = "def max_pool2d(x, kernel_size, stride=None, padding=0):\n    return x.astype(int)"
WRONG = {
    "q1": (OUTPUT_SIZE, "Return an int: divide with `//`"),
    "q2": ("def correlate2d(image, kernel):\n    return np.zeros((3, 3))", "9 of 9 values differ, first at"),
    "q3": ("def convolve2d(image, kernel):\n    return image * 1.0", "the right shape is (3, 5)"),
    "q5": (CONV2D, "Your code raised ValueError"),
    "q8": (MAX_POOL2D, "Return floating-point numbers"),
}


def test_the_checks_say_what_to_do(desk: Path) -> None:
    given = json.loads((desk / "hw3.ipynb").read_text(encoding="utf-8"))
    said = run(variants.answer(given, {q: code for q, (code, _) in WRONG.items()}), desk)
    for question, (_, words) in WRONG.items():
        assert words in said[question], f"{question} said:\n{said[question]}"
    assert "in the place of the `...`" in said["q4"]
