"""Where things lie, for tests that look at the repository itself."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

from autograder.assignment import Assignment
from autograder.release import build

ROOT = Path(__file__).resolve().parents[1]


def tracked(*patterns: str) -> list[Path]:
    """Return the files git tracks that match ``patterns`` (git pathspecs)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@functools.cache
def workshop() -> Path:
    """A repository of nothing but masters and the address, in a folder that goes with this process."""
    root = Path(tempfile.mkdtemp(prefix="workshop-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    shutil.copytree(ROOT / "solutions", root / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_config.yml", root)
    shelf = root / "src/coursekit/assignments"  # what is made by running, which takes longer than a build
    shelf.mkdir(parents=True)
    for path in (ROOT / "src/coursekit/assignments").glob("*.mistakes.json"):
        shutil.copy(path, shelf)
    return root


@functools.cache
def built(name: str) -> Assignment:
    """Build an assignment from its master, once for all tests of this process.

    What lies in ``build/`` may be missing or old: a fresh clone has none.
    """
    return build.build_assignment(name, workshop())
