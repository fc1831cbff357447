"""Each assignment built once, from its master in a folder of its own, for all tests that look at it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.release import build
from tests import support


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
