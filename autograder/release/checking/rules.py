"""Checks an assignment's rules: the notebook states them, right answers keep them, breaches are noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.assignment import Question
from autograder.release import told
from autograder.release.bench import Bench, Notebook
from coursekit import _cells
from coursekit._breaches import Breach, breaches
from coursekit._rules import LOOPS, Rules, normal

# A module that no homework allows, as an example of all that the rules leave out.
OUTSIDE = "subprocess"


def told_and_kept(bench: Bench) -> list[str]:
    """Return the rules that the notebook does not say, that the master breaks, or that nothing enforces."""
    declared = bench.assignment.rules
    if declared is None:
        return [f"{bench.name} was built before there were rules: run `autograder build {bench.name}`"]
    problems = list(_untold(bench, bench.blank))
    problems += [f"the master breaks a rule: {b.words}" for b in _judged(bench, bench.solution, declared)]
    for variant in bench.folder("alternatives"):
        problems += [
            f"{variant.name} is right and breaks a rule: {b.words}"
            for q, answer in variant.answers.items()
            for b in _judged(bench, bench.solution, declared, {q: answer})
        ]
    for question in bench.assignment.graded:
        problems += _without_effect(bench, question, declared)
    return problems


def _untold(bench: Bench, blank: Notebook) -> Iterator[str]:
    text = [_cells.source_of(cell) for cell in blank["cells"] if cell["cell_type"] == "markdown"]
    if told.told(bench.source) not in text:
        yield "the students' notebook does not tell the rules below its introduction"
    for question in bench.assignment.graded:
        forbidden = question.course.get("forbids")
        if forbidden and not any(told.told_of_question(forbidden) in cell for cell in text):
            yield f"{question.name} does not say what its answer must do without"


def _judged(
    bench: Bench, notebook: Notebook, declared: Rules, answers: dict[str, str] | None = None
) -> list[Breach]:
    """Return the rules that a notebook breaks with other answers than its own."""
    from autograder.release import variants

    changed: Any = variants.answer(notebook, answers) if answers else notebook
    return breaches(_cells.of_notebook(changed["cells"], [q.name for q in bench.assignment.graded]), declared)


def _without_effect(bench: Bench, question: Question, declared: Rules) -> Iterator[str]:
    """Yield the rules of a question that its own answer may break unseen."""
    own = bench.own.get(question.name, "")
    for name in (OUTSIDE, *question.course.get("forbids", ())):
        found = _judged(bench, bench.solution, declared, {question.name: f"{own}\n\n{_using(name)}"})
        if not any(b.question == question.name and b.what == name for b in found):
            yield f"{question.name}: an answer that uses `{name}` is not noticed"


def _using(name: str) -> str:
    """Return code that uses a forbidden name."""
    if name == LOOPS:
        return "for _ in ():\n    pass\n"
    head, dot, last = normal(name).rpartition(".")
    if head == "builtins":
        return f"_ = {name}\n"
    return f"from {head} import {last} as _\n" if dot else f"_ = {name}\nimport {name}\n"
