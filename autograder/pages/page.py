"""Pages of one file each: one style sheet, no script, nothing from another host, every text escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["coded"] = coded
    return environment


def coded(text: str) -> Markup:
    """Return a text, escaped, with what stands between backticks in one line as code.

    Examples
    --------
    >>> coded("`x < 1` and a lone `")
    Markup('<code>x &lt; 1</code> and a lone `')
    """
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheet and its hash; the page's policy lets in this one alone."""
    style = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup(style), f"sha256-{digest}"  # our own file: nothing in it comes from a submission


def render(template: str, **values: object) -> str:
    """Fill a template of this package; what UTF-8 cannot hold is replaced."""
    style, style_hash = _style()
    page = _environment().get_template(template).render(style=style, style_hash=style_hash, **values)
    return page.encode("utf-8", "replace").decode("utf-8")
