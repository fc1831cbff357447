"""Max pooling: the largest pixel of each window."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, upstream
from convnet._array import Array, chunks, device, empty, full, itemsize, mask, namespace, zeros
from convnet.functional._phase_planes import PhasePlanes
from convnet.functional._pool_arguments import pool_axes
from convnet.functional._windows import Axis

BLOCK_BYTES = 1 << 20
"""Bytes of input taken at a time, so that the passes over one block stay in the cache."""


@dataclass(frozen=True, slots=True)
class MaxPoolCache:
    """What `max_pool2d_backward` needs of the forward pass."""

    x: Array
    wins: Array
    """For each tap, map and window (in the order of `PhasePlanes.taps`) whether that tap won the window."""
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
    by `convnet.functional._phase_planes`. Who won is noted while the pixels are at hand; to read them again
    in the backward pass would take longer.

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
    maps, out_maps = _maps(x), _maps(out)
    block = _block(maps)
    pixels = PhasePlanes(rows, columns, block, -float("inf"), x)
    inside = _inside(rows, columns, x)
    taps = pixels.taps(block)
    wins = xp.empty((len(taps), maps.shape[0], *taps[0].shape[1:]), dtype=xp.bool, device=device(x))
    for part in chunks(maps.shape[0], block):
        pixels.fill(maps[part, ...])
        taps = pixels.taps(part.stop - part.start)
        largest = taps[0]
        for tap in taps[1:]:
            largest = xp.maximum(largest, tap)
        pixels.gather(largest, out_maps[part, ...])
        _note_wins(wins[:, part, ...], taps, largest, inside)
    return out, MaxPoolCache(x, wins, rows, columns)


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
    x, rows, columns = cache.x, cache.rows, cache.columns
    xp = upstream("max_pool2d_backward", grad_out, (*x.shape[:2], rows.outputs, columns.outputs), x)
    grads = _maps(grad_out)
    block = _block(_maps(x))
    gradients = PhasePlanes(rows, columns, block, 0.0, x)
    make = empty if gradients.cover else zeros
    grad_x = make((x.shape[0] * x.shape[1], *x.shape[2:]), x)
    for part in chunks(grads.shape[0], block):
        lines = gradients.spread(grads[part, ...])
        if not gradients.disjoint:
            gradients.clear()
        for number, gradient in enumerate(gradients.taps(lines.shape[0])):
            share = mask(cache.wins[number, part, ...], lines)
            share *= lines
            if gradients.disjoint:
                gradient[...] = share
            else:
                gradient += share
        gradients.collect(grad_x[part, ...])
    whole: Array = xp.reshape(grad_x, x.shape)
    return whole


def _note_wins(wins: Array, taps: list[Array], largest: Array, inside: Array | None) -> None:
    """Note for each tap which windows it wins: the first of equals, the last of several NaN."""
    xp = namespace(largest)
    unclaimed = xp.ones(largest.shape, dtype=xp.bool, device=device(largest))
    for number, tap in enumerate(taps):
        matches = xp.equal(tap, largest)
        matches &= unclaimed
        if inside is not None:
            matches &= inside[number, ...]
        unclaimed ^= matches
        wins[number, ...] = matches
    if xp.any(unclaimed):  # NaN equals nothing, so nobody has taken these yet
        for number in reversed(range(len(taps))):
            matches = xp.isnan(taps[number])
            matches &= unclaimed
            unclaimed ^= matches
            wins[number, ...] = wins[number, ...] ^ matches


def _inside(rows: Axis, columns: Axis, x: Array) -> Array | None:
    """Return for each tap and window whether the tap reads a pixel: (taps, 1, windows); None if all do.

    Padding must not win, not even where all pixels of a window are −∞ like itself.
    """
    xp = namespace(x)
    planes = PhasePlanes(rows, columns, 1, 0.0, x)
    planes.fill(full((1, *x.shape[2:]), 1, x))
    inside: Array = xp.stack([tap > 0 for tap in planes.taps(1)])
    return None if xp.all(inside) else inside


def _maps(x: Array) -> Array:
    """View (N, C, H, W) as maps (N · C, H, W)."""
    view: Array = namespace(x).reshape(x, (x.shape[0] * x.shape[1], *x.shape[2:]))
    return view


def _block(maps: Array) -> int:
    """Return how many maps (M, H, W) to take at a time: about `BLOCK_BYTES`, and not more than there are."""
    count, height, width = maps.shape
    return min(max(1, BLOCK_BYTES // (itemsize(maps) * height * width)), count)
