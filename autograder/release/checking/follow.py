"""Checks that a question that builds on others is judged fairly when these fail."""

from __future__ import annotations

from autograder.records.results import NotebookResult, QuestionResult
from autograder.release import variants
from autograder.release.bench import Bench, Notebook, until
from autograder.sealed import follow

MISTAKEN, BLANK, NOTHING = "with a mistake", "left blank", "and it left blank"
Tried = tuple[str, tuple[str, ...], str, Notebook]


def through(bench: Bench) -> list[str]:
    """Return the questions that lose points with those they build on, and those that gain some."""
    wrong = {q: m.answers[q] for m in reversed(bench.mutants) for q in m.answers}
    tried: list[Tried] = []
    for question in bench.assignment.graded:
        below = follow.below(question, bench.assignment)
        if not below:
            continue
        blank = {name: variants.answer_of(bench.blank, name) for name in (*below, question.name)}
        for how, answers in (
            (MISTAKEN, {name: wrong.get(name, blank[name]) for name in below}),
            (BLANK, {name: blank[name] for name in below}),
            (NOTHING, blank),
        ):
            tried.append((question.name, below, how, variants.answer(bench.solution, answers)))
    bench.ahead([_asked(*one) for one in tried], "what builds on others")
    problems = []
    for name, below, how, notebook in tried:
        result = _of(name, bench.grade(*_asked(name, below, how, notebook)))
        names = ", ".join(below)
        if how != NOTHING and result.score < result.possible:
            problems.append(
                f"{name} builds on {names}; with {names} {how} its own answer gets "
                f"{result.score:g} of {result.possible:g} points: name in `builds_on` all that it needs, "
                "and let its tests call nothing else of a student's"
            )
        if how == NOTHING and result.score:
            problems.append(
                f"{name} gives {result.score:g} to a blank answer once the course's own {names} "
                "stand there: its tests must need its own answer"
            )
    return problems


def _asked(name: str, below: tuple[str, ...], how: str, notebook: Notebook) -> tuple[Notebook, str]:
    """Return the part of a notebook that matters to a question, and the questions whose tests are to run."""
    return until(notebook, name), " ".join((*below, name))


def _of(name: str, result: NotebookResult) -> QuestionResult:
    return next(q for q in result.questions if q.name == name)
