"""The zip that Otter Assign made works with Otter itself."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from tests.support import ROOT


@pytest.mark.slow
def test_the_master_gets_full_marks_under_stock_otter_run(built: Assignment, tmp_path: Path) -> None:
    (tmp_path / built.notebook).write_bytes((built.folder / "solution.ipynb").read_bytes())
    submission = tmp_path / built.notebook
    if handed := list((ROOT / "solutions" / built.name / "files").glob("*")):  # as an export has them
        submission = tmp_path / "submission.zip"
        with zipfile.ZipFile(submission, "w") as archive:
            for path in (tmp_path / built.notebook, *handed):
                archive.write(path, path.name)
    command = [
        sys.executable,
        "-m",
        "otter",
        "run",
        "-a",
        str(built.folder / "autograder.zip"),
        "-o",
        str(tmp_path),
    ]
    # Otter starts a kernel through the first jupyter on the path.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        [*command, submission.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["tests"]
    scores = {t["name"].split()[0]: t["score"] for t in results if t.get("max_score")}
    assert {q.name: q.points for q in built.graded} == {q: s for q, s in scores.items() if q.startswith("q")}
