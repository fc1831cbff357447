"""Average pooling: the mean of each window, or of a whole map."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, layout, shape_of, upstream
from convnet._array import Array, narrow, short_buffers, wide, zeros
from convnet._engine import window_sums
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class AvgPoolCache:
    """What `avg_pool2d_backward` needs of the forward pass."""

    x: Array
    rows: Axis
    columns: Axis
    divisor: Array
    shape: tuple[int, ...]


@short_buffers
def avg_pool2d_forward(
    x: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None = None,
    padding: IntOrPair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> tuple[Array, AvgPoolCache]:
    r"""Take the mean of each window.

    .. math:: y_{n m r c} = \frac{1}{D_{rc}} \sum_{i, j}\; x_{n,\, m,\, r s + i - p,\, c s + j - p}

    where :math:`D_{rc}` counts the pixels of the window. Zeros of the padding count unless
    `count_include_pad` is False; what hangs over the padding with `ceil_mode` never counts.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    kernel_size : int or pair of int
        Height and width of the window, in pixels.
    stride : int or pair of int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int or pair of int
        Zeros :math:`p` added at each side, at most half of `kernel_size`.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.
    count_include_pad : bool
        Count the zeros of the padding.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Maps; `convnet.arithmetic.pool_output_size` gives H' and W'.
    cache : AvgPoolCache
        For `avg_pool2d_backward`.

    Raises
    ------
    ValueError
        When no window fits, the padding is wider than half of `kernel_size`, or an option is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Plain version: `convnet.plain.avg_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> avg_pool2d_forward(x, 3)[0]
    array([[[[90.]]]])
    """
    rows, columns = pool_axes("avg_pool2d", x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = window_sums.divisors(x, rows, columns, count_include_pad)
    out = window_sums.means(x, divisor, rows, columns)
    return out, AvgPoolCache(x, rows, columns, divisor, shape_of(out))


@short_buffers
def avg_pool2d_backward(grad_out: Array, cache: AvgPoolCache) -> Array:
    r"""Return the gradient of `avg_pool2d_forward`: each pixel of a window gets an equal share.

    .. math::

        \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c} \frac{g_{n m r c}}{D_{r c}}
        \quad\text{over the windows that hold pixel } (u, v)

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : AvgPoolCache
        From `avg_pool2d_forward`.

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
    Source: as `avg_pool2d_forward`.

    Plain version: `convnet.plain.avg_pool2d_backward`.
    """
    x, rows, columns = cache.x, cache.rows, cache.columns
    upstream("avg_pool2d_backward", grad_out, cache.shape, x)
    return window_sums.shares(grad_out, cache.divisor, rows, columns)


@dataclass(frozen=True, slots=True)
class GlobalAvgPoolCache:
    """The input of `global_avg_pool2d_forward`."""

    x: Array


def global_avg_pool2d_forward(x: Array) -> tuple[Array, GlobalAvgPoolCache]:
    r"""Take the mean of each map.

    .. math:: y_{n m} = \frac{1}{H W} \sum_{r, c} x_{n m r c}

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    out : Array, shape (N, C, 1, 1)
        One number for each map.
    cache : GlobalAvgPoolCache
        For `global_avg_pool2d_backward`.

    Raises
    ------
    ValueError
        When `x` does not have four dimensions, or its maps are empty.

    Notes
    -----
    Source: Lin, Chen, Yan, "Network in network", 2014. The same as
    `torch.nn.functional.adaptive_avg_pool2d(x, 1)`.

    Plain version: `convnet.plain.global_avg_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> global_avg_pool2d_forward(np.asarray([[[[1.0, 2], [3, 6]]]]))[0]
    array([[[[3.]]]])
    """
    xp = floating("global_avg_pool2d", x=x)
    layout("global_avg_pool2d", "x", x, "N, C, H, W")
    if x.shape[2] * x.shape[3] == 0:
        raise ValueError(f"global_avg_pool2d: the maps of x must not be empty (x: {shape_of(x)})")
    return narrow(xp.mean(wide(x), axis=(2, 3), keepdims=True), x), GlobalAvgPoolCache(x)


def global_avg_pool2d_backward(grad_out: Array, cache: GlobalAvgPoolCache) -> Array:
    r"""Return the gradient of `global_avg_pool2d_forward`: each pixel of a map gets an equal share.

    .. math:: \frac{\partial L}{\partial x_{n m r c}} = \frac{g_{n m}}{H W}

    Parameters
    ----------
    grad_out : Array, shape (N, C, 1, 1)
        Upstream gradient :math:`g`.
    cache : GlobalAvgPoolCache
        From `global_avg_pool2d_forward`.

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
    Source: as `global_avg_pool2d_forward`.

    Plain version: `convnet.plain.global_avg_pool2d_backward`.
    """
    x = cache.x
    upstream("global_avg_pool2d_backward", grad_out, (x.shape[0], x.shape[1], 1, 1), x)
    share = wide(grad_out) / (x.shape[2] * x.shape[3])  # more pixels than 16 bits can count
    return zeros(x.shape, x) + narrow(share, x)
