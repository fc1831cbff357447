"""Reading the arguments of deformable convolution."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, given, shape_of
from convnet._array import Array
from convnet._engine.convolution_arguments import check_channels, spatial_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one deformable convolution."""

    batch: int
    channels: int
    filters: int
    groups: int
    offset_groups: int
    rows: Axis
    columns: Axis

    @property
    def taps(self) -> int:
        """Taps of the kernel."""
        return self.rows.kernel * self.columns.kernel


def read_sizes(
    name: str,
    x: Array,
    offset: Array,
    weight: Array,
    bias: Array | None,
    mask: Array | None,
    stride: IntOrPair,
    padding: IntOrPair,
    dilation: IntOrPair,
) -> Sizes:
    """Check that all shapes agree; the groups follow from the channels."""
    batch, channels = shape_of(x)[:2]
    shapes = f"(x: {shape_of(x)}, offset: {shape_of(offset)}, weight: {shape_of(weight)})"
    if weight.shape[1] < 1 or channels < 1 or channels % weight.shape[1]:
        raise ValueError(
            f"{name}: weight takes groups of {weight.shape[1]} channels, which do not divide the {channels} "
            f"channels of x {shapes}"
        )
    groups = channels // weight.shape[1]
    check_channels(name, x, weight, bias, groups)
    if isinstance(padding, str):
        raise ValueError(f"{name}: padding must be an integer or 2 integers, got {padding!r}")
    rows, columns = spatial_axes(name, x, weight, stride, padding, dilation)
    taps = rows.kernel * columns.kernel
    offset_groups = offset.shape[1] // (2 * taps) if offset.ndim == 4 else 0
    outputs = (rows.outputs, columns.outputs)
    if offset_groups < 1 or shape_of(offset) != (batch, 2 * taps * offset_groups, *outputs):
        raise ValueError(
            f"{name}: offset must have shape {(batch, 2 * taps, *outputs)}, or a multiple of these channels, "
            f"it has {shape_of(offset)} {shapes}"
        )
    if channels % offset_groups:
        raise ValueError(
            f"{name}: offset moves {offset_groups} groups, which do not divide the {channels} channels of x "
            f"{shapes}"
        )
    for argument, values in given(mask=mask).items():
        if shape_of(values) != (batch, taps * offset_groups, *outputs):
            raise ValueError(
                f"{name}: {argument} must have shape {(batch, taps * offset_groups, *outputs)}, "
                f"it has {shape_of(values)} {shapes}"
            )
    return Sizes(batch, channels, weight.shape[0], groups, offset_groups, rows, columns)
