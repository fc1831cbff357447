"""Tests of the tests: wrong answers lose their question and no other, right ones lose nothing."""

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.records.results import NotebookResult
from autograder.release import build, master, variants
from autograder.release.checking import bench
from autograder.release.checking.bench import until
from autograder.sealed import Grader
from tests.support import ROOT

NAMES = build.names(ROOT)
each = pytest.mark.parametrize("assignment", NAMES, indirect=True, scope="module")


@functools.cache
def there(name: str, kind: str) -> list[variants.Variant]:
    """Return the variants of a kind that lie beside a master."""
    if kind == "mutants":
        return variants.mutants(master.read(name, ROOT), ROOT)
    return variants.folder(ROOT / "solutions" / name / kind)


def each_of(kind: str) -> pytest.MarkDecorator:
    """Run a test on every variant of a kind, with its assignment, whose grader stays for all of them."""
    cases = [pytest.param(name, v, id=f"{name}-{v.name}") for name in NAMES for v in there(name, kind)]
    return pytest.mark.parametrize(("assignment", "variant"), cases, indirect=["assignment"], scope="module")


@pytest.fixture(scope="module")
def assignment(request: pytest.FixtureRequest, built_of: Callable[[str], Assignment]) -> Assignment:
    return built_of(request.param)


@pytest.fixture(scope="module")
def grader(assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment) as ready:
        yield ready


@pytest.fixture(scope="module")
def solution(assignment: Assignment) -> dict:
    return json.loads((assignment.folder / "solution.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def given(assignment: Assignment, workshop: Path) -> dict:
    """Return the notebook that students open."""
    path = workshop / "assignments" / assignment.name / assignment.notebook
    return json.loads(path.read_text(encoding="utf-8"))


def lost(result: NotebookResult) -> dict[str, list[str]]:
    """Return the questions that lost points, with what was said, details too."""
    assert result.status == "graded", result.reason
    return bench.lost(result)


@each
def test_there_are_enough_of_each(assignment: Assignment) -> None:
    mutated = {q for mutant in there(assignment.name, "mutants") for q in mutant.answers}
    assert mutated == {q.name for q in assignment.graded}, "each question has a mutant"
    assert len(there(assignment.name, "alternatives")) >= 3


@each
def test_a_notebook_ends_with_its_question(solution: dict) -> None:
    cut = until(solution, "q2")
    assert cut["cells"] == solution["cells"][: len(cut["cells"])]
    assert cut["cells"][-1]["metadata"]["nbgrader"]["grade_id"] == "q2-answer"


@pytest.mark.slow
@pytest.mark.sealed
@each_of("mutants")
def test_a_mutant_loses_points_in_its_question_alone(
    variant: variants.Variant, assignment: Assignment, grader: Grader, solution: dict
) -> None:
    """The first mutant of a question runs to the end: one slip costs once. The others stop at it."""
    (question,) = variant.answers
    first = next(m for m in there(assignment.name, "mutants") if question in m.answers)
    notebook = variants.answer(solution, variant.answers)
    whole = variant.name == first.name
    result = grader.grade(json.dumps(notebook if whole else until(notebook, question)))
    graded = [q.name for q in assignment.graded]
    seen = graded if whole else graded[: graded.index(question) + 1]
    found = [q for q in lost(result) if q in seen and q not in variant.also]
    assert found == [question], f"{variant.why}\n{lost(result)}"


@pytest.mark.slow
@pytest.mark.sealed
@each_of("alternatives")
def test_an_alternative_right_solution_gets_full_marks(
    variant: variants.Variant, grader: Grader, solution: dict
) -> None:
    result = grader.grade(json.dumps(variants.answer(solution, variant.answers)))
    assert lost(result) == {}


@pytest.mark.sealed
@each
def test_the_master_gets_full_marks(assignment: Assignment, grader: Grader, solution: dict) -> None:
    result = grader.grade(json.dumps(solution))
    assert lost(result) == {}
    assert result.score == assignment.possible


@pytest.mark.sealed
@each
def test_the_notebook_as_given_gets_nothing(grader: Grader, given: dict) -> None:
    assert grader.grade(json.dumps(given)).score == 0


@pytest.mark.sealed
@each_of("worthless")
def test_an_answer_that_computes_nothing_is_worth_nothing(
    variant: variants.Variant, grader: Grader, given: dict
) -> None:
    result = grader.grade(json.dumps(variants.answer(given, variant.answers)))
    assert {q.name: q.score for q in result.questions if q.score} == {}, variant.why
