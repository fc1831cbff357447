"""Every run of an experiment as a dot, one row for each thing that was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coursekit.plots._figure import BLUE, INK, ORANGE, CourseFigure, as_numpy, style


def dots(
    rows: Mapping[str, Sequence[float]],
    *,
    xlabel: str = "accuracy",
    title: str = "",
    line: float | None = None,
    limits: tuple[float, float] | None = None,
    alt: str = "",
) -> CourseFigure:
    """Draw the numbers of each row as dots, and their mean as an upright stroke.

    A reader sees how far rows overlap, which a mean and a standard deviation leave to be imagined.

    Parameters
    ----------
    rows : mapping of str to sequence of float
        Name of each row and its numbers, such as one for each seed; the first row is on top.
    xlabel, title : str
        What stands below and above.
    line : float, optional
        Where a dashed line goes through all rows, such as the mean of the control.
    limits : tuple of float, optional
        Ends of the scale, so that several figures can share one.
    alt : str
        What is to be seen; the means without it.

    Returns
    -------
    CourseFigure
        The dots.

    Raises
    ------
    ValueError
        If there is no row, a row is no sequence of finite numbers, or a number lies outside of the limits.
    """
    if not rows:
        raise ValueError("dots: rows is empty")
    given = {name: as_numpy(values).astype(float) for name, values in rows.items()}
    for name, values in given.items():
        if values.ndim != 1 or not values.size or not np.isfinite(values).all():
            raise ValueError(
                f"dots: rows[{name!r}] expects a sequence of finite numbers, got shape {values.shape}"
            )
        if limits and not limits[0] <= values.min() <= values.max() <= limits[1]:
            raise ValueError(
                f"dots: rows[{name!r}] expects numbers within the limits {limits[0]:g} to {limits[1]:g}, "
                f"got {values.min():g} to {values.max():g}"
            )
    means = [f"{name} {values.mean():.3g}" for name, values in given.items()]
    figure = CourseFigure(4.8, 0.7 + 0.3 * len(given), alt or f"Means of {xlabel}: {'; '.join(means)}.")
    axes = figure.add_subplot()
    for place, values in enumerate(given.values()):
        axes.plot(values, [place] * len(values), "o", color=BLUE, markersize=6, alpha=0.7, markeredgewidth=0)
        axes.plot([values.mean()] * 2, [place - 0.35, place + 0.35], color=ORANGE, linewidth=3)
    if line is not None:
        axes.axvline(line, color=INK, linestyle="--", linewidth=1)
    axes.set_yticks(range(len(given)), list(given))
    axes.set_ylim(len(given) - 0.5, -0.5)
    axes.set(xlabel=xlabel, title=title, xlim=limits)
    style(axes, grid=True)
    return figure
