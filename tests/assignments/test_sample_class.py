"""The sample class under seal: honest work is paid, cheating is not, and nothing outlives the batch."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from tests import support
from tests.sample_class import make
from tests.support import ROOT

KINDS = {"honest", "broken", "unreadable", "greedy", "cheat"}
DAEMON = b"left-by-a-notebook"


@pytest.fixture(scope="module", params=make.NAMES)
def built(request: pytest.FixtureRequest) -> Assignment:
    """Each assignment with a sample class, built."""
    return support.built(request.param)


@pytest.fixture(scope="module")
def room(workshop: Path, built: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``submissions`` and ``expected.json``."""
    folder = tmp_path_factory.mktemp("class")
    make.make(built.name, folder, workshop)
    return folder


@pytest.fixture(scope="module")
def expected(room: Path) -> dict[str, dict]:
    return json.loads((room / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graded(room: Path, workshop: Path, built: Assignment) -> Path:
    """The folder that `autograder grade` wrote."""
    out = room / "out"
    command = [
        sys.executable,
        "-c",
        "from autograder.cli import main; raise SystemExit(main())",
        "grade",
        built.name,
    ]
    options = ["--out", str(out), "--jobs", "2", "--tier", "bubblewrap", "--cell-seconds", "8"]
    run = subprocess.run(
        [*command, str(room / "submissions"), *options, "--build-dir", str(workshop / "build")],
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return out


@pytest.fixture(scope="module")
def rows(graded: Path) -> dict[str, dict[str, str]]:
    with (graded / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_the_class_has_all_kinds_and_stays_out_of_the_repository(
    expected: dict[str, dict], built: Assignment
) -> None:
    assert len(expected) >= 15
    assert {entry["kind"] for entry in expected.values()} == KINDS
    place = f"tests/sample_class/{built.name}"
    made = [f"{place}/submissions/perfect.ipynb", f"{place}/expected.json"]
    ignored = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True)
    assert ignored.stdout.split() == made


def test_every_submission_is_described(expected: dict[str, dict]) -> None:
    text = (ROOT / "tests/sample_class/README.md").read_text(encoding="utf-8")
    own = [name for name, entry in expected.items() if entry["kind"] not in ("greedy", "cheat")]
    assert [name for name in own if f"`{name}`" not in text] == []


@pytest.mark.slow
@pytest.mark.sealed
def test_every_submission_is_a_row_with_the_score_it_deserves(
    rows: dict[str, dict[str, str]], expected: dict[str, dict]
) -> None:
    assert rows.keys() == expected.keys()
    wrong = {
        name: (row["score"], row["reason"], expected[name])
        for name, row in rows.items()
        if not expected[name]["at_least"] <= float(row["score"]) <= expected[name]["at_most"]
    }
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.sealed
def test_what_could_not_be_graded_or_had_to_be_stopped_says_why(
    rows: dict[str, dict[str, str]], expected: dict[str, dict]
) -> None:
    for name, row in rows.items():
        kind = expected[name]["kind"]
        assert (row["status"] == "unreadable") == (kind == "unreadable"), row
        if kind == "honest":
            assert (row["status"], row["reason"]) == ("graded", ""), row
        if row["status"] != "graded":
            assert row["reason"], row
    assert "MemoryError" in rows["eight-gibibytes"]["reason"]
    assert rows["infinite-loop"]["status"] == "stopped"
    assert "8 s" in rows["infinite-loop"]["reason"]


@pytest.mark.slow
@pytest.mark.sealed
def test_no_hidden_test_could_be_read(graded: Path) -> None:
    page = (graded / "feedback" / "test-reader.html").read_text(encoding="utf-8")
    assert "hidden tests found: 0" in page


@pytest.mark.slow
@pytest.mark.sealed
def test_nothing_outlives_the_batch(graded: Path) -> None:
    alive = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if DAEMON in process.read_bytes():
                alive.append(process)
        except OSError:
            continue
    assert alive == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "cheat", ["patched-harness", "patched-numpy-testing", "reference-importer", "stack-walker"]
)
def test_the_cheat_is_a_real_one(
    cheat: str, room: Path, built: Assignment, expected: dict[str, dict]
) -> None:
    """Graded without a seal, as stock graders do, it does get points for nothing."""
    script = ROOT / "tests/assignments/open_grading.py"
    notebook = room / "submissions" / f"{cheat}.ipynb"
    run = subprocess.run(
        [sys.executable, str(script), str(notebook), str(built.folder / "tests")],
        capture_output=True,
        text=True,
        cwd=room,
        env={**os.environ, "OMP_NUM_THREADS": "1", "COURSEKIT_GRADING": "1", "MPLBACKEND": "agg"},
    )
    assert run.returncode == 0, run.stderr
    assert float(run.stdout.splitlines()[-1]) > expected[cheat]["at_most"]
