"""What is written in the pages: whole chapters, light heads, sizes of pictures, words about each page."""

import base64
import io
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.site.pages import CHAPTERS, PAGES, parse
from tools.lighthouse import TEXT, compressed

pytestmark = pytest.mark.site

MOST_BLOCKING = 30_000
"""Bytes of a script that a page waits for before it shows anything."""
HEAVY = 2_000_000
"""Bytes of a page with all that it loads."""
MADE = {"search", "genindex", "py-modindex"}
"""Pages that Sphinx makes."""


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_is_whole(site: Path, page: str) -> None:
    html = parse(site, page)
    assert html.select_one("article h1")
    assert not html.select(".cell_output .traceback, .problematic, .system-message")
    assert html.select("[data-coursekit=quiz]"), "a chapter asks its reader something"
    assert html.select(".exercise"), "a chapter sets exercises"
    assert html.select(".solution"), "exercises have folded solutions"
    assert html.select("article .cell_output svg, article .cell_output img"), "a chapter has figures"


def test_site_has_the_pages_of_the_table_of_contents_and_no_others(site: Path) -> None:
    there = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    there = {page for page in there if not page.startswith("_")}
    assert there - MADE == set(PAGES)
    assert len(PAGES) > 30, "a site that builds to nothing is no site"


def test_search_knows_every_page(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    names = re.search(r'"docnames":\s*\[([^\]]*)\]', index)
    assert names
    assert set(re.findall(r'"([^"]+)"', names[1])) == set(PAGES)
    assert "pool" in index
    assert len(index) > 50_000


@pytest.mark.parametrize("page", [*PAGES, "search", "genindex"])
def test_nothing_large_blocks_a_page(site: Path, page: str) -> None:
    html, here = parse(site, page), (site / page).parent
    blocking = [
        tag for tag in html.select("head script[src]") if not (tag.has_attr("defer") or tag.has_attr("async"))
    ]
    large = [
        str(tag["src"])
        for tag in blocking
        if (here / str(tag["src"]).split("?")[0]).stat().st_size > MOST_BLOCKING
    ]
    assert large == []
    assert len(html.select("link[rel=stylesheet]")) == 1
    assert len(html.select("script[src]")) <= 4
    assert "fontawesome" not in str(html.head)


def sent(path: Path) -> int:
    """Bytes of a file as a server sends it: text compressed."""
    return len(compressed(path)) if path.suffix in TEXT else path.stat().st_size


def weight(site: Path, page: str) -> int:
    """Bytes of a page and of what it loads; with formulas that is MathJax and all its fonts."""
    html, here = parse(site, page), (site / page).parent
    tags = html.select("img[src], script[src], link[rel=stylesheet], link[rel=icon]")
    names = {str(tag.get("src") or tag["href"]).split("?")[0] for tag in tags}
    files = {(here / name).resolve() for name in names if not re.match(r"\w+:", name)}
    if html.select("article .math"):
        maths = (site / "_static" / "mathjax").resolve()
        files |= {maths / "tex-mml-chtml.js", *maths.rglob("*.woff")}
    return sum(map(sent, files | {(site / f"{page}.html").resolve()}))


def test_every_page_weighs_less_than_two_megabytes(site: Path) -> None:
    weights = {page: weight(site, page) for page in PAGES}
    assert {page: bytes_ for page, bytes_ in weights.items() if bytes_ > HEAVY} == {}
    assert weights["convolution/pooling"] > 500_000, "MathJax and its fonts are more than that"


def test_styles_are_what_pages_use(site: Path) -> None:
    style = (site / "_static" / "site.css").read_text(encoding="utf-8")
    assert len(style) < 200_000
    assert "@media print" in style
    assert ".fa-magnifying-glass" in style
    assert ".fa-dragon" not in style
    assert "@import" not in style
    addresses = re.findall(r"url\(([^)]*)\)", re.sub(r"url\((['\"]?)data:.*?\1\)", "", style))
    missing = [name for name in addresses if not (site / "_static" / name.strip("'\"")).exists()]
    assert missing == []


def test_every_picture_and_download_belongs_to_a_page(site: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    kept = [there.name for folder in ("_images", "_downloads") for there in (site / folder).glob("*")]
    assert kept
    assert [name for name in kept if name not in pages] == []


def test_fonts_do_not_tell_the_hour_of_the_build(site: Path) -> None:
    """All pages name the style sheet by its content: with the hour in it, no two builds would be the same."""
    theme = distribution("pydata-sphinx-theme").locate_file("pydata_sphinx_theme")
    whole = Path(str(theme)).rglob("fa-*.ttf")
    dates = {TTFont(path, lazy=True)["head"].modified for path in whole}
    style = (site / "_static" / "site.css").read_text(encoding="utf-8")
    fonts = re.findall(r"url\(data:font/woff;base64,([^)]*)\)", style)
    assert len(fonts) == 3
    for font in fonts:
        assert TTFont(io.BytesIO(base64.b64decode(font)))["head"].modified in dates


@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_it_is_about(site: Path, page: str) -> None:
    said = [str(tag["content"]) for tag in parse(site, page).select("head meta[name=description]")]
    assert len(said) == 1
    assert 30 <= len(said[0]) <= 200, said[0]


def test_no_two_chapters_are_about_the_same(site: Path) -> None:
    said = [str(parse(site, page).select("head meta[name=description]")[0]["content"]) for page in CHAPTERS]
    assert len(set(said)) == len(CHAPTERS)


@pytest.mark.parametrize("page", PAGES)
def test_pictures_have_sizes_and_lie_in_files(site: Path, page: str) -> None:
    """A picture without a size moves the text when it comes; one inside the page holds up the page."""
    pictures = parse(site, page).select("article img")
    sizeless = [str(tag.get("src")) for tag in pictures if not (tag.get("width") and tag.get("height"))]
    assert sizeless == []
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    assert "data:image/png;base64" not in text


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_full_stop_is_left_alone_after_a_formula(site: Path, page: str) -> None:
    alone = []
    for formula in parse(site, page).select("article span.math"):
        after = formula.next_sibling
        if (
            isinstance(after, str)
            and re.match(r"[.,;:!?)]", after)
            and not formula.find_parent(class_="course-together")
        ):
            alone.append(f"{formula.text}{after[:10]}")
    assert alone == []
