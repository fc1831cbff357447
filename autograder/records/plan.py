"""OUT/grading.json: what a folder of results was made from, so that it can be graded again."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.files import write_whole
from autograder.limits import Limits

NAME = "grading.json"


@dataclass(frozen=True)
class Plan:
    """What the last `autograder grade` was asked for.

    ``times`` is the table of times of hand-in, ``term`` the one whose hidden inputs the tests had.
    """

    assignment: str
    submissions: str
    tier: str
    limits: Limits
    times: str = ""
    term: str = ""

    def write(self, out: Path) -> None:
        """Leave the plan in ``out``."""
        write_whole(out / NAME, json.dumps(asdict(self), indent=1) + "\n")


def read(out: Path) -> Plan:
    """Read the plan that grading left in ``out``.

    Raises
    ------
    ValueError
        When there is none, or it is not one that the grader wrote.
    """
    path = out / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Plan(**(content | {"limits": Limits(**content["limits"])}))
    except FileNotFoundError:
        raise ValueError(f"there is no {NAME} in {out}: grade a class with --out {out} first") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a plan of `autograder grade`: {error}") from None


def again(out: Path) -> str:
    """Return the command that grades ``out`` again, as far as the plan there says."""
    try:
        plan = read(out)
    except ValueError:
        plan = Plan("NAME", "SUBMISSIONS", "auto", Limits())
    times = ["--submitted", plan.times] if plan.times else []
    return shlex.join(["autograder", "grade", plan.assignment, plan.submissions, "--out", str(out), *times])
