"""Each assignment built once, from its master in a folder of its own, for all tests that look at it."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.release import build
from tests.support import ROOT


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of nothing but masters and the address."""
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(ROOT / "solutions", root / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_config.yml", root)
    return root


@pytest.fixture(scope="session")
def built_of(workshop: Path) -> Callable[[str], Assignment]:
    """Return what builds an assignment by its name, once, and gives it as the grader knows it."""
    return functools.cache(lambda name: build.build_assignment(name, workshop))


@pytest.fixture(scope="session")
def built(built_of: Callable[[str], Assignment]) -> Assignment:
    return built_of("hw3")
