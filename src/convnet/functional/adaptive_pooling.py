"""Adaptive average pooling: name the size of the output, and the windows follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, layout, pair, shape_of, upstream
from convnet._array import Array, add_at, in_32_bits, namespace, zeros


@dataclass(frozen=True, slots=True)
class AdaptiveAvgPoolCache:
    """What `adaptive_avg_pool2d_backward` needs: the input, and the windows along its rows and columns."""

    x: Array
    rows: list[slice]
    columns: list[slice]
    shape: tuple[int, ...]


def adaptive_avg_pool2d_forward(
    x: Array, output_size: IntOrPair | Sequence[int | None]
) -> tuple[Array, AdaptiveAvgPoolCache]:
    r"""Take means over windows that tile the map, so that the output has the size asked for.

    .. math::

        y_i = \frac{1}{e_i - b_i} \sum_{l = b_i}^{e_i - 1} x_l, \qquad
        b_i = \left\lfloor \frac{i L}{O} \right\rfloor, \quad
        e_i = \left\lceil \frac{(i + 1) L}{O} \right\rceil

    along an axis of :math:`L` pixels, for :math:`O` outputs. Windows overlap where :math:`O` does not divide
    :math:`L`.

    The mean of a window is the mean along its columns of the means along its rows.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    output_size : int or pair of int
        Height and width of the output; an integer is a square, None in a pair keeps the size.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Maps in the size asked for.
    cache : AdaptiveAvgPoolCache
        For `adaptive_avg_pool2d_backward`.

    Raises
    ------
    ValueError
        When `x` does not have four dimensions, its maps are empty, or a size is below 1.

    Notes
    -----
    Source: `torch.nn.functional.adaptive_avg_pool2d`; in front of the classifiers of AlexNet and VGG there.

    Plain version: `convnet.plain.adaptive_avg_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[1.0, 2.0, 6.0]]]])
    >>> adaptive_avg_pool2d_forward(x, (1, 2))[0]
    array([[[[1.5, 4. ]]]])
    """
    name = "adaptive_avg_pool2d"
    floating(name, x=x)
    layout(name, "x", x, "N, C, H, W")
    height, width = shape_of(x)[2:]
    if not height or not width:
        raise ValueError(f"{name}: the maps of x must not be empty (x: {shape_of(x)})")
    sizes = adaptive_size(output_size, (height, width))
    rows, columns = (windows(size, outputs) for size, outputs in zip((height, width), sizes, strict=True))
    out = _means(_means(x, rows, axis=-2), columns, axis=-1)
    return out, AdaptiveAvgPoolCache(x, rows, columns, shape_of(out))


def adaptive_avg_pool2d_backward(grad_out: Array, cache: AdaptiveAvgPoolCache) -> Array:
    r"""Return the gradient of `adaptive_avg_pool2d_forward`.

    .. math:: \frac{\partial L}{\partial x_l} = \sum_{i:\; b_i \le l < e_i} \frac{g_i}{e_i - b_i}

    along each axis: every pixel of a window gets an equal share.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : AdaptiveAvgPoolCache
        From `adaptive_avg_pool2d_forward`.

    Returns
    -------
    Array, shape (N, C, H, W)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `adaptive_avg_pool2d_forward`.

    Plain version: `convnet.plain.adaptive_avg_pool2d_backward`.
    """
    x = cache.x
    upstream("adaptive_avg_pool2d_backward", grad_out, cache.shape, x)
    return _shares(grad_out, cache.rows, cache.columns, shape_of(x))


def adaptive_size(
    output_size: IntOrPair | Sequence[int | None],
    size: tuple[int, int],
    name: str = "adaptive_avg_pool2d",
) -> tuple[int, int]:
    """Return the output's height and width; None keeps the input's."""
    if isinstance(output_size, Sequence) and len(output_size) == 2:
        output_size = [own if asked is None else asked for asked, own in zip(output_size, size, strict=True)]
    return pair(name, "output_size", output_size, 1)  # type: ignore[arg-type]


def windows(size: int, outputs: int) -> list[slice]:
    """Return the pixels that each output sees along one axis."""
    return [slice(output * size // outputs, -(-(output + 1) * size // outputs)) for output in range(outputs)]


@in_32_bits
def _shares(grad_out: Array, rows: list[slice], columns: list[slice], shape: tuple[int, ...]) -> Array:
    """Hand the gradients back along columns, then along rows."""
    spread = zeros((*grad_out.shape[:3], shape[3]), grad_out)
    for output, window in enumerate(columns):
        share = grad_out[..., output : output + 1] / (window.stop - window.start)
        add_at(spread, (..., window), share)
    grad_x = zeros(shape, grad_out)
    for output, window in enumerate(rows):
        share = spread[..., output : output + 1, :] / (window.stop - window.start)
        add_at(grad_x, (..., window, slice(None)), share)
    return grad_x


@in_32_bits
def _means(x: Array, windows: list[slice], axis: int) -> Array:
    """Return the means over the windows along one of the last two axes."""
    xp = namespace(x)
    behind = (slice(None),) * (-1 - axis)
    out: Array = xp.stack([xp.mean(x[(..., window, *behind)], axis=axis) for window in windows], axis=axis)
    return out
