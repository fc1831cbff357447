"""The sizes of one 2D convolution, and how it is cut into blocks that fit a small scratch buffer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from convnet._array import Array, bytes_at_once, itemsize
from convnet._engine.windows import Axis

SCRATCH_BYTES = 1 << 20
"""Bytes one block's scratch may take: it should stay in the second-level cache of one core."""

COLUMNS = 512
"""Columns which a matrix product wants at least: with fewer, BLAS spends its time on packing."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes of a convolution of x (N, C, H, W) with weight (F, C / groups, kh, kw)."""

    batch: int
    channels: int
    filters: int
    groups: int
    rows: Axis
    columns: Axis

    def scratch_rows(self, out_rows: int) -> int:
        """Rows of one phase which `out_rows` rows of output read."""
        return out_rows + self.rows.reach // self.rows.stride

    @property
    def depth(self) -> int:
        """Numbers in one row of one kernel, C / groups · kw."""
        return self.channels // self.groups * self.columns.kernel

    @property
    def is_thin(self) -> bool:
        """Whether a kernel row is short and the filters are many, as in the first layer of a network.

        To bring the rows under all kernel rows together then costs less than to add up their products.
        """
        return 2 * self.filters // self.groups >= 3 * self.depth

    @property
    def products(self) -> int:
        """Matrix products whose sum is the convolution: one for each kernel row, or one where it is thin."""
        return 1 if self.is_thin else self.rows.kernel

    @property
    def is_pointwise(self) -> bool:
        """Whether the layer is one matrix product for each pixel, with nothing to unfold."""
        trivial = all(axis == Axis(axis.size, kernel=1) for axis in (self.rows, self.columns))
        return trivial and self.rows.size * self.columns.size >= COLUMNS // 8

    @property
    def is_fully_connected(self) -> bool:
        """Whether one window covers all of the image: the kernel is then a row of a fully connected layer."""
        axes = self.rows, self.columns
        covered = all(axis.kernel == axis.size and axis.before == axis.after == 0 for axis in axes)
        return covered and self.groups == 1

    @property
    def is_single(self) -> bool:
        """Whether the convolution is a single matrix product, with nothing to unfold."""
        return self.is_pointwise or self.is_fully_connected


class Block(NamedTuple):
    """A part of the work: `stacks * images` images from `image` on, and `rows` output rows from `row` on.

    The `images` of a stack lie side by side in one matrix product; the stacks are a batch of products.
    """

    image: int
    stacks: int
    images: int
    row: int
    rows: int

    @property
    def part(self) -> slice:
        """The images of the block."""
        return slice(self.image, self.image + self.stacks * self.images)


def blocks(geometry: Geometry, like: Array) -> Iterator[Block]:
    """Cut a convolution into blocks whose windows and whose outputs take about `SCRATCH_BYTES` each.

    Images with less than half of `COLUMNS` are merged until a product has as many (the others are left
    alone: merging has its price, the images are turned around); images that leave room are stacked; an image
    which alone is too large is cut into bands of rows. Numbers of merged images are powers of two, as batches
    are, so that none is left over. Off the CPU there is more room, and mostly one block.

    Parameters
    ----------
    geometry : Geometry
        The convolution.
    like : Array
        Any array of the dtype and device wanted.

    Yields
    ------
    Block
        Blocks that cover every output once, neighbours of equal shape as far as possible.
    """
    batch, height, width = geometry.batch, geometry.rows.outputs, geometry.columns.outputs
    scratch, element = bytes_at_once(SCRATCH_BYTES, like), itemsize(like)
    window_bytes = element * len(geometry.rows.phases()) * geometry.channels * geometry.columns.kernel * width
    map_bytes = element * geometry.filters * width  # of one row, as above
    image_bytes = max(window_bytes * geometry.scratch_rows(height), map_bytes * height)

    images = 1
    if 2 * height * width < COLUMNS:
        while images * height * width < COLUMNS and images * image_bytes <= scratch:
            images *= 2
        images = max(1, min(images, batch))
    band = height
    if image_bytes > scratch:
        halo = geometry.scratch_rows(0)
        fitting = min(scratch // window_bytes - halo, scratch // map_bytes)
        band = min(height, max(fitting, -(-COLUMNS // width)))
        band = _even(height, band)
    stacks = max(1, scratch // (image_bytes * images))
    stacks = _even(max(1, batch // images), stacks)

    for row in range(0, height, band):
        rows = min(band, height - row)
        image = 0
        while image < batch:
            merged = min(images, batch - image)
            stacked = min(stacks, (batch - image) // merged)
            yield Block(image, stacked, merged, row, rows)
            image += stacked * merged


def _even(size: int, part: int) -> int:
    """Return the length of parts of about equal length, as many as parts of length `part` would be."""
    return -(-size // -(-size // part))
