"""axe finds nothing to complain of, on light pages and on dark ones."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.site.pages import PAGES

pytestmark = pytest.mark.site


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(context: BrowserContext, address: str, page: str, colours: str) -> None:
    tab = context.new_page()
    tab.emulate_media(color_scheme=colours, reduced_motion="reduce")
    tab.goto(f"{address}/{page}.html")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_function(f"document.documentElement.dataset.theme === '{colours}'")
    tab.evaluate("""() => {  // what is folded is read too
      for (const folded of document.querySelectorAll("details")) folded.open = true;
      for (const title of document.querySelectorAll(".toggle-hidden > .admonition-title")) title.click();
    }""")
    tab.wait_for_timeout(600)  # the theme measures what scrolls a moment later
    violations = Axe().run(tab).response["violations"]
    told = [f"{v['id']}: {node['html'][:160]} {node['target']}" for v in violations for node in v["nodes"]]
    assert told == []
