"""The largest pixel of each window, who it was, and the gradient that goes back there.

All windows are taken at once: the maximum over the taps, each of them one range of the pixels dealt out by
`convnet._engine.phase_planes`. Who won is noted while the pixels are at hand; to read them again in the
backward pass would take longer.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class MaxPoolCache:
    """What the backward pass of a max pooling needs of the forward pass; `x` has four axes."""

    x: Array
    wins: Array
    """For each tap, map and window (in the order of `PhasePlanes.taps`) whether that tap won the window."""
    unclaimed: Array
    """For each map and window whether nobody won, which says that the largest is NaN."""
    rows: Axis
    columns: Axis

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the output."""
        return (*self.x.shape[:2], self.rows.outputs, self.columns.outputs)

    @property
    def indices(self) -> Array:
        """For each output the number of the pixel that won, u W + v: integers of its shape."""
        return winners(self)


@short_buffers
def largest(x: Array, rows: Axis, columns: Axis) -> tuple[Array, MaxPoolCache]:
    """Return the largest pixel of each window of `x` (N, C, H, W)."""
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
        most = taps[0]
        for tap in taps[1:]:
            most = xp.maximum(most, tap)
        pixels.gather(most, out_maps[part, ...])
        _note_wins(wins[:, part, ...], unclaimed[part, ...], taps, most, inside)
    return out, MaxPoolCache(x, wins, unclaimed, rows, columns)


@short_buffers
def handed_back(grad_out: Array, cache: MaxPoolCache) -> Array:
    """Return the gradient by `x`: each output's goes to the pixel that won."""
    x, rows, columns = cache.x, cache.rows, cache.columns
    xp = namespace(x)
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


def winners(cache: MaxPoolCache) -> Array:
    """Return for each output the number of the pixel that won, counted row by row."""
    xp, rows, columns = namespace(cache.wins), cache.rows, cache.columns
    wins = cache.wins
    if holds(xp.any(cache.unclaimed)):
        wins = _with_nan(wins, cache, slice(0, wins.shape[1]))
    width = columns.size
    lines = xp.zeros(wins.shape[1:], dtype=xp.int64, device=device(wins))
    for number in range(wins.shape[0]):
        row, column = divmod(number, columns.kernel)
        step = row * rows.dilation * width + column * columns.dilation
        lines += xp.astype(wins[number, ...], xp.int64) * step
    out = xp.empty((wins.shape[1], rows.outputs, columns.outputs), dtype=xp.int64, device=device(wins))
    PhasePlanes(rows, columns, 1, 0.0, cache.x).gather(lines, out)
    tops = xp.arange(rows.outputs, dtype=xp.int64, device=device(wins)) * rows.stride - rows.before
    lefts = xp.arange(columns.outputs, dtype=xp.int64, device=device(wins)) * columns.stride - columns.before
    out += tops[:, None] * width + lefts
    shaped: Array = xp.reshape(out, cache.shape)
    return shaped


def _note_wins(
    wins: Array, unclaimed: Array, taps: list[Array], most: Array, inside: list[Array] | None
) -> None:
    """Note for each tap which windows it wins: those that no tap before it has claimed."""
    xp = namespace(most)
    for number, tap in enumerate(taps):
        matches = xp.equal(tap, most)
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
    return block_length(count, itemsize(maps) * height * width, maps)
