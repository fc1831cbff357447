"""A class as it arrives: each layout gives the rows that an instructor expects, each with its reason."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.commands.group import autograder
from tests.autograder import tiny
from tests.autograder.layouts import CLASSES, STUDENTS, Expected, Layout

pytestmark = pytest.mark.sealed


def graded(folder: Path) -> list[dict[str, str]]:
    """Type the command and read the sheet that it leaves."""
    tiny.assignment(folder / "build")
    said = CliRunner().invoke(autograder, ["grade", "tiny", "in", "--out", "out"], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    with (folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wrong(rows: list[dict[str, str]], expected: tuple[Expected, ...]) -> list[str]:
    """Say what is not as it should be; rows of one student stand in the order of attempts."""
    if len(rows) != len(expected):
        return [f"{len(rows)} rows, not {len(expected)}: {[r['student'] for r in rows]}"]
    found = []
    for row, due in zip(rows, expected, strict=True):
        if (row["student"], float(row["score"]), row["status"]) != (due.student, due.score, due.status):
            found.append(f"{row['student']}: {row['status']} {row['score']} ({row['reason']}), not {due}")
        elif due.reason is not None and (
            due.reason not in row["reason"] or (row["reason"] and not due.reason)
        ):
            found.append(f"{row['student']}: {row['reason']!r}, not {due.reason!r}")
    return found


def test_a_class_of_all_layouts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for layout in STUDENTS.values():
        layout.make(tmp_path / "in")
    rows = graded(tmp_path)
    assert len(STUDENTS) + len(CLASSES) >= 30
    found = {}
    for name, layout in STUDENTS.items():
        students = {row.student for row in layout.rows}
        if problems := wrong([r for r in rows if r["student"] in students], layout.rows):
            found[name] = problems
    assert found == {}
    expected = {row.student for layout in STUDENTS.values() for row in layout.rows}
    assert {r["student"] for r in rows} == expected, "and nobody else"
    assert all(r["reason"] for r in rows if float(r["score"]) == 0 and r["status"] != "graded")
    with Gradebook(f"sqlite:///{tmp_path / 'out' / 'gradebook.db'}", "cnn") as book:
        assert len(book.assignment_submissions("tiny")) == len(expected)
    (win,) = (r for r in rows if r["student"] == "win")
    assert win["waiting"] == "q3", "a picture is an answer that somebody reads"
    formgrader = json.loads((tmp_path / "out" / "autograded" / "win" / "tiny" / "tiny.ipynb").read_text())
    assert any(c.get("attachments") for c in formgrader["cells"])


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
def test_a_class_wherever_it_lies(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    layout: Layout = CLASSES[name]
    (tmp_path / "in").mkdir()
    layout.make(tmp_path / "in")
    assert wrong(graded(tmp_path), layout.rows) == []
