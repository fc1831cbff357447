"""No page names another host to load anything from. What a browser asks for is in test_in_a_browser.py."""

import re
from pathlib import Path

import pytest

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
    tags = [(tag, attribute) for name, attribute in LOADS for tag in html.find_all(name)]
    # `canonical` is the page's own address, which nothing loads.
    named = [tag.get(attribute, "") for tag, attribute in tags if tag.get("rel") != ["canonical"]]
    assert [address for address in named if REMOTE.match(str(address))] == []
    inline = " ".join(script.get_text() for script in html.find_all(["script", "style"]))
    assert not re.search(
        r"unpkg\.com|jsdelivr|cdnjs|googleapis|import\s*\(?['\"]https?:|url\(['\"]?https?:", inline
    )
