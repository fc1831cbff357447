"""Max pooling of volumes."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrTriple, upstream
from convnet._array import Array, namespace
from convnet._engine import max_windows
from convnet._engine.max_windows import MaxPoolCache
from convnet._engine.pool_arguments import pool_axes
from convnet._engine.windows import Axis


@dataclass(frozen=True, slots=True)
class MaxPool3dCache:
    """What `max_pool3d_backward` needs: the poolings of the planes, and along the planes."""

    planes: MaxPoolCache
    depth: MaxPoolCache
    shape: tuple[int, ...]
    x_shape: tuple[int, ...]


def max_pool3d_forward(
    x: Array,
    kernel_size: IntOrTriple,
    stride: IntOrTriple | None = None,
    padding: IntOrTriple = 0,
    dilation: IntOrTriple = 1,
    ceil_mode: bool = False,
) -> tuple[Array, MaxPool3dCache]:
    r"""Keep the largest voxel of each window of volumes; `max_pool2d_forward` with one axis more.

    .. math:: y_{n m z r c} = \max_{l, i, j}\; x_{n,\, m,\, z s + l d - p,\, r s + i d - p,\, c s + j d - p}

    A volume is pooled plane by plane, and then along the planes: the largest of largest is the largest.

    Parameters
    ----------
    x : Array, shape (N, C, D, H, W)
        Volumes.
    kernel_size : int or triple of int
        Depth, height and width of the window, in voxels.
    stride : int or triple of int, optional
        Step :math:`s` between windows; `kernel_size` unless given.
    padding : int or triple of int
        Voxels :math:`p` added at each side, at most half of `kernel_size`; they never win.
    dilation : int or triple of int
        Distance :math:`d` between two taps of the window.
    ceil_mode : bool
        Round the output size up: a last window may hang over the edge if it starts inside.

    Returns
    -------
    out : Array, shape (N, C, D', H', W')
        Volumes; `convnet.arithmetic.pool_output_size` gives the sizes.
    cache : MaxPool3dCache
        For `max_pool3d_backward`.

    Raises
    ------
    ValueError
        As in `max_pool2d_forward`.

    Notes
    -----
    Source: Tran et al., "Learning spatiotemporal features with 3D convolutional networks", 2015.

    Plain version: `convnet.plain.max_pool3d`.

    Examples
    --------
    >>> import numpy as np
    >>> max_pool3d_forward(np.asarray([[[[[1.0, 2.0]], [[5.0, 3.0]]]]]), (2, 1, 2))[0]
    array([[[[[5.]]]]])
    """
    name = "max_pool3d"
    depth, rows, columns = pool_axes(
        name, x, kernel_size, stride, padding, dilation, ceil_mode, "N, C, D, H, W"
    )
    xp, (batch, channels) = namespace(x), x.shape[:2]
    planes = xp.reshape(x, (batch, channels * depth.size, rows.size, columns.size))
    most, planes_cache = max_windows.largest(planes, rows, columns)
    pixels = rows.outputs * columns.outputs
    lines = xp.reshape(most, (batch, channels, depth.size, pixels))
    out, depth_cache = max_windows.largest(lines, depth, Axis(pixels, kernel=1))
    shape = (batch, channels, depth.outputs, rows.outputs, columns.outputs)
    return xp.reshape(out, shape), MaxPool3dCache(planes_cache, depth_cache, shape, tuple(x.shape))


def max_pool3d_backward(grad_out: Array, cache: MaxPool3dCache) -> Array:
    r"""Return the gradient of `max_pool3d_forward`, as `max_pool2d_backward` does.

    .. math::

        \frac{\partial L}{\partial x_{n m t u v}} = \sum_{z, r, c} g_{n m z r c}
        \quad\text{over the windows that this voxel won}

    Parameters
    ----------
    grad_out : Array, shape (N, C, D', H', W')
        Upstream gradient :math:`g`.
    cache : MaxPool3dCache
        From `max_pool3d_forward`.

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
    Source: as `max_pool3d_forward`.

    Plain version: `convnet.plain.max_pool3d_backward`.
    """
    planes, depth = cache.planes, cache.depth
    xp = upstream("max_pool3d_backward", grad_out, cache.shape, planes.x)
    grad = max_windows.handed_back(xp.reshape(grad_out, depth.shape), depth)
    grad = max_windows.handed_back(xp.reshape(grad, planes.shape), planes)
    grad_x: Array = xp.reshape(grad, cache.x_shape)
    return grad_x
