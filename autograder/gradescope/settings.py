"""What an instructor chose for Gradescope, and how the container is laid out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

Visibility = Literal["visible", "after_due_date", "after_published", "hidden"]
Shown = Literal["visible", "after_due_date", "after_published"]
SHOWN: tuple[Shown, ...] = get_args(Shown)
MINUTES = 10  # Gradescope's own limit unless the assignment's settings say otherwise
MOST_MINUTES = 40  # the most that they can say

ROOT = Path("/autograder")  # Gradescope's; its folders are source, submission and results
NAME = "gradescope.json"
BUILD, PACKAGES = "build", "packages"


@dataclass(frozen=True)
class Settings:
    """What the container grades, and how.

    Parameters
    ----------
    assignment : str
        The name of the assignment in the build.
    hidden : {"visible", "after_due_date", "after_published"}
        When a student sees the outcome of hidden tests, and with it the score.
    minutes : int
        After how many minutes Gradescope ends the container.
    """

    assignment: str
    hidden: Shown
    minutes: int

    def text(self) -> str:
        """Return the settings as the file that lies in the zip."""
        return json.dumps(asdict(self), indent=1) + "\n"


def read(source: Path) -> Settings:
    """Read the settings that lie in the folder of the unpacked zip."""
    return Settings(**json.loads((source / NAME).read_text(encoding="utf-8")))
