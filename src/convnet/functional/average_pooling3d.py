"""Average pooling of volumes."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrTriple, shape_of, upstream
from convnet._array import Array, in_32_bits, namespace, short_buffers
from convnet._engine import window_sums
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class AvgPool3dCache:
    """What `avg_pool3d_backward` needs: the windows along three axes, and how many voxels of each count."""

    x: Array
    axes: tuple[Axis, ...]
    divisors: tuple[Array, Array]
    """Of the planes, (H', W'), and along the planes, (D', 1)."""
    shape: tuple[int, ...]


@short_buffers
def avg_pool3d_forward(
    x: Array,
    kernel_size: IntOrTriple,
    stride: IntOrTriple | None = None,
    padding: IntOrTriple = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> tuple[Array, AvgPool3dCache]:
    r"""Take the mean of each window of volumes; `avg_pool2d_forward` with one axis more.

    .. math::

        y_{n m z r c} = \frac{1}{D_{z r c}}
        \sum_{l, i, j}\; x_{n,\, m,\, z s + l - p,\, r s + i - p,\, c s + j - p}

    A volume is pooled plane by plane, and then along the planes: the mean of means is the mean.

    Parameters
    ----------
    x : Array, shape (N, C, D, H, W)
        Volumes.
    kernel_size : int or triple of int
        Depth, height and width of the window, in voxels.
    stride : int or triple of int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int or triple of int
        Voxels :math:`p` added at each side, at most half of `kernel_size`.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.
    count_include_pad : bool
        Count the zeros of the padding.

    Returns
    -------
    out : Array, shape (N, C, D', H', W')
        Volumes; `convnet.arithmetic.pool_output_size` gives the sizes.
    cache : AvgPool3dCache
        For `avg_pool3d_backward`.

    Raises
    ------
    ValueError
        As in `avg_pool2d_forward`.

    Notes
    -----
    Source: Tran et al., "Learning spatiotemporal features with 3D convolutional networks", 2015.

    Plain version: `convnet.plain.avg_pool3d`.

    Examples
    --------
    >>> import numpy as np
    >>> avg_pool3d_forward(np.asarray([[[[[1.0, 2.0]], [[6.0, 3.0]]]]]), (2, 1, 2))[0]
    array([[[[[3.]]]]])
    """
    axes = pool_axes("avg_pool3d", x, kernel_size, stride, padding, 1, ceil_mode, "N, C, D, H, W")
    depth, rows, columns = axes
    divisors = (
        window_sums.divisors(x, rows, columns, count_include_pad),
        window_sums.divisors(x, depth, Axis(1, kernel=1), count_include_pad),
    )
    shape = (*x.shape[:2], *(axis.outputs for axis in axes))
    cache = AvgPool3dCache(x, tuple(axes), divisors, shape)
    return _means(x, cache), cache


@short_buffers
def avg_pool3d_backward(grad_out: Array, cache: AvgPool3dCache) -> Array:
    r"""Return the gradient of `avg_pool3d_forward`, as `avg_pool2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m t u v}} = \sum_{z, r, c} \frac{g_{n m z r c}}{D_{z r c}}
        \quad\text{over the windows that hold this voxel}

    Parameters
    ----------
    grad_out : Array, shape (N, C, D', H', W')
        Upstream gradient :math:`g`.
    cache : AvgPool3dCache
        From `avg_pool3d_forward`.

    Returns
    -------
    Array, shape (N, C, D, H, W)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `avg_pool3d_forward`.

    Plain version: `convnet.plain.avg_pool3d_backward`.
    """
    upstream("avg_pool3d_backward", grad_out, cache.shape, cache.x)
    return _shares(grad_out, cache)


@in_32_bits
def _means(x: Array, cache: AvgPool3dCache) -> Array:
    """Return the means of the planes' means."""
    xp, (depth, rows, columns) = namespace(x), cache.axes
    planes = window_sums.means(x, cache.divisors[0], rows, columns)
    pixels = rows.outputs * columns.outputs
    lines = xp.reshape(planes, (*x.shape[:3], pixels))
    out = window_sums.means(lines, cache.divisors[1], depth, Axis(pixels, kernel=1))
    shaped: Array = xp.reshape(out, cache.shape)
    return shaped


@in_32_bits
def _shares(grad_out: Array, cache: AvgPool3dCache) -> Array:
    """Hand back along the planes, then within them."""
    xp, (depth, rows, columns) = namespace(grad_out), cache.axes
    pixels = rows.outputs * columns.outputs
    lines = xp.reshape(grad_out, (*cache.shape[:3], pixels))
    planes = window_sums.shares(lines, cache.divisors[1], depth, Axis(pixels, kernel=1))
    maps = xp.reshape(planes, (*shape_of(cache.x)[:3], *cache.shape[3:]))
    return window_sums.shares(maps, cache.divisors[0], rows, columns)
