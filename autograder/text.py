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
_STEM_BYTES = 120
# Capitals that names have by custom: the T of a time, and what Canvas writes into the names of late files.
_CAPITALS = re.compile(r"(?<=\d-\d\d)t(?=\d\d)|(?<=_)late(?=_\d+_\d+_)")
_DIGEST = re.compile(r"-[0-9a-f]{16}\Z")
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
    """Turn a student's id into a file name that is safe on every file system; different ids never meet.

    A short name of lower-case letters, digits and ``. _ - @`` stays as it is (`_CAPITALS` apart). Any other
    gets the end ``-`` and `digest`, and no name that has such an end stays as it is. So two names get the
    same file name only when they are the same, also where a file system takes upper and lower case, or the
    composed and the decomposed form of a letter, for one.

    Examples
    --------
    >>> file_stem("ann.lee"), file_stem("Ann Lee"), file_stem("ann-9f86d081884c7d65")
    ('ann.lee', 'Ann-Lee-a36e143c5359c53e', 'ann-9f86d081884c7d65-687d40a392d831d1')
    """
    stem = _stem(name)
    usual = _CAPITALS.sub(lambda found: found[0].upper(), unicodedata.normalize("NFC", name.casefold()))
    if stem and stem == name == usual and not ends_in_digest(name) and not _is_device(name):
        return stem
    return f"{stem or 'unnamed'}-{digest(name)}"


def ends_in_digest(name: str) -> bool:
    """Say whether a name ends as `file_stem` ends those that it changes; former file names had six digits."""
    return bool(_DIGEST.search(name))


def former_file_stem(name: str) -> str:
    """Return what results before format 4 were named, so that two names could meet.

    Examples
    --------
    >>> former_file_stem("ann lee"), former_file_stem("ann-lee-e49591")
    ('ann-lee-e49591', 'ann-lee-e49591')
    """
    stem = re.sub(r"[^\w.@-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")[:80]
    return (
        stem if stem and stem == name and not _is_device(name) else f"{stem or 'unnamed'}-{digest(name)[:6]}"
    )


def marked_stem(name: str, identity: str) -> str:
    """Name files as `file_stem` does, and apart by ``identity`` from those of others with the same name."""
    return f"{_stem(name) or 'unnamed'}-{digest(identity)}"


def digest(name: str) -> str:
    """Sixteen hexadecimal digits that stand for ``name``: too many to look for a second one with the same."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _stem(name: str) -> str:
    """Keep what is safe in a file name, in at most `_STEM_BYTES`: drafts and endings come around it."""
    stem = re.sub(r"[^\w.@-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")
    return stem.encode()[:_STEM_BYTES].decode(errors="ignore").strip("-.")


def _is_device(name: str) -> bool:
    return name.split(".")[0].casefold() in _WINDOWS_DEVICES
