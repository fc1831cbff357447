"""Checks that known mistakes are named as the mutants say, and right answers never."""

from __future__ import annotations

from autograder.release import fingerprints, looks, sights
from autograder.release.bench import Bench
from coursekit._mistakes import Known


def named(bench: Bench) -> list[str]:
    """Return the mutants that the kept fingerprints name differently.

    Those were made under seal, and are compared with what the desk sees: if both say the same, each is right.
    Of the grader's file the names are compared alone: what hidden tests see may hold weights that an answer
    has drawn, and others each time.
    A mutant that cannot be told apart is no fault; `autograder build` lists those. A file that is missing or
    out of date is found by the check that students' files are in step.
    """
    if not bench.mutants or fingerprints.due(bench.name, bench.root):
        return []
    made = fingerprints.make(bench, looks.at_desk)
    public, packed = (
        fingerprints.public_path(bench.name, bench.root),
        fingerprints.packed_path(bench.name, bench.root),
    )
    wrong = [] if fingerprints.equal(fingerprints.read(public), made.public) else [public]
    if not bench.assignment.term and _names(fingerprints.read(packed)) != _names(made.all):
        wrong.append(packed)
    problems = [
        f"{path.name} says otherwise than the mutants do: delete it and build again" for path in wrong
    ]
    right = list(sights.answers(bench.folder("alternatives")))
    for (name, answer), sight in zip(right, looks.at_desk(bench, [a for _, a in right]), strict=True):
        problems += [
            f"{name}, a right answer, is taken for {mistake.name}"
            for mistake in made.all.named(answer.question, sight.seen)
        ]
    return problems


def _names(known: Known) -> dict[str, list[tuple[str, str]]]:
    return {name: [(m.name, m.told) for m in question.mistakes] for name, question in known.questions.items()}
