"""Sphinx extension: what search engines and other sites read of a page, and where they find all of them.

A description in each page's head, the card that a site shows when somebody links to it, ``sitemap.xml`` and
``robots.txt``.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from launch import addresses
from sphinx.application import Sphinx

CARD, CARD_SIZE = "_static/social-card.png", (1200, 630)
CARD_SHOWS = "A kernel on an image, the window that it reads, and the map that comes out."
MADE = ("genindex", "search")
"""Pages that Sphinx makes; they say nothing that is worth finding."""


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say in each page's head what it is about: its first paragraph, as search engines show it."""
    title = re.sub(r"<[^>]+>", "", str(context.get("title", "")))
    book = app.config.html_title or app.config.project
    said = str(app.env.metadata.get(page, {}).get("description", "")) or _first_paragraph(doctree)
    said = said or f"{title}: a page of the book {book}."
    tags = [f'<meta name="description" content="{escape(said)}" />']
    if app.config.html_baseurl and not page.startswith("_"):
        there = addresses(app)
        properties = {
            "og:type": "website",
            "og:site_name": book,
            "og:title": title or book,
            "og:description": said,
            "og:url": there.page(page),
            "og:image": f"{there.site.rstrip('/')}/{CARD}",
            "og:image:width": CARD_SIZE[0],
            "og:image:height": CARD_SIZE[1],
            "og:image:alt": CARD_SHOWS,
        }
        tags += [f'<meta property="{k}" content="{escape(str(v))}" />' for k, v in properties.items()]
        tags.append('<meta name="twitter:card" content="summary_large_image" />')
    context["metatags"] = "\n".join([str(context.get("metatags", "")), *tags])


def _first_paragraph(doctree: nodes.document | None, most: int = 160) -> str:
    """First paragraph of the running text, cut after a sentence or a word."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else []:
        if isinstance(paragraph.parent, nodes.section) and len(paragraph.astext()) > 40:
            said = " ".join(paragraph.astext().split())
            sentences = re.match(rf"^.{{30,{most}}}[.!?](?= |$)", said)
            return sentences[0] if sentences else said[:most].rpartition(" ")[0] + " …"
    return ""


def write_sitemap(app: Sphinx, error: Exception | None) -> None:
    """List all pages, and say that everybody may read them."""
    if error is not None or app.builder.format != "html" or not app.config.html_baseurl:
        return
    there, site = addresses(app), Path(app.outdir)
    places = [f"<url><loc>{escape(there.page(page))}</loc></url>" for page in sorted(app.env.found_docs)]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    (site / "sitemap.xml").write_text("\n".join([head, *places, "</urlset>\n"]), encoding="utf-8")
    sitemap = f"{there.site.rstrip('/')}/sitemap.xml"
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the above to Sphinx's events."""
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_sitemap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
