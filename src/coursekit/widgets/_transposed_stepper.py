"""Transposed convolution of one row: kernels laid down and added, or zeros put in between."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table

X, KERNEL = (2, -1, 3), (1, 3, 2)
VIEWS = ("painting", "zeros in between")


@figure
def transposed_stepper(
    x: ArrayLike = X,
    kernel: ArrayLike = KERNEL,
    *,
    stride: int = 2,
    padding: int = 0,
    output_padding: int = 0,
    view: Literal["painting", "zeros in between"] = "painting",
) -> Figure:
    r"""Show a transposed convolution of one row in two views, and how many inputs reach each output.

    .. math:: y_{u s + i - p} \mathrel{+}= w_i\, x_u \quad\text{for all } u, i, \qquad
        H' = (H - 1)\, s + k - 2p + q

    In the first view the reader goes from input to input: each lays its multiple of the kernel down, and what
    overlaps is added. In the second, zeros are put between the inputs and around them, and the turned kernel
    slides over the row, output by output. Below stands how many inputs reach each output, in shades: in the
    row, and in the plane, where it is the product of two such numbers.

    Parameters
    ----------
    x
        Inputs, shape (H,), 1 to 6 numbers.
    kernel
        Taps, shape (k,), 1 to 6 numbers.
    stride
        Places s from one input to the next, 1 to 4.
    padding
        Numbers p that are cut off at each end, at most 3.
    output_padding
        Numbers q more at the end, smaller than ``stride``.
    view
        ``"painting"`` or ``"zeros in between"``: what is shown before the reader changes it.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the inputs or the kernel are no row of finite numbers, a setting is outside its limits, or padding
        leaves nothing.

    Examples
    --------
    >>> transposed_stepper(kernel=[1, 1, 1, 1])
    3 inputs lay a kernel of 4 down, 2 places apart: 8 outputs. Away from the border, 2 inputs reach each.
    """
    given = Given("transposed_stepper")
    inputs, taps = given.grid("x", x, axes=1, largest=6), given.grid("kernel", kernel, axes=1, largest=6)
    s, p = given.count("stride", stride, 1, 4), given.count("padding", padding, 0, 3)
    q = given.count("output_padding", output_padding, 0, 3)
    if q >= s:
        raise given.refuse(f"output_padding expects less than the stride, {s}, got {q}")
    given.choice("view", view, VIEWS)
    painted = np.multiply.outer(np.asarray(inputs, dtype=float), np.asarray(taps, dtype=float))
    k, places = len(taps), (len(inputs) - 1) * s + len(taps)
    size = places - 2 * p + q
    if size < 1:
        raise given.refuse(f"nothing is left: of {places} painted numbers, padding cuts off {2 * p}")
    sums, reached = np.zeros(max(places, p + size)), np.zeros(max(places, p + size), dtype=int)
    for u, picture in enumerate(painted):
        sums[u * s : u * s + k] += picture
        reached[u * s : u * s + k] += 1
    output, counts = sums[p : p + size], reached[p : p + size]
    # The other view, on a frame that is wide enough for any padding; the window of the first output is found.
    spread = np.zeros(2 * (k + p) + q + places)
    spread[k + p : k + p + (len(inputs) - 1) * s + 1 : s] = inputs
    slid = np.correlate(spread, np.asarray(taps, dtype=float)[::-1])[2 * p + 1 : 2 * p + 1 + size]
    few, many = k // s, -(-k // s)
    told = f"{few} inputs reach" if few > 1 else f"{few} input reaches"
    each = told if few == many else f"{few} or {many} inputs reach"
    rows = [["" if np.isnan(value) else number(value) for value in row] for row in _laid(painted, s)]
    return Figure(
        "transposed_stepper",
        "Transposed convolution",
        f"{len(inputs)} input{'s lay' if len(inputs) > 1 else ' lays'} a kernel of {k} down, {s} "
        f"place{'s' * (s > 1)} apart: {size} output{'s' * (size > 1)}. "
        f"Away from the border, {each} each.",
        {"x": inputs, "kernel": taps, "stride": s, "padding": p, "output_padding": q, "view": view},
        {"output": output, "slid": slid, "counts": counts, "plane": np.outer(counts, counts)},
        table([inputs], "Input x")
        + table([taps], "Kernel w")
        + table(rows, "What each input lays down")
        + table([output, counts], "Output y, and how many inputs reach each"),
        (
            "windows.js",
            "transposed_stepper.css",
            "transposed_stepper_arithmetic.js",
            "transposed_stepper_words.js",
        ),
    )


def _laid(painted: np.ndarray, stride: int) -> np.ndarray:
    """Put each picture at its places, in a row of its own; what it leaves out is not a number."""
    inputs, taps = painted.shape
    rows = np.full((inputs, (inputs - 1) * stride + taps), np.nan)
    for u, picture in enumerate(painted):
        rows[u, u * stride : u * stride + taps] = picture
    return rows
