"""Run a question again on the course's own answers to what it builds on, and take the better score.

A mistake in an early question should not cost points in every question that builds on it. The course's
answers are in the sandbox during such a run, beside the student's code. So nothing that the code says in it
is kept: no output, no message, no reason. Only whether each test passed comes out, under fixed words, and
only for the one question that the run is for.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Container, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

from autograder.assignment import ANSWERS, Assignment, Question
from autograder.limits import Limits
from autograder.records.results import CaseResult, QuestionResult
from coursekit._cells import question_of

from .executed import Notebook

# Grades a question in a notebook that was changed, before a moment on the clock of `time.monotonic`.
Again = Callable[[Question, Notebook, float], QuestionResult]


def through(
    assignment: Assignment,
    notebook: Notebook,
    results: list[QuestionResult],
    barred: Container[str],
    limits: Limits,
    again: Again,
) -> list[QuestionResult]:
    """Return the results of a notebook, improved where a question lost points through those it builds on.

    Parameters
    ----------
    assignment : Assignment
        Its questions say what they build on.
    notebook : dict
        The notebook as handed in.
    results : list of QuestionResult
        What its questions got.
    barred : container of str
        Questions that get no points in any case.
    limits : Limits
        What is not reached within its ``follow_seconds`` gains nothing.
    again : callable
        Grades one question in a changed notebook.
    """
    short = {r.name for r in results if r.score < r.possible}
    due = {
        q.name: lost
        for q in assignment.graded
        if q.name in short
        and q.name not in barred
        and (lost := tuple(n for n in below(q, assignment) if n in short))
    }
    if not due:
        return results
    answers = read(assignment)
    questions = {q.name: q for q in assignment.graded}
    end = time.monotonic() + limits.follow_seconds
    kept = []
    for result in results:
        lost = due.get(result.name, ())
        filled = fill(notebook, {name: answers[name] for name in lost}) if lost else None
        if filled is not None and time.monotonic() < end:
            result = better(result, again(questions[result.name], filled, end), lost)
        kept.append(result)
    return kept


def read(assignment: Assignment) -> Mapping[str, str]:
    """Return the course's answers to the questions that others build on.

    Raises
    ------
    FileNotFoundError
        When the build lacks them; the message says how to make them.
    """
    try:
        found: dict[str, str] = json.loads((assignment.folder / ANSWERS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{assignment.name}: questions build on others, and {assignment.folder / ANSWERS} is missing: "
            f"run `autograder build {assignment.name}`"
        ) from None
    return found


def fill(notebook: Notebook, answers: Mapping[str, str]) -> Notebook | None:
    """Return a copy of a notebook with other answers to some questions.

    Cells are found by the names that nbgrader gave them, never by their content. Where a question has
    several, the first gets the answer and the others become empty.

    Returns
    -------
    dict or None
        None where a question has no cell left, so that its answer cannot be found.
    """
    changed = deepcopy(notebook)
    for question, answer in answers.items():
        own = [c for c in changed["cells"] if c["cell_type"] == "code" and question_of(c) == question]
        if not own:
            return None
        for cell, source in zip(own, [answer, *[""] * len(own)], strict=False):
            cell["source"] = source
    return changed


def better(first: QuestionResult, second: QuestionResult, lost: Sequence[str]) -> QuestionResult:
    """Return the better of two results; the ``second`` has the course's answers to ``lost``."""
    if second.score <= first.score:
        return first
    blank = [CaseResult("", False, False)] * len(second.cases)  # where there is nothing to compare with
    before = first.cases if len(first.cases) == len(second.cases) else blank
    cases = tuple(_case(a, b) for a, b in zip(before, second.cases, strict=True))
    return replace(first, score=second.score, cases=cases, followed=tuple(lost), mistakes={})


def _case(first: CaseResult, second: CaseResult) -> CaseResult:
    """Return the verdict of the second run, with words of the first or of ours."""
    if first.passed == second.passed:
        return replace(first, name=second.name, hidden=second.hidden)
    verdict = "passes" if second.passed else "fails"
    words = f"This test {verdict} with the course's own answers to what the question builds on."
    return CaseResult(second.name, second.passed, second.hidden, words)


def below(question: Question, assignment: Assignment) -> tuple[str, ...]:
    """Return the questions that one builds on, directly or not, in the notebook's order."""
    there = {q.name: q for q in assignment.graded}
    found: set[str] = set()
    ahead = [*builds_on(question)]
    while ahead:
        name = ahead.pop()
        if name in there and name not in found:
            found.add(name)
            ahead += builds_on(there[name])
    return tuple(name for name in there if name in found)


def builds_on(question: Question) -> tuple[str, ...]:
    """Return the questions that one declares to build on."""
    return tuple(question.course.get("builds_on", ()))
