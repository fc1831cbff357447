"""Layer normalization: the features of one example are the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from convnet._arguments import floating, given, integer, shape_of, upstream
from convnet._array import Array, block_length, chunks, empty, full, itemsize, narrow, wide, zeros
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class LayerNormCache:
    """What `layer_norm_backward` needs of the forward pass: `x` (examples, features) and its statistics."""

    x: Array
    weight: Array | None
    has_bias: bool
    mean: Array
    inverse_std: Array
    shape: tuple[int, ...]
    normalized_shape: tuple[int, ...]


def layer_norm_forward(
    x: Array,
    normalized_shape: int | Sequence[int],
    weight: Array | None = None,
    bias: Array | None = None,
    eps: float = 1e-5,
) -> tuple[Array, LayerNormCache]:
    r"""Give the features of each example mean 0 and variance 1, then scale and shift each by learned numbers.

    .. math:: y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta

    :math:`\mu` and :math:`\sigma^2` (biased) are taken over the last axes of one example. Nothing depends on
    the batch, so training and evaluation are the same.

    Parameters
    ----------
    x : Array, shape (..., *normalized_shape)
        Examples.
    normalized_shape : int or sequence of int
        Sizes of the last axes, which to normalize over; one number for the last axis alone.
    weight, bias : Array, shape `normalized_shape`, optional
        Scale :math:`\gamma` and shift :math:`\beta`; 1 and 0 unless given.
    eps : float
        Keeps the root away from zero; at least 0.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : LayerNormCache
        For `layer_norm_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, or `eps` is out of range.

    Notes
    -----
    Source: Ba, Kiros and Hinton, "Layer normalization", 2016; CUHK ELEG5491, normalization. Numbers of 16
    bits are computed with in 32 and rounded at the end, as their sums would overflow; torch does the same.

    Plain version: `convnet.plain.layer_norm`.

    Examples
    --------
    >>> import numpy as np
    >>> layer_norm_forward(np.asarray([[1.0, 3.0], [10.0, 50.0]]), [2], eps=0.0)[0]
    array([[-1.,  1.],
           [-1.,  1.]])
    """
    xp = floating("layer_norm", x=x, **given(weight=weight, bias=bias))
    sizes = _sizes(x, normalized_shape)
    for name, values in given(weight=weight, bias=bias).items():
        if shape_of(values) != sizes:
            raise ValueError(f"layer_norm: {name} must have shape {sizes}, it has {shape_of(values)}")
    eps = number("layer_norm", "eps", eps)
    features = prod(sizes)
    rows = xp.reshape(x, (prod(shape_of(x)[: x.ndim - len(sizes)]), features))
    flat_weight = None if weight is None else xp.reshape(weight, (features,))
    flat_bias = None if bias is None else xp.reshape(bias, (features,))

    out = empty(rows.shape, rows)
    mean, inverse_std = (wide(empty((rows.shape[0], 1), rows)) for _ in range(2))
    averages = full((features, 1), 1.0 / features, mean)  # a mean is a product with these
    for part in _parts(rows):
        block = wide(rows[part, :])
        mean[part, :] = xp.matmul(block, averages)
        block = block - mean[part, :]
        var = xp.matmul(block * block, averages)
        inverse_std[part, :] = 1.0 / xp.sqrt(var + eps)
        block *= inverse_std[part, :]
        if flat_weight is not None:
            block *= flat_weight
        if flat_bias is not None:
            block += flat_bias
        out[part, :] = block
    cache = LayerNormCache(rows, flat_weight, bias is not None, mean, inverse_std, shape_of(x), sizes)
    return xp.reshape(out, x.shape), cache


def layer_norm_backward(grad_out: Array, cache: LayerNormCache) -> tuple[Array, Array | None, Array | None]:
    r"""Return the gradients of `layer_norm_forward`.

    With the normalized features :math:`\hat x`, :math:`h = \gamma g` and means over the features of one
    example,

    .. math::

        \frac{\partial L}{\partial x} = \frac{1}{\sqrt{\sigma^2 + \varepsilon}}
        \left(h - \overline{h} - \hat x\, \overline{h \hat x}\right), \qquad
        \frac{\partial L}{\partial \gamma} = \sum_n g \hat x, \qquad \frac{\partial L}{\partial \beta} =
        \sum_n g

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : LayerNormCache
        From `layer_norm_forward`.

    Returns
    -------
    grad_x : Array
        In the shape of `x`.
    grad_weight, grad_bias : Array or None
        In the shape `normalized_shape`; None for what was not given.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `layer_norm_forward`.

    Plain version: `convnet.plain.layer_norm_backward`.
    """
    rows = cache.x
    xp = upstream("layer_norm_backward", grad_out, cache.shape, rows)
    grads = xp.reshape(grad_out, rows.shape)
    features = rows.shape[1]
    averages = full((features, 1), 1.0 / features, cache.mean)
    grad_x = empty(rows.shape, rows)
    grad_weight, grad_bias = (zeros((features,), cache.mean) for _ in range(2))
    for part in _parts(rows):
        grad = wide(grads[part, :])
        normalized = (rows[part, :] - cache.mean[part, :]) * cache.inverse_std[part, :]
        grad_bias += xp.sum(grad, axis=0)
        products = grad * normalized
        grad_weight += xp.sum(products, axis=0)
        if cache.weight is not None:
            grad = grad * cache.weight
            products *= cache.weight
        normalized *= xp.matmul(products, averages)
        normalized += xp.matmul(grad, averages)
        grad = grad - normalized
        grad *= cache.inverse_std[part, :]
        grad_x[part, :] = grad
    grad_weight, grad_bias = (narrow(grad, rows) for grad in (grad_weight, grad_bias))
    return (
        xp.reshape(grad_x, cache.shape),
        None if cache.weight is None else xp.reshape(grad_weight, cache.normalized_shape),
        xp.reshape(grad_bias, cache.normalized_shape) if cache.has_bias else None,
    )


def _sizes(x: Array, normalized_shape: int | Sequence[int]) -> tuple[int, ...]:
    """Return `normalized_shape` as a tuple, which must be the end of the shape of `x`."""
    given_sizes = normalized_shape if isinstance(normalized_shape, Sequence) else (normalized_shape,)
    sizes = tuple(integer("layer_norm", "normalized_shape", size, 1) for size in given_sizes)
    if not sizes or shape_of(x)[-len(sizes) :] != sizes:
        raise ValueError(
            f"layer_norm: normalized_shape must be the last axes of x, got {normalized_shape!r} "
            f"(x: {shape_of(x)})"
        )
    return sizes


def _parts(rows: Array) -> list[slice]:
    """Cut the examples into blocks that stay in the cache, in the precision they are computed in."""
    examples, features = rows.shape
    return list(chunks(examples, block_length(examples, max(4, itemsize(rows)) * features, rows)))
