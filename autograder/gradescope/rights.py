"""What the student's user can do in the container, found out by trying."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.assignment import ANSWERS, Assignment
from autograder.gradescope.settings import PACKAGES
from autograder.sealed import layout

SECONDS = 60
# Opens each path for reading and for writing, and prints those that could be opened.
_TRY = """
import json, os, sys
def gives_way(path):
    try:
        os.scandir(path).close() if os.path.isdir(path) else open(path, 'rb').close()
        return True
    except OSError:
        return os.access(path, os.W_OK)
print(json.dumps([path for path in json.load(sys.stdin) if gives_way(path)]))
"""


def secrets(root: Path, assignment: Assignment) -> list[Path]:
    """Return what a notebook must never reach: tests, reference, grader, results."""
    found = [assignment.folder, assignment.folder / ANSWERS, *(q.tests for q in assignment.graded if q.tests)]
    found += [root / "source", root / "source" / PACKAGES]
    found += [folder for name in layout.HIDDEN if (folder := layout.package_folder(name))]
    found += [root / "results", root / "results" / "results.json", root / "submission_metadata.json"]
    return [path for path in found if path.exists()]


def trouble(uid: int, paths: Sequence[Path], alone: bool) -> str:
    """Return why notebooks cannot be graded as user ``uid``, in words for staff; empty when they can.

    Parameters
    ----------
    uid : int
        The student's user.
    paths : sequence of Path
        What that user must neither read nor write.
    alone : bool
        Whether only the user keeps the notebook from them, and no namespace.
    """
    if os.geteuid() != 0:
        return "the grader must start as root, to run the notebook as another user"
    python = Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    closed = layout.closed_to_others()
    if alone and closed is not None:
        return f"the student's user may not enter {closed}, where Python lies: setup.sh did not finish"
    try:
        done = subprocess.run(
            [python, "-I", "-S", "-c", _TRY],
            input=json.dumps([str(path) for path in paths]),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            cwd="/",
            user=uid,
            group=uid,
            extra_groups=[],
        )
        reached: list[str] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return f"the student's user (number {uid}) cannot run {python}: {error}"
    if reached:
        return f"the student's user can reach {', '.join(reached)}: run `setup.sh permissions` again"
    return ""
