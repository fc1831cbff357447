"""Grade notebooks, one after another, in a warm sandbox."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.assignment import Assignment, Question
from autograder.limits import Limits
from autograder.records.results import NotebookResult, QuestionResult
from coursekit import _files

from . import executed, follow, handed, own, tiers
from .replay import CellRun, Replay
from .session import Session
from .warm import Zygote

AGAIN = "the notebook ended otherwise when it was run again for the hidden tests"


class Told:
    """What is reported about a notebook's cells: what they did before the first hidden test.

    Where the sandbox is lost over a hidden test, the notebook is run again; what it says then, after its code
    has met hidden inputs, is not kept.
    """

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self.runs: list[CellRun] = []
        self.reasons: list[str] = []

    def keep(self) -> None:
        """Keep what the cells did last, and why some were stopped."""
        self.runs = [replace(run, outputs=list(run.outputs)) for run in self._replay.runs]
        self.reasons = list(self._replay.reasons)


class Grader:
    """Grades the notebooks of one assignment, under seal.

    One notebook at a time; to use more cores, have a Grader in each of several processes. Make and use it
    in the main thread: the sandbox ends with the thread that started it.

    Parameters
    ----------
    assignment : Assignment
        What is graded; its test files stay in this process.
    tier : {"auto", "bubblewrap", "process"}
        How notebooks are sealed off. ``"auto"`` takes the strongest that works on this machine.
    limits : Limits
        What one submission may use up; by default what the assignment says.
    secret : sequence of Path
        Folders that no notebook may see, such as submissions and results; the assignment's own is one.

    Raises
    ------
    TierUnavailable
        When the demanded tier does not work here; the message says what to install.
    """

    def __init__(
        self,
        assignment: Assignment,
        tier: str = "auto",
        limits: Limits | None = None,
        secret: Sequence[Path] = (),
    ) -> None:
        from . import account, marking, naming, rules  # here: Otter loads with them, and not all need it

        self._account = account.Account
        self._mark, self._confirmed, self._rules = marking.mark, marking.confirmed, rules
        self._name_mistakes = naming.name_mistakes
        self.assignment = assignment
        self.tier = tiers.choose(tier)
        self.limits = limits or Limits.of(assignment.course)
        if assignment.uses_torch:
            importlib.import_module("torch").set_num_threads(1)
        declared = assignment.rules
        refusal = f"is not allowed in {assignment.name}: allowed are {declared.in_words}" if declared else ""
        hidden = (assignment.folder, *secret)
        self._zygote = Zygote(self.tier, self.limits, assignment.modules, hidden, refusal)

    def __enter__(self) -> Self:
        self._zygote.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox; nothing of it is left when this returns."""
        self._zygote.close()

    def grade(self, submission: str | bytes, files: handed.Handed | None = None) -> NotebookResult:
        """Run a submitted notebook in the sandbox and its tests in this process.

        Parameters
        ----------
        submission : str or bytes
            The notebook's JSON, or whatever was submitted in its place.
        files : mapping of str to bytes or str, optional
            What was handed in beside it, or why a file was not taken.

        Returns
        -------
        NotebookResult
            Whatever the submission does, there is one.

        Raises
        ------
        SandboxBroken
            When the machine cannot start a sandbox at all.
        """
        losses = self._zygote.losses
        result = self._grade(submission, files)
        if self._zygote.losses > losses:  # once it is the machine's doing, which costs no student anything
            result = self._grade(submission, files)
        return result

    def _grade(self, submission: str | bytes, files: handed.Handed | None) -> NotebookResult:
        start = time.monotonic()
        try:
            notebook = executed.read(submission)
        except executed.Unreadable as error:
            nothing = tuple(QuestionResult(q.name, 0.0, q.points) for q in self.assignment.graded)
            return NotebookResult("unreadable", str(error), "none", time.monotonic() - start, nothing)
        desk = handed.desk(self.assignment, files or {})
        account = self._account(notebook, self.assignment)  # may make code of cells that are text by accident
        broken = self._rules.judge(notebook, self.assignment, files)
        replay = Replay(self._zygote, executed.sources(notebook), self.limits, handed.for_notebook(desk))
        session = Session(replay, self.limits)
        told = Told(replay)
        tests_find = contextlib.ExitStack()
        try:
            tests_find.enter_context(_files.bound(desk))
            tests_find.enter_context(own.bounded(self.limits))
            session.begin(self.limits.case_seconds)  # runs the cells
            session.blames = account.ran(replay.runs)
            end = time.monotonic() + self.limits.grading_seconds
            session.until(end)
            questions, stops = self._mark(session, self.assignment.graded, self.limits, end, told.keep)
            questions = self._name_mistakes(session, self.assignment.graded, questions, self.limits)
            session.lose("the end")
            again = partial(self._again, replay)
            barred = {breach.question for breach in broken}
            questions = follow.through(self.assignment, notebook, questions, barred, self.limits, again)
        finally:
            tests_find.close()
            session.lose("the end")
        if not self.assignment.public_alone:
            questions = self._confirmed(questions)
        stops = [*told.reasons, *([AGAIN] if len(replay.reasons) > len(told.reasons) else []), *stops]
        notes = [
            f"cell {k} raised MemoryError" for k, run in enumerate(told.runs, 1) if run.error == "MemoryError"
        ]
        beside = handed.results(desk)
        notes += [file.wrong for file in beside if file.wrong]
        result = NotebookResult(
            status="stopped" if stops else "graded",
            reason="; ".join(dict.fromkeys(stops + notes + self._rules.notes(broken))),
            tier=self.tier,
            seconds=time.monotonic() - start,
            questions=self._rules.enforce(questions, broken),
            executed=executed.write(notebook, told.runs, self.limits.executed_bytes),
            files=beside,
        )
        return account.close(result, session.lacking, session.hints)

    def _again(
        self, replay: Replay, question: Question, notebook: executed.Notebook, end: float
    ) -> QuestionResult:
        """Grade one question in a changed notebook; what its cells show and why they stop is not kept."""
        session = Session(replay.other(executed.sources(notebook), end), self.limits)
        try:
            return self._mark(session, [question], self.limits, end)[0][0]
        finally:
            session.lose("the end")
