"""Convolution as its definition reads: seven loops. Slow; here to be read and to check the fast one."""

from __future__ import annotations

from itertools import product

from convnet._arguments import IntOrPair, floating, given, layout, shape_of
from convnet._array import Array, zeros
from convnet._engine.convolution_arguments import check_channels, spatial_axes


def conv2d_naive(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair | str = 0,
    dilation: IntOrPair = 1,
) -> Array:
    r"""Slide kernels over images, one output pixel and one product at a time.

    .. math::

        y_{n f r c} = b_f + \sum_{k, i, j} w_{f k i j}\; x_{n,\, k,\, r s + i d - p,\, c s + j d - p}

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    weight : Array, shape (F, C, kh, kw)
        Kernels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    stride, padding, dilation : int or pair of int
        As in `conv2d_forward`, with zero padding.

    Returns
    -------
    Array, shape (N, F, H', W')
        Maps, equal to those of `conv2d_forward`.

    Raises
    ------
    ValueError
        As in `conv2d_forward`.

    Notes
    -----
    Source: as `conv2d_forward`.

    Examples
    --------
    >>> import numpy as np
    >>> x, weight = np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))
    >>> conv2d_naive(x, weight)
    array([[[[4., 4.],
             [4., 4.]]]])
    """
    name = "conv2d_naive"
    floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, "N, C, H, W")
    layout(name, "weight", weight, "F, C, kh, kw")
    check_channels(name, x, weight, bias, groups=1)
    rows, columns = spatial_axes(name, x, weight, stride, padding, dilation)
    batch, channels, height, width = shape_of(x)
    filters, _, kernel_height, kernel_width = shape_of(weight)

    out = zeros((batch, filters, rows.outputs, columns.outputs), x)
    for n, f, r, c in product(range(batch), range(filters), range(rows.outputs), range(columns.outputs)):
        total = out[n, f, r, c] if bias is None else bias[f]
        for k, i, j in product(range(channels), range(kernel_height), range(kernel_width)):
            row = r * rows.stride + i * rows.dilation - rows.before
            column = c * columns.stride + j * columns.dilation - columns.before
            if 0 <= row < height and 0 <= column < width:  # the padding holds zeros
                total = total + weight[f, k, i, j] * x[n, k, row, column]
        out[n, f, r, c] = total
    return out
