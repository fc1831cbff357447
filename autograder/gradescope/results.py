"""Gradescope's results.json: what students and staff see of a grading.

Fields as in Gradescope's "Autograder Specifications".
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from autograder.assignment import Assignment, Question
from autograder.gradescope.settings import Shown, Visibility
from autograder.notebooks.released import titles
from autograder.pages.cases import CaseView, case_views, mistake_made
from autograder.records.results import NotebookResult, QuestionResult
from autograder.text import one_line

_STANDING = {
    "graded": "The notebook ran to its end.",
    "stopped": "The notebook had to be stopped.",
    "misplaced": "This is the notebook of another assignment.",
    "unrelated": "Nothing in this notebook belongs to this assignment.",
    "unreadable": "There was no notebook to run, so there are no points.",
}
NOT_GRADED = (
    "Not graded: the grader itself could not work. This is no zero, and nothing you did: "
    "your instructor can see why and grade again."
)


class Test(TypedDict):
    """A box on the results page. Without a score it does not count."""

    name: str
    output: str
    visibility: Visibility
    number: NotRequired[str]
    status: NotRequired[str]
    score: NotRequired[float]
    max_score: NotRequired[float]


class Results(TypedDict):
    """The file as a whole. It has a score when, and only when, the submission was graded."""

    output: str
    output_format: str
    test_output_format: str
    test_name_format: str
    visibility: Visibility
    stdout_visibility: Visibility
    tests: list[Test]
    extra_data: dict[str, Any]
    score: NotRequired[float]
    execution_time: NotRequired[float]


def graded(
    result: NotebookResult, assignment: Assignment, hidden: Shown, seconds: float, staff: str
) -> Results:
    """Return the results of a submission that was graded, or that held nothing to grade.

    Of a hidden test a student sees what the feedback page shows, the outcome and the message, and only when
    ``hidden`` says so. The score of a question with hidden tests would tell their outcome, so it appears
    together with them. Lateness is Gradescope's own business.

    Parameters
    ----------
    result : NotebookResult
        What grading yielded.
    assignment : Assignment
        The questions and their points.
    hidden : {"visible", "after_due_date", "after_published"}
        When students see what depends on hidden tests.
    seconds : float
        How long it all took.
    staff : str
        What staff should know and students need not.
    """
    lines = [_STANDING[result.status], one_line(result.reason, 1_000)]
    lines += [one_line(f.sentence) for f in result.failed[:1] if f.sentence not in result.reason]
    manual = [f"{q.name} ({q.points:g} points)" for q in assignment.questions if q.manual]
    if manual:
        lines.append(f"Read by a person, and not in this score: {', '.join(manual)}.")
    by_name = {q.name: q for q in result.questions}
    tests: list[Test] = []
    for number, question in enumerate(assignment.graded, 1):
        answered = by_name.get(question.name, QuestionResult(question.name, 0.0, question.points))
        tests += _question(str(number), question, answered, titles(assignment)[question.name], hidden)
    results = _frame("\n".join(filter(None, lines)), [*tests, _for_staff(staff)], result.tier)
    results["score"] = result.score
    results["execution_time"] = round(seconds, 2)
    return results


def not_graded(staff: str) -> Results:
    """Return what is shown when the grader itself failed: a notice to all, the reason to staff, no score."""
    return _frame(NOT_GRADED, [_for_staff(f"Not graded: {staff}")], "none")


def _frame(output: str, tests: list[Test], tier: str) -> Results:
    return Results(
        output=output,
        output_format="text",
        test_output_format="text",
        test_name_format="text",
        visibility="visible",
        stdout_visibility="hidden",
        tests=tests,
        extra_data={"tier": tier},
    )


def _for_staff(text: str) -> Test:
    return Test(name="For staff", output=text, visibility="hidden")


def _question(
    number: str, question: Question, result: QuestionResult, title: str, hidden: Shown
) -> list[Test]:
    """Return the boxes of a question: with the score, and before it, where hidden tests wait, the public."""
    views = case_views(result)
    name = f"{question.name} · {title}" if title else question.name
    credit = f"{result.credit}." if result.credit else ""
    told = "\n".join(filter(None, [credit, mistake_made(result), _words(views)]))
    scored = Test(
        name=name,
        number=number,
        score=result.score,
        max_score=question.points,
        status="passed" if result.score >= question.points else "failed",
        output=told or "Its tests did not run.",
        visibility="visible",
    )
    public = [view for view in views if not view.hidden]
    if hidden == "visible" or len(public) == len(views):
        return [scored]
    scored["visibility"] = hidden
    if not public:
        return [scored]
    passed = all(view.passed for view in public)
    before = Test(
        name=f"{name}: public tests",
        number=f"{number}.1",
        status="passed" if passed else "failed",
        output=_words(public),
        visibility="visible",
    )
    return [before, scored]


def _words(views: list[CaseView]) -> str:
    return "\n".join(
        f"{view.name}: {'passed' if view.passed else 'failed'}"
        + "".join(f"\n    {line}" for line in view.message.splitlines())
        for view in views
    )
