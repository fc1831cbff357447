"""No page loads anything from another host, and none complains in the console."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.site.pages import PAGES, parse

pytestmark = pytest.mark.site

LOADS = [
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
]
REMOTE = re.compile(r"^(?:https?:)?//")


@pytest.mark.parametrize("page", PAGES)
def test_page_names_no_other_host_to_load_from(site: Path, page: str) -> None:
    html = parse(site, page)
    named = [tag.get(attribute, "") for name, attribute in LOADS for tag in html.find_all(name)]
    assert [address for address in named if REMOTE.match(str(address))] == []
    inline = " ".join(script.get_text() for script in html.find_all(["script", "style"]))
    assert not re.search(
        r"unpkg\.com|jsdelivr|cdnjs|googleapis|import\s*\(?['\"]https?:|url\(['\"]?https?:", inline
    )


@pytest.mark.parametrize("page", [*PAGES, "search", "genindex"])
def test_page_asks_only_this_host_and_logs_no_error(context: BrowserContext, address: str, page: str) -> None:
    tab = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(f"{address}/{page}.html")
    tab.wait_for_load_state("networkidle")
    assert asked, "nothing was recorded"
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert said == []
