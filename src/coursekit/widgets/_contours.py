"""Contour lines for the still pictures of figures about loss surfaces."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure


def contours(
    loss: Callable[[float, float], float],
    view: Sequence[float],
    width: float,
    height: float,
    count: int = 7,
) -> str:
    """Draw contour lines with about as much of the picture between each two.

    Parameters
    ----------
    loss
        A function of two numbers.
    view
        What is drawn: left, right, bottom, top.
    width, height
        Size of the picture.
    count
        How many lines.

    Returns
    -------
    str
        The path as SVG writes it, in whole pixels.
    """
    left, right, bottom, top = view
    xs, ys = np.linspace(left, right, 25), np.linspace(bottom, top, 25)
    values = np.array([[loss(x, y) for x in xs.tolist()] for y in ys.tolist()])
    across, down = (xs - left) / (right - left) * width, (top - ys) / (top - bottom) * height
    shares = ((np.arange(count) + 0.5) / count) ** 1.6
    drawn = (
        Figure().add_subplot().contour(across, down, values, levels=np.unique(np.quantile(values, shares)))
    )
    return "".join(line(points) for lines in drawn.allsegs for points in lines)


def line(points: Iterable[Sequence[float]], least: float = 3) -> str:
    """Write a line as the path of an SVG, in steps of whole pixels.

    Parameters
    ----------
    points
        Its points in pixels; those far outside are drawn just outside.
    least
        Points that are nearer to the one before are left out.

    Returns
    -------
    str
        Such as ``"M12 30l4-2 3 5"``.
    """
    kept: list[tuple[int, int]] = []
    for point in points:
        x, y = (round(min(max(number, -300), 600)) for number in point)
        if not kept or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= least:
            kept.append((x, y))
    steps = (f"{x - w} {y - h}" for (w, h), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}".replace(" -", "-") if kept[1:] else ""
