"""Sphinx extension: what this site needs beyond jupyter-book.

Every chapter is put into the site as a notebook too, homeworks are put beside them, and whatever would make a
page ask another host is taken out. The buttons that open notebooks are made in launch.py.
"""

import base64
import hashlib
import re
import shutil
import struct
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from chapter_notebook import chapter_notebook
from docutils import nodes
from launch import NOTEBOOKS, addresses, homework_page, is_chapter
from reference_words import ReferenceWords
from sphinx.application import Sphinx
from sphinx.config import Config

_PICTURE = re.compile(r"data:image/(png|jpeg);base64,((?:[A-Za-z0-9+/=\s]|%0A)+)(?=[\"')])")
_FORMULA_AND_STOP = re.compile(r'(<span class="math[^>]*>[^<]*</span>)([.,;:!?)]+)')
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def keep_vendored_scripts_lazy(app: Sphinx, config: Config) -> None:
    """Stop jupyter-book from loading MathJax on every page.

    It adds each script below ``_static`` to every page. MathJax is loaded by Sphinx, where there is maths.
    """
    config.html_js_files = [entry for entry in config.html_js_files if "mathjax/" not in str(entry)]


def retire_thebe(app: Sphinx, config: Config) -> None:
    """Take sphinx-thebe out, which jupyter-book always loads.

    It writes the address of a CDN into every page, and no page here runs code that way.
    """
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [
            listener for listener in listeners if listener.handler.__module__ != "sphinx_thebe"
        ]
    app.registry.css_files[:] = [entry for entry in app.registry.css_files if "thebe" not in entry[0]]


def number_repeated_ids(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Give each exercise's and solution's inner section its own id; sphinx-exercise calls them all alike."""
    for number, section in enumerate(doctree.findall(nodes.section)):
        if set(section["ids"]) & {"exercise-content", "solution-content"}:
            section["ids"] = [f"{name}-{number}" for name in section["ids"]]


def mend_markup(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Mend what Sphinx leaves odd.

    Docutils gives the bibliography and its entries roles that do not fit together; an empty cell at the head
    of a table is announced as a heading without words. A full stop after a formula may begin a line.
    """
    body = re.sub(r' role="(?:doc-biblioentry|list)"(?= |>)', "", context.get("body", ""))
    body = re.sub(r'<th class="([^"]*)"><p></p></th>', r'<td class="\1"></td>', body)
    context["body"] = _FORMULA_AND_STOP.sub(r'<span class="course-together">\1\2</span>', body)


def part_equal_drawings(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a drawing that stands on a page twice ids of its own: equal drawings have equal ones."""
    times: Counter[str] = Counter()

    def renamed(drawing: re.Match[str]) -> str:
        ids = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', drawing[0])))
        times.update(ids)
        text = drawing[0]
        for name in ids:
            if times[name] > 1:
                again = f"{name}-{times[name]}"
                text = text.replace(f'id="{name}"', f'id="{again}"').replace(f'"#{name}"', f'"#{again}"')
                text = text.replace(f"url(#{name})", f"url(#{again})")
        return text

    context["body"] = _DRAWING.sub(renamed, context.get("body", ""))


def put_pictures_aside(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make files of the pictures inside of figures: a page of a megabyte shows nothing for seconds."""

    def aside(match: re.Match[str]) -> str:
        data = base64.b64decode(re.sub(r"\s|%0A", "", match[2]))
        name = f"_images/{hashlib.sha256(data).hexdigest()[:20]}.{match[1]}"
        target = Path(app.outdir) / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
        return str(context["pathto"](name, resource=True))

    context["body"] = _PICTURE.sub(aside, context.get("body", ""))


def size_pictures(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell each picture's size, so that the text does not move when the picture comes."""
    files = {name: Path(app.srcdir) / path for path, (_, name) in app.env.images.items()}

    def sized(match: re.Match[str]) -> str:
        path = files.get(match[1].rpartition("/")[2])
        if path is None or path.suffix != ".png" or " width=" in match[0]:
            return match[0]
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        return match[0].replace("<img ", f'<img width="{width}" height="{height}" ', 1)

    context["body"] = re.sub(r'<img [^>]*?src="([^"]+)"[^>]*>', sized, context.get("body", ""))


def write_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Write the notebook of every chapter below ``notebooks/`` in the site."""
    if error is not None or app.builder.format != "html":
        return
    words = ReferenceWords(app.env, Path(app.srcdir) / "references.bib")

    def resolve(page: str, role: str, target: str) -> str:
        if role == "homework":
            return f"[homework {target}]({homework_page(app, target)})"
        return words(role, target, page)

    for page in sorted(app.env.found_docs):
        if not is_chapter(app, page):
            continue
        target = Path(app.outdir) / NOTEBOOKS / f"{page}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
        nbformat.write(chapter_notebook(text, addresses(app).install, partial(resolve, page)), target)


def sweep(app: Sphinx, error: Exception | None) -> None:
    """Remove pictures and downloads that no page leads to any more: a second build leaves them behind."""
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    for kept in (there for folder in ("_images", "_downloads") for there in (site / folder).glob("*")):
        if kept.name not in pages:
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the above to Sphinx's events."""
    app.connect("config-inited", keep_vendored_scripts_lazy, priority=100)
    app.connect("config-inited", retire_thebe, priority=100)
    app.connect("html-page-context", mend_markup)
    app.connect("html-page-context", part_equal_drawings)
    app.connect("html-page-context", put_pictures_aside)
    app.connect("html-page-context", size_pictures)
    app.connect("doctree-resolved", number_repeated_ids, priority=900)
    app.connect("build-finished", write_notebooks)
    app.connect("build-finished", sweep)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
