"""Convolution layers with their kernels, along one, two and three axes."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import upstream
from convnet._array import Array
from convnet._engine.matrix_products import bias_gradient, weight_gradient
from convnet.functional.convolution import ConvCache
from convnet.functional.volumetric import Conv3dCache, parameter_gradients
from convnet.nn._convolution import Convolution


def _parameter_gradients(grad_out: Array, cache: ConvCache) -> tuple[Array, Array | None]:
    """Return the gradients by weight and bias of a convolution along one or two axes."""
    axes = len(cache.shape) - 2
    xp = upstream(f"conv{axes}d_backward", grad_out, cache.shape, cache.x)
    geometry = cache.geometry
    maps = xp.reshape(grad_out, (*cache.shape[:2], geometry.rows.outputs, geometry.columns.outputs))
    grad_weight = weight_gradient(maps, cache.x, cache.weight, geometry)
    if axes == 1:
        grad_weight = xp.squeeze(grad_weight, axis=2)
    return grad_weight, bias_gradient(maps) if cache.has_bias else None


class Conv1d(Convolution[ConvCache]):
    r"""A convolution layer for signals, with its kernels; see `convnet.functional.conv1d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels / groups, k).
    kernel_size : int
        Length of a kernel, in samples.
    stride, padding, dilation, groups, padding_mode
        As in `convnet.functional.conv1d_forward`.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Kernels and biases start as those of `Conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Conv1d(2, 8, 5, stride=2, padding=2).initialize(seed=0)
    >>> layer(np.zeros((1, 2, 100), dtype=np.float32)).shape
    (1, 8, 50)
    """

    axes = 1
    _forward = staticmethod(F.conv1d_forward)
    _backward = staticmethod(F.conv1d_backward)
    _learned = staticmethod(_parameter_gradients)


class Conv2d(Convolution[ConvCache]):
    r"""A convolution layer with its kernels; see `convnet.functional.conv2d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels / groups, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, dilation, groups, padding_mode
        As in `convnet.functional.conv2d_forward`.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Kernels and biases start evenly drawn up to :math:`1 / \sqrt{fan_{in}}`, as in `torch.nn.Conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Conv2d(3, 10, 5, padding=2).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 32, 32), dtype=np.float32)).shape
    (1, 10, 32, 32)
    """

    axes = 2
    _forward = staticmethod(F.conv2d_forward)
    _backward = staticmethod(F.conv2d_backward)
    _learned = staticmethod(_parameter_gradients)


class Conv3d(Convolution[Conv3dCache]):
    r"""A convolution layer for volumes and clips; see `convnet.functional.conv3d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels / groups, kd, kh, kw).
    kernel_size : int or three int
        Depth, height and width of a kernel, in voxels.
    stride, padding, dilation, groups, padding_mode
        As in `convnet.functional.conv3d_forward`.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Kernels and biases start as those of `Conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Conv3d(3, 4, 3, stride=(1, 2, 2), padding=1).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 5, 16, 16), dtype=np.float32)).shape
    (1, 4, 5, 8, 8)
    """

    axes = 3
    _forward = staticmethod(F.conv3d_forward)
    _backward = staticmethod(F.conv3d_backward)
    _learned = staticmethod(parameter_gradients)
