"""Pastes every function that the book prints as an answer: none may earn more than half of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.release import variants
from autograder.release.bench import Bench, until
from autograder.release.checking import coverage, gaps, shown
from autograder.release.checking.contract import Contract
from autograder.release.checking.shown import Shown
from autograder.release.desk import Case

SHARE = 0.5
SECONDS = 3.0
# Calls the page's function with the answer's arguments: those of one name, then the others in their order.
ADAPTED = """
def _adapted(shown, names, defaults):
    import inspect

    places = list(inspect.signature(shown).parameters.values())

    def answer(*args, **kwargs):
        given = {**defaults, **dict(zip(names, args)), **kwargs}
        others = [n for n in names if n in given and n not in [p.name for p in places]]
        values, by_name = [], {}
        for place in places:
            if place.kind in (place.VAR_POSITIONAL, place.VAR_KEYWORD):
                continue
            name = place.name if place.name in names else (others.pop(0) if others else None)
            if name is None or name not in given:
                break
            if place.kind == place.KEYWORD_ONLY:
                by_name[place.name] = given[name]
            else:
                values.append(given[name])
        return shown(*values, **by_name)

    return answer

"""


@dataclass(frozen=True)
class Paste:
    """A printed function that replaces one answer."""

    shown: Shown
    answer: Contract

    @property
    def source(self) -> str:
        """The code that defines the answer."""
        return (
            f"{ADAPTED}\n_page = dict(globals())\nexec({self.shown.source!r}, _page)\n"
            f"{self.answer.name} = _adapted(_page[{self.shown.node.name!r}], *{self.parameters})\n"
        )

    @property
    def parameters(self) -> str:
        """Source of the names of the answer's parameters, and of their defaults."""
        names = [p.name for p in self.answer.parameters]
        defaults = [f"{p.name!r}: {p.default}" for p in self.answer.parameters if p.default is not None]
        return f"({names!r}, {{{', '.join(defaults)}}})"


def handed_in(bench: Bench) -> list[str]:
    """Return the questions of which pages of the book earn more than half."""
    pastes_of = _agreeing(bench)
    found = {}
    for question, promised in coverage.contracts(bench).items():
        answers = [c for c in promised if c.owner is None]
        points = next(q.points for q in bench.assignment.questions if q.name == question)
        for pastes in _candidates(bench, question, answers, pastes_of[question], points):
            text = "\n\n".join(paste.source for paste in pastes)
            notebook = until(variants.answer(bench.solution, {question: text}), question)
            result = bench.grade(notebook, question)
            (score,) = [q.score for q in result.questions if q.name == question] or [0.0]
            if score > SHARE * points:
                labels = " and ".join(paste.shown.label for paste in pastes)
                found[question, labels] = (
                    f"{question}: {labels} earns {score:g} of {points:g}: "
                    f"ask for more than the page prints, or print less"
                )
    return gaps.judge(bench, "paste", found)


def _agreeing(bench: Bench) -> dict[str, list[Paste]]:
    """Return for each question the functions that agree with the master in at least one call of its tests.

    Others could earn points only for refusals.
    """
    printed = shown.functions(bench.root)
    asked: list[tuple[str, list[Paste]]] = []
    for question, promised in coverage.contracts(bench).items():
        for answer in (c for c in promised if c.owner is None):
            asked.append((question, [Paste(one, answer) for one in printed if _may_fit(one.node, answer)]))
    asked = [(question, pastes) for question, pastes in asked if pastes]
    pages = list(dict.fromkeys(one.source for one in printed))
    place = {page: number for number, page in enumerate(pages)}
    jobs = [
        {
            "question": question,
            "answer": pastes[0].answer.name,
            "helpers": ADAPTED,
            "pasted": [(place[p.shown.source], p.shown.node.name, p.parameters) for p in pastes],
        }
        for question, pastes in asked
    ]
    found: dict[str, list[Paste]] = {question: [] for question in bench.own}
    for (question, pastes), agreeing in zip(asked, bench.desk.agreeing(jobs, pages), strict=True):
        found[question] += [pastes[number] for number in agreeing]
    return found


def _candidates(
    bench: Bench, question: str, answers: Sequence[Contract], pastes: Sequence[Paste], points: float
) -> list[tuple[Paste, ...]]:
    """Return the pastes that seem to earn more than half, according to the tests beside the solution.

    Where a question asks for several functions, the best for each are pasted together.
    """
    if not pastes:
        return []
    alone = len(answers) == 1
    (without,) = [0.0] if alone else _scores(bench, question, [()], points, [a.name for a in answers])
    enough = SHARE * points if alone else points - without
    scores = _scores(bench, question, [(paste,) for paste in pastes], enough)
    if alone:
        return [(paste,) for paste, score in zip(pastes, scores, strict=True) if score > SHARE * points]
    best: list[Paste] = []
    for answer in answers:
        mine = [
            (s, -k)
            for k, (p, s) in enumerate(zip(pastes, scores, strict=True))
            if p.answer.name == answer.name
        ]
        if mine and max(mine)[0] > without:
            best.append(pastes[-max(mine)[1]])
    missing = [a.name for a in answers if a.name not in [p.answer.name for p in best]]
    if not best:
        return []
    (together,) = _scores(bench, question, [tuple(best)], SHARE * points, missing)
    return [tuple(best)] if together > SHARE * points else []


def _scores(
    bench: Bench,
    question: str,
    pasted: Sequence[tuple[Paste, ...]],
    enough: float,
    missing: Sequence[str] = (),
) -> list[float]:
    """Return what the tests give for each; those that have lost ``enough`` are not tested further."""
    jobs = [
        {
            "question": question,
            "source": "\n\n".join(paste.source for paste in pastes),
            "remove": list(missing),
            "lost": enough,
            "seconds": SECONDS,
        }
        for pastes in pasted
    ]
    return [_score(cases) for cases in bench.desk.run(jobs)]


def _score(cases: Sequence[Case]) -> float:
    return sum(case.points for case in cases if case.passed)


def _may_fit(node: shown.Definition, answer: Contract) -> bool:
    """Say whether a function can take the arguments of an answer, and those that must be given at least."""
    names = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    must = len(node.args.posonlyargs) + len(node.args.args) - len(node.args.defaults)
    needed = sum(p.default is None for p in answer.parameters)
    return must <= len(answer.parameters) and (len(names) >= needed or node.args.vararg is not None)
