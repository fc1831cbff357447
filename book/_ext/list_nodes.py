"""Pieces of a page for the lists in `course_lists`: tables, items, names and durations."""

from __future__ import annotations

import re

from docutils import nodes
from package_reference import NAME
from sphinx.addnodes import pending_xref

Nodes = list[nodes.Node]
NOTHING = "–"
"""What a cell shows where there is nothing; a phone leaves the line out."""


def duration(minutes: int) -> str:
    """Say how long minutes are, as one says it.

    >>> duration(45), duration(60), duration(95)
    ('45 min', '1 h', '1 h 35 min')
    """
    hours, left = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{left} min"] if left or not hours else [])])


def table(head: list[str], rows: list[list[Nodes]], name: str, widths: list[int]) -> nodes.Element:
    """Make a table. Each cell has a class for its column, which it names on a phone, where rows are boxes."""
    group = nodes.tgroup(cols=len(head))
    for width in widths:
        group += nodes.colspec(colwidth=width)
    group += nodes.thead("", nodes.row("", *[nodes.entry("", nodes.paragraph("", text)) for text in head]))
    body = nodes.tbody()
    for row in rows:
        cells = [
            nodes.entry("", nodes.paragraph("", "", *cell), classes=_classes(text, cell))
            for text, cell in zip(head, row, strict=True)
        ]
        body += nodes.row("", *cells)
    group += body
    return nodes.table("", group, classes=["course-list", "colwidths-given", name])


def _classes(heading: str, cell: Nodes) -> list[str]:
    nothing = ["course-nothing"] if [node.astext() for node in cell] == [NOTHING] else []
    return [f"course-of-{heading.split()[0]}" if heading else "course-first", *nothing]


def item(*children: nodes.Node, classes: list[str] | None = None) -> nodes.list_item:
    """Make an item of a list, of one line."""
    return nodes.list_item("", nodes.paragraph("", "", *children), classes=classes or [])


def apart(found: Nodes) -> Nodes:
    """Put commas between nodes."""
    return [node for one in found for node in (nodes.Text(", "), one)][1:]


def package_name(symbol: str, page: str) -> nodes.Node:
    """Name of the package, as a link to its reference where it has one."""
    shown = code(symbol.removeprefix("convnet.").removeprefix("coursekit."))
    reference = pending_xref("", shown, refdomain="", reftype=NAME, reftarget=symbol, refdoc=page)
    reference["within"] = [None, None]
    return reference


def names_of_tests(tests: list[str]) -> Nodes:
    """Names of tests, those of one file behind its name. The file lies in the authors' repository."""
    files: dict[str, list[str]] = {}
    for test in tests:
        path, _, function = test.partition("::")
        files.setdefault(path.rpartition("/")[2], []).append(function)
    found: Nodes = []
    for name, functions in files.items():
        found += [*([nodes.Text("; ")] if found else []), code(name), nodes.Text(": ")]
        found += apart([code(function) for function in functions])
    return found


def code(name: str) -> nodes.Node:
    """Name in the type of code, which may break behind an underscore or a dot."""
    pieces = re.findall(r"[^_.]*[_.]?", name)[:-1]
    children = [
        child for piece in pieces for child in (nodes.Text(piece), nodes.raw("", "<wbr>", format="html"))
    ]
    return nodes.literal("", "", *children[:-1])
