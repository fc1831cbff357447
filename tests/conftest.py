"""What tests of several packages share: one headless browser, an order, and what each group costs."""

import gc
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.remote import Producer

from tests.plugins import changed, costs, sharing
from tools import chromium

# A shell that starts us in the background has us ignore interrupts, and so would every program that we start:
# tests that interrupt one would wait for ever.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # until all tests are collected: what is made by then stays, so looking for garbage finds none

FIRST = "tests/house/test_lint.py"
"""What takes seconds and finds most slips."""


def pytest_addoption(parser: pytest.Parser) -> None:
    changed.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    costs.register(config)
    changed.register(config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if " at 0x" in item.nodeid:  # another name in each process: two of them cannot share the work
            raise pytest.UsageError(f"the name of a test holds an address; give its cases ids: {item.nodeid}")
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.site)
    sharing.arrange(items)
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    changed.select(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> sharing.Sharing | None:
    return sharing.make_scheduler(config, log)


def pytest_collection_finish() -> None:
    gc.enable()
    gc.collect()
    gc.freeze()  # a million objects that stay to the end: each later collection would look at all of them


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Set aside what a unit leaves: all that homeworks left would make each later collection a second."""
    if nextitem is not None and sharing.unit_of(nextitem.nodeid) != sharing.unit_of(item.nodeid):
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system, which ``make system`` installs, or the one named by ``CHROMIUM``."""
    with sync_playwright() as playwright:
        there, settings = chromium.find(), ["--no-sandbox", "--disable-gpu"]  # software in its place is slow
        started = playwright.chromium.launch(executable_path=there, args=settings)
        yield started
        started.close()
