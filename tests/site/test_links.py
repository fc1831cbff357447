"""Links and anchors inside the site lead somewhere; pictures say what is to be seen."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.pages import CHAPTERS, PAGES, parse

pytestmark = pytest.mark.site


@cache
def anchors(path: Path) -> frozenset[str]:
    html = parse(path.parent, path.stem)
    return frozenset(str(tag.get("id") or tag.get("name")) for tag in html.select("[id], a[name]"))


@pytest.mark.parametrize("page", PAGES)
def test_internal_links_and_anchors_resolve(site: Path, page: str) -> None:
    here = site / f"{page}.html"
    broken = []
    links = [str(tag["href"]) for tag in parse(site, page).select("a[href]")]
    assert len(links) > 5, "a page of this site has a table of contents"
    for link in links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        missing_anchor = (
            target.suffix == ".html" and target.exists() and parts.fragment
            and unquote(parts.fragment) not in anchors(target)
        )  # fmt: skip
        if not target.exists() or missing_anchor:
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_says_what_it_shows(site: Path, page: str) -> None:
    pictures = parse(site, page).select("article img")
    silent = [str(tag.get("src")) for tag in pictures if len(str(tag.get("alt") or "").split()) < 3]
    assert silent == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_id_stands_twice(site: Path, page: str) -> None:
    ids = [str(tag["id"]) for tag in parse(site, page).select("article [id]")]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
