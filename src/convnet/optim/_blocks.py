"""Cut long arrays into blocks, so that what an update computes on the way stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from types import EllipsisType

from convnet._array import Array, chunks, device

BLOCK_ELEMENTS = 131_072

Index = EllipsisType | tuple[slice, EllipsisType]


def blocks(x: Array) -> Iterator[Index]:
    """Yield indices along the first axis; each takes a view of about `BLOCK_ELEMENTS` elements.

    Off the CPU there is one block: a kernel launch costs more than a trip to memory.
    """
    elements = prod(x.shape)
    if elements <= BLOCK_ELEMENTS or str(device(x)) != "cpu":
        yield ...
        return
    row = elements // x.shape[0]
    for part in chunks(x.shape[0], max(1, BLOCK_ELEMENTS // row)):
        yield part, ...
