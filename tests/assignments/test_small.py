"""Small assignments of each kind that the homeworks will be: each passes every check, and Otter agrees."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment import Assignment, load
from autograder.release import build
from autograder.release.checking import run
from tests.support import ROOT

SMALL = Path(__file__).parent / "small"
NAMES = sorted(path.parent.name for path in SMALL.glob("*/*.py") if path.stem == path.parent.name)


@pytest.fixture(scope="module", params=NAMES)
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A repository of one small assignment, built; its name and root."""
    name: str = request.param
    root = tmp_path_factory.mktemp(name)
    shutil.copy(ROOT / "_config.yml", root)
    shutil.copytree(SMALL / name, root / "solutions" / name)
    build.build_assignment(name, root)
    build.learn_mistakes(name, root)
    return name, root


def test_the_kinds_are_there() -> None:
    assert {"optimizer", "training"} <= set(NAMES)


@pytest.mark.sealed
def test_it_passes_every_check(course: tuple[str, Path]) -> None:
    outcomes = list(run.check(*course, progress=False, jobs=1))
    assert [(outcome.title, *outcome.problems) for outcome in outcomes if outcome.problems] == []
    assert len(outcomes) == len(run.CHECKS) + 1


@pytest.mark.slow
def test_its_master_gets_full_marks_under_stock_otter_run(course: tuple[str, Path], tmp_path: Path) -> None:
    name, root = course
    built: Assignment = load(name, root / "build")
    notebook = json.loads((built.folder / "solution.ipynb").read_text(encoding="utf-8"))
    (tmp_path / built.notebook).write_text(json.dumps(notebook), encoding="utf-8")
    for handed in (root / "solutions" / name / "files").glob("*"):
        shutil.copy(handed, tmp_path)
    archive = str(built.folder / "autograder.zip")
    command = [sys.executable, "-m", "otter", "run", "-a", archive, "-o", str(tmp_path), built.notebook]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # Otter starts the first jupyter
    environment = {**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"}
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["tests"]
    scores = {t["name"].split()[0]: t["score"] for t in results if t.get("max_score")}
    assert {q.name: q.points for q in built.graded} == {q: s for q, s in scores.items() if q.startswith("q")}
