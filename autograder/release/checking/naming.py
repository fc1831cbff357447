"""Checks that known mistakes are named as the mutants say, and right answers never."""

from __future__ import annotations

from autograder.release import fingerprints, looks, sights
from autograder.release.bench import Bench


def named(bench: Bench) -> list[str]:
    """Return the mutants that the kept fingerprints name differently.

    Those were made under seal, and are compared with what the desk sees: if both say the same, each is right.
    A mutant that cannot be told apart is no fault; `autograder build` lists those. A file that is missing or
    out of date is found by the check that students' files are in step.
    """
    if not bench.mutants or fingerprints.due(bench.name, bench.root):
        return []
    made = fingerprints.make(bench, looks.at_desk)
    kept = {fingerprints.public_path(bench.name, bench.root): made.public}
    if not bench.assignment.term:
        kept[fingerprints.packed_path(bench.name, bench.root)] = made.all
    problems = [
        f"{path.name} says otherwise than the mutants do: delete it and build again"
        for path, seen in kept.items()
        if not fingerprints.equal(fingerprints.read(path), seen)
    ]
    right = list(sights.answers(bench.folder("alternatives")))
    for (name, answer), sight in zip(right, looks.at_desk(bench, [a for _, a in right]), strict=True):
        problems += [
            f"{name}, a right answer, is taken for {mistake.name}"
            for mistake in made.all.named(answer.question, sight.seen)
        ]
    return problems
