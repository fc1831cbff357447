"""Notebooks of another assignment, and of none, have a status of their own; answers that became text run."""

import csv
import json
from collections.abc import Iterator

import pytest

from autograder.assignment import Assignment
from autograder.gradescope import results as gradescope
from autograder.grading.job import Setup, grade_submission
from autograder.pages.feedback import student_page
from autograder.pages.report import report
from autograder.pages.table import summary
from autograder.records import gradesheet
from autograder.records.store import Store
from autograder.sealed import Grader
from autograder.submissions.entry import Entry
from tests.autograder.sealed.accidents import ANSWERS, NUMBERS, as_json, changed, handed_in, make, plain
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

OTHER = NUMBERS.replace("tiny", "hw2")
MISPLACED = "this is the notebook of hw2, handed in for tiny"
UNRELATED = "nothing in this notebook belongs to tiny: another file was handed in"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Assignment:
    return make(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def grader(small, tier: str) -> Iterator[Grader]:
    with Grader(small, tier=tier) as grader:
        yield grader


def text(source: str, kind: str = "markdown", question: str = "") -> dict:
    marks = {"nbgrader": {"grade_id": question}} if question else {}
    return {"cell_type": kind, "id": f"text-{question}", "metadata": marks, "source": source}


@pytest.mark.parametrize(
    ("submission", "status", "reason"),
    [
        (plain(OTHER, "def forward(x): ...", 'grader.check("q1")'), "misplaced", MISPLACED),
        (plain("import numpy as np", "print('my holiday')"), "unrelated", UNRELATED),
        (as_json([text("# Notes on lecture 3")]), "unrelated", UNRELATED),
        (plain("import pandas as pd", "x = ="), "unrelated", UNRELATED),
        # What is of the assignment, however little, is graded.
        (plain(*HONEST), "graded", ""),
        (plain(OTHER, *HONEST[1:]), "graded", ""),
        (plain("x = 1\nwhile True: break", "def double(x): return 0"), "graded", "no cell defines"),
        (plain(NUMBERS), "graded", "no cell defines double, output_size, Scale"),
        (
            as_json([text("I could not do it.", question="size-answer")]),
            "graded",
            "an answer cell of size is a",
        ),
    ],
)
def test_whose_notebook_it_is(grader, submission, status, reason):
    result = grader.grade(submission)
    assert (result.status, result.reason.startswith(reason)) == (status, True), result.reason
    if status != "graded":
        assert result.reason == reason
        assert result.score == 0


def test_a_notebook_of_another_assignment_keeps_what_it_earns(grader):
    """Where two assignments ask for one name, an answer is an answer."""
    result = grader.grade(plain(OTHER, HONEST[1]))
    assert (result.status, result.score) == ("misplaced", POSSIBLE["double"])


def test_it_is_seen_in_row_table_report_page_and_gradescope(grader, small, tmp_path):
    for folder in ("log", "feedback", "results"):
        (tmp_path / folder).mkdir()
    rows = []
    for name, submission in {"ann": handed_in(), "bob": plain(OTHER), "cid": plain("1")}.items():
        path = tmp_path / f"{name}.ipynb"
        path.write_text(submission)
        rows.append(grade_submission(Entry(name, name, path), Setup(small, tmp_path), grader.grade).row)
    with gradesheet.GradeSheet(tmp_path, small) as sheet:
        for row in rows:
            sheet.add(row)
    lines = list(csv.DictReader((tmp_path / gradesheet.NAME).open()))
    assert [line["status"] for line in lines] == ["graded", "misplaced", "unrelated"]
    assert [row.status for row in gradesheet.read_rows(tmp_path)] == ["graded", "misplaced", "unrelated"]
    assert summary(rows).startswith("3 submissions: 1 graded, 1 misplaced, 1 unrelated. Mean 7.0")
    records = list(Store(tmp_path).records())
    made = report(records, small)
    assert (made.statuses, made.mean) == ({"graded": 1, "misplaced": 1, "unrelated": 1}, 7.0)
    assert [(odd.student, odd.status) for odd in made.odd] == [("bob", "misplaced"), ("cid", "unrelated")]
    for record, reason in zip(records[1:], (MISPLACED, UNRELATED), strict=True):
        assert reason in student_page(record.row, record.result, small)
        assert reason in gradescope.graded(record.result, small, "visible", 1.0, "")["output"]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_that_became_text_runs(grader, kind):
    result = grader.grade(changed(1, cell_type=kind))
    word = "Markdown" if kind == "markdown" else "raw"
    assert result.reason == f"an answer cell of double was a {word} cell, and ran as code"
    assert scores(result) == POSSIBLE


def test_other_ways_in_which_code_became_text(grader):
    fenced = changed(1, cell_type="markdown", source=f"```python\n{ANSWERS['double']}\n```")
    assert scores(grader.grade(fenced)) == POSSIBLE
    unmarked = changed(3, cell_type="markdown", metadata={})  # its check stands below it
    assert scores(grader.grade(unmarked)) == POSSIBLE
    imports = grader.grade(changed(0, cell_type="raw"))
    assert imports.reason == "a cell that came with tiny was a raw cell, and ran as code"
    assert scores(imports) == POSSIBLE


def test_prose_in_the_place_of_an_answer_is_said(grader):
    result = grader.grade(changed(1, cell_type="markdown", source="I could not do *this* one."))
    assert "an answer cell of double is a Markdown cell, and no Python" in result.reason
    assert scores(result) == {**POSSIBLE, "double": 0.0}


def test_text_stays_text_where_the_answer_is_there(grader):
    """A copy kept as text, or code quoted in a note, is not run."""
    cells = json.loads(handed_in())["cells"]
    copy = text("def double(x): return 0", question="double-answer")
    note = text("def double(x): return 0")
    result = grader.grade(as_json([*cells[:3], note, *cells[3:], copy, text("1 / 0")]))
    assert (result.reason, scores(result)) == ("", POSSIBLE)
    assert not any("ZeroDivision" in shown for shown in outputs_of_code(result))


def outputs_of_code(result) -> list[str]:
    cells = json.loads(result.executed)["cells"]
    code = as_json([cell for cell in cells if cell["cell_type"] == "code"])
    return outputs(type(result)(**{**vars(result), "executed": code}))
