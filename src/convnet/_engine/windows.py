"""A window that slides along one axis: how many outputs there are, and which inputs each tap reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple


class Overlap(NamedTuple):
    """Which outputs a kernel tap serves, and which inputs it reads for them."""

    outputs: slice
    inputs: slice


@lru_cache(maxsize=4096)  # layers ask the same in every batch, and small ones would wait for it
def overlap(offset: int, step: int, outputs: int, size: int) -> Overlap:
    """Return where the arithmetic sequence `offset + step * r` stays inside an axis.

    Output `r` of a window operation reads input `offset + step * r` through one tap of its kernel. Padding is
    what lies outside `0 <= input < size`; to leave those outputs out is to pad without a padded copy.

    Parameters
    ----------
    offset : int
        Input position which output 0 reads; negative when it lies in the padding.
    step : int
        Stride, at least 1.
    outputs : int
        Number of outputs.
    size : int
        Length of the input axis.

    Returns
    -------
    Overlap
        Two slices of equal length, empty when the tap reads padding only.

    Examples
    --------
    >>> overlap(-1, 2, 4, 6)
    Overlap(outputs=slice(1, 4, None), inputs=slice(1, 6, 2))
    """
    first = max(0, -(offset // step))
    stop = min(outputs, (size - 1 - offset) // step + 1)
    if stop <= first:
        return Overlap(slice(0, 0), slice(0, 0))
    start = offset + step * first
    return Overlap(slice(first, stop), slice(start, start + step * (stop - first - 1) + 1, step))


@dataclass(frozen=True, slots=True)
class Axis:
    """A window operation along one axis; convolution, pooling and unfolding all stand on two of these."""

    size: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    outputs: int = field(init=False, compare=False)
    """Number of windows that fit the padded axis; not positive when there is none."""

    def __post_init__(self) -> None:
        outputs = (self.size + self.before + self.after - self.reach - 1) // self.stride + 1
        object.__setattr__(self, "outputs", outputs)  # the way to set a field of a frozen class

    @property
    def reach(self) -> int:
        """Pixels from the first tap of the kernel to its last, d (k − 1)."""
        return self.dilation * (self.kernel - 1)

    def tap(self, number: int) -> Overlap:
        """Return which outputs tap `number` serves with pixels, not padding, and which pixels these are."""
        return overlap(number * self.dilation - self.before, self.stride, self.outputs, self.size)

    def steps(self, tap: int) -> tuple[int, int]:
        """Return how far a tap reads from the first, in whole strides and what remains: its phase."""
        return divmod(tap * self.dilation, self.stride)

    def phases(self) -> list[int]:
        """Return the remainders modulo the stride of the padded pixels which the taps read, in order."""
        return sorted({self.steps(tap)[1] for tap in range(self.kernel)})

    def taps(self) -> list[Overlap]:
        """Return `tap(number)` for all taps of the kernel."""
        return [self.tap(number) for number in range(self.kernel)]
