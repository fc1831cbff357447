"""Transposed convolutions with their kernels."""

from __future__ import annotations

from convnet import functional as F
from convnet.functional.transposed import ConvTransposeCache
from convnet.functional.transposed3d import ConvTranspose3dCache
from convnet.nn._transposed import Transposed


class ConvTranspose1d(Transposed[ConvTransposeCache]):
    r"""Transposed convolution of signals with its kernels; see `convnet.functional.conv_transpose1d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (in_channels, out_channels / groups, k).
    kernel_size : int
        Length of a kernel, in samples.
    stride, padding, output_padding, groups, dilation
        As in `convnet.functional.conv_transpose1d_forward`.
    bias : bool
        Whether to add one number for each output map.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Examples
    --------
    >>> import numpy as np
    >>> layer = ConvTranspose1d(3, 2, 4, stride=2, padding=1).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 8), dtype=np.float32)).shape
    (1, 2, 16)
    """

    axes = 1
    _forward = staticmethod(F.conv_transpose1d_forward)
    _backward = staticmethod(F.conv_transpose1d_backward)


class ConvTranspose2d(Transposed[ConvTransposeCache]):
    r"""A transposed convolution with its kernels; see `convnet.functional.conv_transpose2d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (in_channels, out_channels / groups, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, output_padding, groups, dilation
        As in `convnet.functional.conv_transpose2d_forward`.
    bias : bool
        Whether to add one number for each output map.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Examples
    --------
    >>> import numpy as np
    >>> layer = ConvTranspose2d(3, 2, 4, stride=2, padding=1).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 8, 8), dtype=np.float32)).shape
    (1, 2, 16, 16)
    """

    axes = 2
    _forward = staticmethod(F.conv_transpose2d_forward)
    _backward = staticmethod(F.conv_transpose2d_backward)


class ConvTranspose3d(Transposed[ConvTranspose3dCache]):
    r"""Transposed convolution of volumes with its kernels; see `convnet.functional.conv_transpose3d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (in_channels, out_channels / groups, kd, kh, kw).
    kernel_size : int or three int
        Depth, height and width of a kernel, in voxels.
    stride, padding, output_padding, groups, dilation
        As in `convnet.functional.conv_transpose3d_forward`.
    bias : bool
        Whether to add one number for each output map.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Examples
    --------
    >>> import numpy as np
    >>> layer = ConvTranspose3d(3, 2, 4, stride=2, padding=1).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 2, 8, 8), dtype=np.float32)).shape
    (1, 2, 4, 16, 16)
    """

    axes = 3
    _forward = staticmethod(F.conv_transpose3d_forward)
    _backward = staticmethod(F.conv_transpose3d_backward)
