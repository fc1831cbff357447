"""Convolution of volumes: the layer in three dimensions, on the core of the one in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from convnet._arguments import IntOrTriple, choice, floating, given, integer, layout, upstream
from convnet._array import Array, add_at, chunks, empty, itemsize, namespace, zeros
from convnet._engine import matrix_products
from convnet._engine.convolution_arguments import check_channels, spatial_axes
from convnet._engine.geometry import Geometry
from convnet._engine.windows import Axis, Overlap, overlap
from convnet.functional.convolution import PADDING_MODES
from convnet.functional.padding import PadCache, pad_backward, padded

SLAB_BYTES = 1 << 22
"""Bytes of planes laid out at a time; see `_slabs`."""


@dataclass(frozen=True, slots=True)
class Conv3dCache:
    """What `conv3d_backward` needs of the forward pass; `x` is padded where a border is not of zeros."""

    x: Array
    weight: Array
    has_bias: bool
    groups: int
    axes: tuple[Axis, Axis, Axis]
    border: PadCache | None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the output."""
        return (self.x.shape[0], self.weight.shape[0], *(axis.outputs for axis in self.axes))


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


def conv3d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrTriple = 1,
    padding: IntOrTriple | str = 0,
    dilation: IntOrTriple = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> tuple[Array, Conv3dCache]:
    r"""Slide kernels over volumes, such as scans or video clips; `conv2d_forward` with one axis more.

    .. math::

        y_{n f z r c} = b_f + \sum_{k, l, i, j} w_{f k l i j}\;
        x_{n,\, k,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}

    The kernel has kd planes. Each plane is a convolution in two dimensions, and what these give is added up:
    the planes that a plane of output sees are but further channels.

    Parameters
    ----------
    x : Array, shape (N, C, D, H, W)
        Volumes; the depth D may be time.
    weight : Array, shape (F, C / groups, kd, kh, kw)
        Kernels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    stride, padding, dilation, groups, padding_mode
        As in `conv2d_forward`, along three axes: (planes, rows, columns) where they differ.

    Returns
    -------
    out : Array, shape (N, F, D', H', W')
        Maps; `convnet.arithmetic.conv_output_size` gives D', H' and W'.
    cache : Conv3dCache
        For `conv3d_backward`.

    Raises
    ------
    ValueError
        As in `conv2d_forward`.

    Notes
    -----
    Source: Ji, Xu, Yang and Yu, "3D convolutional neural networks for human action recognition", 2013; Tran
    et al., "Learning spatiotemporal features with 3D convolutional networks", 2015.

    Examples
    --------
    What changes from one frame of a clip to the next:

    >>> import numpy as np
    >>> clip = np.asarray([[[[[1.0, 0.0]], [[0.0, 1.0]], [[0.0, 1.0]]]]])
    >>> conv3d_forward(clip, np.asarray([-1.0, 1.0]).reshape(1, 1, 2, 1, 1))[0]
    array([[[[[-1.,  1.]],
             [[ 0.,  0.]]]]])
    """
    name = "conv3d"
    floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, "N, C, D, H, W")
    layout(name, "weight", weight, "F, C / groups, kd, kh, kw")
    groups = integer(name, "groups", groups, 1)
    check_channels(name, x, weight, bias, groups)
    choice(name, "padding_mode", padding_mode, PADDING_MODES)
    axes = spatial_axes(name, x, weight, stride, padding, dilation)
    border = None
    if padding_mode != "zeros" and any(axis.before or axis.after for axis in axes):
        pad = [side for axis in reversed(axes) for side in (axis.before, axis.after)]
        x, border = padded(name, x, pad, padding_mode)
        sizes = x.shape[2:]
        axes = [
            Axis(size, axis.kernel, axis.stride, dilation=axis.dilation)
            for size, axis in zip(sizes, axes, strict=True)
        ]
    planes, rows, columns = axes
    cache = Conv3dCache(x, weight, bias is not None, groups, (planes, rows, columns), border)
    xp = namespace(x)
    matrix, out = _flat(weight), empty(cache.shape, x)
    for slab in _slabs(cache):
        maps = matrix_products.forward(_laid_out(x, slab), matrix, bias, slab.geometry)
        parted = xp.reshape(maps, (*slab.sizes, *maps.shape[1:]))  # (volumes, planes, F, H', W')
        out[slab.volumes, :, slab.planes, ...] = xp.permute_dims(parted, (0, 2, 1, 3, 4))
    return out, cache


def conv3d_backward(grad_out: Array, cache: Conv3dCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv3d_forward`, as `conv2d_backward` does.

    .. math::

        \frac{\partial L}{\partial w_{f k l i j}} = \sum_{n, z, r, c} g_{n f z r c}\;
        x_{n,\, k,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, z, r, c} g_{n f z r c}

    and :math:`\partial L / \partial x` sends :math:`g_{nfzrc}\, w_{fklij}` back to every voxel that was read.

    Parameters
    ----------
    grad_out : Array, shape (N, F, D', H', W')
        Upstream gradient :math:`g`.
    cache : Conv3dCache
        From `conv3d_forward`.

    Returns
    -------
    grad_x, grad_weight : Array
        In the shapes of `x` and `weight`.
    grad_bias : Array or None
        In the shape of `bias`; None where there was none.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `conv3d_forward`.
    """
    xp = upstream("conv3d_backward", grad_out, cache.shape, cache.x)
    matrix, grad_x = _flat(cache.weight), zeros(cache.x.shape, cache.x)
    grad_matrix = zeros(matrix.shape, matrix)
    for slab in _slabs(cache):
        maps, planes = _upstream(grad_out, slab), _laid_out(cache.x, slab)
        grad, share = matrix_products.backward(maps, planes, matrix, slab.geometry)
        grad_matrix += share
        channels, depth = cache.x.shape[1], cache.axes[0].kernel
        parted = xp.reshape(grad, (*slab.sizes, channels, depth, *grad.shape[2:]))
        for number, (outputs, inputs) in enumerate(slab.taps):
            moved = xp.permute_dims(parted[:, outputs, :, number, ...], (0, 2, 1, 3, 4))
            add_at(grad_x, (slab.volumes, slice(None), inputs, ...), moved)
    if cache.border is not None:
        grad_x = pad_backward(grad_x, cache.border)
    return grad_x, xp.reshape(grad_matrix, cache.weight.shape), _bias_gradient(grad_out, cache)


def parameter_gradients(grad_out: Array, cache: Conv3dCache) -> tuple[Array, Array | None]:
    """Return the gradients by weight and bias alone: what the first layer of a network needs."""
    xp = upstream("conv3d_backward", grad_out, cache.shape, cache.x)
    matrix = _flat(cache.weight)
    grad_matrix = zeros(matrix.shape, matrix)
    for slab in _slabs(cache):
        maps, planes = _upstream(grad_out, slab), _laid_out(cache.x, slab)
        grad_matrix += matrix_products.weight_gradient(maps, planes, matrix, slab.geometry)
    return xp.reshape(grad_matrix, cache.weight.shape), _bias_gradient(grad_out, cache)


def _bias_gradient(grad_out: Array, cache: Conv3dCache) -> Array | None:
    return matrix_products.bias_gradient(grad_out) if cache.has_bias else None


def _slabs(cache: Conv3dCache) -> Iterator[Slab]:
    """Cut the output into whole volumes, or some planes of one, whose input takes about `SLAB_BYTES`.

    Laid out, every plane of output has its own copy of the kd planes that it sees.
    """
    depth, rows, columns = cache.axes
    batch, channels = cache.x.shape[0], cache.x.shape[1] * depth.kernel
    plane_bytes = itemsize(cache.x) * channels * rows.size * columns.size
    planes_at_once = max(1, min(depth.outputs, SLAB_BYTES // plane_bytes))
    volumes_at_once = max(1, SLAB_BYTES // (plane_bytes * depth.outputs))
    for volumes in chunks(batch, volumes_at_once):
        for planes in chunks(depth.outputs, planes_at_once):
            sizes = (volumes.stop - volumes.start, planes.stop - planes.start)
            first = planes.start * depth.stride - depth.before
            taps = [
                overlap(first + tap * depth.dilation, depth.stride, sizes[1], depth.size)
                for tap in range(depth.kernel)
            ]
            images, filters = sizes[0] * sizes[1], cache.weight.shape[0]
            geometry = Geometry(images, channels, filters, cache.groups, rows, columns)
            yield Slab(volumes, planes, sizes, taps, geometry)


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
