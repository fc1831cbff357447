"""Adaptive max pooling: name the size of the output, and keep the largest pixel of each window."""

from __future__ import annotations

from collections.abc import Sequence

from convnet._arguments import IntOrPair, floating, layout, shape_of, upstream
from convnet._array import Array
from convnet._engine import window_winners
from convnet._engine.window_winners import WinnersCache
from convnet.functional.adaptive_pooling import adaptive_size, windows


def adaptive_max_pool2d_forward(
    x: Array, output_size: IntOrPair | Sequence[int | None]
) -> tuple[Array, WinnersCache]:
    r"""Keep the largest pixel of windows that tile the map, so that the output has the size asked for.

    .. math::

        y_{n m r c} = \max_{u, v} x_{n m u v}, \qquad
        \left\lfloor \frac{r H}{H'} \right\rfloor \le u < \left\lceil \frac{(r + 1) H}{H'} \right\rceil

    and likewise for the columns :math:`v`; the windows are those of `adaptive_avg_pool2d_forward`.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    output_size : int or pair of int
        Height and width of the output; an integer is a square, None in a pair keeps the size.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Maps in the size asked for. A NaN in a window makes its output NaN.
    cache : WinnersCache
        For `adaptive_max_pool2d_backward`.

    Raises
    ------
    ValueError
        When `x` does not have four dimensions, its maps are empty, or a size is below 1.

    Notes
    -----
    Source: `torch.nn.functional.adaptive_max_pool2d`; He et al., "Spatial pyramid pooling in deep
    convolutional networks for visual recognition", 2014.

    Plain version: `convnet.plain.adaptive_max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[1.0, 2.0, 6.0]]]])
    >>> adaptive_max_pool2d_forward(x, (1, 2))[0]
    array([[[[2., 6.]]]])
    """
    name = "adaptive_max_pool2d"
    floating(name, x=x)
    layout(name, "x", x, "N, C, H, W")
    if 0 in x.shape[1:]:
        raise ValueError(f"{name}: the maps of x must not be empty (x: {shape_of(x)})")
    height, width = shape_of(x)[2:]
    sizes = adaptive_size(output_size, (height, width), name)
    return window_winners.largest(x, windows(height, sizes[0]), windows(width, sizes[1]))


def adaptive_max_pool2d_backward(grad_out: Array, cache: WinnersCache) -> Array:
    r"""Return the gradient of `adaptive_max_pool2d_forward`: it goes to the pixels that won.

    .. math::

        \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c} g_{n m r c}
        \quad\text{over the windows that pixel } (u, v) \text{ won}

    Among equal pixels the first one wins, row by row.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : WinnersCache
        From `adaptive_max_pool2d_forward`.

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
    Source: as `adaptive_max_pool2d_forward`.

    Plain version: `convnet.plain.adaptive_max_pool2d_backward`.
    """
    upstream("adaptive_max_pool2d_backward", grad_out, cache.shape, cache.x)
    return window_winners.handed_back(grad_out, cache)
