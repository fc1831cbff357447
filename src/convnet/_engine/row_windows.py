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

Where kernel rows are short and filters many, as in the first layer of a network, adding up the kh products
would cost more than the products. There the kh ranges are copied below each other, and one product does.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from convnet._array import Array, add_at, empty, matmul_into, namespace, zeros
from convnet._engine.geometry import Block, Geometry, blocks
from convnet._engine.windows import Overlap, overlap


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
        # Rows of one remainder lie together in the scratch, so that a window is one contiguous range of them.
        self._phases = geometry.rows.phases()
        self._columns = geometry.columns.taps()
        self._block = Block(0, 0, 0, 0, 0)
        self._buffer: Array = empty((0,), like)
        self._lines: list[Array] = []
        self._windows: list[Array] = []
        self._seen: list[tuple[int, slice]] = []
        self._stacked: Array | None = None
        self._rows: list[Overlap] = []
        self._gathered: set[int] = set()  # phases which hold a share already

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

    def begin(self, block: Block) -> None:
        """Make ready to `gather` the gradient of a block's windows."""
        self._rows = self._allocate(block)
        self._gathered.clear()

    def matrix(self, product: int) -> Array:
        """Return what a product multiplies: (stacks, groups, C / groups · taps, rows · W' · images).

        It is a view of what kernel row `product` sees, or a copy of what all kernel rows see.
        """
        if self._geometry.products == len(self._windows):
            return self._windows[product]
        stacks, groups, depth, outputs = self._windows[0].shape
        if self._stacked is None:
            self._stacked = empty((stacks, groups, len(self._windows) * depth, outputs), self._like)
        for row, window in enumerate(self._windows):
            self._stacked[:, :, row * depth : (row + 1) * depth, :] = window
        return self._stacked

    def gather(self, product: int, left: Array, right: Array) -> None:
        """Add `left` · `right` to the windows of a product, the adjoint of `matrix`."""
        depth, multiply = self._geometry.depth, self._xp.matmul
        if self._geometry.products == len(self._windows):
            if (fresh := self._fresh(product)) is not None:
                matmul_into(fresh, left, right)
            else:
                add_at(self._windows[product], (...,), multiply(left, right))
            return
        shares = multiply(left, right)
        for row, window in enumerate(self._windows):
            share = shares[:, :, row * depth : (row + 1) * depth, :]
            if (fresh := self._fresh(row)) is not None:
                fresh[...] = share
            else:
                add_at(window, (...,), share)

    def fold_into(self, grad_x: Array) -> None:
        """Add the gradient gathered in the buffer to the block's images: the adjoint of `fill`."""
        pixels = images_last(grad_x, self._block)
        merged = self._block.images > 1
        total = zeros(pixels.shape, grad_x) if merged else pixels
        strided = self._geometry.columns.stride > 1
        once = strided and self._block.rows == self._geometry.rows.outputs  # each pixel is written once
        for phase, (rows_out, rows_in) in enumerate(self._rows):
            shares = self._column_sums(phase) if strided else self._column_shares(phase)
            for share, (columns_out, columns_in) in shares:
                index = (slice(None), slice(None), rows_in, columns_in, slice(None))
                add_at(total, index, share[:, :, rows_out, columns_out, :], first=once)
        if merged:  # whole images, never bands: no other block adds to them
            pixels[...] = total

    def _column_shares(self, phase: int) -> Iterator[tuple[Array, Overlap]]:
        """Yield what each kernel column hands back to the rows of a phase, and where it goes."""
        for column, place in enumerate(self._columns):
            yield self._buffer[phase, :, :, column, ...], place

    def _column_sums(self, phase: int) -> Iterator[tuple[Array, Overlap]]:
        """Yield the same, summed over the columns that read the same pixels: those of one remainder.

        With a stride, writing to pixels with gaps is what costs; the sums are over neighbours.
        """
        axis, buffer = self._geometry.columns, self._buffer[phase, ...]
        reads = [axis.steps(column) for column in range(axis.kernel)]
        for remainder in axis.phases():
            columns = [column for column, read in enumerate(reads) if read[1] == remainder]
            if len(columns) == 1:
                yield buffer[:, :, columns[0], ...], self._columns[columns[0]]
                continue
            length = axis.outputs + axis.reach // axis.stride
            sums = empty((*buffer.shape[:2], buffer.shape[3], length, buffer.shape[5]), buffer)
            for number, column in enumerate(columns):
                seen = slice(reads[column][0], reads[column][0] + axis.outputs)
                if not number:
                    sums[..., : seen.start, :] = 0
                    sums[..., seen.stop :, :] = 0
                add_at(sums, (..., seen, slice(None)), buffer[:, :, column, ...], first=not number)
            yield sums, overlap(remainder - axis.before, axis.stride, length, axis.size)

    def _fresh(self, row: int) -> Array | None:
        """Return what kernel row `row` sees, to be written to, where no share is there yet; None elsewhere.

        The first share of a phase need not find zeros: it is written, and only the rest of the phase cleared.
        """
        phase, seen = self._seen[row]
        if phase in self._gathered:
            return None
        self._gathered.add(phase)
        lines = self._lines[phase]
        lines[..., : seen.start] = 0
        lines[..., seen.stop :] = 0
        return lines[..., seen]

    def _sight(self, row: int) -> tuple[int, slice]:
        """Return the number of the phase which kernel row `row` sees, and the range of its pixels."""
        steps, remainder = self._geometry.rows.steps(row)
        inner = self._geometry.columns.outputs * self._block.images
        return self._phases.index(remainder), slice(steps * inner, (steps + self._block.rows) * inner)

    def _allocate(self, block: Block) -> list[Overlap]:
        """Make the buffer fit the block; return which rows of each phase are pixels, and which pixels."""
        geometry, axis = self._geometry, self._geometry.rows
        scratch_rows = geometry.scratch_rows(block.rows)
        pixels = (scratch_rows, geometry.columns.outputs, block.images)
        shape = (len(self._phases), block.stacks, geometry.channels, geometry.columns.kernel, *pixels)
        self._block = block
        if tuple(self._buffer.shape) != shape:
            self._buffer = empty(shape, self._like)
            self._make_views()
        first = block.row * axis.stride - axis.before
        return [overlap(first + phase, axis.stride, scratch_rows, axis.size) for phase in self._phases]

    def _make_views(self) -> None:
        """Make the views of a new buffer once: each is asked for in every block."""
        geometry, shape = self._geometry, self._buffer.shape
        # (phase, stack, group, channel of the group · kernel column, rows · W' · images)
        lines = self._xp.reshape(self._buffer, (*shape[:2], geometry.groups, geometry.depth, prod(shape[4:])))
        self._lines = [lines[phase, ...] for phase in range(len(self._phases))]
        self._seen = [self._sight(row) for row in range(geometry.rows.kernel)]
        self._windows = [self._lines[phase][..., part] for phase, part in self._seen]
        self._stacked = None
        self._rows = []


def unfolded(x: Array, geometry: Geometry) -> Iterator[tuple[Block, RowWindows]]:
    """Yield the blocks of a convolution of `x`, each with the scratch that holds its windows."""
    windows = RowWindows(geometry, x)
    for block in blocks(geometry, x):
        windows.fill(x[block.part, ...], block)
        yield block, windows


def images_last(maps: Array, block: Block) -> Array:
    """View maps (N, C, H, W) of a block as (stack, channel, row, column, image), the order of the scratch."""
    xp = namespace(maps)
    stacked = xp.reshape(maps, (block.stacks, block.images, *maps.shape[1:]))
    view: Array = xp.permute_dims(stacked, (0, 2, 3, 4, 1))
    return view
