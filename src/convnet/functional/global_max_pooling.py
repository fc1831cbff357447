"""Global max pooling: the largest pixel of each map."""

from __future__ import annotations

from convnet._arguments import floating, layout, shape_of, upstream
from convnet._array import Array
from convnet._engine import window_winners
from convnet._engine.window_winners import WinnersCache


def global_max_pool2d_forward(x: Array) -> tuple[Array, WinnersCache]:
    r"""Keep the largest pixel of each map: whether something is there, wherever it is.

    .. math:: y_{n m} = \max_{r, c} x_{n m r c}

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    out : Array, shape (N, C, 1, 1)
        One number for each map.
    cache : WinnersCache
        For `global_max_pool2d_backward`.

    Raises
    ------
    ValueError
        When `x` does not have four dimensions, or its maps are empty.

    Notes
    -----
    Source: Oquab et al., "Is object localization for free?", 2015. The same as
    `torch.nn.functional.adaptive_max_pool2d(x, 1)`.

    Plain version: `convnet.plain.global_max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> global_max_pool2d_forward(np.asarray([[[[1.0, 2], [3, 6]]]]))[0]
    array([[[[6.]]]])
    """
    name = "global_max_pool2d"
    floating(name, x=x)
    layout(name, "x", x, "N, C, H, W")
    if 0 in x.shape[1:]:
        raise ValueError(f"{name}: the maps of x must not be empty (x: {shape_of(x)})")
    height, width = shape_of(x)[2:]
    return window_winners.largest(x, [slice(0, height)], [slice(0, width)])


def global_max_pool2d_backward(grad_out: Array, cache: WinnersCache) -> Array:
    r"""Return the gradient of `global_max_pool2d_forward`: it goes to the pixel that won.

    .. math::

        \frac{\partial L}{\partial x_{n m r c}} =
        \begin{cases} g_{n m} & \text{pixel } (r, c) \text{ won} \\ 0 & \text{else} \end{cases}

    Among equal pixels the first one wins, row by row.

    Parameters
    ----------
    grad_out : Array, shape (N, C, 1, 1)
        Upstream gradient :math:`g`.
    cache : WinnersCache
        From `global_max_pool2d_forward`.

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
    Source: as `global_max_pool2d_forward`.

    Plain version: `convnet.plain.global_max_pool2d_backward`.
    """
    upstream("global_max_pool2d_backward", grad_out, cache.shape, cache.x)
    return window_winners.handed_back(grad_out, cache)
