"""Checks that a question that builds on others is judged fairly when these fail."""

from __future__ import annotations

from autograder.records.results import NotebookResult, QuestionResult
from autograder.release import variants
from autograder.release.bench import Bench
from autograder.sealed import follow


def through(bench: Bench) -> list[str]:
    """Return the questions that lose points with those they build on, and those that gain some."""
    wrong = {q: m.answers[q] for m in reversed(bench.mutants) for q in m.answers}
    problems = []
    for question in bench.assignment.graded:
        below = follow.below(question, bench.assignment)
        if not below:
            continue
        blank = {name: variants.answer_of(bench.blank, name) for name in (*below, question.name)}
        names = ", ".join(below)
        for how, answers in (
            ("with a mistake", {name: wrong.get(name, blank[name]) for name in below}),
            ("left blank", {name: blank[name] for name in below}),
        ):
            result = _of(question.name, bench.grade(variants.answer(bench.solution, answers)))
            if result.score < result.possible:
                problems.append(
                    f"{question.name} builds on {names}; with {names} {how} its own answer gets "
                    f"{result.score:g} of {result.possible:g} points: name in `builds_on` all that it needs, "
                    "and let its tests call nothing else of a student's"
                )
        result = _of(question.name, bench.grade(variants.answer(bench.solution, blank)))
        if result.score:
            problems.append(
                f"{question.name} gives {result.score:g} to a blank answer once the course's own {names} "
                "stand there: its tests must need its own answer"
            )
    return problems


def _of(name: str, result: NotebookResult) -> QuestionResult:
    return next(q for q in result.questions if q.name == name)
