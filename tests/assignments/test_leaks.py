"""Nothing reaches a student that would spoil the assignment, and the search for it finds what it should."""

from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.release import leaks, master, normalize
from tests.support import ROOT

MASTER = master.read("hw3", ROOT)
FOLDERS = ("assignments/hw3", "src/coursekit", "build/hw3/nbgrader/release")


def given(root: Path) -> dict[str, bytes]:
    """Return everything under ``root`` that a student may get."""
    found = {
        str(p.relative_to(root)): p.read_bytes()
        for folder in FOLDERS
        for p in (root / folder).rglob("*")
        if p.is_file() and p.suffix in (".ipynb", ".py", ".json")
    }
    return found | {"student.zip": (root / "build/hw3/student.zip").read_bytes()}


def test_no_student_file_holds_a_solution_line_or_a_hidden_test(workshop: Path, built: Assignment) -> None:
    files = given(workshop)
    assert len(files) >= 2 + 13 + 1, "the build is not where this test looks"
    assert leaks.find(MASTER, files) == []


def test_the_committed_files_leak_nothing() -> None:
    files = {str(p): p.read_bytes() for p in (ROOT / "assignments").rglob("*") if p.is_file()}
    files |= {str(p): p.read_bytes() for p in (ROOT / "src/coursekit/assignments").glob("*.json")}
    assert len(files) > 10
    assert leaks.find(MASTER, files) == []


def test_the_files_of_the_instructor_would_be_found(built: Assignment) -> None:
    solution = leaks.find(MASTER, {"solution.ipynb": (built.folder / "solution.ipynb").read_bytes()})
    assert len(solution) > 60
    for question in built.graded:
        assert question.tests is not None
        found = leaks.find(MASTER, {"q.py": question.tests.read_bytes()})
        assert "q.py: a hidden test" in found, question.name
        assert len(found) > 3, question.name


@pytest.mark.parametrize("line", sorted(leaks.secrets(MASTER))[::7])
def test_a_single_line_is_found_however_it_is_wrapped(line: str) -> None:
    spread = line.replace(" ", "\n   ").replace('"', "'")
    cell = {"cell_type": "code", "source": [f"# start\n{spread}\n"]}
    files = {
        "a.ipynb": normalize.as_json({"cells": [cell]}),
        "b.zip": normalize.archive({"c.py": spread.encode()}),
    }
    found = leaks.find(MASTER, files)
    assert f"a.ipynb: {line}" in found
    assert f"b.zip/c.py: {line}" in found


def test_compiled_files_are_found() -> None:
    files = {"tests/__pycache__/q1.cpython-311.pyc": b"\x00", "answers.pkl": b"\x80", "fine.txt": b"hello"}
    assert [leak.split(":")[0] for leak in leaks.find(MASTER, files)] == list(files)[:2]
