"""The desk runs the solution once, then answers each job in a process of its own."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.release.checking import empties
from autograder.release.desk import Desk

TESTS = """
OK_FORMAT = False
from otter.test_files import test_case
name = "q1"
points = None

@test_case(points=2, hidden=False)
def test_public(f):
    assert f(1) == 2

@test_case(points=1, hidden=True)
def test_hidden(f):
    assert f(2) == 3
"""


def notebook(*cells: str) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}


def archive() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as file:
        file.writestr("hw0/data.txt", "beside the notebook")
    return found.getvalue()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    cells = ["text = open('data.txt').read()\nprint(text)", "def f(x):\n    return x + 1", "grader.export()"]
    ready = Desk(notebook(*cells), archive(), {"q1": TESTS})
    yield ready
    ready.close()


def job(source: str = "", **more: Any) -> dict[str, Any]:
    return {"question": "q1", "source": source, **more}


def test_a_job_changes_nothing_for_those_after_it(desk: Desk) -> None:
    wrong, right = desk.run([job("def f(x):\n    return 2"), job()])
    assert [(case.hidden, case.points, case.passed) for case in wrong] == [(False, 2, True), (True, 1, False)]
    assert wrong[1].told == "AssertionError: "
    assert all(case.passed for case in right)
    (removed,) = desk.run([job(remove=["f"])])
    assert "NoneType" in removed[0].told


def test_a_job_ends_when_enough_is_lost_or_hidden_tests_are_not_wanted(desk: Desk) -> None:
    all_wrong = "def f(x):\n    return 0"
    assert [
        len(cases) for cases in desk.run([job(all_wrong, lost=0), job(all_wrong, lost=3), job(hidden=False)])
    ] == [
        1,
        2,
        1,
    ]


def test_an_answer_that_hangs_or_ends_its_process_reaches_no_further_case(desk: Desk) -> None:
    hangs = "def f(x):\n    while x == 2:\n        pass\n    return x + 1"
    ends = "import os\ndef f(x):\n    os._exit(0)"
    stuck, gone, right = desk.run([job(hangs, seconds=1), job(ends), job()])
    assert [case.passed for case in stuck] == [True]
    assert gone == []
    assert len(right) == 2


def test_calls_are_recorded_with_what_they_raised(desk: Desk) -> None:
    helpers = """
def _looked(real, conditions, method):
    return lambda args, keywords: [k for k, c in enumerate(conditions) if eval(c, {"x": args[0]})]
"""
    source = "def f(x):\n    if x == 2:\n        raise KeyError(x)\n    return x + 1"
    (cases,) = desk.run([job(source, record={"f": ["x == 1", "x > 0"]}, helpers=helpers)])
    calls = [(call.met, call.raised) for case in cases for call in case.calls]
    assert calls == [({0, 1}, ""), ({1}, "KeyError")]


def test_a_solution_that_raises_is_no_desk() -> None:
    with pytest.raises(RuntimeError, match="does not run to its end: code cell 2: ZeroDivisionError"):
        Desk(notebook("x = 1", "x / 0"), archive(), {})


CHECKED = """
OK_FORMAT = False
from otter.test_files import test_case
name = "q1"
points = None

@test_case(points=1, hidden=True)
def test_drawn(f):
    import numpy as np

    from coursekit import checks

    for x in np.random.normal(size=3):
        value = checks.call("f", f, float(x)).value
        checks.Answer(np.array([value]), "f").matches(np.array([x + 1]))
"""


def test_a_survey_goes_on_behind_the_first_wrong_value_and_is_repeatable() -> None:
    ready = Desk(notebook("def f(x):\n    return x + 1"), archive(), {"q1": CHECKED})
    try:
        wrong = "def f(x):\n    return x - 1"
        ends = "import os\ndef f(x):\n    os._exit(0)"
        one, other, right, gone = ready.survey([("q1", wrong), ("q1", wrong), ("q1", ""), ("q1", ends)])
    finally:
        ready.close()
    assert [case.passed for case in (*one, *other, *right)] == [False, False, True]
    assert len(one[0].prints) == len(right[0].prints) == 3
    assert one[0].prints == other[0].prints, "the case draws the same numbers each time"
    assert one[0].prints != right[0].prints
    assert gone == []


def test_pages_run_once_and_each_job_names_its_own(desk: Desk) -> None:
    helpers = "def _adapted(shown, names, defaults):\n    return shown"
    pages = [
        "def g(x):\n    return x + 1\n\ndef h(x):\n    return x + 2\n",
        "1 / 0\n",
        "def g(x):\n    return 5\n",
    ]
    pasted = [(0, "g", "('x',), {}"), (0, "h", "('x',), {}"), (1, "g", "('x',), {}"), (2, "g", "('x',), {}")]
    asked = {"question": "q1", "answer": "f", "helpers": helpers, "pasted": pasted}
    assert desk.agreeing([asked, asked], pages) == [[0], [0]]


SLOWLY = """def f(x):
    with open({path!r}, "a") as file:
        file.write(f"{{x}} ")
    return x + 1 + 0 * (sum(range(20_000_000)) if x == 2 else 0)
"""


@pytest.mark.parametrize("kind", ["returns zeros of the right shape", "returns 2 in the right shape"])
def test_an_empty_answer_does_not_compute_again_what_took_long(kind: str, tmp_path: Path) -> None:
    """Only its shape is wanted; what is quick is asked for again."""
    own = SLOWLY.format(path=str(tmp_path / "calls.txt"))
    ready = Desk(notebook(own), archive(), {"q1": TESTS})
    try:
        answer = empties.answer(own, kind)
        assert answer is not None
        (found,) = ready.run([job(answer)])
        assert [case.passed for case in found] == [kind.startswith("returns 2"), False]
        assert (tmp_path / "calls.txt").read_text().split() == ["1", "2", "1"]
    finally:
        ready.close()
