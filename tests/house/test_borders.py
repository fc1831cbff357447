"""Dependence runs one way: what each package may import, read from the syntax tree."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, tracked

OURS = {"convnet", "coursekit", "autograder"}
FORBIDDEN = {
    "src/convnet": OURS - {"convnet"} | {"otter", "nbgrader", "torchvision"},
    "src/coursekit": OURS - {"coursekit"} | {"otter", "nbgrader", "torchvision"},
    "autograder": {"torchvision", "tests", "tools", "benchmarks"},
    "assignments": {"autograder"},  # their public tests may compare with convnet
}


def imported(path: Path) -> set[str]:
    """Return the top-level names of every module that ``path`` imports, however deep in the code."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_keep_to_their_side(folder: str) -> None:
    files = tracked(f"{folder}/*.py")
    assert files, f"no Python file is tracked under {folder}"
    wrong = {str(f.relative_to(ROOT)): found for f in files if (found := imported(f) & FORBIDDEN[folder])}
    assert not wrong, f"imports across a border: {wrong}"


def test_no_notebook_of_students_imports_the_reference() -> None:
    notebooks = tracked("assignments/*.ipynb")
    assert len(notebooks) >= 6
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert not re.search(r"^\s*(?:import|from) convnet\b", code, re.MULTILINE), path.name


@pytest.mark.parametrize("package", ["convnet", "coursekit"])
def test_importing_does_not_load_torch(package: str) -> None:
    """Torch is used where a caller brings it; a NumPy student does not wait for it."""
    modules = [
        ".".join(f.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for f in tracked(f"src/{package}/*.py")
    ]
    load = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)"
    code = f"{load}\nprint('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
