"""What the instructor's guide tells its reader to type and to write, and what it says they will see.

A fenced ``console`` block holds commands behind ``$`` and below each the lines that it prints. A
``{code-block}`` with a caption is a file of that name, which the reader writes.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "book" / "instructors"
ORDER = ("ten-minutes", "a-term", "larger-classes", "writing-an-assignment")  # as the table of contents
_BLOCK = re.compile(r"^(`{3,})(console|\{code-block\} \w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r"^:caption: (\S+)\n(?:^:.*\n)*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """One line that the reader types, and the lines that the page shows below it."""

    page: str
    line: str
    shown: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.line}"


@dataclass(frozen=True)
class Written:
    """One file that the reader writes."""

    page: str
    name: str
    content: str


def steps(page: str, text: str) -> list[Command | Written]:
    """List what a page asks its reader to do, in order."""
    found: list[Command | Written] = []
    for _, kind, body in _BLOCK.findall(text):
        if kind == "console":
            found += _commands(page, body)
        elif caption := _CAPTION.match(body):
            found.append(Written(page, caption[1], body[caption.end() :]))
    return found


def read(page: str) -> list[Command | Written]:
    """List what a page of the guide asks its reader to do."""
    return steps(page, (PAGES / f"{page}.md").read_text(encoding="utf-8"))


def _commands(page: str, body: str) -> list[Command]:
    head, *rest = re.split(r"^\$ ", body, flags=re.MULTILINE)
    if head.strip():
        raise ValueError(f"{page}: a console block begins with a command behind `$`, not with {head!r}")
    split = [part.rstrip("\n").split("\n") for part in rest]
    return [Command(page, line, tuple(shown)) for line, *shown in split]


def difference(shown: tuple[str, ...], printed: str) -> str:
    """Say how a command's output differs from what the page shows; nothing when it does not.

    ``…`` in a shown line stands for any text in that line, a line that is ``…`` for any lines. A line of the
    output itself may hold the character. Spaces at the ends of lines do not count.
    """
    pattern = "\n".join(_line(line.rstrip()) for line in shown)
    printed = "\n".join(line.rstrip() for line in printed.strip("\n").split("\n"))
    if re.fullmatch(pattern, printed):
        return ""
    lines = difflib.unified_diff(shown, printed.split("\n"), "the page shows", "it printed", lineterm="")
    return "\n".join(lines)


def _line(line: str) -> str:
    return r"(?s:.*)" if line == "…" else ".*".join(map(re.escape, line.split("…")))
