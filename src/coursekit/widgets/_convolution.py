"""One kernel on one small image, one output pixel at a time."""

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, size, table
from coursekit.widgets._windows import correlate

IMAGE = ((3, 3, 2, 1, 0), (0, 0, 1, 3, 1), (3, 1, 2, 2, 3), (2, 0, 0, 2, 2), (2, 0, 0, 0, 1))
KERNEL = ((0, 1, 2), (2, 2, 0), (0, 1, 2))


@figure
def convolution_stepper(
    image: ArrayLike = IMAGE,
    kernel: ArrayLike = KERNEL,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    *,
    flip: bool = False,
    bias: float = 0,
) -> Figure:
    r"""Show how each output pixel of a convolution comes about.

    .. math:: y_{r,c} = b + \sum_{i,j} x_{r s + i d - p,\; c s + j d - p}\, w_{i,j}

    The reader points at an output pixel, or walks with the arrow keys: its window lights up in the input, the
    products are written out, and their sum is shown and read aloud. Image, kernel, stride, padding (with
    zeros), dilation and a bias that is not 0 can be changed on the spot.

    Parameters
    ----------
    image
        Numbers, shape (H, W), each side at most 12. By default a 5 × 5 example.
    kernel
        Numbers, shape (k_h, k_w), each side at most 12. By default a 3 × 3 example.
    stride
        Pixels from one window to the next, 1 to 4.
    padding
        Rows and columns of zeros on each side, at most 3.
    dilation
        Pixels from one tap of the kernel to the next, 1 to 3.
    flip
        Turn the kernel by 180° first: true convolution instead of cross-correlation.
    bias
        Added to every output.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the image or kernel is not a grid of finite numbers of a readable size, a setting is outside its
        limits, or no window fits.

    Examples
    --------
    >>> convolution_stepper(stride=2)
    A 3 × 3 kernel moves over a 5 × 5 image (stride 2, padding 0, dilation 1) and gives 2 × 2 numbers.
    """
    given = Given("convolution_stepper")
    pixels, taps = (
        given.grid("image", IMAGE if image is None else image),
        given.grid("kernel", KERNEL if kernel is None else kernel),
    )
    state = {
        "image": pixels,
        "kernel": taps,
        "stride": given.count("stride", stride, 1, 4),
        "padding": given.count("padding", padding, 0, 3),
        "dilation": given.count("dilation", dilation, 1, 3),
        "flip": bool(flip),
        "bias": given.real("bias", bias),
    }
    used = np.asarray(taps)[::-1, ::-1] if flip else taps
    output = correlate(given, pixels, used, stride=stride, padding=padding, dilation=dilation) + bias
    plus = f" plus {number(bias)}" if bias else ""
    return Figure(
        "convolution_stepper",
        "Convolution, step by step",
        f"A {size(taps)} kernel moves over a {size(pixels)} image (stride {stride}, padding {padding}, "
        f"dilation {dilation}) and gives {size(output)} numbers{plus}.",
        state,
        {"output": output},
        table(pixels, "Input x") + table(taps, "Kernel w") + table(output, "Output y"),
        ("windows.js", "convolution_stepper_arithmetic.js"),
    )
