"""Transposed convolution of volumes."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrTriple, floating, given, integer, layout, upstream
from convnet._array import Array
from convnet._engine import volumes
from convnet._engine.matrix_products import bias_gradient
from convnet._engine.transposed_arguments import check_channels, transposed_axes
from convnet._engine.volumes import Solid


@dataclass(frozen=True, slots=True)
class ConvTranspose3dCache:
    """What the backward pass needs; `solid` is the convolution which this layer is the transpose of."""

    x: Array
    weight: Array
    has_bias: bool
    solid: Solid


def conv_transpose3d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrTriple = 1,
    padding: IntOrTriple = 0,
    output_padding: IntOrTriple = 0,
    groups: int = 1,
    dilation: IntOrTriple = 1,
) -> tuple[Array, ConvTranspose3dCache]:
    r"""Paint each voxel's multiple of the kernel onto a larger volume; `conv_transpose2d_forward` in 3D.

    .. math::

        y_{n,\, f,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p} \mathrel{+}=
        w_{m f l i j}\; x_{n m z r c} \quad\text{for all } m, l, i, j, z, r, c

    Parameters
    ----------
    x : Array, shape (N, C, D, H, W)
        Volumes.
    weight : Array, shape (C, F / groups, kd, kh, kw)
        Kernels; the input channels come first.
    bias : Array, shape (F,), optional
        One number for each output channel.
    stride, padding, output_padding, groups, dilation
        As in `conv_transpose2d_forward`, along three axes: (planes, rows, columns) where they differ.

    Returns
    -------
    out : Array, shape (N, F, D', H', W')
        Along each axis L' = (L − 1) stride − 2 padding + dilation (k − 1) + output_padding + 1.
    cache : ConvTranspose3dCache
        For `conv_transpose3d_backward`.

    Raises
    ------
    ValueError
        As in `conv_transpose2d_forward`.

    Notes
    -----
    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016; Çiçek et al., "3D
    U-Net", 2016.

    Plain version: `convnet.plain.conv_transpose3d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([1.0, 2.0]).reshape(1, 1, 2, 1, 1)
    >>> conv_transpose3d_forward(x, np.ones((1, 1, 3, 1, 1)), stride=2)[0].ravel()
    array([1., 1., 3., 2., 2.])
    """
    name = "conv_transpose3d"
    floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, "N, C, D, H, W")
    layout(name, "weight", weight, "C, F / groups, kd, kh, kw")
    groups = integer(name, "groups", groups, 1)
    filters = check_channels(name, x, weight, bias, groups)
    planes, rows, columns = transposed_axes(name, x, weight, stride, padding, output_padding, dilation)
    solid = Solid(x.shape[0], filters, x.shape[1], groups, (planes, rows, columns))
    out = volumes.input_gradient(x, weight, solid)
    if bias is not None:
        out += bias[:, None, None, None]
    return out, ConvTranspose3dCache(x, weight, bias is not None, solid)


def conv_transpose3d_backward(
    grad_out: Array, cache: ConvTranspose3dCache
) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv_transpose3d_forward`, as `conv_transpose2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m z r c}} = \sum_{f, l, i, j} w_{m f l i j}\;
        g_{n,\, f,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, z, r, c} g_{n f z r c}

    and the weight's gradient multiplies the same numbers of :math:`g` by :math:`x_{n m z r c}`.

    Parameters
    ----------
    grad_out : Array, shape (N, F, D', H', W')
        Upstream gradient :math:`g`.
    cache : ConvTranspose3dCache
        From `conv_transpose3d_forward`.

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
    Source: as `conv_transpose3d_forward`.

    Plain version: `convnet.plain.conv_transpose3d_backward`.
    """
    upstream("conv_transpose3d_backward", grad_out, cache.solid.x_shape, cache.x)
    grad_x = volumes.forward(grad_out, cache.weight, None, cache.solid)
    grad_weight = volumes.weight_gradient(cache.x, grad_out, cache.weight, cache.solid)
    return grad_x, grad_weight, bias_gradient(grad_out) if cache.has_bias else None
