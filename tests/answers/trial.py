"""Grades an answer of a bank: in the place of the solution's own answer, under seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.release import variants
from autograder.release.bench import Bench, until
from tests.answers.bank import Answer


@dataclass(frozen=True)
class Trial:
    """What an answer got for its question, and what was said of it.

    ``public`` is whether all public tests passed, ``words`` what the failed cases said, ``named`` the known
    mistakes that the answer was told it makes.
    """

    answer: Answer
    score: float
    possible: float
    public: bool
    words: tuple[str, ...]
    named: Mapping[str, str]

    @property
    def surprising(self) -> bool:
        """Whether a right answer lost points, or a wrong one kept all."""
        return (self.score < self.possible) == self.answer.right


def grade(bench: Bench, answer: Answer) -> Trial:
    """Grade an answer on the solution's notebook, cut off behind it.

    Raises
    ------
    RuntimeError
        When nothing was graded.
    """
    notebook = until(variants.answer(bench.solution, {answer.question: answer.code}), answer.question)
    graded, _ = bench.watch(notebook, answer.question)  # which also names mistakes
    if not graded.questions:
        raise RuntimeError(f"{answer.place}: {graded.status}, {graded.reason}")
    (question,) = graded.questions
    failed = [case for case in question.cases if not case.passed]
    words = [f"{'hidden' if c.hidden else 'public'} {c.name}: {c.message}" for c in failed]
    return Trial(
        answer,
        question.score,
        question.possible,
        all(case.hidden for case in failed),
        tuple(words + ([graded.reason] if graded.reason else [])),
        question.mistakes,
    )
