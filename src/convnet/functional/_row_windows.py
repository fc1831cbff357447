"""Row windows: unfold an image along its width only, and read the kernel's rows as contiguous ranges.

The usual way to turn a convolution into a matrix product (im2col) copies every pixel kh · kw times. Here a
pixel is copied kw times, once for each column of the kernel, into a scratch buffer whose rows come first
among the pixel axes:

    (phase, stack, channel, kernel column, row, output column, image)

Moving the kernel down by one row then moves a window by one row of the scratch, and all pixels under row i
of the kernel are one contiguous range of the last three axes. A convolution is kh matrix products over kh
such ranges, summed. With a vertical stride s the rows are first dealt out by their remainder modulo s, the
phase, which makes the ranges contiguous again.

Images that are merged into one product come last, so that what is copied for one row is one long run,
however narrow the images are. They are turned around once for that, and not once for each kernel column.
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
        pixels = images_last(x, block)
        if block.images > 1:
            turned = empty(pixels.shape, x)
            turned[...] = pixels
            pixels = turned
        for phase, (rows_out, rows_in) in enumerate(rows):
            for column, (columns_out, columns_in) in enumerate(self._columns):
                self._buffer[phase, :, :, column, rows_out, columns_out, :] = pixels[
                    :, :, rows_in, columns_in, :
                ]

    def clear(self, block: Block) -> None:
        """Set the whole buffer to zero, ready to gather the gradient of a block's windows."""
        self._rows = self._allocate(block)
        self._buffer[...] = 0

    def window(self, row: int) -> Array:
        """Return what kernel row `row` sees: a view (stacks, groups, C / groups · kw, rows · W' · images)."""
        geometry, block = self._geometry, self._block
        steps, phase = divmod(row * geometry.rows.dilation, geometry.rows.stride)
        inner = geometry.columns.outputs * block.images
        shape = (block.stacks, geometry.groups, geometry.depth, geometry.scratch_rows(block.rows) * inner)
        lines: Array = self._xp.reshape(self._buffer[self._phases.index(phase), ...], shape)
        return lines[..., steps * inner : (steps + block.rows) * inner]

    def fold_into(self, grad_x: Array) -> None:
        """Add the gradient gathered in the buffer to the block's images: the adjoint of `fill`."""
        pixels = images_last(grad_x, self._block)
        merged = self._block.images > 1
        total = zeros(pixels.shape, grad_x) if merged else pixels
        for phase, (rows_out, rows_in) in enumerate(self._rows):
            for column, (columns_out, columns_in) in enumerate(self._columns):
                add_at(
                    total,
                    (slice(None), slice(None), rows_in, columns_in, slice(None)),
                    self._buffer[phase, :, :, column, rows_out, columns_out, :],
                )
        if merged:  # whole images, never bands: no other block adds to them
            pixels[...] = total

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
            geometry.columns.outputs,
            block.images,
        )
        if tuple(self._buffer.shape) != shape:
            self._buffer = empty(shape, self._like)
            self._rows = []
        self._block = block
        first = block.row * axis.stride - axis.before
        return [overlap(first + phase, axis.stride, scratch_rows, axis.size) for phase in self._phases]


def images_last(maps: Array, block: Block) -> Array:
    """View maps (N, C, H, W) of a block as (stack, channel, row, column, image), the order of the scratch."""
    xp = namespace(maps)
    stacked = xp.reshape(maps, (block.stacks, block.images, *maps.shape[1:]))
    view: Array = xp.permute_dims(stacked, (0, 2, 3, 4, 1))
    return view
