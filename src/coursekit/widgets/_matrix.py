"""A convolution as one sparse matrix with tied weights."""

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import size, table
from coursekit.widgets._windows import windows

IMAGE = ((1, 2, 0), (0, 1, 3), (2, 1, 1))
KERNEL = ((1, 2), (3, 4))
SIDE = 5


@figure
def matrix_stepper(
    image: ArrayLike = IMAGE, kernel: ArrayLike = KERNEL, stride: int = 1, padding: int = 0
) -> Figure:
    r"""Show a convolution as a sparse matrix, and which window belongs to which row.

    .. math:: y = M x, \qquad M_{r W' + c,\; u W + v} = w_{u - r s + p,\; v - c s + p}

    The reader points at an output pixel and sees its row of the matrix and its window; at an input pixel and
    sees its column and the outputs that it feeds (the transpose); at a weight and sees all of its copies; or
    at any entry of the matrix. Image and kernel can be changed on the spot.

    Parameters
    ----------
    image
        Numbers, shape (H, W), each side at most 5.
    kernel
        Numbers, shape (k_h, k_w), each side at most 5.
    stride
        Pixels from one window to the next, 1 to 3.
    padding
        Rows and columns of zeros on each side, at most 2; they need no columns of their own.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the image or kernel is not a grid of finite numbers of a readable size, a setting is outside its
        limits, no window fits, or there are more than 25 outputs.

    Examples
    --------
    >>> matrix_stepper()
    A 2 × 2 kernel on a 3 × 3 image is a 4 × 9 matrix: 16 of its 36 entries hold a weight of the kernel.
    """
    given = Given("matrix_stepper")
    pixels, taps = given.grid("image", image, largest=SIDE), given.grid("kernel", kernel, largest=SIDE)
    state = {
        "image": pixels,
        "kernel": taps,
        "stride": given.count("stride", stride, 1, 3),
        "padding": given.count("padding", padding, 0, 2),
    }
    height, width = np.shape(pixels)
    shape = (len(taps), len(taps[0]))
    sources = windows(given, 1 + np.arange(height * width).reshape(height, width), shape, stride, padding)
    outputs = sources.shape[0] * sources.shape[1]
    if outputs > SIDE**2:
        raise given.refuse(f"too many outputs to draw: {outputs}, at most {SIDE**2}")
    tap = np.full((outputs, height * width + 1), -1)
    tap[np.arange(outputs)[:, None], sources.reshape(outputs, -1).astype(int)] = np.arange(np.size(taps))
    tap = tap[:, 1:]  # column 0 stood for the padding
    matrix = np.where(tap < 0, 0.0, np.append(np.ravel(taps), 0.0)[tap])
    output = (matrix @ np.ravel(pixels)).reshape(sources.shape[:2])
    return Figure(
        "matrix_stepper",
        "A convolution as a matrix",
        f"A {size(taps)} kernel on a {size(pixels)} image is a {size(matrix)} matrix: "
        f"{int((tap >= 0).sum())} of its {matrix.size} entries hold a weight of the kernel.",
        state,
        {"tap": tap, "matrix": matrix, "output": output},
        table(pixels, "Image x")
        + table(taps, "Kernel w")
        + table(output, "Output y")
        + table(matrix, "Matrix M"),
        ("windows.js", "matrix_stepper_arithmetic.js"),
    )
