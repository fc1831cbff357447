"""The core of convolution: matrix products over row windows, forward and backward.

See `convnet._engine.row_windows` for the idea. Arguments are checked by the callers in `convolution.py`.
"""

from __future__ import annotations

from math import prod

from convnet._array import (
    Array,
    add_at,
    empty,
    full,
    in_32_bits,
    is_off_cpu,
    matmul_into,
    namespace,
    short_buffers,
    zeros,
)
from convnet._engine import single_products, whole_windows
from convnet._engine.geometry import Block, Geometry, blocks
from convnet._engine.row_windows import RowWindows, images_last, unfolded
from convnet._engine.windows import Axis


@short_buffers
@in_32_bits
def forward(x: Array, weight: Array, bias: Array | None, geometry: Geometry) -> Array:
    """Return the cross-correlation of `x` (N, C, H, W) with `weight`, plus the bias: (N, F, H', W')."""
    if geometry.is_fully_connected:
        return single_products.connected_forward(x, weight, bias)
    if geometry.is_pointwise:
        return single_products.pointwise_forward(x, weight, bias, geometry)
    if is_off_cpu(x):
        return whole_windows.forward(x, weight, bias, geometry)
    xp = namespace(x)
    if bias is not None:
        bias = xp.reshape(bias, (geometry.groups, -1, 1))
    kernels = xp.matrix_transpose(_kernel_columns(weight, geometry))
    out = empty((geometry.batch, geometry.filters, geometry.rows.outputs, geometry.columns.outputs), x)
    for block, windows in unfolded(x, geometry):
        _write_maps(out, block, windows, kernels, bias)
    return out


@short_buffers
@in_32_bits
def backward(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> tuple[Array, Array]:
    """Return the gradients by `x` and by `weight`."""
    rows, columns = geometry.rows, geometry.columns
    if not is_off_cpu(x) and _flips(geometry) and rows.size * columns.size <= rows.outputs * columns.outputs:
        return _flipped_backward(grad_out, x, weight, geometry)
    return input_gradient(grad_out, weight, geometry), weight_gradient(grad_out, x, weight, geometry)


@short_buffers
@in_32_bits
def input_gradient(grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x`; it does not depend on `x`. This is also the transposed convolution."""
    if geometry.is_fully_connected:
        return single_products.connected_input_gradient(grad_out, weight, geometry)
    if geometry.is_pointwise:
        return single_products.pointwise_input_gradient(grad_out, weight, geometry)
    if is_off_cpu(grad_out) and not _flips(geometry):
        return whole_windows.input_gradient(grad_out, weight, geometry)
    if _flips(geometry):
        return forward(grad_out, _flipped_kernels(weight, geometry), None, _turned(geometry))
    kernel_columns = _kernel_columns(weight, geometry)
    windows = RowWindows(geometry, grad_out)
    grad_x = zeros((geometry.batch, geometry.channels, geometry.rows.size, geometry.columns.size), grad_out)
    for block in blocks(geometry, grad_out):
        maps = _maps(grad_out, block, geometry)
        windows.begin(block)
        for product in range(geometry.products):
            windows.gather(product, kernel_columns[:, product, ...], maps)
        windows.fold_into(grad_x[block.part, ...])
    return grad_x


@short_buffers
@in_32_bits
def weight_gradient(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `weight`; of `weight` itself only the shape matters."""
    if geometry.is_fully_connected:
        return single_products.connected_weight_gradient(grad_out, x, weight)
    if geometry.is_pointwise:
        return single_products.pointwise_weight_gradient(grad_out, x, weight, geometry)
    if is_off_cpu(x):
        return whole_windows.weight_gradient(grad_out, x, weight, geometry)
    grad_columns = _zero_columns(geometry, x)
    for block, windows in unfolded(x, geometry):
        _add_columns(grad_columns, windows, _maps(grad_out, block, geometry))
    return _kernels(grad_columns, geometry)


@in_32_bits
def bias_gradient(grad_out: Array) -> Array:
    """Return the sums of maps (N, F, ...) over images and pixels; products with ones are the fastest sums."""
    xp = namespace(grad_out)
    if is_off_cpu(grad_out):
        direct: Array = xp.sum(grad_out, axis=tuple(axis for axis in range(grad_out.ndim) if axis != 1))
        return direct
    maps = xp.reshape(grad_out, (*grad_out.shape[:2], prod(grad_out.shape[2:])))
    sums: Array = xp.sum(xp.matmul(maps, full(maps.shape[2:], 1, maps)), axis=0)
    return sums


def _flipped_backward(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> tuple[Array, Array]:
    """Return both gradients from the windows of `grad_out`, unfolded once.

    By `x` it is the correlation of `grad_out` with the flipped kernel. A pixel of `x` meets, through tap
    (i, j) of the flipped kernel, what it meets in `x` through tap (kh - 1 - i, kw - 1 - j) of the kernel.
    """
    turned = _turned(geometry)
    kernels = namespace(x).matrix_transpose(_kernel_columns(_flipped_kernels(weight, geometry), turned))
    grad_x, grad_columns = empty(x.shape, x), _zero_columns(turned, x)
    for block, windows in unfolded(grad_out, turned):
        _write_maps(grad_x, block, windows, kernels, None)
        _add_columns(grad_columns, windows, _maps(x, block, turned))
    return grad_x, _flipped_kernels(_kernels(grad_columns, turned), turned)


def _write_maps(out: Array, block: Block, windows: RowWindows, kernels: Array, bias: Array | None) -> None:
    """Write the block's part of `out`, with kernels as (groups, products, F / groups, taps of a product)."""
    xp = namespace(out)
    merged = block.images > 1
    first = windows.matrix(0)
    shape = (block.stacks, kernels.shape[0], kernels.shape[2], first.shape[3])
    if merged:  # the images lie side by side and are turned around at the end
        total = empty(shape, out)
    else:
        pixels = out.shape[2] * out.shape[3]
        maps = xp.reshape(out, (out.shape[0], *shape[1:3], pixels))
        start = block.row * out.shape[3]
        total = maps[block.part, :, :, start : start + shape[3]]
    matmul_into(total, kernels[:, 0, ...], first)
    for product in range(1, kernels.shape[1]):
        total += xp.matmul(kernels[:, product, ...], windows.matrix(product))
    if bias is not None:
        total += bias
    if merged:
        view = _block_view(out, block)
        view[...] = xp.reshape(total, view.shape)


def _add_columns(grad_columns: Array, windows: RowWindows, maps: Array) -> None:
    """Add the products of the block's windows with `maps`."""
    for product in range(grad_columns.shape[1]):
        share = single_products.summed_outer(windows.matrix(product), maps)
        add_at(grad_columns, (slice(None), product, ...), share)


def _maps(maps: Array, block: Block, geometry: Geometry) -> Array:
    """Return the block's part of maps (N, F, H', W') as (stacks, groups, F / groups, rows · W' · images)."""
    shape = (block.stacks, geometry.groups, geometry.filters // geometry.groups, -1)
    out: Array = namespace(maps).reshape(_block_view(maps, block), shape)
    return out


def _block_view(maps: Array, block: Block) -> Array:
    """View the block's part of (N, F, H', W') in the order (stack, filter, row, column, image)."""
    return images_last(maps[block.part, ...], block)[:, :, block.row : block.row + block.rows, ...]


def _kernel_columns(weight: Array, geometry: Geometry) -> Array:
    """Return the kernels as columns of matrices: (groups, products, taps of a product, F / groups).

    It is a copy, because BLAS packs columns faster than rows, and reads it many times.
    """
    xp = namespace(weight)
    channels, kernel_height, kernel_width = weight.shape[1:]
    parts = xp.reshape(weight, (geometry.groups, -1, channels, kernel_height, kernel_width))
    columns = _zero_columns(geometry, weight)
    columns[...] = xp.reshape(xp.permute_dims(parts, (0, 3, 2, 4, 1)), columns.shape)
    return columns


def _zero_columns(geometry: Geometry, like: Array) -> Array:
    """Return zeros in the shape of `_kernel_columns`."""
    taps = geometry.rows.kernel * geometry.depth // geometry.products
    return zeros((geometry.groups, geometry.products, taps, geometry.filters // geometry.groups), like)


def _kernels(columns: Array, geometry: Geometry) -> Array:
    """Put columns together to kernels (F, C / groups, kh, kw): the inverse of `_kernel_columns`."""
    xp = namespace(columns)
    groups, filters = geometry.groups, geometry.filters // geometry.groups
    channels, kernel_width = geometry.channels // groups, geometry.columns.kernel
    parts = xp.reshape(columns, (groups, geometry.rows.kernel, channels, kernel_width, filters))
    out = empty((geometry.filters, channels, geometry.rows.kernel, kernel_width), columns)
    out[...] = xp.reshape(xp.permute_dims(parts, (0, 4, 2, 1, 3)), out.shape)
    return out


def _flips(geometry: Geometry) -> bool:
    """Say whether to compute the gradient by `x` as a convolution of `grad_out` with the flipped kernel.

    It saves the gathering and folding of a second scratch, at the price of unfolding `grad_out`. It needs
    stride 1, and pays unless the output has many more channels or far fewer pixels than the input.
    """
    rows, columns = geometry.rows, geometry.columns
    return (
        rows.stride == columns.stride == 1
        and geometry.filters <= 2 * geometry.channels
        and rows.size * columns.size < 2 * rows.outputs * columns.outputs
        and not geometry.is_single
    )


def _flipped_kernels(weight: Array, geometry: Geometry) -> Array:
    """Return the weight rotated by 180°, inputs and outputs swapped; done twice, it changes nothing."""
    xp = namespace(weight)
    filters, channels, kernel_height, kernel_width = weight.shape
    rotated = xp.flip(weight, axis=(2, 3))
    grouped = xp.reshape(rotated, (geometry.groups, -1, channels, kernel_height, kernel_width))
    shape = (geometry.channels, filters // geometry.groups, kernel_height, kernel_width)
    swapped: Array = xp.reshape(xp.permute_dims(grouped, (0, 2, 1, 3, 4)), shape)
    return swapped


def _turned(geometry: Geometry) -> Geometry:
    """Return the convolution of `grad_out` with the flipped kernels."""
    axes = [
        # Where x was padded further than the kernel reaches, the padding becomes negative: it crops.
        Axis(axis.outputs, axis.kernel, 1, axis.reach - axis.before, axis.reach - axis.after, axis.dilation)
        for axis in (geometry.rows, geometry.columns)
    ]
    return Geometry(geometry.batch, geometry.filters, geometry.channels, geometry.groups, *axes)
