"""The course's own answers help with the question they are for, and nothing of them comes out."""

import json
from dataclasses import asdict

import pytest

from autograder.assignment import ANSWERS, load
from autograder.gradescope import bundle
from autograder.gradescope.settings import Settings
from autograder.grading.job import Setup
from autograder.grading.remote import Shipment
from autograder.records.results import CaseResult, QuestionResult
from autograder.records.store import conditions
from autograder.sealed import Limits, follow
from tests.assignments import followed
from tests.assignments.followed import NAME, SECRET, WRONG, answered, graded, scores

sealed = pytest.mark.sealed


@sealed
def test_nothing_that_is_said_beside_the_courses_answers_comes_out(course, grader):
    thief = """
import inspect, sys
def loot():
    found = [str(half.__code__.co_consts), repr(globals().get("In"))]
    return " ".join(found)
print(loot(), file=sys.stderr)
display(loot())
def quarter(x):
    print(loot())
    if x > 0: raise ValueError(loot())
    return half(half(x))
loot()
"""
    result = graded(grader, answered(course, q1=WRONG, q2=thief))
    assert scores(result)["q2"] == 1, "else the second run was not the better one, and nothing is shown"
    assert SECRET not in json.dumps(asdict(result))
    assert "0.4" in json.dumps(asdict(result)), "the thief works: what the student's own half holds is there"


def test_a_test_that_only_then_fails_says_nothing_of_the_students():
    first = QuestionResult("q2", 1.0, 3.0, tuple(CaseResult(n, n == "a", False, "before") for n in "abc"))
    second = QuestionResult(
        "q2", 2.0, 3.0, tuple(CaseResult(n, n != "a", False, SECRET, SECRET) for n in "abc")
    )
    made = follow.better(first, second, ("q1",))
    assert (made.score, [case.passed for case in made.cases]) == (2.0, [False, True, True])
    assert SECRET not in repr(made)
    assert follow.better(second, first, ("q1",)) is second


@sealed
def test_no_other_question_gains_by_the_courses_answers(course, grader):
    thief = """
import builtins, gc
builtins.loot = half
def quarter(x): return half(half(x))
def tenth(x): return loot(x) / 5
"""
    wrong = "def tenth(x): return loot(x) / 5"
    result = graded(grader, answered(course, q1=WRONG, q2=thief, q4=wrong))
    assert scores(result) == {"q1": 0, "q2": 2, "q3": 2, "q4": 0}


@sealed
def test_the_notebook_does_not_see_the_answers(course, grader):
    look = f"import os\nprint(os.path.exists({str(course / 'build' / NAME / ANSWERS)!r}))"
    notebook = answered(course, q4=look)
    shown = graded(grader, notebook).executed or ""
    assert '"False\\n"' in shown
    assert SECRET not in json.dumps(notebook["cells"][-1])


def test_the_answers_travel_with_the_tests_and_to_no_student(course):
    assignment = load(NAME, course / "build")
    there = json.loads((assignment.folder / ANSWERS).read_text())
    assert set(there) == {"q1", "q2"}
    assert SECRET in there["q1"]
    sent = bundle.contents(assignment, Settings(NAME, hidden="visible", minutes=10))
    assert [name for name in sent if name.endswith(ANSWERS)]
    shipped = Shipment.of(Setup(assignment, course / "out", "process", Limits()))
    assert ANSWERS in shipped.files
    for folder in ("assignments", "src"):
        assert all(SECRET.encode() not in p.read_bytes() for p in (course / folder).rglob("*") if p.is_file())


def test_other_answers_are_other_conditions(course, tmp_path):
    first = followed.course(tmp_path / "one")
    before = conditions(load(NAME, first / "build"), Limits(), "process")
    path = first / "build" / NAME / ANSWERS
    path.write_text(path.read_text().replace("0.5", "0.50"))
    assert conditions(load(NAME, first / "build"), Limits(), "process") != before


def test_a_build_without_others_holds_no_answers(tmp_path):
    alone = followed.course(tmp_path, followed.text(below={}))
    assert not (alone / "build" / NAME / ANSWERS).exists()
