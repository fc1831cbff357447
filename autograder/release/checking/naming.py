"""Checks that known mistakes are named as the mutants say, and right answers never."""

from __future__ import annotations

from autograder.release import fingerprints, looks, sights
from autograder.release.bench import Bench
from coursekit import _mistakes


def named(bench: Bench) -> list[str]:
    """Return the mutants that the kept fingerprints name differently.

    Those were made under seal, and are compared with what the desk sees: if both say the same, each is right.
    A mutant that cannot be told apart is no fault; `autograder build` lists those. A file that is missing or
    out of date is found by the check that students' files are in step.
    """
    path = fingerprints.public_path(bench.name, bench.root)
    if not bench.mutants or not path.is_file() or fingerprints.is_due(bench.name, bench.root):
        return []
    made = fingerprints.make(bench, looks.at_desk)
    problems = []
    try:
        if not fingerprints.equal(_mistakes.read(path.read_text(encoding="utf-8")), made.public):
            problems.append(f"{path.name} says otherwise than the mutants do: delete it and build again")
    except ValueError as error:
        problems.append(f"{path.name}: {error}")
    right = list(sights.answers(bench.folder("alternatives")))
    for (name, answer), sight in zip(right, looks.at_desk(bench, [a for _, a in right]), strict=True):
        problems += [
            f"{name}, a right answer, is taken for {mistake.name}"
            for mistake in made.all.named(answer.question, sight.seen)
        ]
    return problems
