"""Where a question fails, those that build on it are judged on the course's own answer to it."""

import time
from typing import Any

import pytest

from autograder.assignment import load
from autograder.sealed import Grader, Limits
from tests.assignments import followed
from tests.assignments.followed import FULL, NAME, WRONG, answered, graded, scores

sealed = pytest.mark.sealed
BLANK = {
    "nothing": "",
    "an ellipsis": "def quarter(x):\n    ...\n",
    "an error": "def quarter(x):\n    raise NotImplementedError\n",
    "no Python": "def quarter(x:\n",
}


def edited(notebook: dict[str, Any], what: str) -> dict[str, Any]:
    """Return a notebook as an editor or a student might leave it: the answer to q1 in other places."""
    cells = notebook["cells"]
    (at,) = (
        k for k, c in enumerate(cells) if c["metadata"].get("nbgrader", {}).get("grade_id") == "q1-answer"
    )
    plain = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None}
    if what == "deleted":
        del cells[at]
    elif what == "moved":
        cells.append(plain | {"source": cells[at]["source"]})
        cells[at]["source"] = ""
    elif what == "unnamed":
        cells[at]["metadata"] = {}
    elif what == "misnamed":
        cells[at]["metadata"]["nbgrader"] = ["q1-answer"]
    elif what == "text":
        cells[at]["cell_type"] = "markdown"
    elif what == "twice":
        cells.insert(at + 1, {**cells[at], "id": "again"})
    return notebook


@sealed
def test_where_an_earlier_question_fails_the_later_ones_follow(course, grader, runs):
    result = graded(grader, answered(course, q1=WRONG))
    assert scores(result) == {**FULL, "q1": 0.0}
    assert [q.followed for q in result.questions] == [(), ("q1",), ("q1", "q2"), ()]
    assert result.questions[1].credit == (
        "q1 does not pass its tests; with the course's own q1 this answer passes: full credit"
    )
    assert result.questions[2].credit.startswith("q1 and q2 do not pass their tests; with the course's own")
    assert all(case.passed and "the course's own" in case.message for case in result.questions[1].cases)
    assert result.status == "graded"
    assert len(runs) == 1 + 2, "one run more for each question that builds on what failed"


@sealed
def test_where_nothing_below_fails_nothing_runs_again(course, grader, runs):
    assert scores(graded(grader, followed.solution(course))) == FULL
    wrong = graded(grader, answered(course, q4="def tenth(x): return x", q3="def eighth(x): return x"))
    assert scores(wrong) == {**FULL, "q3": 0.0, "q4": 0.0}
    assert len(runs) == 2


@sealed
def test_a_part_of_the_points_may_follow(course, grader):
    part = "def quarter(x):\n    return half(half(x)) if x < 0 else x\n"
    result = graded(grader, answered(course, q1=WRONG, q2=part))
    assert scores(result)["q2"] == 1
    assert result.questions[1].credit.endswith("this answer gets 1 of 2 points")
    assert [case.passed for case in result.questions[1].cases] == [False, True]
    assert "passes with the course's own answers" in result.questions[1].cases[1].message


@sealed
@pytest.mark.parametrize("blank", BLANK.values(), ids=BLANK)
def test_a_blank_answer_gains_nothing(course, grader, blank):
    for below in (WRONG, "def half(x):\n    ...\n", ""):
        result = graded(grader, answered(course, q1=below, q2=blank, q3=blank.replace("quarter", "eighth")))
        assert scores(result) == {"q1": 0, "q2": 0, "q3": 0, "q4": 2}
        assert result.credits == ()


@sealed
@pytest.mark.parametrize(
    ("what", "q2", "again"),
    [
        ("deleted", 0, 0), ("moved", 0, 2), ("unnamed", 0, 0), ("misnamed", 0, 0), ("text", 2, 2),
        ("twice", 2, 2),
    ],
)  # fmt: skip
def test_answers_in_other_places_crash_nothing_and_gain_nothing_wrong(course, grader, runs, what, q2, again):
    result = graded(grader, edited(answered(course, q1=WRONG), what))
    assert scores(result) == {"q1": 0, "q2": q2, "q3": q2, "q4": 2}
    assert len(runs) == 1 + again, "without a cell for the course's answer there is nothing to run"


@sealed
def test_a_run_beside_the_courses_answers_has_its_time(course):
    hang = (
        "def quarter(x):\n    while half(4) == 2: pass\n    return half(half(x))\nwhile half(4) == 2: pass\n"
    )
    notebook = answered(course, q1=WRONG, q2=hang)
    limits = Limits(follow_seconds=2.0)
    with Grader(load(NAME, course / "build"), limits=limits) as grader:
        graded(grader, followed.solution(course))
        start = time.monotonic()
        result = graded(grader, notebook)
        assert time.monotonic() - start < 2.0 + 3.0
    assert scores(result) == {"q1": 0, "q2": 0, "q3": 0, "q4": 2}
    assert (result.status, result.reason) == ("graded", ""), "of that run nothing is told"


def test_the_time_of_all_runs_is_in_the_longest_that_grading_takes():
    assert Limits(follow_seconds=500).total_seconds - Limits(follow_seconds=100).total_seconds == 400
