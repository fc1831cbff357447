"""Deformable convolution: each tap of each window looks where an offset sends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from convnet._arguments import IntOrPair, floating, given, layout, upstream
from convnet._array import (
    Array,
    block_length,
    chunks,
    empty,
    itemsize,
    namespace,
    narrow,
    vector,
    wide,
    zeros,
)
from convnet._engine import bilinear_samples as bilinear
from convnet._engine.deformable_arguments import Sizes, read_sizes
from convnet._engine.matrix_products import bias_gradient


@dataclass(frozen=True, slots=True)
class DeformConvCache:
    """What `deform_conv2d_backward` needs of the forward pass."""

    x: Array
    offset: Array
    weight: Array
    mask: Array | None
    has_bias: bool
    sizes: Sizes


def deform_conv2d_forward(
    x: Array,
    offset: Array,
    weight: Array,
    bias: Array | None = None,
    stride: IntOrPair = 1,
    padding: IntOrPair = 0,
    dilation: IntOrPair = 1,
    mask: Array | None = None,
) -> tuple[Array, DeformConvCache]:
    r"""Convolve with a kernel whose taps are moved, and in version 2 weighted, anew for every output pixel.

    .. math:: y(p) = b + \sum_n w_n\; \Delta m_n(p)\; x\bigl(p + p_n + \Delta p_n(p)\bigr)

    Positions between pixels are read by bilinear interpolation; outside the image are zeros. Offsets and
    masks usually come from an ordinary convolution of the same input, the masks through a sigmoid. Version 1
    has no mask, which is :math:`\Delta m = 1`.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    offset : Array, shape (N, 2 · G · kh · kw, H', W')
        Offsets :math:`\Delta p` in pixels, for G groups of channels that move together. The tap in row i and
        column j of group g has channel 2 (g kh kw + i kw + j) for its way down, and the next one for its way
        right.
    weight : Array, shape (F, C / groups, kh, kw)
        Kernels; the number of groups follows from the channels.
    bias : Array, shape (F,), optional
        One number for each kernel.
    stride, padding, dilation : int or pair of int
        As in `conv2d_forward`; they say where the taps stand before they move.
    mask : Array, shape (N, G · kh · kw, H', W'), optional
        Factors :math:`\Delta m` of version 2, usually between 0 and 1.

    Returns
    -------
    out : Array, shape (N, F, H', W')
        Maps.
    cache : DeformConvCache
        For `deform_conv2d_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, or an option is out of range.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2",
    2019; CUHK ELEG5491. Names, order and channel layout are those of `torchvision.ops.deform_conv2d`.

    Plain version: `convnet.plain.deform_conv2d`.

    Examples
    --------
    A single tap, sent half a pixel to the right:

    >>> import numpy as np
    >>> x, weight = np.asarray([[[[2.0, 4.0, 8.0]]]]), np.ones((1, 1, 1, 1))
    >>> offset = np.zeros((1, 2, 1, 3))
    >>> offset[:, 1] = 0.5
    >>> deform_conv2d_forward(x, offset, weight)[0]
    array([[[[3., 6., 4.]]]])
    """
    name = "deform_conv2d"
    xp = floating(name, x=x, offset=offset, weight=weight, **given(bias=bias, mask=mask))
    layout(name, "x", x, "N, C, H, W")
    layout(name, "weight", weight, "F, C / groups, kh, kw")
    sizes = read_sizes(name, x, offset, weight, bias, mask, stride, padding, dilation)
    cache = DeformConvCache(x, offset, weight, mask, bias is not None, sizes)
    precise = _in_32_bits(cache)
    matrix = _matrix(xp, precise.weight, sizes)
    out = empty((sizes.batch, sizes.filters, sizes.rows.outputs, sizes.columns.outputs), x)
    for part in _parts(cache):
        columns = _columns(
            bilinear.padded_rows(_maps(precise.x[part, ...], sizes)), _locate(precise, part), precise, part
        )
        total = xp.matmul(matrix, columns)  # (images, groups, F / groups, H' · W')
        out[part, ...] = xp.reshape(total, (total.shape[0], *out.shape[1:]))
    if bias is not None:
        out += bias[:, None, None]
    return out, cache


def deform_conv2d_backward(
    grad_out: Array, cache: DeformConvCache
) -> tuple[Array, Array, Array, Array | None, Array | None]:
    r"""Return the gradients of `deform_conv2d_forward`.

    With the gradient :math:`s_n(p) = w_n\, g(p)` by a weighted sample, the offsets get

    .. math:: \frac{\partial L}{\partial \Delta p_n(p)} = s_n(p)\, \Delta m_n(p)\;
        \nabla x\bigl(p + p_n + \Delta p_n(p)\bigr)

    with the slope of the bilinear surface, the masks get :math:`s_n` times the sample, and each pixel gets
    :math:`s_n \Delta m_n` times the share it had in the sample, all summed over the channels that move
    together. On a pixel itself, where the surface has an edge, the slope is that of the step down or right.

    Parameters
    ----------
    grad_out : Array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    cache : DeformConvCache
        From `deform_conv2d_forward`.

    Returns
    -------
    grad_x, grad_offset, grad_weight : Array
        In the shapes of `x`, `offset` and `weight`.
    grad_bias, grad_mask : Array or None
        In the shapes of `bias` and `mask`; None where there was none.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `deform_conv2d_forward`.

    Plain version: `convnet.plain.deform_conv2d_backward`.
    """
    x, sizes = cache.x, cache.sizes
    shape = (sizes.batch, sizes.filters, sizes.rows.outputs, sizes.columns.outputs)
    xp = upstream("deform_conv2d_backward", grad_out, shape, x)
    precise, grads = _in_32_bits(cache), wide(grad_out)
    matrix = xp.matrix_transpose(_matrix(xp, precise.weight, sizes))
    grad_x, grad_offset = empty(x.shape, x), empty(cache.offset.shape, x)
    grad_mask = None if cache.mask is None else empty(cache.mask.shape, x)
    grad_matrix = zeros((sizes.groups, matrix.shape[2], matrix.shape[1]), grads)
    for part in _parts(cache):
        maps = _maps(precise.x[part, ...], sizes)
        rows, samples = bilinear.padded_rows(maps), _locate(precise, part)
        images = maps.shape[0] // sizes.offset_groups
        upper = xp.reshape(grads[part, ...], (images, sizes.groups, sizes.filters // sizes.groups, -1))
        columns = _columns(rows, samples, precise, part)
        grad_matrix += xp.sum(xp.matmul(upper, xp.matrix_transpose(columns)), axis=0)

        grad = _samples_first(xp.matmul(matrix, upper), sizes)  # (M, channels that move together)
        scale = _scale(precise, part)
        by_scale, by_row, by_column = bilinear.position_gradients(grad, rows, samples)
        if scale is not None:
            by_row, by_column = by_row * scale, by_column * scale
        taps = (images, sizes.offset_groups * sizes.taps, *shape[2:])
        if grad_mask is not None:
            grad_mask[part, ...] = xp.reshape(by_scale, taps)
        grad_offset[part, 0::2, ...] = xp.reshape(by_row, taps)
        grad_offset[part, 1::2, ...] = xp.reshape(by_column, taps)
        by_pixel = bilinear.pixel_gradient(grad, scale, samples, tuple(maps.shape))
        grad_x[part, ...] = xp.reshape(by_pixel, (images, *x.shape[1:]))
    grad_bias = bias_gradient(grad_out) if cache.has_bias else None
    grad_weight = narrow(xp.reshape(grad_matrix, cache.weight.shape), x)
    return grad_x, grad_offset, grad_weight, grad_bias, grad_mask


def _in_32_bits(cache: DeformConvCache) -> DeformConvCache:
    """Return the cache to compute with: 16 bits are too few for positions on a map, and for sums."""
    mask = None if cache.mask is None else wide(cache.mask)
    x, offset, weight = wide(cache.x), wide(cache.offset), wide(cache.weight)
    return DeformConvCache(x, offset, weight, mask, cache.has_bias, cache.sizes)


def _matrix(xp: ModuleType, weight: Array, sizes: Sizes) -> Array:
    """View the weight as (groups, F / groups, C / groups · kh · kw)."""
    matrix: Array = xp.reshape(weight, (sizes.groups, sizes.filters // sizes.groups, -1))
    return matrix


def _maps(x: Array, sizes: Sizes) -> Array:
    """View (images, C, H, W) as (images · G, C / G, H, W): channels that move together are one map."""
    together = sizes.channels // sizes.offset_groups
    maps: Array = namespace(x).reshape(x, (x.shape[0] * sizes.offset_groups, together, *x.shape[2:]))
    return maps


def _locate(cache: DeformConvCache, part: slice) -> bilinear.Samples:
    """Find the samples of some images, in the order (image, G, tap, H', W')."""
    sizes, xp = cache.sizes, namespace(cache.x)
    offset = cache.offset[part, ...]
    rows, columns = sizes.rows, sizes.columns
    moves = xp.reshape(
        offset, (-1, rows.kernel, columns.kernel, 2, rows.outputs, columns.outputs)
    )  # (images · G, kh, kw, 2, H', W')
    starts = [
        vector(
            [
                float(tap * axis.dilation + out * axis.stride - axis.before)
                for tap in range(axis.kernel)
                for out in range(axis.outputs)
            ],
            offset,
        )
        for axis in (rows, columns)
    ]
    down = moves[:, :, :, 0, :, :] + xp.reshape(starts[0], (rows.kernel, 1, rows.outputs, 1))
    right = moves[:, :, :, 1, :, :] + xp.reshape(starts[1], (columns.kernel, 1, columns.outputs))
    flat = (moves.shape[0], sizes.taps * rows.outputs * columns.outputs)
    return bilinear.locate(xp.reshape(down, flat), xp.reshape(right, flat), rows.size, columns.size)


def _scale(cache: DeformConvCache, part: slice) -> Array | None:
    """Return the mask of some images in the order of their samples."""
    if cache.mask is None:
        return None
    scale: Array = namespace(cache.x).reshape(cache.mask[part, ...], (-1,))
    return scale


def _columns(rows: Array, samples: bilinear.Samples, cache: DeformConvCache, part: slice) -> Array:
    """Sample some images; return one column for each output pixel, (images, groups, C / groups · taps, P)."""
    sizes, xp = cache.sizes, namespace(rows)
    values = bilinear.sample(rows, samples)
    scale = _scale(cache, part)
    if scale is not None:
        values *= scale[:, None]
    pixels = sizes.rows.outputs * sizes.columns.outputs
    parted = xp.reshape(values, (-1, sizes.offset_groups, sizes.taps, pixels, values.shape[1]))
    columns: Array = xp.reshape(
        xp.permute_dims(parted, (0, 1, 4, 2, 3)),
        (parted.shape[0], sizes.groups, sizes.channels // sizes.groups * sizes.taps, pixels),
    )
    return columns


def _samples_first(columns: Array, sizes: Sizes) -> Array:
    """Undo the order of `_columns`: one row for each sample."""
    xp = namespace(columns)
    together, pixels = sizes.channels // sizes.offset_groups, columns.shape[-1]
    parted = xp.reshape(columns, (-1, sizes.offset_groups, together, sizes.taps, pixels))
    turned = xp.permute_dims(parted, (0, 1, 3, 4, 2))
    rows = empty(turned.shape, columns)  # whole rows are gathered from it again and again
    rows[...] = turned
    flat: Array = xp.reshape(rows, (-1, together))
    return flat


def _parts(cache: DeformConvCache) -> Iterator[slice]:
    """Cut the batch into images whose samples stay in the cache."""
    sizes = cache.sizes
    pixels = sizes.rows.outputs * sizes.columns.outputs
    samples = itemsize(cache.x) * sizes.channels * sizes.taps * pixels
    return chunks(sizes.batch, block_length(sizes.batch, samples, cache.x))
