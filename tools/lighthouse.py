"""Measure the heaviest pages of the built book with Lighthouse, served as a web server does: compressed.

    python tools/lighthouse.py [PAGES]       the five heaviest pages, or as many as are asked for

fails where a page has less than 0.95 in a category. Lighthouse comes from npm and runs in the Chromium of the
system, or the one that ``CHROMIUM`` names. Reports lie in ``_build/lighthouse``.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import chromium  # noqa: E402 - found through the line above

SITE = ROOT / "_build" / "html"
REPORTS = ROOT / "_build" / "lighthouse"
PACKAGE = "lighthouse@12"
LEAST = 0.95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TEXT = {".html", ".css", ".js", ".svg", ".json", ".txt"}


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files, text compressed once."""

    def do_GET(self) -> None:
        """Answer with the file, compressed where it is text."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() or not path.is_file() or path.suffix not in TEXT:
            super().do_GET()
            return
        body = compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@functools.cache
def compressed(path: Path) -> bytes:
    """Content of a file as it is sent."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def heaviest(site: Path, count: int) -> list[str]:
    """Pages of the book with the most bytes; code listings do not count."""
    pages = [path for path in site.rglob("*.html") if not path.relative_to(site).parts[0].startswith("_")]
    pages.sort(key=lambda path: (-path.stat().st_size, path.as_posix()))
    return [path.relative_to(site).as_posix() for path in pages[:count]]


def measure(address: str, page: str) -> dict[str, float]:
    """Lighthouse's scores of one page, as on a phone."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{page.replace('/', '-')}.json"
    subprocess.run(
        ["npx", "--yes", PACKAGE, f"{address}/{page}", "--quiet", "--output=json", f"--output-path={report}",
         "--chrome-flags=--headless=new --no-sandbox"],
        env={**os.environ, "CHROME_PATH": chromium.find()}, check=True,
    )  # fmt: skip
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: found[name]["score"] for name in CATEGORIES}


def main() -> int:
    """Serve, measure, print a table."""
    count = int(sys.argv[1]) if sys.argv[1:] else 5
    if not (SITE / "index.html").is_file():
        print("there is no built book: run `make book`", file=sys.stderr)
        return 1
    handler = functools.partial(Compressing, directory=str(SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    low = 0
    print("".join(f"{name:>16}" for name in CATEGORIES) + "  page")
    for page in heaviest(SITE, count):
        scores = measure(address, page)
        low += sum(score < LEAST for score in scores.values())
        print("".join(f"{score:16.2f}" for score in scores.values()) + f"  {page}", flush=True)
    server.shutdown()
    if low:
        print(f"{low} scores are below {LEAST}: what each page lacks is in {REPORTS.relative_to(ROOT)}")
    return bool(low)


if __name__ == "__main__":
    raise SystemExit(main())
