"""Checks that know which notebooks they will ask for have them graded side by side, to the same results."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from autograder.release import variants
from autograder.release.ahead import Crew, Wanted
from autograder.release.bench import Bench, until
from autograder.release.checking import checks
from autograder.release.checking.alone import mutants

NAME = "hw8"
pytestmark = pytest.mark.sealed


@pytest.fixture(scope="module")
def alone(tiny: Path) -> Iterator[Bench]:
    ready = Bench(NAME, tiny, tiny, progress=False)
    yield ready
    ready.close()


@pytest.fixture
def pair(tiny: Path) -> Iterator[Bench]:
    ready = Bench(NAME, tiny, tiny, progress=False, jobs=2)
    yield ready
    ready.close()


def test_results_are_those_of_one_process(alone: Bench, pair: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [(pair.solution, ""), (pair.blank, "")]
    for mutant in pair.mutants:
        (question,) = mutant.answers
        wanted.append((until(variants.answer(pair.solution, mutant.answers), question), question))
    pair.ahead(wanted, "notebooks", watched=True)
    pair.ahead([(pair.blank, ""), (pair.solution, "")], "notebooks", ruled=False)

    def again(_: object) -> None:
        raise AssertionError("a notebook that was graded ahead is graded again")

    monkeypatch.setattr(pair, "graded", again)
    for notebook, only in wanted:
        mine, theirs = pair.watch(notebook, only), alone.watch(notebook, only)
        assert [(q.name, q.score, q.cases) for q in mine[0].questions] == [
            (q.name, q.score, q.cases) for q in theirs[0].questions
        ]
        assert mine[1] == theirs[1] != {}
        assert pair.grade(notebook, only) is mine[0], "what was watched is not graded once more"
    assert pair.unruled(pair.blank).questions == alone.unruled(alone.blank).questions
    with pytest.raises(AssertionError, match="graded again"):
        pair.grade(pair.blank, "q1")


@pytest.mark.parametrize(
    "check", [mutants, checks.alternatives, checks.worthless, checks.empty], ids=lambda c: c.__name__
)
def test_checks_ask_for_nothing_that_is_not_graded_ahead(
    check, pair: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[Wanted] = []
    graded = pair.graded
    monkeypatch.setattr(pair, "graded", lambda wanted: (here.append(wanted), graded(wanted))[1])
    assert check(pair) == []
    assert len(here) < 2, "a single notebook is worth no other process"


def test_a_crew_ends_with_its_sandboxes(tiny: Path) -> None:
    others = set(_below(os.getpid()))
    with closing(Bench(NAME, tiny, tiny, progress=False, jobs=2)) as bench:
        bench.ahead([(bench.solution, ""), (bench.blank, "")], "notebooks")
        below = set(_below(os.getpid())) - others
        assert len(below) >= 4, "two processes, each with a sandbox"
    end = time.monotonic() + 10
    while (left := [p for p in below if Path(f"/proc/{p}").exists()]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


def test_a_process_that_is_killed_is_an_error_and_not_a_wait(tiny: Path) -> None:
    with closing(Bench(NAME, tiny, tiny, progress=False)) as bench:
        text = Wanted(json.dumps(bench.blank), "", True)
        with closing(Crew(partial(Bench, NAME, tiny, tiny), 1)) as crew:
            assert next(crew.results([text]))[1].status == "graded"
            (process,) = crew._pool._processes
            os.kill(process, signal.SIGKILL)
            with pytest.raises(RuntimeError, match="terminated abruptly"):
                list(crew.results([text, text._replace(ruled=False)]))


def _below(process: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *_below(child)]
    return found
