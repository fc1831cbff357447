"""A small master whose questions build on each other, and notebooks of it."""

import json
import shutil
from pathlib import Path
from typing import Any

from autograder.records.results import NotebookResult
from autograder.release import build, variants
from autograder.sealed import Grader
from tests.assignments.broken.sound import SOUND
from tests.support import ROOT

NAME = "follow"
SECRET = "a way of halving that only the course knows"
_JUPYTER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

"""
HEAD = _JUPYTER + SOUND[: SOUND.index("# %% [raw]\n# # BEGIN QUESTION")]
_QUESTION = '''\
# %% [raw]
# # BEGIN QUESTION
# name: {name}
# points: 2
{below}
# %% [markdown]
# ## {name}: {function}

# %% [raw]
# # BEGIN SOLUTION

# %%
def {function}(x):
    # BEGIN SOLUTION
    {body}
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_public({function}):
    assert {function}(16) == 16 / {by}

test_public({function})

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Try numbers below zero.
"""  # END TEST CONFIG

def test_hidden({function}):
    assert {function}(-32) == -32 / {by}

test_hidden({function})

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

'''
OWN = {
    "q1": ("half", 2, f"how = {SECRET!r}\n    return 0.5 * x"),
    "q2": ("quarter", 4, "return half(half(x))"),
    "q3": ("eighth", 8, "return half(quarter(x))"),
    "q4": ("tenth", 10, "return x / 10"),
}
WRONG = "def half(x):\n    return 0.4 * x\n"
FULL = {"q1": 2.0, "q2": 2.0, "q3": 2.0, "q4": 2.0}
BELOW = {"q2": "[q1]", "q3": "q2"}
MUTANTS = """\
[wrong_half]
question = "q1"
why = "It takes a little too much."
edits = [{ old = "0.5 * x", new = "0.4 * x" }]

[wrong_quarter]
question = "q2"
why = "It halves once."
edits = [{ old = "half(half(x))", new = "half(x)" }]

[wrong_eighth]
question = "q3"
why = "It halves once."
edits = [{ old = "half(quarter(x))", new = "half(x)" }]

[wrong_tenth]
question = "q4"
why = "It divides by eleven."
edits = [{ old = "x / 10", new = "x / 11" }]
"""


def text(below: dict[str, str] = BELOW) -> str:
    """Return the master; ``below`` says what its questions build on."""
    return HEAD + "".join(
        _QUESTION.format(
            name=name,
            function=function,
            by=by,
            body=body,
            below=f"# builds_on: {below[name]}\n" if name in below else "",
        )
        for name, (function, by, body) in OWN.items()
    )


def course(root: Path, master: str | None = None) -> Path:
    """Write a repository with this master alone, and build it."""
    folder = root / "solutions" / NAME
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "_config.yml", root)
    (folder / f"{NAME}.py").write_text(master or text())
    (folder / variants.MUTANTS).write_text(MUTANTS)
    build.build_assignment(NAME, root)
    return root


def solution(root: Path) -> dict[str, Any]:
    """Return the notebook with the course's answers."""
    notebook: dict[str, Any] = json.loads((root / "build" / NAME / "solution.ipynb").read_text())
    return notebook


def answered(root: Path, **answers: str) -> dict[str, Any]:
    """Return that notebook with other answers to some questions."""
    return variants.answer(solution(root), answers)


def graded(grader: Grader, notebook: dict[str, Any]) -> NotebookResult:
    """Grade a notebook as its student hands it in."""
    return grader.grade(json.dumps(notebook))


def scores(result: NotebookResult) -> dict[str, float]:
    """Return the score of each question."""
    return {q.name: q.score for q in result.questions}
