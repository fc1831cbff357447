"""Checks that known mistakes are named as the mutants say, and right answers never."""

from __future__ import annotations

from autograder.release import fingerprints, variants
from autograder.release.bench import Bench, until
from coursekit import _mistakes


def named(bench: Bench) -> list[str]:
    """Return the mutants that the kept fingerprints name differently.

    A mutant that cannot be told apart is no fault; `autograder build` lists those. A file that is missing or
    out of date is found by the check that students' files are in step.
    """
    path = fingerprints.public_path(bench.name, bench.root)
    if not bench.mutants or not path.is_file() or fingerprints.is_due(bench.name, bench.root):
        return []
    made = fingerprints.make(bench)
    problems = []
    try:
        if not fingerprints.equal(_mistakes.read(path.read_text(encoding="utf-8")), made.public):
            problems.append(f"{path.name} says otherwise than the mutants do: delete it and build again")
    except ValueError as error:
        problems.append(f"{path.name}: {error}")
    right = [
        (variant.name, question, until(variants.answer(bench.solution, variant.answers), question))
        for variant in bench.folder("alternatives")
        for question in variant.answers
    ]
    bench.ahead([(notebook, question) for _, question, notebook in right], "right answers", watched=True)
    for name, question, notebook in right:
        seen = bench.watch(notebook, question)[1].get(question, ())
        problems += [
            f"{name}, a right answer, is taken for {mistake.name}"
            for mistake in made.all.named(question, seen)
        ]
    return problems
