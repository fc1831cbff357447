"""Comments to be used again: short names for what a person writes about answers time and again.

In `comments.toml` each question has its own, and ``@vague`` in a comment stands for the text of that name::

    [hw3.q14]
    vague = "Say which filter you mean, and what it responds to."
    no-picture = { text = "Where does one see that?", points = -1 }
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_USE = re.compile(r"(?<![\w@.])@([A-Za-z][\w-]*)", re.ASCII)  # no address: ann@example.org is left alone


@dataclass(frozen=True)
class Comment:
    """A text, and the points that it adds; mostly it takes some away."""

    text: str
    points: float = 0.0


@dataclass(frozen=True)
class CommentBank:
    """The comments of each question, by assignment, question and name."""

    questions: Mapping[tuple[str, str], Mapping[str, Comment]] = field(default_factory=dict)

    def of(self, assignment: str, question: str) -> Mapping[str, Comment]:
        """Return the comments of a question by their names."""
        return self.questions.get((assignment, question), {})

    def written_out(self, assignment: str, question: str, words: str) -> str:
        """Put the texts in the place of their names; a name that is not there stays as it is.

        Examples
        --------
        >>> bank = CommentBank({("hw3", "q14"): {"vague": Comment("Which filter?")}})
        >>> bank.written_out("hw3", "q14", "Nice. @vague")
        'Nice. Which filter?'
        """
        known = self.of(assignment, question)
        return _USE.sub(lambda m: known[m[1]].text if m[1] in known else m[0], words)

    def points(self, assignment: str, question: str, words: str) -> float | None:
        """Return what the comments that are used add together; None where none of them says."""
        known = self.of(assignment, question)
        used = [known[name].points for name in _USE.findall(words) if name in known]
        return sum(used) if any(used) else None

    def unmatched(self, assignment: str, question: str, words: str) -> list[str]:
        """Say of each name that is not there what was probably meant; empty where the bank is."""
        known = self.of(assignment, question)
        said = []
        for name in _USE.findall(words) if known else ():
            if name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                meant = f" (did you mean @{close[0]}?)" if close else ""
                said.append(f"there is no comment @{name} for {question}{meant}")
        return said


def read_comments(path: Path) -> CommentBank:
    """Read a file of comments.

    Raises
    ------
    ValueError
        With the file and what is wrong in it.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:  # TOML's own errors, which name the line, and those of UTF-8
        raise ValueError(f"{path}: {error}") from None
    found: dict[tuple[str, str], dict[str, Comment]] = {}
    for assignment, questions in content.items():
        for question, entries in _table(path, (assignment,), questions).items():
            where = (assignment, question)
            found[where] = {
                name: _comment(path, (*where, name), entry)
                for name, entry in _table(path, where, entries).items()
            }
    return CommentBank(found)


def _table(path: Path, where: tuple[str, ...], value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(
            f"{path}: {'.'.join(where)} must be a table: comments stand in [assignment.question]"
        )
    return value


def _comment(path: Path, where: tuple[str, ...], value: object) -> Comment:
    name = ".".join(where)
    if not _NAME.fullmatch(where[-1]):
        raise ValueError(f"{path}: {name}: a name takes letters, digits, _ and -, and begins with a letter")
    if isinstance(value, str) and value.strip():
        return Comment(value.strip())
    if isinstance(value, dict) and value.keys() <= {"text", "points"}:
        text, points = value.get("text"), value.get("points", 0)
        number = isinstance(points, int | float) and not isinstance(points, bool) and math.isfinite(points)
        if isinstance(text, str) and text.strip() and number:
            return Comment(text.strip(), float(points))
    raise ValueError(f'{path}: {name} must be text, or {{ text = "…", points = -1 }}')
