"""A convolution layer written out as one matrix."""

from __future__ import annotations

from collections.abc import Sequence

from convnet._arguments import IntOrPair, floating, integers, layout, pair, sequence, shape_of
from convnet._array import Array, zeros
from convnet._engine.windows import Axis


def conv2d_matrix(
    weight: Array, x_shape: Sequence[int], stride: IntOrPair = 1, padding: IntOrPair = 0
) -> Array:
    r"""Return the matrix that does to a flattened image what the convolution does to the image.

    .. math:: \operatorname{vec}(y) = M \operatorname{vec}(x)

    Each row belongs to one output pixel and holds the same kernel weights as every other row of its map,
    elsewhere: the matrix is sparse and its weights are tied.

    Parameters
    ----------
    weight : Array, shape (F, C, kh, kw)
        Kernels.
    x_shape : (C, H, W) or (N, C, H, W)
        Shape of the image; N makes no difference.
    stride, padding : int or pair of int
        As in `conv2d_forward`, with zero padding.

    Returns
    -------
    Array, shape (F · H' · W', C · H · W)
        The dense matrix.

    Raises
    ------
    ValueError
        When the channels do not agree or the kernel does not fit the padded image.

    Notes
    -----
    Source: Michigan, CNN overview: nine pixels, four outputs, a 4×9 matrix.

    Plain version: `convnet.plain.conv2d_matrix`.

    Examples
    --------
    >>> import numpy as np
    >>> conv2d_matrix(np.asarray([[[[1.0, 2], [3, 4]]]]), x_shape=(1, 3, 3)).astype(int)
    array([[1, 2, 0, 3, 4, 0, 0, 0, 0],
           [0, 1, 2, 0, 3, 4, 0, 0, 0],
           [0, 0, 0, 1, 2, 0, 3, 4, 0],
           [0, 0, 0, 0, 1, 2, 0, 3, 4]])
    """
    name = "conv2d_matrix"
    xp = floating(name, weight=weight)
    layout(name, "weight", weight, "F, C, kh, kw")
    sizes = sequence(name, "x_shape", x_shape, "(C, H, W) or (N, C, H, W)")
    channels, height, width = integers(name, "x_shape", sizes, 4 if len(sizes) == 4 else 3, 1)[-3:]
    filters, expected, *kernels = shape_of(weight)
    shapes = f"(x_shape: {sizes}, weight: {shape_of(weight)})"
    if channels != expected:
        raise ValueError(f"{name}: weight expects {expected} input channels, x_shape has {channels} {shapes}")
    steps, sides = pair(name, "stride", stride, 1), pair(name, "padding", padding, 0)
    rows, columns = (
        Axis(size, kernel, step, side, side)
        for size, kernel, step, side in zip((height, width), kernels, steps, sides, strict=True)
    )
    if min(rows.outputs, columns.outputs, rows.kernel, columns.kernel) < 1:
        raise ValueError(f"{name}: the kernel does not fit the padded image, padding={padding!r} {shapes}")
    matrix = zeros((filters, rows.outputs, columns.outputs, channels, height, width), weight)
    for r in range(rows.outputs):
        top = r * rows.stride - rows.before
        tap_rows, pixel_rows = _visible(top, rows)
        for c in range(columns.outputs):
            left = c * columns.stride - columns.before
            tap_columns, pixel_columns = _visible(left, columns)
            matrix[:, r, c, :, pixel_rows, pixel_columns] = weight[:, :, tap_rows, tap_columns]
    out: Array = xp.reshape(matrix, (filters * rows.outputs * columns.outputs, channels * height * width))
    return out


def _visible(start: int, axis: Axis) -> tuple[slice, slice]:
    """Return the taps of a window at `start` that lie inside the image, and the pixels under them."""
    first, stop = max(0, start), min(axis.size, start + axis.kernel)
    if stop <= first:  # the window lies wholly in the padding
        return slice(0, 0), slice(0, 0)
    return slice(first - start, stop - start), slice(first, stop)
