"""Tables of a chapter: results side by side, set by the page in its own style.

Examples
--------
>>> table({"image": ["32 × 32", "224 × 224"], "multiply-adds": [768000, 37632000]})
image      multiply-adds
32 × 32          768,000
224 × 224     37,632,000
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from coursekit._markup import inline, plain


class Table:
    """Columns of equal length under their headings; see `table`.

    Parameters
    ----------
    headings
        One for each column; may hold ``$…$`` maths and `` `code` ``.
    rows
        The cells as text, with the same marks.
    numeric
        For each column whether its cells are numbers, which stand to the right.
    caption
        What the table shows, above it.
    """

    def __init__(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], caption: str
    ) -> None:
        self.headings = tuple(headings)
        self.rows = tuple(tuple(row) for row in rows)
        self.numeric = tuple(numeric)
        self.caption = caption

    def __repr__(self) -> str:
        lines = [[plain(cell) for cell in line] for line in (self.headings, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

        def line(cells: Sequence[str]) -> str:
            placed = (
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(cells, widths, self.numeric, strict=True)
            )
            return "  ".join(placed).rstrip()

        return "\n".join([*([plain(self.caption)] if self.caption else []), *map(line, lines)])

    def _repr_html_(self) -> str:
        caption = f"<caption>{inline(self.caption)}</caption>" if self.caption else ""
        head = "".join(
            f'<th scope="col"{_side(right)}>{inline(text)}</th>'
            if text.strip()
            else "<td></td>"  # no empty heading
            for text, right in zip(self.headings, self.numeric, strict=True)
        )
        body = "".join(f"<tr>{''.join(self._cells(row))}</tr>" for row in self.rows)
        # A wide table scrolls in a box of its own, which the keyboard reaches too.
        return (
            f'<div class="ck-table" tabindex="0" role="region" aria-label="{html.escape(self._name())}">'
            f'<table class="table">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def _cells(self, row: Sequence[str]) -> list[str]:
        return [
            f'<th scope="row"{_side(right)}>{inline(text)}</th>'
            if place == 0
            else f"<td{_side(right)}>{inline(text)}</td>"
            for place, (text, right) in enumerate(zip(row, self.numeric, strict=True))
        ]

    def _name(self) -> str:
        return plain(self.caption) or "Table: " + ", ".join(map(plain, self.headings))


def table(columns: Mapping[str, Sequence[Any]], caption: str = "", digits: int = 3) -> Table:
    """Set results side by side, one column under each heading.

    Parameters
    ----------
    columns
        Values under each heading, all columns of one length. The first column names the rows. Integers get
        thousands separators; other numbers are shown with `digits` decimals; everything else is text, which
        may hold ``$…$`` maths and `` `code` ``.
    caption
        One line above the table.
    digits
        Decimals of numbers that are not integers.

    Returns
    -------
    Table
        An object that a notebook cell and a chapter show as a table.

    Raises
    ------
    ValueError
        If there is no column, a column is empty, or their lengths differ.
    """
    lengths = {heading: len(values) for heading, values in columns.items()}
    if not lengths or len(set(lengths.values())) > 1 or 0 in lengths.values():
        raise ValueError(
            f"table: columns expects columns of one length, at least one row each, got {lengths}"
        )
    numeric = [all(_is_number(value) for value in values) for values in columns.values()]
    cells = [[_cell(value, digits) for value in values] for values in columns.values()]
    return Table(tuple(columns), list(zip(*cells, strict=True)), numeric, caption)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _cell(value: Any, digits: int) -> str:
    if not _is_number(value):
        return str(value)
    text = f"{int(value):,}" if isinstance(value, Integral) else f"{float(value):,.{digits}f}"
    return text.replace("-", "−")


def _side(right: bool) -> str:
    return ' class="text-right"' if right else ""
