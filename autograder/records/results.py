"""What grading one notebook yields: plain values that can be written, compared and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Status = Literal["graded", "stopped", "misplaced", "unrelated", "unreadable", "uncounted"]
RAN: tuple[Status, ...] = ("graded", "stopped")  # what counts as work on the assignment, in means and rates
Tier = Literal["bubblewrap", "process", "none"]


def is_full(score: float, possible: float) -> bool:
    """Say whether a score is all there is; points that are split over cases add up to a little less.

    Examples
    --------
    >>> is_full(0.1 + 0.2 + 2.6999999999999997, 3.0), is_full(2.99, 3.0)
    (True, False)
    """
    return score > possible - 1e-6


@dataclass(frozen=True)
class CaseResult:
    """One test case of a question.

    ``message`` is what a student may read: a test's own failure message, never an expected value.
    ``detail`` is the whole traceback, for the instructor's log alone.
    """

    name: str
    passed: bool
    hidden: bool
    message: str = ""
    detail: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """The score of one question and the cases it came from.

    ``mistakes`` has a known mistake by name, with the words for it, where the answers are just those that it
    gives; two where these cannot be told apart. It is usually empty.
    ``followed`` names questions that this one builds on, where the score is what it gets with the course's
    own answers to them. It is usually empty.
    ``seconds`` is how long its tests took, which is no part of what it is.
    """

    name: str
    score: float
    possible: float
    cases: tuple[CaseResult, ...] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)
    followed: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def credit(self) -> str:
        """Why the score is higher than the answers alone would get, in words; usually empty."""
        if not self.followed:
            return ""
        *most, last = self.followed
        names = f"{', '.join(most)} and {last}" if most else last
        failed = "do not pass their tests" if most else "does not pass its tests"
        full = is_full(self.score, self.possible)
        gain = "passes: full credit" if full else f"gets {self.score:g} of {self.possible:g} points"
        return f"{names} {failed}; with the course's own {names} this answer {gain}"


@dataclass(frozen=True)
class FileResult:
    """A file that the assignment asks for: its bytes, None where it was not handed in, and what is wrong."""

    name: str
    size: int | None
    wrong: str = ""


@dataclass(frozen=True)
class FailedCell:
    """A code cell that an exception ended: its number, from 1, why, and the line of it, 0 where unknown.

    ``follows`` is the number of the earlier cell that should have defined what this one lacks; 0 where it
    fails for a reason of its own.
    """

    number: int
    why: str
    line: int = 0
    follows: int = 0

    @property
    def sentence(self) -> str:
        """What happened, without a full stop: ``cell 2 stopped: no module named seaborn``."""
        return f"cell {self.number} stopped: {self.why}{f' (line {self.line})' if self.line > 1 else ''}"


@dataclass(frozen=True)
class NotebookResult:
    """The outcome for one submission.

    ``status`` is ``"graded"`` when the notebook ran to its end (cells may have raised), ``"stopped"`` when
    the sandbox had to end it at least once, ``"misplaced"`` when it is the notebook of another assignment,
    ``"unrelated"`` when nothing in it belongs to the assignment, ``"unreadable"`` when there was no notebook
    to run, and ``"uncounted"`` when it was not run, because another attempt of the student counts in any
    case.
    ``reason`` says in words what an instructor should know; it is empty when all went well.
    ``executed`` is the run notebook (nbformat JSON) for the feedback page. ``files`` are those beside it.
    ``failed`` has the cells that an exception ended, in their order.
    """

    status: Status
    reason: str
    tier: Tier
    seconds: float
    questions: tuple[QuestionResult, ...]
    executed: str | None = field(default=None, repr=False)
    files: tuple[FileResult, ...] = ()
    failed: tuple[FailedCell, ...] = ()

    def untimed(self) -> NotebookResult:
        """Return the same outcome without how long it took, which differs between two runs alike."""
        questions = tuple(replace(q, seconds=0.0) for q in self.questions)
        return replace(self, seconds=0.0, questions=questions)

    @property
    def score(self) -> float:
        """The sum of the questions' scores."""
        return sum(q.score for q in self.questions)

    @property
    def possible(self) -> float:
        """The sum of the questions' possible points."""
        return sum(q.possible for q in self.questions)

    @property
    def credits(self) -> tuple[str, ...]:
        """Why questions got more than the answers alone would get, each with its name."""
        return tuple(f"{q.name}: {q.credit}" for q in self.questions if q.credit)
