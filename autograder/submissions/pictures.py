"""Pictures in a notebook's texts: attachments, and those that Colab writes into the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable

# Quantifiers that give nothing back (++), or a text made for it would be searched for hours.
_KIND = r"data:image/(?P<kind>png|jpe?g);base64,"
_DATA = r"(?P<data>[A-Za-z0-9+/=\s]++)"
_INLINE = re.compile(
    rf"!\[(?P<alt>[^\]\[]*+)\]\(\s*+<?{_KIND}{_DATA}>?\s*+(?:\"[^\"\n]*+\"\s*+)?\)", re.IGNORECASE
)
_TAG = re.compile(rf"<img\b[^<>]*?\bsrc\s*+=\s*+[\"']{_KIND}{_DATA}[\"'][^<>]*+>", re.IGNORECASE)
_NAMED = re.compile(
    rf"^\[(?P<name>[^\]\[\n]++)\]:[ \t]*+<?{_KIND}(?P<data>[A-Za-z0-9+/=]++)>?[ \t]*+$",
    re.IGNORECASE | re.MULTILINE,
)
_USE = re.compile(r"!\[(?P<alt>[^\]\[]*)\]\[(?P<name>[^\]\[\n]*)\]")

Attachments = dict[str, dict[str, str]]


def attached(listed: object) -> Attachments:
    """Return the pictures pasted into a text that are well formed: each kind's data by the picture's name."""
    found: Attachments = {}
    for name, data in listed.items() if isinstance(listed, dict) else ():
        kept = {m: d for m, d in data.items() if isinstance(d, str)} if isinstance(data, dict) else {}
        if kept:
            found[name] = kept
    return found


def unpasted(text: str, attachments: Attachments) -> tuple[str, Attachments]:
    """Make attachments of the PNG and JPEG pictures that stand in a text as ``data:`` addresses.

    Colab pastes pictures like this; what shows a notebook afterwards shows attachments, and no address. The
    three forms are ``![](data:…)``, an ``<img>`` tag, and ``![][name]`` with ``[name]: data:…`` below.

    Returns
    -------
    tuple
        The text with ``![](attachment:…)`` in their places, and all attachments.
    """
    if "data:image/" not in text.casefold():
        return text, attachments
    found = dict(attachments)

    def keep(match: re.Match[str]) -> str:
        kind = "jpeg" if match["kind"].casefold() != "png" else "png"
        number = len(found) + 1
        while (name := f"pasted-{number}.{kind}") in found:
            number += 1
        found[name] = {f"image/{kind}": "".join(match["data"].split())}
        return name

    text = _INLINE.sub(lambda m: _shown(m["alt"], keep(m)), text)
    text = _TAG.sub(lambda m: _shown("", keep(m)), text)
    named: dict[str, str] = {}

    def define(match: re.Match[str]) -> str:
        named[match["name"].casefold()] = keep(match)
        return ""

    text = _NAMED.sub(define, text)
    return (_USE.sub(_use(named), text) if named else text), found


def _use(named: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        name = named.get((match["name"] or match["alt"]).casefold())
        return _shown(match["alt"], name) if name else match[0]

    return replaced


def _shown(alt: str, name: str) -> str:
    return f"![{re.sub(r'[()]', '', alt)}](attachment:{name})"
