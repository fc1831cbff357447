"""What a student reads of a question's test cases, on the feedback page and elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.records.results import CaseResult, QuestionResult
from autograder.text import one_line, plain
from coursekit._mistakes import sentence

_WORDS = 3_000  # characters of one test's message


@dataclass(frozen=True)
class CaseView:
    """A test case as a student reads it.

    For a hidden test it has the outcome and the message, not the name; expected values and test code are in
    neither.
    """

    name: str
    passed: bool
    hidden: bool
    message: str


def case_views(result: QuestionResult) -> list[CaseView]:
    """Return the cases of a question in their order; hidden ones are numbered where there are several."""
    hidden = sum(c.hidden for c in result.cases)
    views: list[CaseView] = []
    for case in result.cases:
        number = sum(v.hidden for v in views) + 1 if hidden > 1 else 0
        views.append(_view(case, result.name, number))
    return views


def mistake_made(result: QuestionResult) -> str:
    """Return what a student reads about the known mistake that was made; usually empty."""
    return sentence([plain(words).strip()[:_WORDS] for words in result.mistakes.values()])


def _view(case: CaseResult, question: str, number: int) -> CaseView:
    name = re.sub(
        rf"^{re.escape(question)} - (?=\d+$)", "test ", one_line(case.name, 120)
    )  # Otter's own names
    if case.hidden:
        name = f"hidden test {number or ''}".strip()
    words = case.message if case.message or case.hidden or case.passed else _assertion(case.detail)
    return CaseView(name, case.passed, case.hidden, plain(words).strip()[:_WORDS])


def _assertion(detail: str) -> str:
    """Return what a public test's assertion said, as it says it in the student's own notebook."""
    trace = detail.split("\n\nThe student's code:")[0]
    return trace.rpartition("\nAssertionError: ")[2] if "\nAssertionError: " in trace else ""
