"""Numbers in a grid, for what is worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from coursekit.plots._figure import BLUE, DIVERGING, INK, ORANGE, CourseFigure, as_numpy, count, ink_on

Window = tuple[int, int, int, int]

_MARGIN, _TITLE = 0.05, 0.35  # inches around the grid, and above it for a title


def matrix(
    values: Any,
    *,
    window: Window | Sequence[Window] = (),
    title: str = "",
    shade: bool = False,
    most: float | None = None,
    digits: int = 4,
    size: float = 0.5,
    alt: str = "",
) -> CourseFigure:
    """Draw a grid of numbers, as for a convolution worked by hand.

    Several grids stand side by side with `row`.

    Parameters
    ----------
    values : array, shape (H, W) or (W,)
        The numbers; nan leaves a cell empty.
    window : (row, column, height, width) or a sequence of such
        Cells to mark, counted from 0.
    title : str
        What stands above.
    shade : bool
        Whether each cell is coloured by its value: red above zero, blue below.
    most : float, optional
        Size of the value in the darkest colour; the largest of the grid without it. Grids that are compared
        share it.
    digits : int
        Significant digits to write; whole numbers are written in full.
    size : float
        Height of a cell in inches; wide numbers get wide cells.
    alt : str
        What is to be seen; the numbers in words without it.

    Returns
    -------
    CourseFigure
        The grid.

    Raises
    ------
    ValueError
        If ``values`` has another number of axes, or a window leaves the grid.
    """
    numbers = np.atleast_2d(as_numpy(values))
    if numbers.ndim != 2 or not numbers.size:
        raise ValueError(f"matrix: values expects (H, W) or (W,), got {as_numpy(values).shape}")
    numbers = numbers.astype(float)
    rows, columns = numbers.shape
    windows = _windows(window, rows, columns)
    texts = [[_written(value, digits) for value in row] for row in numbers]
    cell = size * max(1.0, 0.22 * max(len(text) for row in texts for text in row) + 0.25)
    above = _TITLE if title else _MARGIN
    width = max(cell * columns, 0.115 * len(title)) + 2 * _MARGIN  # as wide as its title at least
    height = size * rows + above + _MARGIN
    figure = CourseFigure(width, height, alt or _in_words(texts, windows, title))
    figure.set_layout_engine("none")  # cells are as large as they are said to be
    axes = figure.add_axes((0, 0, 1, 1))
    spare = (width / cell - columns) / 2
    axes.set(xlim=(-spare, columns + spare), ylim=(rows + _MARGIN / size, -above / size))
    axes.set_axis_off()
    most = most or float(np.nanmax(np.abs(numbers), initial=0)) or 1.0
    for (row, column), value in np.ndenumerate(numbers):
        fill, color = _shade(np.clip(value / most, -1, 1)) if shade and not np.isnan(value) else ("none", INK)
        axes.add_patch(_box(row, column, 1, 1, facecolor=fill, edgecolor=INK, linewidth=0.8))
        text = texts[row][column]
        axes.text(column + 0.5, row + 0.52, text, ha="center", va="center", fontsize=26 * size, color=color)
    for number, marked in enumerate(windows):
        color = (ORANGE, BLUE)[number % 2]
        if not shade:
            axes.add_patch(_box(*marked, facecolor=color, edgecolor="none", alpha=0.18))
        axes.add_patch(_box(*marked, facecolor="none", edgecolor=color, linewidth=3))
    if title:
        place = (columns / 2, -0.1 / size)
        axes.text(*place, title, ha="center", va="bottom", fontsize=12, color=INK)
    return figure


def _windows(window: Window | Sequence[Window], rows: int, columns: int) -> list[Window]:
    alone = len(window) == 4 and all(isinstance(part, (int, np.integer)) for part in window)
    windows: list[Any] = [window] if alone else list(window)
    for top, left, high, wide in windows:
        if min(top, left) < 0 or min(high, wide) < 1 or top + high > rows or left + wide > columns:
            raise ValueError(
                f"matrix: window {(top, left, high, wide)} (row, column, height, width) leaves the"
                f" grid of {rows} × {columns}"
            )
    return windows


def _box(row: int, column: int, height: int, width: int, **look: Any) -> Rectangle:
    return Rectangle((column, row), width, height, **look)


def _written(value: float, digits: int) -> str:
    if np.isnan(value):
        return ""
    whole = abs(value) < 1e6 and value == round(value)
    return (f"{value:.0f}" if whole else f"{value:.{digits}g}").replace("-", "−")


def _in_words(texts: Sequence[Sequence[str]], windows: Sequence[Window], title: str) -> str:
    """Read the grid out, row by row."""
    opening = f"{title}: a" if title else "A"
    parts = [f"{opening} grid of {count(len(texts), 'row')} and {count(len(texts[0]), 'column')}."]
    parts += [f"Row {n}: {', '.join(text or 'empty' for text in row)}." for n, row in enumerate(texts, 1)]
    for top, left, high, wide in windows:
        parts.append(f"Marked: rows {top + 1} to {top + high}, columns {left + 1} to {left + wide}.")
    return " ".join(parts)


def _shade(value: float) -> tuple[Any, str]:
    """Return the colour for a value from -1 to 1, and black or white, whichever reads better on it."""
    color = to_hex(colormaps[DIVERGING]((value + 1) / 2))
    return color, ink_on(color)
