"""Convolution of volumes: the layer in three dimensions, on the core of the one in two."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrTriple, choice, floating, given, integer, layout, upstream
from convnet._array import Array
from convnet._engine import volumes
from convnet._engine.convolution_arguments import check_channels, spatial_axes
from convnet._engine.matrix_products import bias_gradient
from convnet._engine.volumes import Solid
from convnet._engine.windows import Axis
from convnet.functional.convolution import PADDING_MODES
from convnet.functional.padding import PadCache, pad_backward, padded


@dataclass(frozen=True, slots=True)
class Conv3dCache:
    """What `conv3d_backward` needs of the forward pass; `x` is padded where a border is not of zeros."""

    x: Array
    weight: Array
    has_bias: bool
    solid: Solid
    border: PadCache | None


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

        y_{n f z r c} = b_f + \sum_{m, l, i, j} w_{f m l i j}\;
        x_{n,\, m,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}

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

    Plain version: `convnet.plain.conv3d`.

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
    solid = Solid(x.shape[0], x.shape[1], weight.shape[0], groups, (planes, rows, columns))
    return volumes.forward(x, weight, bias, solid), Conv3dCache(x, weight, bias is not None, solid, border)


def conv3d_backward(grad_out: Array, cache: Conv3dCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv3d_forward`, as `conv2d_backward` does.

    .. math::

        \frac{\partial L}{\partial w_{f m l i j}} = \sum_{n, z, r, c} g_{n f z r c}\;
        x_{n,\, m,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, z, r, c} g_{n f z r c}

    and :math:`\partial L / \partial x` sends :math:`g_{nfzrc}\, w_{fmlij}` back to every voxel that was read.

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

    Plain version: `convnet.plain.conv3d_backward`.
    """
    upstream("conv3d_backward", grad_out, cache.solid.shape, cache.x)
    grad_x, grad_weight = volumes.backward(grad_out, cache.x, cache.weight, cache.solid)
    if cache.border is not None:
        grad_x = pad_backward(grad_x, cache.border)
    return grad_x, grad_weight, _bias_gradient(grad_out, cache)


def parameter_gradients(grad_out: Array, cache: Conv3dCache) -> tuple[Array, Array | None]:
    """Return the gradients by weight and bias alone: what the first layer of a network needs."""
    upstream("conv3d_backward", grad_out, cache.solid.shape, cache.x)
    grad_weight = volumes.weight_gradient(grad_out, cache.x, cache.weight, cache.solid)
    return grad_weight, _bias_gradient(grad_out, cache)


def _bias_gradient(grad_out: Array, cache: Conv3dCache) -> Array | None:
    return bias_gradient(grad_out) if cache.has_bias else None
