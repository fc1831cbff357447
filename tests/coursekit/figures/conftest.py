"""Three pages that all tests of figures share: a desk, a phone, and one where scripts do not run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


def _page(browser: Browser, **settings: object) -> Iterator[Page]:
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    asked: list[str] = []
    context.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    tab = context.new_page()
    failed: list[str] = []
    tab.on("pageerror", lambda error: failed.append(str(error)))
    tab.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert asked == [], "a figure asks no host for anything"
    assert failed == [], "a script failed"


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, java_script_enabled=False)
