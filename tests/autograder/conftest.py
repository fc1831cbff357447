"""What tests of this folder start from: a tiny assignment, and a gradebook just made."""

from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.grades.gradebook import NAME, GradeBook
from tests.autograder import tiny


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return tiny.assignment(tmp_path / "build")


@pytest.fixture(scope="session")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook just made, for tests that need one to start from: copy it."""
    folder = tmp_path_factory.mktemp("new")
    with GradeBook(folder, tiny.assignment(folder / "build")):
        pass
    return folder / NAME
