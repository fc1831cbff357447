"""Bilinear samples at positions that depend on the data, outside the image as if it went on with zeros."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._array import Array, device, full, mask, namespace, zeros
from convnet._engine.scatter import add_rows


@dataclass(frozen=True, slots=True)
class Samples:
    """Where M samples lie among the pixels of several padded maps, laid out as rows of channels.

    The four corners of a sample are numbered top left, top right, bottom left, bottom right.
    """

    first: Array
    """Row of the top left corner, shape (M,)."""
    steps: tuple[int, int, int, int]
    """Rows from there to each corner."""
    shares: Array
    """Bilinear weight of each corner, shape (4, M)."""
    down: Array
    """Distance from the top corners, in pixels, shape (M,)."""
    right: Array
    """Distance from the left corners, in pixels, shape (M,)."""
    moves_down: Array
    """1 where a small step down changes the sample, and 0 where the image is too far away."""
    moves_right: Array
    """The same for a small step right."""


def locate(rows: Array, columns: Array, height: int, width: int) -> Samples:
    """Find the corners of samples at the positions given.

    Parameters
    ----------
    rows, columns : Array, shape (maps, M / maps)
        Positions in pixels, on maps of `height` times `width` pixels.
    height, width : int
        Size of a map without the border of one zero pixel which `padded_rows` adds.

    Returns
    -------
    Samples
        In the order of the positions.
    """
    xp = namespace(rows)
    top, down, moves_down = _corner(rows, height)
    left, right, moves_right = _corner(columns, width)
    maps = xp.arange(rows.shape[0], dtype=xp.int64, device=device(rows))[:, None]
    first = xp.reshape((maps * (height + 2) + top) * (width + 2) + left, (-1,))
    up, before = 1.0 - down, 1.0 - right
    shares = xp.stack([up * before, up * right, down * before, down * right])
    return Samples(first, (0, 1, width + 2, width + 3), shares, down, right, moves_down, moves_right)


def _corner(positions: Array, size: int) -> tuple[Array, Array, Array]:
    """Return the pixel before each position (counted in the padded map), the distance, and who moves."""
    xp = namespace(positions)
    clipped = xp.clip(positions, -1.0, float(size))
    pixel = xp.clip(xp.astype(xp.floor(clipped), xp.int64), -1, size - 1)
    distance = clipped - xp.astype(pixel, positions.dtype)
    moves = mask(xp.logical_and(positions >= -1.0, positions < float(size)), positions)
    return pixel + 1, xp.reshape(distance, (-1,)), xp.reshape(moves, (-1,))


def padded_rows(maps: Array) -> Array:
    """Lay maps (maps, C, H, W) out as rows of channels, with a border of one zero pixel around each."""
    xp = namespace(maps)
    count, channels, height, width = maps.shape
    rows = zeros((count, height + 2, width + 2, channels), maps)
    rows[:, 1:-1, 1:-1, :] = xp.permute_dims(maps, (0, 2, 3, 1))
    flat: Array = xp.reshape(rows, (count * (height + 2) * (width + 2), channels))
    return flat


def sample(rows: Array, samples: Samples) -> Array:
    """Return the samples, shape (M, C)."""
    xp = namespace(rows)
    out: Array = xp.take(rows, samples.first, axis=0) * samples.shares[0, :, None]
    for corner in range(1, 4):
        pixels = xp.take(rows, samples.first + samples.steps[corner], axis=0)
        pixels *= samples.shares[corner, :, None]
        out += pixels
    return out


def position_gradients(grad: Array, rows: Array, samples: Samples) -> tuple[Array, Array, Array]:
    """Return for each sample: gradient · sample, and the gradients by its row and by its column, all (M,)."""
    xp = namespace(rows)
    ones = full((rows.shape[1],), 1, rows)
    products = []
    for step in samples.steps:
        pixels = xp.take(rows, samples.first + step, axis=0)
        pixels *= grad
        products.append(xp.matmul(pixels, ones))
    one, two, three, four = products
    down, right = samples.down, samples.right
    top, bottom = one + right * (two - one), three + right * (four - three)
    by_row = samples.moves_down * (bottom - top)
    by_column = samples.moves_right * ((1.0 - down) * (two - one) + down * (four - three))
    return top + down * (bottom - top), by_row, by_column


def pixel_gradient(grad: Array, scale: Array | None, samples: Samples, shape: tuple[int, ...]) -> Array:
    """Return the gradient by maps of the given shape (maps, C, H, W); samples count `scale` times."""
    xp = namespace(grad)
    count, channels, height, width = shape
    maps, rows, columns = (
        xp.arange(size, dtype=xp.int64, device=device(grad)) for size in (count, height, width)
    )
    inner = (maps[:, None, None] * (height + 2) + rows[:, None] + 1) * (width + 2) + columns + 1
    shares = samples.shares if scale is None else samples.shares * scale
    sums = add_rows(grad, shares, samples.first, samples.steps, xp.reshape(inner, (-1,)))
    gradient: Array = xp.permute_dims(xp.reshape(sums, (count, height, width, channels)), (0, 3, 1, 2))
    return gradient
