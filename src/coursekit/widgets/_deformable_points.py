"""Deformable convolution at one place: nine points that move, and the gradient that moves them."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table

IMAGE = ((0, 0, 0, 2, 6), (0, 0, 3, 9, 2), (0, 1, 8, 3, 0), (0, 6, 7, 0, 0), (2, 9, 1, 0, 0))
"""A stroke that leans."""
KERNEL = ((-1, 2, -1), (-1, 2, -1), (-1, 2, -1))
OFFSETS = (
    ((0, 0), (-0.25, 0.5), (0, 0)),
    ((0, 0), (0, 0), (0, 0)),
    ((0, 0), (0.25, -0.5), (0, 0)),
)
TAPS = (
    *("top left", "top", "top right"),
    *("left", "centre", "right"),
    *("bottom left", "bottom", "bottom right"),
)
SIDE, REACH, LARGEST = 5, 2, 99


@figure
def deformable_points(
    image: ArrayLike = IMAGE,
    kernel: ArrayLike = KERNEL,
    offsets: ArrayLike = OFFSETS,
    masks: ArrayLike | None = None,
    tap: str = "top",
) -> Figure:
    r"""Show where the taps of a 3 × 3 deformable convolution look, and the gradient of its output.

    .. math::

        y = \sum_{i, j} w_{ij}\, a_{ij}\, z_{ij}, \qquad
        z_{ij} = x(1 + i + \Delta u_{ij},\; 1 + j + \Delta v_{ij}), \qquad
        \frac{\partial y}{\partial \Delta u_{ij}} = w_{ij}\, a_{ij}\, \frac{\partial x}{\partial u}

    The output is that of the middle pixel. Points are moved by mouse, by finger, with arrow keys, and as
    numbers. Outside of the image there are zeros. Where a row or column is a whole number, the slope is the
    one downwards or to the right.

    Parameters
    ----------
    image
        Input, 5 × 5 numbers from −99 to 99.
    kernel
        Weights, 3 × 3 numbers from −99 to 99.
    offsets
        How far each tap has moved down and to the right, shape (3, 3, 2), from −2 to 2 pixels.
    masks
        Factors of version 2, 3 × 3 numbers from 0 to 1; ones by default, which is version 1.
    tap
        The chosen tap: ``"top left"``, ``"top"``, …, ``"centre"``, …, ``"bottom right"``.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a grid has another shape, a number is outside its limits, or no tap has this name.

    Examples
    --------
    >>> deformable_points(tap="bottom")
    Tap bottom reads x(3.25, 1.5) = 6.13; with all nine taps, y = 18.75. A step of this tap changes y by
    −3 for each pixel down, and by −2.5 for each pixel to the right.
    """
    given = Given("deformable_points")
    state = {
        "image": _bounded(given, "image", image, (SIDE, SIDE), -LARGEST, LARGEST),
        "kernel": _bounded(given, "kernel", kernel, (3, 3), -LARGEST, LARGEST),
        "offsets": _bounded(given, "offsets", offsets, (3, 3, 2), -REACH, REACH),
        "masks": _bounded(given, "masks", np.ones((3, 3)) if masks is None else masks, (3, 3), 0, 1),
        "tap": given.choice("tap", tap, TAPS),
    }
    numbers = _deform(state)
    i, j = divmod(TAPS.index(tap), 3)
    u, v = np.array(state["offsets"])[i, j] + (1 + i, 1 + j)
    down, right = numbers["grad_offsets"][i, j]
    return Figure(
        "deformable_points",
        "Taps that move",
        f"Tap {tap} reads x({number(u)}, {number(v)}) = {number(numbers['samples'][i, j])}; with all nine "
        f"taps, y = {number(numbers['output'])}. A step of this tap changes y by {number(down)} for each "
        f"pixel down, and by {number(right)} for each pixel to the right.",
        state,
        numbers,
        table(state["image"], "Input x")
        + table(state["kernel"], "Kernel w")
        + table(numbers["samples"], "What the taps read, z"),
        ("deformable_points_arithmetic.js", "deformable_points_drawing.js"),
    )


def _bounded(
    given: Given, name: str, values: ArrayLike, shape: tuple[int, ...], low: float, high: float
) -> Any:
    grid = given.grid(name, values, axes=len(shape))
    if np.shape(grid) != shape:
        raise given.refuse(f"{name} expects shape {shape}, got {np.shape(grid)}")
    least, most = float(np.min(grid)), float(np.max(grid))
    if least < low or most > high:
        outside = least if least < low else most
        raise given.refuse(f"{name} expects numbers from {low:g} to {high:g}, got {outside:g}")
    return grid


def _deform(state: dict[str, Any]) -> dict[str, Any]:
    """All numbers, by tents of width 1 over the rows and columns of an image with zeros around it."""
    x = np.pad(np.asarray(state["image"], dtype=float), 3)
    w, a = (np.asarray(state[key], dtype=float) for key in ("kernel", "masks"))
    places = np.asarray(state["offsets"], dtype=float) + np.moveaxis(np.indices((3, 3)), 0, -1) + 1
    low = np.floor(places)
    below = places - low
    lines = np.arange(-3, SIDE + 3)
    # For each tap and each row (or column): its share, and how the share grows as the point moves on.
    first, second = lines == low[..., None], lines == low[..., None] + 1
    share = first * (1 - below[..., None]) + second * below[..., None]
    grows = second * 1.0 - first
    rows, columns = share[:, :, 0], share[:, :, 1]

    def read(by_row: Any, by_column: Any) -> Any:
        return np.einsum("ijr,ijc,rc->ij", by_row, by_column, x)

    z = read(rows, columns)
    slopes = np.stack([read(grows[:, :, 0], columns), read(rows, grows[:, :, 1])], axis=-1)
    corners = np.stack([1 - below, below], axis=-1)
    return {
        "samples": z,
        "shares": np.einsum("ijp,ijq->ijpq", corners[:, :, 0], corners[:, :, 1]).reshape(3, 3, 4),
        "output": float((w * a * z).sum()),
        "grad_offsets": (w * a)[..., None] * slopes,
        "grad_masks": w * z,
        "grad_kernel": a * z,
        "grad_image": np.einsum("ij,ijr,ijc->rc", w * a, rows, columns)[3:-3, 3:-3],
    }
