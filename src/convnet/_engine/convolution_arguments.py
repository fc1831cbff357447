"""Reading the arguments which all convolutions share."""

from __future__ import annotations

from convnet._arguments import IntOrPair, choice, integers, shape_of
from convnet._array import Array
from convnet._engine.windows import Axis
from convnet.arithmetic import same_padding


def check_channels(name: str, x: Array, weight: Array, bias: Array | None, groups: int) -> None:
    """Check that the channels of all arguments agree."""
    shapes = f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
    filters, channels = weight.shape[:2]
    if min(weight.shape) < 1:
        raise ValueError(f"{name}: weight must not be empty {shapes}")
    if filters % groups:
        raise ValueError(
            f"{name}: groups={groups} must divide the {filters} output channels of weight {shapes}"
        )
    if x.shape[1] != channels * groups:
        expected = f"{channels * groups} input channels" + (
            f" ({channels} × {groups} groups)" if groups > 1 else ""
        )
        raise ValueError(f"{name}: weight expects {expected}, x has {x.shape[1]} {shapes}")
    if bias is not None and shape_of(bias) != (filters,):
        raise ValueError(f"{name}: bias must have shape ({filters},), it has {shape_of(bias)} {shapes}")


def spatial_axes(
    name: str,
    x: Array,
    weight: Array,
    stride: IntOrPair,
    padding: IntOrPair | str,
    dilation: IntOrPair,
) -> list[Axis]:
    """Read stride, padding and dilation for each spatial axis, and check that the kernel fits."""
    count = x.ndim - 2
    sizes, kernels = shape_of(x)[2:], shape_of(weight)[2:]
    strides = integers(name, "stride", stride, count, 1)
    dilations = integers(name, "dilation", dilation, count, 1)
    if isinstance(padding, str):
        choice(name, "padding", padding, ("valid", "same"))
        if padding == "same" and any(step != 1 for step in strides):
            raise ValueError(f"{name}: padding='same' needs stride 1, got stride={stride!r}")
        sides = [
            same_padding(kernel, step) if padding == "same" else (0, 0)
            for kernel, step in zip(kernels, dilations, strict=True)
        ]
    else:
        sides = [(side, side) for side in integers(name, "padding", padding, count, 0)]
    axes = [
        Axis(size, kernel, step, before, after, spread)
        for size, kernel, step, (before, after), spread in zip(
            sizes, kernels, strides, sides, dilations, strict=True
        )
    ]
    for axis in axes:
        if axis.size < 1 or axis.outputs < 1:
            raise ValueError(
                f"{name}: the kernel spans {axis.reach + 1} pixels, the padded input has "
                f"{axis.size + axis.before + axis.after} (x: {shape_of(x)}, weight: {shape_of(weight)}, "
                f"padding={padding!r}, dilation={dilation!r})"
            )
    return axes
