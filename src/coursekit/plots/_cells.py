"""Short texts in a grid whose cells may be coloured: matrices of symbols, windows, masks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from coursekit.plots._figure import INK, CourseFigure, ink_on


def cells(
    texts: Sequence[Sequence[str]],
    colors: Sequence[Sequence[str | None]] | None = None,
    *,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    lines: int = 0,
    title: str = "",
    below: str = "",
    size: float = 0.42,
    alt: str = "",
) -> CourseFigure:
    """Draw a grid of short texts, as for a matrix of symbols.

    Parameters
    ----------
    texts : sequence of sequence of str
        What stands in each cell, row by row; may hold ``$…$`` maths, and may be empty.
    colors : like texts, optional
        The colour of each cell, or None.
    rows, columns : sequence of str
        Names of the rows, left of them, and of the columns, above them.
    lines : int
        After how many cells a thick line follows, in both directions; 0 for none.
    title, below : str
        What stands above and below the grid.
    size : float
        Side of a cell in inches.
    alt : str
        What is to be seen; the texts without it.

    Returns
    -------
    CourseFigure
        The grid.

    Raises
    ------
    ValueError
        If there is no cell, or rows, colours or names differ in number.
    """
    high, wide = len(texts), len(texts[0]) if len(texts) else 0
    if not wide or any(len(row) != wide for row in texts):
        raise ValueError(f"cells: texts expects rows of one length, got {[len(row) for row in texts]}")
    if colors is not None and [len(row) for row in colors] != [wide] * high:
        raise ValueError(f"cells: colors expects {high} rows of {wide}, as texts has")
    for name, given, wanted in (("rows", rows, high), ("columns", columns, wide)):
        if given and len(given) != wanted:
            raise ValueError(f"cells: {name} expects {wanted} names, got {len(given)}")
    said = "; ".join(" ".join(text or "–" for text in row) for row in texts)
    left, above = (1.1 if rows else 0.08), (1.0 if columns else 0.08) + (0.8 if title else 0)
    under = 0.9 if below else 0.08
    spare = max(0.0, 0.25 * max(len(title), len(below)) * 0.42 / size - wide - left) / 2
    width, height = wide + left + 0.08 + 2 * spare, high + above + under
    figure = CourseFigure(width * size, height * size, alt or f"{title or 'A grid'}: {said}.")
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-left - spare, wide + 0.08 + spare), ylim=(high + under, -above))
    axes.set_axis_off()

    def write(x: float, y: float, text: str, color: str = INK, points: float = 11) -> None:
        axes.text(x, y, text, color=color, ha="center", va="center", fontsize=points)

    for (row, column), text in np.ndenumerate(np.array(texts, dtype=object)):
        fill: Any = colors[row][column] if colors is not None else None
        box = Rectangle((column, row), 1, 1, facecolor=fill or "none", edgecolor=INK, linewidth=0.6)
        axes.add_patch(box)
        if text:
            write(column + 0.5, row + 0.52, text, ink_on(fill) if fill else INK, 30 * size)
    for side in range(0, max(high, wide) + 1, lines) if lines else ():
        if side <= wide:
            axes.plot([side, side], [0, high], color=INK, linewidth=2)
        if side <= high:
            axes.plot([0, wide], [side, side], color=INK, linewidth=2)
    for number, name in enumerate(rows):
        write(-0.55, number + 0.52, name, points=30 * size)
    for number, name in enumerate(columns):
        write(number + 0.5, -0.45, name, points=30 * size)
    if title:
        write(wide / 2, -above + 0.4, title)
    if below:
        write(wide / 2, high + 0.5, below)
    return figure
