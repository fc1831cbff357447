"""Interactive figures: plain HTML and script, without a kernel, a server or another host.

A figure is an object with ``_repr_html_``. The same string lives in the published book, in Jupyter and in
Colab. Its script stands readable in ``coursekit/_widgets``.
"""

import html
import json

import numpy as np
from numpy.typing import ArrayLike

from coursekit._markup import asset

IMAGE = ((3, 3, 2, 1, 0), (0, 0, 1, 3, 1), (3, 1, 2, 2, 3), (2, 0, 0, 2, 2), (2, 0, 0, 0, 1))
KERNEL = ((0, 1, 2), (2, 2, 0), (0, 1, 2))
LARGEST = 12
"""More rows or columns than this are too small to read on a phone."""


class ConvolutionStepper:
    """A small picture, a kernel and their output; see `convolution_stepper`.

    Parameters
    ----------
    image, kernel
        Rows of numbers.
    stride, padding, dilation
        Where the controls start.
    flip
        Whether the kernel is turned by 180° first.
    """

    def __init__(
        self, image: ArrayLike, kernel: ArrayLike, stride: int, padding: int, dilation: int, flip: bool
    ) -> None:
        self.image = _grid("image", image)
        self.kernel = _grid("kernel", kernel)
        self.stride = _count("stride", stride, 1)
        self.padding = _count("padding", padding, 0)
        self.dilation = _count("dilation", dilation, 1)
        self.flip = bool(flip)

    def __repr__(self) -> str:
        image, kernel = (" × ".join(map(str, np.shape(grid))) for grid in (self.image, self.kernel))
        return (
            f"convolution stepper: input {image}, kernel {kernel}, stride {self.stride}, "
            f"padding {self.padding}, dilation {self.dilation}"
        )

    def _repr_html_(self) -> str:
        config = html.escape(json.dumps(vars(self)))
        script = asset("stepper_arithmetic.js") + asset("stepper.js")
        return (
            f"<style>{asset('stepper.css')}</style>"
            '<div class="ck-step" data-coursekit="stepper" role="group" '
            f'aria-label="Convolution, step by step" data-config="{config}">'
            f"{html.escape(repr(self))}. This figure needs JavaScript.</div>"
            f"<script>{{\n{script}}}</script>"
        )


def convolution_stepper(
    image: ArrayLike | None = None,
    kernel: ArrayLike | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    *,
    flip: bool = False,
) -> ConvolutionStepper:
    r"""Show how each output pixel of a convolution comes about.

    .. math:: y_{r,c} = \sum_{i,j} x_{r s + i d - p,\; c s + j d - p}\, k_{i,j}

    The reader points at an output pixel, or walks with the arrow keys: its window lights up in the input, the
    products are written out, and their sum is shown and read aloud. Kernel, stride, padding (with zeros) and
    dilation can be changed on the spot.

    Parameters
    ----------
    image
        Numbers, shape (H, W), each side at most 12. By default the 5 × 5 example of the lecture.
    kernel
        Numbers, shape (k_h, k_w), each side at most 12. By default the 3 × 3 example of the lecture.
    stride
        Pixels between neighbouring windows, at least 1.
    padding
        Rows and columns of zeros on each side.
    dilation
        Pixels between neighbouring taps of the kernel, at least 1.
    flip
        Turn the kernel by 180° first: true convolution instead of cross-correlation.

    Returns
    -------
    ConvolutionStepper
        An object that a notebook cell and a chapter show as a figure.

    Raises
    ------
    ValueError
        If the image or kernel is not a grid of finite numbers of a readable size, or a setting is too small.

    Examples
    --------
    >>> convolution_stepper(stride=2)
    convolution stepper: input 5 × 5, kernel 3 × 3, stride 2, padding 0, dilation 1
    """
    chosen_image = IMAGE if image is None else image
    chosen_kernel = KERNEL if kernel is None else kernel
    return ConvolutionStepper(chosen_image, chosen_kernel, stride, padding, dilation, flip)


def _grid(name: str, values: ArrayLike) -> list[list[float]]:
    """Rows of plain numbers; whole numbers become integers, which read better."""
    array = np.asarray(values, dtype=float)
    if array.ndim != 2 or not 1 <= min(array.shape) <= max(array.shape) <= LARGEST:
        raise ValueError(
            f"convolution_stepper: {name} expects 1 to {LARGEST} rows and columns, got shape {array.shape}"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"convolution_stepper: {name} expects finite numbers, got {array.tolist()}")
    return [[int(value) if value.is_integer() else value for value in row] for row in array.tolist()]


def _count(name: str, value: int, smallest: int) -> int:
    if int(value) != value or value < smallest:
        raise ValueError(
            f"convolution_stepper: {name} expects a whole number of at least {smallest}, got {value}"
        )
    return int(value)
