"""Average pooling of signals."""

from __future__ import annotations

from convnet._arguments import upstream
from convnet._array import Array, namespace, short_buffers
from convnet._engine import window_sums
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis
from convnet.functional.average_pooling import AvgPoolCache


@short_buffers
def avg_pool1d_forward(
    x: Array,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> tuple[Array, AvgPoolCache]:
    r"""Take the mean of each window of signals; `avg_pool2d_forward` with one axis less.

    .. math:: y_{n m c} = \frac{1}{D_c} \sum_{j}\; x_{n,\, m,\, c s + j - p}

    Parameters
    ----------
    x : Array, shape (N, C, L)
        Signals.
    kernel_size : int
        Length of the window, in samples.
    stride : int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int
        Samples :math:`p` added at each side, at most half of `kernel_size`.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.
    count_include_pad : bool
        Count the zeros of the padding.

    Returns
    -------
    out : Array, shape (N, C, L')
        Signals; `convnet.arithmetic.pool_output_size` gives the sizes.
    cache : AvgPoolCache
        For `avg_pool1d_backward`.

    Raises
    ------
    ValueError
        As in `avg_pool2d_forward`.

    Notes
    -----
    Source: as `avg_pool2d_forward`.

    Plain version: `convnet.plain.avg_pool1d`.

    Examples
    --------
    >>> import numpy as np
    >>> avg_pool1d_forward(np.asarray([[[1.0, 4.0, 2.0, 3.0]]]), 2)[0]
    array([[[2.5, 2.5]]])
    """
    name, ones = "avg_pool1d", Axis(1, kernel=1)
    (columns,) = pool_axes(name, x, kernel_size, stride, padding, 1, ceil_mode, "N, C, L")
    signals = x[:, :, None, :]
    divisor = window_sums.divisors(x, ones, columns, count_include_pad)
    out = window_sums.means(signals, divisor, ones, columns)[:, :, 0, :]
    shape = (x.shape[0], x.shape[1], columns.outputs)
    return out, AvgPoolCache(signals, ones, columns, divisor, shape)


@short_buffers
def avg_pool1d_backward(grad_out: Array, cache: AvgPoolCache) -> Array:
    r"""Return the gradient of `avg_pool1d_forward`, as `avg_pool2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m v}} = \sum_{c} \frac{g_{n m c}}{D_{c}}
        \quad\text{over the windows that hold this sample}

    Parameters
    ----------
    grad_out : Array, shape (N, C, L')
        Upstream gradient :math:`g`.
    cache : AvgPoolCache
        From `avg_pool1d_forward`.

    Returns
    -------
    Array, shape (N, C, L)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `avg_pool1d_forward`.

    Plain version: `convnet.plain.avg_pool1d_backward`.
    """
    upstream("avg_pool1d_backward", grad_out, cache.shape, cache.x)
    grad_x = window_sums.shares(grad_out[:, :, None, :], cache.divisor, cache.rows, cache.columns)
    out: Array = namespace(grad_x).squeeze(grad_x, axis=2)
    return out
