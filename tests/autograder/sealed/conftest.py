"""One warm grader for the tests of this folder."""

from collections.abc import Iterator

import pytest

from autograder.assignment import Assignment
from autograder.sealed import Grader, Limits
from autograder.sealed.tiers import why_no_bubblewrap
from tests.autograder.sealed import class_of_one

LIMITS = Limits(cell_seconds=6.0, notebook_seconds=60.0, call_seconds=4.0, case_seconds=20.0)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return class_of_one.make(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def tier() -> str:
    """The bubblewrap tier; a machine without it cannot say that the seal holds, so the tests fail there."""
    if why := why_no_bubblewrap():
        pytest.fail(f"the seal needs the bubblewrap tier: {why}")
    return "bubblewrap"


@pytest.fixture(scope="session")
def grader(tiny: Assignment, tier: str) -> Iterator[Grader]:
    with Grader(tiny, tier=tier, limits=LIMITS) as grader:
        yield grader
