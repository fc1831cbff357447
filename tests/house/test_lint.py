"""The code is linted, formatted and typed: the same commands an author runs."""

import subprocess
import sys

import pytest

from tests.support import ROOT


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("tools/format_chapters.py", "--check"),
    ],
    ids=["ruff check", "ruff format", "mypy", "chapters"],
)
def test_tool_is_content(command: tuple[str, ...]) -> None:
    run = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, f"{' '.join(command)}:\n{run.stdout}{run.stderr}"
