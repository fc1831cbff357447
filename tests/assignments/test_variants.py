"""Variants that lie beside masters: there are enough, and a notebook is cut where they need no more of it.

What they score is asked by `autograder check`, of each assignment in `test_every_assignment`.
"""

from collections.abc import Callable

import pytest

from autograder.release import build
from autograder.release.bench import Bench, until
from tests.support import ROOT

each = pytest.mark.parametrize("name", build.names(ROOT))


@each
def test_there_are_enough_of_each(name: str, on_the_bench: Callable[[str], Bench]) -> None:
    bench = on_the_bench(name)
    mutated = {q for mutant in bench.mutants for q in mutant.answers}
    assert mutated == {q.name for q in bench.assignment.graded}, "each question has a mutant"
    assert len(bench.folder("alternatives")) >= 3


@each
def test_a_notebook_ends_with_its_question(name: str, on_the_bench: Callable[[str], Bench]) -> None:
    bench = on_the_bench(name)
    second = bench.assignment.graded[1].name
    cut = until(bench.solution, second)
    assert cut["cells"] == bench.solution["cells"][: len(cut["cells"])]
    assert cut["cells"][-1]["metadata"]["nbgrader"]["grade_id"].startswith(f"{second}-answer")
    assert len(cut["cells"]) < len(bench.solution["cells"])
