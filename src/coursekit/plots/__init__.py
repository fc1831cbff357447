"""Figures that the chapters and assignments draw again and again.

Every function returns a Matplotlib figure that stands on light and dark pages alike, and takes ``alt``: what
the figure shows, in words, for readers who do not see it. Without it a plain description is made. Images are
laid out channel first, (H, W), (1, H, W) or (3, H, W); NumPy arrays and torch tensors both do.

Examples
--------
>>> figure = matrix([[1, 0], [2, 3]], window=(0, 0, 1, 2), title="x")
>>> figure.alt
'x: a grid of 2 rows and 2 columns. Row 1: 1, 0. Row 2: 2, 3. Marked: rows 1 to 1, columns 1 to 2.'
"""

from coursekit.plots._cells import cells
from coursekit.plots._contours import contours
from coursekit.plots._dots import dots
from coursekit.plots._figure import (
    BLUE,
    COLORS,
    GREEN,
    INK,
    ORANGE,
    PINK,
    PURPLE,
    RED,
    TEAL,
    CourseFigure,
    style,
)
from coursekit.plots._images import compare, filter_grid, image_grid
from coursekit.plots._lines import curves
from coursekit.plots._numbers import matrix
from coursekit.plots._row import Row, row

__all__ = [
    "BLUE",
    "COLORS",
    "GREEN",
    "INK",
    "ORANGE",
    "PINK",
    "PURPLE",
    "RED",
    "TEAL",
    "CourseFigure",
    "Row",
    "cells",
    "compare",
    "contours",
    "curves",
    "dots",
    "filter_grid",
    "image_grid",
    "matrix",
    "row",
    "style",
]
