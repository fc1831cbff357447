"""Replays of a notebook cost its own time: however often it has to begin anew, grading comes to an end."""

import pytest

from autograder.limits import Limits
from autograder.sealed import Grader
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import scores

pytestmark = pytest.mark.sealed

NO_TIME = "there was no time left to run the notebook again"


def test_replays_for_tests_are_part_of_the_time_for_tests(tiny, tier):
    """A slow notebook whose functions all end their process begins anew for each test, but not for ever."""
    dying = "import os\ndef double(x): os._exit(1)\noutput_size = Scale = double"
    limits = Limits(grading_seconds=3.0, case_seconds=3.0)
    with Grader(tiny, tier=tier, limits=limits) as grader:
        result = grader.grade(notebook("import time; time.sleep(4)", dying))
    messages = [case.message for question in result.questions for case in question.cases]
    assert any(NO_TIME in message for message in messages)
    assert result.status == "stopped"


def test_replays_for_cells_are_part_of_the_time_for_cells(tiny, tier):
    """Where one cell after the other hangs, what stands above those that had their turn counts."""
    limits = Limits(notebook_seconds=2.0, cell_seconds=1.0, cell_restarts=20)
    hanging = ["while True: pass"] * 12
    with Grader(tiny, tier=tier, limits=limits) as grader:
        result = grader.grade(notebook(*HONEST, *hanging, "late = 1"))
    assert result.reason.endswith("the cells after it were skipped")
    assert result.reason.count("ran longer than 1 s") < len(hanging)
    assert scores(result) == POSSIBLE


def test_what_each_notebook_may_take_does_not_grow_with_its_restarts():
    assert Limits(cell_restarts=50).total_seconds == Limits(cell_restarts=0).total_seconds
