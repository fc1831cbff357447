"""Max pooling: the largest pixel of each window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType

from convnet._arguments import IntOrPair, upstream
from convnet._array import Array, chunks, device, empty, full, itemsize, mask, namespace, zeros
from convnet.functional._pool_arguments import pool_axes
from convnet.functional._windows import Axis

BLOCK_BYTES = 1 << 20
"""Bytes of input taken at a time, so that the passes over one block stay in the cache."""


@dataclass(frozen=True, slots=True)
class MaxPoolCache:
    """What `max_pool2d_backward` needs of the forward pass."""

    x: Array
    out: Array
    rows: Axis
    columns: Axis


def max_pool2d_forward(
    x: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None = None,
    padding: IntOrPair = 0,
    dilation: IntOrPair = 1,
    ceil_mode: bool = False,
) -> tuple[Array, MaxPoolCache]:
    r"""Keep the largest pixel of each window.

    .. math:: y_{n k r c} = \max_{i, j}\; x_{n,\, k,\, r s + i d - p,\, c s + j d - p}

    The maximum over a rectangle is the maximum over its columns of the maxima over its rows, so each axis
    is reduced by itself.

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

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> max_pool2d_forward(x, 3)[0]
    array([[[[200.]]]])
    """
    rows, columns = pool_axes("max_pool2d", x, kernel_size, stride, padding, dilation, ceil_mode)
    out = empty((*x.shape[:2], rows.outputs, columns.outputs), x)
    for part in _parts(x):
        along_rows = _largest(x[part], rows, axis=2)
        out[part] = _largest(along_rows, columns, axis=3)
    return out, MaxPoolCache(x, out, rows, columns)


def max_pool2d_backward(grad_out: Array, cache: MaxPoolCache) -> Array:
    """Return the gradient of `max_pool2d_forward`: it goes to the pixel that won.

    Among equal pixels the first one wins, row by row; among several NaN the last one. Both are torch's rules.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient.
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
    """
    upstream("max_pool2d_backward", grad_out, tuple(cache.out.shape), cache.x)
    grad_x = zeros(cache.x.shape, cache.x)
    for part in _parts(cache.x):
        _hand_back(grad_out[part], cache.x[part], cache.out[part], grad_x[part], cache)
    return grad_x


def _hand_back(grad_out: Array, x: Array, out: Array, grad_x: Array, cache: MaxPoolCache) -> None:
    """Give each window's gradient to its winner: the first tap, in order, that equals the maximum."""
    xp = namespace(x)
    unclaimed = xp.ones(out.shape, dtype=xp.bool, device=device(out))
    taps = [(row, column) for row in cache.rows.taps() for column in cache.columns.taps()]
    for row, column in taps:
        outputs = (slice(None), slice(None), row.outputs, column.outputs)
        inputs = (slice(None), slice(None), row.inputs, column.inputs)
        _claim(xp.equal(x[inputs], out[outputs]), unclaimed[outputs], grad_out[outputs], grad_x[inputs])
    if not xp.any(xp.isnan(out)):
        return
    for row, column in reversed(taps):  # NaN equals nothing, so nobody has claimed these yet
        outputs = (slice(None), slice(None), row.outputs, column.outputs)
        inputs = (slice(None), slice(None), row.inputs, column.inputs)
        _claim(xp.isnan(x[inputs]), unclaimed[outputs], grad_out[outputs], grad_x[inputs])


def _claim(matches: Array, unclaimed: Array, grad_out: Array, grad_x: Array) -> None:
    """Hand over the gradient of the windows that match and are not claimed yet; the views change in place."""
    matches &= unclaimed
    unclaimed ^= matches
    grad_x += grad_out * mask(matches, grad_out)


def _largest(x: Array, axis_windows: Axis, axis: int) -> Array:
    """Return the largest element of each window along one axis."""
    xp = namespace(x)
    lead = (slice(None),) * axis
    taps = axis_windows.taps()
    everywhere = slice(0, axis_windows.outputs)
    if all(tap.outputs == everywhere for tap in taps):
        out = x[(*lead, taps[0].inputs, ...)]
        for tap in taps[1:]:
            out = xp.maximum(out, x[(*lead, tap.inputs, ...)])
        return out
    shape = list(x.shape)
    shape[axis] = axis_windows.outputs
    out = full(shape, -float("inf"), x)
    for tap in taps:
        index = (*lead, tap.outputs, ...)
        out[index] = xp.maximum(out[index], x[(*lead, tap.inputs, ...)])
    return out


def _parts(x: Array) -> Iterator[tuple[slice, slice, EllipsisType]]:
    """Cut the images and channels into blocks of about `BLOCK_BYTES`."""
    batch, channels, height, width = x.shape
    maps = max(1, BLOCK_BYTES // max(1, itemsize(x) * height * width))
    per_image = max(1, min(channels, maps))
    images = max(1, maps // max(1, channels))
    for part in chunks(batch, images):
        for group in chunks(channels, per_image):
            yield part, group, ...
