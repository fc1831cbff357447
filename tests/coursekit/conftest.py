"""A grader that a student's notebook would have."""

import json
from pathlib import Path

import pytest

from coursekit import _bundle
from coursekit.notebook import Grader
from tests.coursekit.hw0 import BUNDLE


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Grader:
    """A grader of an assignment that is packaged, in an empty folder."""
    shelf = tmp_path / "package" / "assignments"
    shelf.mkdir(parents=True)
    (shelf / "hw0.json").write_text(json.dumps(BUNDLE), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path / "package")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return Grader("hw0")
