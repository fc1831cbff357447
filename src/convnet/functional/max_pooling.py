"""Max pooling: the largest pixel of each window."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, upstream
from convnet._array import Array, chunks, device, empty, itemsize, mask, namespace, zeros
from convnet.functional._phase_planes import PhasePlanes
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

    All windows are taken at once: the maximum over the taps, each of them one range of the pixels dealt out
    by `convnet.functional._phase_planes`.

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
    xp = namespace(x)
    out = empty((*x.shape[:2], rows.outputs, columns.outputs), x)
    maps, largest = _maps(x), _maps(out)
    block = _block(maps)
    pixels = PhasePlanes(rows, columns, block, -float("inf"), x)
    for part in chunks(maps.shape[0], block):
        pixels.fill(maps[part, ...])
        first, *others = pixels.taps(part.stop - part.start)
        for tap in others:
            first = xp.maximum(first, tap)
        pixels.gather(first, largest[part, ...])
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
    xp = upstream("max_pool2d_backward", grad_out, tuple(cache.out.shape), cache.x)
    x, out, grads = _maps(cache.x), _maps(cache.out), _maps(grad_out)
    block = _block(x)
    # Padding must not win, not even against −∞: a NaN equals nothing.
    pixels = PhasePlanes(cache.rows, cache.columns, block, float("nan"), x)
    gradients = PhasePlanes(cache.rows, cache.columns, block, 0.0, x)
    grad_x = empty(x.shape, x) if gradients.cover else zeros(x.shape, x)
    for part in chunks(x.shape[0], block):
        upstream_lines, wanted = gradients.spread(grads[part, ...]), pixels.spread(out[part, ...])
        maps = wanted.shape[0]
        pixels.fill(x[part, ...])
        gradients.clear()
        _hand_back(upstream_lines, wanted, pixels.taps(maps), gradients.taps(maps))
        lost = xp.isnan(out[part, ...])
        if xp.any(lost):
            # NaN equals nothing, so nobody has taken these yet. Look for 1 among the marks of NaN.
            pixels.fill(mask(xp.isnan(x[part, ...]), x))
            marks = pixels.spread(mask(lost, x))
            upstream_lines = upstream_lines * marks
            _hand_back(upstream_lines, marks, pixels.taps(maps)[::-1], gradients.taps(maps)[::-1])
        gradients.collect(grad_x[part, ...])
    full: Array = xp.reshape(grad_x, cache.x.shape)
    return full


def _hand_back(grad_out: Array, wanted: Array, pixels: list[Array], gradients: list[Array]) -> None:
    """Give each window's gradient to its winner: the first tap, in order, that equals what is wanted."""
    xp = namespace(wanted)
    unclaimed = xp.ones(wanted.shape, dtype=xp.bool, device=device(wanted))
    for pixel, gradient in zip(pixels, gradients, strict=True):
        matches = xp.equal(pixel, wanted)
        matches &= unclaimed
        unclaimed ^= matches
        share = xp.astype(matches, grad_out.dtype)
        share *= grad_out
        gradient += share


def _maps(x: Array) -> Array:
    """View (N, C, H, W) as maps (N · C, H, W)."""
    view: Array = namespace(x).reshape(x, (x.shape[0] * x.shape[1], *x.shape[2:]))
    return view


def _block(maps: Array) -> int:
    """Return how many maps (M, H, W) to take at a time: about `BLOCK_BYTES`, and not more than there are."""
    count, height, width = maps.shape
    return min(max(1, BLOCK_BYTES // (itemsize(maps) * height * width)), count)
