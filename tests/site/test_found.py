"""Search engines and other sites find each page, and what they say of it is right."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.site.pages import PAGES, parse
from tests.support import ROOT
from tools.publish.links import target
from tools.publish.tree import filled

pytestmark = pytest.mark.site
THERE = filled(ROOT)


@pytest.mark.parametrize("page", PAGES)
def test_page_has_a_card(site: Path, page: str) -> None:
    html = parse(site, page)
    said = {str(tag["property"]): str(tag["content"]) for tag in html.select("meta[property^='og:']")}
    heading = html.select_one("article h1")
    assert heading is not None
    words = re.sub(r"^[\d.]+\s*", "", heading.get_text(" ", strip=True).removesuffix("#").strip())
    assert re.sub(r"\W", "", said["og:title"]).endswith(re.sub(r"\W", "", words)[-20:])
    assert said["og:url"] == THERE.page(page)
    assert [str(tag["href"]) for tag in html.select("link[rel=canonical]")] == [THERE.page(page)]
    assert len(said["og:description"]) > 30
    picture = target(said["og:image"], THERE)
    assert picture is not None, "an address of the published site, with its host"
    with Image.open(site / picture) as card:
        assert card.size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
    assert len(said["og:image:alt"].split()) > 5


def test_the_sitemap_lists_every_page(site: Path) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(map(THERE.page, PAGES))


def test_robots_may_read_and_are_told_where(site: Path) -> None:
    said = (site / "robots.txt").read_text(encoding="utf-8").split("\n")
    assert said[:2] == ["User-agent: *", "Allow: /"]
    assert said[2].removeprefix("Sitemap: ") == THERE.page("sitemap").removesuffix("html") + "xml"
    assert "Disallow" not in "".join(said)
