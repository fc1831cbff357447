"""Row windows: unfold an image along its width only, and read the kernel's rows as contiguous ranges.

The usual way to turn a convolution into a matrix product (im2col) copies every pixel kh · kw times. Here a
pixel is copied kw times, once for each column of the kernel, into a scratch buffer whose rows come first
among the pixel axes:

    (phase, stack, channel, kernel column, row, image, output column)

Moving the kernel down by one row then moves a window by one row of the scratch, and all pixels under row i
of the kernel are one contiguous range of the last three axes. A convolution is kh matrix products over kh
such ranges, summed. With a vertical stride s the rows are first dealt out by their remainder modulo s, the
phase, which makes the ranges contiguous again.
"""

from __future__ import annotations

from convnet._array import Array, add_at, empty, namespace, zeros
from convnet.functional._geometry import Block, Geometry
from convnet.functional._windows import Overlap, overlap


class RowWindows:
    """The scratch buffer for one convolution, filled block by block and used again for the next one.

    Parameters
    ----------
    geometry : Geometry
        The convolution.
    like : Array
        Any array of the library, dtype and device wanted.
    """

    def __init__(self, geometry: Geometry, like: Array) -> None:
        self._geometry = geometry
        self._xp = namespace(like)
        self._like = like
        self._phases = geometry.phases
        self._columns = geometry.columns.taps()
        self._buffer: Array = empty((0,), like)
        self._rows: list[Overlap] = []
        self._block = Block(0, 0, 0, 0, 0)

    def fill(self, x: Array, block: Block) -> None:
        """Unfold the block's images `x` (N, C, H, W); what the padding covers stays zero."""
        rows = self._allocate(block)
        if rows != self._rows:  # the padding has moved: what was pixels may be padding now
            self._buffer[...] = 0
            self._rows = rows
        pixels = self._pixels(x, block)
        for phase, (rows_out, rows_in) in enumerate(rows):
            for column, (columns_out, columns_in) in enumerate(self._columns):
                self._buffer[phase, :, :, column, rows_out, :, columns_out] = pixels[
                    :, :, rows_in, :, columns_in
                ]

    def clear(self, block: Block) -> None:
        """Set the whole buffer to zero, ready to gather the gradient of a block's windows."""
        self._rows = self._allocate(block)
        self._buffer[...] = 0

    def window(self, row: int) -> Array:
        """Return what kernel row `row` sees: a view (stacks, groups, C / groups · kw, rows · images · W')."""
        geometry, block = self._geometry, self._block
        steps, phase = divmod(row * geometry.rows.dilation, geometry.rows.stride)
        inner = block.images * geometry.columns.outputs
        channels = geometry.channels // geometry.groups * geometry.columns.kernel
        shape = (block.stacks, geometry.groups, channels, geometry.scratch_rows(block.rows) * inner)
        lines: Array = self._xp.reshape(self._buffer[self._phases.index(phase), ...], shape)
        return lines[..., steps * inner : (steps + block.rows) * inner]

    def fold_into(self, grad_x: Array) -> None:
        """Add the gradient gathered in the buffer to the block's images: the adjoint of `fill`."""
        pixels = self._pixels(grad_x, self._block)
        for phase, (rows_out, rows_in) in enumerate(self._rows):
            for column, (columns_out, columns_in) in enumerate(self._columns):
                add_at(
                    pixels,
                    (slice(None), slice(None), rows_in, slice(None), columns_in),
                    self._buffer[phase, :, :, column, rows_out, :, columns_out],
                )

    def _pixels(self, images: Array, block: Block) -> Array:
        """View (N, C, H, W) as (stack, channel, row, image, column), the order of the buffer."""
        stacked = self._xp.reshape(images, (block.stacks, block.images, *images.shape[1:]))
        view: Array = self._xp.permute_dims(stacked, (0, 2, 3, 1, 4))
        return view

    def _allocate(self, block: Block) -> list[Overlap]:
        """Make the buffer fit the block; return which rows of each phase are pixels, and which pixels."""
        geometry, axis = self._geometry, self._geometry.rows
        scratch_rows = geometry.scratch_rows(block.rows)
        shape = (
            len(self._phases),
            block.stacks,
            geometry.channels,
            geometry.columns.kernel,
            scratch_rows,
            block.images,
            geometry.columns.outputs,
        )
        if tuple(self._buffer.shape) != shape:
            self._buffer = zeros(shape, self._like)
            self._rows = []
        self._block = block
        first = block.row * axis.stride - axis.before
        return [overlap(first + phase, axis.stride, scratch_rows, axis.size) for phase in self._phases]
