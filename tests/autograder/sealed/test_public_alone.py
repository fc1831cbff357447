"""Whoever writes down what the public tests expect has computed nothing, and earns nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from autograder.records.results import CaseResult, QuestionResult
from autograder.sealed import Grader, marking
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.conftest import LIMITS
from tests.autograder.sealed.observed import scores

WRITTEN_DOWN = [
    HONEST[0],
    "def double(x): return 6",
    "def output_size(n, k): return 24",
    HONEST[3],
]
OPEN, SECRET = CaseResult("open", True, False), CaseResult("secret", True, True)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory, tier: str) -> Iterator[Grader]:
    """A grader as a build asks for it, where public tests alone earn nothing."""
    made = class_of_one.make(tmp_path_factory.mktemp("strict"))
    course = {**made.course, "public_alone": False}
    with Grader(replace(made, course=course), tier=tier, limits=LIMITS) as grader:
        yield grader


@pytest.mark.sealed
def test_answers_copied_from_public_tests_earn_nothing_and_are_told_why(strict: Grader) -> None:
    result = strict.grade(notebook(*WRITTEN_DOWN))
    assert scores(result) == {"double": 0.0, "size": 0.0, "layer": 2.0}
    double = result.questions[0]
    assert [case.passed for case in double.cases] == [False, True, False]
    assert double.cases[0].message == marking.WORDS
    assert not double.cases[0].hidden
    assert scores(strict.grade(notebook(*HONEST))) == POSSIBLE


@pytest.mark.sealed
def test_a_build_that_says_nothing_counts_as_otter_does(grader: Grader) -> None:
    assert scores(grader.grade(notebook(*WRITTEN_DOWN)))["double"] == 1.0


@pytest.mark.parametrize(
    ("cases", "score"),
    [
        ([OPEN, SECRET], 1.0),
        ([OPEN, replace(SECRET, passed=False)], 0.0),
        ([replace(OPEN, passed=False), SECRET], 1.0),
        ([OPEN, replace(SECRET, passed=False), SECRET], 1.0),
        ([OPEN], 1.0),  # nothing is hidden, so nothing can confirm it
    ],
)
def test_one_hidden_test_confirms_the_public_ones(cases: list[CaseResult], score: float) -> None:
    (found,) = marking.confirmed([QuestionResult("q", 1.0, 2.0, tuple(cases), followed=("q0",))])
    assert found.score == score
    assert bool(found.followed) is bool(score)
    assert len(found.cases) == len(cases) + (score == 0)


def test_what_earned_nothing_gets_no_reason() -> None:
    nothing = QuestionResult("q", 0.0, 2.0, (replace(OPEN, passed=False), replace(SECRET, passed=False)))
    assert marking.confirmed([nothing]) == [nothing]
