"""Who looks at a score is told what it follows from: in the row, pages, a check, and `autograder check`."""

import json
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.gradescope import results
from autograder.grading.job import Setup, grade_submission
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records.store import Store
from autograder.release.bench import Bench
from autograder.release.checking import follow as checked
from autograder.submissions.entry import Entry
from coursekit import _bundle
from coursekit.notebook import Grader as KernelGrader
from tests.assignments import followed
from tests.assignments.followed import NAME, WRONG, answered

sealed = pytest.mark.sealed


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
        "def test_hidden(quarter):\n    assert quarter(-32) == -32 / 4",
        "def test_hidden(half):\n    assert half(-32) == -16",
    )
    empty = empty.replace("test_hidden(quarter)", "test_hidden(half)")
    (given,) = problems("empty", empty)
    assert given.startswith("q2 gives 1 to a blank answer once the course's own q1 stand there")
