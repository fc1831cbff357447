"""Nothing reaches a student that would spoil the assignment, and the search for it finds what it should."""

import re
from functools import cache
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.release import build, leaks, master, normalize
from tests.support import ROOT

NAMES = build.names(ROOT)
DISTINCT = 40  # characters of a line that nobody writes twice by chance, as `from coursekit import data`


@cache
def source(name: str) -> master.Master:
    """The master of an assignment, read once."""
    return master.read(name, ROOT)


def given(root: Path, name: str) -> dict[str, bytes]:
    """Return everything under ``root`` that a student of an assignment may get."""
    folders = (f"assignments/{name}", "src/coursekit", f"build/{name}/nbgrader/release")
    found = {
        str(p.relative_to(root)): p.read_bytes()
        for folder in folders
        for p in (root / folder).rglob("*")
        if p.is_file() and p.suffix in (".ipynb", ".py", ".json")
    }
    return found | {"student.zip": (root / f"build/{name}/student.zip").read_bytes()}


def leaked(name: str, files: dict[str, bytes]) -> list[str]:
    """Return what files say of an assignment's secrets; short lines count in files of its own alone."""
    others = "|".join(sorted(set(NAMES) - {name})) or "none"
    other = re.compile(rf"\b(src/coursekit/)?assignments/({others})\b")
    found = [leak.partition(": ") for leak in leaks.find(source(name), files)]
    return [
        f"{path}: {what}"
        for path, _, what in found
        if not other.search(path) or len(what) >= DISTINCT or what == "a hidden test"
    ]


@pytest.mark.slow
def test_no_student_file_holds_a_solution_line_or_a_hidden_test(workshop: Path, built: Assignment) -> None:
    files = given(workshop, built.name)
    assert len(files) >= 2 + len(built.graded) + 1, "the build is not where this test looks"
    assert leaked(built.name, files) == []


@pytest.mark.slow
def test_the_committed_files_leak_nothing() -> None:
    files = {str(p): p.read_bytes() for p in (ROOT / "assignments").rglob("*") if p.is_file()}
    files |= {str(p): p.read_bytes() for p in (ROOT / "src/coursekit/assignments").glob("*.json")}
    assert len(files) > 10 * len(NAMES)
    assert [leak for name in NAMES for leak in leaked(name, files)] == []


def test_an_answer_is_found_in_another_assignments_files_too() -> None:
    name, other = NAMES[0], NAMES[-1]
    assert name != other
    long = max(leaks.secrets(source(name)), key=len)
    short = min(leaks.secrets(source(name)), key=len)
    assert len(short) < DISTINCT <= len(long)
    for where, lines in ((f"assignments/{other}", [long]), (f"assignments/{name}", [long, short])):
        found = leaked(name, {f"{where}/a.py": f"{long}\n{short}\n".encode()})
        assert {f"{where}/a.py: {line}" for line in lines} <= set(found)
        assert (f"{where}/a.py: {short}" in found) == (short in lines)


def test_the_files_of_the_instructor_would_be_found(built: Assignment) -> None:
    own = source(built.name)
    solution = leaks.find(own, {"solution.ipynb": (built.folder / "solution.ipynb").read_bytes()})
    assert len(solution) > 4 * len(built.graded)
    for question in built.graded:
        assert question.tests is not None
        found = leaks.find(own, {"q.py": question.tests.read_bytes()})
        assert "q.py: a hidden test" in found, question.name
        assert len(found) > 3, question.name


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_single_line_is_found_however_it_is_wrapped(name: str) -> None:
    some = sorted(leaks.secrets(source(name)))[::7]
    assert some
    for line in some:
        spread = line.replace(" ", "\n   ").replace('"', "'")
        cell = {"cell_type": "code", "source": [f"# start\n{spread}\n"]}
        files = {
            "a.ipynb": normalize.as_json({"cells": [cell]}),
            "b.zip": normalize.archive({"c.py": spread.encode()}),
        }
        found = leaks.find(source(name), files)
        assert f"a.ipynb: {line}" in found
        assert f"b.zip/c.py: {line}" in found


def test_compiled_files_are_found() -> None:
    files = {"tests/__pycache__/q1.cpython-311.pyc": b"\x00", "answers.pkl": b"\x80", "fine.txt": b"hello"}
    assert [leak.split(":")[0] for leak in leaks.find(source(NAMES[0]), files)] == list(files)[:2]
