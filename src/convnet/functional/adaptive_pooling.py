"""Adaptive average pooling: name the size of the output, and the windows follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, layout, pair, shape_of, upstream
from convnet._array import Array, namespace, vector


@dataclass(frozen=True, slots=True)
class AdaptiveAvgPoolCache:
    """The averages along rows and columns, as matrices, and the shape of the output."""

    rows: Array
    columns: Array
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

    The mean of a window is a mean of rows of means of columns: :math:`Y = A X B^\top`, one matrix an axis.

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

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[1.0, 2.0, 6.0]]]])
    >>> adaptive_avg_pool2d_forward(x, (1, 2))[0]
    array([[[[1.5, 4. ]]]])
    """
    name = "adaptive_avg_pool2d"
    xp = floating(name, x=x)
    layout(name, "x", x, "N, C, H, W")
    height, width = shape_of(x)[2:]
    if not height or not width:
        raise ValueError(f"{name}: the maps of x must not be empty (x: {shape_of(x)})")
    sizes = adaptive_size(output_size, (height, width))
    rows, columns = (
        _averages(size, outputs, x) for size, outputs in zip((height, width), sizes, strict=True)
    )
    out = xp.matmul(xp.matmul(rows, x), xp.matrix_transpose(columns))
    return out, AdaptiveAvgPoolCache(rows, columns, shape_of(out))


def adaptive_avg_pool2d_backward(grad_out: Array, cache: AdaptiveAvgPoolCache) -> Array:
    r"""Return the gradient of `adaptive_avg_pool2d_forward`.

    .. math:: \frac{\partial L}{\partial X} = A^\top G B

    with the averages :math:`A` along the rows and :math:`B` along the columns.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`G`.
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
    """
    xp = upstream("adaptive_avg_pool2d_backward", grad_out, cache.shape, cache.rows)
    grad_x: Array = xp.matmul(xp.matmul(xp.matrix_transpose(cache.rows), grad_out), cache.columns)
    return grad_x


def adaptive_size(output_size: IntOrPair | Sequence[int | None], size: tuple[int, int]) -> tuple[int, int]:
    """Return the output's height and width; None keeps the input's."""
    if isinstance(output_size, Sequence) and len(output_size) == 2:
        output_size = [own if asked is None else asked for asked, own in zip(output_size, size, strict=True)]
    return pair("adaptive_avg_pool2d", "output_size", output_size, 1)  # type: ignore[arg-type]


def _averages(size: int, outputs: int, like: Array) -> Array:
    """Return the matrix (outputs, size) that takes the means along one axis."""
    entries = []
    for output in range(outputs):
        start, stop = output * size // outputs, -(-(output + 1) * size // outputs)
        entries += [1.0 / (stop - start) if start <= pixel < stop else 0.0 for pixel in range(size)]
    matrix: Array = namespace(like).reshape(vector(entries, like), (outputs, size))
    return matrix
