"""Judge a submitted notebook by its assignment's rules, as `grader.check` does before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.assignment import Assignment
from autograder.records.results import CaseResult, QuestionResult
from coursekit import _cells
from coursekit._breaches import Breach, breaches
from coursekit._own_modules import with_own_modules

from .deadline import alarm

SECONDS = 20.0
NAME = "the rules"


def judge(
    notebook: dict[str, Any], assignment: Assignment, files: Mapping[str, bytes | str] | None = None
) -> list[Breach]:
    """Return the rules that a notebook breaks; none where an older build declares none.

    Of ``files``, which lie beside the notebook, the modules that it imports are read as part of it.
    Reading is not running, but a cell may be made so that reading takes forever or recurses too deeply. A
    question that forbids names then counts as broken, because the rule cannot be checked.
    """
    rules = assignment.rules
    if rules is None:
        return []
    try:
        with alarm(SECONDS):
            cells = _cells.of_notebook(notebook["cells"], [q.name for q in assignment.graded])
            texts = {
                n: c.decode("utf-8", "replace") for n, c in (files or {}).items() if isinstance(c, bytes)
            }
            return breaches(with_own_modules(cells, texts), rules)
    except Exception:  # whatever hostile code makes of a parser; our own mistakes show in the tests of rules
        return [
            Breach(
                question, "", f"{question} forbids names, and the notebook's code cannot be read for them."
            )
            for question, names in rules.forbids.items()
            if names
        ]


def enforce(questions: Sequence[QuestionResult], broken: Sequence[Breach]) -> tuple[QuestionResult, ...]:
    """Take the points from answers that break a rule; what their tests found stays, below the reason."""
    found = []
    for result in questions:
        words = [breach.words for breach in broken if breach.question == result.name]
        if words:
            reason = CaseResult(NAME, passed=False, hidden=False, message="\n".join(words))
            result = replace(result, score=0.0, cases=(reason, *result.cases))
        found.append(result)
    return tuple(found)


def notes(broken: Sequence[Breach]) -> list[str]:
    """Return the remarks on the notebook as a whole."""
    return [breach.words.replace("`", "").rstrip(".") for breach in broken]
