"""The `grader` of an assignment's notebook: checks answers and makes the file to hand in.

It needs nothing but this package: no Otter, no network, no files beside the notebook. Its results for the
public tests are those that Otter gives; the grade comes from hidden tests after submission.

Examples
--------
A notebook begins with ::

    from coursekit.notebook import Grader
    grader = Grader("hw3")

and asks ``grader.check("q1")`` after a question, ``grader.check_all()`` and ``grader.export()`` at its end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from coursekit import _before, _cells, _files, _submission
from coursekit._breaches import Breach, breaches
from coursekit._bundle import Bundle, Question, find
from coursekit._explain import explain, listed
from coursekit._mistakes import told
from coursekit._otter_tests import Outcome, QuestionTests
from coursekit._own_modules import beside, with_own_modules
from coursekit._report import UNTESTED, WRITTEN, Case, Check, Checks
from coursekit._rules import Rules
from coursekit._runs import RUNS
from coursekit._submission import Submission

GRADING = "COURSEKIT_GRADING"
"""While this environment variable is set, nothing here does anything: the grader runs the tests itself."""


class Grader:
    """Checks the answers of one assignment and exports its submission.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    tests : str or Path
        Folder with test files beside the notebook. Where it has none for a question, the tests that come
        with this package are used.

    Raises
    ------
    ValueError
        If there are no tests of this name; the message lists the assignments known.
    """

    def __init__(self, name: str, *, tests: str | Path = "tests") -> None:
        self.name = name
        self._folder = Path(tests)
        self._judged: tuple[tuple[str, ...], list[Breach]] = ((), [])
        if not _grading():
            _ = self._bundle  # so that a wrong name fails at once
            RUNS.watch()

    @cached_property
    def _bundle(self) -> Bundle:
        return find(self.name, self._folder)

    def check(self, question: str) -> Check | None:
        """Run the public tests of a question and say in words what they found.

        Parameters
        ----------
        question : str
            The question, such as ``"q1"``.

        Returns
        -------
        Check or None
            The result, which a notebook shows; None while a grader runs the notebook.

        Raises
        ------
        ValueError
            If there is no such question; the message lists those that there are.
        """
        if _grading():
            return None
        asked, environment = self._bundle.question(question), _environment(sys._getframe(1).f_globals)
        with RUNS.apart():
            check = self._check(asked, environment)
            if check.passed or check.blank:  # a blank answer fails for no other reason
                return check
            below = [q.name for q in self._bundle.below(asked) if not self._check(q, environment).passed]
            return replace(check, below=tuple(below))

    def ready(self, *questions: str) -> bool:
        """Say whether the public tests of some questions pass, so that a cell may use their answers.

        A cell that shows what an answer does would raise where the answer is missing or wrong. It asks this
        first, and then "Restart and run all" comes to the notebook's end with any questions solved.

        Parameters
        ----------
        *questions : str
            The questions, such as ``"q2"``.

        Returns
        -------
        bool
            False where a test fails, after one printed line that names the questions. False, too, while a
            grader runs the notebook: nobody looks at what is shown there.

        Raises
        ------
        ValueError
            If there is no such question; the message lists those that there are.
        """
        if _grading():
            return False
        environment = _environment(sys._getframe(1).f_globals)
        with RUNS.apart():
            open_ones = [
                q for q in questions if not self._check(self._bundle.question(q), environment).passed
            ]
        if open_ones:
            print(f"Solve {listed(open_ones)} first: this cell shows more once grader.check passes there.")
        return not open_ones

    def check_all(self) -> Checks | None:
        """Run the public tests of every question and show them as a table.

        Returns
        -------
        Checks or None
            The table; None while a grader runs the notebook.
        """
        if _grading():
            return None
        environment = _environment(sys._getframe(1).f_globals)
        with RUNS.apart():
            return Checks(self.name, self._checks(environment), _said(self._broken(environment), ""))

    def export(self, notebook: str | Path | None = None) -> Submission | None:
        """Write ``<name>_submission_<time>.zip`` with the notebook and the files that belong to it.

        In Colab the notebook is the one on the screen, and the browser downloads the zip. Elsewhere it is the
        file as last saved.

        Parameters
        ----------
        notebook : str or Path, optional
            The notebook's file; found by itself where there is no doubt.

        Returns
        -------
        Submission or None
            Where the file is and what to know about it; None while a grader runs the notebook.

        Raises
        ------
        ValueError
            If the notebook is not found, or is no notebook.
        RuntimeError
            If Colab does not hand the notebook over.
        """
        if _grading():
            return None
        environment = _environment(sys._getframe(1).f_globals)
        member, questions = self._bundle.notebook, self._bundle.questions
        told: list[str] = []
        if notebook is None and _submission.in_colab():
            content = _submission.from_colab()
            _submission.check_shape(content, "the notebook")
            text = json.dumps(content, ensure_ascii=False, indent=1)
            told += _submission.unsaved_in_colab(content)
        else:
            path = _submission.find_notebook(notebook, member, environment)
            text = path.read_text(encoding="utf-8")
            content = _submission.parse(text, path.name)
            _before.refuse_another(content, self._bundle, path.name)
            told += _submission.age_warning(path)
        told += _submission.warnings_about(content, questions, environment)
        with RUNS.apart():
            told += _before.not_done(self._checks(environment))
        told += _before.warnings(content, self._bundle, RUNS)
        files, of_files = _files.for_export(self._bundle.course, Path())
        told += of_files
        written = _submission.write(text, member, self.name, Path(), files)
        downloaded = _submission.in_colab() and _submission.download(written)
        return Submission(written, tuple(told), downloaded)

    def _checks(self, environment: Mapping[str, Any]) -> tuple[Check, ...]:
        """Check every question; one that fails names the failing ones on which it builds."""
        checks = {q.name: self._check(q, environment) for q in self._bundle.questions}
        for q in self._bundle.questions:
            if not (checks[q.name].passed or checks[q.name].blank):
                below = tuple(b.name for b in self._bundle.below(q) if not checks[b.name].passed)
                checks[q.name] = replace(checks[q.name], below=below)
        return tuple(checks.values())

    def _broken(self, environment: Mapping[str, Any]) -> list[Breach]:
        """Return the rules that the cells run in this session break; outside IPython nothing records them."""
        rules, executed = self._bundle.rules, environment.get("In")
        if rules is None or not isinstance(executed, list):
            return []
        sources = tuple(map(str, executed))
        if sources != self._judged[0]:  # one answer for all questions of a table
            cells = _cells.of_session(sources, rules)
            own = with_own_modules(cells, beside(cells, Path()))
            self._judged = sources, breaches(own, rules)
        return self._judged[1]

    def _check(self, question: Question, environment: Mapping[str, Any]) -> Check:
        tests = self._bundle.tests(question.name)
        if tests is None or not tests.cases:
            note = WRITTEN if question.manual else UNTESTED
            return Check(question.name, (), question.points, note)
        broken = _said(self._broken(environment), question.name)
        known = self._bundle.mistakes
        with _files.in_notebook(self._bundle.course, Path()):
            outcomes = tests.run(environment)
            failed = known.has(question.name) and not all(outcome.passed for outcome in outcomes)
            seen = tests.survey(environment, outcomes) if failed else ()
        named = known.named(question.name, seen)
        cases = tuple(_case(outcome, tests, environment, bool(named)) for outcome in outcomes)
        score, possible = (tests.score(outcomes), tests.possible) if tests.weighted else (None, None)
        slow = _slow(outcomes, self._bundle.rules)
        return Check(question.name, cases, question.points, "", score, possible, told(named), broken, slow)


def _said(broken: Sequence[Breach], question: str) -> tuple[str, ...]:
    return tuple(breach.words for breach in broken if breach.question == question)


def _slow(outcomes: Sequence[Outcome], rules: Rules | None) -> str:
    """Say which tests took longer than the grader lets one call take: nothing stops a call here."""
    late = [o for o in outcomes if rules is not None and o.seconds > rules.call_seconds]
    if rules is None or not late:
        return ""
    took = listed([f"{outcome.name} took {outcome.seconds:.1f} s" for outcome in late])
    limit = f"{rules.call_seconds:g} s"
    return f"{took}. The grader stops a call of your function after {limit}: see how long one takes."


def _case(outcome: Outcome, tests: QuestionTests, environment: Mapping[str, Any], named: bool) -> Case:
    """Return a case as it is shown; where the mistake is known, nothing else guesses at one."""
    if outcome.passed:
        return Case(outcome.name, True, outcome.points, outcome.success_message or "")
    why = explain(outcome, tests, environment)
    if named:
        return Case(outcome.name, False, outcome.points, "", why.facts(outcome.difference))
    there = why.begun and not why.unwritten
    advice = (outcome.failure_message or "") if there else ""  # it speaks about code that is there
    return Case(outcome.name, False, outcome.points, advice, why)


def _grading() -> bool:
    """Whether a grader runs this notebook: ours, which sets a variable, or Otter's own."""
    otter = getattr(sys.modules.get("otter.check.notebook"), "Notebook", None)
    return bool(os.environ.get(GRADING)) or bool(getattr(otter, "_grading_mode", False))


def _environment(caller: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook's variables: IPython's, or outside IPython those of the calling module."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return caller if shell is None else shell.user_ns
