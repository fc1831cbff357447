"""Mixing pixels along the axes of an image as `resize_taps` says, and handing gradients back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from convnet._arguments import shape_of
from convnet._array import Array, add_at, chunks, device, in_32_bits, namespace, narrow, native, vector, zeros
from convnet._engine.resize_taps import Taps

BAND = 32
"""Output pixels whose gradients go back in one matrix product; a wider band holds more zeros."""


@in_32_bits
def mixed(x: Array, rows: Taps, columns: Taps) -> Array:
    """Mix the pixels that the outputs see, along the rows and then along the columns."""
    return _look(_look(x, rows, axis=2), columns, axis=3)


@in_32_bits
def handed_back(grad_out: Array, rows: Taps, columns: Taps) -> Array:
    """Hand the gradients back to the pixels: the adjoint of `mixed`."""
    xp = namespace(grad_out)
    if columns.copies:
        narrow = _sums_of_copies(grad_out, columns, axis=3)
    else:
        narrow = zeros((*grad_out.shape[:3], columns.size), grad_out)
        for outputs, inputs, matrix in _bands(columns, grad_out):
            add_at(narrow, (..., inputs), xp.matmul(grad_out[..., outputs], matrix))
    if rows.copies:
        return _sums_of_copies(narrow, rows, axis=2)
    grad_x = zeros((*grad_out.shape[:2], rows.size, columns.size), grad_out)
    for outputs, inputs, matrix in _bands(rows, grad_out):
        share = xp.matmul(xp.matrix_transpose(matrix), narrow[:, :, outputs, :])
        add_at(grad_x, (slice(None), slice(None), inputs, slice(None)), share)
    return grad_x


def _look(x: Array, taps: Taps, axis: int) -> Array:
    """Mix the pixels that each output sees along one axis."""
    if taps.keeps:
        return x
    seen = (_taken(x, places, axis) for places in taps.places)
    total: Array = next(seen)
    if taps.copies:
        return total
    shares = [vector(share.tolist(), x) for share in taps.shares]
    if axis == 2:
        shares = [share[:, None] for share in shares]
    if len(shares) == 2:  # x + t (y - x): one product less
        step = next(seen) - total
        step *= shares[1]
        total += step
        return total
    total *= shares[0]
    for pixels, share in zip(seen, shares[1:], strict=True):
        pixels *= share
        total += pixels
    return total


def _taken(x: Array, places: NDArray[np.int64], axis: int) -> Array:
    """Return the pixels at these places along one axis."""
    xp = namespace(x)
    return narrow(xp.take(x, xp.asarray(places, device=device(x)), axis=axis), x)


def _sums_of_copies(grad_out: Array, taps: Taps, axis: int) -> Array:
    """Return for each pixel along one axis the sum of the gradients of its copies, which lie side by side."""
    xp = namespace(grad_out)
    pixels, outputs = np.arange(taps.size), taps.outputs
    start = np.searchsorted(taps.places[0], pixels)
    counts = np.searchsorted(taps.places[0], pixels, side="right") - start
    alike = bool(np.all(counts == counts[0]))
    if not alike:  # a pixel with fewer copies than others adds zeros from behind the edge
        edge = zeros([1 if n == axis else size for n, size in enumerate(shape_of(grad_out))], grad_out)
        grad_out = xp.concat([grad_out, edge], axis=axis)
    total = zeros([taps.size if n == axis else size for n, size in enumerate(shape_of(grad_out))], grad_out)
    for number in range(int(counts.max())):
        if alike:
            copies = grad_out[(..., slice(number, None, int(counts[0])), *(slice(None),) * (3 - axis))]
        else:
            places = np.where(number < counts, start + number, outputs)
            copies = xp.take(grad_out, xp.asarray(places, device=device(grad_out)), axis=axis)
        total += copies
    return total


def _bands(taps: Taps, like: Array) -> list[tuple[slice, slice, Array]]:
    """Cut the matrix that interpolates one axis into bands: outputs, the inputs they see, their matrix."""
    bands = []
    for outputs in chunks(taps.outputs, BAND):
        places, shares = taps.places[:, outputs], taps.shares[:, outputs]
        inputs = slice(int(places.min()), int(places.max()) + 1)
        matrix = np.zeros((places.shape[1], inputs.stop - inputs.start))
        numbers = np.broadcast_to(np.arange(places.shape[1]), places.shape)
        np.add.at(matrix, (numbers, places - inputs.start), shares)
        bands.append(
            (outputs, inputs, namespace(like).asarray(matrix, dtype=native(like), device=device(like)))
        )
    return bands
