"""The book as one PDF: its pages joined into one, and printed by Chromium."""

from __future__ import annotations

import functools
import hashlib
import http.server
import posixpath
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import sync_playwright

from tools import chromium

STYLE = Path(__file__).with_name("print.css")
NOT_FOR_PAPER = ("reference/", "instructors/")
"""The reference is looked up with a search; those who teach work at the screen, command by command."""
PAGE = "print.html"
MINUTES = 10

_FOOT = (
    '<div style="width:100%;font-size:8px;text-align:center;color:#555">'
    '<span class="pageNumber"></span></div>'
)
_WHOLE = """<!doctype html>
<html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="_static/site.css"><style>{style}</style>
<script>window.MathJax = {{options: {{
  processHtmlClass: "tex2jax_process|mathjax_process|math|output_area", enableMenu: false}}}}</script>
<script defer src="_static/mathjax/tex-mml-chtml.js"></script></head>
<body class="bd-content"><article class="bd-article">
<section class="book-title"><h1>{title}</h1><p><a href="{site}">{site}</a></p></section>
<nav class="book-contents"><h1>Contents</h1><ol>{listed}</ol></nav>
{pieces}</article></body></html>
"""
_ENTRY = re.compile(r"^\s*- (caption|file): (\S.*)$", re.MULTILINE)


def contents(sources: Path) -> list[tuple[str, str]]:
    """Return the parts (`caption`) and pages (`file`) that are printed, in order."""
    listed = _ENTRY.findall((sources / "_toc.yml").read_text(encoding="utf-8"))
    entries = [(kind, name) for kind, name in listed if not name.startswith(NOT_FOR_PAPER)]
    return [
        (kind, name)
        for number, (kind, name) in enumerate(entries)
        if kind == "file" or [next_ for next_, _ in entries[number + 1 : number + 2]] == ["file"]
    ]


def write(
    tree: Path, target: Path, kept: Path, entries: Sequence[tuple[str, str]], title: str, site: str
) -> None:
    """Print the pages of a built site; what is printed already is taken from where it is kept.

    Parameters
    ----------
    tree : Path
        The site.
    target : Path
        The PDF.
    kept : Path
        A folder for the PDF of these very pages, for the next time.
    entries : sequence of (kind, name)
        What `contents` returns.
    title : str
        Of the book.
    site : str
        Address of the published site, to which links lead that leave the PDF.
    """
    whole = joined(tree, entries, title, site)
    style = STYLE.read_bytes() + (tree / "_static" / "site.css").read_bytes()
    known = kept / f"{hashlib.sha256(whole.encode() + style).hexdigest()[:20]}.pdf"
    if not known.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        for old in kept.glob("*.pdf"):
            old.unlink()
        known.write_bytes(_printed(tree, whole))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(known, target)


def joined(tree: Path, entries: Sequence[tuple[str, str]], title: str, site: str) -> str:
    """Return one page that holds all of them; its ids begin with the page that they come from."""
    names = [name for kind, name in entries if kind == "file"]
    pieces, listed = [], []
    for kind, name in entries:
        if kind == "caption":
            pieces.append(f'<section class="book-part-page"><h1>{escape(name)}</h1></section>')
            listed.append(f'<li class="book-part">{escape(name)}</li>')
        else:
            article = _article(tree, name, names, site)
            heading = article.find("h2")
            words = heading.get_text(" ", strip=True) if heading else name
            pieces.append(
                f'<section class="book-page" id="{_id(name)}">{article.decode_contents()}</section>'
            )
            listed.append(f'<li><a href="#{_id(name)}">{escape(words)}</a></li>')
    return _WHOLE.format(
        title=escape(title), site=escape(site), style=STYLE.read_text(encoding="utf-8"),
        listed="".join(listed), pieces="".join(pieces),
    )  # fmt: skip


def _article(tree: Path, name: str, names: Sequence[str], site: str) -> Tag:
    """Return what a page says, with links that work from where all pages are one."""
    text = (tree / f"{name}.html").read_text(encoding="utf-8")
    article = BeautifulSoup(text, "html.parser").select_one("article")
    if article is None:
        raise ValueError(f"{name}.html has no article")
    for tag in article.find_all(["script", "template", "noscript", "button"]):
        tag.decompose()
    for tag in article.select("a.headerlink, details.hide"):
        tag.decompose()
    for level in (5, 4, 3, 2, 1):
        for heading in article.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"
    for tag in article.find_all(id=True):
        tag["id"] = f"{_id(name)}--{tag['id']}"
    for tag, attribute in _addressed(article):
        tag[attribute] = _moved(str(tag[attribute]), name, names, site, attribute)
    for drawing in article.find_all("svg"):
        _point(drawing, _id(name))
    return article


def _addressed(article: Tag) -> Iterator[tuple[Tag, str]]:
    for attribute in ("href", "src"):
        for tag in article.find_all(attrs={attribute: True}):
            yield tag, attribute


def _point(drawing: Tag, prefix: str) -> None:
    """Let a drawing's references follow its ids; `href` has been moved already."""
    for tag in [drawing, *drawing.find_all(True)]:
        for key, value in tag.attrs.items():
            if key == "xlink:href" and str(value).startswith("#"):
                tag[key] = f"#{prefix}--{str(value)[1:]}"
            elif isinstance(value, str) and "url(#" in value:
                tag[key] = value.replace("url(#", f"url(#{prefix}--")
            elif key in ("aria-labelledby", "aria-describedby"):
                parts = value if isinstance(value, list) else str(value).split()
                tag[key] = " ".join(f"{prefix}--{part}" for part in parts)


def _moved(link: str, name: str, names: Sequence[str], site: str, attribute: str) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    if not parts.path:
        return f"#{_id(name)}--{parts.fragment}"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
    if attribute == "src":
        return path
    page = path.removesuffix(".html")
    if page in names:
        return f"#{_id(page)}" + (f"--{parts.fragment}" if parts.fragment else "")
    return f"{site.rstrip('/')}/{path}" + (f"#{parts.fragment}" if parts.fragment else "")


def _id(name: str) -> str:
    return name.replace("/", "-")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the tree, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _printed(tree: Path, whole: str) -> bytes:
    found = chromium.find()
    page = tree / PAGE
    page.write_text(whole, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(tree)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with ThreadPoolExecutor(1) as apart:  # Playwright does not start where an event loop runs
            made = apart.submit(_by, found, f"http://127.0.0.1:{server.server_port}/{PAGE}").result()
    finally:
        server.shutdown()
        page.unlink()
    # The same pages give the same bytes on any day.
    return re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:19800101000000", made)


def _by(path: str, address: str) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.set_default_timeout(MINUTES * 60_000)
        tab.goto(address, wait_until="load")
        tab.evaluate("MathJax.startup.promise.then(() => document.fonts.ready).then(() => 0)")
        made: bytes = tab.pdf(
            format="A4", outline=True, tagged=True, print_background=True, display_header_footer=True,
            header_template="<span></span>", footer_template=_FOOT, prefer_css_page_size=True,
        )  # fmt: skip
        browser.close()
        return made
