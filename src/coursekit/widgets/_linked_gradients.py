"""A convolution forward and backward: the products behind every derivative."""

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, size, table
from coursekit.widgets._windows import windows

IMAGE = ((1, 3, 0, 2), (2, 1, 4, 1), (0, 2, 3, 5), (3, 1, 2, 0))
KERNEL = ((2, -1), (3, 1))
PLACES = ("weight", "pixel", "output")


@figure
def linked_gradients(
    image: ArrayLike = IMAGE,
    kernel: ArrayLike = KERNEL,
    grad: ArrayLike | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    point_at: str = "weight",
) -> Figure:
    r"""Show which products make the derivative of a convolution by a weight, and by a pixel.

    .. math::

        \frac{\partial L}{\partial w_{i,j}} = \sum_{r,c} x_{r s + i d - p,\; c s + j d - p}\,
        \frac{\partial L}{\partial y_{r,c}}, \qquad
        \frac{\partial L}{\partial x_{u,v}} = \sum \frac{\partial L}{\partial y_{r,c}}\, w_{i,j}
        \text{ over } r s + i d - p = u,\; c s + j d - p = v

    The reader points at a weight, a pixel or an output. For a weight, the pixels that it met are marked, each
    with the upstream gradient that it is multiplied by; for a pixel, the outputs that read it, each with its
    weight; for an output, its window and what it hands back. Beside each derivative stands a finite
    difference of :math:`L = \sum y_{r,c}\, \partial L / \partial y_{r,c}`. All three grids that are given can
    be typed in, and stride, padding and dilation have sliders.

    Parameters
    ----------
    image
        Numbers, shape (H, W), each side at most 8. By default a 4 × 4 example.
    kernel
        Numbers, shape (k_h, k_w), each side at most 5. By default a 2 × 2 example.
    grad
        Upstream gradient ∂L/∂y, shape (H', W'); by default 1, 2, 3 and so on, so that each can be followed.
    stride
        Pixels from one window to the next, 1 to 4.
    padding
        Rows and columns of zeros on each side, at most 3.
    dilation
        Pixels from one tap of the kernel to the next, 1 to 3.
    point_at
        ``"weight"``, ``"pixel"`` or ``"output"``: what is pointed at before the reader does.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the image, kernel or gradient is not a grid of finite numbers of the right size, a setting is
        outside its limits, or no window fits.

    Examples
    --------
    >>> linked_gradients([[1, 2, 3]], [[10, 20]])
    A 1 × 2 kernel on a 1 × 3 image (stride 1, padding 0, dilation 1), and the derivative of a loss by each of
    its 2 weights and 3 pixels.
    """
    given = Given("linked_gradients")
    pixels, taps = given.grid("image", image, largest=8), given.grid("kernel", kernel, largest=5)
    settings = {
        "stride": given.count("stride", stride, 1, 4),
        "padding": given.count("padding", padding, 0, 3),
        "dilation": given.count("dilation", dilation, 1, 3),
    }
    given.choice("point_at", point_at, PLACES)
    weight = np.asarray(taps, dtype=float)
    k_h, k_w = weight.shape
    cut = windows(given, pixels, (k_h, k_w), **settings)
    rows, columns = cut.shape[:2]
    upstream = given.grid(
        "grad",
        1 + np.arange(rows * columns).reshape(rows, columns) if grad is None else grad,
        largest=14,
    )
    if np.shape(upstream) != (rows, columns):
        raise given.refuse(
            f"grad expects the shape of the output, ({rows}, {columns}), got {np.shape(upstream)}"
        )
    g = np.asarray(upstream, dtype=float)
    output = np.einsum("rcij,ij->rc", cut, weight)
    grad_w = np.einsum("rcij,rc->ij", cut, g)
    grad_x = np.pad(np.zeros(np.shape(pixels)), padding)
    for r, c in np.ndindex(rows, columns):
        down = slice(r * stride, r * stride + dilation * (k_h - 1) + 1, dilation)
        across = slice(c * stride, c * stride + dilation * (k_w - 1) + 1, dilation)
        grad_x[down, across] += g[r, c] * weight
    height, width = np.shape(pixels)
    grad_x = grad_x[padding : padding + height, padding : padding + width]
    return Figure(
        "linked_gradients",
        "Convolution, forward and backward",
        f"A {size(taps)} kernel on a {size(pixels)} image (stride {stride}, padding {padding}, dilation "
        f"{dilation}), and the derivative of a loss by each of its {number(weight.size)} weights and "
        f"{number(grad_x.size)} pixels.",
        {"image": pixels, "kernel": taps, "grad": upstream, **settings, "point_at": point_at},
        {"output": output, "grad_x": grad_x, "grad_w": grad_w, "loss": float((g * output).sum())},
        table(pixels, "Input x")
        + table(taps, "Kernel w")
        + table(output, "Output y")
        + table(grad_x, "Gradient ∂L/∂x")
        + table(grad_w, "Gradient ∂L/∂w")
        + table(upstream, "Upstream ∂L/∂y"),
        ("windows.js", "linked_gradients_arithmetic.js"),
    )
