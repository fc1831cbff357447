"""Partial convolution: convolve the pixels that are known, and keep track of which these are."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from convnet._arguments import IntOrPair, floating, given, layout, shape_of, upstream
from convnet._array import Array, full, namespace, zeros
from convnet._array import mask as as_mask
from convnet._engine.matrix_products import bias_gradient
from convnet.functional.convolution import ConvCache, layer_backward, layer_forward


@dataclass(frozen=True, slots=True)
class PartialConvCache:
    """What `partial_conv2d_backward` needs, and the mask for the next layer."""

    convolution: ConvCache
    known: Array
    ratio: Array
    has_bias: bool
    new_mask: Array
    """Which outputs saw a known pixel: 1 or 0, shape (N, 1, H', W'). The mask of the next layer."""


def partial_conv2d_forward(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    mask: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair | str = 0,
    dilation: IntOrPair = 1,
) -> tuple[Array, PartialConvCache]:
    r"""Convolve known pixels only, and scale up by how many there are.

    .. math::

        y = \begin{cases}
        \dfrac{\sum 1}{\sum m} \displaystyle\sum_i w_i\, m_i\, x_i + b & \text{if } \sum m > 0 \\
        0 & \text{otherwise}
        \end{cases}
        \qquad\qquad
        m' = \begin{cases} 1 & \text{if } \sum m > 0 \\ 0 & \text{otherwise} \end{cases}

    The sums run over one window: all its channels, rows and columns. Padding is unknown, so a window at the
    edge is scaled up even where the mask is 1 everywhere. What `x` holds under a hole does not matter, be it
    NaN.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    weight : Array, shape (F, C, kh, kw)
        Kernels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    mask : Array, shape (N, C, H, W) or (N, 1, H, W), optional
        1 where a pixel is known and 0 in the holes, in the dtype of `x`; one mask for all channels or one
        for each. Everything is known unless given. No gradient goes into it.
    stride, padding, dilation
        As in `conv2d_forward`.

    Returns
    -------
    out : Array, shape (N, F, H', W')
        Maps.
    cache : PartialConvCache
        For `partial_conv2d_backward`. `cache.new_mask`, of shape (N, 1, H', W'), is :math:`m'`, the mask of
        the next layer: the holes close layer by layer.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, the mask holds something else than 0 and 1, or the
        convolution refuses its arguments.

    Notes
    -----
    Source: Liu et al., "Image inpainting for irregular holes using partial convolutions", 2018; CUHK
    ELEG5491, partial convolution.

    Plain version: `convnet.plain.partial_conv2d`.

    Examples
    --------
    One of three pixels is known, so it counts three times; then none is:

    >>> import numpy as np
    >>> x = np.asarray([[[[5.0, 9.0, 9.0, 9.0]]]])
    >>> mask = np.asarray([[[[1.0, 0.0, 0.0, 0.0]]]])
    >>> out, cache = partial_conv2d_forward(x, np.ones((1, 1, 1, 3)), np.ones(1), mask)
    >>> out, cache.new_mask
    (array([[[[16.,  0.]]]]), array([[[[1., 0.]]]]))
    """
    name = "partial_conv2d"
    xp = floating(name, x=x, weight=weight, **given(bias=bias, mask=mask))
    layouts = ("N, C, H, W", "F, C, kh, kw")
    layout(name, "x", x, layouts[0])
    layout(name, "weight", weight, layouts[1])
    if mask is None:
        mask = full((x.shape[0], 1, *x.shape[2:]), 1, x)
    else:
        _check_mask(name, x, mask)
    if bias is not None and shape_of(bias) != (weight.shape[0],):
        raise ValueError(
            f"{name}: bias must have shape ({weight.shape[0]},), it has {shape_of(bias)} "
            f"(weight: {shape_of(weight)})"
        )
    known = mask > 0
    masked = xp.where(known, x, zeros((), x))
    options = (stride, padding, dilation, 1, "zeros")
    raw, convolution = layer_forward(name, layouts, masked, weight, None, *options)
    window = full((1, mask.shape[1], *weight.shape[2:]), 1, x)
    counts, _ = layer_forward(name, layouts, mask, window, None, *options)  # (N, 1, H', W')
    new_mask = as_mask(counts > 0.5, x)
    ratio = prod(window.shape) / xp.maximum(counts, full((), 1, x))
    out = raw * ratio
    if bias is not None:
        out += bias[:, None, None] * new_mask
    return out, PartialConvCache(convolution, known, ratio, bias is not None, new_mask)


def partial_conv2d_backward(grad_out: Array, cache: PartialConvCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `partial_conv2d_forward`.

    .. math::

        \frac{\partial L}{\partial w_i} = \sum a\, g\, m_i\, x_i, \qquad
        \frac{\partial L}{\partial x_i} = m_i \sum a\, g\, w_i, \qquad
        \frac{\partial L}{\partial b} = \sum m'\, g, \qquad
        a = \frac{\sum 1}{\sum m}

    They are those of a convolution of :math:`m x` whose upstream gradient is scaled by
    :math:`a`; nothing goes back into a hole.

    Parameters
    ----------
    grad_out : Array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    cache : PartialConvCache
        From `partial_conv2d_forward`.

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
    Source: as `partial_conv2d_forward`.

    Plain version: `convnet.plain.partial_conv2d_backward`.
    """
    name = "partial_conv2d_backward"
    upstream(name, grad_out, cache.convolution.shape, cache.ratio)
    grad_masked, grad_weight, _ = layer_backward(name, grad_out * cache.ratio, cache.convolution)
    grad_bias = bias_gradient(grad_out * cache.new_mask) if cache.has_bias else None
    return grad_masked * as_mask(cache.known, grad_out), grad_weight, grad_bias


def _check_mask(name: str, x: Array, mask: Array) -> None:
    xp = namespace(mask)
    shared = (x.shape[0], 1, *shape_of(x)[2:])
    if shape_of(mask) not in (shape_of(x), shared):
        raise ValueError(
            f"{name}: mask must have shape {shape_of(x)} or {shared}, it has {shape_of(mask)} "
            f"(x: {shape_of(x)})"
        )
    if xp.any(xp.not_equal(mask * mask, mask)):
        raise ValueError(f"{name}: mask must hold 0 and 1 only")
