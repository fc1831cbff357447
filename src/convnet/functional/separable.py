"""Depthwise separable convolution: first look around in each channel, then mix the channels."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, given, layout, shape_of
from convnet._array import Array
from convnet.functional.convolution import ConvCache, layer_backward, layer_forward


@dataclass(frozen=True, slots=True)
class SeparableConvCache:
    """The caches of both steps."""

    depthwise: ConvCache
    pointwise: ConvCache


def separable_conv2d_forward(
    x: Array,
    depthwise_weight: Array,
    pointwise_weight: Array,
    bias: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair | str = 0,
    dilation: IntOrPair = 1,
) -> tuple[Array, SeparableConvCache]:
    r"""Convolve each channel by itself, then take sums over the channels, pixel by pixel.

    .. math::

        h_{n m r c} = \sum_{i, j} d_{m i j}\; x_{n,\, m,\, r s + i d - p,\, c s + j d - p}, \qquad
        y_{n f r c} = b_f + \sum_m w_{f m}\, h_{n m r c}

    One k × k convolution from C to F channels has k²CF weights, the two steps have k²C + CF: for 3 × 3 and
    many channels about a ninth. What they can say is one convolution whose weight is the product
    :math:`w_{fm} d_{mij}`.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    depthwise_weight : Array, shape (C · multiplier, 1, kh, kw)
        So many kernels for each channel.
    pointwise_weight : Array, shape (F, C · multiplier, 1, 1)
        How the channels mix.
    bias : Array, shape (F,), optional
        One number for each output channel.
    stride, padding, dilation
        Of the first step, as in `conv2d_forward`.

    Returns
    -------
    out : Array, shape (N, F, H', W')
        Maps.
    cache : SeparableConvCache
        For `separable_conv2d_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, or a convolution refuses its arguments.

    Notes
    -----
    Source: Howard et al., "MobileNets", 2017; CUHK ELEG5491, depthwise separable convolution.

    Plain version: `convnet.plain.separable_conv2d`.

    Examples
    --------
    Add up neighbours in both channels, then take the difference of the channels:

    >>> import numpy as np
    >>> x = np.asarray([[[[1.0, 2.0, 3.0]], [[1.0, 1.0, 1.0]]]])
    >>> depthwise, pointwise = np.ones((2, 1, 1, 2)), np.asarray([[[[1.0]], [[-1.0]]]])
    >>> separable_conv2d_forward(x, depthwise, pointwise)[0]
    array([[[[1., 3.]]]])
    """
    name = "separable_conv2d"
    floating(
        name,
        x=x,
        depthwise_weight=depthwise_weight,
        pointwise_weight=pointwise_weight,
        **given(bias=bias),
    )
    layout(name, "x", x, "N, C, H, W")
    layout(name, "depthwise_weight", depthwise_weight, "C · multiplier, 1, kh, kw")
    layout(name, "pointwise_weight", pointwise_weight, "F, C · multiplier, 1, 1")
    shapes = (
        f"(x: {shape_of(x)}, depthwise_weight: {shape_of(depthwise_weight)}, "
        f"pointwise_weight: {shape_of(pointwise_weight)})"
    )
    channels, middle = x.shape[1], depthwise_weight.shape[0]
    if depthwise_weight.shape[1] != 1 or channels < 1 or middle % channels:
        raise ValueError(
            f"{name}: depthwise_weight must have shape ({channels} · multiplier, 1, kh, kw), x has "
            f"{channels} channels {shapes}"
        )
    if shape_of(pointwise_weight)[1:] != (middle, 1, 1):
        raise ValueError(f"{name}: pointwise_weight must have shape (F, {middle}, 1, 1) {shapes}")
    layouts = ("N, C, H, W", "F, C, kh, kw")
    between, depthwise = layer_forward(
        name, layouts, x, depthwise_weight, None, stride, padding, dilation, channels, "zeros"
    )
    out, pointwise = layer_forward(name, layouts, between, pointwise_weight, bias, 1, 0, 1, 1, "zeros")
    return out, SeparableConvCache(depthwise, pointwise)


def separable_conv2d_backward(
    grad_out: Array, cache: SeparableConvCache
) -> tuple[Array, Array, Array, Array | None]:
    r"""Return the gradients of `separable_conv2d_forward`: through the mixing, then through the channels.

    .. math::

        \frac{\partial L}{\partial w_{f m}} = \sum_{n, r, c} g_{n f r c}\, h_{n m r c}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, r, c} g_{n f r c}, \qquad
        q_{n m r c} = \sum_f w_{f m}\, g_{n f r c}

    .. math::

        \frac{\partial L}{\partial d_{m i j}} = \sum_{n, r, c} q_{n m r c}\;
        x_{n,\, m,\, r s + i d - p,\, c s + j d - p}

    where :math:`q` is the gradient by the maps :math:`h` between the two steps. By `x` it sends
    :math:`q_{nmrc}\, d_{mij}` back to every pixel that was read.

    Parameters
    ----------
    grad_out : Array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    cache : SeparableConvCache
        From `separable_conv2d_forward`.

    Returns
    -------
    grad_x, grad_depthwise_weight, grad_pointwise_weight : Array
        In the shapes of the arguments.
    grad_bias : Array or None
        In the shape of `bias`; None where there was none.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `separable_conv2d_forward`.

    Plain version: `convnet.plain.separable_conv2d_backward`.
    """
    name = "separable_conv2d_backward"
    grad_between, grad_pointwise, grad_bias = layer_backward(name, grad_out, cache.pointwise)
    grad_x, grad_depthwise, _ = layer_backward(name, grad_between, cache.depthwise)
    return grad_x, grad_depthwise, grad_pointwise, grad_bias
