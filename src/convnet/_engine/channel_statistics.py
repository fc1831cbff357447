"""Sums over the samples of each channel: the pixels of its maps, of all images."""

from __future__ import annotations

from convnet._array import (
    Array,
    block_length,
    chunks,
    empty,
    full,
    holds,
    is_off_cpu,
    itemsize,
    namespace,
    vecdot,
    wide,
    zeros,
)

SHORT = 512
"""Pixels of a map below which it is small."""


def statistics(maps: Array) -> tuple[Array, Array]:
    """Return mean and biased variance of each channel of `maps` (N, C, pixels).

    Where means are small beside the deviations, the mean of the squares less the square of the mean will do.
    Elsewhere that loses digits, and the samples are read again, less their mean; what rounding left of it
    then shows as the mean of these, and is put right (Chan, Golub and LeVeque, 1983).
    """
    if is_off_cpu(maps):  # where the library's own two passes are two kernels
        xp, whole = namespace(maps), wide(maps)
        return xp.mean(whole, axis=(0, 2)), xp.var(whole, axis=(0, 2))
    samples = maps.shape[0] * maps.shape[2]
    total, squares = sums(maps, None)
    mean = total / samples
    var = squares / samples - mean * mean
    if not is_central(mean, var):
        total, squares = sums(maps, mean)
        rest = total / samples
        mean, var = mean + rest, squares / samples - rest * rest
    return mean, var


def is_central(mean: Array, var: Array) -> bool:
    """Say whether zero is near enough to the samples to compute with them as they are.

    At a mean of four standard deviations that costs four bits. Off the CPU the answer is no: to wait for it
    takes longer than to read the samples again.
    """
    return not is_off_cpu(mean) and holds(namespace(mean).all(mean * mean <= 16.0 * var))


def sums(maps: Array, centre: Array | None, grads: Array | None = None) -> tuple[Array, Array]:
    """Return for each channel the sums of g and of x · g: x the samples less their centre, g a gradient or x.

    Sums are products, which BLAS takes fastest.
    """
    xp = namespace(maps)
    middle = None if centre is None else per_sample(centre, maps)
    if is_off_cpu(maps):
        block = centred(maps, middle)
        grad = block if grads is None else wide(grads)
        return xp.sum(grad, axis=(0, 2)), xp.sum(block * grad, axis=(0, 2))
    total, products = (wide(zeros(maps.shape[1:2], maps)) for _ in range(2))
    ones = full(maps.shape[2:], 1, total)
    for part in parts(maps):
        block = centred(maps[part, ...], middle)
        grad = block if grads is None else wide(grads[part, ...])
        products += xp.sum(vecdot(block, grad), axis=0)
        total += xp.sum(xp.matmul(grad, ones), axis=0)
    return total, products


def centred(block: Array, middle: Array | None) -> Array:
    """Return samples (n, C, pixels) less their centre as `per_sample` gives it, in at least 32 bits."""
    return wide(block) if middle is None else block - middle


def per_sample(vector: Array, maps: Array) -> Array:
    """Return one number for each channel in a shape that multiplies `maps` (N, C, pixels).

    Where maps are small it is a number for each pixel: one long loop over an image beats many short ones over
    channels.
    """
    column = vector[:, None]
    if maps.shape[2] >= SHORT or is_off_cpu(maps):
        return column
    values = empty(maps.shape[1:], vector)
    values[...] = column
    return values


def parts(maps: Array) -> list[slice]:
    """Cut the images into blocks that stay in the cache, in the precision they are computed in."""
    batch, channels, pixels = maps.shape
    return list(chunks(batch, block_length(batch, max(4, itemsize(maps)) * channels * pixels, maps)))
