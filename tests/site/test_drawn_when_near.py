"""What is far below the screen is not laid out when a page comes, and nobody who reads on notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.site.visit import PHONE, REACHED

pytestmark = pytest.mark.site

PAGES = ("optimization/landscapes", "regularization/imbalance", "architectures/lenet-5")
DRAWN = """() => Object.fromEntries([...document.querySelectorAll(".bd-article > section > section")]
  .map((part) => [part.id, part.querySelector("h2").checkVisibility({ contentVisibilityAuto: true })]))"""
TOP = "id => Math.round(document.getElementById(id).getBoundingClientRect().top)"
AT_THE_END = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_viewport_size(PHONE)
    yield page
    page.close()


def comes_to_rest(tab: Page, where: str) -> int:
    """Distance of an element from the top of the screen, once it has not moved for a while."""
    tops = [tab.evaluate(TOP, where)]
    while len(tops) < 5 or len(set(tops[-5:])) > 1:
        tab.wait_for_timeout(100)
        tops.append(tab.evaluate(TOP, where))
    return int(tops[-1])


@pytest.mark.parametrize("page", PAGES)
def test_a_section_is_drawn_when_it_comes_near(tab: Page, address: str, page: str) -> None:
    """A script that measures the whole page when it loads costs a phone half a second."""
    tab.goto(f"{address}/{page}.html")
    tab.wait_for_load_state("networkidle")
    drawn = tab.evaluate(DRAWN)
    assert sum(drawn.values()) <= len(drawn) / 2, f"most are far below: {drawn}"
    for part in reversed(drawn):
        tab.evaluate("id => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", part)
        tab.wait_for_function(f"id => ({DRAWN})()[id]", arg=part)
    tab.reload()
    tab.wait_for_load_state("networkidle")
    assert all(tab.evaluate(DRAWN).values()), "a page that is not opened at its top is drawn whole"


@pytest.mark.parametrize("sign", ["scroll", "key", "click"])
def test_the_rest_is_drawn_at_the_first_sign_of_a_reader(tab: Page, address: str, sign: str) -> None:
    tab.goto(f"{address}/optimization/landscapes.html")
    tab.wait_for_load_state("networkidle")
    tab.mouse.move(180, 400)
    {
        "scroll": lambda: tab.mouse.wheel(0, 50),
        "key": lambda: tab.keyboard.press("Shift"),
        "click": lambda: tab.locator("article h1").click(),
    }[sign]()
    tab.wait_for_function(f"() => Object.values(({DRAWN})()).every(Boolean)")


def test_scripts_measure_nothing_far_below(tab: Page, address: str) -> None:
    tab.add_init_script("""
      window.measured = [];
      const watch = (proto, name, kind) => {
        const own = Object.getOwnPropertyDescriptor(proto, name), old = own[kind];
        own[kind] = function (...given) {
          const part = this.closest?.(".bd-article > section > section"), title = part?.querySelector("h2");
          if (part && this !== part && !title?.checkVisibility({ contentVisibilityAuto: true }))
            window.measured.push(`${name} of ${this.outerHTML.slice(0, 80)}`);
          return old.apply(this, given);
        };
        Object.defineProperty(proto, name, own);
      };
      const { prototype: any } = Element, { prototype: html } = HTMLElement;
      for (const name of ["scrollWidth", "scrollHeight", "clientWidth"]) watch(any, name, "get");
      for (const name of ["getBoundingClientRect", "getClientRects"]) watch(any, name, "value");
      for (const name of ["offsetTop", "offsetWidth", "offsetHeight"]) watch(html, name, "get");
    """)
    tab.goto(f"{address}/optimization/landscapes.html")
    tab.wait_for_load_state("networkidle")
    tab.set_viewport_size({"width": 500, "height": 800})
    tab.wait_for_timeout(500)
    assert tab.evaluate("window.measured") == []
    tab.evaluate("document.querySelector('#exercises pre').scrollWidth")
    assert len(tab.evaluate("window.measured")) == 1, "the test notices it"


def test_the_theme_measures_no_boxes(site: Path) -> None:
    code = (site / "_static" / "site.js").read_text(encoding="utf-8")
    assert ".pst-scrollable-table-container" in code, "course.js does"
    assert ".jp-RenderedHTMLCommon" not in code
    text = (site / "optimization" / "landscapes.html").read_text(encoding="utf-8")
    assert 'data-bs-target="#pst-page-toc-nav"' in text
    assert "data-bs-spy" not in (site / "genindex.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_what_was_never_near(tab: Page, address: str, page: str) -> None:
    tab.goto(f"{address}/{page}.html")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate(REACHED), "far below are boxes that scroll, without a tab stop yet"
    tab.keyboard.press("Tab")
    assert tab.evaluate(REACHED) == []


def test_a_box_gets_its_tab_stop_when_it_scrolls_and_loses_it_when_it_fits(tab: Page, address: str) -> None:
    tab.goto(f"{address}/convolution/pooling.html")
    box = tab.locator("article .cell_input pre").first
    box.evaluate("box => (box.closest('details') ?? {}).open = true")
    box.scroll_into_view_if_needed()
    box.evaluate("box => box.style.width = '60px'")
    tab.wait_for_function("box => box.tabIndex === 0", arg=box.element_handle())
    box.evaluate("box => { box.style.width = '5000px'; box.style.whiteSpace = 'pre'; }")
    tab.wait_for_function("box => !box.hasAttribute('tabindex')", arg=box.element_handle())


def test_a_link_leads_to_its_place_and_the_contents_follow(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/optimization/landscapes.html#exercises")
    assert 0 <= comes_to_rest(tab, "exercises") < 150
    tab.locator('#pst-page-toc-nav a.active[href="#exercises"]').wait_for()
    for part in ("in-short", "five-landscapes", "check-yourself"):
        tab.locator(f'#pst-page-toc-nav a[href="#{part}"]').click()
        top = comes_to_rest(tab, part)
        assert top >= 0
        assert top < 150 or tab.evaluate(AT_THE_END), "the last section of a page may not come to the top"
        tab.locator(f'#pst-page-toc-nav a.active[href="#{part}"]').wait_for()


def test_back_leads_to_where_the_reader_was(tab: Page, address: str) -> None:
    tab.goto(f"{address}/optimization/landscapes.html")
    tab.wait_for_load_state("networkidle")
    tab.locator("#exercises p").nth(3).scroll_into_view_if_needed()
    before = comes_to_rest(tab, "exercises")
    tab.goto(f"{address}/glossary.html")
    tab.go_back()
    tab.wait_for_load_state("networkidle")
    assert abs(comes_to_rest(tab, "exercises") - before) < 100


def test_words_far_below_are_found(tab: Page, address: str) -> None:
    tab.goto(f"{address}/optimization/landscapes.html")
    tab.wait_for_load_state("networkidle")
    words = tab.evaluate("document.querySelector('#further-reading p').textContent.slice(0, 30)")
    assert tab.evaluate("words => window.find(words)", words)
    tab.wait_for_function(f"() => ({DRAWN})()['further-reading']")


def test_all_is_printed(tab: Page, address: str) -> None:
    tab.goto(f"{address}/optimization/landscapes.html")
    tab.wait_for_load_state("load")
    tab.emulate_media(media="print")
    tab.wait_for_timeout(100)
    assert all(tab.evaluate(DRAWN).values())


@pytest.mark.parametrize("page", PAGES)
def test_sections_that_are_drawn_move_nothing(tab: Page, address: str, page: str) -> None:
    """Formulas do, by a few pixels: they are left out here."""
    tab.add_init_script(SHIFTS)
    tab.route("**/mathjax/**", lambda route: route.abort())
    tab.goto(f"{address}/{page}.html")
    tab.wait_for_load_state("networkidle")
    tab.mouse.move(180, 400)
    for _ in range(25):
        tab.mouse.wheel(0, 700)
        tab.wait_for_timeout(60)
    assert tab.evaluate("window.moved") < 0.02


def test_light_or_dark_is_known_before_anything_is_drawn(tab: Page, address: str) -> None:
    for scheme, kept, expected in (
        ("dark", None, "dark"),
        ("light", None, "light"),
        ("dark", "light", "light"),
    ):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        tab.route("**/site.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        tab.goto(f"{address}/index.html")
        tab.evaluate("mode => mode ? localStorage.setItem('mode', mode) : localStorage.clear()", kept)
        tab.reload()
        assert tab.evaluate("document.documentElement.dataset.theme") == expected
    tab.evaluate("localStorage.clear()")
