"""The code is linted, formatted and typed: the same commands an author runs."""

import subprocess
import sys

import pytest

from tests.support import ROOT, tracked


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


def test_only_generated_files_and_attacks_are_left_out() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--show-files", "."]
    seen = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    left_out = {str(path.relative_to(ROOT)) for path in tracked("*.py") if str(path) not in seen}
    banks = ("tests/answers/hw", "tests/attacks/notebooks/")
    assert {p for p in left_out if not p.startswith(("assignments/", *banks))} == set()


def test_no_file_is_too_long_to_read() -> None:
    """Masters are notebooks, as long as the assignment is: those of the course, and small ones of tests."""
    masters = ("solutions", "benchmarks/masters", "tests/assignments/small")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked("*.py", *(f":!{folder}" for folder in masters), ":!assignments")
    }
    assert len(lengths) > 300
    assert {name: length for name, length in lengths.items() if length > 300} == {}, "split it by concept"
