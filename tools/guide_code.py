"""The code that the guides in `book/instructors` show, as the beginning of an author's own.

A guide's example passes every test, and a test holds the guide to it; so what `new_layer` and `new_figure`
write is the example with another name, and it never gets out of step with what the guide says.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```\{code-block\} \w+\n:caption: (in )?(\S+)\n\n?(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """Code with the file that it makes, or that it is added to."""

    adds: bool
    name: str
    code: str


def pieces(guide: Path) -> list[Piece]:
    """List the code of a guide that says where it belongs, in order."""
    found = BLOCK.findall(guide.read_text(encoding="utf-8"))
    return [Piece(bool(adds), name, code) for adds, name, code in found]


def into_all(text: str, names: list[str]) -> str:
    """Put names into a module's ``__all__``, which is sorted."""
    found = re.search(r"^__all__ = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError("the module has no list __all__")
    order = sorted([*re.findall(r'"(\w+)"', found[1]), *names], key=_kind_and_name)
    lines = "".join(f'    "{name}",\n' for name in order)
    if '", "' in found[1]:  # several on a line, as wide as they were
        width = max(map(len, found[1].split("\n")))
        packed = "".join(f'"{name}", ' for name in order).strip()
        lines = textwrap.fill(packed, width, initial_indent="    ", subsequent_indent="    ") + "\n"
    return text[: found.start(1)] + lines + text[found.end(1) :]


def _kind_and_name(name: str) -> tuple[int, str]:
    """Sort as ruff does: constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def into_the_file(path: Path, lines: str) -> None:
    """Add to a file that is there: an import and its names, or an entry of a list.

    Raises
    ------
    ValueError
        If the file has no place for it.
    """
    text = path.read_text(encoding="utf-8")
    if path.name == "__init__.py":
        module, _, names = lines.removeprefix("from ").partition(" import ")
        package = module.rpartition(".")[0]
        others = list(re.finditer(rf"^from ({re.escape(package)}\.\w+) import", text, re.MULTILINE))
        after = [other.start() for other in others if other[1] > module] or [text.index("\n__all__")]
        text = into_all(text[: after[0]] + lines + text[after[0] :], names.strip().split(", "))
    else:
        text = text.replace("\nPAIRS = [\n", f"\nPAIRS = [\n{lines}", 1)
    if lines not in text:
        raise ValueError(f"{path.name} has no place for {lines}")
    path.write_text(text, encoding="utf-8")


def exchanged(text: str, words: dict[str, str]) -> str:
    """Exchange words, each of which must be there."""
    for old, new in words.items():
        if old not in text:
            raise ValueError(f"the guide's code has no {old!r} any more: this tool has to follow it")
        text = text.replace(old, new)
    return text
