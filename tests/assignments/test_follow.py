"""Where a question fails, those that build on it are judged on the course's own answer to it."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import ANSWERS, load
from autograder.gradescope import bundle, results
from autograder.gradescope.settings import Settings
from autograder.grading.job import Setup, grade_submission
from autograder.grading.remote import Shipment
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records.results import CaseResult, NotebookResult, QuestionResult
from autograder.records.store import Store, conditions
from autograder.release.checking import follow as checked
from autograder.release.checking.bench import Bench
from autograder.sealed import Grader, Limits, follow
from autograder.submissions.intake import Entry
from coursekit import _bundle
from coursekit.notebook import Grader as KernelGrader
from tests.assignments import followed
from tests.assignments.followed import NAME, SECRET, answered

sealed = pytest.mark.sealed
WRONG = "def half(x):\n    return 0.4 * x\n"
FULL = {"q1": 2.0, "q2": 2.0, "q3": 2.0, "q4": 2.0}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return followed.course(tmp_path_factory.mktemp("follow"))


@pytest.fixture(scope="module")
def grader(course: Path) -> Iterator[Grader]:
    with Grader(load(NAME, course / "build"), limits=Limits(cell_seconds=3.0, call_seconds=2.0)) as grader:
        yield grader


@pytest.fixture
def runs(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What grows with each child that is started for a notebook."""
    started: list[int] = []
    fork = grader._zygote.fork

    def counted() -> Any:
        started.append(1)
        return fork()

    monkeypatch.setattr(grader._zygote, "fork", counted)
    return started


def graded(grader: Grader, notebook: dict[str, Any]) -> NotebookResult:
    return grader.grade(json.dumps(notebook))


def scores(result: NotebookResult) -> dict[str, float]:
    return {q.name: q.score for q in result.questions}


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
    part = "def quarter(x):\n    return half(half(x)) if x > 0 else x\n"
    result = graded(grader, answered(course, q1=WRONG, q2=part))
    assert scores(result)["q2"] == 1
    assert result.questions[1].credit.endswith("this answer gets 1 of 2 points")
    assert [case.passed for case in result.questions[1].cases] == [True, False]
    assert "Try numbers below zero." in result.questions[1].cases[1].message


BLANK = {
    "nothing": "",
    "an ellipsis": "def quarter(x):\n    ...\n",
    "an error": "def quarter(x):\n    raise NotImplementedError\n",
    "no Python": "def quarter(x:\n",
}


@sealed
@pytest.mark.parametrize("blank", BLANK.values(), ids=BLANK)
def test_a_blank_answer_gains_nothing(course, grader, blank):
    for below in (WRONG, "def half(x):\n    ...\n", ""):
        result = graded(grader, answered(course, q1=below, q2=blank, q3=blank.replace("quarter", "eighth")))
        assert scores(result) == {"q1": 0, "q2": 0, "q3": 0, "q4": 2}
        assert result.credits == ()


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
    if x < 0: raise ValueError(loot())
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
@pytest.mark.parametrize(
    ("what", "q2", "again"),
    [
        ("deleted", 0, 0), ("moved", 0, 2), ("unnamed", 0, 0), ("misnamed", 0, 0), ("text", 0, 0),
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


@sealed
def test_row_page_report_and_gradescope_say_why(course, grader, tmp_path):
    assignment = load(NAME, course / "build")
    setup = Setup(assignment, tmp_path / "out", grader.tier, grader.limits)
    path = tmp_path / f"{NAME}.ipynb"
    path.write_text(json.dumps(answered(course, q1=WRONG)))
    entry = Entry(student="ann", slug="ann", path=path)
    grade_submission(entry, setup, grader.grade)
    record = Store(setup.out).read("ann")
    assert record is not None
    why = "q1 does not pass its tests; with the course's own q1 this answer passes: full credit"
    assert f"q2: {why}" in record.row.reason
    assert record.result.questions[1].credit == why
    print(*(p.read_text() for p in (setup.out / "log").glob("*")))
    page = (setup.out / "feedback" / "ann.html").read_text()
    assert page.count(why.replace("'", "&#39;")) >= 2
    told = report([record], assignment)
    assert [[(f.questions, f.count) for f in q.followed] for q in told.questions] == [
        [], [(("q1",), 1)], [(("q1", "q2"), 1)], []
    ]  # fmt: skip
    assert told.odd == ()
    assert "1 got q2 with the course&#39;s own q1." in report_page(told, "")
    shown = results.graded(record.result, assignment, "after_published", 1.0, "")
    boxes = {test["name"]: test for test in shown["tests"]}
    said = [name for name, test in boxes.items() if why in test["output"]]
    assert len(said) == 1
    assert boxes[said[0]]["visibility"] == "after_published"
    assert why not in shown["output"]


@sealed
def test_results_from_before_say_nothing_of_it(course, grader, tmp_path):
    setup = Setup(load(NAME, course / "build"), tmp_path / "out", grader.tier, grader.limits)
    path = tmp_path / f"{NAME}.ipynb"
    path.write_text(json.dumps(answered(course, q1=WRONG)))
    grade_submission(Entry(student="ann", slug="ann", path=path), setup, grader.grade)
    (written,) = (setup.out / "results").glob("*.json")
    content = json.loads(written.read_text())
    assert content["result"]["questions"][1]["followed"] == ["q1"]
    for question in content["result"]["questions"]:
        del question["followed"]
    written.write_text(json.dumps(content | {"format": 2}))
    record = Store(setup.out).read("ann")
    assert record is not None
    assert record.result.credits == ()
    assert record.result.score == 6


@sealed
def test_check_finds_what_does_not_follow(course, tmp_path):
    def problems(name: str, master: str) -> list[str]:
        root = followed.course(tmp_path / name, master)
        bench = Bench(NAME, root, root, progress=False)
        try:
            return checked.through(bench)
        finally:
            bench.close()

    sound = followed.text()
    assert problems("sound", sound) == []
    unseen = followed.text({"q3": "[q2]"}).replace("quarter(16) == 16 / 4", "quarter(16) in (4, 8)")
    unseen = unseen.replace("quarter(-32) == -32 / 4", "quarter(-32) in (-8, -16)")
    (lost,) = problems("unseen", unseen)
    assert lost.startswith("q3 builds on q2; with q2 with a mistake its own answer gets 0 of 2 points:")
    empty = sound.replace(
        "def test_public(quarter):\n    assert quarter(16) == 16 / 4",
        "def test_public(half):\n    assert half(16) == 8",
    )
    empty = empty.replace("test_public(quarter)", "test_public(half)")
    (given,) = problems("empty", empty)
    assert given.startswith("q2 gives 1 to a blank answer once the course's own q1 stand there")


def test_a_check_says_where_to_look_first(course):
    content = json.loads((course / "src/coursekit/assignments" / f"{NAME}.json").read_text())
    listed = tuple(
        _bundle.Question(q["name"], q["points"], q["manual"], q["course"]) for q in content["questions"]
    )
    grader = KernelGrader.__new__(KernelGrader)
    grader.name = NAME
    grader.__dict__["_bundle"] = _bundle.Bundle(
        NAME, content["notebook"], listed, content["tests"], Path("nowhere")
    )
    space = {"grader": grader}
    exec("def half(x): return 0.4 * x\ndef quarter(x): return half(half(x))\ndef eighth(x): return x", space)

    def check(question: str) -> str:
        return repr(eval(f"grader.check({question!r})", space)).splitlines()[1].strip()

    assert check("q2") == "q2 builds on q1, whose check fails: look there first."
    assert check("q3") == "q3 builds on q1 and q2, whose checks fail: look there first."
    assert "builds on" not in check("q1")
    shown = eval("grader.check('q2')", space)._repr_html_()
    assert shown.index("look there first") < shown.index("q2 - 1")
    exec("def half(x): return 0.5 * x", space)
    assert "builds on" not in repr(eval("grader.check('q2')", space))
    assert "builds on" not in check("q3")
