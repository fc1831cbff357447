"""A fresh clone, as somebody gets it who begins today, with what has changed in the working tree in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT


@dataclass(frozen=True)
class Clone:
    """A clone whose environment is that of these tests."""

    root: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment of a shell in which the clone's environment is active."""
        return {
            **os.environ,
            "PYTHONPATH": f"{self.root}{os.pathsep}{self.root / 'src'}",  # not this checkout's
            "PATH": f"{self.root / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(self.root.parent / "pre-commit"),
            "CONVNET_DRAWS": "2",
            **{
                f"GIT_{who}_{what}": "author@example.com"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }

    def shell(self, line: str, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a line in the clone; what it prints is in ``stdout``, errors too."""
        return subprocess.run(
            ["bash", "-c", line],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            text=True,
        )


def _listed(*command: str) -> list[str]:
    said = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in said.split("\0") if name]


def clone(home: Path) -> Clone:
    """Clone the repository into a folder, and commit there what has changed since here."""
    root = home / "cnn-course"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True, capture_output=True)
    changed = _listed("diff", "HEAD", "--name-only", "--no-renames", "-z")
    for name in changed + _listed("ls-files", "--others", "--exclude-standard", "-z"):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
        else:
            (root / name).unlink(missing_ok=True)
    (root / ".git/info/exclude").write_text("/.venv\n", encoding="utf-8")
    (root / ".venv").symlink_to(sys.prefix)
    made = Clone(root)
    done = made.shell("git add -A && (git diff --cached --quiet || git commit -qm 'The working tree')")
    if done.returncode:
        raise RuntimeError(done.stdout)
    return made
