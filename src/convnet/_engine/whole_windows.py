"""Convolution off the CPU: all windows are copied out, and one batch of matrix products does the rest.

On a GPU to start a kernel costs more than a trip to memory. What `row_windows` saves there, copies, it pays
for in starts: some forty for a layer forward and backward. Here they are a dozen. The windows take kh · kw
times the memory of the images, so that images are taken in parts where they are large.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from convnet._array import OFF_CPU_BYTES, Array, add_at, chunks, empty, itemsize, namespace, zeros
from convnet._engine.geometry import Geometry
from convnet._engine.windows import Axis, Overlap, overlap


def forward(x: Array, weight: Array, bias: Array | None, geometry: Geometry) -> Array:
    """Return the cross-correlation of `x` (N, C, H, W) with `weight`, plus the bias: (N, F, H', W')."""
    xp, kernels = namespace(x), _matrices(weight, geometry)
    shape = (geometry.filters, geometry.rows.outputs, geometry.columns.outputs)
    outs = [xp.reshape(xp.matmul(kernels, windows), (-1, *shape)) for _, windows in _unfolded(x, geometry)]
    out: Array = outs[0] if len(outs) == 1 else xp.concat(outs)
    if bias is not None:
        out = out + bias[:, None, None]
    return out


def weight_gradient(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `weight`: windows times what came of them, over all images."""
    xp = namespace(x)
    total: Array | None = None
    for part, windows in _unfolded(x, geometry):
        share = xp.sum(xp.matmul(_maps(grad_out[part, ...], geometry), xp.matrix_transpose(windows)), axis=0)
        total = share if total is None else total + share
    out: Array = xp.reshape(total, weight.shape)
    return out


def input_gradient(grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x`: what each window is owed, added where it was read."""
    xp = namespace(grad_out)
    kernels = xp.matrix_transpose(_matrices(weight, geometry))
    owed = xp.reshape(
        xp.matmul(kernels, _maps(grad_out, geometry)),
        (geometry.batch, geometry.channels, *weight.shape[2:], *grad_out.shape[2:]),
    )
    axes = geometry.rows, geometry.columns
    total = zeros((geometry.batch, geometry.channels, *(_padded_length(axis) for axis in axes)), grad_out)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            rows, columns = (_reads(axis, tap) for axis, tap in zip(axes, (i, j), strict=True))
            add_at(total, (slice(None), slice(None), rows, columns), owed[:, :, i, j, :, :])
    (rows_padded, rows_in), (columns_padded, columns_in) = (_inside(axis) for axis in axes)
    kept = total[:, :, rows_padded, columns_padded]
    if tuple(kept.shape[2:]) == (axes[0].size, axes[1].size):
        return kept
    grad_x = zeros((geometry.batch, geometry.channels, axes[0].size, axes[1].size), grad_out)
    grad_x[:, :, rows_in, columns_in] = kept  # padding was negative: pixels which nobody read
    return grad_x


def _unfolded(x: Array, geometry: Geometry) -> Iterator[tuple[slice, Array]]:
    """Yield parts of the batch and their windows (n, groups, C / groups · kh · kw, H' · W')."""
    rows, columns = geometry.rows, geometry.columns
    taps, pixels = rows.kernel * columns.kernel, rows.outputs * columns.outputs
    each = itemsize(x) * geometry.channels * taps * pixels
    for part in chunks(geometry.batch, max(1, OFF_CPU_BYTES // each)):
        windows = _windows(_padded(x[part, ...], geometry), geometry)
        inner = geometry.channels // geometry.groups * taps
        yield part, namespace(x).reshape(windows, (-1, geometry.groups, inner, pixels))


def _windows(padded: Any, geometry: Geometry) -> Array:
    """View padded images as windows (n, C, kh, kw, H', W'): what lives off the CPU is a tensor of torch."""
    rows, columns = geometry.rows, geometry.columns
    count, channels, height, width = padded.shape
    shape = (count, channels, rows.kernel, columns.kernel, rows.outputs, columns.outputs)
    apart = (  # elements from one to the next
        *(channels * height * width, height * width),
        *(rows.dilation * width, columns.dilation, rows.stride * width, columns.stride),
    )
    view: Array = padded.as_strided(shape, apart)
    return view


def _padded(x: Array, geometry: Geometry) -> Array:
    """Return a contiguous copy of the images with their padding; negative padding crops."""
    axes = geometry.rows, geometry.columns
    (rows_padded, rows_in), (columns_padded, columns_in) = (_inside(axis) for axis in axes)
    shape = (*x.shape[:2], *(_padded_length(axis) for axis in axes))
    make = zeros if any(axis.before > 0 or axis.after > 0 for axis in axes) else empty
    padded = make(shape, x)
    padded[:, :, rows_padded, columns_padded] = x[:, :, rows_in, columns_in]
    return padded


def _padded_length(axis: Axis) -> int:
    return axis.size + axis.before + axis.after


def _inside(axis: Axis) -> Overlap:
    """Return which padded pixels are pixels, and which."""
    return overlap(-axis.before, 1, _padded_length(axis), axis.size)


def _reads(axis: Axis, tap: int) -> slice:
    """Return which padded pixels a tap reads."""
    start = tap * axis.dilation
    return slice(start, start + axis.stride * (axis.outputs - 1) + 1, axis.stride)


def _matrices(weight: Array, geometry: Geometry) -> Array:
    """View the kernels as (groups, F / groups, C / groups · kh · kw)."""
    shape = (geometry.groups, geometry.filters // geometry.groups, -1)
    out: Array = namespace(weight).reshape(weight, shape)
    return out


def _maps(maps: Array, geometry: Geometry) -> Array:
    """View maps (n, F, H', W') as (n, groups, F / groups, H' · W')."""
    shape = (maps.shape[0], geometry.groups, geometry.filters // geometry.groups, -1)
    out: Array = namespace(maps).reshape(maps, shape)
    return out
