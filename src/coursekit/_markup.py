r"""The few marks that a question or an answer may hold, made safe for a page.

Maths is written twice: as text that anybody can read, and as TeX in an attribute, which the page's script
hands to MathJax where there is one.

Examples
--------
>>> inline("Tom's $k \\times k$ <b>box</b>")
'Tom&#x27;s <span class="ck-math" data-tex="k \\times k">k × k</span> &lt;b&gt;box&lt;/b&gt;'
>>> inline("the <code>a < b</code> of `x`")
'the <code>a &lt; b</code> of <code>x</code>'
"""

import html
import re
from functools import cache
from importlib.resources import files

_PIECES = re.compile(r"(`[^`]+`|(?<!\\)\$(?=\S)[^$]*?[^\s\\$]\$)")
_ALLOWED = re.compile(r"&lt;(code|em|strong|sub|sup)&gt;(.*?)&lt;/\1&gt;", re.DOTALL)
_SYMBOLS = {
    r"\times": "×", r"\cdot": "·", r"\le": "≤", r"\leq": "≤", r"\ge": "≥", r"\geq": "≥", r"\neq": "≠",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\approx": "≈", r"\to": "→",
    r"\sum": "Σ", r"\sigma": "σ", r"\sqrt": "√", r"\odot": "⊙", r"\otimes": "⊗", r"\circ": "∘",
    r"\star": "⋆", r"\ast": "∗", r"\pm": "±", r"\infty": "∞", r"\ldots": "…", r"\dots": "…", r"\in": "∈",
    r"\left": "", r"\right": "", r"\quad": " ", r"\,": " ", r"\;": " ", r"\ ": " ", r"\{": "{", r"\}": "}",
}  # fmt: skip


@cache
def asset(name: str) -> str:
    """Read a style sheet or script of the package.

    Parameters
    ----------
    name
        File name in ``coursekit/_widgets``, such as ``"quiz.js"``.

    Returns
    -------
    str
        Its text.
    """
    return (files("coursekit") / "_widgets" / name).read_text(encoding="utf-8")


def inline(text: str) -> str:
    r"""Turn marked-up text into HTML that cannot break the page around it.

    Parameters
    ----------
    text
        Text with ``$…$``, `` `…` `` and, in closed pairs, the tags ``code``, ``em``, ``strong``, ``sub``,
        ``sup``.

    Returns
    -------
    str
        HTML; whatever is not one of these marks is escaped. ``\$`` is a dollar sign.
    """
    return "".join(_piece(piece) for piece in _PIECES.split(text))


def plain(text: str) -> str:
    """Text of `inline` without any marks, for a terminal.

    Parameters
    ----------
    text
        The same marked-up text.

    Returns
    -------
    str
        Readable text.
    """
    return html.unescape(re.sub(r"</?[a-z]+[^>]*>", "", inline(text)))


def _piece(piece: str) -> str:
    if len(piece) > 2 and piece[0] == piece[-1] == "`":
        return f"<code>{html.escape(piece[1:-1])}</code>"
    if len(piece) > 2 and piece[0] == piece[-1] == "$":
        tex = piece[1:-1]
        return f'<span class="ck-math" data-tex="{html.escape(tex)}">{_readable(tex)}</span>'
    escaped, count = html.escape(piece.replace(r"\$", "$")), 1
    while count:  # once more for each level of nesting
        escaped, count = _ALLOWED.subn(r"<\1>\2</\1>", escaped)
    return escaped


def _readable(tex: str) -> str:
    """Plain HTML for simple TeX: symbols, fractions, indices. Anything stranger is shown as written."""
    tex = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", tex)
    tex = re.sub(r"\\(?:mathrm|text|operatorname|mathbf|mathit)\{([^{}]*)\}", r"\1", tex)
    tex = re.sub(r"\\[a-zA-Z]+|\\.", lambda name: _SYMBOLS.get(name[0], name[0]), tex)
    escaped = html.escape(tex)
    escaped = re.sub(r"\^(?:\{([^{}]*)\}|(\S))", lambda m: f"<sup>{m[1] or m[2]}</sup>", escaped)
    return re.sub(r"_(?:\{([^{}]*)\}|(\S))", lambda m: f"<sub>{m[1] or m[2]}</sub>", escaped)
