"""Reading the arguments of transposed convolutions."""

from __future__ import annotations

from convnet._arguments import IntOrPair, integers, shape_of
from convnet._array import Array
from convnet._engine.windows import Axis


def check_channels(name: str, x: Array, weight: Array, bias: Array | None, groups: int) -> int:
    """Check that the channels of all arguments agree; return the number of output channels."""
    shapes = f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
    if min(weight.shape) < 1:
        raise ValueError(f"{name}: weight must not be empty {shapes}")
    if x.shape[1] != weight.shape[0]:
        raise ValueError(
            f"{name}: weight expects {weight.shape[0]} input channels, x has {x.shape[1]} {shapes}"
        )
    if x.shape[1] % groups:
        raise ValueError(f"{name}: groups={groups} must divide the {x.shape[1]} input channels {shapes}")
    filters = weight.shape[1] * groups
    if bias is not None and shape_of(bias) != (filters,):
        raise ValueError(f"{name}: bias must have shape ({filters},), it has {shape_of(bias)} {shapes}")
    return filters


def transposed_axes(
    name: str,
    x: Array,
    weight: Array,
    stride: IntOrPair,
    padding: IntOrPair,
    output_padding: IntOrPair,
    dilation: IntOrPair,
) -> list[Axis]:
    """Return the axes of the convolution that leads from the output back to `x`."""
    count = x.ndim - 2
    options = zip(
        shape_of(x)[2:],
        shape_of(weight)[2:],
        integers(name, "stride", stride, count, 1),
        integers(name, "padding", padding, count, 0),
        integers(name, "output_padding", output_padding, count, 0),
        integers(name, "dilation", dilation, count, 1),
        strict=True,
    )
    axes = []
    for size, kernel, step, side, extra, spread in options:
        if extra >= max(step, spread):
            raise ValueError(
                f"{name}: output_padding must be smaller than stride or dilation, got "
                f"output_padding={output_padding!r}, stride={stride!r}, dilation={dilation!r}"
            )
        outputs = (size - 1) * step - 2 * side + spread * (kernel - 1) + extra + 1
        if size < 1 or outputs < 1:
            raise ValueError(
                f"{name}: nothing is left of the output, its size would be {outputs} (x: {shape_of(x)}, "
                f"weight: {shape_of(weight)}, padding={padding!r})"
            )
        # The convolution does not read the extra pixels: for it they are padding taken away.
        axes.append(Axis(outputs, kernel, step, side, side - extra, spread))
    return axes
