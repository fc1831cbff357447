"""nbgrader's formgrader, clicked through as the instructor's guide says."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, expect

TOKEN = "a-token-for-a-test"
START = 90  # seconds until Jupyter must answer


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(command: str, environment: Mapping[str, str], cwd: Path) -> Iterator[str]:
    """Run the guide's command for Jupyter without its browser; give the address at which it would open."""
    port = free_port()
    options = ["--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    if os.geteuid() == 0:
        options.append("--allow-root")
    line = f"{command.strip('()')} {shlex.join(options)}".replace("jupyter lab", "exec jupyter lab")
    server = subprocess.Popen(
        ["bash", "-c", line],
        cwd=cwd,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until_it_answers(f"{address}/formgrader?token={TOKEN}", server)
        yield f"{address}/formgrader?token={TOKEN}"
    finally:
        server.terminate()
        server.wait(20)


def until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for Jupyter; fail if it ends, or does not answer."""
    end = time.monotonic() + START
    while not _answers(address):
        assert server.poll() is None, f"Jupyter ended: {server.args}"
        assert time.monotonic() < end, f"Jupyter does not answer after {START} s"
        time.sleep(0.3)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def submissions(tab: Page, address: str) -> Page:
    """Click from the formgrader's first page to the list of submissions of hw3."""
    tab.goto(address)
    tab.get_by_role("link", name="Manual Grading", exact=True).click()
    tab.locator("td").get_by_role("link", name="hw3", exact=True).click()
    expect(tab.locator(".breadcrumb")).to_contain_text("hw3")
    tab.wait_for_url("**/gradebook/hw3")
    tab.locator("td").get_by_role("link", name="hw3", exact=True).click()
    tab.get_by_role("link", name="Submission #1", exact=True).wait_for()
    return tab


def waiting(tab: Page) -> list[str]:
    """Return whose answers wait for a person; the names are on the page, though hidden at first."""
    rows = tab.locator("tbody tr", has=tab.locator("td.needs-manual-grade .glyphicon-ok"))
    return [
        str(name).strip() for name in rows.locator("a.name-shown").evaluate_all("a => a.map(x => x.text)")
    ]


def opened(tab: Page, student: str) -> None:
    """Open one student's notebook from the list."""
    row = tab.locator("tbody tr", has=tab.locator("a.name-shown", has_text=re.compile(f"^{student}$")))
    row.locator("a", has_text="Submission #").click()
    tab.locator("#q14").wait_for()
    tab.wait_for_load_state("networkidle")


def give(tab: Page, points: str, comment: str) -> None:
    """Write points and a comment for q14, and wait until both are saved."""
    with tab.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
        tab.locator("#q14").fill(points)
        tab.locator("#q14").blur()
    if comment:
        with tab.expect_response(lambda r: "/api/comment/" in r.url and r.request.method == "PUT"):
            tab.locator("#q14-comment").fill(comment)
            tab.locator("#q14-comment").blur()
