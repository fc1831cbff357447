"""Group normalization: some channels of one image, with all their pixels, are the samples."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from convnet._arguments import floating, given, integer, shape_of, upstream
from convnet._array import Array, narrow, short_buffers
from convnet._engine.channel_statistics import sums
from convnet._numbers import number
from convnet.functional.layer_normalization import LayerNormCache, layer_norm_backward, layer_norm_forward


@dataclass(frozen=True, slots=True)
class GroupNormCache:
    """What `group_norm_backward` needs: the groups as examples of a layer normalization, and its result."""

    x: Array
    weight: Array | None
    has_bias: bool
    groups: LayerNormCache
    normalized: Array
    """The maps with mean 0 and variance 1 in each group, (N, C, pixels)."""


@short_buffers
def group_norm_forward(
    x: Array,
    num_groups: int,
    weight: Array | None = None,
    bias: Array | None = None,
    eps: float = 1e-5,
) -> tuple[Array, GroupNormCache]:
    r"""Give each group of channels of an image mean 0 and variance 1, then scale and shift each channel.

    .. math:: y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta

    :math:`\mu` and :math:`\sigma^2` (biased) are taken over the pixels of neighbouring channels of one image,
    so nothing depends on the batch, however small. With one group this is a layer normalization over the
    image; with as many groups as channels it is instance normalization.

    Parameters
    ----------
    x : Array, shape (N, C, ...)
        Maps, usually (N, C, H, W).
    num_groups : int
        Groups, which must divide the channels.
    weight, bias : Array, shape (C,), optional
        Scale :math:`\gamma` and shift :math:`\beta`; 1 and 0 unless given.
    eps : float
        Keeps the root away from zero; at least 0.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : GroupNormCache
        For `group_norm_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, `num_groups` does not divide the channels, there is
        but one number, or `eps` is out of range.

    Notes
    -----
    Source: Wu and He, "Group normalization", 2018; Ulyanov, Vedaldi and Lempitsky, "Instance normalization",
    2016.

    Plain version: `convnet.plain.group_norm`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[1.0], [3.0], [10.0], [50.0]]])
    >>> group_norm_forward(x, 2, eps=0.0)[0].ravel()
    array([-1.,  1., -1.,  1.])
    """
    name = "group_norm"
    xp = floating(name, x=x, **given(weight=weight, bias=bias))
    if x.ndim < 2 or 0 in x.shape[1:]:
        raise ValueError(f"{name}: x must have shape (N, C, ...), and numbers (x: {shape_of(x)})")
    batch, channels = x.shape[:2]
    num_groups = integer(name, "num_groups", num_groups, 1)
    if channels % num_groups:
        raise ValueError(f"{name}: num_groups={num_groups} must divide the channels (x: {shape_of(x)})")
    for label, values in given(weight=weight, bias=bias).items():
        if shape_of(values) != (channels,):
            raise ValueError(
                f"{name}: {label} must have shape ({channels},), it has {shape_of(values)} (x: {shape_of(x)})"
            )
    eps = number(name, "eps", eps)
    pixels = prod(x.shape[2:])
    if batch * channels * pixels == num_groups:
        raise ValueError(f"{name}: one number has no variance (x: {shape_of(x)}, num_groups={num_groups})")
    features = channels // num_groups * pixels
    rows, groups = layer_norm_forward(xp.reshape(x, (batch * num_groups, features)), features, eps=eps)
    normalized = xp.reshape(rows, (batch, channels, pixels))
    out = normalized if weight is None else normalized * weight[:, None]
    if bias is not None:
        out = out + bias[:, None]
    cache = GroupNormCache(x, weight, bias is not None, groups, normalized)
    return xp.reshape(xp.asarray(out, copy=out is normalized), x.shape), cache


@short_buffers
def group_norm_backward(grad_out: Array, cache: GroupNormCache) -> tuple[Array, Array | None, Array | None]:
    r"""Return the gradients of `group_norm_forward`.

    With the normalized numbers :math:`\hat x`, :math:`h = \gamma g` and means over a group of one image,

    .. math::

        \frac{\partial L}{\partial x} = \frac{1}{\sqrt{\sigma^2 + \varepsilon}}
        \left(h - \overline{h} - \hat x\, \overline{h \hat x}\right), \qquad
        \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    where the sums go over images and pixels.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : GroupNormCache
        From `group_norm_forward`.

    Returns
    -------
    grad_x : Array
        In the shape of `x`.
    grad_weight, grad_bias : Array or None
        In the shape (C,); None for what was not given.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `group_norm_forward`.

    Plain version: `convnet.plain.group_norm_backward`.
    """
    x, weight, normalized = cache.x, cache.weight, cache.normalized
    xp = upstream("group_norm_backward", grad_out, shape_of(x), x)
    grads = xp.reshape(grad_out, normalized.shape)
    grad_bias, grad_weight = sums(normalized, None, grads)
    pulled = grads if weight is None else grads * weight[:, None]
    grad_x, _, _ = layer_norm_backward(xp.reshape(pulled, cache.groups.shape), cache.groups)
    return (
        xp.reshape(grad_x, x.shape),
        None if weight is None else narrow(grad_weight, x),
        narrow(grad_bias, x) if cache.has_bias else None,
    )
