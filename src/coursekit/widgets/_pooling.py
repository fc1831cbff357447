"""Pooling: one number for each window, and where its gradient goes."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import size, table
from coursekit.widgets._windows import windows

IMAGE = ((1, 3, 2, 1), (4, 2, 0, 5), (1, 1, 3, 0), (0, 2, 3, 1))
KINDS = ("max", "average")


@figure
def pooling_stepper(
    image: ArrayLike = IMAGE,
    kernel_size: int = 2,
    stride: int | None = None,
    kind: Literal["max", "average"] = "max",
    grad: ArrayLike | None = None,
) -> Figure:
    r"""Show the pooled value of each window, and where its gradient goes.

    .. math:: y_{r,c} = \max_{i,j} x_{r s + i,\, c s + j}
        \quad\text{or}\quad y_{r,c} = \frac{1}{k^2} \sum_{i,j} x_{r s + i,\, c s + j}

    Forward and backward stand side by side. The gradient of a maximum goes to the first largest pixel of the
    window, that of an average to all pixels in equal parts; where windows overlap, gradients add. Image and
    upstream gradient can be changed on the spot.

    Parameters
    ----------
    image
        Numbers, shape (H, W), each side at most 8.
    kernel_size
        Side of the square window, 1 to 4.
    stride
        Pixels from one window to the next, 1 to 4; by default ``kernel_size``.
    kind
        ``"max"`` or ``"average"``.
    grad
        Upstream gradient ∂L/∂y, shape (H', W'); by default 1, 2, 3 and so on, so that each can be followed.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the image or gradient is not a grid of finite numbers of the right size, a setting is outside its
        limits, or no window fits.

    Examples
    --------
    >>> pooling_stepper()
    The maximum of each 2 × 2 window of a 4 × 4 image (stride 2), and the pixels that its gradient goes to.
    """
    given = Given("pooling_stepper")
    pixels = given.grid("image", image, largest=8)
    side = given.count("kernel_size", kernel_size, 1, 4)
    step = given.count("stride", side if stride is None else stride, 1, 4)
    given.choice("kind", kind, KINDS)
    cut = windows(given, pixels, (side, side), step)
    rows, columns = cut.shape[:2]
    upstream = given.grid(
        "grad", 1 + np.arange(rows * columns).reshape(rows, columns) if grad is None else grad
    )
    if np.shape(upstream) != (rows, columns):
        raise given.refuse(
            f"grad expects the shape of the output, ({rows}, {columns}), got {np.shape(upstream)}"
        )
    flat = cut.reshape(rows, columns, -1)
    first = flat.argmax(axis=-1)
    downstream = np.zeros(np.shape(pixels))
    for r, c in np.ndindex(rows, columns):
        window = downstream[r * step : r * step + side, c * step : c * step + side]
        if kind == "max":
            window[divmod(int(first[r, c]), side)] += upstream[r][c]
        else:
            window += upstream[r][c] / side**2
    output = flat.max(axis=-1) if kind == "max" else flat.mean(axis=-1)
    state = {"image": pixels, "kernel_size": side, "stride": step, "kind": kind, "grad": upstream}
    goes = "the pixels that its gradient goes to" if kind == "max" else "the shares of its gradient"
    return Figure(
        "pooling_stepper",
        "Pooling, forward and backward",
        f"The {'maximum' if kind == 'max' else 'average'} of each {side} × {side} window of a {size(pixels)} "
        f"image (stride {step}), and {goes}.",
        state,
        {"output": output, "downstream": downstream},
        table(pixels, "Input x")
        + table(output, "Output y")
        + table(upstream, "Upstream gradient ∂L/∂y")
        + table(downstream, "Gradient ∂L/∂x"),
        ("windows.js", "pooling_stepper_arithmetic.js"),
    )
