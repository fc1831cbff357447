"""Convolution of volumes on the core of that of images.

Each plane of a kernel is a convolution in two dimensions, and what these give is added up: the planes that a
plane of output sees are but further channels. Some planes are laid out so at a time, a slab.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from convnet._array import Array, add_at, bytes_at_once, chunks, empty, in_32_bits, itemsize, namespace, zeros
from convnet._engine import matrix_products
from convnet._engine.geometry import Geometry
from convnet._engine.windows import Axis, Overlap, overlap

SLAB_BYTES = 1 << 22
"""Bytes of planes laid out at a time; see `_slabs`."""


@dataclass(frozen=True, slots=True)
class Solid:
    """Sizes of a convolution of x (N, C, D, H, W) with weight (F, C / groups, kd, kh, kw)."""

    batch: int
    channels: int
    filters: int
    groups: int
    axes: tuple[Axis, Axis, Axis]

    @property
    def x_shape(self) -> tuple[int, ...]:
        """Shape of the input."""
        return (self.batch, self.channels, *(axis.size for axis in self.axes))

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the output."""
        return (self.batch, self.filters, *(axis.outputs for axis in self.axes))


class Slab(NamedTuple):
    """Some volumes and some planes of the output, as images of C · kd channels."""

    volumes: slice
    planes: slice
    sizes: tuple[int, int]
    """How many volumes and planes."""
    taps: list[Overlap]
    """For each plane of the kernel: which planes of output it serves, and which of input it reads."""
    geometry: Geometry
    """The convolution in two dimensions that is left."""


@in_32_bits
def forward(x: Array, weight: Array, bias: Array | None, solid: Solid) -> Array:
    """Return the cross-correlation of `x` with `weight`, plus the bias: (N, F, D', H', W')."""
    xp = namespace(x)
    matrix, out = _flat(weight), empty(solid.shape, x)
    for slab in _slabs(solid, x):
        maps = matrix_products.forward(_laid_out(x, slab), matrix, bias, slab.geometry)
        parted = xp.reshape(maps, (*slab.sizes, *maps.shape[1:]))  # (volumes, planes, F, H', W')
        out[slab.volumes, :, slab.planes, ...] = xp.permute_dims(parted, (0, 2, 1, 3, 4))
    return out


@in_32_bits
def backward(grad_out: Array, x: Array, weight: Array, solid: Solid) -> tuple[Array, Array]:
    """Return the gradients by `x` and `weight`, both from one unfolding."""
    matrix, grad_x = _flat(weight), zeros(solid.x_shape, x)
    grad_matrix = zeros(matrix.shape, matrix)
    for slab in _slabs(solid, x):
        maps, planes = _upstream(grad_out, slab), _laid_out(x, slab)
        grad, share = matrix_products.backward(maps, planes, matrix, slab.geometry)
        grad_matrix += share
        _give_back(grad_x, grad, slab, solid)
    return grad_x, namespace(x).reshape(grad_matrix, weight.shape)


@in_32_bits
def input_gradient(grad_out: Array, weight: Array, solid: Solid) -> Array:
    """Return the gradient by `x` alone."""
    matrix, grad_x = _flat(weight), zeros(solid.x_shape, grad_out)
    for slab in _slabs(solid, grad_out):
        grad = matrix_products.input_gradient(_upstream(grad_out, slab), matrix, slab.geometry)
        _give_back(grad_x, grad, slab, solid)
    return grad_x


@in_32_bits
def weight_gradient(grad_out: Array, x: Array, weight: Array, solid: Solid) -> Array:
    """Return the gradient by `weight` alone."""
    matrix = _flat(weight)
    grad_matrix = zeros(matrix.shape, matrix)
    for slab in _slabs(solid, x):
        maps, planes = _upstream(grad_out, slab), _laid_out(x, slab)
        grad_matrix += matrix_products.weight_gradient(maps, planes, matrix, slab.geometry)
    grad_weight: Array = namespace(x).reshape(grad_matrix, weight.shape)
    return grad_weight


def _slabs(solid: Solid, like: Array) -> Iterator[Slab]:
    """Cut the output into whole volumes, or some planes of one, whose input takes about `SLAB_BYTES`.

    Laid out, every plane of output has its own copy of the kd planes that it sees.
    """
    depth, rows, columns = solid.axes
    channels = solid.channels * depth.kernel
    slab_bytes = bytes_at_once(SLAB_BYTES, like)
    plane_bytes = itemsize(like) * channels * rows.size * columns.size
    planes_at_once = max(1, min(depth.outputs, slab_bytes // plane_bytes))
    volumes_at_once = max(1, slab_bytes // (plane_bytes * depth.outputs))
    for volumes in chunks(solid.batch, volumes_at_once):
        for planes in chunks(depth.outputs, planes_at_once):
            sizes = (volumes.stop - volumes.start, planes.stop - planes.start)
            first = planes.start * depth.stride - depth.before
            taps = [
                overlap(first + tap * depth.dilation, depth.stride, sizes[1], depth.size)
                for tap in range(depth.kernel)
            ]
            geometry = Geometry(sizes[0] * sizes[1], channels, solid.filters, solid.groups, rows, columns)
            yield Slab(volumes, planes, sizes, taps, geometry)


def _give_back(grad_x: Array, grad: Array, slab: Slab, solid: Solid) -> None:
    """Add a slab's gradient to the planes that it saw: the adjoint of `_laid_out`."""
    xp = namespace(grad)
    parted = xp.reshape(grad, (*slab.sizes, solid.channels, solid.axes[0].kernel, *grad.shape[2:]))
    for number, (outputs, inputs) in enumerate(slab.taps):
        moved = xp.permute_dims(parted[:, outputs, :, number, ...], (0, 2, 1, 3, 4))
        add_at(grad_x, (slab.volumes, slice(None), inputs, ...), moved)


def _laid_out(x: Array, slab: Slab) -> Array:
    """Return what the slab's planes of output see: images (volumes · planes, C · kd, H, W)."""
    xp = namespace(x)
    out = zeros((*slab.sizes, x.shape[1], len(slab.taps), *x.shape[3:]), x)
    for number, (outputs, inputs) in enumerate(slab.taps):
        seen = x[slab.volumes, :, inputs, ...]
        out[:, outputs, :, number, ...] = xp.permute_dims(seen, (0, 2, 1, 3, 4))
    flat: Array = xp.reshape(out, (slab.geometry.batch, slab.geometry.channels, *x.shape[3:]))
    return flat


def _upstream(grad_out: Array, slab: Slab) -> Array:
    """Return the slab's upstream gradient as images (volumes · planes, F, H', W')."""
    xp = namespace(grad_out)
    part = xp.permute_dims(grad_out[slab.volumes, :, slab.planes, ...], (0, 2, 1, 3, 4))
    flat: Array = xp.reshape(part, (slab.geometry.batch, *part.shape[2:]))
    return flat


def _flat(weight: Array) -> Array:
    """View the kernels as those in two dimensions, (F, C / groups · kd, kh, kw)."""
    filters, channels, depth, height, width = weight.shape
    flat: Array = namespace(weight).reshape(weight, (filters, channels * depth, height, width))
    return flat
