"""Tests of the tests: wrong answers lose their question and no other, right ones lose nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.release import variants
from autograder.assignment import Assignment
from autograder.records.results import NotebookResult
from autograder.sealed import Grader
from tests.support import ROOT

MUTANTS = variants.folder(ROOT / "solutions/hw3/mutants")
ALTERNATIVES = variants.folder(ROOT / "solutions/hw3/alternatives")


@pytest.fixture(scope="module")
def grader(built: Assignment) -> Iterator[Grader]:
    with Grader(built) as ready:
        yield ready


@pytest.fixture(scope="module")
def solution(built: Assignment) -> dict:
    return json.loads((built.folder / "solution.ipynb").read_text(encoding="utf-8"))


def lost(result: NotebookResult) -> dict[str, list[str]]:
    """Return the questions that lost points, with what was said, details too."""
    assert result.status == "graded", result.reason
    return {
        q.name: [f"{c.message} {c.detail}" for c in q.cases if not c.passed]
        for q in result.questions
        if q.score < q.possible
    }


def test_there_are_enough_of_each() -> None:
    assert len(MUTANTS) >= 12
    assert len(ALTERNATIVES) >= 3
    assert {q for m in MUTANTS for q in m.answers} == {f"q{k}" for k in range(1, 14)}


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda v: v.name)
def test_a_mutant_loses_points_in_its_question_alone(
    mutant: variants.Variant, grader: Grader, solution: dict
) -> None:
    (question,) = mutant.answers
    result = grader.grade(json.dumps(variants.answer(solution, mutant.answers)))
    assert list(lost(result)) == [question], f"{mutant.why}\n{lost(result)}"


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=lambda v: v.name)
def test_an_alternative_right_solution_gets_full_marks(
    alternative: variants.Variant, grader: Grader, solution: dict
) -> None:
    result = grader.grade(json.dumps(variants.answer(solution, alternative.answers)))
    assert lost(result) == {}


@pytest.mark.sealed
def test_the_master_gets_full_marks(built: Assignment, grader: Grader, solution: dict) -> None:
    result = grader.grade(json.dumps(solution))
    assert lost(result) == {}
    assert result.score == built.possible


@pytest.mark.sealed
def test_the_notebook_as_given_gets_nothing(workshop: Path, grader: Grader) -> None:
    result = grader.grade((workshop / "assignments/hw3/hw3.ipynb").read_text(encoding="utf-8"))
    assert result.score == 0


ZEROS = {
    "q1": "def output_size(*a, **k):\n    return 0",
    "q2": "def correlate2d(x, k):\n    return np.zeros(np.add(np.subtract(x.shape, k.shape), 1))",
    "q3": "def convolve2d(x, k):\n    return np.zeros(np.subtract(np.add(x.shape, k.shape), 1))",
    "q4": "def pad2d(x, padding, mode='zeros'):\n"
    "    return np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))",
    "q5": "def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):\n"
    "    size = [(s + 2 * padding - dilation * (k - 1) - 1) // stride + 1"
    " for s, k in zip(x.shape[2:], weight.shape[2:])]\n"
    "    return np.zeros((len(x), len(weight), *size))",
    "q9": "def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):\n"
    "    size = [(s + 2 * padding - kernel_size) // (stride or kernel_size) + 1 for s in x.shape[2:]]\n"
    "    return np.zeros((*x.shape[:2], *size))\n\n\n"
    "def global_avg_pool2d(x):\n    return np.zeros((*x.shape[:2], 1, 1))",
    "q12": "def extract_features(images, filters):\n"
    "    return np.zeros((len(images), len(filters) * images.shape[2] * images.shape[3] // 16))",
    "q13": "def train_head(features, labels, steps, learning_rate):\n"
    "    return np.zeros((features.shape[1], 10)), np.zeros(10), [0.0] * steps\n\n\n"
    "def predict(images):\n    return np.zeros(len(images), dtype=int)",
}


@pytest.mark.sealed
def test_zeros_of_the_right_shape_are_worth_nothing(workshop: Path, grader: Grader) -> None:
    """No property or untouched input is paid for when nothing was computed."""
    given = json.loads((workshop / "assignments/hw3/hw3.ipynb").read_text(encoding="utf-8"))
    result = grader.grade(json.dumps(variants.answer(given, ZEROS)))
    assert {q.name: q.score for q in result.questions if q.score} == {}
