"""One warm grader for all attacks, and what an honest notebook finds before any of them."""

from collections.abc import Iterator

import pytest

from autograder.assignment import Assignment
from autograder.sealed import Grader, Limits
from autograder.sealed.tiers import why_no_bubblewrap
from tests.attacks import hidden_class
from tests.attacks.harness import LOOK, notebook, shown

LIMITS = Limits(
    cell_seconds=3.0,
    notebook_seconds=15.0,
    call_seconds=2.5,
    case_seconds=5.0,
    grading_seconds=12.0,
    memory=512 << 20,
    case_bytes=256 << 20,
    cell_restarts=1,
    case_restarts=0,
)


@pytest.fixture(scope="session")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return hidden_class.make(tmp_path_factory.mktemp("attacked"))


@pytest.fixture(scope="session")
def grader(hidden: Assignment) -> Iterator[Grader]:
    """A grader in the bubblewrap tier. Some attacks signal or fork without end: no weaker tier will do."""
    if why := why_no_bubblewrap():
        pytest.fail(f"the attacks need the bubblewrap tier: {why}")
    with Grader(hidden, tier="bubblewrap", limits=LIMITS) as grader:
        yield grader


@pytest.fixture(scope="session")
def untouched(grader: Grader) -> list[str]:
    """What an honest notebook sees of its sandbox before any attack."""
    return shown(grader.grade(notebook(*hidden_class.HONEST, LOOK)))
