"""Resizing images: the nearest pixel, or bilinear interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

from convnet._arguments import IntOrPair, choice, floating, layout, pair, shape_of, upstream
from convnet._array import Array, add_at, chunks, device, namespace, vector, zeros

BAND = 32
"""Output pixels whose gradients go back in one matrix product; a wider band holds more zeros."""


@dataclass(frozen=True, slots=True)
class Taps:
    """Where the outputs of one axis look: at two neighbours, of which the second counts `share`."""

    size: int
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    share: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class InterpolateCache:
    """What `interpolate_backward` needs: the input, for its shape, and the taps of both axes."""

    x: Array
    rows: Taps
    columns: Taps


def interpolate_forward(
    x: Array,
    size: IntOrPair | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> tuple[Array, InterpolateCache]:
    r"""Resize images to a size or by a factor.

    Output pixel :math:`r` of an axis looks at position

    .. math::

        u(r) = \frac{r + 1/2}{f} - \frac12 \quad\text{(bilinear)}, \qquad
        u(r) = r\, \frac{H - 1}{H' - 1} \quad\text{(align\_corners)}, \qquad
        u(r) = \lfloor r / f \rfloor \quad\text{(nearest)}

    of the input, with the factor :math:`f = H' / H`, or `scale_factor` where that is given. Bilinear
    interpolation takes :math:`(1 - t)\, x_{\lfloor u \rfloor} + t\, x_{\lfloor u \rfloor + 1}` with
    :math:`t = u - \lfloor u \rfloor`, along the rows and then along the columns; positions outside count as
    the edge. Nothing is smoothed before an image gets smaller.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    size : int or pair of int, optional
        Height and width of the output, in pixels.
    scale_factor : float or pair of float, optional
        Factor :math:`f`; the output size is :math:`\lfloor f H \rfloor`. Give either this or `size`.
    mode : {"nearest", "bilinear"}
        How to look between pixels.
    align_corners : bool, optional
        Bilinear only: whether the centres of the corner pixels stay where they are, instead of the image's
        outer edges. False unless given.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Images.
    cache : InterpolateCache
        For `interpolate_backward`.

    Raises
    ------
    ValueError
        When both or neither of `size` and `scale_factor` are given, one of them is not positive, or
        `align_corners` comes with `mode="nearest"`.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation as the simpler way up. The nearest pixel is found in 32-bit
    floats, as torch does it: where :math:`r / f` is a whole number, rounding may choose the pixel before.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[0.0, 4.0]]]])
    >>> interpolate_forward(x, size=(1, 4), mode="nearest")[0]
    array([[[[0., 0., 4., 4.]]]])
    >>> interpolate_forward(x, size=(1, 4), mode="bilinear")[0]
    array([[[[0., 1., 3., 4.]]]])
    >>> interpolate_forward(x, size=(1, 5), mode="bilinear", align_corners=True)[0]
    array([[[[0., 1., 2., 3., 4.]]]])
    """
    xp = floating("interpolate", x=x)
    layout("interpolate", "x", x, "N, C, H, W")
    choice("interpolate", "mode", mode, ("nearest", "bilinear"))
    if mode == "nearest" and align_corners is not None:
        raise ValueError(f"interpolate: align_corners goes with mode='bilinear' only, got {align_corners!r}")
    rows, columns = (
        _nearest(before, after, factor)
        if mode == "nearest"
        else _bilinear(before, after, factor, align_corners is True)
        for before, after, factor in _sizes(x, size, scale_factor)
    )
    out = _look(_look(x, rows, axis=2), columns, axis=3)
    return xp.asarray(out, copy=True) if out is x else out, InterpolateCache(x, rows, columns)


def interpolate_backward(grad_out: Array, cache: InterpolateCache) -> Array:
    r"""Return the gradient of `interpolate_forward`: each pixel gets back the shares it gave.

    .. math:: \frac{\partial L}{\partial x_{n k i j}} = \sum_{r, c} a_{r i}\, b_{c j}\, g_{n k r c}

    with the share :math:`a_{ri}` of input row :math:`i` in output row :math:`r`, and :math:`b_{cj}` likewise
    for columns: :math:`1 - t` for pixel :math:`\lfloor u \rfloor`, :math:`t` for the next, 0 elsewhere.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : InterpolateCache
        From `interpolate_forward`.

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
    Source: as `interpolate_forward`. With shares, the gradients of a band of pixels go back in one matrix
    product, which multiplies by zeros too: an infinite gradient makes pixels near its own NaN. Copies, as
    those of mode "nearest", are added up one by one.
    """
    rows, columns = cache.rows, cache.columns
    shape = (*shape_of(cache.x)[:2], len(rows.first), len(columns.first))
    xp = upstream("interpolate_backward", grad_out, shape, cache.x)
    if columns.share.any():
        narrow = zeros((*shape[:3], columns.size), grad_out)
        for outputs, inputs, matrix in _bands(columns, grad_out):
            add_at(narrow, (..., inputs), xp.matmul(grad_out[..., outputs], matrix))
    else:
        narrow = _sums_of_copies(grad_out, columns, axis=3)
    if not rows.share.any():
        return _sums_of_copies(narrow, rows, axis=2)
    grad_x = zeros(cache.x.shape, grad_out)
    for outputs, inputs, matrix in _bands(rows, grad_out):
        share = xp.matmul(xp.matrix_transpose(matrix), narrow[:, :, outputs, :])
        add_at(grad_x, (slice(None), slice(None), inputs, slice(None)), share)
    return grad_x


def _sizes(
    x: Array, size: IntOrPair | None, scale_factor: float | Sequence[float] | None
) -> list[tuple[int, int, float | None]]:
    """Return for rows and columns: input size, output size, and the factor where it was given."""
    before = shape_of(x)[2:]
    if (size is None) == (scale_factor is None):
        given = "neither" if size is None else "both"
        raise ValueError(f"interpolate: give either size or scale_factor, got {given}")
    factors: tuple[float, float] | tuple[None, None] = (None, None)
    after: tuple[int, ...]
    if size is not None:
        after = pair("interpolate", "size", size, 1)
    else:
        factors = _factors(scale_factor)
        after = tuple(floor(old * factor) for old, factor in zip(before, factors, strict=True))
    if min(*before, *after) < 1:
        raise ValueError(f"interpolate: images must have pixels, before {before} and after {after}")
    return list(zip(before, after, factors, strict=True))


def _factors(scale_factor: object) -> tuple[float, float]:
    """Return the factors of rows and columns."""
    given = tuple(scale_factor) if isinstance(scale_factor, Sequence) else (scale_factor,) * 2
    try:
        rows, columns = (float(factor) for factor in given)
    except (TypeError, ValueError):
        rows = columns = 0.0
    if not (0.0 < rows < inf and 0.0 < columns < inf):
        raise ValueError(f"interpolate: scale_factor must be a positive number or two, got {scale_factor!r}")
    return rows, columns


def _nearest(size: int, outputs: int, factor: float | None) -> Taps:
    """Return where nearest outputs look; torch rounds to 32-bit floats on the way.

    It also takes the factor from the sizes where these are equal, or one twice the other.
    """
    if factor is None or outputs in (size, 2 * size):
        step = np.float32(size) / np.float32(outputs)
    else:
        step = np.float32(1.0 / factor)
    first = np.minimum(np.floor(np.arange(outputs, dtype=np.float32) * step).astype(np.int64), size - 1)
    return Taps(size, first, first, np.zeros(outputs))


def _bilinear(size: int, outputs: int, factor: float | None, align_corners: bool) -> Taps:
    """Return where bilinear outputs look."""
    numbers = np.arange(outputs, dtype=np.float64)
    if align_corners:
        position = numbers * ((size - 1) / (outputs - 1) if outputs > 1 else 0.0)
    else:
        step = size / outputs if factor is None else 1.0 / factor
        position = np.maximum((numbers + 0.5) * step - 0.5, 0.0)
    first = np.minimum(position.astype(np.int64), size - 1)
    return Taps(size, first, np.minimum(first + 1, size - 1), np.minimum(position - first, 1.0))


def _look(x: Array, taps: Taps, axis: int) -> Array:
    """Mix the two neighbours of each output along one axis."""
    xp = namespace(x)
    outputs = len(taps.first)
    if outputs == taps.size and np.array_equal(taps.first + taps.share, np.arange(outputs)):
        return x
    first: Array = xp.take(x, xp.asarray(taps.first, device=device(x)), axis=axis)
    if not taps.share.any():
        return first
    second = xp.take(x, xp.asarray(taps.second, device=device(x)), axis=axis)
    share = vector(taps.share.tolist(), x)
    if axis == 2:
        share = share[:, None]
    second -= first
    second *= share
    first += second
    return first


def _sums_of_copies(grad_out: Array, taps: Taps, axis: int) -> Array:
    """Return for each pixel along one axis the sum of the gradients of its copies, which lie side by side."""
    xp = namespace(grad_out)
    pixels, outputs = np.arange(taps.size), len(taps.first)
    start = np.searchsorted(taps.first, pixels)
    counts = np.searchsorted(taps.first, pixels, side="right") - start
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
    for outputs in chunks(len(taps.first), BAND):
        first, second, share = taps.first[outputs], taps.second[outputs], taps.share[outputs]
        inputs = slice(int(first.min()), int(second.max()) + 1)
        matrix = np.zeros((len(first), inputs.stop - inputs.start))
        numbers = np.arange(len(first))
        np.add.at(matrix, (numbers, first - inputs.start), 1.0 - share)
        np.add.at(matrix, (numbers, second - inputs.start), share)
        bands.append(
            (outputs, inputs, namespace(like).asarray(matrix, dtype=like.dtype, device=device(like)))
        )
    return bands
