"""Batch normalization: every pixel of a channel, over all images, is one sample of that channel."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from convnet._arguments import floating, given, shape_of, upstream
from convnet._array import Array, empty, multiply_into, narrow, short_buffers, wide
from convnet._engine.channel_statistics import centred, is_central, parts, per_sample, statistics, sums
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class BatchNormCache:
    """What `batch_norm_backward` needs, and the new running statistics."""

    x: Array
    weight: Array | None
    has_bias: bool
    mean: Array
    inverse_std: Array
    training: bool
    running_mean: Array | None
    """The running mean after this call; None where none was given."""
    running_var: Array | None
    """The running variance after this call; None where none was given."""


@short_buffers
def batch_norm_forward(
    x: Array,
    running_mean: Array | None,
    running_var: Array | None,
    weight: Array | None = None,
    bias: Array | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[Array, BatchNormCache]:
    r"""Give each channel mean 0 and variance 1, then scale and shift it by learned numbers.

    .. math:: y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta

    In training :math:`\mu` and :math:`\sigma^2` are those of the channel in this batch, over images and
    pixels. In evaluation they are the running statistics, so that one image does not depend on its
    neighbours.

    Training also moves the running statistics, by :math:`r \leftarrow (1 - m)\, r + m\, s` with momentum
    :math:`m`. The new ones come back as `cache.running_mean` and `cache.running_var`; the arrays given are
    left alone. The running variance takes the unbiased estimate (division by the number of samples less one),
    the normalization itself the biased one, as in torch.

    Parameters
    ----------
    x : Array, shape (N, C, ...)
        Maps, usually (N, C, H, W).
    running_mean, running_var : Array, shape (C,), or None
        Running statistics. Both or neither; evaluation needs them.
    weight, bias : Array, shape (C,), optional
        Scale :math:`\gamma` and shift :math:`\beta`; 1 and 0 unless given.
    training : bool
        Whether to normalize by this batch.
    momentum : float
        Share of this batch in the new running statistics, from 0 to 1.
    eps : float
        Keeps the root away from zero; at least 0.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : BatchNormCache
        For `batch_norm_backward`; holds the new running statistics.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, evaluation lacks running statistics, training has
        fewer than two samples of a channel, or `momentum` or `eps` is out of range.

    Notes
    -----
    Source: Ioffe and Szegedy, "Batch normalization", 2015; CUHK ELEG5491, normalization. Numbers of 16 bits
    are computed with in 32 and rounded at the end, because their sums would overflow; torch does the same.

    Plain versions: `convnet.plain.batch_norm`, `convnet.plain.batch_norm_eval`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[1.0, 3.0]], [[5.0, 7.0]]])
    >>> out, cache = batch_norm_forward(x, np.zeros(1), np.ones(1), training=True, eps=0.0)
    >>> out.ravel().round(3)
    array([-1.342, -0.447,  0.447,  1.342])
    >>> cache.running_mean, cache.running_var.round(3)
    (array([0.4]), array([1.567]))
    """
    vectors = given(running_mean=running_mean, running_var=running_var, weight=weight, bias=bias)
    xp = floating("batch_norm", x=x, **vectors)
    _check_shapes(x, vectors)
    momentum = number("batch_norm", "momentum", momentum, 0.0, 1.0)
    eps = number("batch_norm", "eps", eps)
    if (running_mean is None) != (running_var is None):
        missing = "running_mean" if running_mean is None else "running_var"
        raise ValueError(f"batch_norm: running_mean and running_var go together, {missing} is missing")
    maps = xp.reshape(x, (x.shape[0], x.shape[1], prod(x.shape[2:])))  # (N, C, pixels)
    samples = maps.shape[0] * maps.shape[2]
    if training:
        if samples < 2:
            raise ValueError(
                f"batch_norm: training needs at least two samples of each channel, x has {samples} "
                f"(x: {shape_of(x)})"
            )
        mean, var = statistics(maps)
        if running_mean is not None and running_var is not None:
            unbiased = var * (samples / (samples - 1))
            running_mean = narrow((1.0 - momentum) * running_mean + momentum * mean, x)
            running_var = narrow((1.0 - momentum) * running_var + momentum * unbiased, x)
    elif running_mean is not None and running_var is not None:
        mean, var = wide(running_mean), wide(running_var)
    else:
        raise ValueError("batch_norm: evaluation (training=False) needs running_mean and running_var")
    inverse_std = 1.0 / xp.sqrt(var + eps)

    scale = inverse_std if weight is None else inverse_std * weight
    shift = -mean * scale if bias is None else bias - mean * scale
    out = empty(maps.shape, mean)
    per_pixel, shift = per_sample(scale, maps), per_sample(shift, maps)
    for part in parts(maps):
        block = out[part, ...]
        multiply_into(block, maps[part, ...], per_pixel)
        block += shift
    cache = BatchNormCache(
        x, weight, bias is not None, mean, inverse_std, training, running_mean, running_var
    )
    return xp.reshape(narrow(out, x), x.shape), cache


@short_buffers
def batch_norm_backward(grad_out: Array, cache: BatchNormCache) -> tuple[Array, Array | None, Array | None]:
    r"""Return the gradients of `batch_norm_forward`.

    With the normalized samples :math:`\hat x` and means over all samples of the channel,

    .. math::

        \frac{\partial L}{\partial x} = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}}
        \left(g - \overline{g} - \hat x\, \overline{g \hat x}\right), \qquad
        \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    in training. In evaluation the statistics are constants, and only :math:`g` stays in the bracket.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : BatchNormCache
        From `batch_norm_forward`.

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
    Source: as `batch_norm_forward`.

    Plain versions: `convnet.plain.batch_norm_backward`, `convnet.plain.batch_norm_eval_backward`.
    """
    x = cache.x
    xp = upstream("batch_norm_backward", grad_out, shape_of(x), x)
    shape = (x.shape[0], x.shape[1], prod(x.shape[2:]))
    maps, grads = xp.reshape(x, shape), xp.reshape(grad_out, shape)
    samples = max(1, maps.shape[0] * maps.shape[2])
    scale = cache.inverse_std if cache.weight is None else cache.inverse_std * cache.weight
    per_pixel, var = per_sample(scale, maps), 1.0 / (cache.inverse_std * cache.inverse_std)
    # A product of large numbers would lose the digits that differ: those are centred first.
    centre = None if cache.training and is_central(cache.mean, var) else cache.mean
    grad_bias, products = sums(maps, centre, grads)
    if centre is None:
        products -= cache.mean * grad_bias
    grad_weight = products * cache.inverse_std
    grad_x = empty(maps.shape, cache.mean)
    if not cache.training:
        for part in parts(maps):
            multiply_into(grad_x[part, ...], grads[part, ...], per_pixel)
    else:
        slope = -scale * cache.inverse_std * grad_weight / samples
        shift = -scale * grad_bias / samples
        if centre is None:
            shift -= cache.mean * slope
        slope, shift = per_sample(slope, maps), per_sample(shift, maps)
        middle = None if centre is None else per_sample(centre, maps)
        for part in parts(maps):
            block = grad_x[part, ...]
            multiply_into(block, grads[part, ...], per_pixel)
            block += centred(maps[part, ...], middle) * slope
            block += shift
    grad_x = narrow(grad_x, x)
    return (
        xp.reshape(grad_x, x.shape),
        None if cache.weight is None else narrow(grad_weight, x),
        narrow(grad_bias, x) if cache.has_bias else None,
    )


def _check_shapes(x: Array, vectors: dict[str, Array]) -> None:
    if x.ndim < 2:
        raise ValueError(f"batch_norm: x must have shape (N, C, ...), it has {shape_of(x)}")
    for name, vector in vectors.items():
        if shape_of(vector) != (x.shape[1],):
            raise ValueError(
                f"batch_norm: {name} must have shape ({x.shape[1]},), one for each channel, "
                f"it has {shape_of(vector)} (x: {shape_of(x)})"
            )
