"""Partial convolutions over a picture with holes, layer by layer, beside ordinary ones with zeros there."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import size, table
from coursekit.widgets._windows import correlate, windows

Array = NDArray[np.float64]

SIDE, SMALLEST, LARGEST, LAYERS = 9, 3, 999, 5
BRUSHES = ("only look", "make a hole", "make it known")


@figure
def partial_mask(
    image: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    bias: float = 0,
    *,
    layer: int = 1,
    brush: str = "only look",
) -> Figure:
    r"""Show what layers of 3 × 3 partial convolutions make of a picture with holes.

    .. math::

        y = \begin{cases} \dfrac{9}{\sum m} \displaystyle\sum w\, m\, x + b & \text{if } \sum m > 0 \\
        0 & \text{otherwise} \end{cases}
        \qquad\qquad m' = \begin{cases} 1 & \text{if } \sum m > 0 \\ 0 & \text{otherwise} \end{cases}

    All layers have the same kernel and bias, and padding 1; beyond the border nothing is known. The reader
    paints holes, by mouse, finger or keyboard, goes from layer to layer, and opens the window of an output.
    Beside it stands what as many ordinary convolutions make of the picture with zeros in the holes.

    Parameters
    ----------
    image
        Numbers from −999 to 999, shape (H, W), each side 3 to 9; a constant 9 by default: with equal
        weights an ordinary output then counts what its window knows.
    mask
        In the shape of ``image``: 1 where a pixel is known, 0 in a hole. By default a hole of 5 × 5 pixels
        in the middle of 9 × 9.
    kernel
        Numbers from −9 to 9, shape (3, 3); nine equal weights with the sum 1 by default.
    bias
        A number from −9 to 9.
    layer
        The layer that is shown, 1 to 5.
    brush
        What a click or a tap does to a pixel: ``"only look"``, ``"make a hole"`` or ``"make it known"``.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If image, mask or kernel is no grid of the right size, the mask holds anything but 0 and 1, or a
        setting is outside its limits.

    Examples
    --------
    >>> partial_mask()
    A 9 × 9 picture with 25 pixels in holes. After layer 1 of partial convolutions 9 of them are left.
    """
    given = Given("partial_mask")
    pixels = given.grid("image", np.full((SIDE, SIDE), 9) if image is None else image, largest=SIDE)
    rows, columns = np.shape(pixels)
    if min(rows, columns) < SMALLEST:
        raise given.refuse(
            f"image expects at least {SMALLEST} rows and columns, got shape ({rows}, {columns})"
        )
    _within(given, "image", pixels, LARGEST)
    known = given.grid("mask", _square(rows, columns) if mask is None else mask, largest=SIDE)
    if np.shape(known) != (rows, columns):
        raise given.refuse(f"mask expects the shape of image, ({rows}, {columns}), got {np.shape(known)}")
    if not np.isin(known, (0, 1)).all():
        raise given.refuse("mask expects 1 where a pixel is known and 0 in a hole, nothing else")
    weights = given.grid("kernel", np.full((3, 3), 1 / 9) if kernel is None else kernel)
    if np.shape(weights) != (3, 3):
        raise given.refuse(f"kernel expects the shape (3, 3), got {np.shape(weights)}")
    _within(given, "kernel", weights, 9)
    added = given.real("bias", bias, -9, 9)
    shown = given.count("layer", layer, 1, LAYERS)
    given.choice("brush", brush, BRUSHES)

    before, before_mask = np.asarray(pixels, dtype=float), np.asarray(known, dtype=float)
    ordinary = before * before_mask
    holes = [int((before_mask == 0).sum())]
    left = before_mask
    for _ in range(LAYERS):
        left = _layer(given, before, left, weights, added)["after"]
        holes.append(int((left == 0).sum()))
    for _ in range(shown - 1):
        found = _layer(given, before, before_mask, weights, added)
        before, before_mask = found["partial"], found["after"]
    for _ in range(shown):
        ordinary = correlate(given, ordinary, weights, padding=1) + added
    numbers: dict[str, Any] = {
        "before": before,
        "before_mask": before_mask,
        **_layer(given, before, before_mask, weights, added),
        "ordinary": ordinary,
        "holes": holes,
    }
    state = {"image": pixels, "mask": known, "kernel": weights, "bias": added, "layer": shown, "brush": brush}
    name = f"after layer {shown}"
    return Figure(
        "partial_mask",
        "Holes close, layer by layer",
        f"A {size(pixels)} picture with {holes[0]} pixels in holes. After layer {shown} of partial "
        f"convolutions {holes[shown]} of them are left.",
        state,
        numbers,
        table(_seen(before, before_mask), "Picture x" if shown == 1 else f"After layer {shown - 1}")
        + table(weights, "Kernel w")
        + table(numbers["partial"], f"Partial, {name}")
        + table(ordinary, f"Ordinary, {name}"),
        ("windows.js", "brief.js", "partial_mask_arithmetic.js"),
    )


def _square(rows: int, columns: int) -> Array:
    """All known but a square hole of 5 × 5 in the middle, or what of it leaves a border."""
    mask = np.ones((rows, columns))
    high, wide = (min(5, side - 2) for side in (rows, columns))
    top, left = (rows - high) // 2, (columns - wide) // 2
    mask[top : top + high, left : left + wide] = 0
    return mask


def _within(given: Given, name: str, values: Any, most: float) -> None:
    if (largest := float(np.abs(values).max())) > most:
        raise given.refuse(f"{name} expects numbers from −{most:g} to {most:g}, got {largest:g}")


def _layer(given: Given, image: Array, mask: Array, kernel: Any, bias: float) -> dict[str, Array]:
    """Count what the windows know, and compute what a partial convolution makes of it."""
    known = windows(given, mask, (3, 3), padding=1).sum(axis=(2, 3))
    after = np.where(known > 0, 1.0, 0.0)
    ratio = after * 9 / np.maximum(known, 1)
    sums = correlate(given, image * mask, kernel, padding=1)
    return {
        "known": known,
        "ratio": ratio,
        "sum": sums,
        "partial": ratio * sums + bias * after,
        "after": after,
    }


def _seen(values: Array, mask: Array) -> NDArray[Any]:
    """Put question marks into the holes of a grid."""
    shown = values.astype(object)
    shown[mask == 0] = "?"
    return shown
