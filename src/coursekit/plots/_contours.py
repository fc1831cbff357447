"""A surface over two weights, seen from above, with the paths that optimizers take on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from coursekit.plots._figure import COLORS, INK, CourseFigure, as_numpy, style

_DASHES = ("-", "--", "-.", ":")
_FINE = 121  # points on each axis at which the surface is computed
_FADED = 0.55  # opacity of the contour lines: paths stand out before them
_FEW = 60  # points: on longer paths single steps would run together


def contours(
    loss: Callable[[Any], Any],
    paths: Mapping[str, Any] | None = None,
    *,
    x: tuple[float, float] = (-2, 2),
    y: tuple[float, float] = (-2, 2),
    levels: int | Sequence[float] = 12,
    logarithmic: bool = False,
    minima: Sequence[tuple[float, float]] = (),
    title: str = "",
    width: float = 3.3,
    alt: str = "",
) -> CourseFigure:
    """Draw the contour lines of a loss of two weights, and paths from a ring to a dot.

    Parameters
    ----------
    loss : callable
        Takes points of shape (..., 2) and returns the loss at each.
    paths : mapping of str to array, optional
        Name of each path and its points, shape (steps + 1, 2). Names stand below where there are several.
    x, y : pair of float
        Ranges of the first and the second weight.
    levels : int or sequence of float
        Number of contour lines, or the losses that they join.
    logarithmic : bool
        Whether the lines stand at equal ratios rather than at equal differences.
    minima : sequence of pair
        Points to mark with a cross.
    title : str
        What stands above.
    width : float
        Width in inches; both axes have one scale where the ranges are equal.
    alt : str
        What is to be seen; where each path starts and ends without it.

    Returns
    -------
    CourseFigure
        The drawing.

    Raises
    ------
    ValueError
        If a range is empty, or a path has another shape or numbers that are not finite.
    """
    for name, (low, high) in (("x", x), ("y", y)):
        if not low < high:
            raise ValueError(f"contours: {name} expects a range from low to high, got ({low}, {high})")
    walks = {name: as_numpy(path).astype(float) for name, path in (paths or {}).items()}
    for name, walk in walks.items():
        if walk.ndim != 2 or walk.shape[1] != 2 or not len(walk) or not np.isfinite(walk).all():
            raise ValueError(
                f"contours: paths[{name!r}] expects finite points of shape (steps + 1, 2), got {walk.shape}"
            )
    figure = CourseFigure(width, 0.9 * width, alt or _described(walks, title))
    axes = figure.add_subplot()
    _lines(axes, loss, x, y, levels, logarithmic)
    for number, (name, walk) in enumerate(walks.items()):
        color, dash = COLORS[(number + 1) % len(COLORS)], _DASHES[number % len(_DASHES)]
        mark = "." if len(walk) <= _FEW else ""
        axes.plot(*walk.T, color=color, linestyle=dash, marker=mark, markersize=5, linewidth=1.6, label=name)
        axes.plot(*walk[0], marker="o", markersize=8, markerfacecolor="none", markeredgecolor=color)
        axes.plot(*walk[-1], marker="o", markersize=7, color=color)
    for place in minima:
        axes.plot(*place, marker="x", markersize=9, markeredgewidth=2, color=INK)
    axes.set(xlim=x, ylim=y, xlabel="$w_1$", ylabel="$w_2$", title=title)
    if len(walks) > 1:
        figure.legend(
            *axes.get_legend_handles_labels(),
            loc="outside lower center", labelcolor=INK, frameon=False, fontsize=10, ncols=2,
        )  # fmt: skip
    style(axes, frame=True)
    return figure


def _lines(
    axes: Any,
    loss: Callable[[Any], Any],
    x: tuple[float, float],
    y: tuple[float, float],
    levels: int | Sequence[float],
    logarithmic: bool,
) -> None:
    """Draw the contour lines, all in the page's ink."""
    across, up = np.meshgrid(np.linspace(*x, _FINE), np.linspace(*y, _FINE))
    values = as_numpy(loss(np.stack([across, up], axis=-1)))
    if isinstance(levels, int) and logarithmic:
        high, lowest = float(values.max()), float(np.quantile(values[values > 0], 0.002))
        levels = list(np.geomspace(max(lowest, high * 1e-5), high, levels + 1)[:-1])
    elif isinstance(levels, int):
        levels = list(np.linspace(values.min(), values.max(), levels + 2)[1:-1])
    axes.contour(
        across, up, values, levels, colors=[INK], linewidths=0.9, alpha=_FADED, linestyles="solid"
    )  # Matplotlib would dash what is negative


def _described(walks: Mapping[str, Any], title: str) -> str:
    ends = [
        f"{name} goes from ({walk[0][0]:.2f}, {walk[0][1]:.2f}) to ({walk[-1][0]:.2f}, {walk[-1][1]:.2f})"
        for name, walk in walks.items()
    ]
    said = "; ".join(ends) or "no path"
    return f"{title + ': c' if title else 'C'}ontour lines of a loss of two weights; {said}."
