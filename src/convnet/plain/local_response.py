"""Local response normalization: a unit is damped by its neighbours in other channels."""

from __future__ import annotations

import numpy as np


def channel_windows(channels: int, size: int) -> np.ndarray:
    r"""Tell which channels each channel is damped by.

    .. math:: b_{m l} = 1 \text{ for } m - \lfloor s / 2 \rfloor \le l \le m + \lfloor (s - 1) / 2 \rfloor, \text{ else } 0

    Parameters
    ----------
    channels, size : int
        Number of channels, and :math:`s` of a window.

    Returns
    -------
    array, shape (C, C)
        Zeros and ones.

    Notes
    -----
    Source: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012.

    Examples
    --------
    >>> channel_windows(3, 2).astype(int).tolist()
    [[1, 0, 0], [1, 1, 0], [0, 1, 1]]
    """
    m, other = np.ogrid[:channels, :channels]
    near = (other - m >= -(size // 2)) & (
        other - m <= (size - 1) // 2
    )
    return np.where(near, 1.0, 0.0)


def local_response_norm(
    x: np.ndarray,
    size: int,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
) -> np.ndarray:
    r"""Divide each number by a power of the mean square of its neighbours in other channels.

    .. math:: y_m = x_m\, d_m^{-\beta}, \qquad d_m = k + \frac{\alpha}{s} \sum_l b_{m l}\, x_l^2

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    size, alpha, beta, k
        Channels in a window, and the numbers of the formula, with torch's meaning: the mean over the window.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012.

    Examples
    --------
    >>> local_response_norm(np.array([[[[3.0]], [[4.0]]]]), 3, alpha=3.0, beta=0.5, k=0.0).ravel()
    array([0.6, 0.8])
    """
    near = channel_windows(x.shape[1], size)
    squares = np.einsum("ml,nluv->nmuv", near, x**2)
    return x / (k + alpha / size * squares) ** beta


def local_response_norm_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    size: int,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
) -> np.ndarray:
    r"""Return the gradient of `local_response_norm`: a unit also damps its neighbours.

    .. math:: \frac{\partial L}{\partial x_l} = g_l\, d_l^{-\beta} - \frac{2 \alpha \beta}{s}\, x_l \sum_m b_{m l}\, g_m\, x_m\, d_m^{-\beta - 1}

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    x, size, alpha, beta, k
        As in `local_response_norm`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `local_response_norm`.

    Examples
    --------
    >>> x = np.array([[[[3.0]], [[4.0]]]])
    >>> local_response_norm_backward(np.ones(x.shape), x, 3, alpha=0.0)
    array([[[[1.]],
    <BLANKLINE>
            [[1.]]]])
    """
    near = channel_windows(x.shape[1], size)
    squares = np.einsum("ml,nluv->nmuv", near, x**2)
    d = k + alpha / size * squares
    pull = grad_out * x * d ** (-beta - 1)
    pulled = np.einsum("ml,nmuv->nluv", near, pull)
    return (
        grad_out * d**-beta - 2 * alpha * beta / size * x * pulled
    )
