"""Figures next to each other, which move below each other where the page is narrow."""

from __future__ import annotations

import os
from html import escape

import numpy as np
from numpy.typing import NDArray

from coursekit.notebook import GRADING
from coursekit.plots._figure import INK, CourseFigure, as_png

_ROW = "display:flex;flex-wrap:wrap;align-items:center;justify-content:center;gap:.5rem 1rem"


class Row:
    """Figures and signs in a row; see `row`.

    Parameters
    ----------
    parts : tuple of CourseFigure or str
        What stands in the row.
    """

    def __init__(self, parts: tuple[CourseFigure | str, ...]) -> None:
        self.parts = parts

    def __repr__(self) -> str:
        return "\n".join(part if isinstance(part, str) else part.alt for part in self.parts)

    def _repr_html_(self) -> str | None:
        if GRADING in os.environ:
            return None
        shown = [
            f'<span style="font-size:1.6rem">{escape(part)}</span>'
            if isinstance(part, str)
            else f'<div style="min-width:0">{part.svg()}</div>'
            for part in self.parts
        ]
        return f'<div class="ck-figure" style="{_ROW}">{"".join(shown)}</div>'

    def _repr_png_(self) -> bytes | None:
        """Return the whole row as one picture where the grader runs the notebook, as a figure does."""
        if GRADING not in os.environ:
            return None
        drawn = [_sign(part) if isinstance(part, str) else part.pixels() for part in self.parts]
        height = max(len(part) for part in drawn)
        return as_png(np.concatenate([_middle(part, height) for part in drawn], axis=1))


def _sign(text: str) -> NDArray[np.uint8]:
    sign = CourseFigure(0.3 + 0.12 * len(text), 0.5)
    sign.text(0.5, 0.5, text, color=INK, size=16, ha="center", va="center")
    return sign.pixels()


def _middle(pixels: NDArray[np.uint8], height: int) -> NDArray[np.uint8]:
    """Put clear rows above and below, so that the drawing stands in the middle."""
    above = (height - len(pixels)) // 2
    return np.pad(pixels, ((above, height - len(pixels) - above), (0, 0), (0, 0)))


def row(*parts: CourseFigure | str) -> Row:
    """Put figures next to each other, with signs such as ``"="`` between them.

    Parameters
    ----------
    *parts : CourseFigure or str
        Figures in reading order, and what to write between them.

    Returns
    -------
    Row
        An object that a page shows in one row, or in several where the screen is narrow.

    Raises
    ------
    ValueError
        If there is no figure among the parts.

    Examples
    --------
    >>> from coursekit.plots import matrix
    >>> row(matrix([[1, 2]]), "→", matrix([[3]]))
    A grid of 1 row and 2 columns. Row 1: 1, 2.
    →
    A grid of 1 row and 1 column. Row 1: 3.
    """
    if not any(isinstance(part, CourseFigure) for part in parts):
        raise ValueError("row: parts expects at least one figure, got none")
    return Row(parts)
