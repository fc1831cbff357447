"""Time has limits: what hangs loses its own points, and the rest of the notebook counts."""

import pytest

from autograder.sealed import Grader, Limits
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed


def test_a_cell_that_hangs_is_skipped_and_the_rest_counts(grader):
    result = grader.grade(notebook(HONEST[0], "while True: pass", *HONEST))
    assert (result.status, scores(result)) == ("stopped", POSSIBLE)
    assert result.reason == "cell 2 ran longer than 6 s and was skipped"
    assert "ran longer than 6 s" in outputs(result)[1]


def test_a_notebook_that_never_ends_is_given_up(tiny, tier):
    limits = Limits(cell_seconds=0.5, cell_restarts=1)
    with Grader(tiny, tier=tier, limits=limits) as grader:
        result = grader.grade(notebook(*HONEST, *["import time\ntime.sleep(100)"] * 30, "late = 1"))
    assert result.status == "stopped"
    assert "cell 5 ran longer than 0.5 s at its line 2; what it defined before that line" in result.reason
    assert result.reason.endswith("that line counts, the cells after it were skipped")
    assert scores(result) == POSSIBLE


def test_a_function_that_hangs_loses_its_question_alone(grader):
    cells = [HONEST[0], "def double(x):\n    while True: pass", *HONEST[2:]]
    result = grader.grade(notebook(*cells))
    assert scores(result) == {**POSSIBLE, "double": 0.0}
    assert result.reason == "double: a call ran longer than 4 s"
    assert "longer than 4 s" in result.questions[0].cases[0].message


SWALLOW = """OK_FORMAT = False
from otter.test_files import test_case
name = "swallow"

@test_case()
def test_raises(check):
    try:
        check(-1)
    except Exception:
        return
    raise AssertionError("nothing raised")
"""


@pytest.mark.parametrize("body", ["import os; os._exit(0)", "while True: pass", "raise ValueError"])
def test_a_test_that_expects_any_exception_is_not_passed_by_dying(tmp_path, tier, body):
    assignment = class_of_one.make(tmp_path, {"swallow": SWALLOW})
    with Grader(assignment, tier=tier, limits=Limits(call_seconds=1.0)) as grader:
        result = grader.grade(notebook(f"def check(x):\n    {body}"))
    assert result.score == (1.0 if "ValueError" in body else 0.0)


SLOW = """OK_FORMAT = False
from otter.test_files import test_case
name = "slow"

@test_case()
def test_counts(count):
    n = 0
    try:
        while n < count():
            n += 1
    except Exception:
        pass
"""


def test_a_test_made_slow_by_the_values_it_gets_is_broken_off(tmp_path, tier):
    assignment = class_of_one.make(tmp_path, {"slow": SLOW})
    with Grader(assignment, tier=tier, limits=Limits(case_seconds=1.0)) as grader:
        result = grader.grade(notebook("def count(): return 10**18"))
        assert result.score == 0
        assert grader.grade(notebook("def count(): return 3")).score == 1


def test_limits_must_be_positive():
    with pytest.raises(ValueError, match="memory must be positive"):
        Limits(memory=0)
