"""Pages fit a phone and a desk; maths is set; figures stand on dark pages as well as on light ones."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.site.pages import CHAPTERS, PAGES, parse

pytestmark = pytest.mark.site

WIDER_THAN_THE_PAGE = """() => {
  const width = document.documentElement.clientWidth;
  return { page: document.documentElement.scrollWidth, width };
}"""


def open_page(context: BrowserContext, url: str) -> Page:
    tab = context.new_page()
    tab.goto(url)
    tab.wait_for_load_state("networkidle")
    if tab.locator(".math").count():
        tab.wait_for_function("window.MathJax?.startup?.promise !== undefined")
        tab.evaluate("MathJax.startup.promise")
    return tab


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_page_does_not_scroll_sideways(context: BrowserContext, address: str, page: str, width: int) -> None:
    tab = open_page(context, f"{address}/{page}.html")
    tab.set_viewport_size({"width": width, "height": 800})
    tab.wait_for_timeout(100)
    seen = tab.evaluate(WIDER_THAN_THE_PAGE)
    assert seen["page"] <= seen["width"] <= width


@pytest.mark.parametrize("page", CHAPTERS)
def test_maths_is_set(context: BrowserContext, address: str, page: str) -> None:
    tab = open_page(context, f"{address}/{page}.html")
    assert tab.locator("article mjx-container").count() > 0
    assert tab.locator("mjx-merror, [data-mjx-error]").count() == 0
    prose = tab.evaluate("""() => {
      const article = document.querySelector("article").cloneNode(true);
      const aside = "pre, code, script, style, mjx-container, template";
      for (const element of article.querySelectorAll(aside)) element.remove();
      return article.textContent;
    }""")
    assert "$" not in prose
    assert "\\(" not in prose


@pytest.mark.parametrize("page", CHAPTERS)
def test_figures_stand_on_the_page_itself_in_the_dark(
    context: BrowserContext, address: str, page: str
) -> None:
    tab = open_page(context, f"{address}/{page}.html")
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    boxes = tab.locator("article .cell_output img, article .text_html").evaluate_all(
        "shown => shown.map((e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).filter])"
    )
    assert boxes, "a chapter has figures"
    assert {tuple(box) for box in boxes} == {("rgba(0, 0, 0, 0)", "none")}


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_is_whole(site: Path, page: str) -> None:
    html = parse(site, page)
    assert html.select_one("article h1")
    assert not html.select(".cell_output .traceback, .problematic, .system-message")
    assert html.select("[data-coursekit=quiz]"), "a chapter asks its reader something"
    assert html.select(".exercise"), "a chapter sets exercises"
    assert html.select(".solution"), "exercises have folded solutions"
