"""Each assignment built once, from its master in a folder of its own, for all tests that look at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.release import build, new
from autograder.release.bench import Bench
from tests import support

WARM = 2
"""How many assignments keep their sandboxes and desks, of which each holds hundreds of megabytes."""

collect_ignore = ["small"]  # masters, which are read and never imported


@pytest.fixture(scope="session")
def workshop() -> Path:
    """A repository of nothing but masters and the address."""
    return support.workshop()


@pytest.fixture(scope="session")
def built_of() -> Callable[[str], Assignment]:
    """Return what builds an assignment by its name, once, and gives it as the grader knows it."""
    return support.built


@pytest.fixture(scope="session", params=build.names(support.ROOT))
def built(request: pytest.FixtureRequest) -> Assignment:
    """Each assignment in turn, built."""
    return support.built(request.param)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the assignment that `autograder new` makes, hw8, built."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(support.ROOT / "_config.yml", root)
    new.write("hw8", "Homework 8: moving means", root)
    build.build_assignment("hw8", root)
    build.learn_mistakes("hw8", root)
    return root


@pytest.fixture
def course(tiny: Path, tmp_path: Path) -> Path:
    """A copy of that repository, to be broken."""
    return shutil.copytree(tiny, tmp_path / "course")


@pytest.fixture(scope="session")
def on_the_bench() -> Iterator[Callable[[str], Bench]]:
    """Return what lays an assignment of the repository on the bench, built beside the committed files.

    What it has graded stays known to the next tests of this process, as long as few others are asked for: all
    that was seen of seven homeworks is gigabytes.
    """
    laid: dict[str, Bench] = {}
    warm: list[str] = []

    def lay(name: str) -> Bench:
        if name not in laid:
            support.built(name)
            laid[name] = Bench(name, support.ROOT, support.workshop(), progress=None)
        if name in warm:
            warm.remove(name)
        warm.append(name)
        if len(warm) > WARM:
            laid.pop(warm.pop(0)).close()
        return laid[name]

    yield lay
    for bench in laid.values():
        bench.close()
