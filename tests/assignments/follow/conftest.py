"""A built assignment whose questions build on each other, and a grader of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import load
from autograder.sealed import Grader, Limits
from tests.assignments import followed
from tests.assignments.followed import NAME


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return followed.course(tmp_path_factory.mktemp("follow"))


@pytest.fixture(scope="module")
def grader(course: Path) -> Iterator[Grader]:
    with Grader(load(NAME, course / "build"), limits=Limits(cell_seconds=3.0, call_seconds=2.0)) as grader:
        yield grader


@pytest.fixture
def runs(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What grows with each child that is started for a notebook."""
    started: list[int] = []
    fork = grader._zygote.fork

    def counted() -> Any:
        started.append(1)
        return fork()

    monkeypatch.setattr(grader._zygote, "fork", counted)
    return started
