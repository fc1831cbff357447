"""One build of hw3, made from the master in a folder of its own, for all tests that look at it."""

import shutil
from pathlib import Path

import pytest

from autograder.release import build
from autograder.assignment import Assignment
from tests.support import ROOT


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of nothing but masters and the address."""
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(ROOT / "solutions", root / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_config.yml", root)
    return root


@pytest.fixture(scope="session")
def built(workshop: Path) -> Assignment:
    """Return hw3 as the grader knows it, freshly built."""
    return build.build_assignment("hw3", workshop)
