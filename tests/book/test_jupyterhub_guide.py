"""The guide to a JupyterHub, typed in line by line: one person is teacher and student, as it invites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.book import guide
from tests.book.guide import Command, Written
from tests.support import ROOT

pytestmark = pytest.mark.sealed

STEPS = guide.read("jupyterhub")
COMMANDS = [step for step in STEPS if isinstance(step, Command)]
SECONDS = 200  # for one command on a busy machine


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Command, str]]:
    """What each command printed, in a folder with homework 3 built."""
    assert (ROOT / "build/hw3/manifest.json").exists(), "build the assignments first: make assignments"
    here = tmp_path_factory.mktemp("hub")
    shutil.copytree(ROOT / "build/hw3", here / "build/hw3")
    environment = os.environ | {
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "JUPYTER_DATA_DIR": str(here / "data"),
    }
    said: dict[Command, str] = {}
    for step in STEPS:
        if isinstance(step, Written):
            (here / step.name).write_text(step.content, encoding="utf-8")
            continue
        done = subprocess.run(
            ["bash", "-c", step.line], cwd=here, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, f"{step.line}:\n{done.stdout}"
        said[step] = done.stdout
    assert list((here / "student/hw3/feedback").glob("*/hw3.html"))
    yield said
    shutil.rmtree(here)


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_command_does_what_the_page_shows(printed: dict[Command, str], command: Command) -> None:
    assert guide.difference(command.shown, printed[command]) == "", printed[command]


def test_the_page_quotes_what_the_commands_say() -> None:
    """Each message of the two tables stands in the code that says it, so that a reader can find it."""
    text = (guide.PAGES / "jupyterhub.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "autograder/exchange").glob("*.py"))
    words = (
        "is in the name of", "and belongs to", "is a symbolic link", "belongs to another user",
        "is no ordinary file", "is too large", "not named as nbgrader names", "but was last changed at",
        "which course?", "there is no exchange folder", "is not released in the course",
        "is released already", "nothing here came from nbgrader's exchange",
    )  # fmt: skip
    for quoted in words:
        assert quoted in text, quoted
        assert quoted in code, quoted
