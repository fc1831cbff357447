"""Every page in a browser: it fits, its maths is set, axe is content, and it asks nobody else."""

import pytest
from playwright.sync_api import BrowserContext

from tests.book import toc
from tests.site.visit import PHONE, visit

pytestmark = pytest.mark.site


@pytest.mark.parametrize(("page", "kind"), [*toc.kinds().items(), ("search", "made"), ("genindex", "made")])
def test_page(context: BrowserContext, address: str, page: str, kind: str) -> None:
    wrong = visit(context, address, page, kind)
    assert not wrong, "\n".join([f"{page}:", *wrong])


BROKEN = """<!doctype html><html lang="en" data-theme="light"><head><title>broken</title>
<script>matchMedia("(prefers-color-scheme: dark)").onchange =
  () => (document.documentElement.dataset.theme = "dark")</script></head>
<body style="margin:0"><main><article><h1>Broken</h1>
<div class="math" style="width:300px"><span class="eqno">(1)</span>
  <mjx-container style="position:absolute;left:0;top:0"><mjx-math style="display:block;
  width:300px;height:300px">x</mjx-math></mjx-container></div>
<span class="math">y</span> costs 5 $
<div class="cell_input"><pre style="width:100px">a_very_long_line_of_code_that_does_not_fit</pre></div>
<figcaption><p style="font-weight:700">bold</p></figcaption><div style="width:2000px">wide</div>
<div class="cell_output"><img src="data:," style="background:white"></div>
<p style="margin-top:400px">as</p><p>all</p><p>are, <b style="color:#ddd">but for one</b></p>
<script>console.error("oh")</script></article></main></body></html>"""


def test_a_broken_page_is_noticed(context: BrowserContext, address: str) -> None:
    context.route("**/broken.html", lambda route: route.fulfill(body=BROKEN, content_type="text/html"))
    found = "\n".join(visit(context, address, "broken", "chapter"))
    expectations = """console: oh|not set: y|raw maths: $|on a desk: scrolls sideways|
        a caption has weight 700|on a phone: the page is 2000 px|the number (1) covers|
        on a phone: is cut off|light: axe, image-alt|
        light: axe, color-contrast: <b|dark: axe, color-contrast: <b|
        a figure has a ground of its own in the dark"""
    for expected in map(str.strip, expectations.split("|")):
        assert expected in found, f"{expected!r} is not in\n{found}"


def test_search_finds_pages(context: BrowserContext, address: str) -> None:
    tab = context.new_page()
    tab.goto(f"{address}/search.html?q=pooling")
    tab.wait_for_selector("#search-results li a")
    places = tab.locator("#search-results li a").evaluate_all("links => links.map((a) => a.href)")
    tab.close()
    assert any("convolution/pooling.html" in place for place in places), places


def test_print_has_the_text_alone_and_every_formula(context: BrowserContext, address: str) -> None:
    tab = context.new_page()
    tab.goto(f"{address}/convolution/pooling.html")
    tab.wait_for_load_state("load")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.wait_for_function("document.querySelectorAll('article .math:not(:has(mjx-container))').length === 0")
    tab.emulate_media(media="print")
    for around in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article", ".prev-next-area"):
        assert not tab.locator(around).first.is_visible(), f"{around} is printed"
    assert tab.locator("article p").last.is_visible()
    tab.close()


def test_formulas_are_set_when_they_come_near(context: BrowserContext, address: str) -> None:
    tab = context.new_page()
    tab.set_viewport_size(PHONE)
    tab.goto(f"{address}/convolution/pooling.html")
    tab.wait_for_load_state("networkidle")
    last = tab.locator("article .math").last
    assert last.locator("mjx-container").count() == 0, "formulas far away cost nothing yet"
    last.scroll_into_view_if_needed()
    last.locator("mjx-container").wait_for()
    tab.close()
