"""Rewrite the MyST of a chapter's prose into the plain Markdown that Colab and Jupyter show.

Directives become headings and folded boxes, labels vanish, references become the words of the page.

Examples
--------
>>> box = ":::{admonition} Erratum\\n:class: warning\\nIt is 12.\\n:::"
>>> print(plain_markdown(box, lambda role, target: target))
> **Erratum**
>
> It is 12.
>>> plain_markdown("See {eq}`eq-sum`.", lambda role, target: "(1.1)")
'See (1.1).'
"""

import re
from collections.abc import Callable

Resolve = Callable[[str, str], str]
"""Words that the page shows for a role and its target, such as ``("eq", "eq-sum")``."""

_OPEN = re.compile(r"^ *(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<argument>.*)$")
_LABEL = re.compile(r"^\([\w:-]+\)=$")
_ROLE = re.compile(r"\{(?P<role>[a-z:]+)\}`(?P<body>[^`]+)`")
_TITLED = re.compile(r"^(?P<words>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)

_DROPPED = {
    "bibliography", "footbibliography", "tableofcontents", "solution-end", "exercise-end", "course-map",
}  # fmt: skip
_BODY_ONLY = {"grid", "grid-item", "card", "tab-set", "tab-item", "div", "container", "table"}
_BARE = {"note": "Note", "tip": "Tip", "hint": "Hint", "warning": "Warning", "important": "Important"}


def plain_markdown(text: str, resolve: Resolve) -> str:
    """Rewrite one Markdown cell.

    Parameters
    ----------
    text
        MyST Markdown.
    resolve
        Gives the words of a reference.

    Returns
    -------
    str
        Markdown without directives, roles and labels.
    """
    lines, out = text.split("\n"), []
    while lines:
        line = lines.pop(0)
        opened = _OPEN.match(line)
        if opened:
            out.append(_directive(opened, _until_closed(lines, opened["fence"]), resolve))
        elif not _LABEL.match(line):
            out.append(_ROLE.sub(lambda role: _role(role, resolve), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n")


def _until_closed(lines: list[str], fence: str) -> list[str]:
    """Take the lines of a directive from the front; the closing fence goes too."""
    body: list[str] = []
    while lines:
        line = lines.pop(0)
        if line.strip() and set(line.strip()) == {fence[0]} and len(line.strip()) >= len(fence):
            break
        body.append(line)
    return body


def _without_options(body: list[str]) -> list[str]:
    """Leave out the ``:key: value`` lines, or the block between ``---``, at the head of a directive."""
    if body and body[0].strip() == "---":
        end = next(number for number, line in enumerate(body[1:], 1) if line.strip() == "---")
        return body[end + 1 :]
    start = next(
        (number for number, line in enumerate(body) if not re.match(r"^ *:[\w-]+:", line)), len(body)
    )
    return body[start:]


def _directive(opened: re.Match[str], lines: list[str], resolve: Resolve) -> str:
    name, argument = opened["name"], opened["argument"].strip()
    body = "\n".join(_without_options(lines)).strip("\n")
    if name in _DROPPED:
        return ""
    if name == "math":
        return f"$$\n{body}\n$$"
    if name.startswith("code"):
        return f"```{argument}\n{body}\n```"
    inner = plain_markdown(body, resolve)
    if name in _BODY_ONLY:
        return inner
    title = _ROLE.sub(lambda role: _role(role, resolve), argument)
    if name in {"solution", "dropdown", "solution-start"}:
        summary = title if name == "dropdown" else "Solution"
        if name == "solution-start":  # its cells follow, which nothing can fold
            return f"**{summary}**\n\n{inner}"
        return f"<details>\n<summary>{summary}</summary>\n\n{inner}\n\n</details>"
    kind = _BARE.get(name) or ("" if name == "admonition" else name.removeprefix("prf:").capitalize())
    heading = f"{kind}: {title}" if kind and title else kind or title
    return "\n".join(f"> {line}".rstrip() for line in [f"**{heading}**", "", *inner.split("\n")])


def _role(role: re.Match[str], resolve: Resolve) -> str:
    titled = _TITLED.match(role["body"])
    if titled:
        return titled["words"]
    if role["role"] in {"cite", "cite:p", "cite:t", "footcite", "footcite:p", "footcite:t"}:
        return ", ".join(resolve(role["role"], key.strip()) for key in role["body"].split(","))
    return resolve(role["role"], role["body"])
