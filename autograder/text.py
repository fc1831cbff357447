"""Text from strangers, made safe to print, to store and to use as a file name."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# CSI, OSC (title and hyperlink sequences) and two-character escapes, as terminals read them.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_JOINERS = "\u200c\u200d"  # needed to write Persian and emoji; every other format character can mislead
_WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{i}" for d in ("com", "lpt") for i in range(10)}


def plain(text: str) -> str:
    r"""Drop terminal escapes, control characters and direction marks; keep line breaks and tabs.

    Examples
    --------
    >>> plain("\x1b[31mred\x1b[0m\r\nnext\x00")
    'red\nnext'
    """
    text = _ESCAPE.sub("", text.replace("\r\n", "\n"))
    return "".join(c if _harmless(c) else "\ufffd" if unicodedata.category(c) == "Cs" else "" for c in text)


def one_line(text: str, width: int | None = None) -> str:
    r"""Make ``text`` one plain line of at most ``width`` characters, an ellipsis where it was cut.

    Examples
    --------
    >>> one_line("two\n  lines", 6)
    'two l…'
    """
    line = " ".join(plain(text).split())
    return line if width is None or len(line) <= width else line[: width - 1].rstrip() + "…"


def file_stem(name: str) -> str:
    """Turn a student's id into a file name that is safe on every file system.

    A name of letters, digits and ``. _ - @`` stays as it is. From any other the rest becomes hyphens, and a
    short hash of the whole name is added, so that two different names never meet.

    Examples
    --------
    >>> file_stem("ann.lee"), file_stem("ann lee")
    ('ann.lee', 'ann-lee-e49591')
    """
    stem = unicodedata.normalize("NFC", name)
    stem = re.sub(r"[^\w.@-]+", "-", stem).strip("-.")[:80]
    if stem == name and stem.split(".")[0].casefold() not in _WINDOWS_DEVICES:
        return stem
    return f"{stem or 'unnamed'}-{short_hash(name)}"


def short_hash(name: str) -> str:
    """Six hexadecimal digits that stand for ``name``."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _harmless(c: str) -> bool:
    return c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
