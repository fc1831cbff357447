"""Max pooling: the largest pixel of each window."""

from __future__ import annotations

from convnet._arguments import IntOrPair, upstream
from convnet._array import Array
from convnet._engine import max_windows
from convnet._engine.max_windows import MaxPoolCache
from convnet._engine.pool_arguments import pool_axes

__all__ = ["MaxPoolCache", "max_pool2d_backward", "max_pool2d_forward"]


def max_pool2d_forward(
    x: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None = None,
    padding: IntOrPair = 0,
    dilation: IntOrPair = 1,
    ceil_mode: bool = False,
) -> tuple[Array, MaxPoolCache]:
    r"""Keep the largest pixel of each window.

    .. math:: y_{n m r c} = \max_{i, j}\; x_{n,\, m,\, r s + i d - p,\, c s + j d - p}

    `cache.indices` tells who won, for `max_unpool2d_forward`: for each output the number of its pixel,
    counted row by row.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    kernel_size : int or pair of int
        Height and width of the window, in pixels.
    stride : int or pair of int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int or pair of int
        Pixels :math:`p` added at each side, at most half of `kernel_size`. They count as −∞: padding never
        wins.
    dilation : int or pair of int
        Distance :math:`d` between two pixels of a window.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Maps; `convnet.arithmetic.pool_output_size` gives H' and W'. A NaN in a window makes its output NaN.
    cache : MaxPoolCache
        For `max_pool2d_backward`.

    Raises
    ------
    ValueError
        When no window fits, the padding is wider than half of `kernel_size`, or an option is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Plain version: `convnet.plain.max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> max_pool2d_forward(x, 3)[0]
    array([[[[200.]]]])
    """
    rows, columns = pool_axes("max_pool2d", x, kernel_size, stride, padding, dilation, ceil_mode)
    return max_windows.largest(x, rows, columns)


def max_pool2d_backward(grad_out: Array, cache: MaxPoolCache) -> Array:
    r"""Return the gradient of `max_pool2d_forward`: it goes to the pixel that won.

    .. math::

        \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c} g_{n m r c}
        \quad\text{over the windows that pixel } (u, v) \text{ won}

    Among equal pixels the first one wins, row by row; among several NaN the last one. Both are torch's rules.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : MaxPoolCache
        From `max_pool2d_forward`.

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
    Source: as `max_pool2d_forward`. A pixel that lost takes 0 times the gradient, which is NaN where the
    gradient is infinite or NaN. Torch gives 0 there; to choose instead of to multiply would take NumPy many
    times as long.

    Plain version: `convnet.plain.max_pool2d_backward`.
    """
    upstream("max_pool2d_backward", grad_out, cache.shape, cache.x)
    return max_windows.handed_back(grad_out, cache)
