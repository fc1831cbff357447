"""The guide "Writing a figure", followed to the letter in a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.book import guide
from tests.book.guide import Command, Written
from tests.support import ROOT

pytestmark = pytest.mark.site

OFFER = "from coursekit.widgets._gradient_step import gradient_step\n"


def _follow(home: Path, wrong: tuple[str, str] = ("", "")) -> str:
    """Do what the guide says, with a slip where one is wanted, and return what its command prints."""
    rubbish = shutil.ignore_patterns("__pycache__")
    for part in ("src/coursekit", "tests/coursekit/figures", "tests/plugins"):
        shutil.copytree(ROOT / part, home / part, ignore=rubbish)
    files = (
        "pyproject.toml",
        "tools/chromium.py",
        *(f"tests/{n}.py" for n in ("__init__", "conftest", "support")),
    )
    (home / "tools").mkdir()
    for file in files:
        shutil.copy(ROOT / file, home / file)
    shutil.copytree(ROOT / "tests/book", home / "tests/book", ignore=rubbish)
    steps = guide.read("writing-a-figure")
    for step in steps:
        if isinstance(step, Written):
            (home / step.name).write_text(step.content.replace(*wrong), encoding="utf-8")
    page = (guide.PAGES / "writing-a-figure.md").read_text(encoding="utf-8")
    assert OFFER in page
    init = home / "src/coursekit/widgets/__init__.py"
    text = init.read_text(encoding="utf-8")
    text = text.replace("from coursekit.widgets._figure", f"{OFFER}from coursekit.widgets._figure", 1)
    init.write_text(text.replace("__all__ = [", '__all__ = [\n    "gradient_step",'), encoding="utf-8")
    (command,) = (step for step in steps if isinstance(step, Command))
    python, *arguments = command.line.split()
    assert python == "python"
    if any(wrong):
        arguments[-1] += " and wherever"  # the one that is to find it
    environment = {**os.environ, "PYTHONPATH": f"{home / 'src'}{os.pathsep}{home}"}
    done = subprocess.run(
        [sys.executable, *arguments, "-p", "no:cacheprovider"],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    return done.stdout + done.stderr


def test_a_new_figure_keeps_the_contract_without_test_code(tmp_path: Path) -> None:
    printed = _follow(tmp_path)
    passed = re.search(r"(\d+) passed", printed)
    assert passed, printed
    assert int(passed[1]) >= 15, printed
    assert "failed" not in printed, printed


def test_a_slip_in_a_new_figure_is_found(tmp_path: Path) -> None:
    printed = _follow(tmp_path, ("after: x - rate * 2 * x }", "after: x - rate * x }"))
    assert "test_numbers_agree_wherever_a_reader_can_go[gradient_step]" in printed, printed
    assert "gradient_step(**{'x':" in printed, "the message holds the call"


def test_the_guide_s_script_is_short() -> None:
    (script,) = (
        step
        for step in guide.read("writing-a-figure")
        if isinstance(step, Written) and step.name.endswith(".js")
    )
    assert len(script.content.strip().split("\n")) <= 30
