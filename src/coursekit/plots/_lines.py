"""Lines that rise and fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from coursekit.plots._figure import COLORS, INK, CourseFigure, as_numpy, style

_DASHES = ("-", "--", "-.", ":")
_MARKERS = "osD^"


def curves(
    series: Mapping[str, Sequence[float]],
    *,
    x: Sequence[float] | None = None,
    xlabel: str = "epoch",
    ylabel: str = "loss",
    title: str = "",
    logarithmic: bool = False,
    above: bool = False,
    alt: str = "",
) -> CourseFigure:
    """Draw how numbers such as loss or accuracy change.

    Lines differ in colour, dash and mark, so that they can be told apart without colour, too.

    Parameters
    ----------
    series : mapping of str to sequence of float
        Name of each line and its values.
    x : sequence of float, optional
        Where the values stand; 1, 2, 3, … without it.
    xlabel, ylabel, title : str
        What stands at the axes and above.
    logarithmic : bool
        Whether the values are drawn on a logarithmic scale.
    above : bool
        Whether the names stand above the drawing, where they hide no line; there is no title then.
    alt : str
        What is to be seen; first and last values without it.

    Returns
    -------
    CourseFigure
        The lines.

    Raises
    ------
    ValueError
        If there is no line, or ``x`` has another length than a line.
    """
    if not series:
        raise ValueError("curves: series is empty")
    lines = {name: as_numpy(values).astype(float) for name, values in series.items()}
    for name, values in lines.items():
        if values.ndim != 1 or not values.size or (x is not None and len(x) != len(values)):
            wanted = "a sequence of numbers" if x is None else f"{len(x)} numbers, as many as x"
            raise ValueError(f"curves: series[{name!r}] expects {wanted}, got shape {values.shape}")
    ends = [f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}" for name, values in lines.items()]
    figure = CourseFigure(5.6, 3.4, alt or f"{ylabel} over {xlabel}: {'; '.join(ends)}.")
    axes = figure.add_subplot()
    for number, (name, values) in enumerate(lines.items()):
        places = np.arange(1, len(values) + 1) if x is None else as_numpy(x)
        mark = _MARKERS[number % len(_MARKERS)] if len(values) <= 30 else ""
        color = COLORS[number % len(COLORS)]
        dash = _DASHES[number % len(_DASHES)]
        axes.plot(
            places, values, color=color, linestyle=dash, marker=mark, markersize=4, linewidth=2, label=name
        )
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if logarithmic:
        axes.set_yscale("log")
    place: dict[str, Any] = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0)} if above else {}
    axes.legend(labelcolor=INK, frameon=False, fontsize=11, ncols=2 if above else 1, **place)
    style(axes, grid=True)
    return figure
