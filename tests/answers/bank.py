"""Reads a bank of answers: text files, one folder an assignment.

Files ``wrong_*.py`` and ``right_*.py`` hold answers one below the other. Each opens with its question and
what it is, and a wrong one says what it breaks of what the notebook asks for::

    # answer: q5, the bias is added along the wrong axis
    # breaks: one bias for each kernel, along axis 1
    def conv2d(x, weight, bias=None, ...):

A line ``# excused: why`` below them marks a wrong answer that is known to keep its points, or a right one
that is known to lose some.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_OPENS = re.compile(r"^# answer: (\w+), (.+)\n", re.MULTILINE)
_SAYS = re.compile(r"# (breaks|excused): (.+)\n")


@dataclass(frozen=True)
class Answer:
    """One answer to one question: its code, what it is, what it breaks, and why it is excused."""

    question: str
    what: str
    code: str
    right: bool
    place: str  # file and line
    breaks: str = ""
    excused: str = ""


def read(path: Path) -> list[Answer]:
    """Return the answers in a file.

    Raises
    ------
    ValueError
        When the file has no answers, a wrong one does not say what it breaks, or one is no Python.
    """
    text = path.read_text(encoding="utf-8")
    above, *parts = _OPENS.split(text)
    if not parts:
        raise ValueError(f"{path.name}: no line '# answer: q1, what it is' opens an answer")
    right, line, found = path.name.startswith("right_"), above.count("\n") + 1, []
    for question, what, rest in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        said, code, place = {}, rest, f"{path.name}:{line}"
        while match := _SAYS.match(code):
            said[match[1]], code = match[2].strip(), code[match.end() :]
        try:
            ast.parse(code)
        except SyntaxError as error:
            raise ValueError(f"{place}: Python cannot read the answer: {error}") from None
        if right == ("breaks" in said):
            raise ValueError(
                f"{place}: a line '# breaks: ...' belongs to each wrong answer, and to no right one"
            )
        line += rest.count("\n") + 1
        found.append(Answer(question, what.strip(), f"{code.strip()}\n", right, place, **said))
    return found


def answers(assignment: str) -> list[Answer]:
    """Return all answers to an assignment; none where it has no bank."""
    files = sorted((FOLDER / assignment).glob("*.py"))
    return [answer for path in files for answer in read(path)]


def assignments() -> list[str]:
    """Return the assignments that have a bank."""
    return sorted(p.name for p in FOLDER.iterdir() if p.is_dir() and any(p.glob("*.py")))
