"""Files handed in get one score wherever they are graded, and a notebook says first what is wrong."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from autograder.assignment import Assignment, load
from autograder.commands.group import autograder
from autograder.grading.batch import grade_class
from autograder.grading.scheduler import Scheduler
from autograder.release import variants
from autograder.sealed import Grader
from autograder.submissions import intake
from tests.assignments.handed import NAME, Files, code_cell, course, files_of, half_wrong, scores, solution
from tests.autograder.gradescope_container import Container
from tests.support import ROOT

LOADS = 'weights = load("weights.safetensors")\n'  # as where training takes an hour on another machine


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return course(tmp_path_factory.mktemp(NAME))


@pytest.fixture(scope="module")
def built(root: Path) -> Assignment:
    return load(NAME, root / "build")


@pytest.fixture(scope="module")
def files(root: Path) -> Files:
    return files_of(root)


def handed_in(built: Assignment, files: Files, path: Path) -> Path:
    """Write a zip with files that its notebook reads and does not write."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(built.notebook, json.dumps(variants.answer(solution(built), {"q2": LOADS})))
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def a_class(built: Assignment, files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two students, one of whom has predicted badly."""
    folder = tmp_path_factory.mktemp("in")
    worse = files | {"predictions.npy": half_wrong(files)}
    return {
        who: handed_in(built, those, folder / f"{who}.zip") for who, those in (("ann", files), ("bob", worse))
    }


def score_of(results: dict[str, Any]) -> dict[str, float]:
    """Return the scores of questions out of Gradescope's results or Otter's."""
    names = [(test["name"].split(" ")[0], test.get("score")) for test in results["tests"]]
    return {name: score for name, score in names if name.startswith("q") and score is not None}


EXPECTED = {"ann": {"q1": 3, "q2": 7}, "bob": {"q1": 3, "q2": 4}}


@pytest.mark.sealed
@pytest.mark.alone
def test_a_cluster_gives_the_scores_of_one_process(
    built: Assignment, a_class: dict[str, Path], tmp_path: Path
) -> None:
    entries = intake.collect(a_class["ann"].parent, None, built.notebook, built.files)
    here = grade_class(entries, built, tmp_path / "here", jobs=1)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        Scheduler(cluster.scheduler_address) as scheduler,
    ):
        there = grade_class(entries, built, tmp_path / "there", workers=scheduler.workers)
    told = [[(row.student, row.score, row.reason) for row in rows] for rows in (here, there)]
    assert told[0] == told[1]
    assert [row.score for row in there] == [sum(EXPECTED[who].values()) for who in ("ann", "bob")]
    pages = [(tmp_path / out / "feedback" / "bob.html").read_text() for out in ("here", "there")]
    assert all("of 200 predictions right: 1 of 3 points; the next band begins at 0.7." in p for p in pages)


@pytest.mark.sealed
@pytest.mark.slow
def test_gradescope_gives_the_same_scores(
    root: Path, built: Assignment, a_class: dict[str, Path], files: Files, tmp_path: Path
) -> None:
    call = ["gradescope", NAME, "--to", str(tmp_path / "to.zip"), "--build-dir", str(root / "build")]
    made = CliRunner().invoke(autograder, call)
    assert made.exit_code == 0, made.output
    container = Container(tmp_path, tmp_path / "to.zip")
    for who, path in a_class.items():
        assert score_of(container.grade(path)) == EXPECTED[who]
    loose = tmp_path / "loose"
    with zipfile.ZipFile(a_class["ann"]) as archive:
        archive.extractall(loose)
    assert score_of(container.grade(*loose.iterdir())) == EXPECTED["ann"], "files need no zip there"
    lacking = container.grade(loose / built.notebook)
    assert score_of(lacking) == {"q1": 3, "q2": 0}
    assert "weights.safetensors was not handed in" in json.dumps(lacking)


@pytest.mark.slow
def test_otter_run_takes_the_zip_with_its_files(
    built: Assignment, a_class: dict[str, Path], tmp_path: Path
) -> None:
    archive = str(built.folder / "autograder.zip")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # Otter starts the first jupyter
    for who, handed in a_class.items():
        command = [sys.executable, "-m", "otter", "run", "-a", archive, "-o", str(tmp_path), str(handed)]
        environment = {**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"}
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        found = score_of(json.loads((tmp_path / "results.json").read_text(encoding="utf-8")))
        assert found == EXPECTED[who]


@pytest.fixture(scope="module")
def library(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a coursekit that knows the assignment, as a released one would."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(ROOT / "src/coursekit", folder / "coursekit")
    shutil.copytree(root / "src/coursekit", folder / "coursekit", dirs_exist_ok=True)
    return folder


def run(notebook: dict[str, Any], home: Path, library: Path, name: str) -> list[str]:
    """Run a notebook in a real kernel, alone in its folder; return what each cell showed."""
    home.mkdir()
    (home / name).write_text(json.dumps(notebook), encoding="utf-8")
    node = nbformat.reads(json.dumps(notebook), as_version=4)
    client = nbclient.NotebookClient(node, timeout=60, resources={"metadata": {"path": str(home)}})
    environment = {k: v for k, v in os.environ.items() if k != "COURSEKIT_GRADING"}
    client.execute(
        env=environment | {"PYTHONPATH": str(library), "JPY_SESSION_NAME": "", "OMP_NUM_THREADS": "1"}
    )
    return [
        "\n".join(
            str(o.get("data", {}).get("text/plain", o.get("text", ""))) for o in cell.get("outputs", ())
        )
        for cell in node.cells
    ]


@pytest.mark.sealed
def test_what_a_kernel_exports_is_what_is_graded(
    built: Assignment, files: Files, library: Path, tmp_path: Path
) -> None:
    notebook = solution(built)
    shown = run(notebook, tmp_path / "home", library, built.notebook)
    checks = [text for text in shown if text.startswith(("q1:", "q2:"))]
    assert len(checks) == 2
    assert all("passed" in text and "failed" not in text for text in checks), checks
    assert shown[-1].startswith("Ready to submit:")
    assert "Careful" not in shown[-1], "nothing of the files is wrong"
    (written,) = (tmp_path / "home").glob("*.zip")
    with zipfile.ZipFile(written) as archive:
        assert sorted(archive.namelist()) == sorted([built.notebook, *files])
        beside = {name: archive.read(name) for name in files}
    (tmp_path / "in").mkdir()
    shutil.copy(written, tmp_path / "in" / "ann.zip")
    entries = intake.collect(tmp_path / "in", None, built.notebook, built.files)
    (row,) = grade_class(entries, built, tmp_path / "out", jobs=1)
    with Grader(built) as grader:
        assert scores(grader.grade(json.dumps(notebook), beside)) == {"q1": 3, "q2": 7}
    assert (row.score, row.reason) == (10, "")


BROKEN = {
    "os.remove('predictions.npy')": "predictions.npy` is missing: it must lie beside the notebook",
    "np.save('predictions.npy', np.zeros(2000))": "predictions.npy has 16.1 kB, at most 10 kB are taken",
    "np.save('predictions.npy', ['a'] * 200)": "predictions.npy cannot be read: it holds no plain numbers",
    "shutil.copy('weights.safetensors', 'predictions.npy')": "predictions.npy cannot be read: it is no npy",
    "np.save('predictions.npy', np.zeros(199))": "predictions.npy holds shape (199,), the right shape is",
    "np.save('predictions.npy', np.full(200, np.nan))": "predictions.npy holds nan or inf",
    "save('weights.safetensors', {'weight': np.array([np.inf])})": "holds nan or inf, in 'weight'",
}


def test_a_kernel_names_each_file_that_is_wrong_before_it_is_handed_in(
    built: Assignment, library: Path, tmp_path: Path
) -> None:
    notebook = solution(built)
    for k, source in enumerate(BROKEN):
        again = "np.save('predictions.npy', predict(weights, queries))"
        parts = (f"import os, shutil\n{again}\n{source}", 'grader.check("q2")', "grader.export()")
        notebook["cells"] += [code_cell(part, f"b{k}-{n}") for n, part in enumerate(parts)]
    shown = run(notebook, tmp_path / "home", library, built.notebook)[-3 * len(BROKEN) :]
    for k, words in enumerate(BROKEN.values()):
        check, export = shown[3 * k + 1], shown[3 * k + 2]
        assert words in export, export
        assert "failed" in check
        assert re.split(r"[`:,]", words)[0] in check, "the check names the file, too"
