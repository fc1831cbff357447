"""Convolution layers: cross-correlation with learned kernels, in one and two dimensions."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, choice, floating, given, integer, layout, upstream
from convnet._array import Array
from convnet._engine import matrix_products
from convnet._engine.convolution_arguments import check_channels, spatial_axes
from convnet._engine.geometry import Geometry
from convnet._engine.windows import Axis
from convnet.functional.padding import PadCache, pad_backward, padded

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


@dataclass(frozen=True, slots=True)
class ConvCache:
    """What the backward pass needs of `conv1d_forward` or `conv2d_forward`."""

    x: Array
    weight: Array
    has_bias: bool
    geometry: Geometry
    border: PadCache | None
    shape: tuple[int, ...]


def conv2d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair | str = 0,
    dilation: IntOrPair = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> tuple[Array, ConvCache]:
    r"""Slide kernels over images; one map comes out for each kernel.

    .. math::

        y_{n f r c} = b_f + \sum_{m, i, j} w_{f m i j}\; x_{n,\, m,\, r s + i d - p,\, c s + j d - p}

    This is cross-correlation. True convolution flips the kernel (see `convolve2d`); a learned kernel does not
    care.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    weight : Array, shape (F, C / groups, kh, kw)
        Kernels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    stride : int or pair of int
        Step :math:`s` between windows, in pixels; (rows, columns) where they differ.
    padding : int, pair of int, "valid" or "same"
        Pixels :math:`p` added at each side. "valid" adds none. "same" adds what keeps the size at stride 1;
        where that is an odd number, the larger half comes after, as in torch.
    dilation : int or pair of int
        Distance :math:`d` between two taps of the kernel, in pixels.
    groups : int
        Groups of channels that do not see each other; C of them make the layer depthwise.
    padding_mode : {"zeros", "reflect", "replicate", "circular"}
        What the added pixels hold, as in `torch.nn.Conv2d`.

    Returns
    -------
    out : Array, shape (N, F, H', W')
        Maps; `convnet.arithmetic.conv_output_size` gives H' and W'.
    cache : ConvCache
        For `conv2d_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, the kernel does not fit the padded image, or an
        option is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture; output size from Michigan, CNN overview.

    Plain versions: `convnet.plain.conv2d`, `convnet.plain.grouped_conv2d`.

    Examples
    --------
    The window of the Georgia Tech lecture under a Sobel kernel:

    >>> import numpy as np
    >>> x = np.asarray([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> weight = np.asarray([[[[1.0, 0, -1], [2, 0, -2], [1, 0, -1]]]])
    >>> conv2d_forward(x, weight)[0]
    array([[[[65.]]]])
    """
    layouts = ("N, C, H, W", "F, C / groups, kh, kw")
    return layer_forward("conv2d", layouts, x, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv2d_backward(grad_out: Array, cache: ConvCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv2d_forward`.

    .. math::

        \frac{\partial L}{\partial w_{f m i j}} = \sum_{n, r, c} g_{n f r c}\, x_{n,\, m,\, r s + i d - p,\,
        c s + j d - p}, \qquad \frac{\partial L}{\partial b_f} = \sum_{n, r, c} g_{n f r c}

    and :math:`\partial L / \partial x` sends :math:`g_{nfrc}\, w_{fmij}` back to every pixel that was read.
    At stride 1 that is a correlation of the upstream gradient with the kernel rotated by 180°.

    Parameters
    ----------
    grad_out : Array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    cache : ConvCache
        From `conv2d_forward`.

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
    Source: Georgia Tech CS 7643, lecture on the backward pass of convolution; CUHK ELEG5491.

    Plain versions: `convnet.plain.conv2d_backward`, `convnet.plain.grouped_conv2d_backward`.
    """
    return layer_backward("conv2d_backward", grad_out, cache)


def conv1d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: int = 1,
    padding: int | str = 0,
    dilation: int = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> tuple[Array, ConvCache]:
    r"""Slide kernels over signals; `conv2d_forward` with one axis less.

    .. math:: y_{n f r} = b_f + \sum_{m, j} w_{f m j}\; x_{n,\, m,\, r s + j d - p}

    Parameters
    ----------
    x : Array, shape (N, C, L)
        Signals.
    weight : Array, shape (F, C / groups, k)
        Kernels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    stride, padding, dilation, groups, padding_mode
        As in `conv2d_forward`, along one axis.

    Returns
    -------
    out : Array, shape (N, F, L')
        Maps.
    cache : ConvCache
        For `conv1d_backward`.

    Raises
    ------
    ValueError
        As in `conv2d_forward`.

    Notes
    -----
    Source: as `conv2d_forward`.

    Plain version: `convnet.plain.conv1d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[1.0, 2, 4, 7]]])
    >>> conv1d_forward(x, np.asarray([[[-1.0, 1.0]]]))[0]
    array([[[1., 2., 3.]]])
    """
    layouts = ("N, C, L", "F, C / groups, k")
    return layer_forward("conv1d", layouts, x, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv1d_backward(grad_out: Array, cache: ConvCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `conv1d_forward`, as `conv2d_backward` does.

    .. math::

        \frac{\partial L}{\partial w_{f m j}} = \sum_{n, r} g_{n f r}\, x_{n,\, m,\, r s + j d - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, r} g_{n f r}

    and :math:`\partial L / \partial x` sends :math:`g_{nfr}\, w_{fkj}` back to every sample that was read.

    Parameters
    ----------
    grad_out : Array, shape (N, F, L')
        Upstream gradient :math:`g`.
    cache : ConvCache
        From `conv1d_forward`.

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
    Source: as `conv1d_forward`.

    Plain version: `convnet.plain.conv1d_backward`.
    """
    return layer_backward("conv1d_backward", grad_out, cache)


def layer_forward(
    name: str,
    layouts: tuple[str, str],
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: IntOrPair,
    padding: IntOrPair | str,
    dilation: IntOrPair,
    groups: int,
    padding_mode: str,
) -> tuple[Array, ConvCache]:
    """Check the arguments, pad unless with zeros, and hand over to the matrix products.

    Complaints open with `name`, which may be that of a layer that has this one inside.
    """
    xp = floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, layouts[0])
    layout(name, "weight", weight, layouts[1])
    groups = integer(name, "groups", groups, 1)
    check_channels(name, x, weight, bias, groups)
    choice(name, "padding_mode", padding_mode, PADDING_MODES)
    axes = spatial_axes(name, x, weight, stride, padding, dilation)

    border = None
    source = x
    if padding_mode != "zeros" and any(axis.before or axis.after for axis in axes):
        pad = [side for axis in reversed(axes) for side in (axis.before, axis.after)]
        source, border = padded(name, x, pad, padding_mode)
        axes = [
            Axis(axis.size + axis.before + axis.after, axis.kernel, axis.stride, dilation=axis.dilation)
            for axis in axes
        ]
    columns = axes[-1]
    rows = axes[0] if x.ndim == 4 else Axis(1, kernel=1)
    geometry = Geometry(x.shape[0], x.shape[1], weight.shape[0], groups, rows, columns)
    flat_x = xp.reshape(source, (*x.shape[:2], rows.size, columns.size))
    flat_weight = xp.reshape(weight, (*weight.shape[:2], rows.kernel, columns.kernel))
    out = matrix_products.forward(flat_x, flat_weight, bias, geometry)
    shape = (x.shape[0], weight.shape[0], *(axis.outputs for axis in axes))
    cache = ConvCache(flat_x, flat_weight, bias is not None, geometry, border, shape)
    return xp.reshape(out, shape), cache


def layer_backward(name: str, grad_out: Array, cache: ConvCache) -> tuple[Array, Array, Array | None]:
    """Check the upstream gradient and hand over to the matrix products."""
    xp = upstream(name, grad_out, cache.shape, cache.x)
    geometry, is_1d = cache.geometry, len(cache.shape) == 3
    maps = xp.reshape(grad_out, (*cache.shape[:2], geometry.rows.outputs, geometry.columns.outputs))
    grad_x, grad_weight = matrix_products.backward(maps, cache.x, cache.weight, geometry)
    grad_bias = matrix_products.bias_gradient(maps) if cache.has_bias else None
    if is_1d:
        grad_x, grad_weight = xp.squeeze(grad_x, axis=2), xp.squeeze(grad_weight, axis=2)
    if cache.border is not None:
        grad_x = pad_backward(grad_x, cache.border)
    return grad_x, grad_weight, grad_bias
