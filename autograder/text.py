"""Text from strangers, made safe to print, to store and to use as a file name."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# CSI, OSC (title and hyperlink sequences) and two-character escapes, as terminals read them.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Control and format characters (Unicode's Cc, Cf, Zl, Zp) without tab, line feed and the two joiners that
# Persian and emoji need. As ranges, because asking for each character is too slow for megabytes of output.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bcaf"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{i}" for d in ("com", "lpt") for i in range(10)}


def plain(text: str) -> str:
    r"""Drop terminal escapes, control characters and direction marks; keep line breaks and tabs.

    Examples
    --------
    >>> plain("\x1b[31mred\x1b[0m\r\nnext\x00")
    'red\nnext'
    """
    text = _ESCAPE.sub("", text.replace("\r\n", "\n"))
    return _SURROGATE.sub("\ufffd", _UNSAFE.sub("", text))


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
    if stem and stem == name and stem.split(".")[0].casefold() not in _WINDOWS_DEVICES:
        return stem
    return f"{stem or 'unnamed'}-{short_hash(name)}"


def short_hash(name: str) -> str:
    """Six hexadecimal digits that stand for ``name``."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
