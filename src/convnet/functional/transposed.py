"""Transposed convolution: each input pixel paints the kernel onto the output."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, given, integer, layout, upstream
from convnet._array import Array
from convnet._engine import matrix_products
from convnet._engine.geometry import Geometry
from convnet._engine.transposed_arguments import check_channels, transposed_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class ConvTransposeCache:
    """What the backward pass needs; `geometry` is the convolution which this layer is the transpose of."""

    x: Array
    weight: Array
    has_bias: bool
    geometry: Geometry
    shape: tuple[int, ...]


def conv_transpose2d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair = 0,
    output_padding: IntOrPair = 0,
    groups: int = 1,
    dilation: IntOrPair = 1,
) -> tuple[Array, ConvTransposeCache]:
    r"""Paint each pixel's multiple of the kernel onto a larger image, and add up where they overlap.

    .. math::

        y_{n,\, f,\, r s + i d - p,\, c s + j d - p} \mathrel{+}= w_{m f i j}\; x_{n m r c}
        \quad\text{for all } m, i, j, r, c

    This is the gradient of a convolution by its input, used as a layer: the matrix of the convolution,
    transposed. It does not undo the convolution. Where the stride does not divide the kernel, the paint lies
    thicker on some pixels than on others (the "checkerboard").

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    weight : Array, shape (C, F / groups, kh, kw)
        Kernels; the input channels come first.
    bias : Array, shape (F,), optional
        One number for each output channel.
    stride : int or pair of int
        Distance :math:`s` between the pictures of two neighbouring pixels.
    padding : int or pair of int
        Pixels :math:`p` cut off from each side of the output.
    output_padding : int or pair of int
        Pixels added at the end of the output, smaller than stride or dilation: several input sizes of a
        strided convolution give one output size, and this says which one to go back to.
    groups : int
        Groups of channels that do not see each other.
    dilation : int or pair of int
        Distance :math:`d` between two taps of the kernel.

    Returns
    -------
    out : Array, shape (N, F, H', W')
        H' = (H − 1) stride − 2 padding + dilation (kh − 1) + output_padding + 1.
    cache : ConvTransposeCache
        For `conv_transpose2d_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, nothing is left of the output, or an option is out of
        range.

    Notes
    -----
    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016; Odena et al.,
    "Deconvolution and checkerboard artifacts", 2016; CUHK ELEG5491, transposed convolution.

    Plain version: `convnet.plain.conv_transpose2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[1.0, 2.0]]]])
    >>> conv_transpose2d_forward(x, np.ones((1, 1, 1, 3)), stride=2)[0]
    array([[[[1., 1., 3., 2., 2.]]]])
    """
    layouts = ("N, C, H, W", "C, F / groups, kh, kw")
    return _forward(
        "conv_transpose2d", layouts, x, weight, bias, stride, padding, output_padding, groups, dilation
    )


def conv_transpose2d_backward(
    grad_out: Array, cache: ConvTransposeCache
) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv_transpose2d_forward`.

    The transpose of the transpose is the convolution itself:

    .. math::

        \frac{\partial L}{\partial x_{n m r c}} = \sum_{f, i, j} w_{m f i j}\;
        g_{n,\, f,\, r s + i d - p,\, c s + j d - p}, \qquad
        \frac{\partial L}{\partial w_{m f i j}} = \sum_{n, r, c} x_{n m r c}\;
        g_{n,\, f,\, r s + i d - p,\, c s + j d - p}

    The weight's gradient is that of this convolution, where input and upstream gradient change places. The
    bias's adds up the maps: :math:`\partial L / \partial b_f = \sum_{n, r, c} g_{n f r c}`.

    Parameters
    ----------
    grad_out : Array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    cache : ConvTransposeCache
        From `conv_transpose2d_forward`.

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
    Source: as `conv_transpose2d_forward`.

    Plain version: `convnet.plain.conv_transpose2d_backward`.
    """
    return _backward("conv_transpose2d_backward", grad_out, cache)


def conv_transpose1d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    groups: int = 1,
    dilation: int = 1,
) -> tuple[Array, ConvTransposeCache]:
    r"""Paint each sample's multiple of the kernel onto a longer signal; `conv_transpose2d_forward` in 1D.

    .. math:: y_{n,\, f,\, r s + j d - p} \mathrel{+}= w_{m f j}\; x_{n m r} \quad\text{for all } m, j, r

    Parameters
    ----------
    x : Array, shape (N, C, L)
        Signals.
    weight : Array, shape (C, F / groups, k)
        Kernels; the input channels come first.
    bias : Array, shape (F,), optional
        One number for each output channel.
    stride, padding, output_padding, groups, dilation
        As in `conv_transpose2d_forward`, along one axis.

    Returns
    -------
    out : Array, shape (N, F, L')
        L' = (L − 1) stride − 2 padding + dilation (k − 1) + output_padding + 1.
    cache : ConvTransposeCache
        For `conv_transpose1d_backward`.

    Raises
    ------
    ValueError
        As in `conv_transpose2d_forward`.

    Notes
    -----
    Source: as `conv_transpose2d_forward`.

    Plain version: `convnet.plain.conv_transpose1d`.

    Examples
    --------
    >>> import numpy as np
    >>> conv_transpose1d_forward(np.asarray([[[1.0, 2.0]]]), np.ones((1, 1, 3)), stride=3)[0]
    array([[[1., 1., 1., 2., 2., 2.]]])
    """
    layouts = ("N, C, L", "C, F / groups, k")
    return _forward(
        "conv_transpose1d", layouts, x, weight, bias, stride, padding, output_padding, groups, dilation
    )


def conv_transpose1d_backward(
    grad_out: Array, cache: ConvTransposeCache
) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv_transpose1d_forward`, as `conv_transpose2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m r}} = \sum_{f, j} w_{m f j}\; g_{n,\, f,\, r s + j d - p}, \qquad
        \frac{\partial L}{\partial w_{m f j}} = \sum_{n, r} x_{n m r}\; g_{n,\, f,\, r s + j d - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, r} g_{n f r}

    Parameters
    ----------
    grad_out : Array, shape (N, F, L')
        Upstream gradient :math:`g`.
    cache : ConvTransposeCache
        From `conv_transpose1d_forward`.

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
    Source: as `conv_transpose1d_forward`.

    Plain version: `convnet.plain.conv_transpose1d_backward`.
    """
    return _backward("conv_transpose1d_backward", grad_out, cache)


def _forward(
    name: str,
    layouts: tuple[str, str],
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: IntOrPair,
    padding: IntOrPair,
    output_padding: IntOrPair,
    groups: int,
    dilation: IntOrPair,
) -> tuple[Array, ConvTransposeCache]:
    """Check the arguments and ask for the input gradient of the convolution from the output to `x`."""
    xp = floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, layouts[0])
    layout(name, "weight", weight, layouts[1])
    groups = integer(name, "groups", groups, 1)
    filters = check_channels(name, x, weight, bias, groups)
    axes = transposed_axes(name, x, weight, stride, padding, output_padding, dilation)

    columns = axes[-1]
    rows = axes[0] if x.ndim == 4 else Axis(1, kernel=1)
    geometry = Geometry(x.shape[0], filters, x.shape[1], groups, rows, columns)
    flat_x = xp.reshape(x, (*x.shape[:2], rows.outputs, columns.outputs))
    flat_weight = xp.reshape(weight, (*weight.shape[:2], rows.kernel, columns.kernel))
    out = matrix_products.input_gradient(flat_x, flat_weight, geometry)
    if bias is not None:
        out += bias[:, None, None]
    shape = (x.shape[0], filters, *(axis.size for axis in axes))
    return xp.reshape(out, shape), ConvTransposeCache(flat_x, flat_weight, bias is not None, geometry, shape)


def _backward(name: str, grad_out: Array, cache: ConvTransposeCache) -> tuple[Array, Array, Array | None]:
    xp = upstream(name, grad_out, cache.shape, cache.x)
    geometry = cache.geometry
    maps = xp.reshape(grad_out, (*cache.shape[:2], geometry.rows.size, geometry.columns.size))
    grad_x = matrix_products.forward(maps, cache.weight, None, geometry)
    grad_weight = matrix_products.weight_gradient(cache.x, maps, cache.weight, geometry)
    grad_bias = matrix_products.bias_gradient(maps) if cache.has_bias else None
    if len(cache.shape) == 3:
        grad_x, grad_weight = xp.squeeze(grad_x, axis=2), xp.squeeze(grad_weight, axis=2)
    return grad_x, grad_weight, grad_bias
