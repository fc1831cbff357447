"""Names that differ in what nobody sees, told apart wherever they are printed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from autograder.text import one_line

# Letters that fonts draw like a Latin one, of the alphabets with which names get mixed up.
_DRAWN_LIKE = {
    "a": "аα", "A": "АΑ", "B": "ВΒ", "c": "сϲ", "C": "СϹ", "d": "ԁ", "e": "е", "E": "ЕΕ", "g": "ɡ", "h": "һ",
    "H": "НΗ", "i": "іιı", "I": "ІΙӀ", "j": "јϳ", "J": "ЈͿ", "k": "к", "K": "КΚ", "l": "ӏ", "m": "м",
    "M": "МΜ",
    "n": "ո", "N": "Ν", "o": "оοօ", "O": "ОΟՕ", "p": "рρ", "P": "РΡ", "q": "ԛ", "s": "ѕ", "S": "ЅՏ", "t": "т",
    "T": "ТΤ", "u": "υս", "U": "Ս", "v": "ν", "w": "ԝ", "x": "хχ", "X": "ХΧ", "y": "уγ", "Y": "УΥ", "z": "ᴢ",
    "Z": "Ζ", "-": "‐‑‒–−", "'": "’‘ʼ′",
}  # fmt: skip
_LATIN = str.maketrans({other: latin for latin, others in _DRAWN_LIKE.items() for other in others})
# What has no width or ink: variation selectors, fillers and the joiners that `plain` keeps.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u3164\ufe00-\ufe0f\uffa0]")


def spelled(name: str) -> str:
    r"""Write a name as one plain line, with code points for what could not be seen or would break the line.

    Different names stay different: control and format characters, odd and double blanks, halves of surrogate
    pairs and the backslash itself become escapes as Python writes them.

    Examples
    --------
    >>> print(spelled("Ann Lee"), spelled("ann\u200blee"), spelled("ann  lee"))
    Ann Lee ann\u200blee ann\x20\x20lee
    """
    if one_line(name) == name and "\\" not in name:
        return name
    whole = "".join(c if c == " " or (c != "\\" and one_line(c) == c) else _code_point(c) for c in name)
    return re.sub(r" (?= )|(?<= ) |^ | $", r"\\x20", whole)


def told_apart(names: Sequence[str], width: int = 40) -> list[str]:
    r"""Return names as they are printed in one message; beside those that look alike stand their code points.

    Parameters
    ----------
    names : sequence of str
        What is to be named.
    width : int
        The characters that are printed of a name, unless they would not tell it from another.

    Examples
    --------
    >>> print(*told_apart(["аnn", "ann", "bob"]))
    аnn (\u0430nn) ann (ann) bob
    """
    short = {name: one_line(name, width) for name in names}
    vague = {each for same in alike(short.values()) for each in same}
    shown = {name: one_line(name) if each in vague else each for name, each in short.items()}
    vague = {each for same in alike(shown.values()) for each in same}
    return [f"{shown[n]} ({''.join(map(_ascii, n))})" if shown[n] in vague else shown[n] for n in names]


def hint(name: str, there: Iterable[str]) -> str:
    r"""Return what to say of a name that was looked for in vain: which others look the same; usually empty.

    Examples
    --------
    >>> print("no ann" + hint("ann", ["аnn", "bob"]), "no zoe" + hint("zoe", ["ann"]))
    no ann (there is аnn (\u0430nn), which looks the same) no zoe
    """
    like = [other for other in there if other != name and drawn(other) == drawn(name)]
    shown = ", ".join(told_apart([name, *like])[1:4])
    return f" (there is {shown}, which looks the same)" if like else ""


def alike(names: Iterable[str]) -> list[list[str]]:
    """Return the names that look alike, together; those that look like no other are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[drawn(name)].append(name)
    return [same for same in found.values() if len(same) > 1]


def drawn(name: str) -> str:
    """Return what a reader sees of a name, which is equal for names that look alike.

    Examples
    --------
    >>> drawn("аnn") == drawn("ann"), drawn("ann") == drawn("Ann")
    (True, False)
    """
    seen = _UNSEEN.sub("", one_line(unicodedata.normalize("NFKC", name)))
    return unicodedata.normalize("NFC", seen.translate(_LATIN))


def _ascii(character: str) -> str:
    return character if " " <= character <= "~" else _code_point(character)


def _code_point(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
