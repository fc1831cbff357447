"""Max pooling of signals."""

from __future__ import annotations

from convnet._arguments import upstream
from convnet._array import Array, namespace
from convnet._engine import max_windows
from convnet._engine.max_windows import MaxPoolCache
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis


def max_pool1d_forward(
    x: Array,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> tuple[Array, MaxPoolCache]:
    r"""Keep the largest sample of each window of signals; `max_pool2d_forward` with one axis less.

    .. math:: y_{n m c} = \max_{j}\; x_{n,\, m,\, c s + j d - p}

    Parameters
    ----------
    x : Array, shape (N, C, L)
        Signals.
    kernel_size : int
        Length of the window, in samples.
    stride : int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int
        Samples :math:`p` added at each side, at most half of `kernel_size`; they never win.
    dilation : int
        Distance :math:`d` between two taps of the window.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.

    Returns
    -------
    out : Array, shape (N, C, L')
        Signals; `convnet.arithmetic.pool_output_size` gives the sizes.
    cache : MaxPoolCache
        For `max_pool1d_backward`.

    Raises
    ------
    ValueError
        As in `max_pool2d_forward`.

    Notes
    -----
    Source: as `max_pool2d_forward`.

    Plain version: `convnet.plain.max_pool1d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_pool1d_forward(np.asarray([[[1.0, 4.0, 2.0, 3.0]]]), 2)[0]
    array([[[4., 3.]]])
    """
    name, ones = "max_pool1d", Axis(1, kernel=1)
    (columns,) = pool_axes(name, x, kernel_size, stride, padding, dilation, ceil_mode, "N, C, L")
    out, cache = max_windows.largest(x[:, :, None, :], ones, columns)
    return out[:, :, 0, :], cache


def max_pool1d_backward(grad_out: Array, cache: MaxPoolCache) -> Array:
    r"""Return the gradient of `max_pool1d_forward`, as `max_pool2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m v}} = \sum_{c} g_{n m c}
        \quad\text{over the windows that this sample won}

    Parameters
    ----------
    grad_out : Array, shape (N, C, L')
        Upstream gradient :math:`g`.
    cache : MaxPoolCache
        From `max_pool1d_forward`.

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
    Source: as `max_pool1d_forward`.

    Plain version: `convnet.plain.max_pool1d_backward`.
    """
    batch, channels, _, length = cache.shape
    upstream("max_pool1d_backward", grad_out, (batch, channels, length), cache.x)
    grad_x = max_windows.handed_back(grad_out[:, :, None, :], cache)
    out: Array = namespace(grad_x).squeeze(grad_x, axis=2)
    return out
