"""Max pooling: the largest pixel of each window."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, upstream
from convnet._array import (
    Array,
    block_length,
    chunks,
    device,
    empty,
    full,
    holds,
    itemsize,
    mask,
    multiply_into,
    namespace,
    short_buffers,
    wide,
    zeros,
)
from convnet._engine.phase_planes import PhasePlanes
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class MaxPoolCache:
    """What `max_pool2d_backward` needs of the forward pass."""

    x: Array
    wins: Array
    """For each tap, map and window (in the order of `PhasePlanes.taps`) whether that tap won the window."""
    unclaimed: Array
    """For each map and window whether nobody won, which says that the largest is NaN."""
    rows: Axis
    columns: Axis


@short_buffers
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
    by `convnet._engine.phase_planes`. Who won is noted while the pixels are at hand; to read them again
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
    windows = (maps.shape[0], *taps[0].shape[1:])
    wins = xp.empty((len(taps), *windows), dtype=xp.bool, device=device(x))
    unclaimed = xp.ones(windows, dtype=xp.bool, device=device(x))
    for part in chunks(maps.shape[0], block):
        pixels.fill(maps[part, ...])
        taps = pixels.taps(part.stop - part.start)
        largest = taps[0]
        for tap in taps[1:]:
            largest = xp.maximum(largest, tap)
        pixels.gather(largest, out_maps[part, ...])
        _note_wins(wins[:, part, ...], unclaimed[part, ...], taps, largest, inside)
    return out, MaxPoolCache(x, wins, unclaimed, rows, columns)


@short_buffers
def max_pool2d_backward(grad_out: Array, cache: MaxPoolCache) -> Array:
    r"""Return the gradient of `max_pool2d_forward`: it goes to the pixel that won.

    .. math::

        \frac{\partial L}{\partial x_{n k u v}} = \sum_{r, c} g_{n k r c}
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
    """
    x, rows, columns = cache.x, cache.rows, cache.columns
    xp = upstream("max_pool2d_backward", grad_out, (*x.shape[:2], rows.outputs, columns.outputs), x)
    grads = _maps(grad_out)
    block = _block(_maps(x))
    gradients = PhasePlanes(rows, columns, block, 0.0, wide(zeros((), x)))
    make = empty if gradients.cover else zeros
    grad_x = make((x.shape[0] * x.shape[1], *x.shape[2:]), x)
    for part in chunks(grads.shape[0], block):
        lines = gradients.spread(wide(grads[part, ...]))
        wins = cache.wins[:, part, ...]
        if holds(xp.any(cache.unclaimed[part, ...])):
            wins = _with_nan(wins, cache, part)
        gradients.clear()
        for number, gradient in enumerate(gradients.taps(lines.shape[0])):
            won = mask(wins[number, ...], lines)
            if gradients.firsts[number]:
                multiply_into(gradient, won, lines)
            else:
                won *= lines
                gradient += won
        gradients.collect(grad_x[part, ...])
    whole: Array = xp.reshape(grad_x, x.shape)
    return whole


def _note_wins(
    wins: Array, unclaimed: Array, taps: list[Array], largest: Array, inside: list[Array] | None
) -> None:
    """Note for each tap which windows it wins: those that no tap before it has claimed."""
    xp = namespace(largest)
    for number, tap in enumerate(taps):
        matches = xp.equal(tap, largest)
        matches &= unclaimed
        if inside is not None:
            matches &= inside[number]
        unclaimed ^= matches
        wins[number, ...] = matches


def _with_nan(wins: Array, cache: MaxPoolCache, part: slice) -> Array:
    """Return a block's wins with the windows that hold NaN, which equals nothing: the last NaN wins."""
    xp = namespace(wins)
    marks = mask(xp.isnan(_maps(cache.x)[part, ...]), cache.x)
    planes = PhasePlanes(cache.rows, cache.columns, marks.shape[0], 0.0, marks)
    planes.fill(marks)
    unclaimed = cache.unclaimed[part, ...]
    found = []
    for number, tap in reversed(list(enumerate(planes.taps(marks.shape[0])))):
        matches = (tap > 0) & unclaimed
        unclaimed = unclaimed ^ matches
        found.append(wins[number, ...] ^ matches)
    out: Array = xp.stack(found[::-1])
    return out


def _inside(rows: Axis, columns: Axis, x: Array) -> list[Array] | None:
    """Return for each tap whether it reads a pixel, for every window: (1, windows); None if all do.

    Padding must not win, not even where all pixels of a window are −∞ like itself.
    """
    axes = (rows, columns)
    if all(tap.outputs == slice(0, axis.outputs) for axis in axes for tap in axis.taps()):
        return None
    planes = PhasePlanes(rows, columns, 1, 0.0, x)
    planes.fill(full((1, *x.shape[2:]), 1, x))
    return [tap > 0 for tap in planes.taps(1)]


def _maps(x: Array) -> Array:
    """View (N, C, H, W) as maps (N · C, H, W)."""
    view: Array = namespace(x).reshape(x, (x.shape[0] * x.shape[1], *x.shape[2:]))
    return view


def _block(maps: Array) -> int:
    """Return how many maps (M, H, W) to take at a time."""
    count, height, width = maps.shape
    return block_length(count, itemsize(maps) * height * width)
