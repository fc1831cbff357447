"""Max unpooling: put the largest pixels back where they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from convnet._arguments import (
    IntOrPair,
    floating,
    integers,
    layout,
    one_library,
    pair,
    sequence,
    shape_of,
    upstream,
)
from convnet._array import Array, device, holds, namespace, zeros


@dataclass(frozen=True, slots=True)
class MaxUnpoolCache:
    """What `max_unpool2d_backward` needs: where each number went."""

    x: Array
    places: Array
    """Number of the pixel, row by row: integers (N, C, H' · W')."""
    shape: tuple[int, ...]


def max_unpool2d_forward(
    x: Array,
    indices: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None = None,
    padding: IntOrPair = 0,
    output_size: Sequence[int] | None = None,
) -> tuple[Array, MaxUnpoolCache]:
    r"""Put numbers at the places that `max_pool2d_forward` has noted; zeros are elsewhere.

    .. math:: y_{n m u v} = \begin{cases} x_{n m r c} & u W + v = \text{indices}_{n m r c} \\
        0 & \text{for no such } r, c \end{cases}

    Where several numbers go to one place, the last one stays.

    Parameters
    ----------
    x : Array, shape (N, C, H', W')
        Maps, such as those of `max_pool2d_forward`.
    indices : Array of integers, shape of `x`
        Places, such as `cache.indices` of `max_pool2d_forward`.
    kernel_size, stride, padding : int or pair of int
        As in the max pooling that is undone.
    output_size : sequence of int, optional
        Height and width of the output, or its whole shape: several sizes give the same after pooling. It
        must be less than a stride away from (H' − 1) stride − 2 padding + kernel_size, which it is unless
        given.

    Returns
    -------
    out : Array, shape (N, C, H, W)
        Maps.
    cache : MaxUnpoolCache
        For `max_unpool2d_backward`.

    Raises
    ------
    ValueError
        When shapes or libraries do not agree, a place lies outside, or an option is out of range.

    Notes
    -----
    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014; Badrinarayanan,
    Kendall and Cipolla, "SegNet", 2017.

    Plain version: `convnet.plain.max_unpool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_unpool2d_forward(np.asarray([[[[7.0]]]]), np.asarray([[[[2]]]]), 2)[0]
    array([[[[0., 0.],
             [7., 0.]]]])
    """
    name = "max_unpool2d"
    xp = floating(name, x=x)
    one_library(name, x=x, indices=indices)
    layout(name, "x", x, "N, C, H', W'")
    if 0 in x.shape[1:]:
        raise ValueError(f"{name}: the maps of x must not be empty (x: {shape_of(x)})")
    if not xp.isdtype(indices.dtype, "integral") or shape_of(indices) != shape_of(x):
        raise ValueError(
            f"{name}: indices must be integers in the shape of x (x: {shape_of(x)}, "
            f"indices: {shape_of(indices)} {indices.dtype})"
        )
    height, width = _output_size(name, x, kernel_size, stride, padding, output_size)
    batch, channels = x.shape[:2]
    places = xp.reshape(xp.astype(indices, xp.int64), (batch, channels, prod(x.shape[2:])))
    if holds(xp.any(places < 0)) or holds(xp.any(places >= height * width)):
        raise ValueError(f"{name}: indices must lie between 0 and {height * width - 1}, the output's pixels")
    shape = (batch, channels, height, width)
    out = _put(xp.reshape(x, places.shape), places, height * width)
    return xp.reshape(out, shape), MaxUnpoolCache(x, places, shape)


def max_unpool2d_backward(grad_out: Array, cache: MaxUnpoolCache) -> Array:
    r"""Return the gradient of `max_unpool2d_forward`: read from the same places.

    .. math:: \frac{\partial L}{\partial x_{n m r c}} = g_{n m u v}, \qquad u W + v = \text{indices}_{n m r c}

    Parameters
    ----------
    grad_out : Array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    cache : MaxUnpoolCache
        From `max_unpool2d_forward`.

    Returns
    -------
    Array, shape (N, C, H', W')
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `max_unpool2d_forward`.

    Plain version: `convnet.plain.max_unpool2d_backward`.
    """
    xp = upstream("max_unpool2d_backward", grad_out, cache.shape, cache.x)
    pixels = xp.reshape(grad_out, (*cache.shape[:2], prod(cache.shape[2:])))
    grad_x: Array = xp.reshape(xp.take_along_axis(pixels, cache.places, axis=-1), cache.x.shape)
    return grad_x


def _output_size(
    name: str,
    x: Array,
    kernel_size: IntOrPair,
    stride: IntOrPair | None,
    padding: IntOrPair,
    output_size: Sequence[int] | None,
) -> tuple[int, int]:
    """Return the output's height and width."""
    kernels = pair(name, "kernel_size", kernel_size, 1)
    strides = kernels if stride is None else pair(name, "stride", stride, 1)
    sides = pair(name, "padding", padding, 0)
    height, width = (
        (size - 1) * step - 2 * side + kernel
        for size, step, side, kernel in zip(shape_of(x)[2:], strides, sides, kernels, strict=True)
    )
    if min(height, width) < 1:
        raise ValueError(f"{name}: nothing is left of the output {height, width} (x: {shape_of(x)})")
    if output_size is None:
        return height, width
    given = sequence(name, "output_size", output_size, "height and width, or the whole shape")
    wanted = integers(name, "output_size", given, 4 if len(given) == 4 else 2, 0)[-2:]
    for asked, usual, step in zip(wanted, (height, width), strides, strict=True):
        if not max(0, usual - step) < asked < usual + step:
            raise ValueError(
                f"{name}: output_size must be less than a stride away from {height, width}, got {output_size}"
            )
    return wanted[0], wanted[1]


def _put(values: Array, places: Array, count: int) -> Array:
    """Write values (N, C, M) to their places among `count` pixels.

    The array API writes to no list of places. So the places are sorted, and each pixel looks for its own.
    """
    xp = namespace(values)
    batch, channels, each = values.shape
    offsets = xp.arange(batch * channels, dtype=xp.int64, device=device(places)) * count
    flat = xp.reshape(xp.reshape(places, (batch * channels, each)) + offsets[:, None], (-1,))
    order = xp.argsort(flat, stable=True)
    ranked = xp.take(flat, order)
    pixels = xp.arange(batch * channels * count, dtype=xp.int64, device=device(places))
    last = xp.searchsorted(ranked, pixels, side="right") - 1
    if flat.shape[0] == 0:
        return zeros((batch, channels, count), values)
    last = xp.clip(last, min=0)
    found = xp.take(xp.reshape(values, (-1,)), xp.take(order, last))
    out = xp.where(xp.equal(xp.take(ranked, last), pixels), found, zeros((), values))
    shaped: Array = xp.reshape(out, (batch, channels, count))
    return shaped
