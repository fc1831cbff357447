"""Multiple-choice questions that a page or a notebook can show.

A question is plain HTML with native radio buttons or checkboxes. It needs no kernel and no network, so it
works in the published book, in Jupyter and in Colab alike. Answers are shown in an order drawn from the words
of the question: the same wherever it is shown, and no habit of the author gives the right one away.

Examples
--------
>>> from coursekit.quiz import Answer, quiz
>>> quiz("What is 2 · 3?", [Answer("5", False, "That is the sum."), Answer("6", True, "Yes.")])
What is 2 · 3?
  ( ) 6
  ( ) 5
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from coursekit._markup import asset, inline, plain


@dataclass(frozen=True)
class Answer:
    """One answer that the reader can choose.

    Parameters
    ----------
    text
        The answer. It may hold ``$…$`` maths, `` `code` `` and the tags ``code``, ``em``, ``strong``,
        ``sub``, ``sup``. Everything else is shown as it is written.
    correct
        Whether choosing it is right.
    feedback
        The explanation after choosing it: why it is right, or what was overlooked.
    """

    text: str
    correct: bool
    feedback: str


class Quiz:
    """A question with its answers; shows itself in a notebook and in the book.

    Parameters
    ----------
    question
        The question, with the same markup as an answer.
    answers
        At least two, at least one of them correct. One correct answer gives radio buttons, several give
        checkboxes.
    seed
        Another one gives another order of the answers.
    """

    def __init__(self, question: str, answers: Sequence[Answer], seed: int = 0) -> None:
        self.question = question
        self.answers = tuple(sorted(answers, key=lambda answer: _drawn(f"{seed} {question}", answer.text)))
        if not question.strip():
            raise ValueError("quiz: question is empty")
        if len(self.answers) < 2:
            raise ValueError(f"quiz: answers expects at least 2 answers, got {len(self.answers)}")
        if not any(answer.correct for answer in self.answers):
            raise ValueError(f"quiz: answers expects a correct answer among its {len(self.answers)}, none is")
        texts = [answer.text for answer in self.answers]
        if len(set(texts)) < len(texts):
            raise ValueError(f"quiz: answers expects different texts, got {texts}")

    @property
    def multiple(self) -> bool:
        """Whether several answers are to be chosen."""
        return sum(answer.correct for answer in self.answers) > 1

    def __repr__(self) -> str:
        box = "[ ]" if self.multiple else "( )"
        return "\n".join(
            [plain(self.question), *(f"  {box} {plain(answer.text)}" for answer in self.answers)]
        )

    def _repr_html_(self) -> str:
        kind = "checkbox" if self.multiple else "radio"
        hint = '<p class="ck-quiz-hint">Choose all that are right.</p>' if self.multiple else ""
        # The script finds every quiz that is not awake yet and names its inputs itself, so the same cell may
        # be run twice, or stand twice on a page, without two quizzes sharing a name.
        return (
            f'<form class="ck-quiz" data-coursekit="quiz"><style>{asset("quiz.css")}</style>'
            f"<fieldset><legend>{inline(self.question)}</legend>{hint}"
            + "".join(_option(answer, kind) for answer in self.answers)
            + '</fieldset><button type="submit">Check</button>'
            f'<div class="ck-quiz-feedback" role="status" aria-live="polite"></div></form>'
            f"<script>{asset('math.js')}{asset('quiz.js')}</script>"
        )


def _drawn(words: str, text: str) -> bytes:
    """Place of an answer, pseudo-random: the same on every machine, different for each question."""
    return hashlib.sha256(f"{words}\0{text}".encode()).digest()


def _option(answer: Answer, kind: str) -> str:
    return (
        f'<div class="ck-quiz-option" data-correct="{str(answer.correct).lower()}">'
        f'<label><input type="{kind}" name="choice"><span>{inline(answer.text)}</span></label>'
        f"<template>{inline(answer.feedback)}</template></div>"
    )


def quiz(question: str, answers: Sequence[Answer], seed: int = 0) -> Quiz:
    """Make a multiple-choice question.

    Parameters
    ----------
    question
        The question. It may hold ``$…$`` maths, `` `code` `` and a few tags, see `Answer`.
    answers
        At least two, at least one of them correct. They are shown in another order.
    seed
        Another one gives another order; for a book in which the right answer is too often in the same place.

    Returns
    -------
    Quiz
        An object that a notebook cell and a chapter show as a form.

    Raises
    ------
    ValueError
        If the question is empty, or fewer than two answers are given, or none is correct, or two are alike.
    """
    return Quiz(question, answers, seed)
