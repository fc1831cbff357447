"""Looks whether every link and button of the public tree leads to something in it."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from coursekit._addresses import BINDER, COLAB, Addresses

_HREF = re.compile(r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"]+)"')


def target(link: str, there: Addresses) -> str | None:
    """Return the path in the public tree that an absolute address asks for; nothing where it is not ours."""
    parts = urlsplit(link)
    slug = urlsplit(there.repository).path.strip("/")
    path = unquote(parts.path)
    if link.startswith(there.site) and there.site:
        return link.removeprefix(there.site).lstrip("/").partition("#")[0].partition("?")[0] or "index.html"
    if link.startswith(f"{COLAB}/github/{slug}/blob/{there.branch}/"):
        return path.partition(f"/blob/{there.branch}/")[2]
    if link.startswith(f"{BINDER}/v2/gh/{slug}/"):
        return parse_qs(parts.query)["labpath"][0]
    if path.endswith("/hub/user-redirect/git-pull"):
        return parse_qs(parts.query)["urlpath"][0].partition(f"lab/tree/{slug.rpartition('/')[2]}/")[2]
    if link.startswith(f"{there.repository}/raw/{there.branch}/"):
        return path.partition(f"/raw/{there.branch}/")[2]
    return None


def hrefs(page: str) -> list[str]:
    """Return what a page leads to or loads, each address once."""
    return sorted(set(map(unescape, _HREF.findall(page))))


def dangling(tree: Path, there: Addresses) -> list[str]:
    """Return one line for each link of a page that leads to no file of the tree."""
    found = []
    for page in sorted(tree.rglob("*.html")):
        where = page.relative_to(tree)
        if where.parts[0] == "_static":  # pieces of pages that the theme leaves among its files
            continue
        for link in hrefs(page.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                path = target(link, there)
            else:
                path = posixpath.normpath(posixpath.join(where.parent.as_posix(), unquote(parts.path)))
            if path and path != "." and not (tree / path).is_file() and parts.path:
                found.append(f"{where.as_posix()}: {link} leads to nothing")
    return found
