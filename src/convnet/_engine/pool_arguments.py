"""Reading the arguments which the pooling layers share."""

from __future__ import annotations

from convnet._arguments import IntOrPair, floating, integers, layout, shape_of
from convnet._array import Array
from convnet._engine.windows import Axis
from convnet.arithmetic import pool_output_size


def pool_axes(
    name: str,
    x: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None,
    padding: IntOrPair,
    dilation: IntOrPair,
    ceil_mode: bool,
    axes: str = "N, C, H, W",
) -> list[Axis]:
    """Return the windows along the axes behind N and C: rows and columns, unless `axes` names others.

    `Axis.after` is chosen so that the axis has the outputs which `pool_output_size` counts; with
    `ceil_mode` it can exceed the padding asked for.
    """
    floating(name, x=x)
    layout(name, "x", x, axes)
    if x.shape[1] == 0:
        raise ValueError(f"{name}: x must have channels (x: {shape_of(x)})")
    count = x.ndim - 2
    kernels = integers(name, "kernel_size", kernel_size, count, 1)
    strides = kernels if stride is None else integers(name, "stride", stride, count, 1)
    sides = integers(name, "padding", padding, count, 0)
    spreads = integers(name, "dilation", dilation, count, 1)
    windows = []
    for number in range(count):
        size, kernel, step = shape_of(x)[2 + number], kernels[number], strides[number]
        side, spread = sides[number], spreads[number]
        asked = f"(x: {shape_of(x)}, kernel_size={kernel_size!r}, padding={padding!r}, dilation={dilation!r})"
        span = spread * (kernel - 1) + 1
        if side > kernel // 2:
            raise ValueError(f"{name}: padding must be at most half of kernel_size, {kernel // 2} {asked}")
        try:
            outputs = pool_output_size(size, kernel, step, side, spread, ceil_mode) if size else 0
        except ValueError:
            outputs = 0
        if outputs < 1:
            raise ValueError(
                f"{name}: the window spans {span} pixels, the padded input has {size + 2 * side} {asked}"
            )
        windows.append(Axis(size, kernel, step, side, (outputs - 1) * step + span - size - side, spread))
    return windows
