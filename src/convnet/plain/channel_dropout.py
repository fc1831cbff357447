"""Dropout of whole maps, forward and backward."""

from __future__ import annotations

import numpy as np


def dropout2d(
    x: np.ndarray, mask: np.ndarray, p: float
) -> np.ndarray:
    r"""Drop whole maps: neighbouring pixels say nearly the same, so that to drop single ones hides little.

    .. math:: y_{n m u v} = \frac{m_{n m}}{1 - p}\, x_{n m u v}

    Parameters
    ----------
    x, mask : arrays, shapes (N, C, H, W), (N, C)
        Maps, and a mask from `dropout_mask`.
    p : float
        Probability to be dropped.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: Tompson et al., "Efficient object localization using convolutional networks", 2015.

    Examples
    --------
    >>> dropout2d(np.ones((1, 2, 1, 3)), np.array([[1, 0]]), 0.5)
    array([[[[2., 2., 2.]],
    <BLANKLINE>
            [[0., 0., 0.]]]])
    """
    return x * mask[:, :, None, None] / (1 - p)


def dropout2d_backward(
    grad_out: np.ndarray, mask: np.ndarray, p: float
) -> np.ndarray:
    r"""Return the gradient of `dropout2d`.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \frac{m_{n m}}{1 - p}\, g_{n m u v}

    Parameters
    ----------
    grad_out, mask : arrays, shapes (N, C, H, W), (N, C)
        Upstream gradient :math:`g`, and the mask of the forward pass.
    p : float
        Probability to be dropped.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `dropout2d`.

    Examples
    --------
    >>> dropout2d_backward(np.ones((1, 2, 1, 1)), np.array([[1, 0]]), 0.5).ravel()
    array([2., 0.])
    """
    return grad_out * mask[:, :, None, None] / (1 - p)
