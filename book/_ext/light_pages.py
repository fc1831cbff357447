"""Sphinx extension: pages load one style sheet and one script, with what they use and nothing more.

The theme asks for eleven style sheets and eleven scripts before it shows a word, 1.4 MB of icons among them.
When all pages are written, rules that no page uses are left out, what is left is one file, and of the icons'
fonts only the icons in use are kept, inside that file.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

logging.getLogger("fontTools").setLevel(logging.WARNING)

STYLES, SCRIPTS = "_static/site.css", "_static/site.js"
SEPARATE = ("searchtools.js", "language_data.js", "searchindex.js", "mathjax/")
"""Scripts of some pages alone."""
DROPPED = ("fontawesome.js", "design-tabs.js")  # icons come from the style sheet; no page has tabs

_SHEET = re.compile(r'[ \t]*<link [^>]*?href="([^"]+?\.css)[^"]*"[^>]*rel="stylesheet"[^>]*>\n?'
                    r'|[ \t]*<link rel="stylesheet"[^>]*?href="([^"]+?\.css)[^"]*"[^>]*>\n?')  # fmt: skip
_SCRIPT = re.compile(r'[ \t]*<script[^>]*? src="([^"?]+)[^"]*"[^>]*></script>\n?')
_SETTING = re.compile(r"[ \t]*<script>((?:let|var) toggle[^<]*)</script>\n?")
_LATER = re.compile(r'<script [^>]*src="([^"]*mathjax/[^"]*)"[^>]*></script>')
_QUOTED = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
_ADDRESS = re.compile(rf"url\((\s*(?:{_QUOTED})\s*|[^)]*)\)", re.DOTALL)
_PIECE = re.compile(rf"{_ADDRESS.pattern}|{_QUOTED}|[{{}};]", re.DOTALL)
_USELESS = re.compile(
    r'[ \t]*<link rel="preload" as="script"[^>]*>\n?'
    r"|[ \t]*<script>DOCUMENTATION_OPTIONS\.pagename = [^<]*</script>\n?"
    r'|<meta name="viewport" content="width=device-width, initial-scale=1" ?/>'
    r"|[ \t]*<!-- (?:Loaded before|So that users|Pre-loaded)[^>]*-->\n?"
)

MEASURES = (
    r'function (\w+)\(\)\{const \w=\(\)=>\{document\.querySelectorAll\(\["pre",'
    r'.{1,200}\.scrollWidth>.{1,300}\.getElementById\("main-content"\),\{[^}]*\}\),\w\(\)\}'
)
"""Of all boxes that may scroll, which lays out the whole page when it comes: course.js does it instead."""
THEME = r'localStorage\.getItem\("theme"\) \|\| "auto"'
RESOLVED = """({ light: "light", dark: "dark" })[localStorage.getItem("mode")]
      || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.documentElement.dataset.whole =
      Boolean(location.hash) || performance.getEntriesByType("navigation")[0]?.type !== "navigate\""""
"""Light or dark at once, or all is styled twice. Not opened at its top, a page is drawn whole: course.css."""
MISNAMED = ' aria-label="Toggle hidden content"'  # the line says "Show the code", which is its name
SPY = r' data-bs-spy="scroll" data-bs-target="\.bd-toc-nav"'
"""No page has one: the theme takes all links of a page for its contents, and measures where they lead."""


def instead(pattern: str, new: str, text: str) -> str:
    """Replace what the theme writes once; a theme that writes something else stops the build."""
    text, count = re.subn(pattern, lambda match: match.expand(new), text)
    if count != 1:
        raise ExtensionError(f"light_pages: the theme has changed; {count} places, not one, match {pattern}")
    return text


def pages(site: Path) -> list[Path]:
    """Pages of the site; pieces of pages that the theme leaves among its files are none."""
    return [path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]


def lighten(site: Path) -> None:
    """Write the two files and let every page load them."""
    written = {path: path.read_text(encoding="utf-8") for path in pages(site)}
    raw = {path: text for path, text in written.items() if f'href="{_to(site, path)}{STYLES}' not in text}
    sheets, scripts = _listed(site, raw)
    names = site / "_static" / "site.txt"  # what the files were made of, for a build that writes no page anew
    if raw:
        names.write_text("\n".join([*sheets, "", *scripts]), encoding="utf-8")
    else:
        listed = names.read_text(encoding="utf-8").split("\n")
        sheets, scripts = listed[: listed.index("")], listed[listed.index("") + 1 :]
    scripts.sort(
        key=lambda name: name.endswith(".js")
    )  # settings first: a script that comes late starts at once
    code = "\n;\n".join(_code(site, name) for name in scripts)
    style = "\n".join(_absolute(site, name) for name in sheets)
    style = _icons(site, used_rules(style, _known(written.values(), code)))
    (site / STYLES).write_text(style, encoding="utf-8")
    (site / SCRIPTS).write_text(code, encoding="utf-8")
    versions = {
        name: hashlib.sha256((site / name).read_bytes()).hexdigest()[:8] for name in (STYLES, SCRIPTS)
    }
    for path, text in written.items():
        new = _light(text, _to(site, path), versions) if path in raw else _renewed(text, versions)
        if new != text:
            path.write_text(new, encoding="utf-8")


def _to(site: Path, path: Path) -> str:
    """Way from a page to the top of the site."""
    return "../" * (len(path.relative_to(site).parts) - 1)


def _listed(site: Path, raw: dict[Path, str]) -> tuple[list[str], list[str]]:
    """Style sheets and scripts that pages ask for, in their order; inline settings are scripts too."""
    sheets: dict[str, None] = {}
    scripts: dict[str, None] = {}
    for path, text in raw.items():
        here = path.relative_to(site).parent.as_posix()
        text = "".join(_ends(text)[::2])
        for match in _SHEET.finditer(text):
            sheets[posixpath.normpath(posixpath.join(here, match[1] or match[2]))] = None
        for match in re.finditer(rf"{_SETTING.pattern}|{_SCRIPT.pattern}", text):
            if match[1]:
                scripts[match[1]] = None
            elif not any(name in match[2] for name in (*SEPARATE, *DROPPED)):
                scripts[posixpath.normpath(posixpath.join(here, match[2]))] = None
    return list(sheets), list(scripts)


def _ends(text: str) -> tuple[str, str, str]:
    """Split a page into its head, its body, and the end where the theme loads its last scripts."""
    head, last = text.index("</head>"), text.find("<!-- Scripts loaded after <body>")
    body = last if last > 0 else len(text)
    return text[:head], text[head:body], text[body:]


def _code(site: Path, name: str) -> str:
    """Text of a script, or the setting itself."""
    if not name.endswith(".js"):
        return name
    text = (site / name).read_text(encoding="utf-8")
    if name.endswith("/pydata-sphinx-theme.js"):
        text = instead(MEASURES, r"function \1(){}", text)
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).strip()


def _absolute(site: Path, name: str) -> str:
    """Text of a style sheet, its addresses as seen from ``_static``."""
    text = (site / name).read_text(encoding="utf-8")
    here = posixpath.dirname(posixpath.relpath(name, "_static"))

    before = []

    def imported(match: re.Match[str]) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        before.append(_absolute(site, other))
        return ""

    text = re.sub(r"""@import (?:url\()?["']([^"']+)["']\)?;""", imported, text)

    def moved(match: re.Match[str]) -> str:
        address = match[1].strip().strip("'\"")
        if address.startswith(("data:", "#", "http")):
            return match[0]
        return f"url({posixpath.normpath(posixpath.join(here, address))})"

    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join([*before, _ADDRESS.sub(moved, text)])


def _known(written: Any, code: str) -> set[str]:
    """Classes and ids that pages have, and every word of the scripts, which may set some."""
    found = set(re.findall(r"[\w-]+", code))
    for text in written:
        for value in re.findall(r'\b(?:class|id)="([^"]*)"', text):
            found.update(value.split())
        for inline in re.findall(r"<script>(.*?)</script>", text, re.DOTALL):
            found.update(re.findall(r"[\w-]+", inline))
    return found


def used_rules(style: str, known: set[str]) -> str:
    """Leave out the rules whose classes or ids nothing has.

    >>> print(used_rules(".a, .b c{x:y}.b{x:y}@media print{.b{x:y}.a:not(.b){x:y}}@font-face{x:y}", {"a"}))
    .a{x:y}
    @media print{.a:not(.b){x:y}}
    @font-face{x:y}
    """
    kept = []
    for head, body in _blocks(style):
        if head.startswith(("@media", "@supports")):
            if inner := used_rules(body, known):
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@") or body is None:
            kept.append(head if body is None else f"{head}{{{body}}}")
        else:
            selectors = [one for one in _selectors(head) if _classes(one) <= known]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "\n".join(kept)


def _blocks(style: str) -> Iterator[tuple[str, str | None]]:
    """Split a style sheet at its outermost braces; a statement without braces has no body."""
    start = opened = depth = 0
    for match in _PIECE.finditer(style):
        if match[0] == "{":
            depth += 1
            if depth == 1:
                opened = match.end()
        elif match[0] == "}":
            depth -= 1
            if not depth:
                yield style[start : opened - 1].strip(), style[opened : match.start()].strip()
                start = match.end()
        elif match[0] == ";" and not depth:
            yield style[start : match.end()].strip(), None
            start = match.end()


def _selectors(head: str) -> list[str]:
    """Split a list of selectors at its commas, those inside of parentheses aside."""
    found, depth = [""], 0
    for letter in head:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [one.strip() for one in found]


def _classes(selector: str) -> set[str]:
    """Classes and ids that a selector needs; what it excludes or chooses from does not count."""
    bare = re.sub(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]", "", selector)
    return {re.sub(r"\\(.)", r"\1", name) for name in re.findall(r"[.#]((?:[\w-]|\\.)+)", bare)}


def _icons(site: Path, style: str) -> str:
    """Keep of each icon font the icons that are left in the style sheet, inside of it and without a date."""
    used = {int(code, 16) for code in re.findall(r'"\\(f[0-9a-f]{3}|e[0-9a-f]{3})"', style)}

    def smaller(match: re.Match[str]) -> str:
        address = re.search(r"url\(([^)]*fontawesome[^)]*)\.woff2\)", match[0])
        if address is None:
            return match[0]
        font = TTFont(site / "_static" / f"{address[1]}.ttf", recalcTimestamp=False)
        options = Options(flavor="woff", layout_features=[], notdef_outline=False, name_IDs=[0, 13])
        chosen = Subsetter(options)
        chosen.populate(unicodes=used)
        chosen.subset(font)
        font.flavor, stream = "woff", io.BytesIO()
        font.save(stream, reorderTables=False)
        data = base64.b64encode(stream.getvalue()).decode()
        return re.sub(r"src:[^;}]*", f'src:url(data:font/woff;base64,{data}) format("woff")', match[0])

    faces = re.sub(r"@font-face\{[^}]*\}", smaller, style)
    return faces.replace("font-display:block", "font-display:swap")


def _light(text: str, top: str, versions: dict[str, str]) -> str:
    """Let a page as the theme writes it load the two files in the place of many."""
    head, body, end = _ends(text)
    first = _SHEET.search(head)
    assert first is not None, "a page of the theme asks for style sheets"
    kept: list[str] = []

    def script(match: re.Match[str]) -> str:
        if any(name in match[1] for name in SEPARATE):
            kept.append(match[0] if "defer" in match[0] else match[0].replace("<script ", "<script defer "))
        return ""

    mark = "<!-- site -->"
    head = _SHEET.sub("", head[: first.start()] + mark + head[first.start() :])
    head = instead(THEME, RESOLVED, _SCRIPT.sub(script, _SETTING.sub("", _USELESS.sub("", head))))
    spied = ' data-bs-spy="scroll" data-bs-target="#pst-page-toc-nav"'
    body = instead(SPY, spied if ' id="pst-page-toc-nav"' in body else "", body.replace(MISNAMED, ""))
    new = (
        f'    <link rel="stylesheet" href="{top}{STYLES}?v={versions[STYLES]}" />\n'
        f'    <script defer src="{top}{SCRIPTS}?v={versions[SCRIPTS]}"></script>\n'
    )
    kept = [_LATER.sub(r'<script data-mathjax="\1"></script>', one) for one in kept]  # course.js loads it
    return head.replace(mark, new) + "".join(kept) + "  " + body + _SCRIPT.sub("", end)


def _renewed(text: str, versions: dict[str, str]) -> str:
    """Tell a page that loads the two files of their new content."""
    head, *rest = _ends(text)
    for name, version in versions.items():
        head = re.sub(rf"({re.escape(name)})\?v=\w+", rf"\1?v={version}", head)
    return head + "".join(rest)


def after_the_build(app: Sphinx, error: Exception | None) -> None:
    """Lighten the pages of a build that went well."""
    if error is None and app.builder.format == "html":
        lighten(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, Any]:
    """Run after everything else that writes files."""
    app.connect("build-finished", after_the_build, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
