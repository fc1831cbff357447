"""The core of convolution: matrix products over row windows, forward and backward.

See `convnet.functional._row_windows` for the idea. Arguments are checked by the callers in `convolution.py`.
"""

from __future__ import annotations

from math import prod
from types import ModuleType

from convnet._array import Array, add_at, chunks, empty, itemsize, namespace, zeros
from convnet.functional._geometry import SCRATCH_BYTES, Block, Geometry, blocks
from convnet.functional._row_windows import RowWindows, images_last
from convnet.functional._windows import Axis


def forward(x: Array, weight: Array, bias: Array | None, geometry: Geometry) -> Array:
    """Return the cross-correlation of `x` (N, C, H, W) with `weight`, plus the bias: (N, F, H', W')."""
    xp = namespace(x)
    if geometry.is_fully_connected:
        return _connected_forward(xp, x, weight, bias)
    if bias is not None:
        bias = xp.reshape(bias, (geometry.groups, -1, 1))
    if geometry.is_pointwise:
        return _pointwise_forward(xp, x, weight, bias, geometry)
    kernel_rows = xp.matrix_transpose(_kernel_columns(xp, weight, geometry))
    windows = RowWindows(geometry, x)
    out = empty((geometry.batch, geometry.filters, geometry.rows.outputs, geometry.columns.outputs), x)
    for block in blocks(geometry, itemsize(x)):
        windows.fill(x[block.part, ...], block)
        # (stacks, groups, F / groups, rows · W' · images)
        total = xp.matmul(kernel_rows[:, 0, ...], windows.window(0))
        for row in range(1, geometry.rows.kernel):
            total += xp.matmul(kernel_rows[:, row, ...], windows.window(row))
        if bias is not None:
            total += bias
        _out_view(out, block)[...] = xp.reshape(total, _out_shape(block, geometry))
    return out


def backward(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> tuple[Array, Array]:
    """Return the gradients by `x` and by `weight`."""
    return input_gradient(grad_out, weight, geometry), weight_gradient(grad_out, x, weight, geometry)


def input_gradient(grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x`; it does not depend on `x`. This is also the transposed convolution."""
    xp = namespace(grad_out)
    shape = (geometry.batch, geometry.channels, geometry.rows.size, geometry.columns.size)
    if geometry.is_fully_connected:
        images: Array = xp.reshape(xp.matmul(_flat(xp, grad_out), _flat(xp, weight)), shape)
        return images
    if geometry.is_pointwise:
        matrix = xp.matrix_transpose(_pointwise_matrix(xp, weight, geometry))
        full: Array = xp.reshape(xp.matmul(matrix, _pixels(xp, grad_out, geometry)), shape)
        return full
    if _flips(geometry):
        return _flipped_convolution(xp, grad_out, weight, geometry)
    kernel, depth = geometry.rows.kernel, geometry.depth
    kernel_columns = _kernel_columns(xp, weight, geometry)
    if geometry.is_thin:  # one product for all rows of the kernel
        kernel_columns = xp.reshape(kernel_columns, (geometry.groups, 1, kernel * depth, -1))
    products = kernel_columns.shape[1]
    grad_windows = RowWindows(geometry, grad_out)
    grad_x = zeros(shape, grad_out)
    for block in blocks(geometry, itemsize(grad_out)):
        upstream = _upstream(xp, grad_out, block, geometry)
        grad_windows.clear(block)
        for product in range(products):
            shares = xp.matmul(kernel_columns[:, product, ...], upstream)
            for place in range(kernel // products):
                part = shares[:, :, place * depth : (place + 1) * depth, :]
                add_at(grad_windows.window(product + place), (...,), part)
        grad_windows.fold_into(grad_x[block.part, ...])
    return grad_x


def weight_gradient(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `weight`; of `weight` itself only the shape matters."""
    xp = namespace(x)
    if geometry.is_fully_connected:
        products = xp.matmul(xp.matrix_transpose(_flat(xp, grad_out)), _flat(xp, x))
        kernels: Array = xp.reshape(products, weight.shape)
        return kernels
    if geometry.is_pointwise:
        return _pointwise_weight_gradient(xp, grad_out, x, weight, geometry)
    windows = RowWindows(geometry, x)
    grad_rows = zeros(
        (geometry.rows.kernel, geometry.groups, geometry.depth, geometry.filters // geometry.groups), x
    )
    for block in blocks(geometry, itemsize(x)):
        windows.fill(x[block.part, ...], block)
        upstream = _upstream(xp, grad_out, block, geometry)
        for row in range(geometry.rows.kernel):
            products = _product_of_transposed(xp, windows.window(row), upstream, geometry.is_thin)
            add_at(grad_rows, (row, ...), xp.sum(products, axis=0))
    return _from_kernel_rows(xp, grad_rows, weight)


def _product_of_transposed(xp: ModuleType, window: Array, upstream: Array, is_thin: bool) -> Array:
    """Return window · upstreamᵀ, computed with the longer matrix on the left, where BLAS is faster."""
    if is_thin:
        out: Array = xp.matrix_transpose(xp.matmul(upstream, xp.matrix_transpose(window)))
    else:
        out = xp.matmul(window, xp.matrix_transpose(upstream))
    return out


def _upstream(xp: ModuleType, grad_out: Array, block: Block, geometry: Geometry) -> Array:
    """Return the block's upstream gradient as (stacks, groups, F / groups, rows · W' · images)."""
    shape = (block.stacks, geometry.groups, geometry.filters // geometry.groups, -1)
    out: Array = xp.reshape(_out_view(grad_out, block), shape)
    return out


def _kernel_columns(xp: ModuleType, weight: Array, geometry: Geometry) -> Array:
    """Return the kernel's rows as columns of matrices: (groups, kh, C / groups · kw, F / groups).

    It is a copy, because BLAS packs columns faster than rows, and reads it many times.
    """
    channels, kernel_height, kernel_width = weight.shape[1:]
    parts = xp.reshape(weight, (geometry.groups, -1, channels, kernel_height, kernel_width))
    shape = (geometry.groups, kernel_height, geometry.depth, geometry.filters // geometry.groups)
    columns = empty(shape, weight)
    columns[...] = xp.reshape(xp.permute_dims(parts, (0, 3, 2, 4, 1)), shape)
    return columns


def _from_kernel_rows(xp: ModuleType, rows: Array, weight: Array) -> Array:
    """Put the gradients (kh, groups, C / groups · kw, F / groups) together, in the shape of the weight."""
    channels, kernel_height, kernel_width = weight.shape[1:]
    parts = xp.reshape(rows, (kernel_height, rows.shape[1], channels, kernel_width, rows.shape[3]))
    out = empty(weight.shape, weight)
    out[...] = xp.reshape(xp.permute_dims(parts, (1, 4, 2, 0, 3)), weight.shape)
    return out


def _out_shape(block: Block, geometry: Geometry) -> tuple[int, ...]:
    return (block.stacks, geometry.filters, block.rows, geometry.columns.outputs, block.images)


def _out_view(out: Array, block: Block) -> Array:
    """View the block's part of (N, F, H', W') in the order (stack, filter, row, column, image)."""
    return images_last(out[block.part, ...], block)[:, :, block.row : block.row + block.rows, ...]


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
    )


def _flipped_convolution(xp: ModuleType, grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x` at stride 1: `grad_out` correlated with the weight, rotated by 180°."""
    filters, channels, kernel_height, kernel_width = weight.shape
    rotated = xp.flip(weight, axis=(2, 3))
    grouped = xp.reshape(rotated, (geometry.groups, -1, channels, kernel_height, kernel_width))
    # Inputs and outputs change places.
    swapped = xp.reshape(
        xp.permute_dims(grouped, (0, 2, 1, 3, 4)),
        (geometry.channels, filters // geometry.groups, kernel_height, kernel_width),
    )
    turned = Geometry(
        batch=geometry.batch,
        channels=geometry.filters,
        filters=geometry.channels,
        groups=geometry.groups,
        rows=_turned(geometry.rows),
        columns=_turned(geometry.columns),
    )
    return forward(grad_out, swapped, None, turned)


def _turned(axis: Axis) -> Axis:
    """Return the axis along which the flipped kernel slides over `grad_out`.

    Where `x` was padded further than the kernel reaches, the padding becomes negative: it crops.
    """
    before, after = axis.reach - axis.before, axis.reach - axis.after
    return Axis(axis.outputs, axis.kernel, 1, before, after, axis.dilation)


def _connected_forward(xp: ModuleType, x: Array, weight: Array, bias: Array | None) -> Array:
    """Convolve with kernels as large as the images: one product for the whole batch."""
    out: Array = xp.matmul(_flat(xp, x), xp.matrix_transpose(_flat(xp, weight)))
    if bias is not None:
        out += bias
    return out[:, :, None, None]


def _flat(xp: ModuleType, maps: Array) -> Array:
    """View (N, C, H, W) as (N, C · H · W)."""
    view: Array = xp.reshape(maps, (maps.shape[0], prod(maps.shape[1:])))
    return view


def _pointwise_forward(
    xp: ModuleType, x: Array, weight: Array, bias: Array | None, geometry: Geometry
) -> Array:
    """Convolve with a 1×1 kernel: one product for each image, straight from `x`."""
    out = xp.matmul(_pointwise_matrix(xp, weight, geometry), _pixels(xp, x, geometry))
    if bias is not None:
        out += bias
    shape = (geometry.batch, geometry.filters, geometry.rows.size, geometry.columns.size)
    full: Array = xp.reshape(out, shape)
    return full


def _pointwise_weight_gradient(
    xp: ModuleType, grad_out: Array, x: Array, weight: Array, geometry: Geometry
) -> Array:
    """Return the gradient by a 1×1 kernel: one product for each image, added up."""
    upstream, pixels = _pixels(xp, grad_out, geometry), _pixels(xp, x, geometry)
    grad_weight = zeros(_pointwise_matrix(xp, weight, geometry).shape, weight)
    part = max(1, SCRATCH_BYTES // (itemsize(x) * max(1, prod(weight.shape))))
    for images in chunks(geometry.batch, part):
        products = xp.matmul(upstream[images, ...], xp.matrix_transpose(pixels[images, ...]))
        grad_weight += xp.sum(products, axis=0)
    full: Array = xp.reshape(grad_weight, weight.shape)
    return full


def _pointwise_matrix(xp: ModuleType, weight: Array, geometry: Geometry) -> Array:
    """View a 1×1 kernel as matrices (groups, F / groups, C / groups)."""
    matrix: Array = xp.reshape(weight, (geometry.groups, geometry.filters // geometry.groups, -1))
    return matrix


def _pixels(xp: ModuleType, images: Array, geometry: Geometry) -> Array:
    """View (N, C, H, W) as (N, groups, C / groups, H · W)."""
    batch, channels, height, width = images.shape
    view: Array = xp.reshape(images, (batch, geometry.groups, channels // geometry.groups, height * width))
    return view
