"""Dilation: zeros between the taps of a kernel. A dilated convolution is `conv2d` with a dilated kernel."""

from __future__ import annotations

import numpy as np


def dilate(weight: np.ndarray, dilation: int) -> np.ndarray:
    r"""Put d − 1 zeros between neighbouring taps of each kernel.

    .. math:: \tilde w_{f m,\, i d,\, j d} = w_{f m i j}, \qquad 0 \text{ elsewhere}

    Parameters
    ----------
    weight : array, shape (F, C, k_h, k_w)
        Kernels.
    dilation : int
        Distance :math:`d` between two taps.

    Returns
    -------
    array, shape (F, C, d(k_h − 1) + 1, d(k_w − 1) + 1)
        Larger kernels with the same number of taps.

    Notes
    -----
    Source: Yu and Koltun, "Multi-scale context aggregation by dilated convolutions", 2016.

    Examples
    --------
    >>> dilate(np.array([[[[1, 2], [3, 4]]]]), 2)
    array([[[[1., 0., 2.],
             [0., 0., 0.],
             [3., 0., 4.]]]])
    """
    kernels, channels, k_h, k_w = weight.shape
    height = dilation * (k_h - 1) + 1
    width = dilation * (k_w - 1) + 1
    out = np.zeros((kernels, channels, height, width))
    out[:, :, ::dilation, ::dilation] = weight
    return out


def dilate_backward(
    grad_out: np.ndarray, dilation: int
) -> np.ndarray:
    r"""Return the gradient of `dilate`: only the taps had weights, so only they are read back.

    .. math:: \frac{\partial L}{\partial w_{f m i j}} = \frac{\partial L}{\partial \tilde w_{f m,\, i d,\, j d}}

    Parameters
    ----------
    grad_out : array, shape (F, C, d(k_h − 1) + 1, d(k_w − 1) + 1)
        Upstream gradient, such as grad_weight of `conv2d_backward` with the dilated kernels.
    dilation : int
        As in `dilate`.

    Returns
    -------
    array, shape (F, C, k_h, k_w)
        In the shape of weight.

    Notes
    -----
    Source: as `dilate`.

    Examples
    --------
    >>> dilate_backward(np.arange(9).reshape(1, 1, 3, 3), 2)
    array([[[[0, 2],
             [6, 8]]]])
    """
    return grad_out[:, :, ::dilation, ::dilation]
