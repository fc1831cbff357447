"""The built site, served on a local port. Built first where it is missing."""

import fcntl
import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support import ROOT

SITE = ROOT / "_build" / "html"
BUILD = ["build", "book", "--config", "_config.yml", "--path-output", ".", "-W", "-n", "--keep-going"]


@pytest.fixture(scope="session")
def site() -> Path:
    """Folder of the built site."""
    SITE.parent.mkdir(exist_ok=True)
    with (SITE.parent / ".test-lock").open("w") as lock:  # several test processes, one build
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (SITE / "index.html").exists():
            command = [sys.executable, "-m", "jupyter_book.cli.main", *BUILD]
            built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            assert built.returncode == 0, f"the book does not build:\n{built.stdout}\n{built.stderr}"
    return SITE


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Address of the served site, without the last slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a fresh browser profile: nothing remembered, light, 1280 pixels wide."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield fresh
    fresh.close()
