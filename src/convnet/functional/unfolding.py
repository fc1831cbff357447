"""Unfolding (im2col): the pixels under each window as one column, and its adjoint, folding."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, layout, pair, shape_of, upstream
from convnet._array import Array, add_at, narrow, wide, zeros
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class UnfoldCache:
    """What `unfold_backward` needs of the forward pass."""

    x: Array
    rows: Axis
    columns: Axis


def unfold_forward(
    x: Array,
    kernel_size: IntOrPair,
    dilation: IntOrPair = 1,
    padding: IntOrPair = 0,
    stride: IntOrPair = 1,
) -> tuple[Array, UnfoldCache]:
    r"""Lay the patch under each window out as one column.

    .. math:: u_{n,\, (m i j),\, (r c)} = x_{n,\, m,\, r s + i d - p,\, c s + j d - p}

    A convolution is then one matrix product: `weight.reshape(F, C · kh · kw) @ columns`.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    kernel_size : int or pair of int
        Height and width of the window, in pixels.
    dilation, padding, stride : int or pair of int
        As in `conv2d_forward`; their order is torch's.

    Returns
    -------
    out : Array, shape (N, C · kh · kw, H' · W')
        One column for each output pixel; channels outermost, then the rows of the window, then its columns.
    cache : UnfoldCache
        For `unfold_backward`.

    Raises
    ------
    ValueError
        When the window does not fit the padded image, or an option is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture (vectorization).

    Plain version: `convnet.plain.unfold`.

    Examples
    --------
    >>> import numpy as np
    >>> unfold_forward(np.asarray([[[[1.0, 2, 3], [4, 5, 6]]]]), kernel_size=2)[0]
    array([[[1., 2.],
            [2., 3.],
            [4., 5.],
            [5., 6.]]])
    """
    xp = floating("unfold", x=x)
    layout("unfold", "x", x, "N, C, H, W")
    kernels, spreads = pair("unfold", "kernel_size", kernel_size, 1), pair("unfold", "dilation", dilation, 1)
    sides, steps = pair("unfold", "padding", padding, 0), pair("unfold", "stride", stride, 1)
    batch, channels, *sizes = shape_of(x)
    rows, columns = (
        Axis(size, kernel, step, side, side, spread)
        for size, kernel, step, side, spread in zip(sizes, kernels, steps, sides, spreads, strict=True)
    )
    if min(channels, rows.size, columns.size, rows.outputs, columns.outputs) < 1:
        raise ValueError(
            f"unfold: a window of {(rows.reach + 1, columns.reach + 1)} pixels does not fit the padded input "
            f"(x: {shape_of(x)}, kernel_size={kernel_size!r}, padding={padding!r}, dilation={dilation!r})"
        )
    patches = zeros((batch, channels, rows.kernel, columns.kernel, rows.outputs, columns.outputs), x)
    for i, row in enumerate(rows.taps()):
        for j, column in enumerate(columns.taps()):
            patches[:, :, i, j, row.outputs, column.outputs] = x[:, :, row.inputs, column.inputs]
    cache = UnfoldCache(x, rows, columns)
    return xp.reshape(patches, _columns_shape(cache)), cache


def unfold_backward(grad_out: Array, cache: UnfoldCache) -> Array:
    r"""Return the gradient of `unfold_forward`: fold, adding up all copies of each pixel.

    .. math::

        \frac{\partial L}{\partial x_{n m u v}} = \sum_{i, j, r, c} g_{n,\, (m i j),\, (r c)}
        \quad\text{where } r s + i d - p = u \text{ and } c s + j d - p = v

    Parameters
    ----------
    grad_out : Array, shape (N, C · kh · kw, H' · W')
        Upstream gradient :math:`g`.
    cache : UnfoldCache
        From `unfold_forward`.

    Returns
    -------
    Array, shape (N, C, H, W)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `unfold_forward`.

    Plain version: `convnet.plain.unfold_backward`.
    """
    x, rows, columns = cache.x, cache.rows, cache.columns
    xp = upstream("unfold_backward", grad_out, _columns_shape(cache), x)
    shape = (*x.shape[:2], rows.kernel, columns.kernel, rows.outputs, columns.outputs)
    patches = xp.reshape(grad_out, shape)
    grad_x = wide(zeros(x.shape, x))
    for i, row in enumerate(rows.taps()):
        for j, column in enumerate(columns.taps()):
            share = patches[:, :, i, j, row.outputs, column.outputs]
            add_at(grad_x, (slice(None), slice(None), row.inputs, column.inputs), share)
    return narrow(grad_x, x)


def _columns_shape(cache: UnfoldCache) -> tuple[int, int, int]:
    batch, channels = shape_of(cache.x)[:2]
    rows, columns = cache.rows, cache.columns
    return batch, channels * rows.kernel * columns.kernel, rows.outputs * columns.outputs
