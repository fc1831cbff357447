"""The pages made from docstrings: each name once, maths set, nothing to run."""

import copy
from pathlib import Path

import pytest

from tests.site.pages import REFERENCE, parse

pytestmark = pytest.mark.site

FAMILIES = [page for page in REFERENCE if not page.endswith("/index")]


def test_each_name_has_one_place(site: Path) -> None:
    places = [str(tag["id"]) for page in FAMILIES for tag in parse(site, page).select("article dt.sig[id]")]
    assert {"convnet.functional.conv2d_forward", "convnet.nn.Conv2d.forward"} <= set(places)
    assert sorted({name for name in places if places.count(name) > 1}) == []


@pytest.mark.parametrize("page", FAMILIES)
def test_names_lead_to_their_code(site: Path, page: str) -> None:
    html = parse(site, page)
    names = html.select("article dl.function > dt.sig, article dl.class > dt.sig")
    assert names
    assert [str(tag["id"]) for tag in names if not tag.select("a[href] .viewcode-link")] == []


@pytest.mark.parametrize("page", REFERENCE)
def test_page_has_nothing_to_run(site: Path, page: str) -> None:
    links = [str(tag["href"]) for tag in parse(site, page).select("a[href]")]
    assert [link for link in links if "colab.research" in link or link.endswith(".ipynb")] == []
    assert not (site / "notebooks" / f"{page}.ipynb").exists()


@pytest.mark.parametrize("page", REFERENCE)
def test_markup_is_set(site: Path, page: str) -> None:
    article = copy.copy(parse(site, page).select_one("article"))
    assert article is not None
    assert not article.select(".system-message, .problematic")
    for tag in article.select("pre, code, .math, script, style"):
        tag.decompose()
    prose = article.get_text()
    assert [mark for mark in ("`", ":math:", ".. ", "----") if mark in prose] == []


@pytest.mark.parametrize("page", FAMILIES)
def test_no_id_stands_twice(site: Path, page: str) -> None:
    ids = [str(tag["id"]) for tag in parse(site, page).select("article [id]")]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
