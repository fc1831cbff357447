"""A notebook of another assignment, or of none, is told apart from work that earned nothing, everywhere."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from tests.autograder import tiny
from tests.autograder.by_nbgrader import opened

STATUSES = {"ann": "graded", "bob": "misplaced", "cid": "unrelated", "dee": "graded"}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A repository with `tiny` built, and four submissions: of them one is blank."""
    monkeypatch.chdir(tmp_path)
    home = tiny.assignment(tmp_path / "build").folder
    manifest = json.loads((home / "manifest.json").read_text())
    manifest["cells"] = {"asks": {"q1": ["double"], "q2": ["total"]}}
    (home / "manifest.json").write_text(json.dumps(manifest))
    other = json.loads(tiny.perfect().replace("tiny", "hw2"))
    other["cells"] = [cell for cell in other["cells"] if "def " not in cell["source"]]
    holiday = [{"cell_type": "markdown", "metadata": {}, "source": "# My holiday"}]
    (tmp_path / "in").mkdir()
    for name, content in {
        "ann": tiny.perfect(),
        "bob": json.dumps(other),
        "cid": json.dumps({**other, "cells": holiday}),
        "dee": tiny.notebook(),
    }.items():
        (tmp_path / "in" / f"{name}.ipynb").write_text(content)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


@pytest.mark.sealed
def test_the_status_is_in_table_summary_sheet_list_gradebook_and_export(folder):
    said = run("grade", "tiny", "in", "--out", "out", "--jobs", "1")
    assert said.exit_code == 0, said.output
    lines = {line.split()[0]: line for line in said.stdout.splitlines() if line.strip()}
    assert {name: lines[name].split()[3] for name in STATUSES} == STATUSES
    assert "4 submissions: 2 graded, 1 misplaced, 1 unrelated. Mean 2.5, median 2.5 of 5." in said.stdout
    with (folder / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
        sheet = {row["student"]: row for row in csv.DictReader(file)}
    assert {name: row["status"] for name, row in sheet.items()} == STATUSES
    assert sheet["bob"]["reason"] == "this is the notebook of hw2, handed in for tiny"
    assert sheet["cid"]["reason"] == "nothing in this notebook belongs to tiny: another file was handed in"
    listed = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert all(status in listed for status in STATUSES.values())
    with opened(folder / "out") as book:
        waiting = {s.student.id: s.needs_manual_grade for s in book.assignment_submissions("tiny")}
    assert waiting == {"ann": True, "bob": False, "cid": False, "dee": False}  # nobody reads another's answer
    exported = run("export", "out", "--format", "csv")
    assert exported.exit_code == 0, exported.output
    tables = [path.read_text(encoding="utf-8") for path in (folder / "out").glob("export*.csv")]
    assert any("misplaced" in table and "unrelated" in table for table in tables)
