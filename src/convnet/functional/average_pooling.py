"""Average pooling: the mean of each window, or of a whole map."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, layout, shape_of, upstream
from convnet._array import Array, add_at, empty, in_32_bits, narrow, short_buffers, vector, wide, zeros
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

    .. math:: y_{n k r c} = \frac{1}{D_{rc}} \sum_{i, j}\; x_{n,\, k,\, r s + i - p,\, c s + j - p}

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

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> avg_pool2d_forward(x, 3)[0]
    array([[[[90.]]]])
    """
    rows, columns = pool_axes("avg_pool2d", x, kernel_size, stride, padding, 1, ceil_mode)
    divisor = _outer(x, *(_counts(axis, count_include_pad) for axis in (rows, columns)))
    out = _means(x, divisor, rows, columns)
    return out, AvgPoolCache(x, rows, columns, divisor, shape_of(out))


@short_buffers
def avg_pool2d_backward(grad_out: Array, cache: AvgPoolCache) -> Array:
    r"""Return the gradient of `avg_pool2d_forward`: each pixel of a window gets an equal share.

    .. math::

        \frac{\partial L}{\partial x_{n k u v}} = \sum_{r, c} \frac{g_{n k r c}}{D_{r c}}
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
    """
    x, rows, columns = cache.x, cache.rows, cache.columns
    upstream("avg_pool2d_backward", grad_out, cache.shape, x)
    return _shares(grad_out, cache.divisor, rows, columns)


@in_32_bits
def _means(x: Array, divisor: Array, rows: Axis, columns: Axis) -> Array:
    """Return the sums over windows, along the rows and then along the columns, divided."""
    total = _window_sums(_window_sums(x, rows, (slice(None),)), columns, ())
    total /= divisor
    return total


@in_32_bits
def _shares(grad_out: Array, divisor: Array, rows: Axis, columns: Axis) -> Array:
    """Return for each pixel the sum of the shares of its windows: the adjoint of `_means`."""
    return _handed_back(_handed_back(grad_out / divisor, columns, ()), rows, (slice(None),))


def _window_sums(x: Array, axis: Axis, after: tuple[slice, ...]) -> Array:
    """Return the sums over windows along the axis before those that `after` stands for."""
    taps = axis.taps()
    whole = slice(0, axis.outputs)
    if len(taps) > 1 and all(outputs == whole for outputs, _ in taps):
        total = x[(..., taps[0].inputs, *after)] + x[(..., taps[1].inputs, *after)]
        taps = taps[2:]
    else:
        total = zeros(_with_length(x, axis.outputs, after), x)
    for outputs, inputs in taps:
        add_at(total, (..., outputs, *after), x[(..., inputs, *after)])
    return total


def _handed_back(share: Array, axis: Axis, after: tuple[slice, ...]) -> Array:
    """Return for each pixel the sum of the shares of its windows along one axis: the adjoint of the above."""
    shape = _with_length(share, axis.size, after)
    apart = axis.stride > axis.reach  # no pixel is in two windows
    covered = axis == Axis(axis.kernel * axis.outputs, axis.kernel, axis.kernel)  # every pixel is in one
    target = empty(shape, share) if covered else zeros(shape, share)
    for outputs, inputs in axis.taps():
        add_at(target, (..., inputs, *after), share[(..., outputs, *after)], first=apart)
    return target


def _with_length(x: Array, length: int, after: tuple[slice, ...]) -> tuple[int, ...]:
    """Return the shape of `x` with another length of the axis before those that `after` stands for."""
    place = x.ndim - 1 - len(after)
    return (*x.shape[:place], length, *x.shape[place + 1 :])


@dataclass(frozen=True, slots=True)
class GlobalAvgPoolCache:
    """The input of `global_avg_pool2d_forward`."""

    x: Array


def global_avg_pool2d_forward(x: Array) -> tuple[Array, GlobalAvgPoolCache]:
    r"""Take the mean of each map.

    .. math:: y_{n k} = \frac{1}{H W} \sum_{r, c} x_{n k r c}

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

    .. math:: \frac{\partial L}{\partial x_{n k r c}} = \frac{g_{n k}}{H W}

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
    """
    x = cache.x
    upstream("global_avg_pool2d_backward", grad_out, (x.shape[0], x.shape[1], 1, 1), x)
    share = wide(grad_out) / (x.shape[2] * x.shape[3])  # more pixels than 16 bits can count
    return zeros(x.shape, x) + narrow(share, x)


def _counts(axis: Axis, count_include_pad: bool) -> list[int]:
    """Return how many pixels of each window count, along one axis; `axis.before` is the padding asked for."""
    first, stop = (-axis.before, axis.size + axis.before) if count_include_pad else (0, axis.size)
    starts = (output * axis.stride - axis.before for output in range(axis.outputs))
    return [min(start + axis.kernel, stop) - max(start, first) for start in starts]


def _outer(like: Array, rows: list[int], columns: list[int]) -> Array:
    """Return the products of the counts along both axes, (H', W')."""
    return vector(rows, like)[:, None] * vector(columns, like)
