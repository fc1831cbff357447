"""Convolutions that are a single matrix product: kernels of one pixel, and kernels as large as the image.

Arguments are checked by the callers in `convolution.py`; shapes are those of `matrix_products`.
"""

from __future__ import annotations

from math import prod

from convnet._array import Array, bytes_at_once, chunks, itemsize, namespace, zeros
from convnet._engine.geometry import SCRATCH_BYTES, Geometry


def connected_forward(x: Array, weight: Array, bias: Array | None) -> Array:
    """Convolve with kernels as large as the images: one product for the whole batch."""
    xp = namespace(x)
    out: Array = xp.matmul(_flat(x), xp.matrix_transpose(_flat(weight)))
    if bias is not None:
        out += bias
    return out[:, :, None, None]


def connected_input_gradient(grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x`."""
    xp = namespace(grad_out)
    shape = (geometry.batch, geometry.channels, geometry.rows.size, geometry.columns.size)
    grad_x: Array = xp.reshape(xp.matmul(_flat(grad_out), _flat(weight)), shape)
    return grad_x


def connected_weight_gradient(grad_out: Array, x: Array, weight: Array) -> Array:
    """Return the gradient by `weight`."""
    xp = namespace(x)
    grad_weight: Array = xp.reshape(xp.matmul(xp.matrix_transpose(_flat(grad_out)), _flat(x)), weight.shape)
    return grad_weight


def pointwise_forward(x: Array, weight: Array, bias: Array | None, geometry: Geometry) -> Array:
    """Convolve with a 1×1 kernel: one product for each image, straight from `x`."""
    xp = namespace(x)
    out = xp.matmul(_matrix(weight, geometry), _pixels(x, geometry))
    if bias is not None:
        out += xp.reshape(bias, (geometry.groups, -1, 1))
    shape = (geometry.batch, geometry.filters, geometry.rows.size, geometry.columns.size)
    full: Array = xp.reshape(out, shape)
    return full


def pointwise_input_gradient(grad_out: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `x`: the same with the matrix transposed."""
    xp = namespace(grad_out)
    matrix = xp.matrix_transpose(_matrix(weight, geometry))
    shape = (geometry.batch, geometry.channels, geometry.rows.size, geometry.columns.size)
    grad_x: Array = xp.reshape(xp.matmul(matrix, _pixels(grad_out, geometry)), shape)
    return grad_x


def pointwise_weight_gradient(grad_out: Array, x: Array, weight: Array, geometry: Geometry) -> Array:
    """Return the gradient by `weight`: one product for each image, added up."""
    xp = namespace(x)
    upstream, pixels = _pixels(grad_out, geometry), _pixels(x, geometry)
    grad_weight = zeros(_matrix(weight, geometry).shape, weight)
    part = max(1, bytes_at_once(SCRATCH_BYTES, x) // (itemsize(x) * max(1, prod(weight.shape))))
    for images in chunks(geometry.batch, part):
        grad_weight += summed_outer(upstream[images, ...], pixels[images, ...])
    full: Array = xp.reshape(grad_weight, weight.shape)
    return full


def summed_outer(left: Array, right: Array) -> Array:
    """Return left · rightᵀ summed over the first axis; BLAS is faster with the longer matrix on the left."""
    xp = namespace(left)
    if left.shape[-2] < right.shape[-2]:
        swapped: Array = xp.matrix_transpose(summed_outer(right, left))
        return swapped
    out: Array = xp.sum(xp.matmul(left, xp.matrix_transpose(right)), axis=0)
    return out


def _flat(maps: Array) -> Array:
    """View (N, C, H, W) as (N, C · H · W)."""
    view: Array = namespace(maps).reshape(maps, (maps.shape[0], prod(maps.shape[1:])))
    return view


def _matrix(weight: Array, geometry: Geometry) -> Array:
    """View a 1×1 kernel as matrices (groups, F / groups, C / groups)."""
    shape = (geometry.groups, geometry.filters // geometry.groups, -1)
    matrix: Array = namespace(weight).reshape(weight, shape)
    return matrix


def _pixels(images: Array, geometry: Geometry) -> Array:
    """View (N, C, H, W) as (N, groups, C / groups, H · W)."""
    batch, channels, height, width = images.shape
    shape = (batch, geometry.groups, channels // geometry.groups, height * width)
    view: Array = namespace(images).reshape(images, shape)
    return view
