"""Phase planes: deal the pixels of a map out so that each tap of all windows is one contiguous range.

Windows that step by s pixels read, through one tap, every s-th pixel: a view with gaps, which costs a
processor several times what neighbours cost. Here the pixels are first dealt out by their remainders modulo
the strides, the phase, into planes padded as the windows want them. The window in row r and column c then
reads tap (i, j) in a plane at row r + i d // s and column c + j d // s: at a fixed distance from (r, c). With
lines as long as those of the planes, the outputs of one tap are one range of pixels.
"""

from __future__ import annotations

from convnet._array import Array, empty, full, namespace, zeros
from convnet._engine.windows import Axis, overlap


class PhasePlanes:
    """Planes for up to `maps` maps, filled block by block and used again for the next block.

    Parameters
    ----------
    rows, columns : Axis
        The windows.
    maps : int
        Maps in a block.
    value : float
        What the padding holds.
    like : Array
        Any array of the library, dtype and device wanted.
    """

    def __init__(self, rows: Axis, columns: Axis, maps: int, value: float, like: Array) -> None:
        xp = namespace(like)
        height, self._width = _lines(rows), _lines(columns)
        self._range = (rows.outputs - 1) * self._width + columns.outputs
        self._planes: dict[tuple[int, int], Array] = {}
        self._deals: list[tuple[Array, tuple[slice, slice, slice]]] = []
        for row_phase, rows_out, rows_in in _phases(rows):
            for column_phase, columns_out, columns_in in _phases(columns):
                plane = full((maps, height, self._width), value, like)
                self._planes[row_phase, column_phase] = plane
                self._deals.append((plane[:, rows_out, columns_out], (slice(None), rows_in, columns_in)))
        self._staged: Array = empty((maps, rows.size, columns.size), like)
        self.cover = _covers(rows) and _covers(columns)
        """Whether every pixel is in a plane, so that `collect` writes all of them."""
        self.firsts: list[bool] = []
        """For each tap whether it is the first of its plane: what it hands back is written, not added."""
        self._taps: list[Array] = []
        self._margins: list[Array] = []
        opened = set()
        for row in range(rows.kernel):
            down, row_phase = rows.steps(row)
            for column in range(columns.kernel):
                right, column_phase = columns.steps(column)
                start = down * self._width + right
                flat = xp.reshape(self._planes[row_phase, column_phase], (maps, height * self._width))
                self._taps.append(flat[:, start : start + self._range])
                self.firsts.append((row_phase, column_phase) not in opened)
                if self.firsts[-1]:
                    self._margins += [flat[:, :start], flat[:, start + self._range :]]
                opened.add((row_phase, column_phase))

    def fill(self, x: Array) -> None:
        """Deal out the pixels of maps (M, H, W).

        They are brought into the cache in one piece first. Fetched phase by phase, with gaps of whole rows,
        they can take twice as long: the processor does not see what to fetch next.
        """
        staged = self._staged[: x.shape[0], ...]
        staged[...] = x
        for pixels, index in self._deals:
            pixels[: x.shape[0], ...] = staged[index]

    def clear(self) -> None:
        """Set to zero what the first tap of each plane leaves."""
        for margin in self._margins:
            margin[:, :] = 0

    def collect(self, x: Array) -> None:
        """Write the planes to the pixels of `x` (M, H, W): the inverse of `fill`."""
        for pixels, index in self._deals:
            x[index] = pixels[: x.shape[0], ...]

    def taps(self, maps: int) -> list[Array]:
        """Return what each tap reads for all outputs, tap after tap, row by row: views (maps, range)."""
        return [tap[:maps, :] for tap in self._taps]

    def spread(self, out: Array) -> Array:
        """Lay outputs (M, H', W') out as the taps are, with zeros where no window is: (M, range)."""
        xp = namespace(out)
        maps, height, width = out.shape
        lines = out
        if width < self._width:
            lines = zeros((maps, height, self._width), out)
            lines[:, :, :width] = out
        flat: Array = xp.reshape(lines, (maps, height * self._width))
        return flat[:, : self._range]

    def gather(self, lines: Array, out: Array) -> None:
        """Write lines (M, range) to the outputs (M, H', W'): the inverse of `spread`."""
        xp = namespace(out)
        maps, height, width = out.shape
        whole = (height - 1) * self._width
        body = xp.reshape(lines[:, :whole], (maps, height - 1, self._width))
        out[:, :-1, :] = body[:, :, :width]
        out[:, -1, :] = lines[:, whole:]


def _lines(axis: Axis) -> int:
    """Return the length of a plane: the windows, and how far one reaches beyond its first tap."""
    return axis.outputs + axis.reach // axis.stride


def _phases(axis: Axis) -> list[tuple[int, slice, slice]]:
    """Return the phases of the pixels which the taps read; for each where in the plane they go, and they."""
    length = _lines(axis)
    return [(phase, *overlap(phase - axis.before, axis.stride, length, axis.size)) for phase in axis.phases()]


def _covers(axis: Axis) -> bool:
    """Say whether the taps read every pixel of the axis."""
    read = [len(range(axis.size)[inputs]) for _, _, inputs in _phases(axis)]
    return sum(read) == axis.size
