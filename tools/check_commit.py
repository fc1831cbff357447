"""What a commit is asked for besides format: see `.pre-commit-config.yaml`.

python tools/check_commit.py files FILE...        none is large, no notebook holds outputs
python tools/check_commit.py generated FILE...    assignments are what their masters make
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat

LARGEST = 500_000
"""Bytes of a file. What is larger stays in every clone for ever."""
MAY_BE_LARGE = ("book/_static/mathjax/", "src/coursekit/_data/")
"""Folders of what was vendored or drawn by a tool on purpose."""


def wrong_files(names: Iterable[str]) -> list[str]:
    """Say which files are too large, and which notebooks hold outputs."""
    found = []
    for name in names:
        size = Path(name).stat().st_size
        if size > LARGEST and not name.startswith(MAY_BE_LARGE):
            found.append(f"{name}: {size / 1e6:.1f} MB; let code make it, or make it smaller than 0.5 MB")
        if name.endswith(".ipynb"):
            found += _outputs(name)
    return found


def _outputs(name: str) -> list[str]:
    notebook = nbformat.read(name, as_version=4)
    ran = [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    hint = "clear them (Edit → Clear Outputs of All Cells)"
    return [f"{name}: {len(ran)} cells hold outputs; {hint}"] if ran else []


def assignments(names: Iterable[str]) -> list[str]:
    """Name the assignments that files belong to: those that have a master."""
    found = {match[1] for name in names if (match := re.match(r"(?:solutions|assignments)/(\w+)/", name))}
    return sorted(name for name in found if Path("solutions", name, f"{name}.py").is_file())


def out_of_step(names: Iterable[str]) -> list[str]:
    """Build each assignment that a file belongs to aside, and say which differ from what lies here."""
    found = []
    for name in assignments(names):
        command = [Path(sys.executable).with_name("autograder"), "check", name, "--only", "step"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            found.append(f"{run.stdout}{run.stderr}".rstrip())
    return found


def main() -> int:
    """Check the files that git names."""
    what, *names = sys.argv[1:]
    wrong = {"files": wrong_files, "generated": out_of_step}[what](names)
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
