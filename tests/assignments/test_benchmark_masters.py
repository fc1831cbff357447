"""The assignments that benchmarks time keep their full marks under seal, or a table would time failures."""

import shutil
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.release import build
from autograder.sealed import Grader
from tests.support import ROOT

MASTERS = ROOT / "benchmarks" / "masters"
NAMES = sorted(path.name for path in MASTERS.iterdir() if path.is_dir())


@pytest.mark.sealed
@pytest.mark.parametrize("name", NAMES)
def test_the_solved_notebook_gets_full_marks(name: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "_config.yml", tmp_path)
    shutil.copytree(MASTERS / name, tmp_path / "solutions" / name)
    build.build_assignment(name, tmp_path)
    assignment = load(name, tmp_path / "build")
    with Grader(assignment) as grader:
        result = grader.grade((assignment.folder / "solution.ipynb").read_bytes())
    assert (result.status, result.reason) == ("graded", "")
    assert result.score == result.possible > 0
