"""The class list: a CSV that is replaced whole and runs no formula, a table that fits the terminal."""

import csv
from dataclasses import replace

import pytest

from autograder.pages.feedback import tone
from autograder.pages.report import report
from autograder.pages.table import summary, table
from autograder.records.gradesheet import STANDING, GradeSheet, cell
from autograder.records.results import QuestionResult
from autograder.records.store import Conditions, Record
from tests.autograder import tiny


def test_the_csv_is_replaced_whole_and_streams_while_it_grows(assignment, tmp_path):
    (tmp_path / "grades.csv").write_text("old")
    with GradeSheet(tmp_path, assignment) as sheet:
        sheet.add(tiny.row("bob", 1.5, 2 / 3))
        assert (tmp_path / "grades.csv").read_text() == "old"
        assert "bob,tiny,2.1667,5,graded" in (tmp_path / "grades.partial.csv").read_text()
        sheet.add(tiny.row("ann", reason="=cmd|' /C calc'!A0\x1b[2J\r\nnext"))
    with (tmp_path / "grades.csv").open(newline="") as file:
        header, ann, bob = csv.reader(file)
    assert header == [
        "student",
        "assignment",
        "score",
        "possible",
        "status",
        "reason",
        "tier",
        "seconds",
        *STANDING,
        "q1",
        "q2",
        "q3",
    ]
    assert ann == [
        "ann",
        "tiny",
        "5",
        "5",
        "graded",
        "'=cmd|' /C calc'!A0 next",
        "bubblewrap",
        "0.10",
        *("1", "1", "", "", "yes", "", "", "", "ann.html"),
        "3",
        "2",
        "",
    ]
    assert bob[-3:] == ["1.5", "0.6667", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\x00=", " =", "\u202e=", "＝"])
def test_no_cell_begins_a_formula(start):
    assert cell(f"{start}1+1").startswith("'")


def test_the_table_fits_and_is_harmless(assignment):
    rows = [
        tiny.row("a" * 90, reason="long " * 40, status="stopped"),
        tiny.row("李雷李雷李雷李雷李雷李雷李雷李雷", q1=1.0),
        tiny.row("\x1b[2Jx", reason="\x1b]0;t\x07y"),
        tiny.row("zero", 0.0, 0.0),
    ]
    lines = table(rows, assignment).splitlines()
    assert all(len(line) + sum(c >= "\u2e80" for c in line) <= 100 for line in lines)
    assert "\x1b" not in "".join(lines)
    assert lines[0].split() == ["student", "score", "of", "status", "q1", "q2", "q3", "remark"]
    assert lines[3].endswith("points lost in q1")
    assert lines[5].endswith("no points")
    many = replace(assignment, questions=assignment.questions * 12)
    narrow = table([replace(tiny.row(), questions=(1.0,) * 36)], many).splitlines()
    assert narrow[0].split() == ["student", "score", "of", "status", "remark"]
    assert len(narrow[2]) <= 100


def test_the_summary_counts_and_averages_what_ran():
    rows = [tiny.row(), tiny.row(q1=0.0), tiny.row(q1=0.0, q2=0.0, status="unreadable")]
    assert summary(rows) == "3 submissions: 2 graded, 1 unreadable. Mean 3.5, median 3.5 of 5"
    assert summary(rows[2:]) == "1 submission: 1 unreadable"


def test_points_that_add_up_to_a_hair_less_are_all_points(assignment):
    hair = 2.9999999999999996  # as the points of six cases of one half, or of nine of a third, may
    row = tiny.row("ann", hair, 2.0)
    assert "points lost" not in table([row], assignment)
    assert "points lost in q1" in table([tiny.row("ann", 2.9, 2.0)], assignment)
    assert (tone(hair, 3.0), tone(2.9, 3.0)) == ("good", "part")
    result = replace(
        tiny.result(), questions=(QuestionResult("q1", hair, 3.0), QuestionResult("q2", 0.0, 2.0))
    )
    found = report([Record("", Conditions("tiny", "", "", ""), row, result)], assignment)
    assert [(q.full, q.part, q.none) for q in found.questions] == [(1, 0, 0), (0, 0, 1)]
