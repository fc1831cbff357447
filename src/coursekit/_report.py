"""What a check shows: the same words as text in a terminal and as HTML in a notebook.

The HTML takes the page's own text colour, so that it reads on light and dark pages; colour only repeats what
a word already says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import indent

from coursekit._explain import Explanation, listed, no_code

_GOOD, _BAD, _PLAIN = "#2f9e44", "#e03131", "#868e96"
_CODE = "font-family:monospace;white-space:pre-wrap;overflow-x:auto;margin:.4em 0;padding:.4em .6em"
_FRAME = "border:1px solid #868e9655;border-radius:4px"
HIDDEN_TESTS = "These are the public tests. Hidden tests, run after you submit, decide the grade."
UNTESTED = "no public test; hidden tests, run after you submit, decide."
WRITTEN = "a written answer, which a person reads."


@dataclass(frozen=True)
class Case:
    """One public test: what was tested and, where it failed, why."""

    name: str
    passed: bool
    points: float
    message: str = ""
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Check:
    """The result of checking one question.

    Attributes
    ----------
    question : str
        Its name.
    cases : tuple of Case
        Its public tests, in order.
    note : str
        What to know where there is no public test.
    worth : float
        Points of the question, hidden tests and all.
    score, possible : float or None
        Points of the public tests alone; None where these have no points of their own.
    mistake : str
        The mistake that was made, where the answers are exactly those that it gives; usually empty.
    broken : tuple of str
        What is said of the rules that the answer breaks.
    slow : str
        What to know of tests that took longer than the grader lets a call take; usually empty.
    below : tuple of str
        Questions whose checks fail and on which this one builds: where to look before anything else.
    """

    question: str
    cases: tuple[Case, ...]
    worth: float
    note: str = ""
    score: float | None = None
    possible: float | None = None
    mistake: str = ""
    broken: tuple[str, ...] = ()
    slow: str = ""
    below: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every public test passed and no rule is broken."""
        return not self.broken and all(case.passed for case in self.cases)

    @property
    def blank(self) -> bool:
        """Whether there are tests, and none has found any code."""
        return bool(self.cases) and not any(
            case.passed or (case.explanation and case.explanation.begun) for case in self.cases
        )

    @property
    def first(self) -> str:
        """Where to look before anything else, as a sentence; empty where this question builds on nothing."""
        if not self.below:
            return ""
        whose = "whose check fails" if len(self.below) == 1 else "whose checks fail"
        return f"{self.question} builds on {listed(self.below)}, {whose}: look there first."

    @property
    def summary(self) -> str:
        """One line: how many tests passed."""
        if not self.cases:
            return self.note
        if self.blank:
            return "no code yet"
        done = sum(case.passed for case in self.cases)
        told = f"{done} of {len(self.cases)} public tests passed"
        if done == len(self.cases):
            told = f"all {done} public tests passed" if done > 1 else "the public test passed"
        return f"{told}, but a rule is broken" if self.broken else told

    def __repr__(self) -> str:
        said = [*self.broken, self.first, self.mistake, self.slow]
        told = [*said, *(_case_text(case, again) for case, again in self._in_order())]
        return "\n".join([f"{self.question}: {self.summary}", *(indent(text, "  ") for text in told if text)])

    def _in_order(self) -> list[tuple[Case, bool]]:
        """Pair each case with whether the one before it failed for the same reason."""
        cases = _together(self.cases)
        return [
            (case, k > 0 and case.explanation == cases[k - 1].explanation) for k, case in enumerate(cases)
        ]

    def _repr_html_(self) -> str:
        color = _PLAIN if not self.cases else _GOOD if self.passed else _BAD
        said = filter(None, [*self.broken, self.first, self.mistake, self.slow])
        body = "".join(f"<div>{marked(words)}</div>" for words in said)
        body += "".join(_case_html(case, again) for case, again in self._in_order())
        return (
            f'<div style="border-left:4px solid {color};padding:.2em .8em;margin:.3em 0;line-height:1.5">'
            f"<strong>{_mark(self)}{escape(self.question)}</strong>: {marked(self.summary)}{body}</div>"
        )


@dataclass(frozen=True)
class Checks:
    """The results of checking every question: a table."""

    assignment: str
    checks: tuple[Check, ...]
    broken: tuple[str, ...] = ()  # broken rules that belong to no single answer

    @property
    def passed(self) -> bool:
        """Whether every public test of every question passed and no answer breaks a rule."""
        return all(check.passed for check in self.checks)

    def _table(self) -> list[list[str]]:
        """Return rows of text: heading, questions, sum. Public points are shown if all tests have points."""
        tested = [check for check in self.checks if check.cases]
        weighted = bool(tested) and all(check.possible is not None for check in tested)
        cases = [case for check in tested for case in check.cases]
        rows = [["question", "public tests", "points in all"]]
        rows += [[check.question, _in_table(check), f"{check.worth:g}"] for check in self.checks]
        passed = f"{sum(case.passed for case in cases)} of {len(cases)} public tests passed"
        rows.append(["all", passed, f"{sum(check.worth for check in self.checks):g}"])
        if weighted:
            score, possible = (sum(getattr(c, n) for c in tested) for n in ("score", "possible"))
            points = [f"{c.score:g} of {c.possible:g}" if c.cases else "–" for c in self.checks]
            column = ["points of public tests", *points, f"{score:g} of {possible:g}"]
            rows = [[*row[:2], cell, row[2]] for row, cell in zip(rows, column, strict=True)]
        return rows

    def __repr__(self) -> str:
        rows = self._table()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
        ]
        return "\n".join([*(line.rstrip() for line in lines), "", *self.broken, self._advice()])

    def _repr_html_(self) -> str:
        head, *body = self._table()
        cell = 'style="text-align:left;padding:.2em .8em;border-bottom:1px solid #868e9655"'
        marks = [*(_mark(check) for check in self.checks), ""]
        lines = [
            f'<tr><th scope="row" {cell}>{mark}{escape(row[0])}</th>'
            + "".join(f"<td {cell}>{marked(text)}</td>" for text in row[1:])
            + "</tr>"
            for mark, row in zip(marks, body, strict=True)
        ]
        header = "".join(f'<th scope="col" {cell}>{escape(name)}</th>' for name in head)
        return (
            '<div style="line-height:1.5">'
            '<table style="border-collapse:collapse;margin:.3em 0">'
            f'<caption style="text-align:left">Public tests of {escape(self.assignment)}</caption>'
            f"<thead><tr>{header}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
            f"{''.join(f'<p>{marked(said)}</p>' for said in (*self.broken, self._advice()))}</div>"
        )

    def _advice(self) -> str:
        failed = next((check for check in self.checks if not check.passed), None)
        if failed is None:
            return HIDDEN_TESTS
        return f"{HIDDEN_TESTS} Next: see what `grader.check({failed.question!r})` says."


def _in_table(check: Check) -> str:
    """Return the summary as a table's cell, which ends without a full stop."""
    told = check.summary.rstrip(".") + ("; slow" if check.slow else "")
    if not check.below:
        return told
    return f"{told}; builds on {listed(check.below)}, which {'fails' if len(check.below) == 1 else 'fail'}"


def _together(cases: Sequence[Case]) -> list[Case]:
    """Say once, at the first of them, of all cases that a function is not written yet."""
    none = [case for case in cases if case.explanation and not case.explanation.begun]
    none = [case for case in none if case.explanation and case.explanation.unwritten]
    names = tuple(dict.fromkeys(n for case in none if case.explanation for n in case.explanation.unwritten))
    if len(none) < 2 or len({case.explanation for case in none}) < 2:
        return list(cases)
    one = Case(listed([case.name for case in none]), False, 0, "", no_code(names))
    return [one if case is none[0] else case for case in cases if case is none[0] or case not in none]


def _mark(check: Check) -> str:
    """Return a sign to put before the words; screen readers read the words only."""
    if not check.cases:
        return ""
    return f'<span aria-hidden="true">{"✓" if check.passed else "✗"} </span>'


def _case_text(case: Case, again: bool) -> str:
    if case.passed:
        return f"{case.name} passed: {case.message}" if case.message else ""
    assert case.explanation is not None
    told = case.explanation
    if again:
        return f"{case.name} failed for the same reason."
    parts = [f"{case.name} failed: {told.sentence}", indent(told.detail, "    "), indent(told.trace, "    ")]
    parts += [case.message, f"Try: {told.hint}" if told.hint else ""]
    return "\n".join(part for part in parts if part)


def _case_html(case: Case, again: bool) -> str:
    if case.passed:
        return f"<div>{escape(case.name)} passed: {marked(case.message)}</div>" if case.message else ""
    assert case.explanation is not None
    told = case.explanation
    if again:
        return f"<div>{escape(case.name)} failed for the same reason.</div>"
    parts = [f"<div>{escape(case.name)} failed: {marked(told.sentence)}</div>"]
    parts += [
        f'<pre style="{_CODE};{_FRAME}">{escape(text)}</pre>' for text in (told.detail, told.trace) if text
    ]
    parts += [f"<div>{marked(case.message)}</div>"] if case.message else []
    parts += [f"<div><strong>Try:</strong> {marked(told.hint)}</div>"] if told.hint else []
    return f'<div style="margin:.5em 0">{"".join(parts)}</div>'


def marked(text: str) -> str:
    """Escape text for HTML and show what stands between backticks as code."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))
