"""Global pooling: one number for each map, forward and backward."""

from __future__ import annotations

import numpy as np


def global_avg_pool2d(x: np.ndarray) -> np.ndarray:
    r"""Take the mean of each map.

    .. math:: y_{n m} = \frac{1}{H W} \sum_{u, v} x_{n m u v}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    array, shape (N, C, 1, 1)
        One number for each map.

    Notes
    -----
    Source: Lin, Chen and Yan, "Network in network", 2014.

    Examples
    --------
    >>> global_avg_pool2d(np.array([[[[1.0, 2], [3, 6]]]]))
    array([[[[3.]]]])
    """
    return x.mean(axis=(2, 3), keepdims=True)


def global_avg_pool2d_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `global_avg_pool2d`: each number of a map gets an equal share.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \frac{g_{n m}}{H W}

    Parameters
    ----------
    grad_out : array, shape (N, C, 1, 1)
        Upstream gradient :math:`g`.
    x : array, shape (N, C, H, W)
        As in `global_avg_pool2d`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `global_avg_pool2d`.

    Examples
    --------
    >>> global_avg_pool2d_backward(np.array([[[[8.0]]]]), np.zeros((1, 1, 2, 2)))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    height, width = x.shape[2:]
    return np.ones(x.shape) * grad_out / (height * width)
