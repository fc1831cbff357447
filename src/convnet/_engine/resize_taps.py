"""Where the outputs of a resized axis look: at which pixels, and how much each counts.

Positions are rounded as torch rounds them, so that both choose the same pixel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CUBIC = -0.75
"""The slope a at distance 1 in Keys' cubic; torch and OpenCV take this one, Keys himself −0.5."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Taps:
    """Where the outputs of one axis look."""

    size: int
    """Pixels of the input axis."""
    places: NDArray[np.int64]
    """Pixel that tap t of an output reads: shape (taps, outputs)."""
    shares: Numbers
    """How much it counts, shape (taps, outputs); those of an output sum to 1."""

    @property
    def outputs(self) -> int:
        """Length of the output axis."""
        return int(self.places.shape[1])

    @property
    def copies(self) -> bool:
        """Whether each output is a copy of one pixel."""
        return len(self.places) == 1

    @property
    def keeps(self) -> bool:
        """Whether the axis stays as it is."""
        return self.copies and np.array_equal(self.places[0], np.arange(self.size))

    def seen(self) -> tuple[list[int], list[int]]:
        """Return the first and the last pixel which counts for each output."""
        first = np.where(self.shares != 0.0, self.places, self.size).min(axis=0)
        last = np.where(self.shares != 0.0, self.places, -1).max(axis=0)
        return first.tolist(), last.tolist()


def copied(size: int, places: NDArray[np.int64]) -> Taps:
    """Return taps that copy one pixel each."""
    return Taps(size, places[None, :], np.ones((1, len(places))))


def nearest(size: int, outputs: int, factor: float | None, small: bool, is_double: bool) -> Taps:
    """Return where outputs look in mode "nearest": at ⌊r / f⌋.

    Torch has two programs for it. For small images, 128 rows and columns of output together, it computes in
    32 bits, and takes the factor from the sizes where these are equal or one is twice the other. For others
    it computes in the numbers of the image, and rounds the position to 32 bits.
    """
    if small and outputs in (size, 2 * size):
        return copied(size, np.arange(outputs) * size // outputs)
    positions = np.arange(outputs) * _step(size, outputs, factor, is_double and not small)
    return copied(size, _pixels(positions, size))


def nearest_exact(size: int, outputs: int, factor: float | None, small: bool, is_double: bool) -> Taps:
    """Return where outputs look in mode "nearest-exact": at the pixel that holds their centre."""
    step = _step(size, outputs, factor, is_double and not small)
    if small:
        return copied(size, _pixels((np.arange(outputs) + 0.5) * np.float64(step), size))
    positions = (np.arange(outputs) + 0.5) * np.float64(step) - 0.5  # in one rounding, as processors do it
    positions = np.maximum(positions.astype(step.dtype), 0)
    return copied(size, _pixels(positions + step.dtype.type(0.5), size))


def bilinear(size: int, outputs: int, factor: float | None, align_corners: bool) -> Taps:
    """Return where outputs look in mode "bilinear": at two neighbours.

    An axis that keeps its size is copied, whatever the factor.
    """
    if outputs == size:
        return copied(size, np.arange(size))
    position = np.maximum(_centres(size, outputs, factor, align_corners), 0.0)
    first = np.minimum(position.astype(np.int64), size - 1)
    share = np.minimum(position - first, 1.0)
    if not share.any():
        return copied(size, first)
    return Taps(size, np.stack([first, np.minimum(first + 1, size - 1)]), np.stack([1.0 - share, share]))


def bicubic(size: int, outputs: int, factor: float | None, align_corners: bool) -> Taps:
    """Return where outputs look in mode "bicubic": at four neighbours.

    The edge stands for those outside.
    """
    position = _centres(size, outputs, factor, align_corners)
    first = np.minimum(np.floor(position).astype(np.int64), size - 1)
    share = np.clip(position - first, 0.0, 1.0)
    shares = np.stack([_far(share + 1.0), _near(share), _near(1.0 - share), _far(2.0 - share)])
    return Taps(size, np.clip(first + np.arange(-1, 3)[:, None], 0, size - 1), shares)


def _near(distance: Numbers) -> Numbers:
    """Return Keys' cubic at distances up to 1."""
    return ((CUBIC + 2.0) * distance - (CUBIC + 3.0)) * distance * distance + 1.0


def _far(distance: Numbers) -> Numbers:
    """Return Keys' cubic at distances from 1 to 2."""
    return ((CUBIC * distance - 5.0 * CUBIC) * distance + 8.0 * CUBIC) * distance - 4.0 * CUBIC


def _centres(size: int, outputs: int, factor: float | None, align_corners: bool) -> Numbers:
    """Return the positions of the outputs' centres in input pixels, whose centres are whole numbers."""
    numbers = np.arange(outputs, dtype=np.float64)
    if align_corners:
        return numbers * ((size - 1) / (outputs - 1) if outputs > 1 else 0.0)
    return (numbers + 0.5) * (size / outputs if factor is None else 1.0 / factor) - 0.5


def _step(size: int, outputs: int, factor: float | None, is_double: bool) -> np.floating:
    """Return the distance of two outputs in input pixels."""
    kind = np.float64 if is_double else np.float32
    return kind(1.0 / factor) if factor is not None else kind(kind(size) / kind(outputs))


def _pixels(positions: NDArray[np.floating], size: int) -> NDArray[np.int64]:
    """Return the pixels at these positions; the last one stands for those behind it."""
    return np.minimum(np.floor(positions.astype(np.float32)).astype(np.int64), size - 1)
