"""The largest pixel of windows that are given one by one, as adaptive pooling has them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from convnet._array import Array, add_at, device, empty, holds, in_32_bits, mask, namespace, zeros


@dataclass(frozen=True, slots=True)
class WinnersCache:
    """What the backward pass needs of the forward pass."""

    x: Array
    rows: list[slice]
    columns: list[slice]
    winners: Array
    """For each output the number of the pixel that won in its window, row by row: integers (N, C, H', W')."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the output."""
        return (*self.x.shape[:2], len(self.rows), len(self.columns))


def largest(x: Array, rows: list[slice], columns: list[slice]) -> tuple[Array, WinnersCache]:
    """Return the largest pixel of each window of `x` (N, C, H, W); among equal ones the first wins."""
    xp = namespace(x)
    shape = (*x.shape[:2], len(rows), len(columns))
    out, winners = empty(shape, x), xp.empty(shape, dtype=xp.int64, device=device(x))
    for (row, down), (column, right) in product(enumerate(rows), enumerate(columns)):
        pixels = (down.stop - down.start) * (right.stop - right.start)
        window = xp.reshape(x[:, :, down, right], (*x.shape[:2], pixels))
        winner = xp.argmax(window, axis=-1, keepdims=True)
        odd = xp.isnan(window)
        if holds(xp.any(odd)):  # the last NaN wins, as in torch
            marks = xp.flip(mask(odd, window), axis=-1)
            last = window.shape[-1] - 1 - xp.argmax(marks, axis=-1, keepdims=True)
            winner = xp.where(xp.any(odd, axis=-1, keepdims=True), last, winner)
        out[:, :, row, column] = xp.take_along_axis(window, winner, axis=-1)[..., 0]
        winners[:, :, row, column] = winner[..., 0]
    return out, WinnersCache(x, rows, columns, winners)


@in_32_bits
def handed_back(grad_out: Array, cache: WinnersCache) -> Array:
    """Return the gradient by `x`: each output's goes to the pixel that won."""
    xp, places = namespace(grad_out), product(enumerate(cache.rows), enumerate(cache.columns))
    grad_x = zeros(cache.x.shape, grad_out)
    for (row, down), (column, right) in places:
        height, width = down.stop - down.start, right.stop - right.start
        numbers = xp.arange(height * width, dtype=xp.int64, device=device(grad_out))
        won = xp.equal(cache.winners[:, :, row, column][..., None], numbers)
        share = xp.where(won, grad_out[:, :, row, column][..., None], zeros((), grad_out))
        shaped = xp.reshape(share, (*share.shape[:2], height, width))
        add_at(grad_x, (slice(None), slice(None), down, right), shaped)
    return grad_x
