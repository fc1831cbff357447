"""Ask for every link of the built book that leads to another site, and list those that lead nowhere.

    python tools/dead_links.py [--list FILE]

fails where one does. A site that refuses programs (403, 405, 429, 999) counts as there; one that does not
answer is asked three times. Links to the published course itself are not asked for: publishing looks at them
(``tools/publish/links.py``).
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag

import yaml

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
REFUSES = {401, 403, 405, 429, 999}
TRIES, SECONDS, AT_ONCE = 3, 20, 8
_HREF = re.compile(r'<a\b[^>]*?\shref="(https?://[^"]+)"')


def links(site: Path, own: tuple[str, ...]) -> dict[str, str]:
    """Return each address with the first page that leads to it."""
    found: dict[str, str] = {}
    for page in sorted(site.rglob("*.html")):
        for link in _HREF.findall(page.read_text(encoding="utf-8")):
            address = urldefrag(unescape(link)).url
            if not address.startswith(own):
                found.setdefault(address, page.relative_to(site).as_posix())
    return found


def answer(address: str, pause: float = 5.0) -> str:
    """Say what is wrong with an address; nothing when it is there."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (link check of a course)"})
    wrong = ""
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(request, timeout=SECONDS):
                return ""
        except urllib.error.HTTPError as error:
            if error.code in REFUSES:
                return ""
            wrong = str(error.code)
        except OSError as error:
            wrong = str(error)
        if attempt + 1 < TRIES:
            time.sleep(pause)
    return wrong


def dead(found: dict[str, str], ask: Callable[[str], str] = answer) -> list[str]:
    """Return one line for each address that leads nowhere."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = zip(found.items(), pool.map(ask, found), strict=True)
        return [f"- {address} on {page}: {wrong}" for (address, page), wrong in answers if wrong]


def main() -> int:
    """Ask, list, and fail where something is dead."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--list", type=Path, help="a file for the list")
    options = parser.parse_args()
    if not (SITE / "index.html").is_file():
        print("there is no built book: run `make book`", file=sys.stderr)
        return 1
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]["url"]
    launched = ("https://colab.research.google.com/github/", "https://mybinder.org/v2/")
    own = (repository, config["sphinx"]["config"]["html_baseurl"], *launched)
    found = links(SITE, own)
    lines = dead(found)
    print("\n".join([f"{len(found)} links, {len(lines)} dead", *lines]))
    if options.list:
        options.list.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bool(lines)


if __name__ == "__main__":
    raise SystemExit(main())
